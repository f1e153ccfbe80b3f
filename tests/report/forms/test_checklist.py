"""Documents and self-declaration: ticked by what the bill holds, and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.report.forms.reading import percent, row_of
from tests.support.build import MADE, Record, abroad, assessed, bill, cert, firm, good, home, part

from tkdn import Assessment, write_forms
from tkdn.assessment.goods import GoodsAssessment
from tkdn.report.forms.checklist import Item, documents, investment, is_small_industry, self_declaration

PROFILE, STRUCTURE, FLOW, FACTORY, COOPERATION, QUANTITIES, CERTIFICATES, PURCHASES, CARDS, OTHERS = range(10)


def goods(*parts: Record, uses: str = "A", **top: Any) -> GoodsAssessment:
    found: Assessment = assessed(bill(*parts, uses={"GOOD": uses}, **top))
    assert isinstance(found, GoodsAssessment)
    return found


def states(assessment: GoodsAssessment) -> list[str]:
    return [item.state for item in documents(assessment)]


def declared(assessment: GoodsAssessment) -> dict[str, Item]:
    return {item.article: item for item in self_declaration(assessment)}


def test_a_bill_without_documents_shows_only_itself() -> None:
    found = states(goods(good(), home("A", 100)))
    assert found == ["no", "no", "no", "no", "void", "yes", "void", "no", "no", "no"]


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("Profil Perusahaan", PROFILE),
        ("company profile", PROFILE),
        ("struktur-organisasi", STRUCTURE),
        ("Process flow", FLOW),
        ("HGB", FACTORY),
        ("KTP", CARDS),
    ],
)
def test_a_record_of_the_product_ticks_its_document(kind: str, document: int) -> None:
    assessment = goods(good(evidence=[{"kind": kind, "number": "7", "file": "a.pdf"}]), home("A", 100))
    assert documents(assessment)[document][1:3] == ("yes", f"{kind}, 7, a.pdf")
    assert states(assessment)[OTHERS] == "no"


@pytest.mark.parametrize("kind", ["profil", "profil perusahaan lain", "surat"])
def test_what_is_not_known_by_name_ticks_nothing_and_is_shown(kind: str) -> None:
    assessment = goods(good(evidence=[{"kind": kind}, {"number": "8"}]), home("A", 100))
    assert states(assessment)[PROFILE] == "no"
    assert documents(assessment)[OTHERS][1:3] == ("review", f"{kind}; 8")


@pytest.mark.parametrize(
    ("factory", "expected"),
    [
        ("own", ("no", "void")),
        ("partner_factory", ("void", "no")),
        ("outsourced", ("void", "no")),
        (None, ("no", "no")),
    ],
)
def test_the_factory_decides_which_proof_is_asked(factory: str | None, expected: tuple[str, str]) -> None:
    made = {key: value for key, value in {**MADE, "factory": factory}.items() if value is not None}
    found = states(goods(good(production=made), home("A", 100)))
    assert (found[FACTORY], found[COOPERATION]) == expected


@pytest.mark.parametrize(("with_document", "state"), [(0, "no"), (1, "part"), (2, "yes")])
def test_certificates_are_ticked_by_their_documents(with_document: int, state: str) -> None:
    parts = [
        home(
            id_, 100, certificates=[cert(78, number=id_, evidence=[{"file": "c.pdf"}] if order < with_document else [])]
        )
        for order, id_ in enumerate("AB")
    ]
    item = documents(goods(good(), *parts, abroad("C", 100), uses="A B C"))[CERTIFICATES]
    assert (item.state, item.found) == (
        state,
        f"{with_document} dari 2 komponen dengan catatan dokumen; nomor sertifikat: A, B",
    )


def test_many_certificates_are_counted_so_that_their_numbers_fit_a_cell() -> None:
    parts = [home(f"P{order}", 100, certificates=[cert(78, number="N" * 1_000 + str(order))]) for order in range(40)]
    item = documents(goods(good(), *parts, uses=" ".join(each["id"] for each in parts)))[CERTIFICATES]
    assert item.found.endswith("N19, dan 20 lainnya")


@pytest.mark.parametrize(("kind", "expected"), [("NIB", ["yes", "no"]), ("Bukti kepemilikan mesin", ["no", "yes"])])
def test_proof_of_investment_and_machines(kind: str, expected: list[str]) -> None:
    assessment = goods(good(evidence=[{"kind": kind}]), home("A", 100))
    assert [item.state for item in investment(assessment)] == expected
    assert states(assessment)[OTHERS] == "no"


def test_purchases_are_those_of_main_components() -> None:
    bought = {"evidence": [{"kind": "Faktur Pajak", "number": "010"}]}
    found = documents(goods(good(), home("A", 100, **bought), home("GLUE", 1, main=False), uses="A GLUE"))
    assert found[PURCHASES].state == "yes"
    assert documents(goods(good(), home("A", 100, **bought), home("B", 100), uses="A B"))[PURCHASES].state == "part"


# ---------------------------------------------------------------------------------------------------------------------
# Self-declaration
# ---------------------------------------------------------------------------------------------------------------------

SMALL = firm("S-1", None, name="CV Contoh", capital={"amount": "1900000000"})


@pytest.mark.parametrize(
    ("maker", "small"),
    [
        (SMALL, True),
        (firm("S-1", "micro"), True),
        (firm("S-1", "medium"), False),
        (firm("S-1", None, sales={"amount": "1000000000"}), False),
        (firm("S-1", None, capital={"amount": "5000000001"}), False),
        (firm("S-1", None, capital={"amount": "5000000000"}), True),
        (firm("S-1", None), False),
    ],
)
def test_for_a_small_industry_by_capital_or_statement(maker: Record, small: bool) -> None:
    assert is_small_industry(goods(good(maker="S-1"), home("A", 100), suppliers=[maker])) is small


def test_nobody_named_as_maker() -> None:
    assert not is_small_industry(goods(good(), home("A", 100)))


def test_a_statement_that_its_own_figures_contradict_is_to_be_checked() -> None:
    stated = firm("S-1", "small", capital={"amount": "6000000000"})
    item = declared(goods(good(maker="S-1"), home("A", 100), suppliers=[stated]))["1(9)"]
    assert (item.state, item.found) == (
        "review",
        "dinyatakan industri kecil, tetapi modal usahanya di atas Rp 5.000.000.000 (Permenperin 35/2025 Pasal 1(9))",
    )


def test_a_bill_holds_no_address_and_no_type() -> None:
    found = declared(goods(good(maker="S-1"), home("A", 100), suppliers=[SMALL]))
    assert {article for article, item in found.items() if item.state == "yes"} == {"1(9)", "40 a.1"}
    assert found["42(2)"].state == "review"  # the activity is assumed


def test_facts_and_documents_of_the_bill() -> None:
    made = good(
        name="Gerobak",
        spec="200 kg",
        maker="S-1",
        kbli="30999",
        hs_code="87168010",
        production={**MADE, "activity": "manufacture", "normal_capacity": "25"},
        evidence=[{"kind": "NIB", "number": "9120"}, {"kind": "SIINas"}, {"kind": "video"}, {"kind": "foto"}],
    )
    found = declared(goods(made, home("A", 100), suppliers=[SMALL]))
    assert {article for article, item in found.items() if item.state == "yes"} == {
        *("1(9)", "26(2)", "40 a.1", "40 a.4", "40 a.5", "40 a.6", "40 a.7.a", "40 a.7.c", "40 a.7.e", "40 a.7.f"),
        *("40 c", "42(2)"),
    }
    assert found["40 a.6"].found == "25 pcs/bulan"
    assert found["40 a.8"].state == "part"


@pytest.mark.parametrize(("kind", "state"), [("Hasil validasi Industri Kecil", "yes"), ("validasi", "no")])
def test_validation_is_ticked_by_its_own_record(kind: str, state: str) -> None:
    made = good(maker="S-1", evidence=[{"kind": kind, "number": "3"}])
    assert declared(goods(made, home("A", 100), suppliers=[SMALL]))["26(2)-(3), (5)"].state == state


def test_a_good_of_article_9_is_refused() -> None:
    made = good(maker="S-1", production={**MADE, "activity": "packing"})
    assert declared(goods(made, home("A", 100), suppliers=[SMALL]))["42(2)"].state == "review"


def test_a_good_without_score_yet() -> None:
    found = declared(goods(good(maker="S-1"), part("A"), suppliers=[SMALL]))
    assert (found["42(2)"].state, found["42(2)"].found) == ("no", "belum ada nilai: lembar Catatan")


def test_the_sheets(tmp_path: Path) -> None:
    made = good(maker="S-1", brainware={"rd_unit": "own"})
    assessment = goods(made, home("A", 100), suppliers=[SMALL])
    write_forms(assessment, tmp_path / "forms.xlsx")
    value = row_of(tmp_path / "forms.xlsx", "Self Declare", "Nilai TKDN Barang menurut Pasal 4-9")[2]
    assert (percent(value), str(assessment.score)) == ("43.75", "47.75")
    assert row_of(tmp_path / "forms.xlsx", "Dokumen Pendukung", "Profil perusahaan")[2] == "tidak tampak"


def test_no_self_declaration_for_others(tmp_path: Path) -> None:
    assessment = goods(good(maker="S-1"), home("A", 100), suppliers=[firm("S-1", "large")])
    write_forms(assessment, tmp_path / "forms.xlsx")
    assert "Self Declare" not in openpyxl.load_workbook(tmp_path / "forms.xlsx").sheetnames
