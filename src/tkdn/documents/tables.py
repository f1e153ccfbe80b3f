"""The results as tables for people, in a terminal; the verdict last, where the eye is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tkdn.display.terminal_table import FittedTable, add_row, console
from tkdn.documents.combination import CombinedResult
from tkdn.documents.company_benefit import BenefitResult
from tkdn.documents.result import Result, two_places
from tkdn.documents.service_cost import ServicesResult
from tkdn.documents.tender import BidsResult
from tkdn.i18n import Lang, clean, number, say

Pairs = list[tuple[str, object]]
TEXT_COLUMNS = ("name", "group", "fact", "factor", "reason", "bidder", "eligible")
DROPPED_WHEN_NARROW = ("kln_rupiah", "price", "bmp", "kp", "reason")
"""Columns that give way where the terminal is narrow; the reasons of bids then stand below the table."""

WIDE = 120


def show(result: Result[Any], lang: Lang) -> None:
    """Print a result as tables."""
    out = console()
    view = _VIEWS[type(result)](result, lang, narrow=out.width < WIDE)
    for table in view.tables():
        out.print(table)
    view.show_notes(out)
    out.print(view.verdict())


class _Grid:
    """A table of rows by column; numbers are never broken, and a cell without a value shows a dash."""

    def __init__(self, title: str, heads: Sequence[str], lang: Lang, *, narrow: bool) -> None:
        self.heads = heads
        self.shown = [head for head in heads if not (narrow and head in DROPPED_WHEN_NARROW)]
        self.table = FittedTable(title)
        for head in self.shown:
            self.table.add(_capital(say(f"input.{head}", lang)), "text" if head in TEXT_COLUMNS else "number")

    def add(self, *cells: object) -> None:
        by_head = dict(zip(self.heads, cells, strict=True))
        values = (by_head[head] for head in self.shown)
        add_row(self.table, *values)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


class _View(ABC):
    """A result as tables in a language."""

    def __init__(self, result: Any, lang: Lang, *, narrow: bool) -> None:
        self.result, self.lang, self.narrow = result, lang, narrow

    @abstractmethod
    def tables(self) -> Iterator[Table | Text]:
        """What is shown before the verdict."""

    @abstractmethod
    def pairs(self) -> Pairs:
        """What the verdict says, line by line."""

    def say(self, key: str, **values: object) -> str:
        return say(f"document.{key}", self.lang, **values)

    def group(self, name: str) -> str:
        return _capital(say(f"value.{name}", self.lang))

    def grid(self, title: str, *heads: str) -> _Grid:
        return _Grid(title, heads, self.lang, narrow=self.narrow)

    def figure(self, value: Fraction | Decimal | int | None) -> str:
        """A figure with two decimals, or a whole number, as people write it."""
        return number(two_places(value) if isinstance(value, Fraction) else value, self.lang)

    def figures(self, *values: Fraction | Decimal | int | None) -> list[str]:
        return [self.figure(value) for value in values]

    def percent(self, value: Fraction | Decimal | None) -> str:
        return self.figure(value) + (" %" if value is not None else "")

    def show_notes(self, out: Console) -> None:
        notes = self.result.notes
        if notes:
            out.print(Text(self.say("notes", count=len(notes)), style="bold"))
        for note in notes:
            remedy = note.remedy_in(self.lang)
            out.print(Text(clean(f"- {note.message_in(self.lang)}" + (f" -> {remedy}" if remedy else ""))))

    def verdict(self) -> Panel:
        grid = Table.grid(padding=(0, 2))
        under = say("table.under", self.lang, law=self.result.law.name, on=self.result.on)
        for label, value in [*self.pairs(), (say("table.regulation", self.lang), under)]:
            grid.add_row(Text(_capital(label), style="bold"), Text(clean(value)))
        return Panel(grid, title=Text(clean(self.result.title), style="bold"), expand=False)


class _ServicesView(_View):
    result: ServicesResult

    def tables(self) -> Iterator[Table | Text]:
        for name, group in self.result.groups.items():
            if group.rows:
                grid = self.grid(self.group(name), "name", "cost", "credited", "kdn_rupiah", "kln_rupiah")
                for row in group.rows:
                    grid.add(row.record.name, *self.figures(row.cost, row.credit.percent, row.kdn, row.kln))
                yield grid.table
        grid = self.grid(self.say("groups"), "group", "kdn_rupiah", "kln_rupiah", "total", "tkdn")
        for name, group in self.result.groups.items():
            figures = self.figures(group.kdn, group.kln, group.total, group.exact)
            grid.add(self.group(name), *figures)
        yield grid.table

    def pairs(self) -> Pairs:
        result = self.result
        money = {"kdn_rupiah": result.kdn, "kln_rupiah": result.kln, "total": result.total}
        rows: Pairs = [(say(f"input.{key}", self.lang), self.figure(value)) for key, value in money.items()]
        return [*rows, (self.say("score"), self.percent(result.score))]


class _CombinedView(_View):
    result: CombinedResult

    def tables(self) -> Iterator[Table | Text]:
        for name, group in self.result.groups.items():
            if group.rows:
                grid = self.grid(self.group(name), "name", "value", "tkdn", "share", "kdn")
                for row in group.rows:
                    grid.add(row.record.name, *self.figures(row.value, row.tkdn, row.share, row.kdn))
                yield grid.table
        grid = self.grid(self.say("groups"), "group", "value", "tkdn", "share", "kdn")
        for name, group in self.result.groups.items():
            figures = self.figures(group.value, group.exact, group.share, group.kdn)
            grid.add(self.group(name), *figures)
        yield grid.table

    def pairs(self) -> Pairs:
        result = self.result
        total = (say("input.total", self.lang), self.figure(result.total))
        return [total, (self.say("score"), self.percent(result.score))]


class _BenefitView(_View):
    result: BenefitResult

    def tables(self) -> Iterator[Table | Text]:
        grid = self.grid(self.say("factors"), "factor", "weight", "criterion", "points")
        for row in self.result.factors:
            met = None if row.criterion is None else row.criterion.percent
            figures = self.figures(row.weight, met, row.points)
            grid.add(say(f"benefit-factor.{row.factor}", self.lang), *figures)
        yield grid.table
        missing = self.result.missing
        if missing:
            grid = self.grid(self.say("missing", count=len(missing)), "factor", "fact", "could_add")
            for each in missing:
                words = (f"benefit-factor.{each.factor}", f"benefit-fact.{each.fact}")
                grid.add(*(say(word, self.lang) for word in words), self.figure(each.most))
            yield grid.table

    def pairs(self) -> Pairs:
        result = self.result
        before = self.say("before_limit", limit=self.figure(result.limit))
        return [(before, self.percent(result.total)), (self.say("benefit"), self.percent(result.score))]


class _BidsView(_View):
    result: BidsResult

    def tables(self) -> Iterator[Table | Text]:
        heads = ("rank", "bidder", "price", "tkdn", "bmp", "kp", "hea", "eligible", "reason")
        grid = self.grid(self.say("bids"), *heads)
        last = len(self.result.bids)
        rows = sorted(self.result.bids, key=lambda row: row.rank or last + 1)
        for row in rows:
            offer = row.offer
            figures = self.figures(offer.price, offer.tkdn, offer.bmp, row.exact_kp, row.hea)
            eligible = say("explain.yes" if row.eligible else "explain.no", self.lang)
            grid.add(row.rank, row.bidder, *figures, eligible, row.reason.message_in(self.lang))
        yield grid.table
        if self.narrow:
            reasons = (clean(f"- {row.bidder}: {row.reason.message_in(self.lang)}") for row in rows)
            yield Text("\n".join(reasons))

    def pairs(self) -> Pairs:
        result = self.result
        preference = self.say("preference_of", percent=self.figure(result.document.preference))
        return [
            (self.say("preference"), preference if result.preferred else self.say("none")),
            (self.say("step"), say(f"value.step_{result.step or 'unknown'}", self.lang)),
            (self.say("rule"), result.rule or "-"),
            (self.say("winner"), result.winner or self.say("nobody")),
            (self.say("reason"), result.reason.message_in(self.lang)),
        ]


_VIEWS: dict[type, type[_View]] = {
    ServicesResult: _ServicesView,
    CombinedResult: _CombinedView,
    BenefitResult: _BenefitView,
    BidsResult: _BidsView,
}
