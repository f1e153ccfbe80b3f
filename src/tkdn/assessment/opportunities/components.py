"""The moves of single components: certify, next band, all domestic, localise, renew, register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.certificates import on_day
from tkdn.assessment.credit import LOCALISED, CreditFacts, Ground, ground_of
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.opportunities.candidate import Candidate, Changes, Plain
from tkdn.assessment.rounding import falling, of_hundredths
from tkdn.assessment.small_industry import small_industry
from tkdn.bom.country import HOME, made_here
from tkdn.bom.model import Certificate, Part
from tkdn.days import months_later
from tkdn.exact import EXACT
from tkdn.method.goods import PERCENT, first_above
from tkdn.method.size import SMALL_INDUSTRY

TO_BE_ISSUED = "to be issued"
"""Number of a certificate that does not exist yet."""
NO_MAKER: Mapping[str, None] = {"supplier": None, "maker": None}
"""A part bought from another firm, which is still to be found."""

Family = list[Candidate]
"""Cases of one move that differ only in what the part then earns, the lowest first; or a single move."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of certificates: its lowest value in hundredths of a percent, what it earns, and its article."""

    first: Decimal
    credit: int
    article: str


class ComponentMoves:
    """The moves of all components that the product takes."""

    def __init__(self, assessment: GoodsAssessment, months: int) -> None:
        """Take an assessment; certificates that expire within `months` are to be renewed."""
        # The bands of certificates (Pasal 5(2)a).
        self.assessment, self.engine, self.day = assessment, assessment.exact_engine, assessment.day
        self.facts, self.rules = assessment.facts, assessment.rules
        self._firms = assessment.bom.supplier_by_id
        self._articles: dict[str, str] = {}
        self.until = months_later(assessment.on, months)
        product = self.engine.product
        stages = self.facts.closed  # of a certified stage the maker decides alone: no move of a component
        self.real = [
            number
            for number in self.day.order
            if number != product and not self.day.explodes[number] and number not in stages
        ]
        rows = self.rules.value("credit.certificate").rows
        self.rungs = [Rung(first_above(row), int(row.value), self._cited(row.article)) for row in reversed(rows)]

    def find(self) -> Iterator[Family]:
        """Yield all moves, as families, in the bill's order."""
        for number in self.real:
            facts = self.engine.part_facts(number)
            if facts.origin is not True:
                yield from self._localise(number)
            elif facts.certificate_credit is not None:
                yield from self._next_band(number, facts)
                yield from self._renew(number, facts)
            elif ground_of(facts, all_domestic=True) is Ground.ALL_DOMESTIC:
                yield from self._certify(number, facts)
                yield from self._all_domestic(number, facts)
        yield from self._register()

    def _cited(self, article: str) -> str:
        return self.assessment.regulation.cite(article)

    def _article(self, key: str) -> str:
        if key not in self._articles:
            self._articles[key] = self._cited(self.rules.value(key).article)
        return self._articles[key]

    def _rung(self, value: Decimal) -> int:
        """Return the place of a certified value on the ladder."""
        return max(place for place, rung in enumerate(self.rungs) if value >= rung.first or not place)

    # Certificates

    def _with_certificate(self, part: Part, value: Decimal, *, declared: bool = False) -> Changes:
        """Return the part with a new certificate of the day, verified or self-declared; it ends the earlier (Pasal 50(2))."""
        on = self.assessment.on
        kept = tuple(each for each in part.certificates if each.issued != on)
        new: dict[str, Any] = {"number": TO_BE_ISSUED, "tkdn": format(value, "f"), "issued": on.isoformat()}
        if declared:
            new["self_declared"] = True
        return {"parts": {part.id: {"certificates": [*map(_plain, kept), new]}}}

    def _certify(self, number: int, facts: CreditFacts) -> Iterator[Family]:
        """Yield the cases of a part's first certificate: as a verifier certifies, and as a small industry declares it.

        A self-declared value is counted by Pasal 4 to 9, so without brainware (Pasal 26(4)).
        """
        part, own = self.day.parts[number], self.engine.own[number]
        maker = small_industry(self._firms.get(part.made_by or ""), self.day.rates, self.assessment.regulation)
        small = maker.small is True
        about: dict[str, Plain] = {"credited": self.engine.credit_of(number).today, "small": small}
        if small:
            about |= {"small_by": maker.basis, "small_limit": self.rules.value(SMALL_INDUSTRY).number}
        if own is None:
            family = [
                self._certified(number, facts, rung.first, f"at_{rung.credit}", about, headline=False, declared=small)
                for rung in self.rungs
            ]
            yield family
            return
        engine, brainware = self.engine, self.engine.makes[number].brainware
        value = of_hundredths(own)
        today = of_hundredths(self._own(number, self._credited_today(number), brainware))
        about |= {"own": value, "own_today": today}
        if small:
            about["declared"] = of_hundredths(self._own(number, engine.credited[number], Fraction(0)))
        alike = small and not brainware
        verified = about | self._next_edge(number, value)
        yield [self._certified(number, facts, value, "own_bill", verified, declared=alike)]
        if self._rung(today) != self._rung(value):
            yield [self._certified(number, facts, today, "today", verified, headline=False, declared=alike)]
        lower = about.get("declared")
        if isinstance(lower, Decimal) and lower != value:
            edge = about | self._next_edge(number, lower)
            yield [self._certified(number, facts, lower, "self_declared", edge, headline=False, declared=True)]

    def _certified(
        self,
        number: int,
        facts: CreditFacts,
        value: Decimal,
        variant: str,
        about: Mapping[str, Plain],
        *,
        headline: bool = True,
        declared: bool = False,
    ) -> Candidate:
        part, rung = self.day.parts[number], self.rungs[self._rung(value)]
        return Candidate(
            "certify",
            variant,
            part.id,
            self._with_certificate(part, value, declared=declared),
            {**about, "value": value, "credit": rung.credit},
            (rung.article,),
            number,
            part.made_by,
            headline,
            facts={number: facts._replace(certificate_credit=rung.credit, open_credit=None)},
            closing=self._closer(number, about),
        )

    def _credited_today(self, number: int) -> int:
        """Return the sum over the part's main lines of cost weight x today's credit."""
        lines, engine = self.day.weights[number] or (), self.engine
        return sum(weight * engine.credit_of(child).today for child, weight in lines if engine.main[child])

    def _own(self, number: int, credited: int, brainware: Fraction) -> int:
        """Return TKDN from the part's own bill in hundredths of a percent, with this material sum and brainware."""
        made = self.engine.makes[number]
        labour, overhead = made.labour or Fraction(0), made.overhead or Fraction(0)
        return self.rules.own_hundredths(credited, self.engine.total(number), labour, overhead, brainware)

    def _next_edge(self, number: int, value: Decimal) -> dict[str, Plain]:
        """Return the next rung above a value, how far it is, and what in the part's own bill would close the distance."""
        place = self._rung(value)
        if place + 1 == len(self.rungs):
            return {}
        following = self.rungs[place + 1]
        return {
            "next_value": following.first,
            "next_credit": following.credit,
            "distance": EXACT.subtract(following.first, value),
        }

    def _closer(self, number: int, edge: Mapping[str, Plain]) -> Callable[[], list[dict[str, Any]]] | None:
        if self.engine.own[number] is None or "distance" not in edge:
            return None
        return lambda: self._closing(number)

    def _closing(self, number: int) -> list[dict[str, Any]]:
        """Return what raising each line and each factor to the full adds to the part's own TKDN, most first.

        A line is raised by being made wholly domestic.
        """
        engine, made = self.engine, self.engine.makes[number]
        material, labour, overhead = (weight / PERCENT for weight in self.rules.weights)
        top, bottom = material.numerator, material.denominator * self.engine.total(number)
        found: list[dict[str, Any]] = [
            {"part": self.day.parts[child].id, "adds": Fraction(top * missing * weight, bottom)}
            for child, weight in self.day.weights[number] or ()
            if engine.main[child] and (missing := PERCENT - engine.credit_of(child).potential)
        ]
        for name, weight, value in (("labour", labour, made.labour), ("overhead", overhead, made.overhead)):
            if value is not None and value < PERCENT:
                found.append({"factor": name, "adds": weight * (PERCENT - value)})
        return sorted(found, key=lambda each: falling(each["adds"]))

    def _next_band(self, number: int, facts: CreditFacts) -> Iterator[Family]:
        certificate, part, own = self.facts.certificate[number], self.day.parts[number], self.engine.own[number]
        assert certificate is not None
        about: dict[str, Plain] = {
            "certificate": certificate.number,
            "certified": certificate.tkdn,
            "credited": self.engine.credit_of(number).today,
            "own": None if own is None else of_hundredths(own),
        }
        edge = self._next_edge(number, certificate.tkdn)
        values = {"next": edge.get("next_value")}
        if own is not None and self.rules.band(own) > self.engine.credit_of(number).today:
            values["own_bill"] = of_hundredths(own)
        for variant, value in values.items():
            if isinstance(value, Decimal):
                rung = self.rungs[self._rung(value)]
                yield [
                    Candidate(
                        "next_band",
                        variant,
                        part.id,
                        self._with_certificate(part, value),
                        {**about, **edge, "value": value, "credit": rung.credit},
                        (rung.article,),
                        number,
                        part.made_by,
                        facts={number: facts._replace(certificate_credit=rung.credit, open_credit=None)},
                        closing=self._closer(number, edge),
                    )
                ]

    def _renew(self, number: int, facts: CreditFacts) -> Iterator[Family]:
        # A new certificate holds five years (Pasal 45(1)).
        certificate, part = self.facts.certificate[number], self.day.parts[number]
        assert certificate is not None
        on, terms = self.assessment.on, self.facts.terms
        last = terms.of(certificate).shorter
        if last > self.until:
            return
        left = tuple(  # ended, not left out: an earlier one that it ended does not come back
            each.model_copy(update={"withdrawn": on}) if terms.of(each).shorter <= last else each
            for each in part.certificates
        )
        if all(each.withdrawn == on for each in left):
            left = ()
        then = on_day(left, on, terms).counting
        without = facts._replace(
            certificate_credit=None if then is None else self.rules.certificate_credit(then.tkdn),
            open_credit=None,
            origin=True if then is not None or part.natural_resource else made_here(part.made_in),
        )
        yield [
            Candidate(
                "renew",
                "",
                part.id,
                self._with_certificate(part, certificate.tkdn, declared=certificate.self_declared is True),
                {"certificate": certificate.number, "certified": certificate.tkdn, "expires": last.isoformat()},
                (self._article("certificate.validity"),),
                number,
                part.made_by,
                against={"parts": {part.id: {"certificates": [_plain(each) for each in left]}}},
                facts={number: facts},
                lost={number: without},
            )
        ]

    # Where things are made

    def _bought_here(self, number: int, *, all_domestic_material: bool) -> dict[str, Any]:
        """Return the changes for an import bought in Indonesia at the same cost.

        The firm is still to be found; it makes the part, and does not only finish it.
        """
        fields = {"made_in": HOME, **NO_MAKER, "all_domestic_material": all_domestic_material}
        return fields | {"production": None, "kbli": None} if number in self.facts.unproduced else fields

    def _localise(self, number: int) -> Iterator[Family]:
        # Made here: Pasal 5(2)b.1.a with all raw material domestic, else Pasal 5(2)b.2.
        industrial, domestic = "credit.industrial_company", "credit.all_domestic_material"
        bought = [
            self._bought(number, "uncertified", self._article(industrial), self.rules.credit(industrial), LOCALISED)
        ]
        for rung in self.rungs:
            facts = LOCALISED._replace(certificate_credit=rung.credit)
            variant = f"certified_{rung.credit}"
            bought.append(self._bought(number, variant, rung.article, rung.credit, facts, certified=rung.first))
        facts = LOCALISED._replace(statement=True)
        last = self._bought(number, "all_domestic", self._article(domestic), self.rules.credit(domestic), facts)
        if self.rules.judged_by_country:
            yield [*bought, last]
        else:
            yield from (bought, [last])

    def _bought(
        self, number: int, variant: str, article: str, credit: int, facts: CreditFacts, certified: Decimal | None = None
    ) -> Candidate:
        """Return a case of an import bought here: its facts then, and the value of its certificate if it has one."""
        part = self.day.parts[number]
        fields = self._bought_here(number, all_domestic_material=facts.statement is True)
        if certified is not None:
            fields |= self._with_certificate(part, certified)["parts"][part.id]
        today = self.engine.credit_of(number).today
        return Candidate(
            "localise",
            variant,
            part.id,
            {"parts": {part.id: fields}},
            {"made_in": part.made_in, "credited": today, "credit": credit},
            (article,),
            number,
            part.made_by,
            headline=variant == "uncertified",
            facts={number: facts},
        )

    def _all_domestic(self, number: int, facts: CreditFacts) -> Iterator[Family]:
        # Pasal 5(2)b.1.a, Lampiran I.2.a.
        engine, parts, part = self.engine, self.day.parts, self.day.parts[number]
        if engine.credit_of(number).today == self.rules.credit("credit.all_domestic_material"):
            return
        lines = self.day.lines[number]
        remaining = [child for child in lines if not engine.credit_of(child).certainly_domestic]
        deep = not self.rules.judged_by_country
        changed: dict[int, CreditFacts] = {}
        fields: dict[str, dict[str, Any]] = {}
        for child in remaining:
            if engine.part_facts(child).origin is True:
                changed[child] = engine.part_facts(child)._replace(statement=True)
                fields[parts[child].id] = {"all_domestic_material": True}
            else:
                changed[child] = CreditFacts(True, None, natural_resource=False, licence=None, statement=deep)
                fields[parts[child].id] = self._bought_here(child, all_domestic_material=deep)
        if not lines or facts.statement is False:
            changed[number] = facts._replace(statement=None if lines else True)
            fields[part.id] = {"all_domestic_material": None if lines else True}
        about: dict[str, Plain] = {
            "credited": engine.credit_of(number).today,
            "credit": self.rules.credit("credit.all_domestic_material"),
            "lines": len(lines),
            "remaining": [{"part": parts[child].id, "made_in": parts[child].made_in} for child in remaining],
        }
        yield [
            Candidate(
                "all_domestic",
                "" if lines else "statement",
                part.id,
                {"parts": fields},
                about,
                (self._article("credit.all_domestic_material"), self._article("raw_material_test")),
                number,
                part.made_by,
                facts=changed,
            )
        ]

    def _register(self) -> Iterator[Family]:
        """Yield makers that are stated to hold no industrial licence: their uncertified parts earn nothing."""
        # What is made, and not by an industrial company, gets the least credit (Pasal 5(2)b.3).
        held: dict[str, list[int]] = defaultdict(list)
        for number in (*self.real, self.engine.product):
            maker = self.day.parts[number].made_by
            if maker is not None and self.facts.unlicensed_maker(number):
                held[maker].append(number)
        for maker, numbers in held.items():
            domestic = [self.day.parts[number].id for number in numbers if self.facts.origin[number]]
            if domestic:
                yield [
                    Candidate(
                        "register",
                        "",
                        None,
                        {"suppliers": {maker: {"industrial_licence": True}}},
                        {"parts": [{"part": each} for each in domestic]},
                        (self._article("credit.other"),),
                        supplier=maker,
                        facts={number: self.engine.part_facts(number)._replace(licence=True) for number in numbers},
                    )
                ]


def _plain(certificate: Certificate) -> dict[str, Any]:
    return certificate.model_dump(mode="json", exclude_unset=True)
