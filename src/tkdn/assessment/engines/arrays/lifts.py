"""The lift of every part at once: each taken abroad alone, as one variant of the walked bill; the figures exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from tkdn.assessment.credit import ABROAD
from tkdn.assessment.engines.arrays.changes import Base, SparseChanges
from tkdn.assessment.engines.arrays.facts import NO, FactArrays
from tkdn.assessment.engines.arrays.tables import tables
from tkdn.assessment.engines.arrays.variants import Variants
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.bom.costing import CompiledBill
from tkdn.method.goods import GoodsRules


class LiftsAtOnce:
    """Each of some parts taken abroad alone, on one basis."""

    def __init__(
        self,
        bill: CompiledBill,
        base: Base,
        rules: GoodsRules,
        exact: ExactEngine,
        indices: Sequence[int],
        basis: Basis,
    ) -> None:
        """Compute all of them.

        Args:
            bill: The compiled bill.
            base: The same walked.
            rules: Values of the regulation.
            exact: The engine of the bill by exact numbers.
            indices: Indices of the parts.
            basis: Figure that is followed.
        """
        self.bill, self.exact = bill, exact
        self.variant = {index: at for at, index in enumerate(indices)}
        places = bill.structure.place[np.array(indices, np.intp)]
        count = len(indices)
        changed = SparseChanges(facts_of=(np.arange(count), places), facts=_abroad(rules, count))
        self.batch = Variants(base, changed, count, basis).run()
        self._more = self._sums(count)
        capped = bool(rules.limit <= (exact.base.on(basis) or 0))
        simple = ~self.batch.figures.doubtful & (self.batch.domestic > 0)
        self._simple = [
            plain and not capped and more <= 0 for plain, more in zip(simple.tolist(), self._more, strict=True)
        ]

    def more(self, index: int) -> int | None:
        """Return what the part taken abroad adds to the product's material sum, in the integer weights of its lines.

        None where a float cannot decide it, or more than the sum moves (the limit, no domestic line left).
        """
        at = self.variant.get(index)
        return self._more[at] if at is not None and self._simple[at] else None

    def _sums(self, count: int) -> list[int]:
        weights = dict(self.exact.day.weights[self.exact.product] or ())
        structure = self.bill.structure
        variants, lines, steps = self.batch.moved
        keys = variants * structure.size + structure.child[lines]
        once = np.sort(np.unique(keys, return_index=True)[1])  # two uses of one part are one line
        children = structure.indexes[structure.child[lines[once]]].tolist()
        sums = [0] * count
        for variant, child, step in zip(variants[once].tolist(), children, steps[once].tolist(), strict=True):
            sums[variant] += weights.get(child, 0) * int(step)
        return sums

    def dead_ends(self, index: int) -> list[tuple[int, int]]:
        """Return where the change of a part ends, as pairs of good and component, in the order in which a walk finds them."""
        return self._dead_ends[self.variant[index]]

    @cached_property
    def _dead_ends(self) -> defaultdict[int, list[tuple[int, int]]]:
        rank, numbers = self.exact.day.rank, self.bill.structure.indexes
        variants, goods, children = self.batch.dead_ends
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        rows = zip(variants.tolist(), numbers[goods].tolist(), numbers[children].tolist(), strict=True)
        for variant, good, child in dict.fromkeys(rows):
            found[variant].append((good, child))
        for pairs in found.values():
            if len(pairs) > 1:
                pairs.sort(key=lambda pair: (-rank[pair[0]], -rank[pair[1]]))
        return found


def _abroad(rules: GoodsRules, count: int) -> FactArrays:
    """Return the facts of a part from abroad, as often as asked."""
    code = tables(rules).code(ABROAD)
    nothing = np.full(count, np.nan)
    return FactArrays(
        np.full(count, code, np.int16),
        np.full(count, NO, np.int8),
        np.ones(count, bool),
        np.full(count, NO, np.int8),
        nothing,
        nothing,
        np.zeros(count),
    )
