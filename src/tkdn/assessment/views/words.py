"""Figures and findings as cells and lines, the same in every view of an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.rounding import two_places
from tkdn.bom.region import region
from tkdn.display.view import FIRST_LINES, Cell, Column, Holds, Lines, columns
from tkdn.i18n import Lang, number, say

if TYPE_CHECKING:
    from tkdn.assessment.comparison.compare import Change
    from tkdn.assessment.component import Component
    from tkdn.assessment.findings.finding import Assumption, Finding, Gap
    from tkdn.assessment.interpretations import Read
    from tkdn.assessment.lift import By
    from tkdn.assessment.result import Assessment

NUMBERS: dict[str, Holds] = dict.fromkeys(
    (
        *("certified", "own", "credited", "credited_potential", "share", "points", "value", "weight", "parts", "spend"),
        *("lift", "without", "before", "after", "change", "by_share", "by_credit"),
    ),
    "number",
)
HOLDS: dict[str, Holds] = {**NUMBERS, "part": "id", "key": "id", "name": "name"}
"""What the columns of an assessment's tables hold that do not hold text."""
GIVES_WAY = (
    *("region", "made_in", "scale", "by_share", "by_credit", "own", "certified", "without", "supplier"),
    *("credited_potential", "name", "hidden_by", "law_name"),
)
"""Columns that a narrow terminal leaves out, the first to go first."""
CHANGE_HEADS = ("before", "after", "change")


def heads(keys: Sequence[str], lang: Lang) -> tuple[Column, ...]:
    """Return the columns of a table of an assessment."""
    return columns(keys, lang, "table", holds=HOLDS, gives_way=GIVES_WAY)


def figure(value: Fraction | None, lang: Lang) -> str:
    """Return an exact figure with two decimals, as people write it."""
    return number(two_places(value), lang)


def by_cost(assessment: Assessment) -> list[Component]:
    """Return the components that enter the sum, the most costly first."""
    counting = [each for each in assessment.components.values() if each.counts]
    return sorted(counting, key=lambda each: -(each.exact["cost"] or Fraction(0)))


def change_cells(change: Change, keys: Sequence[str]) -> dict[str, Cell]:
    """Return the figures of a change."""
    return {key: two_places(getattr(change, key)) for key in keys}


def affects_text(gap: Gap, lang: Lang) -> str:
    """Return which figures a gap affects."""
    return say("table.affects", lang, what=", ".join(say(f"table.basis_{each}", lang) for each in gap.affects))


def rests_text(assumption: Assumption, lang: Lang) -> str:
    """Return how many points rest on an assumption, if that can be said."""
    if assumption.points is None:
        return ""
    return say("table.points_rest", lang, points=number(assumption.points, lang))


def finding_lines(key: str, findings: Sequence[Finding], notes: Iterable[str], lang: Lang) -> Lines:
    """Return findings of a kind as lines: what is so, what it touches, what to do."""
    lines = []
    for finding, note in zip(findings, notes, strict=True):
        remedy = finding.remedy_in(lang)
        lines.append(finding.message_in(lang) + (f" [{note}]" if note else "") + (f" -> {remedy}" if remedy else ""))
    title = say(f"table.{key}", lang, count=len(findings))
    return Lines(title, tuple(lines), first=FIRST_LINES, folded=True, marked=True)


def largest_first(assumptions: Sequence[Assumption]) -> list[Assumption]:
    """Return the assumptions on which most points rest first."""
    return sorted(assumptions, key=lambda each: -abs(each.exact_points or Fraction(0)))


def title(assessment: Assessment) -> str:
    """Return the product by id and name."""
    product = assessment.components[assessment.product]
    return product.part + (f": {product.name}" if product.name else "")


def under(assessment: Assessment | Read, lang: Lang) -> str:
    """Return the regulation and the day of an assessment."""
    return say("table.under", lang, law=assessment.regulation.name, on=assessment.on)


def points_cell(lift: Fraction | None, status: str, lang: Lang) -> Decimal | str | None:
    """Return points, or the words that there would be no score."""
    if lift is None:
        return say("table.cannot" if status == "cannot_be_calculated" else "explain.unknown", lang)
    return two_places(lift)


def group_name(key: str | None, by: By, lang: Lang) -> str | None:
    """Return a group of a lift as people name it: the region, the size of the firm, or its key."""
    if by == "region":
        return key and str(region(key))
    return scale_name(key, lang) if by == "scale" else key


def scale_name(key: str | None, lang: Lang) -> str | None:
    """Return the size of a firm in words."""
    names = {"micro": "micro", "small": "small_scale", "medium": "medium", "large": "large"}
    return say(f"table.{names[key]}", lang) if key in names else key


def potential_is_open(assessment: Assessment) -> bool:
    """Return True if a missing bill or fact, named by a gap, makes the potential only a lower bound."""
    low, high = assessment.potential_bounds
    return low is not None and low != high and any("potential" in gap.affects for gap in assessment.gaps)


def bills_missing(assessment: Assessment) -> int:
    """Return the number of components made in Indonesia that have neither certificate nor bill."""
    return sum(gap.code == "bill-missing" for gap in assessment.gaps)
