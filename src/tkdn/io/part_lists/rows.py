"""The lines of a list from elsewhere: what is no line is left out and said, and every cell is read as its column means it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import get_args

from tkdn.bom.tables.records import Fault, TableRow, Values
from tkdn.errors import Problem
from tkdn.exact import EXACT
from tkdn.io.import_report import Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.amounts import proven_marks
from tkdn.io.part_lists.cells import MONEY, NUMBERS, RUPIAH, CellReader, Money, measured, money, with_dashes
from tkdn.io.part_lists.days import settle_days
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.headings import Heading
from tkdn.io.part_lists.indents import without_marks
from tkdn.io.part_lists.level_columns import SOME, LevelColumns, level_of
from tkdn.io.part_lists.origin_columns import settle_origins
from tkdn.io.part_lists.row_kinds import (
    COUNTS,
    PLACED,
    charge_named,
    is_aside,
    is_charge,
    is_optional,
    is_total,
    last_line,
    take_below,
)
from tkdn.io.questions import Effect, Question, question
from tkdn.io.spreadsheet.decimals import Mark, Marks, Written, marks_of, thousands_in, to_number_text
from tkdn.textnorm import squeezed

FILLED_DOWN = frozenset({"supplier", "maker", "made_in", "unit", "price_currency", "group", "spec", "parent"})
"""Columns in which a cell merged over several rows counts for each of them."""
_TIMES = re.compile(r"\s*(?:[x×]\s*([\d.,]+)|([\d.,]+)\s*[x×])\s*", re.IGNORECASE)
"""A quantity such as "2 x" or "x2"."""
_BEGIN_BILLS = frozenset({"parent", "parent_name", "bom_id"})


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total: its row, the amount, and how many lines stand above it."""

    row: int
    amount: Decimal
    lines: int


@dataclass(slots=True)
class Lines:
    """The lines of a list, each cell read; what is wrong with them; and the totals that are printed among them."""

    found: FoundList
    rows: list[TableRow] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    mark: Mark | None = None
    problems: list[Problem] = field(default_factory=list)
    charges: dict[int, str] = field(default_factory=dict)
    """Rows for freight, tax or fees that are no lines, with their words."""
    charged: dict[int, Decimal] = field(default_factory=dict)
    """What these rows amount to."""
    sections: set[int] = field(default_factory=set)
    """Rows right below the title of a section, where numbers may start again."""
    unnumbered: list[int] = field(default_factory=list)
    """Rows without an item number that are taken as lines like the others."""
    unknown: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Rows with a word that is not known, by its column and the word."""

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each column by its key."""
        named = {key: self.found.headings[at].text for at, key in reversed(list(self.found.columns.items()))}
        price = named.get("price", named.get("pack_price", "price"))
        levels = [named[key] for key in sorted(named) if level_of(key) is not None]
        return {
            "price_currency": price,
            "price_per": price,
            "price": price,
            "level": next(iter(levels), named.get("item_number", named.get("id", "level"))),
            **named,
        }


def read_lines(
    found: FoundList, options: ReadOptions, understood: Understanding, *, filled_from_above: Sequence[str] = ()
) -> Lines:
    """The lines below the headings; `filled_from_above` are the columns that stand on the first line of each bill only.

    Numbers and days that can be read in two ways are asked about.
    """
    lines = Lines(found)
    kept, totals, lines.sections = _lines_of(found, options, understood)
    left = set(understood.left_out)
    lines.charges = {
        number: charge_named(cells) for number, cells in found.below if number in left and is_charge(cells)
    }
    _fill_down(found, kept, lines.problems)
    _fill_from_above(kept, filled_from_above)
    settle_days(found, kept, options, understood)
    _take_units_apart(kept)
    marks = _marks(found, [row.cells for row in kept], [row.cells for _, row in totals], options, understood)
    lines.mark = marks.whole.mark if marks.whole else None
    in_percent = frozenset(key for at, key in found.columns.items() if "%" in found.headings[at].text)
    reader = CellReader(understood, marks, options, in_percent)
    for row in kept:
        cells: Values = {}
        for key, cell in row.cells.items():
            value = reader.value(key, cell)
            if value is not None:
                cells[key] = value
        lines.rows.append(TableRow(row.number, cells))
    if both := settle_origins(lines.rows):
        understood.note("origin-both", found.place(both[0]), rows=rows_named(both), count=len(both))
    _note_cells(lines, kept, reader, understood)
    lines.unknown = {(key, word): [row.number for row in kept if _says(row, key, word)] for key, word in reader.unknown}
    for above, row in totals:
        amount = _amount_of(row.cells, found, reader)
        if amount is not None:
            lines.totals.append(Total(row.number, amount, above))
    for number, charged in found.below:
        if number in lines.charges:
            named = {
                key: charged[at] for at, key in found.columns.items() if at < len(charged) and charged[at] is not None
            }
            lines.charged[number] = _amount_of(named, found, reader) or Decimal(0)
    return lines


