"""Tables of a bill out of the lines of a list: indented, or of parents and parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tkdn.bom.tables.columns import CERTIFICATES, PARTS, SUPPLIERS, USES, RecordTable
from tkdn.bom.tables.records import TOLD, FilledTable, TableRow, Values
from tkdn.errors import Place, Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Note, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.above import asked_for_one, named_above
from tkdn.io.part_lists.basis import Quantities
from tkdn.io.part_lists.detect import MAX_NAMED
from tkdn.io.part_lists.firms import unify_firms
from tkdn.io.part_lists.identity import settle_identities
from tkdn.io.part_lists.nesting import parents_of, place_levels, whole_levels
from tkdn.io.part_lists.price_basis import settle_price_basis
from tkdn.io.part_lists.price_units import OF_PART, put_units, settle_price_units
from tkdn.io.part_lists.prices import settle_prices
from tkdn.io.part_lists.products import ask_for_top, choose_product
from tkdn.io.part_lists.rows import Lines
from tkdn.io.part_lists.sums import check_sums
from tkdn.io.part_lists.unknown_words import ask_for_words
from tkdn.io.part_lists.unused_rows import leave_out
from tkdn.io.questions import question
from tkdn.io.tkdn_formats.levels import LEVELS, list_tables, merge_rows


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a bill, what is wrong with them, whether they could be read as a whole, and the product if it is known."""

    tables: list[FilledTable]
    problems: list[Problem]
    whole: bool
    product: str | None = None


def level_list(lines: Lines, options: ReadOptions, understood: Understanding) -> Tables:
    """The tables of an indented list."""
    lines.problems += filter(None, [asked_for_one(lines.found, lines.mark)])
    place_levels(lines)
    if lines.found.layout.name == "flat":
        understood.note("one-level", lines.found.place(lines.found.row))
    if lines.unnumbered:
        understood.note("number-missing", lines.found.place(lines.unnumbered[0]), rows=rows_named(lines.unnumbered))
    choose_product(lines, options, understood)
    known = _levels(lines)
    root = not known or _begins_with_product(lines, known, options)
    leave_out(lines, options, understood, keeps_first=root)
    unify_firms(lines, understood)
    ask_for_words(lines, understood)
    settle_identities(lines, options, understood)
    settle_prices(lines, options, understood)
    settle_price_units(lines, options, understood)
    settle_price_basis(lines, options, understood)
    levels, known = whole_levels(lines.rows), _levels(lines)
    _ask_for_quantities(lines, understood, root=root)
    if levels:
        _settle_quantities(lines, levels, options, understood, root=root)
        understood.levels = len(set(levels)) - root
    check_sums(lines, levels, understood)
    put_units(lines.rows)
    certificates = _certificates(lines, understood)
    product = None
    if not root:
        product = _put_product_above(lines, min(known), options, understood)
    rows = [
        TableRow(row.number, {key: row.cells[key] for key in LEVELS.by_key if key in row.cells}) for row in lines.rows
    ]
    table = _table(LEVELS, lines, rows)
    tables, problems, whole = list_tables(table, lines.problems, ())
    return Tables([*tables, *certificates], problems, whole, product)


def _levels(lines: Lines) -> list[int]:
    return [level for row in lines.rows if type(level := row.cells.get("level")) is int]


def _begins_with_product(lines: Lines, levels: list[int], options: ReadOptions) -> bool:
    """Whether the first line is the product: all others lie deeper, and no other is named."""
    if levels[0] == 0:
        return all(levels[1:])
    other = options.product not in (None, lines.rows[0].cells.get("id"))
    return all(level > levels[0] for level in levels[1:]) and lines.found.layout.root == "row" and not other


