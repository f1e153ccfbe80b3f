"""What comes of the documents: hand-worked figures, plain data, and explanations that add up."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.documents.build import BILLION, ON, bid, document, general, item, labour, rp, tender, tool
from tests.support.build import EXAMPLES

from tkdn import UsageError
from tkdn.display.viewed import as_text
from tkdn.documents import benefit, bids, combined, from_dict, read, services, write_benefit_forms
from tkdn.documents.result import Result
from tkdn.documents.tender import BidsResult, whole
from tkdn.i18n import LANGUAGES

TABLE = [
    bid("A", 1_050_000_000, "60"),
    bid("B", 1_150_000_000, "50"),
    bid("C", 1_025_000_000, "25"),
    bid("D", 1_010_000_000, "20"),
]
ALL = (services, combined, benefit, bids)
EXAMPLE_FILES = ("service/service.json", "service/combined.json", "tender/benefit.json", "tender/bids.json")


def example(number: int) -> Result[Any]:
    function: Any = ALL[number]
    result: Result[Any] = function(read(EXAMPLES / EXAMPLE_FILES[number]))
    return result


def run(*offers: dict[str, Any], **fields: Any) -> BidsResult:
    return bids(from_dict(tender(*offers, **fields)))


# Services


def test_services_by_hand() -> None:
    # labour 300 of 400; tools 100 + 50 + 20 of 300; general 100 of 300: 570 of 1000
    result = services(
        from_dict(
            document(
                "services",
                labour=[labour(50, persons=2, months=3), labour(100, "JP")],
                tools=[
                    tool(100, "ID", owner="foreign"),
                    tool(100, "CN", owner="domestic"),
                    tool(100, "CN", owner="mixed", domestic_share="0.4"),
                ],
                general=[general(100), general(100, "foreign", quantity=2)],
            )
        )
    )
    assert result.score == Decimal("57.00")
    assert [result.kdn, result.kln, result.total] == [570, 430, 1000]
    groups = result.groups
    assert [group.score for group in groups.values()] == [Decimal("75.00"), Decimal("56.67"), Decimal("33.33")]
    assert [(name, int(group.kdn), int(group.kln)) for name, group in groups.items()] == [
        ("labour", 300, 100), ("tools", 170, 130), ("general", 100, 200)
    ]  # fmt: skip


def test_a_group_without_cost_has_no_score() -> None:
    result = services(from_dict(document("services", labour=[labour()], tools=[tool(0)])))
    assert result.groups["tools"].score is None
    assert result.groups["general"].score is None
    assert result.score == 100


def test_services_round_once() -> None:
    # a third twice over: 33.335 would come of rounding early
    data = document("services", labour=[labour("0.335"), labour("0.665", "JP")])
    assert services(from_dict(data)).score == Decimal("33.50")
    data = document("services", labour=[labour(1), labour(2, "JP")])
    assert services(from_dict(data)).to_dict()["exact"] == {"score": "100/3"}


def test_the_service_example() -> None:
    data = example(0).to_dict()
    assert (data["score"], data["kdn"], data["kln"], data["total"]) == (
        "69.27", "568000000.00", "252000000.00", "820000000.00",
    )  # fmt: skip
    tools = data["groups"]["tools"]["rows"]
    assert [row["credited"] for row in tools] == ["100.00", "50.00", "20.00", "0.00"]
    assert data["groups"]["general"]["rows"][1]["total"] == "20000000.00"  # US$ 1,250 at 16,000


# Combined


def test_combined_by_hand() -> None:
    result = combined(
        from_dict(
            document(
                "combined",
                goods=[item(600, "40", "Press"), item(150, "87.33", "Conveyor"), item(50, None, "Robot")],
                services=[item(200, "90", "Installation")],
            )
        )
    )
    goods = Fraction(40 * 600) / 800 + Fraction("87.33") * 150 / 800
    assert result.goods.exact == goods
    assert result.exact == goods * Fraction(8, 10) + 90 * Fraction(2, 10)
    assert (result.score, result.goods.tkdn, result.services.tkdn) == tuple(map(Decimal, ("55.10", "46.37", "90.00")))
    assert [(row.share, row.kdn) for row in result.goods.rows] == [
        (75, 30), (Fraction("18.75"), Fraction("87.33") * Fraction("0.1875")), (Fraction("6.25"), 0)
    ]  # fmt: skip
    assert [note.code for note in result.notes] == ["without-tkdn-goods"]
    assert "Robot" in result.notes[0].message


def test_goods_alone_and_services_alone() -> None:
    result = combined(from_dict(document("combined", goods=[item(3, "30"), item(1, "50")])))
    assert (str(result.score), result.services.tkdn, int(result.services.share)) == ("35.00", None, 0)
    result = combined(from_dict(document("combined", services=[item(3, "30"), item(1)])))
    assert (result.score, result.goods.tkdn) == (Decimal("22.50"), None)
    assert [note.code for note in result.notes] == ["without-tkdn-services"]


def test_the_combined_example() -> None:
    data = example(1).to_dict()
    assert (data["score"], data["goods"]["tkdn"], data["services"]["tkdn"]) == ("43.47", "37.01", "69.27")
    assert (data["goods"]["share"], data["goods"]["kdn"]) == ("80.00", "29.61")
    assert data["goods"]["rows"][0] == {
        "name": "Press (synthetic)", "tkdn": "27.52", "value": "600000000.00", "share": "75.00", "kdn": "20.64",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kbli", "notes"),
    [
        ("33122", []),
        ("29200", ["service-kbli-not-listed"]),  # was: not a word
        ("58130", ["service-kbli-only"]),
        (None, ["service-kbli-missing"]),
    ],
)
def test_a_service_says_if_its_kbli_is_no_industrial_service(kbli: str | None, notes: list[str]) -> None:
    result = services(from_dict(document("services", labour=[labour()], kbli=kbli)))
    assert [note.code for note in result.notes] == notes
    assert all(kbli in note.message_in("id") for note in result.notes if kbli)
    assert result.score == 100
    assert [step.law[0].article for step in result.explain().steps if step.code == "services_kbli"] == [
        "Permenperin 35/2025 Pasal 16, Lampiran III"
    ]


# Company benefit


def test_the_benefit_example_is_capped() -> None:
    data = example(2).to_dict()
    assert (data["score"], data["total"], data["limit"], data["missing"]) == ("15.00", "21.50", "15.00", [])
    points = {row["factor"]: row["points"] for row in data["factors"]}
    assert sum(map(Fraction, points.values())) == Fraction("21.50")
    assert (points["pioneer"], points["certificates"], points["location"]) == ("3.00", "0.75", "0.00")


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        ({"service_company": True}, "Permenperin 35/2025 Pasal 23a"),
        ({"goods_and_services": True}, "Permenperin 35/2025 Pasal 23b"),
        ({"factory": "outsourced"}, "Permenperin 35/2025 Pasal 23c, 44(2)a.11"),
        ({"factory": "partner_factory"}, "Permenperin 35/2025 Pasal 44(2)a.11"),
    ],
)
def test_no_bmp_for_whom_the_law_gives_none_where_it_was_15(facts: dict[str, Any], article: str) -> None:
    given = {**read(EXAMPLES / EXAMPLE_FILES[2]).to_dict(), **facts}
    result = benefit(from_dict(given))
    assert (result.score, result.exact, result.refused_by) == (None, None, article)
    data = result.to_dict()
    assert (data["score"], data["status"], data["refused_by"]) == (None, "cannot_be_calculated", article)
    assert [note.code for note in result.notes] == ["benefit-none"]
    assert "BMP tidak dapat dihitung" in result.notes[0].message_in("id")
    assert [step.code for step in result.explain().steps][-1] == "benefit_whose"
    for lang in LANGUAGES:
        assert "-" in as_text(result.view(lang))
    with pytest.raises(UsageError) as caught:
        write_benefit_forms(result, "never-written.xlsx")
    assert caught.value.code == "benefit-refused"


def test_what_decides_on_bmp_is_taken_for_granted_until_it_is_stated() -> None:
    stated = {"service_company": False, "goods_and_services": False, "factory": "own"}
    assert benefit(from_dict(document("benefit", **stated))).notes == ()
    for missing in stated:
        less = {key: value for key, value in stated.items() if key != missing}
        assert [note.code for note in benefit(from_dict(document("benefit", **less))).notes] == ["benefit-whose"]


def test_below_the_limit_nothing_is_taken_off() -> None:
    facts = {"outside_java": True, "domestic_brand": True, "green": "award", "esg": "BBB"}
    result = benefit(from_dict(document("benefit", **facts)))
    assert result.score == result.total == Decimal("8.00")


def test_absent_facts_give_nothing_and_are_listed_with_what_they_could_add() -> None:
    result = benefit(from_dict(document("benefit")))
    assert (str(result.score), len(result.factors)) == ("0.00", 15)
    assert {row.criterion for row in result.factors} == {None}
    listed = {each.fact: each.most for each in result.missing}
    assert len(listed) == len(result.missing) == 20
    some = [listed[fact] for fact in ("size", "workers", "industry_4_applied", "esg")]
    assert some == [4, 4, Fraction(1, 2), 1]


def test_a_fact_that_can_add_no_more_is_listed_with_nothing_to_add() -> None:
    result = benefit(from_dict(document("benefit", pioneer=True, indi_level=2)))
    listed = {each.fact: each.most for each in result.missing}
    assert listed["domestic_purchase_share"] == 0  # the factor has its 4 points
    assert [listed["lighthouse"], listed["industry_4_applied"]] == [1, 0]  # 2 points against 1, half a point against 1


def test_workers_say_nothing_without_the_size_of_the_firm() -> None:
    result = benefit(from_dict(document("benefit", workers=1000)))
    assert result.score == 0
    assert "size" in {each.fact for each in result.missing}
    assert "workers" not in {each.fact for each in result.missing}
    assert benefit(from_dict(document("benefit", workers=1000, size="large"))).score == 4


def test_a_stated_nothing_is_not_missing() -> None:
    result = benefit(from_dict(document("benefit", awards=0, pioneer=False, esg="lower")))
    assert result.score == 0
    assert {"awards", "pioneer", "esg"}.isdisjoint(each.fact for each in result.missing)


# Bids


def test_the_published_table_under_the_amended_regulation() -> None:
    result = run(*TABLE)
    assert [row.hea for row in result.bids] == [892_500_000, 1_006_250_000, 960_937_500, 1_010_000_000]
    assert [row.kp for row in result.bids] == list(map(Decimal, ("15.00", "12.50", "6.25", "0.00")))
    assert (result.step, result.winner) == ("a", "A")
    assert [row.rank for row in result.bids] == [1, 3, 2, None]
    assert result.rule == "Perpres 16/2018 Pasal 66(2)a (Perpres 46/2025)"


@pytest.mark.parametrize("day", ["2017-06-01", ON])
def test_the_published_table_under_the_old_regulation(day: str) -> None:
    result = run(*TABLE, regulation="perpres-54-2010", preference="15", date=day)
    assert [row.hea for row in result.bids] == [963_302_752, 1_069_767_442, 987_951_807, 1_010_000_000]
    assert result.winner == "A"
    old = day < "2018"
    assert result.step == (None if old else "a")  # the duty of PP 29/2018 came later
    assert [row.rank for row in result.bids] == ([1, 4, 2, 3] if old else [1, 3, 2, None])
    assert ("law-ended" in {note.code for note in result.notes}) is not old


def test_final_evaluation_prices_are_shown_whole_and_kept_exact() -> None:
    data = run(*TABLE, regulation="perpres-54-2010", preference="15", date="2017-06-01").to_dict()
    assert data["bids"][0]["hea"] == "963302752"
    assert data["bids"][0]["exact"]["hea"] == "105000000000/109"
    assert (whole(Fraction(5, 2)), whole(Fraction(249, 100))) == (3, 2)


def test_the_lowest_final_evaluation_price_beats_the_lowest_price() -> None:
    result = run(bid("A", 1000, "60"), bid("B", 900, "25"))
    assert [row.exact_hea for row in result.bids] == [850, Fraction("843.75")]
    assert run(bid("A", 1000, "60"), bid("B", 910, "25")).winner == "A"
    assert str(run(bid("A", 1000, "60"), bid("B", 910, "25")).reason) == "the lowest final evaluation price (HEA)"


def test_of_equal_final_evaluation_prices_the_higher_tkdn_wins() -> None:
    # 850 = 1000 x (1 - 15%) = 906.666... x (1 - 6.25%) is not equal; 900 x (1 - 10%) = 810 = 864 x (1 - 6.25%) is
    result = run(bid("C", 864, "25"), bid("A", 900, "40"))
    assert [row.hea for row in result.bids] == [810, 810]
    assert (result.winner, result.reason.code) == ("A", "higher_tkdn")
    assert [row.rank for row in result.bids] == [2, 1]


def test_prices_that_only_look_equal_are_not() -> None:
    result = run(bid("A", "1000000000.4", "25"), bid("B", "1000000000", "25"))
    assert [row.hea for row in result.bids] == [937_500_000, 937_500_000]
    assert (result.winner, result.reason.code) == ("B", "lowest_hea")


def test_two_bids_that_are_equal_in_everything_leave_no_winner() -> None:
    result = run(bid("A", 900, "40"), bid("B", 900, "40"), bid("C", 901, "40"))
    assert (result.winner, result.reason.code) == (None, "tied")
    assert "A, B" in str(result.reason)
    assert [row.rank for row in result.bids] == [1, 1, 3]


@pytest.mark.parametrize(
    ("estimate", "preferred", "winner"), [("1000000000", False, "B"), ("1000000000.01", True, "A")]
)
def test_without_a_preference_the_lowest_price_wins(estimate: str, preferred: bool, winner: str) -> None:
    result = run(bid("A", 1000, "100"), bid("B", 900, "25"), estimate=estimate)
    assert (result.preferred, result.winner) == (preferred, winner)
    assert [row.kp for row in result.bids] == ([25, Decimal("6.25")] if preferred else [0, 0])
    assert ("no-preference" in {note.code for note in result.notes}) is not preferred
    assert result.reason.code == ("lowest_hea" if preferred else "lowest_price")


def test_a_bid_above_the_owner_s_estimate_is_out_though_it_had_the_lowest_hea() -> None:
    """Pasal 26(5)b; A asks 3 billion at 60% (HEA 2.55), B 2 billion at 0.1 below the least TKDN: was: A."""
    over, within = bid("A", 3 * BILLION, "60"), bid("B", 2 * BILLION, "25")
    result = run(over, within, estimate=2 * BILLION)
    assert (result.step, result.winner) == ("a", "B")
    first = result.bids[0]
    assert (first.eligible, first.rank, first.reason.code) == (False, None, "above_estimate")
    assert "HPS" in first.reason.message_in("id")
    assert (
        run(over, within, estimate=3 * BILLION).winner == "B"
    )  # at the estimate it may be chosen: HEA 2.55 against 1.875
    assert run(over, within, estimate=3 * BILLION).bids[0].eligible


def test_what_is_offered_above_the_estimate_exists_and_opens_the_duty() -> None:
    """Alone B has 25% and 0 of BMP, so step b; A's 40% opens step a, and no import is chosen beside it."""
    above, home_bid, foreign = bid("A", 3 * BILLION, "40"), bid("B", BILLION, "25"), bid("C", BILLION, imported=True)
    assert run(home_bid, foreign).step == "b"
    assert (run(above, home_bid, foreign).step, run(above, home_bid, foreign).winner) == ("a", "B")
    nobody = run(above, foreign)
    assert (nobody.step, nobody.winner, nobody.reason.code) == ("a", None, "none_eligible")
    assert "all-above-estimate" in {note.code for note in nobody.notes}


