"""Sheets of a form: text that is never a formula, exact figures, and formulas with their values.

A formula carries its value for viewers that do not calculate.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from tkdn.errors import MissingExtraError, Place, Problem, UsageError
from tkdn.i18n import clean, form_words
from tkdn.io.files import refuse_existing, write_file

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Figure = Fraction | Decimal | int
MAX_CHARACTERS, MAX_ROWS = 32_767, 1_048_576
SHOWN_PLACES, MAX_PLACES = 2, 6
PERCENT = 100
LINE_HEIGHT, MAX_HEIGHT = 15, 405
"""Points. Rows get the height that their text needs: not every program finds it."""
CAPITAL, ROOM = 0.2, 2
"""Characters that a capital letter is wider than others; characters of a column next to its widest figure."""
SCALE = 80
"""Percent of its size at which a sheet with its own page breaks is printed: programs that fit to a page ignore breaks."""
INDONESIAN = "[$-421]"
"""In a number format: the separators of Indonesia, in programs that follow the language of a format."""
STYLES: dict[str, dict[str, Any]] = {
    "text": {"valign": "top"},
    "title": {"bold": True, "font_size": 13},
    "bold": {"bold": True},
    "cell": {"border": 1, "text_wrap": True, "valign": "top"},
    "head": {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bold": True,
        "bg_color": "#D9E2F3",
    },
    "number": {"border": 1, "align": "center", "italic": True},
    "center": {"border": 1, "align": "center", "valign": "top"},
    "figure": {"border": 1, "valign": "top"},
    "total": {"border": 1, "text_wrap": True, "valign": "top", "bold": True},
    "missing": {"border": 1, "text_wrap": True, "valign": "top", "bg_color": "#FFE699"},
}
"""`missing` marks what the bill does not say, to be filled in."""


def decimals(value: Fraction, most: int = MAX_PLACES) -> int:
    """Return how many decimals show the value in full, at most `most`.

    >>> decimals(Fraction(5, 2)), decimals(Fraction(20)), decimals(Fraction(1, 3))
    (1, 0, 6)
    """
    return next((places for places in range(most) if (value * 10**places).denominator == 1), most)


def half_up(value: Fraction, places: int) -> Fraction:
    """Return a value, 0 or more, rounded half up to so many decimals.

    >>> half_up(Fraction(5, 2), 0), half_up(Fraction(1, 3), 2)
    (Fraction(3, 1), Fraction(33, 100))
    """
    scale = 10**places
    return Fraction((2 * value * scale + 1) // 2, scale)


def grouped(places: int) -> str:
    """Return a number format with thousands and so many decimals."""
    return INDONESIAN + "#,##0" + ("." + "0" * places if places else "")


def percent(places: int = SHOWN_PLACES) -> str:
    """Return a number format for a percentage with so many decimals."""
    return INDONESIAN + "0" + ("." + "0" * places if places else "") + "%"


def shown_length(value: Figure, shape: str) -> int:
    """Return how many characters a figure takes in a number format.

    >>> shown_length(Fraction(1234567, 2), grouped(2)), shown_length(Fraction(1, 4), percent(0))
    (10, 3)
    """
    places = len(shape.rpartition(".")[2].rstrip("%")) if "." in shape else 0
    is_percent = shape.endswith("%")
    return len(f"{float(value) * (PERCENT if is_percent else 1):,.{places}f}") + is_percent


def lines_needed(text: str, width: int) -> int:
    r"""Return how many lines a text takes in a column of so many characters; capitals and wide characters take more.

    >>> lines_needed("steel frame", 20), lines_needed("steel frame", 8), lines_needed("STEEL FRAME", 11), lines_needed("a\nb", 9)
    (1, 2, 2, 2)
    """
    return sum(_lines(line, width) for line in text.split("\n"))


def _lines(line: str, width: int) -> int:
    wide = 0 if line.isascii() else sum(east_asian_width(letter) in "WF" for letter in line)
    length = len(line) + wide + CAPITAL * sum(letter.isupper() for letter in line)
    if length <= width:
        return 1
    return len(textwrap.wrap(line, max(int(width * len(line) / length), 1)))


def rounded(formula: str, places: int = SHOWN_PLACES + 2) -> str:
    """Return a formula rounded as its figure is shown; four places are the two decimals of a percentage."""
    return f"ROUND({formula},{places})"


def fraction(value: Figure, *, shown: bool = False) -> Fraction:
    """Return a percentage as the fraction of one that a cell holds: exact, or rounded half up as it is shown."""
    return (half_up(Fraction(value), SHOWN_PLACES) if shown else Fraction(value)) / PERCENT


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """Return the name of a cell counted from 0, such as L20 or $L$20."""
    letter = chr(ord("A") + column)
    return f"${letter}${row + 1}" if fixed else f"{letter}{row + 1}"


def column_range(first: int, last: int, column: int) -> str:
    """Return the cells of a column from one row to another, fixed."""
    return f"{address(first, column, fixed=True)}:{address(last, column, fixed=True)}"


class Sheet:
    """One sheet, written from the top: `row` is the next free one."""

    def __init__(self, book: Book, title: str, widths: Sequence[int]) -> None:
        """Add a sheet to a book, with columns of these widths in characters."""
        self.book, self.title, self.row, self.widths = book, title, 0, list(widths)
        self.lines: dict[int, int] = {}
        self.sheet: Any = book.book.add_worksheet(title)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(form_words()["print"]["footer"])
        self.sheet.hide_gridlines(2)

    def text(self, column: int, text: object, style: str = "cell", *, row: int | None = None) -> None:
        """Write text, whatever it starts with; control characters are shown as U+FFFD, line breaks of a form kept."""
        self._write(column, text, style, self.row if row is None else row, self.widths[column])

    def across(self, first: int, last: int, text: object, style: str = "cell") -> None:
        """Write text over several columns of the row."""
        self.sheet.merge_range(self.row, first, self.row, last, "", self.book.style(style))
        self._write(first, text, style, self.row, sum(self.widths[first : last + 1]))

    def _write(self, column: int, text: object, style: str, at: int, width: int) -> None:
        words = "\n".join(clean(line) for line in str(text).split("\n"))
        if len(words) > MAX_CHARACTERS or at >= MAX_ROWS:
            raise self._too_long(at, len(words))
        if words:
            self.sheet.write_string(at, column, words, self.book.style(style))
            if "text_wrap" in STYLES[style]:
                self._make_room(at, lines_needed(words, width))
        else:
            self.sheet.write_blank(at, column, None, self.book.style(style))

    def _make_room(self, row: int, lines: int) -> None:
        if lines > self.lines.get(row, 1):
            self.lines[row] = lines
            self.sheet.set_row(row, min(lines * LINE_HEIGHT, MAX_HEIGHT))

    def _too_long(self, row: int, length: int) -> UsageError:
        place = Place(sheet=self.title, row=row + 1)
        if row >= MAX_ROWS:
            message = f"a sheet holds at most {MAX_ROWS} rows"
            return UsageError([Problem.worded("too-many-rows", message, "assess a smaller good", place)])
        message = f"the text takes {length} characters; a cell holds at most {MAX_CHARACTERS}"
        return UsageError([Problem.worded("text-too-long", message, "shorten it", place)])

    def texts(self, texts: Sequence[object], style: str = "cell", *, start: int = 0) -> None:
        """Write a row of texts and go to the next row."""
        for offset, text in enumerate(texts):
            self.text(start + offset, text, style)
        self.row += 1

    def figure(self, column: int, value: Figure, shape: str, style: str = "figure") -> None:
        """Write a number in a number format."""
        self._widen(column, value, shape)
        self.sheet.write_number(self.row, column, float(value), self.book.style(style, shape))

    def formula(self, column: int, formula: str, value: Figure | str, shape: str, style: str = "figure") -> None:
        """Write a formula together with its value."""
        if not isinstance(value, str):
            self._widen(column, value, shape)
        stored = value if isinstance(value, str) else float(value)
        self.sheet.write_formula(self.row, column, "=" + formula, self.book.style(style, shape), stored)

    def _widen(self, column: int, value: Figure, shape: str) -> None:
        """Make the column as wide as its figures need: one that does not fit would be shown as ###."""
        needed = shown_length(value, shape) + ROOM
        if needed > self.widths[column]:
            self.widths[column] = needed
            self.sheet.set_column(column, column, needed)

    def pages(self, starts: Sequence[int]) -> None:
        """Begin a page at each of these rows."""
        self.sheet.set_print_scale(SCALE)
        self.sheet.set_h_pagebreaks(starts)

    def blanks(self, columns: Sequence[int], style: str = "cell") -> None:
        """Write cells without content but with a frame."""
        for column in columns:
            self.sheet.write_blank(self.row, column, None, self.book.style(style))

    def ref(self, address_: str) -> str:
        """Return a cell of this sheet as another sheet names it."""
        return f"'{self.title}'!{address_}"


