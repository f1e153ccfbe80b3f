"""The pages of the regulations are those that the data gives, and hold every value of it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tkdn import Regulation, regulations

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {file.name: file.read_text(encoding="utf-8") for file in (DOCS / "regulations").glob("*.md")}


def test_pages_are_current() -> None:
    """Where this fails, run `python docs/_generate.py` and commit what it writes."""
    made = runpy.run_path(str(DOCS / "_generate.py"))["regulation_pages"]()
    assert made == PAGES


@pytest.mark.parametrize("law", regulations(), ids=lambda law: law.id)
def test_a_page_shows_every_value_with_its_article(law: Regulation) -> None:
    rows = [line.split(" | ") for line in PAGES[f"{law.id}.md"].splitlines() if line.startswith("| ")]
    for parameter in law.parameters.values():
        shown = [row for row in rows if row[-1] == f"`{parameter.key}` |"]
        assert [(row[3], row[5]) for row in shown] == [(str(value.start), value.article) for value in parameter.values]
