"""The commands that add to a bill: what they print, write, refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import Bom, enrich, match_certificates, read_bom
from tkdn.cli import app

DONE, WRONG = 0, 2
FOLDER = EXAMPLES / "enrichment"
BILL, PURCHASING, LIST = FOLDER / "trike.csv", FOLDER / "purchasing.csv", FOLDER / "certificates.csv"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def trike(tmp_path: Path) -> Path:
    """The example's bill, enriched."""
    assert run("enrich", BILL, PURCHASING, "-o", tmp_path / "trike.json").exit_code == DONE
    return tmp_path / "trike.json"


def test_an_erp_bill_and_a_second_file_give_a_complete_assessment(trike: Path) -> None:
    result = run("assess", trike, "--on", "2026-06-01", "--require", "complete", "--json")
    assert result.exit_code == DONE
    assert json.loads(result.stdout)["coverage"] == "100.00"


def test_an_sap_export_and_an_everyday_second_file_give_a_complete_assessment(tmp_path: Path) -> None:
    folder, bill = EXAMPLES / "sap-cs12", tmp_path / "cart.json"
    assert run("enrich", folder / "cart.csv", folder / "purchasing.csv", "-o", bill).exit_code == DONE
    result = run("assess", bill, "--on", "2026-06-01", "--require", "complete", "--json", "--xlsx", tmp_path / "f.xlsx")
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (DONE, "complete")
    assert (tmp_path / "f.xlsx").exists()


def test_a_mapping_for_the_second_file(trike: Path, tmp_path: Path) -> None:
    (tmp_path / "quotes.csv").write_text("Nr;Wert\nAXLE;390.000\n")
    (tmp_path / "second.toml").write_text('decimal = "comma"\n[columns]\n"Nr" = "id"\n"Wert" = "price"\n')
    assert run("enrich", trike, tmp_path / "quotes.csv").exit_code == WRONG
    result = run("enrich", trike, tmp_path / "quotes.csv", "--second-map", tmp_path / "second.toml")
    assert result.exit_code == DONE


