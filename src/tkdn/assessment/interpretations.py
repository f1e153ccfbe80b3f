"""The score under each reading of the law: what a verifier who reads a text otherwise would find, exactly.

A reading is a parameter of the regulation whose text leaves room (`Parameter.reading`); its choices are the readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Protocol

from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.display.viewed import Viewed
from tkdn.outputs import headed

if TYPE_CHECKING:
    from tkdn.law.regulation import Regulation, Value

Readings = Mapping[str, str]
"""Chosen reading by parameter."""
ReadingFacts = Mapping[str, Callable[[], bool]]
"""By parameter: whether its readings can differ for a bill."""


class _Scored:
    """A result of a reading: an exact score and its change, and both with two decimals."""

    __slots__ = ()
    exact: Fraction | None
    exact_change: Fraction | None

    @property
    def score(self) -> Decimal | None:
        """Score in percent, with two decimals."""
        return two_places(self.exact)

    @property
    def change(self) -> Decimal | None:
        """Change against the assessment's score in points, with two decimals."""
        return two_places(self.exact_change)


@dataclass(frozen=True, slots=True)
class Interpretation(_Scored):
    """The score under one reading of one parameter, everything else read as the assessment does.

    Attributes:
        parameter: key of the parameter.
        reading: reading that gives this score.
        taken: reading that the assessment takes.
        article: article whose text leaves room.
        meaning: meaning of the parameter, by language.
        exact: score in percent; None if there is no score under this reading.
        exact_change: `exact` less the assessment's score, in points.
    """

    parameter: str
    reading: str
    taken: str
    article: str
    meaning: Mapping[str, str]
    exact: Fraction | None
    exact_change: Fraction | None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, percentages with two decimals."""
        return {
            "parameter": self.parameter,
            "reading": self.reading,
            "taken": self.taken,
            "article": self.article,
            "meaning": dict(self.meaning),
            "score": text(self.score),
            "change": text(self.change),
        }


@dataclass(frozen=True, slots=True)
class Extreme(_Scored):
    """The least or the greatest score over all combinations of readings, and a combination that gives it.

    Attributes:
        readings: readings that differ from the assessment's, by parameter.
        exact: score in percent; None if there is no score under these readings.
        exact_change: `exact` less the assessment's score, in points.
    """

    readings: Readings
    exact: Fraction | None
    exact_change: Fraction | None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "score": text(self.score),
            "change": text(self.change),
            "exact": ratio(self.exact),
            "readings": dict(self.readings),
        }


class Read(Protocol):
    """An assessment as far as it is asked here: its exact score, and the same under another regulation."""

    @property
    def on(self) -> date:
        """The day of the assessment."""

    @property
    def regulation(self) -> Regulation:
        """The regulation that it is assessed under."""

    @property
    def product(self) -> str:
        """Id of the product."""

    @property
    def score(self) -> Decimal | None:
        """Score in percent with two decimals; None if there is none."""

    @property
    def exact(self) -> Fraction | None:
        """Score in percent, exactly; None if there is none."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """The values that identify the result."""

    def value(self, key: str) -> Value:
        """Return a legal value on the day."""

    def under(self, regulation: Regulation) -> Read:
        """Return the assessment of the same bill on the same day under another regulation."""

    def reading_facts(self) -> ReadingFacts:
        """Return, by parameter, whether its readings can differ for the bill."""


class Interpretations(Viewed):
    """The score of an assessment under the readings of its regulation; see `Assessment.interpretations`."""

    def __init__(self, assessment: Read) -> None:
        """Take an assessment; a score is computed when it is asked for."""
        self.assessment = assessment
        law = assessment.regulation
        self._choices = {key: each.choices for key, each in law.parameters.items() if each.reading}
        self._taken = {key: str(assessment.value(key).value) for key in self._choices}
        self._known: dict[tuple[str, ...], Fraction | None] = {}

    def _score(self, readings: Readings) -> Fraction | None:
        """Return the exact score under some readings; those that cannot move it for this bill are not tried."""
        full = self._taken | {key: value for key, value in readings.items() if key in self._movable}
        key = tuple(full.values())
        if key not in self._known:
            changed = {name: value for name, value in full.items() if value != self._taken[name]}
            other = self.assessment.under(self.assessment.regulation.amend(changed)) if changed else self.assessment
            self._known[key] = other.exact
        return self._known[key]

    @cached_property
    def _movable(self) -> frozenset[str]:
        """The parameters whose readings differ in a fact that this bill holds."""
        facts = self.assessment.reading_facts()
        return frozenset(key for key in self._choices if facts.get(key, _yes)())

    def _others(self) -> Iterator[tuple[str, str]]:
        for key, choices in self._choices.items():
            yield from ((key, choice) for choice in choices if choice != self._taken[key])

    @cached_property
    def rows(self) -> tuple[Interpretation, ...]:
        """Each reading that alone moves the score."""
        found = []
        for key, reading in self._others():
            exact = self._score({key: reading})
            if exact != self.assessment.exact:
                law = self.assessment.regulation
                article = law.cite(self.assessment.value(key).article)
                meaning = law.parameter(key).meaning
                found.append(
                    Interpretation(key, reading, self._taken[key], article, meaning, exact, self._change(exact))
                )
        return tuple(found)

    def _change(self, exact: Fraction | None) -> Fraction | None:
        base = self.assessment.exact
        return None if exact is None or base is None else exact - base

    @property
    def unmoved(self) -> tuple[tuple[str, str], ...]:
        """Parameter and reading of those that alone leave the score as it is."""
        moved = {(row.parameter, row.reading) for row in self.rows}
        return tuple(each for each in self._others() if each not in moved)

    @cached_property
    def _all(self) -> list[Extreme]:
        """Every combination of the readings that can differ, the fewest changes first."""
        keys = [key for key in self._choices if key in self._movable]
        found = []
        for values in product(*(self._choices[key] for key in keys)):
            readings = {key: value for key, value in zip(keys, values, strict=True) if value != self._taken[key]}
            exact = self._score(readings)
            found.append(Extreme(readings, exact, self._change(exact)))
        return sorted(found, key=lambda each: len(each.readings))

    @property
    def least(self) -> Extreme:
        """The least score over all combinations of readings; none at all is less than any."""
        return min(self._all, key=lambda each: (each.exact is not None, each.exact or 0))

    @property
    def greatest(self) -> Extreme:
        """The greatest score over all combinations of readings."""
        return max(self._all, key=lambda each: (each.exact is not None, each.exact or 0))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return headed(
            "tkdn-interpretations",
            {
                "product": self.assessment.product,
                "on": self.assessment.on.isoformat(),
                "regulation": self.assessment.regulation.id,
                "score": text(self.assessment.score),
                "rows": [row.to_dict() for row in self.rows],
                "unmoved": [{"parameter": key, "reading": reading} for key, reading in self.unmoved],
                "least": self.least.to_dict(),
                "greatest": self.greatest.to_dict(),
                "provenance": self.assessment.provenance,
            },
        )

    def __repr__(self) -> str:
        """Return the product, how many readings move its score, and the least and greatest score."""
        low, high = (text(each.score) for each in (self.least, self.greatest))
        return f"<Interpretations of {self.assessment.product!r}: {len(self.rows)} move it, {low} to {high}>"


def _yes() -> bool:
    return True
