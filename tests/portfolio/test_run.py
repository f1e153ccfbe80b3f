"""A run over many vehicles: taken up again, on executors, with bills that are wrong and tables that cannot be read."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from tests.portfolio.catalogues import write_rows

import tkdn
from tkdn import BomError, RunError, UsageError
from tkdn.portfolio import run

ON = "2026-06-01"
MADE = {"factory": "own", "indonesian_workers": 4, "foreign_workers": 0, "invested_in_indonesia": True}


def rows(count: int = 6) -> dict[str, list[dict[str, Any]]]:
    """Synthetic carts: the wheel of each costs a little more than that of the one before."""
    parts, uses = [], []
    for number in range(count):
        name = f"CART-{number:03}"
        parts += [
            {"vehicle": name, "id": "CART", "made_in": "ID", "price": None, **MADE},
            {"vehicle": name, "id": "FRAME", "made_in": "ID", "price": 500, "all_domestic_material": True},
            {"vehicle": name, "id": "WHEEL", "made_in": "CN", "price": 100 + number},
        ]
        uses += [{"vehicle": name, "parent": "CART", "part": part, "quantity": 2} for part in ("FRAME", "WHEEL")]
    return {"parts": parts, "uses": uses}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Six carts in three ranges."""
    return write_rows(tmp_path / "carts", rows(), rows=6)


def scores(portfolio: tkdn.Portfolio) -> list[Decimal]:
    return portfolio.table.column("score").to_pylist()  # type: ignore[no-any-return]


def test_scores_of_a_catalogue(catalogue: Path) -> None:
    expected = [f"{75 * 500 / (600 + number) + 25:.2f}" for number in range(6)]
    assert [str(score) for score in scores(tkdn.assess_many(catalogue, on=ON))] == expected


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_gives_the_same(catalogue: Path, kind: Any) -> None:
    with kind(2) as executor:
        found = tkdn.assess_many(catalogue, on=ON, executor=executor)
    assert found.to_dict() == tkdn.assess_many(catalogue, on=ON).to_dict()