def test_which_stands_first_in_dates_can_be_said(trike: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("part;certificate no;tkdn;issued\nAXLE;1/25;60;03/04/2025\n")
    assert "[date-ambiguous]" in run("enrich", trike, tmp_path / "more.csv").stderr
    assert "issued 2025-04-03" in run("enrich", trike, tmp_path / "more.csv", "--dates", "day-first").stdout
    assert "issued 2025-03-04" in run("enrich", trike, tmp_path / "more.csv", "--dates", "month-first").stdout


def test_the_mark_of_decimals_can_be_said(trike: Path, tmp_path: Path) -> None:
    (tmp_path / "quotes.csv").write_text("part;price\nAXLE;390.000\n")
    assert "[decimal-unclear]" in run("enrich", trike, tmp_path / "quotes.csv").stderr
    assert run("enrich", trike, tmp_path / "quotes.csv", "--decimal", "comma").exit_code == DONE


def test_the_bill_alone_does_not() -> None:
    assert run("assess", BILL, "--on", "2026-06-01", "--require", "complete").exit_code == 1


@pytest.mark.parametrize("name", ["out.json", "out.xlsx", "out"])
def test_what_is_written_is_the_enriched_bill(tmp_path: Path, name: str) -> None:
    assert run("enrich", BILL, PURCHASING, "--out", tmp_path / name).exit_code == DONE
    assert read_bom(tmp_path / name) == enrich(read_bom(BILL), PURCHASING).bom


def test_nothing_is_written_without_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("enrich", BILL, PURCHASING).exit_code == DONE
    assert run("certificates", BILL, LIST).exit_code == DONE
    assert list(tmp_path.iterdir()) == []


def test_json_is_the_data_of_the_result(trike: Path) -> None:
    found = enrich(read_bom(BILL), PURCHASING)
    assert json.loads(run("enrich", BILL, PURCHASING, "--json").stdout) == found.to_dict()
    matches = match_certificates(found.bom, LIST)
    assert json.loads(run("certificates", trike, LIST, "--json").stdout) == matches.to_dict()


def test_what_exists_is_not_written_over(trike: Path) -> None:
    before = trike.read_bytes()
    for words in (("enrich", BILL, PURCHASING), ("certificates", trike, LIST)):
        result = run(*words, "-o", trike)
        assert (result.exit_code, trike.read_bytes()) == (WRONG, before)
        assert "[output-exists]" in result.stderr
    assert run("enrich", BILL, PURCHASING, "-o", trike, "--force").exit_code == DONE


def test_conflicts_are_told_and_settled(trike: Path) -> None:
    quotes = FOLDER / "quotes.csv"
    result = run("enrich", trike, quotes)
    assert (result.exit_code, result.stdout) == (WRONG, "")
    assert result.stderr.startswith("[enrichment-conflict] quotes.csv, row 3, column price")
    assert "AXLE: price stays 390000" in run("enrich", trike, quotes, "--keep").stdout
    assert "AXLE: price was 390000" in run("enrich", trike, quotes, "--on-conflict", "price=replace").stdout
    assert "AXLE: price was" in run("enrich", trike, quotes, "--keep", "--on-conflict", "price=replace").stdout
    assert run("enrich", trike, quotes, "--on-conflict", "name=keep").exit_code == WRONG
    assert "[option-invalid]" in run("enrich", trike, quotes, "--on-conflict", "price").stderr
    assert "AXLE: price semula 390000" in run("enrich", trike, quotes, "--replace", "--lang", "id").stdout
    assert run("enrich", trike, quotes, "--ignore", "PRICE").exit_code == DONE
    assert "[option-invalid]" in run("enrich", trike, quotes, "--keep", "--replace").stderr


def test_errors_as_data(trike: Path) -> None:
    result = run("enrich", trike, FOLDER / "quotes.csv", "--json")
    assert json.loads(result.stderr)["problems"][0]["code"] == "enrichment-conflict"


def test_certificates_are_added_when_they_are_confirmed(trike: Path, tmp_path: Path) -> None:
    confirm = tmp_path / "confirm.csv"
    assert "--confirm" in run("certificates", trike, LIST, "-o", confirm).stdout
    result = run("certificates", trike, LIST, "--confirm", confirm, "-o", tmp_path / "certified.json")
    assert "Accepted: 1, refused: 0, undecided: 3" in result.stdout
    added = {part.id for part in read_bom(tmp_path / "certified.json").parts if part.certificates}
    assert added == {"FRAME", "WHEEL"}


def test_rows_of_a_list_that_cannot_be_read_come_first_and_are_exit_code_1(trike: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST.read_text(encoding="utf-8") + "9;X;Y;;SYN-99;155;2025-01-01;\n", encoding="utf-8")
    result = run("certificates", trike, listed, "-o", tmp_path / "confirm.csv")
    assert (result.exit_code, (tmp_path / "confirm.csv").exists()) == (1, True)
    assert result.stdout.startswith("Rows of the list that cannot be read: 1\n  list.csv, row 7, column Nilai TKDN")
    result = run("certificates", trike, listed, "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["set_aside"])) == (1, 1)


def test_where_nothing_is_proposed_no_file_is_written(trike: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("number,tkdn,issued,shelf\n9/25,60,2025-01-31,A\n")
    result = run("certificates", trike, tmp_path / "list.csv", "-o", tmp_path / "confirm.csv")
    assert (result.exit_code, (tmp_path / "confirm.csv").exists()) == (DONE, False)
    assert "Nothing is proposed" in result.stdout
    assert "Columns left out, as they mean nothing here: shelf\n" in result.stdout


def test_numbers_only(trike: Path) -> None:
    assert "AXLE <-" not in run("certificates", trike, LIST, "--numbers-only").stdout


def test_no_name_steers_the_terminal(tmp_path: Path) -> None:
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}]})
    (tmp_path / "bill.json").write_text(bom.to_json())
    (tmp_path / "more.csv").write_text('part,name\nCART,"red\x1b[31m\r\nWritten: x"\n')
    result = run("enrich", tmp_path / "bill.json", tmp_path / "more.csv")
    assert "\x1b" not in result.stdout
    assert "\nWritten" not in result.stdout
