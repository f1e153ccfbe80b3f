"""What is wrong between records: references, units, alternatives, contradictions, rates, loops, the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from tests.support.build import Document, bill, cert, good, part, use
from tests.support.documents import broken, plain_parts, problems_of

from tkdn import Bom
from tkdn.errors import json_path


@dataclass(frozen=True)
class Clash:
    """Values put into the cart at some paths, and the one problem that they make."""

    code: str
    changes: dict[str, Any]
    place: str | None
    part: str | None
    says: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {', '.join(self.changes)}"


REFERENCES = (
    Clash(
        *("duplicate-id", {"parts[3]": {"id": "WHEEL"}}, "parts[3].id", "WHEEL"),
        *("'WHEEL' stands here again, first at parts[1].id", "its own id"),
    ),
    Clash(
        *("duplicate-id", {"suppliers[1]": {"id": "S-1"}}, "suppliers[1].id", None),
        *("'S-1' stands here again, first at suppliers[0].id", "its own id"),
    ),
    Clash("unknown-part", {"uses[0].part": "WHEL"}, "uses[0].part", "WHEL", "'WHEL'", "did you mean 'WHEEL'?"),
    Clash("unknown-part", {"uses[0].parent": "CRT"}, "uses[0].parent", "CRT", "'CRT'", "did you mean 'CART'?"),
    Clash("unknown-part", {"uses[0].part": "Q"}, "uses[0].part", "Q", "'Q'", "add it to parts"),
    Clash(
        "unknown-supplier", {"parts[1].supplier": "S-11"}, "parts[1].supplier", "WHEEL", "'S-11'", "did you mean 'S-1'?"
    ),
    Clash("unknown-supplier", {"parts[1].supplier": "Q"}, "parts[1].supplier", "WHEEL", "'Q'", "add it to suppliers"),
    Clash("unknown-maker", {"parts[2].maker": "s-1"}, "parts[2].maker", "AXLE", "'s-1'", "did you mean 'S-1'?"),
)

UNITS = (
    Clash("unit-unknown", {"parts[1].unit": "pieces2"}, "parts[1].unit", "WHEEL", "'pieces2'", "did you mean 'piece'?"),
    Clash("unit-unknown", {"parts[1].unit": "degC"}, "parts[1].unit", "WHEEL", "'degC'", "write pcs"),
    Clash("unit-unknown", {"uses[0].unit": "kgs"}, "uses[0].unit", "WHEEL", "'kgs'", "did you mean 'kg'?"),
    Clash("unit-unknown", {"uses[0].unit": "__import__('os')"}, "uses[0].unit", "WHEEL", "__import__", "write pcs"),
    Clash("unit-unknown", {"uses[0].unit": "kg**99999999"}, "uses[0].unit", "WHEEL", "kg**", "write pcs"),
    Clash("unit-unknown", {"uses[0].unit": "k" * 10_000}, "uses[0].unit", "WHEEL", "'kkk", "write pcs"),
    Clash(
        *("unit-mismatch", {"uses[0].unit": "kg"}, "uses[0].unit", "WHEEL"),
        *("kg measures mass, pcs measures count", "a unit that converts to pcs"),
    ),
    Clash(
        *("unit-mismatch", {"uses[1].unit": "m"}, "uses[1].unit", "AXLE"),
        *("m measures length, kg measures mass", "a unit that converts to kg"),
    ),
)

CONTRADICTIONS = (
    Clash(
        *("contradiction-made-abroad", {"parts[1].made_in": "CN"}, "parts[1]", "WHEEL"),
        *("a TKDN certificate on a part made in CN", "correct made_in, or take it out"),
    ),
    Clash(
        *(
            "contradiction-made-abroad",
            {"parts[2].made_in": "CN", "parts[2].natural_resource": True},
            "parts[2]",
            "AXLE",
        ),
        *("natural_resource on a part made in CN", "correct made_in"),
    ),
    Clash(
        *("contradiction-made-abroad", {"parts[2].made_in": "JP", "parts[2].all_domestic_material": True}),
        *("parts[2]", "AXLE", "all_domestic_material on a part made in JP", "correct made_in"),
    ),
    Clash(
        *("contradiction-price-and-conversion", {"parts[1].conversion_cost": {"amount": 1}}, "parts[1]", "WHEEL"),
        *("price and conversion_cost stand together", "keep the price if it is bought"),
    ),
    Clash(
        *("contradiction-phantom", {"parts[2].phantom": True, "parts[2].made_in": "ID", "parts[2].main": False}),
        *("parts[2]", "AXLE", "carries no made_in, main, price", "make it a real part"),
    ),
    Clash(
        *("contradiction-phantom", {"parts[3]": {"id": "KIT", "phantom": True, "all_domestic_material": False}}),
        *("parts[3]", "KIT", "carries no all_domestic_material", "take these out"),
    ),
    Clash(
        *("contradiction-phantom", {"parts[3]": {"id": "KIT", "phantom": True, "in_house": True}}),
        *("parts[3]", "KIT", "carries no in_house", "take these out"),
    ),
    Clash(
        *("contradiction-in-house", {"parts[1].in_house": True}, "parts[1]", "WHEEL"),
        *("is never bought and carries no price, supplier", "take these out, or in_house"),
    ),
    Clash(
        *("contradiction-in-house", {"parts[2].in_house": True}, "parts[2]", "AXLE"),
        *("carries no price", "take these out, or in_house"),
    ),
    Clash(
        *("use-dates-reversed", {"uses[0].valid_from": "2026-06-02", "uses[0].valid_to": "2026-06-01"}),
        *("uses[0].valid_to", "WHEEL", "ends 2026-06-01, before it starts 2026-06-02", "correct the dates"),
    ),
    Clash("rate-for-rupiah", {"rates[0].currency": "IDR", "parts[2].price.currency": "IDR"}, "rates[0].currency", None),
    Clash(
        *("duplicate-rate", {"rates[1]": {"currency": "USD", "rate": "16001", "from": "2026-01-01"}}, "rates[1].from"),
        *(None, "USD has two rates from 2026-01-01", "keep one rate"),
    ),
)

PRODUCTS = (
    Clash("product-unknown", {"product": "CRAT"}, "product", "CRAT", "'CRAT'", "did you mean 'CART'?"),
    Clash("product-unknown", {"product": "Q"}, "product", "Q", "'Q'", "name a part of the bill"),
    Clash("contradiction-product", {"parts[0]": {"id": "CART", "phantom": True}}, "product", "CART", "is a phantom"),
    Clash(
        "contradiction-product", {"parts[0].in_house": True}, "product", "CART", "is an in-house part", "made and sold"
    ),
    Clash(
        "contradiction-product", {"parts[0].main": False}, "product", "CART", "is not a main component", "made and sold"
    ),
)


@pytest.mark.parametrize("clash", [*REFERENCES, *UNITS, *CONTRADICTIONS, *PRODUCTS], ids=str)
def test_a_clash_between_records_is_one_problem_with_its_place_and_remedy(clash: Clash) -> None:
    (problem,) = problems_of(broken(clash.changes))
    assert problem.code == clash.code
    assert problem.place.path == clash.place
    assert problem.part == clash.part
    assert clash.says in problem.message
    assert clash.remedy in problem.remedy
    assert problem.remedy


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"parts[2].made_in": "CN", "parts[2].all_domestic_material": False}, id="false statement, made abroad"
        ),
        pytest.param({"parts[2].made_in": "ID", "parts[2].natural_resource": True}, id="natural resource at home"),
        pytest.param({"parts[3]": {"id": "KIT", "name": "Set", "unit": "set", "phantom": True}}, id="a plain phantom"),
        pytest.param({"parts[3]": {"id": "KIT", "phantom": True, "main": True}}, id="a phantom that states a default"),
        pytest.param(
            {"parts[3]": {"id": "WELD", "in_house": True, "conversion_cost": {"amount": 1}}}, id="in-house labour"
        ),
        pytest.param({"rates[1]": {"currency": "USD", "rate": 1, "from": "2026-01-02"}}, id="the next day's rate"),
        pytest.param({"rates[1]": {"currency": "JPY", "rate": 1, "from": "2026-01-01"}}, id="another currency's rate"),
        pytest.param({"uses[2]": use("CART", "WHEEL", "2")}, id="the same use twice"),
        pytest.param({"parts[3]": {"id": "wheel"}}, id="ids that differ in case"),
        pytest.param({"parts[3]": {"id": "SPARE"}}, id="a part the product does not reach"),
        pytest.param({"uses[0].unit": "lusin"}, id="a unit that converts"),
        pytest.param({"product": "WHEEL"}, id="another part as the product"),
    ],
)
def test_what_does_not_clash_is_taken(changes: dict[str, Any]) -> None:
    assert Bom.from_dict(broken(changes)).to_dict()["parts"]


def bare(ids: str, *edges: str, **top: Any) -> Document:
    """Parts of one letter, and uses such as AB: B in A."""
    uses = [use(edge[0], edge[1]) for edge in edges]
    return {"format": "tkdn-bom", "version": 1, **top, "parts": plain_parts(ids), "uses": uses}


@pytest.mark.parametrize(
    ("document", "place", "path", "closing", "part"),
    [
        (bare("AB", "AB", "BB"), "uses[1]", "B > B", "the use of 'B' in 'B'", "B"),
        (bare("ABC", "AB", "BC", "CB"), "uses[2]", "B > C > B", "the use of 'B' in 'C'", "B"),
        (bare("ABCD", "DB", "AB", "BC", "CD"), "uses[0]", "B > C > D > B", "the use of 'B' in 'D'", "B"),
        (bare("AB", "AB", "BA", product="A"), "uses[1]", "A > B > A", "the use of 'A' in 'B'", "A"),
        (bare("AB", "AB", "BA"), "uses[1]", "A > B > A", "the use of 'A' in 'B'", "A"),
        (bare("A", "AA"), "uses[0]", "A > A", "the use of 'A' in 'A'", "A"),
    ],
)
def test_a_loop_names_its_whole_path_and_the_use_that_closes_it(
    document: Document, place: str, path: str, closing: str, part: str
) -> None:
    (problem,) = problems_of(document)
    assert (problem.code, problem.place.path, problem.part) == ("loop", place, part)
    assert problem.message == f"a part cannot contain itself: {path}; {closing} closes the loop"
    assert "take that use out" in problem.remedy


def test_two_loops_apart_are_two_problems() -> None:
    problems = problems_of(bare("ABCDE", "AB", "BC", "CB", "AD", "DE", "ED"))
    assert [(problem.code, problem.place.path) for problem in problems] == [("loop", "uses[2]"), ("loop", "uses[5]")]


def test_a_loop_of_three_thousand_parts_is_found() -> None:
    ids = [f"P{number}" for number in range(3000)]
    uses = [use(parent, child) for parent, child in zip(ids, [*ids[1:], ids[0]], strict=True)]
    document = {"format": "tkdn-bom", "version": 1, "parts": plain_parts(ids), "uses": uses}
    (problem,) = problems_of(document)
    assert problem.code == "loop"
    assert problem.place.path == "uses[2999]"


@pytest.mark.parametrize(
    ("document", "code", "says"),
    [
        (bare("AB"), "product-ambiguous", "2 parts are used by no other: 'A', 'B'"),
        (bare("ABCDEFGHI"), "product-ambiguous", "'G', 'H' ..."),
        (bare("ABCDEFGH"), "product-ambiguous", "'F', 'G', 'H'"),
        (bare(""), "product-missing", "no product"),
    ],
)
def test_the_product_must_be_clear(document: Document, code: str, says: str) -> None:
    (problem,) = problems_of(document)
    assert problem.code == code
    assert says in problem.message
    assert "name the product" in problem.remedy


def test_without_a_named_product_the_one_part_no_other_uses_is_it() -> None:
    assert Bom.from_dict(bare("BCA", "AB", "BC")).product == "A"


def test_an_inferred_product_must_be_a_good_too() -> None:
    document = bare("AB", "AB")
    document["parts"][0]["phantom"] = True
    (problem,) = problems_of(document)
    assert (problem.code, problem.part) == ("contradiction-product", "A")


def choices(*uses: dict[str, Any]) -> Document:
    """Alternatives under A."""
    document = bare("ABCD", product="A")
    return {**document, "uses": [use("A", each.pop("part"), **each) for each in map(dict, uses)]}


B: dict[str, Any] = {"part": "B"}
C_FOR_B = {"part": "C", "alternative_to": "B", "chosen": True}
D_FOR_B = {"part": "D", "alternative_to": "B", "chosen": True}


@pytest.mark.parametrize(
    ("document", "place", "part", "says"),
    [
        (choices(B, C_FOR_B, D_FOR_B), "uses[2].chosen", "D", "'C' and 'D' are both chosen for 'B' under 'A'"),
        (choices({**B, "chosen": True}, C_FOR_B), "uses[1].chosen", "C", "'B' and 'C' are both chosen for 'B'"),
        (
            choices(B, {**C_FOR_B, "valid_to": "2026-06-01"}, {**D_FOR_B, "valid_from": "2026-06-01"}),
            *("uses[2].chosen", "D", "both chosen"),
        ),
        (choices(B, {**C_FOR_B, "valid_from": "2026-06-01"}, D_FOR_B), "uses[2].chosen", "D", "both chosen"),
        (
            choices(B, {**C_FOR_B, "valid_from": "2026-06-01"}, {**D_FOR_B, "valid_to": "2026-06-01"}),
            *("uses[2].chosen", "D", "both chosen"),
        ),
        (choices(B, C_FOR_B, {**D_FOR_B, "valid_to": "2026-06-01"}), "uses[2].chosen", "D", "both chosen"),
    ],
)
def test_two_alternatives_chosen_for_one_part_on_a_day_are_an_error(
    document: Document, place: str, part: str, says: str
) -> None:
    (problem,) = problems_of(document)
    assert (problem.code, problem.place.path, problem.part) == ("two-alternatives-chosen", place, part)
    assert says in problem.message
    assert problem.remedy == "choose one, or give them dates that do not overlap"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            choices(B, {**C_FOR_B, "valid_to": "2026-05-31"}, {**D_FOR_B, "valid_from": "2026-06-01"}),
            id="one after another",
        ),
        pytest.param(
            choices(B, {**C_FOR_B, "valid_from": "2026-06-01"}, {**D_FOR_B, "valid_to": "2026-05-31"}),
            id="the later one first",
        ),
        pytest.param(
            choices(B, {**C_FOR_B, "quantity": "0.4"}, {**C_FOR_B, "quantity": "0.6"}), id="split in two uses"
        ),
        pytest.param(choices(B, {**C_FOR_B, "chosen": False}, {**D_FOR_B, "chosen": False}), id="none chosen"),
        pytest.param(choices(B, {"part": "C"}, {**D_FOR_B, "alternative_to": "C"}), id="for another part"),
        pytest.param(choices(C_FOR_B, B), id="before the part it replaces"),
    ],
)
def test_alternatives_that_never_meet_are_no_error(document: Document) -> None:
    assert len(Bom.from_dict(document).uses) == len(document["uses"])


@pytest.mark.parametrize(
    ("document", "place", "part", "says", "remedy"),
    [
        (
            choices(B, {**C_FOR_B, "alternative_to": "Q"}),
            "uses[1].alternative_to",
            "C",
            "to 'Q'",
            "under the same parent",
        ),
        (
            choices(B, {**C_FOR_B, "alternative_to": "D"}),
            "uses[1].alternative_to",
            "C",
            "to 'D'",
            "under the same parent",
        ),
        (choices({**C_FOR_B, "alternative_to": "C"}), "uses[0].alternative_to", "C", "to 'C'", "under the same parent"),
        (
            choices({"part": "C"}, {**C_FOR_B, "alternative_to": "C"}),
            "uses[1].alternative_to",
            "C",
            "to 'C'",
            "name a part",
        ),
        (
            choices(B, C_FOR_B, {**D_FOR_B, "alternative_to": "C"}),
            "uses[2].alternative_to",
            "D",
            "to 'C'",
            "name a part",
        ),
    ],
)
def test_an_alternative_must_point_to_a_part_beside_it(
    document: Document, place: str, part: str, says: str, remedy: str
) -> None:
    (problem,) = problems_of(document)
    assert (problem.code, problem.place.path, problem.part) == ("alternative-unknown", place, part)
    assert says in problem.message
    assert remedy in problem.remedy


def test_an_alternative_that_is_misspelt_names_the_nearest() -> None:
    document = broken({"uses[2]": use("CART", "AXLE", alternative_to="WEEL")})
    (problem,) = problems_of(document)
    assert problem.remedy == "did you mean 'WHEEL'?"


def test_one_error_reports_every_fault_of_values_and_between_records() -> None:
    document = {
        "format": "tkdn-bom",
        "version": 1,
        "product": "TRUK",
        "date": "1 June",
        "parts": [
            {"id": "TRUCK", "maker": "S-9"},
            part("AXLE", 0),
            part("BOLT", 5, "CN", certificates=[cert(50)], conversion_cost={"amount": 1}),
            {"id": "BOLT"},
            {"id": "RIM", "color": "red"},
        ],
        "uses": [
            use("TRUCK", "AXLE", "NaN"),
            use("TRUCK", "BOLT", unit="kg"),
            use("BOLT", "TRUCK", valid_from="2026-02-01", valid_to="2026-01-01"),
            use("TRUCK", "AXLE", scrap="1"),
            use("TRUCK", "WASHER", alternative_to="SEAL"),
        ],
        "suppliers": [{"id": "S-1", "scale": "huge"}],
        "rates": [{"currency": "IDR", "rate": 1, "from": "2026-01-01"}, {"currency": "USD", "rate": -1, "from": "x"}],
    }
    assert {(problem.code, problem.place.path) for problem in problems_of(document)} == {
        ("date-invalid", "date"),
        ("number-not-positive", "parts[1].price.amount"),
        ("unknown-key", "parts[4].color"),
        ("number-invalid", "uses[0].quantity"),
        ("scrap-out-of-range", "uses[3].scrap"),
        ("value-unknown", "suppliers[0].scale"),
        ("number-not-positive", "rates[1].rate"),
        ("date-invalid", "rates[1].from"),
        ("unknown-maker", "parts[0].maker"),
        ("contradiction-made-abroad", "parts[2]"),
        ("contradiction-price-and-conversion", "parts[2]"),
        ("duplicate-id", "parts[3].id"),
        ("unit-mismatch", "uses[1].unit"),
        ("use-dates-reversed", "uses[2].valid_to"),
        ("unknown-part", "uses[4].part"),
        ("alternative-unknown", "uses[4].alternative_to"),
        ("rate-for-rupiah", "rates[0].currency"),
        ("loop", "uses[2]"),
        ("product-unknown", "product"),
    }


def test_a_fault_in_a_part_does_not_make_it_unknown_to_others() -> None:
    document = broken({"parts[1].made_in": "ZZ", "suppliers[0].region": "x"})
    assert [problem.code for problem in problems_of(document)] == ["country-unknown", "region-invalid"]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("uses[0].quantity", "0", "number-not-positive"),
        ("parts[0].made_in", "ZZ", "country-unknown"),
        ("parts[1].made_in", "ZZ", "country-unknown"),
    ],
)
def test_a_fault_in_a_record_does_not_leave_the_product_in_doubt(path: str, value: str, code: str) -> None:
    document = broken({path: value})
    del document["product"]
    assert [(problem.code, problem.place.path) for problem in problems_of(document)] == [(code, path)]


def test_thousands_of_faults_are_all_kept() -> None:
    document = bare("A", product="A")
    document["uses"] = [use("A", f"Q{number}", "0" if number % 2 else "1") for number in range(2000)]
    problems = problems_of(document)
    assert sum(problem.code == "number-not-positive" for problem in problems) == 1000
    assert sum(problem.code == "unknown-part" for problem in problems) == 2000


def test_a_json_path_names_lists_and_keys() -> None:
    assert str(json_path(("parts", 3, "price", "amount"))) == "parts[3].price.amount"
    assert json_path(()).path is None


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (
            {"parts[1].kbli": "x", "uses[2]": {"parent": "WHEEL", "part": "CART", "quantity": 1}},
            {"kbli-invalid", "loop"},
        ),
        ({"parts[3]": {"id": "WHEEL", "name": 3}}, {"wrong-type", "duplicate-id"}),
        (
            {"parts[1].kbli": "x", "parts[1].unit": "kgs", "parts[1].made_in": "CN"},
            {"kbli-invalid", "unit-unknown"},
        ),
        ({"uses[0].scrap": 2, "uses[0].part": "Q"}, {"scrap-out-of-range", "unknown-part"}),
        ({"uses[0].part": "WHEL"}, {"unknown-part"}),
        ({"parts[1].unit": "kgs", "uses[0].unit": "kg"}, {"unit-unknown"}),
        ({"uses[0].unit": "measures"}, {"unit-unknown"}),
        ({"parts[1].name": "\ud800"}, {"text-invalid"}),
    ],
)
def test_one_fault_hides_no_other_and_makes_none_up(changes: dict[str, Any], codes: set[str]) -> None:
    found = {problem.code for problem in problems_of(broken(changes))}
    assert codes <= found
    assert not found & ({"product-ambiguous", "alternative-unknown"} - codes)


def test_a_wrong_use_still_can_be_replaced_by_an_alternative() -> None:
    alternative = {"parent": "CART", "part": "AXLE", "quantity": 1, "alternative_to": "WHEEL"}
    found = [problem.code for problem in problems_of(broken({"uses[0].quantity": 0, "uses[2]": alternative}))]
    assert "alternative-unknown" not in found
    assert "number-not-positive" in found


def test_loops_that_share_a_part_are_each_named() -> None:
    document = bare("ABC", "AB", "BA", "AC", "CA", product="A")
    assert [problem.code for problem in problems_of(document)] == ["loop", "loop"]


def test_made_abroad_in_no_stated_country_is_known() -> None:
    """XX was refused, so that an import of unknown country was of unknown origin."""
    bom = Bom.from_dict(bill(good(), part("A", 1, "XX"), uses={"GOOD": "A"}))
    assert Bom.from_dict(bom.to_dict()).parts[1].made_in == "XX"


def test_a_machine_is_made_abroad_but_nobody_is_a_citizen_of_it() -> None:
    line = {"name": "Press", "number": 1, "monthly": {"amount": 1}, "allocation": 1}
    costs = [{"kind": "machine_owned", "made_in": "XX", **line}, {"kind": "labour", "citizenship": "XX", **line}]
    (problem,) = problems_of(broken({"parts[0].production": {"costs": costs}}))
    assert (problem.code, problem.place.path) == ("country-unknown", "parts[0].production.costs[1].citizenship")


def test_what_says_imported_is_told_the_code_for_it() -> None:
    (problem,) = problems_of(broken({"parts[1].made_in": "Impor"}))
    assert problem.remedy == 'write "XX": made abroad, country not stated'


@pytest.mark.parametrize("wrong", ["ZZ", "X", "XXX"])
def test_no_wrong_code_is_said_to_be_near_to_abroad(wrong: str) -> None:
    (problem,) = problems_of(broken({"parts[1].made_in": wrong}))
    assert "XX" not in problem.remedy


def test_a_contradiction_of_what_is_made_abroad_is_told_in_words() -> None:
    """It said "made in XX"."""
    (problem,) = problems_of(bill(good(), part("A", 1, "XX", all_domestic_material=True), uses={"GOOD": "A"}))
    assert problem.message == "all_domestic_material on a part made abroad, country not stated"
