"""Countries: the ISO 3166-1 alpha-2 codes that a bill takes, and the names that people write in spreadsheets.

The names are in countries.txt, and are read when first needed. Tests hold codes and names against pycountry and CLDR.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tkdn.bom.data_files import lines
from tkdn.errors import closest
from tkdn.textnorm import folded

HOME: Final = "ID"
ABROAD: Final = "XX"
"""Made abroad, country not stated. User-assigned in ISO 3166, so never a country; it is one in no citizenship."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905  # one code a line would be 249 lines
)


_ABROAD = frozenset(
    folded(word)
    for word in (
        *("impor", "import", "imported", "barang impor", "produk impor", "ex impor", "ln", "luar negeri", "asing"),
        *("abroad", "foreign", "overseas", "imported goods", "ausland", "importiert", "importware"),
        *("impor, negara tidak disebut", "abroad, country not stated"),
    )
)
_NOT_STATED = frozenset(
    folded(word)
    for word in (
        *("", "-", "?", "n/a", "tbd", "tba", "none", "null", "nil", "unknown", "not stated", "not known"),
        *("not available", "not applicable", "tidak ada", "tidak diketahui", "tidak disebut", "tidak disebutkan"),
        *("belum ada", "belum diketahui", "nihil", "kosong", "k.a.", "keine angabe", "unbekannt"),
    )
)


_UNKNOWN_CODES = frozenset({"XX", "ZZ"})
"""Codes that lists from elsewhere write for an unknown country; "XX" has our meaning in our own formats only."""


def made_here(made_in: str | None) -> bool | None:
    """Return True if the origin is Indonesia, False if it is abroad, None if unknown.

    >>> made_here("ID"), made_here("CN"), made_here("XX"), made_here(None)
    (True, False, False, None)
    """
    return None if made_in is None else made_in == HOME


def agreed_origin(one: str, other: str) -> str | None:
    """Return the more exact of two origins that agree, or None if they contradict each other.

    >>> agreed_origin("XX", "CN"), agreed_origin("CN", "XX"), agreed_origin("XX", "ID"), agreed_origin("CN", "JP")
    ('CN', 'CN', None, None)
    """
    if one == other:
        return one
    if ABROAD not in (one, other) or HOME in (one, other):
        return None
    return other if one == ABROAD else one


def not_stated(text: str) -> bool:
    """Return True if a cell for a country says that none is stated.

    "N/A" is never Namibia, whose name or longer code "NAM" is read.

    >>> not_stated("N/A"), not_stated("-"), not_stated("tidak ada"), not_stated("Impor")
    (True, True, True, False)
    """
    return folded(text) in _NOT_STATED


def not_stated_elsewhere(text: str) -> bool:
    """Return True if a cell of a list from elsewhere states no country, by words or by a code for unknown.

    >>> not_stated_elsewhere("XX"), not_stated("XX"), not_stated_elsewhere("tbd")
    (True, False, True)
    """
    return not_stated(text) or text.strip().upper() in _UNKNOWN_CODES


def country_named(text: str) -> str | None:
    """Return the code of the country that a text names, in English, Indonesian or German, or by its ISO code.

    None if it is unknown, is not stated, or may mean two countries (Congo). Case, accents, dots and spaces do not matter.
    "Lokal", "DN" and the like are Indonesia; "AS" is Amerika Serikat (American Samoa is read by its name); Norway's code is
    read in capitals only, as "no" is a word, and Namibia's not at all, as "NA" is none.

    >>> country_named("Tiongkok"), country_named("R.R.T."), country_named("P.R. China"), country_named("cina")
    ('CN', 'CN', 'CN', 'CN')
    >>> country_named("Lokal"), country_named("Impor"), country_named("Atlantis"), country_named("N/A")
    ('ID', None, None, None)
    """
    name = folded(text)
    if name in _NOT_STATED or (name == "no" and text.strip() != "NO"):
        return None
    codes = _by_name().get(name, frozenset())
    return next(iter(codes)) if len(codes) == 1 else None


def origin_named(text: str) -> str | None:
    """Return the origin that a text names: a country, or `ABROAD` if it says only "imported".

    >>> origin_named("Impor"), origin_named("Impor (Jepang)"), origin_named("Import dari China"), origin_named("Lokal")
    ('XX', 'JP', 'CN', 'ID')
    >>> origin_named("江苏无锡")
    'CN'
    """
    if folded(text) in _ABROAD:
        return ABROAD
    if text.strip().startswith(_PROVINCES_OF_CHINA):
        return "CN"
    return country_named(text) or _origin_apart(text)


_PROVINCES_OF_CHINA = tuple(
    """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏
    新疆 深圳 广州 东莞 苏州 宁波 无锡 台州 永康 佛山 杭州 温州 青岛""".split()  # noqa: SIM905
)
"""Beginnings of places in mainland China, as lists from there state an origin: provinces, and cities of its vehicle industry."""


def _origin_apart(text: str) -> str | None:
    """Return the country next to the word that it is from abroad: "Impor (Jepang)", "Import - Japan", "Impor dari Cina"."""
    first, _, rest = text.strip().partition(" ")
    apart = [first, _FROM.sub("", rest)] if folded(first) in _ABROAD else []
    pieces = apart if apart and country_named(apart[1]) else re.split(r"[()/,:;-]+", text)
    named = [origin_named(piece) for piece in pieces if not not_stated_elsewhere(piece) and piece != text]
    countries = {code for code in named if code != ABROAD} or {ABROAD}
    return next(iter(countries)) if ABROAD in named and len(countries) == 1 and HOME not in countries else None


_FROM = re.compile(r"(?:dari|from|aus|ex)\s+", re.IGNORECASE)


@cache
def country_name(code: str) -> str:
    """The short English name of a country.

    >>> country_name("CN")
    'China'
    """
    return next(names[0] for (known, _), names in _rows() if known == code)


def nearest_country(text: str) -> str:
    """Return the name of a country that is nearest to a text, or an empty text.

    >>> nearest_country("Jepangg")
    'Jepang'
    """
    return closest(text.strip().title(), (name for _, names in _rows() for name in names if len(name) > 3))


def _rows() -> list[tuple[tuple[str, str], list[str]]]:
    """The two codes and the names of each country."""
    rows = (line.split("|") for line in lines("countries.txt"))
    return [((code, alpha_3), names.split("; ")) for code, alpha_3, names in rows]


@cache
def _by_name() -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    rows = _rows()
    for (code, _), names in rows:
        for name in names:
            named.setdefault(folded(name), set()).add(code)
    for codes, _ in rows:
        for code in codes:
            named.setdefault(folded(code), {codes[0]})
    return {name: frozenset(codes) for name, codes in named.items()}
