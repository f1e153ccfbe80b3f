"""What the files of regulations say in English is said in Indonesian too, wherever people read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner

import tkdn
from tkdn.cli import app
from tkdn.i18n import known, legal_word, of_law

OFFICIAL = re.compile(r"(Pasal|Lampiran|Formulir|Permenperin|Perpres|PP|UU)\b")
LAWS = tkdn.regulations()


def sentences(law: tkdn.Regulation) -> Iterator[str]:
    """What stands in a file beside its values, but for official names of places."""
    yield from (law.covers, law.in_force_note, law.in_force_article)
    for parameter in law.parameters.values():
        for value in parameter.values:
            yield from (value.note, value.article, *(row.article for row in value.rows))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_every_sentence_of_a_law_has_its_indonesian(law: tkdn.Regulation) -> None:
    told = {each for each in sentences(law) if each and not OFFICIAL.match(each)}
    assert not {each for each in told if of_law(each, "id") == each}
    assert all(of_law(each, "en") == each for each in told)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_every_word_of_a_rule_is_said(law: tkdn.Regulation) -> None:
    values = [value for parameter in law.parameters.values() for value in parameter.values]
    words = {each for value in values for each in (value.value, *(row.value for row in value.rows))}
    formulas = {word for word in words if (isinstance(word, str) and "/" in word) or "KP" in str(word)}
    words = {word for word in words - formulas if isinstance(word, str) and not re.fullmatch(r"[\d-]+", word)}
    scales = {"micro", "small", "medium", "large"}
    assert not {word for word in words - scales if not known(f"legal-word.{word}")}


def test_a_sentence_of_somebody_else_is_shown_as_it_is() -> None:
    assert of_law("A note of one's own.", "id") == "A note of one's own."
    assert legal_word("something_else", "id") == "something_else"


def shown(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--lang", "id"], env={"COLUMNS": "200"}).output


def test_regulations_are_listed_in_indonesian() -> None:
    listed = shown("regulations")
    assert "2011-02-01 sampai 2025-12-11" in listed
    assert "sejak 2025-12-12" in listed
    assert "Barang pada umumnya" in listed
    assert not re.search(r"\b(from|to|goods|size|duty|least)\b", listed)


def test_a_regulation_is_shown_in_indonesian() -> None:
    law = shown("regulations", "permenperin-35-2025")
    assert "Tiga bulan sejak diundangkan" in law
    assert not re.search(r"\b(Three|no|yes|either|The|from)\b", law)


def test_an_explanation_is_indonesian_throughout() -> None:
    why = shown("explain", str(EXAMPLES / "pump" / "pump.json"))
    assert "dasar hukum: Pasal 9(1): tidak [teks peraturan]" in why
    assert "dasar hukum Pasal 5(2)a.2" in why
    assert "pasal Pasal" not in why
    assert not re.search(r"\b(Three|no|yes|Unless)\b", why)
