"""Outputs as lines: data, pages, workbooks. What is the same for a reader is the same here, whatever the bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

WIDTH = 120
MANY, LONG, KEPT = 60, 32, 12
"""In a list of more than `MANY` entries, a value of more than `LONG` characters is stored by its first `KEPT` and a hash."""
SAID = re.compile(r"<(?:text|title|tspan)[^>]*>([^<]+)<|aria-label=\"([^\"]+)\"")
LONG_FRACTION = re.compile(r"-?\d+/\d{25,}")


def file_text(file: Path) -> str:
    """Return a written file as text, by its suffix."""
    if file.suffix == ".xlsx":
        return _workbook_text(file)
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        return data_text(json.loads(text))
    return _page_text(text) if file.suffix == ".html" else text


def data_text(data: Any) -> str:
    """Return plain data in lines: what fits on one is one, and so is each record of a list of records."""
    return "".join(f"{line}\n" for line in _lines(data, "", "", ""))


def _lines(data: Any, indent: str, before: str, after: str) -> Iterator[str]:
    flat = f"{indent}{before}{_flat(data)}{after}"
    if not isinstance(data, dict | list) or not data or len(flat) <= WIDTH:
        yield flat
    elif isinstance(data, dict):
        yield f"{indent}{before}{{"
        for key, value in data.items():
            if len(data) > MANY:
                yield f"{indent} {json.dumps(key)}: {_cut(_flat(value))}"
            else:
                yield from _lines(value, f"{indent} ", f"{json.dumps(key)}: ", ",")
        yield f"{indent}}}{after}"
    else:
        yield f"{indent}{before}["
        for each in _rows(data):
            yield f"{indent} {each}"
        yield f"{indent}]{after}"


def _rows(data: list[Any]) -> Iterator[str]:
    """Yield each entry on a line; of records, the keys in one line before the values of those that have the same keys."""
    keys: list[str] | None = None
    for each in data:
        if isinstance(each, dict) and list(each) != keys:
            keys = list(each)
            yield f"# {', '.join(keys)}"
        values = list(each.values()) if isinstance(each, dict) else each
        if len(data) <= MANY:
            yield _flat(values)
        elif isinstance(values, list):
            yield f"[{', '.join(_cut(_flat(value)) for value in values)}]"
        else:
            yield _cut(_flat(values))


def _flat(data: Any) -> str:
    return LONG_FRACTION.sub(_short, json.dumps(data, ensure_ascii=False))


def _cut(value: str) -> str:
    return value if len(value) <= LONG else f"{value[:KEPT]}...#{_hash(value)}"


def _short(fraction: re.Match[str]) -> str:
    """Return a fraction too long to read by its beginning and a hash, which moves with every digit."""
    text = fraction[0]
    return f"{text[:8]}...#{_hash(text)}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def _page_text(page: str) -> str:
    """Return a page as it is, with style and scripts by their hash, drawings by texts and hash, and its data in lines."""
    page = re.sub(r"'sha256-[^']*'", "'sha256-HASH'", page)
    page = re.sub(
        r"<(style|script)>(.*?)</\1>", lambda found: f"<{found[1]}>{_hash(found[2])}</{found[1]}>", page, flags=re.S
    )
    page = re.sub(r"<svg.*?</svg>", _drawing, page, flags=re.S)
    island = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', re.S)
    return island.sub(lambda found: f"{found[1]}\n{data_text(json.loads(found[2]))}{found[3]}", page)


def _drawing(svg: re.Match[str]) -> str:
    """Return what a drawing says, on one line, and a hash of its shapes."""
    said = " | ".join(found for pair in re.findall(SAID, svg[0]) for found in pair if found.strip())
    return f"<svg>{said} #{_hash(svg[0])}</svg>"


def _workbook_text(file: Path) -> str:
    """Return each row of cells as a line: its formulas, and the values that are stored beside them."""
    with file.open("rb") as stream:
        formulas = load_workbook(stream)
    with file.open("rb") as stream:
        values = load_workbook(stream, data_only=True)
    return "".join(f"{line}\n" for sheet in formulas for line in _sheet_lines(sheet, values[sheet.title]))


def _sheet_lines(formulas: Any, values: Any) -> Iterator[str]:
    yield f"## {formulas.title}" + ("" if formulas.sheet_state == "visible" else f" ({formulas.sheet_state})")
    for row, stored in zip(formulas.iter_rows(), values.iter_rows(), strict=True):
        cells = [
            f"{cell.coordinate} {cell.value}" + (f" -> {value.value}" if value.value != cell.value else "")
            for cell, value in zip(row, stored, strict=True)
            if cell.value is not None
        ]
        if cells:
            yield " | ".join(cells).replace("\n", "\\n")
