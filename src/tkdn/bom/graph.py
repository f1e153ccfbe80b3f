"""The bill as a dependency graph, free of any date: who uses whom, in which order, and where a loop closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from tkdn.bom.model import Part, Use
from tkdn.errors import Problem, UsageError, closest

if TYPE_CHECKING:
    import networkx as nx


class BillGraph:
    """Parts as indexes, uses by parent, and a topological order; built once for a bill.

    Attributes: `ids` (part ids by index), `index` (that of each id), `uses_of` (indexes of the uses under each part), `child_of`
    (index of the part that each use takes), `order` (parents before their components; shorter than `ids` if there is a loop).
    """

    def __init__(self, parts: Sequence[Part], uses: Sequence[Use]) -> None:
        self.parts, self.uses = parts, uses
        self.ids = [part.id for part in parts]
        self.index = {id_: index for index, id_ in enumerate(self.ids)}
        self.uses_of: list[list[int]] = [[] for _ in parts]
        by_id = self.index
        self.child_of = [by_id[use.part] for use in uses]
        for index, use in enumerate(uses):
            self.uses_of[by_id[use.parent]].append(index)
        self.order = self._topological_order()

    def __repr__(self) -> str:
        return f"<BillGraph: {len(self.parts)} parts, {len(self.uses)} uses>"

    def of(self, parts: Sequence[Part], uses: Sequence[Use]) -> BillGraph:
        """The same graph over changed records: the same ids, and the same parent and part of each use."""
        graph = copy(self)
        graph.parts, graph.uses = parts, uses
        return graph

    def _topological_order(self) -> list[int]:
        waiting = [0] * len(self.ids)
        for child in self.child_of:
            waiting[child] += 1
        order = [index for index, count in enumerate(waiting) if not count]
        for parent in order:  # grows while it is walked
            for use in self.uses_of[parent]:
                child = self.child_of[use]
                waiting[child] -= 1
                if not waiting[child]:
                    order.append(child)
        return order

    @cached_property
    def roots(self) -> list[str]:
        """Ids of the parts that no other part uses."""
        used = set(self.child_of)
        return [id_ for index, id_ in enumerate(self.ids) if index not in used]

    def loops(self, most: int = 20) -> Iterator[tuple[list[str], int]]:
        """Loops one after the other, each closing use taken out before the next is looked for, up to `most`: the path of ids
        (first and last the same) and the index of the use that closes it."""
        if len(self.order) == len(self.ids):
            return
        import networkx as nx

        placed = set(self.order)
        graph: nx.DiGraph[str] = nx.DiGraph()
        for index, use in enumerate(self.uses):
            if self.index[use.parent] not in placed and self.index[use.part] not in placed:
                graph.add_edge(use.parent, use.part, use=index)
        for _ in range(most):
            looping = [
                each
                for each in nx.strongly_connected_components(graph)
                if len(each) > 1 or graph.has_edge(*2 * tuple(each))
            ]
            if not looping:
                return
            component = min(looping, key=lambda each: min(map(self.index.__getitem__, each)))
            first = min(component, key=self.index.__getitem__)
            edges = nx.find_cycle(graph.subgraph(component), first)
            parent, child = edges[-1][:2]
            yield [edge[0] for edge in edges] + [child], graph.edges[parent, child]["use"]
            graph.remove_edge(parent, child)

    def index_of(self, part: str) -> int:
        """Return the index of a part; raises `UsageError` (`part-unknown`) naming the nearest id."""
        found = self.index.get(part)
        if found is None:
            raise UsageError([Problem("part-unknown", {"part": part, "nearest": closest(part, self.ids)}, part=part)])
        return found

    def where_used(self, part: str) -> dict[str, int]:
        """Every part that contains `part`, directly (distance 1) or deeper, with the fewest levels between.

        Raises `UsageError` when the part is not in the bill.
        """
        parents: list[list[int]] = [[] for _ in self.ids]
        for parent, uses in enumerate(self.uses_of):
            for use in uses:
                parents[self.child_of[use]].append(parent)
        distance = {self.index_of(part): 0}
        queue = list(distance)
        for child in queue:
            for parent in parents[child]:
                if parent not in distance:
                    distance[parent] = distance[child] + 1
                    queue.append(parent)
        return {self.ids[index]: levels for index, levels in distance.items() if levels}

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The bill as a networkx MultiDiGraph: nodes carry `part` (the record), edges parent -> part carry `use`.

        A multigraph, because a part may be used twice under one parent and no use may be dropped.
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for part in self.parts:
            graph.add_node(part.id, part=part)
        for use in self.uses:
            graph.add_edge(use.parent, use.part, use=use)
        return graph
