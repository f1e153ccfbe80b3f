"""What must hold of every bill, whatever the figures are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support import bills
from tests.support.build import assessed

from tkdn import Assessment, Bom, lift, regulation
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.lift_rows import Effect, LiftRow

Document = bills.Document
Record = bills.Record
BASES: tuple[Basis, ...] = ("score", "potential")
documents = bills.bills()
CREDIT_OF_ANY_ACTIVITY = regulation("permenperin-35-2025").amend({"production_test": "none"})


def rows_of(assessment: Assessment, basis: Basis) -> list[LiftRow]:
    return cast("list[LiftRow]", lift(assessment, basis=basis).rows)


def figures(assessment: Assessment, names: dict[str, str] | None = None) -> dict[str, Any]:
    """Everything said, exactly, by the bill's own names of things: `names` gives them back after a renaming."""

    def of(id_: str | None) -> str | None:
        return id_ if names is None or id_ is None else names[id_]

    return {
        "status": assessment.status,
        "score": assessment.exact,
        "potential": assessment.exact_potential,
        "bounds": assessment.exact_bounds,
        "coverage": assessment.coverage,
        "reasons": [reason["code"] for reason in assessment.reasons],
        "components": {
            of(each.part): (
                each.main,
                each.counts,
                each.certified,
                each.own,
                each.credited,
                each.credited_potential,
                each.status,
                *(each.exact.get(key) for key in ("cost", "share", "points", "potential_points")),
            )
            for each in assessment.components.values()
        },
        "gaps": {(gap.code, of(gap.part), of(gap.supplier), gap.affects) for gap in assessment.gaps},
        "assumptions": {
            (each.code, frozenset(map(of, each.parts)), each.exact_points, each.exact_potential_points)
            for each in assessment.assumptions
        },
        "warnings": {(each.code, of(each.part), of(each.supplier)) for each in assessment.warnings},
        "lift": {
            (basis, of(row.part)): (
                row.effect,
                of(row.supplier),
                row.spend,
                row.share,
                {(of(hidden.part), hidden.why) for hidden in row.hidden_by},
            )
            for basis in BASES
            for row in rows_of(assessment, basis)
        },
        "joint": [lift(assessment, basis=basis).joint for basis in BASES],
    }


# ---------------------------------------------------------------------------------------------------------------------
# Order and sums
# ---------------------------------------------------------------------------------------------------------------------


@full
@given(document=documents)
def test_score_potential_and_bounds_are_in_order(document: Document) -> None:
    assessment = assessed(document)
    score, potential = assessment.exact, assessment.exact_potential
    low, high = assessment.exact_bounds
    assert low == score
    assert (score is None) == (potential is None)
    if score is not None:
        assert potential is not None
        assert high is not None
        assert 0 <= score <= potential <= 100
        assert score <= high <= 100
    for component in assessment.components.values():
        if component.credited is not None:
            assert component.credited_potential is not None
            assert component.credited <= component.credited_potential


@full
@given(document=documents)
def test_the_points_add_up_to_the_score_and_the_shares_to_100(document: Document) -> None:
    assessment = assessed(document)
    counted = [each.exact for each in assessment.components.values() if each.counts]
    shares = [exact["share"] for exact in counted]
    if shares and None not in shares:
        assert sum(cast("list[Fraction]", shares)) == 100
    if assessment.exact is None:
        assert {exact["points"] for exact in counted} <= {None}
        return
    factors = assessment.factors
    other = [factors[name].points for name in ("labour", "overhead", "brainware")]
    points = [*(exact["points"] for exact in counted), *other, -assessment.cap]
    assert sum(cast("list[Fraction]", points)) == assessment.exact
    assert assessment.cap >= 0
    assert factors["material"].points == sum(cast("list[Fraction]", [exact["points"] for exact in counted]))


@full
@given(document=documents)
def test_complete_exactly_when_no_gap_affects_the_score(document: Document) -> None:
    assessment = assessed(document)
    open_ended = [gap for gap in assessment.gaps if "score" in gap.affects]
    if assessment.status == "cannot_be_calculated":
        assert assessment.exact is None
        assert assessment.reasons
    else:
        assert (assessment.status == "complete") == (not open_ended)
    if assessment.status == "complete":
        assert assessment.exact is not None
        assert assessment.coverage == 100
        assert assessment.exact_bounds[0] == assessment.exact_bounds[1]


# ---------------------------------------------------------------------------------------------------------------------
# Lift
# ---------------------------------------------------------------------------------------------------------------------


def at_least(effect: Effect, other: Effect) -> bool:
    """Losing all TKDN is the largest effect of all."""
    if effect.lift is None:
        return True
    return other.lift is not None and effect.lift >= other.lift


