"""Days that are text: what they show of their order, and what they mean with it."""

from __future__ import annotations

from datetime import date

import pytest

from tkdn import BomError
from tkdn.errors import Place
from tkdn.io.spreadsheet.dates import Order, settled, shows, to_day

HERE = Place("list.csv")


@pytest.mark.parametrize(
    ("text", "shown", "day_first", "month_first"),
    [
        ("14/09/2030", "day-first", "2030-09-14", "2030-09-14"),
        ("09/14/2030", "month-first", "2030-09-14", "2030-09-14"),
        ("03/04/2025", "either", "2025-04-03", "2025-03-04"),
        ("3-4-2025", "either", "2025-04-03", "2025-03-04"),
        ("05/05/2025", None, "2025-05-05", "2025-05-05"),
        ("03.04.2025", "day-first", "2025-04-03", "2025-04-03"),
        ("14 September 2030", "day-first", "2030-09-14", "2030-09-14"),
        ("12 Maret 2025", "day-first", "2025-03-12", "2025-03-12"),
        ("1. März 2025", "day-first", "2025-03-01", "2025-03-01"),
        ("14-Sep-2030", "day-first", "2030-09-14", "2030-09-14"),
        ("14-Sep-30", "day-first", "2030-09-14", "2030-09-14"),
        ("5 Mei 2025", "day-first", "2025-05-05", "2025-05-05"),
        ("31 Agustus 2025", "day-first", "2025-08-31", "2025-08-31"),
        ("Sep 14, 2030", "month-first", "2030-09-14", "2030-09-14"),
        ("2030-09-14", None, "2030-09-14", "2030-09-14"),
        ("2030/9/14", None, "2030-09-14", "2030-09-14"),
        ("2030-09-14 00:00:00", None, "2030-09-14", "2030-09-14"),
        ("14/09/30", None, None, None),
        ("31/02/2025", "day-first", None, None),
        ("99/99/2025", None, None, None),
        ("12 Foo 2025", None, None, None),
        ("soon", None, None, None),
    ],
)
def test_a_day(text: str, shown: str | None, day_first: str | None, month_first: str | None) -> None:
    assert shows(text) == shown
    for order, wanted in (("day-first", day_first), ("month-first", month_first)):
        found = to_day(text, order)  # type: ignore[arg-type]
        assert (found and found.isoformat()) == wanted


@pytest.mark.parametrize(
    ("texts", "hint", "order"),
    [
        (["03/04/2025", "14/09/2030"], None, "day-first"),
        (["03/04/2025", "09/14/2030"], None, "month-first"),
        (["03/04/2025", "01.02.2025"], None, "day-first"),
        (["03/04/2025"], "Tanggal", "day-first"),
        (["09/14/2030", "03/04/2025"], "Tanggal", "month-first"),
        (["2025-03-04"], None, None),
        (["14/09/2030", "09/14/2030"], None, "day-first"),
    ],
)
def test_the_order_is_decided_once_for_a_file(texts: list[str], hint: str | None, order: str | None) -> None:
    assert settled(texts, None, HERE, hint).order == order


@pytest.mark.parametrize("texts", [["03/04/2025"], ["03/04/2025", "14/09/2030", "09/14/2030"]])
def test_what_is_ambiguous_is_asked(texts: list[str]) -> None:
    with pytest.raises(BomError, match=r"ambiguous.*--dates day-first") as caught:
        settled(texts, None, HERE)
    assert caught.value.code == "date-ambiguous"
    assert settled(texts, "month-first", HERE).order == "month-first"


@pytest.mark.parametrize(("order", "day"), [("day-first", None), ("month-first", date(2030, 9, 14))])
def test_a_day_of_the_other_order_does_not_fit_what_is_stated(order: Order, day: date | None) -> None:
    assert to_day("09/14/2030", order, strict=True) == day
