"""The document: read, written, read again; JSON text that is none; its schema."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from tests.properties.settings import some
from tests.support.bills import bills
from tests.support.build import EXAMPLES, Document
from tests.support.documents import broken, cart, problems_of

from tkdn import Bom, BomError, UsageError, bom_schema
from tkdn.bom.reading import parse_json

DESIGN = """
{"format": "tkdn-bom", "version": 1, "product": "PUMP-SET", "date": "2026-06-01", "currency": "IDR",
 "parts": [
  {"id": "PUMP-SET", "name": "Pump set DRHK25", "made_in": "ID",
   "production": {"factory": "own", "indonesian_workers": 40, "foreign_workers": 2, "invested_in_indonesia": true}},
  {"id": "MOTOR", "price": {"amount": "11350000", "currency": "IDR"}, "made_in": "CN"},
  {"id": "FRAME", "price": {"amount": "4100000"}, "made_in": "ID", "supplier": "S-1",
   "certificates": [{"number": "123/2025", "tkdn": "78", "issued": "2025-02-01", "expires": "2030-01-31"}]},
  {"id": "CABLE", "unit": "m", "price": {"amount": "0.90", "currency": "USD"}, "made_in": "ID"},
  {"id": "SAND", "unit": "kg", "price": {"amount": "900"}, "natural_resource": true}],
 "uses": [
  {"parent": "PUMP-SET", "part": "MOTOR", "quantity": "1"},
  {"parent": "PUMP-SET", "part": "FRAME", "quantity": "1"},
  {"parent": "PUMP-SET", "part": "CABLE", "quantity": "150", "unit": "cm"},
  {"parent": "FRAME", "part": "SAND", "quantity": "2.5", "scrap": "0.05"}],
 "suppliers": [{"id": "S-1", "name": "CV Logam Subang", "capital": {"amount": "1900000000"}, "region": "32.13"}],
 "rates": [{"currency": "USD", "rate": "16250", "from": "2026-01-01"}]}
