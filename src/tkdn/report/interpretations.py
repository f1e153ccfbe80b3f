"""The score under each reading of the law, as a table for people."""

from __future__ import annotations

from fractions import Fraction

from rich.text import Text

from tkdn.assessment.interpretations import Extreme, Interpretations, Readings
from tkdn.assessment.rounding import two_places
from tkdn.display.terminal_table import add_row, console, plain_table
from tkdn.i18n import Lang, clean, legal_word, number, say


def show_interpretations(found: Interpretations, lang: Lang) -> None:
    """Print each reading that moves the score, and the least and greatest over all combinations."""
    out = console()

    def said(key: str, **values: object) -> str:
        return say(f"interpretation.{key}", lang, **values)

    base = number(found.assessment.score, lang)
    if found.rows:
        heads = (("reading", False), ("article", False), ("score", True), ("change", True))
        table = plain_table(said("title", base=base), [(said(head), right) for head, right in heads])
        for row in found.rows:
            taken = said("for_taken", reading=legal_word(row.reading, lang), taken=legal_word(row.taken, lang))
            score = said("no_score") if row.exact is None else number(two_places(row.exact), lang)
            add_row(table, f"{row.meaning[lang]}: {taken}", row.article, score, _signed(row.exact_change, lang))
        out.print(table)
    else:
        out.print(Text(said("none", base=base)))
    for name, extreme in (("least", found.least), ("greatest", found.greatest)):
        out.print(Text(clean(said(name, score=_score(extreme, lang), readings=_told(extreme.readings, lang)))))
    if found.unmoved:
        keys = ", ".join(f"{parameter} = {reading}" for parameter, reading in found.unmoved)
        out.print(Text(clean(said("unmoved", readings=keys)), style="dim"))


def _score(extreme: Extreme, lang: Lang) -> str:
    return number(two_places(extreme.exact), lang)


def _signed(change: Fraction | None, lang: Lang) -> str:
    """Return points with their sign."""
    if change is None:
        return "-"
    return f"{'+' if change > 0 else ''}{number(two_places(change), lang)}"


def _told(readings: Readings, lang: Lang) -> str:
    """Return readings on one line."""
    told = ", ".join(f"{key} = {legal_word(value, lang)}" for key, value in readings.items())
    return told or say("interpretation.as_taken", lang)
