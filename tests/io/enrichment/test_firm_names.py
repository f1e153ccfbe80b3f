"""A firm of a second file whose name a firm of the bill has is that firm; where that is not clear, it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.build import bill, firm, good, home, part

from tkdn import Bom, BomError, Enrichment, enrich

Rows = dict[str, dict[str, Any]]


def cart(*suppliers: dict[str, Any], **frame: Any) -> Bom:
    parts = good("CART"), home("FRAME", 5, **frame), part("WHEEL", 5)
    return Bom.from_dict(bill(*parts, uses={"CART": "FRAME WHEEL"}, suppliers=suppliers))


def firms(found: Enrichment) -> dict[str, tuple[str | None, str | None]]:
    return {each.id: (each.name, each.scale) for each in found.bom.suppliers}


def code(bom: Bom, rows: Rows) -> str:
    with pytest.raises(BomError) as caught:
        enrich(bom, rows)
    assert "write the id" in caught.value.problems[0].remedy
    return caught.value.code


NAMED = cart(firm("UD Kayu Subang", None), maker="UD Kayu Subang")


@pytest.mark.parametrize("name", ["UD Kayu Subang", "U.D. KAYU SUBANG", "Kayu Subang"])
def test_a_firm_of_the_same_name_is_the_same_and_told(name: str) -> None:
    rows = {"FRAME": {"supplier": "S-3", "supplier_name": name, "supplier_scale": "micro"}}
    found = enrich(NAMED, rows)
    assert firms(found) == {"UD Kayu Subang": (name, "micro")}
    assert (found.bom.parts[1].supplier, found.bom.parts[1].made_by) == ("UD Kayu Subang", "UD Kayu Subang")
    (same,) = found.same_firms
    assert (same.written, same.supplier, same.name) == ("S-3", "UD Kayu Subang", name)
    assert f"S-3 ({name}) is UD Kayu Subang (the mapping, row 1, column supplier)" in found.to_text()
    assert found.to_dict()["same_firms"][0]["written"] == "S-3"


def test_what_the_firm_is_decides_the_size_of_the_maker() -> None:
    rows = {"FRAME": {"supplier": "S-3", "supplier_name": "UD Kayu Subang", "supplier_licence": False}}
    assert enrich(NAMED, rows).bom.suppliers[0].industrial_licence is False


def test_another_legal_form_is_another_firm() -> None:
    found = enrich(NAMED, {"WHEEL": {"supplier": "S-3", "supplier_name": "CV Kayu Subang"}})
    assert set(firms(found)) == {"UD Kayu Subang", "S-3"}
    assert found.same_firms == ()


def test_a_name_without_an_id_is_the_firm_of_that_name() -> None:
    bom = cart(firm("S-1", name="PT Roda Jaya"))
    found = enrich(bom, {"WHEEL": {"Manufacturer": "Roda Jaya, PT"}, "FRAME": {"supplier_name": "PT Roda Jaya"}})
    assert (found.bom.parts[2].maker, found.bom.parts[1].supplier, len(found.bom.suppliers)) == ("S-1", "S-1", 1)


def test_a_name_without_an_id_is_a_new_firm_of_that_name() -> None:
    found = enrich(cart(), {"WHEEL": {"supplier_name": "PT Baru", "supplier_scale": "large"}})
    assert (found.bom.parts[2].supplier, firms(found)) == ("PT Baru", {"PT Baru": ("PT Baru", "large")})


def test_an_id_without_a_name_gets_it() -> None:
    bom = cart(firm("S-1"), supplier="S-1")
    assert firms(enrich(bom, {"FRAME": {"supplier_name": "PT Baru"}})) == {"S-1": ("PT Baru", "small")}


def test_within_the_file_a_name_is_the_id_that_bears_it() -> None:
    rows = {"WHEEL": {"supplier": "S-9", "supplier_name": "PT Baru"}, "FRAME": {"maker": "PT Baru"}}
    found = enrich(cart(), rows)
    assert (found.bom.parts[1].maker, firms(found)) == ("S-9", {"S-9": ("PT Baru", None)})


@pytest.mark.parametrize(
    ("bom", "rows"),
    [
        (
            cart(firm("S-1", name="UD Kayu"), firm("S-2", name="CV Kayu")),
            {"WHEEL": {"supplier": "S-3", "supplier_name": "Kayu"}},
        ),
        (
            cart(),
            {
                "WHEEL": {"supplier": "S-3", "supplier_name": "UD Kayu"},
                "FRAME": {"maker": "S-4", "maker_name": "UD Kayu"},
            },
        ),
        (
            cart(firm("S-1"), firm("S-2", name="UD Kayu"), supplier="S-1"),
            {"FRAME": {"supplier": "S-1", "supplier_name": "UD Kayu"}},
        ),
    ],
)
def test_a_name_of_several_firms_is_asked_about(bom: Bom, rows: Rows) -> None:
    assert code(bom, rows) == "firm-ambiguous"


def test_another_spelling_of_a_name_is_kept_and_told() -> None:
    bom = cart(firm("S-1", name="UD Kayu"), supplier="S-1")
    found = enrich(bom, {"FRAME": {"supplier": "S-1", "supplier_name": "KAYU, U.D."}})
    assert [(each.bill, each.file, each.taken) for each in found.conflicts] == [("UD Kayu", "KAYU, U.D.", "bill")]


def test_another_name_of_a_firm_is_a_conflict() -> None:
    bom = cart(firm("S-1", name="UD Kayu"), supplier="S-1")
    with pytest.raises(BomError) as caught:
        enrich(bom, {"FRAME": {"supplier": "S-1", "supplier_name": "PT Baja"}})
    assert caught.value.code == "enrichment-conflict"


def test_a_maker_that_is_not_named_is_the_seller() -> None:
    bom = cart(firm("S-1", None), supplier="S-1")
    assert firms(enrich(bom, {"FRAME": {"maker_scale": "large"}})) == {"S-1": (None, "large")}
