"""Views in a notebook: compact tables in HTML that take on the notebook's own look.

There is no script in them and nothing from outside. Text of a bill is escaped, cut if it is very long, and set apart from the
direction of the text around it. Tables have a caption and headings for a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tkdn.display.view import Column, Facts, Lines, Step, Steps, Table, TableRow, View, more, shown_cell
from tkdn.i18n import Lang, clean, say
from tkdn.short_repr import cut

MAX_ROWS = 12
"""Rows of a table that are shown; lines of a list: half of them."""
MAX_CHARACTERS = 120
"""Characters of one cell that are shown; of a line three times as many."""
LEFT = ' style="text-align:left;padding:.2em .6em"'
RIGHT = ' style="text-align:right;padding:.2em .6em"'


def to_html(view: View) -> str:
    """Return a view as a fragment of HTML."""
    head = f"<p><strong>{_safe(view.title)}</strong>" + (f"<br>{_safe(view.under)}" if view.under else "") + "</p>"
    blocks = []
    for block in view.ordered:
        match block:
            case Facts():
                blocks.append(_facts(block, view.lang))
            case Table():
                blocks.append(_table(block, view.lang) if block.rows else "")
            case Lines():
                blocks.append(_lines(block, view.lang) if block.lines else "")
            case Steps():
                items = "".join(f"<li>{_step(step, view.lang)}</li>" for step in block.steps)
                blocks.append(f"<ol>{items}</ol>")
    return f'<div lang="{view.lang}">\n' + "\n".join([head, *filter(None, blocks)]) + "\n</div>"


def _facts(facts: Facts, lang: Lang) -> str:
    """Return labels with values; a value without a label says why the ones above are as they are."""
    reason = say("input.reason", lang)
    body = "".join(
        f'<tr><th scope="row"{LEFT}>{_safe(key or reason)}</th><td{LEFT}>{_safe(value)}</td></tr>'
        for key, value in facts.pairs
    )
    return f"<table>{_caption(facts.title)}<tbody>{body}</tbody></table>"


def _table(table: Table, lang: Lang) -> str:
    head = "".join(f'<th scope="col"{_side(each)}>{_safe(each.heading)}</th>' for each in table.columns)
    body = "".join(_row(table.columns, row, lang) for row in table.rows[:MAX_ROWS])
    if len(table.rows) > MAX_ROWS:
        left = _left_out(len(table.rows) - MAX_ROWS, lang)
        body += f'<tr><td colspan="{len(table.columns)}"{LEFT}>{left}</td></tr>'
    body += "".join(_row(table.columns, row, lang) for row in table.last)
    note = f"<p>{_safe(table.note, 3 * MAX_CHARACTERS)}</p>" if table.note else ""
    return f"<table>{_caption(table.title)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _lines(block: Lines, lang: Lang) -> str:
    shown = [_safe(line, 3 * MAX_CHARACTERS) for line in block.lines[: MAX_ROWS // 2]]
    if len(block.lines) > MAX_ROWS // 2:
        shown.append(_left_out(len(block.lines) - MAX_ROWS // 2, lang))
    if not block.title:
        return "".join(f"<p>{line}</p>" for line in shown)
    items = "".join(f"<li>{line}</li>" for line in shown)
    if block.folded:
        return f"<details><summary>{_safe(block.title)}</summary><ul>{items}</ul></details>"
    return f"<p>{_safe(block.title)}</p><ul>{items}</ul>"


def _step(step: Step, lang: Lang) -> str:
    lines = "".join(f"<li>{_safe(line, 3 * MAX_CHARACTERS)}</li>" for line in step.lines)
    head = f"{_safe(step.title)}: <strong>{_safe(step.result)}</strong>"
    table = _table(step.table, lang) if step.table else ""
    return head + (f"<ul>{lines}</ul>" if lines else "") + table


def _side(column: Column) -> str:
    return RIGHT if column.is_figure else LEFT


def _row(columns: Sequence[Column], cells: TableRow, lang: Lang) -> str:
    first, *others = columns
    rest = "".join(f"<td{_side(each)}>{_safe(shown_cell(cells.get(each.key), each, lang))}</td>" for each in others)
    return f'<tr><th scope="row"{LEFT}>{_safe(shown_cell(cells.get(first.key), first, lang))}</th>{rest}</tr>'


def _left_out(count: int, lang: Lang) -> str:
    return _safe(more(count, lang).replace("...", "…"))


def _caption(text: str) -> str:
    return f'<caption style="text-align:left"><em>{_safe(text)}</em></caption>'


def _safe(value: object, most: int = MAX_CHARACTERS) -> str:
    """Return text as HTML: escaped, without control characters, cut; a dash for nothing."""
    if value in (None, ""):
        return "-"
    return f"<bdi>{escape(cut(clean(value), most))}</bdi>"
