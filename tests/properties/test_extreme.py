"""Bills with extreme but legal numbers: every way to the figures says the same, and the oracle says it too."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support import extreme, ways

from tkdn import Bom

chances = st.randoms(use_true_random=False)


@full
@given(chance=chances)
def test_arrays_and_exact_numbers_say_the_same(chance: random.Random) -> None:
    bom = Bom.from_dict(extreme.random_bill(chance))
    exact = ways.figures(bom, exact=True)
    with ways.by_arrays():
        assert ways.figures(bom) == exact
    assert ways.figures(bom) == exact
    if exact[0] != "refused":
        assert ways.walked(bom) == ways.walked_exactly(bom)


@full
@given(chance=chances)
def test_the_oracle_says_the_same(chance: random.Random) -> None:
    """It refuses the same bills too."""
    document = extreme.random_bill(chance)
    bom = Bom.from_dict(document)
    with ways.by_arrays():
        found = ways.figures(bom)
    told, credit = ways.by_oracle_in_full(document)
    assert found == told
    if found[0] != "refused":
        assert ways.walked(bom) == credit


@full
@given(chance=chances)
def test_a_price_corrected_by_ten_to_the_sixteenth(chance: random.Random) -> None:
    document = extreme.random_bill(chance)
    before, part, right = extreme.corrected(chance, document)
    expected, bom = ways.by_oracle(document), Bom.from_dict(before)
    if ways.figures(bom)[0] != "refused":
        for exact in (False, True):
            assert ways.changed(bom, {"parts": {part: {"price": right}}}, exact=exact) == expected, exact


@some
@given(chance=chances)
def test_scenarios_of_corrected_prices(chance: random.Random) -> None:
    document = extreme.random_bill(chance)
    before, part, right = extreme.corrected(chance, document)
    expected, bom = ways.by_oracle(document), Bom.from_dict(before)
    if "refused" not in (ways.figures(bom)[0], expected[0]):
        _, *rows = ways.in_scenarios(bom, f"parts.{part}.price", [None, right["amount"], right["amount"]])
        assert rows == [expected, expected]


@some
@given(chance=chances)
def test_many_at_once(chance: random.Random) -> None:
    documents = {f"V{at}": extreme.random_bill(chance, levels=12) for at in range(3)}
    held = {name: Bom.from_dict(document) for name, document in documents.items()}
    expected = {name: ways.by_oracle(document) for name, document in documents.items()}
    assert ways.at_once(held) == expected
    assert ways.in_catalogue(held, floats=False) == expected


@some
@given(chance=chances)
def test_catalogues(chance: random.Random) -> None:
    """Columns of a catalogue are floats here, which hold fifteen nines."""
    documents = {f"V{at}": extreme.random_bill(chance, levels=6, nines=15) for at in range(3)}
    held = {name: Bom.from_dict(document) for name, document in documents.items()}
    assert ways.in_catalogue(held, floats=True) == {name: ways.by_oracle(each) for name, each in documents.items()}