def edge_list(lines: Lines, options: ReadOptions, understood: Understanding) -> Tables:
    """The tables of a list of parents and parts: what a row says of a part beside its quantity is about the part."""
    leave_out(lines, options, understood, keeps_first=False)
    unify_firms(lines, understood)
    ask_for_words(lines, understood)
    settle_identities(lines, options, understood)
    settle_prices(lines, options, understood)
    settle_price_units(lines, options, understood)
    settle_price_basis(lines, options, understood)
    product = _settle_top(lines, options, understood)
    top = product is not None and bool(lines.rows) and "parent" not in lines.rows[0].cells
    _ask_for_quantities(lines, understood, root=top)
    check_sums(lines, None, understood)
    certificates = _certificates(lines, understood)
    uses, parts, sellers = [], [], []
    for row in lines.rows:
        cells = row.cells
        if cells.get("id") != product or "parent" in cells:
            taken = _taken(cells, ("parent", "quantity", "unit", "scrap"))
            uses.append(TableRow(row.number, {"part": cells.get("id"), **taken}))
        if isinstance(cells.get("parent"), str):
            head = {OF_PART: cells["bom_unit"]} if isinstance(cells.get("bom_unit"), str) else {}
            parts.append(TableRow(row.number, {"id": cells["parent"], **head}))
        parts.append(TableRow(row.number, _taken(cells, (*PARTS.by_key, OF_PART))))
        sellers += [
            TableRow(row.number, {"id": cells[key]}) for key in ("supplier", "maker") if isinstance(cells.get(key), str)
        ]
    if product is None:
        ask_for_top(lines, uses, options, understood)
    _note_unreached(lines, uses, options.product or product, understood)
    for use in uses:
        if use.cells["part"] is None:
            del use.cells["part"]
    put_units(parts)
    for row in parts:
        row.cells.pop("quantity_unit", None)  # it stands in the use
    tables = [_table(USES, lines, uses), _table(PARTS, lines, [row for row in parts if "id" in row.cells])]
    problems = [*lines.problems, *(problem for table in tables for problem in table.report())]
    problems += merge_rows(tables[1])
    firms = _table(SUPPLIERS, lines, sellers)
    merge_rows(firms)
    return Tables([*tables, firms, *certificates], problems, True, product)


def _note_unreached(lines: Lines, uses: list[TableRow], product: str | None, understood: Understanding) -> None:
    """Name the bills that the product does not reach: they are left out."""
    below: dict[object, list[object]] = {}
    for use in uses:
        below.setdefault(use.cells.get("parent"), []).append(use.cells["part"])
    if product not in below:
        return  # which product it is, is not known yet
    reached, queue = {product}, [product]
    for parent in queue:  # grows while it is walked
        new = [part for part in below.get(parent, ()) if isinstance(part, str) and part not in reached]
        reached.update(new)
        queue += new
    left = [str(parent) for parent in below if parent not in reached]
    if left:
        names = ", ".join(left[:MAX_ROWS_NAMED]) + (" ..." if len(left) > MAX_ROWS_NAMED else "")
        understood.note("bill-unreached", lines.found.place(lines.found.row), names=names, count=len(left))


def _taken(cells: Values, keys: Iterable[str]) -> Values:
    return {key: cells[key] for key in keys if key in cells}


def _table(kind: RecordTable, lines: Lines, rows: list[TableRow]) -> FilledTable:
    grid = lines.found.sheet.grid
    headings = {key: text for key, text in lines.headings.items() if key in kind.by_key}
    if kind is USES:
        headings["part"] = lines.headings.get("id", "part")
    needed = {column.key: column.english for column in kind.columns if column.needed and column.of_row}
    return FilledTable(kind, grid.file, grid.sheet, {**needed, **headings}, rows)


def _settle_quantities(
    lines: Lines, levels: list[int], options: ReadOptions, understood: Understanding, *, root: bool
) -> None:
    """Make all quantities those for one of the part above."""
    found, keys = lines.found, set(lines.found.columns.values())
    for row in lines.rows:
        if "quantity" in row.cells:
            row.cells["printed_quantity"] = row.cells["quantity"]
    if keys & {"quantity", "total_quantity"}:
        quantities = Quantities(lines, parents_of(levels), root)
        if quantities.settle(options, understood) == "cumulative":
            quantities.make_per_parent(understood)
    if root and lines.rows:
        first = lines.rows[0]
        stated = first.cells.pop("quantity", None)
        if stated is not None and str(stated).rstrip("0").rstrip(".") != "1":
            note = Note("root-quantity", found.place(first.number), {"quantity": stated})
            understood.notes.append(note)
        first.cells.pop("scrap", None)


