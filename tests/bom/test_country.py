"""Country codes and names: the codes of ISO 3166, and the names that people write, in three languages."""

from __future__ import annotations

from collections.abc import Iterator

import pycountry
import pytest
from babel import Locale

from tkdn.bom.country import (
    ABROAD,
    COUNTRIES,
    agreed_origin,
    country_named,
    made_here,
    nearest_country,
    not_stated,
    not_stated_elsewhere,
    origin_named,
)
from tkdn.i18n import shown_origin
from tkdn.textnorm import folded

CLASHES = {"AS", "NA"}
"""Codes that are read otherwise: AS is Amerika Serikat, NA is not available."""
TWO_COUNTRIES = {"Congo"}
"""A short name of ISO 3166 that also means another country."""


def iso_names() -> Iterator[tuple[str, str]]:
    """Every name and code of every country, with its code, as ISO 3166 has them."""
    for country in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "name", "common_name", "official_name"):
            text = getattr(country, field, None)
            if text and text not in CLASHES | TWO_COUNTRIES:
                yield text, country.alpha_2


def cldr_names() -> Iterator[tuple[str, str]]:
    """Every name of every country in English, Indonesian and German, with its code."""
    for language in ("en", "id", "de"):
        for code in sorted(COUNTRIES):
            yield Locale(language).territories[code], code


def test_the_countries_are_those_of_iso_3166() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES


@pytest.mark.parametrize("names", [iso_names, cldr_names])
def test_every_country_is_read_by_its_names(names: object) -> None:
    assert callable(names)
    pairs = list(names())
    assert len(pairs) > 700
    wrong = {(text, code, country_named(text)) for text, code in pairs if country_named(text) != code}
    assert wrong == set()
    small = {
        (text, code)
        for text, code in pairs
        if len(text) > 2 and country_named(f" {text.lower().replace(' ', '  ')}.") != code
    }
    assert small == set()


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("CN", "Tiongkok, RRC, RRT, R.R.C., R.R.T, Cina, CINA, China, PRC, P.R. China, PR China, cn, CHN"),
        ("JP", "Jepang, JEPANG, Japan, JPN"),
        ("KR", "Korea, Korea Selatan, Korsel, Republik Korea, Republic of Korea, South Korea"),
        ("KP", "Korea Utara, North Korea"),
        ("US", "Amerika Serikat, AS, A.S., USA, U.S.A., US, Amerika"),
        ("AS", "Samoa Amerika, American Samoa, ASM"),
        ("GB", "Inggris, UK, U.K., England, Great Britain"),
        ("NL", "Belanda, Holland, The Netherlands, Niederlande"),
        ("DE", "Jerman, Deutschland, Germany"),
        ("TW", "Taiwan"),
        ("HK", "Hongkong, Hong Kong"),
        ("AE", "Uni Emirat Arab, UAE, UEA"),
        ("VN", "Vietnam, Viet Nam"),
        ("TR", "Turki, Turkey, Türkiye, Turkiye"),
        ("CI", "Côte d'Ivoire, Cote d’Ivoire, Pantai Gading"),
        ("FR", "Prancis, Perancis"),
        ("ID", "Indonesia, RI, Dalam Negeri, dalam  negeri, DN, D.N., Lokal, local, domestic"),
        ("NO", "NO, Norwegia, Norway"),
        ("CD", "DR Congo, Congo - Kinshasa"),
    ],
)
def test_a_name_as_people_write_it(code: str, texts: str) -> None:
    assert {text: country_named(text) for text in texts.split(", ")} == dict.fromkeys(texts.split(", "), code)


@pytest.mark.parametrize(
    "text",
    [
        *("Impor", "IMPORT", "imported", "LN", "L.N.", "Luar Negeri", "abroad", "Ausland", "Impor (-)"),
        *("Impor, negara tidak disebut", "Import (not stated)"),
    ],
)
def test_imported_is_made_abroad_in_no_stated_country(text: str) -> None:
    """Was left unknown in lists, and refused in our own tables and in enrichment."""
    assert (origin_named(text), country_named(text)) == (ABROAD, None)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_is_shown_of_abroad_is_read_back(lang: str) -> None:
    assert origin_named(shown_origin(ABROAD, lang)) == ABROAD  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Impor (China)", "CN"),
        ("Import - Japan", "JP"),
        ("Impor dari Cina", "CN"),
        ("LN: Jerman", "DE"),
        ("Impor (Indonesia)", None),
        ("Lokal/Impor", None),
        ("Impor (Jepang, Korea)", None),
        ("Impor (Atlantis)", None),
    ],
)
def test_a_country_next_to_the_word_imported(text: str, code: str | None) -> None:
    assert origin_named(text) == code


@pytest.mark.parametrize(
    "text", ["N/A", "n.a.", "NA", "na", "#N/A", "-", "--", "?", "tidak ada", "TBD", "belum diketahui"]
)
def test_not_stated_is_no_country(text: str) -> None:
    """N/A was Namibia."""
    assert not_stated(text)
    assert (origin_named(text), country_named(text)) == (None, None)


@pytest.mark.parametrize("text", ["Namibia", "NAM", "Impor", "Atlantis", "中央"])
def test_stated_or_unknown_is_not_the_same_as_not_stated(text: str) -> None:
    assert not not_stated_elsewhere(text)


@pytest.mark.parametrize("text", ["XX", "ZZ", "zz", "N/A", ""])
def test_lists_from_elsewhere_write_codes_for_unknown(text: str) -> None:
    assert not_stated_elsewhere(text)


def test_abroad_is_no_code_of_iso_3166_and_never_suggested() -> None:
    assert ABROAD not in COUNTRIES
    assert nearest_country("XX") == nearest_country("X") == ""


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [("XX", "XX", "XX"), ("XX", "CN", "CN"), ("XX", "ID", None), ("ID", "CN", None), ("CN", "JP", None)],
)
def test_origins_that_agree(one: str, other: str, agreed: str | None) -> None:
    assert agreed_origin(one, other) == agreed_origin(other, one) == agreed


def test_made_here_is_known_of_abroad() -> None:
    assert [made_here(each) for each in ("ID", "XX", "NA", None)] == [True, False, False, None]


@pytest.mark.parametrize(
    "text", ["", " ", "-", "Congo", "Kongo", "no", "No", "Atlantis", "Asia", "CNN", "中央", "ID, CN"]
)
def test_what_is_unknown_or_means_two_countries_is_not_guessed(text: str) -> None:
    assert country_named(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Jepangg", "Jepang"),
        ("tiongkokk", "Tiongkok"),
        ("KOREA SELATN", "Korea Selatan"),
        ("xyzzy", ""),
    ],
)
def test_a_misspelled_name_has_a_hint(text: str, hint: str) -> None:
    assert nearest_country(text) == hint


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kab. Subang", "kabupaten subang"),
        ("St. Lucia", "Saint Lucia"),
        ("Bosnia & Herzegovina", "Bosnia dan Herzegovina"),
        ("Österreich", "OSTERREICH"),
        ("ＣＨＩＮＡ", "China"),
    ],
)
def test_names_are_compared_without_what_does_not_matter(first: str, second: str) -> None:
    assert folded(first) == folded(second) != ""
