"""A second file adds to a bill by part number: what is added, what disagrees, what found no counterpart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import NASTY, damaged, save_sheets
from tests.properties.settings import some
from tests.support.build import EXAMPLES, bill, cert, firm, good, home, part

import tkdn
from tkdn import Bom, BomError, Enrichment, UsageError, enrich
from tkdn.bom.tables.columns import PARTS, SUPPLIERS, ColumnKind
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT

Rows = dict[str, dict[str, Any]]
CART = Bom.from_dict(
    bill(
        good("CART"),
        part("WHEEL"),
        home("FRAME", 750, supplier="S-1", certificates=[cert(78)]),
        {"id": "PAPER", "phantom": True},
        uses={"CART": "2*WHEEL FRAME PAPER"},
        suppliers=[firm("S-1", name="CV Las")],
    )
)


def enriched(rows: Rows, **options: Any) -> Enrichment:
    return enrich(CART, rows, **options)


def added(found: Enrichment) -> list[tuple[str | None, str, str]]:
    return [(each.part or each.supplier, each.field, each.value) for each in found.added]


def refused(rows: Rows | Path, bom: Bom = CART, **options: Any) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong."""
    with pytest.raises(BomError) as caught:
        enrich(bom, rows, **options)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


def written(tmp_path: Path, text: str, name: str = "more.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def wheel(bom: Bom) -> tkdn.Part:
    return next(each for each in bom.parts if each.id == "WHEEL")


# What is added


def test_what_the_bill_does_not_say_is_added() -> None:
    found = enriched({"WHEEL": {"price": "150000", "price_currency": "IDR", "made_in": "ID", "main": False}})
    assert added(found) == [("WHEEL", "price", "150000 IDR"), ("WHEEL", "made_in", "ID"), ("WHEEL", "main", "false")]
    assert wheel(found.bom).price == tkdn.Price.model_validate({"amount": "150000", "currency": "IDR"})


def test_the_bill_given_stays_as_it_is() -> None:
    before = CART.to_json()
    enriched({"WHEEL": {"made_in": "ID"}})
    assert CART.to_json() == before


def test_a_named_country_becomes_its_code_and_the_word_is_kept() -> None:
    (found,) = enriched({"WHEEL": {"made_in": "Tiongkok"}}).added
    assert (found.value, found.written) == ("CN", "Tiongkok")


def test_a_firm_that_is_new_is_added_with_its_facts() -> None:
    found = enriched({"WHEEL": {"supplier": "S-2", "supplier_scale": "small", "supplier_licence": "ya"}})
    assert added(found) == [
        ("WHEEL", "supplier", "S-2"),
        ("S-2", "scale", "small"),
        ("S-2", "industrial_licence", "true"),
    ]
    assert found.bom.suppliers[-1] == tkdn.Supplier(id="S-2", scale="small", industrial_licence=True)


def test_a_firm_that_is_only_named_is_added_with_its_id_alone() -> None:
    assert enriched({"WHEEL": {"maker": "S-9"}}).bom.suppliers[-1] == tkdn.Supplier(id="S-9")


def test_seller_and_maker_are_two_firms() -> None:
    found = enriched(
        {"WHEEL": {"supplier": "S-2", "supplier_name": "PT Toko", "maker": "S-3", "maker_name": "PT Roda"}}
    )
    assert [(each.id, each.name) for each in found.bom.suppliers[1:]] == [("S-2", "PT Toko"), ("S-3", "PT Roda")]


def test_facts_of_a_firm_without_an_id_are_of_the_one_that_the_bill_names() -> None:
    assert added(enriched({"FRAME": {"supplier_region": "32.13"}})) == [("S-1", "region", "32.13")]


def test_facts_of_a_firm_that_nobody_names_are_an_error() -> None:
    assert refused({"WHEEL": {"maker_scale": "small"}}) == [("missing-key", "the mapping, row 1, column maker_scale")]


def test_a_certificate_is_added() -> None:
    held = {"Nomor Sertifikat": "9/2025", "TKDN percent": "55.5", "issued": "2025-03-01"}
    (certificate,) = wheel(enriched({"WHEEL": held}).bom).certificates
    assert (certificate.number, str(certificate.tkdn), certificate.expires) == ("9/2025", "55.5", None)


def test_a_certificate_that_the_bill_has_is_completed() -> None:
    held = {"number": "9/2025", "tkdn": "5", "issued": "2025-03-01"}
    bom = Bom.from_dict(bill(good("CART"), home("W", certificates=[held]), uses={"CART": "W"}))
    found = enrich(bom, {"W": {"certificate_number": "9 / 2025", "expires": "2030-01-01"}})
    assert [(each.certificate, each.field) for each in found.added] == [("9 / 2025", "expires")]
    assert len(found.bom.parts[1].certificates) == 1


def test_a_certificate_without_its_value_is_an_error_at_its_row() -> None:
    rows = {"WHEEL": {"certificate_number": "9/2025", "issued": "2025-03-01"}}
    assert refused(rows) == [("missing-key", "the mapping, row 1")]


def test_the_number_of_a_certificate_alone_is_kept_as_a_document() -> None:
    found = enriched({"WHEEL": {"certificate_number": "9/2025"}})
    assert added(found) == [("WHEEL", "evidence", "9/2025")]
    assert wheel(found.bom).evidence == (tkdn.Evidence(kind="certificate", number="9/2025"),)


def test_a_part_may_have_rows_for_several_certificates(tmp_path: Path) -> None:
    rows = "part,number of,certificate number,tkdn,issued\nWHEEL,,1/2024,40,2024-01-01\nWHEEL,,2/2025,50,2025-01-01\n"
    found = enrich(CART, written(tmp_path, rows), ignore=["number of"])
    assert [each.number for each in wheel(found.bom).certificates] == ["1/2024", "2/2025"]


@pytest.mark.parametrize("empty", [None, "", "  ", float("nan")])
def test_an_empty_cell_says_nothing(empty: object) -> None:
    assert enriched({"FRAME": {"price": empty, "made_in": "ID"}}).bom == CART


def test_every_column_of_a_part_and_a_firm_can_be_given() -> None:
    keys = {column.key for column in ENRICHMENT.columns}
    assert {column.key for column in PARTS.columns if column.kind is not ColumnKind.RECORD} <= keys
    assert {f"{firm}_{column.key}" for firm in ("supplier", "maker") for column in SUPPLIERS.columns[1:]} <= keys


def test_no_heading_means_two_columns() -> None:
    for column in ENRICHMENT.columns:
        for name in column.names:
            assert ENRICHMENT.column(name) is column


# What disagrees


def test_a_conflict_is_an_error_with_its_cell() -> None:
    rows = {"FRAME": {"price": "751", "made_in": "CN", "supplier_scale": "large"}, "WHEEL": {"made_in": "CN"}}
    assert refused(rows) == [
        ("enrichment-conflict", "the mapping, row 1, column price"),
        ("enrichment-conflict", "the mapping, row 1, column made_in"),
        ("enrichment-conflict", "the mapping, row 1, column supplier_scale"),
    ]


def test_keep_keeps_the_bills_value_and_says_so() -> None:
    found = enriched({"FRAME": {"price": "751", "hs_code": "87082995"}}, on_conflict="keep")
    (conflict,) = found.conflicts
    assert (conflict.part, conflict.field, conflict.taken) == ("FRAME", "price", "bill")
    assert (conflict.bill, conflict.file) == ("750", "751")
    assert added(found) == [("FRAME", "hs_code", "87082995")]
    assert str(found.bom.parts[2].price and found.bom.parts[2].price.amount) == "750"


def test_replace_takes_the_files_value_and_says_so() -> None:
    found = enriched({"FRAME": {"price": "751", "price_per": "10"}}, on_conflict="replace")
    assert [(each.file, each.taken) for each in found.conflicts] == [("751 per 10", "file")]
    assert found.bom.parts[2].price == tkdn.Price.model_validate({"amount": "751", "per": "10"})


@pytest.mark.parametrize(
    "same",
    [
        {"price": "750.00"},
        {"price": 750, "price_currency": "IDR", "price_per": "1"},
        {"supplier": "S-1", "supplier_name": "CV Las", "made_in": "Lokal"},
        {"certificate_number": "78/2025", "tkdn": "78.0", "issued": "2025-02-01"},
        {"main": "true", "unit": "pcs"},
    ],
)
def test_what_means_the_same_is_no_conflict(same: dict[str, Any]) -> None:
    found = enriched({"FRAME": same})
    assert (found.added, found.conflicts, found.bom) == ((), (), CART)


def test_another_unit_is_a_conflict_though_the_bill_leaves_it_out() -> None:
    assert refused({"WHEEL": {"unit": "kg"}}) == [("enrichment-conflict", "the mapping, row 1, column unit")]


def test_a_certificate_of_another_value_is_a_conflict() -> None:
    rows = {"FRAME": {"certificate_number": "78/2025", "tkdn": "87", "issued": "2025-02-01"}}
    assert refused(rows) == [("enrichment-conflict", "the mapping, row 1, column certificate_tkdn")]


def test_a_firm_that_only_a_kept_conflict_names_is_left_out() -> None:
    found = enriched({"FRAME": {"supplier": "S-7", "supplier_scale": "small"}}, on_conflict="keep")
    assert found.bom == CART


def test_rows_that_do_not_agree_are_an_error(tmp_path: Path) -> None:
    rows = "part,supplier,supplier_scale\nWHEEL,S-2,small\nFRAME,S-1,\nWHEEL,S-2,medium\n"
    assert refused(written(tmp_path, rows)) == [("enrichment-rows-differ", "more.csv, row 4, column supplier_scale")]


def test_conflicts_and_faults_are_told_at_once() -> None:
    rows = {
        "FRAME": {"price": "751", "kbli": "5", "made_in": "Atlantis"},
        "WHEEL": {"price": "1.250,00", "price_per": "x"},
    }
    assert set(refused(rows)) == {
        ("enrichment-conflict", "the mapping, row 1, column price"),
        ("country-unknown", "the mapping, row 1, column made_in"),
        ("kbli-invalid", "the mapping, row 1, column kbli"),
        ("number-invalid", "the mapping, row 2, column price"),
        ("number-invalid", "the mapping, row 2, column price_per"),
    }


def test_a_contradiction_that_the_file_brings_is_told_at_its_row() -> None:
    rows = {"WHEEL": {"made_in": "CN", "certificate_number": "1", "tkdn": "40", "issued": "2025-01-01"}}
    (problem,) = refused(rows)
    assert problem[0] == "contradiction-made-abroad"
    assert problem[1].startswith("the mapping, row 1")


def test_an_unknown_answer_to_conflicts_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        enriched({}, on_conflict="ignore")
    assert caught.value.code == "option-invalid"


# What found no counterpart


def test_rows_of_other_parts_are_told_with_a_near_number() -> None:
    found = enriched({"wheel": {"made_in": "ID"}, "TYRE": {"made_in": "ID"}})
    assert [(row.part, row.hint, str(row.place)) for row in found.unmatched] == [
        ("wheel", "WHEEL", "the mapping, row 1, column id"),
        ("TYRE", None, "the mapping, row 2, column id"),
    ]
    assert found.bom == CART


def test_parts_that_got_nothing_are_told_but_phantoms() -> None:
    assert enriched({"WHEEL": {"made_in": "ID"}}).untouched == ("CART", "FRAME")


# Files


def test_an_unknown_heading_is_left_out_and_said_so(tmp_path: Path) -> None:
    path = written(tmp_path, "part,made_in,stock\nWHEEL,ID,7\n")
    found = enrich(CART, path)
    assert (added(found), found.left_out) == ([("WHEEL", "made_in", "ID")], ("stock",))
    assert "Columns left out, as they mean nothing here: stock\n" in found.to_text()
    assert found.to_dict()["columns"][2] == {"heading": "stock", "key": None}
    assert enrich(CART, path, ignore=["Stock"]).left_out == ()


def test_a_file_of_which_nothing_is_understood_is_one_error(tmp_path: Path) -> None:
    path = written(tmp_path, "part,stock,bin\nWHEEL,7,A\n")
    assert refused(path) == [("unknown-column", "more.csv, row 1")]
    with pytest.raises(BomError, match=r"'stock', 'bin'.*--second-map"):
        enrich(CART, path)


def test_part_numbers_are_needed(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "price\n5\n")) == [("missing-column", "more.csv, row 1")]


