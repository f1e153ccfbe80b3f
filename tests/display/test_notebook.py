"""What notebooks show: true to the figures, short, escaped, without scripts or anything from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from html.parser import HTMLParser
from typing import Any, Literal

import pytest
from tests.support.build import EXAMPLES, abroad, bill, cert, firm, good, home

import tkdn
from tkdn import Bom
from tkdn.display import notebook
from tkdn.i18n import LANGUAGES, Lang

HOSTILE = [
    "<script>alert(1)</script>",
    "</table></div><img src=x onerror=alert(1)>",
    "<!-- ]]> -->",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp; &#x3c;i&#x3e;",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "مركبة ريفية",
    "🚚🛞",
    "x" * 1000,
    "a\x00b\x1b[31mc\nd",
]
ALLOWED = {
    "div",
    "p",
    "strong",
    "em",
    "br",
    "bdi",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "ol",
    "li",
} | {
    "details",
    "summary",
}
ATTRIBUTES = {"lang", "scope", "style", "colspan"}
STYLES = {"text-align:left", "text-align:left;padding:.2em .6em", "text-align:right;padding:.2em .6em"}
VOID = {"br"}


class Page(HTMLParser):
    """Reads a page back: its tables as rows of text; refuses tags, attributes and nesting that do not belong there."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text = ""
        self._caption = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert {name for name, _ in attrs} <= ATTRIBUTES
        assert {value for name, value in attrs if name == "style"} <= STYLES
        if tag not in VOID:
            self.open.append(tag)
        if tag == "caption":
            self._caption = ""
        elif tag == "tr":
            self.tables.setdefault(self._caption, []).append([])
        elif tag in ("th", "td"):
            self.tables[self._caption][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "caption" in self.open:
            self._caption += data
        elif {"th", "td"} & set(self.open):
            self.tables[self._caption][-1][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def shown(thing: Any, lang: Lang | None = None) -> Page:
    return Page(thing._repr_html_() if lang is None else notebook.to_html(thing.view(lang)))


@cache
def pickup() -> Bom:
    return tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json")


def of_bill(bom: Bom) -> Iterator[Any]:
    """Everything that a notebook shows of a bill."""
    assessment = tkdn.assess(bom, on="2026-06-01")
    yield from (bom, assessment, assessment.explain(), tkdn.compare(assessment, assessment))
    yield from (tkdn.lift(assessment, by=by) for by in _groups())
    yield from (assessment.explain(part.id) for part in bom.parts[:20] if part.id in assessment.components)


def _groups() -> tuple[Literal["part", "supplier", "scale", "region"], ...]:
    return "part", "supplier", "scale", "region"


def named(name: str) -> Bom:
    """A bill whose every free text is the name; two parts have equal names."""
    parts = [
        good(name=name, spec=name),
        home(
            "FRAME",
            750,
            name=name,
            supplier="S-1",
            certificates=[cert(61, number=re.sub(r"[\x00-\x1f]", "", name)[:60])],
        ),
        abroad("MOTOR", 250, name=name),
        {"id": "BOLT", "name": name, "price": {"amount": "1"}},
    ]
    return Bom.from_dict(bill(*parts, uses={"GOOD": "FRAME MOTOR BOLT"}, suppliers=[firm(name=name, region="32.13")]))


# ---------------------------------------------------------------------------------------------------------------------
# True to the figures
# ---------------------------------------------------------------------------------------------------------------------


def test_a_bill_says_what_it_holds() -> None:
    page = shown(pickup())
    assert "338 parts, 547 uses, 68 suppliers, 11 exchange rates" in page.text
    assert page.tables["Where parts are made"][1] == ["ID", "228"]
    assert page.tables["What goes into PICKUP"][0] == ["Part", "Name", "Quantity", "Made in", "Price"]
    assert ["GEARBOX", "Manual gearbox, 5 speed", "1 pcs", "TH", "28,500 THB"] in page.tables["What goes into PICKUP"]


def test_an_assessment_shows_verdict_factors_and_components() -> None:
    assessment = tkdn.assess(pickup())
    page = shown(assessment)
    verdict = dict(page.tables["Verdict"])
    assert (verdict["Score"], verdict["Potential"], verdict["Coverage"]) == (
        "37.12 %",
        "at least 49.53 % (bills missing: 25)",
        "96.15 %",
    )
    assert ["Direct material", "16.17", "75.00", "12.12"] in page.tables["Factors"]
    cab = assessment.components["BIW"]
    assert page.tables["Components that enter the sum, by cost"][2] == [
        "BIW", cab.name, "ID", "-", str(cab.own), "25", "80", str(cab.share), str(cab.points),
    ]  # fmt: skip
    assert f"Missing ({len(assessment.gaps)})" in page.text


def test_a_lift_shows_rows_and_what_all_lift_together() -> None:
    lift = tkdn.lift(tkdn.assess(pickup()))
    rows = shown(lift).tables["IKM parts that lift the score"]
    assert [row[0] for row in rows[1:4]] == [each.part for each in lift.rows[:3]]  # type: ignore[union-attr]
    assert rows[-1] == ["all 144 together", "-", "-", "-", "-", "-", "5.43", "31.69", "-"]


def test_a_lift_by_region_names_the_regions() -> None:
    rows = shown(tkdn.lift(tkdn.assess(pickup()), by="region")).tables["IKM parts that lift the score"]
    assert rows[1] == ["32.13 Kabupaten Subang", "55", "13,463,567.76", "3.74", "33.38"]
    assert len(rows) == 1 + 11 + 1


def test_a_lift_without_ikm_says_so() -> None:
    page = shown(tkdn.lift(tkdn.assess(tkdn.read_bom(EXAMPLES / "pump" / "pump.json"))))
    assert "No part made in Indonesia by an IKM is known in this bill." in page.text
    assert page.tables == {}


def test_a_comparison_shows_what_changed() -> None:
    page = shown(tkdn.compare(tkdn.assess(pickup(), on="2026-03-15"), tkdn.assess(pickup())))
    assert page.tables["Verdict"][1:] == [
        ["Score", "38.73", "37.12", "-1.60"],
        ["Potential", "50.98", "49.53", "-1.45"],
    ]
    assert page.tables["Components that enter the sum, by cost"][1][0] == "TYRE"
    assert "Legal values that differ" not in page.tables


def test_a_comparison_of_laws_shows_the_values_that_differ() -> None:
    bom = tkdn.read_bom(EXAMPLES / "electric-minibus" / "minibus.json")
    laws = ("permenperin-6-2022", "permenperin-28-2023")
    page = shown(tkdn.compare(*(tkdn.assess(bom, regulation=law, year=2025) for law in laws)))
    assert page.tables["Legal values that differ"][1] == ["weight.battery", "35 (Pasal 10-11)", "40 (Pasal 11)"]


def test_a_regulation_shows_its_first_values() -> None:
    law = tkdn.regulation("permenperin-35-2025")
    page = shown(law)
    assert law.title in page.text
    assert ["weight of direct material", "75", "Pasal 4(1)a", "the regulation's text"] in page.tables[law.id]
    assert page.tables[law.id][-1][0].startswith("… and ")


def test_an_explanation_shows_every_step_with_its_law() -> None:
    explanation = tkdn.assess(pickup()).explain("CROSS-MEMBER")
    page = shown(explanation)
    assert all(step.title_in("en") in page.text for step in explanation.steps)
    assert "law: Pasal 5(2)b.1" in page.text or "Pasal 5(2)" in page.text
    rows = page.tables["Direct material (bahan/material langsung)"]
    assert rows[0][0] == "part"
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("law", "year", "score"),
    [("permenperin-16-2011", None, "66.71 %"), ("permenperin-28-2023", 2025, "75.69 %")],
)
def test_other_methods(law: str, year: int | None, score: str) -> None:
    bom = tkdn.read_bom(EXAMPLES / "electric-minibus" / "minibus.json")
    page = shown(tkdn.assess(bom, regulation=law, year=year, allow_repealed=True))
    assert dict(page.tables["Verdict"])["Score"] == score
    assert page.tables["Components that enter the sum, by cost"][1][0] == "BATTERY-SYS"


def test_a_bill_that_cannot_be_calculated_says_why() -> None:
    bom = Bom.from_dict(bill(good(), abroad("MOTOR", 1), uses={"GOOD": "MOTOR"}))
    verdict = dict(shown(tkdn.assess(bom)).tables["Verdict"])
    assert verdict["Score"] == "-"
    assert "Pasal 9(2)a" in verdict["reason"]


@pytest.mark.parametrize("uses", [{}, {"GOOD": "FRAME"}], ids=["no part", "one part"])
def test_small_bills(uses: dict[str, str]) -> None:
    bom = Bom.from_dict(bill(good(), *([home("FRAME", 1)] if uses else []), uses=uses))
    for each in of_bill(bom):
        assert shown(each).text.strip()


# ---------------------------------------------------------------------------------------------------------------------
# Language
# ---------------------------------------------------------------------------------------------------------------------


def test_indonesian_with_its_numbers() -> None:
    page = shown(tkdn.assess(pickup()), "id")
    assert dict(page.tables["Hasil"])["Nilai TKDN"] == "37,12 %"


def test_the_environment_names_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TKDN_LANG", "id")
    assert "338 bagian" in shown(pickup()).text
    monkeypatch.setenv("TKDN_LANG", "de")
    assert "338 parts" in shown(pickup()).text


# ---------------------------------------------------------------------------------------------------------------------
# Short and safe
# ---------------------------------------------------------------------------------------------------------------------


def test_pages_stay_short() -> None:
    for each in of_bill(pickup()):
        assert len(each._repr_html_()) < 30_000


def test_what_is_left_out_is_counted() -> None:
    rows = shown(tkdn.assess(pickup())).tables["Components that enter the sum, by cost"]
    counting = sum(each.counts for each in tkdn.assess(pickup()))
    assert len(rows) == 1 + notebook.MAX_ROWS + 1
    assert rows[-1] == [f"… and {counting - notebook.MAX_ROWS} more"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_text(name: str, lang: Lang) -> None:
    for each in of_bill(named(name)):
        page = shown(each, lang)
        assert "\x1b" not in page.text
        assert "\u202e" not in page.text


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.isprintable() and len(name) < 100])
def test_a_name_reads_as_it_is(name: str) -> None:
    page = shown(tkdn.assess(named(name)))
    assert [row[1] for row in page.tables["Components that enter the sum, by cost"][1:]] == [name] * 3
    assert f"<bdi>{escape(name)}</bdi>" in tkdn.assess(named(name))._repr_html_()


def test_a_very_long_name_is_cut() -> None:
    page = shown(tkdn.assess(named("x" * 1000)))
    name = page.tables["Components that enter the sum, by cost"][1][1]
    assert name == "x" * (notebook.MAX_CHARACTERS - 1) + "…"


def test_every_table_has_a_caption_and_headings() -> None:
    for each in of_bill(pickup()):
        page = each._repr_html_()
        tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
        assert all(table.startswith("<table><caption") for table in tables)
        assert all('<th scope="row"' in table for table in tables)
        assert page.count("<thead>") == page.count('<thead><tr><th scope="col"')
