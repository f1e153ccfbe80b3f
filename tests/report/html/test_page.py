"""The page in Chromium: quiet, offline, right in every figure, and usable."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader
from tests.report.html.browser import Opened, figure, needs_chromium, opened
from tests.support.build import EXAMPLES, MADE, ON, abroad, good, home

from tkdn import Assessment, Bom, assess, lift, read_bom
from tkdn.assessment.lift import BYS
from tkdn.i18n import Lang, say

pytestmark = needs_chromium
PICKUP, OPENBOT = "rural-pickup/pickup", "openbot-mtv/openbot-mtv"
SCENARIO, MINIBUS, PUMP = "openbot-mtv/sourcing-scenario", "electric-minibus/minibus", "pump/pump"
FIGURES = ("certified", "own", "credited", "credited_potential", "cost", "share", "points", "potential_points")


@cache
def assessed(name: str, law: str | None = None) -> Assessment:
    return assess(read_bom(EXAMPLES / f"{name}.json"), regulation=law, allow_repealed=True)


@cache
def html(name: str, law: str | None = None, lang: Lang = "en") -> str:
    return assessed(name, law).to_html(lang)


@pytest.fixture
def pickup(browser: Browser, tmp_path: Path) -> Opened:
    return opened(browser, html(PICKUP), tmp_path)


def serious(page: Opened) -> list[str]:
    """What axe-core finds to be serious or critical."""
    found = Axe().run(page.page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


CASES = [(PICKUP, None), (OPENBOT, None), (SCENARIO, None), (PUMP, None), (MINIBUS, "permenperin-28-2023")]
CASES += [(MINIBUS, "permenperin-16-2011")]


@pytest.mark.parametrize(("name", "law"), CASES)
def test_it_opens_without_a_word_and_without_the_network(
    browser: Browser, tmp_path: Path, name: str, law: str | None
) -> None:
    page = opened(browser, html(name, law), tmp_path)
    page.switch("id")
    assert page.said == []
    assert page.asked == [(tmp_path / "report.html").as_uri()]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("name", "law"), CASES)
def test_figures_of_the_verdict_and_the_factors(
    browser: Browser, tmp_path: Path, name: str, law: str | None, lang: Lang
) -> None:
    page, data = opened(browser, html(name, law, lang), tmp_path), assessed(name, law).to_dict()
    assert page.lang == lang

    def shown(key: str) -> str:
        return page.shown.locator(f"[data-figure={key}]").inner_text()

    if data["score"] is None:
        assert shown("score") == say("report.no_score", lang)
    else:
        assert figure(shown("score"), lang) == data["score"]
        low, high = data["bounds"]
        span = [figure(each, lang) for each in shown("bounds").replace("sampai", "to").split("to")]
        assert span == ([low] if low == high else [low, high])
    assert [figure(shown(key), lang) for key in ("potential", "coverage")] == [data["potential"], data["coverage"]]
    rows = page.shown.locator(".factors tbody tr:not(.cap)").all()
    factors = [each for each in data["factors"].values() if isinstance(each, dict)]
    for row, factor in zip(rows, factors, strict=True):
        assert [figure(row.locator(f"[data-f={key}]").inner_text(), lang) for key in factor] == list(factor.values())


@pytest.mark.parametrize(
    ("name", "law", "lang"), [(*case, lang) for case, lang in zip(CASES, ["id", "en"] * 3, strict=True)]
)
def test_figures_of_every_component(browser: Browser, tmp_path: Path, name: str, law: str | None, lang: Lang) -> None:
    """Each origin chosen in turn shows every part once."""
    page, data = opened(browser, html(name, law, lang), tmp_path), assessed(name, law).to_dict()
    select = page.table("components").locator("[data-filter=made_in]")
    if select.count():
        found = []
        for origin in select.evaluate("each => [...each.options].map(option => option.value).filter(Boolean)"):
            select.select_option(origin)
            found += list(page.all_cells("components"))
    else:
        found = list(page.all_cells("components"))
        data["components"] = data["components"][1:]
    by_part = {row["part"].split("\n")[-2]: row for row in found}
    assert len(by_part) == len(found) == len(data["components"])
    for component in data["components"]:
        shown = {key: figure(by_part[component["part"]][key], lang) for key in FIGURES}
        assert shown == {key: component[key] for key in FIGURES}, component["part"]


@pytest.mark.parametrize("name", [PICKUP, SCENARIO])
def test_figures_of_the_lift(browser: Browser, tmp_path: Path, name: str) -> None:
    page = opened(browser, html(name), tmp_path)
    for by in BYS:
        expected = lift(assessed(name), by=by).to_dict()["rows"]
        shown = list(page.all_cells("lift" if by == "part" else by))
        for row, cells in zip(expected, shown, strict=True):
            assert [figure(cells[key]) for key in ("spend", "lift", "without")] == [
                row[key] for key in ("spend", "lift", "without")
            ]
            assert row["part"] in cells["part"] if by == "part" else cells["parts"] == str(len(row["parts"]))


@pytest.mark.parametrize("name", [PICKUP, OPENBOT])
def test_words_of_the_findings(browser: Browser, tmp_path: Path, name: str) -> None:
    page, data = opened(browser, html(name), tmp_path), assessed(name).to_dict()
    for kind, column in (("gaps", "missing"), ("assumptions", "finding"), ("warnings", "finding")):
        if data[kind]:
            shown = sorted(row[column] for row in page.all_cells(kind))
            assert shown == sorted(each["message"] for each in data[kind])


def test_the_steps_of_the_product_and_of_a_component(pickup: Opened) -> None:
    product, cab = assessed(PICKUP).explain(), assessed(PICKUP).explain("BIW")
    titles = pickup.shown.locator("ol.steps .step").all_inner_texts()
    assert titles == [f"{step.said('en').title} {step.said('en').result}" for step in product.steps]
    pickup.table("components").locator('[data-why$="/1"], [data-why]').nth(1).click()
    shown = pickup.table("components").locator(".detail .step").all_inner_texts()
    assert shown == [f"{step.said('en').title} {step.said('en').result}" for step in cab.steps]
    assert pickup.page.evaluate("document.activeElement.className") == "why"


def test_the_language_switches_with_its_numbers_and_dates(pickup: Opened) -> None:
    assert (pickup.lang, pickup.page.title()) == ("en", "TKDN report: Rural utility pickup 4x2 (synthetic)")
    assert "1 June 2026" in pickup.shown.locator(".under").inner_text()
    pickup.switch("id")
    assert (pickup.lang, pickup.page.title()) == ("id", "Laporan TKDN: Rural utility pickup 4x2 (synthetic)")
    assert "1 Juni 2026" in pickup.shown.locator(".under").inner_text()
    assert pickup.shown.locator("[data-figure=score]").inner_text() == "37,12"
    assert pickup.column("components", "cost")[0] == "28.400.800,00"
    pickup.switch("en")
    assert pickup.column("components", "cost")[0] == "28,400,800.00"


def test_a_table_sorts_both_ways(pickup: Opened) -> None:
    heading = pickup.table("components").locator("[data-sort=points]")
    heading.click()
    down = [float(each) for each in pickup.column("components", "points")]
    assert down == sorted(down, reverse=True)
    assert down[0] == 2.39
    heading.click()
    up = [float(each) for each in pickup.column("components", "points")]
    assert up == sorted(up)
    assert pickup.table("components").locator("[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_a_table_is_searched_and_filtered(pickup: Opened) -> None:
    table = pickup.table("components")
    table.locator("input[type=search]").fill("bracket")
    assert len(pickup.cells("components")) > 5
    assert all("bracket" in part.lower() or "brkt" in part.lower() for part in pickup.column("components", "part"))
    table.locator("input[type=search]").fill("")
    table.locator("[data-filter=scale]").select_option("micro")
    assert {each.split("\n")[-1] for each in pickup.column("components", "made_in")} == {"micro industry"}
    table.locator("input[type=search]").fill("nothing like this")
    assert table.locator("[role=status]").inner_text() == "No rows"


def test_a_part_opens_level_by_level(pickup: Opened) -> None:
    def toggles() -> list[str]:
        return [
            each.get_attribute("aria-expanded") or "" for each in pickup.table("components").locator(".toggle").all()
        ]

    before = pickup.column("components", "part")
    cab = assessed(PICKUP)
    lines = {cab.day.parts[child].id for child in cab.day.lines[cab.bom.graph.index["BIW"]]}
    pickup.table("components").get_by_role("button", name="Open Body-in-white, single cab").press("Enter")
    after = pickup.column("components", "part")
    at = next(place for place, part in enumerate(before) if "\nBIW\n" in part)
    inside = {part.split("\n")[-2] for part in after[at + 1 : at + 1 + len(lines)]}
    assert inside == lines
    assert "true" in toggles()
    assert pickup.page.evaluate("document.activeElement.ariaLabel") == "Close Body-in-white, single cab"
    pickup.page.keyboard.press("Enter")
    assert pickup.column("components", "part") == before


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("name", "law"), [(PICKUP, None), (OPENBOT, None), (MINIBUS, "permenperin-28-2023")])
def test_the_verdict_is_on_the_first_page_of_the_print(
    browser: Browser, tmp_path: Path, name: str, law: str | None, lang: Lang
) -> None:
    page = opened(browser, html(name, law, lang), tmp_path)
    score = page.shown.locator("[data-figure=score]").inner_text()
    meaning = page.shown.locator(".meaning .first").inner_text()
    paper = PdfReader(BytesIO(page.page.pdf(prefer_css_page_size=True))).pages[0]
    text = " ".join(paper.extract_text().split())
    assert score in text
    assert meaning.split(".")[-2][-20:] in text
    assert [round(float(side) / 72 * 25.4) for side in (paper.mediabox.width, paper.mediabox.height)] == [210, 297]


def test_nothing_serious_for_accessibility(pickup: Opened) -> None:
    pickup.table("components").locator("[data-why]").first.click()
    pickup.shown.locator("summary").first.click()
    assert serious(pickup) == []


@pytest.mark.parametrize(("name", "law"), [(OPENBOT, None), (MINIBUS, "permenperin-28-2023")])
def test_nothing_serious_for_accessibility_in_indonesian(
    browser: Browser, tmp_path: Path, name: str, law: str | None
) -> None:
    assert serious(opened(browser, html(name, law, "id"), tmp_path)) == []


@pytest.mark.parametrize("name", [PICKUP, OPENBOT])
def test_a_narrow_screen_scrolls_down_only(browser: Browser, tmp_path: Path, name: str) -> None:
    page = opened(browser, html(name), tmp_path, viewport={"width": 360, "height": 740})
    assert page.page.evaluate("document.documentElement.scrollWidth") == 360


def test_lift_of_another_method_says_why_it_has_no_figures(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, html(MINIBUS, "permenperin-28-2023"), tmp_path)
    section = page.shown.locator("section[aria-labelledby=lift-en]").inner_text()
    assert "defined by the credits of Permenperin 35/2025" in section


@pytest.mark.parametrize("law", ["permenperin-28-2023", "permenperin-35-2025"])
def test_an_electric_vehicle_has_its_own_minimum(browser: Browser, tmp_path: Path, law: str) -> None:
    page = opened(browser, html(MINIBUS, law), tmp_path)
    assert "meets the least TKDN for this vehicle in 2026, 40%" in page.shown.locator(".meaning").inner_text()
    assert "Perpres 55/2019" in page.shown.locator(".thresholds").inner_text()


def test_nothing_else_runs_in_the_page(pickup: Opened) -> None:
    """The policy lets neither another script, nor a style, nor a request through."""
    got = pickup.page.evaluate(
        """async () => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          const answer = await fetch('https://example.org/').then(() => 'through', () => 'refused');
          return [Boolean(window.ran), answer];
        }"""
    )
    assert got == [False, "refused"]
    assert len(pickup.asked) == 1


def huge(groups: int = 200, parts: int = 100) -> Bom:
    """A bill of 20,000 parts: assemblies of equal size, and what stands in them."""
    records, uses = [good()], []
    for group in range(groups):
        records.append(home(f"A-{group:03}", production=MADE))
        uses.append({"parent": "GOOD", "part": f"A-{group:03}", "quantity": 1})
        for number in range(parts - 1):
            id_ = f"P-{group:03}{number:02}"
            made = home if number % 3 else abroad
            records.append(made(id_, 1000 + 7 * number, name=f"Part {number} of assembly {group}"))
            uses.append({"parent": f"A-{group:03}", "part": id_, "quantity": 2})
    return Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": ON, "parts": records, "uses": uses})


def test_twenty_thousand_parts(browser: Browser, tmp_path: Path) -> None:
    assessment = assess(huge())
    text = assessment.to_html()
    assert len(assessment.components) > 20_000
    assert len(text.encode()) < 15_000_000
    page = opened(browser, text, tmp_path)
    assert len(page.cells("components")) == 25
    page.table("components").locator("input[type=search]").fill("of assembly 123")
    found = {row["part"].split("\n")[-2]: figure(row["credited"]) for row in page.all_cells("components")}
    assert found == {
        each.part: str(each.credited) for each in assessment if each.name and each.name.endswith("of assembly 123")
    }
    assert page.said == []
    assert "tkdn explain FILE PART" in page.shown.locator("section[aria-labelledby=components-en]").inner_text()
