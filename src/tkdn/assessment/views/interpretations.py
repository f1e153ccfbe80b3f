"""The view of interpretations: the score under each reading of the law, the least and the greatest."""

from __future__ import annotations

from collections.abc import Iterable

from tkdn.assessment.interpretations import Interpretation, Interpretations
from tkdn.assessment.views.words import under
from tkdn.display.view import Block, Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, legal_word, number, say


def interpretations_view(found: Interpretations, lang: Lang) -> View:
    """Return each reading that moves the score, and the least and greatest over all combinations."""

    def said(key: str, **values: object) -> str:
        return say(f"interpretation.{key}", lang, **values)

    def taken(readings: Iterable[tuple[str, str]]) -> str:
        meaning = found.assessment.regulation.parameter
        return "; ".join(f"{meaning(key).meaning[lang]}: {legal_word(reading, lang)}" for key, reading in readings)

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
        said(name, score=number(extreme.score, lang), readings=taken(extreme.readings.items()) or said("as_taken"))
        for name, extreme in (("least", found.least), ("greatest", found.greatest))
    ]
    if found.unmoved:
        lines.append(said("unmoved", readings=taken(found.unmoved)))
    return View(found.assessment.product, under(found.assessment, lang), (*blocks, Lines("", tuple(lines))), lang)


def _row(row: Interpretation, lang: Lang) -> TableRow:
    readings = {"reading": legal_word(row.reading, lang), "taken": legal_word(row.taken, lang)}
    return {
        "reading": f"{row.meaning[lang]}: {say('interpretation.for_taken', lang, **readings)}",
        "article": row.article,
        "score": say("interpretation.no_score", lang) if row.score is None else row.score,
        "change": row.change,
    }
