"""Battery electric vehicles by weights of aspects: Permenperin 27/2020, 6/2022, 28/2023.

    TKDN = sum over component groups of weight x the group's domestic share, + assembly + development, at most the limit

Knows numbers and the regulation's values, not bills. Shares are exact fractions of one, points are percentage points.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tkdn.method.cost import NOTHING, PERCENT, WHOLE, CostRules

MAIN_GROUPS = ("battery", "drive_train", "body")
SUPPORTING_GROUPS = ("steering", "suspension", "brakes", "tyres_wheels", "seats_wiring", "electronics_ac")
SUPPORTING = "supporting"


class AspectRules(CostRules):
    """The values of a regulation by aspects, on a date and in a calculation year."""

    def points(self, key: str) -> Fraction:
        """Return a figure of the law: percentage points, or rupiah for `battery_investment`."""
        return Fraction(self.value(key).number)

    def groups(self, wheels: str | None) -> dict[str, str]:
        """Return component groups and the parameter that weighs each (27/2020 and 6/2022 Pasal 10, 28/2023 Pasal 11).

        Supporting ones are apart if the regulation gives them for four wheels or more, else they are one group.
        """
        weights = {group: f"weight.{group}" for group in MAIN_GROUPS}
        apart = wheels == "four" and all(
            f"supporting.{group}" in self.regulation.parameters for group in SUPPORTING_GROUPS
        )
        if apart:
            return weights | {group: f"supporting.{group}" for group in SUPPORTING_GROUPS}
        return weights | {SUPPORTING: f"weight.{SUPPORTING}"}

    def group_of(self, group: str, groups: Iterable[str]) -> str | None:
        """Return the group that counts for a part's stated group, or None if there is none."""
        if group in groups:
            return group
        return SUPPORTING if group in SUPPORTING_GROUPS and SUPPORTING in groups else None

    def battery_by_investment(self, rupiah: Fraction | None) -> Fraction | None:
        """Return the achieved share of the battery's weight by investment in rupiah (6/2022 and 28/2023 Pasal 12).

        None below the least, or if the text has no such way.
        """
        if rupiah is None or "battery_investment.least" not in self.regulation.parameters:
            return None
        if rupiah < self.points("battery_investment.least"):
            return None
        return min(WHOLE, rupiah / self.points("battery_investment.full"))

    def assembly(
        self, indonesian: Fraction | None, labour: Fraction | None, tools: Fraction | None
    ) -> tuple[Fraction, Fraction]:
        """Return the achieved share of assembly, lowest and highest, of one (Permenperin 27/2020, 6/2022, 28/2023 on assembly).

        Half is by labour (whole from the share of the text on, below it as given), half by tools (as given).

        Args:
            indonesian: share of Indonesian workers, of one.
            labour: achieved share of labour, of one.
            tools: achieved share of tools, of one.
        """
        if indonesian is not None and indonesian * PERCENT >= self.points("assembly.labour_full"):
            labour = WHOLE
        halves = ((self.share("assembly.labour"), labour), (self.share("assembly.tools"), tools))
        low = sum((half * (NOTHING if achieved is None else achieved) for half, achieved in halves), NOTHING)
        high = sum((half * (WHOLE if achieved is None else achieved) for half, achieved in halves), NOTHING)
        return low, high

    def development(self, activities: Iterable[str] | None) -> tuple[Fraction, Fraction]:
        """Return the achieved share of development, lowest and highest, of one: the activities in Indonesia (Pasal 25)."""
        if activities is None:
            return NOTHING, WHOLE
        done = sum((self.share(f"development.{activity}") for activity in set(activities)), NOTHING)
        return done, done
