"""Countries: the ISO 3166-1 alpha-2 codes that a bill takes, and the names that people write in spreadsheets.

The names are in countries.txt, and are read when first needed. Tests hold codes and names against pycountry and CLDR.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from tkdn.bom.names import folded, lines
from tkdn.errors import nearest

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


class Origin(Enum):
    """An origin that is no country."""

    ABROAD = "abroad"


ABROAD: Final = Origin.ABROAD
"""Known to be from abroad; the country is not said."""

_ABROAD = frozenset({"impor", "import", "imported", "ln", "luarnegeri", "abroad", "foreign", "overseas", "ausland"})


def country_named(text: str) -> str | Origin | None:
    """The code of the country that a text names, in English, Indonesian or German, or by its ISO code of two or three letters.

    `ABROAD` where it says only that the origin is not Indonesia; None where it is unknown, or may mean two countries (Congo).
    Case, accents, dots and spaces do not matter. "Lokal", "DN" and the like are Indonesia; "AS" is Amerika Serikat (American
    Samoa is read by its name); Norway's code is read in capitals only, as "no" is a word.

    >>> country_named("Tiongkok"), country_named("R.R.T."), country_named("P.R. China"), country_named("cina")
    ('CN', 'CN', 'CN', 'CN')
    >>> country_named("Lokal"), country_named("Impor"), country_named("Atlantis")
    ('ID', <Origin.ABROAD: 'abroad'>, None)
    """
    name = folded(text)
    if name in _ABROAD:
        return ABROAD
    if name == "no" and text.strip() != "NO":
        return None
    codes = _by_name().get(name, frozenset())
    return next(iter(codes)) if len(codes) == 1 else None


@cache
def country_name(code: str) -> str:
    """The short English name of a country.

    >>> country_name("CN")
    'China'
    """
    return next(names[0] for (known, _), names in _rows() if known == code)


def nearest_country(text: str) -> str:
    """A hint that names the country whose name is nearest to a text, or nothing.

    >>> nearest_country("Jepangg")
    "did you mean 'Jepang'?"
    """
    return nearest(text.strip().title(), (name for _, names in _rows() for name in names if len(name) > 3))


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
