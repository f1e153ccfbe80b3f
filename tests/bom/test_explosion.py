"""The bill exploded: row by row, and flattened to totals."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from tests.properties.settings import some
from tests.support.bills import bills
from tests.support.build import Document, use
from tests.support.documents import plain_parts, read

from tkdn import Bom, ExplosionRow, UsageError, explode, totals

# A CAR takes 4 WHEELs of 5 BOLTs, a DOOR (2) of 3 BOLTs and 0.5 kg of PAINT, and one BOLT of its own.
CAR = read(
    [*plain_parts(["CAR", "WHEEL", "BOLT", "DOOR"]), {"id": "PAINT", "unit": "kg"}],
    [
        use("CAR", "WHEEL", "4"),
        use("CAR", "DOOR", "2"),
        use("CAR", "BOLT"),
        use("WHEEL", "BOLT", "5"),
        use("DOOR", "BOLT", "3", scrap="0.25"),
        use("DOOR", "PAINT", "500", unit="g"),
    ],
)


def test_an_explosion_lists_parents_before_their_components_in_the_order_of_the_uses() -> None:
    rows = explode(CAR.on_day())
    assert [f"{row.level} {row.part}: {row.quantity}, {row.total} {row.unit}" for row in rows] == [
        "0 CAR: 1, 1 pcs",
        "1 WHEEL: 4, 4 pcs",
        "2 BOLT: 5, 20 pcs",
        "1 DOOR: 2, 2 pcs",
        "2 BOLT: 4, 8 pcs",
        "2 PAINT: 1/2, 1 kg",
        "1 BOLT: 1, 1 pcs",
    ]
    assert rows[2] == ExplosionRow(2, "BOLT", Fraction(5), Fraction(20), "pcs", ("CAR", "WHEEL", "BOLT"))


def test_totals_add_up_over_all_paths() -> None:
    assert totals(CAR.on_day()) == {"CAR": 1, "WHEEL": 4, "DOOR": 2, "BOLT": 29, "PAINT": 1}
    assert next(iter(totals(CAR.on_day()))) == "CAR"


def test_another_product_explodes_alone() -> None:
    assert totals(CAR.on_day(product="DOOR")) == {"DOOR": 1, "BOLT": 4, "PAINT": Fraction(1, 2)}


def test_an_explosion_stops_at_its_limit() -> None:
    assert len(explode(CAR.on_day(), most=7)) == 7
    with pytest.raises(UsageError) as caught:
        explode(CAR.on_day(), most=6)
    (problem,) = caught.value.problems
    assert problem.code == "explosion-too-large"
    assert problem.message == "the indented bill would have 7 rows, more than 6"
    assert "totals()" in problem.remedy


def diamonds(levels: int) -> Bom:
    """Each level takes a left and a right part, 2 and 1 of them, and both take one of the next level."""
    ids, uses = ["N0"], []
    for level in range(levels):
        top, left, right, bottom = f"N{level}", f"L{level}", f"R{level}", f"N{level + 1}"
        ids += [left, right, bottom]
        uses += [use(top, left, "2"), use(top, right), use(left, bottom), use(right, bottom)]
    return read(plain_parts(ids), uses)


def test_a_bill_of_sixty_diamonds_is_counted_and_not_walked() -> None:
    day = diamonds(60).on_day()
    counts = {day.parts[number].id: count for number, count in day.path_counts.items()}
    assert counts["N60"] == 1152921504606846976  # 2 to the 60th
    assert (counts["N0"], counts["L0"], counts["N1"], counts["R7"]) == (1, 1, 2, 128)
    quantities = totals(day)
    assert quantities["N60"] == 42391158275216203514294433201  # 3 to the 60th
    assert [quantities[id_] for id_ in ("L1", "R1", "N2")] == [6, 3, 9]


def test_a_bill_of_sixty_diamonds_is_not_exploded() -> None:
    with pytest.raises(UsageError) as caught:
        explode(diamonds(60).on_day())
    assert caught.value.code == "explosion-too-large"
    # N0 to N60: 2^61 - 1 rows; left and right: 2 (2^60 - 1)
    assert "4611686018427387901 rows" in str(caught.value)


def test_some_paths_of_very_many_are_found() -> None:
    day = diamonds(60).on_day()
    paths = day.paths(day.bom.graph.index_of("N60"), 10)
    assert len({tuple(path) for path in paths}) == 10
    assert all(path[0] == "N0" and path[-1] == "N60" and len(path) == 121 for path in paths)


@some
@given(bills())
def test_rows_add_up_to_the_totals_and_are_as_many_as_counted(document: Document) -> None:
    day = Bom.from_dict(document).on_day()
    rows = explode(day)
    sums: dict[str, Fraction] = {}
    for row in rows:
        sums[row.part] = sums.get(row.part, Fraction(0)) + row.total
    assert totals(day) == sums
    assert {day.parts[number].id: count for number, count in day.path_counts.items()} == Counter(
        row.part for row in rows
    )


@some
@given(bills())
def test_each_row_stands_under_the_path_it_names(document: Document) -> None:
    rows = explode(Bom.from_dict(document).on_day())
    by_path = {row.path: row for row in rows}
    assert len(by_path) == len(rows)
    for row in rows[1:]:
        assert row.total == by_path[row.path[:-1]].total * row.quantity
        assert (row.level, row.part) == (len(row.path) - 1, row.path[-1])