def test_an_exception_lifts_the_ceiling() -> None:
    over = bid("A", 3 * BILLION, "60")
    result = run(over, estimate_exempt=True)
    assert (result.winner, result.to_dict()["estimate_is_ceiling"]) == ("A", False)
    assert run(over).to_dict()["estimate_is_ceiling"] is True
    old = run(over, regulation="perpres-54-2010", date="2017-06-01", preference="15")
    assert (old.winner, "ceiling-unknown" in {note.code for note in old.notes}) == ("A", True)


@pytest.mark.parametrize("vat", ["included", "excluded", None])
def test_vat_is_on_one_basis_and_noted_until_it_is_stated(vat: str | None) -> None:
    result = run(bid("A", BILLION, "60"), **({} if vat is None else {"vat": vat}))
    assert ("vat-unknown" in {note.code for note in result.notes}) is (vat is None)
    assert result.to_dict()["vat"] == vat
    (step,) = (step for step in result.explain().steps if step.code == "bids_ceiling")
    assert step.result is True
    assert [value.key for value in step.law] == ["estimate.ceiling"]


@pytest.mark.parametrize(
    ("fields", "on", "step"),
    [
        ({"bmp_expires": "2026-05-31"}, ON, "b"),  # was: a, by 39 + 1 as long as the certificate lasts
        ({"bmp_expires": "2026-06-01"}, ON, "a"),
        ({"bmp_since": "2026-01-15"}, "2031-01-15", "b"),  # was: a
        ({"bmp_since": "2026-01-15"}, "2031-01-14", "a"),
        ({"bmp_since": "2026-01-15", "bmp_expires": "2032-01-01"}, "2031-01-15", "a"),
        ({}, "2031-01-15", "a"),
    ],
)
def test_bmp_ends_before_the_certificate(fields: dict[str, str], on: str, step: str) -> None:
    result = run(bid("A", BILLION, "39", bmp="1", certificate_expires="2033-01-01", **fields), date=on)
    assert (result.step, result.winner) == (step, "A")
    assert ("bmp-ended" in {note.code for note in result.notes}) is (step == "b")


