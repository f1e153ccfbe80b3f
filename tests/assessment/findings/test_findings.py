"""Gaps, assumptions and warnings: a bill that produces each, what it affects, and the points that rest on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.assessment.test_cost import GAPS as COST_GAPS
from tests.assessment.test_vehicle import GAPS as VEHICLE_GAPS
from tests.support.build import (
    MADE,
    Document,
    Record,
    abroad,
    assessed,
    bill,
    cert,
    changed,
    firm,
    good,
    home,
    part,
    use,
)

from tkdn import regulation
from tkdn.assessment.findings.finding import Assumption, Finding, Gap
from tkdn.i18n import LANGUAGES, catalogue

ALL = ("score", "potential", "lift")
STRICTER = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
UNDATED = {"number": "N/1", "tkdn": "78", "issued": "2025-02-01"}
ORE = part("ORE", 200, natural_resource=True)
MOTOR = abroad("MOTOR", 200)


def with_frame(frame: Record, *below: Record, lines: str = "", product: Record | None = None, **more: Any) -> Document:
    """FRAME 600, MOTOR 200 from abroad, ORE 200 from nature: the score is 40 + 0.45 x credit of FRAME."""
    uses = {"GOOD": "FRAME MOTOR ORE"} | ({"FRAME": lines} if lines else {})
    return bill(product or good(), frame, MOTOR, ORE, *below, uses=uses, **more)


def made(**facts: Any) -> Record:
    """Production facts, complete but for those that are None."""
    return {key: value for key, value in {**MADE, "activity": "manufacture", **facts}.items() if value is not None}


def with_production(**facts: Any) -> Document:
    """Only the production facts of the good are wanting."""
    return bill(good(production=made(**facts)), ORE, uses={"GOOD": "ORE"})


def with_bill(**facts: Any) -> Document:
    """FRAME has a bill of its own, and production facts that are wanting: own would be 25 + 0.75 x 70 = 77.5."""
    below = (part("COIL", 420, natural_resource=True), abroad("RESIN", 180))
    return with_frame(home("FRAME", 600, supplier="S-1", production=made(**facts)), *below, lines="COIL RESIN", **LARGE)


LARGE: dict[str, Any] = {"suppliers": [firm("S-1", "large", industrial_licence=True)]}


@dataclass(frozen=True)
class Case:
    """A bill, and where in it the finding with this code is expected."""

    code: str
    document: Document
    part: str | None = None
    supplier: str | None = None
    affects: tuple[str, ...] = ()
    words: str = ""
    options: dict[str, Any] = field(default_factory=dict)


GAPS = [
    Case("no-lines", bill(good(), uses={}), "GOOD", affects=ALL),
    Case("no-main-line", bill(good(), home("A", 1, main=False), uses={"GOOD": "A"}), "GOOD", affects=ALL),
    Case("heading-unknown", with_production(activity="finishing"), "GOOD", affects=ALL),
    Case("heading-unknown", with_bill(activity="finishing"), "FRAME", affects=("score", "potential")),
    Case(
        "certificate-term-open",
        with_frame(home("FRAME", 600, certificates=[{**UNDATED, "issued": "2024-01-02"}])),
        "FRAME",
        affects=("score", "potential"),
        words="it lasts to 2026-01-01 or to 2027-01-01, so it is not counted until its end is stated",
    ),
    Case("workers-missing", with_production(indonesian_workers=None), "GOOD", affects=("score", "potential")),
    Case("workers-missing", with_production(foreign_workers=None), "GOOD", affects=("score", "potential")),
    Case("workers-missing", with_bill(foreign_workers=None), "FRAME", affects=("potential",)),
    Case("no-workers", with_production(indonesian_workers=0), "GOOD", affects=("score", "potential")),
    Case("no-workers", with_bill(indonesian_workers=0), "FRAME", affects=("potential",)),
    Case("investment-missing", with_production(invested_in_indonesia=None), "GOOD", affects=("score", "potential")),
    Case("investment-missing", with_bill(invested_in_indonesia=None), "FRAME", affects=("potential",)),
    Case("factory-missing", with_production(factory=None), "GOOD", affects=("score", "potential")),
    Case("factory-missing", with_bill(factory=None), "FRAME", affects=("potential",)),
    Case("origin-unknown", bill(part("GOOD", production=MADE), ORE, uses={"GOOD": "ORE"}), "GOOD", affects=ALL[:2]),
    Case("origin-unknown", with_frame(part("FRAME", 600)), "FRAME", affects=ALL),
    Case("origin-unknown", with_frame(part("FRAME", 600, supplier="S-1"), **LARGE), "FRAME", affects=ALL[:2]),
    # a line that is not main: only Pasal 9(2)a and the potential could turn on it, and ORE is domestic
    Case("origin-unknown", with_frame(part("FRAME", 600, main=False)), "FRAME", affects=("potential", "lift")),
    # ... unless no line is known to be domestic
    Case(
        "origin-unknown",
        bill(good(), MOTOR, part("TAPE", 1, main=False), uses={"GOOD": "MOTOR TAPE"}),
        "TAPE",
        affects=ALL,
    ),
    Case("origin-unknown", with_frame(home("FRAME", 600), part("TUBE", 1), lines="TUBE"), "TUBE", affects=ALL),
    Case(
        "origin-unknown",
        with_frame(home("FRAME", 600), part("TUBE", 1), lines="TUBE MOTOR"),
        "TUBE",
        affects=("potential", "lift"),
    ),
    Case(
        "origin-unknown",
        with_frame(home("FRAME", 600, all_domestic_material=False), part("TUBE", 1), lines="TUBE"),
        "TUBE",
        affects=("potential", "lift"),
    ),
    Case("price-missing", bill(good(), ORE, home("A"), uses={"GOOD": "ORE A"}), "A", affects=ALL),
    # below a part without a price: what is asked for is the price at the bottom
    Case("price-missing", bill(good(), ORE, home("A"), home("B"), uses={"GOOD": "ORE A", "A": "B"}), "B", affects=ALL),
    Case(
        "price-missing",
        bill(good(), ORE, home("A"), home("B", main=False), uses={"GOOD": "ORE A", "A": "ORE B"}),
        "B",
        affects=ALL,
    ),
    Case("price-missing", with_frame(home("FRAME", 600), home("A"), lines="A"), "A", affects=("potential",)),
    Case("bill-missing", with_frame(home("FRAME", 600)), "FRAME", affects=("potential",)),
    Case("maker-missing", with_frame(home("FRAME", 600)), "FRAME", affects=("lift",)),
    Case(
        "size-unknown",
        with_frame(home("FRAME", 600, supplier="S-1"), suppliers=[firm("S-1", None)]),
        supplier="S-1",
        affects=("lift",),
    ),
]

UNLICENSED = firm("S-1", "large", industrial_licence=False)
DOLLAR = abroad("PUMP", {"amount": "1", "currency": "USD"})


def in_dollars(since: str) -> Document:
    """Something is priced in dollars, whose latest rate is from that day."""
    rates = [
        {"currency": "USD", "rate": "16000", "from": since},
        {"currency": "JPY", "rate": "1", "from": "2020-01-01"},
    ]
    return bill(good(), ORE, DOLLAR, uses={"GOOD": "ORE PUMP"}, rates=rates)


def with_stage(**fields: Any) -> Document:
    """ORE stands in a stage made in house."""
    weld = {"id": "WELD", "in_house": True, **fields}
    return bill(good(), weld, ORE, uses={"GOOD": "WELD", "WELD": "ORE"}, suppliers=[firm("S-1")])


def held_by(holder: str) -> Document:
    """A frame of S-1 whose certificate names a holder."""
    frame = home("FRAME", 600, supplier="S-1", certificates=[cert(78, holder=holder)])
    return with_frame(frame, suppliers=[firm("S-1"), firm("S-2")])


def certified(*held: Record) -> Document:
    return with_frame(home("FRAME", 600, certificates=list(held)))


def with_codes(good_code: str, line_code: str, **production: Any) -> Document:
    """FRAME is finished from a component; both have HS codes."""
    frame = home("FRAME", 600, hs_code=good_code, production={**MADE, "activity": "finishing", **production})
    return with_frame(frame, home("PANEL", 1, hs_code=line_code), lines="PANEL")


ASSUMPTIONS = [
    Case(
        "date-today",
        {key: value for key, value in with_production().items() if key != "date"},
        words=date.today().isoformat(),
    ),
    Case("main-as-stated", with_production(), words="Pasal 5(3)"),
    Case("product-manufacture", with_production(activity=None), "GOOD", words="Pasal 9(2)"),
    Case("manufacture", with_bill(activity=None), "FRAME", words="1 components"),
    Case(
        "licence", with_frame(home("FRAME", 600, supplier="S-1"), suppliers=[firm("S-1")]), "FRAME", "S-1", words="S-1"
    ),
    Case("licence-no-maker", with_frame(home("FRAME", 600)), "FRAME", words="Pasal 1(7)"),
    Case(
        "one-level",
        with_frame(
            home("FRAME", 600), home("TUBE", 1), abroad("COIL", 1), lines="TUBE", more_uses=[use("TUBE", "COIL")]
        ),
        "FRAME",
        words="Lampiran I.2.a",
    ),
    Case("product-licence", with_production(), "GOOD", words="without it there is no TKDN (Pasal 9(1), 27(1))"),
    Case(
        "brainware",
        bill(good(brainware={"rd_unit": "own", "rd_programme": False}), ORE, uses={"GOOD": "ORE"}),
        "GOOD",
        words="rd_share_of_revenue, rd_used_in_product",
    ),
]

WARNINGS = [
    Case("what-if", with_production(), words="raw_material_test = bill", options={"regulation": STRICTER}),
    Case(
        "price-roll-up",
        with_frame(home("FRAME", 600), home("TUBE", 500), lines="TUBE"),
        "FRAME",
        words="Rp 600.00, and the roll-up of its own bill, Rp 500.00, differ by -16.67%",
    ),
    Case("rate-old", in_dollars("2026-04-30"), words="The rate of USD is 32 days old (from 2026-04-30)."),
    Case("certificate-not-yet", certified(cert(78, issued="2026-06-02")), "FRAME", words="78/2025 of FRAME (78%)"),
    Case("certificate-expired", certified(cert(78, expires="2026-05-31")), "FRAME", words="has expired"),
    Case("certificate-withdrawn", certified(cert(78, withdrawn="2026-06-01")), "FRAME", words="was withdrawn"),
    Case("certificate-frozen", certified(cert(78, frozen=["2026-06-01", "2026-06-01"])), "FRAME", words="is frozen"),
    Case("certificate-long", certified(cert(78, expires="2030-02-02")), "FRAME", words="longer than its text allows"),
    Case("certificates-same-day", certified(cert(78), cert(48)), "FRAME", words="the lower, 48/2025 (48%), is taken"),
    Case(
        "certificate-lowers",
        with_frame(home("FRAME", 600, certificates=[cert(78)]), home("TUBE", 600), lines="TUBE"),
        "FRAME",
        words="earns 80; without it the part would earn 100",
    ),
    Case(
        "bmp-ended",
        with_frame(
            home("FRAME", 600, certificates=[cert(30, issued="2025-12-15", bmp="10", bmp_expires="2026-05-31")])
        ),
        "FRAME",
        words="which ended on 2026-05-31",
    ),
    Case(
        "size-contradicts",
        with_frame(
            home("FRAME", 600, supplier="S-1"), suppliers=[firm("S-1", "small", capital={"amount": "5000000001"})]
        ),
        supplier="S-1",
        words="S-1 is stated to be small, but its figures make it medium",
    ),
    Case(
        "small-contradicts",
        with_frame(
            home("FRAME", 600, supplier="S-1"), suppliers=[firm("S-1", "small", capital={"amount": "5000000001"})]
        ),
        supplier="S-1",
        words="its capital is above Rp 5,000,000,000",
    ),
    Case(
        "self-declared-not-small",
        with_frame(
            home("FRAME", 600, supplier="S-1", certificates=[cert(30, self_declared=True)]),
            suppliers=[firm("S-1", "large")],
        ),
        "FRAME",
        "S-1",
        words="is self-declared, but S-1 is no small industry",
    ),
    Case("certificate-letter", certified(cert(78, kind="letter")), "FRAME", words="is a letter (Surat Keterangan)"),
    Case(
        "certificate-ended",
        certified(cert(78), cert(48, issued="2025-03-01")),
        "FRAME",
        words="78/2025 of FRAME (78%) was ended by the later 48/2025",
    ),
    Case(
        "certificate-succession",
        certified(cert(78, holder="CV Satu (synthetic)"), cert(48, issued="2025-03-01")),
        "FRAME",
        words="is taken as ended by the later 48/2025",
    ),
    Case("certificate-of-stage", with_stage(certificates=[cert(78)]), "WELD", words="counts by its certificate"),
    Case("certificate-holder-unknown", held_by("PT Lain"), "FRAME", words="PT Lain, who is no firm of the bill"),
    Case("certificate-other-holder", held_by("S-2"), "FRAME", words="is held by S-2, not by its maker S-1"),
    Case(
        "certificate-other-product",
        with_frame(home("FRAME", 600, hs_code="8709", certificates=[cert(78, hs_code="87082995")])),
        "FRAME",
        words="hs_code 87082995 there, 8709 in the bill",
    ),
    Case(
        "certificate-other-than",
        certified(cert(78, type="X-1"), cert(48, issued="2025-03-01", type="Y-2")),
        "FRAME",
        words="Certificates 78/2025 and 48/2025 of FRAME are for two products: type X-1 and Y-2",
    ),
    Case(
        "certificate-older-than-text",
        certified(cert(78, regulation="permenperin-35-2025")),
        "FRAME",
        words="was issued 2025-02-01, before that text",
    ),
    Case(
        "certificate-of-stage",
        with_frame(
            home("FRAME", 600),
            {"id": "PAINT", "in_house": True, "certificates": [cert(78)]},
            lines="PAINT ORE",
            more_uses=[use("PAINT", "MOTOR")],
        ),
        "PAINT",
        words="counts by its certificate, as one line",
    ),
    Case("tariff-old-name", with_bill(hs_heading_changed=True), "FRAME", words="hs_heading_changed"),
    Case(
        "tariff-contradicts-same",
        with_codes("8708.29.95", "8708.29.95", tariff_line_changed=True),
        "FRAME",
        words="a main component has the same HS code",
    ),
    Case(
        "tariff-contradicts-changed",
        with_codes("8708.29.95", "7208.10.00", tariff_line_changed=False),
        "FRAME",
        words="no main component has its HS code",
    ),
    Case(
        "service-kbli",
        with_frame(home("FRAME", 600, supplier="S-1", kbli="25920"), suppliers=[firm("S-1")]),
        "FRAME",
        "S-1",
        words="25920, is an industrial service",
    ),
    Case(
        "opened-by-little",
        bill(good(), MOTOR, home("CARTON", 1, main=False), uses={"GOOD": "MOTOR CARTON"}),
        "GOOD",
        words="(CARTON)",
    ),
    Case(
        "in-house-ignored",
        with_stage(production=MADE, main=False),
        "WELD",
        words="production, main change nothing",
    ),
    Case(
        "regulation-repealed",
        with_production(),
        words="until 2025-12-11",
        options={"regulation": "permenperin-16-2011", "allow_repealed": True},
    ),
    Case(
        "regulation-amended",
        with_production(),
        words="permenperin-28-2023",
        options={"regulation": "permenperin-6-2022"},
    ),
    Case("year-unused", with_production(), words="year 2026 changes nothing", options={"year": 2026}),
]


OF_OTHER_METHODS = COST_GAPS.keys() | VEHICLE_GAPS.keys()


def test_every_gap_assumption_and_warning_that_has_words_is_produced() -> None:
    for kind, cases in (("gap", GAPS), ("assumption", ASSUMPTIONS), ("warning", WARNINGS)):
        said = {key.removeprefix(f"{kind}.") for key in catalogue("en") if key.startswith(f"{kind}.")}
        assert {case.code for case in cases} | (OF_OTHER_METHODS if kind == "gap" else set()) == said
        remedies = {key.removeprefix(f"{kind}-remedy.") for key in catalogue("en") if key.startswith(f"{kind}-remedy.")}
        assert remedies <= said


def the_one(findings: Sequence[Any], case: Case) -> Any:
    """The one finding with the code at the place."""
    assert all(isinstance(each, Finding) for each in findings)
    found = [
        each for each in findings if (each.code, each.part, each.supplier) == (case.code, case.part, case.supplier)
    ]
    assert len(found) == 1, [(each.code, each.part, each.supplier) for each in findings]
    return found[0]


def check_words(finding: Finding, case: Case) -> None:
    assert case.words in finding.message
    assert finding.to_dict().items() >= {"code": case.code, "part": case.part, "supplier": case.supplier}.items()
    for lang in LANGUAGES:
        shown = finding.message_in(lang) + finding.remedy_in(lang)
        assert "{" not in shown
        assert "None " not in shown.removeprefix("None of GOOD's components")
        if not isinstance(finding, Assumption):
            assert (case.part or case.supplier or "") in shown


@pytest.mark.parametrize("case", GAPS, ids=lambda case: f"{case.code}-{case.part or case.supplier}")
def test_gaps(case: Case) -> None:
    assessment = assessed(case.document)
    gap = the_one(assessment.gaps, case)
    assert gap.affects == case.affects
    assert gap.to_dict()["affects"] == list(case.affects)
    assert gap.remedy
    check_words(gap, case)
    assert (assessment.status == "complete") == all("score" not in each.affects for each in assessment.gaps)


@pytest.mark.parametrize("case", ASSUMPTIONS, ids=lambda case: case.code)
def test_assumptions(case: Case) -> None:
    assumption = the_one(assessed(case.document).assumptions, case)
    assert assumption.remedy
    check_words(assumption, case)


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case.code)
def test_warnings(case: Case) -> None:
    check_words(the_one(assessed(case.document, **case.options).warnings, case), case)


def test_a_bill_with_everything_stated_has_no_finding_but_the_one_on_main_components() -> None:
    stated = firm("S-1", "small", industrial_licence=True, capital={"amount": "5000000000"})
    frame = home("FRAME", 600, supplier="S-1", certificates=[cert(78, issued="2026-02-01", expires="2031-01-31")])
    document = with_frame(frame, product=good(maker="S-1", production=made()), suppliers=[stated])
    assessment = assessed(document)
    assert assessment.gaps == ()
    assert [each.code for each in assessment.assumptions] == ["main-as-stated"]
    assert assessment.warnings == ()
    assert assessment.status == "complete"


# ---------------------------------------------------------------------------------------------------------------------
# What is no gap
# ---------------------------------------------------------------------------------------------------------------------


def gaps_of(document: Document, code: str) -> list[str | None]:
    return [gap.part or gap.supplier for gap in assessed(document).gaps if gap.code == code]


@pytest.mark.parametrize(
    "fields",
    [
        {"certificates": [cert(12)]},
        {"all_domestic_material": True},
        {"natural_resource": True},
        {"supplier": "S-1"},  # unlicensed: a bill would not help
        {"main": False},
        {"made_in": "CN"},
    ],
)
def test_no_bill_is_asked_for_where_it_could_not_raise_the_potential(fields: Record) -> None:
    document = changed(with_frame(home("FRAME", 600), suppliers=[UNLICENSED]), "FRAME", **fields)
    assert gaps_of(document, "bill-missing") == []


def test_a_bill_is_asked_for_at_every_level_the_potential_looks_at() -> None:
    document = with_frame(home("FRAME", 600), home("TUBE", 600), lines="TUBE")
    assert gaps_of(document, "bill-missing") == ["TUBE"]


@pytest.mark.parametrize(
    "fields", [{"natural_resource": True}, {"made_in": "CN"}, {"made_in": None}, {"supplier": "S-1"}]
)
def test_no_maker_is_asked_for_where_it_lifts_nothing_or_is_named(fields: Record) -> None:
    document = changed(with_frame(home("FRAME", 600), **LARGE), "FRAME", **fields)
    assert gaps_of(document, "maker-missing") == []


def test_the_size_of_a_firm_is_asked_for_once_and_only_where_it_makes_something_here() -> None:
    firms = [
        firm("S-1", None),
        firm("S-2", None),
        firm("S-3", None, sales={"amount": "1"}),
        firm("S-4", None, workers=3),
    ]
    document = with_frame(
        home("FRAME", 600, supplier="S-2", maker="S-1"),
        home("A", 1, supplier="S-1"),
        home("B", 1, supplier="S-3"),
        abroad("C", 1, supplier="S-2"),
        lines="A B C",
        product=good(maker="S-4"),
        suppliers=firms,
    )
    assert gaps_of(document, "size-unknown") == ["S-1"]


@pytest.mark.parametrize(
    "fields",
    [
        {"made_in": "CN"},
        {"supplier": "S-1"},
        {"certificates": [cert(90)]},  # 100 already
        {"all_domestic_material": True},
    ],
)
def test_no_production_facts_are_asked_for_where_they_could_not_raise_the_potential(fields: Record) -> None:
    document = with_frame(home("FRAME", 600), lines="ORE MOTOR", suppliers=[UNLICENSED])
    document = changed(document, "FRAME", **fields)
    assert [gap.code for gap in assessed(document).gaps if gap.part == "FRAME" and gap.code != "maker-missing"] == []


def test_all_missing_production_facts_of_a_part_are_asked_for() -> None:
    document = with_frame(home("FRAME", 600), lines="ORE MOTOR")
    codes = [gap.code for gap in assessed(document).gaps if gap.part == "FRAME" and gap.affects == ("potential",)]
    assert codes == ["workers-missing", "investment-missing", "factory-missing"]


def test_a_product_that_cannot_be_calculated_is_asked_for_no_facts_of_its_own() -> None:
    packed = bill(good(production={"activity": "packing"}), part("A", 1), uses={"GOOD": "A"})
    gaps = assessed(packed).gaps
    assert [gap.code for gap in gaps if gap.part == "GOOD"] == []
    (origin,) = (gap for gap in gaps if gap.code == "origin-unknown")
    assert "score" not in origin.affects


def test_gaps_that_affect_the_score_stand_first() -> None:
    document = with_frame(home("FRAME", 600), product=good(production=made(factory=None)))
    affects = ["score" in gap.affects for gap in assessed(document).gaps]
    assert affects == sorted(affects, reverse=True)
    assert affects[0]


# ---------------------------------------------------------------------------------------------------------------------
# The points that rest on an assumption
# ---------------------------------------------------------------------------------------------------------------------


def assumption_of(document: Document, code: str) -> Assumption:
    (found,) = (each for each in assessed(document).assumptions if each.code == code)
    return found


UNSTATED = firm("S-1", "large")
# FRAME at 25 gives 11.25 points of the score, at 80 it gives 36.
RESTING: list[tuple[str, Document, Callable[[Document], Document], str, str]] = [
    (
        "licence",
        with_frame(home("FRAME", 600, supplier="S-1"), suppliers=[UNSTATED]),
        lambda bill_: changed(bill_, "S-1", industrial_licence=False),
        "11.25",
        "11.25",
    ),
    (
        "licence",
        {**with_bill(), "suppliers": [UNSTATED]},
        lambda bill_: changed(bill_, "S-1", industrial_licence=False),
        "11.25",
        "36.00",
    ),
    (
        "licence-no-maker",
        with_frame(home("FRAME", 600, all_domestic_material=True)),
        lambda bill_: changed({**bill_, "suppliers": [UNLICENSED]}, "FRAME", maker="S-1"),
        "45.00",
        "45.00",
    ),
    (
        "one-level",
        with_frame(
            home("FRAME", 600), home("TUBE", 1), abroad("COIL", 1), lines="TUBE", more_uses=[use("TUBE", "COIL")]
        ),
        lambda bill_: changed(bill_, "FRAME", all_domestic_material=False),
        "33.75",
        "33.75",
    ),
]


@pytest.mark.parametrize(("code", "document", "contrary", "points", "potential_points"), RESTING)
def test_points_that_rest_on_an_assumption(
    code: str, document: Document, contrary: Callable[[Document], Document], points: str, potential_points: str
) -> None:
    assumption = assumption_of(document, code)
    assert (str(assumption.points), str(assumption.potential_points)) == (points, potential_points)
    before, after = assessed(document), assessed(contrary(document))
    assert before.exact is not None
    assert after.exact is not None
    assert before.exact_potential is not None
    assert after.exact_potential is not None
    assert assumption.exact_points == before.exact - after.exact
    assert assumption.exact_potential_points == before.exact_potential - after.exact_potential
    assert assumption.to_dict()["points"] == points
    assert code not in {each.code for each in after.assumptions if each.parts == assumption.parts}


def test_the_potential_rests_on_the_manufacture_of_components_and_the_score_does_not() -> None:
    """An activity not stated is production, which the licence carries; a certificate of its own still asks for it."""
    assumption = assumption_of(with_bill(activity=None), "manufacture")
    assert (str(assumption.points), str(assumption.potential_points)) == ("0.00", "24.75")  # 36 - 11.25


def test_the_whole_score_rests_on_the_manufacture_of_the_product() -> None:
    assumption = assumption_of(with_production(activity=None), "product-manufacture")
    assert (str(assumption.points), str(assumption.potential_points)) == ("100.00", "100.00")
    packed = assessed(with_production(activity="packing"))
    assert packed.status == "cannot_be_calculated"
    assert "product-manufacture" not in {each.code for each in packed.assumptions}
    # Where it cannot be calculated for another reason, nothing rests on it.
    document = bill(good(made_in="CN"), ORE, uses={"GOOD": "ORE"})
    assert "product-manufacture" not in {each.code for each in assessed(document).assumptions}


def test_a_licence_is_assumed_once_for_all_parts_of_a_maker_that_need_it() -> None:
    """One maker, three parts of 100 each: a certified one and one of nature do not need the licence, two uncertified do."""
    document = bill(
        good(),
        home("A", 100, supplier="S-1"),
        home("B", 100, supplier="S-1"),
        home("C", 100, supplier="S-1", certificates=[cert(78)]),
        part("D", 100, natural_resource=True, supplier="S-1"),
        abroad("E", 100, supplier="S-1"),
        home("F", 100, supplier="S-2"),
        uses={"GOOD": "A B C D E F"},
        suppliers=[firm("S-1"), firm("S-2", industrial_licence=True)],
    )
    assumption = assumption_of(document, "licence")
    assert (assumption.part, assumption.parts, assumption.supplier) == (None, ("A", "B"), "S-1")
    assert assumption.exact_points == Fraction(3, 4) * Fraction(200, 600) * 25
    assert "for 2 part(s)" in assumption.message


def test_a_certified_part_needs_the_licence_where_its_own_bill_lifts_the_potential() -> None:
    document = {**with_bill(), "suppliers": [UNSTATED]}
    document = changed(document, "FRAME", certificates=[cert(30)])
    assumption = assumption_of(document, "licence")
    assert (str(assumption.points), str(assumption.potential_points)) == ("0.00", "18.00")  # 0.45 x (80 - 40)


def test_points_are_not_one_amount_where_nothing_could_be_calculated_without() -> None:
    document = bill(good(), part("A", 1, certificates=[cert(78)]), uses={"GOOD": "A"})
    (warning,) = (each for each in assessed(document).warnings if each.code == "certificate-long")
    assert (warning.exact_points, warning.to_dict()["points"]) == (None, None)


@pytest.mark.parametrize(
    ("tube", "coil", "assumed"),
    [
        ({}, {"made_in": "CN"}, True),
        ({}, {"made_in": "ID"}, True),  # nothing is known below the coil
        ({}, {"natural_resource": True}, False),  # the bill shows it all the way down
        ({"all_domestic_material": True}, {"made_in": "CN"}, False),
        ({"all_domestic_material": False}, {"natural_resource": True}, True),
        ({"natural_resource": True}, {"made_in": "CN"}, False),
        ({"made_in": None, "certificates": [cert(78)]}, {"natural_resource": True}, False),
    ],
)
def test_one_level_is_assumed_only_where_the_deeper_bill_does_not_show_it(
    tube: Record, coil: Record, assumed: bool
) -> None:
    document = with_frame(
        home("FRAME", 600), home("TUBE", 600), part("COIL", 600), lines="TUBE", more_uses=[use("TUBE", "COIL")]
    )
    document = changed(changed(document, "TUBE", **tube), "COIL", **coil)
    assessment = assessed(document)
    assert assessment.components["FRAME"].credited == 100
    parts = [each.part for each in assessment.assumptions if each.code == "one-level"]
    assert ("FRAME" in parts) is assumed


@pytest.mark.parametrize(
    "decided",
    [{"certificates": [cert(78)]}, {"all_domestic_material": True}, {"natural_resource": True}, {"supplier": "S-1"}],
)
def test_one_level_is_not_assumed_where_something_else_decides(decided: Record) -> None:
    document = with_frame(home("FRAME", 600, **decided), home("TUBE", 600), lines="TUBE", suppliers=[UNLICENSED])
    assert "one-level" not in {each.code for each in assessed(document).assumptions}


def test_brainware_that_is_stated_in_full_assumes_nothing() -> None:
    facts = {"rd_share_of_revenue": "0", "rd_unit": "none", "rd_programme": False, "rd_used_in_product": False}
    document = bill(good(brainware=facts), ORE, uses={"GOOD": "ORE"})
    assert "brainware" not in {each.code for each in assessed(document).assumptions}
    missing = assumption_of(ASSUMPTIONS[-1].document, "brainware")
    assert missing.exact_points == 0
    assert missing.exact_potential_points == 0


def test_today_is_taken_where_no_date_is_given() -> None:
    assessment = assessed(ASSUMPTIONS[0].document)
    assert assessment.on == date.today()
    assert "date-today" not in {each.code for each in assessed(ASSUMPTIONS[0].document, on="2026-06-01").assumptions}


# ---------------------------------------------------------------------------------------------------------------------
# Where a warning begins
# ---------------------------------------------------------------------------------------------------------------------


def warned(document: Document, code: str, **options: Any) -> list[str | None]:
    return [each.part or each.supplier for each in assessed(document, **options).warnings if each.code == code]


@pytest.mark.parametrize(
    ("rolled", "expected"), [("606", []), ("606.01", ["FRAME"]), ("594", []), ("593.99", ["FRAME"]), ("600", [])]
)
def test_price_and_roll_up_may_differ_by_one_percent(rolled: str, expected: list[str]) -> None:
    document = with_frame(home("FRAME", 600), home("TUBE", rolled), lines="TUBE")
    assert warned(document, "price-roll-up") == expected


def test_the_roll_up_takes_all_lines_and_is_not_known_without_one_of_their_prices() -> None:
    lines: dict[str, Any] = {"lines": "TUBE GLUE"}
    glue = home("GLUE", 200, main=False)
    assert warned(with_frame(home("FRAME", 600), home("TUBE", 400), glue, **lines), "price-roll-up") == []
    unpriced = home("GLUE", main=False)
    assert warned(with_frame(home("FRAME", 600), home("TUBE", 400), unpriced, **lines), "price-roll-up") == []


@pytest.mark.parametrize(("since", "expected"), [("2026-05-01", 0), ("2026-04-30", 1)])
def test_a_rate_may_be_31_days_old(since: str, expected: int) -> None:
    assert len(warned(in_dollars(since), "rate-old")) == expected


def test_an_old_rate_of_conversion_cost_is_warned_of_and_rupiah_never() -> None:
    made_here = home("FRAME", conversion_cost={"amount": "1", "currency": "USD"})
    rates = [{"currency": "USD", "rate": "16000", "from": "2026-01-01"}]
    document = with_frame(made_here, lines="ORE", rates=rates)
    assert len(warned(document, "rate-old")) == 1
    document = bill(
        good(), part("ORE", {"amount": "1", "currency": "IDR"}, natural_resource=True), uses={"GOOD": "ORE"}
    )
    assert warned(document, "rate-old") == []


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (cert(78, expires="2028-01-31"), []),  # under 16/2011 or none named: three years at the most
        (cert(78, expires="2028-02-01"), ["FRAME"]),  # was taken as right up to five years
        (cert(78, issued="2026-02-01", expires="2031-01-31"), []),
        (cert(78, issued="2026-02-01", expires="2031-02-01"), ["FRAME"]),
    ],
)
def test_a_certificate_that_lasts_longer_than_its_text_allows(held: Record, expected: list[str]) -> None:
    assert warned(certified(held), "certificate-long") == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (cert(48), ["FRAME"]),
        (cert(48, issued="2025-02-02"), []),
        (cert(48, withdrawn="2026-06-01"), []),
        (cert(48, expires="2026-05-31"), []),
    ],
)
def test_two_certificates_of_one_day_are_warned_of_where_both_count(second: Record, expected: list[str]) -> None:
    assert warned(certified(cert(78), second), "certificates-same-day") == expected


@pytest.mark.parametrize(
    ("tkdn", "expected"),
    [("78", ["FRAME"]), ("80.01", [])],  # 80 is less than the 100 without it, 100 is not
)
def test_a_certificate_lowers_only_where_the_part_would_earn_more(tkdn: str, expected: list[str]) -> None:
    document = with_frame(home("FRAME", 600, certificates=[cert(tkdn)]), home("TUBE", 600), lines="TUBE")
    assert warned(document, "certificate-lowers") == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"scale": "small", "capital": {"amount": "5000000000"}}, []),
        ({"scale": "small", "sales": {"amount": "15000000001"}}, ["S-1"]),
        ({"scale": "small", "capital": {"amount": "5000000000"}, "sales": {"amount": "15000000001"}}, []),
        ({"scale": "micro"}, []),
        ({"scale": None, "capital": {"amount": "5000000001"}}, []),
    ],
)
def test_a_stated_size_contradicts_the_capital_or_else_the_sales(facts: Record, expected: list[str]) -> None:
    maker = firm("S-1", **facts)
    document = with_frame(home("FRAME", 600, supplier="S-1"), suppliers=[maker])
    assert warned(document, "size-contradicts") == expected
    assert warned(with_frame(home("FRAME", 600), suppliers=[maker]), "size-contradicts") == []


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({"made_in": "ID", "natural_resource": False, "main": True}, None),
        ({"made_in": "CN"}, "made_in"),
        ({"maker": "S-1", "brainware": {"rd_unit": "own"}}, "maker, brainware"),
        ({"all_domestic_material": True, "natural_resource": True}, "all_domestic_material, natural_resource"),
    ],
)
def test_what_is_ignored_on_an_in_house_part(fields: Record, keys: str | None) -> None:
    document = with_stage(**fields)
    messages = [each.message for each in assessed(document).warnings if each.code == "in-house-ignored"]
    assert len(messages) == (keys is not None)
    assert all(f": {keys} change nothing." in message for message in messages)
    assert assessed(document).exact == 100


def test_numbers_are_written_as_each_language_writes_them() -> None:
    (warning,) = (each for each in assessed(WARNINGS[1].document).warnings if each.code == "price-roll-up")
    assert "Rp 600.00" in warning.message_in("en")
    assert "Rp 600,00" in warning.message_in("id")
    assert "-16,67%" in warning.message_in("id")


def test_findings_say_their_figures_as_decimals_of_two_places() -> None:
    assumption = assumption_of(with_bill(activity=None), "manufacture")
    assert (assumption.points, assumption.potential_points) == (Decimal("0.00"), Decimal("24.75"))
    assert isinstance(assessed(GAPS[0].document).gaps[0], Gap)
