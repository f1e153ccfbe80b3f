"""What the pages take from the library: tables of columns, lists, codes and commands, the pages of the regulations, notebooks."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tkdn
from tkdn.bom.tables.columns import TABLES, Column, ColumnKind
from tkdn.cli import app
from tkdn.display.doors import DOORS, VIEWS
from tkdn.i18n import number, say
from tkdn.io import enrichment, part_lists
from tkdn.io.part_lists.headings import APART
from tkdn.io.part_lists.layouts import layouts

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tkdn.law.regulation import Parameter, Regulation, Value

HERE = Path(__file__).parent
PAGES = HERE / "regulations"
SIGNS = {"over": ">", "at_least": "≥", "at_most": "≤"}


def tables() -> dict[str, str]:
    """The generated tables as Markdown, by the name under which a page takes them: `{{ columns_parts }}`."""
    columns = {f"columns_{kind.name}": _columns(kind.columns) for kind in TABLES}
    return {
        **columns,
        "kinds_of_lists": _kinds(),
        "headings": _headings(),
        **_second(),
        "codes": _codes(),
        "doors": _doors(),
        "commands": _commands(),
    }


def _kinds() -> str:
    """The lists that programs write: how each is told, and what its quantities are for."""
    shapes = {"levels": "levels", "edges": "parent and part", "boms": "bill by bill"}
    basis = {"per_parent": "one of the part above", None: "stated or proven"}
    by_shape = {"edges": "one of the parent", "boms": "what the bill makes; divided by it"}
    rows = []
    for each, entry in zip(layouts(), _data("layouts")["layout"], strict=True):
        groups = [" or ".join(f"`{word}`" for word in group[:2]) for group in entry.get("needs", ())]
        told = "; ".join(groups) or "columns " + ", ".join(f"`{key}`" for key in each.generic)
        quantities = f"*not read*: {each.refused}" if each.refused else by_shape.get(each.shape, basis[each.basis])
        rows.append([f"`{each.name}`", each.title, shapes[each.shape], quantities, told])
    return table(["`--from`", "what", "written as", "quantities are for", "told by its headings"], rows)


def _headings() -> str:
    """The headings that mean a column, by language, as they are written in the data."""
    by_key = _data("headings")
    by_key = {key: words for key, words in by_key.items() if key not in APART}
    languages = ("en", "id", "de")
    rows = [[f"`{key}`", *(", ".join(words[language]) for language in languages)] for key, words in by_key.items()]
    return table(["column", "English", "Indonesian", "German"], rows)


def _second() -> dict[str, str]:
    """The headings of a second file that bills do not have; facts of a firm without saying of which stand by their own key."""
    words = tomllib.loads((resources.files(enrichment) / "headings.toml").read_text(encoding="utf-8"))["enrichment"]
    rows = [
        [f"`{key}`", *(", ".join(named[language]) for language in ("en", "id", "de"))] for key, named in words.items()
    ]
    return {"second_headings": table(["column", "English", "Indonesian", "German"], rows)}


def _data(name: str) -> dict[str, Any]:
    """A file of data of the lists, as it is written."""
    return tomllib.loads((resources.files(part_lists) / f"{name}.toml").read_text(encoding="utf-8"))


def _doors() -> str:
    """Return the table of doors: what is opened, and where it leads."""
    views = {f"the view of `{name.rpartition('.')[2]}`": target for name, target in VIEWS.items()}
    rows = [f"| {name} | `{target.removeprefix('tkdn.')}` |" for name, target in {**DOORS, **views}.items()]
    return "\n".join(["| door | leads to |", "| --- | --- |", *rows])


def _codes() -> str:
    """Every code of the page of errors, in the order of the alphabet, by kind."""
    found = re.findall(r"^\((\w+)-([a-z-]+)\)=$", (HERE / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    kinds: dict[str, list[str]] = {}
    for kind, code in sorted(found):
        kinds.setdefault(kind, []).append(f"[`{code}`](#{kind}-{code})")
    return table(["kind", "codes"], ([kind, ", ".join(codes)] for kind, codes in kinds.items()))


def _commands() -> str:
    """The commands, what each is for, and the example of its help."""
    rows = []
    for command in app.registered_commands:
        assert command.callback is not None
        about, _, example = (inspect.getdoc(command.callback) or "").partition("\n\nExample: ")
        rows.append([f"`tkdn {command.callback.__name__.replace('_', '-')}`", about.replace("\n", " "), f"`{example}`"])
    return table(["command", "what it does", "example"], rows)


def regulation_pages() -> dict[str, str]:
    """The pages of the regulations, by file name: one each, and their list. `python docs/_generate.py` writes them."""
    laws = tkdn.regulations()
    rows = [[f"[{law.name}]({law.id}.md)", f"`{law.id}`", law.covers, law.period] for law in laws]
    entries = "\n".join(law.id for law in laws)
    index = f"""# Regulations

