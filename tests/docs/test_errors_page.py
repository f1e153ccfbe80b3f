"""docs/errors.md has a heading for every code that the library can give, and for no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tkdn
from tkdn.i18n import catalogue
from tkdn.io.questions import WAYS

SOURCE = Path(tkdn.__file__).parent
PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
TARGET = re.compile(r"^\((\w+)-([a-z-]+)\)=\n### `([a-z-]+)`$", re.MULTILINE)
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
FORMAT = "tkdn-"
"""How the names of documents begin, which are no codes."""
FOREIGN = {"bom-ref", "day-first", "fact-not-asked", "month-first"}
"""Words of other formats, orders of dates, answers of engines."""
FINDINGS = ("obstacle", "gap", "assumption", "warning", "note")
RAISING = ("Problem", "problem", "_problem", "Fault")
"""Called with a code as one of the first arguments; all codes of two words are found wherever they stand."""
MADE = {"contradiction-", "unknown-", "certificate-", "activity-", "form-"}
"""How the codes begin that are put together."""


def trees() -> Iterator[ast.Module]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield ast.parse(file.read_text(encoding="utf-8"))


def headings(kind: str) -> set[str]:
    """The codes that have a heading with an anchor of this kind."""
    return {code for found, code, title in TARGET.findall(PAGE) if found == kind and code == title}


def finding_codes(kind: str) -> set[str]:
    return {key.removeprefix(f"{kind}.") for key in catalogue("en") if key.startswith(f"{kind}.")}


def contradictions() -> set[str]:
    """The keys that `_contradictions` yields: each is the first of a tuple."""
    (function,) = (
        node
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "_contradictions"
    )
    yielded = (node.value for node in ast.walk(function) if isinstance(node, ast.Yield))
    return {ast.literal_eval(value.elts[0]) for value in yielded if isinstance(value, ast.Tuple)}


def error_codes() -> set[str]:
    """Every code of an error: any hyphenated word in the source that is not a finding's, and the first words of problems."""
    nodes = [node for tree in trees() for node in ast.walk(tree)]
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    codes = {word for word in words if CODE.fullmatch(word) and not word.startswith(FORMAT)} - FOREIGN
    codes -= {*WAYS} | {key.removeprefix("effect.") for key in catalogue("en") if key.startswith("effect.")}
    codes -= contradictions() | {code for kind in FINDINGS for code in finding_codes(kind)}
    for node in nodes:
        if isinstance(node, ast.Call) and _name(node.func) in RAISING and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                codes.add(first.value)
    codes |= {f"contradiction-{key}" for key in contradictions()} | {"unknown-supplier", "unknown-maker"}
    return codes - {""}


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_every_error_has_a_heading() -> None:
    assert headings("error") == error_codes()


@pytest.mark.parametrize("kind", FINDINGS)
def test_every_finding_has_a_heading(kind: str) -> None:
    assert headings(kind) == finding_codes(kind)


def test_every_heading_has_its_anchor() -> None:
    titles = re.findall(r"^### (.*)$", PAGE, re.MULTILINE)
    assert titles == [f"`{code}`" for _, code, title in TARGET.findall(PAGE) if code == title]


def test_made_codes_are_known() -> None:
    """A code put together in a new way would go unseen."""
    texts = [node.values for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    begins = {str(values[0].value) for values in texts if len(values) == 2 and isinstance(values[0], ast.Constant)}
    assert {begin for begin in begins if re.fullmatch(r"[a-z]+-", begin)} == MADE


@pytest.mark.parametrize("kind", FINDINGS)
def test_examples_of_findings(kind: str) -> None:
    """The example below a heading is the finding's text with values put in."""
    for section in re.split(rf"^\({kind}-", PAGE, flags=re.MULTILINE)[1:]:
        code, example = section.partition(")=")[0], re.search(r"^```text\n(.*)\n```$", section, re.MULTILINE)
        template = re.sub(r"\\\{\w+\\\}", ".+", re.escape(catalogue("en")[f"{kind}.{code}"]))
        assert example is not None
        assert re.fullmatch(template, example[1]), code
