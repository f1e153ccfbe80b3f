"""The views of how a list from elsewhere was read, line by line, so that nobody has to trust a guess, and of what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tkdn.display.view import Column, Lines, Table, TableRow, View
from tkdn.i18n import Lang, number, say, shown_origin
from tkdn.io.import_report import Understanding
from tkdn.io.questions import Question
from tkdn.io.reading import Reading


def understanding_view(understood: Understanding, lang: Lang) -> View:
    """Return what headings, numbers, quantities, units, origins and rows were taken for, and what is doubtful."""
    facts = tuple(f"{say(f'read.{key}', lang)}: {value}" for key, value in _facts(understood, lang) if value)
    notes = tuple(f"! {note.place}: {note.message_in(lang)}" for note in understood.notes)
    return View("", "", (Lines("", facts), Lines("", notes)), lang)


def reading_view(reading: Reading, lang: Lang) -> View:
    """Return the open questions of a list with their answers, and how it was understood as far as it was."""
    columns = (
        Column("question", say("question.question", lang)),
        Column("option", say("question.option", lang), "id"),
        Column("line", say("question.line", lang), "id"),
        Column("effect", say("question.effect", lang)),
    )
    rows = tuple(_answers(reading.questions, lang))
    asked = (Table(say("question.questions", lang), columns, rows),) if rows else ()
    wrong = tuple(str(problem) for problem in reading.problems)
    report = () if reading.report is None else understanding_view(reading.report, lang).blocks
    return View("", "", (*asked, *((Lines("", wrong),) if wrong else ()), *report), lang)


def _answers(questions: Iterable[Question], lang: Lang) -> Iterator[TableRow]:
    for each in questions:
        text: str | None = each.message_in(lang)
        for answer in each.answers:
            effect = answer.effect.message_in(lang) if answer.effect else None
            if each.suggestion is not None and answer.value == each.suggestion:
                effect = ", ".join(filter(None, (effect, say("question.suggested", lang))))
            yield {"question": text, "option": answer.option, "line": answer.line, "effect": effect}
            text = None


def _facts(understood: Understanding, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "kind", say(f"list.{understood.kind}", lang)
    where = (understood.format, understood.sheet, understood.encoding, understood.separator)
    yield "format", ", ".join(part for part in where if part and part != "text")
    yield "rows", _rows(understood, lang)
    yield "mapped", "; ".join(f"{each.heading} = {each.key}" for each in understood.columns if each.key)
    yield "unmapped", "; ".join(each.heading for each in understood.columns if not each.key)
    if understood.basis is not None:
        why = understood.basis_because.message_in(lang) if understood.basis_because else ""
        yield "basis", f"{say(f'read.{understood.basis}', lang)} ({why})"
    if understood.decimal is not None:
        shown = understood.decimal_because
        yield "decimal", say(f"read.{understood.decimal}", lang) + (f" ({shown})" if shown else "")
    yield "decimal", ", ".join(f"{head}: {say(f'read.{mark}', lang)}" for head, mark in understood.decimals.items())
    yield "units", _pairs(understood.units)
    yield "currencies", ", ".join(understood.currencies)
    yield "origins", _pairs({text: shown_origin(code, lang) for text, code in understood.origins.items()})
    yield "left_out", ", ".join(map(str, understood.left_out))
    if understood.amounts:
        yield "amounts", say("read.amounts_checked", lang, count=understood.amounts)
    for total in understood.totals:
        values = {"row": total.row, "printed": number(total.printed, lang), "sum": number(total.sum, lang)}
        yield "total", say("read.total_and_sum", lang, **values)


def _rows(understood: Understanding, lang: Lang) -> str:
    first, last = understood.heading_first, understood.heading_row
    head = f"{first}-{last}" if first not in (None, last) else last
    key = "rows_levels" if understood.levels else "rows_only"
    return say(f"read.{key}", lang, rows=understood.rows, levels=understood.levels, head=head)


def _pairs(taken: Mapping[str, str]) -> str:
    return ", ".join(text if text == meaning else f"{text} = {meaning}" for text, meaning in taken.items())
