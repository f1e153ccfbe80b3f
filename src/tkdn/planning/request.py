"""What is asked of a plan: the target, the limits, the volume; checked, and made exact."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic_core import PydanticCustomError

from tkdn.bom.number import to_decimal
from tkdn.days import day_of
from tkdn.errors import Problem, UsageError, nearest
from tkdn.planning.interactions import Group

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
    """What is asked; amounts in rupiah, percentages in percent."""

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
    """The request as a caller states it. Raises `UsageError` with all problems."""
    problems: list[Problem] = []

    def figure(name: str, value: Figure | None, code: str, remedy: str, low: int, high: int | None) -> Decimal | None:
        if value is None:
            return None
        try:
            found = to_decimal(value)
        except PydanticCustomError:
            found = None
        wrong = found is None or found < low or (low == 0 and name != "budget" and found == 0)
        if wrong or (high is not None and found is not None and found > high):
            problems.append(Problem.worded(code, f"{name} {str(value)[:40]!r} cannot be planned for", remedy))
            return None
        return found

    if aim not in AIMS:
        problems.append(
            Problem.worded("aim-unknown", f"no aim {aim!r}", nearest(aim, AIMS) or f"choose one of {', '.join(AIMS)}")
        )
    if basis not in BASES:
        problems.append(Problem.worded("basis-unknown", f"no basis {basis!r}", f"choose one of {', '.join(BASES)}"))
    percent, above = "write a percentage above 0, at most 100", "write a number above 0"
    wanted = figure("target", target, "target-out-of-range", percent, 0, 100)
    benefit = figure("bmp", bmp, "bmp-out-of-range", "write the points of BMP, above 0, at most 100", 0, 100)
    vehicles = figure("volume", volume, "volume-out-of-range", above, 0, None)
    money = figure("budget", budget, "budget-out-of-range", "write rupiah, 0 or more", 0, None)
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


def done_on(measures: Sequence[Measure], relations: Relations, start: date) -> list[date | None]:
    """The day on which each measure counts, begun when the last it needs is done; None where a lead time is missing."""
    done: dict[int, date | None] = {}
    for number in sorted(range(len(measures)), key=lambda each: len(relations.needs[each])):
        days = [done[need] for need in relations.needs[number]]
        begun = [day for day in days if day is not None]
        done[number] = None if len(begun) < len(days) else _after(max(begun, default=start), measures[number])
    return [done[number] for number in range(len(measures))]


def _after(start: date, measure: Measure) -> date | None:
    if measure.lead_weeks is not None:
        return start + timedelta(weeks=int(measure.lead_weeks))
    if measure.lead_months is None:
        return None
    months = start.year * 12 + start.month - 1 + int(measure.lead_months)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def late(days: Sequence[date | None], deadline: date | None) -> Group:
    """The measures that are not done by the deadline, or of which that cannot be said."""
    if deadline is None:
        return frozenset()
    return frozenset(number for number, day in enumerate(days) if day is None or day > deadline)


def volume_problem(volume: Any, changes: Iterator[Fraction]) -> None:
    """Raises `UsageError` where a measure changes the cost of each vehicle and it is not said of how many."""
    if volume is None and any(changes):
        message = "measures change the cost of each vehicle, and it is not said how many are made"
        raise UsageError(
            [Problem.worded("volume-missing", message, "give the volume: vehicles that the plan is reckoned over")]
        )
