"""Enrichment: a second file adds to a bill, by part number, what it does not hold: origins, firms, certificates, prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from math import isnan
from pathlib import Path
from typing import Any, get_args

from tkdn.bom.bom import Bom, bill_of
from tkdn.bom.bulk import bulk
from tkdn.brief import brief
from tkdn.errors import Problem, UsageError
from tkdn.io.enriching.enrichment_columns import ENRICHMENT
from tkdn.io.enriching.merging import Added, Conflict, Merge, OnConflict, Unmatched
from tkdn.io.enriching.single_table import settle_numbers, single_grid
from tkdn.io.opening.decimals import Mark
from tkdn.io.own.columns import squeezed
from tkdn.io.own.tables import Grid, Table, read_table
from tkdn.texts import Lang, clean, say

Rows = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Enrichment:
    """What became of a bill: the new `bom`; the values `added`; where bill and file `conflicts`; rows `unmatched` by a part;
    parts `untouched`, of which the file says nothing (phantoms, of which nothing is to be said, are left out)."""

    bom: Bom
    added: tuple[Added, ...]
    conflicts: tuple[Conflict, ...]
    unmatched: tuple[Unmatched, ...]
    untouched: tuple[str, ...]

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Everything but the bill itself as plain data."""
        return {
            "added": [asdict(each) for each in self.added],
            "conflicts": [asdict(each) for each in self.conflicts],
            "unmatched": [asdict(each) for each in self.unmatched],
            "untouched": list(self.untouched),
        }

    def to_text(self, lang: Lang = "en", *, most: int = 20) -> str:
        """Everything but the bill itself as lines for people, at most `most` of a kind."""
        return "\n".join(map(clean, _lines(self, lang, most))) + "\n"


def enrich(
    bom: Bom,
    source: str | Path | Rows,
    *,
    on_conflict: OnConflict = "error",
    ignore: Collection[str] = (),
    decimal: Mark | None = None,
) -> Enrichment:
    """Add to a bill what a second file, or a mapping by part number, says of its parts.

    `source`: CSV or xlsx, one row a part; or `{part: {column: value}}`. Its columns are those of parts, of suppliers with
    `supplier_` or `maker_` before them, of certificates with `certificate_` before them, headed in English or Indonesian;
    countries by code or name. `on_conflict`: where the bill says otherwise, "error", "keep" the bill's or "replace" it by the
    file's. `ignore`: headings of columns to leave out. `decimal`: the mark of decimals ("comma", "point") in a file's numbers
    that are text, where they do not show it.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> found = enrich(bom, {"WHEEL": {"made_in": "Tiongkok", "price": "150000"}, "TYRE": {"made_in": "ID"}})
    >>> [(each.part, each.field, each.value) for each in found.added]
    [('WHEEL', 'price', '150000'), ('WHEEL', 'made_in', 'CN')]
    >>> [row.part for row in found.unmatched], found.untouched
    (['TYRE'], ('CART',))

    Raises `BomError` with all problems, conflicts (`enrichment-conflict`) among them where they are errors, each with file, row
    and column; nothing is added then. `MissingExtraError` where an Excel file is read without openpyxl.
    """
    bom = bill_of(bom)
    if on_conflict not in get_args(OnConflict):
        known = ", ".join(get_args(OnConflict))
        raise UsageError([Problem("option-invalid", f"on_conflict={on_conflict!r} is not known", f"write {known}")])
    grid = _grid_of(source) if isinstance(source, Mapping) else single_grid(Path(source), ENRICHMENT)
    table, problems = read_table(ENRICHMENT, _without(grid, ignore))
    if not isinstance(source, Mapping):
        problems += settle_numbers(table, decimal)
    return enriched(bom, table, on_conflict, problems)


