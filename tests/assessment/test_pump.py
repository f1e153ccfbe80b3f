"""The worked example of Permenperin 35/2025, Lampiran I: a pump of eight components, Rp 138,430,000."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.support.build import EXAMPLES

from tkdn import Assessment, assess, read_bom
from tkdn.i18n import Lang


@pytest.fixture(scope="module")
def pump() -> Assessment:
    return assess(read_bom(EXAMPLES / "pump" / "pump.json"))


def test_the_score_is_27_52_and_not_the_misprint_of_27_25(pump: Assessment) -> None:
    assert (str(pump.score), pump.status) == ("27.52", "complete")
    # credited: 4,100,000 x 80 + 980,000 x 60 + 400,000 x 60 + 340,000 x 100 + 840,000 x 25 = 465,800,000
    material = Fraction(465_800_000, 138_430_000)
    assert pump.exact == Fraction(3, 4) * material + 10 + 15
    assert int(pump.exact * 10**6) == 27_523_658
    assert int(material * 10**6) == 3_364_877
    assert str(pump.potential) == "27.52"
    assert pump.bounds == (Decimal("27.52"), Decimal("27.52"))
    assert str(pump.coverage) == "100.00"


def test_the_factors_are_those_of_formulir_1_4(pump: Assessment) -> None:
    assert {name: factor.to_dict() for name, factor in pump.factors.items()} == {
        "material": {"value": "3.36", "weight": "75.00", "points": "2.52"},
        "labour": {"value": "100.00", "weight": "10.00", "points": "10.00"},
        "overhead": {"value": "100.00", "weight": "15.00", "points": "15.00"},
        "brainware": {"value": "0.00", "weight": "20.00", "points": "0.00"},
    }
    assert pump.to_dict()["factors"]["cap"] == "0.00"


# id, cost, credited, share and KDN as Formulir 1.1 prints them, the article of the credit, and the certificate's value.
ROWS = [
    ("PUMP-UNIT", 115_520_000, 0, "83.45", "0.00", "Pasal 5(2)b.3", None),
    ("MOTOR", 11_350_000, 0, "8.20", "0.00", "Pasal 5(2)b.3", None),
    ("BASE-FRAME", 4_100_000, 80, "2.96", "2.37", "Pasal 5(2)a.2", "78"),
    ("COUPLING", 4_900_000, 0, "3.54", "0.00", "Pasal 5(2)b.3", None),
    ("HEX-CAP-BOLT", 980_000, 60, "0.71", "0.42", "Pasal 5(2)a.3", "48"),
    ("NUT", 400_000, 60, "0.29", "0.17", "Pasal 5(2)a.3", "52"),
    ("WASHER", 340_000, 100, "0.25", "0.25", "Pasal 5(2)a.1", "81"),
    ("STUD-BOLT", 840_000, 25, "0.61", "0.15", "Pasal 5(2)b.2", None),
]


@pytest.mark.parametrize(("id_", "cost", "credited", "share", "kdn", "article", "certified"), ROWS)
def test_every_row_of_formulir_1_1(
    pump: Assessment, id_: str, cost: int, credited: int, share: str, kdn: str, article: str, certified: str | None
) -> None:
    component = pump.components[id_]
    assert component.exact["cost"] == cost
    assert component.to_dict()["cost"] == f"{cost}.00"
    assert component.credited == credited
    assert str(component.share) == share
    assert component.certified == (None if certified is None else Decimal(certified))
    exact = component.exact["share"]
    assert exact == Fraction(cost * 100, 138_430_000)
    points = component.exact["points"]
    assert points == Fraction(3, 4) * exact * credited / 100
    printed = Decimal(kdn)  # KDN of a row is its share x its credit: three quarters of it are its points
    assert abs(points / Fraction(3, 4) - Fraction(printed)) <= Fraction(5, 1000)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("id_", "cost", "credited", "share", "kdn", "article", "certified"), ROWS)
def test_the_explanation_of_every_row_shows_band_and_article(
    pump: Assessment,
    id_: str,
    cost: int,
    credited: int,
    share: str,
    kdn: str,
    article: str,
    certified: str | None,
    lang: Lang,
) -> None:
    explanation = pump.explain(id_)
    steps = {step.code: step for step in explanation.steps}
    credit = steps["credit"]
    assert credit.result == credited
    assert (credit.law[0].article, credit.law[0].value, credit.law[0].confidence) == (article, str(credited), "text")
    assert steps["points"].result == pump.components[id_].exact["points"]
    assert ("certificates" in steps) == (certified is not None)
    text = explanation.to_text(lang)
    assert f"{article}: {credited}%" in text
    if certified:
        assert f"TKDN % {certified}" in text
    assert "Permenperin 35/2025" in text


@pytest.mark.parametrize(("lang", "printed"), [("en", "27.52"), ("id", "27,52")])
def test_the_explanation_of_the_pump_shows_each_row_and_each_step(pump: Assessment, lang: Lang, printed: str) -> None:
    explanation = pump.explain()
    steps = {step.code: step for step in explanation.steps}
    assert [step.code for step in explanation.steps] == [
        "regulation",
        "calculable",
        "material",
        "labour",
        "overhead",
        "total",
        "printed",
        "potential",
        "bounds",
    ]
    rows = {row["part"]: row for row in steps["material"].rows}
    assert len(rows) == 8
    names = {component.name: component.part for component in pump}
    for name, row in rows.items():
        (expected,) = (each for each in ROWS if each[0] == names[str(name)])
        assert (row["cost"], row["credited"], row["article"]) == (expected[1], expected[2], expected[5])
        assert isinstance(row["kdn"], Fraction)
        assert abs(row["kdn"] - Fraction(expected[4])) <= Fraction(5, 1000)
    assert steps["material"].result == Fraction(465_800_000, 138_430_000)
    assert steps["total"].result == pump.exact
    assert printed in explanation.to_text(lang)
    markdown = explanation.to_markdown(lang)
    for _, _, _, share, kdn, article, _ in ROWS:
        for shown in (share, kdn):
            assert (shown if lang == "en" else shown.replace(".", ",")) in markdown or shown == "0.00"
        assert article in markdown


def test_what_the_text_does_not_give_is_listed_as_assumed(pump: Assessment) -> None:
    assumed = {(each.code, each.parts) for each in pump.assumptions}
    assert ("licence-no-maker", ("STUD-BOLT",)) in assumed
    resting = next(each for each in pump.assumptions if each.code == "licence-no-maker")
    assert resting.exact_points == Fraction(3, 4) * Fraction(84_000_000, 138_430_000) * Fraction(25, 100)
    assert str(resting.points) == "0.11"
    assert "product-licence" in {each.code for each in pump.assumptions}
