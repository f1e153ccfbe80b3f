"""Days as a calendar file (RFC 5545): texts escaped, lines folded, each entry under an id that stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tkdn.i18n import clean

LINE = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
END = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


class Entry(NamedTuple):
    """A whole day: `uid` is the same in every file that has it.

    An entry that states no end lasts the day (RFC 5545, 3.6.1).
    """

    uid: str
    day: date
    stamp: date
    summary: str
    description: tuple[str, ...]
    category: str


def escaped(text: str) -> str:
    r"""Return a text on one line as a calendar file holds it.

    >>> escaped("a, b; c\\d")
    'a\\, b\\; c\\\\d'
    """
    return clean(text).translate(_ESCAPED)


def folded_line(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each but the first after a blank; no letter is split.

    >>> [len(each.encode()) for each in folded_line("é" * 60)]
    [74, 47]
    """
    piece, room = "", LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", LINE - 1
        piece += letter
        room -= size
    yield piece


def calendar_text(entries: Iterable[Entry], name: str, product: str) -> str:
    """Return a calendar file.

    Args:
        entries: the days.
        name: name of the calendar.
        product: what made the file.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{escaped(product)}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for each in entries:
        description = "\\n".join(map(escaped, each.description))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}",
            f"DTSTAMP:{each.stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"SUMMARY:{escaped(each.summary)}",
            f"DESCRIPTION:{description}",
            f"CATEGORIES:{escaped(each.category)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(piece + END for line in lines for piece in folded_line(line))
