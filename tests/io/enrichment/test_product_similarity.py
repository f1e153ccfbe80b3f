"""How alike names are: firms whatever their legal form is written like, products whatever the order of words."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from tests.io.tkdn_formats.full import texts
from tests.properties.settings import some

from tkdn import MissingExtraError
from tkdn.bom.firm_names import firm, words
from tkdn.io.enrichment.product_similarity import Described, firm_score


def product_score(texts: list[str], others: list[str]) -> int:
    return Described.of(*texts).scores([Described.of(*others)])[0]


@pytest.mark.parametrize(
    "name",
    [
        "PT Logam Jaya",
        "PT. LOGAM JAYA",
        "P.T. Logam Jaya",
        "PT.Logam Jaya",
        "Logam Jaya, PT",
        "PT Logam Jaya (Persero) Tbk.",
        "logam-jaya",
    ],
)
def test_one_firm_however_it_is_written(name: str) -> None:
    assert firm(name) == "logam jaya"
    assert firm_score("PT Logam Jaya", name) == 100


@pytest.mark.parametrize("other", ["CV Logam Jaya", "UD Logam Jaya", "Koperasi Logam Jaya"])
def test_one_name_with_another_legal_form_is_another_firm(other: str) -> None:
    assert firm_score("PT Logam Jaya", other) == 90


def test_a_firm_that_is_called_by_its_form_alone_keeps_it() -> None:
    assert firm("PT") == "pt"


@pytest.mark.parametrize("nothing", ["", "  ", "...", "(-)"])
def test_a_name_without_letters_is_like_none(nothing: str) -> None:
    assert firm_score(nothing, nothing) == 0
    assert product_score([nothing], [nothing]) == 0


def test_products_by_the_most_alike_of_their_texts() -> None:
    assert product_score(["Rangka", "Rangka SS400"], ["Poros", "SS400 rangka"]) == 100
    assert product_score(["Roda"], ["Gigi"]) < 60


def test_accents_and_ampersands_do_not_matter() -> None:
    assert words("Caf\u00e9 & Co") == ("cafe", "dan", "co")


@some
@given(texts, texts)
def test_scores_are_whole_and_the_same_both_ways(one: str, other: str) -> None:
    score = firm_score(one, other)
    assert score == firm_score(other, one)
    assert isinstance(score, int)
    assert 0 <= score <= 100


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    with pytest.raises(MissingExtraError, match=r"tkdn\[match\]"):
        product_score(["a"], ["b"])
