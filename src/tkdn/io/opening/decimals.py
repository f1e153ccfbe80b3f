"""Numbers that are text: whether a comma or a point begins the decimals is decided once for a file, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tkdn.errors import BomError, Place, Problem

Mark = Literal["comma", "point"]
_OTHER: dict[Mark, Mark] = {"comma": "point", "point": "comma"}
_CHARACTER: dict[Mark, str] = {"comma": ",", "point": "."}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"([+-]?)\s*([\d.,]*\d[\d.,]*)([eE][+-]?\d{1,2})?\s*(-?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decided:
    """The mark of decimals (None: no number shows one), and the cells that show it, or that leave it open."""

    mark: Mark | None
    comma: str | None = None
    point: str | None = None
    either: str | None = None

    @property
    def mixed(self) -> bool:
        """Whether one cell shows a comma and another a point."""
        return self.comma is not None and self.point is not None

    @property
    def because(self) -> str | None:
        """The cell that shows the mark."""
        return self.comma if self.mark == "comma" else self.point


def decide(texts: Iterable[str], stated: Mark | None = None) -> Decided:
    """The mark of decimals in a file's numbers: as stated, else as they show it.

    >>> decide(["12", "1.234,50"]).mark, decide(["1.234", "12.5"]).mark, decide(["1.234"]).mark
    ('comma', 'point', None)
    """
    shown: dict[str, str] = {}
    for text in texts:
        what = evidence(text)
        if what is not None:
            shown.setdefault(what, text)
    comma, point = shown.get("comma"), shown.get("point")
    mark: Mark | None = stated or ("comma" if comma else "point" if point else None)
    return Decided(mark, comma, point, shown.get("either"))


def settled(texts: Iterable[str], stated: Mark | None, place: Place) -> Decided:
    """The mark of decimals in a file's numbers, as `decide` finds it.

    Raises `BomError` where none is stated, and the numbers show both marks (`decimal-mixed`) or leave it open
    (`decimal-unclear`).
    """
    decided = decide(texts, stated)
    if stated is None and decided.mixed:
        message = f"{decided.comma!r} has a decimal comma and {decided.point!r} a decimal point"
        raise BomError([Problem("decimal-mixed", message, "write all numbers with one mark", place)])
    if stated is None and decided.mark is None and decided.either is not None:
        message = f"{decided.either!r} can be read in two ways, and no other number shows which"
        remedy = "say --decimal comma or --decimal point (decimal=)"
        raise BomError([Problem("decimal-unclear", message, remedy, place)])
    return decided


@lru_cache(maxsize=4096)
def evidence(text: str) -> Literal["comma", "point", "either"] | None:
    """What a number shows of the mark of decimals; None for a whole number without marks, and for what is no number.

    >>> [evidence(text) for text in ("1.234.567", "0,125", "1,25", "1.234", "12", "A-1")]
    ['comma', 'comma', 'comma', 'either', None, None]
    """
    parts = _parts(text)
    if parts is None:
        return None
    digits = parts[1]
    marks: list[Mark] = [mark for mark in ("comma", "point") if _CHARACTER[mark] in digits]
    fitting = [mark for mark in _OTHER if _plain(digits, mark) is not None]
    if not marks or not fitting:
        return None
    return fitting[0] if len(fitting) == 1 else "either"


def to_number_text(text: str, mark: Mark | None) -> str | None:
    """The number as digits with a decimal point; None where it is no number with this mark of decimals.

    >>> to_number_text("1.234,50", "comma"), to_number_text("12,5-", "comma"), to_number_text("1,5", "point")
    ('1234.50', '-12.5', None)
    """
    parts = _parts(text)
    if parts is None:
        return None
    sign, digits, exponent = parts
    plain = _plain(digits, mark or "point")
    return None if plain is None else sign + plain + exponent


def _parts(text: str) -> tuple[str, str, str] | None:
    """Sign, digits with their marks, exponent."""
    found = _NUMBER.fullmatch(_SPACES.sub("", text.strip()))
    if found is None or (found[1] and found[4]):
        return None
    return ("-" if "-" in (found[1], found[4]) else ""), found[2], found[3] or ""


def _plain(digits: str, mark: Mark) -> str | None:
    """Digits without thousands separators and with a decimal point; None where they do not fit the mark."""
    decimal, thousands = _CHARACTER[mark], _CHARACTER[_OTHER[mark]]
    whole, found, rest = digits.partition(decimal)
    if decimal in rest or thousands in rest or (found and not rest):
        return None
    if thousands in whole and not re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+", whole):
        return None
    return (whole.replace(thousands, "") or "0") + ("." + rest if rest else "")
