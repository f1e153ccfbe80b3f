"""Warnings: what is doubtful in a bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkdn.assessment.credit import Ground, ground_of
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.facts import Origins, size_of
from tkdn.assessment.findings.certificate_warnings import CertificateWarnings, ScoreIf
from tkdn.assessment.findings.finding import Warning  # noqa: A004
from tkdn.assessment.findings.small_firms import small_firm_warnings
from tkdn.assessment.rounding import two_places
from tkdn.bom.country import made_here
from tkdn.bom.day import ROLL_UP_TOLERANCE, BillOnDay
from tkdn.bom.money import STALE_AFTER_DAYS
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation

PERCENT = 100
MOST_NAMED = 2
"""Parts that one warning names."""


class BillWarnings:
    """Doubts about the bill under any method: prices, rates, certificates, the regulation itself."""

    def __init__(
        self, day: BillOnDay, origins: Origins, regulation: Regulation, year: int | None, score_if: ScoreIf
    ) -> None:
        """Take what is warned about.

        Args:
            day: the bill on the day.
            origins: the origins and certificates of its parts.
            regulation: the regulation of the assessment.
            year: calculation year.
            score_if: gives the score with another certificate of a part.
        """
        self.day, self.origins, self.regulation, self.year = day, origins, regulation, year
        self.parts, self.score_if = day.parts, score_if

    def find(self) -> list[Warning]:
        """Return the warnings: of the law, prices, rates, certificates."""
        certificates = CertificateWarnings(self.day, self.origins, self.score_if)
        return [*self._law(), *self._prices(), *self._rates(), *certificates.find()]

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


class GoodsWarnings(BillWarnings):
    """And what the credits of 35/2025 bring: certificates that lower them, sizes, licences, facts that change nothing."""

    def __init__(self, engine: ExactEngine, regulation: Regulation, year: int | None, score_if: ScoreIf) -> None:
        """Take the engine of an assessment by weighted factors.

        Args:
            engine: the engine.
            regulation: the regulation of the assessment.
            year: calculation year.
            score_if: gives the score with another certificate of a part.
        """
        super().__init__(engine.day, engine.facts, regulation, year, score_if)
        self.engine, self.facts = engine, engine.facts

    def find(self) -> list[Warning]:
        """Return the warnings under any method, then those that only weighted factors have."""
        return [
            *super().find(),
            *self._lowering(),
            *self._suppliers(),
            *self._tariff_lines(),
            *self._services(),
            *self._opened(),
            *small_firm_warnings(self.engine, self.regulation),
            *self._ignored(),
        ]

    def _lowering(self) -> Iterator[Warning]:
        for number in self.day.order:
            counting = self.facts.certificate[number]
            if counting is None or self.day.explodes[number]:
                continue
            without, credit = self.engine.credit_without_certificate(number).today, self.engine.credit_of(number).today
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

    def _tariff_lines(self) -> Iterator[Warning]:
        """Yield an old name of a field, and a stated change of tariff line that the HS codes contradict (Pasal 9(2)c)."""
        for number in self.day.order:
            made = self.parts[number].production
            if made is None:
                continue
            if made.hs_heading_changed is not None:
                yield Warning("tariff-old-name", self.parts[number].id)
            if made.activity == "finishing" and made.tariff_change is not None:
                by_codes = self.facts.tariff_line_by_codes(number)
                if by_codes not in (None, made.tariff_change):
                    yield Warning(f"tariff-contradicts-{'changed' if by_codes else 'same'}", self.parts[number].id)

    def _services(self) -> Iterator[Warning]:
        """Yield the parts that earn nothing if their maker's KBLI makes them an industrial service (Pasal 16)."""
        engine, rules = self.engine, self.engine.rules
        for number in self.day.order:
            part, facts = self.parts[number], engine.part_facts(number)
            is_plain = ground_of(facts, all_domestic=True) is Ground.ALL_DOMESTIC and number != engine.product
            if is_plain and not self.day.explodes[number] and rules.services_produce and rules.is_service(part.kbli):
                then, base = (
                    engine.walk_again({number: facts._replace(produced=False)}, "score")[0].score,
                    engine.base.score,
                )
                points = None if then is None or base is None else base - then
                yield Warning("service-kbli", part.id, part.made_by, {"kbli": part.kbli}, points)

    def _opened(self) -> Iterator[Warning]:
        """Yield that only lines that are not main, or earn nothing, open the calculation (Pasal 9(2)a)."""
        engine, product = self.engine, self.engine.product
        opening = [child for child in self.day.lines[product] if engine.credit_of(child).domestic]
        earns = any(engine.main[child] and engine.credit_of(child).today for child in opening)
        if engine.base.score is not None and opening and not earns:
            ids = ", ".join(self.parts[child].id for child in opening[:MOST_NAMED])
            yield Warning("opened-by-little", self.parts[product].id, values={"parts": ids})

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
