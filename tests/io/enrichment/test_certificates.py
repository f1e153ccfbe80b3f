"""Certificates of a list are proposed for parts, decided on by a person, and only then applied."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests.io.tkdn_formats.full import damaged, save_sheets, texts
from tests.properties.settings import some
from tests.support.build import EXAMPLES, bill, cert, firm, good, home, part

from tkdn import Bom, BomError, CertificateMatches, UsageError, match_certificates

HEAD = "Nomor Sertifikat;Nama Perusahaan;Nama Produk;Tipe;Kode HS;Nilai TKDN (%);Tanggal Terbit;Masa Berlaku"
FIRMS = (firm("S-1", name="PT Roda Jaya"), firm("S-2", name="CV Las Maju"))


def bom_of(*parts: dict[str, Any]) -> Bom:
    return Bom.from_dict(bill(good(), *parts, uses={"GOOD": " ".join(each["id"] for each in parts)}, suppliers=FIRMS))


def listed(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def row(number: str = "9/2025", maker: str = "PT Roda Jaya", product: str = "Roda", **cells: str) -> str:
    hs, tkdn = cells.get("hs", ""), cells.get("tkdn", "55,5")
    return f"{number};{maker};{product};{cells.get('type', '')};{hs};{tkdn};{cells.get('issued', '2025-03-01')};"


def proposed(matches: CertificateMatches) -> list[tuple[str, str, str, str]]:
    return [(each.part, each.certificate.number, each.grade, each.by) for each in matches.proposals]


WHEEL = home("WHEEL", 5, name="Roda", maker="S-1")


# By number


def test_the_number_of_a_certificate_is_certain(tmp_path: Path) -> None:
    held = home("W", 5, certificates=[cert(55, number="9 / tkdn/2025", issued="2025-03-01")])
    matches = match_certificates(bom_of(held), listed(tmp_path, row("9/TKDN/2025", maker="X", tkdn="55")))
    assert proposed(matches) == [("W", "9/TKDN/2025", "certain", "number")]
    assert (matches.proposals[0].differs, matches.not_listed) == ((), ())


def test_the_number_of_a_document_is_certain(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(part("W", evidence=[{"number": "9/2025"}])), listed(tmp_path, row()))
    assert proposed(matches) == [("W", "9/2025", "certain", "number")]


def test_what_the_bill_says_otherwise_is_shown_and_not_accepted_beforehand(tmp_path: Path) -> None:
    held = home("W", 5, certificates=[cert(55, number="9/2025")])
    matches = match_certificates(bom_of(held), listed(tmp_path, row(tkdn="57,50")))
    assert matches.proposals[0].differs == (("tkdn", "55", "57.50"), ("issued", "2025-02-01", "2025-03-01"))
    matches.write_confirmation(tmp_path / "confirm.csv")
    assert len(matches.read_confirmation(tmp_path / "confirm.csv").undecided) == 1
    found = matches.apply(matches.proposals)
    assert [(each.field, each.bill, each.file, each.taken) for each in found.conflicts] == [
        ("tkdn", "55", "57.50", "file"),
        ("issued", "2025-02-01", "2025-03-01", "file"),
    ]


def test_a_number_that_the_list_has_twice_is_only_possible(tmp_path: Path) -> None:
    held = bom_of(part("W", evidence=[{"number": "9/2025"}]))
    matches = match_certificates(held, listed(tmp_path, row(tkdn="40"), row(tkdn="60"), row(tkdn="60")))
    assert [(each.grade, str(each.certificate.tkdn)) for each in matches.proposals] == [
        ("possible", "40"),
        ("possible", "60"),
    ]


def test_a_certificate_that_is_not_listed_is_told(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(home("W", 5, certificates=[cert(55)])), listed(tmp_path, row()))
    assert (matches.not_listed, matches.unmatched) == ((("W", "55/2025"),), ("GOOD",))


# By maker and product


@pytest.mark.parametrize(
    ("maker", "product", "grade"),
    [
        ("RODA JAYA, P.T.", "RODA", "probable"),
        ("PT Roda Jaya Tbk", "Roda sepeda", "possible"),
        ("PT Roda Jaya", "Gearbox", "possible"),
        ("CV Roda Jaya", "Roda", "possible"),
        ("PT Roda Jayaa", "Roda", "possible"),
        ("PT Roda Jayaa", "Roda sepeda motor", None),
        ("PT Lain", "Roda", None),
    ],
)
def test_grades(tmp_path: Path, maker: str, product: str, grade: str | None) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row(maker=maker, product=product)))
    assert [each.grade for each in matches.proposals] == ([grade] if grade else [])


def test_nothing_but_a_number_is_ever_certain(tmp_path: Path) -> None:
    (found,) = match_certificates(bom_of(WHEEL), listed(tmp_path, row())).proposals
    assert (found.grade, found.maker_score, found.product_score) == ("probable", 100, 100)


def test_the_same_hs_code_comes_first(tmp_path: Path) -> None:
    bom = bom_of({**WHEEL, "hs_code": "87149990"})
    rows = row("1", product="Setang"), row("2", product="Gearbox", hs="8714.99.90")
    assert [each.certificate.number for each in match_certificates(bom, listed(tmp_path, *rows)).proposals] == [
        "2",
        "1",
    ]


def test_the_specification_and_the_type_count(tmp_path: Path) -> None:
    matches = match_certificates(bom_of({**WHEEL, "spec": "R14 5J"}), listed(tmp_path, row(type="5J R14")))
    assert matches.proposals[0].product_score == 100


@pytest.mark.parametrize("other", [{"made_in": "CN"}, {"phantom": True, "made_in": None}, {"maker": None}])
def test_parts_that_are_not_matched_by_name(tmp_path: Path, other: dict[str, Any]) -> None:
    record = {key: value for key, value in {**WHEEL, **other}.items() if value is not None}
    if other.get("phantom"):
        record = {"id": "WHEEL", "name": "Roda", "phantom": True}
    assert match_certificates(bom_of(record), listed(tmp_path, row())).proposals == ()


def test_parts_whose_maker_is_not_named_are_told(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(home("W", 5), WHEEL), listed(tmp_path, row(maker="PT Lain")))
    assert (matches.unmatched, matches.without_maker) == (("GOOD", "W", "WHEEL"), ("GOOD", "W"))


def test_only_newer_certificates_than_it_has_are_proposed(tmp_path: Path) -> None:
    bom = bom_of({**WHEEL, "certificates": [cert(40, issued="2025-03-01", number="1")]})
    rows = row("2", issued="2025-03-01"), row("3", issued="2025-03-02")
    assert [each.certificate.number for each in match_certificates(bom, listed(tmp_path, *rows)).proposals] == ["3"]


def test_five_at_most_the_surest_first_and_how_many_more(tmp_path: Path) -> None:
    rows = row("1", product="Poros"), row("2"), *(row(f"{at}", product="Roda gigi") for at in (3, 4, 5, 6, 7))
    found = match_certificates(bom_of(WHEEL), listed(tmp_path, *rows))
    assert [each.certificate.number for each in found.proposals] == ["2", "3", "4", "5", "6"]
    assert found.more == (("WHEEL", 2),)
    assert found.to_dict()["more"] == [{"part": "WHEEL", "count": 2}]
    assert "(how many more): 1\n  WHEEL: 2\n" in found.to_text()


def test_words_that_are_written_together_do_not_hide_a_certificate(tmp_path: Path) -> None:
    bom = bom_of({**WHEEL, "name": "Heat sink"})
    (found,) = match_certificates(bom, listed(tmp_path, row(product="Heatsink aluminium"))).proposals
    assert found.grade == "possible"


def test_numbers_only(tmp_path: Path) -> None:
    assert match_certificates(bom_of(WHEEL), listed(tmp_path, row()), numbers_only=True).proposals == ()


# The list


def test_rows_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    rows = row("1", tkdn="155"), row("2", issued="March"), row("", tkdn="40"), row("4")
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, *rows))
    assert [(each.code, str(each.place)) for each in matches.set_aside] == [
        ("missing-key", "list.csv, row 4, column Nomor Sertifikat"),
        ("percent-out-of-range", "list.csv, row 2, column Nilai TKDN (%)"),
        ("date-invalid", "list.csv, row 3, column Tanggal Terbit"),
    ]
    assert [each.certificate.number for each in matches.proposals] == ["4"]


def test_a_number_of_spaces_is_none(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row("'"), row("' ")))
    assert [each.code for each in matches.set_aside] == ["missing-key", "missing-key"]
    assert matches.proposals == ()


@pytest.mark.parametrize(("text", "value"), [("55,5", "55.5"), ("55.50 %", "55.50"), ("55%", "55"), ("7", "7")])
def test_percentages_as_lists_print_them(tmp_path: Path, text: str, value: str) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row(tkdn=text)))
    assert str(matches.proposals[0].certificate.tkdn) == value


def test_headings_that_mean_nothing_are_told(tmp_path: Path) -> None:
    path = listed(tmp_path, "1;9/2025;40;2025-01-01", head="No;Nomor Sertifikat;TKDN (%);Tanggal Terbit")
    assert match_certificates(bom_of(WHEEL), path).left_out == ("No",)


def test_a_list_without_values_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BomError) as caught:
        match_certificates(bom_of(WHEEL), listed(tmp_path, "9/2025", head="Nomor Sertifikat"))
    assert [problem.code for problem in caught.value.problems] == ["missing-column"]


def test_a_row_without_a_day_of_issue_is_told_and_never_given_one(tmp_path: Path) -> None:
    """Told only as an empty cell; a list without the column was refused as a whole."""
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row(issued=""), row("8/2025")))
    assert [(each.code, str(each.place)) for each in matches.set_aside] == [
        ("certificate-issued-missing", "list.csv, row 2, column Tanggal Terbit")
    ]
    assert "certificate 9/2025 55.5% has no day of issue" in matches.set_aside[0].message
    assert [each.certificate.number for each in matches.proposals] == ["8/2025"]
    undated = listed(tmp_path, "9/2025;PT Roda Jaya;40", head="Nomor Sertifikat;Nama Perusahaan;TKDN (%)")
    found = match_certificates(bom_of(WHEEL), undated)
    assert ([each.code for each in found.set_aside], found.proposals) == (["certificate-issued-missing"], ())


def applied(bom: Bom, path: Path) -> Any:
    """The first certificate of W or WHEEL once all proposals are accepted."""
    matches = match_certificates(bom, path)
    return matches.apply(matches.proposals).bom.parts[1].certificates[0]


def test_what_a_row_was_matched_on_goes_into_the_certificate(tmp_path: Path) -> None:
    """Holder, type and HS code of the list were lost."""
    held = applied(bom_of(WHEEL), listed(tmp_path, row(type="R14", hs="8714.99.90")))
    assert (held.holder, held.type, held.hs_code) == ("PT Roda Jaya", "R14", "8714.99.90")
    head = "No Sertifikat;Produsen;Nama Produk;Merk;Spesifikasi;TKDN (%);Tgl Terbit;Alamat Pabrik"
    held = applied(bom_of(WHEEL), listed(tmp_path, "9;PT Roda Jaya;Roda;Roket;baja;40;2025-03-01;Subang", head=head))
    assert (held.brand, held.specification, held.factory) == ("Roket", "baja", "Subang")


def test_rows_of_one_certificate_keep_only_what_they_agree_on(tmp_path: Path) -> None:
    """The first row's type would be every part's."""
    held = part("W", evidence=[{"number": "9/2025"}])
    path = listed(tmp_path, row(type="R14", hs="87149990"), row(type="R16", hs="87149990"))
    (found,) = match_certificates(bom_of(held), path).proposals
    assert (found.grade, found.certificate.type, found.certificate.hs_code) == ("certain", None, "87149990")
    assert applied(bom_of(held), path).type is None


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Surat Keterangan TKDN", "letter"),
        ("SURAT KETERANGAN", "letter"),
        ("Sertifikat TKDN", "certificate"),
        ("", None),
    ],
)
def test_a_letter_of_the_list_is_read_as_one(tmp_path: Path, written: str, kind: str | None) -> None:
    """A Surat Keterangan was taken for a certificate, and earned its band."""
    head = "Nomor Sertifikat;Nama Perusahaan;Nama Produk;Jenis Dokumen;TKDN (%);Tanggal Terbit"
    path = listed(tmp_path, f"9/2025;PT Roda Jaya;Roda;{written};40;2025-03-01", head=head)
    assert applied(bom_of(WHEEL), path).kind == kind


def test_a_kind_that_is_not_known_is_set_aside(tmp_path: Path) -> None:
    head = "Nomor Sertifikat;Nama Perusahaan;Nama Produk;Jenis Dokumen;TKDN (%);Tanggal Terbit"
    path = listed(tmp_path, "9/2025;PT Roda Jaya;Roda;Brosur;40;2025-03-01", head=head)
    assert [each.code for each in match_certificates(bom_of(WHEEL), path).set_aside] == ["value-unknown"]


# Decisions


def decided(tmp_path: Path, *lines: str) -> list[tuple[str, str]]:
    """What is wrong with a confirmation of these rows."""
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row()))
    (tmp_path / "confirm.csv").write_text("accept,part,number,tkdn,issued\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(BomError) as caught:
        matches.read_confirmation(tmp_path / "confirm.csv")
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["confirm.csv", "confirm.xlsx"])
def test_a_confirmation_written_and_given_back(tmp_path: Path, name: str) -> None:
    bom = bom_of(WHEEL, part("W", evidence=[{"number": "9/2025"}]))
    matches = match_certificates(bom, listed(tmp_path, row(), row("8/2025")))
    matches.write_confirmation(tmp_path / name)
    found = matches.read_confirmation(tmp_path / name)
    assert [(each.part, each.certificate.number) for each in found.accepted] == [("W", "9/2025")]
    assert [(each.part, each.certificate.number) for each in found.undecided] == [
        ("WHEEL", "9/2025"),
        ("WHEEL", "8/2025"),
    ]
    assert found.refused == ()


def test_the_bmp_that_is_applied_stands_in_the_confirmation(tmp_path: Path) -> None:
    path = listed(
        tmp_path, "9/2025;PT Roda Jaya;Roda;55;01/03/2025;12,5 %", head="No;Maker;Product;TKDN;Tgl Terbit;BMP"
    )
    matches = match_certificates(bom_of(WHEEL), path, mapping={"columns": {"No": "number"}})
    matches.write_confirmation(tmp_path / "confirm.csv")
    assert ",bmp," in (tmp_path / "confirm.csv").read_text(encoding="utf-8")
    assert ",12.5," in (tmp_path / "confirm.csv").read_text(encoding="utf-8")
    assert [(each.field, each.value) for each in matches.apply(matches.proposals).added][-1] == ("bmp", "12.5")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("yes", "accepted"), ("Ya", "accepted"), ("no", "refused"), ("tidak", "refused"), ("", "undecided")],
)
def test_answers(tmp_path: Path, answer: str, kind: str) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row()))
    path = tmp_path / "confirm.csv"
    path.write_text(f"number;accept;part;tkdn;issued\n9/2025;{answer};WHEEL;55.50;2025-03-01\n", encoding="utf-8")
    found = matches.read_confirmation(path)
    assert {name: len(getattr(found, name)) for name in ("accepted", "refused", "undecided")} == {
        **dict.fromkeys(("accepted", "refused", "undecided"), 0),
        kind: 1,
    }


def test_confirmations_that_are_refused(tmp_path: Path) -> None:
    right = "WHEEL,9/2025,55.5,2025-03-01"
    assert decided(tmp_path, f"perhaps,{right}") == [("true-false-invalid", "confirm.csv, row 2, column accept")]
    assert decided(tmp_path, f"yes,{right}", f"no,{right}") == [
        ("enrichment-rows-differ", "confirm.csv, row 3, column accept")
    ]
    for other in (
        "WHEEL,9/2025,56,2025-03-01",
        "WHEEL,8/2025,55.5,2025-03-01",
        "W,9/2025,55.5,2025-03-01",
        "WHEEL,9/2025,x,2025-03-01",
    ):
        assert decided(tmp_path, f"yes,{other}") == [("confirmation-stale", "confirm.csv, row 2, column number")]
    assert decided(tmp_path, "yes,WHEEL,,55.5,2025-03-01") == [("missing-key", "confirm.csv, row 2, column number")]


def test_a_confirmation_is_not_written_over(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row()))
    for name, code in (
        ("list.csv", "output-exists"),
        ("confirm.json", "format-unknown"),
        ("none/confirm.csv", "output-unwritable"),
    ):
        with pytest.raises(UsageError) as caught:
            matches.write_confirmation(tmp_path / name)
        assert caught.value.code == code
    matches.write_confirmation(tmp_path / "list.csv", force=True)


def test_applying_adds_the_accepted_and_nothing_else(tmp_path: Path) -> None:
    matches = match_certificates(bom_of(WHEEL), listed(tmp_path, row()))
    assert matches.apply(()).bom == matches.bom
    found = matches.apply(matches.proposals)
    assert [str(each.tkdn) for each in found.bom.parts[1].certificates] == ["55.5"]
    assert str(found.added[0].place) == "list.csv, row 2, column Nomor Sertifikat"
    assert match_certificates(found.bom, tmp_path / "list.csv").proposals[0].grade == "certain"


def test_a_workbook_as_a_list(tmp_path: Path) -> None:
    head = ["Nomor Sertifikat", "Nama Perusahaan", "Nama Produk", "Nilai TKDN", "Tanggal Terbit"]
    path = save_sheets(
        tmp_path / "list.xlsx", {"Sheet1": [["Daftar"], head, ["9/2025", "PT Roda Jaya", "Roda", 55.5, "2025-03-01"]]}
    )
    assert proposed(match_certificates(bom_of(WHEEL), path)) == [("WHEEL", "9/2025", "probable", "maker_and_product")]


def test_data_and_text(tmp_path: Path) -> None:
    held = home("W", 5, certificates=[cert(55, number="9/2025")])
    matches = match_certificates(bom_of(WHEEL, held), listed(tmp_path, row(), row("8", tkdn="x")))
    data = matches.to_dict()
    assert [each["certificate"]["number"] for each in data["proposals"]] == ["9/2025", "9/2025"]
    assert data["proposals"][1]["differs"][0] == {"field": "tkdn", "bill": "55", "list": "55.5"}
    assert data["set_aside"][0]["code"] == "number-invalid"
    assert "WHEEL <- 9/2025 (55.5%): PT Roda Jaya ~ PT Roda Jaya | Roda ~ Roda [100, 100]" in matches.to_text()
    assert "tkdn dalam daftar bagian 55, dalam daftar sertifikat 55.5" in matches.to_text("id")


# Hostile names


@some
@given(name=texts, maker=texts, product=texts, number=texts.filter(lambda text: text.isprintable() and text.strip()))
def test_no_name_spoils_a_confirmation(name: str, maker: str, product: str, number: str, tmp_path_factory: Any) -> None:
    tmp_path = tmp_path_factory.mktemp("names")
    maker, product, number = (re.sub(r"[\x00-\x1f]", "", text) for text in (maker, product, number))
    suppliers = [firm("S-1", name=maker)]
    record = home("WHEEL", 5, name=name, maker="S-1", evidence=[{"number": number}])
    bom = Bom.from_dict(bill(good(), record, uses={"GOOD": "WHEEL"}, suppliers=suppliers))
    cells = (number, maker, product, "40", "2025-01-01")
    lines = [("number", "maker", "product", "tkdn", "issued"), cells]
    quoted = ["\t".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    (tmp_path / "list.csv").write_bytes("\r\n".join(quoted).encode())
    matches = match_certificates(bom, tmp_path / "list.csv")
    for path in (tmp_path / "confirm.csv", tmp_path / "confirm.xlsx"):
        matches.write_confirmation(path)
        found = matches.read_confirmation(path)
        assert {*found.accepted, *found.undecided} == set(matches.proposals)
        assert {each.grade for each in found.accepted} <= {"certain"}


@some
@given(raw=damaged((EXAMPLES / "enrichment" / "certificates.csv").read_bytes()))
def test_a_damaged_list_ends_in_a_result_or_our_error(raw: bytes, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("damaged") / "list.csv"
    path.write_bytes(raw)
    try:
        problems = match_certificates(bom_of(WHEEL), path).set_aside
    except BomError as error:
        problems = error.problems
    assert {problem.place.file for problem in problems} <= {"list.csv"}
