"""Ticks and prices under Local and Import say where a part comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import problems, read, text

import tkdn


def origins(path: Path) -> dict[str, str | None]:
    return {part.id: part.made_in for part in read(path, product="X").bom.parts if part.id != "X"}


@pytest.mark.parametrize(("local", "imported"), [("Lokal", "Impor"), ("KDN", "KLN"), ("Local", "Import"), ("DN", "LN")])
@pytest.mark.parametrize("tick", ["v", "V", "x", "✓", "ya", "1"])
def test_ticks(tmp_path: Path, local: str, imported: str, tick: str) -> None:
    path = text(tmp_path, f"No;Kode;Jumlah;{local};{imported}", f"1;A;1;{tick};", f"2;B;2;;{tick}", "3;C;1;;")
    assert origins(path) == {"A": "ID", "B": "XX", "C": None}


@pytest.mark.parametrize(("ours", "theirs"), [("v", "v"), ("60%", "40%"), ("60", "40")])
def test_both_ticked_leaves_the_origin_open_and_says_so(tmp_path: Path, ours: str, theirs: str) -> None:
    path = text(tmp_path, "No;Kode;Jumlah;Lokal;Impor", f"1;A;1;{ours};{theirs}", "2;B;1;100%;")
    assert origins(path) == {"A": None, "B": "ID"}
    report = tkdn.read_list(path, product="X").report
    assert report is not None
    assert [note.message_in() for note in report.notes if note.code == "origin-both"] == [
        "rows 2 are ticked as local and as imported, so their origin is left open"
    ]


def test_one_such_column_alone_says_nothing_of_origin(tmp_path: Path) -> None:
    assert origins(text(tmp_path, "No;Kode;Jumlah;Impor", "1;A;1;v", "2;B;2;")) == {"A": None, "B": None}


PRICED = "No;Kode;Jumlah;Harga Lokal (Rp);Harga Impor (Rp)"


def test_two_price_columns_say_origin_and_price(tmp_path: Path) -> None:
    path = text(tmp_path, PRICED, "1;A;1;1000000;", "2;B;1;;3000000")
    assert origins(path) == {"A": "ID", "B": "XX"}
    assert tkdn.unit_costs(read(path, product="X").bom.on_day("2026-06-01"))["X"] == 4_000_000


def test_both_prices_on_one_line_are_an_error(tmp_path: Path) -> None:
    found = problems(text(tmp_path, PRICED, "1;A;1;1000000;3000000"), product="X")
    assert {code for code, *_ in found} == {"origin-unclear"}


def test_a_dash_or_nothing_next_to_a_price_is_no_second_price(tmp_path: Path) -> None:
    path = text(tmp_path, PRICED, "1;A;1;1000000;-", "2;B;1;0;3000000", "3;C;1;-;-")
    assert origins(path) == {"A": "ID", "B": "XX", "C": None}  # an error in each row before
    assert tkdn.unit_costs(read(path, product="X").bom.on_day("2026-06-01"))["B"] == 3_000_000


def test_two_prices_are_one_error_not_two(tmp_path: Path) -> None:
    found = problems(text(tmp_path, PRICED, "1;A;1;1000000;3000000", "2;B;1;5;"), product="X")
    assert [code for code, *_ in found] == ["origin-unclear"]


@pytest.mark.parametrize(("local", "imported"), [("Lokal", "Impor"), ("KDN", "KLN"), ("Local", "Import"), ("DN", "LN")])
def test_amounts_below_headings_for_ticks_are_prices_and_are_not_lost(
    tmp_path: Path, local: str, imported: str
) -> None:
    path = text(tmp_path, f"No;Kode;Jumlah;{local};{imported}", "1;A;1;1000000;", "2;B;2;0;3000000")
    reading = tkdn.read_list(path, product="X", currency="IDR")
    assert [(each.code, each.suggestion) for each in reading.questions] == [("price-basis", None)]  # lost before
    bom = read(path, product="X", currency="IDR", price_basis="unit").bom
    assert tkdn.unit_costs(bom.on_day("2026-06-01"))["X"] == 7_000_000
    assert {part.id: part.made_in for part in bom.parts if part.id != "X"} == {"A": "ID", "B": "XX"}


@pytest.mark.parametrize(
    ("total", "expected", "said"), [("7000000", 7_000_000, "unit"), ("4000000", 4_000_000, "line")]
)
def test_a_total_settles_what_such_prices_are_for(tmp_path: Path, total: str, expected: int, said: str) -> None:
    lines = ("1;A;1;1000000;;1000000", "2;B;2;;3000000;", f";Total;;;;{total}")
    reading = read(text(tmp_path, "No;Kode;Jumlah;KDN;KLN;Harga Total", *lines), product="X", currency="IDR")
    assert tkdn.unit_costs(reading.bom.on_day("2026-06-01"))["X"] == expected
    assert reading.understood is not None
    assert f"prices-of-{said}s" in {note.code for note in reading.understood.notes}


@pytest.mark.parametrize(("ours", "theirs"), [("100", "0"), ("100%", ""), ("100%", "0%"), ("1", "0")])
def test_shares_of_all_are_ticks(tmp_path: Path, ours: str, theirs: str) -> None:
    path = text(tmp_path, "No;Kode;Jumlah;KDN;KLN", f"1;A;1;{ours};{theirs}", f"2;B;1;{theirs};{ours}")
    assert origins(path) == {"A": "ID", "B": "XX"}


def test_amounts_next_to_a_price_say_origin_only(tmp_path: Path) -> None:
    lines = ("1;A;2;20000;40000;0", "2;B;3;10000;0;30000")
    path = text(tmp_path, "No;Kode;Jumlah;Harga Satuan (Rp);KDN;KLN", *lines)
    assert origins(path) == {"A": "ID", "B": "XX"}
    assert tkdn.unit_costs(read(path, product="X").bom.on_day("2026-06-01"))["X"] == 70_000
