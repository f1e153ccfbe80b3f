"""What is to be filled in is named as the template heads it, in the language, with the name of the field beside it."""

from __future__ import annotations

import re

import pytest

from tkdn.bom.tables.columns import TABLES
from tkdn.i18n import LANGUAGES, Lang, catalogue

SECTIONS = ("gap-remedy", "assumption-remedy", "warning-remedy")
COLUMNS = {".".join(map(str, column.path)): column for table in TABLES for column in table.columns}
BY_KEY = {column.key: column for table in TABLES for column in table.columns}
FIELDS = {name for name in {*COLUMNS, *BY_KEY} if "_" in name or "." in name}
NAMED = re.compile(r"\((?:production\.|vehicle\.|brainware\.)?([a-z_]+)\)")


def remedies(lang: Lang) -> dict[str, str]:
    return {key: text for key, text in catalogue(lang).items() if key.split(".")[0] in SECTIONS}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", remedies("en"))
def test_a_field_stands_behind_its_heading(key: str, lang: Lang) -> None:
    text = remedies(lang)[key]
    for found in NAMED.finditer(text):
        headings = [
            heading
            for table in TABLES
            for column in table.columns
            if column.key == found[1] or column.path[-1] == found[1] or found[1] == column.path[0]
            for heading in [column.indonesian if lang == "id" else column.english]
        ] + [table.indonesian if lang == "id" else table.english for table in TABLES if table.name == found[1]]
        assert any(text[: found.start()].rstrip().endswith(heading) for heading in headings), (found[1], headings)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", remedies("en"))
def test_no_field_is_named_without_its_heading(key: str, lang: Lang) -> None:
    bare = re.sub(r"\([a-z_.]+\)", "", remedies(lang)[key])
    assert not {word for word in re.findall(r"[a-z_.]+[a-z]", bare) if word in FIELDS}


def test_factory_is_asked_for_as_the_template_heads_it() -> None:
    assert "Factory (production.factory)" in remedies("en")["gap-remedy.factory-missing"]
    assert "Kepemilikan Pabrik (production.factory)" in remedies("id")["gap-remedy.factory-missing"]
