"""Regulations: dated values with their articles, looked up by key and day or calculation year.

Every value carries its article and how well it is known: `text` (the regulation's own), `secondary` (press or law-firm
summary), `derived` (computed: the text leaves room), `assumed` (taken for granted). Knows no bill of materials.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal, cast

from tkdn.days import day_of
from tkdn.display.viewed import Viewed
from tkdn.errors import Place, Problem, RegulationError, closest
from tkdn.exact import EXACT
from tkdn.outputs import headed
from tkdn.short_repr import brief

Confidence = Literal["text", "secondary", "derived", "assumed"]
CONFIDENCES = ("text", "secondary", "derived", "assumed")
WORDS_UNITS = ("rule", "class", "date")
TESTS = ("over", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One row of a ladder: what it gives, and the test that a number must pass for it (`over` >, `at_least` >=, `at_most` <=)."""

    value: Decimal | str
    test: str
    limit: Decimal
    article: str

    def holds(self, number: Decimal | Fraction) -> bool:
        """Return True if a number passes the test of the row."""
        if self.test == "over":
            return number > self.limit
        return number >= self.limit if self.test == "at_least" else number <= self.limit


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a parameter in one period: a number, a word, or the rows of a ladder; with article and confidence.

    A period runs from `start` to `end` (None: open), both included: days, or calculation years. The unit of a number is that
    of its parameter.
    """

    value: Decimal | str | None
    rows: tuple[LadderRow, ...]
    start: date | int
    end: date | int | None
    article: str
    confidence: Confidence
    note: str = ""

    __repr__ = brief

    @property
    def number(self) -> Decimal:
        """The value as a number; raises `TypeError` if it is a word or a ladder."""
        if not isinstance(self.value, Decimal):
            raise TypeError("this value is not a number")
        return self.value

    def row(self, number: Decimal | Fraction) -> LadderRow:
        """Return the first row of the ladder that holds for the number.

        Raises:
            RegulationError: `regulation-no-value` if none does.
        """
        for row in self.rows:
            if row.holds(number):
                return row
        raise RegulationError(
            [Problem("regulation-no-value", {"article": self.article, "number": float(number)}, case="ladder")]
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One legal parameter through time: by day, or by calculation year if the text gives values by year."""

    key: str
    unit: str
    meaning: Mapping[str, str]
    values: tuple[Value, ...]
    choices: tuple[str, ...] = ()
    """The words it can be, if it is a rule."""
    reading: bool = False
    """True if its value is one reading of the text among its choices."""

    __repr__ = brief

    @property
    def by_year(self) -> bool:
        """True if its values are given by calculation year."""
        return isinstance(self.values[0].start, int)

    def on(self, day: date | str, year: int | None = None) -> Value:
        """Return its value on the day, or in the calculation year (default the day's) if it is given by year.

        Raises:
            RegulationError: `regulation-no-value` outside its periods.
            UsageError: `date-invalid`.
        """
        day = day_of(day)
        at: Any = (day.year if year is None else year) if self.by_year else day
        for value in self.values:
            start, end = cast(Any, value.start), cast(Any, value.end)
            if start <= at and (end is None or at <= end):
                return value
        last = self.values[-1].end
        period = f"from {self.values[0].start}" + (f" to {last}" if last else "")
        raise RegulationError([Problem("regulation-no-value", {"key": self.key, "at": at, "period": period})])


