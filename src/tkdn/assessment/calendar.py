"""The calendar of certificates: which days are to come, and what the loss of each certificate costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from tkdn._version import __version__
from tkdn.assessment.assess import assess
from tkdn.assessment.calendar_events import Event, Stake, events_of
from tkdn.assessment.icalendar import Entry, calendar_text
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import text
from tkdn.bom.bom import Bom
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang, number, say
from tkdn.outputs import headed, sha256_of

TEXTS = ("day", "kind", "since", "part", "name", "certificate", "article", "products")
FIGURES = ("tkdn", "bmp", "points")


class Calendar(Viewed):
    """The days of the certificates of some products; see `calendar`."""

    def __init__(self, assessments: Iterable[Assessment]) -> None:
        """Take the assessments of the products; see `calendar`."""
        self.assessments = tuple(assessments)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events in the order of their days, one for all products that share a part and its certificate."""
        stakes: dict[Event, list[Stake]] = {}
        for assessment in self.assessments:
            for each in events_of(assessment):
                held = stakes.setdefault(replace(each, stakes=()), [])
                held += [stake for stake in each.stakes if stake not in held]
        found = [replace(event, stakes=tuple(held)) for event, held in stakes.items()]
        return tuple(sorted(found, key=lambda each: (each.day, each.part, each.certificate, each.kind)))

    def to_dict(self) -> dict[str, Any]:
        """Return the products and the events as plain data; points are strings with two decimals."""
        products = [
            {
                "product": each.product,
                "name": each.part(each.product).name,
                "on": each.on.isoformat(),
                "regulation": each.regulation.id,
                "score": text(each.score),
                "provenance": each.provenance,
            }
            for each in self.assessments
        ]
        return headed("tkdn-calendar", {"products": products, "events": [each.to_dict() for each in self.events]})

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the events as a data frame of pandas, polars or pyarrow, one row an event and product.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: a library is not installed.
        """
        rows = [
            {**event, "products": stake["product"], "points": stake["points"]}
            for event in (each.to_dict() for each in self.events)
            for stake in event["stakes"]
        ]
        return frame_of_records(rows, backend, TEXTS, FIGURES)

    def to_ics(self, lang: Lang = "en") -> str:
        """Return the events as a calendar file (RFC 5545) that other programs import.

        An event keeps its id from one file to the next, so that a program that imports a newer file moves it.

        >>> from tkdn import Bom, calendar
        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "product": "CART", "date": "2026-06-01",
        ...     "parts": [{"id": "CART", "certificates": [{"number": "7/2026", "tkdn": "45", "issued": "2026-01-15"}]}]})
        >>> [line for line in calendar(bom).to_ics().splitlines() if line.startswith("DTSTART")]
        ['DTSTART;VALUE=DATE:20310114', 'DTSTART;VALUE=DATE:20310114']
        """
        return calendar_text(self._entries(lang), say("calendar.title", lang), f"-//tkdn//tkdn {__version__}//EN")

    def _entries(self, lang: Lang) -> Iterator[Entry]:
        stamp = max((each.on for each in self.assessments), default=None)
        named = Counter(_identity(each) for each in self.events)
        for each in self.events:
            assert stamp is not None
            # Bills that tell one day of a certificate differently give it an entry each, so each needs an id of its own.
            told_by = [stake.product for stake in each.stakes] if named[_identity(each)] > 1 else []
            uid = sha256_of([*_identity(each), *told_by])
            staked = [stake for stake in each.stakes if stake.points is not None]
            told = [
                say("calendar.stake", lang, product=stake.product, points=number(stake.points, lang))
                for stake in staked
            ]
            lines = (f"{each.part}: {each.certificate}", *told, *([each.article] if each.article else []))
            yield Entry(f"{uid[:32]}@tkdn", each.day, stamp, each.message_in(lang), lines, "TKDN")

    def __repr__(self) -> str:
        """Return the products, and how many events there are."""
        return f"<Calendar of {', '.join(each.product for each in self.assessments)}: {len(self.events)} events>"


def _identity(event: Event) -> tuple[str, ...]:
    """Return the part, certificate and kind of an event: all that stays when its day moves."""
    return event.part, event.certificate, event.issued.isoformat(), event.kind


def calendar(bills: Assessment | Bom | Iterable[Assessment | Bom]) -> Calendar:
    """Return the days of certificates to come, each with the points that its loss costs.

    Ends of TKDN (both days if the term is open, Pasal 45(1), 72a) and of BMP (45(2)), the window of surveillance (55(3)),
    freezes and what follows (68), withdrawals and certificates that are still to begin.

    Args:
        bills: assessments, or bills, which are assessed by their own date.

    Raises:
        UsageError: `option-invalid` if there is none; and what `assess` raises.

    >>> from tkdn import Bom
    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "100"}, "made_in": "ID",
    ...                "certificates": [{"number": "7/2025", "tkdn": "85", "issued": "2025-02-01", "bmp": "10"}]},
    ...               {"id": "AXLE", "price": {"amount": "100"}, "made_in": "CN"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 1}, {"parent": "CART", "part": "AXLE", "quantity": 1}]})
    >>> for event in calendar(bom).events:
    ...     print(event.day, event.kind, event.stakes[0].points)
    2027-01-31 bmp_ends_earliest 0.00
    2027-01-31 tkdn_ends_earliest 28.13
    2028-01-31 bmp_ends_latest 0.00
    2028-01-31 surveillance 28.13
    2028-01-31 tkdn_ends_latest 28.13
    """
    given = [bills] if isinstance(bills, (Assessment, Bom)) else list(bills)
    if not given:
        raise UsageError([Problem.worded("option-invalid", "a calendar needs a bill", "give a bill or an assessment")])
    return Calendar(each if isinstance(each, Assessment) else assess(each) for each in given)
