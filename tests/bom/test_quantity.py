"""Units: exact factors, held against a pint registry that shares nothing with the library's."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product

import pint
import pytest

from tkdn.bom.quantity import COUNT_UNITS, METRIC_UNITS, PACK_UNITS, UnitError, factor

# What the trade means, written as the trade says it: a lusin is a dozen, a gros a dozen dozens, a kodi a score.
TRADE = (
    "pcs = [trade_count]",
    *(
        f"{name} = pcs"
        for name in ("pc", "piece", "buah", "bh", "unit", "set", "ea", "each", "biji", "lembar", "batang")
    ),
    *(f"{name} = 2 * pcs" for name in ("pasang", "pair")),
    *(f"{name} = 6 * pair" for name in ("lusin", "dozen")),
    *(f"{name} = 12 * dozen" for name in ("gros", "gross")),
    "kodi = 20 * pcs",
)


@cache
def trade_registry() -> pint.UnitRegistry[Fraction]:
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction)
    for definition in TRADE:
        registry.define(definition)
    return registry


@cache
def metric_registry() -> pint.UnitRegistry[Fraction]:
    return pint.UnitRegistry(non_int_type=Fraction)


@pytest.mark.parametrize(
    ("unit", "to", "expected"),
    [
        ("cm", "m", Fraction(1, 100)),
        ("m", "cm", Fraction(100)),
        ("inch", "mm", Fraction(127, 5)),
        ("mm", "inch", Fraction(5, 127)),
        ("ft", "inch", Fraction(12)),
        ("lusin", "pcs", Fraction(12)),
        ("kodi", "pcs", Fraction(20)),
        ("gros", "pcs", Fraction(144)),
        ("pasang", "pcs", Fraction(2)),
        ("pcs", "lusin", Fraction(1, 12)),
        ("gros", "lusin", Fraction(12)),
        ("kodi", "lusin", Fraction(5, 3)),
        ("ton", "kg", Fraction(1000)),
        ("kuintal", "kg", Fraction(100)),
        ("ons", "g", Fraction(100)),
        ("lb", "kg", Fraction(45359237, 100000000)),
        ("m2", "cm2", Fraction(10000)),
        ("m^2", "m2", Fraction(1)),
        ("m²", "mm2", Fraction(1000000)),
        ("inch2", "mm2", Fraction(16129, 25)),
        ("m3", "l", Fraction(1000)),
        ("cm3", "ml", Fraction(1)),
        ("ml", "m3", Fraction(1, 1000000)),
        ("hour", "min", Fraction(60)),
        ("kWh", "J", Fraction(3600000)),
    ],
)
def test_factors_are_exact(unit: str, to: str, expected: Fraction) -> None:
    assert factor(unit, to) == expected


def test_every_trade_unit_counts_as_the_trade_says() -> None:
    registry = trade_registry()
    assert {name: registry.Quantity(Fraction(1), name).m_as("pcs") for name in COUNT_UNITS} == COUNT_UNITS


@pytest.mark.parametrize("unit", sorted(PACK_UNITS))
def test_a_pack_converts_to_nothing_but_itself(unit: str) -> None:
    assert factor(unit, unit) == 1
    with pytest.raises(UnitError, match=f"{unit} measures {unit}, pcs measures count"):
        factor(unit, "pcs")


@pytest.mark.parametrize("unit", ["kpcs", "pcss", "Mlusin"])
def test_trade_units_take_no_prefix_and_no_plural(unit: str) -> None:
    with pytest.raises(UnitError):
        factor(unit, "pcs")


def test_the_trade_writes_gr_for_gram() -> None:
    assert factor("gr", "kg") == Fraction(1, 1000)


@pytest.mark.parametrize(("unit", "to"), list(product(METRIC_UNITS, repeat=2)))
def test_everyday_metric_units_convert_as_pint_converts_them(unit: str, to: str) -> None:
    registry = metric_registry()
    if registry.get_dimensionality(unit) == registry.get_dimensionality(to):
        assert factor(unit, to) == registry.Quantity(Fraction(1), unit).m_as(to)
    else:
        with pytest.raises(UnitError, match=f"^{unit} measures .*, {to} measures "):
            factor(unit, to)


@pytest.mark.parametrize(
    ("unit", "to", "message"),
    [
        ("kg", "pcs", "kg measures mass, pcs measures count"),
        ("m", "m2", "m measures length, m2 measures area"),
        ("m2", "l", "m2 measures area, l measures volume"),
        ("hour", "kWh", "hour measures time, kWh measures energy"),
    ],
)
def test_units_of_two_measures_do_not_convert(unit: str, to: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        factor(unit, to)
    assert str(caught.value) == message
    assert f"a unit that converts to {to}" in caught.value.remedy


@pytest.mark.parametrize("unit", ["degC", "degF", "celsius", "kelvin", "dB", "percent", "radian", "mole", "bit"])
def test_units_of_no_measure_of_a_bill_are_refused(unit: str) -> None:
    with pytest.raises(UnitError, match="is not a unit of mass, length"):
        factor(unit, unit)


@pytest.mark.parametrize(
    "unit",
    [
        "__import__('os')",
        "kg**99999999",
        "kg**2**99",
        "10**10**10 kg",
        "kg*m",
        "kg/s",
        "kg;m",
        "2",
        "2kg",
        "m4",
        "m22",
        "",
        " kg",
        "kg ",
        "kg\n",
        "k" * 10_000,
        "kg" * 5_000,
        "(" * 10_000,
        "٣kg",
        "\x1b[31mkg",
    ],
)
def test_hostile_or_sloppy_unit_text_is_refused_in_a_short_message(unit: str) -> None:
    with pytest.raises(UnitError) as caught:
        factor(unit, "kg")
    assert "is not a unit" in str(caught.value)
    assert len(str(caught.value)) < 200
    assert caught.value.remedy


@pytest.mark.parametrize(("unit", "hint"), [("kgs", "'kg'"), ("PCS", "'pcs'"), ("lusim", "'lusin'")])
def test_an_unknown_unit_names_the_nearest(unit: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        factor(unit, unit)
    assert hint in caught.value.remedy
