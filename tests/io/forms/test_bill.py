"""A bill out of filled forms: parts, cost lines and capacity; what a form does not say is noted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.io.forms import build

from tkdn import Bom, assess, read_bom
from tkdn.io import read_with
from tkdn.io.import_report import ReadBill
from tkdn.io.options import ReadOptions


def reading(tmp_path: Path, **sheets: list[list[object]]) -> ReadBill:
    return read_with(build.write(tmp_path / "form.xlsx", **sheets), ReadOptions())


@pytest.fixture
def whole(tmp_path: Path) -> ReadBill:
    return reading(
        tmp_path, **{"1.1": build.material(), "1.3": build.labour(), "1.6": build.machines(), "1.9": build.recap()}
    )


def test_the_product_with_its_costs(whole: ReadBill) -> None:
    product = whole.bom.parts[0]
    assert (product.id, product.made_in, product.spec) == ("Meja kerja baja (synthetic)", "ID", "1200 x 700 mm")
    assert product.production is not None
    assert product.production.normal_capacity == 200
    labour, machine = product.production.costs
    assert (labour.kind, labour.citizenship, labour.allocation) == ("labour", "ID", Decimal("0.5"))
    assert labour.number == 4
    assert (machine.kind, machine.made_in, machine.owner) == ("machine_owned", "JP", "domestic")
    assert machine.monthly.amount == 600_000


def test_the_material_with_origin_price_and_quantity(whole: ReadBill) -> None:
    parts = {each.id: each for each in whole.bom.parts}
    assert (parts["Roda"].made_in, parts["Roda"].supplier) == ("CN", "Importir (synthetic)")
    assert [(use.part, use.quantity) for use in whole.bom.uses] == [
        ("Pelat baja", Decimal("0.2")),
        ("Pipa", Decimal(2)),
        ("Roda", Decimal(4)),
    ]
    assert parts["Pipa"].unit == "m"


def test_a_tkdn_without_a_certificate_is_noted_and_not_taken(whole: ReadBill) -> None:
    assert whole.understood is not None
    assert whole.understood.kind == "formulir-16-2011"
    notes = [note.message_in() for note in whole.understood.notes if note.code == "form-tkdn"]
    assert notes[0].startswith("Pelat baja is counted at 58.64% without naming a certificate")
    assert len(notes) == 2
    assert not any(each.certificates for each in whole.bom.parts)


def test_errors_of_the_form_are_noted_with_their_cells(tmp_path: Path) -> None:
    rows = [list(row) for row in build.ROWS]
    rows[0][9], rows[0][11] = 59_640, 101_804
    understood = reading(tmp_path, form=build.material(rows)).understood
    assert understood is not None
    notes = [note for note in understood.notes if note.code == "form-differs"]
    assert str(notes[0].place) == "form.xlsx, sheet form, row 11, column KDN"
    assert "59,640" in notes[0].message_in()


def test_a_country_or_owner_that_is_not_named_is_noted(tmp_path: Path) -> None:
    rows = [list(row) for row in build.ROWS]
    rows[2][4] = "Atlantis"
    machines = build.machines()
    machines[9][5] = "bersama"
    understood = reading(tmp_path, a=build.material(rows), b=machines).understood
    assert understood is not None
    codes = [note.code for note in understood.notes]
    assert "form-country" in codes
    assert "form-owner" in codes


def test_forms_can_be_assessed_once_their_certificates_are_there(tmp_path: Path) -> None:
    path = build.write(
        tmp_path / "form.xlsx", **{"1.1": build.material(), "1.3": build.labour(), "1.6": build.machines()}
    )
    bom = read_bom(path)
    data = bom.to_dict()
    for record, tkdn in zip(data["parts"][1:3], ("58.64", "40"), strict=True):
        record["certificates"] = [{"number": f"synthetic-{tkdn}", "tkdn": tkdn, "issued": "2024-01-01"}]
    assessment = assess(Bom.from_dict(data), on="2025-06-01", regulation="permenperin-16-2011")
    assert assessment.status == "complete"
    # 82,640 of material, 40,000 of labour, 2,250 of 3,000 of the machine, in 303,000 rupiah.
    assert assessment.exact is not None
    assert round(assessment.exact, 2) == round(Decimal(124_890) / 303_000 * 100, 2)
