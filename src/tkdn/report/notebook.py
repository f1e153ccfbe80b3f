"""Objects as a notebook shows them: compact tables in HTML that take on the notebook's own look.

There is no script in them and nothing from outside. Text of a bill is escaped, cut where it is very long, and set apart from the
direction of the text around it. Tables have a caption and headings that a screen reader tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from tkdn.assessment.explanation.steps import Step, label, law_line, shown
from tkdn.i18n import Lang, clean, number, preferred, say, shown_origin
from tkdn.report.wording import (
    CHANGE_HEADS,
    COMPONENT_HEADS,
    NUMBERS,
    Cells,
    affects_text,
    by_cost,
    change_cells,
    component_cells,
    factor_rows,
    figure,
    in_force,
    largest_first,
    legal_rows,
    lift_cells,
    points_text,
    rests_text,
    title,
    verdict,
)
from tkdn.short_repr import cut

if TYPE_CHECKING:
    from tkdn.assessment.comparison.compare import Comparison
    from tkdn.assessment.explanation.steps import Explanation
    from tkdn.assessment.findings.finding import Finding
    from tkdn.assessment.lift import Lift
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom
    from tkdn.law.regulation import Regulation

MOST = 12
"""Rows of a table that are shown; findings of a kind: half of them."""
LONGEST = 120
"""Characters of one text that are shown."""


def bom_html(bom: Bom, lang: Lang | None = None) -> str:
    """A bill: how much it holds, where its parts are made, and what goes into the product."""
    page = Page(lang)
    date = bom.date or page.say("undated")
    counts = {key: number(len(getattr(bom, key)), page.lang) for key in ("parts", "uses", "suppliers", "rates")}
    page.heading(page.say("bill", product=bom.product, date=date), page.say("holds", **counts))
    part_of = {part.id: part for part in bom.parts}
    lines = [use for use in bom.uses if use.parent == bom.product]
    page.table(
        page.say("lines", product=bom.product),
        ("part", "name", "quantity", "made_in", "price"),
        (
            {
                "part": use.part,
                "name": part_of[use.part].name,
                "quantity": f"{number(use.quantity, page.lang)} {use.unit or part_of[use.part].unit}",
                "made_in": shown_origin(part_of[use.part].made_in or "", page.lang),
                "price": (price := part_of[use.part].price)
                and f"{number(price.amount, page.lang)} {price.currency or bom.currency}",
            }
            for use in lines
        ),
        len(lines),
    )
    countries = Counter(shown_origin(part.made_in or "", page.lang) or page.say("not_stated") for part in bom.parts)
    rows = ({"country": country, "parts": number(count, page.lang)} for country, count in countries.most_common())
    page.table(page.say("made_in"), ("country", "parts"), rows, len(countries))
    return page.html


def assessment_html(assessment: Assessment, lang: Lang | None = None) -> str:
    """An assessment: verdict, factors, the most costly components; what is missing, taken for granted and doubtful to open."""
    page = Page(lang)
    under = say("table.under", page.lang, law=assessment.regulation.name, on=assessment.on)
    page.heading(title(assessment), under)
    page.facts(page.say("verdict"), verdict(assessment, page.lang))
    factors = list(factor_rows(assessment, page.lang))
    page.table(say("table.factors", page.lang), ("factor", "value", "weight", "points"), factors, len(factors))
    components = by_cost(assessment)
    cells = (component_cells(assessment, each, page.lang) for each in components)
    page.table(say("table.components", page.lang), COMPONENT_HEADS, cells, len(components))
    assumptions = largest_first(assessment.assumptions)
    page.findings("gaps", assessment.gaps, [affects_text(each, page.lang) for each in assessment.gaps])
    page.findings("assumptions", assumptions, [rests_text(each, page.lang) for each in assumptions])
    page.findings("warnings", assessment.warnings, [""] * len(assessment.warnings))
    return page.html


def lift_html(lift: Lift, lang: Lang | None = None) -> str:
    """A lift: the parts or groups that lift most, and what all of them lift together."""
    page = Page(lang)
    assessment = lift.assessment
    under = say("table.under", page.lang, law=assessment.regulation.name, on=assessment.on)
    page.heading(title(assessment), under)
    if not lift.rows:
        page.text(say("table.no_ikm", page.lang))
        return page.html
    of_part = ("part", "name", "supplier", "scale", "region", "spend", "lift", "without")
    heads = of_part if lift.by == "part" else ("key", "parts", "spend", "lift", "without")
    joint: Cells = {
        heads[0]: say("table.joint", page.lang, count=sum(len(getattr(row, "parts", [row])) for row in lift.rows)),
        "lift": points_text(lift.joint.lift, lift.joint.status, page.lang),
        "without": figure(lift.joint.without, page.lang),
    }
    caption = say("table.ikm", page.lang, basis=say(f"table.basis_{lift.basis}", page.lang))
    rows = (lift_cells(row, lift.by, page.lang) for row in lift.rows)
    page.table(caption, heads, rows, len(lift.rows), last=joint if len(lift.rows) > 1 else None)
    return page.html


def comparison_html(comparison: Comparison, lang: Lang | None = None) -> str:
    """A comparison: score and potential, factors, the components that moved, legal values that differ."""
    page = Page(lang)
    sides = (comparison.before, comparison.after)
    before, after = (
        f"{each.product}, {say('table.under', page.lang, law=each.regulation.name, on=each.on)}" for each in sides
    )
    page.heading(page.say("compared", before=before, after=after))
    page.table(page.say("verdict"), ("figure", *CHANGE_HEADS), map(page.figures, _totals(comparison)), 2)
    factors = [row for row in comparison.factors if row.before or row.after]
    cells: Iterable[Cells] = (
        {"factor": say(f"table.{row.key}", page.lang), **change_cells(row, CHANGE_HEADS, page.lang)} for row in factors
    )
    page.table(say("table.factors", page.lang), ("factor", *CHANGE_HEADS), cells, len(factors))
    moved = [row for row in comparison.components if row.change]
    figures = (*CHANGE_HEADS, "by_share", "by_credit")
    cells = ({"part": row.key, "name": row.name, **change_cells(row, figures, page.lang)} for row in moved)
    page.table(say("table.components", page.lang), ("part", "name", *figures), cells, len(moved))
    law = [change.to_dict() for change in comparison.law]
    cells = (
        {"legal_key": change["key"], **{f"law_{at}": _legal(change[at]) for at in ("before", "after")}}
        for change in law
    )
    page.table(say("table.law", page.lang), ("legal_key", "law_before", "law_after"), cells, len(law))
    return page.html


def _totals(comparison: Comparison) -> Iterator[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    before, after = comparison.before, comparison.after
    yield "score", before.score, after.score, comparison.change
    yield "potential", before.potential, after.potential, comparison.potential_change


def _legal(value: dict[str, str] | None) -> str:
    return f"{value['value']} ({value['article']})" if value else ""


def regulation_html(law: Regulation, lang: Lang | None = None) -> str:
    """A regulation: what it is, when it is in force, and its first values with article and how well each is known."""
    page = Page(lang)
    page.heading(f"{law.name}: {law.title}", in_force(law, page.lang))
    rows = [row for parameter in law.parameters.values() for row in legal_rows(parameter, page.lang)]
    page.table(law.id, ("meaning", "legal_value", "article", "confidence"), rows, len(rows))
    return page.html


def explanation_html(explanation: Explanation, lang: Lang | None = None) -> str:
    """An explanation: its steps as a numbered list, each with result, inputs, rows and law."""
    page = Page(lang)
    page.heading(explanation.title_in(page.lang))
    page.steps(explanation.steps)
    return page.html


class Page:
    """The HTML of one object, put together piece by piece."""

    def __init__(self, lang: Lang | None) -> None:
        self.lang: Lang = lang or preferred()
        self._pieces: list[str] = []

    @property
    def html(self) -> str:
        return f'<div lang="{self.lang}">\n' + "\n".join(self._pieces) + "\n</div>"

    def say(self, key: str, **values: object) -> str:
        return say(f"notebook.{key}", self.lang, **values)

    def heading(self, text: object, below: object = "") -> None:
        self._pieces.append(f"<p><strong>{_safe(text)}</strong>" + (f"<br>{_safe(below)}" if below else "") + "</p>")

    def text(self, text: str) -> None:
        self._pieces.append(f"<p>{_safe(text)}</p>")

    def facts(self, caption: str, rows: Iterable[tuple[str, str]]) -> None:
        """A table of labels and values; what has no label says why the values are as they are."""
        reason = label("reason", self.lang)
        body = "".join(
            f'<tr><th scope="row"{LEFT}>{_safe(key or reason)}</th><td{LEFT}>{_safe(value)}</td></tr>'
            for key, value in rows
        )
        self._pieces.append(f"<table>{_caption(caption)}<tbody>{body}</tbody></table>")

    def table(
        self, caption: str, heads: Sequence[str], rows: Iterable[Cells], count: int, last: Cells | None = None
    ) -> None:
        """A table of the first rows, of how many there are, and one last row; nothing where there are none."""
        if count:
            self.headed_table(caption, {key: self._heading(key) for key in heads}, NUMBERS, rows, count, last)

    def headed_table(
        self,
        caption: str,
        heads: Mapping[str, str],
        numbers: Collection[str],
        rows: Iterable[Cells],
        count: int,
        last: Cells | None = None,
    ) -> None:
        """Add a table under headings of one's own."""
        self._pieces.append(self._table(caption, heads, numbers, rows, count, last))

    def _table(
        self,
        caption: str,
        heads: Mapping[str, str],
        numbers: Collection[str],
        rows: Iterable[Cells],
        count: int,
        last: Cells | None = None,
    ) -> str:
        sides = {key: RIGHT if key in numbers else LEFT for key in heads}
        head = "".join(f'<th scope="col"{sides[key]}>{_safe(heading)}</th>' for key, heading in heads.items())
        body = "".join(_row(sides, row) for row in islice(rows, MOST))
        if count > MOST:
            body += f'<tr><td colspan="{len(heads)}"{LEFT}>{self._more(count - MOST)}</td></tr>'
        body += _row(sides, last) if last else ""
        return f"<table>{_caption(caption)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def figures(self, row: tuple[str, Decimal | None, Decimal | None, Decimal | None]) -> Cells:
        """A figure by its name, before and after, and its change."""
        key, *values = row
        shown_values = (number(value, self.lang) for value in values)
        return {"figure": say(f"table.{key}", self.lang), **dict(zip(CHANGE_HEADS, shown_values, strict=True))}

    def _more(self, count: int) -> str:
        return _safe(say("table.more", self.lang, count=number(count, self.lang)).replace("...", "…"))

    def _heading(self, key: str) -> str:
        own = ("country", "quantity", "price", "figure")
        return self.say(key) if key in own else say(f"table.{key}", self.lang)

    def findings(self, key: str, findings: Collection[Finding], notes: Sequence[str]) -> None:
        """What is missing, taken for granted or doubtful, folded: the first ones and how many more."""
        if not findings:
            return
        items = "".join(
            self._finding(finding, note) for finding, note in islice(zip(findings, notes, strict=True), MOST // 2)
        )
        if len(findings) > MOST // 2:
            items += f"<li>{self._more(len(findings) - MOST // 2)}</li>"
        summary = _safe(say(f"table.{key}", self.lang, count=len(findings)))
        self._pieces.append(f"<details><summary>{summary}</summary><ul>{items}</ul></details>")

    def _finding(self, finding: Finding, note: str) -> str:
        remedy = finding.remedy_in(self.lang)
        line = finding.message_in(self.lang) + (f" [{note}]" if note else "") + (f" → {remedy}" if remedy else "")
        return f"<li>{_safe(line, 3 * LONGEST)}</li>"

    def steps(self, steps: Sequence[Step]) -> None:
        items = "".join(f"<li>{self._step(step)}</li>" for step in steps)
        self._pieces.append(f"<ol>{items}</ol>")

    def _step(self, step: Step) -> str:
        head = f"{_safe(step.title_in(self.lang))}: <strong>{_safe(shown(step.result, self.lang))}</strong>"
        lines = [f"{label(key, self.lang)}: {shown(value, self.lang)}" for key, value in step.inputs.items()]
        lines += [f"{say('explain.law', self.lang)}: {law_line(value, self.lang)}" for value in step.law]
        inputs = "".join(f"<li>{_safe(line, 3 * LONGEST)}</li>" for line in lines)
        return head + (f"<ul>{inputs}</ul>" if inputs else "") + self._step_rows(step)

    def _step_rows(self, step: Step) -> str:
        if not step.rows:
            return ""
        heads = {key: label(key, self.lang) for key in step.rows[0]}
        numbers = {key for row in step.rows for key, value in row.items() if _is_number(value)}
        rows = ({key: shown(value, self.lang, mark=False) for key, value in row.items()} for row in step.rows)
        return self._table(step.title_in(self.lang), heads, numbers, rows, len(step.rows))


LEFT = ' style="text-align:left;padding:.2em .6em"'
RIGHT = ' style="text-align:right;padding:.2em .6em"'


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal | Fraction | int) and not isinstance(value, bool)


def _caption(text: str) -> str:
    return f'<caption style="text-align:left"><em>{_safe(text)}</em></caption>'


def _row(sides: Mapping[str, str], cells: Cells) -> str:
    first, *others = sides
    rest = "".join(f"<td{sides[key]}>{_safe(cells.get(key))}</td>" for key in others)
    return f'<tr><th scope="row"{LEFT}>{_safe(cells.get(first))}</th>{rest}</tr>'


def _safe(value: object, most: int = LONGEST) -> str:
    """Text as HTML: escaped, without control characters, cut; a dash where there is nothing."""
    if value in (None, ""):
        return "-"
    return f"<bdi>{escape(cut(clean(value), most))}</bdi>"