@full
@given(document=documents)
@pytest.mark.parametrize("basis", BASES)
def test_lifts_are_never_below_zero_and_ranked_and_the_joint_is_the_largest(document: Document, basis: Basis) -> None:
    found = lift(assessed(document), basis=basis)
    rows = cast("list[LiftRow]", found.rows)
    for row in rows:
        assert row.effect.lift is None or row.effect.lift >= 0, row.part
        assert at_least(found.joint, row.effect), row.part
        if row.effect.lift == 0:
            assert row.hidden_by, f"{row.part} lifts nothing and nothing says why"
    for row, lower in pairwise(rows):
        assert at_least(row.effect, lower.effect), (row.part, lower.part)


@some
@given(document=documents)
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("raw_material_test", ["country", "bill"])
def test_a_lift_is_the_difference_to_the_bill_with_the_part_made_abroad(
    document: Document, basis: Basis, raw_material_test: str
) -> None:
    law = regulation("permenperin-35-2025").amend({"raw_material_test": raw_material_test})
    assessment = assessed(document, regulation=law)
    base = assessment.exact if basis == "score" else assessment.exact_potential
    for row in rows_of(assessment, basis):
        moved = [
            {
                **{key: value for key, value in each.items() if key not in STATEMENTS},
                "made_in": "SG",
            }
            if each["id"] == row.part
            else each
            for each in document["parts"]
        ]
        without = assessed({**document, "parts": moved}, regulation=law)
        value = without.exact if basis == "score" else without.exact_potential
        assert row.effect.without == (value if base is not None else None)
        if base is not None:
            nothing = "cannot_be_calculated"
            assert (row.effect.status == nothing) == (without.status == nothing)
            assert row.effect.lift == (None if value is None else base - value)


STATEMENTS = ("certificates", "natural_resource", "all_domestic_material")


# ---------------------------------------------------------------------------------------------------------------------
# What changes nothing
# ---------------------------------------------------------------------------------------------------------------------


@some
@given(documents, st.randoms(use_true_random=False))
def test_neither_names_nor_order_matter(document: Document, random: Any) -> None:
    ids = [record["id"] for key in ("parts", "suppliers") for record in document.get(key, ())]
    new = [f"new {number:03}" for number in range(len(ids))]
    random.shuffle(new)
    renamed = dict(zip(ids, new, strict=True))

    def shuffled(records: list[Record]) -> list[Record]:
        return [dict(record) for record in random.sample(records, len(records))]

    other: Document = {**document}
    other.setdefault("product", "P00")
    other["product"] = renamed[other["product"]]
    for key in ("parts", "uses", "suppliers", "rates"):
        other[key] = shuffled(other.get(key, []))
        for record in other[key]:
            for field in ("id", "parent", "part", "supplier", "maker", "alternative_to"):
                if field in record:
                    record[field] = renamed[record[field]]
            if "certificates" in record:
                record["certificates"] = shuffled(record["certificates"])
    before, after = assessed(document), assessed(other)
    assert figures(after, {value: key for key, value in renamed.items()}) == figures(before)


@some
@given(documents, st.integers(0, 50))
def test_a_use_split_in_two_halves_is_the_same_use(document: Document, choice: int) -> None:
    assume(document["uses"])
    at = choice % len(document["uses"])
    use = document["uses"][at]
    half = {**use, "quantity": str(Decimal(str(use["quantity"])) / 2)}
    uses = [*document["uses"][:at], half, *document["uses"][at + 1 :], half]
    assert figures(assessed({**document, "uses": uses})) == figures(assessed(document))


@some
@given(documents, st.integers(0, 50), st.integers(1, 3), st.sampled_from(["phantom", "in_house"]))
def test_a_phantom_is_its_components_in_place(document: Document, choice: int, taken: int, kind: str) -> None:
    """The first `taken` plain uses under some parent stand in place of a phantom, of a phantom, that would hold them."""
    plain: dict[str, list[int]] = {}
    for number, use in enumerate(document["uses"]):
        parent = use["parent"]
        alternatives = {each.get("alternative_to") for each in document["uses"] if each["parent"] == parent}
        if "alternative_to" not in use and use["part"] not in alternatives:
            plain.setdefault(parent, []).append(number)
    assume(plain)
    parent, numbers = list(plain.items())[choice % len(plain)]
    moved = numbers[:taken]
    # 4 x PAPER, half of it lost: 8; each takes half an INNER: 4; each takes a quarter of what stood in the parent.
    inner = [
        {
            **document["uses"][number],
            "parent": "INNER",
            "quantity": str(Decimal(str(document["uses"][number]["quantity"])) / 4),
        }
        for number in moved
    ]
    more = [
        {"parent": parent, "part": "PAPER", "quantity": "4", "scrap": "0.5"},
        {"parent": "PAPER", "part": "INNER", "quantity": "0.5"},
    ]
    rest = [use for number, use in enumerate(document["uses"]) if number not in moved]
    opened = {
        **document,
        "product": "P00",
        "parts": [*document["parts"], {"id": "PAPER", kind: True}, {"id": "INNER", kind: True}],
        "uses": [*rest, *more, *inner],
    }
    before, after = figures(assessed(document)), figures(assessed(opened))
    for id_ in ("PAPER", "INNER"):
        listed = after["components"].pop(id_, None)
        if kind == "phantom":
            assert listed is None
        elif listed is not None:
            assert listed[2:6] == (None, None, None, None)  # an in-house part is listed with nothing credited
    assert after == before


