"""Files read within limits, and written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR

import pytest

import tkdn
from tkdn.io.files import replace_file, replace_files

PUMP = Path("examples/pump/pump.json")
WRITTEN = ["bill.json", "bill.cdx.json", "bill.xlsx", "bill.csv", "bill.dot", "bill.mmd"]
FILES = [*WRITTEN, "folder"]


@pytest.fixture
def bom() -> tkdn.Bom:
    return tkdn.read_bom(PUMP)


@pytest.mark.parametrize("name", ["pipe", "pipe.json", "pipe.csv", "pipe.xlsx"])
def test_a_pipe_is_refused_and_not_waited_for(name: str, tmp_path: Path, bom: tkdn.Bom) -> None:
    os.mkfifo(tmp_path / name)
    for reader in (tkdn.read_bom, lambda path: tkdn.enrich(bom, path), tkdn.read_measures, tkdn.read_directory):
        with pytest.raises(tkdn.TkdnError, match="a pipe or a device"):
            reader(tmp_path / name)
    with pytest.raises(tkdn.UsageError, match="a pipe or a device"):
        tkdn.read_bom(PUMP, mapping=tmp_path / name)
    with pytest.raises(tkdn.UsageError, match="a pipe or a device"):
        tkdn.write_bom(bom, tmp_path / name, force=True)
    assert (tmp_path / name).is_fifo()


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(tkdn.BomError, match="a pipe or a device"):
        tkdn.read_bom("/dev/zero")


def test_links_to_files_and_folders_are_followed(tmp_path: Path, bom: tkdn.Bom) -> None:
    (tmp_path / "daftar bagian \u8f66.json").symlink_to(PUMP.resolve())
    assert tkdn.read_bom(tmp_path / "daftar bagian \u8f66.json") == bom
    tkdn.write_bom(bom, tmp_path / "pump")
    (tmp_path / "link").symlink_to(tmp_path / "pump")
    assert tkdn.read_bom(tmp_path / "link") == bom


@pytest.mark.parametrize("name", ["loop", "loop.json", "loop.csv"])
def test_links_in_a_loop_or_to_nothing_are_missing(name: str, tmp_path: Path) -> None:
    (tmp_path / name).symlink_to(tmp_path / name)
    (tmp_path / f"to-nothing-{name}").symlink_to(tmp_path / "nothing")
    for path in (tmp_path / name, tmp_path / f"to-nothing-{name}"):
        with pytest.raises(tkdn.BomError) as caught:
            tkdn.read_bom(path)
        assert caught.value.code in ("file-missing", "file-unreadable")


@pytest.mark.parametrize("name", FILES)
def test_what_exists_is_kept_without_force(name: str, tmp_path: Path, bom: tkdn.Bom) -> None:
    tkdn.write_bom(bom, tmp_path / name)
    with pytest.raises(tkdn.UsageError, match="output-exists"):
        tkdn.write_bom(bom, tmp_path / name)
    tkdn.write_bom(bom, tmp_path / name, force=True)


@pytest.mark.parametrize("name", FILES)
def test_a_link_to_nothing_is_not_replaced_without_force(name: str, tmp_path: Path, bom: tkdn.Bom) -> None:
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(tkdn.UsageError, match="output-exists"):
        tkdn.write_bom(bom, tmp_path / name)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_link_leads_to_is_written(name: str, tmp_path: Path, bom: tkdn.Bom) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "bill").write_text("old")
    (tmp_path / name).symlink_to(tmp_path / "kept" / "bill")
    tkdn.write_bom(bom, tmp_path / name, force=True)
    assert (tmp_path / name).is_symlink()
    assert (tmp_path / "kept" / "bill").stat().st_size > 100


def test_a_bill_may_be_written_over_itself(tmp_path: Path, bom: tkdn.Bom) -> None:
    for name in ("bill.json", "bill.xlsx", "folder"):
        tkdn.write_bom(bom, tmp_path / name)
        tkdn.write_bom(tkdn.read_bom(tmp_path / name), tmp_path / name, force=True)
        assert tkdn.read_bom(tmp_path / name) == bom


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_leaves_what_was_there(
    name: str, tmp_path: Path, bom: tkdn.Bom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tkdn.write_bom(bom, tmp_path / name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(opened: int, *_: object) -> None:
        os.close(opened)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tkdn.io.files.os.fdopen", full)
    with pytest.raises(tkdn.UsageError, match="No space left"):
        tkdn.write_bom(bom.replace(date="2030-01-01"), tmp_path / name, force=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.fixture
def umask() -> Iterator[int]:
    """A group that works together: its members may write one another's files."""
    before = os.umask(0o002)
    yield 0o002
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("name", WRITTEN)
def test_a_new_file_has_the_rights_of_the_umask_and_not_0644(name: str, tmp_path: Path, bom: tkdn.Bom) -> None:
    tkdn.write_bom(bom, tmp_path / name)
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_an_overwritten_file_keeps_its_rights_and_is_not_made_0644(mode: int, tmp_path: Path, bom: tkdn.Bom) -> None:
    path = tmp_path / "bill.json"
    tkdn.write_bom(bom, path)
    path.chmod(mode)
    tkdn.write_bom(bom, path, force=True)
    assert path.stat().st_mode & 0o777 == mode


def test_content_is_on_the_disk_before_the_name_and_the_name_before_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without, a run that loses power keeps names of files whose content never reached the disk."""
    told: list[str] = []
    sync, move = os.fsync, os.replace

    def synced(opened: int) -> None:
        told.append("folder" if S_ISDIR(os.fstat(opened).st_mode) else "content")
        sync(opened)

    def moved(*names: Path) -> None:
        told.append("name")
        move(*names)

    monkeypatch.setattr("tkdn.io.files.os.fsync", synced)
    monkeypatch.setattr("tkdn.io.files.os.replace", moved)
    replace_file(tmp_path / "run.json", b"{}", durable=True)
    assert told == ["content", "name", "folder"]


def test_several_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    replace_files(tmp_path, {"a": b"1", "b": b"2"})
    (tmp_path / "c").mkdir()
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path / "c", b"3")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_template_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    from tkdn.io.tkdn_formats.template import write_template

    with pytest.raises(tkdn.UsageError, match="output-unwritable"):
        write_template(tmp_path / "no folder" / "bill.xlsx")


@pytest.mark.parametrize("name", ["empty.csv", "empty.txt", "empty", "blank.csv"])
def test_an_empty_file_is_said_to_be_empty(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(" \n\n" if name.startswith("blank") else "")
    with pytest.raises(tkdn.BomError, match="the file is empty"):
        tkdn.read_bom(tmp_path / name)
