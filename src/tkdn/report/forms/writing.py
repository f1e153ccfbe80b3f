"""The ministry's forms filled in: Formulir 1.1 to 1.4 of Permenperin 35/2025, as a workbook that calculates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.result import assessed
from tkdn.errors import Problem, UsageError
from tkdn.report.forms.brainware import write_brainware
from tkdn.report.forms.checklist import write_checklists
from tkdn.report.forms.goods import GoodsForms
from tkdn.report.forms.notes import write_notes
from tkdn.report.forms.sheet import Book, check_target

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment

REGULATION = "permenperin-35-2025"
"""The regulation that the forms belong to."""


def write_forms(assessment: Assessment, path: str | Path, *, force: bool = False) -> None:
    """Write the assessment as the ministry's own forms, in Indonesian, as an Excel workbook (`.xlsx`).

    Formulir 1.1 to 1.4 with live formulas and the same figures as the assessment, percentages with two decimals; the brainware
    forms if the bill states brainware; and a sheet of what is missing, taken for granted or doubtful. Fields that the bill
    does not state stay blank and are marked. Source: Permenperin 35/2025 Lampiran I and II.

    Args:
        assessment: under Permenperin 35/2025.
        path: where to write, with the suffix `.xlsx`.
        force: True to replace a file that exists.

    Raises:
        UsageError: `forms-not-for-regulation` under another regulation, `format-unknown` for another suffix, `output-exists`
            without `force`, `output-unwritable`, `text-too-long`, `too-many-rows`.
        MissingExtraError: `extra-missing` without the extra `excel`.

    >>> import tempfile, tkdn
    >>> out = Path(tempfile.mkdtemp()) / "forms.xlsx"
    >>> tkdn.write_forms(tkdn.assess(tkdn.read_bom("examples/pump/pump.json")), out)
    >>> out.exists()
    True
    """
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
    """Return the assessment, if it has such forms and they can be written there.

    Raises:
        UsageError: `forms-not-for-regulation`, `format-unknown`, `output-exists`.
    """
    check_target(path, force=force)
    if not isinstance(assessment, GoodsAssessment) or assessment.regulation.id != REGULATION:
        message = f"the forms are those of {REGULATION}, and this is counted by {assessment.regulation.id}"
        raise UsageError([Problem.worded("forms-not-for-regulation", message, f"assess under {REGULATION}")])
    return assessment
