"""Warnings about certificates: their dates, the later ones that ended them, and what they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

from tkdn.assessment.certificates import LETTER, may_end, on_day, state, surely_ends, text_named
from tkdn.assessment.facts import Origins
from tkdn.assessment.findings.certificate_identity import Mismatch, firms_of, mismatches, told_apart
from tkdn.assessment.findings.finding import Warning  # noqa: A004
from tkdn.bom.day import BillOnDay
from tkdn.bom.firm_names import FirmNames
from tkdn.bom.model import Certificate

NEW_TEXT = "permenperin-35-2025"

ScoreIf = Callable[[int, Certificate | None], Fraction | None]
"""The exact score if this certificate counted for the part of a number, or none did."""


class CertificateWarnings:
    """Doubts about the certificates of the parts on the day, under any method."""

    def __init__(self, day: BillOnDay, origins: Origins, score_if: ScoreIf) -> None:
        """Take the bill on the day, its origins, and the function that gives the score with another certificate of a part."""
        self.day, self.origins, self.parts, self.score_if = day, origins, day.parts, score_if

    @cached_property
    def _firms(self) -> FirmNames:
        return firms_of(self.day.bom.suppliers)

    def find(self) -> Iterator[Warning]:
        """Yield the warnings part by part."""
        on, terms = self.day.day, self.origins.terms
        for number in self.day.order:
            part = self.parts[number]
            for each in part.certificates:
                is_so = state(each, part.certificates, on, terms)
                values = {"certificate": each.number, "tkdn": each.tkdn, "issued": each.issued}
                if is_so == "ended":
                    yield from self._ended(number, each)
                elif is_so in ("counts", "open"):
                    yield from self._identity(number, each)
                else:
                    yield Warning(f"certificate-{is_so.replace('_', '-')}", part.id, values=values)
                if each.expires is not None and each.expires > terms.legal(each.issued, each.regulation).longer:
                    rests = self.origins.certificate[number] is each and number != self.day.product
                    points = self._points_of(number, each, None) if rests else None
                    yield Warning("certificate-long", part.id, None, values, points)
                if text_named(each.regulation) == text_named(NEW_TEXT) and each.issued < terms.new_from:
                    yield Warning("certificate-older-than-text", part.id, values=values)
            counting = self.origins.certificate[number]
            if counting is not None:
                yield from self._same_day(number, counting)
                yield from self._bmp_ended(number, counting)

    def _identity(self, number: int, certificate: Certificate) -> Iterator[Warning]:
        """Yield what a certificate covers by its own words that is not this part of this maker (Pasal 44(2)a)."""
        part, counting = self.parts[number], self.origins.certificate[number]
        maker = self.day.bom.supplier_by_id.get(part.made_by or "")
        for found in mismatches(part, certificate, maker, self._firms):
            yield self._mismatch(number, certificate, found, self._rests_on(number, certificate))
        at = part.certificates.index(certificate)
        for place, other in enumerate(part.certificates):
            if other.kind == LETTER or (other.issued, place) >= (certificate.issued, at):
                continue
            for found in told_apart(other, certificate):
                alone = on_day((other,), self.day.day, self.origins.terms).counting
                is_part = counting is not None and number != self.day.product
                points = self._points_of(number, counting, alone) if is_part else None
                yield self._mismatch(number, certificate, found, points)

    def _mismatch(self, number: int, certificate: Certificate, found: Mismatch, points: Fraction | None) -> Warning:
        values = {"certificate": certificate.number, "tkdn": certificate.tkdn, **found.values}
        return Warning(found.code, self.parts[number].id, None, values, points)

    def _rests_on(self, number: int, certificate: Certificate) -> Fraction | None:
        """Return the score less the score without a certificate; all of it if there is no score without."""
        if number == self.day.product:
            return None
        if self.origins.certificate[number] is not certificate:
            return Fraction(0)
        now = self.score_if(number, certificate)
        return None if now is None else now - (self.score_if(number, None) or 0)

    def _bmp_ended(self, number: int, counting: Certificate) -> Iterator[Warning]:
        """Yield that the BMP of a certificate whose TKDN counts has ended before it (Pasal 45(2))."""
        part = self.parts[number]
        term = self.origins.terms.of_bmp(part.certificates)
        if counting.bmp is not None and term is not None and term.longer < self.day.day:
            yield Warning(
                "bmp-ended", part.id, values={"certificate": counting.number, "bmp": counting.bmp, "last": term.longer}
            )

    def _ended(self, number: int, certificate: Certificate) -> Iterator[Warning]:
        """Yield that a later certificate ended this one; with points where that rests on a name stated on one side only."""
        part, on = self.parts[number], self.day.day
        ended = [each for each in part.certificates if each.issued <= on and may_end(each, certificate)]
        values = {"certificate": certificate.number, "tkdn": certificate.tkdn, "by": ended[0].number}
        if any(surely_ends(each, certificate) for each in ended):
            yield Warning("certificate-ended", part.id, values=values)
            return
        counting = self.origins.certificate[number]
        others = tuple(each for each in part.certificates if each not in ended)
        alone = on_day(others, on, self.origins.terms).counting
        if counting is not None and (alone is None or counting.issued > alone.issued):
            alone = counting  # the later one counts beside it, whoever holds it
        points = None if number == self.day.product else self._points_of(number, alone, counting)
        yield Warning("certificate-succession", part.id, None, values, points)

    def _points_of(self, number: int, one: Certificate | None, other: Certificate | None) -> Fraction | None:
        """Return what the score is more with one certificate of a part than with the other."""
        with_one, with_other = self.score_if(number, one), self.score_if(number, other)
        return None if with_one is None or with_other is None else with_one - with_other

    def _same_day(self, number: int, counting: Certificate) -> Iterator[Warning]:
        part, terms = self.parts[number], self.origins.terms
        same_day = [each for each in part.certificates if each.issued == counting.issued and each is not counting]
        if any(state(each, part.certificates, self.day.day, terms) == "counts" for each in same_day):
            values: dict[str, object] = {
                "certificate": counting.number,
                "tkdn": counting.tkdn,
                "issued": counting.issued,
            }
            yield Warning("certificates-same-day", part.id, values=values)
