"""The options that say how to read a list from elsewhere, and what check shows of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tkdn.cli import app

SAMPLES = Path(__file__).parents[1] / "io" / "part_lists" / "samples"
DEEP = "Level;Part No;Description;Qty;Price\n0;CART;Cart;;\n1;AXLE;Axle;2;\n2;WHEEL;Wheel;4;1.500\n"
HOW = ("--basis", "cumulative", "--decimal", "comma", "--currency", "IDR")


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(DEEP, encoding="utf-8")
    return tmp_path / "list.csv"


def test_check_shows_what_was_understood() -> None:
    code, shown, _ = run("check", SAMPLES / "levels.csv")
    assert code == 1
    for said in (
        "indented list",
        "RRC = CN",
        "comma (6,5)",
        "row 10 prints 482,125",
        "Negara Asal = made_in",
        "In-house stage =",
    ):
        assert (said in shown) is (said != "In-house stage ="), said
    assert "looks made in house: AXLE" in shown.replace("\n", " ")


def test_check_in_indonesian() -> None:
    assert "Jenis daftar: daftar bertingkat" in run("check", SAMPLES / "levels.csv", "--lang", "id")[1]


def test_check_as_data() -> None:
    understood = json.loads(run("check", SAMPLES / "levels.csv", "--json")[1])["understood"]
    assert (understood["kind"], understood["rows"], understood["basis"]) == ("levels", 7, "per_parent")
    assert understood["origins"]["RRC"] == "CN"
    assert understood["totals"] == [{"row": 10, "printed": "482125", "sum": "482125"}]


def test_questions_are_answered_by_options(deep: Path) -> None:
    code, _, says = run("check", deep)
    assert (code, "[decimal-unclear]" in says) == (2, True)
    data = json.loads(run("check", deep, "--json", *HOW)[1])
    assert data["understood"]["basis_because"] == "stated"


def test_questions_are_answered_by_a_mapping_file(deep: Path, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('basis = "cumulative"\ndecimal = "comma"\ncurrency = "IDR"\n', encoding="utf-8")
    assert run("lift", deep, "--map", tmp_path / "map.toml", "--on", "2026-06-01")[0] == 0


def test_a_list_is_converted(deep: Path, tmp_path: Path) -> None:
    assert run("convert", deep, tmp_path / "bill.json", *HOW)[0] == 0
    written = json.loads((tmp_path / "bill.json").read_text(encoding="utf-8"))
    assert written["uses"][1]["quantity"] == "2"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('bases = "x"\n', "option-invalid"),
        ("basis = 1\n", "option-invalid"),
        ("=", "option-invalid"),
        ('source = "sap"\n', "format-unknown"),
    ],
)
def test_a_wrong_mapping_is_told(deep: Path, tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "map.toml").write_text(content, encoding="utf-8")
    exit_code, _, says = run("check", deep, "--map", tmp_path / "map.toml")
    assert (exit_code, f"[{code}]" in says) == (2, True)


@pytest.fixture
def dollars(tmp_path: Path) -> Path:
    path = tmp_path / "dollars.csv"
    path.write_text("Level,Part No,Qty,Price (USD),Origin\n0,CAR,,,Indonesia\n1,MOTOR,1,0.5,China\n", encoding="utf-8")
    return path


def test_a_rate_can_be_stated_for_a_list(dollars: Path) -> None:
    exit_code, shown, _ = run("assess", dollars, "--on", "2026-06-01", "--rate", "USD=16200@2026-01-02", "--json")
    costs = {part["part"]: part["cost"] for part in json.loads(shown)["components"]}
    assert (exit_code, costs["MOTOR"]) == (0, "8100.00")


def test_what_was_understood_is_shown_before_a_rate_that_is_missing(dollars: Path) -> None:
    exit_code, shown, says = run("check", dollars, "--on", "2026-06-01")
    assert exit_code == 2
    assert "Currencies: USD" in shown
    assert "[rate-missing]" in says


@pytest.mark.parametrize("rate", ["USD", "USD=16200", "USD=much@2026-01-02", "USD=16200@soon"])
def test_a_rate_that_says_too_little_is_told(dollars: Path, rate: str) -> None:
    exit_code, _, says = run("check", dollars, "--rate", rate)
    assert (exit_code, "[option-invalid]" in says) == (2, True)
