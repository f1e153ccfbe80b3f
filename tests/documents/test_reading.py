"""Reading documents: which they are, and all that is wrong with them at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.documents.build import Document, bid, document, general, item, labour, problems, refused, rp, tender, tool
from tests.support.build import EXAMPLES

from tkdn import TkdnError, UsageError
from tkdn.documents import (
    BidsDocument,
    DocumentError,
    ServicesDocument,
    benefit,
    bids,
    combined,
    from_dict,
    from_json,
    read,
    services,
)

FILES = [
    EXAMPLES / "service" / "service.json",
    EXAMPLES / "service" / "combined.json",
    EXAMPLES / "tender" / "benefit.json",
    EXAMPLES / "tender" / "bids.json",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_document_comes_back_as_it_was_written(path: Path) -> None:
    found = read(path)
    assert from_dict(found.to_dict()) == found
    assert from_json(json.dumps(found.to_dict())).to_dict() == found.to_dict()
    assert found.to_dict()["format"] == json.loads(path.read_text())["format"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_examples_say_that_they_are_synthetic(path: Path) -> None:
    data = json.loads(path.read_text())
    rows = [row for rows in data.values() if isinstance(rows, list) for row in rows]
    names = [data["name"], *(row.get("name") or row.get("bidder") for row in rows if "currency" not in row)]
    assert all(name.endswith("(synthetic)") for name in names)


def test_a_document_error_is_one_of_ours() -> None:
    assert issubclass(DocumentError, TkdnError)


# Which document it is


def test_a_document_that_does_not_say_what_it_is() -> None:
    assert refused({"version": 1}) == [("format-unknown", "format")]


@pytest.mark.parametrize("said", ["tkdn-bom", "tkdn-bid", 5, None, ["tkdn-bids"]])
def test_a_format_that_is_none_of_the_four(said: object) -> None:
    assert refused({"format": said, "version": 1}) == [("format-unknown", "format")]


def test_a_near_format_is_named() -> None:
    with pytest.raises(DocumentError, match="did you mean 'tkdn-bids'"):
        from_dict({"format": "tkdn-bid", "version": 1})


def test_a_document_of_another_kind_than_wanted_names_the_command() -> None:
    with pytest.raises(DocumentError, match="run 'tkdn services'"):
        from_dict(document("services", labour=[labour()]), BidsDocument)


@pytest.mark.parametrize("version", [2, "1", True, None, 1.5])
def test_a_version_that_is_not_read(version: object) -> None:
    assert refused(document("services", labour=[labour()]) | {"version": version}) == [("version-unknown", "version")]


@pytest.mark.parametrize("function", [combined, benefit, bids])
def test_a_function_takes_its_own_document_only(function: Any) -> None:
    with pytest.raises(UsageError, match=r"call tkdn\.documents\.services") as caught:
        function(from_dict(document("services", labour=[labour()])))
    assert caught.value.code == "document-kind"


# Files


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "json-malformed"),
        (b"[]", "json-malformed"),
        (b"\xff\xfe", "encoding"),
        (b'{"format": "tkdn-bids", "format": "tkdn-bids"}', "duplicate-key"),
        (b"[" * 100_000, "json-malformed"),
    ],
)
def test_a_file_that_is_no_json_object(raw: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "bids.json").write_bytes(raw)
    ((found, place),) = problems(lambda: read(tmp_path / "bids.json"))
    assert found == code
    assert place.startswith("bids.json")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problems(lambda: read(tmp_path / "none.json")) == [("file-missing", "none.json")]


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    assert problems(lambda: read(tmp_path / ("x" * 5000))) == [("file-missing", "x" * 100)]


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    assert problems(lambda: read(tmp_path))[0][0] == "file-unreadable"


def test_a_problem_in_a_file_names_file_and_path(tmp_path: Path) -> None:
    path = tmp_path / "service.json"
    path.write_text(json.dumps(document("services", labour=[labour(persons="-1")])))
    assert problems(lambda: read(path)) == [("number-negative", "service.json, labour[0].persons")]


# Values and records


def test_everything_wrong_is_told_at_once() -> None:
    wrong = tender(
        {"bidder": "A"},
        bid("A", "0", "101"),
        bid("B", 5, "30", imported=True),
        bid("C", "1e999", bmp=16),
        bid("D", 5, certificate_expired="2026-01-01"),
        preference="26",
        currency="IDR",
    )
    assert sorted(refused(wrong)) == sorted(
        [
            ("missing-key", "bids[0].price"),
            ("number-not-positive", "bids[1].price.amount"),
            ("percent-out-of-range", "bids[1].tkdn"),
            ("contradiction-imported", "bids[2].imported"),
            ("duplicate-bidder", "bids[1].bidder"),
            ("bmp-too-high", "bids[3].bmp"),
            ("number-too-large", "bids[3].price.amount"),
            ("unknown-key", "bids[4].certificate_expired"),
            ("unknown-key", "currency"),
            ("preference-too-high", "preference"),
        ]
    )


def test_what_is_wrong_between_records_is_found_also_where_one_holds_a_wrong_value() -> None:
    wrong = tender(
        bid("A", "x"), {"bidder": "A", "price": rp(5, "USD"), "siinas": "yes"}, {"bidder": "A"}, {"price": rp(1)}
    )
    assert sorted(refused(wrong)) == sorted(
        [
            ("number-invalid", "bids[0].price.amount"),
            ("true-false-invalid", "bids[1].siinas"),
            ("missing-key", "bids[2].price"),
            ("missing-key", "bids[3].bidder"),
            ("duplicate-bidder", "bids[1].bidder"),
            ("duplicate-bidder", "bids[2].bidder"),
            ("rate-missing", "bids[1].price.currency"),
        ]
    )
    wrong = document("services", tools=[tool("x", "CN"), tool(0, "CN", owner="mixed", name=5)])
    assert sorted(refused(wrong)) == sorted(
        [
            ("number-invalid", "tools[0].monthly_cost.amount"),
            ("wrong-type", "tools[1].name"),
            ("owner-missing", "tools[0].owner"),
            ("domestic-share-missing", "tools[1].domestic_share"),
        ]
    )


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(DocumentError, match="did you mean 'monthly_wage'"):
        from_dict(document("services", labour=[labour(monthly_wages=rp(5))]))
    with pytest.raises(DocumentError, match="did you mean 'amount'"):
        from_dict(document("services", labour=[labour(monthly_wage={"amount": 5, "amout": 5})]))
    with pytest.raises(DocumentError, match="did you mean 'outside_java'"):
        from_dict(document("benefit", outside_jawa=True))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1.250.000,50", "number-invalid"), ("NaN", "number-invalid"), ("Infinity", "number-invalid"),
        ("1e21", "number-too-large"), ("9" * 61, "number-too-large"), ("٣", "number-invalid"), (True, "number-invalid"),
        ("-1", "number-negative"), ([], "number-invalid"),
    ],
)  # fmt: skip
def test_hostile_numbers_are_refused(number: object, code: str) -> None:
    assert refused(document("services", labour=[labour(persons=number)])) == [(code, "labour[0].persons")]
    assert refused(document("combined", goods=[item(1) | {"value": {"amount": number}}])) == [
        (code, "goods[0].value.amount")
    ]


def test_numbers_may_be_text_integers_or_floats() -> None:
    for persons in ("2", 2, 2.0, "2e0"):
        result = services(from_dict(document("services", labour=[labour(persons=persons)])))
        assert result.total == 200


@pytest.mark.parametrize("percent", ["-0.01", "100.01", "178"])
def test_percentages_are_from_0_to_100(percent: str) -> None:
    assert refused(document("combined", goods=[item(1, percent)])) == [("percent-out-of-range", "goods[0].tkdn")]
    assert refused(tender(bid("A", 1, percent))) == [("percent-out-of-range", "bids[0].tkdn")]
    assert refused(tender(bid("A", 1), preference=percent)) == [("percent-out-of-range", "preference")]


@pytest.mark.parametrize("share", ["-0.1", "1.01", "40"])
def test_shares_are_from_0_to_1(share: str) -> None:
    wrong = tool(made_in="CN", owner="mixed", domestic_share=share)
    assert refused(document("services", tools=[wrong])) == [("share-out-of-range", "tools[0].domestic_share")]
    for fact in ("domestic_purchase_share", "domestic_machine_share"):
        assert refused(document("benefit", **{fact: share})) == [("share-out-of-range", fact)]


def test_new_investment_may_be_more_than_the_initial_one() -> None:
    assert benefit(from_dict(document("benefit", new_investment_share="1.5"))).total == 4


def test_the_owner_of_a_tool_made_abroad_is_needed() -> None:
    data = document("services", tools=[tool(made_in="CN"), tool(made_in="CN", owner="mixed"), tool(made_in="ID")])
    assert refused(data) == [("owner-missing", "tools[0].owner"), ("domestic-share-missing", "tools[1].domestic_share")]


@pytest.mark.parametrize(("owner", "share"), [("domestic", "0.9"), ("foreign", "0.1")])
def test_an_owner_that_contradicts_its_share(owner: str, share: str) -> None:
    data = document("services", tools=[tool(made_in="CN", owner=owner, domestic_share=share)])
    assert refused(data) == [("contradiction-owner", "tools[0].domestic_share")]


def test_words_are_those_of_the_document() -> None:
    data = document("services", labour=[labour(citizenship="Indonesia")], general=[general(provider="local")])
    assert refused(data) == [("country-unknown", "labour[0].citizenship"), ("value-unknown", "general[0].provider")]
    data = document("benefit", size="micro", esg="BB", green="label", people_development="none")
    assert refused(data) == [
        ("value-unknown", "size"), ("value-unknown", "people_development"), ("value-unknown", "green"),
        ("value-unknown", "esg"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "code"), [(5, "indi-level-unknown"), ("3.5", "heads-invalid"), (-1, "heads-invalid")]
)
def test_a_level_of_indi_is_from_0_to_4(level: object, code: str) -> None:
    assert refused(document("benefit", indi_level=level)) == [(code, "indi_level")]
    assert from_dict(document("benefit", indi_level=4))


def test_heads_and_truths() -> None:
    data = document("benefit", workers="2.5", awards=-1, pioneer="yes", lighthouse=1)
    assert refused(data) == [
        ("heads-invalid", "workers"), ("true-false-invalid", "pioneer"), ("true-false-invalid", "lighthouse"),
        ("heads-invalid", "awards"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        document("services"),
        document("services", labour=[labour(0)]),
        document("services", labour=[labour(persons=0)], tools=[tool(months=0)], general=[general(quantity=0)]),
        document("combined"),
        document("combined", goods=[item(0, "40")], services=[item(0, "40")]),
    ],
)
def test_a_total_of_nothing_has_no_share(data: Document) -> None:
    assert [code for code, _ in refused(data)] == ["total-zero"]


def test_the_total_is_not_judged_where_a_record_is_wrong() -> None:
    assert refused(document("services", labour=[labour("x")])) == [("number-invalid", "labour[0].monthly_wage.amount")]


def test_lists_and_objects_of_the_wrong_kind() -> None:
    data = document("bids", owner_estimate=5, preference=[], bids={"A": 1}, regulation=5)
    places = {"owner_estimate", "preference", "bids", "regulation"}
    assert {place for _, place in refused(data)} == places
    assert refused(document("services", labour=[5, labour()])) == [("wrong-type", "labour[0]")]
    assert refused(document("services", labour=[labour()], rates=5)) == [("wrong-type", "rates")]


def test_text_that_cannot_be_written_is_refused() -> None:
    data = document("combined", goods=[item(1, name="\ud800")])
    assert refused(data) == [("text-invalid", "goods[0].name")]


# Money in other currencies


def _abroad(**fields: Any) -> Document:
    return document("services", general=[general() | {"unit_price": rp(2, "USD")}], **fields)


def test_money_in_another_currency_needs_a_rate() -> None:
    assert refused(_abroad()) == [("rate-missing", "general[0].unit_price.currency")]
    late = [{"currency": "USD", "rate": "16000", "from": "2026-06-02"}]
    assert refused(_abroad(rates=late)) == [("rate-missing", "general[0].unit_price.currency")]


def test_the_latest_rate_on_the_date_counts() -> None:
    rates = [
        {"currency": "USD", "rate": "15000", "from": "2026-01-01"},
        {"currency": "USD", "rate": "1600000", "per": 100, "from": "2026-06-01"},
        {"currency": "USD", "rate": "17000", "from": "2026-06-02"},
    ]
    result = services(from_dict(_abroad(rates=rates)))
    assert result.total == 32000


def test_money_in_another_currency_needs_a_date() -> None:
    rates = [{"currency": "USD", "rate": "16000", "from": "2026-01-01"}]
    assert refused(_abroad(rates=rates, date=None)) == [("date-missing", "date")]


def test_rates_that_contradict_each_other() -> None:
    rates = [
        {"currency": "USD", "rate": "15000", "from": "2026-01-01"},
        {"currency": "USD", "rate": "16000", "from": "2026-01-01"},
        {"currency": "IDR", "rate": "1", "from": "2026-01-01"},
    ]
    assert refused(_abroad(rates=rates)) == [
        ("duplicate-rate", "rates[1].from"), ("rate-for-rupiah", "rates[2].currency")
    ]  # fmt: skip


def test_a_wrong_rate_is_told_once() -> None:
    rates = [{"currency": "USD", "rate": "0", "from": "2026-01-01"}]
    assert refused(_abroad(rates=rates)) == [("number-not-positive", "rates[0].rate")]


@pytest.mark.parametrize("place", ["estimate", "bid"])
def test_the_money_of_a_tender_needs_rates_too(place: str) -> None:
    dollars = {"price" if place == "bid" else "owner_estimate": rp(5, "USD")}
    data = tender(bid("A", 5) | dollars) if place == "bid" else tender(bid("A", 5)) | dollars
    at = "bids[0].price.currency" if place == "bid" else "owner_estimate.currency"
    assert refused(data) == [("rate-missing", at)]


# The law on the date


@pytest.mark.parametrize(
    "data",
    [
        document("services", labour=[labour()], date="2025-12-11"),
        document("combined", goods=[item(1)], date="2025-12-11"),
        document("benefit", date="2025-12-11"),
    ],
)
def test_a_date_before_the_regulation(data: Document) -> None:
    assert refused(data) == [("regulation-not-in-force", "date")]
    assert from_dict(data | {"date": "2025-12-12"})


def test_a_tender_before_what_is_known_of_its_regulation() -> None:
    assert refused(tender(bid("A", 1), date="2021-02-01")) == [("regulation-no-value", "date")]
    assert from_dict(tender(bid("A", 1), date="2021-02-02"))


@pytest.mark.parametrize("law", ["perpres-16-2019", "pp-29-2018", "permenperin-35-2025", ""])
def test_a_regulation_that_is_not_of_tenders(law: str) -> None:
    assert refused(tender(bid("A", 1), regulation=law)) == [("regulation-unknown", "regulation")]


@pytest.mark.parametrize(
    ("law", "date", "most"), [("perpres-16-2018", "2026-06-01", 25), ("perpres-54-2010", "2017-06-01", 15)]
)
def test_a_preference_above_the_most_is_refused(law: str, date: str, most: int) -> None:
    assert from_dict(tender(bid("A", 1), regulation=law, date=date, preference=str(most)))
    above = tender(bid("A", 1), regulation=law, date=date, preference=f"{most}.01")
    assert refused(above) == [("preference-too-high", "preference")]


def test_a_bmp_above_the_limit_is_refused() -> None:
    assert from_dict(tender(bid("A", 1, "30", bmp="15")))
    assert refused(tender(bid("A", 1, "30", bmp="15.01"))) == [("bmp-too-high", "bids[0].bmp")]


# Bids


def test_bidders_are_named_once() -> None:
    assert refused(tender(bid("A", 1), bid("B", 1), bid("A", 2))) == [("duplicate-bidder", "bids[2].bidder")]


def test_a_tender_has_bids() -> None:
    assert refused(tender()) == [("bids-missing", "bids")]


@pytest.mark.parametrize("fields", [{"tkdn": "30"}, {"bmp": "5"}])
def test_an_import_has_no_tkdn(fields: Document) -> None:
    assert refused(tender(bid("A", 1, imported=True, **fields))) == [("contradiction-imported", "bids[0].imported")]
    assert from_dict(tender(bid("A", 1, "0", imported=True)))


def test_a_document_made_in_python_is_checked_as_well() -> None:
    with pytest.raises(DocumentError) as caught:
        ServicesDocument()
    assert caught.value.code == "total-zero"
