"""How the page is made: from Python and from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner

from tkdn import MissingExtraError, UsageError, assess, read_bom
from tkdn.cli import app
from tkdn.report.html.island import encoded
from tkdn.report.html.words import Words, isolated

PUMP = EXAMPLES / "pump" / "pump.json"


def test_the_command_writes_it_and_keeps_what_exists(tmp_path: Path) -> None:
    out = tmp_path / "pump.html"
    command = ["assess", str(PUMP), "--html", str(out), "--lang", "id"]
    first = CliRunner().invoke(app, command)
    assert (first.exit_code, first.output.splitlines()[-1].split(":")[0]) == (0, "Ditulis")
    assert '<html lang="id">' in out.read_text(encoding="utf-8")
    out.write_text("mine")
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 2
    assert "output-exists" in second.output
    assert out.read_text() == "mine"
    assert CliRunner().invoke(app, [*command, "--force"]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_nothing_is_written_where_one_file_may_not_be(tmp_path: Path) -> None:
    page, forms = tmp_path / "pump.html", tmp_path / "pump.xlsx"
    page.write_text("mine")
    done = CliRunner().invoke(app, ["assess", str(PUMP), "--html", str(page), "--xlsx", str(forms)])
    assert done.exit_code == 2
    assert not forms.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["assess", str(PUMP), "--html", str(tmp_path / "no" / "pump.html")])
    assert done.exit_code == 2
    assert "output-unwritable" in done.output


def test_data_cannot_end_its_element() -> None:
    assert encoded(["</script>", "<!--", "&", "\u2028\u2029"]) == (
        '["\\u003c/script\\u003e","\\u003c!--","\\u0026","\\u2028\\u2029"]'
    )


def test_a_long_name_is_cut_in_a_sentence_only() -> None:
    assert isolated("a" * 100, 10) == "<bdi>aaaaaaaaaa…</bdi>"
    assert isolated("<b>") == "<bdi>&lt;b&gt;</bdi>"


def test_months_are_twelve_in_both_languages() -> None:
    assert [Words("en").day(f"2026-{month:02}-09").split()[1] for month in (1, 8, 12)] == [
        "January",
        "August",
        "December",
    ]
    assert [Words("id").day(f"2026-{month:02}-09").split()[1] for month in (1, 8, 12)] == [
        "Januari",
        "Agustus",
        "Desember",
    ]


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="no language 'de'"):
        assess(read_bom(PUMP)).to_html("de")  # type: ignore[arg-type]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"tkdn\[report\]"):
        assess(read_bom(PUMP)).to_html()
