"""The graph: order, where-used, roots, the networkx view, ids that are near."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from tests.properties.settings import some
from tests.support.bills import bills
from tests.support.build import Document, use
from tests.support.documents import plain_parts, read

from tkdn import Bom, UsageError

# TRUCK > CAB > DOOR > HINGE > PIN, TRUCK > HINGE, TRUCK > BED > PIN; SPARE stands alone.
TRUCK = read(
    plain_parts(["TRUCK", "PIN", "HINGE", "DOOR", "CAB", "BED", "SPARE"]),
    [
        use("DOOR", "HINGE", "2"),
        use("TRUCK", "CAB"),
        use("CAB", "DOOR", "2"),
        use("HINGE", "PIN"),
        use("TRUCK", "HINGE"),
        use("TRUCK", "BED"),
        use("BED", "PIN", "4"),
        use("BED", "PIN", "4"),
    ],
)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("PIN", {"HINGE": 1, "BED": 1, "DOOR": 2, "TRUCK": 2, "CAB": 3}),
        ("HINGE", {"DOOR": 1, "TRUCK": 1, "CAB": 2}),
        ("DOOR", {"CAB": 1, "TRUCK": 2}),
        ("TRUCK", {}),
        ("SPARE", {}),
    ],
)
def test_where_used_gives_the_fewest_levels_to_every_part_above(part: str, expected: dict[str, int]) -> None:
    assert TRUCK.graph.where_used(part) == expected


def test_where_used_lists_the_nearest_first() -> None:
    levels = list(TRUCK.graph.where_used("PIN").values())
    assert levels == sorted(levels)


def test_roots_are_the_parts_no_other_uses() -> None:
    assert TRUCK.graph.roots == ["TRUCK", "SPARE"]


def test_networkx_keeps_both_of_two_equal_uses() -> None:
    graph = TRUCK.graph.to_networkx()
    assert graph.number_of_edges() == 8
    assert graph.number_of_edges("BED", "PIN") == 2
    assert [data["use"].quantity for _, _, data in graph.out_edges("BED", data=True)] == [4, 4]


def test_networkx_carries_the_records() -> None:
    graph = TRUCK.graph.to_networkx()
    assert list(graph) == ["TRUCK", "PIN", "HINGE", "DOOR", "CAB", "BED", "SPARE"]
    assert graph.nodes["CAB"]["part"] is TRUCK.parts[4]
    assert graph.edges["CAB", "DOOR", 0]["use"] is TRUCK.uses[2]
    assert nx.dag_longest_path_length(nx.DiGraph(graph)) == 4


@pytest.mark.parametrize(
    ("id_", "remedy"),
    [("HINGES", "did you mean 'HINGE'?"), ("cab", "see the ids in the bill's parts"), ("", "see the ids")],
)
def test_an_unknown_part_names_the_nearest(id_: str, remedy: str) -> None:
    for ask in (TRUCK.graph.index_of, TRUCK.graph.where_used):
        with pytest.raises(UsageError) as caught:
            ask(id_)
        (problem,) = caught.value.problems
        assert (problem.code, problem.part) == ("part-unknown", id_)
        assert remedy in problem.remedy


def test_a_part_has_the_number_of_its_place_in_the_bill() -> None:
    assert [TRUCK.graph.index_of(part.id) for part in TRUCK.parts] == list(range(7))


@some
@given(bills())
def test_the_order_has_every_part_once_and_parents_first(document: Document) -> None:
    bom = Bom.from_dict(document)
    place = {bom.parts[number].id: place for place, number in enumerate(bom.graph.order)}
    assert len(place) == len(bom.graph.order) == len(bom.parts)
    assert all(place[use.parent] < place[use.part] for use in bom.uses)


@some
@given(bills())
def test_where_used_agrees_with_networkx(document: Document) -> None:
    graph = Bom.from_dict(document).graph
    below: nx.DiGraph[str] = nx.DiGraph(graph.to_networkx()).reverse()
    for id_ in graph.ids:
        levels = dict(nx.single_source_shortest_path_length(below, id_))
        assert graph.where_used(id_) == {parent: level for parent, level in levels.items() if level}
