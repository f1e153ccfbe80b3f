"""The BMP as forms: its fifteen factors, each with the facts it is judged by, and the recap (35/2025 Lampiran V)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tkdn.assessment.steps import Word
from tkdn.documents.company_benefit import BenefitResult, fact_word, stated_fact
from tkdn.errors import Problem, UsageError
from tkdn.i18n import decimal, form_words, number, say
from tkdn.method.benefit import FACTS, SHARES, BenefitRules, Fact
from tkdn.report.forms.sheet import (
    Book,
    Sheet,
    address,
    check_target,
    column_range,
    fraction,
    percent,
    rounded,
)

STATED, CRITERION, VALUE = 2, 3, 4
WEIGHT, FOUND = 2, 3


def write_benefit_forms(result: BenefitResult, path: str | Path, *, force: bool = False) -> None:
    """Write a company's BMP as forms, in Indonesian, as an Excel workbook (`.xlsx`) with live formulas.

    Percentages with two decimals, the same as the result's; facts not stated are marked. Source: Permenperin 35/2025 Pasal 21-23,
    Lampiran V; the columns follow Lampiran II, in two sheets for its sixteen forms.

    >>> import tempfile
    >>> from tkdn.documents import benefit, read
    >>> out = Path(tempfile.mkdtemp()) / "bmp.xlsx"
    >>> write_benefit_forms(benefit(read("examples/tender/benefit.json")), out)
    >>> out.exists()
    True

    Raises:
        UsageError: `format-unknown` if the path has another suffix, `output-exists` without `force`, `benefit-refused` if no
            BMP can be counted.
        MissingExtraError: `extra-missing` without the extra `excel`.
    """
    path = Path(path)
    if result.exact is None:
        message = f"no BMP can be counted for this firm ({result.refused_by}), so there are no forms to fill"
        raise UsageError(
            [Problem.worded("benefit-refused", message, "correct the facts that refuse it, or write no forms")]
        )
    check_target(path, force=force)
    book = Book(result.on)
    _write_recap(book, result, _write_factors(book, result))
    book.save(path, force=force)


def _write_factors(book: Book, result: BenefitResult) -> dict[str, str]:
    """Write the sheet of factors, and return the cell of each one's value; the largest criterion met counts (Lampiran V.C)."""
    words, rules = form_words()["benefit"], BenefitRules(result.law, result.on)
    sheet = book.sheet(words["sheet"], (6, 70, 34, 16, 18))
    _head(sheet, result, words["title"])
    sheet.texts(words["heads"], "head")
    values = {}
    for order, row in enumerate(result.factors, start=1):
        facts = ("size", *FACTS[row.factor]) if row.factor == "employment" else FACTS[row.factor]
        values[row.factor] = sheet.ref(address(sheet.row, VALUE, fixed=True))
        criteria = column_range(sheet.row + 1, sheet.row + len(facts), CRITERION)
        met = row.criterion.percent if row.criterion else Fraction(0)
        sheet.figure(0, order, "0", "total")
        sheet.text(1, say(f"benefit-factor.{row.factor}", "id"), "total")
        sheet.blanks((STATED, CRITERION))
        sheet.formula(VALUE, f"MAX({criteria})", fraction(met), percent(0), "total")
        sheet.row += 1
        for fact in facts:
            _write_fact(sheet, result, rules, row.factor, fact)
    sheet.texts(["", words["note"]], "text")
    return values


def _write_fact(sheet: Sheet, result: BenefitResult, rules: BenefitRules, factor: str, fact: str) -> None:
    stated: Fact | None = getattr(result.document, fact)
    sheet.blanks((0, CRITERION, VALUE))
    sheet.text(1, say(f"benefit-fact.{fact}", "id"))
    if stated is None:
        sheet.text(STATED, form_words()["benefit"]["missing"], "missing")
    else:
        sheet.text(STATED, _shown(fact, stated))
        if fact != "size" and stated_fact(result.document, fact) is not None:
            met = rules.criterion(factor, fact, stated, result.document.size)
            sheet.figure(CRITERION, fraction(met.percent), percent(0))
    sheet.row += 1


def _shown(fact: str, stated: Fact) -> str:
    """Return a stated fact in words, shares as percentages."""
    word = fact_word(fact, stated)
    if isinstance(word, Word):
        return word.said("id")
    if isinstance(stated, bool):
        return say("explain.yes" if stated else "explain.no", "id")
    if isinstance(stated, str):
        return stated
    return number(stated * 100, "id") + "%" if fact in SHARES else number(stated, "id")


def _write_recap(book: Book, result: BenefitResult, values: dict[str, str]) -> None:
    words = form_words()["benefit"]
    sheet = book.sheet(words["recap_sheet"], (6, 70, 16, 18, 16))
    _head(sheet, result, words["recap_title"])
    sheet.texts(words["recap_heads"], "head")
    sheet.texts(words["recap_numbers"], "number")
    first = sheet.row
    for order, row in enumerate(result.factors, start=1):
        met = row.criterion.percent if row.criterion else Fraction(0)
        sheet.figure(0, order, "0", "center")
        sheet.text(1, say(f"benefit-factor.{row.factor}", "id"))
        sheet.figure(WEIGHT, fraction(row.weight), percent())
        sheet.formula(FOUND, values[row.factor], fraction(met), percent())
        product = f"{address(sheet.row, WEIGHT)}*{address(sheet.row, FOUND)}"
        sheet.formula(VALUE, rounded(product), fraction(row.points, shown=True), percent())
        sheet.row += 1
    total = f"SUMPRODUCT({','.join(column_range(first, sheet.row - 1, column) for column in (WEIGHT, FOUND))})"
    for label, mark, formula, value in (
        (words["total"], "(5)", total, result.exact_total),
        (words["value"], "(6)", f"MIN({float(fraction(result.limit)):g},{total})", result.exact or Fraction(0)),
    ):
        sheet.texts(["", label, "", mark], "total")
        sheet.row -= 1
        sheet.formula(VALUE, rounded(formula), fraction(value, shown=True), percent(), "total")
        sheet.row += 1
    for note in words["recap_notes"]:
        sheet.texts(["", note.format(limit=f"{number(decimal(result.limit), 'id')}%")], "text")
    for said in result.notes:
        sheet.texts(["", said.message_in("id")], "text")


def _head(sheet: Sheet, result: BenefitResult, title: str) -> None:
    words, name = form_words()["header"], result.document.name
    sheet.texts([title], "title")
    sheet.text(0, words["company"], "text")
    sheet.across(1, 4, name or "", "cell" if name else "missing")
    sheet.row += 1
    sheet.text(0, words["address"], "text")
    sheet.across(1, 4, "", "missing")
    sheet.row += 2
