"""Findings, which are read next to the figures: what is missing, what was taken for granted, what is doubtful.

A finding holds a code and values; its words come from the texts, in English or Indonesian.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from tkdn.assessment.rounding import text, two_places
from tkdn.i18n import Lang, known, number, say
from tkdn.short_repr import LONGEST, cut

Affected = Literal["score", "potential", "lift"]
AFFECTS: tuple[Affected, ...] = ("score", "potential", "lift")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: its `code`, the `part` or `supplier` it concerns, and the values its words need."""

    code: str
    part: str | None = None
    supplier: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    kind = "finding"

    def __repr__(self) -> str:
        """Return its kind, code and message, the latter cut if it is long."""
        return f"<{type(self).__name__} {self.code}: {cut(self.message, 2 * LONGEST)}>"

    def message_in(self, lang: Lang) -> str:
        """Return what is so, in a language."""
        return self._said(f"{self.kind}.{self.code}", lang)

    def remedy_in(self, lang: Lang) -> str:
        """Return what to do about it, in a language; empty if there is nothing to do."""
        key = f"{self.kind}-remedy.{self.code}"
        return self._said(key, lang) if known(key) else ""

    def _said(self, key: str, lang: Lang) -> str:
        shown = {
            name: number(value, lang) if isinstance(value, Decimal) else value for name, value in self.values.items()
        }
        return say(key, lang, part=self.part, supplier=self.supplier, **shown)

    @property
    def message(self) -> str:
        """The statement in English."""
        return self.message_in("en")

    @property
    def remedy(self) -> str:
        """The remedy in English; empty if there is none."""
        return self.remedy_in("en")

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain data, with its words in English."""
        return {
            "code": self.code,
            "part": self.part,
            "supplier": self.supplier,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Gap(Finding):
    """Something missing, and which figures it affects: score, potential, lift.

    `exact_points`: what the score would be more if it were shown, where that is one amount (it may be negative).
    """

    affects: tuple[Affected, ...] = ()
    exact_points: Fraction | None = None

    kind = "gap"

    @property
    def points(self) -> Decimal | None:
        """Points of the score, with two decimals."""
        return two_places(self.exact_points)

    def to_dict(self) -> dict[str, Any]:
        """Return the gap as plain data: a finding with the figures it affects, and points as a string with two decimals."""
        return {**Finding.to_dict(self), "affects": list(self.affects), "points": text(self.points)}


@dataclass(frozen=True, slots=True, repr=False)
class Assumption(Finding):
    """Something taken for granted for `parts`, and the points of score and potential that rest on it (None: not one amount)."""

    parts: tuple[str, ...] = ()
    exact_points: Fraction | None = None
    exact_potential_points: Fraction | None = None

    kind = "assumption"

    @property
    def points(self) -> Decimal | None:
        """Points of the score that rest on it, with two decimals."""
        return two_places(self.exact_points)

    @property
    def potential_points(self) -> Decimal | None:
        """Points of the potential that rest on it, with two decimals."""
        return two_places(self.exact_potential_points)

    def to_dict(self) -> dict[str, Any]:
        """Return the assumption as plain data: a finding with its parts, and points as strings with two decimals."""
        return {
            **Finding.to_dict(self),
            "parts": list(self.parts),
            "points": text(self.points),
            "potential_points": text(self.potential_points),
        }


@dataclass(frozen=True, slots=True, repr=False)
class Warning(Finding):  # noqa: A001  # what it is called in the contract; imported by module
    """Something doubtful in the bill; `exact_points`: what of the score rests on it, where that is one amount."""

    exact_points: Fraction | None = None

    kind = "warning"

    @property
    def points(self) -> Decimal | None:
        """Points of the score, with two decimals."""
        return two_places(self.exact_points)

    def to_dict(self) -> dict[str, Any]:
        """Return the warning as plain data: a finding with points as a string with two decimals."""
        return {**Finding.to_dict(self), "points": text(self.points)}


def in_order(affects: Iterable[Affected]) -> tuple[Affected, ...]:
    """Return what is affected in the order score, potential, lift."""
    given = set(affects)
    return tuple(each for each in AFFECTS if each in given)
