"""Moves as tables for people: what lifts the score next, and what single moves mean in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console
from rich.text import Text

from tkdn.assessment.opportunities.move import Move
from tkdn.assessment.opportunities.opportunities import Opportunities
from tkdn.assessment.rounding import two_places
from tkdn.display.terminal_table import FittedTable, Holds, add_row, console
from tkdn.i18n import Lang, clean, number, say

FEW = 15
"""How many rows are shown where nobody asks for more."""
GIVES_WAY = ("ikm", "move", "others", "per_point")
"""Columns that a narrow terminal leaves out, the first to go first."""


def show_opportunities(
    found: Opportunities, lang: Lang, *, limit: int = FEW, part: str | None = None, every_case: bool = False
) -> None:
    """The moves that gain, the largest first; with `part`, all moves of it, explained."""
    out = console()

    def said(key: str, **values: object) -> str:
        return say(f"opportunity.{key}", lang, **values)

    rows = [each for each in found.rows if part in (None, each.part)]
    if not rows:
        out.print(Text(said("none")))
        return
    shown = [
        each for each in rows if part or ((every_case or each.headline) and (each.exact is None or each.exact > 0))
    ]
    base = number(two_places(found.base), lang)
    title = said("title", basis=say(f"table.basis_{found.basis}", lang), base=base)
    _table(out, title, shown[:limit], lang)
    if part is not None:
        for each in shown[:limit]:
            out.print(Text(clean(f"{each.id}: {each.explanation(lang)} [{'; '.join(each.articles)}]")))
        return
    if len(shown) > limit:
        out.print(Text(said("hidden", count=len(shown) - limit, all=len(shown)), style="dim"))
    if found.by_rupiah:
        _table(out, said("per_rupiah"), found.by_rupiah[:limit], lang)
    losing = [each for each in rows if each.headline and each.exact is not None and each.exact < 0]
    nothing = [each for each in rows if each.headline and each.exact == 0]
    out.print(Text(said("rest", count=len(nothing) + len(losing), losing=len(losing))))
    if found.taken:
        after = number(two_places(found.after_all), lang)
        out.print(Text(said("together", count=len(found.taken), after=after)))
    if not every_case:
        out.print(Text(said("other_cases")))


def _table(out: Console, title: str, moves: Sequence[Move], lang: Lang) -> None:
    """A table of moves; the columns of cost and IKM share only where they say something."""
    costed = any(each.cost is not None for each in moves)
    heads: list[tuple[str, Holds]] = [("move", "text"), ("part", "id"), ("gain", "number"), ("others", "number")]
    heads += [("per_point", "number")] if costed else []
    heads += [("ikm", "number"), ("do", "text")]
    table = FittedTable(title)
    for key, holds in heads:
        heading = say(f"opportunity.{key}" if key != "part" else "table.part", lang)
        table.add(heading, holds, GIVES_WAY.index(key) if key in GIVES_WAY else None)
    for each in moves:
        cells = {
            "move": say(f"opportunity.{each.kind}", lang),
            "part": each.part or each.supplier,
            "gain": _signed(each.exact, lang),
            "others": _signed(each.exact_given_others, lang),
            "per_point": number(two_places(each.rupiah_per_point), lang),
            "ikm": _ikm(each, lang),
            "do": each.advice(lang),
        }
        add_row(table, *(cells[key] for key, _ in heads))
    out.print(table)


def _signed(gain: Fraction | None, lang: Lang) -> str:
    return ("+" if gain and gain > 0 else "") + number(two_places(gain), lang)


def _ikm(move: Move, lang: Lang) -> str:
    """The IKM share where the move changes it."""
    before, after = move.ikm_share
    return "" if after is None or after == before else f"{number(two_places(after), lang)} %"
