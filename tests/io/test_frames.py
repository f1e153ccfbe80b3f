"""Data frames of three libraries: read like the CSV folder, written exactly, and back without loss."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.full import FULL, nasty_documents, same
from tests.properties.settings import some
from tests.support import bills
from tests.support.build import EXAMPLES, abroad, assessed, bill, cert, good, home

from tkdn import Bom, BomError, MissingExtraError, UsageError, assess, compare, lift, read_bom

BACKENDS = ["pandas", "polars", "pyarrow"]
MAKERS: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
PARTS = {"id": ["CART", "WHEEL"], "price": [None, 150000.5], "made_in": ["ID", "ID"]}
USES = {"parent": ["CART"], "part": ["WHEEL"], "quantity": [2]}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_bill_from_frames(backend: str) -> None:
    make = MAKERS[backend]
    bom = Bom.from_frames(make(PARTS), make(USES), date="2026-06-01", currency="IDR")
    assert bom.product == "CART"
    assert bom.parts[0].price is None
    assert bom.parts[1].price is not None
    assert bom.parts[1].price.amount == Decimal("150000.5")
    assert str(bom.date) == "2026-06-01"


def assert_comes_back(bom: Bom, backend: str) -> None:
    """Exactly; a column of decimals has one scale in polars and pyarrow, so 2.5 may come back as 2.50."""
    again = Bom.from_frames(**bom.to_frames(backend))
    assert again == bom
    assert backend != "pandas" or same(again, bom)


@some
@given(document=bills.bills(), backend=st.sampled_from(BACKENDS))
def test_a_round_trip_is_exact(document: dict[str, Any], backend: str) -> None:
    bom = Bom.from_dict(document)
    assert_comes_back(bom, backend)


@some
@given(document=nasty_documents(), backend=st.sampled_from(BACKENDS))
def test_any_text_comes_back(document: dict[str, Any], backend: str) -> None:
    bom = Bom.from_dict(document)
    assert_comes_back(bom, backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_field_comes_back(backend: str) -> None:
    bom = Bom.from_dict(FULL)
    assert_comes_back(bom, backend)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/p*.json")), ids=lambda path: path.stem)
def test_the_examples_survive_frames(path: Any, backend: str) -> None:
    bom = read_bom(path)
    assert_comes_back(bom, backend)


def test_product_date_and_currency_may_be_arguments() -> None:
    bom = read_bom(EXAMPLES / "pump" / "pump.json")
    frames = bom.to_frames()
    del frames["product"]
    assert Bom.from_frames(**frames, product=bom.product, date=bom.date, currency=bom.currency) == bom


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_float_of_32_bits_is_what_it_prints_as(backend: str) -> None:
    price: Any = {
        "pandas": pd.Series([None, 0.1], dtype="float32"),
        "polars": pl.Series([None, 0.1], dtype=pl.Float32),
        "pyarrow": pa.array([None, 0.1], pa.float32()),
    }[backend]
    make = MAKERS[backend]
    part = Bom.from_frames(make({"id": ["CART", "WHEEL"], "price": price}), make(USES)).parts[1]
    assert part.price is not None
    assert str(part.price.amount) == "0.1"


def test_two_columns_of_one_name_are_refused() -> None:
    parts = pd.DataFrame([["CART", "x"], ["WHEEL", "y"]], columns=["id", "id"])
    with pytest.raises(BomError) as caught:
        Bom.from_frames(parts, pd.DataFrame(USES))
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("duplicate-column", "frame parts")
    ]


def test_a_column_whose_name_is_no_text_is_told() -> None:
    parts = pd.DataFrame([["CART", "x"], ["WHEEL", "y"]], columns=["id", 0])
    with pytest.raises(BomError) as caught:
        Bom.from_frames(parts, pd.DataFrame(USES))
    assert [(each.code, str(each.place)) for each in caught.value.problems] == [
        ("unknown-column", "frame parts, column 0")
    ]


@pytest.mark.parametrize("id_", [1.0e20, 1.5, ["A"], b"A", True])
def test_an_id_that_is_no_text_is_refused(id_: object) -> None:
    parts = pd.DataFrame({"id": ["CART", id_]})
    with pytest.raises(BomError) as caught:
        Bom.from_frames(parts, pd.DataFrame({"parent": [], "part": [], "quantity": []}), product="CART")
    assert ("id-not-text", "frame parts, row 2, column id") in [
        (problem.code, str(problem.place)) for problem in caught.value.problems
    ]


def test_headings_may_be_indonesian() -> None:
    parts = pd.DataFrame({"Nomor Bagian": ["CART", "WHEEL"], "Negara Asal": ["ID", "CN"]})
    assert [part.made_in for part in Bom.from_frames(parts, pd.DataFrame(USES)).parts] == ["ID", "CN"]


def test_every_kind_of_nothing_is_missing() -> None:
    parts = pd.DataFrame(
        {"id": ["CART", "A", "B", "C", "D", "E"], "made_in": [None, float("nan"), pd.NA, pd.NaT, " ", Decimal("sNaN")]}
    )
    uses = pd.DataFrame({"parent": ["CART"] * 5, "part": ["A", "B", "C", "D", "E"], "quantity": [1, 2, 3, 4, 5]})
    assert {part.made_in for part in Bom.from_frames(parts, uses).parts} == {None}


def test_problems_name_frame_row_and_column_all_at_once() -> None:
    parts = pd.DataFrame({"id": ["CART", "WHEEL"], "price": [None, -1], "made_in": ["ID", "Atlantis"]})
    uses = pd.DataFrame({"parent": ["CART", "CART"], "part": ["WHEEL", "AXLE"], "quantity": ["two", 1]})
    with pytest.raises(BomError) as caught:
        Bom.from_frames(parts, uses)
    assert {(problem.code, str(problem.place)) for problem in caught.value.problems} == {
        ("number-not-positive", "frame parts, row 2, column price"),
        ("country-unknown", "frame parts, row 2, column made_in"),
        ("number-invalid", "frame uses, row 1, column quantity"),
        ("unknown-part", "frame uses, row 2, column part"),
    }


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        Bom.from_frames([{"id": "CART"}], pd.DataFrame(USES))
    assert caught.value.code == "frame-unknown"


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        read_bom(EXAMPLES / "pump" / "pump.json").to_frames("panda")
    assert caught.value.code == "backend-unknown"
    assert "pandas" in caught.value.problems[0].remedy


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)
    with pytest.raises(MissingExtraError, match=r"tkdn\[frames\]"):
        Bom.from_frames(pd.DataFrame(PARTS), pd.DataFrame(USES))


def test_without_the_backend_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match="a frame of polars needs"):
        read_bom(EXAMPLES / "pump" / "pump.json").to_frames("polars")


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_assessment_as_a_frame_says_what_its_data_say(backend: str) -> None:
    assessment = assess(read_bom(EXAMPLES / "pump" / "pump.json"))
    frame = assessment.to_frame(backend)
    assert isinstance(frame, MAKERS[backend] if backend != "pyarrow" else pa.Table)
    rows = frame.to_dict("records") if backend == "pandas" else pa.table(frame).to_pylist()
    for row, told in zip(rows, assessment.to_dict()["components"], strict=True):
        assert row["part"] == told["part"]
        for key in ("credited", "cost", "share", "points"):
            assert row[key] == (None if told[key] is None else Decimal(told[key])), key


@pytest.mark.parametrize("backend", BACKENDS)
def test_lift_and_comparison_as_frames(backend: str) -> None:
    bom = read_bom(EXAMPLES / "rural-pickup" / "pickup.json")
    found = lift(assess(bom))
    assert len(found.to_frame(backend)) == len(found.rows)
    assert len(lift(assess(bom), by="region").to_frame(backend)) > 1
    change = compare(assess(bom, on="2026-03-15"), assess(bom))
    assert len(change.to_frame(backend)) == len(change.components)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_lift_of_nothing_is_an_empty_frame(backend: str) -> None:
    bom = bill(good(), home("FRAME", 750, certificates=[cert(50)]), abroad("MOTOR", 250), uses={"GOOD": "FRAME MOTOR"})
    assert len(lift(assessed(bom)).to_frame(backend)) == 0
