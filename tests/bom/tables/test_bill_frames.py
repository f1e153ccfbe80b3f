"""Data frames of three libraries: read like the CSV folder, written exactly, and back without loss."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import nasty_documents
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


@some
@given(document=bills.bills(), backend=st.sampled_from(BACKENDS))
def test_a_round_trip_is_exact(document: dict[str, Any], backend: str) -> None:
    bom = Bom.from_dict(document)
    frames = bom.to_frames(backend)
    product = frames.pop("product")
    again = Bom.from_frames(**frames, product=bom.product, date=bom.date)
    assert again == bom
    assert len(product) == 1


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/p*.json")), ids=lambda path: path.stem)
def test_the_examples_survive_frames(path: Any, backend: str) -> None:
    bom = read_bom(path)
    frames = bom.to_frames(backend)
    frames.pop("product")
    assert Bom.from_frames(**frames, product=bom.product, date=bom.date) == bom


def test_headings_may_be_indonesian() -> None:
    parts = pd.DataFrame({"Nomor Bagian": ["CART", "WHEEL"], "Negara Asal": ["ID", "CN"]})
    assert [part.made_in for part in Bom.from_frames(parts, pd.DataFrame(USES)).parts] == ["ID", "CN"]


def test_every_kind_of_nothing_is_missing() -> None:
    parts = pd.DataFrame({"id": ["CART", "A", "B", "C", "D"], "made_in": [None, float("nan"), pd.NA, pd.NaT, " "]})
    uses = pd.DataFrame({"parent": ["CART"] * 4, "part": ["A", "B", "C", "D"], "quantity": [1, 2, 3, 4]})
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


@some
@given(document=nasty_documents(), backend=st.sampled_from(BACKENDS))
def test_nasty_and_empty_texts_come_back(document: dict[str, Any], backend: str) -> None:
    bom = Bom.from_dict(document)
    frames = bom.to_frames(backend)
    frames.pop("product")
    assert Bom.from_frames(**frames, product=bom.product, date=bom.date, currency=bom.currency) == bom


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"id": ["CART", "WHEEL"], "price": np.array([np.nan, 0.1], dtype="float32")}),
        pd.DataFrame({"id": ["CART", "WHEEL"], "price": [None, np.float32(0.1)]}, dtype=object),
        pl.DataFrame({"id": ["CART", "WHEEL"], "price": pl.Series([None, 0.1], dtype=pl.Float32)}),
        pa.table({"id": ["CART", "WHEEL"], "price": pa.array([None, 0.1], pa.float32())}),
    ],
    ids=["pandas", "numpy", "polars", "pyarrow"],
)
def test_a_float_of_32_bits_counts_as_it_prints(frame: Any) -> None:
    price = Bom.from_frames(frame, pd.DataFrame(USES)).parts[1].price
    assert price is not None
    assert price.amount == Decimal("0.1")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (pd.DataFrame([["CART", "a", "b"]], columns=["id", "name", "name"]), "duplicate-column"),
        (pd.DataFrame({"id": ["CART"], 0: [1]}), "unknown-column"),
        (pd.DataFrame([["CART", 1]], columns=pd.MultiIndex.from_tuples([("id", ""), ("x", "y")])), "unknown-column"),
        (pd.DataFrame({"id": ["CART"], "name": [np.array([1, 2])]}), "wrong-type"),
        (pd.DataFrame({"id": ["CART"], "price": [np.array([1, 2])]}), "number-invalid"),
    ],
    ids=["twice", "number as name", "two headings", "array as text", "array as number"],
)
def test_odd_frames_end_in_our_errors(frame: Any, code: str) -> None:
    with pytest.raises(BomError) as caught:
        Bom.from_frames(frame, pd.DataFrame({"parent": [], "part": [], "quantity": []}))
    assert caught.value.code == code
    assert caught.value.problems[0].place.file == "frame parts"


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


@pytest.mark.parametrize("backend", ["polars", "pyarrow"])
def test_numbers_of_different_scale_come_back_as_they_were(backend: str) -> None:
    """A decimal column has one scale: the zeros that it puts behind a number are taken off again."""
    prices = ("2.5", "0.00000123", "1000000", "12345678901234567890")
    parts = [home(f"P{order}", price) for order, price in enumerate(prices)]
    bom = Bom.from_dict(bill(good(), *parts, uses={"GOOD": "P0 P1 P2 P3"}))
    frames = bom.to_frames(backend)
    frames.pop("product")
    again = Bom.from_frames(**frames, product=bom.product, date=bom.date)
    assert tuple(str(part.price.amount) for part in again.parts[1:] if part.price) == prices
