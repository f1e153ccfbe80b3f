"""Views of the documents' results: services, combined goods and services, company benefit, bids; each with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.display.view import Block, Cell, Column, Facts, Holds, Lines, Table, View
from tkdn.documents.combination import CombinedResult
from tkdn.documents.company_benefit import BenefitResult
from tkdn.documents.result import Result, two_places
from tkdn.documents.service_cost import ServicesResult
from tkdn.documents.tender import BidsResult
from tkdn.i18n import Lang, number, say

Pairs = Iterable[tuple[str, str]]
TEXTS = ("name", "group", "fact", "factor", "reason", "bidder", "eligible")
GIVES_WAY = ("reason", "bmp", "kp", "price", "kln_rupiah")
"""Columns that a narrow terminal leaves out, the first to go first."""


def services_view(result: ServicesResult, lang: Lang) -> View:
    """Return the cost of a service by group, domestic and foreign, and its TKDN."""
    heads = ("name", "cost", "credited", "kdn_rupiah", "kln_rupiah")
    blocks: list[Block] = [
        _table(
            _group(name, lang),
            heads,
            ((row.record.name, row.cost, row.credit.percent, row.kdn, row.kln) for row in group.rows),
            lang,
        )
        for name, group in result.groups.items()
        if group.rows
    ]
    groups = (
        (_group(name, lang), group.kdn, group.kln, group.total, group.exact) for name, group in result.groups.items()
    )
    blocks.append(_table(_said("groups", lang), ("group", "kdn_rupiah", "kln_rupiah", "total", "tkdn"), groups, lang))
    money = {"kdn_rupiah": result.kdn, "kln_rupiah": result.kln, "total": result.total}
    pairs = [(say(f"input.{key}", lang), _figure(value, lang)) for key, value in money.items()]
    return _view(result, blocks, [*pairs, (_said("score", lang), _percent(result.score, lang))], lang)


def combined_view(result: CombinedResult, lang: Lang) -> View:
    """Return goods and services of a contract by group, and their TKDN together."""
    heads = ("name", "value", "tkdn", "share", "kdn")
    blocks: list[Block] = [
        _table(
            _group(name, lang),
            heads,
            ((row.record.name, row.value, row.tkdn, row.share, row.kdn) for row in group.rows),
            lang,
        )
        for name, group in result.groups.items()
        if group.rows
    ]
    groups = (
        (_group(name, lang), group.value, group.exact, group.share, group.kdn) for name, group in result.groups.items()
    )
    blocks.append(_table(_said("groups", lang), ("group", *heads[1:]), groups, lang))
    total = (say("input.total", lang), _figure(result.total, lang))
    return _view(result, blocks, [total, (_said("score", lang), _percent(result.score, lang))], lang)


def benefit_view(result: BenefitResult, lang: Lang) -> View:
    """Return the factors of BMP with criterion and points, and the facts that are missing."""
    rows = (
        (
            say(f"benefit-factor.{row.factor}", lang),
            row.weight,
            None if row.criterion is None else row.criterion.percent,
            row.points,
        )
        for row in result.factors
    )
    blocks: list[Block] = [_table(_said("factors", lang), ("factor", "weight", "criterion", "points"), rows, lang)]
    if result.missing:
        missing = (
            (say(f"benefit-factor.{each.factor}", lang), say(f"benefit-fact.{each.fact}", lang), each.most)
            for each in result.missing
        )
        title = _said("missing", lang, count=len(result.missing))
        blocks.append(_table(title, ("factor", "fact", "could_add"), missing, lang))
    before = _said("before_limit", lang, limit=_figure(result.limit, lang))
    pairs = [(before, _percent(result.total, lang)), (_said("benefit", lang), _percent(result.score, lang))]
    return _view(result, blocks, pairs, lang)


def bids_view(result: BidsResult, lang: Lang) -> View:
    """Return the bids by rank, each with its final evaluation price and why it may be taken or not, and who wins."""
    heads = ("rank", "bidder", "price", "tkdn", "bmp", "kp", "hea", "eligible", "reason")
    last = len(result.bids)
    ordered = sorted(result.bids, key=lambda row: row.rank or last + 1)
    rows = (
        (
            row.rank,
            row.bidder,
            *(row.offer.price, row.offer.tkdn, row.offer.bmp, row.exact_kp, row.hea),
            say("explain.yes" if row.eligible else "explain.no", lang),
            row.reason.message_in(lang),
        )
        for row in ordered
    )
    reasons = Lines("", tuple(f"{row.bidder}: {row.reason.message_in(lang)}" for row in ordered), marked=True)
    preference = _said("preference_of", lang, percent=_figure(result.document.preference, lang))
    pairs = [
        (_said("preference", lang), preference if result.preferred else _said("none", lang)),
        (_said("step", lang), say(f"value.step_{result.step or 'unknown'}", lang)),
        (_said("rule", lang), result.rule or "-"),
        (_said("winner", lang), result.winner or _said("nobody", lang)),
        (_said("reason", lang), result.reason.message_in(lang)),
    ]
    return _view(result, [_table(_said("bids", lang), heads, rows, lang), reasons], pairs, lang)


def _view(result: Result[Any], blocks: list[Block], pairs: Pairs, lang: Lang) -> View:
    """Return a view of blocks, what is to be noted, and the verdict with its regulation."""
    notes = []
    for note in result.notes:
        remedy = note.remedy_in(lang)
        notes.append(note.message_in(lang) + (f" -> {remedy}" if remedy else ""))
    if notes:
        blocks = [*blocks, Lines(_said("notes", lang, count=len(notes)), tuple(notes), marked=True)]
    under = say("table.under", lang, law=result.law.name, on=result.on)
    facts = tuple((_capital(label), value) for label, value in (*pairs, (say("table.regulation", lang), under)))
    return View(result.title, "", tuple(blocks), lang, Facts(say("notebook.verdict", lang), facts))


def _table(title: str, keys: tuple[str, ...], rows: Iterable[tuple[Any, ...]], lang: Lang) -> Table:
    """Return a table of rows in the order of the keys; a fraction is shown with two decimals."""
    heads = tuple(
        Column(
            key,
            _capital(say(f"input.{key}", lang)),
            _holds(key),
            GIVES_WAY.index(key) if key in GIVES_WAY else None,
        )
        for key in keys
    )
    cells = tuple({key: _cell(cell) for key, cell in zip(keys, row, strict=True)} for row in rows)
    return Table(title, heads, cells, first=None)


def _holds(key: str) -> Holds:
    return "text" if key in TEXTS else "number"


def _cell(value: Fraction | Cell) -> Cell:
    return two_places(value) if isinstance(value, Fraction) else value


def _said(key: str, lang: Lang, **values: object) -> str:
    return say(f"document.{key}", lang, **values)


def _group(name: str, lang: Lang) -> str:
    return _capital(say(f"value.{name}", lang))


def _figure(value: Fraction | Decimal | int | None, lang: Lang) -> str:
    return number(two_places(value) if isinstance(value, Fraction) else value, lang)


def _percent(value: Fraction | Decimal | None, lang: Lang) -> str:
    return _figure(value, lang) + (" %" if value is not None else "")


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