def test_a_row_without_a_part_number_is_an_error(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "part,price\n,5\n")) == [("missing-key", "more.csv, row 2, column part")]


def test_a_workbook_with_a_title_and_another_sheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Purchasing"],
        [None],
        ["Nomor Bagian", "Harga", "Negara Asal"],
        ["WHEEL", 150000.5, "Jepang"],
    ]
    path = save_sheets(tmp_path / "more.xlsx", {"Notes": [["see the other"]], "Data": rows})
    assert added(enrich(CART, path)) == [("WHEEL", "price", "150000.5"), ("WHEEL", "made_in", "JP")]


def test_part_numbers_that_a_spreadsheet_cut_are_refused(tmp_path: Path) -> None:
    path = save_sheets(tmp_path / "more.xlsx", {"Data": [["part", "price"], [12345678901234567890, 5]]})
    assert refused(path) == [("id-not-text", "more.xlsx, sheet Data, row 2, column part")]


def test_data_as_plain_and_as_text() -> None:
    found = enriched(
        {"FRAME": {"price": "751"}, "WHEEL": {"made_in": "Cina"}, "TYRE": {"made_in": "ID"}}, on_conflict="keep"
    )
    data = found.to_dict()
    assert data["added"][0] | {"place": None} == {
        "part": "WHEEL",
        "supplier": None,
        "certificate": None,
        "field": "made_in",
        "value": "CN",
        "written": "Cina",
        "place": None,
    }
    assert (data["conflicts"][0]["taken"], data["unmatched"][0]["part"], data["untouched"]) == (
        "bill",
        "TYRE",
        ["CART"],
    )
    assert "  WHEEL: made_in CN (Cina)\n" in found.to_text()
    assert "harga" not in found.to_text("id")
    assert "FRAME: price tetap 750; berkas menyatakan 751" in found.to_text("id")


