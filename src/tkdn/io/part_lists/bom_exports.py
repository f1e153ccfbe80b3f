"""Exports bill by bill, as Odoo and ERPNext write them: the bill's own cells stand on its first line only, and its quantities are
for as many of the product as the bill says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tkdn.bom.tables.records import Fault, TableRow
from tkdn.errors import Problem
from tkdn.io.import_report import Because, MappedColumn, Understanding
from tkdn.io.options import LEFT_OUT, ReadOptions
from tkdn.io.part_lists.basis import as_text, note_rounded
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.lists import Tables, edge_list
from tkdn.io.part_lists.rows import Lines, read_lines
from tkdn.textnorm import squeezed

OF_BILL = (
    "bom_id",
    "parent",
    "parent_name",
    "bom_quantity",
    "bom_unit",
    "bom_kind",
    "bom_default",
    "bom_active",
    "price_currency",
)
_KEYS = {
    "bom": {
        "id": "bom_id",
        "product": "parent",
        "product_name": "parent_name",
        "quantity": "bom_quantity",
        "unit": "bom_unit",
    }
    | {"kind": "bom_kind", "default": "bom_default", "active": "bom_active", "currency": "price_currency"},
    "line": {"id": "id", "name": "name", "quantity": "quantity", "unit": "unit", "price": "price"}
    | {"amount": "amount", "bom": "line_bom"},
}
_REFERENCE = re.compile(r"\[([^\]]+)\]\s*(.*)")
_KIT = frozenset({"phantom", "kit"})


def bill_by_bill(found: FoundList, options: ReadOptions, understood: Understanding) -> Tables:
    """The tables of such an export. Two bills for one product are a problem, as it does not say which counts."""
    columns = _columns(found, options)
    found = replace(found, columns=columns)
    understood.columns = [MappedColumn(word.text, columns.get(at)) for at, word in found.headings.items()]
    understood.basis, understood.basis_because = "per_parent", Because("kind", {"kind": found.layout.title})
    lines = read_lines(found, options, understood, filled_from_above=OF_BILL)
    understood.rows = len(lines.rows)
    for row in lines.rows:
        _take_apart(row)
    _choose(lines, understood)
    _divide(lines, understood)
    used = {row.cells.get("id") for row in lines.rows}
    kits = {
        row.cells.get("parent") for row in lines.rows if str(row.cells.get("bom_kind", "")).strip().casefold() in _KIT
    }
    names = {row.cells["parent"]: row.cells["parent_name"] for row in lines.rows if _both(row)}
    tables = edge_list(lines, options, understood)
    parts = tables.tables[1]
    for row in parts.rows:
        id_ = row.cells.get("id")
        if id_ in kits & used:
            row.cells["phantom"] = True
        if id_ in names:
            row.cells.setdefault("name", names[id_])
    return tables


def _both(row: TableRow) -> bool:
    return all(isinstance(row.cells.get(key), str) for key in ("parent", "parent_name"))


def _columns(found: FoundList, options: ReadOptions) -> dict[int, str]:
    """The key of each column, as the person says, else as the kind has it; of several for one, the first that is named comes
    last, and so wins where it is filled."""
    whole = {squeezed(word.text): at for at, word in found.headings.items()}
    stated = {whole[squeezed(name)]: key for name, key in options.columns.items() if squeezed(name) in whole}
    chosen = dict(stated)
    named: list[tuple[Mapping[str, tuple[str, ...]], dict[str, str]]] = [
        (found.layout.line, _KEYS["line"]),
        (found.layout.bom, _KEYS["bom"]),
    ]
    for headings, keys in named:
        for key, own in keys.items():
            for name in reversed(headings.get(key, ())):
                if name in whole and whole[name] not in chosen:
                    chosen[whole[name]] = own
    return {at: key for at, key in chosen.items() if key != LEFT_OUT}


def _take_apart(row: TableRow) -> None:
    """Part numbers before names: "[FRAME-01] Chassis frame". A name without a number stands for it, as it does in the program."""
    for key, name in (("id", "name"), ("parent", "parent_name")):
        for text_key in (name, key):
            text = row.cells.get(text_key)
            if isinstance(text, str) and (found := _REFERENCE.fullmatch(text)):
                row.cells[text_key] = found[2].strip() if text_key == name else found[1].strip()
                other, value = (key, found[1].strip()) if text_key == name else (name, found[2].strip())
                row.cells.setdefault(other, value)
        if key not in row.cells and name in row.cells:
            row.cells[key] = row.cells.pop(name)
        if not row.cells.get(name):
            row.cells.pop(name, None)


def _choose(lines: Lines, understood: Understanding) -> None:
    """Of several active bills for one product keep the one that a line names, else the default; else it cannot be told which."""
    all_rows = list(lines.rows)
    lines.rows[:] = [row for row in all_rows if row.cells.get("bom_active") is not False]
    bills: dict[object, dict[object, int]] = {}
    for row in lines.rows:
        bills.setdefault(row.cells.get("parent"), {}).setdefault(_bill(row), row.number)
    named: set[object] = {str(row.cells["line_bom"]).strip() for row in lines.rows if "line_bom" in row.cells}
    default = {_bill(row) for row in lines.rows if row.cells.get("bom_default")}
    left_out = set()
    for product, rows in bills.items():
        chosen = [bill for bill in rows if bill in named] or [bill for bill in rows if bill in default]
        if len(rows) > 1 and len(chosen) == 1:
            left_out |= {(product, bill) for bill in rows if bill not in chosen}
        elif len(rows) > 1:
            place = lines.found.place(list(rows.values())[1])
            lines.problems.append(
                Problem(
                    "bom-twice",
                    {"product": product, "count": len(rows)},
                    place,
                    product if isinstance(product, str) else None,
                )
            )
    lines.rows[:] = [row for row in lines.rows if (row.cells.get("parent"), _bill(row)) not in left_out]
    kept = {row.number for row in lines.rows}
    understood.left_out = sorted({*understood.left_out, *(row.number for row in all_rows if row.number not in kept)})


def _bill(row: TableRow) -> object:
    return str(row.cells["bom_id"]).strip() if "bom_id" in row.cells else row.cells.get("bill")


def _divide(lines: Lines, understood: Understanding) -> None:
    """Make the quantities those for one of the product."""
    rounded = []
    for row, quantity, of in _quantities(lines):
        row.cells["printed_quantity"] = row.cells["quantity"]
        if of == 1:
            continue
        text, exact = as_text(quantity / of)
        row.cells["quantity"] = text
        rounded += [] if exact else [row.number]
    note_rounded(rounded, lines, understood)


def _quantities(lines: Lines) -> Iterator[tuple[TableRow, Fraction, Fraction]]:
    for row in lines.rows:
        quantity, of = row.cells.get("quantity"), row.cells.get("bom_quantity", 1)
        if isinstance(of, Fault):
            row.cells["quantity"] = of
        elif quantity is not None and not isinstance(quantity, Fault):
            whole = Fraction(Decimal(str(of)))
            if whole > 0:
                yield row, Fraction(Decimal(str(quantity))), whole
            else:
                row.cells["quantity"] = Fault("number-not-positive", {"quantity": of}, case="bill")
