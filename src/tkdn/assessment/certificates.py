"""Certificates on a day: which of a part's certificates counts, until when, and which later one ended it.

Sources: Permenperin 35/2025 Pasal 44(2)a (what a certificate says), 45(1) and 72a (its term), 50(2) (succession), 68 (freezes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Literal, NamedTuple, TypeGuard

from tkdn.bom.firm_names import same_firm
from tkdn.bom.model import Certificate
from tkdn.law.regulation import Regulation
from tkdn.textnorm import folded

CertificateState = Literal["counts", "letter", "not_yet", "ended", "withdrawn", "frozen", "expired", "open"]
LETTER = "letter"


@cache
def last_day(issued: date, years: int) -> date:
    """Return the last day of a term of years: the day before its anniversary, 9999-12-31 at most.

    >>> last_day(date(2025, 2, 1), 5), last_day(date(2024, 2, 29), 3), last_day(date(9998, 1, 1), 5)
    (datetime.date(2030, 1, 31), datetime.date(2027, 2, 28), datetime.date(9999, 12, 31))
    """
    if issued.year + years > date.max.year:
        return date.max
    try:
        return issued.replace(year=issued.year + years) - timedelta(days=1)
    except ValueError:  # 29 February: the anniversary in a year without one is 1 March
        return issued.replace(year=issued.year + years, day=issued.day - 1)


def text_named(regulation: str | None) -> tuple[int, int] | None:
    """Return number and year of the text that a certificate names, or None.

    >>> text_named("permenperin-46-2022"), text_named("Permenperin No. 16/M-IND/PER/2/2011"), text_named("the old one")
    ((46, 2022), (16, 2011), None)
    """
    numbers = re.findall(r"\d+", regulation or "")
    years = [each for each in numbers[1:] if len(each) == len("2011")]
    return (int(numbers[0]), int(years[-1])) if years else None


class Term(NamedTuple):
    """The last day of a certificate's term, by the shorter and by the longer reading; equal if the term is known."""

    shorter: date
    longer: date


@dataclass(frozen=True)
class CertificateTerms:
    """The terms of certificates on a day of assessment, looked up in the regulation (Pasal 45(1), 72a)."""

    regulation: Regulation
    on: date

    def years(self, key: str) -> int:
        """Return a whole number of the law of certificates: years, or working days (`certificate.<key>`)."""
        # Permenperin 35/2025 Pasal 45(1), 45(2), 72a.
        if key not in self._years:
            self._years[key] = int(self.regulation.value(f"certificate.{key}", self.on).number)
        return self._years[key]

    @cached_property
    def _years(self) -> dict[str, int]:
        return {}

    def article(self, key: str) -> str:
        """Return the article of a parameter."""
        return self.regulation.value(key, self.on).article

    @cached_property
    def new_from(self) -> date:
        """First day of certificates that 35/2025 gives its own term."""
        # Permenperin 35/2025 Pasal 72a, 75.
        return date.fromisoformat(str(self.regulation.value("certificate.new_from", self.on).value))

    @cached_property
    def takes_longer(self) -> bool:
        """True if a term between two is taken as the longer one (`certificate.open_term`)."""
        # The reading of Permenperin 35/2025 Pasal 72a.
        return self.regulation.value("certificate.open_term", self.on).value == "longer"

    def key(self, issued: date, text: str | None) -> str:
        """Return the parameter that gives the longer reading of the term of a certificate of a day and a text."""
        # New ones five years (Pasal 45(1)), earlier ones by the longer reading (Pasal 72a).
        if issued >= self.new_from:
            return "certificate.validity"
        by_text = _key_of_text(text)
        return by_text if by_text in self.regulation.parameters else "certificate.earlier.longer"

    def legal(self, issued: date, text: str | None) -> Term:
        """Return the term that the law gives, whatever end a certificate prints: by day of issue first, by text second."""
        key = self.key(issued, text).removeprefix("certificate.")
        shorter = "earlier.shorter" if key == "earlier.longer" else key
        return Term(last_day(issued, self.years(shorter)), last_day(issued, self.years(key)))

    def of(self, certificate: Certificate) -> Term:
        """Return the certificate's term: the end it prints, else the law's."""
        if certificate.expires is not None:
            return Term(certificate.expires, certificate.expires)
        return self.legal(certificate.issued, certificate.regulation)

    def of_bmp(self, certificates: Iterable[Certificate]) -> Term | None:
        """Return the term of the BMP that a list of certificates carries on the day, or None if none does.

        The end that the latest printed counts; else five years since the first certificate of this text that carried BMP
        (Pasal 45(2)). BMP of older certificates alone ends with the latest of them (72a, derived). Letters carry none, and a
        certificate of another holder than the latest's begins nothing (derived).
        """
        carrying = [
            each for each in certificates if each.bmp is not None and each.issued <= self.on and each.kind != LETTER
        ]
        if not carrying:
            return None
        latest = max(carrying, key=lambda each: each.issued)
        if latest.bmp_expires is not None:
            return Term(latest.bmp_expires, latest.bmp_expires)
        own = [each for each in carrying if not other_firm(each.holder, latest.holder)]
        first = min((each.issued for each in own if each.issued >= self.new_from), default=None)
        return self.of(latest) if first is None else self.bmp_since(first)

    def bmp_since(self, first: date) -> Term:
        """Return the term of BMP whose first certificate was issued on a day (Pasal 45(2))."""
        end = last_day(first, self.years("bmp_validity"))
        return Term(end, end)


