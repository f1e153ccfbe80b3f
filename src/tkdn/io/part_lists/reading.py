"""Lists from elsewhere: what programs export and people keep in spreadsheets, turned into a bill."""

from __future__ import annotations

from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.tables.document import Document
from tkdn.errors import BomError, Place
from tkdn.io.import_report import MappedColumn, Note, ReadBill, Understanding
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.bom_exports import bill_by_bill
from tkdn.io.part_lists.detect import FoundList, find_list, first_of_each
from tkdn.io.part_lists.firms import with_suppliers
from tkdn.io.part_lists.lists import edge_list, level_list
from tkdn.io.part_lists.rows import read_lines
from tkdn.io.part_lists.several_lists import one_list
from tkdn.io.part_lists.side_by_side import one_block
from tkdn.io.questions import OpenQuestions
from tkdn.io.spreadsheet.cells import OpenedFile


def read_list(raw: bytes, opened: OpenedFile, file: str, options: ReadOptions) -> ReadBill:
    """Read a list from elsewhere, with what was understood of it.

    Raises `BomError` with all problems, each with file, sheet, row and column; `UsageError` where an option names what there is
    not.
    """
    with bulk():
        found = one_list(first_of_each(one_block(find_list(opened, options, file), options)), options)
        understood = Understanding(
            file, found.layout.name, opened.kind, found.sheet.grid.sheet, opened.encoding, opened.separator
        )
        understood.heading_first, understood.heading_row = found.sheet.grid.rows[found.first][0], found.row
        understood.columns = [MappedColumn(word.text, found.columns.get(at)) for at, word in found.headings.items()]
        for asked in found.questions:
            understood.ask(asked)
        try:
            bom = with_suppliers(_bill(found, options, understood, file), opened, understood)
        except BomError as error:
            _note_sheets(opened, understood)
            if understood.questions or isinstance(error, OpenQuestions):
                # What is wrong with a list or a column that may not be the one that is meant is not said yet.
                problems = () if found.questions else error.problems
                questions = [*understood.questions, *getattr(error, "questions", ())]
                raise OpenQuestions(problems, questions, understood) from None
            raise
    _note_sheets(opened, understood)
    if understood.questions:
        raise OpenQuestions((), understood.questions, understood)
    bom.set_source(raw)
    return ReadBill(bom, understood)


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


def _note_sheets(opened: OpenedFile, understood: Understanding) -> None:
    """Note the sheets that are not read."""
    joined = {note.place.sheet for note in understood.notes if note.code == "suppliers-joined"}
    for code, hidden in (("sheets-hidden", True), ("sheets-left-out", False)):
        titles = [str(sheet.grid.sheet) for sheet in opened.sheets if sheet.hidden is hidden and sheet.grid.rows]
        titles = [title for title in titles if title not in (understood.sheet, *joined)]
        if titles and opened.kind != "text":
            understood.notes.append(Note(code, Place(understood.file), {"sheets": ", ".join(titles)}))
