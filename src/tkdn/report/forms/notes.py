"""The sheet of notes next to the figures: why there is no score, gaps, assumptions, warnings, provenance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tkdn.i18n import form_words, number, say
from tkdn.report.forms.sheet import Book, Sheet

if TYPE_CHECKING:
    from tkdn.assessment.findings.finding import Assumption, Finding, Gap
    from tkdn.assessment.goods import GoodsAssessment

Cells = tuple[str, str, str, str]


def write_notes(book: Book, assessment: GoodsAssessment) -> None:
    """Write the sheet, in Indonesian like the forms."""
    words = form_words()["findings"]
    sheet = book.sheet(words["sheet"], (26, 80, 70, 22))
    sheet.texts([words["title"]], "title")
    sheet.row += 1
    _provenance(sheet, assessment)
    reasons = [
        (each.code, assessment.article(each.rule) or "", assessment.day.parts[each.part].id)
        for each in assessment.obstacles
    ]
    if reasons:
        said = ((part, say(f"obstacle.{code}", "id", part=part), "", article) for code, article, part in reasons)
        _table(sheet, words["reasons"], said)
    _table(sheet, words["gaps"], ((*_finding(gap), _affects(gap)) for gap in assessment.gaps))
    _table(sheet, words["assumptions"], ((*_finding(each), _points(each)) for each in assessment.assumptions))
    _table(sheet, words["warnings"], ((*_finding(each), "") for each in assessment.warnings))
    lines = assessment.day.lines[assessment.day.product]
    others = [part for number_ in lines if not (part := assessment.day.parts[number_]).main]
    _table(sheet, words["not_main"], ((part.id, part.label, "", "") for part in others))


def _finding(finding: Finding) -> tuple[str, str, str]:
    return finding.part or finding.supplier or "", finding.message_in("id"), finding.remedy_in("id")


def _points(assumption: Assumption) -> str:
    if assumption.points is None:
        return ""
    return str(form_words()["findings"]["points"].format(points=number(assumption.points, "id")))


def _affects(gap: Gap) -> str:
    return ", ".join(say(f"table.basis_{each}", "id") for each in gap.affects)


def _table(sheet: Sheet, title: str, rows: Iterable[Cells]) -> None:
    words = form_words()["findings"]
    sheet.texts([title], "bold")
    found = list(rows)
    if not found:
        sheet.texts([words["none"]], "text")
    else:
        sheet.texts(words["heads"], "head")
        for row in found:
            sheet.texts(row)
    sheet.row += 1


def _provenance(sheet: Sheet, assessment: GoodsAssessment) -> None:
    words, source = form_words()["findings"], assessment.provenance
    sheet.texts([words["provenance"]], "bold")
    for key, value in (
        ("status", say(f"status.{assessment.status}", "id")),
        ("regulation", f"{assessment.regulation.name} ({source['regulation']}, {source['data_version']})"),
        ("on", source["on"]),
        ("library", source["library"]),
        ("input", source["input_sha256"]),
    ):
        sheet.texts([words[key], value])
    sheet.row += 1
