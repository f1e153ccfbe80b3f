"""What the law asks of each part on the day, read from the bill: origin, certificate, licence, statement, production.

Nothing is guessed: what the bill does not say is None here, and becomes a gap or a listed assumption.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple

from tkdn.bom.bom import Bom
from tkdn.bom.country import HOME, made_here
from tkdn.bom.model import Certificate, Part, Production, Supplier
from tkdn.bom.money import RatesOn
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation
from tkdn.method.goods import BRAINWARE_FACTS, BrainwareFact, GoodsRules
from tkdn.method.size import FIRMS

TAKEN_ACTIVITY = "manufacture"
"""An activity not stated is taken as manufacture, and listed as an assumption."""
NOTHING_STATED = Production.model_construct()
CertificateState = Literal["counts", "not_yet", "expired", "withdrawn", "frozen"]


@cache
def years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=day.day - 1)


def term_of_validity(certificate: Certificate, validity_years: int) -> date:
    """Last day of the certificate's legal term (Pasal 45(1))."""
    return years_later(certificate.issued, validity_years)


def expiry(certificate: Certificate, validity_years: int) -> date:
    """Last day the certificate counts: as stated, else the end of its legal term."""
    return certificate.expires or term_of_validity(certificate, validity_years)


def certificate_state(certificate: Certificate, on: date, validity_years: int) -> CertificateState:
    """Whether the certificate counts on the day, and if not, why not."""
    if on < certificate.issued:
        return "not_yet"
    if certificate.withdrawn is not None and certificate.withdrawn <= on:
        return "withdrawn"
    if on > expiry(certificate, validity_years):
        return "expired"
    if certificate.frozen is not None and certificate.frozen[0] <= on <= certificate.frozen[1]:
        return "frozen"
    return "counts"


def counting_certificate(part: Part, on: date, validity_years: int) -> Certificate | None:
    """Of the certificates that count on the day, the latest issued; of two issued on one day, the lower."""
    counting = [each for each in part.certificates if certificate_state(each, on, validity_years) == "counts"]
    return max(counting, key=lambda each: (each.issued, -each.tkdn), default=None)


class MakeFacts(NamedTuple):
    """What is known of how a good is made: values in percent and the parameters that give them, None where a fact is missing.

    `brainware` in points; `activity`: whether it lets TKDN be calculated (Pasal 9(2)b-e).
    """

    labour_rule: str | None
    labour: Fraction | None
    overhead_rule: str | None
    overhead: Fraction | None
    brainware: Fraction
    activity: bool | None

    @property
    def complete(self) -> bool:
        return self.labour is not None and self.overhead is not None and self.activity is not None


class Origins:
    """Where each reachable part is made, and its certificate that counts, by part number.

    `origin`: True made in Indonesia, False abroad, None unknown; a counting certificate or a natural resource implies
    Indonesia.
    """

    def __init__(self, bom: Bom, on: date, validity_years: int, order: list[int]) -> None:
        self.bom, self.on, self.validity_years = bom, on, validity_years
        self.origin: list[bool | None] = [None] * len(bom.parts)
        self.certificate: list[Certificate | None] = [None] * len(bom.parts)
        self._look_up(order)

    def _look_up(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            part = self.bom.parts[number]
            made_in = part.made_in
            if part.certificates:
                certificate = counting_certificate(part, self.on, self.validity_years)
                if certificate is not None:
                    self.certificate[number] = certificate
                    made_in = made_in or HOME
            if made_in is None and part.natural_resource:
                made_in = HOME
            self.origin[number] = made_here(made_in)


class Facts(Origins):
    """What the credits of 35/2025 need besides: the credit of the certificate, and whether the maker holds an industrial
    licence (None: not stated)."""

    def __init__(self, bom: Bom, rules: GoodsRules, order: list[int]) -> None:
        self.rules = rules
        self._makes: dict[tuple[str | None, str | None, str | None, bool | None], MakeFacts] = {}
        self.certificate_credit: list[int | None] = [None] * len(bom.parts)
        self.licence: list[bool | None] = [None] * len(bom.parts)
        super().__init__(bom, rules.on, int(rules.value("certificate.validity").number), order)

    def _look_up(self, numbers: Iterable[int]) -> None:
        numbers = list(numbers)
        super()._look_up(numbers)
        suppliers, parts = self.bom.supplier_by_id, self.bom.parts
        for number in numbers:
            certificate, maker = self.certificate[number], parts[number].made_by
            if certificate is not None:
                self.certificate_credit[number] = self.rules.certificate_credit(certificate.tkdn)
            if maker is not None:
                self.licence[number] = suppliers[maker].industrial_licence

    def changed(self, bom: Bom, numbers: Collection[int]) -> Facts:
        """The facts of the same bill with other records of some parts."""
        new = copy(self)
        new.bom = bom
        for name in ("origin", "certificate", "certificate_credit", "licence"):
            column = getattr(self, name).copy()
            setattr(new, name, column)
            for number in numbers:
                column[number] = None
        new._look_up(numbers)
        return new

    def make(self, number: int) -> MakeFacts:
        """How the part is made, as far as the bill says."""
        return self.make_of(self.bom.parts[number])

    def make_of(self, part: Part) -> MakeFacts:
        """How a part of this record is made."""
        rules = self.rules
        made = part.production or NOTHING_STATED
        labour = rules.labour_rule(made.factory, made.indonesian_workers, made.foreign_workers)
        overhead = rules.overhead_rule(made.factory, made.invested_in_indonesia)
        key = (labour, overhead, made.activity, made.hs_heading_changed)
        known = self._makes.get(key)
        if known is None:
            known = self._makes[key] = MakeFacts(
                labour,
                None if labour is None else rules.percent(labour),
                overhead,
                None if overhead is None else rules.percent(overhead),
                Fraction(0),
                rules.calculable(made.activity or TAKEN_ACTIVITY, made.hs_heading_changed),
            )
        if not part.brainware:
            return known
        return known._replace(brainware=rules.brainware_points(rules.brainware(brainware_facts(part))))


def brainware_facts(part: Part) -> dict[str, BrainwareFact]:
    """The brainware facts that the part states."""
    stated = {fact: getattr(part.brainware, fact) for fact in BRAINWARE_FACTS} if part.brainware else {}
    return {fact: value for fact, value in stated.items() if value is not None}


@dataclass(frozen=True, slots=True)
class SizeOnDay:
    """Size class of a supplier, and what it follows from: `stated`, `capital`, `sales`, or None where unknown."""

    scale: str | None
    basis: str | None
    article: str | None
    by_facts: str | None
    """The class its figures would give, also where a class is stated."""


def size_of(supplier: Supplier, rates: RatesOn, law: Regulation | None = None) -> SizeOnDay:
    """Size class of a firm: as stated, else by capital, else by yearly sales (PP 7/2021 Pasal 35)."""
    law = law or regulation(FIRMS)
    for basis in ("capital", "sales"):
        money = getattr(supplier, basis)
        amount = None if money is None else rates.value(money)
        if amount is not None:
            row = law.value(f"scale.{basis}", rates.day).row(amount)
            if supplier.scale is not None:
                return SizeOnDay(supplier.scale, "stated", None, str(row.value))
            return SizeOnDay(str(row.value), basis, f"{law.name} {row.article}", str(row.value))
    return SizeOnDay(supplier.scale, "stated" if supplier.scale else None, None, None)
