"""The command line: exit codes, what goes to which stream, data for machines, text that cannot steer a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.report.forms.reading import figures
from tests.support.build import EXAMPLES, Document, abroad, bill, cert, firm, good, home
from tests.support.documents import broken, cart
from typer.testing import CliRunner, Result

from tkdn import __version__, assess, lift, read_bom, regulation, regulations
from tkdn.cli import app

PUMP = EXAMPLES / "pump" / "pump.json"
OPENBOT = EXAMPLES / "openbot-mtv" / "openbot-mtv.json"
PICKUP = EXAMPLES / "rural-pickup" / "pickup.json"
DONE, NOT_HELD, WRONG = 0, 1, 2


def run(*words: object) -> Result:
    """Run a command line in this process; what it raises is raised."""
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def saved(folder: Path, document: Document | str | bytes, name: str = "bill.json") -> Path:
    """A file with the document in it."""
    path = folder / name
    text = json.dumps(document) if isinstance(document, dict) else document
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def data_of(result: Result) -> Any:
    assert result.stderr == ""
    return json.loads(result.stdout)


def plain(data: object) -> Any:
    """The data as JSON gives it back."""
    return json.loads(json.dumps(data))


def refused(result: Result) -> str:
    """What the error says: exit code 2, nothing on standard output."""
    assert result.exit_code == WRONG
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


# ---------------------------------------------------------------------------------------------------------------------
# assess
# ---------------------------------------------------------------------------------------------------------------------


def test_assess_shows_the_score_of_the_pump() -> None:
    result = run("assess", PUMP)
    assert (result.exit_code, result.stderr) == (DONE, "")
    assert "27.52 %" in result.stdout
    assert "Permenperin 35/2025, on 2026-01-05" in result.stdout


def test_assess_speaks_indonesian() -> None:
    result = run("assess", PUMP, "--lang", "id")
    assert result.exit_code == DONE
    assert "27,52 %" in result.stdout
    assert "lengkap" in result.stdout
    assert "27.52" not in result.stdout


def test_assess_prints_the_data_of_the_assessment() -> None:
    result = run("assess", PUMP, "--json")
    assert result.exit_code == DONE
    assert data_of(result) == plain(assess(read_bom(PUMP)).to_dict())
    assert data_of(result)["score"] == "27.52"


def test_assess_takes_date_regulation_and_product() -> None:
    options = ("--on", "2026-06-01", "--regulation", "permenperin-35-2025", "--product", "BIW")
    data = data_of(run("assess", PICKUP, *options, "--json"))
    assert (data["on"], data["regulation"], data["product"]) == ("2026-06-01", "permenperin-35-2025", "BIW")
    assert data == plain(assess(read_bom(PICKUP), on="2026-06-01", product="BIW").to_dict())


def test_assess_writes_the_forms(tmp_path: Path) -> None:
    result = run("assess", PUMP, "--xlsx", tmp_path / "forms.xlsx")
    assert (result.exit_code, result.stderr) == (DONE, "")
    assert "27.52 %" in result.stdout
    assert "forms.xlsx" in result.stdout
    assert figures(tmp_path / "forms.xlsx").score == "27.52"


def test_assess_with_data_and_forms_prints_data_only(tmp_path: Path) -> None:
    result = run("assess", PUMP, "--json", "--xlsx", tmp_path / "forms.xlsx")
    assert data_of(result) == plain(assess(read_bom(PUMP)).to_dict())
    assert (tmp_path / "forms.xlsx").exists()


def test_assess_keeps_an_existing_file_unless_forced(tmp_path: Path) -> None:
    path = saved(tmp_path, "mine", "forms.xlsx")
    assert "[output-exists]" in refused(run("assess", PUMP, "--xlsx", path))
    assert path.read_text() == "mine"
    assert run("assess", PUMP, "--xlsx", path, "--force").exit_code == DONE
    assert figures(path).score == "27.52"


def test_assess_has_no_forms_for_another_regulation(tmp_path: Path) -> None:
    law = ("--regulation", "permenperin-16-2011", "--allow-repealed")
    assert "[forms-not-for-regulation]" in refused(run("assess", PUMP, *law, "--xlsx", tmp_path / "forms.xlsx"))


@pytest.mark.parametrize(
    ("least", "code"),
    [("0", DONE), ("27.51", DONE), ("27.52", DONE), ("27.523", NOT_HELD), ("27.53", NOT_HELD), ("100", 1)],
)
def test_min_holds_the_score_as_a_certificate_prints_it(least: str, code: int) -> None:
    result = run("assess", PUMP, "--min", least)
    assert result.exit_code == code
    assert result.stderr == ""
    assert "27.52 %" in result.stdout


@pytest.mark.parametrize(("least", "code"), [("40", DONE), ("40.00", DONE), ("40.01", NOT_HELD)])
def test_min_compares_after_rounding_to_two_decimals(tmp_path: Path, least: str, code: int) -> None:
    # 199,947 of 1,000,000 is domestic ore: 25 + 0.75 x 19.9947 = 39.996025, printed 40.00
    document = bill(
        good(), home("ORE", 199947, natural_resource=True), abroad("CHIP", 800053), uses={"GOOD": "ORE CHIP"}
    )
    path = saved(tmp_path, document)
    assert data_of(run("assess", path, "--json"))["exact"]["score"] == "1599841/40000"
    assert run("assess", path, "--min", least, "--json").exit_code == code


def test_min_is_not_held_where_there_is_no_score() -> None:
    result = run("assess", OPENBOT, "--min", "0", "--json")
    assert result.exit_code == NOT_HELD
    assert data_of(result)["score"] is None


def test_require_complete_holds_for_a_complete_bill_only() -> None:
    assert run("assess", PUMP, "--require", "complete").exit_code == DONE
    assert run("assess", OPENBOT, "--require", "complete").exit_code == NOT_HELD
    assert run("assess", OPENBOT).exit_code == DONE


def test_min_and_require_must_both_hold() -> None:
    assert run("assess", PUMP, "--require", "complete", "--min", "27").exit_code == DONE
    assert run("assess", PUMP, "--require", "complete", "--min", "28").exit_code == NOT_HELD


@pytest.mark.parametrize(
    ("options", "code", "hint"),
    [
        (["--min", "much"], "option-invalid", "a number from 0 to 100"),
        (["--min", "100.01"], "option-invalid", "a number from 0 to 100"),
        (["--min=-1"], "option-invalid", "a number from 0 to 100"),
        (["--min", "NaN"], "option-invalid", "a number from 0 to 100"),
        (["--min", "1e9999999"], "option-invalid", "a number from 0 to 100"),
        (["--require", "incomplete"], "option-invalid", "--require complete"),
        (["--on", "1 June"], "date-invalid", "YYYY-MM-DD"),
        (["--on", "2010-01-01"], "regulation-not-in-force", "2025-12-12"),
        (["--regulation", "permenperin-35-2052"], "regulation-unknown", "permenperin-35-2025"),
        (["--product", "NUTT"], "product-unknown", "did you mean 'NUT'?"),
    ],
)
def test_an_option_that_is_wrong_is_told_with_its_remedy(options: list[str], code: str, hint: str) -> None:
    says = refused(run("assess", PUMP, *options))
    assert f"[{code}]" in says
    assert hint in says


@pytest.mark.parametrize(
    "words", [["assess"], ["asess", PUMP], ["assess", PUMP, "--lang", "fr"], ["lift", PUMP, "--by", "x"]]
)
def test_a_call_that_is_wrong_exits_with_two(words: list[object]) -> None:
    assert "Error" in refused(run(*words))


# ---------------------------------------------------------------------------------------------------------------------
# lift, explain, check, regulations
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", ["score", "potential"])
@pytest.mark.parametrize("by", ["part", "supplier", "scale", "region"])
def test_lift_prints_the_data_of_the_lift(basis: Any, by: Any) -> None:
    expected = lift(assess(read_bom(PICKUP)), basis=basis, by=by).to_dict()
    result = run("lift", PICKUP, "--basis", basis, "--by", by, "--json")
    assert result.exit_code == DONE
    assert data_of(result) == plain(expected)
    assert data_of(result)["rows"]


def test_lift_shows_the_parts_and_their_lift(tmp_path: Path) -> None:
    # 4,000 of 10,000 at 80%: without the frame the score is 25 and no longer calculable, so a second domestic part stays
    document = bill(
        good(),
        home("FRAME", 4000, supplier="S-1", certificates=[cert(78)]),
        home("BOLT", 1000),
        abroad("MOTOR", 5000),
        uses={"GOOD": "FRAME BOLT MOTOR"},
        suppliers=[firm("S-1", "small", name="CV Logam", region="32.13")],
    )
    result = run("lift", saved(tmp_path, document))
    assert result.exit_code == DONE
    (row,) = (line for line in result.stdout.splitlines() if "FRAME" in line)
    assert {"FRAME", "S-1", "small", "32.13", "24.00"} <= set(row.split())  # 0.75 x 40% x 80


def test_lift_says_where_there_is_no_ikm() -> None:
    assert "No part made in Indonesia by an IKM" in run("lift", PUMP).stdout


def test_explain_tells_every_step_of_a_part() -> None:
    result = run("explain", PUMP, "NUT")
    assert (result.exit_code, result.stderr) == (DONE, "")
    assert "How NUT (Nut) is counted" in result.stdout
    assert "example-3" in result.stdout
    assert "Pasal 5(2)a.3" in result.stdout


def test_explain_tells_the_product_where_no_part_is_named() -> None:
    assert "How PUMP (Pompa DRHK25) is counted" in run("explain", PUMP).stdout


def test_explain_prints_data_and_markdown() -> None:
    explanation = assess(read_bom(PUMP)).explain("STUD-BOLT")
    assert data_of(run("explain", PUMP, "STUD-BOLT", "--json")) == plain(explanation.to_dict())
    assert run("explain", PUMP, "STUD-BOLT", "--markdown").stdout.startswith("#")


def test_explain_of_an_unknown_part_names_the_nearest() -> None:
    says = refused(run("explain", PUMP, "WASHR"))
    assert says == "[part-unknown] the bill has no part 'WASHR' -> did you mean 'WASHER'?\n"


def test_check_lists_what_is_missing_and_exits_with_one() -> None:
    result = run("check", OPENBOT)
    assert (result.exit_code, result.stderr) == (NOT_HELD, "")
    assert "50 parts, 49 uses" in result.stdout
    assert "made_in" in result.stdout


def test_check_of_a_complete_bill_is_done() -> None:
    result = run("check", PUMP)
    assert result.exit_code == DONE
    assert "Nothing is missing for a complete score." in result.stdout


def test_check_prints_data_of_the_assessment() -> None:
    result = run("check", OPENBOT, "--json")
    assert result.exit_code == NOT_HELD
    everything = plain(assess(read_bom(OPENBOT)).to_dict())
    data = data_of(result)
    assert {"status", "gaps", "assumptions", "warnings"} <= data.keys()
    assert data == {"format": "tkdn-check", "version": 1} | {key: everything[key] for key in data.keys() - {"format"}}


def test_regulations_are_listed() -> None:
    result = run("regulations")
    assert result.exit_code == DONE
    assert all(law.id in result.stdout for law in regulations())
    assert data_of(run("regulations", "--json"))["regulations"] == plain([law.to_dict() for law in regulations()])


def test_a_regulation_shows_its_values_and_articles() -> None:
    result = run("regulations", "permenperin-35-2025")
    assert result.exit_code == DONE
    assert "Pasal 4(1)a" in result.stdout
    data = data_of(run("regulations", "permenperin-35-2025", "--json"))
    assert data == plain(regulation("permenperin-35-2025").to_dict())


def test_an_unknown_regulation_names_the_nearest() -> None:
    says = refused(run("regulations", "permenperin-35-2052"))
    assert "[regulation-unknown] no regulation 'permenperin-35-2052'" in says
    assert "permenperin-35-2025" in says


# ---------------------------------------------------------------------------------------------------------------------
# convert
# ---------------------------------------------------------------------------------------------------------------------


def test_convert_writes_a_bill_that_reads_back_the_same(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = run("convert", PICKUP, target)
    assert (result.exit_code, result.stderr) == (DONE, "")
    assert str(target) in result.stdout.replace("\n", "")
    assert read_bom(target) == read_bom(PICKUP)


def test_convert_writes_the_product_that_is_named(tmp_path: Path) -> None:
    run("convert", PICKUP, tmp_path / "out.json", "--product", "BIW")
    assert read_bom(tmp_path / "out.json").product == "BIW"


def test_convert_overwrites_only_when_told_to(tmp_path: Path) -> None:
    target = saved(tmp_path, "keep me", "out.json")
    says = refused(run("convert", PUMP, target))
    assert "[output-exists] out.json" in says
    assert "--force" in says
    assert target.read_text() == "keep me"
    assert run("convert", PUMP, target, "--force").exit_code == DONE
    assert read_bom(target) == read_bom(PUMP)


def test_convert_of_a_broken_bill_writes_nothing(tmp_path: Path) -> None:
    source = saved(tmp_path, broken({"uses[0].quantity": "0"}))
    assert "[number-not-positive]" in refused(run("convert", source, tmp_path / "out.json"))
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("words", [["convert"], ["convert", PUMP], ["convert", PUMP, "o.json", "--template", "t.xlsx"]])
def test_convert_needs_a_source_and_a_target(
    words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "give IN and OUT" in refused(run(*words))
    assert list(tmp_path.iterdir()) == []


def test_convert_names_the_formats_it_writes(tmp_path: Path) -> None:
    says = refused(run("convert", PUMP, tmp_path / "out.xml"))
    assert "[format-unknown] out.xml: no writer for .xml" in says


# ---------------------------------------------------------------------------------------------------------------------
# Input that is wrong
# ---------------------------------------------------------------------------------------------------------------------

COMMANDS = ("assess", "lift", "explain", "check")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_problem_is_told_on_standard_error_with_its_place(command: str, tmp_path: Path) -> None:
    path = saved(tmp_path, broken({"uses[0].quantity": "0", "parts[1].made_in": "ZZ", "parts[2].unit": "kgs"}))
    assert refused(run(command, path)).splitlines() == [
        "[country-unknown] bill.json, parts[1].made_in: 'ZZ' is not an ISO 3166 alpha-2 country code"
        ' -> write two capital letters, such as "ID", "CN" or "JP"',
        "[number-not-positive] bill.json, uses[0].quantity: 0 is not above zero -> leave the value out if it is not known",
        "[unit-unknown] bill.json, parts[2].unit: 'kgs' is not a unit of mass, length, area, volume, count, time or energy"
        " -> did you mean 'kg'?",
    ]


def test_problems_are_data_where_data_is_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path, broken({"uses[0].quantity": "0"}))
    error = json.loads(refused(run("assess", path, "--json")))
    assert error["error"] == "BomError"
    (problem,) = error["problems"]
    assert (problem["code"], problem["part"]) == ("number-not-positive", "WHEEL")
    assert problem["place"] == {
        "file": "bill.json",
        "sheet": None,
        "row": None,
        "column": None,
        "path": "uses[0].quantity",
    }


def test_of_very_many_problems_fifty_are_told_and_all_are_data(tmp_path: Path) -> None:
    document = cart()
    document["uses"] += [{"parent": "CART", "part": "AXLE", "quantity": "0"}] * 120
    path = saved(tmp_path, document)
    lines = refused(run("check", path)).splitlines()
    assert (len(lines), lines[-1]) == (51, "... and 70 more problems")
    assert len(json.loads(refused(run("check", path, "--json")))["problems"]) == 120


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("{", "bill.json", "json-malformed"),
        (b"\xff\xfe\x00", "bill.json", "encoding"),
        ('{"format": "tkdn-bom", "format": "x"}', "bill.json", "duplicate-key"),
        ("[" * 100_000, "bill.json", "json-malformed"),
        ("", "bill.JSON", "json-malformed"),
        ("parts", "bill.txt", "format-unknown"),
        ("parts", "bill", "format-unknown"),
    ],
)
def test_a_file_that_is_no_bill_is_refused(tmp_path: Path, content: str | bytes, name: str, code: str) -> None:
    assert f"[{code}] {name}" in refused(run("assess", saved(tmp_path, content, name)))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_missing_is_refused(tmp_path: Path, command: str) -> None:
    says = refused(run(command, tmp_path / "none.json"))
    assert says == "[file-missing] none.json: there is no file 'none.json' -> check the path\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_holds_no_bill_is_refused(tmp_path: Path, command: str) -> None:
    says = refused(run(command, tmp_path))
    assert "there is no parts.csv" in says
    assert "there is no uses.csv" in says


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path, cart())
    monkeypatch.setattr(Path, "open", deny)
    assert "[file-unreadable] bill.json: cannot be read: Permission denied" in refused(run("assess", path))


# ---------------------------------------------------------------------------------------------------------------------
# Text from a bill
# ---------------------------------------------------------------------------------------------------------------------

EVIL = "[red]x[/red]\x1b[31m\u202egpj\x07\x9b31m[bold]"
SHOWN = "[red]x[/red]\ufffd[31m\ufffdgpj\ufffd\ufffd31m[bold]"
STEERING = ("\x1b", "\u202e", "\x07", "\x9b", "\x7f")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A bill of which every text tries to steer the terminal or the markup."""
    return saved(
        tmp_path,
        bill(
            good(name=EVIL),
            home(
                "[red]NUT[/red]", 1000, name=EVIL, spec=EVIL, supplier="[b]S[/b]", certificates=[cert(50, number=EVIL)]
            ),
            home("[/red]", 1000, name="[/red]", supplier="[b]S[/b]"),
            abroad("[link=file:///x]", 1000, name=EVIL, maker="[b]S[/b]"),
            uses={"GOOD": "[red]NUT[/red] [/red] [link=file:///x]"},
            suppliers=[firm("[b]S[/b]", "small", name=EVIL)],
        ),
    )


