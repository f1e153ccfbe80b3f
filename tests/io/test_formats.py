"""The table of formats: messages that come from it, and formats that an installed program adds by entry points."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import tkdn
from tkdn.io.formats import FORMATS

PUMP = Path("examples/pump/pump.json")
PROGRAM = """
from tkdn import Bom
from tkdn.io.formats import Format

def read(file):
    ids = file.raw.decode().split()[1:]
    uses = [{"parent": ids[0], "part": each, "quantity": 1} for each in ids[1:]]
    return Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": each} for each in ids], "uses": uses})

def write(bom, path):
    path.write_text(" ".join(["PARTS", *(part.id for part in bom.parts)]))

words = Format("words", (".words",), lambda file: file.raw.startswith(b"PARTS "), read, write)
"""
ENTRY_POINTS = "[tkdn.readers]\nwords = words_of_parts:words\n[tkdn.exporters]\nwords = words_of_parts:words\n"


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a program that adds a format."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "words_of_parts.py").write_text(PROGRAM)
    about = folder / "words_of_parts-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: words-of-parts\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "words_of_parts", raising=False)


def test_a_suffix_that_nothing_writes_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(tkdn.UsageError) as caught:
        tkdn.write_bom(tkdn.read_bom(PUMP), tmp_path / "bill.words")
    problem = caught.value.problems[0]
    assert problem.message == "no writer for .words"
    written = [suffix for each in FORMATS if each.write for suffix in each.suffixes]
    assert all(suffix in problem.remedy for suffix in written)
    assert problem.remedy.endswith("or a folder name")


def test_what_nothing_reads_is_told(tmp_path: Path) -> None:
    (tmp_path / "bill.words").write_text("PARTS CART WHEEL")
    with pytest.raises(tkdn.BomError, match="format-unknown"):
        tkdn.read_bom(tmp_path / "bill.words")


@pytest.mark.usefixtures("installed")
def test_an_installed_program_reads_and_writes_its_suffix(tmp_path: Path) -> None:
    bom = tkdn.read_bom(PUMP)
    tkdn.write_bom(bom, tmp_path / "bill.words")
    assert [part.id for part in tkdn.read_bom(tmp_path / "bill.words").parts] == [part.id for part in bom.parts]
    with pytest.raises(tkdn.UsageError, match="output-exists"):
        tkdn.write_bom(bom, tmp_path / "bill.words")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["bill.txt", "bill.csv", "bill"])
def test_an_installed_program_is_asked_if_nothing_here_reads_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("PARTS CART WHEEL")
    assert tkdn.read_bom(tmp_path / name).product == "CART"


@pytest.mark.usefixtures("installed")
def test_an_installed_program_is_named_among_what_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(tkdn.UsageError, match=r"\.words"):
        tkdn.write_bom(tkdn.read_bom(PUMP), tmp_path / "bill.pdf")


def test_installed_programs_are_not_looked_up_for_what_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(group: str) -> None:
        raise AssertionError(group)

    monkeypatch.setattr("tkdn.io.formats._installed", refused)
    for name in ("bill.json", "bill.cdx.json", "bill.xlsx", "bill.csv", "bill"):
        tkdn.write_bom(tkdn.read_bom(PUMP), tmp_path / name)
        assert tkdn.read_bom(tmp_path / name).product == tkdn.read_bom(PUMP).product
