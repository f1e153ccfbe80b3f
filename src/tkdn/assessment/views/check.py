"""The view of a check: how much was understood of a bill, and what is missing for a complete score, as a to-do list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tkdn.assessment.findings.finding import (
    Gap,
    Warning,  # noqa: A004  # its name in the contract
)
from tkdn.assessment.result import Assessment
from tkdn.assessment.views.words import affects_text
from tkdn.display.view import Lines, View
from tkdn.i18n import Lang, say

MAX_HINTS = 20
MAX_ALIKE = 10
"""Warnings of one kind that are shown without --all."""
_ENRICHED = frozenset({"origin-unknown", "price-missing", "maker-missing"})
"""What is missing of parts that a second file usually knows."""


def check_view(assessment: Assessment, lang: Lang, *, everything: bool = False) -> View:
    """Return what was understood of a bill and what is missing; `everything`: all names and warnings, not the first."""
    bom = assessment.bom
    counts = {"parts": len(bom.parts), "uses": len(bom.uses), "suppliers": len(bom.suppliers), "rates": len(bom.rates)}
    head = say("table.understood", lang, product=assessment.product, levels=_levels(assessment), **counts)
    ready = () if any("score" in gap.affects for gap in assessment.gaps) else (say("table.ready", lang),)
    todo = (say("table.todo", lang, count=len(assessment.gaps)),) if assessment.gaps else ()
    blocks = (
        Lines("", (head, *ready, *todo)),
        Lines("", tuple(_to_do(assessment.gaps, lang, everything=everything))),
        Lines("", tuple(_warnings(assessment.warnings, lang, most=None if everything else MAX_ALIKE))),
        Lines("", tuple(_hints(assessment, lang))),
    )
    return View("", "", blocks, lang)


def _levels(assessment: Assessment) -> int:
    """Return how many levels the bill has below the product; phantoms and stages are no level."""
    levels: dict[int, int] = {}
    for parent in assessment.day.order:
        for child in assessment.day.uses[parent]:
            below = levels.get(parent, 0) + (not assessment.day.explodes[child])
            levels[child] = max(levels.get(child, 0), below)
    return max(levels.values(), default=0)


def _warnings(warnings: Iterable[Warning], lang: Lang, most: int | None) -> Iterator[str]:
    """Yield what is doubtful, of each kind the most that are shown, and how many more there are."""
    alike: dict[str, list[Warning]] = {}
    for each in warnings:
        alike.setdefault(each.code, []).append(each)
    for found in alike.values():
        yield from (f"! {each.message_in(lang)}" for each in found[:most])
        if most is not None and len(found) > most:
            yield "  " + say("table.more_alike", lang, count=len(found) - most)


def _to_do(gaps: Sequence[Gap], lang: Lang, *, everything: bool) -> Iterator[str]:
    """Yield what is missing; what is said of several parts, once, and whom else it is about."""
    alike: dict[tuple[str, object, str], list[Gap]] = {}
    for gap in sorted(gaps, key=lambda gap: ("score" not in gap.affects, gap.code)):
        alike.setdefault((gap.code, gap.affects, gap.remedy_in(lang)), []).append(gap)
    for (_, _, remedy), (first, *others) in alike.items():
        yield f"- [{affects_text(first, lang)}] {first.message_in(lang)} -> {remedy}"
        if others:
            names = [str(gap.part or gap.supplier) for gap in others]
            named = ", ".join(names) if everything else _few(names)
            yield "  " + say("read.alike", lang, count=len(others), named=named)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:MAX_HINTS]) + (" ..." if len(names) > MAX_HINTS else "")


def _hints(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield parts that look like a stage on the way (a bill of their own, no price, no firm), and where facts may come from."""
    bom = assessment.bom
    above = {use.parent for use in bom.uses}
    bare = [
        part.id
        for part in bom.parts
        if part.id in above and part.id != assessment.product and not (part.phantom or part.in_house)
        if part.price is None and part.supplier is None and part.maker is None and not part.certificates
    ]
    if bare:
        yield say("read.looks_in_house", lang, parts=_few(bare))
    if sum(gap.code in _ENRICHED for gap in assessment.gaps) > 1:
        yield say("read.enrich", lang)
