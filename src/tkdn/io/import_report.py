"""What was understood of a list from elsewhere: said by `tkdn check`, so that nobody has to trust a guess."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from tkdn.bom.bom import Bom
from tkdn.display.viewed import Viewed
from tkdn.errors import Place
from tkdn.i18n import Lang, number, say
from tkdn.io.questions import Question
from tkdn.outputs import headed

MAX_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Because:
    """Why quantities are taken as they are; its words come from the texts (`basis.<code>`)."""

    code: str
    values: dict[str, object] = field(default_factory=dict)

    def message_in(self, lang: Lang = "en") -> str:
        return say(f"basis.{self.code}", lang, **self.values)


def _in_words(value: object, lang: Lang) -> object:
    if isinstance(value, Because):
        return value.message_in(lang)
    return number(value, lang) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Note:
    """Something doubtful that does not stop the reading; its words come from the texts (`note.<code>`)."""

    code: str
    place: Place
    values: dict[str, object] = field(default_factory=dict)

    def message_in(self, lang: Lang = "en") -> str:
        return say(f"note.{self.code}", lang, **{key: _in_words(value, lang) for key, value in self.values.items()})

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "place": str(self.place), "message": self.message_in()}


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total in the file, and the sum of the lines above it that comes nearest to one."""

    row: int
    printed: Decimal
    sum: Decimal


def rows_named(numbers: list[int]) -> str:
    """Row numbers as people read them, the first few.

    >>> rows_named([3, 4, 9, 10, 11, 12, 13])
    '3, 4, 9, 10, 11 ... (7)'
    """
    few = ", ".join(map(str, numbers[:MAX_ROWS_NAMED]))
    return few if len(numbers) <= MAX_ROWS_NAMED else f"{few} ... ({len(numbers)})"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file: its heading as printed, and the key that it was taken for (None: left out)."""

    heading: str
    key: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"heading": self.heading, "key": self.key}


@dataclass(slots=True)
class Understanding(Viewed):
    """How a list was read. `notes` are what is doubtful, each with its place; nothing in them stops the reading."""

    file: str
    kind: str
    format: str = ""
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    heading_row: int | None = None
    heading_first: int | None = None
    """The last row of the headings, and the first."""
    rows: int = 0
    levels: int = 0
    columns: list[MappedColumn] = field(default_factory=list)
    decimal: str | None = None
    """How numbers that are text are read (`comma`, `point`; None: there is none), with the cell that shows it."""
    decimal_because: str | None = None
    decimals: dict[str, str] = field(default_factory=dict)
    """The mark of each column, where they differ."""
    basis: str | None = None
    """Whether quantities are `per_parent` or `cumulative`, and how that is known."""
    basis_because: Because | None = None
    units: dict[str, str] = field(default_factory=dict)
    currencies: list[str] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)
    """Rows that are no lines of the bill: totals, repeated headings, numbers of columns."""
    amounts: int = 0
    """Printed amounts that were compared with quantity times price."""
    totals: list[PrintedTotal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    """The number of lines that answers about rows are for, by option."""
    questions: list[Question] = field(default_factory=list)
    """What the list leaves open; with any of them there is no bill."""

    def ask(self, question: Question) -> str | None:
        """Note a question, once for its cause, and return the answer that the evidence suggests, to go on with."""
        if not any((each.code, each.about) == (question.code, question.about) for each in self.questions):
            before = tuple(each.code for each in self.questions if each.suggestion is not None)
            self.questions.append(replace(question, after=before))
        return question.suggestion

    def note(self, code: str, place: Place, **values: object) -> None:
        """Note something doubtful, or left out, that does not stop the reading."""
        self.notes.append(Note(code, place, values))

    def add(self, other: Understanding) -> None:
        """Add what was understood of another list of the same bill; the first one's headings stay those that are shown."""
        self.rows, self.levels = self.rows + other.rows, max(self.levels, other.levels)
        for name in ("left_out", "totals", "notes"):
            getattr(self, name).extend(getattr(other, name))
        self.amounts += other.amounts
        self.units |= other.units
        self.origins |= other.origins
        self.currencies = sorted({*self.currencies, *other.currencies})
        for question in other.questions:
            self.ask(question)

    def to_dict(self) -> dict[str, Any]:
        return headed(
            "tkdn-reading",
            {
                "file": self.file,
                "kind": self.kind,
                "file_format": self.format,
                "sheet": self.sheet,
                "encoding": self.encoding,
                "separator": self.separator,
                "heading_row": self.heading_row,
                "heading_first": self.heading_first,
                "rows": self.rows,
                "levels": self.levels,
                "columns": [column.to_dict() for column in self.columns],
                "decimal": self.decimal,
                "decimal_because": self.decimal_because,
                "decimals": self.decimals,
                "basis": self.basis,
                "basis_because": self.basis_because and self.basis_because.message_in(),
                "units": self.units,
                "currencies": self.currencies,
                "origins": self.origins,
                "left_out": self.left_out,
                "amounts": self.amounts,
                "totals": [
                    {"row": each.row, "printed": str(each.printed), "sum": str(each.sum)} for each in self.totals
                ],
                "notes": [note.to_dict() for note in self.notes],
            },
        )


class ReadBill(NamedTuple):
    """A bill, and how its file was understood where it is no format of our own."""

    bom: Bom
    understood: Understanding | None = None
