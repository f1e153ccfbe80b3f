"""The use of TKDN in procurement: the offers that may be taken, and the price preference.

Order of choice: Perpres 16/2018 Pasal 66 as amended; before that, the duty of PP 29/2018 Pasal 61 alone.
Price preference: KP = TKDN x preference, and the final evaluation price (HEA) by the formula of the tender's regulation:

    Perpres 16/2018 as amended: HEA = (1 - KP) x HP          Perpres 54/2010: HEA = HP / (1 + KP)

Knows offers as numbers and the regulations' values, not documents. Percentages and prices are exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tkdn.errors import RegulationError
from tkdn.law.regulation import Regulation, Value
from tkdn.short_repr import brief

STEPS = ("a", "b", "c", "d", "import")
"""The steps of the order of choice, in order."""
PERCENT = 100
FORMULAS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "(1 - KP) x HP": lambda price, kp: (1 - kp) * price,
    "HP / (1 + KP)": lambda price, kp: price / (1 + kp),
}
"""The formulas of the final evaluation price, as the regulations' data name them; KP as a share of one."""

TIES: Mapping[str, Callable[[Fraction], Fraction]] = {
    "higher_tkdn": lambda tkdn: -tkdn,
    "none": lambda tkdn: Fraction(0),
}
"""Order of equal final evaluation prices, by TKDN: the offer for which this is least comes first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer: its price, and what counts on the day: TKDN and BMP in percent (0: none), listing in SIINas, import."""

    price: Fraction
    tkdn: Fraction = Fraction(0)
    bmp: Fraction = Fraction(0)
    siinas: bool = False
    imported: bool = False

    __repr__ = brief


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step of the order of choice: the rule by which it admits offers, and the regulation that it is of."""

    step: str
    rule: str
    regulation: Regulation
    value: Value


@dataclass(frozen=True, slots=True)
class Choice:
    """The step that applies (None: none is known that does), and which offers it admits."""

    rule: StepRule | None
    admitted: tuple[bool, ...]


@dataclass(frozen=True)
class TenderRules:
    """The values on a date: of the tender's own regulation, and of the one that says when domestic products must be bought."""

    regulation: Regulation
    duty: Regulation
    on: date

    def value(self, key: str) -> Value:
        """Return the value of a parameter of the tender's regulation on the date."""
        return self.regulation.value(key, self.on)

    # The order of choice

    @property
    def order(self) -> tuple[StepRule, ...]:
        """The steps known on the day (Perpres 16/2018 Pasal 66, else PP 29/2018 Pasal 61)."""
        own = [rule for step in STEPS if (rule := self._rule(self.regulation, step))]
        rules = own or [rule for step in STEPS if (rule := self._rule(self.duty, step))]
        return tuple(rules)

    def _rule(self, law: Regulation, step: str) -> StepRule | None:
        """Return the rule of a step of Pasal 66 (or Pasal 61), or None if the regulation has none on the date."""
        try:
            value = law.value(f"order.{step}", self.on)
        except RegulationError:
            return None
        return StepRule(step, str(value.value), law, value)

    def duty_arises(self, offers: Sequence[Offer]) -> bool:
        """Return True if TKDN + BMP of some domestic offer reaches the duty (PP 29/2018 Pasal 61(1))."""
        least = Fraction(self.duty.value("procurement.duty", self.on).number)
        return any(not offer.imported and offer.tkdn + offer.bmp >= least for offer in offers)

    def admits(self, rule: str, offer: Offer) -> bool:
        """Return True if a rule of the order of choice admits an offer (Perpres 16/2018 Pasal 66, PP 29/2018 Pasal 61(2))."""
        if rule == "imported":
            return offer.imported
        if offer.imported:
            return False
        if rule == "siinas":
            return offer.siinas
        if rule == "certified":
            return offer.tkdn > 0
        return offer.tkdn >= Fraction(self.duty.value("procurement.least_tkdn", self.on).number)

    def choose(self, offers: Sequence[Offer]) -> Choice:
        """Return the first step that admits an offer, the last if none does (Perpres 16/2018 Pasal 66, PP 29/2018 Pasal 61).

        If it is not known which step applies, every offer is admitted.
        """
        order = self.order
        for each in order:
            if each.rule == "least_tkdn_if_duty" and not self.duty_arises(offers):
                continue
            admitted = tuple(self.admits(each.rule, offer) for offer in offers)
            if any(admitted):
                return Choice(each, admitted)
        if order and order[-1].step == STEPS[-1]:
            return Choice(order[-1], (False,) * len(offers))
        return Choice(None, (True,) * len(offers))

    # The price preference

    @property
    def most(self) -> Fraction:
        """The most that the preference can be, in percent (Perpres 16/2018 Pasal 67, PP 29/2018 Pasal 64(2): the less)."""
        return min(self._both("preference.most"))

    def _both(self, key: str) -> list[Fraction]:
        """Return a percentage in the tender's regulation, and in the duty's if it is in force."""
        laws = (self.regulation, *([self.duty] if self.duty.in_force(self.on) else []))
        return [Fraction(law.value(key, self.on).number) for law in laws]

    @property
    def estimate_over(self) -> Value | None:
        """The owner's estimate above which a preference is given (Pasal 67); None if the regulation's is not known."""
        key = "preference.estimate_over"
        return self.value(key) if key in self.regulation.parameters else None

    def applies(self, estimate: Fraction) -> bool:
        """Return True if a price preference is given at this owner's estimate (HPS) in rupiah (Pasal 67)."""
        limit = self.estimate_over
        return limit is None or estimate > limit.number

    @property
    def ceiling(self) -> Value | None:
        """The rule whether an offer may ask more than the owner's estimate (Pasal 26(5)b); None if it is not known."""
        key = "estimate.ceiling"
        return self.value(key) if key in self.regulation.parameters else None

    def is_above(self, price: Fraction, estimate: Fraction) -> bool:
        """Return True if a price is above the owner's estimate, so that the offer cannot be chosen (Pasal 26(5)b).

        Its product exists all the same, so it still counts for the steps of the order of choice.
        """
        ceiling = self.ceiling
        return ceiling is not None and ceiling.value == "yes" and price > estimate

    def kp(self, tkdn: Fraction, preference: Fraction) -> Fraction:
        """Return the price coefficient KP in percent: TKDN x preference, or nothing below the least TKDN.

        The least TKDN is that of Perpres 16/2018 Pasal 67 or of PP 29/2018 Pasal 64(1), the greater.

        Args:
            tkdn: in percent.
            preference: in percent.
        """
        return tkdn * preference / PERCENT if tkdn >= max(self._both("preference.least_tkdn")) else Fraction(0)

    def hea(self, price: Fraction, kp: Fraction) -> Fraction:
        """Return the final evaluation price (HEA) of an offer (Perpres 16/2018 Pasal 67, or Perpres 54/2010).

        Args:
            price: the offered price in rupiah.
            kp: the price coefficient in percent.
        """
        return FORMULAS[str(self.value("preference.formula").value)](price, kp / PERCENT)

    def ranks(self, offers: Sequence[tuple[Fraction, Fraction] | None]) -> list[int | None]:
        """Return the rank of each offer: lowest HEA first, of equal ones as the regulation decides (Pasal 67).

        Args:
            offers: HEA in rupiah and TKDN in percent of each; None for one that may not be taken.

        Returns:
            Ranks from 1, equals sharing one; None for an offer that may not be taken.
        """
        tie = TIES[str(self.value("preference.tie").value)]
        keys = [None if offer is None else (offer[0], tie(offer[1])) for offer in offers]
        order = sorted(key for key in keys if key is not None)
        return [None if key is None else 1 + bisect_left(order, key) for key in keys]
