"""Pages that list something list all of it: public names, fields of the bill, reasons that hide a part, tables of columns."""

from __future__ import annotations

import ast
import inspect
import re
import runpy
from pathlib import Path

import pytest

import tkdn
from tkdn import Bom, Brainware, Certificate, CostLine, Evidence, Part, Price, Production, Rate, Supplier, Use, Vehicle
from tkdn.assessment.lift_rows import Hidden
from tkdn.bom.model import Record
from tkdn.bom.tables.columns import TABLES
from tkdn.cli import app
from tkdn.i18n import catalogue
from tkdn.io.part_lists.headings import aliases
from tkdn.io.part_lists.layouts import layouts

DOCS = Path(__file__).parents[2] / "docs"
FIELDS: dict[str, type[Record]] = {
    "## The document": Bom,
    "## Parts": Part,
    "### Certificates": Certificate,
    "### Production": Production,
    "### Cost lines": CostLine,
    "### Vehicle": Vehicle,
    "### Brainware": Brainware,
    "### Evidence": Evidence,
    "### Money": Price,
    "## Uses": Use,
    "## Suppliers": Supplier,
    "## Rates": Rate,
}


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def test_public_names() -> None:
    documented = set(re.findall(r"\.\. auto\w+:: tkdn\.(\w+)$", page("api"), re.MULTILINE)) | {"__version__"}
    assert documented == set(tkdn.__all__)


@pytest.mark.parametrize("heading", FIELDS)
def test_fields_of_the_bill(heading: str) -> None:
    section = re.split(r"^##+ ", page("bill").partition(f"\n{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert documented == {field.alias or name for name, field in FIELDS[heading].model_fields.items()}


def test_document_of_the_bill() -> None:
    """The document shown is one that is read, and can be assessed."""
    shown = re.findall(r"^```json\n(.*?)^```", page("bill"), re.MULTILINE | re.DOTALL)
    assert shown
    for text in shown:
        assert tkdn.assess(Bom.from_json(text)).score is not None


def test_what_hides_a_part() -> None:
    """The page has the reasons that the class lists, each a string in its module."""
    tree = ast.parse(
        (Path(tkdn.__file__).parent / "assessment" / "engines" / "exact_engine.py").read_text(encoding="utf-8")
    )
    docstring = inspect.getdoc(Hidden) or ""
    section = page("concepts").partition("### What hides a part")[2].partition("```")[0]
    reasons = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert reasons <= words
    listed = re.sub(r"\(.*?\)", "", docstring.partition("why:")[2])
    assert reasons == set(re.findall(r"\w+", listed)) - {"or"}
    worded = {key.removeprefix("hidden.") for key in catalogue("en") if key.startswith("hidden.")}
    assert reasons == worded  # not_produced was missing on the page


def test_tables_of_files() -> None:
    tables = page("files")
    for table in TABLES:
        assert f"{{{{ columns_{table.name} }}}}" in tables
        assert f"| `{table.name}.csv` | {table.english} | {table.indonesian} |" in tables


def test_nothing_points_to_a_page_that_is_not_there() -> None:
    for file in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([\w-]+\.(?:md|nblink))", file.read_text(encoding="utf-8")):
            assert (DOCS / link).is_file(), f"{file.name}: {link}"


def generated() -> dict[str, str]:
    """The tables that pages take from the library, by name."""
    found: dict[str, str] = runpy.run_path(str(DOCS / "_generate.py"))["tables"]()
    return found


def test_every_generated_table_is_used() -> None:
    pages = "".join(file.read_text(encoding="utf-8") for file in DOCS.glob("*.md"))
    assert set(re.findall(r"\{\{ (\w+) \}\}", pages)) == set(generated())


def test_tables_of_lists() -> None:
    tables = generated()
    assert re.findall(r"^\| `(\w[\w-]*)` \|", tables["kinds_of_lists"], re.MULTILINE) == [
        each.name for each in layouts()
    ]
    assert set(re.findall(r"^\| `(\w+)` \|", tables["headings"], re.MULTILINE)) == set(aliases().values())


def test_table_of_commands() -> None:
    named = re.findall(r"^\| `tkdn ([\w-]+)` \|.*\| `tkdn ([\w-]+) .*` \|$", generated()["commands"], re.MULTILINE)
    assert named == [
        (name, name)
        for name in (each.callback.__name__.replace("_", "-") for each in app.registered_commands if each.callback)
    ]


def test_every_page_is_in_the_navigation() -> None:
    entries = re.findall(r"^([\w/-]+)$", page("index"), re.MULTILINE)
    pages = {file.stem for pattern in ("*.md", "*.nblink") for file in DOCS.glob(pattern)} - {"index"}
    assert sorted(entries) == sorted({*pages, "regulations/index", "decisions/index"})
