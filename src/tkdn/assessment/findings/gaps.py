"""Gaps: what the bill does not say, and which figures it would change."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.credit import Ground
from tkdn.assessment.engines.engine import Move
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.facts import NOTHING_STATED, size_of
from tkdn.assessment.findings.finding import Affected, Gap, in_order
from tkdn.bom.model import IKM_SCALES, Certificate
from tkdn.method.goods import PERCENT


class GapFinder:
    """The search for the gaps of one assessment."""

    def __init__(self, engine: ExactEngine) -> None:
        """Take the engine of an assessment by weighted factors."""
        self.engine, self.day, self.facts = engine, engine.day, engine.facts
        self.parts, self.product = engine.day.parts, engine.product
        self.real = [number for number in self.day.order if not self.day.explodes[number]]
        self.sizes = {supplier.id: size_of(supplier, self.day.rates).scale for supplier in self.day.bom.suppliers}

    def find(self) -> list[Gap]:
        """Return all gaps: of the product first, then in the bill's order."""
        found = [
            *self._product(),
            *self._terms(),
            *self._finished(),
            *self._origins(),
            *self._prices(),
            *self._bills(),
            *self._makes(),
            *self._sizes(),
        ]
        return sorted(found, key=lambda gap: -len(set(gap.affects) & {"score"}))

    def _gap(self, code: str, number: int, *affects: Affected, **values: object) -> Gap:
        return Gap(code, self.parts[number].id, values=values, affects=in_order(affects))

    def _product(self) -> Iterator[Gap]:
        if self.engine.base.status == "cannot_be_calculated":
            return
        codes = {obstacle.code for obstacle in self.engine.base.obstacles}
        for code in ("no-lines", "no-main-line", "heading-unknown"):
            if code in codes:
                yield self._gap(code, self.product, "score", "potential", "lift")
        yield from self._production(self.product, "score", "potential")

    def _production(self, number: int, *affects: Affected) -> Iterator[Gap]:
        """Yield missing facts of labour and overhead; facts that cannot change the value any more are not asked for."""
        made = self.engine.makes.get(number) or self.facts.make(number)
        stated = self.parts[number].production or NOTHING_STATED
        if made.labour is None:
            if stated.indonesian_workers is None or stated.foreign_workers is None:
                yield self._gap("workers-missing", number, *affects)
            elif not stated.indonesian_workers + stated.foreign_workers:
                yield self._gap("no-workers", number, *affects)
        if made.overhead is None and stated.invested_in_indonesia is None:
            yield self._gap("investment-missing", number, *affects)
        if stated.factory is None and (made.labour is None or made.overhead is None):
            yield self._gap("factory-missing", number, *affects)

    def _terms(self) -> Iterator[Gap]:
        """Yield the certificates that count by the longer of two terms only, with what each would add."""
        for number, longer in self.facts.if_longer.items():
            if longer is None or number == self.product or number not in self.day.rank:
                continue
            is_stage = self.day.explodes[number]
            yield certificate_term_open(
                self.parts[number].id,
                longer,
                self.facts.terms,
                None if is_stage else self._score_with(number, longer),
                self.engine.base.score,
                on_score=not is_stage and self._is_open_line(number),
            )

    def _score_with(self, index: int, certificate: Certificate) -> Fraction | None:
        """Return the exact score if a certificate counted for a part."""
        return self.engine.what_if([(Move(index, "certified", Fraction(certificate.tkdn)),)], "score")[0].value

    def _is_open_line(self, number: int) -> bool:
        """Return whether the score is open because of the credit of this line of the product."""
        engine = self.engine
        is_line = number in self.day.lines[self.product] and engine.main[number]
        return is_line and engine.base.status != "cannot_be_calculated" and not engine.credit_of(number).known

    @cached_property
    def finished(self) -> list[int]:
        """Parts that are credited as not produced until the change of their tariff line is stated (Pasal 9(2)c)."""
        return [
            number
            for number in self.real
            if self.facts.unproduced.get(number, True) is None
            and number != self.product
            and self.engine.credit_of(number).ground is Ground.NOT_PRODUCED
        ]

    def _finished(self) -> Iterator[Gap]:
        for number in self.finished:
            affects: tuple[Affected, ...] = ("score", "potential") if self._is_open_line(number) else ("potential",)
            yield self._gap("heading-unknown", number, *affects)

    def _origins(self) -> Iterator[Gap]:
        on_score = self._origins_on_score()
        for number in self.real:
            if self.facts.origin[number] is None:
                affects: set[Affected] = {"potential"}
                if number in on_score:
                    affects.add("score")
                if self._may_be_ikm(number):
                    affects.add("lift")
                yield self._gap("origin-unknown", number, *affects)

    def _may_be_ikm(self, number: int) -> bool:
        maker = self.parts[number].made_by
        scale = None if maker is None else self.sizes[maker]
        return number != self.product and (scale is None or scale in IKM_SCALES)

    def _origins_on_score(self) -> set[int]:
        """Return the parts of unknown origin that today's score depends on."""
        engine, day, origin = self.engine, self.day, self.facts.origin
        if engine.base.status == "cannot_be_calculated":
            return set()
        found = {self.product} if origin[self.product] is None else set()
        lines = day.lines[self.product]
        if True not in [origin[child] for child in lines]:
            found |= {child for child in lines if origin[child] is None}
        open_ended = [child for child in lines if engine.main[child] and not engine.credit_of(child).known]
        seen = set(open_ended)
        for number in open_ended:  # grows under the stricter test, which looks all the way down
            if origin[number] is None:
                found.add(number)
                continue
            for child in day.lines[number]:
                credit = engine.credit_of(child)
                if credit.certainly_domestic != credit.possibly_domestic and child not in seen:
                    seen.add(child)
                    open_ended.append(child)
        return found

    def _prices(self) -> Iterator[Gap]:
        day = self.day
        on_score: set[int] = set()
        on_potential: set[int] = set()
        for number in self.real:
            if day.lines[number] and day.weights[number] is None:
                missing = {
                    child for child in day.lines[number] if self.engine.main[child] and day.unit_cost[child] is None
                }
                (on_score if number == self.product else on_potential).update(self._without_price(missing))
        for number in self.real:
            if number in on_score:
                yield self._gap("price-missing", number, "score", "potential", "lift")
            elif number in on_potential:
                yield self._gap("price-missing", number, "potential")

    def _without_price(self, missing: set[int]) -> set[int]:
        """Return the parts without price and bill that leave these parts without a cost."""
        day, found = self.day, set()
        queue = list(missing)
        for number in queue:
            if not day.lines[number]:
                found.add(number)
            for child in day.lines[number]:
                if day.unit_cost[child] is None and child not in missing:
                    missing.add(child)
                    queue.append(child)
        return found

    def _bills(self) -> Iterator[Gap]:
        for number in self.real:
            credit, is_line = self.engine.credit_of(number), self.parts[number].main and number != self.product
            lacks_bill = not self.day.lines[number] and credit.today < PERCENT
            if is_line and lacks_bill and credit.ground is Ground.INDUSTRIAL_COMPANY:
                yield self._gap("bill-missing", number, "potential")

    def _makes(self) -> Iterator[Gap]:
        for number in self.real:
            if number == self.product or not self.day.lines[number] or number in self.facts.closed:
                continue
            credit, made = self.engine.credit_of(number), self.engine.makes[number]
            open_ended = credit.domestic and credit.potential < PERCENT and self.facts.licence[number] is not False
            if open_ended and not made.complete:
                yield from self._production(number, "potential")
                if made.activity is None and number not in self.finished:
                    yield self._gap("heading-unknown", number, "potential")

    def _sizes(self) -> Iterator[Gap]:
        makers: dict[str, None] = {}
        for number in self.real:
            if self.facts.origin[number] and number != self.product:
                maker = self.parts[number].made_by
                if maker is not None:
                    makers[maker] = None
                elif not self.parts[number].natural_resource:
                    yield self._gap("maker-missing", number, "lift")
        for maker in makers:
            if self.sizes[maker] is None:
                yield Gap("size-unknown", supplier=maker, affects=("lift",))


def certificate_term_open(
    part: str,
    certificate: Certificate,
    terms: CertificateTerms,
    with_it: Fraction | None,
    base: Fraction | None,
    *,
    on_score: bool = True,
) -> Gap:
    """Return the gap of a certificate that counts by the longer of two terms only (Pasal 72a).

    Args:
        part: id of the part.
        certificate: the certificate.
        terms: the terms of certificates on the day.
        with_it: exact score if it counts.
        base: exact score as it is.
        on_score: whether the score rests on it.
    """
    shorter, longer = terms.of(certificate)
    values = {
        "certificate": certificate.number,
        "tkdn": certificate.tkdn,
        "issued": certificate.issued,
        "shorter": shorter,
        "longer": longer,
    }
    affects: tuple[Affected, ...] = ("score", "potential") if on_score else ("potential",)
    points = None if with_it is None or base is None else with_it - base
    return Gap("certificate-term-open", part, None, values, affects, points)
