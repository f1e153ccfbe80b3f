"""Views of an enrichment and of matches of certificates, as lines below what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tkdn.display.view import Lines, View
from tkdn.i18n import Lang, say, shown_origin
from tkdn.io.enrichment.certificates import CertificateMatches
from tkdn.io.enrichment.enrichment import Enrichment
from tkdn.io.enrichment.merging import Added, Conflict, shown
from tkdn.io.enrichment.proposals import GRADES, Proposal

MAX_LINES = 20
"""Lines of a kind on a first screen."""


def enrichment_view(found: Enrichment, lang: Lang, *, most: int = MAX_LINES) -> View:
    """Return all of an enrichment but the bill itself.

    Args:
        found: the enrichment.
        lang: the language of all words.
        most: lines of a kind on a first screen.
    """
    return View("", "", tuple(_enrichment(found, lang, most)), lang)


def certificate_matches_view(found: CertificateMatches, lang: Lang, *, most: int = MAX_LINES) -> View:
    """Return all of the matches but the bill itself; options as `enrichment_view`."""
    return View("", "", tuple(_matches(found, lang, most)), lang)


def _enrichment(found: Enrichment, lang: Lang, most: int) -> Iterator[Lines]:
    def said(key: str, **values: object) -> str:
        return say(f"enrichment.{key}", lang, **values)

    parts: dict[str, list[str]] = {}
    for each in found.added:
        written = f" ({each.written})" if each.written else ""
        parts.setdefault(_about(each, lang), []).append(f"{each.field} {_read(each.field, each.value, lang)}{written}")
    added = [f"{about}: {'; '.join(values)}" for about, values in parts.items()]
    yield Lines(said("added", values=len(found.added), records=len(parts)), tuple(added), most)
    if found.same_firms:
        firms = [
            said("same_firm", written=each.written, name=each.name, supplier=each.supplier, place=each.place)
            for each in found.same_firms
        ]
        yield Lines(said("same_firms", count=len(firms)), tuple(firms), most)
    if found.conflicts:
        counts = Counter(each.taken for each in found.conflicts)
        conflicts = [_conflict(each, lang) for each in found.conflicts]
        yield Lines(said("conflicts", kept=counts["bill"], replaced=counts["file"]), tuple(conflicts), most)
    if found.left_out:
        yield Lines("", (said("left_out", columns=", ".join(found.left_out)),))
    if found.dates.because:
        yield Lines("", (said(str(found.dates.order), because=found.dates.because),))
    if found.unmatched:
        near = [f": {said('near', hint=each.hint)}" if each.hint else "" for each in found.unmatched]
        rows = [f"{each.part} ({each.place}){hint}" for each, hint in zip(found.unmatched, near, strict=True)]
        yield Lines(said("unmatched", count=len(rows)), tuple(rows), most)
    if found.untouched:
        yield Lines(said("untouched", count=len(found.untouched)), tuple(found.untouched), most)


def _conflict(each: Conflict, lang: Lang) -> str:
    sides = {side: _read(each.field, getattr(each, side), lang) for side in ("bill", "file")}
    about = _about(each, lang)
    return say(f"enrichment.taken_{each.taken}", lang, about=about, field=each.field, place=each.place, **sides)


def _read(field: str, value: str, lang: Lang) -> str:
    """Return a value as people read it."""
    return shown_origin(value, lang) if field == "made_in" else value


def _about(each: Added | Conflict, lang: Lang) -> str:
    if each.part is None:
        return say("enrichment.supplier", lang, supplier=each.supplier)
    held = each.certificate
    return each.part if held is None else say("enrichment.certificate", lang, part=each.part, certificate=held)


def _matches(found: CertificateMatches, lang: Lang, most: int) -> Iterator[Lines]:
    def listed(key: str, texts: Sequence[str]) -> Iterator[Lines]:
        if texts:
            yield Lines(say(f"matching.{key}", lang, count=len(texts)), tuple(texts), most)

    yield from listed("set_aside", [f"{each.place}: {each.message}" for each in found.set_aside])
    if found.left_out:
        yield Lines("", (say("enrichment.left_out", lang, columns=", ".join(found.left_out)),))
    for grade in GRADES:
        yield from listed(grade, [_proposal(each, lang) for each in found.proposals if each.grade == grade])
    yield from listed("more", [f"{part}: {count}" for part, count in found.more])
    yield from listed("unmatched", found.unmatched)
    yield from listed("without_maker", found.without_maker)
    yield from listed("not_listed", [f"{part}: {number}" for part, number in found.not_listed])


def _proposal(each: Proposal, lang: Lang) -> str:
    held = each.certificate
    firms = f"{each.part_maker or '?'} ~ {each.list_maker or '?'}"
    products = f"{each.part_name or '?'} ~ {each.list_product or '?'}"
    scores = "" if each.maker_score is None else f" [{each.maker_score}, {each.product_score}]"
    said = [
        "; " + say("matching.differs", lang, field=field, bill=bill, listed=listed)
        for field, bill, listed in each.differs
    ]
    return f"{each.part} <- {held.number} ({shown(held.tkdn)}%): {firms} | {products}{scores}{''.join(said)}"
