"""What a shell can complete: part numbers, regulations, kinds of lists."""

from __future__ import annotations

import typer

Completions = list[tuple[str, str]]


def parts(ctx: typer.Context, incomplete: str) -> Completions:
    """The part numbers of the bill that stands in the command line, with their names; none where it cannot be read."""
    from tkdn.errors import TkdnError
    from tkdn.io import read_bom

    file = ctx.params.get("file") or next(
        iter(ctx.args), None
    )  # behind an option without its value, words stay in args
    if file is None:
        return []
    try:
        bom = read_bom(file)
    except TkdnError:
        return []
    return [(part.id, part.name or "") for part in bom.parts if part.id.startswith(incomplete)]


def goods_laws(incomplete: str) -> Completions:
    """The ids of the regulations that say how goods are counted."""
    from tkdn.law.shipped import regulations

    return [(law.id, law.name) for law in regulations() if law.kind == "goods" and law.id.startswith(incomplete)]


def laws(incomplete: str) -> Completions:
    """The ids of all regulations."""
    from tkdn.law.shipped import regulations

    return [(law.id, law.name) for law in regulations() if law.id.startswith(incomplete)]


def kinds(incomplete: str) -> Completions:
    """The kinds of lists that can be read."""
    from tkdn.io.part_lists.layouts import layouts

    found = [each for each in layouts() if not each.refused]
    return [(each.name, each.title) for each in found if each.name.startswith(incomplete)]