def test_without_a_preference_only_those_that_may_be_taken_compete() -> None:
    result = run(bid("A", 1000, "60"), bid("B", 900, "24.99"), bid("C", 800, imported=True), estimate=1000)
    assert result.winner == "A"


@pytest.mark.parametrize(
    ("expires", "step"), [("2026-06-01", "a"), ("2026-05-31", "d"), ("2030-01-01", "a"), (None, "a")]
)
def test_an_expired_certificate_gives_neither_tkdn_nor_bmp(expires: str | None, step: str) -> None:
    late = {} if expires is None else {"certificate_expires": expires}
    result = run(bid("A", 1000, "39", bmp="1", siinas=True, **late))
    assert (result.step, result.winner) == (step, "A")
    row = result.bids[0]
    assert [row.offer.tkdn, row.offer.bmp, row.exact_kp] == ([39, 1, Fraction("9.75")] if step == "a" else [0, 0, 0])
    codes = {note.code for note in result.notes}
    assert ("expired" in codes) is (step == "d")
    assert ("undated" in codes) is (expires is None)


@pytest.mark.parametrize(
    ("offers", "step", "winner", "reasons"),
    [
        (
            [bid("A", 9, "40"), bid("B", 5, "24"), bid("C", 4, siinas=True), bid("D", 1, imported=True)],
            "a", "A", ["admitted_a", "below_least_tkdn", "not_certified", "imported"],
        ),
        ([bid("A", 9, "39.99"), bid("B", 5, "24")], "b", "A", ["admitted_b", "below_least_tkdn"]),
        ([bid("B", 5, "24"), bid("C", 4, siinas=True)], "c", "B", ["admitted_c", "not_certified"]),
        ([bid("C", 4, siinas=True), bid("E", 1, siinas=False)], "d", "C", ["admitted_d", "not_listed"]),
        (
            [bid("D", 3, imported=True), bid("E", 1, imported=False), bid("F", 1)],
            "import", "D", ["admitted_import", "neither_certified_nor_listed", "origin_unknown"],
        ),
        ([bid("E", 1, imported=False)], "import", None, ["neither_certified_nor_listed"]),
    ],
)  # fmt: skip
def test_the_order_of_choice(offers: list[Any], step: str, winner: str | None, reasons: list[str]) -> None:
    result = run(*offers)
    assert (result.step, result.winner) == (step, winner)
    assert [row.reason.code for row in result.bids] == reasons
    assert [row.eligible for row in result.bids] == [code.startswith("admitted") for code in reasons]
    if winner is None:
        assert str(result.reason) == "none of these bids may be taken"


