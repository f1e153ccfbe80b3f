"""Warnings on small industry: self-declaration by a firm that is none, a statement that its capital contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.findings.finding import Warning  # noqa: A004
from tkdn.assessment.small_industry import UNKNOWN, small_industry
from tkdn.law.regulation import Regulation
from tkdn.method.size import SMALL_INDUSTRY


def small_firm_warnings(engine: ExactEngine, law: Regulation) -> Iterator[Warning]:
    """Yield what contradicts Pasal 1(9) and 26(1), each self-declared certificate with the points that rest on it.

    Args:
        engine: The assessment's engine; points are its score less the score without that certificate.
        law: The regulation of the assessment.
    """
    if SMALL_INDUSTRY not in law.parameters:
        return
    day, parts = engine.day, engine.day.parts
    limit = law.value(SMALL_INDUSTRY, day.day).number
    status = {each.id: small_industry(each, day.rates, law) for each in day.bom.suppliers}
    makers = {parts[number].made_by for number in day.order}
    for each in day.bom.suppliers:
        if each.id in makers and status[each.id].contradicts:
            yield Warning("small-contradicts", supplier=each.id, values={"stated": each.scale, "limit": limit})
    for number in day.order:
        certificate, maker = engine.facts.certificate[number], parts[number].made_by
        declared = certificate is not None and certificate.self_declared and not day.explodes[number]
        if certificate is not None and declared and status.get(maker or "", UNKNOWN).small is False:
            values = {"certificate": certificate.number, "tkdn": certificate.tkdn}
            yield Warning(
                "self-declared-not-small", parts[number].id, maker, values, points_of_certificate(engine, number)
            )


def points_of_certificate(engine: ExactEngine, number: int) -> Fraction | None:
    """Return the score less the score without the part's certificate, in points; None if there is no score at all.

    A score that cannot be given without it rests on it as a whole.
    """
    base, stated = engine.base.score, engine.facts.stated_origin(engine.day.parts[number])
    without = engine.part_facts(number)._replace(certificate_credit=None, open_credit=None, origin=stated)
    then = engine.walk_again({number: without}, "score")[0].score
    return None if base is None else base - (then or 0)
