"""Completions in a shell: part numbers, regulations, kinds of lists."""

from __future__ import annotations

import typer

import tkdn
from tkdn.display.doors import door
from tkdn.errors import TkdnError

Completions = list[tuple[str, str]]


def parts(ctx: typer.Context, incomplete: str) -> Completions:
    """Return the part numbers of the bill in the command line, with their names; none if it cannot be read."""
    # After an option without its value, words stay in `args`.
    file = ctx.params.get("file") or next(iter(ctx.args), None)
    if file is None:
        return []
    try:
        bom = tkdn.read_bom(file)
    except TkdnError:
        return []
    return [(part.id, part.name or "") for part in bom.parts if part.id.startswith(incomplete)]


def goods_laws(incomplete: str) -> Completions:
    """Return the ids of the regulations that say how goods are counted."""
    return [(law.id, law.name) for law in tkdn.regulations() if law.kind == "goods" and law.id.startswith(incomplete)]


def laws(incomplete: str) -> Completions:
    """Return the ids of all regulations."""
    return [(law.id, law.name) for law in tkdn.regulations() if law.id.startswith(incomplete)]


def kinds(incomplete: str) -> Completions:
    """Return the kinds of lists that can be read."""
    found = [each for each in door("layouts of part lists")() if not each.refused]
    return [(each.name, each.title) for each in found if each.name.startswith(incomplete)]
