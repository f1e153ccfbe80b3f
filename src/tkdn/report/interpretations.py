"""The score under each reading of the law, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rich.text import Text

from tkdn.assessment.interpretations import Interpretations
from tkdn.display.terminal_table import add_row, console, plain_table
from tkdn.i18n import Lang, clean, legal_word, number, say


def show_interpretations(found: Interpretations, lang: Lang) -> None:
    """Print each reading that moves the score, and the least and greatest over all combinations."""
    out = console()

    def said(key: str, **values: object) -> str:
        return say(f"interpretation.{key}", lang, **values)

    def told(readings: Iterable[tuple[str, str]]) -> str:
        """Return readings in words, on one line."""
        meaning = {key: found.assessment.regulation.parameter(key).meaning[lang] for key, _ in readings}
        return "; ".join(f"{meaning[key]}: {legal_word(reading, lang)}" for key, reading in readings)

    base = number(found.assessment.score, lang)
    if found.rows:
        heads = (("reading", False), ("article", False), ("score", True), ("change", True))
        table = plain_table(said("title", base=base), [(said(head), right) for head, right in heads])
        for row in found.rows:
            taken = said("for_taken", reading=legal_word(row.reading, lang), taken=legal_word(row.taken, lang))
            score = said("no_score") if row.score is None else number(row.score, lang)
            add_row(table, f"{row.meaning[lang]}: {taken}", row.article, score, _signed(row.change, lang))
        out.print(table)
    else:
        out.print(Text(said("none", base=base)))
    for name, extreme in (("least", found.least), ("greatest", found.greatest)):
        readings = told(extreme.readings.items()) or said("as_taken")
        out.print(Text(clean(said(name, score=number(extreme.score, lang), readings=readings))))
    if found.unmoved:
        out.print(Text(clean(said("unmoved", readings=told(found.unmoved))), style="dim"))


def _signed(change: Decimal | None, lang: Lang) -> str:
    """Return points with their sign."""
    if change is None:
        return "-"
    return f"{'+' if change > 0 else ''}{number(change, lang)}"
