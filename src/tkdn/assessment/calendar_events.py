"""Days that move a bill's certificates: ends of TKDN and BMP, surveillance, freezes, and the points at stake.

Sources: Permenperin 35/2025 Pasal 45(1), 72a (TKDN), 45(2) (BMP), 50(2) (succession), 55(3) (surveillance), 68 (freezes).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tkdn.assessment.certificates import LETTER, CertificateTerms, ended_by, last_day, next_counting, state
from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.i18n import Lang, number, say
from tkdn.short_repr import brief

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.bom.model import Certificate, Part

Kind = Literal[
    "tkdn_begins",
    "tkdn_ends",
    "tkdn_ends_earliest",
    "tkdn_ends_latest",
    "tkdn_withdrawn",
    "bmp_ends",
    "bmp_ends_earliest",
    "bmp_ends_latest",
    "surveillance",
    "freeze_begins",
    "clarification_ends",
    "freeze_limit",
    "freeze_ends",
    "application_again",
]
ALIVE = ("counts", "open", "frozen", "not_yet")
"""States of certificates whose days are still to come."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Stake:
    """The worth of a certificate to a product: the score with it less the score without it, in points.

    `exact_points`: 0 for BMP, which the score does not hold; all of the score if there is none without the certificate; None
    if there is no score, and for the product's own certificate. `counts`: whether it counts for its part on the day asked.
    """

    product: str
    exact_points: Fraction | None
    counts: bool

    @property
    def points(self) -> Decimal | None:
        """Points of the score, with two decimals."""
        return two_places(self.exact_points)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "product": self.product,
            "points": text(self.points),
            "exact": ratio(self.exact_points),
            "counts": self.counts,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """A day in the life of a certificate of a part.

    `since`: first day of a window that ends on `day`, None if there is none. `article`: the article that gives the day, None
    if the certificate itself or the bill states it.
    """

    kind: Kind
    day: date
    since: date | None
    part: str
    name: str | None
    certificate: str
    issued: date
    tkdn: Decimal
    bmp: Decimal | None
    article: str | None
    stakes: tuple[Stake, ...] = ()

    __repr__ = brief

    def message_in(self, lang: Lang) -> str:
        """Return what happens on the day, as a sentence."""
        return self._said("calendar", lang)

    def short_in(self, lang: Lang) -> str:
        """Return what happens on the day, in a few words that name neither part nor certificate."""
        return self._said("calendar_short", lang)

    def _said(self, section: str, lang: Lang) -> str:
        values = {"part": self.name or self.part, "certificate": self.certificate, "since": self.since}
        percent = {"tkdn": number(self.tkdn, lang), "bmp": number(self.bmp, lang)}
        return say(f"{section}.{self.kind}", lang, **values, **percent)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, with its words in English."""
        return {
            "kind": self.kind,
            "day": self.day.isoformat(),
            "since": None if self.since is None else self.since.isoformat(),
            "part": self.part,
            "name": self.name,
            "certificate": self.certificate,
            "issued": self.issued.isoformat(),
            "tkdn": str(self.tkdn),
            "bmp": None if self.bmp is None else str(self.bmp),
            "article": self.article,
            "message": self.message_in("en"),
            "stakes": [each.to_dict() for each in self.stakes],
        }


class _Day(NamedTuple):
    """A kind of event, its day, the parameter that gives it (None: it is stated), and the start of a window."""

    kind: Kind
    day: date
    key: str | None = None
    since: date | None = None


def working_days_after(start: date, days: int) -> date:
    """Return the last of some working days after a day, Monday to Friday, public holidays included; 9999-12-31 at most.

    >>> working_days_after(date(2026, 6, 5), 5), working_days_after(date(2026, 6, 6), 1)
    (datetime.date(2026, 6, 12), datetime.date(2026, 6, 8))
    """
    found = start
    while days and found < date.max:
        found += timedelta(days=1)
        days -= found.weekday() < SATURDAY
    return found


def events_of(assessment: Assessment) -> Iterator[Event]:
    """Yield the events of the certificates of an assessment's parts from its day on."""
    origins, parts = assessment.engine.facts, assessment.day.parts
    terms = origins.terms
    for index in assessment.day.order:
        part = parts[index]
        for certificate in part.certificates:
            days = [each for each in _days(certificate, part, terms) if each.day >= assessment.on]
            if not days:
                continue
            stake = _stake(assessment, index, certificate)
            for each in days:
                yield Event(
                    each.kind,
                    each.day,
                    each.since,
                    part.id,
                    part.name,
                    certificate.number,
                    certificate.issued,
                    certificate.tkdn,
                    certificate.bmp,
                    None if each.key is None else terms.article(each.key),
                    (replace(stake, exact_points=Fraction(0)) if each.kind.startswith("bmp") else stake,),
                )


