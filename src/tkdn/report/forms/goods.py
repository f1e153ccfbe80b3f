"""Formulir 1.1 to 1.4 of Permenperin 35/2025 Lampiran I: material, labour, overhead, recap.

Every figure shown is a formula over quantity, unit price and credit as they are, rounded last, as the assessment rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from tkdn.assessment.explanation.goods import credit_article
from tkdn.bom.country import ABROAD, HOME, country_name
from tkdn.i18n import form_words, shown_origin
from tkdn.method.goods import FACTORS
from tkdn.report.forms.beside import WIDTHS, write_component, write_workers
from tkdn.report.forms.sheet import (
    PERCENT,
    SHOWN_PLACES,
    Book,
    Sheet,
    address,
    column_range,
    decimals,
    fraction,
    grouped,
    half_up,
    percent,
    rounded,
)

if TYPE_CHECKING:
    from tkdn.assessment.component import Component
    from tkdn.assessment.findings.finding import Gap
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.bom.model import Part

TICK = "✓"
ALL = Fraction(PERCENT)
DUST = 13
"""Decimals at which binary arithmetic is taken off before a figure is rounded, so that a half shows as a half."""
DIGITS = 15
"""Digits of a number that spreadsheets hold; what binary arithmetic leaves lies beyond."""
RUPIAH_BEFORE_ROUNDING = 4
MAX_WITH_DECIMALS = 10**10
"""Rupiah of a good up to which costs show decimals: of larger ones, binary arithmetic leaves too much in the hundredths."""
QUANTITY, PRICE, COST, SHARE, CERTIFIED, CREDITED, POINTS, BASIS, NOTE = range(5, 14)
LADDERS = {
    "labour": ("own", "partner_factory", "outsourced", "below"),
    "overhead": ("own", "partner_factory", "outsourced", "not_invested"),
}
"""Rows of Formulir 1.2 and 1.3, as the regulation's parameters call them."""
WAITS_FOR = {
    "labour": {"workers-missing", "no-workers", "factory-missing"},
    "overhead": {"investment-missing", "factory-missing"},
}
"""The gaps for want of which no row can be ticked."""


def _shown(formula: str) -> str:
    """Return the formula of a percentage as it is shown, after what binary arithmetic leaves is taken off."""
    return rounded(rounded(formula, DUST))


@dataclass(frozen=True)
class Header:
    """The facts of the bill for the header block of a form; the rest is left to be filled in.

    The applicant is the product's maker; if all making is handed to another company, the firm that sells it.
    """

    maker: str | None
    product: str | None
    spec: str | None

    @classmethod
    def of(cls, assessment: GoodsAssessment) -> Header:
        """Return the header of an assessment's product."""
        part = assessment.day.parts[assessment.day.product]
        outsourced = part.production is not None and part.production.factory == "outsourced"
        applicant = part.supplier if outsourced else part.made_by
        firm = applicant and assessment.bom.supplier_by_id[applicant]
        return cls((firm.name or firm.id) if firm else None, part.name, part.spec)

    def write(self, sheet: Sheet, keys: Sequence[str], first: int, last: int) -> None:
        """Write a label and its value for each key, the values from column `first` to `last`."""
        words = form_words()["header"]
        said = {
            "maker": self.maker,
            "company": self.maker,
            "output": self.product,
            "kind": self.product,
            "spec": self.spec,
        }
        for key in keys:
            sheet.text(0, words[key], "text")
            value = said.get(key)
            sheet.across(first, last, value or "", "cell" if value else "missing")
            sheet.row += 1
        sheet.row += 1


FORM_HEADER = ("maker", "kind", "type", "spec", "standard")
RECAP_HEADER = ("maker", "address", "output", "kind", "recap_type", "spec", "standard")


