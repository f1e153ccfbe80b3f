"""Headings as people write them: each is read as what it means, and no word means two things in one table."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from tests.io.part_lists.reading import read, text

from tkdn.io.part_lists.headings import APART, heading, key_of
from tkdn.textnorm import squeezed

VOCABULARY = tomllib.loads((resources.files("tkdn.io.part_lists") / "headings.toml").read_text(encoding="utf-8"))
MEANINGS = {key: words for key, words in VOCABULARY.items() if key not in APART}


def test_no_word_means_two_things() -> None:
    """A word of two languages may stand in both, for one meaning."""
    said = Counter(
        word
        for languages in MEANINGS.values()
        for word in {squeezed(each) for words in languages.values() for each in words}
    )
    assert [word for word, count in said.items() if count > 1] == []


@pytest.mark.parametrize("key", MEANINGS)
def test_every_word_of_the_vocabulary_reads_back_as_its_meaning(key: str) -> None:
    words = [word for languages in MEANINGS[key].values() for word in languages]
    assert {word: key_of(heading(word)) for word in words} == dict.fromkeys(words, key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("#", "item_number"), ("Sr No", "item_number"), ("STT", "item_number"), ("Urut", "item_number")),
        *(
            ("P/N", "id"),
            ("Mfg Part #", "id"),
            ("Drawing No", "id"),
            ("Sach-Nr", "id"),
            ("零件号", "id"),
            ("component_id", "id"),
        ),
        *(
            ("Qty (pcs)", "quantity"),
            ("No Off", "quantity"),
            ("Anz.", "quantity"),
            ("数量", "quantity"),
            ("Banyak", "quantity"),
        ),
        *(("Cost Each", "price"), ("Harga Sat.", "price"), ("单价", "price"), ("unit_cost_usd", "price")),
        *(
            ("Country Origin", "made_in"),
            ("KDN/KLN", "made_in"),
            ("Ket. Asal", "made_in"),
            ("Purchased From", "supplier"),
        ),
    ],
)
def test_headings_that_real_lists_have(text: str, key: str) -> None:
    assert key_of(heading(text)) == key


@pytest.mark.parametrize(
    ("text", "currency", "unit"),
    [
        ("Harga Rp", "IDR", None),
        ("Harga Satuan IDR", "IDR", None),
        ("Unit Price USD", "USD", None),
        ("unit_cost_usd", "USD", None),
        ("Cost £", "GBP", None),
        ("Harga Rp.", "IDR", None),
        ("Price Dollar", "$", None),
        ("Price ($)", "$", None),
        ("Harga/kg", None, "kg"),
        ("Price (USD) per kg", "USD", "kg"),
        ("Harga per unit", None, None),
        ("Berat/kg", None, None),
        ("Nama RM", None, None),
    ],
)
def test_currency_and_unit_in_the_heading_of_a_price(text: str, currency: str | None, unit: str | None) -> None:
    found = heading(text)
    assert (found.currency, found.unit) == (currency, unit)


def test_a_price_for_a_kilogram_on_lines_in_grams(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Part No;Qty;Unit;Harga/kg (Rp)", "1;GLUE;400;g;80000")
    (part,) = (each for each in read(path, product="X").bom.parts if each.id == "GLUE")
    assert (part.unit, part.price and str(part.price.amount)) == ("kg", "80000")


def test_a_makers_number_next_to_our_own_is_the_specification(tmp_path: Path) -> None:
    path = text(tmp_path, "Part Number;MPN;Qty", "R-1;RC0402;4")
    (part,) = (each for each in read(path, product="X").bom.parts if each.id == "R-1")
    assert part.spec == "RC0402"


@pytest.mark.parametrize(("cells", "unit"), [(("4", "2"), None), (("pcs", "kg"), "pcs")])
def test_units_with_numbers_counts(tmp_path: Path, cells: tuple[str, str], unit: str | None) -> None:
    head = "Part No;Units" if unit is None else "Part No;Units;Qty"
    rows = [f"P-{at};{cell}" + ("" if unit is None else ";1") for at, cell in enumerate(cells)]
    bom = read(text(tmp_path, head, *rows), product="X").bom
    assert str(bom.uses[0].quantity) == ("4" if unit is None else "1")
    assert next(part.unit for part in bom.parts if part.id == "P-0") == (unit or "pcs")
