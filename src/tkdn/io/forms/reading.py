"""Finds the filled forms in a file's sheets: header block, headings, rows, totals and feet. Nothing is read by its position."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from functools import cache
from importlib import resources
from typing import Any

from tkdn.bom.tables.records import Fault, Percentage
from tkdn.errors import BomError, Place, Problem
from tkdn.exact import PRINTED
from tkdn.io.spreadsheet.cells import OpenedFile, Sheet
from tkdn.io.spreadsheet.decimals import Mark, settled, to_number_text
from tkdn.textnorm import squeezed

FORMAT, FORMAT_2025 = "formulir-16-2011", "formulir-35-2025"
FORMATS = (FORMAT, FORMAT_2025)
_TITLE = re.compile(r"form(?:ulir)?\.?\s*(?:tkdn\s*)?[:.]?\s*(1\.[1-9])\b", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?|\(\d{1,2}\)\s*=.*")
_MARK = re.compile(r"\(\d{1,2}\)")
_UNIT_IN_BRACKETS = re.compile(r"\([^)]*\)")
_THOUSANDS = re.compile(r"ribu|\b000\b", re.IGNORECASE)
PERCENTS = ("tkdn", "allocation", "proportion", "credited", "component", "weighting", "factor")
NUMBERS = ("quantity", "price", "kdn", "kln", "total", *PERCENTS)
TELLING = ({"kdn", "kln"}, {"credited", "price"}, {"status", "weight"}, {"weighting", "factor"}, {"evidence", "weight"})
"""The columns that tell a form from other lists: of 16/2011; of material, factors, recap and brainware of 35/2025."""
JUDGED = ("status", "weighting", "evidence")
"""Columns of forms whose rows are what is judged, not what is bought or paid."""
AS_THEY_ARE = ("kinds", "factories", "credited", "basis", "rd_unit", "yes_no", "brainware")
MONEY = ("price", "kdn", "kln", "total")


@cache
def layout(section: str) -> dict[str, Any]:
    """The key that each spelling stands for."""
    data = tomllib.loads((resources.files(__package__) / "layout.toml").read_text(encoding="utf-8"))[section]
    if section in AS_THEY_ARE:
        return dict(data)
    return {word: key for key, words in data.items() for word in words}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: its number in the sheet, its text, and its figures; percentages in percent, money in rupiah."""

    row: int
    texts: Mapping[str, str]
    figures: Mapping[str, Decimal]

    @property
    def name(self) -> str:
        return self.texts.get("name") or self.texts.get("number") or f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was found: `title` such as 1.1, its header block, headings as printed, rows, printed totals and feet."""

    title: str
    file: str
    sheet: str | None
    header: Mapping[str, str]
    headings: Mapping[str, str]
    heading_row: int
    rows: Sequence[FormRow]
    totals: FormRow | None
    feet: Mapping[str, tuple[int, Decimal]] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        """The kind of cost line that its rows are; None for material and the recap."""
        kind: str | None = layout("kinds").get(self.title)
        return kind

    @property
    def by_factors(self) -> bool:
        """Whether it is a form of 35/2025."""
        return "credited" in self.headings or self.is_judged

    @property
    def is_judged(self) -> bool:
        """Whether its rows are factors or criteria."""
        return any(key in self.headings for key in JUDGED)

    @property
    def is_brainware(self) -> bool:
        """Whether it is a form of Lampiran II."""
        return "evidence" in self.headings

    def place(self, row: int | None = None, key: str | None = None) -> Place:
        return Place(self.file, self.sheet, row, key and self.headings.get(key, key))


def has_forms(opened: OpenedFile) -> bool:
    """Whether a sheet has the title of a form, and its headings."""
    return any(
        _Reader(sheet, start, len(sheet.grid.rows), None, []).has_list()
        for sheet in opened.sheets
        if not sheet.hidden
        for _, start in _starts(sheet)
    )


def read_forms(opened: OpenedFile, file: str, decimal: Mark | None = None) -> list[Form]:
    """The forms in a file's sheets that are not hidden.

    Raises `BomError`: `format-unknown` where there is none; `decimal-unclear`, `decimal-mixed` where numbers that are text do not
    settle the mark of decimals; `number-invalid` for a figure that is no number.
    """
    mark = _mark(opened, file, decimal)
    problems: list[Problem] = []
    forms: list[Form] = []
    for sheet in opened.sheets:
        starts = [] if sheet.hidden else _starts(sheet)
        ends = [*(start for _, start in starts[1:]), len(sheet.grid.rows)]
        for (title, start), end in zip(starts, ends, strict=False):
            with localcontext(PRINTED):
                form = _Reader(sheet, start, end, mark, problems).read(title)
            if form is not None:
                forms.append(form)
    if problems:
        raise BomError(problems)
    if not forms:
        raise BomError([Problem("format-unknown", {}, Place(file), case="forms")])
    return forms


def _starts(sheet: Sheet) -> list[tuple[str, int]]:
    """The forms' titles, and where they stand; a recap says so where it has no number."""
    found: list[tuple[str, int]] = []
    for at, (_, cells) in enumerate(sheet.grid.rows):
        for cell in cells:
            if isinstance(cell, str) and (title := _TITLE.search(cell)):
                if not found or found[-1][0] != title[1]:
                    found.append((title[1], at))
                break
    return found


