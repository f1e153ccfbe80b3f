"""The process that reads old formats is believed in nothing: what it answers is plain data, and is checked."""

from __future__ import annotations

import io
import json
import pickle
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tkdn import BomError
from tkdn.io.spreadsheet import calamine, calamine_worker
from tkdn.io.spreadsheet.limits import Limits


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a script in the place of the process that reads."""

    def put(script: str) -> None:
        (tmp_path / "worker.py").write_text(script)
        monkeypatch.setattr(calamine_worker, "__file__", str(tmp_path / "worker.py"))

    return put


def answering(raw: bytes) -> str:
    return f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({raw!r})"


class Harm:
    """When unpickled, makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def test_an_answer_that_is_code_is_not_run(worker: Any, tmp_path: Path) -> None:
    """It was unpickled: whoever made the process answer so ran what he wanted in ours."""
    worker(answering(pickle.dumps(Harm(tmp_path / "harm"))))
    with pytest.raises(BomError) as caught:
        calamine.open_apart(b"x", "bill.xls", Limits())
    assert caught.value.code == "file-malformed"
    assert not (tmp_path / "harm").exists()


SHEET = {"name": "Parts", "hidden": False, "merged": [], "rows": [["a"]], "errors": []}


NO_SHEETS: list[Any] = [None, 1, "x", [], {}, {"error": 1}, {"sheets": None}, {"sheets": [1]}]
WRONG: list[dict[str, Any]] = [
    {"name": 1},
    {"hidden": "no"},
    {"rows": "ab"},
    {"rows": ["ab"]},
    {"rows": [[None]]},
    {"rows": [[["a"]]]},
    {"rows": [[2**63]]},
    {"rows": [[{}]]},
    {"rows": [[{"date": "yesterday"}]]},
    {"rows": [[{"date": 1}]]},
    {"rows": [[{"open": "file"}]]},
    {"rows": [[{"timedelta": [10**12, 0, 0]}]]},
    {"merged": [[[0, 0]]]},
    {"merged": [[[0, 0], [0, "1"]]]},
    {"errors": [[0, 0, 1]]},
    {"errors": [[0, 0]]},
    {"errors": [[10**9, 0, "#REF!"]]},
    {"errors": [[0, -1, "#REF!"]]},
]
BYTES = [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"sheets": [' + b"9" * 5_000 + b"]}"]


@pytest.mark.parametrize("answer", [*NO_SHEETS, *({"sheets": [{**SHEET, **wrong}]} for wrong in WRONG)], ids=str)
def test_an_answer_of_another_shape_is_a_damaged_file(worker: Any, answer: Any) -> None:
    worker(answering(json.dumps(answer).encode()))
    with pytest.raises(BomError) as caught:
        calamine.open_apart(b"x", "bill.xls", Limits())
    assert caught.value.code == "file-malformed"


@pytest.mark.parametrize("answer", BYTES, ids=["nothing", "half", "no text", "deep", "a long number"])
def test_an_answer_that_is_no_json_is_a_damaged_file(worker: Any, answer: bytes) -> None:
    worker(answering(answer))
    with pytest.raises(BomError) as caught:
        calamine.open_apart(b"x", "bill.xls", Limits())
    assert caught.value.code == "file-malformed"


def test_an_answer_without_end_is_stopped_by_its_bytes(worker: Any) -> None:
    worker("import sys\nwhile True: sys.stdout.write('x' * 65536)")
    with pytest.raises(BomError) as caught:
        calamine.open_apart(b"x" * 2**20, "bill.xls", Limits(unpacked_bytes=2**20))
    assert caught.value.code == "file-too-large"


@pytest.mark.parametrize("script", ["import time; time.sleep(60)", "import os, time; os.close(1); time.sleep(60)"])
def test_an_answer_that_does_not_come_is_stopped_by_the_clock(worker: Any, script: str) -> None:
    worker(script)
    with pytest.raises(BomError) as caught:
        calamine.open_apart(b"x" * 2**20, "bill.xls", Limits(seconds=1))
    assert caught.value.code == "file-too-large"


def test_a_process_that_dies_is_a_damaged_file(worker: Any) -> None:
    worker("import os; os.abort()")
    with pytest.raises(BomError, match="its reader ended with -"):
        calamine.open_apart(b"x" * 2**20, "bill.xls", Limits())


def test_cells_come_through_as_they_are() -> None:
    cells = ["a", 1, -0.1, 1e300, True, date(2026, 6, 1), datetime(2026, 6, 1, 8, 30), time(8, 30), timedelta(1, 2, 3)]
    book = openpyxl.Workbook()
    book.worksheets[0].append(cells)
    book.worksheets[0].merge_cells("A2:B3")
    buffer = io.BytesIO()
    book.save(buffer)
    (here,), (there,) = (
        open_(buffer.getvalue(), "bill.xlsx", Limits()) for open_ in (calamine.open_calamine, calamine.open_apart)
    )
    assert there == here
    (_, row), *_ = there.grid.rows
    assert [type(cell) for cell in row] == [type(cell) for cell in here.grid.rows[0][1]]
    assert there.merged == [(2, 0, 3, 1)]


def test_what_has_no_plain_form_is_not_written() -> None:
    with pytest.raises(TypeError, match="a cell of set"):
        calamine_worker.tagged(set())
