"""The potential in the verdict: "at least" while it is only a lower bound, for the terminal, a notebook and the page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES, Record, abroad, bill, cert, firm, good, home
from typer.testing import CliRunner

from tkdn import Bom, assess, read_bom
from tkdn.cli.app import app
from tkdn.display import notebook
from tkdn.i18n import LANGUAGES, Lang

SAID = {
    "en": ("at least 61.56 % (bills missing: 1)", "at least 61.56%", "the missing bills (1) can raise it"),
    "id": (
        "sekurangnya 61,56 % (rincian yang belum ada: 1)",
        "sekurangnya 61,56%",
        "rincian yang belum ada (1) dapat menaikkannya",
    ),
}


def of(*certificates: Record) -> Bom:
    """Return a bill of a frame without lines, with or without certificate: synthetic."""
    frame = home("FRAME", 350, supplier="S-1", certificates=[*certificates])
    seat = home("SEAT", 500, supplier="S-1", certificates=[cert(70)])
    return Bom.from_dict(
        bill(
            good(),
            *(frame, seat, abroad("MOTOR", 150)),
            uses={"GOOD": "FRAME SEAT MOTOR"},
            suppliers=[firm("S-1", "small", industrial_licence=True)],
        )
    )


def shown(bom: Bom, lang: Lang, folder: Path) -> tuple[str, str, str]:
    """Return what the terminal, a notebook and the page say, without tags."""
    path = folder / "bill.json"
    path.write_text(bom.to_json(), encoding="utf-8")
    terminal = CliRunner().invoke(app, ["assess", str(path), "--lang", lang]).output
    htmls = (notebook.to_html(assess(bom).view(lang)), assess(bom).to_html(lang))
    in_notebook, page = (unescape(re.sub("<[^>]+>", "", html)) for html in htmls)
    return terminal, in_notebook, page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_bill_makes_the_potential_at_least_61_56_not_61_56(lang: Lang, tmp_path: Path) -> None:
    """The frame's own bill, shown, could bring 88.75."""
    assert [str(each) for each in assess(of()).potential_bounds] == ["61.56", "88.75"]
    verdict, percent, means = SAID[lang]
    terminal, in_notebook, page = shown(of(), lang, tmp_path)
    assert verdict in terminal
    assert verdict in in_notebook
    assert percent in page
    assert means in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_potential_that_no_gap_leaves_open_is_told_as_it_is(lang: Lang, tmp_path: Path) -> None:
    for text in shown(of(cert(100)), lang, tmp_path):
        assert SAID[lang][0].split()[0] + " 81" not in text


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "it would be at least 49.53%"), ("id", "menjadi sekurangnya 49,53%")]
)
def test_the_sentence_of_the_page(lang: Lang, sentence: str) -> None:
    page = assess(read_bom(EXAMPLES / "rural-pickup/pickup.json"), on="2026-06-01").to_html(lang)
    assert sentence in page
