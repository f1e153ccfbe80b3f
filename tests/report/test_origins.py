"""An origin that is abroad in no stated country, in all that people read: in words, and never as two letters."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from tests.support.build import bill, firm, good, home, part
from typer.testing import CliRunner

import tkdn
from tkdn import Bom, assess
from tkdn.cli.app import app
from tkdn.display import notebook
from tkdn.i18n import LANGUAGES, Lang, say

DOCUMENT = bill(
    good(made_in="ID", name="Good"),
    home("FRAME", 600, supplier="S-1"),
    part("TUBE", 60, "XX"),
    part("MOTOR", 300, "XX", supplier="S-1"),
    uses={"GOOD": "FRAME MOTOR", "FRAME": "TUBE"},
    suppliers=[firm("S-1", "small", industrial_licence=True)],
)
BOM = Bom.from_dict(DOCUMENT)
COMMANDS = (
    ("assess",),
    ("assess", "--all"),
    ("check",),
    ("lift",),
    ("explain", "MOTOR"),
    ("explain", "FRAME"),
    ("opportunities",),
    ("opportunities", "--part", "MOTOR"),
)


def assert_in_words(text: str) -> None:
    assert re.findall(r"(?<![\w#&])XX(?![\w;])", text) == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bill.json"
    path.write_text(BOM.to_json(), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_terminal(command: tuple[str, ...], lang: Lang, path: Path) -> None:
    name, *more = command
    result = CliRunner().invoke(app, [name, str(path), *more, "--lang", lang])
    assert result.exit_code in (0, 1), result.output
    assert_in_words(result.output)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explanations_name_it(lang: Lang) -> None:
    text = assess(BOM).explain("MOTOR").to_text(lang)
    assert say("origin.XX", lang) in text
    assert_in_words(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_opportunities_name_it(lang: Lang) -> None:
    found = [each for each in tkdn.opportunities(assess(BOM)).rows if each.part == "MOTOR" and each.kind == "localise"]
    assert found
    for each in found:
        assert say("origin.XX", lang) in each.explanation(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notebooks(lang: Lang) -> None:
    for text in (notebook.to_html(BOM.view(lang)), notebook.to_html(assess(BOM).view(lang))):
        assert say("origin.XX", lang) in text
        assert_in_words(text)


def test_drawings() -> None:
    for text in (BOM.to_dot(), BOM.to_mermaid()):
        assert say("origin.XX") in text
        assert_in_words(text)


def test_the_page_names_it_in_both_languages() -> None:
    text = assess(BOM).to_html()
    for lang in LANGUAGES:
        assert say("origin.XX", lang) in text
    shown = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert_in_words(re.sub(r"<[^>]*>", " ", shown))


def test_the_forms(tmp_path: Path) -> None:
    path = tmp_path / "forms.xlsx"
    tkdn.write_forms(assess(BOM), path)
    cells = [
        str(cell) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert say("origin.XX", "id") in cells
    assert_in_words(" | ".join(cells))


def test_a_history_of_a_refined_origin(path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.json"
    later.write_text(BOM.with_changes({"parts": {"MOTOR": {"made_in": "CN"}}}).to_json(), encoding="utf-8")
    result = CliRunner().invoke(app, ["history", str(path), str(later), "--on", "2026-06-01", "--all"])
    assert result.exit_code == 0, result.output
    assert_in_words(result.output)
