"""What cells of a second file say, as people write them: words for choices, money with its currency, heads, shares, days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tkdn.bom.country import COUNTRIES, not_stated, not_stated_elsewhere
from tkdn.bom.number import plain, tidy_hs_code
from tkdn.bom.region import region_named
from tkdn.bom.tables.columns import NUMBERS, Column, ColumnKind
from tkdn.bom.tables.records import TOLD, Fault, FilledTable, Percentage, TableRow
from tkdn.errors import BomError, Place, Problem
from tkdn.exact import EXACT
from tkdn.io.enrichment.headings import words_of
from tkdn.io.part_lists.cells import RUPIAH, Money, currency_named, money
from tkdn.io.part_lists.headings import Heading
from tkdn.io.spreadsheet.dates import UNDECIDED, Decided, Order, settled, shows, to_day
from tkdn.io.spreadsheet.decimals import Mark, Written, marks_of, to_number_text
from tkdn.textnorm import squeezed

_NOTHING = frozenset(
    ("-", "--", "–", "—", "?", "n/a", "n.a.", "tbd", "unknown", "tidak diketahui", "belum diketahui", "unbekannt")
)
"""What says nothing in any column; in those of countries, `not_stated` and `not_stated_elsewhere` know more."""
_HEADS = ("workers", "indonesian_workers", "foreign_workers")
_SHARES = (
    "domestic_share",
    "rd_share_of_revenue",
    "assembly_indonesian_share",
    "assembly_labour_achieved",
    "assembly_tools_achieved",
)
_COUNTED = re.compile(r"(.*\d)\s*[^\W\d_][^\d]*")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}$)")


def settle_words(table: FilledTable, *, own: bool = False) -> None:
    """Put what a column holds in the place of the words that people write for it; a dash says nothing.

    `own`: countries are written by our own codes, so that NA is Namibia and XX is abroad; elsewhere both say nothing.
    """
    by_key = table.kind.by_key
    known: dict[tuple[str, str], object] = {}
    for row in table.rows:
        for key, value in [*row.cells.items()]:
            if not isinstance(value, str):
                continue
            if (key, value) not in known:
                known[key, value] = _meant(by_key[key], value, own=own)
            if known[key, value] is None:
                del row.cells[key]
            else:
                row.cells[key] = known[key, value]


def _meant(column: Column, text: str, *, own: bool) -> object:
    """Return what a text says in a column; None for nothing."""
    short = " ".join(text.split())
    if column.kind is ColumnKind.COUNTRY:
        if own:
            return None if not_stated(text) and text not in COUNTRIES else text
        return None if not_stated_elsewhere(text) else text
    if short.casefold() in _NOTHING and column.kind is not ColumnKind.LIST:
        return None
    if column.path[-1] == "hs_code":
        return tidy_hs_code(short)
    if column.kind is ColumnKind.CHOICE:
        return short if short in column.choices else words_of(str(column.path[-1])).get(squeezed(short), text)
    if column.kind is ColumnKind.TRUTH:
        word = words_of("truth").get(squeezed(short))
        return text if word is None else word == "true"
    if column.path[-1] == "currency":
        named = currency_named(short) or text
        return Fault("currency-unclear", {"currency": short}, case="sign") if named in ("$", "¥") else named
    if column.path[-1] == "region":
        found = region_named(short)
        return found[0].code if len(found) == 1 else text
    return text


@dataclass(slots=True)
class _Number:
    """A number in a cell as text: in which record, under which key, whether in rupiah, by what it is to be multiplied."""

    cells: dict[str, Any]
    key: str
    text: str
    rupiah: bool = False
    spelled: bool = False
    scale: Decimal = Decimal(1)


def settle_numbers(
    table: FilledTable,
    stated: Mark | None = None,
    by_column: Mapping[str, Mark] | None = None,
    *,
    currency: str | None = None,
    assumed: str = RUPIAH,
    headings: Mapping[str, Heading] | None = None,
) -> list[Problem]:
    """Put numbers that are text with a decimal point, by the mark as `marks_of` finds it; what it leaves open is a problem.

    `stated`, `by_column`: the mark as stated for all, and by key. `currency`: of prices that name none, as stated; `assumed`:
    what such prices are taken for otherwise.
    """
    numbers: dict[str, list[_Number]] = defaultdict(list)
    for column in table.kind.columns:
        if column.kind in NUMBERS:
            for row in table.rows:
                if column.key in row.cells and (
                    found := _number(table, row, column, currency, assumed, headings or {})
                ):
                    numbers[column.key].append(found)
    written = {key: [Written(each.text, each.rupiah, each.spelled) for each in cells] for key, cells in numbers.items()}
    place = Place(table.file, table.sheet)
    marks = marks_of(written, stated, by_column or {}, lambda key: replace(place, column=table.headings.get(key, key)))
    for key, cells in numbers.items():
        for each in cells:
            if key in marks.problems:
                each.cells[key] = TOLD
                continue
            number = to_number_text(each.text, marks.of(key, spelled=each.spelled))
            if number is not None:
                each.cells[key] = (
                    number if each.scale == 1 else plain(EXACT.multiply(Decimal(number), each.scale).normalize(EXACT))
                )
    return [*marks.problems.values()]


def _number(
    table: FilledTable,
    row: TableRow,
    column: Column,
    currency: str | None,
    assumed: str,
    headings: Mapping[str, Heading],
) -> _Number | None:
    """The number in a cell, taken apart from what stands beside it; None where it is no text."""
    value, key = row.cells[column.key], column.key
    head = headings.get(key)
    scale = Decimal(head.scale if head else 1)
    if column.path[-1] == "amount":
        return _amount(table, row, column, currency, assumed, head)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if column.path[-1] in _SHARES and text.endswith("%"):
        text, scale = text.removesuffix("%").strip(), scale / 100
    elif column.kind is ColumnKind.PERCENT:
        text = text.removesuffix("%").strip()
    elif (column.path[-1] in _HEADS or column.path[-1] == "per") and (counted := _COUNTED.fullmatch(text)):
        text = counted[1]
    if column.path[-1] in _HEADS:
        text = _THOUSANDS.sub("", text)
    return _Number(row.cells, key, text, scale=scale)


def _amount(
    table: FilledTable, row: TableRow, column: Column, currency: str | None, assumed: str, head: Heading | None
) -> _Number | None:
    """Money taken apart: its currency and the units it is for go into cells of their own."""
    value = row.cells[column.key]
    if isinstance(value, Fault | bool) or not isinstance(value, str | int | float | Decimal):
        return None
    found = (
        money(value)
        if isinstance(value, str)
        else Money(plain(Decimal(repr(value) if isinstance(value, float) else value)))
    )
    siblings = {str(each.path[-1]): each.key for each in table.kind.columns if each.path[:-1] == column.path[:-1]}
    own, per = siblings.get("currency"), siblings.get("per")
    held = row.cells.get(own or "")
    sign = found.currency or (head.currency if head else None)
    if sign in ("$", "¥") and held is None:
        row.cells[column.key] = Fault("currency-unclear", {"currency": sign}, case="sign")
        return None
    if found.currency not in (None, "$", "¥", held) and isinstance(held, str):
        row.cells[column.key] = Fault("currency-unclear", {"currency": found.currency, "held": held}, case="differs")
        return None
    named = held or found.currency or (head.currency if head else None) or currency
    if own and held is None and named:
        row.cells[own] = named
    if per and per not in row.cells and (stated := found.per or (head.per if head else None)):
        row.cells[per] = stated
    scale = head.scale if head else 1
    if not isinstance(value, str) and scale == 1:
        return None
    return _Number(
        row.cells, column.key, str(found.number), (named or assumed) == RUPIAH, found.currency == RUPIAH, Decimal(scale)
    )


def settle_dates(table: FilledTable, stated: Order | None, hint: str | None) -> tuple[Decided, list[Problem]]:
    """Put days that are text as YYYY-MM-DD, day or month first as stated, else as the file shows."""
    keys = [column.key for column in table.kind.columns if column.kind is ColumnKind.DATE]
    cells = [(row, key, row.cells[key]) for row in table.rows for key in keys if key in row.cells]
    texts = [(row, key, value) for row, key, value in cells if isinstance(value, str)]
    for row, key, value in cells:
        if isinstance(value, datetime):
            row.cells[key] = value.date()
    try:
        named = next(_ambiguous(texts), None)
        place = Place(table.file, table.sheet) if named is None else table.place(*named)
        decided = settled((value for _, _, value in texts), stated, place, hint and f"heading {hint!r}")
    except BomError as error:
        for row, key, value in texts:
            row.cells[key] = TOLD if shows(value) == "either" else value
        return UNDECIDED, list(error.problems)
    for row, key, value in texts:
        day = to_day(value, decided.order, strict=stated is not None)
        if day is not None:
            row.cells[key] = day.isoformat()
    return decided, []


def _ambiguous(texts: Iterable[tuple[TableRow, str, str]]) -> Iterator[tuple[TableRow, str]]:
    return ((row, key) for row, key, value in texts if shows(value) == "either")


def as_percent(cells: Iterable[object], percents: Mapping[int, bool]) -> list[object]:
    """A row of cells; a number that its sheet shows as a percentage is one in the positions of percents."""
    return [
        Decimal(repr(float(cell))).scaleb(2, EXACT).normalize(EXACT)
        if percents.get(at) and isinstance(cell, Percentage)
        else cell
        for at, cell in enumerate(cells)
    ]
