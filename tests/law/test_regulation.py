"""Regulations as dated data: what is refused, what is looked up, what each value must carry."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.support.build import assessed, bill, good, part

from tkdn import Regulation, RegulationError, regulation, regulations
from tkdn.law.loading import load
from tkdn.law.regulation import CONFIDENCES
from tkdn.law.shipped import general_goods

LAW = "permenperin-35-2025"
FIRST = date(2025, 12, 12)
SOUND = """
[regulation]
id = "example"
name = "Example 1/2026"
title = "An example"
kind = "goods"
covers = "examples"
general = false
data_version = "1"
in_force = { from = 2026-01-01, to = 2026-12-31, article = "Pasal 9", confidence = "text" }
repeals = ["older"]

[[parameter]]
key = "weight"
unit = "percent"
meaning = { en = "a weight", id = "bobot" }
values = [
  { from = 2026-01-01, to = 2026-06-30, value = "10", article = "Pasal 1", confidence = "text" },
  { from = 2026-07-01, to = 2026-12-31, value = "12.5", article = "Pasal 2", confidence = "derived", note = "a note" },
]

[[parameter]]
key = "ladder"
unit = "percent"
meaning = { en = "a ladder", id = "jenjang" }
values = [{ from = 2026-01-01, article = "Pasal 3", confidence = "text", rows = [
  { over = "40", value = "100", article = "Pasal 3a" },
  { at_least = "25", value = "50", article = "Pasal 3b" },
  { at_least = "0", value = "0", article = "Pasal 3c" },
] }]

[[parameter]]
key = "word"
unit = "rule"
choices = ["country", "bill"]
meaning = { en = "a rule", id = "aturan" }
values = [{ from = 2026-01-01, value = "country", article = "Pasal 4", confidence = "assumed" }]