@pytest.mark.parametrize(
    "words",
    [
        ["assess"],
        ["assess", "--all", "--lang", "id"],
        ["lift"],
        ["lift", "--by", "supplier"],
        ["explain"],
        ["explain", "[red]NUT[/red]"],
        ["explain", "[red]NUT[/red]", "--markdown"],
        ["check"],
    ],
)
def test_text_of_a_bill_cannot_steer_the_terminal(evil: Path, words: list[str]) -> None:
    command, *rest = words
    result = run(command, evil, *rest)
    assert result.exit_code == DONE
    assert not [char for char in STEERING if char in result.stdout + result.stderr]


def test_markup_in_a_name_is_shown_as_it_is(evil: Path) -> None:
    shown = "".join(run("assess", evil, "--lang", "id").stdout.split())
    assert SHOWN.replace(" ", "") in shown
    assert f"GOOD:{SHOWN}" in shown
    explained = run("explain", evil, "[red]NUT[/red]").stdout
    assert f"How [red]NUT[/red] ({SHOWN}) is counted" in explained


def test_a_product_named_with_escapes_is_shown_as_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path, broken({"product": "\x1b[31m", "parts[1].name": ["\x1b]0;title\x07"], "\x1b[2J": 1}))
    says = refused(run("assess", path))
    assert "[id-invalid] bill.json, product: id '\\x1b[31m'" in says
    assert not [char for char in STEERING if char in says]