@some
@given(documents, documents)
def test_parts_the_product_does_not_take_change_nothing(document: Document, other: Document) -> None:
    def beside(id_: str) -> str:
        return f"other {id_}"

    strangers = [
        {key: value for key, value in part.items() if key not in ("supplier", "maker")} | {"id": beside(part["id"])}
        for part in other["parts"]
    ]
    uses = [
        use | {key: beside(use[key]) for key in ("parent", "part", "alternative_to") if key in use}
        for use in other["uses"]
    ]
    reaching = [{"parent": beside("P00"), "part": "P00", "quantity": "2"}]  # a good that takes this product
    larger = {
        **document,
        "product": "P00",
        "parts": [*strangers, *document["parts"]],
        "uses": [*uses, *document["uses"], *reaching],
    }
    assert figures(assessed(larger)) == figures(assessed(document))


@some
@given(documents, st.sampled_from(["2", "0.5", "16250"]))
def test_all_costs_in_another_money_change_no_percentage(document: Document, times: str) -> None:
    def dearer(part: Record) -> Record:
        return part | {
            key: part[key] | {"amount": str(Decimal(str(part[key]["amount"])) * Decimal(times))}
            for key in ("price", "conversion_cost")
            if key in part
        }

    before = assessed(document)
    after = assessed({**document, "parts": [dearer(part) for part in document["parts"]]})
    assert (after.exact, after.exact_potential, after.exact_bounds) == (
        before.exact,
        before.exact_potential,
        before.exact_bounds,
    )
    for id_, component in before.components.items():
        cost = component.exact.get("cost")
        assert after.components[id_].exact.get("cost") == (None if cost is None else cost * Fraction(times))
        assert after.components[id_].exact.get("share") == component.exact.get("share")
        assert after.components[id_].own == component.own


# ---------------------------------------------------------------------------------------------------------------------
# What is not known, and what is taken for granted
# ---------------------------------------------------------------------------------------------------------------------


@some
@given(documents, st.data())
def test_whatever_the_unknown_turns_out_to_be_the_score_is_within_the_bounds(document: Document, data: Any) -> None:
    """Fill in origins, production facts and changes of tariff line that are missing: the bounds hold the new score."""
    before = assessed(document)
    low, high = before.exact_bounds
    assume(high is not None and (before.status == "incomplete"))
    parts = []
    for part in document["parts"]:
        filled = dict(part)
        if not part.get("phantom") and not part.get("in_house"):
            implied = part.get("natural_resource") or part.get("certificates")
            if "made_in" not in part:
                homes = ["ID"] if implied or part.get("all_domestic_material") else ["ID", "CN"]
                filled["made_in"] = data.draw(st.sampled_from(homes))
            if part["id"] == "P00":
                made = part.get("production", {})
                answers: dict[str, list[Any]] = {
                    "factory": ["own", "outsourced"],
                    "indonesian_workers": [0, 9],
                    "foreign_workers": [1, 10],
                    "invested_in_indonesia": [True, False],
                }
                filled["production"] = {
                    **{key: data.draw(st.sampled_from(values)) for key, values in answers.items()},
                    **made,
                }
            made = filled.get("production", {})
            if (
                made.get("activity") == "finishing"
                and "hs_code" not in part
                and not {"tariff_line_changed", "hs_heading_changed"} & made.keys()
            ):
                changes = [True] if part["id"] == "P00" else [True, False]
                filled["production"] = {**made, "tariff_line_changed": data.draw(st.sampled_from(changes))}
        parts.append(filled)
    after = assessed({**document, "parts": parts})
    if after.exact is not None:
        assert high is not None
        assert (low or 0) <= after.exact <= high


