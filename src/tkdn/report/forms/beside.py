"""The facts that the figures of the forms rest on, written next to them, so that a workbook read back gives them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkdn.i18n import form_words
from tkdn.report.forms.sheet import Sheet, percent

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.bom.model import Production

FIRST = 14
"""The column of the first of them in Formulir 1.1."""
WIDTHS = (20, 24, 14, 14, 24, 14, 30)
WORKERS = ("indonesian_workers", "foreign_workers")
HEADS_COLUMN, SHARE_COLUMN, SHARE_PLACES = 4, 4, 6


def write_component(sheet: Sheet, assessment: GoodsAssessment, index: int) -> None:
    """Write part number, the certificate that counts, and the maker of a component."""
    part, certificate = assessment.day.parts[index], assessment.facts.certificate[index]
    maker = part.made_by and assessment.bom.supplier_by_id[part.made_by]
    sheet.text(FIRST, part.id)
    if certificate is not None:
        sheet.text(FIRST + 1, certificate.number)
        for column, day in ((FIRST + 2, certificate.issued), (FIRST + 3, certificate.expires)):
            sheet.text(column, day.isoformat() if day else "")
        sheet.text(FIRST + 4, certificate.regulation or "")  # its term follows from its text (Pasal 72a)
    if maker:
        sheet.text(FIRST + 5, maker.id)
        sheet.text(FIRST + 6, maker.name or "")


def write_workers(sheet: Sheet, made: Production | None) -> None:
    """Write the heads that the tick of Formulir 1.2 rests on, if both are stated (Pasal 6)."""
    heads = [None if made is None else getattr(made, key) for key in WORKERS]
    if None not in heads:
        for key, count in zip(WORKERS, heads, strict=True):
            sheet.text(0, form_words()["ladder"][key], "text")
            sheet.figure(HEADS_COLUMN, int(count or 0), "0")
            sheet.row += 1


def write_research_share(sheet: Sheet, share: object) -> None:
    """Write the share of revenue that the row of the brainware form rests on, if it is stated (Lampiran II.A.1)."""
    if share is not None:
        sheet.text(1, form_words()["brainware"]["share"], "text")
        sheet.figure(SHARE_COLUMN, share, percent(SHARE_PLACES))  # type: ignore[arg-type]
        sheet.row += 1
