"""Bids of a tender for goods: those that may be taken, their final evaluation price, and the winner.

Order of choice: Perpres 16/2018 Pasal 66 as amended, PP 29/2018 Pasal 61. Price preference: Pasal 67, or Perpres 54/2010.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.rounding import text, two_places
from tkdn.assessment.steps import LegalValue, Plain, Step, Word
from tkdn.bom.model import Money
from tkdn.bom.money import RatesOn
from tkdn.documents.laws import content_law, legal, tender_rules
from tkdn.documents.model import BidsDocument, Document
from tkdn.documents.reading import expect
from tkdn.documents.records import Bid
from tkdn.documents.result import Note, Result, dated, ratio, shown
from tkdn.i18n import Lang, say
from tkdn.method.procurement import Choice, Offer, TenderRules
from tkdn.outputs import headed
from tkdn.short_repr import brief


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason for an answer: a code, and its words in either language."""

    code: str
    names: str = ""

    def message_in(self, lang: Lang) -> str:
        """Return the reason in words of the language."""
        return say(f"reason.{self.code}", lang, part=self.names)

    def __str__(self) -> str:
        """Return the reason in English."""
        return self.message_in("en")


@dataclass(frozen=True, slots=True)
class BidRow:
    """A bid: eligible or not and the reason, price coefficient, final evaluation price and rank; all exact."""

    bid: Bid
    offer: Offer
    expired: bool
    eligible: bool
    reason: Reason
    exact_kp: Fraction
    exact_hea: Fraction
    rank: int | None

    __repr__ = brief

    @property
    def bidder(self) -> str:
        """Name of the bidder."""
        return self.bid.bidder

    @property
    def kp(self) -> Decimal:
        """Price coefficient in percent, two decimals."""
        return two_places(self.exact_kp)

    @property
    def hea(self) -> int:
        """Final evaluation price in whole rupiah, half up."""
        return whole(self.exact_hea)

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data: percentages and the price with two decimals, HEA in whole rupiah."""
        return {
            "bidder": self.bidder,
            "price": shown(self.offer.price),
            "tkdn": shown(self.offer.tkdn),
            "bmp": shown(self.offer.bmp),
            "eligible": self.eligible,
            "reason": str(self.reason),
            "reason_code": self.reason.code,
            "kp": text(self.kp),
            "hea": str(self.hea),
            "exact": {"kp": ratio(self.exact_kp), "hea": ratio(self.exact_hea)},
            "rank": self.rank,
        }


@dataclass(frozen=True, repr=False)
class BidsResult(Result[BidsDocument]):
    """A tender: the `step` of the order of choice, its `rule`, the `winner` (None: `reason` says why), the `bids`."""

    rules: TenderRules
    estimate: Fraction
    choice: Choice
    preferred: bool
    bids: tuple[BidRow, ...]

    @property
    def step(self) -> str | None:
        """The step that applies: a, b, c, d or import; None if it is not known."""
        return None if self.choice.rule is None else self.choice.rule.step

    @property
    def rule(self) -> str | None:
        """The article of the step."""
        rule = self.choice.rule
        return None if rule is None else f"{rule.regulation.name} {rule.value.article}"

    @property
    def first(self) -> tuple[BidRow, ...]:
        """The bids that share the first rank."""
        return tuple(row for row in self.bids if row.rank == 1)

    @property
    def winner(self) -> str | None:
        """The bidder who wins, or None: then `reason` says why."""
        return self.first[0].bidder if len(self.first) == 1 else None

    @property
    def reason(self) -> Reason:
        """The reason why the winner wins, or why nobody does."""
        if not self.first:
            return Reason("none_eligible")
        if len(self.first) > 1:
            return Reason("tied", ", ".join(row.bidder for row in self.first))
        (best,) = self.first
        equal = any(row.eligible and row is not best and row.exact_hea == best.exact_hea for row in self.bids)
        return Reason("higher_tkdn" if equal else "lowest_hea" if self.preferred else "lowest_price")

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages with two decimals, final evaluation prices in whole rupiah."""
        return headed(
            "tkdn-bids-result",
            {
                **self.head(),
                "step": self.step,
                "rule": self.rule,
                "owner_estimate": shown(self.estimate),
                "estimate_is_ceiling": self._has_ceiling,
                "vat": self.document.vat,
                "preference": shown(Fraction(self.document.preference)),
                "preference_applies": self.preferred,
                "winner": self.winner,
                "reason": str(self.reason),
                "reason_code": self.reason.code,
                "bids": [row.to_dict() for row in self.bids],
                **self.tail(),
            },
        )

    def _steps(self) -> Iterator[Step]:
        stated: tuple[dict[str, Plain], ...] = tuple(
            {
                "bidder": row.bidder,
                "tkdn": row.offer.tkdn,
                "bmp": row.offer.bmp,
                "sum": row.offer.tkdn + row.offer.bmp,
                "siinas": row.bid.siinas,
                "imported": row.bid.imported,
                "expires": _iso(row.bid.certificate_expires),
                "eligible": row.eligible,
                "reason": Word(f"reason.{row.reason.code}"),
            }
            for row in self.bids
        )
        applies = Word(f"value.step_{self.step or 'unknown'}")
        yield Step("bids_order", {"note": Word("note.only-these-bids")}, tuple(self._order_law()), applies, stated)
        yield Step("bids_ceiling", self._ceiling_inputs(), self._ceiling_law(), self._has_ceiling)
        inputs: dict[str, Plain] = {"estimate": self.estimate, "preference": self.document.preference}
        keys = ("estimate_over", "most", "least_tkdn")
        law = self._law(*(key for each in keys if (key := f"preference.{each}") in self.law.parameters))
        if (duty := self.rules.duty).in_force(self.on):
            law += tuple(
                legal(duty, key, duty.value(key, self.on)) for key in ("preference.most", "preference.least_tkdn")
            )
        yield Step("bids_preference", inputs, law, self.preferred)
        prices: tuple[dict[str, Plain], ...] = tuple(
            {
                "bidder": row.bidder,
                "price": row.offer.price,
                "tkdn": row.offer.tkdn,
                "kp": row.exact_kp,
                "hea": Decimal(row.hea),
                "rank": Word("value.dash") if row.rank is None else row.rank,
            }
            for row in self.bids
        )
        yield Step("bids_hea", {}, self._law("preference.formula"), Word("value.whole_rupiah"), prices)
        reason = Word(f"reason.{self.reason.code}", self.reason.names)
        winner = self.winner or Word("document.nobody")
        yield Step("bids_winner", {"reason": reason}, self._law("preference.tie"), winner)

    @property
    def _has_ceiling(self) -> bool:
        """True if offers above the owner's estimate are out in this tender (Pasal 26(5)b, 26(7))."""
        ceiling = self.rules.ceiling
        return ceiling is not None and ceiling.value == "yes" and self.document.estimate_exempt is not True

    def _ceiling_inputs(self) -> dict[str, Plain]:
        vat = self.document.vat
        return {
            "estimate": self.estimate,
            "estimate_exempt": self.document.estimate_exempt,
            "vat": Word(f"value.vat_{vat}") if vat else None,
        }

    def _ceiling_law(self) -> tuple[LegalValue, ...]:
        return () if self.rules.ceiling is None else self._law("estimate.ceiling")

    def _order_law(self) -> Iterator[LegalValue]:
        duty = self.rules.duty
        order = self.rules.order
        if order:
            for key in ("procurement.duty", "procurement.least_tkdn"):
                yield legal(duty, key, duty.value(key, self.on))
        for each in order:
            yield legal(each.regulation, f"order.{each.step}", each.value)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def whole(value: Fraction) -> int:
    """Return an amount in whole rupiah, half up.

    >>> whole(Fraction(1050000000 * 100, 109))
    963302752
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def bids(document: Document) -> BidsResult:
    """Return the bids of a tender for goods that may be taken, their final evaluation prices, and the winner.

    A bid above the owner's estimate cannot be chosen, unless the document states an exception; its product still counts for
    the order of choice. Source: Perpres 16/2018 Pasal 26, 66-67 as amended, PP 29/2018 Pasal 61, Perpres 54/2010.

    Args:
        document: a `BidsDocument`.

    Returns:
        The step that applies, each bid with its price coefficient, final evaluation price (rupiah) and rank, and the winner.

    Raises:
        UsageError: `document-kind` if the document is of another kind.

    >>> from tkdn.documents import from_dict
    >>> result = bids(from_dict({"format": "tkdn-bids", "version": 1, "date": "2026-06-01",
    ...     "owner_estimate": {"amount": "1200000000"}, "preference": "25",
    ...     "bids": [{"bidder": "A", "price": {"amount": "1050000000"}, "tkdn": "60"},
    ...              {"bidder": "C", "price": {"amount": "1025000000"}, "tkdn": "25"}]}))
    >>> result.step, result.winner, [row.hea for row in result.bids]
    ('a', 'A', [892500000, 960937500])
    """
    tender = expect(document, BidsDocument)
    on = tender.day
    rules, rates = tender_rules(tender.regulation, on), RatesOn(tender.rates, on)

    def rupiah(money: Money) -> Fraction:
        value = rates.value(money)
        assert value is not None  # a missing rate is a problem of the document
        return value

    estimate = rupiah(tender.owner_estimate)
    offers = [_offer(bid, rupiah(bid.price), on) for bid in tender.bids]
    # Chosen on all offers: a product that is offered above the estimate exists, and may open a step (Pasal 26(5)b, 66).
    choice, preferred = rules.choose(offers), rules.applies(estimate)
    rows = tuple(_rows(tender, rules, offers, choice, estimate))
    notes = tuple(_notes(tender, rules, choice, preferred, rows))
    return BidsResult(tender, on, rules.regulation, (*dated(tender), *notes), rules, estimate, choice, preferred, rows)


def _rows(
    tender: BidsDocument, rules: TenderRules, offers: Sequence[Offer], choice: Choice, estimate: Fraction
) -> Iterator[BidRow]:
    """Yield each bid with its price coefficient, final evaluation price and rank (Pasal 26(5)b, 26(7), 67)."""
    exempt = tender.estimate_exempt is True
    above = [not exempt and rules.is_above(offer.price, estimate) for offer in offers]
    preference = Fraction(tender.preference if rules.applies(estimate) else 0)
    kps = [rules.kp(offer.tkdn, preference) for offer in offers]
    heas = [rules.hea(offer.price, kp) for offer, kp in zip(offers, kps, strict=True)]
    eligible = [admitted and not over for admitted, over in zip(choice.admitted, above, strict=True)]
    ranks = rules.ranks(
        [(hea, offer.tkdn) if may else None for hea, offer, may in zip(heas, offers, eligible, strict=True)]
    )
    for index, (bid, offer) in enumerate(zip(tender.bids, offers, strict=True)):
        reason = _why(choice, bid, offer, admitted=choice.admitted[index], above=above[index])
        late = _is_expired(bid, rules.on)
        yield BidRow(bid, offer, late, eligible[index], reason, kps[index], heas[index], ranks[index])


def _is_expired(bid: Bid, on: date) -> bool:
    return bid.certificate_expires is not None and bid.certificate_expires < on


def _bmp_ended(bid: Bid, on: date) -> bool:
    """Return True if the offer's BMP has ended on the day, by the end it prints or by its term (35/2025 Pasal 45(2))."""
    if bid.bmp_expires is not None:
        return bid.bmp_expires < on
    law = content_law()
    if bid.bmp_since is None or not law.in_force(on):
        return False
    return CertificateTerms(law, on).bmp_since(bid.bmp_since).longer < on


