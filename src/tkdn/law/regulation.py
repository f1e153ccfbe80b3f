"""Regulations as dated data: loaded from one TOML file each, checked, looked up by key and date.

Every value carries its article and how well it is known: `text` (the regulation's own), `secondary` (press or law-firm
summary), `derived` (worked out where the text leaves room), `assumed` (taken for granted). Knows no bill of materials.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

from tkdn.errors import Place, Problem, RegulationError, nearest

Confidence = Literal["text", "secondary", "derived", "assumed"]
CONFIDENCES = ("text", "secondary", "derived", "assumed")
WORDS_UNITS = ("rule", "class")
_TESTS = ("over", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a ladder: what it gives, and the test that a number must pass for it (`over` >, `at_least` >=, `at_most` <=)."""

    value: Decimal | str
    test: str
    limit: Decimal
    article: str

    def holds(self, number: Decimal | Fraction) -> bool:
        if self.test == "over":
            return number > self.limit
        return number >= self.limit if self.test == "at_least" else number <= self.limit


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is in one period: a number, a word, or the rows of a ladder; with article and confidence.

    A period runs from `start` to `end` (None: open), both included: days, or calculation years.
    """

    value: Decimal | str | None
    rows: tuple[Row, ...]
    start: date | int
    end: date | int | None
    article: str
    confidence: Confidence
    note: str = ""

    @property
    def number(self) -> Decimal:
        if not isinstance(self.value, Decimal):
            raise TypeError("this value is not a number")
        return self.value

    def row(self, number: Decimal | Fraction) -> Row:
        """The first row of the ladder that holds for the number."""
        return next(row for row in self.rows if row.holds(number))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One legal parameter through time: by day, or by calculation year where the text gives values by year."""

    key: str
    unit: str
    meaning: Mapping[str, str]
    values: tuple[Value, ...]
    choices: tuple[str, ...] = ()
    """The words it can be, where it is a rule."""

    @property
    def by_year(self) -> bool:
        """Whether its values are given by calculation year."""
        return isinstance(self.values[0].start, int)

    def on(self, day: date, year: int | None = None) -> Value:
        """Its value on the day, or in the calculation year (default the day's) where it is given by year.

        Raises `RegulationError` (`regulation-no-value`) outside its periods.
        """
        at: Any = (day.year if year is None else year) if self.by_year else day
        for value in self.values:
            start, end = cast(Any, value.start), cast(Any, value.end)
            if start <= at and (end is None or at <= end):
                return value
        last = self.values[-1].end
        period = f"from {self.values[0].start}" + (f" to {last}" if last else "")
        message = f"{self.key} has no value on {at}: it is given {period}"
        raise RegulationError([Problem("regulation-no-value", message, f"choose a date {period}")])


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation: what it is, when it is in force, and its parameters.

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
    parameters: Mapping[str, Parameter]
    amended: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def period(self) -> str:
        return f"from {self.in_force_from}" + (f" to {self.in_force_to}" if self.in_force_to else "")

    def parameter(self, key: str) -> Parameter:
        """A parameter by key; raises `RegulationError` (`parameter-unknown`) naming the nearest."""
        if key not in self.parameters:
            hint = nearest(key, self.parameters) or f"see 'tkdn regulations {self.id}'"
            raise RegulationError([Problem("parameter-unknown", f"{self.id} has no parameter {key!r}", hint)])
        return self.parameters[key]

    def value(self, key: str, on: date, year: int | None = None) -> Value:
        """The value of a parameter on a day, or in a calculation year where the regulation gives it by year."""
        return self.parameter(key).on(on, year)

    @property
    def by_year(self) -> bool:
        """Whether any of its values is given by calculation year."""
        return any(parameter.by_year for parameter in self.parameters.values())

    def amend(self, changes: Mapping[str, Decimal | int | str]) -> Regulation:
        """A what-if regulation: this one with some single values changed, which says so in its id and in `amended`.

        >>> law = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
        >>> law.id, law.value("raw_material_test", date(2026, 6, 1)).confidence
        ('permenperin-35-2025+what-if', 'assumed')

        Raises `RegulationError` when a key is unknown, is a ladder, or the value is of another kind.
        """
        parameters = dict(self.parameters)
        for key, new in changes.items():
            old = self.parameter(key)
            where = Place(path=key)
            if old.values[0].rows:
                raise RegulationError(
                    [Problem("amendment-invalid", f"{key} is a ladder of rows", "amend single values only", where)]
                )
            value = replace(
                old.values[0],
                value=_scalar(new if isinstance(new, str) else str(new), old.unit, where, old.choices),
                end=None,
                article="what-if",
                confidence="assumed",
                note=f"Changed for a what-if; the law says {old.values[-1].value} ({old.values[-1].article}).",
            )
            parameters[key] = replace(old, values=(value,))
        amended = (*self.amended, *(f"{key} = {value}" for key, value in changes.items()))
        return replace(self, id=self.id.removesuffix("+what-if") + "+what-if", parameters=parameters, amended=amended)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
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
            "amended": list(self.amended),
            "parameters": [_parameter_dict(parameter) for parameter in self.parameters.values()],
        }


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


