"""The calendar of certificates: days, windows, points; none of it existed."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.build import Document, Record, abroad, assessed, bill, cert, good, home
from typer.testing import CliRunner

import tkdn
from tkdn import Bom, UsageError, calendar
from tkdn.assessment.calendar_events import Event, working_days_after
from tkdn.assessment.icalendar import Entry, calendar_text
from tkdn.cli import app

LAW = "permenperin-35-2025"


def framed(*held: Record, product: str = "GOOD", **more: Any) -> Document:
    """A good of two equal lines, a frame with certificates and an import: 25 + 0.375 x credit of the frame."""
    return bill(
        good(product), home("FRAME", 100, name="Frame", certificates=list(held)), abroad("MOTOR", 100),
        uses={product: "FRAME MOTOR"}, **more,
    )  # fmt: skip


def events(*held: Record) -> list[Event]:
    return list(calendar(assessed(framed(*held))).events)


def days(*held: Record, but: str = "surveillance") -> list[tuple[str, str]]:
    """Kinds and days, without those of one kind."""
    return [(each.kind, each.day.isoformat()) for each in events(*held) if each.kind != but]


BARE = {"number": "1/2025", "tkdn": "85", "issued": "2025-02-01"}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"issued": "2026-01-15"}, [("tkdn_ends", "2031-01-14")]),
        ({}, [("tkdn_ends_earliest", "2027-01-31"), ("tkdn_ends_latest", "2028-01-31")]),
        ({"issued": "2024-01-02"}, [("tkdn_ends_latest", "2027-01-01")]),  # open today: the earliest is past
        ({"expires": "2030-01-31"}, [("tkdn_ends", "2030-01-31")]),
        ({"issued": "2026-06-02"}, [("tkdn_begins", "2026-06-02"), ("tkdn_ends", "2031-06-01")]),
        ({"expires": "2026-06-01"}, [("tkdn_ends", "2026-06-01")]),
        ({"expires": "2026-05-31"}, []),
        ({"withdrawn": "2026-07-01"}, [("tkdn_withdrawn", "2026-07-01")]),
        ({"withdrawn": "2026-05-01"}, []),
        ({"kind": "letter"}, []),
    ],
)
def test_the_days_of_tkdn(held: Record, expected: list[tuple[str, str]]) -> None:
    assert days({**BARE, **held}) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"issued": "2026-01-15", "bmp": "10"}, [("bmp_ends", "2031-01-14")]),
        ({"issued": "2026-01-15", "bmp": "10", "bmp_expires": "2028-05-05"}, [("bmp_ends", "2028-05-05")]),
        ({"bmp": "10"}, [("bmp_ends_earliest", "2027-01-31"), ("bmp_ends_latest", "2028-01-31")]),
    ],
)
def test_bmp_has_an_end_of_its_own_and_no_points_of_the_score(held: Record, expected: list[tuple[str, str]]) -> None:
    found = [each for each in events({**BARE, **held}) if each.kind.startswith("bmp")]
    assert [(each.kind, each.day.isoformat()) for each in found] == expected
    assert {each.stakes[0].exact_points for each in found} == {0}


def test_bmp_of_a_renewal_ends_with_the_first_certificate_that_carried_it() -> None:
    first, second = {"issued": "2026-01-15", "bmp": "10"}, {"number": "2/2026", "issued": "2026-05-20", "bmp": "10"}
    assert days({**BARE, **first}, {**BARE, **second}) == [("bmp_ends", "2031-01-14"), ("tkdn_ends", "2031-05-19")]


def test_surveillance_is_a_window_from_the_day_of_issue() -> None:
    (found,) = (each for each in events({**BARE, "issued": "2026-01-15"}) if each.kind == "surveillance")
    assert (found.since, found.day) == (date(2026, 1, 15), date(2031, 1, 14))
    assert found.article == "Permenperin 35/2025 Pasal 55(3)"


def test_the_window_of_surveillance_ends_with_the_certificate() -> None:
    (found,) = (each for each in events({**BARE, "expires": "2027-01-31"}) if each.kind == "surveillance")
    assert found.day == date(2027, 1, 31)


def test_a_self_declared_value_is_under_no_verifiers_surveillance() -> None:
    assert "surveillance" not in [each.kind for each in events({**BARE, "self_declared": True})]


FROZEN = {**BARE, "expires": "2030-01-31", "frozen": ["2026-06-05", "2026-06-30"]}


def test_a_freeze_its_clarification_and_its_longest_duration() -> None:
    assert days(FROZEN) == [
        ("freeze_begins", "2026-06-05"),
        ("clarification_ends", "2026-06-12"),  # five working days after Friday 5 June
        ("freeze_limit", "2026-06-12"),
        ("freeze_ends", "2026-06-30"),
        ("tkdn_ends", "2030-01-31"),
    ]


def test_a_short_freeze_has_no_limit_of_its_own() -> None:
    held = {**FROZEN, "frozen": ["2026-06-05", "2026-06-12"]}
    assert "freeze_limit" not in [kind for kind, _ in days(held)]


def test_a_withdrawal_after_a_freeze_keeps_applications_out_for_a_year() -> None:
    held = {**FROZEN, "frozen": ["2026-03-02", "2026-03-06"], "withdrawn": "2026-03-09"}
    assert days(held) == [("application_again", "2027-03-09")]
    assert days({**held, "frozen": None}) == []


def test_a_certificate_frozen_today_has_its_points_though_they_are_not_in_the_score() -> None:
    (found,) = (
        each for each in events({**FROZEN, "frozen": ["2026-05-28", "2026-06-03"]}) if each.kind == "freeze_ends"
    )
    assert (str(found.stakes[0].points), found.stakes[0].counts) == ("28.13", False)


def test_what_a_loss_costs_is_the_score_with_it_less_the_score_without_it() -> None:
    found = {each.kind: str(each.stakes[0].points) for each in events({**BARE, "issued": "2026-01-15"})}
    assert found == {"surveillance": "28.13", "tkdn_ends": "28.13"}


def test_a_loss_costs_less_if_the_certificate_of_another_holder_takes_over() -> None:
    one = {**BARE, "issued": "2026-01-15", "holder": "PT Satu"}
    two = {**BARE, "number": "2/2026", "issued": "2026-01-10", "tkdn": "45", "holder": "CV Dua"}
    found = {(each.kind, each.certificate): str(each.stakes[0].points) for each in events(one, two)}
    assert found["tkdn_ends", "1/2025"] == "15.00"  # 62.50 less the 47.50 of the other, not less 34.38


def test_a_loss_can_raise_the_score() -> None:
    document = bill(
        good(), home("FRAME", 100, certificates=[cert(12)]), home("TUBE", 100), abroad("MOTOR", 100),
        uses={"GOOD": "FRAME MOTOR", "FRAME": "TUBE"},
    )  # fmt: skip
    assert {str(each.stakes[0].points) for each in calendar(Bom.from_dict(document)).events} == {"-28.13"}


def test_the_whole_score_is_at_stake_if_nothing_else_is_domestic() -> None:
    frame = {"id": "FRAME", "price": {"amount": "100"}, "certificates": [cert(85)]}
    document = bill(good(), frame, abroad("MOTOR", 100), uses={"GOOD": "FRAME MOTOR"})
    assert {str(each.stakes[0].points) for each in calendar(Bom.from_dict(document)).events} == {"62.50"}


def test_days_after_a_certificate_is_ended_by_a_later_one_are_left_out() -> None:
    """Terms that cross: the earlier would last longer than the later one that ends it."""
    older = cert(95, issued="2025-03-01", expires="2030-02-28")
    newer = cert(30, number="N/2", issued="2026-08-01", expires="2027-07-31")
    assert days(older, newer) == [("tkdn_begins", "2026-08-01"), ("tkdn_ends", "2027-07-31")]


def test_the_products_own_certificate_has_no_points() -> None:
    document = framed()
    document["parts"][0]["certificates"] = [cert(45)]
    found = calendar(Bom.from_dict(document)).events
    assert {(each.part, each.stakes[0].exact_points) for each in found} == {("GOOD", None)}


def test_products_that_share_a_certificate_share_an_event() -> None:
    held = {**BARE, "issued": "2026-01-15"}
    two = [assessed(framed(held)), assessed(framed(held, product="VAN"))]
    found = calendar(two)
    assert [(each.kind, [stake.product for stake in each.stakes]) for each in found.events] == [
        ("surveillance", ["GOOD", "VAN"]),
        ("tkdn_ends", ["GOOD", "VAN"]),
    ]
    assert len(found.to_frame()) == 4


def test_other_methods_have_a_calendar_too() -> None:
    found = calendar(assessed(framed(BARE), regulation="permenperin-16-2011", allow_repealed=True))
    assert {each.kind for each in found.events} == {"surveillance", "tkdn_ends_earliest", "tkdn_ends_latest"}


def test_a_calendar_of_nothing_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        calendar([])
    assert caught.value.problems[0].code == "option-invalid"


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [("2026-06-05", 5, "2026-06-12"), ("2026-06-01", 5, "2026-06-08"), ("2026-06-06", 1, "2026-06-08")],
)
def test_working_days_are_monday_to_friday(start: str, count: int, last: str) -> None:
    assert working_days_after(date.fromisoformat(start), count) == date.fromisoformat(last)


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=3))
def test_a_calendar_file_keeps_the_form_of_rfc_5545(texts: list[str]) -> None:
    entries = [
        Entry(f"{at}@tkdn", date(2030, 1, 31), date(2026, 6, 1), text, (text, text), "TKDN")
        for at, text in enumerate(texts)
    ]
    raw = calendar_text(entries, texts[0], "-//tkdn//EN").encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    unfolded = raw.replace(b"\r\n ", b"").decode().split("\r\n")
    assert sum(line == "BEGIN:VEVENT" for line in unfolded) == len(texts)
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded if line]
    assert set(names) <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"),
    }


def test_marks_of_a_calendar_file_are_escaped() -> None:
    held = {**BARE, "number": "1;2,3\\4", "issued": "2026-01-15"}
    text = calendar(assessed(framed(held))).to_ics().replace("\r\n ", "")
    assert "SUMMARY:TKDN of certificate 1\\;2\\,3\\\\4 of Frame (85%): last day\r\n" in text


def test_ids_of_entries_stay_when_a_day_moves_and_are_each_their_own() -> None:
    def ids(**fields: Any) -> list[str]:
        text = calendar(assessed(framed({**BARE, **fields}))).to_ics()
        return sorted(line for line in text.split("\r\n") if line.startswith("UID:"))

    before, after = ids(expires="2029-01-31"), ids(expires="2029-12-31")
    assert before == after
    assert all(one != other for one, other in pairwise(before))


def test_a_calendar_says_its_format_and_its_names() -> None:
    told = calendar(assessed(framed(BARE))).to_dict()
    assert (told["format"], told["version"], told["products"][0]["product"]) == ("tkdn-calendar", 1, "GOOD")
    assert {(each["part"], each["name"]) for each in told["events"]} == {("FRAME", "Frame")}


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "TKDN 85% ends, shorter term"), ("id", "TKDN 85% berakhir, masa lebih pendek")]
)
def test_the_command(tmp_path: Any, lang: str, word: str) -> None:
    path, ics = tmp_path / "bill.json", tmp_path / "days.ics"
    path.write_text(json.dumps(framed(BARE)), encoding="utf-8")
    found = CliRunner().invoke(app, ["calendar", str(path), "--ics", str(ics), "--lang", lang])
    assert found.exit_code == 0
    assert word in found.output
    assert "Frame" in found.output
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    again = CliRunner().invoke(app, ["calendar", str(path), "-o", str(ics), "--lang", lang])
    assert again.exit_code == 2
    assert "output-exists" in again.output


def test_the_command_takes_several_bills_and_prints_data(tmp_path: Any) -> None:
    paths = []
    for product in ("GOOD", "VAN"):
        path = tmp_path / f"{product}.json"
        path.write_text(json.dumps(framed(BARE, product=product)), encoding="utf-8")
        paths.append(str(path))
    found = CliRunner().invoke(app, ["calendar", *paths, "--json"])
    assert [each["product"] for each in json.loads(found.output)["products"]] == ["GOOD", "VAN"]
    shown = CliRunner().invoke(app, ["calendar", *paths])
    assert "GOOD 28.13; VAN 28.13" in shown.output


def test_a_notebook_shows_the_days() -> None:
    html = calendar(assessed(framed(BARE)))._repr_html_()
    assert "<td" in html
    assert "TKDN 85% ends, longer term" in html
    assert "No certificate" in calendar(assessed(framed()))._repr_html_()
    assert tkdn.Calendar.__name__ in repr(calendar(assessed(framed())))