def _offer(bid: Bid, price: Fraction, on: date) -> Offer:
    """Return the offer as it counts on the day: an expired certificate gives neither TKDN nor BMP, ended BMP nothing.

    Permenperin 35/2025 Pasal 45(1) and (2).
    """
    expired = _is_expired(bid, on)
    tkdn = Fraction(0 if bid.tkdn is None or expired else bid.tkdn)
    bmp = Fraction(0 if bid.bmp is None or expired or _bmp_ended(bid, on) else bid.bmp)
    return Offer(price, tkdn, bmp, bid.siinas is True, bid.imported is True)


def _why(choice: Choice, bid: Bid, offer: Offer, *, admitted: bool, above: bool) -> Reason:
    """Return the reason why a bid may be taken, or why not (Pasal 26(5)b, 66)."""
    if above and admitted:
        return Reason("above_estimate")
    if choice.rule is None:
        return Reason("order_unknown")
    if admitted:
        return Reason(f"admitted_{choice.rule.step}")
    if offer.imported:
        return Reason("imported")
    if choice.rule.step == "d":
        return Reason("not_listed")
    if choice.rule.step == "import":
        return Reason("neither_certified_nor_listed" if bid.imported is False else "origin_unknown")
    if offer.tkdn > 0:
        return Reason("below_least_tkdn")
    return Reason("not_certified")