[[parameter]]
key = "yearly"
unit = "percent"
meaning = { en = "by year", id = "menurut tahun" }
values = [
  { from = 2024, to = 2026, value = "60", article = "Pasal 5", confidence = "text" },
  { from = 2027, value = "80", article = "Pasal 5", confidence = "text" },
]
"""


def example() -> Regulation:
    return load(SOUND, "example.toml")


# ---------------------------------------------------------------------------------------------------------------------
# What is refused
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ('key = "ladder"', 'key = "weight"', "regulation-duplicate-key", "weight is given 2 times"),
        ("from = 2026-07-01", "from = 2026-06-30", "regulation-period-overlap", "2026-06-30"),
        ("from = 2026-07-01", "from = 2026-01-01", "regulation-period-overlap", "2026-01-01"),
        (", to = 2026-06-30", "", "regulation-period-overlap", "2026-07-01"),  # the first is open-ended
        ("from = 2026-07-01", "from = 2026-07-02", "regulation-period-gap", "from 2026-06-30 to 2026-07-02"),
        ("from = 2027,", "from = 2026,", "regulation-period-overlap", "2026"),
        ("from = 2027,", "from = 2028,", "regulation-period-gap", "from 2026 to 2028"),
        ("from = 2027,", "from = 2027-01-01,", "regulation-malformed", "mix days and years"),
        ('article = "Pasal 1", ', "", "regulation-unsourced", "weight"),
        ('article = "Pasal 1"', 'article = ""', "regulation-unsourced", "weight"),
        (', article = "Pasal 3b"', "", "regulation-unsourced", "a row lacks"),
        ('at_least = "25"', 'above = "25"', "regulation-unsourced", "a row lacks"),
        ('confidence = "derived"', 'confidence = "sure"', "regulation-unsourced", "'sure'"),
        (', confidence = "assumed"', "", "regulation-unsourced", "text, secondary, derived, assumed"),
        (
            'article = "Pasal 9", confidence = "text"',
            'article = "Pasal 9", confidence = "?"',
            "regulation-unsourced",
            "regulation.in_force",
        ),
        ('value = "12.5"', 'value = "12,5"', "regulation-malformed", "'12,5' is not a number"),
        ('value = "12.5"', 'value = "NaN"', "regulation-malformed", "'NaN' is not a number"),
        ('over = "40"', 'over = "forty"', "regulation-malformed", "'forty' is not a number"),
        ('value = "12.5", ', "", "regulation-malformed", "'value'"),
        ('kind = "goods"\n', "", "regulation-malformed", "'kind'"),
        ('unit = "rule"\n', "", "regulation-malformed", "'unit'"),
        ('choices = ["country", "bill"]', 'choices = ["bill"]', "regulation-malformed", "write one of bill"),
        ("[regulation]", "[regulations]", "regulation-malformed", "'regulation'"),
        ("[regulation]", "[regulation", "regulation-malformed", "line 2"),
        ("[[parameter]]", "[parameter]", "regulation-malformed", "line 22"),
    ],
)
def test_a_broken_file_is_refused_and_says_where(old: str, new: str, code: str, word: str) -> None:
    assert old in SOUND
    with pytest.raises(RegulationError) as caught:
        load(SOUND.replace(old, new, 1), "broken.toml")
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.place.file == "broken.toml"
    assert problem.remedy
    assert word in str(problem)


def test_all_problems_between_values_are_named_at_once() -> None:
    broken = SOUND.replace("from = 2026-07-01", "from = 2026-07-09").replace('key = "word"', 'key = "ladder"')
    with pytest.raises(RegulationError) as caught:
        load(broken, "broken.toml")
    assert [problem.code for problem in caught.value.problems] == ["regulation-duplicate-key", "regulation-period-gap"]


# ---------------------------------------------------------------------------------------------------------------------
# Looking up
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "number", "article"),
    [
        (date(2026, 1, 1), "10", "Pasal 1"),
        (date(2026, 6, 30), "10", "Pasal 1"),
        (date(2026, 7, 1), "12.5", "Pasal 2"),
        (date(2026, 12, 31), "12.5", "Pasal 2"),
    ],
)
def test_a_value_by_day_both_ends_included(on: date, number: str, article: str) -> None:
    value = example().value("weight", on)
    assert (value.number, value.article) == (Decimal(number), article)


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_outside_all_periods_is_an_error_that_names_them(on: date) -> None:
    with pytest.raises(RegulationError) as caught:
        example().value("weight", on)
    assert caught.value.code == "regulation-no-value"
    for word in (str(on), "2026-01-01", "2026-12-31"):
        assert word in str(caught.value)


def test_a_value_by_calculation_year_default_the_days() -> None:
    law = example()
    assert law.by_year
    assert law.value("yearly", date(2026, 12, 31)).number == 60
    assert law.value("yearly", date(2027, 1, 1)).number == 80
    assert law.value("yearly", date(2026, 1, 1), year=2030).number == 80
    assert law.value("weight", date(2026, 1, 1), year=2030).number == 10
    with pytest.raises(RegulationError, match="yearly has no value on 2023: it is given from 2024"):
        law.value("yearly", date(2026, 1, 1), year=2023)
    assert not regulation(LAW).by_year


@pytest.mark.parametrize(
    ("number", "credit", "article"),
    [
        ("40.01", "100", "Pasal 3a"),
        ("40", "50", "Pasal 3b"),
        ("25", "50", "Pasal 3b"),
        ("24.99", "0", "Pasal 3c"),
        ("0", "0", "Pasal 3c"),
    ],
)
def test_the_first_row_that_holds(number: str, credit: str, article: str) -> None:
    row = example().value("ladder", date(2026, 6, 1)).row(Decimal(number))
    assert (row.value, row.article) == (Decimal(credit), article)


def test_at_most_holds_up_to_its_limit() -> None:
    value = regulation("pp-7-2021").value("scale.capital", date(2026, 6, 1))
    assert [value.row(Decimal(billions * 10**9)).value for billions in (1, 5, 10)] == ["micro", "small", "medium"]
    assert value.row(Decimal(10**10 + 1)).value == "large"


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(RegulationError) as caught:
        regulation(LAW).value("weight.labor", FIRST)
    assert caught.value.code == "parameter-unknown"
    assert "did you mean 'weight.labour'?" in str(caught.value)
    with pytest.raises(RegulationError, match="tkdn regulations"):
        regulation(LAW).parameter("zzz")


def test_an_unknown_regulation_names_the_nearest_or_all() -> None:
    with pytest.raises(RegulationError) as caught:
        regulation("permenperin-35-2052")
    assert caught.value.code == "regulation-unknown"
    assert f"did you mean '{LAW}'?" in str(caught.value)
    with pytest.raises(RegulationError, match=r"known are .*pp-29-2018"):
        regulation("zzz")


def test_a_word_is_no_number() -> None:
    with pytest.raises(TypeError):
        _ = example().value("word", date(2026, 6, 1)).number


def test_in_force_both_ends_included() -> None:
    law = example()
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [law.in_force(day) for day in days] == [False, True, True, False]
    assert law.period == "from 2026-01-01 to 2026-12-31"


def test_plain_data_hold_everything() -> None:
    plain = example().to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["in_force"] == {
        "from": "2026-01-01",
        "to": "2026-12-31",
        "article": "Pasal 9",
        "confidence": "text",
        "note": "",
    }
    assert plain["repeals"] == ["older"]
    weight, ladder, _, yearly = plain["parameters"]
    assert [value["value"] for value in weight["values"]] == ["10", "12.5"]
    assert weight["values"][1]["note"] == "a note"
    assert (ladder["values"][0]["value"], ladder["values"][0]["to"]) == (None, None)
    assert ladder["values"][0]["rows"][1] == {
        "test": "at_least",
        "limit": "25",
        "value": "50",
        "article": "Pasal 3b",
    }
    assert [value["from"] for value in yearly["values"]] == [2024, 2027]


# ---------------------------------------------------------------------------------------------------------------------
# What if
# ---------------------------------------------------------------------------------------------------------------------


def test_an_amended_regulation_says_so_and_leaves_the_law_alone() -> None:
    law = example()
    what_if = law.amend({"weight": "20", "word": "bill"})
    assert what_if.id == "example+what-if"
    assert what_if.amended == ("weight = 20", "word = bill")
    value = what_if.value("weight", date(2026, 3, 1))
    assert (value.number, value.article, value.confidence) == (Decimal(20), "what-if", "assumed")
    assert value.note == "Changed for a what-if; the law says 12.5 (Pasal 2)."
    assert what_if.value("weight", date(2026, 9, 1)).number == 20
    assert what_if.value("word", date(2026, 3, 1)).value == "bill"
    assert what_if.value("ladder", date(2026, 3, 1)) == law.value("ladder", date(2026, 3, 1))
    assert (law.id, law.amended) == ("example", ())
    assert law.value("weight", date(2026, 3, 1)).number == 10
    assert what_if.to_dict()["amended"] == ["weight = 20", "word = bill"]


def test_a_what_if_of_a_what_if_remembers_both() -> None:
    twice = example().amend({"weight": 20}).amend({"word": "bill"})
    assert (twice.id, twice.amended) == ("example+what-if", ("weight = 20", "word = bill"))
    assert twice.value("weight", date(2026, 3, 1)).number == 20


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ladder": "5"}, "amendment-invalid"),
        ({"weigth": "5"}, "parameter-unknown"),
        ({"weight": "much"}, "regulation-malformed"),
        ({"word": "continent"}, "regulation-malformed"),
    ],
)
def test_an_amendment_that_makes_no_sense_is_an_error(changes: dict[str, Decimal | int | str], code: str) -> None:
    with pytest.raises(RegulationError) as caught:
        example().amend(changes)
    assert caught.value.code == code


def test_amended_weights_and_credits_are_what_is_computed_with() -> None:
    """65 x 100 + 20 x 100 + 15 x 100 less nothing: 100; with nature at 50: 32.5 + 35."""
    document = bill(good(), part("ORE", 1, natural_resource=True), uses={"GOOD": "ORE"})
    what_if = regulation(LAW).amend({"weight.material": 65, "weight.labour": 20})
    assert assessed(document, regulation=what_if).exact == 100
    what_if = what_if.amend({"credit.natural_resource": "50"})
    assessment = assessed(document, regulation=what_if)
    assert str(assessment.score) == "67.50"
    assert assessment.provenance["regulation"] == f"{LAW}+what-if"
    assert str(assessed(document, regulation=regulation(LAW).amend({"limit.total": "90"})).score) == "90.00"
    half = regulation(LAW).amend({"labour.indonesian_share": "50.5"})
    workers = {"factory": "own", "indonesian_workers": 1, "foreign_workers": 1, "invested_in_indonesia": True}
    evenly = bill(good(production=workers), part("ORE", 1, natural_resource=True), uses={"GOOD": "ORE"})
    assert (str(assessed(evenly).score), str(assessed(evenly, regulation=half).score)) == ("100.00", "90.00")


# ---------------------------------------------------------------------------------------------------------------------
# What is shipped
# ---------------------------------------------------------------------------------------------------------------------


def test_every_shipped_value_carries_article_and_confidence_and_a_meaning_in_both_languages() -> None:
    laws = regulations()
    assert {LAW, "pp-29-2018", "pp-7-2021"} <= {law.id for law in laws}
    for law in laws:
        assert law.in_force_article
        assert law.in_force_confidence in CONFIDENCES
        assert law.data_version
        for key, parameter in law.parameters.items():
            assert parameter.key == key
            assert parameter.meaning.keys() == {"en", "id"}
            assert all(parameter.meaning.values())
            for value in parameter.values:
                assert value.article, key
                assert value.confidence in CONFIDENCES, key
                assert (value.value is None) == bool(value.rows), key
                assert all(row.article for row in value.rows), key


def test_every_value_of_35_2025_is_there_on_its_first_day_and_not_before() -> None:
    for parameter in regulation(LAW).parameters.values():
        assert parameter.on(FIRST)
        if parameter.key.startswith("certificate."):  # the terms of certificates of older texts too
            continue
        with pytest.raises(RegulationError, match="has no value on 2025-12-11"):
            parameter.on(FIRST - timedelta(days=1))


def test_the_weights_add_up_to_100_and_so_do_those_of_brainware() -> None:
    law = regulation(LAW)
    weights = [law.value(f"weight.{factor}", FIRST).number for factor in ("material", "labour", "overhead")]
    assert weights == [75, 10, 15]
    facts = ("rd_share_of_revenue", "rd_unit", "rd_programme", "rd_used_in_product")
    assert [law.value(f"brainware.{fact}.weight", FIRST).number for fact in facts] == [30, 20, 20, 30]


@pytest.mark.parametrize(
    ("key", "value", "article"),
    [
        ("credit.all_domestic_material", "100", "Pasal 5(2)b.1.a"),
        ("credit.natural_resource", "100", "Pasal 5(2)b.1.b, Lampiran I.2.a"),
        ("credit.industrial_company", "25", "Pasal 5(2)b.2"),
        ("credit.other", "0", "Pasal 5(2)b.3"),
        ("labour.indonesian_share", "50", "Pasal 6"),
        ("labour.partner_factory", "60", "Pasal 6b"),
        ("labour.outsourced", "30", "Pasal 6c"),
        ("overhead.not_invested", "0", "Pasal 7d"),
        ("brainware.most", "20", "Pasal 10(2)"),
        ("limit.total", "100", "Pasal 12"),
        ("certificate.validity", "5", "Permenperin 35/2025 Pasal 45(1)"),
    ],
)
def test_values_as_the_text_has_them(key: str, value: str, article: str) -> None:
    found = regulation(LAW).value(key, FIRST)
    assert (found.number, found.article, found.confidence) == (Decimal(value), article, "text")


# ---------------------------------------------------------------------------------------------------------------------
# Which regulation counts
# ---------------------------------------------------------------------------------------------------------------------

ORE_ONLY = bill(good(), part("ORE", 1, natural_resource=True), uses={"GOOD": "ORE"})


def test_the_general_goods_regulation_begins_on_12_december_2025() -> None:
    assert general_goods(FIRST).id == LAW
    assert assessed(ORE_ONLY, on="2025-12-12").regulation.id == LAW
    assert regulation(LAW).in_force_confidence == "secondary"
    assert "11 December" in regulation(LAW).in_force_note


@pytest.mark.parametrize("chosen", [LAW, regulation(LAW)])
def test_before_it_is_in_force_it_is_refused_with_the_dates(chosen: str | Regulation | None) -> None:
    with pytest.raises(RegulationError) as caught:
        assessed(ORE_ONLY, on="2025-12-11", regulation=chosen)
    assert caught.value.code == "regulation-not-in-force"
    assert "2025-12-11" in str(caught.value)
    assert "2025-12-12" in str(caught.value)


def test_a_regulation_of_another_kind_is_refused() -> None:
    with pytest.raises(RegulationError) as caught:
        assessed(ORE_ONLY, regulation="pp-29-2018")
    assert caught.value.code == "regulation-not-goods"
    assert "public money" in str(caught.value)


def test_the_regulation_may_be_given_by_id_or_as_it_is() -> None:
    assert assessed(ORE_ONLY, regulation=LAW).regulation is regulation(LAW)
    assert assessed(ORE_ONLY, regulation=regulation(LAW)).exact == 100
    with pytest.raises(RegulationError, match="no regulation"):
        assessed(ORE_ONLY, regulation="permenperin-1-1900")
