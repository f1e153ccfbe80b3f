"""The errors of the library, all under one root.

    TkdnError
    ├── BomError          the bill, or the file it is read from, is wrong
    ├── DocumentError     a document next to the bill is wrong (tkdn.documents)
    ├── MeasureError      a list of measures is wrong, or does not fit the bill
    ├── RegulationError   a regulation file is wrong, or none applies on the date
    ├── UsageError        a function or command was called wrongly
    ├── RunError          a run over many bills could not be finished
    └── MissingExtraError an optional library is needed and not installed

Every error carries *all* problems found, each with a stable code (documented one by one in docs/errors.md), its place,
what is wrong and what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal

from tkdn.frozen import FrozenMap
from tkdn.i18n.problems import worded
from tkdn.i18n.texts import Lang
from tkdn.outputs import headed

MAX_PROBLEMS_SHOWN = 50


@dataclass(frozen=True)
class Place:
    """The place of a problem: file, sheet, row and column as a person counts them (from 1), or a JSON path.

    >>> str(Place(file="bill.xlsx", sheet="Parts", row=7, column="price"))
    'bill.xlsx, sheet Parts, row 7, column price'
    >>> str(Place(path="parts[3].price.amount"))
    'parts[3].price.amount'
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    path: str | None = None

    def __str__(self) -> str:
        """Return what is known of the place, from the file to the path."""
        words = [
            self.file,
            self.sheet and f"sheet {self.sheet}",
            self.row and f"row {self.row}",
            self.column and f"column {self.column}",
            self.path,
        ]
        return ", ".join(str(word) for word in words if word)


class _Shown(str):
    """The text of a value that is no plain one, which keeps how that value showed itself."""

    shown: str

    @classmethod
    def of(cls, value: object) -> _Shown:
        text = cls(value)
        text.shown = repr(value)
        return text

    def __repr__(self) -> str:
        return self.shown


def _plain(value: object) -> object:
    """Return a value as a problem holds it: plain, so that problems can be hashed, pickled and written as JSON."""
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return value
    return tuple(map(_plain, value)) if isinstance(value, tuple) else _Shown.of(value)


def _json(value: object) -> object:
    """Return a plain value as JSON has it: exact numbers and dates as text."""
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return str(value) if isinstance(value, Decimal | date | float) else value


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, as a code and values; `i18n/problems_en.toml` has the words for it.

    Args:
        code: stable, with a heading in docs/errors.md.
        values: what the words are filled in with: texts, numbers, dates, tuples of them. With `nearest`, a known word
            near the one that is unknown, the remedy asks if that was meant.
        place: where it is.
        part: the part it concerns, if there is one.
        case: which wording of the code, if it has several.

    >>> problem = Problem("missing-key", {"key": "id"}, Place(path="parts[0]"))
    >>> problem.message, problem.remedy
    ("'id' is missing", "add 'id'")
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    part: str | None = None
    case: str = ""

    def __post_init__(self) -> None:
        """Hold the values as plain ones, which do not change."""
        values = FrozenMap({key: _plain(value) for key, value in self.values.items()})
        object.__setattr__(self, "values", values)

    @classmethod
    def worded(
        cls, code: str, message: str, remedy: str = "", place: Place | None = None, part: str | None = None
    ) -> Problem:
        """Return a problem that brings its own words, which are the same in every language."""
        return cls(code, {"message": message, "remedy": remedy}, place or Place(), part)

    def said_of(self, subject: str) -> Problem:
        """Return the same problem, with what it is about before its words."""
        return replace(self, values={**self.values, "message": f"{subject}: {self.message}", "remedy": self.remedy})

    @property
    def message(self) -> str:
        """The words for what is wrong, in English."""
        return self.message_in("en")

    @property
    def remedy(self) -> str:
        """The next step, in English; empty if nothing can be said."""
        return self.remedy_in("en")

    def message_in(self, lang: Lang) -> str:
        """Return what is wrong in the language, in English if it has no words for it yet."""
        own = self.values.get("message")
        return str(own) if own is not None else worded("problem", self.code, self.case, self.values, lang) or self.code

    def remedy_in(self, lang: Lang) -> str:
        """Return what to do about it in the language, in English if it has no words for it yet."""
        own = self.values.get("remedy")
        if own is not None:
            return str(own)
        if self.values.get("nearest"):
            return did_you_mean(str(self.values["nearest"]), lang)
        return worded("remedy", self.code, self.case, self.values, lang) or ""

    def to_dict(self) -> dict[str, object]:
        """Return the problem as plain data, with its words in English."""
        return {
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "place": asdict(self.place),
            "part": self.part,
            "values": {key: _json(value) for key, value in self.values.items()},
        }

    def __str__(self) -> str:
        """Return the problem on one line: code, place, message, remedy."""
        head = ": ".join(text for text in (str(self.place), self.message) if text)
        return f"[{self.code}] {head}" + (f" -> {self.remedy}" if self.remedy else "")

    def in_file(self, name: str) -> Problem:
        """Return the same problem, with the name of the file it is in."""
        return self if self.place.file else replace(self, place=replace(self.place, file=name))


