"""CycloneDX: what is written is valid and comes back exactly; what other programs write is read where it says enough."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom as LibraryBom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.output.json import JsonV1Dot6, JsonV1Dot7
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import FULL, Document, damaged, files_with_problems, found, nasty_documents, same
from tests.properties.settings import full, some
from tests.support.bills import bills
from tests.support.build import EXAMPLES

from tkdn import Bom, BomError, UsageError, read_bom, write_bom
from tkdn.bom.cyclonedx.cyclonedx_reading import from_cyclonedx
from tkdn.bom.cyclonedx.cyclonedx_writing import VERSIONS, cyclonedx_text, to_cyclonedx

BILLS = [path for path in sorted(EXAMPLES.glob("*/*.json")) if '"tkdn-bom"' in path.read_text("utf-8")]
SCHEMAS = {"1.6": SchemaVersion.V1_6, "1.7": SchemaVersion.V1_7}
QUANTITY = "cdx:device:quantity"
SMALL: Document = {
    "format": "tkdn-bom",
    "version": 1,
    "product": "CART",
    "parts": [{"id": "CART", "made_in": "ID"}, {"id": "WHEEL", "name": "Wheel", "supplier": "S-1"}, {"id": "AXLE"}],
    "uses": [
        {"parent": "CART", "part": "WHEEL", "quantity": "2"},
        {"parent": "CART", "part": "AXLE", "quantity": "1"},
    ],
    "suppliers": [{"id": "S-1", "name": "CV Roda"}],
}


def again(bom: Bom, version: str = "1.6") -> Bom:
    return from_cyclonedx(Bom, json.loads(cyclonedx_text(bom, version)))


def changed(change: Callable[[Document], object], document: Document = SMALL) -> Document:
    """The document of a bill, with a change."""
    written = to_cyclonedx(Bom.from_dict(document))
    change(written)
    return written


def saved(path: Path, document: Document) -> Path:
    file = path / "bill.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def component(id_: str, quantity: str | None = None, **more: Any) -> Document:
    """A component as another program writes it."""
    stated = [] if quantity is None else [{"name": QUANTITY, "value": quantity}]
    return {"type": "device", "bom-ref": id_, "name": id_, "properties": stated, **more}


def foreign(*components: Document, **more: Any) -> Document:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": component("CART")},
        "components": [*components],
        **more,
    }


def uses(bom: Bom) -> list[tuple[str, str, str]]:
    return [(use.parent, use.part, str(use.quantity)) for use in bom.uses]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", BILLS, ids=lambda path: path.stem)
def test_examples_come_back_and_are_valid(path: Path, version: str) -> None:
    bom = read_bom(path)
    assert JsonStrictValidator(SCHEMAS[version]).validate_str(cyclonedx_text(bom, version)) is None
    assert same(again(bom, version), bom)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_field_comes_back_and_is_valid(version: str) -> None:
    bom = Bom.from_dict(FULL)
    assert JsonStrictValidator(SCHEMAS[version]).validate_str(cyclonedx_text(bom, version)) is None
    assert same(again(bom, version), bom)


@some
@given(bills(), st.sampled_from(VERSIONS))
def test_random_bills_come_back(document: Document, version: str) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom, version), bom)


@full
@given(nasty_documents())
def test_any_text_comes_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


@pytest.mark.parametrize("text", ["true", "false", "{}", "[]", '"', '"quoted"', "null", "1.50", "tkdn:name", "WHEEL"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    part = {"id": "WHEEL", "name": text, "spec": text, "group": text}
    bom = Bom.from_dict({**SMALL, "parts": [SMALL["parts"][0], part, SMALL["parts"][2]]})
    assert same(again(bom), bom)


def test_what_other_programs_read_is_there() -> None:
    document = to_cyclonedx(Bom.from_dict(SMALL))
    wheel = document["components"][0]
    assert (wheel["type"], wheel["bom-ref"], wheel["name"]) == ("device", "WHEEL", "Wheel")
    assert wheel["supplier"] == {"name": "CV Roda"}
    assert {"name": QUANTITY, "value": "2"} in wheel["properties"]
    assert document["dependencies"][0] == {"ref": "CART", "dependsOn": ["WHEEL", "AXLE"]}


def test_a_part_of_two_assemblies_states_no_one_quantity() -> None:
    more = [*SMALL["uses"], {"parent": "AXLE", "part": "WHEEL", "quantity": "2"}]
    document = to_cyclonedx(Bom.from_dict({**SMALL, "uses": more}))
    assert QUANTITY not in [each["name"] for each in document["components"][0]["properties"]]


def test_a_quantity_in_another_unit_than_the_parts_is_not_stated_without_it() -> None:
    parts = [{"id": "CART"}, {"id": "CABLE", "unit": "m"}]
    use = {"parent": "CART", "part": "CABLE", "quantity": "150", "unit": "cm"}
    document = to_cyclonedx(Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": parts, "uses": [use]}))
    assert document["components"][0]["properties"] == [{"name": "tkdn:unit", "value": "m"}]


def test_files_are_told_by_their_content(tmp_path: Path) -> None:
    bom = Bom.from_dict(FULL)
    write_bom(bom, tmp_path / "bill.cdx.json")
    (tmp_path / "bill.cdx.json").rename(tmp_path / "any.json")
    assert same(read_bom(tmp_path / "any.json"), bom)
    assert read_bom(tmp_path / "any.json", product="AXLE").product == "AXLE"


def test_another_version_is_not_written() -> None:
    with pytest.raises(UsageError) as caught:
        Bom.from_dict(SMALL).to_cyclonedx("1.4")
    assert caught.value.code == "option-invalid"


# What other programs write


def library_bom() -> LibraryBom:
    """A cart as the library of CycloneDX itself builds it: nested assemblies, quantities, a supplier."""

    def device(name: str, quantity: str, *inside: Component, **more: Any) -> Component:
        stated = [Property(name=QUANTITY, value=quantity)]
        return Component(
            type=ComponentType.DEVICE, name=name, bom_ref=name, components=inside, properties=stated, **more
        )

    bom = LibraryBom()
    bom.metadata.component = root = Component(type=ComponentType.DEVICE, name="Cart (synthetic)", bom_ref="CART")
    wheel = device(
        "WHEEL", "2", device("TYRE", "1"), device("SPOKE", "36"), supplier=OrganizationalEntity(name="CV Roda")
    )
    frame = device("FRAME", "1", description="synthetic", manufacturer=OrganizationalEntity(name="CV Rangka"))
    bom.components.update((wheel, frame))
    bom.register_dependency(root, [wheel, frame])
    return bom


@pytest.mark.parametrize("output", [JsonV1Dot6, JsonV1Dot7])
def test_a_document_of_the_formats_own_library(tmp_path: Path, output: Any) -> None:
    file = tmp_path / "cart.json"
    file.write_text(output(library_bom()).output_as_string(), encoding="utf-8")
    bom = read_bom(file)
    assert bom.product == "CART"
    assert {part.id: part.name for part in bom.parts} == {
        "CART": "Cart (synthetic)",
        **dict.fromkeys(("WHEEL", "TYRE", "SPOKE", "FRAME")),
    }
    assert sorted(uses(bom)) == [
        ("CART", "FRAME", "1"),
        ("CART", "WHEEL", "2"),
        ("WHEEL", "SPOKE", "36"),
        ("WHEEL", "TYRE", "1"),
    ]
    assert {part.id: part.made_by for part in bom.parts if part.made_by} == {"WHEEL": "CV Roda", "FRAME": "CV Rangka"}


def test_components_beside_the_product_go_into_it_where_nothing_else_is_said() -> None:
    assert uses(from_cyclonedx(Bom, foreign(component("WHEEL", "2")))) == [("CART", "WHEEL", "2")]


def test_a_component_without_a_reference_goes_by_its_name() -> None:
    wheel = {"type": "device", "name": "Wheel", "properties": [{"name": QUANTITY, "value": "2"}]}
    assert uses(from_cyclonedx(Bom, foreign(wheel))) == [("CART", "Wheel", "2")]


def test_our_properties_are_read_in_the_documents_of_others() -> None:
    wheel = component("WHEEL", "2")
    wheel["properties"] += [
        {"name": "tkdn:made_in", "value": "ID"},
        {"name": "tkdn:price:amount", "value": "150000"},
        {"name": "tkdn:main", "value": "false"},
        {"name": "tkdn:certificates:0:number", "value": "1/2025"},
        {"name": "tkdn:certificates:0:tkdn", "value": "40"},
        {"name": "tkdn:certificates:0:issued", "value": "2025-02-01"},
        {"name": "other:colour", "value": "red"},
    ]
    part = from_cyclonedx(Bom, foreign(wheel)).parts[1]
    assert part.price is not None
    assert (part.made_in, str(part.price.amount), part.main, part.certificates[0].number) == (
        "ID",
        "150000",
        False,
        "1/2025",
    )


def test_two_parts_of_one_supplier_name_one_firm() -> None:
    named = {"supplier": {"name": "CV Roda"}}
    bom = from_cyclonedx(Bom, foreign(component("WHEEL", "2", **named), component("AXLE", "1", **named)))
    assert [supplier.id for supplier in bom.suppliers] == ["CV Roda"]


# What is refused


def test_a_document_without_quantities_is_refused_part_by_part(tmp_path: Path) -> None:
    inside = component("WHEEL", components=[component("TYRE")])
    assert found(saved(tmp_path, foreign(inside))) == [
        ("cyclonedx-quantity", "bill.json, components[0].components[0]"),
        ("cyclonedx-quantity", "bill.json, components[0]"),
    ]


def test_one_quantity_for_two_assemblies_is_refused(tmp_path: Path) -> None:
    document = foreign(
        component("WHEEL", "2"),
        component("AXLE", "1"),
        dependencies=[{"ref": "CART", "dependsOn": ["WHEEL", "AXLE"]}, {"ref": "AXLE", "dependsOn": ["WHEEL"]}],
    )
    assert found(saved(tmp_path, document)) == [("cyclonedx-quantity", "bill.json, dependencies[0].dependsOn[0]")]


def test_another_version_is_refused(tmp_path: Path) -> None:
    assert found(saved(tmp_path, {"bomFormat": "CycloneDX", "specVersion": "1.3"})) == [
        ("cyclonedx-version", "bill.json, specVersion")
    ]


def test_another_version_of_our_properties_is_refused(tmp_path: Path) -> None:
    document = changed(lambda written: written["properties"][0].update(value="tkdn-bom/2"))
    assert found(saved(tmp_path, document)) == [("version-unknown", "bill.json, properties[0]")]


def test_wrong_values_are_told_where_they_stand(tmp_path: Path) -> None:
    wheel = component("WHEEL", "two")
    wheel["properties"] += [{"name": "tkdn:made_in", "value": "Atlantis"}, {"name": "tkdn:pric:amount", "value": "1"}]
    document = foreign(wheel, dependencies=[{"ref": "CART", "dependsOn": ["WHEEL", "GHOST"]}])
    assert sorted(found(saved(tmp_path, document))) == [
        ("country-unknown", "bill.json, components[0].properties[1]"),
        ("cyclonedx-quantity", "bill.json, dependencies[0].dependsOn[1]"),
        ("number-invalid", "bill.json, components[0].properties[0]"),
        ("unknown-key", "bill.json, components[0].properties[2]"),
        ("unknown-part", "bill.json, dependencies[0].dependsOn[1]"),
    ]


@pytest.mark.parametrize(
    "stated",
    [
        [("tkdn:made_in", "ID"), ("tkdn:made_in", "CN")],
        [("tkdn:price", "1"), ("tkdn:price:amount", "1")],
        [("tkdn:price:amount", "1"), ("tkdn:price", "1")],
        [("tkdn:evidence:0:kind", "a"), ("tkdn:evidence:2:kind", "b")],
        [("tkdn:evidence:999999999999:kind", "a")],
        [("tkdn", "1")],
        [("tkdn:" + ":".join("a" * 500_000), "1")],
        [("tkdn:made_in", None)],
    ],
    ids=lambda stated: " ".join(name for name, _ in stated)[:40],
)
def test_properties_that_do_not_fit_together_are_refused(stated: list[tuple[str, str | None]]) -> None:
    wheel = component("WHEEL", "2")
    wheel["properties"] += [{"name": name} | ({} if value is None else {"value": value}) for name, value in stated]
    with pytest.raises(BomError) as caught:
        from_cyclonedx(Bom, foreign(wheel))
    assert "cyclonedx-property" in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda document: document["dependencies"][0]["dependsOn"].remove("AXLE"), "properties[4]"),
        (lambda document: document["dependencies"].append({"ref": "AXLE", "dependsOn": ["WHEEL"]}), "dependencies[3]"),
        (lambda document: document["components"][0]["properties"][-1].update(value="3"), "components[0].properties[1]"),
        (lambda document: document["components"][0]["supplier"].update(name="CV Lain"), "components[0].supplier"),
    ],
)
def test_a_document_changed_in_one_of_two_places_is_refused(
    tmp_path: Path, change: Callable[[Document], object], place: str
) -> None:
    ((code, where),) = found(saved(tmp_path, changed(change)))
    assert code == "cyclonedx-conflict"
    assert where.startswith(f"bill.json, {place}")


@pytest.mark.parametrize(
    "broken",
    [
        {"components": {}},
        {"components": [7]},
        {"components": [{"type": "device"}]},
        {"components": [{"name": 7}]},
        {"components": [{"name": "A", "properties": [{"name": "tkdn:made_in", "value": 7}]}]},
        {"dependencies": [{"dependsOn": ["A"]}]},
        {"metadata": []},
        {"metadata": {"component": {"bom-ref": "A"}}},
        {"properties": [{"name": "tkdn:uses", "value": "none"}]},
        {"properties": [{"name": "tkdn:uses:0:parent:x", "value": "A"}]},
        {"properties": [{"name": "tkdn:suppliers", "value": "none"}]},
        {"properties": [{"name": "tkdn:suppliers:0", "value": "none"}]},
        {"properties": [{"name": "tkdn:parts:0:id", "value": "A"}]},
    ],
)
def test_hostile_shapes_end_in_our_errors(tmp_path: Path, broken: Document) -> None:
    document = foreign(component("WHEEL", "2", supplier={"name": "CV Roda"})) | broken
    assert all(place.startswith("bill.json") for _, place in found(saved(tmp_path, document)))


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    text = '{"name":"A","type":"device","components":[' * 400 + "]}" * 400
    file = tmp_path / "bill.json"
    file.write_text('{"bomFormat":"CycloneDX","specVersion":"1.6","components":[' + text + "]}", encoding="utf-8")
    assert found(file)


@full
@given(st.data())
def test_damaged_files_end_in_our_errors(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    raw = data.draw(damaged(cyclonedx_text(Bom.from_dict(FULL)).encode()))
    file = tmp_path_factory.mktemp("damaged") / "bill.json"
    file.write_bytes(raw)
    assert files_with_problems(file) <= {"bill.json"}
