"""What the product's own lines earn more where parts come from here: the short way to a score, without walking again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tkdn.assessment.credit import Ground, ground_of
from tkdn.assessment.walk import Walk


class Raising:
    """Where raw material is judged by country, one level down, a part made here acts in two ways on today's score: as a line of
    the product by its own credit, and in goods that are lines of the product and become all domestic by it."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.rules = walk, walk.rules
        self.weights = {child: weight for child, weight in walk.day.weights[walk.product] or () if walk.main[child]}

    def lines(self, earned: Mapping[int, int]) -> dict[int, int]:
        """What lines of the product earn more, in whole percent, if these parts were made here and earned these credits."""
        walk = self.walk
        raised = {
            number: credit - walk.credit_of(number).low for number, credit in earned.items() if number in self.weights
        }
        more: dict[int, int] = defaultdict(int)
        for number in earned:
            if not walk.credit_of(number).home_low:
                for good, _ in walk.users[number]:
                    if good in self.weights and good not in earned:
                        more[good] += 1
        for good, count in more.items():
            if self._completes(good, count):
                raised[good] = self.rules.credit("credit.all_domestic_material") - walk.credit_of(good).low
        return raised

    def _completes(self, good: int, more: int) -> bool:
        """Whether so many more domestic lines make the good all domestic, and that is what it is credited by."""
        facts = self.walk.part_facts(good)
        is_whole = self.walk.home[good] + more == len(self.walk.day.lines[good])
        return is_whole and facts.statement is None and ground_of(facts, all_domestic=True) is Ground.ALL_DOMESTIC

    def sum(self, earned: Mapping[int, int]) -> int:
        """What that adds to the product's sum of cost weight x credit."""
        return sum(self.weights[line] * more for line, more in self.lines(earned).items())