class GoodsForms:
    """The four forms of an assessment in a workbook; the cells that a form leaves behind feed the recap."""

    def __init__(self, book: Book, assessment: GoodsAssessment) -> None:
        """Begin the forms; nothing is written yet."""
        self.book, self.assessment = book, assessment
        self.header = Header.of(assessment)
        self.material_shown = self.material_exact = ""
        self.ladder: dict[str, str] = {}
        self.brainware = ""
        self.total = ""

    @cached_property
    def lines(self) -> list[tuple[int, Component]]:
        """The main components, by part number."""
        index_of = self.assessment.bom.graph.index
        return [(index_of[each.part], each) for each in self.assessment.components.values() if each.counts]

    @property
    def material(self) -> Fraction | None:
        """Value of the factor material in percent (Pasal 5); None if it is not known."""
        return self.assessment.factors["material"].value

    @property
    def of_good(self) -> Fraction:
        """The points of material, labour and overhead: TKDN without brainware."""
        factors = self.assessment.factors
        return sum((factors[name].points or Fraction(0) for name in FACTORS), Fraction(0))

    def write_material(self) -> None:
        """Write Formulir 1.1 (Pasal 5, Lampiran I.2.a)."""
        words = form_words()["material"]
        sheet = self.book.sheet(words["sheet"], (5, 36, 26, 9, 16, 13, 18, 21, 13, 10, 13, 16, 26, 50, *WIDTHS))
        sheet.texts([words["title"]], "title")
        self.header.write(sheet, FORM_HEADER, 2, POINTS)
        sheet.texts([*words["heads"], *words["beside"]], "head")
        sheet.texts(words["numbers"], "number")
        sheet.sheet.freeze_panes(sheet.row, 2)
        first = sheet.row
        last = first + len(self.lines) - 1
        total = address(last + 1, NOTE, fixed=True)
        for order, (index, component) in enumerate(self.lines, start=1):
            self._material_line(sheet, order, index, component, total)
        self._material_totals(sheet, first, last)
        for note in words["notes"]:
            sheet.texts([note], "text")
        sheet.sheet.repeat_rows(first - 2, first - 1)
        sheet.sheet.print_area(0, 0, sheet.row - 1, POINTS)

    def _material_line(self, sheet: Sheet, order: int, index: int, component: Component, total: str) -> None:
        day = self.assessment.day
        part, quantity = day.parts[index], Fraction(*day.lines[day.product][index])
        unit_cost, cost, credit = day.cost(index), component.exact["cost"], component.exact["credit"] or Fraction(0)
        quantity_at, price_at, credit_at = (address(sheet.row, column) for column in (QUANTITY, PRICE, CREDITED))
        sheet.figure(0, order, "0", "center")
        sheet.text(1, part.label)
        sheet.text(2, part.spec or "")
        sheet.text(3, part.unit)
        origin = self._origin(index, part)
        sheet.text(4, origin or form_words()["material"]["origin_unknown"], "cell" if origin else "missing")
        sheet.figure(QUANTITY, quantity, grouped(decimals(quantity)))
        if unit_cost is None or cost is None:
            sheet.blanks((PRICE, COST), "missing")
        else:
            sheet.figure(PRICE, unit_cost, grouped(decimals(unit_cost, SHOWN_PLACES)))
            self._rupiah(sheet, f"{quantity_at}*{price_at}", cost)
        self._certified(sheet, component, abroad=self.assessment.facts.origin[index] is False)
        sheet.figure(CREDITED, fraction(credit), percent(0))
        share = component.exact["share"]
        if share is None:
            sheet.blanks((SHARE, POINTS))
        else:
            of_total = f"{quantity_at}*{price_at}/{total}"
            kdn = share * credit / PERCENT
            sheet.formula(SHARE, _shown(of_total), fraction(share, shown=True), percent())
            with_credit = f"{quantity_at}*{price_at}*{credit_at}/{total}"
            sheet.formula(POINTS, _shown(with_credit), fraction(kdn, shown=True), percent())
        sheet.text(BASIS, credit_article(self.assessment, index))
        notes = self._notes(component.part)
        sheet.text(NOTE, "\n".join(notes), "missing" if notes else "cell")
        write_component(sheet, self.assessment, index)
        sheet.row += 1

    def _rupiah(self, sheet: Sheet, formula: str, cost: Fraction, style: str = "figure") -> None:
        places = self.rupiah_places
        held = DIGITS - len(str(int(cost)))
        if places < held and (cost * 10**places).denominator == 2:  # a half; elsewhere, rounding twice could make one
            formula = rounded(formula, held)
        sheet.formula(COST, rounded(formula, places), half_up(cost, places), grouped(places), style)

    @cached_property
    def rupiah_places(self) -> int:
        """Decimals of costs: none if all are whole, or more than a spreadsheet holds to the hundredth."""
        costs = [cost for _, each in self.lines if (cost := each.exact["cost"]) is not None]
        return 0 if sum(costs) >= MAX_WITH_DECIMALS or all(cost.denominator == 1 for cost in costs) else SHOWN_PLACES

    def _origin(self, index: int, part: Part) -> str | None:
        """Return column (5), in Indonesian; None if the origin is unknown."""
        code = part.made_in or (HOME if self.assessment.facts.origin[index] else None)
        if code == ABROAD:
            return shown_origin(code, "id")
        return code and (form_words()["countries"].get(code) or country_name(code))

    def _certified(self, sheet: Sheet, component: Component, *, abroad: bool) -> None:
        """Write column (12): the certificate's value; 0% for an import; blank for a domestic component without one."""
        value = Fraction(0) if abroad else component.certified
        if value is None:
            sheet.blanks((CERTIFIED,))
        else:
            exact = fraction(value)
            sheet.figure(CERTIFIED, exact, percent(decimals(Fraction(value))))

    def _notes(self, part: str) -> list[str]:
        """Return the gaps of a component that the score needs, in words."""
        return [gap.message_in("id") for gap in self._missing.get(part, [])]

    @cached_property
    def _missing(self) -> dict[str, list[Gap]]:
        found: dict[str, list[Gap]] = {}
        for gap in self.assessment.gaps:
            if gap.part is not None and "score" in gap.affects:
                found.setdefault(gap.part, []).append(gap)
        return found

    def _material_totals(self, sheet: Sheet, first: int, last: int) -> None:
        words, material = form_words()["material"], self.material
        for label, mark in ((words["total"], "(9), (11)"), (words["factor"], "(15)")):
            sheet.blanks((0, *range(3, POINTS + 1)), "total")
            sheet.text(1, label, "total")
            sheet.text(2, mark, "number")
            sheet.row += 1
        if material is None:
            sheet.text(POINTS, form_words()["recap"]["incomplete"], "missing", row=sheet.row - 1)
            sheet.row += 1
            return
        day = self.assessment.day
        total = Fraction(day.total[day.product], day.scale[day.product])
        columns = [column_range(first, last, column) for column in (QUANTITY, PRICE, CREDITED)]
        cost, exact = f"SUMPRODUCT({','.join(columns[:2])})", f"SUMPRODUCT({','.join(columns)})"
        base, exact_at = (address(row, NOTE, fixed=True) for row in (sheet.row - 2, sheet.row - 1))
        sheet.row -= 2
        self._rupiah(sheet, base, total, "total")
        sheet.formula(SHARE, rounded(f"{cost}/{base}"), fraction(ALL), percent(), "total")
        sheet.text(BASIS, words["unrounded_cost"])
        sheet.formula(NOTE, cost, total, grouped(RUPIAH_BEFORE_ROUNDING))
        sheet.row += 1
        sheet.formula(POINTS, rounded(exact_at), fraction(material, shown=True), percent(), "total")
        self.material_shown = sheet.ref(address(sheet.row, POINTS, fixed=True))
        sheet.text(BASIS, words["unrounded"])
        sheet.formula(NOTE, rounded(f"{exact}/{base}", DUST), fraction(material), percent(10))
        self.material_exact = sheet.ref(exact_at)
        sheet.row += 2

    def write_ladder(self, factor: str) -> None:
        """Write Formulir 1.2 (labour, Pasal 6) or 1.3 (overhead, Pasal 7): the row that holds is ticked, and gives its value."""
        words, shared = form_words()[factor], form_words()["ladder"]
        made = self.assessment.exact_engine.product_make
        rule = made.labour_rule if factor == "labour" else made.overhead_rule
        sheet = self.book.sheet(words["sheet"], (14, 90, 10, 12, 13))
        sheet.texts([words["title"]], "title")
        self.header.write(sheet, FORM_HEADER, 1, 4)
        sheet.texts(shared["heads"], "head")
        sheet.texts(shared["numbers"], "number")
        first = sheet.row
        for order, row in enumerate(LADDERS[factor], start=1):
            key = f"{factor}.{row}"
            value, holds = self.assessment.rules.percent(key), key == rule
            status, weight = address(sheet.row, 2), address(sheet.row, 3)
            sheet.figure(0, order, "0", "center")
            sheet.text(1, words[row])
            sheet.text(2, TICK if holds else "", "center")
            sheet.figure(3, fraction(value), percent(0))
            ticked = f'IF({status}="{TICK}",{weight},"")'
            sheet.formula(4, ticked, fraction(value) if holds else "", percent())
            sheet.row += 1
        self.ladder[factor] = sheet.ref(column_range(first, sheet.row - 1, 4))
        sheet.texts([shared["note"]], "text")
        if factor == "labour":
            write_workers(sheet, self.assessment.day.parts[self.assessment.day.product].production)
        if rule is None:
            sheet.texts(["", shared["missing"]], "missing")
        for gap in self._missing.get(self.assessment.product, []):
            if gap.code in WAITS_FOR[factor]:
                sheet.texts(["", gap.message_in("id")], "missing")

    def write_recap(self) -> None:
        """Write Formulir 1.4 (Pasal 4); with brainware, its points and the whole below it (Pasal 10, 12)."""
        words, assessment = form_words()["recap"], self.assessment
        sheet = self.book.sheet(words["sheet"], (56, 18, 18, 18))
        sheet.texts([words["title"]], "title")
        self.header.write(sheet, RECAP_HEADER, 1, 3)
        sheet.texts(words["heads"], "head")
        sheet.texts(words["numbers"], "number")
        terms = list(self._recap_factors(sheet))
        sum_ = "+".join(terms)
        if assessment.exact is None:
            sheet.texts([words["total"], "", "", words[assessment.status]], "missing")
        else:
            sheet.texts([words["total"], "", "(5)"], "total")
            sheet.row -= 1
            self.total = sheet.ref(address(sheet.row, 3, fixed=True))
            sheet.formula(3, _shown(sum_), fraction(self.of_good, shown=True), percent(), "total")
            sheet.row += 1
        sheet.texts([words["note"]], "text")
        if self.brainware and assessment.exact is not None:
            self._recap_brainware(sheet, sum_)
        if assessment.exact is not None and assessment.status == "incomplete":
            sheet.texts([words["lowest"]], "missing")

    def _recap_factors(self, sheet: Sheet) -> Iterator[str]:
        """Write the rows of the factors, and yield the points of each as a term, unrounded."""
        words, assessment = form_words()["recap"], self.assessment
        for name in FACTORS:
            factor = assessment.factors[name]
            weight, value = address(sheet.row, 1), address(sheet.row, 2)
            sheet.text(0, words[name])
            sheet.figure(1, fraction(factor.weight), percent())
            if name == "material" and factor.value is None:
                sheet.text(2, words["incomplete"], "missing")
            else:
                source = self.material_shown if name == "material" else f"SUM({self.ladder[name]})"
                style = "missing" if factor.value is None else "figure"
                sheet.formula(2, source, fraction(factor.value or 0, shown=True), percent(), style)
            term = f"{weight}*{self.material_exact if name == 'material' else value}"
            if factor.points is None:
                sheet.blanks((3,))
            else:
                sheet.formula(3, _shown(term), fraction(factor.points, shown=True), percent())
            sheet.row += 1
            yield term

    def _recap_brainware(self, sheet: Sheet, sum_: str) -> None:
        words, assessment = form_words()["recap"], self.assessment
        points, limit = assessment.factors["brainware"].points or Fraction(0), assessment.rules.limit
        sheet.texts([words["brainware"], "", ""])
        sheet.row -= 1
        sheet.formula(3, rounded(self.brainware), fraction(points, shown=True), percent())
        sheet.row += 1
        sheet.texts([words["with_brainware"], "", ""], "total")
        sheet.row -= 1
        whole = f"MIN({float(fraction(limit)):g},{sum_}+{self.brainware})"
        assert assessment.exact is not None
        sheet.formula(3, _shown(whole), fraction(assessment.exact, shown=True), percent(), "total")
        sheet.row += 1