def _amount_of(cells: Values, found: FoundList, reader: CellReader) -> Decimal | None:
    """Return the amount of a row that is no line: below the amounts, else below the prices; None if there is none."""
    column = "amount" if "amount" in cells else "price"
    amount = reader.value(column, cells[column]) if column in cells else None
    if not isinstance(amount, Money) or amount.number is None or isinstance(amount.number, Fault):
        return None
    scale = next(found.headings[at].scale for at, key in found.columns.items() if key == column)
    return Decimal(str(scaled(amount.number, scale)))


def _note_cells(lines: Lines, kept: Sequence[TableRow], reader: CellReader, understood: Understanding) -> None:
    """Note what cells say that is left out, or that their heading decides alone."""
    place = lines.found.place
    if reader.no_firms:
        firms = ("supplier", "maker")
        rows = [
            row.number
            for row in kept
            if {" ".join(str(row.cells.get(key)).split()) for key in firms} & {*reader.no_firms}
        ]
        understood.note("firms-left-out", place(rows[0]), rows=rows_named(rows), count=len(rows))
    if reader.percents and all(each < 1 for each in reader.percents):
        heading = lines.headings["scrap"]
        understood.note("percent-below-one", place(lines.found.row), heading=heading, most=max(reader.percents))


def _says(row: TableRow, key: str, word: str) -> bool:
    return str(row.cells.get(key, "")).strip() == word


def _lines_of(
    found: FoundList, options: ReadOptions, understood: Understanding
) -> tuple[list[TableRow], list[tuple[int, TableRow]], set[int]]:
    """Return the rows that are lines; those with a total, each with the number of lines above it; and which follow a title."""
    sections: set[int] = set()
    titled = False
    optional = ""
    kept: list[TableRow] = []
    optional_rows: dict[str, list[int]] = {}
    totals: list[tuple[int, TableRow]] = []
    columns = list(found.columns.items())
    has_place = any(key in PLACED for key in found.columns.values())
    by_column = LevelColumns(found.columns.values()) if SOME in found.layout.generic else None
    marked = found.layout.name == "outline" and found.shape.marked
    for number, cells in found.below:
        width = len(cells)
        row = TableRow(
            number, {key: cells[at] for at, key in columns if at < width and cells[at] is not None and cells[at] != ""}
        )
        if by_column:
            by_column.place(row)
        if marked and isinstance(row.cells.get("id"), str):
            row.cells["id"] = without_marks(row.cells["id"])
        if is_total(row, cells):
            totals.append((len(kept), row))
        elif not is_aside(found, row, cells, has_place=has_place and bool(kept)):
            for key, value in options.empty.items():
                row.cells.setdefault(key, value)
            kept.append(row)
            if titled:
                sections.add(number)
            if optional:
                optional_rows.setdefault(optional, []).append(number)
            titled = False
            continue
        words = [cell for cell in cells if isinstance(cell, str) and any(map(str.isalpha, cell))]
        titled = titled or bool(words)
        optional = words[0].strip() if len(words) == 1 and is_optional(words[0]) else "" if words else optional
        understood.left_out.append(number)
    if set(found.columns.values()) & COUNTS:
        below = totals[0][0] if totals else last_line(kept)
        understood.left_out += take_below(kept, below)
    for title, numbers in optional_rows.items():
        place = found.place(numbers[0])
        understood.note("rows-optional", place, title=title[:60], rows=rows_named(numbers), count=len(numbers))
    return kept, totals, sections


def _take_units_apart(rows: Iterable[TableRow]) -> None:
    """Part quantities, and what prices are for, that are written with their unit: "1200.000 mm", "100 m"."""
    for row in rows:
        for key in ("quantity", "total_quantity"):
            cell = row.cells.get(key)
            if isinstance(cell, str) and (times := _TIMES.fullmatch(cell)):
                row.cells[key] = times[1] or times[2]
            found = measured(cell) if isinstance(cell, str) else None
            if found:
                row.cells[key], unit = found
                row.cells.setdefault("unit", unit)
        per = measured(row.cells["price_per"]) if isinstance(row.cells.get("price_per"), str) else None
        if per:
            row.cells["price_per"], unit = per
            row.cells.setdefault("price_unit", unit)


def _fill_down(found: FoundList, rows: Iterable[TableRow], problems: list[Problem]) -> None:
    """Give the cell of a merged area to all its rows, where its column allows that."""
    areas = [area for area in found.sheet.merged if area[2] > area[0] and area[2] > found.row]
    if not areas:
        return
    by_number = {row.number: row for row in rows}
    for up, left, down, right in areas:
        for at in range(left, right + 1):
            key = found.columns.get(at)
            top = by_number.get(up)
            if key is None or top is None or key not in top.cells:
                continue
            if key in FILLED_DOWN:
                for number in range(up + 1, min(down, max(by_number)) + 1):
                    if number in by_number:
                        by_number[number].cells.setdefault(key, top.cells[key])
            elif key not in ("name", "amount"):
                problems.append(Problem("merged-cells", {"first_row": up, "last_row": down}, found.place(up, at)))


