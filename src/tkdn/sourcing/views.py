"""The view of matches of suppliers: why and what they gain, what they take of capacities, the parts that stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.words import title, under
from tkdn.bom.region import region
from tkdn.display.view import FIRST_ROWS, Holds, Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, decimal, number, say
from tkdn.io.supplier_directory.vocabulary import terms
from tkdn.sourcing.match import Load, Match
from tkdn.sourcing.matching import Matching

HOLDS: dict[str, Holds] = {"gain": "gain", "used": "number", "capacity": "number"}


def matching_view(found: Matching, lang: Lang) -> View:
    """Return matches as a view: those that were assigned first, so that a first screen shows them."""

    def said(key: str, **values: object) -> str:
        return say(f"sourcing.{key}", lang, **values)

    keys = ("part", "supplier", "region", "grade", "why", "assigned", "gain")
    others = [match for match in found.matches if not match.assigned]
    shown = min(len(found.assigned), 2 * FIRST_ROWS)
    rows = tuple(_row(match, lang) for match in (*found.assigned, *others))
    rest = said("more", count=len(rows) - shown) if len(rows) > shown else ""
    blocks = [Table(said("matches"), columns(keys, lang, "sourcing", holds=HOLDS), rows, first=shown, rest=rest)]
    if found.loads:
        blocks.append(_loads(found.loads, lang))
    return View(
        title(found.assessment), under(found.assessment, lang), (*blocks, Lines("", tuple(_summary(found, lang)))), lang
    )


def _row(match: Match, lang: Lang) -> TableRow:
    return {
        "part": match.part,
        "supplier": " ".join(filter(None, (match.supplier, match.supplier_name))),
        "region": say(f"nearness.{match.nearness}", lang),
        "grade": say(f"grade.{match.grade}", lang),
        "why": "; ".join(_why(match, lang)),
        "assigned": say("sourcing.yes", lang) if match.assigned else None,
        "gain": two_places(match.gain),
    }


def _summary(found: Matching, lang: Lang) -> Iterator[str]:
    """Yield what the table does not hold: the place, parts that stay and why, what is not stated, the score together."""

    def said(key: str, **values: object) -> str:
        return say(f"sourcing.{key}", lang, **values)

    yield said("near", region=region(found.near)) if found.near else said("near_unknown")
    wanted = len(found.assigned) + len(found.unplaced)
    yield said("placed", placed=len(found.assigned), wanted=wanted)
    reasons = Counter(each.why for each in found.unplaced)
    if reasons:
        why = "; ".join(f"{say(f'unplaced.{why}', lang)} {count}" for why, count in reasons.most_common())
        yield f"{said('unplaced', count=len(found.unplaced))} ({why})"
    for key, ids in found.not_stated.items():
        if ids:
            yield said(f"not_stated_{key}", count=len(ids), wanted=wanted, firms=found.firms)
    if found.aside:
        yield said("aside", parts=", ".join(found.aside))
    score, gain = found.assessment.exact, found.joint_gain
    values = {"score": number(two_places(score), lang)}
    if gain is None:
        yield said("score_missing", **values)
    else:
        after = number(two_places((score or 0) + gain), lang)
        signed = ("+" if gain > 0 else "") + number(two_places(gain), lang)
        yield said("score", after=after, gain=signed, **values)


def _why(match: Match, lang: Lang) -> Iterator[str]:
    """Yield what is not met and what is unknown; else that all is met."""
    unknown = [say(f"criterion.{each.name}", lang) for each in match.criteria if each.state == "unknown"]
    for each in match.criteria:
        if each.state == "not_met":
            name = say(f"criterion.{each.name}", lang)
            yield say("criterion.not_met", lang, name=name, needed=each.needed, offered=each.offered)
    if unknown:
        yield say("criterion.unknown", lang, names=", ".join(unknown))
    elif match.grade == "full":
        yield say("criterion.met", lang)


def _loads(loads: Sequence[Load], lang: Lang) -> Table:
    rows = []
    for load in loads:
        used, capacity = (
            f"{_amount(value, lang)} {load.capacity.unit}" for value in (load.used, Fraction(load.capacity.amount))
        )
        process = terms("process")[load.process]
        named = process.indonesian if lang == "id" else process.english
        parts = ", ".join(load.parts)
        rows.append({"supplier": load.supplier, "process": named, "used": used, "capacity": capacity, "parts": parts})
    keys = ("supplier", "process", "used", "capacity", "parts")
    return Table(say("sourcing.loads", lang), columns(keys, lang, "sourcing", holds=HOLDS), tuple(rows), first=None)


def _amount(value: Fraction, lang: Lang) -> str:
    found = decimal(value)
    return number(two_places(value) if found is None else found, lang)
