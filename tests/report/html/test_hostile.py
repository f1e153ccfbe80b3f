"""Names that try to be more than names, and bills of which little or nothing can be said."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.html.browser import Opened, needs_chromium, opened
from tests.report.html.test_page import serious
from tests.support.build import abroad, assessed, bill, cert, firm, good, home, part

from tkdn import Assessment

pytestmark = needs_chromium
SCRIPT = "<script>window.ran = true</script>"
NAMES = {
    "SCRIPT": SCRIPT,
    "END": "</script><!--<script>window.ran = true//",
    "IMAGE": '"><img src="https://example.org/x" onerror="window.ran = true">',
    "SVG": "</title></svg><svg onload='window.ran = true'>",
    "EMOJI": "Ban 🛞👩‍🔧 dalam",
    "ARABIC": "محرك بنزين \u202e gpj.exe",
    "LONG": "sangat panjang " * 66 + "selesai",
    "UNBROKEN": "x" * 1000,
    "TWIN-1": "same name",
    "TWIN-2": "same name",
    "BRACES": "{part} {{ 7 * 7 }} {% raw %} %{label}",
    "MATH": "=1+1 &amp; &lt;b&gt; \u2028 \u2029 \\u003c",
}
HOSTILE_ID = "P<b>&'\""


def hostile() -> Assessment:
    parts = [
        (home if number % 2 else abroad)(id_, 100 + number, name=name, supplier="S-1")
        for number, (id_, name) in enumerate(NAMES.items())
    ]
    parts.append(home(HOSTILE_ID, 500, name=SCRIPT, certificates=[cert(45, number=SCRIPT)], supplier="S-1"))
    parts.append(part("NOWHERE", 10, name=NAMES["END"]))
    uses = [{"parent": "GOOD", "part": each["id"], "quantity": 1} for each in parts]
    maker = firm("S-1", name=SCRIPT, region="32.13")
    return assessed(bill(good(name=NAMES["END"]), *parts, uses={}, more_uses=uses, suppliers=[maker]))


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Opened:
    return opened(browser, hostile().to_html(), tmp_path)


def test_no_name_runs_or_asks_for_anything(page: Opened) -> None:
    for why in page.table("components").locator("[data-why]").all():
        why.click()
    page.switch("id")
    assert page.page.evaluate("window.ran") is None
    assert page.said == []
    assert len(page.asked) == 1


def test_names_are_shown_as_they_are(page: Opened) -> None:
    shown = (
        page.table("components")
        .locator("td[data-column=part] .clamp")
        .evaluate_all("all => all.map(each => each.textContent)")
    )
    assert set(NAMES.values()) <= set(shown)
    assert page.shown.locator("h1").text_content() == NAMES["END"]
    assert NAMES["END"] in page.page.title()


def test_the_page_stays_as_wide_as_the_screen_and_accessible(page: Opened) -> None:
    page.page.set_viewport_size({"width": 390, "height": 800})
    assert page.page.evaluate("document.documentElement.scrollWidth") == 390
    assert serious(page) == []


EMPTY = {
    "one part": bill(good(), uses={}),
    "nothing priced": bill(good(), home("A"), uses={"GOOD": "A"}),
    "made abroad": bill(abroad("GOOD"), home("A", 5), uses={"GOOD": "A"}),
    "nothing known": bill(part("GOOD"), part("A"), uses={"GOOD": "A"}),
    "all imported": bill(good(), abroad("A", 5), uses={"GOOD": "A"}),
    "another time": {**bill(good(), home("A", 5), uses={"GOOD": "A"}), "date": "2013-01-01"},
}


@pytest.mark.parametrize("case", EMPTY)
def test_a_bill_of_which_little_can_be_said(browser: Browser, tmp_path: Path, case: str) -> None:
    page = opened(browser, assessed(EMPTY[case]).to_html(), tmp_path)
    page.switch("id")
    assert page.said == []
    assert page.shown.locator("section").count() == 11
    assert page.shown.locator(".meaning .first").inner_text()
