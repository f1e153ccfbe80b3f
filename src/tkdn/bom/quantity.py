"""Units of measure: known to pint, converted exactly, each pair of units looked up once.

Quantities in a bill are of mass, length, area, volume, count, time or energy. To pint's units come the trade units of
Indonesian workshops, and names that pint takes otherwise than the trade does: `ton` is the metric ton, `ons` 100 g, `gr` the
gram.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from tkdn.errors import Problem, closest

if TYPE_CHECKING:
    import pint

COUNT_UNITS = {
    "pcs": 1, "pc": 1, "piece": 1, "buah": 1, "bh": 1, "unit": 1, "set": 1, "ea": 1, "each": 1, "biji": 1, "lembar": 1,
    "batang": 1, "pasang": 2, "pair": 2, "lusin": 12, "dozen": 12, "kodi": 20, "gros": 144, "gross": 144,
}  # fmt: skip
"""Trade units that count pieces, in pieces."""

PACK_UNITS = frozenset(
    """roll gulung rim drum sak karung dus box karton pak pack paket botol kaleng tabung galon ikat pail strip tube tray reel
    lot ls titik""".split()  # noqa: SIM905
)
"""Packs whose content differs from part to part: each converts to nothing but itself."""

METRIC_UNITS = {
    "mg": ("kg", Fraction(1, 1_000_000)), "g": ("kg", Fraction(1, 1000)), "kg": ("kg", Fraction(1)),
    "mm": ("m", Fraction(1, 1000)), "cm": ("m", Fraction(1, 100)), "m": ("m", Fraction(1)), "km": ("m", Fraction(1000)),
    "ml": ("l", Fraction(1, 1000)), "l": ("l", Fraction(1)), "liter": ("l", Fraction(1)),
}  # fmt: skip
"""The commonest units, so that an everyday bill need not load pint (a test holds them against it)."""

_PINT_DEFINITIONS = (
    "ton = 1000 * kilogram",
    "kuintal = 100 * kilogram",
    "ons = 100 * gram",
    "gr = gram",
    "ltr = liter",
    *(f"{area}2 = {area} ** 2" for area in ("mm", "cm", "dm", "m", "km", "inch", "ft")),
    *(f"{volume}3 = {volume} ** 3" for volume in ("mm", "cm", "dm", "m", "inch", "ft")),
)
_MEASURES = ("[mass]", "[length]", "[area]", "[volume]", "[time]", "[energy]")
_UNIT = r"[A-Za-zµμ]{1,30}(?:(?:\^|\*\*)?[23]|[²³])?"


class UnitError(ValueError):
    """A unit that is not known, or two that measure different things: the code and the values of a problem."""

    def __init__(self, code: str, values: Mapping[str, object]) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values

    def __str__(self) -> str:
        return Problem(self.code, self.values).message

    @property
    def remedy(self) -> str:
        """What to write instead, in English."""
        return Problem(self.code, self.values).remedy


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    import pint

    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(non_int_type=Fraction, on_redefinition="ignore")
    for definition in _PINT_DEFINITIONS:
        registry.define(definition)
    return registry


@cache
def _measure(unit: str) -> str:
    """What the unit measures; raises `UnitError` where it is not known or not one of a bill's measures."""
    if unit in COUNT_UNITS:
        return "[count]"
    if unit in PACK_UNITS:
        return unit
    if unit in METRIC_UNITS:
        return {"kg": "[mass]", "m": "[length]", "l": "[volume]"}[METRIC_UNITS[unit][0]]
    registry = _registry()
    if re.fullmatch(_UNIT, unit):
        try:
            dimensionality = registry.parse_units(unit).dimensionality
        except Exception:  # pint raises many kinds for text that is no unit
            dimensionality = None
        for measure in _MEASURES:
            if dimensionality is not None and dimensionality == registry.get_dimensionality(measure):
                return measure
    known = [*COUNT_UNITS, *PACK_UNITS, *METRIC_UNITS, "ton", "m2", "m3", "cm2", "hour", "kWh"]
    raise UnitError("unit-unknown", {"unit": unit[:40], "nearest": closest(unit.lower(), known)})


@cache
def factor(unit: str, to: str) -> Fraction:
    """How many `to` one `unit` is, exactly.

    >>> factor("cm", "m"), factor("lusin", "pcs"), factor("inch", "mm")
    (Fraction(1, 100), Fraction(12, 1), Fraction(127, 5))

    Raises `UnitError` when a unit is unknown or the two do not measure the same.
    """
    measure, other = _measure(unit), _measure(to)
    if measure != other:
        measures = {"measure": measure.strip("[]"), "other": other.strip("[]")}
        raise UnitError("unit-mismatch", {"unit": unit, "to": to, **measures})
    if unit == to:
        return Fraction(1)
    if unit in COUNT_UNITS and to in COUNT_UNITS:
        return Fraction(COUNT_UNITS[unit], COUNT_UNITS[to])
    if unit in METRIC_UNITS and to in METRIC_UNITS:
        return METRIC_UNITS[unit][1] / METRIC_UNITS[to][1]
    return Fraction(_registry().convert(Fraction(1), unit, to))


def is_unit(text: str) -> bool:
    """Return True for a unit of a bill.

    >>> is_unit("lusin"), is_unit("bal")
    (True, False)
    """
    try:
        _measure(text)
    except UnitError:
        return False
    return True


def gross(amount: Decimal, scrap: Decimal, unit: str | None, to: str) -> tuple[int, int]:
    """Return the gross quantity of a use in the unit `to`, as numerator and denominator.

    Exact, and independent of the decimal context: 1 - scrap is a difference of integers, never of floats.

    >>> gross(Decimal("2"), Decimal("0.05"), "cm", "m")
    (40, 1900)
    """
    up, down = amount.as_integer_ratio()
    if scrap:
        lost, of = scrap.as_integer_ratio()
        up, down = up * of, down * (of - lost)
    if unit is not None and unit != to:
        ratio = factor(unit, to)
        up, down = up * ratio.numerator, down * ratio.denominator
    return up, down
