"""The written workbook as another program sees it: its figures, its text, its formulas; and LibreOffice, which calculates it."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tkdn import Assessment
from tkdn.assessment.rounding import text, two_places

HUNDREDTH = Decimal("0.01")
EXACT = Context(prec=400)
"""More digits than any float has."""
MOST_WITH_DECIMALS, MOST_WHOLE = 10**10, 10**15
WRONG = b"7"
SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop>
</item></oor:items>"""
"""Calculate every formula anew when a file is loaded; write numbers as in Indonesia."""
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""All sheets as CSV files, cells as they are shown."""


@dataclass(frozen=True)
class Figures:
    """The figures of Formulir 1.1 to 1.4 as they are shown: percentages with two decimals; None where a cell is blank."""

    lines: list[tuple[str, str | None, str | None, str, str | None]]
    total: str | None
    material: str | None
    factors: list[tuple[str | None, str | None]]
    good: str | None
    score: str | None


def expected(assessment: Assessment) -> Figures:
    """What the forms of an assessment must show, from what it says itself."""
    data = assessment.to_dict()
    lines = []
    costs = [each.exact["cost"] for each in assessment if each.counts and each.exact["cost"] is not None]
    unit = HUNDREDTH if sum(costs) < MOST_WITH_DECIMALS else Decimal(1)
    for row in (each for each in data["components"] if each["counts"]):
        exact = assessment.components[row["part"]].exact
        share, credit = exact["share"], exact["credit"]
        kdn = None if share is None or credit is None else two_places(share * credit / 100)
        cost = None if exact["cost"] is None else _to(unit, exact["cost"])
        lines.append((row["name"] or row["part"], cost, row["share"], row["credited"], text(kdn)))
    factors = [data["factors"][name] for name in ("material", "labour", "overhead")]
    known = factors[0]["value"] is not None
    of_good = [assessment.factors[name].points for name in ("material", "labour", "overhead")]
    good = None if assessment.exact is None else text(two_places(sum(each for each in of_good if each is not None)))  # type: ignore[arg-type]
    return Figures(
        lines,
        _to(unit, sum(costs, Fraction(0))) if known else None,
        factors[0]["value"],
        [
            (each["value"] or (None if number == 0 else "0.00"), None if assessment.exact is None else each["points"])
            for number, each in enumerate(factors)
        ],
        good,
        data["score"],
    )


def _to(unit: Decimal, value: Fraction) -> str:
    """A cost as it is shown: in hundredths or whole rupiah, half up."""
    units = (2 * value / Fraction(unit) + 1) // 2
    return str(_held((Decimal(units) * unit).quantize(HUNDREDTH)))


def figures(path: Path) -> Figures:
    """The stored values of the forms, as they are shown."""
    book = openpyxl.load_workbook(path, data_only=True)
    material = list(book["Formulir 1.1"].iter_rows(values_only=True))
    rows = [row for row in material if isinstance(row[0], int | float)]
    total, factor = _row(material, "Total", 1), _row(material, "Nilai TKDN Faktor Bahan/Material Langsung", 1)
    recap = list(book["Formulir 1.4"].iter_rows(values_only=True))
    good = percent(_row(recap, "TKDN Barang")[3])
    with_brainware = _row(recap, "TKDN Barang dengan Kemampuan Intelektual (di luar formulir)")
    return Figures(
        [
            (str(row[1]), money(row[7]), percent(row[8]), str(round(row[10] * 100)), percent(row[11]))  # type: ignore[operator, arg-type]
            for row in rows
        ],
        money(total[7]),
        percent(factor[11]),
        [(percent(row[2]), percent(row[3])) for start in ("I. ", "II. ", "III. ") for row in [_row(recap, start)]],
        good,
        percent(with_brainware[3]) if with_brainware else good,
    )


def _row(rows: Sequence[tuple[Any, ...]], start: str, column: int = 0) -> tuple[Any, ...]:
    """The row whose text starts so, or is just this where it names no numeral."""
    numeral = start.endswith(" ")
    for row in rows:
        said = str(row[column])
        if said == start or (numeral and said.startswith(start)):
            return row
    return ()


def percent(value: Any) -> str | None:
    """A cell's percentage: it must be stored rounded, so that every program shows the same."""
    return None if not isinstance(value, int | float) else _stored(EXACT.multiply(Decimal(f"{value:.12f}"), 100))


def money(value: Any) -> str | None:
    """A cell's rupiah."""
    return None if not isinstance(value, int | float) else str(_held(Decimal(_stored(Decimal(repr(float(value)))))))


def _held(rupiah: Decimal) -> Decimal:
    """A cost as far as a spreadsheet holds it: fifteen digits."""
    return rupiah if rupiah < MOST_WHOLE else Context(prec=15, rounding=ROUND_HALF_UP).plus(rupiah)


def _stored(value: Decimal) -> str:
    shown = value.quantize(HUNDREDTH, ROUND_HALF_UP, EXACT)
    assert abs(Fraction(shown) - Fraction(value)) <= abs(Fraction(value)) / 10**14
    return str(shown)


def texts(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The cells of a sheet, row by row."""
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def row_of(path: Path, sheet: str, label: str, column: int = 1) -> tuple[Any, ...]:
    """The row of a sheet with this text in a column."""
    (found,) = [row for row in texts(path, sheet) if row[column] == label]
    return found


def formulas(path: Path) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and formula of every formula."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(cell.value)


def forget_values(path: Path) -> None:
    """Put a wrong value in the place of every stored result, so that only a program that calculates shows the right one."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in entries.items():
            if name.startswith("xl/worksheets/"):
                archive.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>" + WRONG + b"</v>", raw))
            else:
                archive.writestr(name, raw)


def recalculated(folder: Path, paths: Sequence[Path], kind: str = "xlsx") -> Path:
    """The folder in which LibreOffice has written the files after calculating them."""
    assert SOFFICE is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    out = folder / "recalculated"
    start = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*start, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=300)
    return out


def shown_cells(folder: Path, path: Path, sheet: str) -> list[list[str]]:
    """The cells of a sheet as LibreOffice shows them in Indonesia."""
    out = recalculated(folder, [path], CSV)
    with (out / f"{path.stem}-{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