Every regulation that the library knows, as data: each value with its article and how well it is known
([what the words mean](../rules.md)). `tkdn regulations ID` prints the same. These pages are made from the data; do not edit them.

{table(["regulation", "id", "covers", "in force"], rows)}

```{{toctree}}
:hidden:

{entries}
```
"""
    return {"index.md": index, **{f"{law.id}.md": _page(law) for law in laws}}


def _page(law: Regulation) -> str:
    known = say(f"confidence.{law.in_force_confidence}")
    facts = {
        "title": law.title,
        "id": f"`{law.id}`",
        "covers": law.covers,
        "in force": f"{law.period} ({law.in_force_article}, {known})"
        + (f"; *{law.in_force_note}*" * bool(law.in_force_note)),
        "repeals": ", ".join(f"`{id_}`" for id_ in law.repeals),
        "repealed by": law.repealed_by and f"`{law.repealed_by}`",
        "as amended by": law.amended_by and f"`{law.amended_by}`",
        "data version": law.data_version,
    }
    head = table(["", ""], ([key, value] for key, value in facts.items() if value))
    return f"# {law.name}\n\n{head}\n\n## Values\n\n{_values(law)}\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    r"""A Markdown table.

    >>> print(table(["a", "b"], [["1", "2 | 3"]]))
    | a | b |
    | --- | --- |
    | 1 | 2 \| 3 |
    """
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _columns(columns: Iterable[Column]) -> str:
    return table(["column", "heading", "judul", "holds", "note"], map(_column, columns))


def _column(column: Column) -> Iterator[str]:
    yield f"`{column.key}`" + (" **needed**" if column.needed and column.of_row else "")
    yield column.english
    yield column.indonesian
    words = {ColumnKind.ID: "id", ColumnKind.TRUTH: "true or false", ColumnKind.RECORD: "true or empty"}
    yield ", ".join(f"`{choice}`" for choice in column.choices) or words.get(column.kind, column.kind.name.lower())
    yield column.note


def _values(law: Regulation) -> str:
    rows = [
        row for parameter in law.parameters.values() for value in parameter.values for row in _value(parameter, value)
    ]
    return table(["meaning", "arti", "value", "from", "to", "article", "how known", "key"], rows)


def _value(parameter: Parameter, value: Value) -> Iterator[list[str]]:
    unit, known = parameter.unit, say(f"confidence.{value.confidence}")
    meaning = parameter.meaning["en"] + (f"; *{value.note}*" if value.note else "")
    figure = "" if value.rows else _figure(value.value, unit)
    period = [str(value.start), "" if value.end is None else str(value.end)]
    yield [meaning, parameter.meaning["id"], figure, *period, value.article, known, f"`{parameter.key}`"]
    for row in value.rows:
        shown = f"{SIGNS[row.test]} {number(row.limit)}: {_figure(row.value, unit)}"
        yield ["", "", shown, "", "", row.article, "", ""]


def _figure(value: Decimal | str | None, unit: str) -> str:
    if isinstance(value, Decimal):
        return number(value) + {"percent": "%"}.get(unit, f" {unit}")
    return f"`{value}`"


def linked_notebook(text: str) -> NotebookNode:
    """The notebook that an `.nblink` file names, by its path from this folder: it stays with its example."""
    import nbformat

    notebook: NotebookNode = nbformat.read(HERE / text.strip(), as_version=4)  # type: ignore[no-untyped-call]
    return notebook


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    for name, text in regulation_pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