def test_long_lists_are_cut_and_say_so() -> None:
    found = enriched({f"NO-{at}": {"made_in": "ID"} for at in range(30)})
    assert "  ... and 10 more\n" in found.to_text()
    assert "NO-29" in found.to_text(most=30)


# Properties

IDS = ("CART", "WHEEL", "FRAME", "TYRE")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(IDS),
    "name": st.sampled_from(NASTY),
    "price": st.sampled_from(["5", "5.0", "750"]),
    "made_in": st.sampled_from(["ID", "Lokal", "Indonesia"]),
    "supplier": st.sampled_from(["S-1", "S-2", "S-3"]),
    "supplier_scale": st.sampled_from(["small", "large"]),
    "maker": st.sampled_from(["S-2", "S-4"]),
    "certificate_number": st.sampled_from(["78/2025", "9/2025", "9 /2025"]),
    "certificate_tkdn": st.sampled_from(["40", "40.00", "78"]),
    "certificate_issued": st.sampled_from(["2025-02-01", "2025-03-01"]),
    "factory": st.sampled_from(["own", "outsourced"]),
}
ROWS = st.lists(st.fixed_dictionaries({"id": VALUES.pop("id")}, optional=VALUES), max_size=6)


def outcome(path: Path, bom: Bom = CART) -> Any:
    """The bill's text, or the codes of what is wrong."""
    try:
        return enrich(bom, path, on_conflict="replace").bom.to_json()
    except BomError as error:
        return sorted({problem.code for problem in error.problems})


