"""Workbooks in zip archives: .xlsx, read with openpyxl, or with calamine where it is large and plain; .xlsb and .ods."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from importlib.util import find_spec
from itertools import islice
from types import ModuleType
from typing import Any, NamedTuple

from tkdn.bom.tables.records import CellGrid, Percentage
from tkdn.errors import MissingExtraError, TkdnError
from tkdn.io.spreadsheet.archive import Archive
from tkdn.io.spreadsheet.calamine import open_apart, open_calamine
from tkdn.io.spreadsheet.cells import Area, Cells, Counter, OpenedFile, Sheet, malformed
from tkdn.io.spreadsheet.error_cells import NOT_CALCULATED, cell_error, check_ods, check_xlsb, refused
from tkdn.io.spreadsheet.limits import Limits
from tkdn.io.spreadsheet.number_formats import Priced, currency_of
from tkdn.textnorm import unescaped

FAST_FROM = 2_000_000
"""Bytes of cells from which calamine reads a plain workbook: below, openpyxl is fast enough."""
_SHOWN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_MERGED = 100_000
BUILTIN = re.compile(r'(?:_\()?"\$"(?:\* )?#,##0(?:\.00)?_\).*')
"""Formats of money that every workbook has: which currency they show, the computer decides that shows them."""
_ZEROS = re.compile("0{2,20}")
_EXACT = 2**53
"""Whole numbers up to here are floats without loss."""
_FORMULA, _NOTHING = object(), object()
"""Stand for a formula, and for the empty text that one came to."""
_XML, _PICTURE = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*<"), re.compile("(?i)(media|pictures)/")
_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_SPECIAL = re.compile(
    rb'\bt="e"|</f>(?:<v\s*/>|<v></v>)?</c>|<f\b[^>]*/>(?:<v\s*/>|<v></v>)?</c>|<v>-?\d{16}|outlineLevel="[1-7]|<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"|\bht="0(?:\.0+)?"|<\w+:sheetData'
    rb"|_x[0-9A-Fa-f]{4}_"
)
"""In cells: errors, formulas never calculated, numbers too long for a float, outlines, a prefix that hides all of these."""
_STYLED = re.compile(rb'formatCode="[^"]*%|formatCode="00+"|numFmtId="(?:9|10)"|indent="[1-9]|<strike')
_FORMAT = re.compile(rb'formatCode="([^"]*)"')
_LAST = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'\b(r|outlineLevel|hidden|ht)="(\d{1,7}|true|0\.0+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def open_archive(raw: bytes, file: str, limits: Limits) -> OpenedFile:
    """The sheets of a workbook in a zip archive. Raises `BomError`, each with what to do; `MissingExtraError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = Archive(archive, file, limits)
            if "content.xml" in unpacked.names:
                _check_xml(unpacked, file)
                return OpenedFile("ods", open_apart(raw, file, limits, check_ods(unpacked, file, limits)))
            if "xl/workbook.bin" in unpacked.names:
                _check_xml(unpacked, file)
                return OpenedFile("xlsb", open_apart(raw, file, limits, check_xlsb(unpacked, file, limits)))
            plain, parts = _check_xml(unpacked, file)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
        KeyError,
        EOFError,
        zlib.error,
    ) as error:
        raise malformed(file, str(error)) from None
    if plain and find_spec("python_calamine") and _fits(parts, limits):
        try:
            return OpenedFile("xlsx", open_calamine(raw, file, limits))
        except (TkdnError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic in the library is no Exception; what is damaged is told by openpyxl
            pass
    return OpenedFile("xlsx", _open_xlsx(raw, file, limits, parts))


def openpyxl_module() -> ModuleType:
    """openpyxl. Raises `MissingExtraError` without it."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError.of("Excel", "excel") from None
    return openpyxl


def _check_xml(archive: Archive, file: str) -> tuple[bool, dict[str, bytes]]:
    """Whether all cells are plain values in great number, and the text of the sheets' parts.

    Raises `BomError` (`file-refused`) where XML declares entities: no spreadsheet program writes them.
    """
    plain, parts = True, {}
    for name in archive.names:
        xml = archive.read(name)
        text = xml.replace(b"\0", b"") if b"\0" in xml[:64] else xml
        if not _XML.match(text) or _PICTURE.search(name):
            continue
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise refused(file, name)
        if _PART.fullmatch(name):
            parts[name] = text
        elif name == "xl/styles.xml":
            plain = plain and not _STYLED.search(text) and not _names_currency(text)
        elif name == "xl/sharedStrings.xml":
            plain = plain and not re.search(rb"_x[0-9A-Fa-f]{4}_", text)
    large = sum(map(len, parts.values())) >= FAST_FROM
    return large and plain and not any(_SPECIAL.search(xml) for xml in parts.values()), parts


def _names_currency(styles: bytes) -> bool:
    """Return True if a number format names a currency, which the fast reader does not see."""
    codes = (unescape(code.decode("utf-8", "replace")) for code in _FORMAT.findall(styles))
    return any(currency_of(code) is not None for code in codes)


def _fits(parts: Mapping[str, bytes], limits: Limits) -> bool:
    """Whether the whole area of every sheet, which calamine lays out, is small enough."""
    for xml in parts.values():
        found = _LAST.findall(xml)
        if len(found) != len(re.findall(rb"<c[ >]", xml)):
            return False
        columns = {column for column, _ in found}
        rows = max((int(row) for _, row in found), default=0)
        if rows > limits.rows or rows * max(map(_position, columns), default=0) > limits.cells:
            return False
    return True


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position


def _open_xlsx(raw: bytes, file: str, limits: Limits, parts: Mapping[str, bytes]) -> list[Sheet]:
    """The cells of all sheets. A formula counts as the value that was stored when the file was last calculated."""
    openpyxl = openpyxl_module()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that a bill does not need
        try:
            loaded = _load(openpyxl, raw, file, limits, stored=False)
            sheets = [_shaped(sheet, parts.get(part.lstrip("/"), b""), limits) for sheet, part in loaded]
            if any(cell is _FORMULA for sheet in sheets for _, cells in sheet.grid.rows for cell in cells):
                stored = _load(openpyxl, raw, file, limits, stored=True)
                for sheet, (other, _) in zip(sheets, stored, strict=True):
                    _fill_in(sheet.grid, dict(other.grid.rows))
        except TkdnError:
            raise
        except Exception as error:  # a damaged file makes openpyxl raise almost anything
            raise malformed(file, f"{type(error).__name__}: {error}"[:200]) from None
    return sheets


def _load(openpyxl: ModuleType, raw: bytes, file: str, limits: Limits, *, stored: bool) -> Iterator[tuple[Sheet, str]]:
    """Each sheet with the name of its part in the archive."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=stored, keep_links=False)
    counter = Counter(file, limits)
    styles: dict[int, _Style] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones, and rows would be lost
        indent: dict[int, dict[int, int]] = {}
        struck: set[int] = set()
        rows = (
            _loaded_row(cells, styles, indent, struck, number)
            for number, cells in enumerate(sheet.iter_rows(max_row=limits.rows + 1), start=1)
        )
        grid = CellGrid(file, sheet.title, list(counter.filled(sheet.title, rows)))
        hidden = getattr(sheet, "sheet_state", "visible") != "visible"
        yield (
            Sheet(grid, hidden, indent=indent, struck_rows=frozenset(struck)),
            str(getattr(sheet, "_worksheet_path", "")),
        )
    book.close()


def _loaded_row(
    cells: Any, styles: dict[int, _Style], indent: dict[int, dict[int, int]], struck: set[int], number: int
) -> Cells:
    """Return the values of a row; how far its cells are set in is noted, and whether most are struck out."""
    row: Cells = []
    filled = crossed = 0
    for cell in cells:
        value = cell.value
        if value is None:
            row.append(_NOTHING if cell.data_type == "str" else None)
            continue
        style = cell._style_id
        if style not in styles:
            styles[style] = _style(cell)
        look = styles[style]
        filled, crossed = filled + 1, crossed + look.struck
        if look.indent:
            indent.setdefault(number, {})[len(row)] = look.indent
        row.append(_loaded(value, cell.data_type, look))
    if crossed and 3 * crossed >= 2 * filled:  # a remark next to it often stays
        struck.add(number)
    return row


class _Style(NamedTuple):
    """What the style of a cell says of it."""

    percent: bool
    digits: int
    """Digits that numbers are shown with at least, zeros in front: 00000."""
    currency: str | None
    indent: int
    struck: bool


def _style(cell: Any) -> _Style:
    shown = cell.number_format or ""
    currency = None if BUILTIN.fullmatch(shown) else currency_of(shown)
    struck = bool(getattr(cell.font, "strike", False))
    digits = len(shown) if _ZEROS.fullmatch(shown) else 0
    return _Style("%" in shown, digits, currency, int(getattr(cell.alignment, "indent", 0) or 0), struck)


def _loaded(value: object, kind: str, look: _Style) -> object:
    if kind == "f":
        return _FORMULA
    if kind == "e":
        return cell_error(value)
    if kind == "n" and isinstance(value, int | float) and not isinstance(value, bool):
        if look.percent:
            return Percentage(value)
        if look.digits and value >= 0 and value % 1 == 0:
            return str(int(value)).zfill(look.digits)
        if look.currency is not None and abs(value) <= _EXACT:
            return Priced.of(value, look.currency)
    if isinstance(value, str):
        return unescaped(_SHOWN.sub(lambda found: chr(int(found[1], 16)), value), "")
    return value


def _shaped(sheet: Sheet, xml: bytes, limits: Limits) -> Sheet:
    """The sheet with its outline levels and merged cells, which openpyxl leaves out where it reads fast."""
    outline: dict[int, int] = {}
    hidden_rows: set[int] = set()
    if b"outlineLevel=" in xml or b"hidden=" in xml or b'ht="0' in xml:
        for head in _ROW.finditer(xml):
            given = dict(_ATTRIBUTE.findall(head[1]))
            if given.keys() >= {b"r", b"outlineLevel"}:
                outline[int(given[b"r"])] = int(given[b"outlineLevel"])
            flat = given.get(b"ht", b"1").rstrip(b"0.") == b""
            if b"r" in given and (flat or given.get(b"hidden") in (b"1", b"true")):
                hidden_rows.add(int(given[b"r"]))
    last = sheet.grid.rows[-1][0] if sheet.grid.rows else 0
    merged: list[Area] = []
    for left, up, right, down in dict.fromkeys(islice(_MERGED.findall(xml), _MAX_MERGED)):
        if int(up) <= last and int(down) <= limits.rows:
            area = int(up), _position(left) - 1, min(int(down), last), _position(right) - 1
            merged.append(area)
    return replace(sheet, outline=outline, merged=merged, hidden_rows=frozenset(hidden_rows))


def _fill_in(grid: CellGrid, stored: Mapping[int, Any]) -> None:
    """Put the stored values in the place of formulas."""
    for number, cells in grid.rows:
        values = stored.get(number, [])
        for position, cell in enumerate(cells):
            if cell is _FORMULA:
                value = values[position] if position < len(values) else None
                value = None if value is _NOTHING else NOT_CALCULATED if value is None else value
                cells[position] = value  # type: ignore[index]