"""
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/*.json"))]
READ = [DESIGN, *(text for text in TEXTS if json.loads(text)["format"] == "tkdn-bom")]


def test_the_example_of_the_contract_is_read_as_written() -> None:
    bom = Bom.from_json(DESIGN)
    assert (bom.product, bom.date, bom.currency) == ("PUMP-SET", date(2026, 6, 1), "IDR")
    assert [part.id for part in bom.parts] == ["PUMP-SET", "MOTOR", "FRAME", "CABLE", "SAND"]
    pump, motor, frame, cable, sand = bom.parts
    assert pump.production is not None
    assert (pump.production.factory, pump.production.activity) == ("own", None)
    assert (pump.production.indonesian_workers, pump.production.foreign_workers) == (40, 2)
    assert motor.price is not None
    assert (motor.price.amount, motor.price.currency, motor.price.per) == (Decimal(11350000), "IDR", Decimal(1))
    (certificate,) = frame.certificates
    assert (certificate.number, certificate.tkdn) == ("123/2025", Decimal(78))
    assert (certificate.issued, certificate.expires) == (date(2025, 2, 1), date(2030, 1, 31))
    assert (frame.made_by, cable.unit, sand.unit, sand.natural_resource, sand.made_in) == ("S-1", "m", "kg", True, None)
    assert [(use.parent, use.part, use.quantity, use.unit, use.scrap) for use in bom.uses[2:]] == [
        ("PUMP-SET", "CABLE", Decimal(150), "cm", Decimal(0)),
        ("FRAME", "SAND", Decimal("2.5"), None, Decimal("0.05")),
    ]
    (supplier,) = bom.suppliers
    assert supplier.capital is not None
    assert (supplier.capital.amount, supplier.region) == (Decimal(1900000000), "32.13")
    assert supplier.scale is None
    (rate,) = bom.rates
    assert (rate.currency, rate.rate, rate.start) == ("USD", Decimal(16250), date(2026, 1, 1))


@pytest.mark.parametrize("text", READ)
def test_a_bill_survives_writing_and_reading(text: str) -> None:
    bom = Bom.from_json(text)
    again = Bom.from_json(bom.to_json())
    assert again == bom
    assert again.to_json() == bom.to_json()


@some
@given(bills())
def test_any_bill_survives_writing_and_reading(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert Bom.from_json(bom.to_json()) == bom


@some
@given(bills())
def test_lists_keep_their_order_and_nothing_is_merged(document: Document) -> None:
    written = Bom.from_dict(document).to_dict()
    assert [record["id"] for record in written["parts"]] == [record["id"] for record in document["parts"]]
    edges = [(record["parent"], record["part"]) for record in document["uses"]]
    assert [(record["parent"], record["part"]) for record in written["uses"]] == edges


def test_what_stands_at_its_default_is_left_out_when_written() -> None:
    document = broken({"currency": "IDR", "parts[1].main": True, "uses[0].scrap": 0, "parts[1].price.per": 1})
    assert Bom.from_dict(document).to_dict() == {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "date": "2026-06-01",
        "parts": cart()["parts"],
        "uses": cart()["uses"],
        "suppliers": cart()["suppliers"],
        "rates": cart()["rates"],
    }


def test_numbers_are_written_without_exponent() -> None:
    document = broken({"uses[0].quantity": "1e3", "uses[1].quantity": 0.00001})
    assert [use["quantity"] for use in Bom.from_dict(document).to_dict()["uses"]] == ["1000", "0.00001"]


def test_each_record_is_a_line_of_the_json_text() -> None:
    lines = [line.strip(" ,]}") for line in Bom.from_dict(cart()).to_json().splitlines()]
    assert sum('"id": "WHEEL"' in line for line in lines) == 1
    assert '{"parent": "CART", "part": "WHEEL", "quantity": "2"' in lines


@pytest.mark.parametrize("name", ["Pompa “DRHK”", "車輪", "a\nb\x1b[31m", "{x} %s \\"])
def test_any_name_survives(name: str) -> None:
    bom = Bom.from_dict(broken({"parts[1].name": name}))
    assert Bom.from_json(bom.to_json()).parts[1].name == name


def test_the_hash_is_that_of_the_bytes_read() -> None:
    raw = DESIGN.encode()
    assert Bom.from_json(raw).sha256 == hashlib.sha256(raw).hexdigest()
    assert Bom.from_json(DESIGN).sha256 == Bom.from_json(raw).sha256
    assert Bom.from_json(DESIGN.strip()).sha256 != Bom.from_json(raw).sha256


def test_two_equal_documents_from_code_have_one_hash() -> None:
    assert Bom.from_dict(cart()).sha256 == Bom.from_dict(cart()).sha256
    assert Bom.from_dict(broken({"uses[0].quantity": 3})).sha256 != Bom.from_dict(cart()).sha256


def test_a_replaced_field_is_checked_with_the_whole() -> None:
    bom = Bom.from_dict(cart())
    assert bom.replace(date="2026-07-01").date == date(2026, 7, 1)
    assert bom.date == date(2026, 6, 1)
    with pytest.raises(BomError) as caught:
        bom.replace(suppliers=[])
    assert [(problem.code, problem.part) for problem in caught.value.problems] == [("unknown-supplier", "WHEEL")]


# ---------------------------------------------------------------------------------------------------------------------
# Text that is no document
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "row 1, column 1"),
        ('{"format": "tkdn-bom",}', "row 1, column 23"),
        ('{"format": "tkdn-bom",\n "parts": [}', "row 2, column 12"),
        ("{'format': 1}", "row 1, column 2"),
        ('{"version": 01}', "row 1, column 14"),
        ('{"format": "tkdn', "row 1, column 12"),
        ("{} {}", "row 1, column 4"),
        (b"\x00\x01", "row 1, column 1"),
    ],
)
def test_malformed_json_names_row_and_column(text: str | bytes, place: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "json-malformed"
    assert str(problem.place) == place
    assert problem.remedy == "correct the text at this place"


@pytest.mark.parametrize("text", ["[]", '"tkdn-bom"', "3", "null", "NaN"])
def test_a_document_is_an_object(text: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "json-malformed"
    assert problem.message == "the document is not an object"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"parts": ' * 100_000, '{"parts": ' + "[" * 5000 + "]" * 5000 + "}"])
def test_text_nested_very_deeply_is_refused(text: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "json-malformed"
    assert problem.remedy == "records are flat lists"


@pytest.mark.parametrize(
    ("raw", "byte"),
    [
        ('{"name": "Ré"}'.encode("latin-1"), 11),
        (json.dumps(cart()).encode("utf-16"), 0),
        (b'{"format": "\xed\xa0\x80"}', 12),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused(raw: bytes, byte: int) -> None:
    (problem,) = problems_of(raw)
    assert problem.code == "encoding"
    assert problem.message == f"not UTF-8 text (byte {byte})"
    assert problem.remedy == "save the file as UTF-8"


@pytest.mark.parametrize("text", [json.dumps(cart()).encode("utf-8-sig"), "\ufeff" + json.dumps(cart())])
def test_a_byte_order_mark_is_taken(text: str | bytes) -> None:
    assert Bom.from_json(text).product == "CART"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"format": "tkdn-bom", "version": 1, "format": "x"}', "'format' stands twice in one object"),
        (
            '{"parts": [{"id": "BOLT", "name": "a", "name": "b"}]}',
            "parts[0].name: the key 'name' stands twice in one object",
        ),
        ('{"parts": [{"price": {"amount": 1, "amount": 1}}]}', "parts[0].price.amount: the key 'amount' stands twice"),
    ],
)
def test_a_key_that_stands_twice_is_refused(text: str, says: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "duplicate-key"
    assert says in str(problem)
    assert problem.remedy == "keep one of them"


def test_parse_json_gives_plain_data() -> None:
    assert parse_json('{"a": [1, 2.5, "x", null, true]}') == {"a": [1, 2.5, "x", None, True]}


# ---------------------------------------------------------------------------------------------------------------------
# The head of the document
# ---------------------------------------------------------------------------------------------------------------------


def without(key: str) -> Document:
    return {name: value for name, value in cart().items() if name != key}


@pytest.mark.parametrize(
    ("document", "code", "place", "says"),
    [
        (without("format"), "format-unknown", "format", "does not say what it is"),
        (broken({"format": "bom"}), "format-unknown", "format", "'bom'"),
        (broken({"format": None}), "format-unknown", "format", "None"),
        (without("version"), "version-unknown", "version", "None"),
        (broken({"version": 2}), "version-unknown", "version", "2"),
        (broken({"version": "1"}), "version-unknown", "version", "'1'"),
        (broken({"version": True}), "version-unknown", "version", "True"),
        (without("parts"), "missing-key", "parts", "'parts'"),
    ],
)
def test_the_document_must_say_what_it_is(document: Document, code: str, place: str, says: str) -> None:
    problem = problems_of(document)[0]
    assert (problem.code, problem.place.path) == (code, place)
    assert says in problem.message
    assert problem.remedy


@pytest.mark.parametrize("key", ["parts", "uses", "suppliers", "rates"])
@pytest.mark.parametrize("value", [None, "CART", 3, {"id": "CART"}])
def test_a_list_must_be_a_list(key: str, value: object) -> None:
    problem = problems_of(broken({key: value}))[0]
    assert (problem.code, problem.place.path) == ("wrong-type", key)


def test_uses_suppliers_and_rates_may_be_left_out() -> None:
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}]})
    assert (bom.product, bom.uses, bom.suppliers, bom.rates, bom.date) == ("CART", (), (), (), None)


# ---------------------------------------------------------------------------------------------------------------------
# The schema
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema() -> Any:
    kind = jsonschema.Draft202012Validator
    kind.check_schema(bom_schema())
    return kind(bom_schema())


@pytest.mark.parametrize("text", READ)
def test_the_schema_accepts_what_the_library_reads(schema: Any, text: str) -> None:
    assert list(schema.iter_errors(json.loads(text))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"parts[1].nmae": "x"},
        {"prats": []},
        {"format": "bom"},
        {"version": 2},
        {"parts[1].price": "150000"},
        {"uses[0].quantity": "many"},
        {"uses[0].quantity": True},
        {"parts[1].name": ["x"]},
        {"suppliers[0].scale": "tiny"},
        {"rates[0].from": 5},
    ],
)
def test_the_schema_refuses_what_is_plainly_wrong(schema: Any, changes: Document) -> None:
    assert list(schema.iter_errors(cart())) == []
    assert list(schema.iter_errors(broken(changes)))


@pytest.mark.parametrize("key", ["format", "version", "parts"])
def test_the_schema_asks_for_the_head(schema: Any, key: str) -> None:
    assert list(schema.iter_errors(without(key)))


# ---------------------------------------------------------------------------------------------------------------------
# A day of the bill
# ---------------------------------------------------------------------------------------------------------------------


def test_a_day_defaults_to_the_date_of_the_bill() -> None:
    bom = Bom.from_dict(cart())
    assert bom.on_day().day == date(2026, 6, 1)
    assert bom.on_day("2026-07-01").day == bom.on_day(date(2026, 7, 1)).day == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("call", "code", "says"),
    [
        ({"on": "1 June"}, "date-invalid", "'1 June'"),
        ({}, "date-missing", "neither the call nor the bill"),
        ({"on": "2026-06-01", "product": "CRAT"}, "part-unknown", "'CRAT'"),
    ],
)
def test_a_day_asked_for_wrongly_is_a_usage_error(call: dict[str, str], code: str, says: str) -> None:
    bom = Bom.from_dict(without("date"))
    with pytest.raises(UsageError) as caught:
        bom.on_day(**call)
    assert caught.value.code == code
    assert says in str(caught.value)
    assert caught.value.problems[0].remedy
