"""What is wrong with a document beyond its single values: between its records, with its rates, and with the law on its date.

Records that are not sound in themselves stand as None, so that everything else can be told at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tkdn.bom.country import made_here
from tkdn.bom.money import RatesOn
from tkdn.documents.laws import content_law, tender_laws, tender_rules
from tkdn.documents.records import Document, MoneyDocument
from tkdn.errors import Place, Problem, RegulationError, json_path, nearest
from tkdn.method.services import GROUPS

if TYPE_CHECKING:
    from tkdn.law.regulation import Regulation

RUPIAH = "IDR"
Problems = Iterator[Problem]


def money_problems(document: MoneyDocument) -> Problems:
    """Yield what is wrong with the rates of a document and the currencies of its amounts."""
    yield from _rates(document)
    yield from _currencies(document)


def _at(*location: str | int) -> Place:
    return json_path(location)


def _rates(document: MoneyDocument) -> Problems:
    first: dict[tuple[str, object], int] = {}
    for number, rate in enumerate(document.rates):
        if rate is None:
            continue
        if rate.currency == RUPIAH:
            yield Problem.worded(
                "rate-for-rupiah", "a rate for IDR itself", "take it out", _at("rates", number, "currency")
            )
        if first.setdefault((rate.currency, rate.start), number) != number:
            message, remedy = (
                f"{rate.currency} has two rates from {rate.start}",
                "keep one rate for each currency and day",
            )
            yield Problem.worded("duplicate-rate", message, remedy, _at("rates", number, "from"))


def _currencies(document: MoneyDocument) -> Problems:
    foreign = [(at, money.currency) for at, money in document.money() if money.currency not in (None, RUPIAH)]
    if foreign and document.date is None:
        message = f"an amount is in {foreign[0][1]}, and the document has no date to take its rate on"
        yield Problem.worded("date-missing", message, 'write "date": "YYYY-MM-DD"', _at("date"))
    if None in document.rates:
        return
    rates = RatesOn(document.rates, document.day)
    for at, currency in foreign:
        if currency is not None and rates.rupiah(currency) is None:
            earlier = [rate.start for rate in document.rates if rate.currency == currency]
            has = f"its first rate is from {min(earlier)}" if earlier else "the document gives none"
            message = f"the amount is in {currency}, which has no rate on {document.day}: {has}"
            remedy = f'add to "rates" one for {currency} from {document.day} or before'
            yield Problem.worded("rate-missing", message, remedy, _at(*at, "currency"))


def _in_force(document: Document, law: Regulation) -> Problems:
    if not law.in_force(document.day):
        message = f"{law.id} is not in force on {document.day}: it is in force {law.period}"
        yield Problem.worded("regulation-not-in-force", message, f"choose a date {law.period}", _at("date"))


def _zero_total(*groups: str) -> Problem:
    """Where nothing costs anything there is no share. Records that are not sound may cost something."""
    message = f"all of it together costs nothing ({', '.join(groups)})"
    return Problem.worded("total-zero", message, "give what it costs", _at(groups[0]))


def services_problems(document: Any) -> Problems:
    """Yield what is wrong with the tools of a document of services, and with what it costs."""
    yield from _in_force(document, content_law())
    for number, tool in enumerate(document.tools):
        if tool is None:
            continue
        at = ("tools", number)
        if not made_here(tool.made_in) and tool.owner is None:
            message = f"{tool.name!r} is made abroad, and who owns it is not stated"
            yield Problem.worded(
                "owner-missing", message, 'write "owner": "domestic", "mixed" or "foreign"', _at(*at, "owner")
            )
        if tool.owner == "mixed" and tool.domestic_share is None and not made_here(tool.made_in):
            message = f"the owners of {tool.name!r} are mixed, and their domestic share is not stated"
            remedy = 'write "domestic_share", of one: "0.4" for 40%'
            yield Problem.worded("domestic-share-missing", message, remedy, _at(*at, "domestic_share"))
        whole = {"domestic": 1, "foreign": 0}.get(tool.owner)
        if whole is not None and tool.domestic_share not in (None, whole):
            message = f"the owner of {tool.name!r} is {tool.owner}, and the domestic share is {tool.domestic_share}"
            remedy = 'write "owner": "mixed", or take the share out'
            yield Problem.worded("contradiction-owner", message, remedy, _at(*at, "domestic_share"))
    rows = [row for group in GROUPS for row in getattr(document, group)]
    if not any(row is None or (row.times and row.unit_cost.amount) for row in rows):
        yield _zero_total(*GROUPS)


def combined_problems(document: Any) -> Problems:
    """Yield what is wrong with what goods and services bought together cost."""
    yield from _in_force(document, content_law())
    rows = [*document.goods, *document.services]
    if not any(row is None or row.value.amount for row in rows):
        yield _zero_total("goods", "services")


def benefit_problems(document: Any) -> Problems:
    """Yield what is wrong with the facts behind a BMP."""
    law = content_law()
    yield from _in_force(document, law)
    if document.indi_level is not None and law.in_force(document.day):
        highest = law.value("benefit.industry_4.indi_level", document.day).rows[0].limit
        if document.indi_level > highest:
            message = f"INDI 4.0 has no level {document.indi_level}"
            yield Problem.worded("indi-level-unknown", message, f"write a level from 0 to {highest}", _at("indi_level"))


def bids_problems(document: Any) -> Problems:
    """Yield what is wrong with the bids of a tender."""
    if not document.bids:
        yield Problem.worded("bids-missing", "there is no bid", 'add to "bids"', _at("bids"))
    yield from _tender_law(document)
    first: dict[str, int] = {}
    law = content_law()
    limit = law.value("benefit.limit", document.day) if law.in_force(document.day) else None
    for number, bid in enumerate(document.bids):
        if bid is None:
            continue
        at = ("bids", number)
        before = first.setdefault(bid.bidder, number)
        if before != number:
            message = f"bidder {bid.bidder!r} stands here again, first at bids[{before}]"
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


def _tender_law(document: Any) -> Problems:
    name = document.regulation
    if name is None:
        return
    known = tender_laws()
    if name not in known:
        hint = nearest(name, known) or f"write one of {', '.join(known)}"
        message = f"{name[:60]!r} is not a regulation of tenders known here"
        yield Problem.worded("regulation-unknown", message, hint, _at("regulation"))
        return
    try:
        most = tender_rules(name, document.day).most
    except RegulationError as error:
        yield from (Problem.worded(each.code, each.message, each.remedy, _at("date")) for each in error.problems)
        return
    preference = document.preference
    if preference is not None and preference > most:
        message = f"a preference of {preference}% is more than the law of this tender allows: at most {most}%"
        yield Problem.worded("preference-too-high", message, f"write at most {most}", _at("preference"))