Location = tuple[str | int, ...]
Locate = Callable[[Location], Place]


def json_path(location: Location) -> Place:
    """Return the place of a value in a JSON document.

    >>> str(json_path(("parts", 3, "price", "amount")))
    'parts[3].price.amount'
    """
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return Place(path=path.lstrip(".") or None)


class TkdnError(Exception):
    """Root of all errors of this library; `problems` holds everything found, `code` is that of the first.

    >>> error = TkdnError([Problem("missing-key", {"key": "id"}, Place(path="parts[0]"))])
    >>> error.code
    'missing-key'
    >>> print(error)
    [missing-key] parts[0]: 'id' is missing -> add 'id'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Hold all problems found; there is at least one."""
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    def __str__(self) -> str:
        """Return the problems, one a line, at most 50 of them."""
        shown = [str(problem) for problem in self.problems[:MAX_PROBLEMS_SHOWN]]
        rest = len(self.problems) - len(shown)
        return "\n".join(shown + ([f"... and {rest} more problems"] if rest else []))

    def to_dict(self) -> dict[str, object]:
        """Return the problems as plain data, for machines."""
        problems = [problem.to_dict() for problem in self.problems]
        return headed("tkdn-error", {"error": type(self).__name__, "problems": problems})


class BomError(TkdnError):
    """The bill of materials, or the file it is read from, is wrong."""


class DocumentError(TkdnError):
    """A document of services, combined goods and services, company benefit or bids is wrong."""


class MeasureError(TkdnError):
    """A list of measures is wrong, or does not fit the bill."""


class RegulationError(TkdnError):
    """A regulation file is wrong, a value is unknown, or no regulation applies on the date."""


class UsageError(TkdnError):
    """A function or command was called wrongly."""


class RunError(TkdnError):
    """A run over many bills could not be finished; what is done stays done."""


class MissingExtraError(TkdnError):
    """An optional library is needed for this and is not installed."""

    @classmethod
    def of(cls, what: str, extra: str) -> MissingExtraError:
        """Return the error that `what` needs a library which comes with an extra of this package."""
        return cls([Problem("extra-missing", {"what": what, "extra": extra})])

    @classmethod
    def library(cls, what: str, library: str) -> MissingExtraError:
        """Return the error for a library that the caller chose and that comes with no extra."""
        return cls([Problem("extra-missing", {"what": what, "library": library}, case="library")])


MAX_COMPARED = 500_000
"""Words that `nearest` compares within `few_hints`."""
_left: ContextVar[list[int] | None] = ContextVar("comparisons", default=None)


@contextmanager
def few_hints() -> Iterator[None]:
    """Let `nearest` compare at most `MAX_COMPARED` words within the block.

    A file in which everything is wrong is then reported in seconds, its first problems with hints.
    """
    if _left.get() is not None:
        yield
        return
    token = _left.set([MAX_COMPARED])
    try:
        yield
    finally:
        _left.reset(token)


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to one that is not known, or "" if none is near.

    >>> closest("quantitiy", ["quantity", "unit"])
    'quantity'
    """
    from difflib import get_close_matches

    words, left = list(known), _left.get()
    if left is not None:
        if left[0] < len(words):
            return ""
        left[0] -= len(words)
    close = get_close_matches(word[:100], words, n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, lang: Lang = "en") -> str:
    """Return the question if a known word was meant.

    >>> did_you_mean("quantity"), did_you_mean("quantity", "id")
    ("did you mean 'quantity'?", "mungkin maksudnya 'quantity'?")
    """
    return worded("remedy", "nearest", "", {"nearest": word}, lang) or word


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or an empty text if none is near.

    >>> nearest("quantitiy", ["quantity", "unit"])
    "did you mean 'quantity'?"
    >>> nearest("xyz", ["quantity"])
    ''
    """
    close = closest(word, known)
    return did_you_mean(close) if close else ""