def enriched(bom: Bom, table: Table, on_conflict: OnConflict, problems: Iterable[Problem] = ()) -> Enrichment:
    """The bill and the rows of a table that was read with these problems. Raises as `enrich`."""
    with bulk():
        merge = Merge(bom, table, on_conflict, problems)
        richer = merge.bom()
    untouched = (part.id for part in bom.parts if part.id not in merge.named and not part.phantom)
    return Enrichment(richer, tuple(merge.added), tuple(merge.conflicts), tuple(merge.unmatched), tuple(untouched))


def _grid_of(rows: Rows) -> Grid:
    """A mapping as a table; what is None, blank or not a number (as pandas has it) is an empty cell."""
    records = [_by_key(row) for row in rows.values()]
    headings = list(dict.fromkeys(key for record in records for key in record))
    filled = [
        (number, [id_, *map(record.get, headings)])
        for number, (id_, record) in enumerate(zip(rows, records, strict=True), 1)
    ]
    return Grid("the mapping", None, [(0, ["id", *headings]), *filled])


def _by_key(row: Mapping[str, object]) -> dict[str, object]:
    """The filled cells by the key of their column; a heading that is none, or means one that is there already, stays."""
    record: dict[str, object] = {}
    for heading, value in row.items():
        column = ENRICHMENT.column(heading)
        key = heading if column is None or column.key in record else column.key
        if not _is_empty(value):
            record[key] = value
    return record


def _is_empty(value: object) -> bool:
    return (
        value is None or (isinstance(value, str) and not value.strip()) or (isinstance(value, float) and isnan(value))
    )


def _without(grid: Grid, ignore: Collection[str]) -> Grid:
    """The cells that do not stand under one of these headings."""
    if not ignore or not grid.rows:
        return grid
    left_out = set(map(squeezed, ignore))
    kept = [not (isinstance(head, str) and squeezed(head) in left_out) for head in grid.rows[0][1]]
    rows = [
        (number, [cell if at >= len(kept) or kept[at] else None for at, cell in enumerate(cells)])
        for number, cells in grid.rows
    ]
    return replace(grid, rows=rows)


def _lines(found: Enrichment, lang: Lang, most: int) -> Iterable[str]:
    parts: dict[str, list[str]] = {}
    for each in found.added:
        written = f" ({each.written})" if each.written else ""
        parts.setdefault(_about(each, lang), []).append(f"{each.field} {each.value}{written}")
    yield say("enrichment.added", lang, values=len(found.added), records=len(parts))
    yield from some([f"  {about}: {'; '.join(values)}" for about, values in parts.items()], lang, most)
    if found.conflicts:
        counts = Counter(each.taken for each in found.conflicts)
        yield say("enrichment.conflicts", lang, kept=counts["bill"], replaced=counts["file"])
        rows = [
            say(
                f"enrichment.taken_{each.taken}",
                lang,
                about=_about(each, lang),
                field=each.field,
                bill=each.bill,
                file=each.file,
                place=each.place,
            )
            for each in found.conflicts
        ]
        yield from some([f"  {row}" for row in rows], lang, most)
    if found.unmatched:
        yield say("enrichment.unmatched", lang, count=len(found.unmatched))
        rows = [
            f"  {each.part} ({each.place})" + (f": {say('enrichment.near', lang, hint=each.hint)}" if each.hint else "")
            for each in found.unmatched
        ]
        yield from some(rows, lang, most)
    if found.untouched:
        yield say("enrichment.untouched", lang, count=len(found.untouched))
        yield from some([f"  {id_}" for id_ in found.untouched], lang, most)


def _about(each: Added | Conflict, lang: Lang) -> str:
    if each.part is None:
        return say("enrichment.supplier", lang, supplier=each.supplier)
    held = each.certificate
    return each.part if held is None else say("enrichment.certificate", lang, part=each.part, certificate=held)


def some(rows: list[str], lang: Lang, most: int) -> Iterable[str]:
    """The first rows, and how many more there are."""
    yield from rows[:most]
    if len(rows) > most:
        yield "  " + say("enrichment.more", lang, count=len(rows) - most)
