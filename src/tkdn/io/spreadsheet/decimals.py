"""Numbers that are text: whether a comma or a point begins the decimals is decided once for a file, and never guessed.

Where columns show different marks (a spreadsheet saved as text in another language, prices typed by hand beside it), each is read
by its own. Rupiah has no thousandths: "Rp 850.000" shows that the point parts thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from tkdn.errors import BomError, Place, Problem

Mark = Literal["comma", "point"]
_OTHER: dict[Mark, Mark] = {"comma": "point", "point": "comma"}
_CHARACTER: dict[Mark, str] = {"comma": ",", "point": "."}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_GROUPED = r"[1-9]\d{{0,2}}(?:{0}\d{{3}})+|[1-9]\d?(?:{0}\d{{2}})+{0}\d{{3}}"
"""Digits in threes, or as in India: 1,00,000."""
_COIN = 50
"""Rupiah of the smallest coin in use: a price below it may be a decimal of something else."""
_THREE = re.compile(r"[.,]\d{3}$")
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
    found = _decided(map(Written, texts))
    return replace(found, mark=stated or found.mark)


def settled(texts: Iterable[str], stated: Mark | None, place: Place) -> Decided:
    """The mark of decimals in a file's numbers, as `decide` finds it.

    Raises `BomError` where none is stated, and the numbers show both marks (`decimal-mixed`) or leave it open
    (`decimal-unclear`).
    """
    decided = decide(texts, stated)
    if stated is None and decided.mixed:
        raise BomError([Problem("decimal-mixed", {"comma": decided.comma, "point": decided.point}, place)])
    if stated is None and decided.mark is None and decided.either is not None:
        raise BomError([Problem("decimal-unclear", {"either": decided.either}, place)])
    return decided


@dataclass(frozen=True, slots=True)
class Written:
    """A number as its cell has it, and what it is of: rupiah, and spelled so in the cell, or anything else."""

    text: str
    rupiah: bool = False
    spelled: bool = False


@dataclass(slots=True)
class Marks:
    """The mark of each column, what shows it, and a problem for each column that leaves it open.

    Prices spelled in rupiah have a mark of their own in a column of several currencies.
    """

    shown: dict[tuple[str, bool], Decided] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)

    def of(self, column: str, *, spelled: bool = False) -> Mark | None:
        """The mark of a column; `spelled`: of its prices that are spelled in rupiah."""
        found = self.shown.get((column, spelled))
        return found.mark if found else None

    @property
    def whole(self) -> Decided | None:
        """The one mark of all columns, with what shows it; None where they differ, or no number shows one."""
        shown = [each for each in self.shown.values() if each.mark is not None]
        return (
            max(shown, key=lambda each: each.because is not None) if len({each.mark for each in shown}) == 1 else None
        )


def marks_of(
    columns: Mapping[str, Iterable[Written]],
    stated: Mark | None,
    by_column: Mapping[str, Mark],
    place: Callable[[str], Place],
    prices: Container[str] = (),
    proven: Mapping[str, Mark] = MappingProxyType({}),
) -> Marks:
    """The mark of decimals of each column: as stated for it, else for the file, else as it shows, else as amounts prove
    (`proven`), else as the others do.

    A price in rupiah that would have thousandths is not read as the others are: it shows the other mark, unless the others may
    all have three decimals, as some programs write.

    >>> found = marks_of({"quantity": [Written("1.5")], "price": [Written("850.000", True, True)]}, None, {}, lambda _: Place())
    >>> found.of("quantity"), found.of("price", spelled=True)
    ('point', 'comma')

    Its problems: `decimal-mixed` (a column shows both, or a price in rupiah would have thousandths), `decimal-unclear` (nothing
    shows which).
    """
    marks = Marks()
    groups: dict[tuple[str, bool], list[Written]] = {}
    for key, cells in columns.items():
        for each in cells:
            groups.setdefault((key, each.spelled), []).append(each)
    own = {group: _decided(cells) for group, cells in groups.items()}
    shown = {group: each for group, each in own.items() if each.mark is not None and not each.mixed}
    for group, cells in groups.items():
        # A price never says how a quantity is written: programs print these two differently.
        others: dict[Mark | None, str] = {
            each.mark: str(each.because) for (key, _), each in shown.items() if key not in prices or group[0] in prices
        }
        for key, said_of in by_column.items():
            if (key in prices) == (group[0] in prices):  # what a person says of a column settles its kind
                others.setdefault(said_of, "")
        decided, said = own[group], by_column.get(group[0], stated)
        shows = decided.mark or proven.get(group[0]) or _of_whole_rupiah(cells)
        mark = said or shows or (next(iter(others)) if len(others) == 1 else None)
        if mark and not (said or shows or _THREE.search(others[mark])) and _in_thousandths(cells, mark):
            mark = _OTHER[mark]
        marks.shown[group] = replace(decided, mark=mark)
        why = (
            None
            if group[0] in by_column or (group[0] in proven and not decided.mixed)
            else _open(decided, mark, said, cells, bool(others))
        )
        if why:
            marks.problems.setdefault(group[0], Problem(why.code, why.values, place(group[0]), case=why.case))
    return marks


def _decided(cells: Iterable[Written]) -> Decided:
    """What a group of cells shows; three digits behind the one mark of a price spelled in rupiah are thousands."""
    shown = [(each.text, evidence(each.text), each.spelled) for each in cells]
    comma = next(
        (text for text, what, spelled in shown if what == "comma" or (_thousands(what, spelled) and "." in text)), None
    )
    point = next(
        (text for text, what, spelled in shown if what == "point" or (_thousands(what, spelled) and "," in text)), None
    )
    either = next((text for text, what, spelled in shown if what == "either" and not spelled), None)
    return Decided("comma" if comma else "point" if point else None, comma, point, either)


def _thousands(what: str | None, spelled: bool) -> bool:
    return spelled and what == "either"


def _open(
    decided: Decided, mark: Mark | None, said: Mark | None, cells: Iterable[Written], others: bool
) -> Problem | None:
    """Return what is open, without its place, if the mark of a column stays open."""
    if decided.mixed and not said:
        return Problem("decimal-mixed", {"comma": decided.comma, "point": decided.point}, case="column")
    if decided.either and mark is None and not others:
        return Problem("decimal-unclear", {"either": decided.either})
    if decided.either and mark is None:
        return Problem("decimal-mixed", {"either": decided.either}, case="columns")
    if (thousandths := _in_thousandths(cells, mark)) and others:
        return Problem("decimal-mixed", {"price": thousandths, "mark": mark}, case="thousandths")
    return None


def _of_whole_rupiah(cells: Sequence[Written]) -> Mark | None:
    """Return the mark of decimals of prices in rupiah, some in groups of three and some whole: 12.500 and 750.

    A program that prints three decimals prints them for all; people write no thousandths of a rupiah.
    """
    if not all(each.rupiah for each in cells):
        return None
    shown = {each.text: evidence(each.text) for each in cells}
    grouped = next((text for text, what in shown.items() if what == "either"), None)
    whole = any(text.strip().isdigit() and int(text) >= _COIN for text, what in shown.items() if what is None)
    return None if grouped is None or not whole else thousands_in(grouped)


def thousands_in(text: str) -> Mark:
    """Return the mark of decimals of a number whose one mark parts thousands.

    >>> thousands_in("12.500"), thousands_in("12,500")
    ('comma', 'point')
    """
    return "comma" if "." in text else "point"


def _in_thousandths(cells: Iterable[Written], mark: Mark | None) -> str | None:
    """A price in rupiah that would have thousandths with this mark of decimals."""
    may = (each.text for each in cells if mark and each.rupiah and _CHARACTER[mark] in each.text)
    return next((text for text in may if evidence(text) == "either"), None)


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


@cache
def _grouped(separator: str) -> re.Pattern[str]:
    return re.compile(_GROUPED.format(re.escape(separator)))


def _plain(digits: str, mark: Mark) -> str | None:
    """Digits without thousands separators and with a decimal point; None where they do not fit the mark."""
    decimal, thousands = _CHARACTER[mark], _CHARACTER[_OTHER[mark]]
    whole, found, rest = digits.partition(decimal)
    if decimal in rest or thousands in rest or (found and not rest):
        return None
    if thousands in whole and not _grouped(thousands).fullmatch(whole):
        return None
    return (whole.replace(thousands, "") or "0") + ("." + rest if rest else "")
