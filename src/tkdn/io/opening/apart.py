"""Run as a script, in a process of its own: reads a workbook from standard input with calamine, and writes its sheets pickled.

A damaged file can make the library panic, run without end or take all memory: here that ends this process only. It imports
nothing of ours, so that it starts fast. Arguments: the bytes of memory that it may take.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any


def sheets_in(raw: bytes) -> list[tuple[str, bool, list[Any], list[list[Any]]]]:
    """Name, whether it is hidden, merged areas and rows of each sheet."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    found = []
    for meta in book.sheets_metadata:
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            rows = sheet.to_python(skip_empty_area=False)
            found.append((meta.name, hidden, list(sheet.merged_cell_ranges or ()), rows))
    return found


def main() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit holds alone
        pass
    else:
        most = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        answer: object = sheets_in(sys.stdin.buffer.read())
    except BaseException as error:  # a panic in the library is no Exception
        answer = f"{type(error).__name__}: {error}"[:200]
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
