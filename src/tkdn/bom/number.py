"""Typed values of a bill: exact numbers, dates, codes. Each is checked before anything is computed with it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from tkdn.bom.country import ABROAD, COUNTRIES, country_named, nearest_country, origin_named
from tkdn.bom.region import region_hint, regions, why_unknown
from tkdn.days import INVALID, REMEDY, not_a_day, stated_day
from tkdn.errors import nearest

MAX_DIGITS = 30
MAX_EXPONENT = 20
MAX_ID_LENGTH = 500
_NUMBER = r"[+-]?(?:\d{1,60}(?:\.\d{1,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?"


def problem(code: str, message: str, remedy: str = "") -> PydanticCustomError:
    """A pydantic error that carries one of our stable codes and a remedy."""
    return PydanticCustomError("tkdn", "{message}", {"code": code, "message": message, "remedy": remedy})


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
        return problem("number-too-large", f"{shown} has too many digits", f"at most {MAX_DIGITS} significant digits")
    if re.fullmatch(r"[+-]?\d*\.?\d+[eE][+-]?\d+", text, re.ASCII):
        return problem("number-too-large", f"{shown} is out of range", f"an exponent within +-{MAX_EXPONENT}")
    return problem("number-invalid", f"{shown} is not a number", 'write digits with a decimal point, such as "1250.50"')


def _within_limits(value: Decimal, shown: object) -> Decimal:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise problem("number-invalid", f"{shown} is not a finite number", "write a number")
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
            f"{str(shown)[:40]} is out of range",
            f"at most {MAX_DIGITS} significant digits and an exponent within +-{MAX_EXPONENT}",
        )
    return value


def to_decimal(value: Any) -> Decimal:
    """A Decimal from text, an integer, a Decimal, or a float by its shortest decimal form."""
    if type(value) is str:
        return parse_number(value)
    if isinstance(value, Decimal):
        return _within_limits(value, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem("number-invalid", f"{_kind(value)} is not a number", "write a number or a decimal string")
    if isinstance(value, int):
        if abs(value) >= 10 ** (MAX_DIGITS + MAX_EXPONENT):
            raise problem("number-too-large", "the integer is out of range", f"at most {MAX_DIGITS} significant digits")
        return _within_limits(Decimal(value), value)
    return parse_number(repr(value))


def _kind(value: object) -> str:
    return {"bool": "true or false", "list": "a list", "dict": "an object", "NoneType": "null"}.get(
        type(value).__name__, f"a value of type {type(value).__name__}"
    )


def _above_zero(value: Decimal) -> Decimal:
    if value <= 0:
        raise problem("number-not-positive", f"{value} is not above zero", "leave the value out if it is not known")
    return value


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise problem("number-negative", f"{value} is below zero", "write zero or more")
    return value


def _percent(value: Decimal) -> Decimal:
    if not 0 <= value <= 100:
        raise problem("percent-out-of-range", f"{value} is not between 0 and 100", "write percent: 78 for 78%")
    return value


def _share(value: Decimal) -> Decimal:
    if not 0 <= value <= 1:
        raise problem("share-out-of-range", f"{value} is not between 0 and 1", "write a share: 0.05 for 5%")
    return value


def _scrap(value: Decimal) -> Decimal:
    if not 0 <= value < 1:
        raise problem("scrap-out-of-range", f"scrap {value} is not in [0, 1)", "write the share lost: 0.05 for 5%")
    return value


def to_heads(value: Any) -> int:
    number = to_decimal(value)
    if number < 0 or number != number.to_integral_value():
        raise problem("heads-invalid", f"{value} is not a number of people", "write a whole number, 0 or more")
    return int(number)


def to_date(value: Any) -> date:
    """A day from a `date` or from "YYYY-MM-DD"."""
    day = stated_day(value)
    if day is None:
        raise problem(INVALID, not_a_day(value), REMEDY)
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
    raise problem("true-false-invalid", f"{str(value)[:40]!r} is neither true nor false", "write true or false")


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            remedy = "take the character out, or write it whole"
            raise problem("text-invalid", "text with half a character (a lone surrogate)", remedy) from None
    return value


def _identifier(value: str) -> str:
    if not 1 <= len(value) <= MAX_ID_LENGTH:
        raise problem("id-invalid", f"an id of {len(value)} characters", f"write 1 to {MAX_ID_LENGTH} characters")
    if value != value.strip() or not value.isprintable():
        raise problem("id-invalid", f"id {value[:60]!r} has spaces around it or control characters", "take them out")
    return value


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value, re.ASCII):
        raise problem(
            "currency-invalid", f"{value[:40]!r} is not an ISO 4217 currency code", 'write "IDR", "USD", "JPY"'
        )
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        named = country_named(value[:100])
        hint = f"did you mean {named!r}?" if isinstance(named, str) else ""
        if not hint and len(value) == 2:
            hint = nearest(value.upper(), COUNTRIES)
        elif not hint:
            hint = nearest_country(value[:100])
        raise problem(
            "country-unknown",
            f"{value[:40]!r} is not an ISO 3166 alpha-2 country code",
            'write two capital letters, such as "ID", "CN" or "JP"' + (f"; {hint}" if hint else ""),
        )
    return value


def _origin(value: str) -> str:
    if value == ABROAD:
        return value
    if value not in COUNTRIES and origin_named(value[:100]) == ABROAD:
        message = f"{value[:40]!r} is not an ISO 3166 alpha-2 country code"
        raise problem("country-unknown", message, f'write "{ABROAD}": made abroad, country not stated')
    return _country(value)


def _region(value: str) -> str:
    if not re.fullmatch(r"\d{2}(\.\d{2})?", value, re.ASCII):
        hint = region_hint(value[:100])
        remedy = 'write "32.13" or "32"' + (f"; {hint}" if hint else "")
        raise problem("region-invalid", f"{value[:40]!r} is not a region code", remedy)
    if value not in regions():
        raise problem("region-unknown", *why_unknown(value))
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
        message = f"{value[:40]!r} is not an HS code of {least} to {most} digits"
        raise problem("hs-code-invalid", message, _hs_remedy(value))
    if (chapter := value[:2]) in _NO_HS_CHAPTERS:
        remedy = 'the first two digits are 01 to 76 or 78 to 99, as in "87082995"'
        raise problem("hs-code-invalid", f"{value!r}: there is no HS chapter {chapter}", remedy)
    return value


def _hs_code_of_certificate(value: str) -> str:
    digits = hs_digits(_hs_code(value))
    if len(digits) == _HS_OF_CERTIFICATES:
        return value
    message = f"{value!r} is not the HS code of a certificate, which has {_HS_OF_CERTIFICATES} digits"
    remedy = "write the code that is printed on the certificate"
    if len(digits) < _HS_OF_CERTIFICATES:
        remedy = f'"{digits}" names a group of goods: {remedy}'
    raise problem("hs-code-invalid", message, remedy)


def _hs_remedy(value: str) -> str:
    least, most = _HS_LENGTHS
    digits = hs_digits(tidy_hs_code(value[:40]))
    if re.fullmatch(rf"\d{{{least},{most}}}", digits, re.ASCII) and not re.search(r"\.\d$", value.strip()):
        return f'write "{digits}"'
    return f'write {least} to {most} digits, as in "8708.29" or "87082995"'


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


def _kbli_remedy(value: str) -> str:
    digits = re.sub(r"^KBLI|[\s.-]", "", value[:40].strip().upper())
    if re.fullmatch(r"\d{5}", digits, re.ASCII):
        return f'write "{digits}"'
    if re.fullmatch(r"\d{2,4}", digits, re.ASCII):
        return f'"{digits}" names a group of businesses: find the five digits that begin with it, as in "29300"'
    return 'write "29300"'


def _kbli(value: str) -> str:
    if not re.fullmatch(r"\d{5}", value, re.ASCII):
        raise problem("kbli-invalid", f"{value[:40]!r} is not a 5-digit KBLI code", _kbli_remedy(value))
    if (division := value[:2]) not in _KBLI_DIVISIONS:
        remedy = 'the first two digits are the golongan pokok, such as 29 in "29300"'
        raise problem("kbli-invalid", f"{value!r}: KBLI 2020 has no golongan pokok {division}", remedy)
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
