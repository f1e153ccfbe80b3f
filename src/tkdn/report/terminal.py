"""Tables for people, in a terminal. Text from a bill is shown as it is, without markup or control characters."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tkdn.display.terminal_table import Grid, console
from tkdn.i18n import Lang, clean, number, of_law, say
from tkdn.law.regulation import Regulation
from tkdn.method.cost import PERCENT
from tkdn.report.wording import (
    CHANGE_HEADS,
    COMPONENT_HEADS,
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
    period,
    points_text,
    rests_text,
    title,
    verdict,
)

if TYPE_CHECKING:
    from tkdn.assessment.comparison.compare import Comparison
    from tkdn.assessment.findings.finding import Finding
    from tkdn.assessment.lift import Lift
    from tkdn.assessment.result import Assessment

FEW = 12


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
        out.print(self._components())
        for findings in (self._gaps(), self._assumptions(), self._warnings()):
            if findings is not None:
                out.print(findings)
        out.print(self._factors())
        if lift is not None:
            show_lift(lift, self.lang, few=True, out=out)
        out.print(self._verdict())

    def say(self, key: str, **values: object) -> str:
        return say(f"table.{key}", self.lang, **values)

    def _components(self) -> Table:
        assessment, lang = self.assessment, self.lang
        grid = Grid(self.say("components"), COMPONENT_HEADS, lang)
        counting = by_cost(assessment)
        shown = counting if self.everything else counting[:FEW]
        for each in shown:
            grid.add(component_cells(assessment, each, lang))
        if len(shown) < len(counting):
            costs = [each.exact["cost"] or Fraction(0) for each in counting]
            share = sum(costs[FEW:], Fraction(0)) * PERCENT / (sum(costs) or 1)
            grid.table.caption = self.say("rest", count=len(counting) - len(shown), share=figure(share, lang))
        return grid.table

    def _factors(self) -> Table:
        grid = Grid(self.say("factors"), ("factor", "value", "weight", "points"), self.lang)
        for row in factor_rows(self.assessment, self.lang):
            grid.add(row)
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
        assumptions = largest_first(self.assessment.assumptions)
        return self._findings("assumptions", assumptions, [rests_text(each, self.lang) for each in assumptions])

    def _warnings(self) -> Table | None:
        return self._findings("warnings", self.assessment.warnings, [""] * len(self.assessment.warnings))

    def _verdict(self) -> Panel:
        assessment = self.assessment
        grid = Table.grid(padding=(0, 2))
        for label, value in verdict(assessment, self.lang):
            grid.add_row(Text(label, style="bold"), Text(clean(value)))
        under = self.say("under", law=assessment.regulation.name, on=assessment.on)
        heading = Text(clean(title(assessment)), style="bold", overflow="ellipsis")
        return Panel(grid, title=heading, subtitle=Text(clean(under)), expand=False)


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
    grid = Grid(said("ikm", basis=basis), heads, lang)
    lifting = [row for row in lift.rows if row.effect.lift != 0]
    shown = lifting[:FEW] if few else lift.rows
    for row in shown:
        grid.add(lift_cells(row, lift.by, lang))
    if len(lift.rows) > 1:
        grid.table.add_section()
        count = sum(len(getattr(row, "parts", [row])) for row in lift.rows)
        points = points_text(lift.joint.lift, lift.joint.status, lang)
        without = figure(lift.joint.without, lang)
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


def show_comparison(found: Comparison, lang: Lang) -> None:
    """What changed the score: factors, the components that moved, legal values that differ."""
    out = console()

    def said(key: str) -> str:
        return say(f"table.{key}", lang)

    figures = (*CHANGE_HEADS, "by_share", "by_credit")
    factors = Grid(said("factors"), ("factor", *CHANGE_HEADS), lang)
    for row in found.factors:
        if row.before or row.after:
            factors.add({"factor": said(row.key), **change_cells(row, CHANGE_HEADS, lang)})
    out.print(factors.table)
    grid = Grid(said("components"), ("part", "name", *figures), lang)
    moved = [row for row in found.components if row.change]
    for each in moved[: 2 * FEW]:
        grid.add({"part": each.key, "name": each.name, **change_cells(each, figures, lang)})
    for row in found.beside:
        grid.add({"part": said(row.key), **change_cells(row, CHANGE_HEADS, lang)})
    if len(moved) > 2 * FEW:
        grid.table.caption = say("table.more", lang, count=len(moved) - 2 * FEW)
    out.print(grid.table)
    if found.law:
        law = Grid(said("law"), ("legal_key", "law_before", "law_after"), lang)
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
    grid = Grid("", ("regulation", "law_name", "in_force", "covers"), lang)
    for law in laws:
        grid.add(
            {
                "regulation": law.id,
                "law_name": law.name,
                "in_force": period(law, lang),
                "covers": of_law(law.covers, lang),
            }
        )
    out.print(grid.table)


def show_regulation(law: Regulation, lang: Lang) -> None:
    """A regulation with every value, its article and how well it is known."""
    out = console()
    out.print(Text(f"{law.name}: {law.title}", style="bold"))
    out.print(Text(in_force(law, lang)))
    for key, other in (("repealed_by", law.repealed_by), ("amended_by", law.amended_by)):
        if other is not None:
            out.print(Text(f"{say(f'table.{key}', lang)}: {other}"))
    grid = Grid("", ("meaning", "legal_value", "article", "confidence"), lang)
    for parameter in law.parameters.values():
        for row in legal_rows(parameter, lang):
            grid.add(row)
    out.print(grid.table)
