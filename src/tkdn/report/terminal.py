"""Tables for people, in a terminal. Text from a bill is shown as it is, without markup or control characters."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tkdn.assessment.lift import By, GroupRow
from tkdn.assessment.rounding import two_places
from tkdn.bom.region import region
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation
from tkdn.method.cost import PERCENT
from tkdn.report.grid import Grid, console
from tkdn.texts import Lang, clean, number, say

if TYPE_CHECKING:
    from tkdn.assessment.compare import Comparison
    from tkdn.assessment.findings import Finding, Gap
    from tkdn.assessment.lift import Lift, LiftRow
    from tkdn.assessment.result import Assessment

FEW = 12
PROCUREMENT = "pp-29-2018"


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


class AssessmentView:
    """An assessment as tables: components, what is missing, IKM parts, and the verdict last, where the eye is."""

    def __init__(self, assessment: Assessment, lang: Lang, *, everything: bool = False) -> None:
        self.assessment, self.lang, self.everything = assessment, lang, everything

    def show(self, lift: Lift | None) -> None:
        out = console()
        out.print(self._components(out))
        for findings in (self._gaps(), self._assumptions(), self._warnings()):
            if findings is not None:
                out.print(findings)
        out.print(self._factors(out))
        if lift is not None:
            show_lift(lift, self.lang, few=True, out=out)
        out.print(self._verdict())

    def say(self, key: str, **values: object) -> str:
        return say(f"table.{key}", self.lang, **values)

    def _components(self, out: Console) -> Table:
        assessment, lang = self.assessment, self.lang
        heads = ("part", "name", "made_in", "certified", "own", "credited", "credited_potential", "share", "points")
        grid = Grid(out, self.say("components"), heads, lang)
        counting = [each for each in assessment.components.values() if each.counts]
        counting.sort(key=lambda each: -(each.exact["cost"] or Fraction(0)))
        shown = counting if self.everything else counting[:FEW]
        for each in shown:
            figures = {head: number(getattr(each, head), lang) for head in heads[3:]}
            grid.add({"part": each.part, "name": each.name, "made_in": assessment.part(each.part).made_in, **figures})
        if len(shown) < len(counting):
            costs = [each.exact["cost"] or Fraction(0) for each in counting]
            share = sum(costs[FEW:], Fraction(0)) * PERCENT / (sum(costs) or 1)
            rest = self.say("rest", count=len(counting) - len(shown), share=number(two_places(share), lang))
            grid.table.caption = rest
        return grid.table

    def _factors(self, out: Console) -> Table:
        heads = ("factor", "value", "weight", "points")
        grid = Grid(out, self.say("factors"), heads, self.lang)
        for name, factor in self.assessment.factors.items():
            if name != "brainware" or factor.value:
                figures = {head: number(two_places(getattr(factor, head)), self.lang) for head in heads[1:]}
                grid.add({"factor": self.say(name), **figures})
        return grid.table

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
        return self._findings("gaps", gaps, [affects_text(gap, self.lang) for gap in gaps])

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
        others = [each for each in assessment.may_use if each["regulation"] != assessment.regulation.id]
        rows += [(self.say("may_use"), f"{each['regulation']} ({each['article']})") for each in others]
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


def affects_text(gap: Gap, lang: Lang) -> str:
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
    by_part = (
        "part",
        "name",
        "supplier",
        "scale",
        "region",
        "spend",
        "lift",
        "without",
        *(() if few else ("hidden_by",)),
    )
    heads = by_part if lift.by == "part" else ("key", "parts", "spend", "lift", "without")
    grid = Grid(out, said("ikm", basis=basis), heads, lang)
    lifting = [row for row in lift.rows if row.effect.lift != 0]
    shown = lifting[:FEW] if few else lift.rows
    for row in shown:
        grid.add(_lift_cells(row, lift.by, lang))
    if len(lift.rows) > 1:
        grid.table.add_section()
        count = sum(len(getattr(row, "parts", [row])) for row in lift.rows)
        points = _points(lift.joint.lift, lift.joint.status, lang)
        without = number(two_places(lift.joint.without), lang)
        grid.add({heads[0]: said("joint", count=count), "lift": points, "without": without})
    out.print(grid.table)
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


def _lift_cells(row: LiftRow | GroupRow, by: By, lang: Lang) -> dict[str, object]:
    figures: dict[str, object] = {
        "spend": number(two_places(row.spend), lang),
        "lift": _points(row.effect.lift, row.status, lang),
        "without": number(row.without, lang),
    }
    if isinstance(row, GroupRow):
        return {"key": _group(row.key, by, lang), "parts": number(len(row.parts), lang), **figures}
    hidden = ", ".join(f"{each.part}: {each.why}" for each in row.hidden_by)
    facts = {key: getattr(row, key) for key in ("part", "name", "supplier", "region")}
    return {**facts, "scale": _scale(row.scale, lang), **figures, "hidden_by": hidden}


def _group(key: str | None, by: By, lang: Lang) -> str | None:
    if by == "region":
        return key and str(region(key))
    return _scale(key, lang) if by == "scale" else key


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

    figures = ("before", "after", "change", "by_share", "by_credit")
    factors = Grid(out, said("factors"), ("factor", *figures[:3]), lang)
    for row in found.factors:
        if row.before or row.after:
            factors.add({"factor": said(row.key), **{head: shown(getattr(row, head)) for head in figures[:3]}})
    out.print(factors.table)
    grid = Grid(out, said("components"), ("part", "name", *figures), lang)
    moved = [row for row in found.components if row.change]
    for each in moved[: 2 * FEW]:
        grid.add({"part": each.key, "name": each.name, **{head: shown(getattr(each, head)) for head in figures}})
    for row in found.beside:
        grid.add({"part": said(row.key), **{head: shown(getattr(row, head)) for head in figures[:3]}})
    if len(moved) > 2 * FEW:
        grid.table.caption = say("table.more", lang, count=len(moved) - 2 * FEW)
    out.print(grid.table)
    if found.law:
        law = Grid(out, said("law"), ("legal_key", "law_before", "law_after"), lang)
        for change in found.law:
            values = change.to_dict()
            cells = {
                f"law_{at}": f"{value['value']} ({value['article']})"
                for at in ("before", "after")
                if (value := values[at])
            }
            law.add({"legal_key": change.key, **cells})
        out.print(law.table)
    totals = Table.grid(padding=(0, 2))
    for label, old, new, difference in (
        ("score", found.before.score, found.after.score, found.change),
        ("potential", found.before.potential, found.after.potential, found.potential_change),
    ):
        totals.add_row(
            Text(said(label), style="bold"),
            Text(f"{number(old, lang)} -> {number(new, lang)}"),
            Text(number(difference, lang)),
        )
    out.print(Panel(totals, expand=False))


def show_regulations(laws: Sequence[Regulation], lang: Lang) -> None:
    """The regulations known, one a line."""
    out = console()
    grid = Grid(out, "", ("regulation", "law_name", "in_force", "covers"), lang)
    for law in laws:
        grid.add({"regulation": law.id, "law_name": law.name, "in_force": law.period, "covers": law.covers})
    out.print(grid.table)


def show_regulation(law: Regulation, lang: Lang) -> None:
    """A regulation with every value, its article and how well it is known."""
    out = console()
    out.print(Text(f"{law.name}: {law.title}", style="bold"))
    known = say(f"confidence.{law.in_force_confidence}", lang)
    force = f"{say('table.in_force', lang)}: {law.period} ({law.in_force_article}, {known})"
    out.print(Text(force + (f". {law.in_force_note}" if law.in_force_note else "")))
    for key, other in (("repealed_by", law.repealed_by), ("amended_by", law.amended_by)):
        if other is not None:
            out.print(Text(f"{say(f'table.{key}', lang)}: {other}"))
    grid = Grid(out, "", ("meaning", "legal_value", "article", "confidence"), lang)
    for parameter in law.parameters.values():
        for value in parameter.values:
            years = f" ({value.start}-{value.end or ''})" if parameter.by_year else ""
            meaning = parameter.meaning[lang] + years + (f" [{value.note}]" if value.note else "")
            how = say(f"confidence.{value.confidence}", lang)
            shown = number(value.value, lang) if isinstance(value.value, Decimal) else value.value
            grid.add({"meaning": meaning, "legal_value": shown, "article": value.article, "confidence": how})
            for row in value.rows:
                sign = {"over": ">", "at_least": ">=", "at_most": "<="}[row.test]
                gives = number(row.value, lang) if isinstance(row.value, Decimal) else row.value
                grid.add(
                    {"meaning": f"   {sign} {number(row.limit, lang)}", "legal_value": gives, "article": row.article}
                )
    out.print(grid.table)
