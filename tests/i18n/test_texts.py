"""What is said to people: the same in both languages, numbers as each writes them."""

from __future__ import annotations

from decimal import Decimal
from string import Formatter

import pytest

from tkdn.i18n import LANGUAGES, Lang, catalogue, known, number, say

ENGLISH, INDONESIAN = catalogue("en"), catalogue("id")


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(ENGLISH) == list(INDONESIAN)
    assert LANGUAGES == ("en", "id")


@pytest.mark.parametrize("key", ENGLISH)
def test_both_languages_take_the_same_values(key: str) -> None:
    fields = placeholders(ENGLISH[key])
    assert placeholders(INDONESIAN[key]) == fields
    assert all(field.isidentifier() for field in fields)


@pytest.mark.parametrize("key", ENGLISH)
def test_every_text_is_filled_in_with_its_values(key: str) -> None:
    values = {field: f"<{field}>" for field in placeholders(ENGLISH[key])}
    for lang in LANGUAGES:
        said = say(key, lang, **values)
        assert said.strip() == said != ""
        assert "{" not in said
        assert all(value in said for value in values.values())


def test_sentences_are_translated() -> None:
    for key, text in ENGLISH.items():
        if text.count(" ") > 3:
            assert INDONESIAN[key] != text, key


def test_a_value_with_braces_is_put_in_as_it_is() -> None:
    assert say("obstacle.made-abroad", part="{part} {0}") == "{part} {0} is not made in Indonesia."
    assert say("obstacle.made-abroad", "id", part="{x}") == "{x} tidak diproduksi di Indonesia."


def test_known_keys() -> None:
    assert known("gap.no-lines")
    assert not known("gap.nothing")
    with pytest.raises(KeyError):
        say("gap.nothing")


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (Decimal("27.52"), "27.52", "27,52"),
        (Decimal("115520000"), "115,520,000", "115.520.000"),
        (Decimal("1234.50"), "1,234.50", "1.234,50"),
        (Decimal("-1234567.5"), "-1,234,567.5", "-1.234.567,5"),
        (Decimal("999"), "999", "999"),
        (Decimal("0.00"), "0.00", "0,00"),
        (Decimal("1E+3"), "1,000", "1.000"),
        (Decimal("1E-7"), "0.0000001", "0,0000001"),
        (1000, "1,000", "1.000"),
        (0, "0", "0"),
        (None, "-", "-"),
    ],
)
def test_numbers(value: Decimal | int | None, english: str, indonesian: str) -> None:
    assert number(value) == english
    shown: dict[Lang, str] = {"en": english, "id": indonesian}
    for lang, expected in shown.items():
        assert number(value, lang) == expected
