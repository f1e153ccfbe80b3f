"""Views as Markdown: whole, for a report that a person edits or a repository that keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from tkdn.display.view import Facts, Lines, Steps, Table, View, shown_cell
from tkdn.i18n import Lang, clean


def to_markdown(view: View) -> str:
    """Return a view as Markdown; text of a bill cannot become markup or HTML.

    >>> import tkdn
    >>> to_markdown(tkdn.regulation("pp-7-2021").view("en")).splitlines()[0][:11]
    '# PP 7/2021'
    """
    out = [f"# {escaped(view.title)}", "", *([escaped(view.under), ""] if view.under else [])]
    for block in view.ordered:
        match block:
            case Facts():
                out += [f"- {escaped(f'{label}: {value}' if label else value)}" for label, value in block.pairs]
            case Table() if block.rows:
                out += [f"## {escaped(block.title)}", "", *_table(block, view.lang)]
            case Lines() if block.lines:
                out += [f"## {escaped(block.title)}", ""] if block.title else []
                out += [f"- {escaped(line)}" for line in block.lines]
            case Steps():
                for count, step in enumerate(block.steps, 1):
                    out += [f"## {count}. {escaped(step.title)}", "", f"**{escaped(step.result)}**", ""]
                    out += [f"- {escaped(line)}" for line in step.lines]
                    out += ["", *_table(step.table, view.lang)] if step.table else []
                    out.append("")
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield "| " + " | ".join(escaped(each.heading) for each in table.columns) + " |"
    yield "|" + "|".join(" ---: " if each.is_figure else " --- " for each in table.columns) + "|"
    for row in (*table.rows, *table.last):
        cells = (shown_cell(row.get(each.key), each, lang) or "-" for each in table.columns)
        yield "| " + " | ".join(map(escaped, cells)) + " |"
    if table.note:
        yield from ("", escaped(table.note))


def escaped(said: str) -> str:
    """Return text that is safe in Markdown and in the HTML made from it."""
    said = clean(said).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + char if char in "\\`*_[]|#" else char for char in said)
