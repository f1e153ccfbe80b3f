"""The view of interpretations: the score under each reading of the law, the least and the greatest."""

from __future__ import annotations

from tkdn.assessment.interpretations import Extreme, Interpretation, Interpretations, Readings
from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.words import figure, under
from tkdn.display.view import Block, Lines, Row, Table, View, columns
from tkdn.i18n import Lang, legal_word, number, say


def interpretations_view(found: Interpretations, lang: Lang) -> View:
    """Return each reading that moves the score, and the least and greatest over all combinations."""

    def said(key: str, **values: object) -> str:
        return say(f"interpretation.{key}", lang, **values)

    base = number(found.assessment.score, lang)
    blocks: list[Block] = []
    if found.rows:
        heads = columns(
            ("reading", "article", "score", "change"),
            lang,
            "interpretation",
            holds={"score": "number", "change": "gain"},
        )
        blocks.append(Table(said("title", base=base), heads, tuple(_row(row, lang) for row in found.rows), first=None))
    else:
        blocks.append(Lines("", (said("none", base=base),)))
    lines = [
        said(name, score=figure(extreme.exact, lang), readings=_taken(extreme.readings, lang))
        for name, extreme in _extremes(found)
    ]
    if found.unmoved:
        keys = ", ".join(f"{parameter} = {reading}" for parameter, reading in found.unmoved)
        lines.append(said("unmoved", readings=keys))
    return View(found.assessment.product, under(found.assessment, lang), (*blocks, Lines("", tuple(lines))), lang)


def _extremes(found: Interpretations) -> tuple[tuple[str, Extreme], ...]:
    return ("least", found.least), ("greatest", found.greatest)


def _row(row: Interpretation, lang: Lang) -> Row:
    taken = say(
        "interpretation.for_taken", lang, reading=legal_word(row.reading, lang), taken=legal_word(row.taken, lang)
    )
    return {
        "reading": f"{row.meaning[lang]}: {taken}",
        "article": row.article,
        "score": say("interpretation.no_score", lang) if row.exact is None else two_places(row.exact),
        "change": two_places(row.exact_change),
    }


def _taken(readings: Readings, lang: Lang) -> str:
    """Return readings on one line."""
    taken = ", ".join(f"{key} = {legal_word(value, lang)}" for key, value in readings.items())
    return taken or say("interpretation.as_taken", lang)