@cache
def _key_of_text(regulation: str | None) -> str:
    """Return the key of the parameter with the term of the text that a certificate names."""
    named = text_named(regulation)
    return f"certificate.earlier.permenperin-{named[0]}-{named[1]}" if named else ""


def may_end(later: Certificate, earlier: Certificate) -> bool:
    """Return True if a certificate issued later ends an earlier one: unless holder or factory are known to differ.

    Re-verification of a value revokes it (Pasal 50(2)); that every later certificate of a holder is one is derived, the
    strict reading. A letter (Surat Keterangan) ends no certificate.
    """
    if LETTER in (later.kind, earlier.kind) or later.issued <= earlier.issued:
        return False
    return not (other_firm(later.holder, earlier.holder) or other_text(later.factory, earlier.factory))


def surely_ends(later: Certificate, earlier: Certificate) -> bool:
    """Return True if `may_end` rests on no name that is stated on one side only."""
    return may_end(later, earlier) and all(
        says_something(getattr(later, name)) == says_something(getattr(earlier, name)) for name in ("holder", "factory")
    )


def says_something(text: str | None) -> TypeGuard[str]:
    """Return True if a text holds a letter or digit; "-" states nothing.

    >>> says_something("PT Roda"), says_something(" - "), says_something(None)
    (True, False, False)
    """
    return text is not None and any(map(str.isalnum, text))


def other_firm(one: str | None, other: str | None) -> bool:
    """Return True if two holders are stated and are two firms, whatever their legal form is written like."""
    return one != other and says_something(one) and says_something(other) and not same_firm(one, other)


def other_text(one: str | None, other: str | None) -> bool:
    """Return True if two texts are stated and differ in more than case, marks and spaces."""
    return one != other and says_something(one) and says_something(other) and folded(one) != folded(other)


def ended_by(certificate: Certificate, among: Iterable[Certificate], on: date) -> Certificate | None:
    """Return the first later certificate that ended this one by the day, or None.

    A value that was revoked stays revoked when the newer one falls (derived, the strict reading).
    """
    later = [each for each in among if each.issued <= on and may_end(each, certificate)]
    return min(later, key=lambda each: each.issued, default=None)


class CertificatesOnDay(NamedTuple):
    """The certificate that counts on a day, and the one that would if open terms were the longer ones; None for none."""

    counting: Certificate | None
    if_longer: Certificate | None

    @property
    def is_open(self) -> bool:
        """True if the answer rests on a term that is not known for sure."""
        return self.if_longer is not self.counting


NO_CERTIFICATE = CertificatesOnDay(None, None)


def state(
    certificate: Certificate, among: Sequence[Certificate], on: date, terms: CertificateTerms
) -> CertificateState:
    """Return whether a certificate of a part counts on the day, and if not, why not; `open`: by the longer term only."""
    if certificate.kind == LETTER:  # Pasal 5(2)a asks for a certificate; 1(15), 39b, 47
        return "letter"
    if on < certificate.issued:
        return "not_yet"
    if len(among) > 1 and ended_by(certificate, among, on) is not None:
        return "ended"
    if certificate.withdrawn is not None and certificate.withdrawn <= on:
        return "withdrawn"
    term = terms.of(certificate)
    if on > term.longer:
        return "expired"
    if certificate.frozen is not None and certificate.frozen[0] <= on <= certificate.frozen[1]:
        return "frozen"
    return "counts" if on <= term.shorter or terms.takes_longer else "open"


def on_day(certificates: Sequence[Certificate], on: date, terms: CertificateTerms) -> CertificatesOnDay:
    """Return which of a part's certificates counts: the latest issued; of two issued on one day, the lower."""
    if not certificates:
        return NO_CERTIFICATE
    states = [(each, state(each, certificates, on, terms)) for each in certificates]
    counting = _latest(each for each, is_so in states if is_so == "counts")
    if not any(is_so == "open" for _, is_so in states):
        return CertificatesOnDay(counting, counting)
    return CertificatesOnDay(counting, _latest(each for each, is_so in states if is_so in ("counts", "open")))


def next_counting(
    certificate: Certificate, among: Sequence[Certificate], on: date, terms: CertificateTerms
) -> Certificate | None:
    """Return which other certificate of a part counts on the day if one of them does not; those it ended stay ended."""
    others = [each for each in among if each is not certificate]
    return _latest(each for each in others if state(each, among, on, terms) == "counts")


def _latest(certificates: Iterable[Certificate]) -> Certificate | None:
    """Return the latest issued of some certificates, the lower of two of one day."""
    found: Certificate | None = None
    for each in certificates:
        if found is None or each.issued > found.issued or (each.issued == found.issued and each.tkdn < found.tkdn):
            found = each
    return found
