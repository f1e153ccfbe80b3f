"""Checks of a document beyond its single values: between its records, with its rates, and with the law on its date.

Records that are not sound in themselves are None, so that everything else can be reported at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from tkdn.bom.country import made_here
from tkdn.bom.model import Money, Rate
from tkdn.bom.money import RatesOn
from tkdn.documents.laws import content_law, tender_laws, tender_rules
from tkdn.documents.records import Bid, GeneralService, Item, Labour, Tool
from tkdn.errors import Location, Place, Problem, RegulationError, json_path, nearest
from tkdn.law.regulation import Regulation

RUPIAH = "IDR"
Problems = Iterator[Problem]


def _at(*location: str | int) -> Place:
    return json_path(location)


def rates(stated: Sequence[Rate | None]) -> Problems:
    """Yield problems between exchange rates: one for rupiah, two for one currency and day."""
    first: dict[tuple[str, object], int] = {}
    for index, rate in enumerate(stated):
        if rate is None:
            continue
        if rate.currency == RUPIAH:
            yield Problem.worded(
                "rate-for-rupiah", "a rate for IDR itself", "take it out", _at("rates", index, "currency")
            )
        if first.setdefault((rate.currency, rate.start), index) != index:
            message, remedy = (
                f"{rate.currency} has two rates from {rate.start}",
                "keep one rate for each currency and day",
            )
            yield Problem.worded("duplicate-rate", message, remedy, _at("rates", index, "from"))


def currencies(
    money: Iterable[tuple[Location, Money]], stated: Sequence[Rate | None], dated: date | None, day: date
) -> Problems:
    """Yield problems of amounts in other currencies: no date to take a rate on, no rate on the day.

    Args:
        money: every amount with its place.
        stated: the exchange rates of the document.
        dated: its date, if it states one.
        day: the day that it is counted on.
    """
    foreign = [(at, each.currency) for at, each in money if each.currency not in (None, RUPIAH)]
    if foreign and dated is None:
        message = f"an amount is in {foreign[0][1]}, and the document has no date to take its rate on"
        yield Problem.worded("date-missing", message, 'write "date": "YYYY-MM-DD"', _at("date"))
    known = [rate for rate in stated if rate is not None]
    if len(known) < len(stated):
        return
    counting = RatesOn(known, day)
    for at, currency in foreign:
        if currency is not None and counting.rupiah(currency) is None:
            earlier = [rate.start for rate in known if rate.currency == currency]
            has = f"its first rate is from {min(earlier)}" if earlier else "the document gives none"
            message = f"the amount is in {currency}, which has no rate on {day}: {has}"
            remedy = f'add to "rates" one for {currency} from {day} or before'
            yield Problem.worded("rate-missing", message, remedy, _at(*at, "currency"))


def _in_force(law: Regulation, day: date) -> Problems:
    if not law.in_force(day):
        message = f"{law.id} is not in force on {day}: it is in force {law.period}"
        yield Problem.worded("regulation-not-in-force", message, f"choose a date {law.period}", _at("date"))


def _zero_total(*groups: str) -> Problem:
    """Return the problem that nothing costs anything, so that there is no share."""
    message = f"all of it together costs nothing ({', '.join(groups)})"
    return Problem.worded("total-zero", message, "give what it costs", _at(groups[0]))


def services(
    day: date,
    labour: Sequence[Labour | None],
    tools: Sequence[Tool | None],
    general: Sequence[GeneralService | None],
) -> Problems:
    """Yield problems of the costs of a service (Pasal 14(3)b: who owns a tool that is made abroad)."""
    yield from _in_force(content_law(), day)
    for index, tool in enumerate(tools):
        if tool is None:
            continue
        at = ("tools", index)
        if not made_here(tool.made_in) and tool.owner is None:
            message = f"{tool.name!r} is made abroad, and who owns it is not stated"
            yield Problem.worded(
                "owner-missing", message, 'write "owner": "domestic", "mixed" or "foreign"', _at(*at, "owner")
            )
        if tool.owner == "mixed" and tool.domestic_share is None and not made_here(tool.made_in):
            message = f"the owners of {tool.name!r} are mixed, and their domestic share is not stated"
            remedy = 'write "domestic_share", of one: "0.4" for 40%'
            yield Problem.worded("domestic-share-missing", message, remedy, _at(*at, "domestic_share"))
        whole = {"domestic": 1, "foreign": 0}.get(tool.owner or "")
        if whole is not None and tool.domestic_share not in (None, whole):
            message = f"the owner of {tool.name!r} is {tool.owner}, and the domestic share is {tool.domestic_share}"
            remedy = 'write "owner": "mixed", or take the share out'
            yield Problem.worded("contradiction-owner", message, remedy, _at(*at, "domestic_share"))
    rows = (*labour, *tools, *general)
    # A record that is not sound may cost something, so that only a document without one is known to cost nothing.
    if not any(row is None or (row.times and row.unit_cost.amount) for row in rows):
        yield _zero_total("labour", "tools", "general")


def combined(day: date, goods: Sequence[Item | None], of_services: Sequence[Item | None]) -> Problems:
    """Yield problems of goods and services bought together: the law is not in force, or nothing costs anything."""
    yield from _in_force(content_law(), day)
    rows = [*goods, *of_services]
    if not any(row is None or row.value.amount for row in rows):
        yield _zero_total("goods", "services")


def benefit(day: date, indi_level: int | None) -> Problems:
    """Yield problems of the facts behind a BMP (Lampiran V.C.g: levels of INDI 4.0)."""
    law = content_law()
    yield from _in_force(law, day)
    if indi_level is not None and law.in_force(day):
        highest = law.value("benefit.industry_4.indi_level", day).rows[0].limit
        if indi_level > highest:
            message = f"INDI 4.0 has no level {indi_level}"
            yield Problem.worded("indi-level-unknown", message, f"write a level from 0 to {highest}", _at("indi_level"))


def bids(day: date, stated: Sequence[Bid | None], regulation: str | None, preference: Decimal | None) -> Problems:
    """Yield problems of a tender and its bids (Pasal 22: the most that BMP can be)."""
    if not stated:
        yield Problem.worded("bids-missing", "there is no bid", 'add to "bids"', _at("bids"))
    yield from _tender_law(day, regulation, preference)
    first: dict[str, int] = {}
    law = content_law()
    limit = law.value("benefit.limit", day) if law.in_force(day) else None
    for index, bid in enumerate(stated):
        if bid is None:
            continue
        at = ("bids", index)
        before = first.setdefault(bid.bidder, index)
        if before != index:
            message = f"duplicate bidder {bid.bidder!r} (first used at bids[{before}])"
            yield Problem.worded(
                "duplicate-bidder", message, "give each its own name, or take one out", _at(*at, "bidder")
            )
        if bid.imported and (bid.tkdn or bid.bmp):
            message = f"the product of {bid.bidder!r} is imported, and has TKDN or BMP"
            yield Problem.worded(
                "contradiction-imported", message, "correct imported, or take them out", _at(*at, "imported")
            )
        if limit is not None and bid.bmp is not None and bid.bmp > limit.number:
            message = f"BMP {bid.bmp} is more than the law allows: at most {limit.number} ({law.name} {limit.article})"
            yield Problem.worded("bmp-too-high", message, "write the BMP of the certificate", _at(*at, "bmp"))


def _tender_law(day: date, name: str | None, preference: Decimal | None) -> Problems:
    """Yield problems of a tender's regulation, and of a preference above its limit (Pasal 67)."""
    if name is None:
        return
    known = tender_laws()
    if name not in known:
        hint = nearest(name, known) or f"write one of {', '.join(known)}"
        message = f"{name[:60]!r} is not a regulation of tenders known here"
        yield Problem.worded("regulation-unknown", message, hint, _at("regulation"))
        return
    try:
        most = tender_rules(name, day).most
    except RegulationError as error:
        yield from (Problem.worded(each.code, each.message, each.remedy, _at("date")) for each in error.problems)
        return
    if preference is not None and preference > most:
        message = f"a preference of {preference}% is more than the law of this tender allows: at most {most}%"
        yield Problem.worded("preference-too-high", message, f"write at most {most}", _at("preference"))
