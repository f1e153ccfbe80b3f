"""Words of problems: the same holes in every language, a remedy only for what has words."""

from __future__ import annotations

from string import Formatter

import pytest

from tkdn.errors import Problem
from tkdn.i18n.problems import worded
from tkdn.i18n.texts import texts_in

ENGLISH, INDONESIAN = (texts_in(f"i18n/problems_{lang}.toml") for lang in ("en", "id"))


def holes(template: str) -> set[tuple[str, str]]:
    """The holes of a template with what stands behind their names."""
    return {(name, f"!{shown}:{spec}") for _, name, spec, shown in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("key", INDONESIAN)
def test_both_languages_have_the_same_holes(key: str) -> None:
    assert holes(INDONESIAN[key]) == holes(ENGLISH[key])


@pytest.mark.parametrize("key", INDONESIAN)
def test_what_is_wrong_and_what_to_do_are_in_one_language(key: str) -> None:
    section, _, code = key.partition(".")
    other = {"problem": "remedy", "remedy": "problem"}[section] + f".{code}"
    assert (other in INDONESIAN) == (other in ENGLISH)


@pytest.mark.parametrize("key", ENGLISH)
def test_holes_have_names(key: str) -> None:
    assert all(name.isidentifier() for name, _ in holes(ENGLISH[key]))
    assert "message" not in dict(holes(ENGLISH[key]))


def test_a_list_is_written_as_the_language_does() -> None:
    values = {"given": "xx", "version": "1.2", "known": ("1.5", "1.6")}
    assert worded("remedy", "cyclonedx-version", "", values) == "convert it to 1.5 or 1.6"
    problem = Problem("unknown-key", {"key": "nme", "known": ("id", "name"), "nearest": ""})
    assert problem.remedy_in("id") == "kunci yang dikenal: id, name"
    assert problem.message_in("id") == "'nme' bukan kunci yang dikenal di sini"
