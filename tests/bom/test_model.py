"""Records: each value that is wrong in itself, with its code, its place, its part and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from tests.support.documents import broken, cart, problems_of

from tkdn import Bom, Part, Rate, Use

CERTIFICATE = "parts[1].certificates[0]"


@dataclass(frozen=True)
class Fault:
    """A value that is put into the cart, and the one problem that it makes. Without `place`: where the value stands."""

    path: str
    value: Any
    code: str
    part: str | None = None
    says: str = ""
    remedy: str = ""
    place: str | None = None

    def __str__(self) -> str:
        return f"{self.code}: {self.path} = {ascii(self.value)[:40]}"


KEYS = (
    Fault("parts[1].nmae", "x", "unknown-key", "WHEEL", "'nmae'", "did you mean 'name'?"),
    Fault("parts[1].price.ammount", 1, "unknown-key", "WHEEL", "'ammount'", "did you mean 'amount'?"),
    Fault(
        f"{CERTIFICATE}.valid_to", "2027-01-01", "unknown-key", "WHEEL", "'valid_to'", "the keys here are number, tkdn"
    ),
    Fault("parts[0].production.factry", "own", "unknown-key", "CART", "'factry'", "did you mean 'factory'?"),
    Fault("parts[0].production.size", "own", "unknown-key", "CART", "'size'", "the keys here are factory, activity"),
    Fault("uses[0].quantitiy", 1, "unknown-key", "WHEEL", "'quantitiy'", "did you mean 'quantity'?"),
    Fault(
        "suppliers[0].industrial_license",
        True,
        "unknown-key",
        None,
        "industrial_license",
        "did you mean 'industrial_licence'?",
    ),
    Fault("rates[0].form", "2026-01-01", "unknown-key", None, "'form'", "did you mean 'from'?"),
    Fault("prodcut", "CART", "unknown-key", None, "'prodcut'", "did you mean 'product'?"),
    Fault("x" * 1000, 1, "unknown-key", None, "'xxx", "the keys here are format, version, product"),
    Fault(
        "uses[2]", {"parent": "CART", "part": "AXLE"}, "missing-key", "AXLE", "'quantity'", "add", "uses[2].quantity"
    ),
    Fault("parts[3]", {"name": "Baut"}, "missing-key", None, "'id'", "add 'id'", "parts[3].id"),
    Fault("rates[1]", {"currency": "JPY", "rate": 1}, "missing-key", None, "'from'", "add 'from'", "rates[1].from"),
    Fault("parts[2].price", {"per": 1}, "missing-key", "AXLE", "'amount'", "add 'amount'", "parts[2].price.amount"),
)

TYPES = (
    Fault("parts[1].name", ["Roda"], "wrong-type", "WHEEL", "string", "correct the value"),
    Fault("parts[1].name", 7, "wrong-type", "WHEEL", "7"),
    Fault("parts[1].spec", {"size": 7}, "wrong-type", "WHEEL", "string"),
    Fault("parts[1].unit", None, "wrong-type", "WHEEL", "string"),
    Fault("parts[3]", {"id": 7}, "wrong-type", None, "7", "", "parts[3].id"),
    Fault("parts[1].supplier", 1, "wrong-type", "WHEEL", "string"),
    Fault("product", 3, "wrong-type", None, "3"),
    Fault("parts[1].price", "150000", "wrong-type", "WHEEL", "'150000'"),
    Fault("parts[1].certificates", {"number": "N-1"}, "wrong-type", "WHEEL", "'N-1'"),
    Fault(f"{CERTIFICATE}.frozen", "2026-01-01", "wrong-type", "WHEEL", "2026-01-01"),
    Fault("parts[3]", "BOLT", "wrong-type", None, "'BOLT'"),
    Fault("parts[3]", None, "wrong-type", None, "None"),
    Fault("suppliers[1]", ["S-2"], "wrong-type", None, "'S-2'"),
    Fault("parts[1].phantom", "yes", "true-false-invalid", "WHEEL", "'yes'", "write true or false"),
    Fault("parts[1].main", 1, "true-false-invalid", "WHEEL", "'1'", "write true or false"),
    Fault("parts[1].natural_resource", None, "true-false-invalid", "WHEEL", "'None'", "write true or false"),
    Fault("uses[0].chosen", "true", "true-false-invalid", "WHEEL", "'true'", "write true or false"),
    Fault("suppliers[0].industrial_licence", "yes", "true-false-invalid", None, "'yes'", "write true or false"),
)

CODES = (
    Fault("parts[1].made_in", "id", "country-unknown", "WHEEL", "'id'", "did you mean 'ID'?"),
    Fault("parts[1].made_in", "Indonesia", "country-unknown", "WHEEL", "'Indonesia'", "two capital letters"),
    Fault("parts[1].made_in", "Tiongkok", "country-unknown", "WHEEL", "'Tiongkok'", "did you mean 'CN'?"),
    Fault("parts[1].made_in", "UK", "country-unknown", "WHEEL", "'UK'", "two capital letters"),
    Fault("parts[1].made_in", "", "country-unknown", "WHEEL", "''", "two capital letters"),
    Fault("parts[1].price.currency", "rp", "currency-invalid", "WHEEL", "'rp'", '"IDR"'),
    Fault("parts[1].price.currency", "ＩＤＲ", "currency-invalid", "WHEEL", "", '"IDR"'),
    Fault("currency", "Rp", "currency-invalid", None, "'Rp'", '"IDR"'),
    Fault("rates[0].currency", "DOLLAR", "currency-invalid", None, "'DOLLAR'", '"USD"'),
    Fault("suppliers[0].region", "3213", "region-invalid", None, "'3213'", '"32.13"'),
    Fault("suppliers[0].region", "32.1", "region-invalid", None, "'32.1'", '"32.13"'),
    Fault("suppliers[0].region", "٣٢.١٣", "region-invalid", None, "", '"32.13"'),
    Fault("parts[1].hs_code", "870", "hs-code-invalid", "WHEEL", "'870'", '"87082995"'),
    Fault("parts[1].hs_code", "87082995101", "hs-code-invalid", "WHEEL", "'87082995101'", "4 to 10 digits"),
    Fault("parts[1].hs_code", "8708.3", "hs-code-invalid", "WHEEL", "'8708.3'", "4 to 10 digits"),
    Fault("parts[1].hs_code", "8708 2995", "hs-code-invalid", "WHEEL", "'8708 2995'", 'write "87082995"'),
    Fault("parts[1].hs_code", ".8708", "hs-code-invalid", "WHEEL", "'.8708'", 'write "8708"'),
    Fault("parts[1].hs_code", "８７０８", "hs-code-invalid", "WHEEL", "", "4 to 10 digits"),
    Fault("parts[1].kbli", "2930", "kbli-invalid", "WHEEL", "'2930'", '"29300"'),
    Fault("parts[1].kbli", "29300\n", "kbli-invalid", "WHEEL", "'29300\\n'", '"29300"'),
    Fault("suppliers[0].scale", "tiny", "value-unknown", None, "'tiny'", "'micro', 'small', 'medium' or 'large'"),
    Fault("parts[0].production.factory", "mine", "value-unknown", "CART", "'mine'", "'own', 'partner_factory'"),
    Fault("parts[0].production.activity", "painting", "value-unknown", "CART", "'painting'", "'finishing'"),
    Fault("parts[0].brainware.rd_unit", "rented", "value-unknown", "CART", "'rented'", "'third_party'"),
    Fault("parts[3]", {"id": " BOLT"}, "id-invalid", " BOLT", "spaces", "take them out", "parts[3].id"),
    Fault("parts[3]", {"id": "B\x1b[31m"}, "id-invalid", "B\x1b[31m", "'B\\x1b[31m'", "take them out", "parts[3].id"),
    Fault("parts[3]", {"id": "B\u202eT"}, "id-invalid", "B\u202eT", "'B\\u202eT'", "take them out", "parts[3].id"),
    Fault("suppliers[1]", {"id": "S\n2"}, "id-invalid", None, "'S\\n2'", "take them out", "suppliers[1].id"),
)

RANGES = (
    Fault(f"{CERTIFICATE}.tkdn", "100.01", "percent-out-of-range", "WHEEL", "100.01", "78 for 78%"),
    Fault(f"{CERTIFICATE}.tkdn", -1, "percent-out-of-range", "WHEEL", "-1", "78 for 78%"),
    Fault(f"{CERTIFICATE}.bmp", 101, "percent-out-of-range", "WHEEL", "101", "78 for 78%"),
    Fault("parts[0].brainware.rd_share_of_revenue", 2, "share-out-of-range", "CART", "2", "0.05 for 5%"),
    Fault("suppliers[0].domestic_share", "-0.01", "share-out-of-range", None, "-0.01", "0.05 for 5%"),
    Fault("suppliers[0].domestic_share", "1.01", "share-out-of-range", None, "1.01", "0.05 for 5%"),
    Fault("uses[0].scrap", "1", "scrap-out-of-range", "WHEEL", "scrap 1 ", "0.05 for 5%"),
    Fault("uses[0].scrap", 1.5, "scrap-out-of-range", "WHEEL", "scrap 1.5 ", "0.05 for 5%"),
    Fault("uses[0].scrap", "-0.1", "scrap-out-of-range", "WHEEL", "scrap -0.1 ", "0.05 for 5%"),
    Fault("parts[1].price.per", 0, "number-not-positive", "WHEEL", "0 is not above zero", "leave the value out"),
    Fault("rates[0].rate", "0", "number-not-positive", None, "0 is not above zero", "leave the value out"),
    Fault("rates[0].per", -100, "number-not-positive", None, "-100 is not above zero", "leave the value out"),
    Fault("parts[0].conversion_cost.amount", -1, "number-negative", "CART", "-1 is below zero", "zero or more"),
    Fault("suppliers[0].capital.amount", "-0.01", "number-negative", None, "-0.01 is below zero", "zero or more"),
    Fault("parts[0].production.indonesian_workers", 1.5, "heads-invalid", "CART", "1.5", "whole number"),
    Fault("parts[0].production.foreign_workers", -1, "heads-invalid", "CART", "-1", "whole number"),
    Fault("suppliers[0].workers", "0.5", "heads-invalid", None, "0.5", "whole number"),
)

DATES = (
    Fault("date", "01-06-2026", "date-invalid", None, "'01-06-2026'", "YYYY-MM-DD"),
    Fault("date", 20260601, "date-invalid", None, "'20260601'", "YYYY-MM-DD"),
    Fault("uses[0].valid_from", "2026-02-30", "date-invalid", "WHEEL", "'2026-02-30'", "YYYY-MM-DD"),
    Fault(f"{CERTIFICATE}.issued", "2025/02/01", "date-invalid", "WHEEL", "'2025/02/01'", "YYYY-MM-DD"),
    Fault(f"{CERTIFICATE}.withdrawn", "", "date-invalid", "WHEEL", "''", "YYYY-MM-DD"),
    Fault(
        f"{CERTIFICATE}.frozen",
        ["2026-01-01", "later"],
        "date-invalid",
        "WHEEL",
        "'later'",
        "",
        f"{CERTIFICATE}.frozen[1]",
    ),
    Fault("rates[0].from", "June 2026", "date-invalid", None, "'June 2026'", "YYYY-MM-DD"),
    Fault(
        *(f"{CERTIFICATE}.expires", "2025-01-31", "certificate-dates-reversed", "WHEEL"),
        *("'N-1' expires 2025-01-31, before it was issued 2025-02-01", "correct the dates", CERTIFICATE),
    ),
    Fault(
        *(f"{CERTIFICATE}.frozen", ["2026-02-01", "2026-01-31"], "certificate-dates-reversed", "WHEEL"),
        *("'N-1' is frozen to a day before it starts", "correct the dates", CERTIFICATE),
    ),
)


@pytest.mark.parametrize("fault", [*KEYS, *TYPES, *CODES, *RANGES, *DATES], ids=str)
def test_a_wrong_value_is_one_problem_with_its_place_and_remedy(fault: Fault) -> None:
    (problem,) = problems_of(broken({fault.path: fault.value}))
    assert problem.code == fault.code
    assert problem.place.path == (fault.place or fault.path)
    assert problem.part == fault.part
    assert fault.says in problem.message
    assert fault.remedy in problem.remedy
    assert problem.remedy
    assert len(problem.message) < 200


def test_the_cart_itself_is_sound() -> None:
    assert Bom.from_dict(cart()).product == "CART"


@pytest.mark.parametrize("length", [0, 501, 1_000_000])
def test_an_id_has_one_to_five_hundred_characters(length: int) -> None:
    (problem,) = problems_of(broken({"parts[3]": {"id": "x" * length}}))
    assert problem.place.path == "parts[3].id"
    assert len(problem.message) < 200


def test_an_id_of_five_hundred_characters_is_taken() -> None:
    assert Bom.from_dict(broken({"parts[3]": {"id": "x" * 500}})).parts[3].id == "x" * 500


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{CERTIFICATE}.tkdn", 0),
        (f"{CERTIFICATE}.tkdn", "100.00"),
        (f"{CERTIFICATE}.expires", "2025-02-01"),
        (f"{CERTIFICATE}.frozen", ["2026-01-01", "2026-01-01"]),
        ("uses[0].scrap", 0),
        ("uses[0].scrap", "0.999"),
        ("parts[0].conversion_cost", {"amount": 0}),
        ("parts[0].production", {"indonesian_workers": 0}),
        ("parts[1].hs_code", "8708.29.95"),
        ("suppliers[0].region", "32"),
        ("suppliers[0].domestic_share", 0),
        ("suppliers[0].domestic_share", "1.0"),
        ("uses[0].valid_to", "2026-06-01"),
    ],
)
def test_a_value_at_its_limit_is_taken_and_written(path: str, value: object) -> None:
    taken = Bom.from_dict(broken({path: value}))
    assert Bom.from_json(taken.to_json()) == taken


def test_what_is_left_out_is_not_guessed() -> None:
    part = Part.model_validate({"id": "BOLT"})
    assert (part.made_in, part.supplier, part.all_domestic_material, part.production) == (None, None, None, None)
    assert (part.unit, part.main, part.natural_resource, part.phantom, part.in_house) == (
        "pcs",
        True,
        False,
        False,
        False,
    )
    assert (part.label, part.made_by) == ("BOLT", None)


def test_the_maker_goes_before_the_seller() -> None:
    sold = {"id": "BOLT", "supplier": "SHOP"}
    assert Part.model_validate(sold).made_by == "SHOP"
    assert Part.model_validate({**sold, "maker": "FORGE"}).made_by == "FORGE"


def test_records_cannot_be_changed() -> None:
    use = Use.model_validate({"parent": "CART", "part": "WHEEL", "quantity": 2})
    with pytest.raises(ValidationError):
        setattr(use, "quantity", Decimal(3))  # noqa: B010  # the type checker refuses the plain statement


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "days"),
    [
        (None, None, (True, True, True)),
        ("2026-06-01", None, (False, True, True)),
        (None, "2026-06-01", (True, True, False)),
        ("2026-06-01", "2026-06-01", (False, True, False)),
    ],
)
def test_a_use_is_valid_on_both_its_end_days(
    valid_from: str | None, valid_to: str | None, days: tuple[bool, bool, bool]
) -> None:
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    record = {"parent": "A", "part": "B", "quantity": 1, **{key: day for key, day in dates.items() if day}}
    use = Use.model_validate(record)
    assert tuple(use.valid_on(date(2026, *day)) for day in ((5, 31), (6, 1), (6, 2))) == days


def test_a_rate_starts_from_its_day() -> None:
    rate = Rate.model_validate({"currency": "USD", "rate": "16000", "from": "2026-01-01"})
    assert (rate.start, rate.rate, rate.per) == (date(2026, 1, 1), Decimal(16000), Decimal(1))
