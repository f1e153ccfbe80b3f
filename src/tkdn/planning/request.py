"""The request for a plan: the target, the limits, the volume; checked, and made exact."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Literal, get_args

from pydantic_core import PydanticCustomError

from tkdn.bom.number import to_decimal
from tkdn.days import day_of
from tkdn.errors import Problem, UsageError, nearest
from tkdn.method.goods import PERCENT
from tkdn.planning.interactions import MeasureSet

if TYPE_CHECKING:
    from tkdn.assessment.engines.engine import Basis
    from tkdn.planning.checks import Relations
    from tkdn.planning.measure import Measure

Aim = Literal["cost", "points", "ikm"]
AIMS: tuple[Aim, ...] = get_args(Aim)
BASES: tuple[Basis, ...] = ("score", "potential")
Figure = Decimal | int | str | float
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A request; amounts in rupiah, percentages in percent, the volume in vehicles."""

    aim: Aim
    basis: Basis
    target: Decimal | None
    bmp: Decimal | None
    volume: Decimal | None
    budget: Decimal | None
    deadline: date | None

    @property
    def least(self) -> Fraction | None:
        """The exact score that prints, with two decimals, as the target or more; BMP points are added to it."""
        if self.target is None:
            return None
        needed = Fraction(self.target) - Fraction(self.bmp or 0)
        return Fraction(ceil(needed * HUNDREDTHS), HUNDREDTHS) - Fraction(1, 2 * HUNDREDTHS)


def request_of(
    *,
    aim: str,
    basis: str,
    target: Figure | None,
    bmp: Figure | None,
    volume: Figure | None,
    budget: Figure | None,
    deadline: date | str | None,
) -> Request:
    """Return the request as a caller states it; see `plan` for the arguments.

    Raises:
        UsageError: with all problems, `aim-unknown`, `basis-unknown`, `target-missing`, `target-out-of-range`,
            `bmp-out-of-range`, `volume-out-of-range`, `budget-out-of-range`, `date-invalid`.
    """
    problems: list[Problem] = []
    if aim not in AIMS:
        problems.append(
            Problem.worded("aim-unknown", f"no aim {aim!r}", nearest(aim, AIMS) or f"choose one of {', '.join(AIMS)}")
        )
    if basis not in BASES:
        problems.append(Problem.worded("basis-unknown", f"no basis {basis!r}", f"choose one of {', '.join(BASES)}"))
    wanted = _figure("target", target, problems)
    benefit = _figure("bmp", bmp, problems)
    vehicles = _figure("volume", volume, problems)
    money = _figure("budget", budget, problems)
    if target is None and aim in ("cost", "ikm"):
        remedy = "give a target in percent, or aim for points"
        problems.append(Problem.worded("target-missing", f"a plan for the aim {aim!r} needs a target", remedy))
    try:
        day = None if deadline is None else day_of(deadline)
    except UsageError as error:
        problems += error.problems
        day = None
    if problems:
        raise UsageError(problems)
    return Request(aim, basis, wanted, benefit, vehicles, money, day)  # type: ignore[arg-type]


WRONG = {
    "target": ("target-out-of-range", "write a percentage above 0, at most 100"),
    "bmp": ("bmp-out-of-range", "write the points of BMP, above 0, at most 100"),
    "volume": ("volume-out-of-range", "write a number above 0"),
    "budget": ("budget-out-of-range", "write rupiah, 0 or more"),
}
"""Code and remedy of a figure of a request that cannot be planned for, by its name."""


def _figure(name: str, value: Figure | None, problems: list[Problem]) -> Decimal | None:
    """Return a figure exactly, or None if none is given or it cannot be planned for: then its problem is added."""
    if value is None:
        return None
    try:
        found = to_decimal(value)
    except PydanticCustomError:
        found = Decimal(-1)
    within = found >= 0 if name == "budget" else found > 0
    if not within or (name in ("target", "bmp") and found > PERCENT):
        message = f"{name} {str(value)[:40]!r} cannot be planned for"
        code, remedy = WRONG[name]
        problems.append(Problem.worded(code, message, remedy))
        return None
    return found


def done_on(measures: Sequence[Measure], relations: Relations, start: date) -> list[date | None]:
    """Return the day on which each measure counts, begun when the last it needs is done; None if a lead time is missing."""
    done: dict[int, date | None] = {}
    for index in sorted(range(len(measures)), key=lambda each: len(relations.needs[each])):
        days = [done[need] for need in relations.needs[index]]
        begun = [day for day in days if day is not None]
        done[index] = None if len(begun) < len(days) else _after(max(begun, default=start), measures[index])
    return [done[index] for index in range(len(measures))]


def _after(start: date, measure: Measure) -> date | None:
    if measure.lead_weeks is not None:
        return start + timedelta(weeks=int(measure.lead_weeks))
    if measure.lead_months is None:
        return None
    months = start.year * 12 + start.month - 1 + int(measure.lead_months)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def late(days: Sequence[date | None], deadline: date | None) -> MeasureSet:
    """Return the measures that are not done by the deadline, or whose day is not known."""
    if deadline is None:
        return frozenset()
    return frozenset(index for index, day in enumerate(days) if day is None or day > deadline)


def volume_problem(volume: Decimal | None, changes: Iterator[Fraction]) -> None:
    """Raise if a measure changes the cost of each vehicle and the volume is not stated.

    Raises:
        UsageError: `volume-missing`.
    """
    if volume is None and any(changes):
        message = "measures change the cost of each vehicle, and it is not said how many are made"
        raise UsageError(
            [Problem.worded("volume-missing", message, "give the volume: vehicles that the plan is computed for")]
        )
