"""Tables for people, in a terminal. Text from a bill is shown as it is, without markup or control characters."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tkdn.assessment.rounding import two_places
from tkdn.law.regulation import Regulation, regulation
from tkdn.texts import Lang, number, say

if TYPE_CHECKING:
    from tkdn.assessment.compare import Comparison
    from tkdn.assessment.findings import Finding, Gap
    from tkdn.assessment.lift import GroupRow, Lift, LiftRow
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom

FEW = 12
PIPED_WIDTH = 140
PROCUREMENT = "pp-29-2018"


def clean(value: object) -> str:
    """Text without control characters, so that no name can steer the terminal.

    >>> clean("bolt\\x1b[31m")
    'bolt\\ufffd[31m'
    """
    return "".join(char if char.isprintable() else "\ufffd" for char in str(value))


def console(*, stderr: bool = False) -> Console:
    """A console that is wide enough when its output is piped, and keeps colours out of pipes."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


@contextmanager
def working(what: str, after_seconds: float = 1.0) -> Iterator[None]:
    """Shows a moving bar on standard error where the work takes longer than a second and a person is watching."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn(clean(what)), BarColumn(), TimeElapsedColumn(), console=console(stderr=True), transient=True
    )

    def start() -> None:
        progress.add_task("", total=None)
        progress.start()

    timer = threading.Timer(after_seconds, start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        progress.stop()


def _table(title: str, columns: Sequence[tuple[str, bool]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, is_number in columns:
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    return table


def _row(table: Table, *cells: object) -> None:
    table.add_row(*(Text(clean(cell)) if cell not in (None, "") else Text("-", style="dim") for cell in cells))


class AssessmentView:
    """An assessment as tables: components, what is missing, IKM parts, and the verdict last, where the eye is."""

    def __init__(self, assessment: Assessment, lang: Lang, *, everything: bool = False) -> None:
        self.assessment, self.lang, self.everything = assessment, lang, everything

    def show(self, lift: Lift) -> None:
        out = console()
        out.print(self._components())
        for findings in (self._gaps(), self._assumptions(), self._warnings()):
            if findings is not None:
                out.print(findings)
        out.print(self._factors())
        show_lift(lift, self.lang, few=True, out=out)
        out.print(self._verdict())

    def say(self, key: str, **values: object) -> str:
        return say(f"table.{key}", self.lang, **values)

    def _components(self) -> Table:
        assessment = self.assessment
        heads = ("part", "name", "made_in", "certified", "own", "credited", "credited_potential", "share", "points")
        table = _table(self.say("components"), [(self.say(head), index > 2) for index, head in enumerate(heads)])
        counting = [each for each in assessment.components.values() if each.counts]
        counting.sort(key=lambda each: -(each.exact["share"] or Fraction(0)))
        shown = counting if self.everything else counting[:FEW]
        for each in shown:
            made_in = assessment.part(each.part).made_in
            certified, own = number(each.certified, self.lang), number(each.own, self.lang)
            earned = (number(each.credited, self.lang), number(each.credited_potential, self.lang))
            _row(
                table,
                each.part,
                each.name,
                made_in,
                certified,
                own,
                *earned,
                number(each.share, self.lang),
                number(each.points, self.lang),
            )
        if len(shown) < len(counting):
            share = sum((each.exact["share"] or Fraction(0) for each in counting[FEW:]), Fraction(0))
            table.caption = self.say(
                "rest", count=len(counting) - len(shown), share=number(two_places(share), self.lang)
            )
        return table

    def _factors(self) -> Table:
        table = _table(
            self.say("factors"),
            [(self.say(head), index > 0) for index, head in enumerate(("factor", "value", "weight", "points"))],
        )
        for name, factor in self.assessment.factors.items():
            if name != "brainware" or factor.value:
                figures = (number(two_places(each), self.lang) for each in (factor.value, factor.weight, factor.points))
                _row(table, self.say(name), *figures)
        return table

    def _findings(self, title: str, findings: Sequence[Finding], notes: Sequence[str]) -> Table | None:
        if not findings:
            return None
        table = Table(
            title=self.say(title, count=len(findings)),
            title_justify="left",
            title_style="bold",
            box=None,
            show_header=False,
            pad_edge=False,
        )
        table.add_column(overflow="fold")
        shown = len(findings) if self.everything else min(len(findings), FEW // 2)
        for finding, note in list(zip(findings, notes, strict=True))[:shown]:
            remedy = finding.remedy_in(self.lang)
            line = (
                f"- {finding.message_in(self.lang)}"
                + (f" [{note}]" if note else "")
                + (f" -> {remedy}" if remedy else "")
            )
            table.add_row(Text(clean(line)))
        if shown < len(findings):
            table.add_row(Text(self.say("more", count=len(findings) - shown), style="dim"))
        return table

    def _gaps(self) -> Table | None:
        gaps = self.assessment.gaps
        return self._findings("gaps", gaps, [_affects(gap, self.lang) for gap in gaps])

    def _assumptions(self) -> Table | None:
        assumptions = sorted(self.assessment.assumptions, key=lambda each: -abs(each.exact_points or Fraction(0)))
        notes = [
            self.say("points_rest", points=number(each.points, self.lang)) if each.points is not None else ""
            for each in assumptions
        ]
        return self._findings("assumptions", assumptions, notes)

    def _warnings(self) -> Table | None:
        return self._findings("warnings", self.assessment.warnings, [""] * len(self.assessment.warnings))

    def _verdict(self) -> Panel:
        assessment, lang = self.assessment, self.lang
        grid = Table.grid(padding=(0, 2))
        low, high = (number(bound, lang) for bound in assessment.bounds)
        percent = "" if assessment.score is None else " %"
        rows: list[tuple[str, object]] = [
            (self.say("score"), number(assessment.score, lang) + percent),
            (self.say("potential"), number(assessment.potential, lang) + percent),
            (self.say("bounds"), self.say("to", low=low, high=high)),
            (
                self.say("coverage"),
                number(assessment.coverage, lang) + (" %" if assessment.coverage is not None else ""),
            ),
            (self.say("status"), say(f"status.{assessment.status}", lang)),
        ]
        for obstacle in assessment.obstacles:
            part = assessment.day.parts[obstacle.part].id
            rows.append(
                (
                    "",
                    say(f"obstacle.{obstacle.code}", lang, part=part)
                    + (f" ({assessment.article(obstacle.rule)})" if obstacle.rule else ""),
                )
            )
        if assessment.score is not None:
            rows += [self._threshold(key) for key in ("least_tkdn", "duty")]
        for label, value in rows:
            grid.add_row(Text(label, style="bold"), Text(clean(value)))
        product = assessment.components[assessment.product]
        title = clean(product.part + (f": {product.name}" if product.name else ""))
        under = self.say("under", law=assessment.regulation.name, on=assessment.on)
        return Panel(grid, title=Text(title, style="bold"), subtitle=Text(clean(under)), expand=False)

    def _threshold(self, key: str) -> tuple[str, str]:
        law = regulation(PROCUREMENT)
        limit = law.value(f"procurement.{key}", self.assessment.on)
        label = self.say(f"opens_{key}", limit=number(limit.number, self.lang), article=f"{law.name} {limit.article}")
        score, potential = self.assessment.score or Decimal(0), self.assessment.potential or Decimal(0)
        if score >= limit.number:
            return label, self.say("met")
        return label, self.say("potentially" if potential >= limit.number else "not_met")


def _affects(gap: Gap, lang: Lang) -> str:
    return say("table.affects", lang, what=", ".join(say(f"table.basis_{each}", lang) for each in gap.affects))


def show_lift(lift: Lift, lang: Lang, *, few: bool = False, out: Console | None = None) -> None:
    """The lift as a table: parts with the most lift first, and why the others do not count."""
    out = out or console()

    def said(key: str, **values: object) -> str:
        return say(f"table.{key}", lang, **values)

    basis = said(f"basis_{lift.basis}")
    if not lift.rows:
        out.print(Text(said("no_ikm")))
        return
    if lift.by == "part":
        heads = ("part", "name", "supplier", "scale", "region", "spend", "lift", "without") + (
            () if few else ("hidden_by",)
        )
    else:
        heads = ("key", "parts", "spend", "lift", "without")
    numbers = {"parts", "spend", "lift", "without"}
    table = _table(said("ikm", basis=basis), [(said(head), head in numbers) for head in heads])
    lifting = [row for row in lift.rows if row.effect.lift != 0]
    shown = lifting[:FEW] if few else lift.rows
    for row in shown:
        _row(table, *_lift_cells(row, lang, few=few))
    if len(lift.rows) > 1:
        cells = [""] * len(heads)
        cells[0] = said("joint", count=sum(len(getattr(row, "parts", [row])) for row in lift.rows))
        cells[heads.index("lift")] = _points(lift.joint.lift, lift.joint.status, lang)
        cells[heads.index("without")] = number(two_places(lift.joint.without), lang)
        table.add_section()
        _row(table, *cells)
    out.print(table)
    if few and len(lift.rows) > len(shown):
        out.print(
            Text(
                said("no_lift", count=len(lift.rows) - len(lifting))
                if len(shown) == len(lifting)
                else said("more", count=len(lift.rows) - len(shown))
            )
        )
    if not few:
        out.print(Text(said("small", count=lift.small_industries)))
        if lift.traded:
            parts = ", ".join(f"{each['part']} ({each['supplier']})" for each in lift.traded)
            out.print(Text(clean(said("traded", parts=parts))))


def _points(lift: Fraction | None, status: str, lang: Lang) -> str:
    if lift is None:
        return say("table.cannot" if status == "cannot_be_calculated" else "explain.unknown", lang)
    return number(two_places(lift), lang)


def _lift_cells(row: LiftRow | GroupRow, lang: Lang, *, few: bool) -> list[object]:
    spend, without = number(two_places(row.spend), lang), number(row.without, lang)
    points = _points(row.effect.lift, row.status, lang)
    parts = getattr(row, "parts", None)
    if parts is not None:
        key = getattr(row, "key", None)
        return [_scale(key, lang), number(len(parts), lang), spend, points, without]
    cells = [getattr(row, key) for key in ("part", "name", "supplier", "scale", "region")]
    cells[3] = _scale(cells[3], lang)
    hidden = ", ".join(f"{each.part}: {each.why}" for each in getattr(row, "hidden_by", []))
    return [*cells, spend, points, without, *([] if few else [hidden])]


def _scale(key: str | None, lang: Lang) -> str | None:
    names = {"micro": "micro", "small": "small_scale", "medium": "medium", "large": "large"}
    return say(f"table.{names[key]}", lang) if key in names else key


def show_comparison(found: Comparison, lang: Lang) -> None:
    """What changed the score: factors, the components that moved, legal values that differ."""
    out = console()

    def said(key: str) -> str:
        return say(f"table.{key}", lang)

    def shown(value: Fraction | None) -> str:
        return number(two_places(value), lang)

    factors = _table(
        said("factors"), [(said(head), index > 0) for index, head in enumerate(("factor", "before", "after", "change"))]
    )
    for row in found.factors:
        if row.before or row.after:
            _row(factors, said(row.key), shown(row.before), shown(row.after), shown(row.change))
    out.print(factors)
    heads = ("part", "name", "before", "after", "change", "by_share", "by_credit")
    table = _table(said("components"), [(said(head), index > 1) for index, head in enumerate(heads)])
    moved = [row for row in found.components if row.change]
    for each in moved[: 2 * FEW]:
        figures = (each.before, each.after, each.change, each.by_share, each.by_credit)
        _row(table, each.key, each.name, *(shown(figure) for figure in figures))
    if len(moved) > 2 * FEW:
        table.caption = say("table.more", lang, count=len(moved) - 2 * FEW)
    out.print(table)
    if found.law:
        law = _table(said("law"), [(said(head), False) for head in ("key", "before", "after")])
        for change in found.law:
            before, after = change.to_dict()["before"], change.to_dict()["after"]
            _row(law, change.key, *(each and f"{each['value']} ({each['article']})" for each in (before, after)))
        out.print(law)
    grid = Table.grid(padding=(0, 2))
    for label, old, new, difference in (
        ("score", found.before.score, found.after.score, found.change),
        ("potential", found.before.potential, found.after.potential, found.potential_change),
    ):
        grid.add_row(
            Text(said(label), style="bold"),
            Text(f"{number(old, lang)} -> {number(new, lang)}"),
            Text(number(difference, lang)),
        )
    out.print(Panel(grid, expand=False))


def show_check(bom: Bom, assessment: Assessment, lang: Lang) -> None:
    """What was understood of the bill, and what is still missing for a complete score, as a to-do list."""
    out = console()
    levels: dict[int, int] = {}
    for parent in assessment.day.order:
        for child in assessment.day.uses[parent]:
            levels[child] = max(levels.get(child, 0), levels.get(parent, 0) + 1)
    counts = {"parts": len(bom.parts), "uses": len(bom.uses), "suppliers": len(bom.suppliers), "rates": len(bom.rates)}
    counts["levels"] = max(levels.values(), default=0)
    out.print(Text(clean(say("table.understood", lang, product=assessment.product, **counts))))
    gaps = sorted(assessment.gaps, key=lambda gap: gap.code)
    if not any("score" in gap.affects for gap in gaps):
        out.print(Text(say("table.ready", lang)))
    if gaps:
        out.print(Text(say("table.todo", lang, count=len(gaps)), style="bold"))
    for gap in sorted(gaps, key=lambda gap: "score" not in gap.affects):
        out.print(Text(clean(f"- [{_affects(gap, lang)}] {gap.message_in(lang)} -> {gap.remedy_in(lang)}")))
    for warning in assessment.warnings:
        out.print(Text(clean(f"! {warning.message_in(lang)}")))


def show_regulations(laws: Sequence[Regulation], lang: Lang) -> None:
    """The regulations known, one a line."""
    table = _table("", [(say(f"table.{key}", lang), False) for key in ("regulation", "name", "in_force", "covers")])
    for law in laws:
        _row(table, law.id, law.name, law.period, law.covers)
    console().print(table)


def show_regulation(law: Regulation, lang: Lang) -> None:
    """A regulation with every value, its article and how well it is known."""
    out = console()
    out.print(Text(f"{law.name}: {law.title}", style="bold"))
    known = say(f"confidence.{law.in_force_confidence}", lang)
    force = f"{say('table.in_force', lang)}: {law.period} ({law.in_force_article}, {known})"
    out.print(Text(force + (f". {law.in_force_note}" if law.in_force_note else "")))
    table = _table(
        "", [(say(f"table.{key}", lang), key == "value") for key in ("meaning", "value", "article", "confidence")]
    )
    for parameter in law.parameters.values():
        for value in parameter.values:
            meaning = parameter.meaning[lang] + (f" [{value.note}]" if value.note else "")
            if value.rows:
                _row(table, meaning, "", value.article, say(f"confidence.{value.confidence}", lang))
                for row in value.rows:
                    sign = {"over": ">", "at_least": ">=", "at_most": "<="}[row.test]
                    shown = number(row.value, lang) if isinstance(row.value, Decimal) else row.value
                    _row(table, f"   {sign} {number(row.limit, lang)}", shown, row.article, "")
            else:
                figure = number(value.value, lang) if isinstance(value.value, Decimal) else value.value
                _row(table, meaning, figure, value.article, say(f"confidence.{value.confidence}", lang))
    out.print(table)