@pytest.mark.parametrize(
    "words", [["explain"], ["assess", "--on"], ["assess", "--product"], ["assess", "--regulation"]]
)
def test_words_of_the_call_cannot_steer_the_terminal_either(words: list[str]) -> None:
    command, *option = words
    says = refused(run(command, PUMP, *option, "\x1b[31m\u202e"))
    assert not [char for char in STEERING if char in says]


# ---------------------------------------------------------------------------------------------------------------------
# As its own process
# ---------------------------------------------------------------------------------------------------------------------


def process(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the entry point as the installed command does."""
    code = "from tkdn.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", code, *(str(word) for word in words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_entry_point_prints_data_and_exits_with_zero() -> None:
    ran = process("assess", PUMP, "--json")
    assert (ran.returncode, ran.stderr) == (DONE, "")
    assert json.loads(ran.stdout)["score"] == "27.52"


def test_the_entry_point_exits_with_one_and_two() -> None:
    below = process("assess", PUMP, "--min", "27.53", "--json")
    assert (below.returncode, below.stderr) == (NOT_HELD, "")
    missing = process("assess", "none.json")
    assert (missing.returncode, missing.stdout) == (WRONG, "")
    assert missing.stderr.startswith("[file-missing]")


def test_the_version_is_printed() -> None:
    assert run("--version").stdout == f"tkdn {__version__}\n"


def test_the_same_bill_gives_the_same_bytes() -> None:
    assert process("assess", PUMP, "--json").stdout == run("assess", PUMP, "--json").stdout