def test_a_dask_cluster_of_two_workers(catalogue: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out", executor=client.get_executor())
    assert scores(found) == scores(tkdn.assess_many(catalogue, on=ON))


def test_progress_is_told_range_by_range(catalogue: Path) -> None:
    told: list[tuple[int, int]] = []
    tkdn.assess_many(catalogue, on=ON, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_wrong_bill_is_reported_and_the_others_are_done(tmp_path: Path) -> None:
    tables = rows(3)
    tables["uses"][2]["part"] = "FRAM"
    found = tkdn.assess_many(write_rows(tmp_path / "c", tables), on=ON)
    assert found.counts == {"complete": 2, "refused": 1}
    assert [(row["vehicle"], row["error"]) for row in found.refused] == [("CART-001", "unknown-part")]
    assert "did you mean 'FRAME'?" in found.refused[0]["problems"]


@pytest.mark.parametrize(
    ("table", "row", "fields", "code"),
    [
        ("parts", 1, {"id": "CART"}, "duplicate-id"),
        ("parts", 2, {"price": -1}, "number-not-positive"),
        ("parts", 2, {"made_in": "ZZ"}, "country-unknown"),
        ("parts", 2, {"unit": "pcss"}, "unit-unknown"),
        ("parts", 2, {"price_currency": "USD"}, "rate-missing"),
        ("parts", 2, {"supplier": "S-1"}, "unknown-supplier"),
        ("parts", 2, {"all_domestic_material": True}, "contradiction-made-abroad"),
        ("parts", 2, {"phantom": True}, "contradiction-phantom"),
        ("parts", 0, {"main": False}, "contradiction-product"),
        ("uses", 0, {"parent": "WHEEL", "part": "WHEEL"}, "loop"),
        ("uses", 0, {"quantity": None}, "missing-key"),
        ("uses", 0, {"unit": "kg"}, "unit-mismatch"),
        ("uses", 0, {"scrap": 1}, "scrap-out-of-range"),
        ("uses", 1, {"part": "FRAME"}, "product-ambiguous"),
    ],
)
def test_what_is_wrong_in_columns_is_told_as_of_a_single_bill(
    tmp_path: Path, table: str, row: int, fields: dict[str, Any], code: str
) -> None:
    tables = rows(2)
    tables[table][row].update(fields)
    found = tkdn.assess_many(write_rows(tmp_path / "c", tables), on=ON)
    assert [each["error"] for each in found.table.to_pylist()] == [code, None]


def test_a_run_goes_on_where_it_was(catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "whole")
    done: list[int] = []
    assess = run.assess_range

    def once(task: Any, law: Any) -> Any:
        if done:
            raise MemoryError("killed")
        done.append(task[1].number)
        return assess(task, law)

    monkeypatch.setattr(run, "assess_range", once)
    with pytest.raises(MemoryError):
        tkdn.assess_many(catalogue, on=ON, out=tmp_path / "broken")
    again: list[int] = []

    def counted(task: Any, law: Any) -> Any:
        again.append(task[1].number)
        return assess(task, law)

    monkeypatch.setattr(run, "assess_range", counted)
    resumed = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "broken")
    assert (done, again) == ([0], [1, 2])
    assert [path.read_bytes() for path in resumed.files] == [path.read_bytes() for path in whole.files]


def die(task: Any, law: Any) -> None:
    os._exit(1)


def test_a_worker_that_dies_ends_the_run_with_a_report(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "assess_range", die)
    with ProcessPoolExecutor(1) as executor, pytest.raises(RunError) as caught:
        tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out", executor=executor)
    assert caught.value.code == "worker-died"
    assert "run again" in caught.value.problems[0].remedy
    monkeypatch.undo()
    assert len(tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")) == 6


def test_a_full_disk_leaves_no_half_written_file(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = parquet.write_table

    def full(table: Any, path: Path, **_: Any) -> None:
        write(table.slice(0, 1), path)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet, "write_table", full)
    with pytest.raises(RunError) as caught:
        tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    assert caught.value.code == "output-not-written"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["run.json"]


def test_the_folder_of_another_run_is_refused(catalogue: Path, tmp_path: Path) -> None:
    tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    with pytest.raises(UsageError) as caught:
        tkdn.assess_many(catalogue, on="2026-06-02", out=tmp_path / "out")
    assert caught.value.code == "run-differs"


def test_a_folder_with_other_things_in_it_is_refused(catalogue: Path) -> None:
    with pytest.raises(UsageError) as caught:
        tkdn.assess_many(catalogue, on=ON, out=catalogue)
    assert caught.value.code == "run-differs"


def test_changed_tables_are_another_run(catalogue: Path, tmp_path: Path) -> None:
    tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    write_rows(catalogue, rows(7), rows=6)
    with pytest.raises(UsageError) as caught:
        tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    assert "tables is" in str(caught.value)


def test_another_what_if_is_another_run_and_not_given_the_scores_of_the_first(catalogue: Path, tmp_path: Path) -> None:
    """Both are called permenperin-35-2025+what-if: the folder of the first was taken for one of the second."""
    law = tkdn.regulation("permenperin-35-2025")
    first, second = (
        law.amend({"weight.material": 80, "weight.labour": 5}),
        law.amend({"weight.material": 70, "weight.labour": 15}),
    )
    tkdn.assess_many(catalogue, on=ON, regulation=first, out=tmp_path / "out")
    with pytest.raises(UsageError) as caught:
        tkdn.assess_many(catalogue, on=ON, regulation=second, out=tmp_path / "out")
    assert caught.value.code == "run-differs"
    assert "law_sha256 is" in str(caught.value)
    assert scores(tkdn.assess_many(catalogue, on=ON, regulation=second))[0] == Decimal("88.33")  # 86.67 under the first


def test_the_same_what_if_told_in_another_order_is_the_same_run(catalogue: Path, tmp_path: Path) -> None:
    law = tkdn.regulation("permenperin-35-2025")
    found = [
        tkdn.assess_many(catalogue, on=ON, regulation=law.amend(changes), out=tmp_path / "out").table
        for changes in (
            {"weight.material": 70, "weight.labour": 15},
            {"weight.labour": "15.0", "weight.material": "70"},
        )
    ]
    assert found[0].equals(found[1])


def test_the_run_is_in_the_manifest_in_every_file_and_in_the_table(catalogue: Path, tmp_path: Path) -> None:
    found = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    run_ = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run_["format"] == "tkdn-run"
    assert run_["law_sha256"] == tkdn.assess(next(bills()), on=ON).provenance["law_sha256"]
    assert found.provenance == run_ == json.loads(found.table.schema.metadata[b"tkdn"]) == found.to_dict()["provenance"]
    for path in found.files:
        assert run_.items() <= json.loads(parquet.read_schema(path).metadata[b"tkdn"]).items()


def test_a_manifest_of_half_its_bytes_is_our_error_and_not_a_traceback(catalogue: Path, tmp_path: Path) -> None:
    tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    manifest = tmp_path / "out" / "run.json"
    whole = manifest.read_bytes()
    for raw in (whole[: len(whole) // 2], b"", b"\xff\xfe", b"[]", b"1", b"null"):
        manifest.write_bytes(raw)
        with pytest.raises(RunError) as caught:
            tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
        assert caught.value.code == "run-damaged"
        assert "delete the folder out" in caught.value.problems[0].remedy


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _one_bit(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"CART-002")] ^= 1
    path.write_bytes(raw)


def _fewer_rows(path: Path) -> None:
    parquet.write_table(parquet.read_table(path).slice(0, 1), path)


def _of_another_range(path: Path) -> None:
    path.write_bytes(path.with_name("000000.parquet").read_bytes())


@pytest.mark.parametrize(
    "spoil", [_half, _one_bit, _fewer_rows, _of_another_range, lambda path: path.write_bytes(b""), Path.unlink]
)
def test_a_torn_range_is_done_again_and_not_taken_for_finished(catalogue: Path, tmp_path: Path, spoil: Any) -> None:
    whole = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out").table
    spoil(tmp_path / "out" / "000001.parquet")
    told: list[tuple[int, int]] = []
    again = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out", progress=lambda *done: told.append(done))
    assert again.table == whole
    assert told == [(2, 3), (3, 3)]


def test_stray_files_do_not_count_as_results(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".tkdn-0123456789abcdef").write_bytes(b"{")
    found = tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out")
    for stray in (".tkdn-feed", "000000.copy.parquet", "7.parquet"):
        (tmp_path / "out" / stray).write_bytes(found.files[0].read_bytes())
    assert tkdn.assess_many(catalogue, on=ON, out=tmp_path / "out").table == found.table


def _no_column(folder: Path) -> None:
    parquet.write_table(parquet.read_table(folder / "uses.parquet").drop_columns(["quantity"]), folder / "uses.parquet")


def _null_vehicle(folder: Path) -> None:
    table = parquet.read_table(folder / "parts.parquet")
    names = [None, *table.column("vehicle").to_pylist()[1:]]
    parquet.write_table(table.set_column(0, "vehicle", pyarrow.array(names)), folder / "parts.parquet")


def _unsorted(folder: Path) -> None:
    table = parquet.read_table(folder / "uses.parquet")
    parquet.write_table(table.take(list(range(table.num_rows - 1, -1, -1))), folder / "uses.parquet")


def _number_id(folder: Path) -> None:
    table = parquet.read_table(folder / "parts.parquet")
    at = table.column_names.index("id")
    parquet.write_table(table.set_column(at, "id", pyarrow.array(range(table.num_rows))), folder / "parts.parquet")


def _unknown(folder: Path) -> None:
    table = parquet.read_table(folder / "parts.parquet")
    parquet.write_table(table.append_column("colour", table.column("id")), folder / "parts.parquet")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_no_column, "missing-column"),
        (_null_vehicle, "vehicle-empty"),
        (_unsorted, "rows-not-sorted"),
        (_number_id, "parquet-column-type"),
        (_unknown, "unknown-column"),
        (lambda folder: (folder / "parts.parquet").write_bytes(b"PAR1 no"), "parquet-malformed"),
    ],
)
def test_tables_that_cannot_be_read_are_refused(catalogue: Path, spoil: Any, code: str) -> None:
    spoil(catalogue)
    with pytest.raises(BomError) as caught:
        tkdn.assess_many(catalogue, on=ON)
    assert caught.value.code == code


def test_a_folder_without_tables_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        tkdn.assess_many(tmp_path, on=ON)
    assert caught.value.code == "catalogue-missing"


def bills() -> Iterator[tkdn.Bom]:
    pump = tkdn.read_bom("examples/pump/pump.json")
    for _ in range(3):
        yield pump


def test_bills_in_memory(tmp_path: Path) -> None:
    found = tkdn.assess_many(bills(), on=ON)
    assert scores(found) == [tkdn.assess(next(bills()), on=ON).score] * 3
    assert found.to_frame("polars").shape == (3, 9)
    with ThreadPoolExecutor(2) as executor:
        named = tkdn.assess_many({"a": next(bills())}, on=ON, executor=executor)
    assert named.table.column("vehicle").to_pylist() == ["a"]
