"""Typed values of a bill: exact numbers, dates, codes. Each is checked before anything is computed with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from tkdn.bom.country import ABROAD, COUNTRIES, country_named, nearest_country, origin_named
from tkdn.bom.region import regions, regions_meant, unknown_region
from tkdn.days import INVALID, not_a_day, stated_day
from tkdn.errors import Problem, closest

MAX_DIGITS = 30
MAX_EXPONENT = 20
MAX_ID_LENGTH = 500
_NUMBER = r"[+-]?(?:\d{1,60}(?:\.\d{1,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?"


def problem(code: str, values: Mapping[str, object], case: str = "") -> PydanticCustomError:
    """Return a pydantic error that carries one of our stable codes and the values of its words."""
    worded = Problem(code, values, case=case)
    words = {"message": worded.message, "remedy": worded.remedy}  # for those who read pydantic's own error
    return PydanticCustomError("tkdn", "{message}", {"code": code, "values": values, "case": case, **words})


@lru_cache(maxsize=65_536)
def parse_number(text: str) -> Decimal:
    """Return an exact number from ASCII text, of at most 30 digits, at least 1e-20.

    Raises:
        PydanticCustomError: `number-invalid` or `number-too-large`, before anything large is built.

    >>> parse_number("1250.50"), parse_number("0.99999999999999999999999999999")
    (Decimal('1250.50'), Decimal('0.99999999999999999999999999999'))
    """
    if not re.fullmatch(_NUMBER, text, re.ASCII):
        raise _not_a_number(text)
    return _within_limits(Decimal(text), text)


def _not_a_number(text: str) -> PydanticCustomError:
    shown = repr(text[:40]) + ("..." if len(text) > 40 else "")
    if len(text) > 60 and re.fullmatch(r"[+-]?[\d.]+", text, re.ASCII):
        return problem("number-too-large", {"shown": shown, "max_digits": MAX_DIGITS}, case="digits")
    if re.fullmatch(r"[+-]?\d*\.?\d+[eE][+-]?\d+", text, re.ASCII):
        return problem("number-too-large", {"shown": shown, "max_exponent": MAX_EXPONENT}, case="exponent")
    return problem("number-invalid", {"shown": shown})


def _within_limits(value: Decimal, shown: object) -> Decimal:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise problem("number-invalid", {"shown": shown}, case="not_finite")
    significant = len("".join(map(str, digits)).strip("0"))
    # Small is what begins below 1e-20: 30 digits behind the point may be a number near one. Zero has no first digit.
    first = value.adjusted() if significant else 0
    if (
        significant > MAX_DIGITS
        or not -MAX_DIGITS - MAX_EXPONENT <= exponent <= MAX_EXPONENT
        or not -MAX_EXPONENT <= first <= MAX_DIGITS + MAX_EXPONENT
    ):
        raise problem(
            "number-too-large",
            {"shown": str(shown)[:40], "max_digits": MAX_DIGITS, "max_exponent": MAX_EXPONENT},
        )
    return value


def to_decimal(value: Any) -> Decimal:
    """A Decimal from text, an integer, a Decimal, or a float by its shortest decimal form."""
    if type(value) is str:
        return parse_number(value)
    if isinstance(value, Decimal):
        return _within_limits(value, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem("number-invalid", {"value": _kind(value)}, case="kind")
    if isinstance(value, int):
        if abs(value) >= 10 ** (MAX_DIGITS + MAX_EXPONENT):
            raise problem("number-too-large", {"max_digits": MAX_DIGITS}, case="integer")
        return _within_limits(Decimal(value), value)
    return parse_number(repr(value))


def _kind(value: object) -> str:
    return {"bool": "true or false", "list": "a list", "dict": "an object", "NoneType": "null"}.get(
        type(value).__name__, f"a value of type {type(value).__name__}"
    )


def _above_zero(value: Decimal) -> Decimal:
    if value <= 0:
        raise problem("number-not-positive", {"value": value})
    return value


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise problem("number-negative", {"value": value})
    return value


def _percent(value: Decimal) -> Decimal:
    if not 0 <= value <= 100:
        raise problem("percent-out-of-range", {"value": value})
    return value


def _share(value: Decimal) -> Decimal:
    if not 0 <= value <= 1:
        raise problem("share-out-of-range", {"value": value})
    return value


def _scrap(value: Decimal) -> Decimal:
    if not 0 <= value < 1:
        raise problem("scrap-out-of-range", {"value": value})
    return value


def to_heads(value: Any) -> int:
    number = to_decimal(value)
    if number < 0 or number != number.to_integral_value():
        raise problem("heads-invalid", {"value": value})
    return int(number)


def to_date(value: Any) -> date:
    """A day from a `date` or from "YYYY-MM-DD"."""
    day = stated_day(value)
    if day is None:
        raise problem(INVALID, not_a_day(value))
    return day


def plain(value: Decimal) -> str:
    """The number as plain digits, without exponent.

    >>> plain(Decimal("1E+3"))
    '1000'
    """
    return format(value, "f")


def to_true_false(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise problem("true-false-invalid", {"value": str(value)[:40]})


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise problem("text-invalid", {}) from None
    return value


def _identifier(value: str) -> str:
    if not 1 <= len(value) <= MAX_ID_LENGTH:
        raise problem("id-invalid", {"length": len(value), "limit": MAX_ID_LENGTH}, case="length")
    if value != value.strip() or not value.isprintable():
        raise problem("id-invalid", {"value": value[:60]}, case="characters")
    return value


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value, re.ASCII):
        raise problem("currency-invalid", {"value": value[:40]})
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        named = country_named(value[:100])
        near = named if isinstance(named, str) else ""
        if not near:
            near = closest(value.upper(), COUNTRIES) if len(value) == 2 else nearest_country(value[:100])
        values = {"value": value[:40], **({"meant": near} if near else {})}
        raise problem("country-unknown", values, "near" if near else "")
    return value


def _origin(value: str) -> str:
    if value == ABROAD:
        return value
    if value not in COUNTRIES and origin_named(value[:100]) == ABROAD:
        raise problem("country-unknown", {"value": value[:40], "abroad": ABROAD}, "abroad")
    return _country(value)


def _region(value: str) -> str:
    if not re.fullmatch(r"\d{2}(\.\d{2})?", value, re.ASCII):
        meant = regions_meant(value[:100])
        raise problem("region-invalid", {"value": value[:40], "meant": meant}, "near" if meant else "")
    if value not in regions():
        unknown = unknown_region(value)
        raise problem(unknown.code, unknown.values, unknown.case)
    return value


_NO_HS_CHAPTERS = frozenset({"00", "77"})
"""The Harmonized System keeps 77 for later; 98 and 99 are national (in Indonesia 98.01 and 98.02: vehicles in parts)."""

_KBLI_DIVISIONS = frozenset(
    f"{division:02}"
    for first, last in (
        *((1, 3), (5, 9), (10, 33), (35, 35), (36, 39), (41, 43), (45, 47), (49, 53), (55, 56), (58, 63), (64, 66)),
        *((68, 68), (69, 75), (77, 82), (84, 84), (85, 85), (86, 88), (90, 93), (94, 96), (97, 98), (99, 99)),
    )
    for division in range(first, last + 1)
)
"""Golongan pokok of KBLI 2020 (Peraturan BPS 2/2020), section by section from A to U."""


_HS_WRITTEN = r"\d{2,}(?:\.\d{2,})*"
"""Digits with points between groups; a last group of one digit is a number of a spreadsheet that lost its last zero."""
_HS_LENGTHS = (4, 10)
_HS_OF_CERTIFICATES = 8
_KBLI_LENGTH = 5


def hs_digits(code: str) -> str:
    """Return the digits of an HS code, by which it is compared.

    >>> hs_digits("8708.29.95")
    '87082995'
    """
    return code.replace(".", "")


def same_hs_code(one: str | None, other: str | None) -> bool:
    """Return True if two HS codes name one product: both have eight digits or more, and the first eight are the same.

    >>> same_hs_code("8708.29.95", "8708299510"), same_hs_code("8708", "8708"), same_hs_code(None, "87082995")
    (True, False, False)
    """
    digits = [hs_digits(code or "")[:_HS_OF_CERTIFICATES] for code in (one, other)]
    return digits[0] == digits[1] and len(digits[0]) == _HS_OF_CERTIFICATES


def hs_codes_differ(one: str | None, other: str | None) -> bool:
    """Return True if two HS codes name two products: they differ within the digits that both state, eight at most.

    >>> hs_codes_differ("8708.29.95", "87089990"), hs_codes_differ("8708", "8708.29.95"), hs_codes_differ(None, "8708")
    (True, False, False)
    """
    if one is None or other is None:
        return False
    digits = [hs_digits(code)[:_HS_OF_CERTIFICATES] for code in (one, other)]
    common = min(map(len, digits))
    return digits[0][:common] != digits[1][:common]


def _hs_code(value: str) -> str:
    least, most = _HS_LENGTHS
    if not re.fullmatch(_HS_WRITTEN, value, re.ASCII) or not least <= len(hs_digits(value)) <= most:
        digits = _digits_meant(value)
        values = {"value": value[:40], "least": least, "most": most, "digits": digits}
        raise problem("hs-code-invalid", values, "written" if digits else "length")
    if (chapter := value[:2]) in _NO_HS_CHAPTERS:
        raise problem("hs-code-invalid", {"value": value, "chapter": chapter})
    return value


def _hs_code_of_certificate(value: str) -> str:
    digits = hs_digits(_hs_code(value))
    if len(digits) == _HS_OF_CERTIFICATES:
        return value
    case = "certificate_group" if len(digits) < _HS_OF_CERTIFICATES else "certificate"
    raise problem("hs-code-invalid", {"value": value, "length": _HS_OF_CERTIFICATES, "digits": digits}, case)


def _digits_meant(value: str) -> str:
    """Return the digits of a text that is an HS code but for what stands around them, else an empty text."""
    least, most = _HS_LENGTHS
    digits = hs_digits(tidy_hs_code(value[:40]))
    meant = re.fullmatch(rf"\d{{{least},{most}}}", digits, re.ASCII) and not re.search(r"\.\d$", value.strip())
    return digits if meant else ""


def tidy_hs_code(text: str) -> str:
    """Return an HS code without what people write around its digits and points.

    >>> tidy_hs_code(" HS 8708.29.93 "), tidy_hs_code("8708-2993")
    ('8708.29.93', '87082993')
    """
    return re.sub(r"^HS[\s.:]*|[\s-]", "", text.strip(), flags=re.IGNORECASE)


def hs_code(text: str) -> str:
    """Return the digits of an HS code as people write it.

    Raises:
        PydanticCustomError: It is no HS code (`hs-code-invalid`).

    >>> hs_code("8708.29.93"), hs_code(" 8708 29 "), hs_code("HS 8708.29.93")
    ('87082993', '870829', '87082993')
    """
    return hs_digits(_hs_code(tidy_hs_code(text)))


def _kbli(value: str) -> str:
    if not re.fullmatch(r"\d{5}", value, re.ASCII):
        digits = re.sub(r"^KBLI|[\s.-]", "", value[:40].strip().upper())
        case = ""
        if re.fullmatch(r"\d{2,5}", digits, re.ASCII):
            case = "written" if len(digits) == _KBLI_LENGTH else "group"
        raise problem("kbli-invalid", {"value": value[:40], "digits": digits}, case)
    if (division := value[:2]) not in _KBLI_DIVISIONS:
        raise problem("kbli-invalid", {"value": value, "division": division}, "division")
    return value


_text_of_number = PlainSerializer(plain, return_type=str)
_number_schema = WithJsonSchema(
    {"type": ["string", "integer", "number"], "pattern": r"^[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?$"}
)

Number = Annotated[Decimal, BeforeValidator(to_decimal), _text_of_number, _number_schema]
Positive = Annotated[Number, AfterValidator(_above_zero)]
NotNegative = Annotated[Number, AfterValidator(_not_negative)]
Percent = Annotated[Number, AfterValidator(_percent)]
Share = Annotated[Number, AfterValidator(_share)]
Scrap = Annotated[Number, AfterValidator(_scrap)]
Heads = Annotated[
    int, BeforeValidator(to_heads), WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"})
]
Day = Annotated[date, BeforeValidator(to_date)]
TrueFalse = Annotated[bool, BeforeValidator(to_true_false)]
Text = Annotated[str, Strict(), AfterValidator(_text)]
Id = Annotated[str, Strict(), AfterValidator(_identifier)]
Country = Annotated[str, Strict(), AfterValidator(_country)]
Origin = Annotated[
    str,
    Strict(),
    AfterValidator(_origin),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[A-Z]{2}$",
            "description": "Country code of ISO 3166; XX: made abroad, country not stated.",
        }
    ),
]
Currency = Annotated[str, Strict(), AfterValidator(_currency)]
Region = Annotated[str, Strict(), AfterValidator(_region)]
HsCode = Annotated[
    str,
    Strict(),
    AfterValidator(_hs_code),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[0-9]{2,}(\.[0-9]{2,})*$",
            "description": "HS code of 4 to 10 digits, with or without points.",
        }
    ),
]
CertificateHsCode = Annotated[str, Strict(), AfterValidator(_hs_code_of_certificate)]
Kbli = Annotated[str, Strict(), AfterValidator(_kbli)]
