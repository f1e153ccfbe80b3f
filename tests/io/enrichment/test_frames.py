"""Data frames beside a bill: as an enrichment and as a list of certificates."""

from __future__ import annotations

from typing import Any

import pandas
import polars
import pyarrow
import pytest
from tests.support.build import bill, firm, good, home, part

from tkdn import Bom, UsageError, enrich, match_certificates

CART = Bom.from_dict(
    bill(
        good("CART"),
        home("WHEEL", 5, name="Roda", maker="S-1"),
        part("FRAME"),
        uses={"CART": "WHEEL FRAME"},
        suppliers=[firm("S-1", name="PT Roda Jaya")],
    )
)
BUILD = [pandas.DataFrame, polars.DataFrame, pyarrow.table]


@pytest.mark.parametrize("build", BUILD)
def test_a_frame_enriches_a_bill(build: Any) -> None:
    frame = build({"Kode Barang": ["FRAME", "TYRE"], "Harga": ["Rp 980.500,50", None], "Rak": ["A", None]})
    found = enrich(CART, frame)
    assert [(each.field, each.value) for each in found.added] == [("price", "980500.50 IDR")]
    assert (found.left_out, [str(row.place) for row in found.unmatched]) == (
        ("Rak",),
        ["frame enrichment, row 2, column Kode Barang"],
    )


@pytest.mark.parametrize("build", BUILD)
def test_a_frame_of_certificates(build: Any) -> None:
    frame = build(
        {
            "Nomor Sertifikat": ["9/2025"],
            "Nama Perusahaan": ["PT Roda Jaya"],
            "Nama Produk": ["Roda"],
            "TKDN": [55.5],
            "Tanggal Terbit": ["2025-03-01"],
        }
    )
    (found,) = match_certificates(CART, frame).proposals
    assert (found.part, found.grade, str(found.certificate.tkdn)) == ("WHEEL", "probable", "55.5")


@pytest.mark.parametrize("source", [["FRAME"], 5, None])
def test_what_is_no_source_is_refused(source: Any) -> None:
    for call in (enrich, match_certificates):
        with pytest.raises(UsageError) as caught:
            call(CART, source)
        assert caught.value.code == "frame-unknown"
