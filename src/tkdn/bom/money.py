"""Exchange rates on a day: the latest rate from on or before it counts; none is an error, never one to one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from tkdn.bom.model import Money, Part, Price, Rate
from tkdn.errors import Place, Problem

STALE_AFTER_DAYS = 31
"""A rate older than this on the day of assessment is doubtful."""


class RatesOn:
    """The rates of one day, in rupiah for one unit of a currency, exactly.

    >>> from datetime import date
    >>> yen = Rate.model_validate({"currency": "JPY", "rate": "10850", "per": 100, "from": "2026-05-01"})
    >>> rates = RatesOn([yen], date(2026, 6, 1))
    >>> rates.rupiah("JPY"), rates.age("JPY")
    (Fraction(217, 2), 31)
    """

    def __init__(self, rates: Iterable[Rate], day: date, default_currency: str = "IDR") -> None:
        self.day = day
        self.default_currency = default_currency
        latest: dict[str, Rate] = {}
        for rate in rates:
            held = latest.get(rate.currency)
            if rate.start <= day and (held is None or held.start < rate.start):
                latest[rate.currency] = rate
        self.latest = latest
        self._rupiah = {currency: Fraction(rate.rate) / Fraction(rate.per) for currency, rate in latest.items()}
        self._rupiah["IDR"] = Fraction(1)

    def currency(self, money: Money | Price) -> str:
        return money.currency or self.default_currency

    def rupiah(self, currency: str) -> Fraction | None:
        """Rupiah for one unit of the currency, or None where no rate counts on the day."""
        return self._rupiah.get(currency)

    def value(self, money: Money) -> Fraction | None:
        """The money in rupiah, or None where no rate counts on the day."""
        rate = self.rupiah(self.currency(money))
        return None if rate is None else Fraction(money.amount) * rate

    def age(self, currency: str) -> int:
        """Days from the start of the rate that counts to the day."""
        return (self.day - self.latest[currency].start).days

    def missing(self, rates: Iterable[Rate], part: Part, index: int) -> Problem:
        """Return the problem (`rate-missing`) of a part, by its index, whose currency has no rate on the day."""
        key = "price" if part.price is not None else "conversion_cost"
        money = part.price or part.conversion_cost
        currency = money and self.currency(money)
        earlier = [rate.start for rate in rates if rate.currency == currency]
        values = {"field": key.replace("_", " "), "part": part.id, "currency": currency, "day": self.day}
        if earlier:
            values["first"] = min(earlier)
        place = Place(path=f"parts[{index}].{key}")
        return Problem("rate-missing", values, place, part.id, case="later" if earlier else "")
