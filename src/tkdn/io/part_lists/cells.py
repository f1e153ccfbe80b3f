"""What the cells of lists from elsewhere say: numbers with either mark, money with its currency, origins, units, truth words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, partial

from tkdn.bom.country import not_stated_elsewhere, origin_named
from tkdn.bom.number import tidy_hs_code
from tkdn.bom.quantity import COUNT_UNITS, METRIC_UNITS, PACK_UNITS, is_unit
from tkdn.bom.tables.records import TOLD, Fault, Percentage
from tkdn.exact import EXACT
from tkdn.io.import_report import Understanding
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.headings import CURRENCY, CURRENCY_WORDS
from tkdn.io.spreadsheet.decimals import Mark, Marks, to_number_text
from tkdn.io.spreadsheet.number_formats import Priced
from tkdn.textnorm import squeezed

MONEY = ("price", "pack_price", "amount", "local_price", "import_price")
RUPIAH = "IDR"
NUMBERS = ("quantity", "total_quantity", "bom_quantity", "price_per", "scrap", "tkdn", *MONEY)
_EXACT = 10**15
_NO_NUMBER = frozenset({"tbd", "tba", "n/a", "n.a.", "-", "--", "---", "–", "—", "?", "??", "belum ada", "tidak ada"})
"""What stands for a part number, or a firm, that there is not yet."""
_ADDRESS = ("http://", "https://", "www.")
_LONGEST_PRICE = 100
"""Characters of an amount with its currency and unit."""
_LONGEST_NAME = 200
"""Characters of a firm's name."""
_PER = re.compile(r"\s*(?:/|@|\bper\b|\bpro\b|\bje\b)\s*(\d{1,6})?\s*([^\W\d]*[23²³]?)\.?$", re.IGNORECASE)
_MONEY = re.compile(
    r"([^\d\s.,+-][^\d+-]*?\.?)?\s*([+-]?[\d.,][\d.,\s\u00a0\u202f'’]*(?:[eE][+-]?\d{1,2})?-?)\s*([^\d\s.,+-][^\d.,+-]*\.?)?"
)
_MEASURED = re.compile(r"\s*([+-]?[\d.,]*\d)\s*([^\W\d_][\w²³]*)\.?\s*")
_DASHES = re.compile(r"([.,])\s*[-–—=]+\s*$")
"""Dashes for decimals that are nothing, "1.500,-": the mark before them is that of decimals."""
_FLOAT = re.compile(r"\d([.,]\d+)?E\+\d+")
_MONTHS = "jan|feb|mar|apr|may|mei|mai|jun|jul|aug|agu|sep|oct|okt|oct|nov|dec|des|dez"
_AS_DATE = re.compile(rf"(\d{{1,2}}-({_MONTHS})|({_MONTHS})-\d{{2,4}})", re.IGNORECASE)
_TRUE = frozenset({"x", "yes", "y", "ya", "ja", "j", "true", "1", "wahr", "benar"})
_FALSE = frozenset({"no", "n", "nein", "tidak", "false", "0", "falsch", "salah", "-"})
_UNITS = {
    **dict.fromkeys(
        ("st", "stk", "stck", "stuck", "nos", "no", "pieces", "units", "pces", "pce", "pza", "psc", "each", "ea"), "pcs"
    ),
    "bh": "buah",
    **dict.fromkeys(("mtr", "meter", "metre", "metres", "meters"), "m"),
    **dict.fromkeys(("kgs", "kilogram", "kilo"), "kg"),
    **dict.fromkeys(("ltr", "litre", "litres", "liters", "lt"), "l"),
    **dict.fromkeys(("gram", "grams", "gr"), "g"),
    **dict.fromkeys(("t", "to", "tonne", "tonnes"), "ton"),
    **dict.fromkeys(("m2", "sqm", "qm", "meterpersegi"), "m2"),
    **dict.fromkeys(("m3", "cbm", "meterkubik"), "m3"),
    **dict.fromkeys(("rol", "rolle", "rolls"), "roll"),
    **dict.fromkeys(("lbr", "lembaran", "sheet", "sheets", "blatt", "tafel"), "lembar"),
    **dict.fromkeys(("btg", "bar", "bars", "stange"), "batang"),
    **dict.fromkeys(("psg", "prs", "pairs", "paar"), "pasang"),
    **dict.fromkeys(("dz", "doz", "lsn", "dutzend"), "lusin"),
    **dict.fromkeys(("klg", "can", "dose"), "kaleng"),
    **dict.fromkeys(("btl", "bottle", "flasche"), "botol"),
    **dict.fromkeys(("sets", "satz"), "set"),
    **dict.fromkeys(("kotak", "boxes"), "box"),
    **dict.fromkeys(("c62", "h87"), "pcs"),  # codes of UN/ECE Recommendation 20, as SAP and others export them
    **dict.fromkeys((*"个個件只支台颗枚条條根片块把粒辆辆节面", "pcs个"), "pcs"),
    **dict.fromkeys(("套", "组", "副"), "set"),
    **dict.fromkeys(("对", "双"), "pasang"),
    **dict.fromkeys(("箱", "盒"), "box"),
    **dict.fromkeys(("卷", "ro", "rol"), "roll"),
    **dict.fromkeys(("包", "袋"), "pak"),
    "张": "lembar",
    "瓶": "botol",
    "吨": "ton",
    "毫米": "mm",
    "厘米": "cm",
    "毫升": "ml",
    "平方米": "m2",
    "立方米": "m3",
    **dict.fromkeys(("公斤", "千克"), "kg"),
    **dict.fromkeys(("米", "mét", "met"), "m"),
    **dict.fromkeys(("cái", "cai", "chiếc", "chiec", "bộ", "bo"), "pcs"),
    **dict.fromkeys(("keping", "helai", "sht", "shts"), "lembar"),
    **dict.fromkeys(("potong", "ptg", "buku", "ruas"), "pcs"),
    **dict.fromkeys(("kit", "kits"), "set"),
    **dict.fromkeys(("lonjor", "lente", "lgth", "length"), "batang"),
    **dict.fromkeys(("dozens", "dozen"), "lusin"),
    **dict.fromkeys(("zak", "bag", "bags", "sack"), "sak"),
    **dict.fromkeys(("ctn", "ctns", "carton", "cartons", "kar"), "karton"),
    **dict.fromkeys(("millimeter", "millimetre", "milimeter"), "mm"),
    **dict.fromkeys(("centimeter", "centimetre", "sentimeter"), "cm"),
    **dict.fromkeys(("millilitre", "milliliter", "mililiter"), "ml"),
    **dict.fromkeys(("foot", "feet"), "ft"),
    **dict.fromkeys(("hours", "hrs", "jam"), "hour"),
    **dict.fromkeys(("days", "hari"), "day"),
    **dict.fromkeys(("lots", "lumpsum"), "lot"),
    "paa": "pasang",
    "unt": "unit",
    "bj": "biji",
    "m1": "m",
    "kwh": "kWh",
    "克": "g",
    "升": "l",
    "kgm": "kg",
    "grm": "g",
    "tne": "ton",
    "cmt": "cm",
    "mmt": "mm",
    "mtk": "m2",
    "mtq": "m3",
    "mlt": "ml",
}
_KNOWN_UNITS = {**COUNT_UNITS, **dict.fromkeys(PACK_UNITS), **METRIC_UNITS}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as its cell has it: the number as text or number, the currency, how many it is for and of which unit, where it
    says so."""

    number: object
    currency: str | None = None
    per: str | None = None
    unit: str | None = field(default=None, repr=False)


def money(text: str) -> Money:
    """Money taken apart; its number is still text as written.

    >>> money("Rp 1.250.000,-"), money("12,50 EUR"), money("USD 8.10 / 100 pcs").per
    (Money(number='1.250.000', currency='IDR', per=None), Money(number='12,50', currency='EUR', per=None), '100')
    """
    text = " ".join(text.strip().removeprefix("@").split())
    if len(text) > _LONGEST_PRICE:  # so long only to make the patterns below slow
        return Money(text)
    divided = _PER.search(text)
    per, unit = (divided[1], divided[2]) if divided and (divided[1] or unit_named(divided[2])) else (None, None)
    if unit is None and per is None:
        divided = None
    found = _MONEY.fullmatch(_DASHES.sub("", text[: divided.start()] if divided else text))
    if found is None or (found[1] and found[3]):
        return Money(text)
    word = (found[1] or found[3] or "").strip()
    currency = currency_named(word) if word else None
    return Money(text) if word and currency is None else Money(found[2].strip(), currency, per, unit_named(unit or ""))


def with_dashes(text: str) -> str:
    """Return the number of a price as text, with decimals where dashes say that there are none.

    >>> with_dashes("Rp 1.250.000,-"), with_dashes("12,50 EUR")
    ('1.250.000,00', '12,50')
    """
    dashes = _DASHES.search(text)
    return str(money(text).number) + (f"{dashes[1]}00" if dashes else "")


@lru_cache(maxsize=4096)
def measured(text: str) -> tuple[str, str] | None:
    """A number with a known unit behind it, taken apart; None where it is something else.

    >>> measured("1.200,5 mm"), measured("4 Stk."), measured("12"), measured("2 x 4")
    (('1.200,5', 'mm'), ('4', 'Stk'), None, None)
    """
    found = _MEASURED.fullmatch(text)
    return (found[1], found[2]) if found and unit_named(found[2]) else None


def unit_named(text: str) -> str | None:
    """Return the unit that a word means; None if none is known."""
    lower = squeezed(text)
    return _UNITS.get(lower) or next((word for word in (text, text.lower(), lower) if word in _KNOWN_UNITS), None)


def currency_named(word: str) -> str | None:
    """The ISO code that a word or sign means; "$" and "¥" are left as they are, as each means several."""
    word = word.strip().replace("￥", "¥")
    known = CURRENCY_WORDS.get(word.casefold().rstrip("."))
    return known or (word if CURRENCY.fullmatch(word) or word in ("$", "¥") else None)


class CellReader:
    """Reads the cells of one file, and notes in `understood` which texts were taken for what."""

    def __init__(
        self, understood: Understanding, marks: Marks, options: ReadOptions, in_percent: frozenset[str] = frozenset()
    ) -> None:
        self._understood, self._marks, self._options = understood, marks, options
        self._in_percent = in_percent
        self.no_firms: dict[str, None] = {}
        """Cells of suppliers that are web addresses, or too long for a name: left out."""
        self.percents: list[Decimal] = []
        """Numbers that are percentages because their heading says so."""
        self.unknown: dict[tuple[str, str], None] = {}
        """Words that are not known, each with its column: they are asked about."""
        named: dict[str, Callable[[object], object]] = {
            **dict.fromkeys(("id", "parent", "certificate"), self._identifier),
            **dict.fromkeys(("name", "parent_name", "spec", "group", "kbli"), _text),
            **dict.fromkeys(("supplier", "maker"), self._firm),
            **{key: partial(self._quantity, marks.of(key)) for key in ("quantity", "total_quantity")},
            **{key: partial(self._number, marks.of(key)) for key in ("bom_quantity", "price_per")},
            **{key: partial(self._money, key) for key in MONEY},
            **dict.fromkeys(("issued", "expires"), _day),
            "scrap": partial(self._scrap, marks.of("scrap")),
            "tkdn": partial(self._percent, marks.of("tkdn")),
            **dict.fromkeys(("unit", "bom_unit", "price_unit"), self._unit),
            "made_in": self._origin,
            "hs_code": _hs_code,
            "price_currency": _currency,
            **dict.fromkeys(("phantom", "bom_default"), _truth),
            "bom_active": _active,
        }
        self._named = named
        self._known: dict[tuple[str, str], object] = {}

    def value(self, key: str, cell: object) -> object:
        """What a filled cell of a column says: as the document holds it, a `Fault`, or None for nothing."""
        if isinstance(cell, Fault):
            return cell
        if isinstance(cell, str):
            known = self._known.get((key, cell))
            if known is None:
                known = TOLD if key in self._marks.problems else self._named.get(key, _as_it_is)(cell)
                self._known[key, cell] = known
            return known
        return self._named.get(key, _as_it_is)(cell)

    @staticmethod
    def _identifier(cell: object) -> object:
        if isinstance(cell, str):
            text = " ".join(cell.split())
            if text.casefold() in _NO_NUMBER:
                return None
            if _FLOAT.fullmatch(text):
                return Fault("id-not-text", {"value": text}, case="lost_digits")
            if _AS_DATE.fullmatch(text):
                return Fault("id-not-text", {"value": text[:40]}, case="dated")
            return text or None
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell % 1 == 0 and abs(cell) < _EXACT:
            return str(int(cell))
        return Fault("id-not-text", {"value": cell}, case="cell")

    @staticmethod
    def _number(mark: Mark | None, cell: object) -> object:
        if not isinstance(cell, str):
            return _plain(cell)
        text = to_number_text(cell, mark)
        return _no_number(cell, mark) if text is None else text

    def _quantity(self, mark: Mark | None, cell: object) -> object:
        number = self._number(mark, cell)
        if number is None or isinstance(number, Fault) or not str(number).startswith("-"):
            return number
        return Fault("number-not-positive", {"quantity": number}, case="by_product")

    def _money(self, key: str, cell: object) -> object:
        if not isinstance(cell, str):
            return Money(_plain(cell), cell.currency if isinstance(cell, Priced) else None)
        found = money(cell)
        number = self._number(self._marks.of(key, spelled=found.currency == RUPIAH), str(found.number))
        return number if isinstance(number, Fault) else replace(found, number=number)

    def _percent(self, mark: Mark | None, cell: object) -> object:
        if isinstance(cell, Percentage):
            return str(EXACT.multiply(Decimal(repr(float(cell))), 100))
        return self._number(mark, cell.replace("%", "") if isinstance(cell, str) else cell)

    def _scrap(self, mark: Mark | None, cell: object) -> object:
        if isinstance(cell, str) and "%" in cell:
            number = self._number(mark, cell.replace("%", ""))
            return number if isinstance(number, Fault) else str(Decimal(str(number)).scaleb(-2, EXACT))
        number = self._number(mark, float(cell) if isinstance(cell, Percentage) else cell)
        if (
            "scrap" not in self._in_percent
            or isinstance(cell, Percentage)
            or isinstance(number, Fault)
            or number is None
        ):
            return number
        self.percents.append(Decimal(str(number)))
        return str(Decimal(str(number)).scaleb(-2, EXACT))

    def _firm(self, cell: object) -> object:
        text = _text(cell)
        if isinstance(text, str) and (text.casefold().startswith(_ADDRESS) or len(text) > _LONGEST_NAME):
            self.no_firms[text] = None
            return None
        return None if isinstance(text, str) and text.casefold() in _NO_NUMBER else text

    def _unit(self, cell: object) -> object:
        text = str(cell).strip()
        if not text:
            return None
        unit = self._options.units.get(text) or unit_named(text)
        if unit is None and not is_unit(text):
            self.unknown["unit", text] = None
            return TOLD
        self._understood.units[text] = unit or text
        return unit or text

    def _origin(self, cell: object) -> object:
        text = str(cell).strip()
        if not_stated_elsewhere(text):
            return None
        code = self._options.countries.get(text) or origin_named(text[:100])
        if code is None:
            self.unknown["made_in", text] = None
            return TOLD
        self._understood.origins[text] = code
        return code


_FORMAT_AS_TEXT = "format the column as text, and write the cell again"


def _as_it_is(cell: object) -> object:
    return cell


def _text(cell: object) -> object:
    if isinstance(cell, str):
        return " ".join(cell.split()) or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        cell = int(cell)
    return str(cell)


def _hs_code(cell: object) -> object:
    text = _text(cell)
    return tidy_hs_code(text) or None if isinstance(text, str) else text


def _plain(cell: object) -> object:
    if isinstance(cell, Priced):
        cell = float(cell)
    if isinstance(cell, float) and not isinstance(cell, Percentage) and cell.is_integer() and abs(cell) < _EXACT:
        return int(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool | Percentage):
        return cell
    return Fault("number-invalid", {"value": str(cell)[:40]}, case="list")


def _no_number(cell: str, mark: Mark | None) -> object:
    text = cell.strip()
    if not text or re.fullmatch(r"[-–—?]+|n/?a|tbd", text, re.IGNORECASE):
        return None
    if mark:
        return Fault("number-invalid", {"value": text[:40], "mark": mark}, case="decimal")
    return Fault("number-invalid", {"value": text[:40]}, case="marks")


def _currency(cell: object) -> object:
    return currency_named(str(cell)) or str(cell).strip() or None


def _truth(cell: object) -> object:
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().casefold().removesuffix(".0")
    if not word or word in _TRUE | _FALSE:
        return word in _TRUE or None
    return Fault("true-false-invalid", {"value": str(cell)[:40]})


def _active(cell: object) -> object:
    found = _truth(cell)
    return False if found is None else found


def _day(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else cell
