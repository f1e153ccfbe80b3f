"""The view of opportunities: moves that lift the score next, and what single moves mean in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from tkdn.assessment.opportunities.move import Move
from tkdn.assessment.opportunities.opportunities import Opportunities
from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.words import title, under
from tkdn.display.view import Block, Column, Holds, Lines, Table, TableRow, View
from tkdn.i18n import Lang, number, say

FEW = 15
"""Moves that are shown unless more are asked for."""
GIVES_WAY = ("ikm", "move", "others", "per_point")
"""Columns that a narrow terminal leaves out, the first to go first."""


def opportunities_view(
    found: Opportunities, lang: Lang, *, limit: int = FEW, part: str | None = None, every_case: bool = False
) -> View:
    """Return the moves that gain, the largest first.

    Args:
        found: the moves.
        lang: the language of all words.
        limit: rows of each table on a first screen.
        part: only moves of this part, each explained in a sentence.
        every_case: True to show all cases of a move, not only its headline.
    """
    moves = [each for each in found.rows if part in (None, each.part)]
    if not moves:
        blocks: tuple[Block, ...] = (Lines("", (say("opportunity.none", lang),)),)
    elif part is not None:
        blocks = _of_part(found, moves[:limit], lang)
    else:
        blocks = _of_product(found, moves, lang, limit=limit, every_case=every_case)
    return View(title(found.assessment), under(found.assessment, lang), blocks, lang)


def _of_part(found: Opportunities, moves: Sequence[Move], lang: Lang) -> tuple[Block, ...]:
    lines = tuple(f"{each.id}: {each.explanation(lang)} [{'; '.join(each.articles)}]" for each in moves)
    return _table(_title(found, lang), moves, lang), Lines("", lines)


def _of_product(
    found: Opportunities, moves: Sequence[Move], lang: Lang, *, limit: int, every_case: bool
) -> tuple[Block, ...]:
    def said(key: str, **values: object) -> str:
        return say(f"opportunity.{key}", lang, **values)

    gaining = [each for each in moves if (every_case or each.headline) and (each.exact is None or each.exact > 0)]
    blocks: list[Block] = []
    if gaining:
        hidden = said("hidden", count=len(gaining) - limit, all=len(gaining)) if len(gaining) > limit else ""
        blocks.append(_table(_title(found, lang), gaining, lang, limit, hidden))
    if found.by_rupiah:
        blocks.append(_table(said("per_rupiah"), found.by_rupiah, lang, limit))
    losing = [each for each in moves if each.headline and each.exact is not None and each.exact < 0]
    nothing = [each for each in moves if each.headline and each.exact == 0]
    lines = [said("rest", count=len(nothing) + len(losing), losing=len(losing))]
    if found.taken:
        lines.append(said("together", count=len(found.taken), after=number(two_places(found.after_all), lang)))
    if not every_case:
        lines.append(said("other_cases"))
    return (*blocks, Lines("", tuple(lines)))


def _title(found: Opportunities, lang: Lang) -> str:
    base = number(two_places(found.base), lang)
    return say("opportunity.title", lang, basis=say(f"table.basis_{found.basis}", lang), base=base)


def _table(name: str, moves: Sequence[Move], lang: Lang, first: int | None = None, rest: str = "") -> Table:
    """Return a table of moves; the columns of cost and IKM share only if they say something."""
    costed = any(each.cost is not None for each in moves)
    kinds: dict[str, Holds] = {"move": "text", "part": "id", "gain": "gain", "others": "gain"}
    kinds |= {"per_point": "number"} if costed else {}
    kinds |= {"ikm": "percent", "do": "text"}
    heads = tuple(
        Column(
            key,
            say(f"opportunity.{key}" if key != "part" else "table.part", lang),
            holds,
            GIVES_WAY.index(key) if key in GIVES_WAY else None,
        )
        for key, holds in kinds.items()
    )
    rows = tuple(_row(each, lang) for each in moves)
    return Table(name, heads, rows, first=first, rest=rest)


def _row(move: Move, lang: Lang) -> TableRow:
    before, after = move.ikm_share
    return {
        "move": say(f"opportunity.{move.kind}", lang),
        "part": move.part or move.supplier,
        "gain": two_places(move.exact),
        "others": two_places(move.exact_given_others),
        "per_point": two_places(move.rupiah_per_point),
        "ikm": None if after == before else two_places(after),
        "do": move.advice(lang),
    }
