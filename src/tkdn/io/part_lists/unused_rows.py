"""Lines of a list that the product does not take: switched off by a column, hidden, struck out, charges, of quantity 0.

What a file proves is left out and reported; what it leaves open is asked. What hangs below a line that is left out goes along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from tkdn.bom.tables.records import Fault, TableRow
from tkdn.errors import Place, Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.amounts import last_place
from tkdn.io.part_lists.cells import Money
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.headings import charges, group_words, switch_words
from tkdn.io.part_lists.row_kinds import is_charge
from tkdn.io.part_lists.rows import Lines, Total
from tkdn.io.questions import Effect, Question, question
from tkdn.textnorm import squeezed

_MOST_VALUES = 12
"""A column with more different words than this says something else of its lines."""
_CELL = 60
"""Characters of a cell that a question shows."""


def leave_out(lines: Lines, options: ReadOptions, understood: Understanding, *, keeps_first: bool) -> None:
    """Take the lines out that are not used, and ask about those of which the file does not say it.

    Args:
        lines: With levels, if the list has any: what lies below a line that is taken out goes along.
        options: What was said of rows.
        understood: Takes notes and questions.
        keeps_first: True if the first line is the product, which no column switches off.
    """
    own = lines.rows[int(keeps_first) :]
    cells = dict(lines.found.below)
    out = {
        *_switched(lines.found, own, cells, options, understood),
        *_set_aside("hidden", lines, own, options, understood),
        *_set_aside("struck", lines, own, options, understood),
    }
    marked = {*out, *(lines.found.sheet.struck_rows or ())}
    _ask_beside_total(lines, [row for row in own if row.number not in marked], options, understood)
    zero = [row for row in own if row.number not in out and _is_zero(row.cells)]
    _report(lines, zero, "quantity-zero", understood)
    extra = [row for row in own if row.number not in out and _is_charge(row, own)]
    named = lines.charges | {row.number: str(row.cells.get("name", "")) for row in extra}
    _note(lines, named, "charges-left-out", understood)
    out |= {row.number for row in (*zero, *extra)}
    if out:
        before = [row.number for row in lines.rows]
        lines.charged |= {row.number: _amount(row) for row in extra}
        lines.rows[:] = _without(lines.rows, out)
        kept = {row.number for row in lines.rows}
        lines.totals[:] = [
            replace(total, lines=sum(number in kept for number in before[: total.lines])) for total in lines.totals
        ]
        understood.left_out = sorted({*understood.left_out, *(number for number in before if number not in kept)})


def _ask_beside_total(lines: Lines, rows: Sequence[TableRow], options: ReadOptions, understood: Understanding) -> None:
    """Ask about lines with a price and without an amount if a printed total is the sum of the amounts of the others."""
    at = next((at for at, key in lines.found.columns.items() if key == "amount"), None)
    priced = [row for row in rows if "price" in row.cells and not _is_zero(row.cells)]
    total = next((each for each in reversed(lines.totals) if _is_sum_of_amounts(each, priced)), None)
    if at is None or total is None or options.all_rows:
        return
    without = [row for row in priced if row.number < total.row and not isinstance(row.cells.get("amount"), Money)]
    said, heading = _said(without, dict(lines.found.below), at), lines.found.headings[at].text
    stated = {value for head, value in map(_pair, options.except_) if head == squeezed(heading)}
    said = {value: numbers for value, numbers in said.items() if value not in stated}
    if not said:
        return
    numbers = sorted(_all(said))
    values = {"rows": rows_named(numbers), "count": len(numbers), "heading": heading, "total": total.amount}
    places = [lines.found.place(number, at) for number in numbers[:MAX_ROWS_NAMED]]
    effects = {
        value: Effect("leaves-out", {"count": len(found), "rows": rows_named(found)}) for value, found in said.items()
    }
    asked = question(
        "extra",
        Problem("rows-beside-total", values, places[0]),
        said,
        about=heading,
        effects=effects,
        count=len(numbers),
        suggestion=next(iter(said)) if len(said) == 1 else None,
        places=places,
    )
    understood.ask(asked)


def _is_sum_of_amounts(total: Total, rows: Sequence[TableRow]) -> bool:
    amounts = [_amount(row) for row in rows if row.number < total.row and isinstance(row.cells.get("amount"), Money)]
    slack = len(amounts) * last_place(total.amount) / 2
    return len(amounts) > 1 and abs(sum(map(Fraction, amounts)) - Fraction(total.amount)) <= slack


def _amount(row: TableRow) -> Decimal:
    """Return the printed amount of a charge, or its price; nothing if neither is one."""
    for key in ("amount", "price"):
        found = row.cells.get(key)
        if isinstance(found, Money) and found.number is not None and not isinstance(found.number, Fault):
            return Decimal(str(found.number))
    return Decimal(0)


def _without(rows: Sequence[TableRow], out: Collection[int]) -> list[TableRow]:
    """Return the rows without those of these numbers, and without what lies below them."""
    kept: list[TableRow] = []
    below: int | None = None
    for row in rows:
        level = row.cells.get("level")
        if below is not None and isinstance(level, int) and level > below:
            continue
        below = None
        if row.number in out:
            below = level if isinstance(level, int) else None
        else:
            kept.append(row)
    return kept


def _is_zero(cells: Mapping[str, object]) -> bool:
    stated = cells.get("quantity", cells.get("total_quantity"))
    if stated is None or isinstance(stated, Fault):
        return False
    try:
        return Decimal(str(stated)) == 0
    except ArithmeticError:
        return False


def _is_charge(row: TableRow, rows: Sequence[TableRow]) -> bool:
    """Return True for freight, tax and fees: named so, and without the part number that other lines have.

    Where no line has one, only a name that is nothing else counts: "Sea freight", not "Transport wheel".
    """
    if "id" in row.cells and row.cells["id"] != row.cells.get("name"):
        return False
    name = row.cells.get("name")
    if any("id" in other.cells for other in rows):
        return is_charge([name])
    return isinstance(name, str) and " ".join(re.findall(r"[^\W\d_]+", name.casefold())) in charges()


def _report(lines: Lines, rows: Sequence[TableRow], code: str, understood: Understanding) -> None:
    _note(lines, {row.number: str(row.cells.get("id", row.cells.get("name", ""))) for row in rows}, code, understood)


def _note(lines: Lines, rows: Mapping[int, str], code: str, understood: Understanding) -> None:
    """Note rows by their words, once for all."""
    if rows:
        numbers = sorted(rows)
        names = [rows[number][:_CELL] for number in numbers]
        shown = ", ".join(names[:MAX_ROWS_NAMED]) + (" ..." if len(names) > MAX_ROWS_NAMED else "")
        understood.note(code, lines.found.place(numbers[0]), names=shown, rows=rows_named(numbers), count=len(rows))


Said = dict[str, list[int]]
"""Rows by what their cell of a column says, "" for an empty one."""


def _switched(
    found: FoundList,
    rows: Sequence[TableRow],
    cells: Mapping[int, Sequence[object]],
    options: ReadOptions,
    understood: Understanding,
) -> set[int]:
    """Return the rows that are switched off by what was said of a column; ask where a column switches and nothing was said."""
    stated = {"only": list(map(_pair, options.only)), "except_": list(map(_pair, options.except_))}
    named = {head for pairs in stated.values() for head, _ in pairs}
    out: set[int] = set()
    for at, word in found.headings.items():
        said, head = _said(rows, cells, at), squeezed(word.text)
        for value in (value for other, value in stated["except_"] if other == head):
            out |= set(said.get(value, ()))
        kept = {value for other, value in stated["only"] if other == head}
        if kept:
            out |= {number for value, numbers in said.items() if value not in kept for number in numbers}
    if not options.all_rows:
        kept_rows = [row for row in rows if row.number not in out]
        for at, word in found.headings.items():
            said = _said(kept_rows, cells, at)
            if squeezed(word.text) not in named and _switches(at, squeezed(word.text), said, found):
                understood.ask(_which_lines(found, at, said))
    return out


def _said(rows: Iterable[TableRow], cells: Mapping[int, Sequence[object]], at: int) -> Said:
    said: Said = {}
    for row in rows:
        said.setdefault(_text(cells.get(row.number, ()), at), []).append(row.number)
    return said


def _pair(text: str) -> tuple[str, str]:
    """Return "HEADING=VALUE" as the heading, squeezed, and the value; a heading may hold the sign, a value may not."""
    head, _, value = text.rpartition("=")
    return squeezed(head), " ".join(value.split())


def _text(cells: Sequence[object], at: int) -> str:
    cell = cells[at] if at < len(cells) else None
    return "" if cell is None else " ".join(str(cell).split())


def _switches(at: int, head: str, said: Said, found: FoundList) -> bool:
    """Return True if a column says which lines are built, and lines differ.

    A name that says so itself is enough; of a general one ("Status") a cell must say it in a word of switching. Of a column of
    groups of alternatives, two lines must be in one group.
    """
    if len(said) < 2 or len(said) > _MOST_VALUES or at in found.columns:
        return False
    itself, general, values = switch_words()
    if head in group_words():
        return any(value and len(numbers) > 1 for value, numbers in said.items())
    if head in itself or any(head.endswith(word) for word in itself if len(word) > len("variants")):
        return True
    return head in general and any(squeezed(value) in values for value in said)


def _which_lines(found: FoundList, at: int, said: Said) -> Question:
    """Return the question which lines are built, with the number of lines of each word."""
    text = found.headings[at].text
    itself, _, switching = switch_words()
    filled = {value: numbers for value, numbers in said.items() if value}
    if squeezed(text) not in itself and not any(squeezed(text).endswith(word) for word in itself):
        filled = {value: numbers for value, numbers in filled.items() if squeezed(value) in switching} or filled
    effects = {
        value: Effect("leaves-out", {"count": len(numbers), "rows": rows_named(numbers)})
        for value, numbers in filled.items()
    }
    first = min(number for numbers in filled.values() for number in numbers)
    values = {
        "heading": text,
        "words": tuple(value[:_CELL] for value in filled),
        "rows": rows_named(sorted(_all(filled))),
    }
    problem = Problem("rows-switched", values, found.place(first, at))
    return question("switched", problem, filled, about=text, effects=effects, count=sum(map(len, filled.values())))


def _all(said: Said) -> Iterable[int]:
    return (number for numbers in said.values() for number in numbers)


def _set_aside(
    option: str, lines: Lines, rows: Sequence[TableRow], options: ReadOptions, understood: Understanding
) -> Iterator[int]:
    """Yield the rows that a person hid or struck out and says are to be skipped; ask if nothing is said.

    An answer that was given for another number of lines does not hold for these.
    """
    marked = getattr(lines.found.sheet, f"{option}_rows", None) or frozenset()
    here = [row.number for row in rows if row.number in marked]
    if not here:
        return
    understood.counted[option] = len(here)
    answer, given_for = getattr(options, option), options.lines.get(option)
    if answer is None or (given_for is not None and given_for != len(here)):
        understood.ask(_whether_read(option, lines.found, here, len(rows), given_for if answer else None))
    elif answer == "skip":
        yield from here


def _whether_read(option: str, found: FoundList, here: Sequence[int], total: int, given_for: int | None) -> Question:
    values = {"count": len(here), "of": total, "rows": rows_named(list(here)), "given_for": given_for}
    case = f"{option}_again" if given_for is not None else option
    places: list[Place] = [found.place(number) for number in islice(here, MAX_ROWS_NAMED)]
    effects = {
        "read": Effect("lines", {"count": total}),
        "skip": Effect("lines", {"count": total - len(here)}),
    }
    problem = Problem("rows-set-aside", values, places[0], case=case)
    return question(option, problem, ("read", "skip"), effects=effects, count=len(here), places=places)