def as_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if text else ""

    lines = [["id", *VALUES], *([row.get(key, "") for key in ("id", *VALUES)] for row in rows)]
    path.write_bytes("".join(",".join(map(cell, line)) + "\r\n" for line in lines).encode())
    return path


@some
@given(rows=ROWS, data=st.data())
def test_the_order_of_rows_changes_nothing(
    rows: list[dict[str, str]], data: st.DataObject, tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.mktemp("rows") / "more.csv"
    first = outcome(as_csv(path, rows))
    assert outcome(as_csv(path, data.draw(st.permutations(rows)))) == first


@some
@given(rows=ROWS)
def test_a_file_given_twice_adds_nothing_the_second_time(rows: list[dict[str, str]], tmp_path_factory: Any) -> None:
    path = as_csv(tmp_path_factory.mktemp("rows") / "more.csv", rows)
    try:
        once = enrich(CART, path, on_conflict="replace").bom
    except BomError:
        return
    twice = enrich(once, path)
    assert (twice.bom, twice.added, twice.conflicts) == (once, (), ())


@some
@given(rows=ROWS)
def test_keep_never_changes_what_the_bill_says(rows: list[dict[str, str]], tmp_path_factory: Any) -> None:
    path = as_csv(tmp_path_factory.mktemp("rows") / "more.csv", rows)
    try:
        found = enrich(CART, path, on_conflict="keep")
    except BomError:
        return
    frame, before = found.bom.to_dict()["parts"][2], CART.to_dict()["parts"][2]
    assert {key: frame[key] for key in before if key != "certificates"} == {
        key: value for key, value in before.items() if key != "certificates"
    }
    assert before["certificates"][0].items() <= frame["certificates"][0].items()
    assert found.bom.uses == CART.uses


@some
@given(raw=damaged((EXAMPLES / "enrichment" / "purchasing.csv").read_bytes()))
def test_a_damaged_file_ends_in_a_result_or_our_error(raw: bytes, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("damaged") / "more.csv"
    path.write_bytes(raw)
    bom = tkdn.read_bom(EXAMPLES / "enrichment" / "trike.csv")
    try:
        enrich(bom, path)
    except BomError as error:
        problems = error.problems
    else:
        problems = ()
    assert {problem.place.file for problem in problems} <= {"more.csv"}


def origin_after(stated: str, written: str, **options: Any) -> str | None:
    bom = Bom.from_dict(bill(good(), part("A", 1, stated), uses={"GOOD": "A"}))
    return enrich(bom, {"A": {"made_in": written}}, **options).bom.parts[1].made_in


@pytest.mark.parametrize(
    ("stated", "written", "origin"),
    [
        ("XX", "CN", "CN"),
        ("XX", "Impor (China)", "CN"),
        ("CN", "Impor (China)", "CN"),
        ("CN", "Impor", "CN"),
        ("XX", "Impor", "XX"),
        ("CN", "N/A", "CN"),
        ("CN", "tidak ada", "CN"),
    ],
)
def test_a_country_refines_imported_without_a_conflict(stated: str, written: str, origin: str) -> None:
    """ "Impor" was refused, "N/A" was Namibia and so a conflict."""
    assert origin_after(stated, written) == origin


def test_a_refined_origin_is_among_what_is_added() -> None:
    bom = Bom.from_dict(bill(good(), part("A", 1, "XX"), uses={"GOOD": "A"}))
    found = enrich(bom, {"A": {"made_in": "Impor (China)"}}, on_conflict="keep")
    assert [(each.field, each.value, each.written) for each in found.added] == [("made_in", "CN", "Impor (China)")]
    assert found.conflicts == ()


@pytest.mark.parametrize(("stated", "written"), [("ID", "Impor"), ("XX", "Indonesia"), ("XX", "lokal")])
def test_imported_against_indonesia_is_a_conflict(stated: str, written: str) -> None:
    with pytest.raises(BomError) as caught:
        origin_after(stated, written)
    assert caught.value.code == "enrichment-conflict"
    assert "abroad, country not stated" in caught.value.problems[0].message
    assert origin_after(stated, written, on_conflict="keep") == stated


@pytest.mark.parametrize("rows", [("Impor", "China"), ("China", "Impor"), ("Impor", "Impor", "RRC")])
def test_rows_that_say_imported_and_a_country_agree(rows: tuple[str, ...], tmp_path: Path) -> None:
    path = written(tmp_path, "part,made_in\n" + "".join(f"WHEEL,{each}\n" for each in rows))
    bom = Bom.from_dict(bill(good(), part("WHEEL", 1), uses={"GOOD": "WHEEL"}))
    assert enrich(bom, path).bom.parts[1].made_in == "CN"


def test_rows_of_imported_and_indonesia_do_not_agree(tmp_path: Path) -> None:
    path = written(tmp_path, "part,made_in\nWHEEL,Impor\nWHEEL,ID\n")
    assert refused(path) == [("enrichment-rows-differ", "more.csv, row 3, column made_in")]


@pytest.mark.parametrize(
    ("cell", "origin"), [("XX", None), ("ZZ", None), ("NA", None), ("Namibia", "NA"), ("Impor", "XX")]
)
def test_codes_for_unknown_in_a_second_file_are_not_stated(cell: str, origin: str | None, tmp_path: Path) -> None:
    """XX was refused as no country, NA was Namibia."""
    path = written(tmp_path, f"part,name,made_in\nWHEEL,Wheel,{cell}\n")
    bom = Bom.from_dict(bill(good(), part("WHEEL", 1), uses={"GOOD": "WHEEL"}))
    assert enrich(bom, path).bom.parts[1].made_in == origin


def test_what_was_imported_is_shown_in_words() -> None:
    bom = Bom.from_dict(bill(good(), part("A", 1), uses={"GOOD": "A"}))
    found = enrich(bom, {"A": {"made_in": "Impor"}})
    assert "made_in abroad, country not stated (Impor)" in found.to_text()
    assert "made_in impor, negara tidak disebut (Impor)" in found.to_text("id")


@pytest.mark.parametrize("same", ["87082995", "8708.29.95", "HS 8708 2995"])
def test_an_hs_code_is_compared_by_its_digits(same: str) -> None:
    bom = Bom.from_dict(bill(good(), part("A", 1, hs_code="8708.29.95"), uses={"GOOD": "A"}))
    found = enrich(bom, {"A": {"hs_code": same}})
    assert (found.bom.parts[1].hs_code, found.conflicts) == ("8708.29.95", ())


@pytest.mark.parametrize(
    ("given", "kept"),
    [("8708", "8708"), ("8708.29", "8708.29"), ("HS 8708.29.95", "8708.29.95"), ("8708 29 95", "87082995")],
)
def test_an_hs_code_is_kept_as_given(given: str, kept: str) -> None:
    """ "8708" was refused."""
    bom = Bom.from_dict(bill(good(), part("A", 1), uses={"GOOD": "A"}))
    assert enrich(bom, {"A": {"hs_code": given}}).bom.parts[1].hs_code == kept


def test_an_hs_code_of_eleven_digits_is_told_at_its_cell() -> None:
    assert refused({"WHEEL": {"hs_code": "87082995101"}}) == [("hs-code-invalid", "the mapping, row 1, column hs_code")]


@pytest.mark.parametrize("firm_columns", ["supplier", "Pembuat", "Skala usaha"])
def test_the_kbli_of_a_firm_does_not_become_the_parts(firm_columns: str, tmp_path: Path) -> None:
    """It was put to the part, as 29300."""
    cells = "small" if firm_columns == "Skala usaha" else "S-1"
    path = written(tmp_path, f"part,{firm_columns},KBLI\nWHEEL,{cells},29300\n")
    bom = Bom.from_dict(bill(good(), part("WHEEL", 1, maker="S-1"), uses={"GOOD": "WHEEL"}, suppliers=[firm("S-1")]))
    found = enrich(bom, path, on_conflict="keep")
    assert (found.bom.parts[1].kbli, found.left_out) == (None, ("KBLI",))


def test_a_kbli_is_the_parts_if_a_person_says_so_or_no_firm_is_named(tmp_path: Path) -> None:
    bom = Bom.from_dict(bill(good(), part("WHEEL", 1), uses={"GOOD": "WHEEL"}))
    alone = written(tmp_path, "part,KBLI\nWHEEL,29300\n", "alone.csv")
    assert enrich(bom, alone).bom.parts[1].kbli == "29300"
    path = written(tmp_path, "part,supplier,KBLI\nWHEEL,S-1,29300\n")
    assert enrich(bom, path, mapping={"columns": {"KBLI": "kbli"}}).bom.parts[1].kbli == "29300"