def load(text: str, file: str) -> Regulation:
    """A regulation from the text of its TOML file.

    Raises `RegulationError` with all problems: duplicate keys, unsourced values, periods that overlap or leave a gap.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationError(
            [Problem("regulation-malformed", str(error), "correct the file", Place(file=file))]
        ) from None
    try:
        return _build(data, file)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"a field is missing or of the wrong kind: {error}"
        raise RegulationError(
            [Problem("regulation-malformed", message, "compare with a shipped file", Place(file=file))]
        ) from None


def _build(data: dict[str, Any], file: str) -> Regulation:
    head = data["regulation"]
    parameters = [_parameter(entry, file) for entry in data["parameter"]]
    problems = []
    for key, count in Counter(parameter.key for parameter in parameters).items():
        if count > 1:
            problems.append(
                Problem(
                    "regulation-duplicate-key", f"{key} stands {count} times", "keep one", Place(file=file, path=key)
                )
            )
    for parameter in parameters:
        problems += _period_problems(parameter, file)
    problems += _weight_problems(parameters, file)
    force = head["in_force"]
    if problems:
        raise RegulationError(problems)
    return Regulation(
        id=head["id"],
        name=head["name"],
        title=head["title"],
        kind=head["kind"],
        method=head.get("method", ""),
        covers=head["covers"],
        general=head["general"],
        data_version=head["data_version"],
        in_force_from=force["from"],
        in_force_to=force.get("to"),
        in_force_article=force["article"],
        in_force_confidence=_confidence(force, Place(file=file, path="regulation.in_force")),
        in_force_note=force.get("note", ""),
        repeals=tuple(head["repeals"]),
        parameters={parameter.key: parameter for parameter in parameters},
    )


def _parameter(entry: dict[str, Any], file: str) -> Parameter:
    key, unit, choices = entry["key"], entry["unit"], tuple(entry.get("choices", ()))
    where = Place(file=file, path=key)
    values = []
    for item in entry["values"]:
        if not item.get("article"):
            raise RegulationError(
                [Problem("regulation-unsourced", f"a value of {key} names no article", "name its article", where)]
            )
        rows = tuple(_row(row, where) for row in item.get("rows", ()))
        values.append(
            Value(
                value=None if rows else _scalar(item["value"], unit, where, choices),
                rows=rows,
                start=item["from"],
                end=item.get("to"),
                article=item["article"],
                confidence=_confidence(item, where),
                note=item.get("note", ""),
            )
        )
    return Parameter(key, unit, entry["meaning"], tuple(values), choices)


def _row(row: dict[str, Any], where: Place) -> Row:
    test = next((name for name in _TESTS if name in row), None)
    if test is None or not row.get("article"):
        raise RegulationError(
            [Problem("regulation-unsourced", "a row lacks its test or its article", f"give one of {_TESTS}", where)]
        )
    unit = "percent" if row["value"][:1].isdigit() else "class"
    return Row(
        _scalar(row["value"], unit, where), test, cast(Decimal, _scalar(row[test], "percent", where)), row["article"]
    )


def _scalar(text: str, unit: str, where: Place, choices: tuple[str, ...] = ()) -> Decimal | str:
    if unit in WORDS_UNITS:
        if choices and text not in choices:
            remedy = f"write one of {', '.join(choices)}"
            raise RegulationError([Problem("regulation-malformed", f"{text!r} is not one of its words", remedy, where)])
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RegulationError(
            [Problem("regulation-malformed", f"{text!r} is not a number", "write a decimal string", where)]
        )
    return number


def _confidence(item: dict[str, Any], where: Place) -> Confidence:
    word = item.get("confidence")
    if word not in CONFIDENCES:
        raise RegulationError(
            [
                Problem(
                    "regulation-unsourced",
                    f"confidence is {word!r}",
                    f"say how well it is known: {', '.join(CONFIDENCES)}",
                    where,
                )
            ]
        )
    return cast(Confidence, word)


def _period_problems(parameter: Parameter, file: str) -> Iterator[Problem]:
    place = Place(file=file, path=parameter.key)
    if len({type(value.start) for value in parameter.values}) > 1:
        yield Problem("regulation-malformed", "its periods mix days and years", "give all by day or all by year", place)
        return
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        step: Any = 1 if parameter.by_year else timedelta(days=1)
        end, start = cast(Any, earlier.end), cast(Any, later.start)
        if end is None or start < end + step:
            message = f"its periods overlap at {start}"
            yield Problem("regulation-period-overlap", message, "give each day one value", place)
        elif start != end + step:
            message = f"its periods leave a gap from {end} to {start}"
            yield Problem("regulation-period-gap", message, "give each day one value", place)


def _weight_problems(parameters: list[Parameter], file: str) -> Iterator[Problem]:
    """Weights are shares of one whole: at every time they are given for, they add to 100."""
    weights = [parameter for parameter in parameters if parameter.key.startswith("weight.")]
    for start in sorted({value.start for parameter in weights for value in parameter.values}, key=str):
        at = (date(start, 1, 1), start) if isinstance(start, int) else (start, None)
        total = sum((parameter.on(*at).number for parameter in weights), Decimal(0))
        if total != 100:
            message = f"from {start} the weights add to {total}, not 100"
            yield Problem("regulation-weights", message, "correct the weights", Place(file=file, path="weight"))


@cache
def _shipped() -> dict[str, str]:
    folder = resources.files(__package__) / "regulations"
    return {
        file.name.removesuffix(".toml"): file.name
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml")
    }


@cache
def regulation(id: str) -> Regulation:  # noqa: A002  # the public name of what it is
    """A shipped regulation by id.

    Raises `RegulationError` (`regulation-unknown`) naming the nearest id.
    """
    if id not in _shipped():
        hint = nearest(id, _shipped()) or f"known are {', '.join(_shipped())}"
        raise RegulationError([Problem("regulation-unknown", f"no regulation {id!r}", hint)])
    file = resources.files(__package__) / "regulations" / _shipped()[id]
    return load(file.read_text(encoding="utf-8"), file.name)


def regulations() -> list[Regulation]:
    """All shipped regulations.

    >>> [law.id for law in regulations() if law.kind == "goods"]
    ['permenperin-16-2011', 'permenperin-27-2020', 'permenperin-28-2023', 'permenperin-35-2025', 'permenperin-6-2022']
    """
    return [regulation(id_) for id_ in _shipped()]


GENERAL_GOODS = ("permenperin-35-2025",)
"""Regulations that count goods in general and are taken without being asked for: a text that counts by another method is not."""


def general_goods(on: date) -> Regulation:
    """The general goods regulation in force on the day; raises `RegulationError` (`regulation-not-in-force`) with the dates."""
    known = [regulation(id_) for id_ in GENERAL_GOODS]
    for law in known:
        if law.in_force(on):
            return law
    periods = "; ".join(f"{law.id} is in force {law.period}" for law in known)
    raise RegulationError(
        [
            Problem(
                "regulation-not-in-force",
                f"no goods regulation known here is in force on {on}",
                f"choose another date: {periods}",
            )
        ]
    )


def goods_regulation(chosen: str | Regulation | None, on: date) -> Regulation:
    """The goods regulation to count by: as chosen, else the general one in force on the day.

    Raises `RegulationError`: `regulation-unknown`, `regulation-not-goods`, `regulation-not-in-force` (with the dates).
    """
    if chosen is None:
        return general_goods(on)
    law = regulation(chosen) if isinstance(chosen, str) else chosen
    if law.kind != "goods":
        message = f"{law.id} does not say how goods are counted: it covers {law.covers}"
        remedy = "choose a goods regulation: see 'tkdn regulations'"
        raise RegulationError([Problem("regulation-not-goods", message, remedy)])
    if not law.in_force(on):
        message = f"{law.id} is not in force on {on}: it is in force {law.period}"
        raise RegulationError([Problem("regulation-not-in-force", message, f"choose a date {law.period}")])
    return law
