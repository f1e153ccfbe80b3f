"""Warnings: what is doubtful in a bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkdn.assessment.facts import Origins, certificate_state, size_of, term_of_validity
from tkdn.assessment.findings.finding import Warning  # noqa: A004
from tkdn.assessment.rounding import two_places
from tkdn.assessment.walk import Walk
from tkdn.bom.country import made_here
from tkdn.bom.day import ROLL_UP_TOLERANCE, BillOnDay
from tkdn.bom.model import Certificate
from tkdn.bom.money import STALE_AFTER_DAYS
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation

PERCENT = 100


class BillWarnings:
    """What is doubtful in the bill under any method: prices, rates, certificates, the regulation itself."""

    def __init__(self, day: BillOnDay, origins: Origins, regulation: Regulation, year: int | None) -> None:
        self.day, self.origins, self.regulation, self.year = day, origins, regulation, year
        self.parts = day.parts

    def find(self) -> list[Warning]:
        return [*self._law(), *self._prices(), *self._rates(), *self._certificates()]

    def _law(self) -> Iterator[Warning]:
        if self.regulation.amended:
            yield Warning("what-if", values={"changes": "; ".join(self.regulation.amended)})
        law, on = self.regulation, self.day.day
        if not law.in_force(on):
            values = {"regulation": law.name, "on": on, "last": law.in_force_to, "by": law.repealed_by or "-"}
            yield Warning("regulation-repealed", values=values)
        if law.amended_by is not None and regulation(law.amended_by).in_force(on):
            yield Warning("regulation-amended", values={"regulation": law.name, "by": law.amended_by})
        if self.year is not None and not self.regulation.by_year:
            yield Warning("year-unused", values={"year": self.year, "regulation": self.regulation.id})

    def _prices(self) -> Iterator[Warning]:
        for number, rolled in sorted(self.day.roll_up.items()):
            price = self.day.cost(number)
            if price is not None and abs(rolled - price) > ROLL_UP_TOLERANCE * price:
                values = {
                    "price": two_places(price),
                    "roll_up": two_places(rolled),
                    "percent": two_places((rolled - price) * PERCENT / price),
                }
                yield Warning("price-roll-up", self.parts[number].id, values=values)

    def _rates(self) -> Iterator[Warning]:
        rates = self.day.rates
        priced = (part.price or part.conversion_cost for part in (self.parts[number] for number in self.day.order))
        used = {rates.currency(money) for money in priced if money is not None} - {"IDR"}
        for currency in sorted(used):
            if rates.age(currency) > STALE_AFTER_DAYS:
                start = rates.latest[currency].start
                yield Warning("rate-old", values={"currency": currency, "days": rates.age(currency), "start": start})

    def _certificates(self) -> Iterator[Warning]:
        on, years = self.day.day, self.origins.validity_years
        for number in self.day.order:
            part = self.parts[number]
            for certificate in part.certificates:
                values = {"certificate": certificate.number, "tkdn": certificate.tkdn}
                state = certificate_state(certificate, on, years)
                if state != "counts":
                    yield Warning(f"certificate-{state.replace('_', '-')}", part.id, values=values)
                if certificate.expires is not None and certificate.expires > term_of_validity(certificate, years):
                    yield Warning("certificate-long", part.id, values=values)
            counting = self.origins.certificate[number]
            if counting is not None:
                yield from self._same_day(number, counting)

    def _same_day(self, number: int, counting: Certificate) -> Iterator[Warning]:
        part = self.parts[number]
        same_day = [each for each in part.certificates if each.issued == counting.issued and each is not counting]
        if any(certificate_state(each, self.day.day, self.origins.validity_years) == "counts" for each in same_day):
            values: dict[str, object] = {
                "certificate": counting.number,
                "tkdn": counting.tkdn,
                "issued": counting.issued,
            }
            yield Warning("certificates-same-day", part.id, values=values)


class GoodsWarnings(BillWarnings):
    """And what the credits of 35/2025 bring: certificates that lower them, sizes, licences, facts that change nothing."""

    def __init__(self, walk: Walk, regulation: Regulation, year: int | None) -> None:
        super().__init__(walk.day, walk.facts, regulation, year)
        self.walk, self.facts = walk, walk.facts

    def find(self) -> list[Warning]:
        return [*super().find(), *self._lowering(), *self._suppliers(), *self._ignored()]

    def _lowering(self) -> Iterator[Warning]:
        for number in self.day.order:
            counting = self.facts.certificate[number]
            if counting is None or self.day.opens[number]:
                continue
            without, credit = self.walk.credit_without_certificate(number), self.walk.credit_of(number).low
            if without > credit:
                values = {"certificate": counting.number, "tkdn": counting.tkdn, "credit": credit, "without": without}
                yield Warning("certificate-lowers", self.parts[number].id, values=values)

    def _suppliers(self) -> Iterator[Warning]:
        makers = {self.parts[number].made_by for number in self.day.order}
        for supplier in self.day.bom.suppliers:
            size = size_of(supplier, self.day.rates)
            if supplier.id in makers and supplier.scale is not None and size.by_facts not in (None, supplier.scale):
                values = {"stated": supplier.scale, "by_facts": size.by_facts}
                yield Warning("size-contradicts", supplier=supplier.id, values=values)
        product = self.walk.product
        if self.facts.licence[product] is False:
            yield Warning("product-maker-unlicensed", self.parts[product].id, self.parts[product].made_by)

    def _ignored(self) -> Iterator[Warning]:
        meaningless = ("maker", "all_domestic_material", "natural_resource", "production", "brainware")
        for number in self.day.order:
            part = self.parts[number]
            if part.in_house:
                ignored: Iterable[str] = [key for key in meaningless if getattr(part, key) not in (None, False)]
                more = ["main"] if not part.main else []
                more += ["made_in"] if made_here(part.made_in) is False else []
                if [*ignored, *more]:
                    yield Warning("in-house-ignored", part.id, values={"keys": ", ".join([*ignored, *more])})
