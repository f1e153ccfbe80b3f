"""Firms of a list: spelled in several ways they are one, and a sheet of suppliers next to it tells their size and region."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tkdn.bom.bom import Bom
from tkdn.bom.firm_names import firm, same_firm
from tkdn.bom.region import region_named
from tkdn.errors import Place
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding
from tkdn.io.part_lists.headings import firm_headings, heading
from tkdn.io.part_lists.rows import Lines
from tkdn.io.spreadsheet.cells import OpenedFile, Sheet
from tkdn.textnorm import squeezed

_HOMES = ("supplier", "maker")
_TITLE_ROWS = 30
"""Rows in which the headings of a sheet of suppliers are looked for."""
_OF_PARTS = frozenset({"scale", "size", "region", "location", "lokasi", "ort"})
"""Headings that say something of a part where they are in a list of parts."""
_SCALES: Mapping[str, str] = {
    **dict.fromkeys(("micro", "mikro", "usahamikro"), "micro"),
    **dict.fromkeys(("small", "kecil", "usahakecil"), "small"),
    **dict.fromkeys(("medium", "menengah", "sedang", "usahamenengah"), "medium"),
    **dict.fromkeys(("large", "besar", "usahabesar"), "large"),
}
Facts = dict[str, dict[str, Any]]


def unify_firms(lines: Lines, understood: Understanding) -> None:
    """Let each firm have one name, the first: with and without PT, CV, points and capitals it is the same."""
    first: dict[str, list[str]] = {}
    same: dict[str, str] = {}
    for row in lines.rows:
        for key in _HOMES:
            name = row.cells.get(key)
            if not isinstance(name, str):
                continue
            known = first.setdefault(firm(name), [])
            held = next((each for each in known if same_firm(each, name)), None)
            if held is None:
                known.append(name)
            elif held != name:
                row.cells[key] = held
                same[name] = held
    if same:
        said = "; ".join(f"{name} = {held}" for name, held in islice(same.items(), MAX_ROWS_NAMED))
        understood.note("firms-same", lines.found.place(lines.found.row), names=said, count=len(same))


def with_suppliers(bom: Bom, opened: OpenedFile, understood: Understanding) -> Bom:
    """Return the bill with what a sheet of suppliers says of its firms, by their names: size and region.

    The activity (KBLI) of a firm is none of a part's, and is left.
    """
    changes: Facts = {}
    for sheet in opened.sheets:
        if sheet.hidden:
            continue
        is_list = sheet.grid.sheet == understood.sheet
        found = _agreed(_facts(sheet, bom, without=_OF_PARTS if is_list else frozenset()))
        if found:
            understood.note("suppliers-joined", Place(understood.file, sheet.grid.sheet), count=len(found))
        for id_, facts in found.items():
            changes.setdefault(id_, {}).update(facts)
    return bom.with_changes({"suppliers": changes}) if changes else bom


def _agreed(found: Iterable[tuple[str, dict[str, Any]]]) -> Facts:
    """Return what all rows of a firm say alike; a firm in two towns has none."""
    said: dict[str, dict[str, set[Any]]] = {}
    for id_, facts in found:
        for key, value in facts.items():
            said.setdefault(id_, {}).setdefault(key, set()).add(value)
    agreed = {id_: {key: min(each) for key, each in facts.items() if len(each) == 1} for id_, facts in said.items()}
    return {id_: facts for id_, facts in agreed.items() if facts}


def _facts(sheet: Sheet, bom: Bom, without: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each firm of the bill that a sheet names, with what it says and the bill does not."""
    start, columns = _columns(sheet, without)
    if columns is None:
        return
    named: dict[str, list[Any]] = {}
    for supplier in bom.suppliers:
        named.setdefault(firm(supplier.name or supplier.id), []).append(supplier)
    for _, cells in sheet.grid.rows[start + 1 :]:
        name = _text(cells, columns["name"])
        for supplier in named.get(firm(name), ()) if name else ():
            if same_firm(supplier.name or supplier.id, name):
                facts = {
                    "scale": _SCALES.get(squeezed(_text(cells, columns.get("scale")))),
                    "region": _region(_text(cells, columns.get("region"))),
                }
                yield (
                    supplier.id,
                    {key: value for key, value in facts.items() if value and getattr(supplier, key) is None},
                )


def _columns(sheet: Sheet, without: Collection[str]) -> tuple[int, dict[str, int] | None]:
    """Return the position of the headings and of the columns; None if the sheet names no firms with facts."""
    words = firm_headings()
    for at, (_, cells) in enumerate(islice(sheet.grid.rows, _TITLE_ROWS)):
        found: dict[str, int] = {}
        for position, cell in enumerate(cells):
            word = heading(cell).words if isinstance(cell, str) and cell.strip() else ""
            key = words.get(word)
            if key is not None and word not in without:
                found.setdefault(key, position)
        if "name" in found and len(found) > 1:
            return at, found
    return 0, None


def _text(cells: Sequence[object], at: int | None) -> str:
    cell = cells[at] if at is not None and at < len(cells) else None
    return "" if cell is None else " ".join(str(cell).split())


def _region(text: str) -> str | None:
    """Return the code of a region that a text names, None if it names none or several."""
    found: Iterable[Any] = region_named(text) if text else ()
    codes = [each.code for each in found]
    return codes[0] if len(codes) == 1 else None