def _fill_from_above(rows: Iterable[TableRow], keys: Sequence[str]) -> None:
    """Give each line the cells of the line that its bill begins with, and the row of that in the cell `bill`."""
    first: TableRow | None = None
    for row in rows if keys else ():
        if first is None or row.cells.keys() & _BEGIN_BILLS:
            first = row
        row.cells.update((key, first.cells[key]) for key in keys if key in first.cells)
        row.cells["bill"] = first.number


def _marks(
    found: FoundList, lines: Sequence[Values], totals: Iterable[Values], options: ReadOptions, understood: Understanding
) -> Marks:
    """The marks of decimals, decided for all numbers at once. What the file does not settle is asked."""
    head = {key: found.headings[at] for at, key in found.columns.items()}
    numbers = {key for key in head if key in (*NUMBERS, "pack_price")}
    texts: dict[str, dict[str, None]] = {}
    for row in (*lines, *totals):
        for key, value in row.items():
            if key in numbers and isinstance(value, str):
                texts.setdefault(key, {}).setdefault(value)
    written = {
        key: [_written(text, head[key], options, of_money=key in MONEY) for text in found]
        for key, found in texts.items()
    }
    said = {squeezed(heading): mark for heading, mark in options.decimals.items()}
    by_column: dict[str, Mark] = {
        key: said[text] for key, each in head.items() if (text := squeezed(each.text)) in said
    }
    at = {key: position for position, key in found.columns.items()}
    prices = MONEY if found.layout.generic else ()  # a program writes all its numbers alike
    proven = proven_marks(lines, {key: each.scale for key, each in head.items()})
    marks = marks_of(written, options.decimal, by_column, lambda key: found.place(found.row, at[key]), prices, proven)
    for key, problem in _once_for_each_kind(marks.problems, prices):
        understood.ask(_which_mark(head[key], problem, options))
    if whole := marks.whole:
        understood.decimal, understood.decimal_because = whole.mark, whole.because
    else:
        shown = {(key, spelled): str(each.mark) for (key, spelled), each in marks.shown.items() if each.mark}
        both = {key for key, spelled in shown if spelled and (key, False) in shown}
        understood.decimals = {
            head[key].text + (" (Rp)" if spelled and key in both else ""): mark
            for (key, spelled), mark in shown.items()
        }
    return marks


def _once_for_each_kind(problems: Mapping[str, Problem], prices: Container[str]) -> Iterator[tuple[str, Problem]]:
    """Yield the problems without those that the answer to an earlier one settles: prices by prices, others by others."""
    asked: set[bool] = set()
    for key, problem in problems.items():
        if problem.code != "decimal-unclear" or (key in prices) not in asked:
            yield key, problem
        if problem.code == "decimal-unclear":
            asked.add(key in prices)


def _which_mark(head: Heading, problem: Problem, options: ReadOptions) -> Question:
    """Return the question which mark the decimals of a column have, with what each makes of a number of it.

    Of prices in rupiah thousands are suggested: there are no thousandths of one.
    """
    shown = next((str(problem.values[key]) for key in ("either", "price") if key in problem.values), None)
    effects = {
        mark: Effect("number", {"shown": shown, "number": number})
        for mark in get_args(Mark)
        if shown is not None and (number := to_number_text(shown, mark)) is not None
    }
    asked = replace(problem, values={**problem.values, "heading": head.text})
    rupiah = shown is not None and (head.currency or options.currency) == RUPIAH and head.scale == 1
    suggestion = thousands_in(shown) if rupiah and shown and problem.code == "decimal-unclear" else None
    return question("decimals", asked, get_args(Mark), about=head.text, effects=effects, suggestion=suggestion)


def _written(text: str, head: Heading, options: ReadOptions, *, of_money: bool) -> Written:
    """A number as text, without what stands beside it."""
    found = money(text.replace("%", ""))
    spelled = found.currency == RUPIAH
    rupiah = of_money and (spelled or (found.currency or head.currency or options.currency) == RUPIAH)
    return Written(with_dashes(text.replace("%", "")), rupiah and head.scale == 1, spelled)


def scaled(number: object, scale: int) -> object:
    """Return a number as text times a scale, exactly."""
    if number is None or scale == 1:
        return number
    return str(EXACT.multiply(Decimal(str(number)), scale))


def decimals_of(rows: Iterable[TableRow], key: str) -> Iterator[Decimal | None]:
    """The numbers of a column; None where there is none that can be read."""
    for row in rows:
        value = row.cells.get(key)
        try:
            yield None if value is None or isinstance(value, Fault) else Decimal(str(value))
        except ArithmeticError:
            yield None
