"""Lists from elsewhere: what programs export and people keep in spreadsheets, turned into a bill."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.tables.document import Document
from tkdn.errors import BomError, Place, Problem
from tkdn.io.import_report import MappedColumn, Note, ReadBill, Understanding
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.bom_exports import bill_by_bill
from tkdn.io.part_lists.detect import FoundList, find_lists, first_of_each
from tkdn.io.part_lists.firms import with_suppliers
from tkdn.io.part_lists.lists import edge_list, level_list
from tkdn.io.part_lists.rows import read_lines
from tkdn.io.part_lists.several_lists import ALL, one_list, with_other_columns
from tkdn.io.part_lists.side_by_side import blocks_of, one_block
from tkdn.io.questions import OpenQuestions
from tkdn.io.spreadsheet.cells import OpenedFile


def read_list(raw: bytes, opened: OpenedFile, file: str, options: ReadOptions) -> ReadBill:
    """Read a list from elsewhere, with what was understood of it.

    Raises `BomError` with all problems, each with file, sheet, row and column; `UsageError` where an option names what there is
    not.
    """
    with bulk():
        meant = [each for found in find_lists(opened, options, file) for each in _lists_meant(found, options)]
        read = [_read_one(found, opened, file, options) for found in meant]
        understood = read[0].understood
        for each in read[1:]:
            understood.add(each.understood)
    titles = {str(found.sheet.grid.sheet) for found in meant}
    problems = [problem for each in read for problem in each.problems]
    if understood.questions:
        _note_sheets(opened, understood, titles)
        # What is wrong with a list or a column that may not be the one that is meant is not said yet.
        raise OpenQuestions(() if meant[0].questions else problems, understood.questions, understood)
    if problems:
        raise BomError(problems)
    bom = with_suppliers(combined([each.bom for each in read if each.bom is not None]), opened, understood)
    _note_sheets(opened, understood, titles)
    bom.set_source(raw)
    return ReadBill(bom, understood)


def _lists_meant(found: FoundList, options: ReadOptions) -> list[FoundList]:
    """Return the lists of a sheet that are read: one, or all that are next to or below each other."""
    blocks = blocks_of(found)
    if options.list == ALL and len(blocks) > 1:
        return [first_of_each(each) for each in blocks]
    one = first_of_each(one_block(found, options))
    others = with_other_columns(one, options)
    return others if options.list == ALL and len(others) > 1 else [one_list(one, options)]


class _Read(NamedTuple):
    """What came of one list: its bill, or what is wrong with it."""

    understood: Understanding
    bom: Bom | None = None
    problems: tuple[Problem, ...] = ()


def _read_one(found: FoundList, opened: OpenedFile, file: str, options: ReadOptions) -> _Read:
    understood = Understanding(
        file, found.layout.name, opened.kind, found.sheet.grid.sheet, opened.encoding, opened.separator
    )
    understood.heading_first, understood.heading_row = found.sheet.grid.rows[found.first][0], found.row
    understood.columns = [MappedColumn(word.text, found.columns.get(at)) for at, word in found.headings.items()]
    for asked in found.questions:
        understood.ask(asked)
    try:
        return _Read(understood, _bill(found, options, understood, file))
    except BomError as error:
        for question in getattr(error, "questions", ()):
            understood.ask(question)
        asked_for = {each.problem for each in understood.questions}
        return _Read(understood, None, tuple(each for each in error.problems if each not in asked_for))


def combined(bills: Sequence[Bom]) -> Bom:
    """Return several lists of one product as one bill: their lines one after the other.

    Raises:
        BomError: `level-conflict` if two lists say different things of one part.
    """
    first, *others = bills
    if not others:
        return first
    document = first.to_dict()
    parts: dict[str, dict[str, Any]] = {part["id"]: part for part in document["parts"]}
    firms: dict[str, dict[str, Any]] = {firm["id"]: firm for firm in document.get("suppliers", ())}
    problems: list[Problem] = []
    for bill in others:
        more = bill.to_dict()
        document.setdefault("uses", []).extend(more.get("uses", ()))
        for firm in more.get("suppliers", ()):
            firms.setdefault(firm["id"], {}).update(firm)
        for part in more["parts"]:
            held = parts.setdefault(part["id"], {})
            for key, value in part.items():
                other = held.setdefault(key, value)
                if other != value:
                    values = {"part": repr(part["id"]), "column": key, "here": value, "other": other, "place": "parts"}
                    problems.append(Problem("level-conflict", values))
    if problems:
        raise BomError(problems)
    return type(first).from_dict({**document, "parts": [*parts.values()], "suppliers": [*firms.values()]})


def _bill(found: FoundList, options: ReadOptions, understood: Understanding, file: str) -> Bom:
    """Return the bill of a list."""
    if found.layout.shape == "boms":
        read = bill_by_bill(found, options, understood)
    else:
        lines = read_lines(found, options, understood)
        understood.rows = len(lines.rows)
        read = (
            edge_list(lines, options, understood)
            if found.layout.shape == "edges"
            else level_list(lines, options, understood)
        )
    product = options.product or read.product
    document = Document(file, read.tables, read.problems, product=product, whole=read.whole)
    return document.as_bill(Bom)


def _note_sheets(opened: OpenedFile, understood: Understanding, read: Set[str]) -> None:
    """Note the sheets that are not read."""
    joined = read | {note.place.sheet for note in understood.notes if note.code == "suppliers-joined"}
    for code, hidden in (("sheets-hidden", True), ("sheets-left-out", False)):
        titles = [str(sheet.grid.sheet) for sheet in opened.sheets if sheet.hidden is hidden and sheet.grid.rows]
        titles = [title for title in titles if title not in (understood.sheet, *joined)]
        if titles and opened.kind != "text":
            understood.notes.append(Note(code, Place(understood.file), {"sheets": ", ".join(titles)}))