def without_what_was_assumed(document: Document, code: str, parts: tuple[str, ...], supplier: str | None) -> Document:
    """The document that states the contrary of an assumption."""
    nobody = {"id": "NOBODY", "industrial_licence": False}
    suppliers = [
        firm | {"industrial_licence": False} if code == "licence" and firm["id"] == supplier else firm
        for firm in document.get("suppliers", ())
    ]
    contrary: dict[str, Any] = {
        "licence": {},
        "licence-no-maker": {"maker": "NOBODY"},
        "one-level": {"all_domestic_material": False},
    }
    records = []
    for part in document["parts"]:
        record = dict(part)
        if part["id"] in parts:
            if code in ("manufacture", "product-manufacture"):
                record["production"] = {**part.get("production", {}), "activity": "packing"}
            elif code == "product-licence" and part.get("production", {}).get("factory") == "outsourced":
                record["production"] = {**part["production"], "made_by_licence": False}
            elif code == "product-licence":
                record["maker"] = "NOBODY"
            else:
                record |= contrary[code]
        if code == "licence" and part["id"] == "P00":  # the product's own licence is another assumption, a condition
            record["maker"] = "LICENSED"
        records.append(record)
    return {**document, "parts": records, "suppliers": [*suppliers, nobody, {"id": "LICENSED"}]}


def other_activities(document: Document) -> bool:
    """Return True if a part is stated to be packed, finished or taken apart, which the reading below would credit."""
    stated = {part.get("production", {}).get("activity", "manufacture") for part in document["parts"]}
    return stated != {"manufacture"}


@some
@given(document=documents)
def test_the_points_on_an_assumption_are_lost_when_the_contrary_is_stated(document: Document) -> None:
    before = assessed(document)
    assert before.assumptions
    for assumption in before.assumptions:
        if assumption.code in ("main-as-stated", "brainware", "expiry"):
            continue
        contrary = without_what_was_assumed(document, assumption.code, assumption.parts, assumption.supplier)
        if assumption.code == "manufacture":  # the licence carries the credit: only the own value rests on it
            assert assumption.exact_points == (None if before.exact is None else 0)
            if not other_activities(document):
                then = assessed(contrary, regulation=CREDIT_OF_ANY_ACTIVITY).exact_potential
                was = before.exact_potential
                assert assumption.exact_potential_points == (None if was is None or then is None else was - then)
            continue
        after = assessed(contrary)
        if assumption.code in ("product-manufacture", "product-licence"):  # conditions: without them no score at all
            assert after.status == "cannot_be_calculated"
            assert (assumption.exact_points, assumption.exact_potential_points) == (
                before.exact,
                before.exact_potential,
            )
            continue
        for points, was, then in (
            (assumption.exact_points, before.exact, after.exact),
            (assumption.exact_potential_points, before.exact_potential, after.exact_potential),
        ):
            assert points == (None if was is None or then is None else was - then), assumption.code


# ---------------------------------------------------------------------------------------------------------------------
# Output
# ---------------------------------------------------------------------------------------------------------------------


@full
@given(document=documents)
def test_a_bill_written_and_read_again_is_assessed_the_same(document: Document) -> None:
    bom = Bom.from_dict(document)
    again = json.loads(Bom.from_json(bom.to_json()).to_json())
    assert assessed(again).to_dict() == assessed(document).to_dict()


def printed_values(plain: dict[str, Any]) -> Iterator[tuple[str | None, str | None]]:
    """Printed percentages beside the exact ones."""
    for key in ("score", "potential"):
        yield plain[key], plain["exact"][key]
    for component in plain["components"]:
        for key in ("cost", "share", "points", "potential_points"):
            yield component[key], component["exact"].get(key)


@full
@given(document=documents)
def test_the_plain_data_are_json_and_print_the_exact_figures_rounded_half_up(document: Document) -> None:
    assessment = assessed(document)
    plain = json.loads(assessment.to_json())
    assert plain == assessment.to_dict()
    for printed, exact in printed_values(plain):
        assert (printed is None) == (exact is None)
        if printed is not None and exact is not None:
            assert printed == f"{Decimal(printed):.2f}"
            too_much = Fraction(printed) - Fraction(exact)
            assert Fraction(-1, 200) < too_much <= Fraction(1, 200)
    for basis in BASES:
        rows = lift(assessment, basis=basis).to_dict()["rows"]
        assert json.loads(json.dumps(rows)) == rows


@some
@given(document=documents)
def test_the_day_may_stand_in_the_bill_or_in_the_call(document: Document) -> None:
    on = bills.ON + timedelta(days=1)
    stated = assessed({**document, "date": on.isoformat()})
    asked = assessed({key: value for key, value in document.items() if key != "date"}, on=on.isoformat())
    assert figures(stated) == figures(asked)


@some
@given(document=documents)
def test_everything_can_be_explained_in_both_languages(document: Document) -> None:
    assessment = assessed(document)
    for id_ in assessment.components:
        explanation = assessment.explain(id_)
        for lang in ("en", "id"):
            assert explanation.to_text(lang)
            assert explanation.to_markdown(lang).startswith("# ")
        json.dumps(explanation.to_dict())
    for finding in (*assessment.gaps, *assessment.assumptions, *assessment.warnings):
        assert finding.message_in("id") != ""
        assert (finding.remedy_in("id") == "") == (finding.remedy == "")
