"""Bills with extreme but legal numbers: every way to the figures says the same, and the oracle says it too."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from tests.portfolio.catalogues import write
from tests.properties.settings import full, some
from tests.support import bills, extreme, oracle
from tests.support.build import ON

from tkdn import Assessment, Bom, BomError, assess, assess_many, scenarios
from tkdn.assessment import goods
from tkdn.assessment.rounding import two_places

Said = tuple[Any, ...]
chances = st.randoms(use_true_random=False)


def said(of: Callable[[], Assessment]) -> Said:
    """Return what the outputs print of the product, or the code of the refusal."""
    try:
        found = of()
        return found.status, found.score, found.potential, found.bounds, found.coverage
    except BomError as error:
        return "refused", error.code


def figures(bom: Bom, **options: Any) -> Said:
    """Return the figures of a new assessment."""
    return said(partial(assess, bom, **options))


def by_arrays() -> Any:
    """Walk bills of any size by arrays."""
    return patch.object(goods, "MANY_USES", 0)


@full
@given(chance=chances)
def test_arrays_and_exact_numbers_say_the_same(chance: random.Random) -> None:
    bom = Bom.from_dict(extreme.random_bill(chance))
    exact = figures(bom, exact=True)
    with by_arrays():
        assert figures(bom) == exact
    assert figures(bom) == exact


@full
@given(chance=chances)
def test_the_oracle_says_the_same(chance: random.Random) -> None:
    document = extreme.random_bill(chance)
    with by_arrays():
        found = figures(Bom.from_dict(document))
    if found[0] == "refused":
        assert found[1] == "number-too-large"
        return
    told = oracle.assess(document, bills.ON)
    bounds = (two_places(told["low"]), two_places(told["high"]))
    figured = (two_places(told["score"]), two_places(told["potential"]))
    assert found == (told["status"], *figured, bounds, two_places(told["coverage"]))


@full
@given(chance=chances)
def test_a_price_corrected_by_ten_to_the_sixteenth(chance: random.Random) -> None:
    document = extreme.random_bill(chance)
    before, part, right = extreme.corrected(chance, document)
    expected, bom = figures(Bom.from_dict(document), exact=True), Bom.from_dict(before)
    for exact in (False, True):
        with by_arrays():
            if figures(bom, exact=exact)[0] != "refused":
                base = assess(bom, exact=exact)
                base.score  # noqa: B018  # the change starts from figures at hand
                assert said(partial(base.with_changes, {"parts": {part: {"price": right}}})) == expected, exact


@some
@given(chance=chances)
def test_scenarios_of_corrected_prices(chance: random.Random) -> None:
    document = extreme.random_bill(chance)
    before, part, right = extreme.corrected(chance, document)
    expected, bom = figures(Bom.from_dict(document), exact=True), Bom.from_dict(before)
    with by_arrays():
        if "refused" in (figures(bom)[0], expected[0]):
            return
        rows = scenarios(bom, {f"parts.{part}.price": [None, right["amount"], right["amount"]]}).rows
    for row in rows[1:]:
        assert (row.status, row.score, row.potential, (row.score, row.high), row.coverage) == expected


@some
@given(chance=chances)
def test_catalogues(chance: random.Random) -> None:
    """Columns of a catalogue are floats here, which hold fifteen nines."""
    held = {f"V{at}": Bom.from_dict(extreme.random_bill(chance, levels=6, nines=15)) for at in range(3)}
    with tempfile.TemporaryDirectory() as folder:
        rows = assess_many(write(Path(folder), held), on=ON).table.to_pylist()
    rows += assess_many(held, on=ON).table.to_pylist()
    for row in rows:
        expected = figures(held[row["vehicle"]], exact=True)
        if expected[0] == "refused":
            assert (row["status"], row["error"]) == expected
        else:
            bounds = (row["score"], row["high"])
            assert (row["status"], row["score"], row["potential"], bounds, row["coverage"]) == expected
