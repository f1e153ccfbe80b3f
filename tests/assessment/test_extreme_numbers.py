"""Legal numbers far from everyday ones: one figure whatever the size of the bill, in every output, without a traceback."""

from __future__ import annotations

import decimal
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from tests.support import extreme, results, ways
from tests.support.build import MADE, good, part

import tkdn
from tkdn import Assessment, Bom
from tkdn.report.forms import write_forms
from tkdn.report.html import to_html

SIZES = (0, extreme.MANY)
"""Parts beside what is looked at: a small bill, and one that is walked by arrays."""


def by_every_way(document: extreme.Document) -> set[ways.Said]:
    """Return the different figures that the engines and the oracle give."""
    bom = Bom.from_dict(document)
    with ways.by_arrays():
        arrays = ways.figures(bom)
    return {arrays, ways.figures(bom), ways.figures(bom, exact=True), ways.by_oracle(document)}


@pytest.mark.parametrize("padded", SIZES)
@pytest.mark.parametrize("quantities", [["1e-20", "1e20"] * 17, ["1e-20"] * 3 + ["1e20"] * 3, ["1e20", "1e-20"] * 17])
def test_phantoms_of_1e_20_over_phantoms_of_1e20(quantities: list[str], padded: int) -> None:
    (found,) = by_every_way(extreme.phantom_chain(quantities, padded))
    assert str(found[1]) == "32.50"


@pytest.mark.parametrize("padded", SIZES)
def test_17_phantoms_of_1e_20_over_17_of_1e20_gave_100_for_32_50(padded: int) -> None:
    """By arrays the imported engine vanished; a quantity of 1e-340 on the way is now refused, by every way."""
    assert by_every_way(extreme.phantom_chain(["1e-20"] * 17 + ["1e20"] * 17, padded)) == {
        ("refused", "number-too-large")
    }


@pytest.mark.parametrize("padded", SIZES)
@pytest.mark.parametrize("exact", [False, True])
def test_a_price_corrected_from_1e16_to_1_gave_null_for_62_50(padded: int, exact: bool) -> None:
    parts, uses = extreme.padding(padded, "0.00000000000000000001")
    engine = part("ENGINE", "1e16", made_in="CN")
    body = part("BODY", "1", made_in="ID", natural_resource=True)
    uses = [extreme.use("GOOD", "ENGINE"), extreme.use("GOOD", "BODY"), *uses]
    bom = Bom.from_dict(extreme.document([good(), engine, body, *parts], uses))
    before = tkdn.assess(bom, exact=exact)
    assert str(before.score) == "25.00"
    after = before.with_changes({"parts": {"ENGINE": {"price": {"amount": "1"}}}})
    assert (str(after.score), str(after.potential), after.status) == ("62.50", "62.50", "complete")
    rows = tkdn.scenarios(before, {"parts.ENGINE.price": [1, "1e16"]}).rows
    assert [str(row.score) for row in rows] == ["62.50", "25.00"]


@pytest.mark.parametrize("count", [400, extreme.MANY])
def test_lines_with_a_per_of_29_digits_gave_a_value_error(count: int) -> None:
    """`to_dict` wrote exact ratios of more than 4,300 digits; digits beyond the twentieth decimal were refused."""
    found = tkdn.assess(Bom.from_dict(extreme.long_denominators(count)))
    assert all(len(each.price.per.as_tuple().digits) == 29 for each in found.bom.parts if each.price)
    document = found.to_dict()
    assert document["score"] == str(found.score)
    assert document["components"][1]["exact"]["share"] is None
    tkdn.lift(found).to_dict()
    found.explain().to_dict()


def deep_quantities() -> Bom:
    """Sixteen levels of which each takes 1e20 of the next, each with a price of its own: one good takes 1e320 of the last."""
    levels = [part(f"L-{at}", "1", made_in="ID", production=MADE, supplier="S-1", maker="S-1") for at in range(16)]
    ids = ["GOOD", *(each["id"] for each in levels)]
    uses = [extreme.use(above, below, "1e20") for above, below in pairwise(ids)]
    levels.append(part("ENGINE", "1e20", made_in="CN"))
    firms = [{"id": "S-1", "scale": "small", "region": "32.13"}]
    document = extreme.document([good(), *levels], [*uses, extreme.use("GOOD", "ENGINE")], suppliers=firms)
    return Bom.from_dict(document)


@pytest.fixture(scope="module", params=["exact", "arrays"])
def deep(request: pytest.FixtureRequest) -> Iterator[tuple[Bom, Assessment]]:
    """The bill of deep quantities and its assessment by each engine."""
    bom = deep_quantities()
    if request.param == "exact":
        yield bom, tkdn.assess(bom, exact=True)
    else:
        with ways.by_arrays():
            yield bom, tkdn.assess(bom)


def test_16_levels_of_1e20_gave_an_overflow_error(deep: tuple[Bom, Assessment]) -> None:
    """In opportunities, which ordered moves by their spend as floats; every result of the bill is plain data."""
    bom, assessment = deep
    assert str(assessment.score) == "62.50"
    for name, result in results.of_bill(bom, "ENGINE"):
        if hasattr(result, "to_dict"):
            assert json.dumps(result.to_dict()), name
        if hasattr(result, "_repr_html_"):
            assert result._repr_html_(), name
    spend = {row["part"]: row["spend"] for row in tkdn.lift(assessment).to_dict()["rows"]}
    assert Decimal(spend["L-15"]) == 10**320
    for each in bom.parts:
        assert assessment.explain(each.id).to_text()


def test_16_levels_of_1e20_gave_an_overflow_error_in_page_and_forms(
    deep: tuple[Bom, Assessment], tmp_path: Path
) -> None:
    _, assessment = deep
    assert "62.50" in to_html(assessment)
    write_forms(assessment, tmp_path / "forms.xlsx")
    assert (tmp_path / "forms.xlsx").stat().st_size


@pytest.mark.parametrize("padded", SIZES)
def test_a_context_of_three_digits_gave_70_for_55_by_certificates_of_one_day(padded: int) -> None:
    """40.01 and 40 of one day: the lower counts, and it was 40.0 to a context of three digits as the other was."""
    certificates = [
        {"number": number, "tkdn": tkdn_, "issued": "2026-05-01"} for number, tkdn_ in (("1", "40.01"), ("2", "40"))
    ]
    engine = part("ENGINE", "1", made_in="ID", certificates=certificates)
    parts, uses = extreme.padding(padded, "0.00000000000000000001")
    document = extreme.document([good(), engine, *parts], [extreme.use("GOOD", "ENGINE"), *uses])
    with decimal.localcontext() as context:
        context.prec = 3
        (found,) = by_every_way(document)
    assert str(found[1]) == "55.00"