def test_it_says_that_only_the_bids_are_seen() -> None:
    result = run(*TABLE)
    assert {"only-these-bids", "enough-under-a"} <= {note.code for note in result.notes}
    assert "Only these bids are seen" in str(result.explain())


def test_where_the_order_of_choice_is_not_known_it_says_so() -> None:
    result = run(bid("A", 9, "39"), bid("D", 8, imported=True), date="2024-06-01")
    assert (result.step, result.rule, result.winner) == (None, None, "D")
    assert "order-unknown" in {note.code for note in result.notes}


def test_bids_in_another_currency() -> None:
    rates = [{"currency": "USD", "rate": "16000", "from": "2026-05-01"}]
    offer = bid("A", 1, "40") | {"price": rp("62500", "USD")}
    assert run(offer, rates=rates).bids[0].hea == 900_000_000


def test_many_bids() -> None:
    result = run(*(bid(f"B{n}", 10**9 + n % 977, "25") for n in range(3000)))
    assert (result.winner, [row.rank for row in result.bids[:3]]) == (None, [1, 5, 9])


# What all results share


@pytest.mark.parametrize("number", range(4))
def test_plain_data_goes_through_json(number: int) -> None:
    data = example(number).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert (data["on"], data["name"].endswith("(synthetic)")) == (ON, True)
    assert data["provenance"]["regulation"] == data["regulation"] == example(number).regulation
    assert len(data["provenance"]["input_sha256"]) == 64