@dataclass(frozen=True, slots=True)
class Regulation(Viewed):
    """A regulation: what it is, when it is in force, and its parameters.

    >>> from tkdn import regulation
    >>> law = regulation("permenperin-35-2025")
    >>> value = law.value("weight.material", date(2026, 6, 1))
    >>> value.number, value.article, value.confidence
    (Decimal('75'), 'Pasal 4(1)a', 'text')
    """

    id: str
    name: str
    title: str
    kind: str
    method: str
    covers: str
    general: bool
    data_version: str
    in_force_from: date
    in_force_to: date | None
    in_force_article: str
    in_force_confidence: Confidence
    in_force_note: str
    repeals: tuple[str, ...]
    repealed_by: str | None
    amended_by: str | None
    """The text as later amended, if that is kept as a regulation of its own."""
    counts_article: str
    """The article that says how goods are counted."""
    parameters: Mapping[str, Parameter] = field(hash=False)
    amended: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return its id, its period and how many parameters it has."""
        return f"<Regulation {self.id}, in force {self.period}: {len(self.parameters)} parameters>"

    def in_force(self, day: date | str) -> bool:
        """Return True if the regulation is in force on the day.

        Raises:
            UsageError: `date-invalid`.
        """
        day = day_of(day)
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def period(self) -> str:
        """The days from which and to which it is in force, in words."""
        return f"from {self.in_force_from}" + (f" to {self.in_force_to}" if self.in_force_to else "")

    def cite(self, article: str) -> str:
        """Return an article with the name of its text: this regulation's, unless it names another.

        >>> from tkdn import regulation
        >>> regulation("permenperin-16-2011").cite("Pasal 4"), regulation("permenperin-16-2011").cite("PP 29/2018 Pasal 61")
        ('Permenperin 16/2011 Pasal 4', 'PP 29/2018 Pasal 61')
        """
        return article if article.startswith(("Permenperin ", "Perpres ", "PP ")) else f"{self.name} {article}"

    def parameter(self, key: str) -> Parameter:
        """Return a parameter by key.

        Raises:
            RegulationError: `parameter-unknown`, naming the nearest.
        """
        if key not in self.parameters:
            raise RegulationError(
                [
                    Problem(
                        "parameter-unknown",
                        {"regulation": self.id, "key": key, "nearest": closest(key, self.parameters)},
                    )
                ]
            )
        return self.parameters[key]

    def value(self, key: str, on: date | str, year: int | None = None) -> Value:
        """Return the value of a parameter on a day, or in a calculation year if the regulation gives it by year.

        Args:
            key: the parameter, such as `weight.material`.
            on: the day.
            year: the calculation year; default that of the day.

        Raises:
            RegulationError: `parameter-unknown`, `regulation-no-value`.
            UsageError: `date-invalid`.
        """
        return self.parameter(key).on(on, year)

    @property
    def by_year(self) -> bool:
        """True if any of its values is given by calculation year."""
        return any(parameter.by_year for parameter in self.parameters.values())

    def amend(self, changes: Mapping[str, Decimal | int | str]) -> Regulation:
        """Return a what-if regulation: this one with some single values changed.

        It says so in its id and in `amended`; the changed values hold at any time, with the article "what-if".

        Args:
            changes: new values by the key of their parameter, in its unit.

        Raises:
            RegulationError: `parameter-unknown`; `amendment-invalid` if it is a ladder; `regulation-malformed` if the value is
                of another kind.

        >>> from tkdn import regulation
        >>> law = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
        >>> law.id, law.value("raw_material_test", date(2026, 6, 1)).confidence
        ('permenperin-35-2025+what-if', 'assumed')
        """
        parameters = dict(self.parameters)
        for key, new in changes.items():
            old = self.parameter(key)
            where = Place(path=key)
            if old.values[0].rows:
                raise RegulationError([Problem("amendment-invalid", {"key": key}, where)])
            value = replace(
                old.values[0],
                value=scalar(new if isinstance(new, str) else str(new), old.unit, where, old.choices),
                end=None,
                article="what-if",
                confidence="assumed",
                note=f"Changed for a what-if; the law says {old.values[-1].value} ({old.values[-1].article}).",
            )
            parameters[key] = replace(old, values=(value,))
        amended = (*self.amended, *(f"{key} = {value}" for key, value in changes.items()))
        return replace(self, id=self.id.removesuffix("+what-if") + "+what-if", parameters=parameters, amended=amended)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data (`tkdn-regulation`): days as text, numbers as decimal strings."""
        return headed(
            "tkdn-regulation",
            {
                "id": self.id,
                "name": self.name,
                "title": self.title,
                "kind": self.kind,
                "method": self.method,
                "covers": self.covers,
                "data_version": self.data_version,
                "in_force": {
                    "from": self.in_force_from.isoformat(),
                    "to": self.in_force_to and self.in_force_to.isoformat(),
                    "article": self.in_force_article,
                    "confidence": self.in_force_confidence,
                    "note": self.in_force_note,
                },
                "repeals": list(self.repeals),
                "repealed_by": self.repealed_by,
                "amended_by": self.amended_by,
                "amended": list(self.amended),
                "parameters": [_parameter_dict(parameter) for parameter in self.parameters.values()],
            },
        )


def _moment(at: date | int) -> str | int:
    return at if isinstance(at, int) else at.isoformat()


def _parameter_dict(parameter: Parameter) -> dict[str, Any]:
    values = [
        {
            "from": _moment(value.start),
            "to": None if value.end is None else _moment(value.end),
            "value": None if value.value is None else str(value.value),
            "rows": [
                {"test": row.test, "limit": str(row.limit), "value": str(row.value), "article": row.article}
                for row in value.rows
            ],
            "article": value.article,
            "confidence": value.confidence,
            "note": value.note,
        }
        for value in parameter.values
    ]
    return {"key": parameter.key, "unit": parameter.unit, "meaning": dict(parameter.meaning), "values": values}


def scalar(text: str, unit: str, where: Place, choices: tuple[str, ...] = ()) -> Decimal | str:
    """Return a single value of this unit from the text that the files hold: a number, or a word for `WORDS_UNITS`.

    Raises:
        RegulationError: `regulation-malformed`.
    """
    if unit in WORDS_UNITS:
        if choices and text not in choices:
            raise RegulationError(
                [Problem("regulation-malformed", {"value": text, "known": tuple(choices)}, where, case="word")]
            )
        return text
    try:
        number = EXACT.create_decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RegulationError([Problem("regulation-malformed", {"value": text}, where, case="number")])
    return number