def _mark(opened: OpenedFile, file: str, stated: Mark | None) -> Mark | None:
    texts = [cell for sheet in opened.sheets for _, cells in sheet.grid.rows for cell in cells if isinstance(cell, str)]
    numbers = (text.removesuffix("%") for text in texts if not _COLUMN_NUMBER.fullmatch(text))
    return settled(numbers, stated, Place(file)).mark


class _Reader:
    """Reads one form between two rows of a sheet."""

    def __init__(self, sheet: Sheet, start: int, end: int, mark: Mark | None, problems: list[Problem]) -> None:
        self.sheet, self.mark, self.problems = sheet, mark, problems
        self.rows = sheet.grid.rows[start:end]
        self.scale = 1

    def has_list(self) -> bool:
        """Whether there are headings of a form."""
        return self._headings() is not None

    def read(self, title: str) -> Form | None:
        found = self._headings()
        if found is None:
            return None
        at, columns = found
        if "weighting" not in columns.values():
            columns = {position: key for position, key in columns.items() if key != "factor"}
        header = dict(self._header(self.rows[:at]))
        words = {key: _printed(self.rows, at, position) for position, key in columns.items()}
        self.scale = 1000 if any(_THOUSANDS.search(words[key]) for key in MONEY if key in words) else 1
        rows: list[FormRow] = []
        totals: FormRow | None = None
        feet: dict[str, tuple[int, Decimal]] = {}
        form = Form(
            title, self.sheet.grid.file, self.sheet.grid.sheet, header, words, self.rows[at][0], rows, None, feet
        )
        for number, cells in self.rows[at + 1 :]:
            if _is_heading(cells) or _is_numbering(cells):
                continue
            foot = self._foot(cells)
            if foot is None and totals is None:
                row = self._row(form, number, cells, columns)
                if row.figures or "status" in row.texts or "evidence" in row.texts:
                    rows.append(row)
            elif foot == "total" and totals is None:
                totals = self._row(form, number, cells, columns)
            elif foot is not None:
                values = [value for cell in cells if (value := self._number(cell)) is not None]
                if values:
                    feet[foot] = number, values[-1]
        if _are_shares(rows):
            return replace(
                form, rows=[_times(row, PERCENTS) for row in rows], totals=totals and _times(totals, PERCENTS)
            )
        return replace(form, rows=_in_percent(title, rows), totals=totals)

    def _headings(self) -> tuple[int, dict[int, str]] | None:
        """Where the headings end, and the key of each column; a heading over several stands with the one below it."""
        for at, (_, cells) in enumerate(self.rows):
            first = {position: str(cell) for position, cell in enumerate(cells) if isinstance(cell, str)}
            columns = {position: key for position, text in first.items() if (key := _key(text))}
            if len(columns) < 2 or "name" not in columns.values():
                continue
            below = self.rows[at + 1][1] if at + 1 < len(self.rows) else ()
            second = {
                position: key
                for position, cell in enumerate(below)
                if isinstance(cell, str) and (key := _key(cell)) and key != "name"
            }
            merged = columns if not second else {**{p: k for p, k in columns.items() if p not in second}, **second}
            if any(telling <= set(merged.values()) for telling in TELLING):
                return (at + 1 if second else at), _once(merged)
        return None

    def _header(self, rows: Sequence[tuple[int, Sequence[object]]]) -> Iterator[tuple[str, str]]:
        for _, cells in rows:
            texts = [str(cell).strip() for cell in cells if cell is not None and not isinstance(cell, Fault)]
            if not texts:
                continue
            label, _, rest = texts[0].partition(":")
            key = layout("header").get(squeezed(label))
            value = " ".join(part for part in (rest.strip(), *(text.lstrip(":").strip() for text in texts[1:])) if part)
            if key and value:
                yield key, value

    def _foot(self, cells: Sequence[object]) -> str | None:
        """What a row of a foot says; None for a row of the list."""
        for cell in cells:
            if isinstance(cell, str) and not _COLUMN_NUMBER.fullmatch(cell.strip()):
                words = squeezed(re.sub(r"^\(\d+\)", "", cell.strip()))
                bare = squeezed(_UNIT_IN_BRACKETS.sub("", cell))
                found: str | None = layout("feet").get(words) or layout("feet").get(bare)
                return found
        return None

    def _row(self, form: Form, number: int, cells: Sequence[object], columns: Mapping[int, str]) -> FormRow:
        texts: dict[str, str] = {}
        figures: dict[str, Decimal] = {}
        for position, key in columns.items():
            cell = cells[position] if position < len(cells) else None
            if cell is None:
                continue
            if isinstance(cell, Fault):
                self.problems.append(cell.problem(form.place(number, key)))
            elif key not in NUMBERS:
                texts[key] = str(cell).strip()
            elif (value := self._number(cell, percent=key in PERCENTS)) is not None:
                figures[key] = value * (self.scale if key in MONEY else 1)
            elif not _says_nothing(str(cell).strip()):
                self.problems.append(
                    Problem("number-invalid", {"value": str(cell)[:40]}, form.place(number, key), case="form")
                )
        return FormRow(number, texts, figures)

    def _number(self, cell: object, *, percent: bool = False) -> Decimal | None:
        """A figure; a percentage that the sheet holds as a share is taken in percent."""
        if isinstance(cell, bool) or cell is None or isinstance(cell, Fault):
            return None
        if isinstance(cell, Percentage):
            return Decimal(repr(float(cell))) * 100
        if isinstance(cell, int | float | Decimal):
            return Decimal(str(cell))
        text = str(cell).strip()
        number = to_number_text(text.removesuffix("%").removeprefix("Rp").strip(" ."), self.mark)
        return None if number is None else Decimal(number)