class Book:
    """A workbook in memory, written in one go."""

    def __init__(self, on: date) -> None:
        """Begin a workbook that is dated `on`.

        Raises:
            MissingExtraError: `extra-missing` without XlsxWriter.
        """
        try:
            from xlsxwriter import Workbook
        except ImportError:
            raise MissingExtraError.of("the forms", "excel") from None
        self.buffer = io.BytesIO()
        self.book: Any = Workbook(self.buffer, {"in_memory": True})
        self.book.set_properties({"created": datetime(on.year, on.month, on.day)})
        self._styles: dict[tuple[str, str], Format] = {}

    def style(self, name: str, shape: str = "General") -> Format:
        """Return a cell format by name and number format."""
        key = (name, shape)
        if key not in self._styles:
            self._styles[key] = self.book.add_format({**STYLES[name], "num_format": shape})
        return self._styles[key]

    def sheet(self, title: str, widths: Sequence[int]) -> Sheet:
        """Add a sheet with columns of these widths."""
        return Sheet(self, title, widths)

    def save(self, path: Path, *, force: bool) -> None:
        """Write the file.

        Raises:
            UsageError: `output-exists` without `force`, `output-unwritable`.
        """
        self.book.close()
        write_file(path, self.buffer.getvalue(), force=force)


def check_target(path: Path, *, force: bool) -> None:
    """Raise if the forms cannot be written there.

    Raises:
        UsageError: `format-unknown` for another suffix, `output-exists` without `force`.
    """
    if path.suffix.lower() != ".xlsx":
        message = f"no writer of forms for {path.suffix or 'a file without suffix'}"
        raise UsageError([Problem.worded("format-unknown", message, "give a .xlsx file").in_file(path.name[:100])])
    refuse_existing(path, force=force)
