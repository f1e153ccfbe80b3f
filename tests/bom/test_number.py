"""Numbers and dates: what is taken, exactly, and what is refused before anything is computed with it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from tests.support.documents import broken, problems_of

from tkdn import Bom, BomError, Problem
from tkdn.bom.number import (
    CertificateHsCode,
    Country,
    HsCode,
    Kbli,
    Region,
    hs_code,
    plain,
    same_hs_code,
    to_date,
    to_decimal,
)

QUANTITY, PRICE, SCRAP = "uses[0].quantity", "parts[1].price.amount", "uses[0].scrap"


def document_with(token: str, path: str) -> str:
    """The cart as JSON text with a token standing bare at a path."""
    return json.dumps(broken({path: "@"})).replace('"@"', token)


def problem_with(token: str, path: str) -> Problem:
    """The one problem that the token makes."""
    (problem,) = problems_of(document_with(token, path))
    assert str(problem.place) == path
    assert problem.part == "WHEEL"
    assert problem.remedy
    assert len(str(problem)) < 300
    return problem


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ('"1250.50"', "1250.50"),
        ('"+2"', "2"),
        ('".5"', "0.5"),
        ('"1.5e1"', "15"),
        ('"1E3"', "1000"),
        ("2", "2"),
        ("2.50", "2.5"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1e20", "100000000000000000000"),
        ('"1e20"', "100000000000000000000"),
        ('"1e-20"', "0.00000000000000000001"),
        ('"123456789012345678901234567890"', "123456789012345678901234567890"),
        ('"0.000000012345678901"', "0.000000012345678901"),
        pytest.param('"0.' + "3" * 30 + '"', "0." + "3" * 30, id="30 decimals, refused beyond 20"),
        pytest.param('"1.' + "2" * 29 + '"', "1." + "2" * 29, id="29 decimals, refused beyond 20"),
        pytest.param('"1.' + "2" * 29 + 'e-20"', "1." + "2" * 29 + "E-20", id="30 digits from 1e-20 on"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ('"1234567890123456789012345678900000"', "1234567890123456789012345678900000"),
    ],
)
@pytest.mark.parametrize("path", [QUANTITY, PRICE])
def test_a_number_is_kept_exactly(token: str, expected: str, path: str) -> None:
    bom = Bom.from_json(document_with(token, path))
    price = bom.parts[1].price
    assert price is not None
    assert (bom.uses[0].quantity if path == QUANTITY else price.amount) == Decimal(expected)


@pytest.mark.parametrize("path", [QUANTITY, PRICE])
@pytest.mark.parametrize("token", ["0", '"0"', '"0.00"', "-1", '"-0.5"', "-0.0"])
def test_a_quantity_or_price_that_is_not_above_zero_is_refused(token: str, path: str) -> None:
    problem = problem_with(token, path)
    assert problem.code == "number-not-positive"
    assert "is not above zero" in problem.message
    assert problem.remedy == "leave the value out if it is not known"


@pytest.mark.parametrize("path", [QUANTITY, PRICE, SCRAP])
@pytest.mark.parametrize(
    "token",
    [
        '"NaN"',
        '"sNaN"',
        '"Infinity"',
        '"-Infinity"',
        '"inf"',
        "NaN",
        "Infinity",
        "-Infinity",
        '"many"',
        '""',
        '" 1"',
        '"1 "',
        '"1\\n"',
        '"1,5"',
        '"1.250,50"',
        '"1_000"',
        '"0x10"',
        '"1e"',
        '"--1"',
        '"1/2"',
        '"1.2.3"',
        '"..5"',
        '"١٢"',
        '"１２"',
        '"৪"',
        '"²"',
    ],
)
def test_text_that_is_no_ascii_number_is_refused(token: str, path: str) -> None:
    problem = problem_with(token, path)
    assert problem.code == "number-invalid"
    assert '"1250.50"' in problem.remedy


@pytest.mark.parametrize("path", [QUANTITY, PRICE, SCRAP])
@pytest.mark.parametrize(
    ("token", "shown"),
    [("true", "true or false"), ("null", "null"), ("[1]", "a list"), ('{"amount": 1}', "an object")],
)
def test_another_kind_of_value_is_no_number(token: str, shown: str, path: str) -> None:
    problem = problem_with(token, path)
    assert problem.code == "number-invalid"
    assert problem.message == f"{shown} is not a number"


@pytest.mark.parametrize("path", [QUANTITY, PRICE, SCRAP])
@pytest.mark.parametrize(
    "token",
    [
        pytest.param('"1e9999999"', id="exponent bomb"),
        pytest.param('"1e-9999999"', id="small exponent bomb"),
        pytest.param('"1e99999999999999999999"', id="exponent of 20 digits"),
        pytest.param('"' + "7" * 1_000_000 + '"', id="a million digits as text"),
        pytest.param("7" * 1_000_000, id="a million digits as a JSON number"),
        pytest.param("-" + "7" * 1_000_000, id="a million digits below zero"),
        pytest.param('"0.' + "7" * 1_000_000 + '"', id="a million decimals"),
        pytest.param('"' + "7" * 31 + '"', id="31 digits as text"),
        pytest.param("7" * 31, id="31 digits as a JSON number"),
        pytest.param('"0.' + "7" * 31 + '"', id="31 decimals"),
        pytest.param("7" * 59, id="59 digits"),
        pytest.param("7" * 60, id="60 digits"),
        pytest.param('"1e21"', id="exponent 21"),
        pytest.param("1e21", id="a float of exponent 21"),
        pytest.param('"1e-21"', id="exponent -21"),
        pytest.param("5e-324", id="the smallest float"),
    ],
)
def test_a_number_out_of_range_is_refused(token: str, path: str) -> None:
    problem = problem_with(token, path)
    assert problem.code == "number-too-large"
    assert "30 significant digits" in problem.remedy or "exponent within +-20" in problem.remedy


@pytest.mark.parametrize("nines", [20, 21, 29, 30])
def test_scrap_of_so_many_nines_is_kept(nines: int) -> None:
    """More than twenty were `number-too-large`, though what is left, 1 - scrap, is a plain number."""
    use = Bom.from_json(document_with(f'"0.{"9" * nines}"', SCRAP)).uses[0]
    assert 1 - Fraction(use.scrap) == Fraction(1, 10**nines)


def test_scrap_of_31_nines_is_refused() -> None:
    assert problem_with(f'"0.{"9" * 31}"', SCRAP).code == "number-too-large"


@pytest.mark.parametrize(("text", "read"), [("0e-50", True), ("0e20", True), ("0e-51", False), ("0e21", False)])
def test_zero_has_digits_too(text: str, *, read: bool) -> None:
    taken = True
    try:
        to_decimal(text)
    except PydanticCustomError:
        taken = False
    assert taken is read


def test_a_float_is_taken_by_its_shortest_form() -> None:
    assert to_decimal(0.1 + 0.2) == Decimal("0.30000000000000004")
    assert to_decimal(0.1) == Decimal("0.1")


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("inf"), float("nan")])
def test_a_number_from_code_must_be_finite(value: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        to_decimal(value)
    assert (caught.value.context or {})["code"] == "number-invalid"


@pytest.mark.parametrize("digits", [31, 50, 51, 5000])
@pytest.mark.parametrize("sign", [1, -1])
def test_an_integer_of_too_many_digits_from_code_is_refused(digits: int, sign: int) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        to_decimal(sign * (10**digits - 1))
    assert (caught.value.context or {})["code"] == "number-too-large"


def test_a_decimal_from_code_obeys_the_same_limits() -> None:
    assert to_decimal(Decimal("1e20")) == 10**20
    with pytest.raises(PydanticCustomError) as caught:
        to_decimal(Decimal("1e21"))
    assert (caught.value.context or {})["code"] == "number-too-large"


@pytest.mark.parametrize(("value", "expected"), [("1E+20", "1" + 20 * "0"), ("1E-3", "0.001"), ("2.50", "2.50")])
def test_plain_writes_no_exponent(value: str, expected: str) -> None:
    assert plain(Decimal(value)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "01-06-2026",
        "2026-6-1",
        "20260601",
        "2026-02-30",
        "2026-13-01",
        "2026-W10-1",
        "today",
        "",
        "２０２６-06-01",
        None,
        5,
    ],
)
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        to_date(text)
    assert (caught.value.context or {})["code"] == "date-invalid"
    assert "YYYY-MM-DD" in (caught.value.context or {})["remedy"]


def test_a_leap_day_is_a_date() -> None:
    assert to_date("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize("code", ["01012100", "76169990", "78011000", "87082995", "8708.29.95", "97011000", "98018010"])
def test_an_hs_code_of_a_chapter_that_exists_is_kept(code: str) -> None:
    assert Bom.from_dict(broken({"parts[1].hs_code": code})).parts[1].hs_code == code


@pytest.mark.parametrize(
    "code", ["8708", "87.08", "870829", "8708.29", "87.08.29.95", "870829951", "8708299510", "8708.29.95.10"]
)
def test_an_hs_code_of_4_to_10_digits_is_kept_as_given(code: str) -> None:
    """Only eight digits were taken."""
    assert Bom.from_dict(broken({"parts[1].hs_code": code})).parts[1].hs_code == code


@pytest.mark.parametrize("chapter", ["00", "77"])
def test_an_hs_code_of_no_chapter_is_refused(chapter: str) -> None:
    (problem,) = problems_of(broken({"parts[1].hs_code": f"{chapter}082995"}))
    assert (problem.code, problem.message) == (
        "hs-code-invalid",
        f"'{chapter}082995': there is no HS chapter {chapter}",
    )
    assert "01 to 76 or 78 to 99" in problem.remedy


@pytest.mark.parametrize(
    "text", ["87082993", "8708.29.93", "8708 29 93", "8708-2993", " 8708.2993\n", "HS 8708.29.93", "hs8708.29.93"]
)
def test_an_hs_code_as_people_write_it(text: str) -> None:
    assert hs_code(text) == "87082993"


@pytest.mark.parametrize("text", ["", "870", "8708.2", "8708.29.93.00.1", "8708,29,93", "7708.29.93", "8708.29.9O"])
def test_what_has_no_4_to_10_digits_is_no_hs_code(text: str) -> None:
    with pytest.raises(PydanticCustomError) as raised:
        hs_code(text)
    assert (raised.value.context or {})["code"] == "hs-code-invalid"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("8708.29.95", "87082995", True),
        ("8708299510", "87082995", True),
        ("8708", "8708", False),
        ("870829", "870829", False),
        ("87082995", "87082996", False),
        (None, None, False),
    ],
)
def test_hs_codes_of_one_product_agree_in_eight_digits(one: str | None, other: str | None, same: bool) -> None:
    assert same_hs_code(one, other) is same_hs_code(other, one) is same


def test_the_divisions_of_kbli_are_those_of_isic() -> None:
    """ISIC Rev. 4, which KBLI 2020 follows to two digits, has 88 divisions."""
    gaps = {"00", "04", "34", "40", "44", "48", "54", "57", "67", "76", "83", "89"}
    refused = {
        f"{division:02}"
        for division in range(100)
        if broken_codes(f"{division:02}101") == [("kbli-invalid", f"KBLI 2020 has no golongan pokok {division:02}")]
    }
    assert refused == gaps


def broken_codes(kbli: str) -> list[tuple[str, str]]:
    """Code and last words of the problems of a cart whose wheel has a KBLI code."""
    document = broken({"parts[1].kbli": kbli})
    try:
        Bom.from_dict(document)
    except BomError as error:
        return [(problem.code, problem.message.split(": ", 1)[1]) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        (Region, "Kab Subang", 'did you mean "32.13" (Kabupaten Subang)?'),
        (Region, "3213", 'did you mean "32.13" (Kabupaten Subang)?'),
        (Region, "Bandung", '"32.04" (Kabupaten Bandung) or "32.73" (Kota Bandung)'),
        (Region, "Kabupaten Subangg", "did you mean 'Kabupaten Subang'?"),
        (Country, "Tiongkok", "did you mean 'CN'?"),
        (Country, "Jepangg", "did you mean 'Jepang'?"),
        (Kbli, "KBLI 29300", 'write "29300"'),
        (Kbli, "2930", '"2930" names a group of businesses'),
        (HsCode, "8708 2993", 'write "87082993"'),
        (CertificateHsCode, "8708.99", '"870899" names a group of goods'),
        (CertificateHsCode, "8708", '"8708" names a group of goods'),
    ],
)
def test_a_code_written_otherwise_is_told_the_nearest_right_one(kind: Any, text: str, hint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    assert hint in caught.value.errors()[0]["ctx"]["remedy"]
