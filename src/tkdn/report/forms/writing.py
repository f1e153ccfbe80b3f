"""The ministry's forms filled in: Formulir 1.1 to 1.4 of Permenperin 35/2025, as a workbook that calculates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tkdn.assessment.result import assessed
from tkdn.errors import Problem, UsageError
from tkdn.report.forms.sheet import Book, check_target

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.assessment.result import Assessment

REGULATION = "permenperin-35-2025"
"""The regulation that the forms belong to."""


def write_forms(assessment: Assessment, path: str | Path, *, force: bool = False) -> None:
    """Write the assessment as the ministry's own forms, in Indonesian, as an Excel workbook (`.xlsx`).

    Formulir 1.1 to 1.4 with live formulas and the same figures as the assessment, percentages with two decimals; the brainware
    forms where the bill states brainware; and a sheet of what is missing, taken for granted or doubtful. What the
    bill does not say stays blank and is marked. Source: Permenperin 35/2025 Lampiran I.

    >>> import tempfile, tkdn
    >>> out = Path(tempfile.mkdtemp()) / "forms.xlsx"
    >>> tkdn.write_forms(tkdn.assess(tkdn.read_bom("examples/pump/pump.json")), out)
    >>> out.exists()
    True

    Raises `UsageError` where the assessment is under another regulation, the path has another suffix, the file exists and `force`
    is not given, or a text does not fit into a cell; `MissingExtraError` without the extra `excel`.
    """
    from tkdn.report.forms.brainware import write_brainware
    from tkdn.report.forms.checklist import write_checklists
    from tkdn.report.forms.goods import GoodsForms
    from tkdn.report.forms.notes import write_notes

    path = Path(path)
    goods = check_forms(assessed(assessment), path, force=force)
    book = Book(assessment.on)
    forms = GoodsForms(book, goods)
    forms.write_material()
    forms.write_ladder("labour")
    forms.write_ladder("overhead")
    if goods.part(goods.product).brainware is not None:
        forms.brainware = write_brainware(book, goods, forms.header)
    forms.write_recap()
    write_checklists(book, forms)
    write_notes(book, goods)
    book.save(path, force=force)


def check_forms(assessment: Assessment, path: Path, *, force: bool) -> GoodsAssessment:
    """The assessment, where it has such forms and they can be written there; else `UsageError`."""
    from tkdn.assessment.goods import GoodsAssessment

    check_target(path, force=force)
    if not isinstance(assessment, GoodsAssessment) or assessment.regulation.id != REGULATION:
        message = f"the forms are those of {REGULATION}, and this is counted by {assessment.regulation.id}"
        raise UsageError([Problem.worded("forms-not-for-regulation", message, f"assess under {REGULATION}")])
    return assessment
