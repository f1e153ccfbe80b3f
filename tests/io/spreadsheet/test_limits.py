"""What is read at most of a file, and that anyone can say otherwise: in Python and on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.made import sheet_of
from typer.testing import CliRunner

import tkdn
from tkdn.cli import app
from tkdn.errors import TkdnError
from tkdn.io.spreadsheet.limits import limits_now

ROWS: list[list[object]] = [["Parent", "Part No", "Qty"], ["CART", "WHEEL", 2], ["CART", "TRAY", 1]]
TABLES = {
    "bill.csv": "Parent;Part No;Qty\nCART;WHEEL;2\n",
    "own.csv": "level,id,quantity\n0,CART,\n1,WHEEL,2\n",
    "uses.csv": "parent,part,quantity\nCART,WHEEL,2\n",
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("limit", ["file_bytes", "rows", "columns", "cells", "characters"])
def test_they_hold_for_every_text(name: str, limit: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TABLES[name], encoding="utf-8")
    with tkdn.limits(**{limit: 1}), pytest.raises(tkdn.BomError) as caught:
        tkdn.read_bom(tmp_path / name)
    assert caught.value.code == "file-too-large"
    assert f"tkdn.limits({limit}=...)" in caught.value.problems[0].remedy


def test_they_can_be_raised(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"Parent;Part No;Name;Qty\nCART;W;{'x' * 200_000};2\n", encoding="utf-8")
    with pytest.raises(tkdn.BomError, match="file-too-large"):
        tkdn.read_bom(tmp_path / "list.csv")
    with tkdn.limits(characters=300_000):
        assert len(tkdn.read_bom(tmp_path / "list.csv").parts[1].label) == 200_000


def test_they_hold_for_json_and_folders_and_what_stands_beside_a_bill(tmp_path: Path) -> None:
    bom = tkdn.read_bom("examples/pump/pump.json")
    tkdn.write_bom(bom, tmp_path / "pump")
    (tmp_path / "more.csv").write_text("id;made_in\nEX-FRAME;ID\n", encoding="utf-8")
    readers: list[Any] = [
        lambda: tkdn.read_bom("examples/pump/pump.json"),
        lambda: tkdn.read_bom(tmp_path / "pump"),
        lambda: tkdn.enrich(bom, tmp_path / "more.csv"),
        lambda: tkdn.match_certificates(bom, tmp_path / "more.csv"),
        lambda: tkdn.read_needs(tmp_path / "more.csv", bom),
        lambda: tkdn.read_measures("examples/pump/pump.json"),
    ]
    for reader in readers:
        with tkdn.limits(file_bytes=10), pytest.raises(TkdnError) as caught:
            reader()
        assert {problem.code for problem in caught.value.problems} == {"file-too-large"}


def test_they_end_with_the_block_and_add_up() -> None:
    before = limits_now()
    with tkdn.limits(rows=7), tkdn.limits(columns=8) as held:
        assert (held.rows, held.columns, held.cells) == (7, 8, before.cells)
    assert limits_now() == before


@pytest.mark.parametrize(("changes", "hint"), [({"row": 1}, "did you mean 'rows'?"), ({"rows": 0}, "above zero")])
def test_a_limit_that_is_none_is_refused(changes: dict[str, int], hint: str) -> None:
    with pytest.raises(tkdn.UsageError, match="option-invalid") as caught, tkdn.limits(**changes):
        pass
    assert hint in str(caught.value)


def test_opening_ends_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.csv").write_text("Parent;Part No;Qty\n" + "CART;W;1\n" * 2000, encoding="utf-8")
    ticks = iter(range(0, 10_000, 100))
    monkeypatch.setattr("tkdn.io.spreadsheet.cells.monotonic", lambda: next(ticks))
    with pytest.raises(tkdn.BomError, match="opening it takes longer than 60 seconds"):
        tkdn.read_bom(tmp_path / "list.csv")


def test_the_command_line_sets_them(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(sheet_of(ROWS))
    command = ["convert", str(tmp_path / "list.xlsx"), str(tmp_path / "list.json")]
    runner = CliRunner()
    refused = runner.invoke(app, ["--limit", "rows=2", *command])
    assert (refused.exit_code, "more than 2 rows" in refused.output) == (2, True)
    refused = runner.invoke(app, command, env={"TKDN_LIMITS": "cells=100 rows=2"})
    assert (refused.exit_code, "more than 2 rows" in refused.output) == (2, True)
    wrong = runner.invoke(app, ["--limit", "rows=many", *command])
    assert (wrong.exit_code, "NAME=NUMBER" in wrong.output) == (2, True)
    assert runner.invoke(app, command).exit_code == 0
