"""The brainware forms of Permenperin 35/2025 Lampiran II: four factors and their recap, on one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from tkdn.assessment.facts import brainware_facts
from tkdn.i18n import form_words
from tkdn.method.goods import BRAINWARE_FACTS, BrainwareFact
from tkdn.report.forms.beside import write_research_share
from tkdn.report.forms.sheet import PERCENT, Book, Sheet, address, column_range, fraction, percent, rounded

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.method.goods import GoodsRules
    from tkdn.report.forms.goods import Header

WEIGHT, FOUND, VALUE = 2, 3, 4
FORMS_A_PAGE = 2


class CriterionRow(NamedTuple):
    """A criterion: its words, what it gives in percent, and True if the stated fact meets it (None: not stated)."""

    label: str
    percent: Fraction
    met: bool | None


def criteria(rules: GoodsRules, fact: str, stated: BrainwareFact | None) -> Iterator[CriterionRow]:
    """Yield the rows of a factor's form (Lampiran II.A)."""
    words = form_words()["brainware"][fact]
    key, met = (None, None) if stated is None else rules.brainware_rule(fact, stated)
    if "rows" in words:
        for label, row in zip(words["rows"], rules.value(f"brainware.{fact}.criterion").rows, strict=True):
            yield CriterionRow(label, Fraction(row.value), None if key is None else row == met)
    else:
        for name, label in words.items():
            if name not in ("title", "recap"):
                of_row = f"brainware.{fact}.{name}"
                yield CriterionRow(label, rules.percent(of_row), None if key is None else key == of_row)


def write_brainware(book: Book, assessment: GoodsAssessment, header: Header) -> str:
    """Write the sheet, and return the name of the cell with the points that brainware adds."""
    words, rules = form_words()["brainware"], assessment.rules
    facts = brainware_facts(assessment.day.parts[assessment.day.product])
    sheet = book.sheet(words["sheet"], (13, 66, 12, 14, 16))
    values, starts = {}, []
    for order, fact in enumerate(BRAINWARE_FACTS):
        if order and order % FORMS_A_PAGE == 0:
            starts.append(sheet.row)
        sheet.texts([words[fact]["title"]], "title")
        header.write(sheet, ("company", "address"), 1, VALUE)
        values[fact] = _factor(sheet, list(criteria(rules, fact, facts.get(fact))))
        if fact == "rd_share_of_revenue":
            write_research_share(sheet, facts.get(fact))
        if fact not in facts:
            sheet.texts(["", words["missing"]], "missing")
        sheet.row += 1
    sheet.texts(["", words["note"]], "text")
    sheet.row += 1
    sheet.pages([*starts, sheet.row])
    return _recap(sheet, assessment, header, values, facts)


def _factor(sheet: Sheet, rows: list[CriterionRow]) -> str:
    """Write one form, and return the cell of its value."""
    words = form_words()["brainware"]
    sheet.texts(words["heads"], "head")
    sheet.texts(words["numbers"], "number")
    first, value = sheet.row, address(sheet.row, VALUE, fixed=True)
    found, weights = (column_range(first, first + len(rows) - 1, column) for column in (FOUND, WEIGHT))
    for letter, row in zip(ascii_uppercase, rows, strict=False):
        sheet.text(0, letter, "center")
        sheet.text(1, row.label)
        sheet.figure(WEIGHT, fraction(row.percent), percent(0))
        sheet.text(FOUND, "" if row.met is None else words["yes"] if row.met else words["no"], "center")
        if sheet.row == first:
            exact = sum((each.percent for each in rows if each.met), Fraction(0))
            sheet.formula(VALUE, f'SUMIF({found},"{words["yes"]}",{weights})', fraction(exact), percent(0))
        else:
            sheet.blanks((VALUE,))
        sheet.row += 1
    return value


def _recap(
    sheet: Sheet, assessment: GoodsAssessment, header: Header, values: dict[str, str], facts: dict[str, BrainwareFact]
) -> str:
    words, rules = form_words()["brainware"], assessment.rules
    sheet.texts([words["recap_title"]], "title")
    header.write(sheet, ("company", "address"), 1, VALUE)
    sheet.texts(words["recap_heads"], "head")
    sheet.texts(words["recap_numbers"], "number")
    first = sheet.row
    for fact in BRAINWARE_FACTS:
        weight = rules.percent(f"brainware.{fact}.weight")
        met = rules.brainware_criterion(fact, facts[fact]) if fact in facts else Fraction(0)
        sheet.blanks((0,))
        sheet.text(1, words[fact]["recap"])
        sheet.figure(WEIGHT, fraction(weight), percent())
        sheet.formula(FOUND, values[fact], fraction(met), percent())
        product = f"{address(sheet.row, WEIGHT)}*{address(sheet.row, FOUND)}"
        sheet.formula(VALUE, rounded(product), fraction(weight * met / PERCENT, shown=True), percent())
        sheet.row += 1
    weights, found = (column_range(first, sheet.row - 1, column) for column in (WEIGHT, FOUND))
    exact = f"SUMPRODUCT({weights},{found})"
    total, most = rules.brainware(facts), rules.percent("brainware.most")
    for label, number, formula, value in (
        (words["total"], "(5)", exact, total),
        (words["value"], "(6)", f"{exact}*{float(fraction(most)):g}", rules.brainware_points(total)),
    ):
        sheet.texts(["", label, "", number], "total")
        sheet.row -= 1
        sheet.formula(VALUE, rounded(formula), fraction(value, shown=True), percent(), "total")
        sheet.row += 1
    points = sheet.ref(address(sheet.row - 1, VALUE, fixed=True))
    for note in words["recap_notes"]:
        sheet.texts(["", note.format(most=f"{most}%")], "text")
    return points
