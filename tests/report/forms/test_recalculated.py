"""LibreOffice opens the forms, calculates every formula anew, and shows the assessment's figures to the last digit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from tests.report.forms.reading import (
    expected,
    figures,
    forget_values,
    needs_soffice,
    percent,
    recalculated,
    row_of,
    shown_cells,
)
from tests.support import bills
from tests.support.build import EXAMPLES, abroad, assessed, bill, good, home

from tkdn import Assessment, assess, read_bom, write_forms
from tkdn.documents import benefit, read, write_benefit_forms
from tkdn.i18n import number

RANDOM_BILLS = 60
pytestmark = needs_soffice


def random_bills(count: int) -> list[bills.Document]:
    """The same random bills every time: one start of LibreOffice takes them all."""
    found: list[bills.Document] = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(bills.bills())
    def collect(document: bills.Document) -> None:
        found.append(document)

    collect()
    return found


def written(folder: Path, assessments: list[Assessment]) -> list[Path]:
    """The forms of each, with every stored result made wrong."""
    paths = []
    for order, assessment in enumerate(assessments):
        path = folder / f"{order:03}.xlsx"
        write_forms(assessment, path)
        forget_values(path)
        paths.append(path)
    return paths


def test_wrong_values_are_seen(tmp_path: Path) -> None:
    (path,) = written(tmp_path, [assess(read_bom(EXAMPLES / "pump" / "pump.json"))])
    assert figures(path).material == "700.00"


def test_every_figure_is_the_assessments(tmp_path: Path) -> None:
    files = ("pump/pump.json", "rural-pickup/pickup.json", "openbot-mtv/openbot-mtv.json")
    assessments = [assess(read_bom(EXAMPLES / file)) for file in files]
    assessments += [assessed(document) for document in random_bills(RANDOM_BILLS)]
    paths = written(tmp_path, assessments)
    out = recalculated(tmp_path, paths)
    for path, assessment in zip(paths, assessments, strict=True):
        assert figures(out / path.name) == expected(assessment)


def test_half_hundredths_are_rounded_up(tmp_path: Path) -> None:
    """Shares of 0.435% and 12.345% lie between two hundredths, and binary numbers between them and the next."""
    lines = (435, 12345, 87220)
    parts = [home(f"P-{cost}", cost, natural_resource=cost == 12345) for cost in lines]
    assessment = assessed(bill(good(), *parts, uses={"GOOD": " ".join(part["id"] for part in parts)}))
    (path,) = paths = written(tmp_path, [assessment])
    found = figures(recalculated(tmp_path, paths) / path.name)
    assert [line[2] for line in found.lines] == ["0.44", "12.35", "87.22"]
    assert found == expected(assessment)


def test_half_a_hundredth_of_a_quantity_without_end_is_rounded_up(tmp_path: Path) -> None:
    """Costs of 366 in 40,000 are 0.915%, here from a quantity that has no end in binary, in many ways."""
    lost = {scrap: (100 - scrap, 100) for scrap in range(1, 60, 2)}
    parts = [home(f"P-{scrap}", {"amount": str(366 * kept), "per": str(of)}) for scrap, (kept, of) in lost.items()]
    uses = [{"parent": "GOOD", "part": f"P-{scrap}", "quantity": "1", "scrap": f"{scrap / 100:.2f}"} for scrap in lost]
    rest = abroad("REST", 40_000 - 366 * len(lost))
    assessment = assessed(bill(good(), rest, *parts, uses={"GOOD": "REST"}, more_uses=uses))
    (path,) = paths = written(tmp_path, [assessment])
    found = figures(recalculated(tmp_path, paths) / path.name)
    assert {line[1:3] for line in found.lines[1:]} == {("366.00", "0.92")}
    assert found == expected(assessment)


def test_half_a_rupiah_of_a_dear_good_is_rounded_up(tmp_path: Path) -> None:
    """Shown in whole rupiah; 1/0.97 has no end in binary, and its product with the price lies just below the half."""
    ship, bolt = home("SHIP", "1e12"), home("BOLT", "12345.675")
    bolts = {"parent": "GOOD", "part": "BOLT", "quantity": "3", "scrap": "0.03"}
    assessment = assessed(bill(good(), ship, bolt, uses={"GOOD": "SHIP"}, more_uses=[bolts]))
    assert assessment.components["BOLT"].exact["cost"] == Fraction(76365, 2)
    (path,) = paths = written(tmp_path, [assessment])
    found = figures(recalculated(tmp_path, paths) / path.name)
    assert [line[1] for line in found.lines] == ["1000000000000.00", "38183.00"]


def test_a_cost_just_below_a_half_is_rounded_down(tmp_path: Path) -> None:
    """In whole rupiah; rounded at the 15th digit first, it would become a half."""
    assessment = assessed(bill(good(), home("A", "315633775264.4998"), uses={"GOOD": "A"}))
    (path,) = paths = written(tmp_path, [assessment])
    assert figures(recalculated(tmp_path, paths) / path.name).total == "315633775264.00"


def test_numbers_are_shown_as_in_indonesia(tmp_path: Path) -> None:
    assessment = assess(read_bom(EXAMPLES / "pump" / "pump.json"))
    (path,) = written(tmp_path, [assessment])
    rows = shown_cells(tmp_path, path, "Formulir 1.1")
    assert rows[11][5:12] == ["1", "4.100.000", "4.100.000", "2,96%", "78%", "80%", "2,37%"]
    shown = {row[1]: row for row in rows}
    assert shown["Total"][7:9] == ["138.430.000", "100,00%"]
    assert shown["Nilai TKDN Faktor Bahan/Material Langsung"][11] == "3,36%"
    recap = shown_cells(tmp_path, path, "Formulir 1.4")
    assert next(row for row in recap if row[0] == "TKDN Barang")[3] == number(assessment.score, "id") + "%"


def test_benefit_forms(tmp_path: Path) -> None:
    result = benefit(read(EXAMPLES / "tender" / "benefit.json"))
    path = tmp_path / "bmp.xlsx"
    write_benefit_forms(result, path)
    forget_values(path)
    out = recalculated(tmp_path, [path]) / path.name
    assert percent(row_of(out, "Rekapitulasi BMP", "Nilai BMP")[4]) == str(result.score)