def _certificates(lines: Lines, understood: Understanding) -> list[FilledTable]:
    """The certificates that the rows name; one problem where no column says when they were issued."""
    alone = [row.number for row in lines.rows if "tkdn" in row.cells and "certificate" not in row.cells]
    if alone:
        understood.notes.append(Note("tkdn-alone", lines.found.place(alone[0]), {"rows": rows_named(alone)}))
    heads = lines.headings
    missing = [key for key in ("tkdn", "issued") if key not in heads]
    if missing and any("certificate" in row.cells for row in lines.rows):
        what = " and ".join({"tkdn": "its TKDN", "issued": "the day of issue"}[key] for key in missing)
        lines.problems.append(
            Problem(
                "missing-column",
                {"what": what, "certificate": heads["certificate"]},
                lines.found.place(lines.found.row),
                case="certificate",
            )
        )
        return []
    named = {"part": "id", "number": "certificate", "tkdn": "tkdn", "issued": "issued", "expires": "expires"}
    rows = []
    seen = set()
    for row in lines.rows:
        if "certificate" in row.cells and (key := (row.cells.get("id"), row.cells["certificate"])) not in seen:
            seen.add(key)
            rows.append(TableRow(row.number, {key: row.cells[own] for key, own in named.items() if own in row.cells}))
    if not rows:
        return []
    headings = {key: lines.headings.get(own, own) for key, own in named.items()}
    return [FilledTable(CERTIFICATES, lines.found.sheet.grid.file, lines.found.sheet.grid.sheet, headings, rows)]


def _put_product_above(lines: Lines, top: int, options: ReadOptions, understood: Understanding) -> str | None:
    """Add the product, which has no row of its own, above all lines: as stated, else as it stands above the headings."""
    found = lines.found
    named = [options.product] if options.product else named_above(found)
    if not named:
        place = Place(found.sheet.grid.file, found.sheet.grid.sheet)
        understood.ask(question("product", Problem("product-missing", {}, place, case="row")))
        named = ["?"]
    for row in lines.rows:
        if type(row.cells.get("level")) is int:
            row.cells["level"] += 1 - top
    cells: Values = {"level": 0, "id": named[0]}
    if len(named) > 1:
        cells["name"] = named[1]
    lines.rows.insert(0, TableRow(found.row, cells))
    return named[0]


def _settle_top(lines: Lines, options: ReadOptions, understood: Understanding) -> str | None:
    """Let lines without a parent go into the product, or be it, and give its id; a problem where neither can be told."""
    top = [row for row in lines.rows if "parent" not in row.cells]
    named = options.product or next(iter(named_above(lines.found)), None)
    if not top or named is not None:
        for row in top:
            if row.cells.get("id") != named:
                row.cells["parent"] = named
        return named if top else None
    (first, *others), parents = top, {row.cells.get("parent") for row in lines.rows}
    id_ = first.cells.get("id")
    if not others and isinstance(id_, str) and id_ in parents:
        return id_
    rows = rows_named([row.number for row in top])
    at = next((at for at, key in lines.found.columns.items() if key == "parent"), None)
    problem = Problem("product-missing", {"rows": rows}, lines.found.place(first.number, at), case="parent")
    understood.ask(question("product", problem, count=len(top)))
    for row in top:
        row.cells["parent"] = TOLD
    return None


def _ask_for_quantities(lines: Lines, understood: Understanding, *, root: bool) -> None:
    """Ask once for all quantities that are missing."""
    found = lines.found
    at = next((at for at, key in found.columns.items() if key in ("quantity", "total_quantity")), None)
    empty = [row for row in lines.rows[int(root) :] if not row.cells.keys() & {"quantity", "total_quantity"}]
    if not empty:
        return
    for row in empty:
        row.cells["quantity"] = TOLD
    if at is not None:
        values = {"count": len(empty), "rows": rows_named([row.number for row in empty])}
        case = "quantity" if len(empty) == 1 else "quantities"
        places = [found.place(row.number, at) for row in empty[:MAX_ROWS_NAMED]]
        problem = Problem("missing-key", values, places[0], case=case)
        understood.ask(question("quantity", problem, count=len(empty), places=places))
        return
    others = [word.text for at, word in found.headings.items() if at not in found.columns]
    unknown = {"headings": tuple(map(repr, others[:MAX_NAMED]))}
    case = "quantity_unknown" if others else "quantity"
    problem = Problem("missing-column", unknown, found.place(found.row), case=case)
    understood.ask(question("quantity", problem, count=len(empty), evidence=others))
