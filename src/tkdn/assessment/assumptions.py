"""Assumptions, with the points that rest on each; and warnings of what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tkdn.assessment.facts import brainware_facts, certificate_state, expiry, size_of, term_of_validity
from tkdn.assessment.findings import Assumption, Warning  # noqa: A004
from tkdn.assessment.rounding import two_places
from tkdn.assessment.walk import PartFacts, Walk
from tkdn.bom.day import ROLL_UP_TOLERANCE
from tkdn.bom.model import Certificate
from tkdn.bom.money import STALE_AFTER_DAYS
from tkdn.method.goods import BRAINWARE_FACTS, PERCENT


class AssumptionFinder:
    """Finds what one assessment takes for granted, by asking what its figures were if that did not hold."""

    def __init__(self, walk: Walk, *, today: bool) -> None:
        self.walk, self.day, self.facts, self.today = walk, walk.day, walk.facts, today
        self.parts, self.product = walk.day.parts, walk.product
        self.below = [number for number in self.day.order if not self.day.opens[number] and number != self.product]

    def find(self) -> list[Assumption]:
        found = [Assumption("date-today", values={"date": self.day.day})] if self.today else []
        found.append(Assumption("main-as-stated"))
        return [
            *found,
            *self._manufacture(),
            *self._licences(),
            *self._one_level(),
            *self._expiry(),
            *self._brainware(),
        ]

    def _resting(
        self, code: str, changes: dict[int, PartFacts], supplier: str | None = None, **values: object
    ) -> Assumption:
        base = self.walk.base
        points = [
            None if was is None or then is None else was - then
            for was, then in (
                (base.score, self.walk.what_if(changes, "score")[0].score),
                (base.potential, self.walk.what_if(changes, "potential")[0].potential),
            )
        ]
        ids = tuple(self.parts[number].id for number in changes)
        return Assumption(
            code, ids[0] if len(ids) == 1 else None, supplier, {"count": len(ids), **values}, ids, *points
        )

    def _manufacture(self) -> Iterator[Assumption]:
        def not_stated(number: int) -> bool:
            made = self.parts[number].production
            return made is None or made.activity is None

        base = self.walk.base
        if not_stated(self.product) and base.status != "cannot_be_calculated":
            id_ = self.parts[self.product].id
            yield Assumption("product-manufacture", id_, None, {}, (id_,), base.score, base.potential)
        own = [number for number in self.below if self.walk.own[number] is not None and not_stated(number)]
        if own:
            yield self._resting(
                "manufacture", {number: self.walk.part_facts(number)._replace(certifiable=False) for number in own}
            )

    def _licences(self) -> Iterator[Assumption]:
        by_maker: dict[str | None, list[int]] = defaultdict(list)
        for number in self.below:
            facts = self.walk.part_facts(number)
            uncertified = facts.certificate_credit is None and not facts.natural_resource
            if facts.origin and facts.licence is None and (uncertified or self.walk.own[number] is not None):
                by_maker[self.parts[number].made_by].append(number)
        for maker, numbers in by_maker.items():
            changes = {number: self.walk.part_facts(number)._replace(licence=False) for number in numbers}
            yield self._resting("licence" if maker else "licence-no-maker", changes, maker)

    def _one_level(self) -> Iterator[Assumption]:
        if not self.walk.rules.judged_by_country:
            return
        deep: dict[int, bool] = {}
        for number in reversed(self.day.order):
            if self.day.opens[number]:
                continue
            facts, lines = self.walk.part_facts(number), self.day.lines[number]
            by_country = bool(lines) and self.walk.home[number] == len(lines)
            all_down = bool(lines) and all(deep[child] for child in lines)
            material = facts.statement if facts.statement is not None else all_down
            deep[number] = facts.natural_resource or (facts.origin is True and material)
            decides = facts.certificate_credit is None and not facts.natural_resource and facts.licence is not False
            if (
                number != self.product
                and facts.origin
                and decides
                and facts.statement is None
                and by_country
                and not all_down
            ):
                yield self._resting("one-level", {number: facts._replace(statement=False)})

    def _expiry(self) -> Iterator[Assumption]:
        for number in self.below:
            certificate = self.facts.certificate[number]
            if certificate is not None and certificate.expires is None:
                made_in = self.parts[number].made_in
                facts = self.walk.part_facts(number)._replace(
                    certificate_credit=None,
                    origin=self.parts[number].natural_resource or (None if made_in is None else True),
                )
                expires = expiry(certificate, self.facts.validity_years)
                yield self._resting("expiry", {number: facts}, certificate=certificate.number, expires=expires)

    def _brainware(self) -> Iterator[Assumption]:
        part = self.parts[self.product]
        if part.brainware is not None:
            missing = [fact for fact in BRAINWARE_FACTS if fact not in brainware_facts(part)]
            if missing:
                nothing = Fraction(0)
                yield Assumption(
                    "brainware", part.id, None, {"facts": ", ".join(missing)}, (part.id,), nothing, nothing
                )


class WarningFinder:
    """Finds what is doubtful in one assessment's bill."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.day, self.facts = walk, walk.day, walk.facts
        self.parts = walk.day.parts

    def find(self) -> list[Warning]:
        found = [*self._prices(), *self._rates(), *self._certificates(), *self._suppliers(), *self._ignored()]
        law = self.walk.rules.regulation
        if law.amended:
            found.insert(0, Warning("what-if", values={"changes": "; ".join(law.amended)}))
        return found

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
        on, years = self.day.day, self.facts.validity_years
        for number in self.day.order:
            part = self.parts[number]
            for certificate in part.certificates:
                values = {"certificate": certificate.number, "tkdn": certificate.tkdn}
                state = certificate_state(certificate, on, years)
                if state != "counts":
                    yield Warning(f"certificate-{state.replace('_', '-')}", part.id, values=values)
                if certificate.expires is not None and certificate.expires > term_of_validity(certificate, years):
                    yield Warning("certificate-long", part.id, values=values)
            counting = self.facts.certificate[number]
            if counting is not None:
                yield from self._counting(number, counting)

    def _counting(self, number: int, counting: Certificate) -> Iterator[Warning]:
        part = self.parts[number]
        same_day = [each for each in part.certificates if each.issued == counting.issued and each is not counting]
        if any(certificate_state(each, self.day.day, self.facts.validity_years) == "counts" for each in same_day):
            values: dict[str, object] = {
                "certificate": counting.number,
                "tkdn": counting.tkdn,
                "issued": counting.issued,
            }
            yield Warning("certificates-same-day", part.id, values=values)
        without = self.walk.credit_without_certificate(number)
        credit = self.walk.credit_of(number).low
        if without > credit:
            values = {"certificate": counting.number, "tkdn": counting.tkdn, "credit": credit, "without": without}
            yield Warning("certificate-lowers", part.id, values=values)

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
                more += ["made_in"] if part.made_in not in (None, "ID") else []
                if [*ignored, *more]:
                    yield Warning("in-house-ignored", part.id, values={"keys": ", ".join([*ignored, *more])})