def _days(certificate: Certificate, part: Part, terms: CertificateTerms) -> Iterator[_Day]:
    """Yield the days of a certificate; those after a day on which it falls for good are left out."""
    if certificate.kind == LETTER:
        return
    withdrawn, among = certificate.withdrawn, part.certificates
    if withdrawn is not None and certificate.frozen is not None and withdrawn >= certificate.frozen[0]:
        blocked = last_day(withdrawn, terms.years("blacklist_years"))  # Pasal 68(6)
        if blocked < date.max:
            yield _Day("application_again", blocked + timedelta(days=1), "certificate.blacklist_years", withdrawn)
    if state(certificate, among, terms.on, terms) not in ALIVE:
        return
    successor = ended_by(certificate, among, date.max)
    if withdrawn is not None and withdrawn > terms.of(certificate).longer:
        withdrawn = None  # it has ended by then
    falls = min((day for day in (withdrawn, successor.issued if successor else None) if day), default=None)
    if certificate.issued > terms.on:
        yield _Day("tkdn_begins", certificate.issued)
    if withdrawn is not None and falls == withdrawn:
        yield _Day("tkdn_withdrawn", withdrawn)
    held = (*_ends_of_tkdn(certificate, terms), *_ends_of_bmp(certificate, among, terms))
    for each in (*held, *_surveillance(certificate, terms), *_freeze(certificate, terms)):
        if falls is None or each.day < falls:
            yield each


def _ends_of_tkdn(certificate: Certificate, terms: CertificateTerms) -> Iterator[_Day]:
    """Yield the last day of the TKDN, or both that it may be (Pasal 45(1), 72a)."""
    term = terms.of(certificate)
    key = None if certificate.expires is not None else terms.key(certificate.issued, certificate.regulation)
    if term.shorter == term.longer:
        yield _Day("tkdn_ends", term.longer, key)
    else:
        yield _Day("tkdn_ends_earliest", term.shorter, key)
        yield _Day("tkdn_ends_latest", term.longer, key)


def _ends_of_bmp(certificate: Certificate, among: Sequence[Certificate], terms: CertificateTerms) -> Iterator[_Day]:
    """Yield the last day of the BMP that the latest certificate carries, or will from its day on (Pasal 45(2))."""
    terms = replace(terms, on=max(terms.on, certificate.issued))
    carrying = [each for each in among if each.bmp is not None and each.kind != LETTER and each.issued <= terms.on]
    if not carrying or max(carrying, key=lambda each: each.issued) is not certificate:
        return
    term = terms.of_bmp(among)
    if term is None:
        return
    key = None if certificate.bmp_expires is not None else "certificate.bmp_validity"
    if term.shorter == term.longer:
        yield _Day("bmp_ends", term.longer, key)
    else:
        yield _Day("bmp_ends_earliest", term.shorter, key)
        yield _Day("bmp_ends_latest", term.longer, key)


def _surveillance(certificate: Certificate, terms: CertificateTerms) -> Iterator[_Day]:
    """Yield the last day of the window in which a verifier looks again, once and at any time (Pasal 55(1), 55(3))."""
    if not certificate.self_declared:
        ends = last_day(certificate.issued, terms.years("surveillance_years"))
        last = min(ends, terms.of(certificate).longer)
        yield _Day("surveillance", last, "certificate.surveillance_years", certificate.issued)


def _freeze(certificate: Certificate, terms: CertificateTerms) -> Iterator[_Day]:
    """Yield the days of a freeze: its first and last, the longest that the law allows, the end of clarification (68)."""
    # A freeze, and the time to clear it up: Permenperin 35/2025 Pasal 68(1), 68(3), 68(4).
    if certificate.frozen is None or certificate.frozen[0] > terms.of(certificate).longer:
        return
    first, last = certificate.frozen
    longest = working_days_after(first, terms.years("freeze_days"))
    yield _Day("freeze_begins", first)
    clarified = working_days_after(first, terms.years("clarification_days"))
    yield _Day("clarification_ends", clarified, "certificate.clarification_days", first)
    if last > longest:
        yield _Day("freeze_limit", longest, "certificate.freeze_days", first)
    yield _Day("freeze_ends", last, None, first)


def _stake(assessment: Assessment, index: int, certificate: Certificate) -> Stake:
    """Return the score with a certificate less the score without it, the part's other certificates as they are."""
    origins, part = assessment.engine.facts, assessment.day.parts[index]
    counts = origins.certificate[index] is certificate
    if index == assessment.day.product:
        return Stake(assessment.product, None, counts)
    rest = next_counting(certificate, part.certificates, assessment.on, origins.terms)
    score = assessment.score_if_certified(index, certificate)
    without = assessment.score_if_certified(index, rest)
    return Stake(assessment.product, None if score is None else score - (without or 0), counts)
