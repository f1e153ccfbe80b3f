"""Suppliers matched with parts, and the history of a score, as tables for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.table import Table

from tkdn.assessment.comparison.history import Attribution, History
from tkdn.assessment.rounding import two_places
from tkdn.bom.region import region
from tkdn.display.terminal_table import add_row, console, plain_table
from tkdn.i18n import Lang, clean, number, say, shown_origin
from tkdn.i18n import decimal as as_decimal
from tkdn.io.supplier_directory.vocabulary import terms

if TYPE_CHECKING:
    from tkdn.sourcing.match import Load, Match
    from tkdn.sourcing.matching import Matching

FEW = 12
"""Rows of a table that are shown without --all."""
LONGEST = 30
"""Characters of a value that are shown."""


def show_matching(found: Matching, lang: Lang, *, everything: bool = False) -> None:
    """Matches with why and gain, what they take of capacities, the parts that stay, the score together."""
    out = console()

    def said(key: str, **values: object) -> str:
        return say(f"sourcing.{key}", lang, **values)

    shown = list(found.matches) if everything else found.assigned
    heads = ("part", "supplier", "region", "grade", "why", "assigned", "gain")
    table = plain_table(said("matches"), [(said(head), head == "gain") for head in heads])
    for match in shown if everything else shown[: 2 * FEW]:
        why = "; ".join(_why(match, lang))
        place = say(f"nearness.{match.nearness}", lang)
        yes = said("yes") if match.assigned else None
        firm = " ".join(filter(None, (match.supplier, match.supplier_name)))
        add_row(table, match.part, firm, place, say(f"grade.{match.grade}", lang), why, yes, _points(match.gain, lang))
    rest = len(found.matches) - table.row_count
    table.caption = said("more", count=rest) if rest else None
    out.print(table)
    if found.loads:
        out.print(_loads(found.loads, lang))
    out.print(clean(said("near", region=region(found.near)) if found.near else said("near_unknown")))
    reasons = Counter(each.why for each in found.unplaced)
    told = "; ".join(f"{say(f'unplaced.{why}', lang)} {count}" for why, count in reasons.most_common())
    wanted = len(found.assigned) + len(found.unplaced)
    out.print(said("placed", placed=len(found.assigned), wanted=wanted))
    if told:
        out.print(f"{said('unplaced', count=len(found.unplaced))} ({told})")
    for key, ids in found.not_stated.items():
        if ids:
            out.print(said(f"not_stated_{key}", count=len(ids), wanted=wanted, firms=found.firms))
    if found.aside:
        out.print(clean(said("aside", parts=", ".join(found.aside))))
    score, gain = found.assessment.exact, found.joint_gain
    values = {"score": number(two_places(score), lang)}
    if gain is None:
        out.print(said("score_missing", **values))
    else:
        after = number(two_places((score or 0) + gain), lang)
        out.print(said("score", after=after, gain=_points(gain, lang), **values))


def _why(match: Match, lang: Lang) -> Iterator[str]:
    """What is not met, what is not known; else that all is met."""
    unknown = [say(f"criterion.{each.name}", lang) for each in match.criteria if each.state == "unknown"]
    for each in match.criteria:
        if each.state == "not_met":
            name = say(f"criterion.{each.name}", lang)
            yield say("criterion.not_met", lang, name=name, needed=each.needed, offered=each.offered)
    if unknown:
        yield say("criterion.unknown", lang, names=", ".join(unknown))
    elif match.grade == "full":
        yield say("criterion.met", lang)


def _loads(loads: Sequence[Load], lang: Lang) -> Table:
    heads = ("supplier", "process", "used", "capacity", "parts")
    table = plain_table(
        say("sourcing.loads", lang), [(say(f"sourcing.{head}", lang), head in ("used", "capacity")) for head in heads]
    )
    for load in loads:
        used, capacity = (
            f"{_amount(value, lang)} {load.capacity.unit}" for value in (load.used, Fraction(load.capacity.amount))
        )
        process = terms("process")[load.process]
        named = process.indonesian if lang == "id" else process.english
        add_row(table, load.supplier, named, used, capacity, ", ".join(load.parts))
    return table


def _amount(value: Fraction, lang: Lang) -> str:
    found = as_decimal(value)
    return number(two_places(value) if found is None else found, lang)


def _points(value: Fraction | None, lang: Lang) -> str | None:
    return None if value is None else ("+" if value > 0 else "") + number(two_places(value), lang)


def show_history(found: History, lang: Lang, *, everything: bool = False) -> None:
    """The releases, each change with the score after it, and the sum by kind of change."""
    out = console()

    def said(key: str, **values: object) -> str:
        return say(f"history.{key}", lang, **values)

    releases = plain_table(said("releases"), [(said("release"), False), (said("date"), False), (said("score"), True)])
    for label, each in zip(found.labels, found.assessments, strict=True):
        add_row(releases, label, each.on.isoformat(), number(each.score, lang))
    out.print(releases)
    heads = ("release", "what", "about", "values", "after", "change")
    table = plain_table(said("title"), [(said(head), head in ("after", "change")) for head in heads])
    rows = [row for row in found.rows if everything or row.exact or row.before != row.after]
    for row in rows:
        kinds = " + ".join(dict.fromkeys(say(f"change.{step.kind}", lang) for step in row.steps))
        about = ", ".join(dict.fromkeys(step.about for step in row.steps if step.about))
        add_row(
            table,
            row.release,
            kinds,
            about,
            _values(row, lang),
            number(two_places(row.after), lang),
            _points(row.exact, lang),
        )
    add_row(table, said("total"), "", "", "", "", _points(found.exact, lang))
    unmoved = len(found.rows) - len(rows)
    table.caption = said("unmoved", count=unmoved) if unmoved else None
    out.print(table)
    sums = plain_table(said("sums"), [(said("what"), False), (said("change"), True)])
    for kind, value in found.by_kind.items():
        add_row(
            sums, " + ".join(say(f"change.{each}", lang) for each in kind.split(" + ")), _points(value, lang) or "0"
        )
    out.print(sums)
    out.print(said("order"))


def _values(row: Attribution, lang: Lang) -> str:
    return "; ".join(
        f"{step.field + ': ' if step.field else ''}"
        + " -> ".join(_value(value, step.field, lang) for value in (step.before, step.after))
        for step in row.steps
    )


def _value(value: object, field: str | None, lang: Lang) -> str:
    """Return a value as short text: of money its amount, of certificates their values."""
    if field == "made_in" and isinstance(value, str):
        return shown_origin(value, lang)
    if isinstance(value, list) and value and all(isinstance(each, dict) and "tkdn" in each for each in value):
        return ", ".join(f"{each['tkdn']}%" for each in value)
    if isinstance(value, dict) and "amount" in value:
        return " ".join(str(value[key]) for key in ("amount", "currency") if key in value)
    written = value if isinstance(value, str) else "-" if value in (None, []) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= LONGEST else written[: LONGEST - 3] + "..."
