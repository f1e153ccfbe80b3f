"""The figures of a case as its engine finds them: what every assessment says in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.case import Case
from tkdn.assessment.engines.engine import Engine, Obstacle, Status
from tkdn.assessment.rounding import without_long_ratios
from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.day import BillOnDay
from tkdn.bom.model import Part
from tkdn.errors import Problem, UsageError
from tkdn.i18n import say
from tkdn.law.regulation import Regulation, Value


@dataclass(frozen=True, eq=False, repr=False)
class EngineFigures:
    """The figures of a product: two decimals in percent, the fractions behind them, the status and its reasons.

    Attributes:
        case: What was asked for.
        engine: What computes the figures.
    """

    case: Case
    engine: Engine

    # What was asked for

    @property
    def bom(self) -> Bom:
        """The bill as read."""
        return self.case.bom

    @property
    def regulation(self) -> Regulation:
        """The regulation that it is assessed under."""
        return self.case.regulation

    @property
    def on(self) -> date:
        """The day."""
        return self.case.on

    @property
    def year(self) -> int | None:
        """The calculation year, if one was asked for or the method needs one."""
        return self.case.year

    @property
    def today(self) -> bool:
        """True if the day was not asked for."""
        return self.case.today

    @property
    def day(self) -> BillOnDay:
        """The bill on the day: effective uses, lines, exact costs."""
        return self.engine.day

    @property
    def product(self) -> str:
        """Id of the product."""
        return self.case.product

    def value(self, key: str) -> Value:
        """Return a legal value on the date, in the calculation year if it is given by year."""
        return self.case.value(key)

    def made_here(self, index: int) -> bool | None:
        """Return whether a part is made in Indonesia; None if that is not known."""
        return self.engine.facts.origin[index]

    # Figures

    @property
    def is_exact(self) -> bool:
        """True if `exact` and its like are exact.

        If not, their denominators would have more than 20,000 digits: they hold to 100 digits, and outputs leave them out.
        """
        return self.engine.is_exact

    @property
    def exact(self) -> Fraction | None:
        """The exact fraction behind `score`, in percent (see `is_exact`)."""
        return self.engine.exact("score")

    @property
    def exact_potential(self) -> Fraction | None:
        """The exact fraction behind `potential`, in percent."""
        return self.engine.exact("potential")

    @property
    def exact_high(self) -> Fraction | None:
        """The exact fraction behind the upper bound, in percent."""
        return self.engine.exact("high")

    @property
    def exact_potential_high(self) -> Fraction | None:
        """The exact fraction behind the upper bound of the potential, in percent."""
        return self.engine.exact("potential_high")

    @property
    def exact_coverage(self) -> Fraction | None:
        """The exact fraction behind `coverage`, in percent."""
        return self.engine.exact("coverage")

    @property
    def exact_bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The exact fractions behind `bounds`."""
        return self.exact, self.exact_high

    @property
    def exact_potential_bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The exact fractions behind `potential_bounds`."""
        return self.exact_potential, self.exact_potential_high

    @property
    def score(self) -> Decimal | None:
        """TKDN in percent as the law credits it on the date; unknown facts count as nothing."""
        return self.engine.printed("score")

    @property
    def potential(self) -> Decimal | None:
        """TKDN if every component were certified at what its own bill gives, if that is more."""
        return self.engine.printed("potential")

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest score that the unknown facts leave open."""
        return self.score, self.engine.printed("high")

    @property
    def potential_bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Potential, and the highest it could be if everything missing were shown at its best: bills, origins, facts."""
        return self.potential, self.engine.printed("potential_high")

    @property
    def coverage(self) -> Decimal | None:
        """Share of the main material cost whose credit is known, in percent."""
        return self.engine.printed("coverage")

    @property
    def status(self) -> Status:
        """`complete` (no gap affects the score), `incomplete`, or `cannot_be_calculated` (with the article in `reasons`)."""
        return self.engine.status

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        return self.engine.obstacles

    @property
    def reasons(self) -> tuple[dict[str, Any], ...]:
        """Reasons why there is no score, each with `code`, `article` and `message`; empty if there is one."""
        return tuple(
            {
                "code": obstacle.code,
                "article": self.article(obstacle.rule),
                "message": say(f"obstacle.{obstacle.code}", part=self.day.parts[obstacle.part].id),
            }
            for obstacle in self.obstacles
        )

    def part(self, id_: str) -> Part:
        """Return the record of a part that the product takes on the date.

        Raises:
            UsageError: the product takes none of that id.
        """
        index = self.bom.graph.index_of(id_)
        if index not in self.day.rank:
            message = f"{self.product!r} takes no {id_!r} on {self.on}"
            raise UsageError([Problem.worded("part-not-reached", message, "choose a part of the product", part=id_)])
        return self.day.parts[index]

    def article(self, parameter: str | None) -> str | None:
        """Return the regulation's article that gives a parameter, such as "Permenperin 35/2025 Pasal 9(1)"."""
        return parameter and self.regulation.cite(self.value(parameter).article)

    def printed_rows(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """Return rows that rest on the walk as plain data, without long ratios if these are rounded."""
        with bulk():
            found = [row.to_dict(short=self.day.rounded) for row in rows]
        if self.day.cut and not self.day.rounded:
            for row in found:
                row["exact"] = without_long_ratios(row["exact"])
        return found
