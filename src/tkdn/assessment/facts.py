"""Facts that the law asks of each part on the day, read from the bill: origin, certificate, licence, statement, production.

Nothing is guessed: what the bill does not say is None here, and becomes a gap or a listed assumption.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self

from tkdn.assessment.certificates import CertificateTerms, on_day
from tkdn.assessment.credit import CreditFacts, ProductionFacts
from tkdn.bom.bom import Bom
from tkdn.bom.country import made_here
from tkdn.bom.effective import line_parts
from tkdn.bom.model import Certificate, Part, Production, Supplier
from tkdn.bom.money import RatesOn
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation
from tkdn.method.goods import BRAINWARE_FACTS, BrainwareFact, GoodsRules
from tkdn.method.size import FIRMS

TAKEN_ACTIVITY = "manufacture"
"""An activity not stated is taken as manufacture, and listed as an assumption."""
NOTHING_STATED = Production.model_construct()


class Origins:
    """The origin of each reachable part, and its certificate that counts, by part number.

    `origin`: True made in Indonesia, False abroad, None unknown; a counting certificate or a natural resource implies
    Indonesia. `certificate`: the one that counts; `if_longer`: the one that would if open terms were the longer ones. `closed`:
    in-house stages that are lines by their certificate.
    """

    def __init__(
        self, bom: Bom, terms: CertificateTerms, order: Iterable[int], closed: frozenset[int] = frozenset()
    ) -> None:
        """Look up the origin of every part and its certificate that counts.

        Args:
            bom: the bill.
            terms: the terms of certificates on the day.
            order: numbers of the parts.
            closed: numbers of in-house stages that are lines by their certificate.
        """
        self.bom, self.terms, self.closed = bom, terms, closed
        self.origin: list[bool | None] = [None] * len(bom.parts)
        self.certificate: list[Certificate | None] = [None] * len(bom.parts)
        self.if_longer: dict[int, Certificate | None] = {}
        self._look_up(order)

    @property
    def on(self) -> date:
        """The day of the assessment."""
        return self.terms.on

    def _look_up(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            part = self.bom.parts[number]
            origin = self.stated_origin(part)
            if part.certificates:
                found = on_day(part.certificates, self.terms.on, self.terms)
                if found.is_open:
                    self.if_longer[number] = found.if_longer
                if found.counting is not None:
                    self.certificate[number] = found.counting
                    origin = True if origin is None else origin
            self.origin[number] = origin

    def replaced(self, changes: Mapping[int, tuple[bool | None, Certificate | None]]) -> Self:
        """Return the same with another origin, and another certificate that counts, of some parts."""
        new = copy(self)
        new.origin, new.certificate = self.origin.copy(), self.certificate.copy()
        for index, (origin, certificate) in changes.items():
            new.origin[index], new.certificate[index] = origin, certificate
        new.if_longer = {index: each for index, each in self.if_longer.items() if index not in changes}
        return new

    def has_open_term(self, numbers: Iterable[int]) -> bool:
        """Return whether any certificate of these parts has a term that lies between two."""
        terms = (self.terms.of(each) for number in numbers for each in self.bom.parts[number].certificates)
        return any(term.shorter != term.longer for term in terms)

    @staticmethod
    def stated_origin(part: Part) -> bool | None:
        """Return whether a part is stated to be made in Indonesia; a natural resource is (its certificate apart)."""
        return True if part.made_in is None and part.natural_resource else made_here(part.made_in)


class Facts(Origins):
    """The facts that the credits of 35/2025 need besides, by part number.

    `certificate_credit`, `open_credit`: credit of the certificate that counts, and of one that would by the longer term;
    `licence`: whether the maker holds an industrial licence; `produced`: whether it is production that the maker does.
    """

    def __init__(
        self,
        bom: Bom,
        rules: GoodsRules,
        order: Iterable[int],
        product: int,
        closed: frozenset[int] = frozenset(),
    ) -> None:
        """Look up what the credits of the parts follow from.

        Args:
            bom: the bill.
            rules: the values of the regulation on the day.
            order: numbers of the parts.
            product: number of the product, whose outsourcing is judged otherwise.
            closed: numbers of in-house stages that are lines by their certificate.
        """
        self.rules, self.product = rules, product
        self._makes: dict[tuple[str | None, str | None, str | None, bool | None], ProductionFacts] = {}
        self.certificate_credit: list[int | None] = [None] * len(bom.parts)
        self.open_credit: dict[int, int] = {}
        self.licence: list[bool | None] = [None] * len(bom.parts)
        self.unproduced: dict[int, bool | None] = {}
        super().__init__(bom, CertificateTerms(rules.regulation, rules.on), order, closed)

    def _look_up(self, numbers: Iterable[int]) -> None:
        numbers = list(numbers)
        super()._look_up(numbers)
        parts, rules = self.bom.parts, self.rules
        for number in numbers:
            part, certificate = parts[number], self.certificate[number]
            if certificate is not None:
                self.certificate_credit[number] = rules.certificate_credit(certificate.tkdn)
            if (longer := self.if_longer.get(number)) is not None:
                self.open_credit[number] = rules.certificate_credit(longer.tkdn)
            self.licence[number] = self.licence_of(number, part)
            if part.production is not None or part.kbli is not None:
                produced = rules.produced(self.activity(number, part), part.kbli)
                if not produced:
                    self.unproduced[number] = produced

    def licence_of(self, number: int, part: Part) -> bool | None:
        """Return whether the firm that makes a part holds an industrial licence, None if that is not stated.

        An outsourced product is judged by the firm that makes it (Pasal 27(1)d), an outsourced component by that firm where
        it is stated, else by its maker.
        """
        made = part.production
        outsourced = made is not None and made.factory == "outsourced"
        if made is not None and outsourced and (made.made_by_licence is not None or number == self.product):
            return made.made_by_licence
        maker = part.made_by
        return None if maker is None else self.bom.supplier_by_id[maker].industrial_licence

    def unlicensed_maker(self, number: int) -> bool:
        """Return True if a part lacks an industrial licence because its maker is stated to hold none."""
        made = self.bom.parts[number].production
        by_other = made is not None and made.factory == "outsourced" and made.made_by_licence is not None
        return self.licence[number] is False and not by_other

    def of_part(self, number: int) -> CreditFacts:
        """Return the facts that a part's credit follows from."""
        part = self.bom.parts[number]
        return CreditFacts(
            self.origin[number],
            self.certificate_credit[number],
            part.natural_resource,
            self.licence[number],
            part.all_domestic_material,
            self.unproduced.get(number, True),
            self.open_credit.get(number),
            certifiable=number not in self.closed,
        )

    def activity(self, number: int, part: Part) -> bool | None:
        """Return whether a part's activity lets TKDN be calculated (Pasal 9(2)b-e); None where a fact is missing."""
        made = part.production or NOTHING_STATED
        return self.rules.calculable(made.activity or TAKEN_ACTIVITY, self.tariff_line_changed(number, part))

    def tariff_line_changed(self, number: int, part: Part) -> bool | None:
        """Return whether making a part changes the tariff line: as stated, else as the HS codes show (Pasal 9(2)c)."""
        made = part.production or NOTHING_STATED
        if made.tariff_change is not None or not self.rules.asks_tariff_line(made.activity or TAKEN_ACTIVITY):
            return made.tariff_change
        return self.tariff_line_by_codes(number)

    def tariff_line_by_codes(self, number: int) -> bool | None:
        """Return whether the HS codes of a part and of its main components show a change of the tariff line."""
        bom, parts = self.bom, self.bom.parts
        lines = [parts[child] for child in line_parts(bom.graph, parts, bom.uses, number, self.terms.on)]
        return self.rules.tariff_line_differs(parts[number].hs_code, (line.hs_code for line in lines if line.main))

    def changed(self, bom: Bom, numbers: Collection[int]) -> Facts:
        """Return the facts of the same bill with other records of some parts."""
        new = copy(self)
        new.bom = bom
        for name in ("origin", "certificate", "certificate_credit", "licence"):
            column = getattr(self, name).copy()
            setattr(new, name, column)
            for number in numbers:
                column[number] = None
        for name in ("if_longer", "open_credit", "unproduced"):
            setattr(new, name, {key: value for key, value in getattr(self, name).items() if key not in numbers})
        new._look_up(numbers)
        return new

    def make(self, number: int, part: Part | None = None) -> ProductionFacts:
        """Return how a part is made, as far as the bill says, or as another record of it says."""
        part, rules = part or self.bom.parts[number], self.rules
        made = part.production or NOTHING_STATED
        labour = rules.labour_rule(made.factory, made.indonesian_workers, made.foreign_workers)
        overhead = rules.overhead_rule(made.factory, made.invested_in_indonesia)
        key = (labour, overhead, made.activity, self.tariff_line_changed(number, part))
        known = self._makes.get(key)
        if known is None:
            known = self._makes[key] = ProductionFacts(
                labour,
                None if labour is None else rules.percent(labour),
                overhead,
                None if overhead is None else rules.percent(overhead),
                Fraction(0),
                self.activity(number, part),
            )
        if not part.brainware:
            return known
        return known._replace(brainware=rules.brainware_points(rules.brainware(brainware_facts(part))))


def brainware_facts(part: Part) -> dict[str, BrainwareFact]:
    """Return the brainware facts that the part states."""
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
    """Return the size class of a firm: as stated, else by capital, else by yearly sales (PP 7/2021 Pasal 35)."""
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
