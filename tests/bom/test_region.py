"""Region codes and names: all of Kepmendagri 300.2.2-2138/2025, and what is said of a code or name that is not among them."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.support.documents import broken, problems_of

from tkdn import Bom, UsageError
from tkdn.bom.region import nearest_region, region, region_named, regions

COUNTS = {
    # province: regencies and cities, as counted in the decree
    "11": (18, 5),
    "12": (25, 8),
    "13": (12, 7),
    "14": (10, 2),
    "15": (9, 2),
    "16": (13, 4),
    "17": (9, 1),
    "18": (13, 2),
    "19": (6, 1),
    "21": (5, 2),
    "31": (1, 5),
    "32": (18, 9),
    "33": (29, 6),
    "34": (4, 1),
    "35": (29, 9),
    "36": (4, 4),
    "51": (8, 1),
    "52": (8, 2),
    "53": (21, 1),
    "61": (12, 2),
    "62": (13, 1),
    "63": (11, 2),
    "64": (7, 3),
    "65": (4, 1),
    "71": (11, 4),
    "72": (12, 1),
    "73": (21, 3),
    "74": (15, 2),
    "75": (5, 1),
    "76": (6, 0),
    "81": (9, 2),
    "82": (8, 2),
    "91": (8, 1),
    "92": (7, 0),
    "93": (4, 0),
    "94": (8, 0),
    "95": (8, 0),
    "96": (5, 1),
}
REGION = "suppliers[0].region"


def codes(text: str) -> list[str]:
    return [each.code for each in region_named(text)]


def test_there_are_38_provinces_416_regencies_and_98_cities() -> None:
    kinds = Counter(each.kind for each in regions().values())
    assert kinds == {"province": 38, "regency": 416, "city": 98}
    counted = {
        province: tuple(
            sum(each.province == province and each.kind == kind for each in regions().values())
            for kind in ("regency", "city")
        )
        for province, each in regions().items()
        if each.kind == "province"
    }
    assert counted == COUNTS


def test_the_kind_in_the_code_is_that_of_the_name() -> None:
    for each in regions().values():
        word = {"regency": "Kabupaten", "city": "Kota"}.get(each.kind)
        assert word is None or each.name.startswith(f"{word} "), each


def test_names_are_unique_and_spelled_without_strays() -> None:
    names = [each.name for each in regions().values()]
    assert len(set(names)) == len(names)
    assert all(name == " ".join(name.split()) and name.replace("-", " ").replace(" ", "").isalpha() for name in names)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("32", "Jawa Barat"),
        ("32.13", "Kabupaten Subang"),
        ("32.73", "Kota Bandung"),
        ("31.75", "Kota Administrasi Jakarta Timur"),
        ("36.72", "Kota Cilegon"),
        ("71.09", "Kabupaten Kepulauan Siau Tagulandang Biaro"),
        ("93", "Papua Selatan"),
        ("95.01", "Kabupaten Jayawijaya"),
        ("96", "Papua Barat Daya"),
        ("96.71", "Kota Sorong"),
    ],
)
def test_a_code_has_its_name(code: str, name: str) -> None:
    assert region(code).name == name
    supplier = Bom.from_dict(broken({REGION: code})).suppliers[0]
    assert supplier.region == code


@pytest.mark.parametrize(
    ("code", "message", "remedy"),
    [
        (
            "32.99",
            "'32.99' is no regency or city of Jawa Barat",
            "known are 32.01 to 32.18, 32.71 to 32.79",
        ),
        (
            "92.71",
            "'92.71' is a former code of Kota Sorong, now in Papua Barat Daya",
            'write "96.71"',
        ),
        (
            "91.28",
            "'91.28' is a former code of Kabupaten Deiyai, now in Papua Tengah",
            'write "94.08"',
        ),
        (
            "38.01",
            "'38.01': there is no province 38",
            "known provinces are 11 to 19, 21, 31 to 36, 51 to 53, 61 to 65, 71 to 76, 81 to 82, 91 to 96",
        ),
    ],
)
def test_a_code_that_does_not_exist_is_refused_with_those_that_do(code: str, message: str, remedy: str) -> None:
    (problem,) = problems_of(broken({REGION: code}))
    assert (problem.code, problem.message, problem.remedy) == ("region-unknown", message, remedy)
    assert str(problem.place) == REGION
    with pytest.raises(UsageError) as raised:
        region(code)
    assert (raised.value.problems[0].message, raised.value.code) == (message, "region-unknown")


def test_the_26_regions_of_the_new_papua_provinces_have_a_former_code() -> None:
    old = [f"{province}.{number:02}" for province in (91, 92) for number in range(1, 72)]
    unknown = [code for code in old if code not in regions()]
    new = [
        problem.remedy
        for code in unknown
        for problem in problems_of(broken({REGION: code}))
        if "write" in problem.remedy
    ]
    moved = sorted(
        code for code, each in regions().items() if each.province in {"93", "94", "95", "96"} and "." in code
    )
    assert sorted(new) == [f'write "{code}"' for code in moved]


@pytest.mark.parametrize("each", regions().values(), ids=str)
def test_every_full_name_is_read_as_its_region(each: object) -> None:
    name = getattr(each, "name", "")
    assert each in region_named(name)
    assert each in region_named(name.upper().replace("KABUPATEN", "KAB."))
    if name.startswith(("Kabupaten", "Kota")):
        assert region_named(name) == (each,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Subang", ["32.13"]),
        ("Kab. Subang", ["32.13"]),
        ("kab subang", ["32.13"]),
        (" KABUPATEN  SUBANG ", ["32.13"]),
        ("32.13", ["32.13"]),
        ("Kota Bandung", ["32.73"]),
        ("Kotamadya Bandung", ["32.73"]),
        ("Bandung", ["32.04", "32.73"]),
        ("Banjar", ["32.79", "63.03"]),
        ("Kotabaru", ["63.02"]),
        ("Jakarta Timur", ["31.75"]),
        ("Kota Adm. Jakarta Timur", ["31.75"]),
        ("DKI Jakarta", ["31"]),
        ("Prov. Jawa Barat", ["32"]),
        ("Jabar", ["32"]),
        ("Yogyakarta", ["34", "34.71"]),
        ("Gorontalo", ["75", "75.01", "75.71"]),
        ("Tangsel", ["36.74"]),
        ("Padang Sidempuan", ["12.77"]),
        ("Tolitoli", ["72.04"]),
        ("1101", []),
        ("Kota Subang", []),
        ("", []),
        ("Singapura", []),
    ],
)
def test_a_name_as_people_write_it(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_misspelled_name_has_a_hint() -> None:
    assert nearest_region("kabupaten subangg") == "Kabupaten Subang"
    assert nearest_region("xyzzy") == ""
