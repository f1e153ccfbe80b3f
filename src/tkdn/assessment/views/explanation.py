"""The view of an explanation: its steps with result, inputs, law and rows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tkdn.assessment.steps import Explanation, Plain, Step, label, law_line, shown
from tkdn.display.view import Column, Steps, Table, View
from tkdn.display.view import Step as ShownStep
from tkdn.i18n import Lang, say


def explanation_view(explanation: Explanation, lang: Lang) -> View:
    """Return an explanation as a view."""
    steps = tuple(_step(step, lang) for step in explanation.steps)
    return View(explanation.title_in(lang), "", (Steps(steps),), lang)


def _step(step: Step, lang: Lang) -> ShownStep:
    lines = [f"{label(key, lang)}: {shown(value, lang)}" for key, value in step.inputs.items()]
    lines += [f"{say('explain.law', lang)}: {law_line(value, lang)}" for value in step.law]
    return ShownStep(step.title_in(lang), shown(step.result, lang), tuple(lines), _table(step, lang))


def _table(step: Step, lang: Lang) -> Table | None:
    if not step.rows:
        return None
    heads = tuple(
        Column(key, label(key, lang), "number" if any(_is_figure(row.get(key)) for row in step.rows) else "text")
        for key in step.rows[0]
    )
    rows = tuple({key: shown(value, lang, mark=False) for key, value in row.items()} for row in step.rows)
    return Table(step.title_in(lang), heads, rows, first=None)


def _is_figure(value: Plain) -> bool:
    return isinstance(value, Decimal | Fraction | int) and not isinstance(value, bool)
