"""Views of regulations: one with every value, its article and how well it is known, and all of them in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tkdn.display.view import Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, legal_word, number, of_law, say
from tkdn.law.regulation import Parameter, Regulation

SIGNS = {"over": ">", "at_least": ">=", "at_most": "<="}


def regulation_view(law: Regulation, lang: Lang) -> View:
    """Return what a regulation is, when it is in force, and all its values."""
    others = [
        f"{say(f'table.{key}', lang)}: {other}"
        for key, other in (("repealed_by", law.repealed_by), ("amended_by", law.amended_by))
        if other is not None
    ]
    rows = [row for parameter in law.parameters.values() for row in _rows(parameter, lang)]
    heads = columns(("meaning", "legal_value", "article", "confidence"), lang, "table")
    table = Table(law.id, heads, tuple(rows), first=None)
    blocks = (Lines("", tuple(others)), table) if others else (table,)
    return View(f"{law.name}: {law.title}", in_force(law, lang), blocks, lang)


def regulations_view(laws: Sequence[Regulation], lang: Lang) -> View:
    """Return the regulations known, one a row."""
    heads = columns(("regulation", "law_name", "in_force", "covers"), lang, "table", gives_way=("law_name",))
    rows = tuple(
        {"regulation": law.id, "law_name": law.name, "in_force": period(law, lang), "covers": of_law(law.covers, lang)}
        for law in laws
    )
    return View("", "", (Table("", heads, rows, first=None),), lang)


def in_force(law: Regulation, lang: Lang) -> str:
    """Return when a regulation is in force, by which article, and how well that is known."""
    known = say(f"confidence.{law.in_force_confidence}", lang)
    article = of_law(law.in_force_article, lang)
    line = f"{say('table.in_force', lang)}: {period(law, lang)} ({article}, {known})"
    return line + (f". {of_law(law.in_force_note, lang)}" if law.in_force_note else "")


def period(law: Regulation, lang: Lang) -> str:
    """Return the days from which and to which a regulation is in force."""
    key = "period" if law.in_force_to else "period_open"
    return say(f"table.{key}", lang, start=law.in_force_from, end=law.in_force_to)


def _rows(parameter: Parameter, lang: Lang) -> Iterator[TableRow]:
    """Yield every value of a parameter, and the rows of its ladders."""
    for value in parameter.values:
        years = f" ({value.start}-{value.end or ''})" if parameter.by_year else ""
        meaning = parameter.meaning[lang] + years + (f" [{of_law(value.note, lang)}]" if value.note else "")
        how = say(f"confidence.{value.confidence}", lang)
        yield {
            "meaning": meaning,
            "legal_value": _legal(value.value, lang),
            "article": of_law(value.article, lang),
            "confidence": how,
        }
        for row in value.rows:
            limit = f"   {SIGNS[row.test]} {number(row.limit, lang)}"
            yield {"meaning": limit, "legal_value": _legal(row.value, lang), "article": of_law(row.article, lang)}


def _legal(value: Decimal | str | None, lang: Lang) -> str | None:
    return number(value, lang) if isinstance(value, Decimal) else value and legal_word(value, lang)
