"""What `tkdn check` shows: what was understood of the file, and what is missing for a complete score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from tkdn.display.terminal_table import console
from tkdn.i18n import Lang, clean, number, say, shown_origin
from tkdn.report.wording import affects_text

if TYPE_CHECKING:
    from tkdn.assessment.findings.finding import (
        Gap,
        Warning,  # noqa: A004  # its name in the contract
    )
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom
    from tkdn.io.import_report import Understanding

MOST_HINTS = 20
MOST_ALIKE = 10
"""Warnings of one kind that are shown without --all."""
_ENRICHED = frozenset({"origin-unknown", "price-missing", "maker-missing"})
"""What is missing of parts that a second file usually knows."""


def show_understanding(understood: Understanding, lang: Lang) -> None:
    """How a list from elsewhere was read, line by line, so that nobody has to trust a guess."""
    out = console()

    def line(key: str, value: object) -> None:
        if value:
            out.print(Text.assemble((say(f"read.{key}", lang) + ": ", "bold"), clean(value)))

    line("kind", say(f"list.{understood.kind}", lang))
    where = (understood.format, understood.sheet, understood.encoding, understood.separator)
    line("format", ", ".join(part for part in where if part and part != "text"))
    line("rows", _rows(understood, lang))
    mapped = [f"{each.heading} = {each.key}" for each in understood.columns if each.key]
    line("mapped", "; ".join(mapped))
    line("unmapped", "; ".join(each.heading for each in understood.columns if not each.key))
    if understood.basis is not None:
        why = understood.basis_because.message_in(lang) if understood.basis_because else ""
        line("basis", f"{say(f'read.{understood.basis}', lang)} ({why})")
    if understood.decimal is not None:
        shown = understood.decimal_because
        line("decimal", say(f"read.{understood.decimal}", lang) + (f" ({shown})" if shown else ""))
    line("decimal", ", ".join(f"{head}: {say(f'read.{mark}', lang)}" for head, mark in understood.decimals.items()))
    line("units", _pairs(understood.units))
    line("currencies", ", ".join(understood.currencies))
    line("origins", _pairs({text: shown_origin(code, lang) for text, code in understood.origins.items()}))
    line("left_out", ", ".join(map(str, understood.left_out)))
    if understood.amounts:
        line("amounts", say("read.amounts_checked", lang, count=understood.amounts))
    for total in understood.totals:
        values = {"row": total.row, "printed": number(total.printed, lang), "sum": number(total.sum, lang)}
        line("total", say("read.total_and_sum", lang, **values))
    _notes(understood, lang, out)


def _rows(understood: Understanding, lang: Lang) -> str:
    first, last = understood.heading_first, understood.heading_row
    head = f"{first}-{last}" if first not in (None, last) else last
    key = "rows_levels" if understood.levels else "rows_only"
    return say(f"read.{key}", lang, rows=understood.rows, levels=understood.levels, head=head)


def _pairs(taken: dict[str, str]) -> str:
    return ", ".join(text if text == meaning else f"{text} = {meaning}" for text, meaning in taken.items())


def _notes(understood: Understanding, lang: Lang, out: Console) -> None:
    for note in understood.notes:
        out.print(Text(clean(f"! {note.place}: {note.message_in(lang)}")))


def show_check(bom: Bom, assessment: Assessment, lang: Lang, *, everything: bool = False) -> None:
    """What was understood of the bill, and what is still missing for a complete score, as a to-do list."""
    out = console()
    levels: dict[int, int] = {}
    for parent in assessment.day.order:
        for child in assessment.day.uses[parent]:
            below = levels.get(parent, 0) + (not assessment.day.opens[child])
            levels[child] = max(levels.get(child, 0), below)
    counts = {"parts": len(bom.parts), "uses": len(bom.uses), "suppliers": len(bom.suppliers), "rates": len(bom.rates)}
    counts["levels"] = max(levels.values(), default=0)
    out.print(Text(clean(say("table.understood", lang, product=assessment.product, **counts))))
    _to_do(assessment.gaps, lang, out, everything=everything)
    _warnings(assessment.warnings, lang, out, most=None if everything else MOST_ALIKE)
    _hints(bom, assessment, lang, out)


def _warnings(warnings: Iterable[Warning], lang: Lang, out: Console, most: int | None) -> None:
    """What is doubtful, of each kind the most that are shown, and how many more there are."""
    alike: dict[str, list[Warning]] = {}
    for each in warnings:
        alike.setdefault(each.code, []).append(each)
    for found in alike.values():
        lines = [f"! {each.message_in(lang)}" for each in found[:most]]
        if len(found) > len(lines):
            lines.append("  " + say("table.more_alike", lang, count=len(found) - len(lines)))
        out.print(Text("\n".join(map(clean, lines))))


def _to_do(gaps: Sequence[Gap], lang: Lang, out: Console, *, everything: bool) -> None:
    """What is missing; what is said of several parts, once, and whom else it is about."""
    if not any("score" in gap.affects for gap in gaps):
        out.print(Text(say("table.ready", lang)))
    if gaps:
        out.print(Text(say("table.todo", lang, count=len(gaps)), style="bold"))
    alike: dict[tuple[str, object, str], list[Gap]] = {}
    for gap in sorted(gaps, key=lambda gap: ("score" not in gap.affects, gap.code)):
        alike.setdefault((gap.code, gap.affects, gap.remedy_in(lang)), []).append(gap)
    for (_, _, remedy), (first, *others) in alike.items():
        out.print(Text(clean(f"- [{affects_text(first, lang)}] {first.message_in(lang)} -> {remedy}")))
        if others:
            names = [str(gap.part or gap.supplier) for gap in others]
            named = ", ".join(names) if everything else _few(names)
            out.print(Text(clean("  " + say("read.alike", lang, count=len(others), named=named))))


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_HINTS]) + (" ..." if len(names) > MOST_HINTS else "")


def _hints(bom: Bom, assessment: Assessment, lang: Lang, out: Console) -> None:
    """Parts that look like a stage on the way: a bill of their own, no price, no supplier; and where the rest may come from."""
    above = {use.parent for use in bom.uses}
    bare = [
        part.id
        for part in bom.parts
        if part.id in above and part.id != assessment.product and not (part.phantom or part.in_house)
        if part.price is None and part.supplier is None and part.maker is None and not part.certificates
    ]
    if bare:
        out.print(Text(clean(say("read.looks_in_house", lang, parts=_few(bare)))))
    if sum(gap.code in _ENRICHED for gap in assessment.gaps) > 1:
        out.print(Text(say("read.enrich", lang)))
