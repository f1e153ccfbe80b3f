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


def test_both_ticked_is_an_error_with_its_row(tmp_path: Path) -> None:
    assert [code for code, *_ in problems(text(tmp_path, "No;Kode;Jumlah;Lokal;Impor", "1;A;1;v;v"), product="X")] == [
        "origin-unclear"
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