@pytest.mark.parametrize("number", range(4))
def test_results_are_frozen(number: int) -> None:
    with pytest.raises(AttributeError):
        example(number).on = date(2020, 1, 1)  # type: ignore[misc]


@pytest.mark.parametrize("number", range(4))
def test_explanations_in_both_languages(number: int) -> None:
    explanation = example(number).explain()
    english, indonesian = explanation.to_text("en"), explanation.to_text("id")
    assert "the regulation's text" in english or "secondary source" in english
    assert "teks peraturan" in indonesian or "sumber sekunder" in indonesian
    assert len(english.split("\n")) == len(indonesian.split("\n"))
    assert explanation.to_markdown("id")
    json.dumps(explanation.to_dict())


def test_every_value_of_law_in_an_explanation_names_article_and_how_known() -> None:
    for number in range(4):
        for step in example(number).explain().steps:
            for value in step.law:
                assert value.article
                assert value.confidence in ("text", "secondary", "derived", "assumed")


def test_the_points_of_the_explanation_add_up_to_the_total() -> None:
    steps = example(2).explain().steps
    points = [step.result for step in steps if step.code.startswith("benefit_") and "weight" in step.inputs]
    assert len(points) == 15
    assert sum(point for point in points if isinstance(point, Fraction)) == Fraction("21.5")


def test_a_summary_is_never_told_as_the_text() -> None:
    law = {value.key: value.confidence for step in example(3).explain().steps for value in step.law}
    assert (law["order.a"], law["preference.formula"], law["procurement.duty"]) == ("secondary", "secondary", "text")


def test_without_a_date_today_is_taken_and_said() -> None:
    result = benefit(from_dict(document("benefit", date=None)))
    assert result.on == date.today()
    assert result.notes[0].code == "date-today"
    assert result.on.isoformat() in result.notes[0].message


def test_without_a_name_the_format_is_its_title() -> None:
    assert benefit(from_dict(document("benefit"))).title == "tkdn-benefit"