def _notes(
    document: BidsDocument, rules: TenderRules, choice: Choice, preferred: bool, rows: Sequence[BidRow]
) -> Iterator[Note]:
    """Yield what is to be known next to the ranks: rules that are not known, facts that are not stated."""
    law, on = rules.regulation, rules.on
    yield Note("only-these-bids")
    if choice.rule is None:
        yield Note("order-unknown", {"law": law.name, "on": on.isoformat()})
    elif choice.rule.step == "a":
        yield Note("enough-under-a")
    if not law.in_force(on):
        yield Note("law-ended", {"law": law.name, "to": law.in_force_to})
    if rules.ceiling is None:
        yield Note("ceiling-unknown", {"law": law.name})
    if document.vat is None:
        yield Note("vat-unknown")
    if any(row.reason.code == "above_estimate" for row in rows) and not any(row.eligible for row in rows):
        yield Note("all-above-estimate")
    if rules.estimate_over is None:
        yield Note("estimate-unknown", {"law": law.name})
    elif not preferred:
        yield Note("no-preference", {"limit": rules.estimate_over.number})
    late = [row.bidder for row in rows if row.expired]
    if late:
        yield Note("expired", {"names": ", ".join(late)})
    ended = [row.bidder for row in rows if row.bid.bmp and not row.expired and _bmp_ended(row.bid, on)]
    if ended:
        yield Note("bmp-ended", {"names": ", ".join(ended)})
    undated = [row.bidder for row in rows if row.bid.tkdn and row.bid.certificate_expires is None]
    if undated:
        yield Note("undated", {"names": ", ".join(undated)})