def _are_shares(rows: Sequence[FormRow]) -> bool:
    """Whether a form of 35/2025 has its percentages as shares of one: no weight, or no credit, is above 1."""
    largest = (max((row.figures.get(key, Decimal(0)) for row in rows), default=0) for key in ("weighting", "credited"))
    return any(0 < each <= 1 for each in largest)


def _in_percent(title: str, rows: Sequence[FormRow]) -> list[FormRow]:
    """Rows with percentages in percent: where none is above 1, the printed KDN proves whether they are shares of one."""
    shares = [key for key in ("tkdn", "allocation") if all(row.figures.get(key, Decimal(0)) <= 1 for row in rows)]
    ways = [[], *([key] for key in shares), shares]
    read = [[_times(row, way) for row in rows] for way in ways]
    return max(read, key=lambda way: sum(_agrees(title, row) for row in way))


def _times(row: FormRow, keys: Sequence[str]) -> FormRow:
    figures = {key: value * 100 if key in keys else value for key, value in row.figures.items()}
    return FormRow(row.row, row.texts, figures)


def _agrees(title: str, row: FormRow) -> bool:
    """Whether the row's printed KDN or KLN is what its figures give."""
    figures = row.figures
    if not {"quantity", "price", "tkdn"} <= figures.keys():
        return False
    allocation = Decimal(100) if title == "1.1" else figures.get("allocation", Decimal(100))
    cost = figures["quantity"] * figures["price"] * allocation / 100
    for key, share in (("kdn", figures["tkdn"]), ("kln", 100 - figures["tkdn"])):
        if key in figures and figures[key] and abs(figures[key] - cost * share / 100) <= 1:
            return True
    return False


def _key(text: str) -> str | None:
    words, bare = squeezed(text), squeezed(_UNIT_IN_BRACKETS.sub("", text))
    found: str | None = layout("headings").get(words) or layout("headings").get(bare)
    return found


def _once(columns: Mapping[int, str]) -> dict[int, str]:
    """Of two columns for one key the first."""
    found: dict[int, str] = {}
    for position in sorted(columns):
        if columns[position] not in found.values():
            found[position] = columns[position]
    return found


def _printed(rows: Sequence[tuple[int, Sequence[object]]], at: int, position: int) -> str:
    """The heading of a column as printed, the one above it included."""
    texts = []
    for _, cells in rows[max(at - 1, 0) : at + 1]:
        cell = cells[position] if position < len(cells) else None
        if isinstance(cell, str) and _key(cell):
            texts.append(cell.strip())
    return texts[-1] if texts else ""


def _says_nothing(text: str) -> bool:
    """Whether text in the place of a figure only says that there is none, or names its column: (5)."""
    return text in ("", "-") or squeezed(text) in layout("open") or bool(_MARK.fullmatch(text))


def _is_heading(cells: Sequence[object]) -> bool:
    keys = [_key(cell) for cell in cells if isinstance(cell, str)]
    return len([key for key in keys if key]) > 2


def _is_numbering(cells: Sequence[object]) -> bool:
    """Whether a row holds numbers of columns, or formulas of them: (1) (2) (3) = (1) x (2)."""
    texts = [str(cell).strip() for cell in cells if cell is not None]
    return bool(texts) and all(text.startswith("(") and _COLUMN_NUMBER.fullmatch(text) for text in texts)
