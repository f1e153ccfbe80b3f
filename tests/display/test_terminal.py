"""Tables at every width and in both languages: no figure, heading or word is broken or cut; what does not fit is left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES

import tkdn
from tkdn.assessment.lift import Lift
from tkdn.display.terminal import FittedTable, console, show
from tkdn.display.view import View
from tkdn.i18n import LANGUAGES, Lang
from tkdn.io.tkdn_formats.template import write_template
from tkdn.law.views import regulations_view

BILLS = ("pump/pump.json", "openbot-mtv/openbot-mtv.json", "electric-minibus/minibus.json", "rural-pickup/pickup.json")
WIDTHS = (60, 70, 80, 90, 100, 120, 140, 160, 200)
WIDE = 2000


@cache
def assessed(bill: str) -> tuple[tkdn.Assessment, Lift]:
    assessment = tkdn.assess(tkdn.read_bom(EXAMPLES / bill))
    return assessment, tkdn.lift(assessment)


class Printed:
    """What is printed at a width, as lines and as words without rules and frames."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.words = {word for line in self.lines for word in line.translate(FRAMES).split()}


FRAMES = str.maketrans("─│╭╮╰╯", "      ")
Show = Callable[..., Printed]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    def run(width: int, shown: View | FittedTable) -> Printed:
        monkeypatch.setenv("COLUMNS", str(width))
        if isinstance(shown, View):
            show(shown)
        else:
            console().print(shown)
        return Printed(capsys.readouterr().out)

    return run


def whole(narrow: Printed, wide: Printed, width: int) -> None:
    """Nothing is wider than there is room for, and every word stands whole, but for the last one of a name that is cut."""
    assert max(map(len, narrow.lines)) <= width
    broken = {word for word in narrow.words - wide.words if not word.endswith("…")}
    assert not broken
    assert all(any(word.startswith(cut[:-1]) for word in wide.words) for cut in narrow.words - wide.words)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("bill", BILLS)
def test_the_tables_of_a_bill(at: Show, bill: str, lang: Lang) -> None:
    assessment, lift = assessed(bill)
    comparison = tkdn.compare(assessment, assessment)
    for view in (assessment.view(lang, lift=lift), lift.view(lang), comparison.view(lang)):
        wide = at(WIDE, view)
        for width in WIDTHS:
            whole(at(width, view), wide, width)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("bill", BILLS)
def test_the_points_of_a_component_end_its_row(at: Show, bill: str, lang: Lang) -> None:
    assessment, _ = assessed(bill)
    ids = {part.id for part in assessment.bom.parts} - {assessment.product}

    def ends(printed: Printed) -> dict[str, str]:
        rows = [words for line in printed.lines if (words := line.split()) and words[0] in ids]
        return {words[0]: words[-1] for words in reversed(rows)}  # the first table of the part

    expected = ends(at(WIDE, assessment.view(lang)))
    for width in WIDTHS:
        assert ends(at(width, assessment.view(lang))) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_at_every_width(at: Show, tmp_path: Path, lang: Lang) -> None:
    write_template(tmp_path / "bill.xlsx", lang=lang)
    assessment = tkdn.assess(tkdn.read_bom(tmp_path / "bill.xlsx"))
    view = assessment.view(lang)
    wide = at(WIDE, view)
    for width in range(60, 201):
        whole(at(width, view), wide, width)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_of_laws(at: Show, lang: Lang) -> None:
    laws = tkdn.regulations()
    view = regulations_view(laws, lang)
    wide = at(WIDE, view)
    for width in WIDTHS:
        whole(at(width, view), wide, width)
    for law in laws:
        wide = at(WIDE, law.view(lang))
        for width in WIDTHS[2::2]:
            narrow = at(width, law.view(lang))
            long = {word for word in wide.words if len(word) > 20}
            assert not {word for word in narrow.words - wide.words if not any(word in whole_ for whole_ in long)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gains_of_moves_are_never_cut(at: Show, lang: Lang) -> None:
    found = tkdn.opportunities(assessed("pump/pump.json")[0])
    wide = at(WIDE, found.view(lang))
    for width in WIDTHS:
        whole(at(width, found.view(lang)), wide, width)


def test_columns_give_way_in_their_order(at: Show) -> None:
    table = FittedTable("")
    for heading, gives_way in (("Stays", None), ("Second", 1), ("First", 0)):
        table.add(heading, "text", gives_way)
    table.add_row("x" * 12, "y" * 12, "z" * 12)
    assert at(60, table).words >= {"Stays", "Second", "First"}
    assert at(40, table).words >= {"Stays", "Second"}
    assert "First" not in at(40, table).words


def test_a_long_id_is_folded_rather_than_a_figure(at: Show) -> None:
    table = FittedTable("")
    table.add("Part", "id")
    table.add("Spend", "number")
    table.add_row("P" * 60, "1,234,567,890.12")
    assert "1,234,567,890.12" in at(40, table).words


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "has no industrial licence"), ("id", "tidak memiliki perizinan industri")]
)
def test_what_hides_a_part_is_said_in_words(at: Show, lang: Lang, words: str) -> None:
    bom = tkdn.Bom.from_dict(
        {
            "format": "tkdn-bom",
            "version": 1,
            "date": "2026-06-01",
            "parts": [
                {"id": "CART", "made_in": "ID"},
                {"id": "BOX", "price": {"amount": "10"}, "made_in": "ID", "supplier": "S"},
                {"id": "AXLE", "price": {"amount": "10"}, "made_in": "ID"},
            ],
            "uses": [{"parent": "CART", "part": part, "quantity": 1} for part in ("BOX", "AXLE")],
            "suppliers": [{"id": "S", "scale": "micro", "industrial_licence": False}],
        }
    )
    shown = at(WIDE, tkdn.lift(tkdn.assess(bom)).view(lang))
    row = next(line for line in shown.lines if line.split()[:1] == ["BOX"])
    assert words in row
    assert "unlicensed" not in row
