"""Explanations: every step with its law, as text, Markdown and data, in English and Indonesian."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.support.build import (
    EXAMPLES,
    MADE,
    Document,
    Record,
    abroad,
    assessed,
    bill,
    cert,
    firm,
    good,
    home,
    part,
    use,
)

from tkdn import Assessment, UsageError, assess, read_bom, regulation
from tkdn.i18n import LANGUAGES, Lang, catalogue
from tkdn.law.regulation import CONFIDENCES

MARKDOWN = MarkdownIt("commonmark").enable("table")


def cart(name: str = "Frame", seller: str = "S-1", number: str = "N/1", **product: Any) -> Document:
    """CART: FRAME 600 with a certificate and a bill, PAINT that is not main, a stage in house, a kit on paper."""
    frame = home(
        "FRAME",
        600,
        name=name,
        supplier=seller,
        certificates=[cert(78, number=number), cert(48, number="old", expires="2026-05-31")],
        production=MADE,
    )
    return bill(
        good("CART", name=name, **product),
        frame,
        abroad("MOTOR", 200, name=name),
        part("ORE", 200, natural_resource=True),
        home("TUBE", 30, name=name, unit="kg"),
        home("PAINT", 10, main=False),
        {"id": "WELD", "in_house": True, "name": name},
        {"id": "KIT", "phantom": True},
        home("BOLT", "0.3", name=name),
        uses={"CART": "FRAME MOTOR PAINT WELD 3*KIT", "FRAME": "TUBE ORE", "WELD": "ORE", "KIT": "7*BOLT"},
        suppliers=[firm(seller, name=name)],
    )


def step_of(assessment: Assessment, id_: str, code: str) -> dict[str, Any]:
    """A step of a part's explanation as plain data."""
    (found,) = (step for step in assessment.explain(id_).to_dict()["steps"] if step["step"] == code)
    return dict(found)


# ---------------------------------------------------------------------------------------------------------------------
# What stands in it
# ---------------------------------------------------------------------------------------------------------------------


def test_the_product_by_default_and_each_part_by_id() -> None:
    assessment = assessed(cart())
    plain = assessment.explain().to_dict()
    assert (plain["part"], plain["regulation"], plain["on"]) == ("CART", "Permenperin 35/2025", "2026-06-01")
    assert assessment.explain("FRAME").part == "FRAME"
    assert str(assessment.explain("FRAME")) == assessment.explain("FRAME").to_text("en")
    assert assessment.explain("FRAME")._repr_markdown_() == assessment.explain("FRAME").to_markdown("en")
    assert "FRAME" in repr(assessment.explain("FRAME"))


def test_an_unknown_part_names_the_nearest_and_one_not_taken_says_so() -> None:
    document = cart()
    document["parts"].append(home("LOST", 1))
    assessment = assessed(document)
    with pytest.raises(UsageError) as caught:
        assessment.explain("FRAMES")
    assert caught.value.code == "part-unknown"
    assert "did you mean 'FRAME'?" in str(caught.value)
    with pytest.raises(UsageError) as caught:
        assessment.explain("LOST")
    assert caught.value.code == "part-not-reached"
    assert "2026-06-01" in str(caught.value)


def test_the_certificates_and_their_states() -> None:
    document = cart()
    document["parts"][1]["certificates"] += [
        cert(1, number="a", withdrawn="2026-01-01"),
        cert(2, number="b", frozen=["2026-06-01", "2026-06-02"]),
        {"number": "c", "tkdn": "3", "issued": "2026-06-02"},
    ]
    step = step_of(assessed(document), "FRAME", "certificates")
    assert step["result"] == "N/1"
    assert [(row["certificate"], row["tkdn"], row["expires"], row["state"]) for row in step["rows"]] == [
        ("N/1", "78", "2030-01-31", "counts"),
        ("old", "48", "2026-05-31", "expired"),
        ("a", "1", "2030-01-31", "withdrawn"),
        ("b", "2", "2030-01-31", "frozen"),
        ("c", "3", "2031-06-01", "not issued yet"),
    ]
    assert [each["article"] for each in step["law"]] == [
        "Permenperin 35/2025 Pasal 72a",
        "Permenperin 35/2025 Pasal 45(1)",
    ]


def test_a_certificate_of_2025_that_prints_its_end_was_told_to_last_five_years_by_45_1() -> None:
    """Pasal 45(1) gives five years only to those issued from 2025-12-12 on."""
    document = cart()
    document["parts"][1]["certificates"] = [cert(78, issued="2025-02-01", expires="2028-01-31")]
    (law,) = step_of(assessed(document), "FRAME", "certificates")["law"]
    assert (law["article"], law["confidence"]) == ("Permenperin 35/2025 Pasal 72a", "secondary")


def test_the_own_bill_of_a_part_with_each_factor() -> None:
    """FRAME: TUBE 30 at 25 and ORE 200 at 100 of 230: 25 + 0.75 x 20750/230 = 92.66..., so 100 where it earns 80."""
    assessment = assessed(cart())
    codes = [step.code for step in assessment.explain("FRAME").steps]
    assert codes == [
        "regulation",
        "certificates",
        "credit",
        "own_bill",
        "material",
        "labour",
        "overhead",
        "own",
        "credited_potential",
        "points",
    ]
    material = step_of(assessment, "FRAME", "material")
    assert material["result"] == "2075/23"
    assert [(row["part"], row["cost"], row["credited"], row["kdn"]) for row in material["rows"]] == [
        ("Frame", "30/1", 25, "75/23"),
        ("ORE", "200/1", 100, "2000/23"),
    ]
    assert step_of(assessment, "FRAME", "own")["result"] == "92.66"
    potential = step_of(assessment, "FRAME", "credited_potential")
    assert (potential["result"], potential["inputs"]) == (100, {"credited": 80, "own": "92.66"})
    assert (potential["law"][0]["article"], potential["law"][0]["value"]) == ("Pasal 5(2)a.1", "100")
    points = step_of(assessment, "FRAME", "points")
    total = 600 + 200 + 200 + Fraction(63, 10)
    assert points["inputs"]["cost"] == "600/1"
    assert Fraction(points["inputs"]["share"]) == Fraction(60000) / total
    assert Fraction(points["result"]) == Fraction(3, 4) * Fraction(60000) / total * Fraction(8, 10)
    assert "92.66" in assessment.explain("FRAME").to_text()
    assert "(rounded)" in assessment.explain("FRAME").to_text()


def test_a_part_without_a_bill_has_no_own_and_a_deeper_part_says_where_it_stands() -> None:
    document = cart()
    document["uses"].append(use("WELD", "TUBE", "2"))
    document["uses"].append(use("TUBE", "BOLT"))
    assessment = assessed(document)
    assert [step.code for step in assessment.explain("MOTOR").steps] == ["regulation", "credit", "points"]
    deeper = step_of(assessed(cart()), "TUBE", "deeper")
    assert deeper["inputs"] == {"path": "CART > FRAME > TUBE", "ways": 1}
    assert step_of(assessment, "TUBE", "points")["inputs"]["cost"] == "60/1"
    assert step_of(assessment, "PAINT", "points")["result"] == "none: not a main component"


@pytest.mark.parametrize(("id_", "kind", "line"), [("WELD", "in-house stage", "ORE"), ("KIT", "phantom", "Frame")])
def test_what_opens_into_the_good_above(id_: str, kind: str, line: str) -> None:
    step = step_of(assessed(cart()), id_, "opened")
    assert (step["inputs"], [row["part"] for row in step["rows"]]) == ({"kind": kind}, [line])


def test_the_raw_material_of_a_part_line_by_line() -> None:
    document = bill(
        good(), home("SUB", 1), home("A", 1), part("B", 1), abroad("C", 1), uses={"GOOD": "SUB", "SUB": "A B C"}
    )
    step = step_of(assessed(document), "SUB", "credit")
    assert [(row["part"], row["made_in"], row["domestic"]) for row in step["rows"]] == [
        ("A", "ID", True),
        ("B", "not known", False),
        ("C", "CN", False),
    ]
    assert [value["key"] for value in step["law"]] == ["credit.industrial_company", "raw_material_test"]
    assert step["law"][1]["confidence"] == "derived"


@pytest.mark.parametrize(
    ("facts", "rows", "points"),
    [
        (
            {
                "rd_share_of_revenue": "0.015",
                "rd_unit": "third_party",
                "rd_programme": False,
                "rd_used_in_product": True,
            },
            [("75/1", "30/1"), ("50/1", "20/1"), ("0/1", "20/1"), ("100/1", "30/1")],
            "25/2",  # a fifth of 22.5 + 10 + 0 + 30
        ),
        ({"rd_unit": "own"}, [("100/1", "20/1")], "4/1"),
    ],
)
def test_brainware_fact_by_fact(facts: Record, rows: list[tuple[str, str]], points: str) -> None:
    assessment = assessed(cart(brainware=facts))
    step = step_of(assessment, "CART", "brainware")
    assert [(row["criterion"], row["weight"]) for row in step["rows"]] == rows
    assert step["result"] == points
    articles = [value["article"] for value in step["law"]]
    assert "Pasal 10(2)" in articles
    assert len(articles) == 1 + 2 * len(rows)
    if "rd_share_of_revenue" in facts:
        assert "Lampiran II.A.1.b" in articles


def test_a_product_that_cannot_be_calculated_names_reason_and_article() -> None:
    packed = assessed(cart(production={**MADE, "activity": "packing"}))
    step = step_of(packed, "CART", "calculable")
    assert step["result"] == "cannot be calculated"
    assert step["rows"] == [{"reason": "CART is made only by packing.", "article": "Permenperin 35/2025 Pasal 9(2)b"}]
    assert "Pasal 9(2)b" in {value["article"] for value in step["law"]}
    assert [each.code for each in packed.explain().steps][-1] == "bounds"
    assert "CART dihasilkan hanya dari" in packed.explain().to_text("id")


def test_a_what_if_says_what_the_law_says() -> None:
    stricter = regulation("permenperin-35-2025").amend({"weight.labour": 20, "weight.material": "65"})
    assessment = assessed(cart(), regulation=stricter)
    text = assessment.explain().to_text()
    assert "what-if: 65% [assumed] Changed for a what-if; the law says 75 (Pasal 4(1)a)." in text
    assert step_of(assessment, "CART", "regulation")["inputs"]["regulation"].endswith("(permenperin-35-2025+what-if)")


# ---------------------------------------------------------------------------------------------------------------------
# Every legal value is sourced; both languages
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pickup() -> Assessment:
    return assess(read_bom(EXAMPLES / "rural-pickup" / "pickup.json"))


def steps(assessment: Assessment) -> Iterator[dict[str, Any]]:
    for id_ in assessment.components:
        yield from assessment.explain(id_).to_dict()["steps"]


def test_every_legal_value_shown_carries_article_and_confidence(pickup: Assessment) -> None:
    seen = set()
    for step in steps(pickup):
        for value in step["law"]:
            seen.add(value["key"])
            assert value["article"]
            assert value["confidence"] in CONFIDENCES
            assert value["key"] in {"in_force", *pickup.regulation.parameters}
    assert len(seen) > 20


WITHOUT_LAW = {"printed", "potential", "bounds", "own_bill", "opened", "deeper"}


def test_every_step_that_applies_a_law_names_it(pickup: Assessment) -> None:
    for step in steps(pickup):
        # nothing to name where there is no own TKDN to band
        assert step["law"] or step["step"] in WITHOUT_LAW or step["inputs"].get("own", 0) is None, step["step"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_component_of_the_pickup_can_be_explained(pickup: Assessment, lang: Lang) -> None:
    titles = {text for key, text in catalogue(lang).items() if key.startswith("step.")}
    for id_ in pickup.components:
        explanation = pickup.explain(id_)
        text = explanation.to_text(lang)
        assert id_ in text.splitlines()[0]
        assert "{" not in text
        assert "Pasal" in text
        for count, step in enumerate(explanation.steps, 1):
            assert step.title_in(lang) in titles
            assert f"\n{count}. {step.title_in(lang)}: " in text
        json.dumps(explanation.to_dict())


def test_english_and_indonesian_differ_in_words_and_numbers_only() -> None:
    explanation = assessed(cart()).explain("FRAME")
    english, indonesian = explanation.to_text("en"), explanation.to_text("id")
    assert english.startswith("How FRAME (Frame) is counted under Permenperin 35/2025 on 2026-06-01\n")
    assert indonesian.startswith("Cara FRAME (Frame) dihitung menurut Permenperin 35/2025 pada 2026-06-01\n")
    assert len(english.splitlines()) == len(indonesian.splitlines())
    assert "92.66" in english
    assert "92,66" in indonesian
    assert "92.66" not in indonesian
    assert "[teks peraturan]" in indonesian
    assert "ya" in indonesian
    large = cart()
    large["parts"][1]["price"]["amount"] = "115520000"
    assert "115,520,000" in assessed(large).explain().to_text("en")
    assert "115.520.000" in assessed(large).explain().to_text("id")


# ---------------------------------------------------------------------------------------------------------------------
# Names that are not meant well
# ---------------------------------------------------------------------------------------------------------------------

HOSTILE = [
    "a | b || c",
    "<script>alert(1)</script>",
    "<!-- x",
    "&lt;b&gt; & co",
    "{part} {0} {} {law!r}",
    "@x",
    "=1+1",
    "*bold* _it_ **b** __i__",
    "`code` ``` ~",
    "[link](http://example.org) ![i](x) [ref]",
    "# head",
    "- item",
    "1. item",
    "> quote",
    "back\\slash \\| \\",
    "%s %(x)d $x$",
    "ends with pipe |",
]


def shape(tokens: list[Token]) -> list[tuple[str, str]]:
    """The structure of a Markdown document: its blocks, and what stands inside them but for the words."""
    found = []
    for token in tokens:
        found.append((token.type, token.tag))
        found += [(child.type, child.tag) for child in token.children or () if child.type != "text"]
    return found


def visible(tokens: list[Token]) -> str:
    """The words a reader sees."""
    return "\n".join("".join(child.content for child in token.children or ()) for token in tokens)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_does_not_break_markdown_or_text(name: str, lang: Lang) -> None:
    plain, hostile = assessed(cart()), assessed(cart(name=name, seller=name, number=name))
    for id_ in ("CART", "FRAME", "WELD"):
        expected, found = plain.explain(id_), hostile.explain(id_)
        tokens = MARKDOWN.parse(found.to_markdown(lang))
        assert shape(tokens) == shape(MARKDOWN.parse(expected.to_markdown(lang)))
        assert name in visible(tokens)
        assert "<script" not in MARKDOWN.render(found.to_markdown(lang))
        assert len(found.to_text(lang).splitlines()) == len(expected.to_text(lang).splitlines())
        assert name in found.to_text(lang)
        assert found.to_dict()["name"] in (name, None)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["two\nlines", "two\r\nlines", "a\n\n# head", "a\n| b |", "a\x0bb", "a\u2028b", "a\x1b[31mred", "a\x00"]
)
def test_a_name_of_several_lines_or_with_controls_does_not_break_markdown_or_text(name: str, lang: Lang) -> None:
    for id_ in ("CART", "FRAME"):
        hostile, plain = assessed(cart(name=name)).explain(id_), assessed(cart()).explain(id_)
        tokens = MARKDOWN.parse(hostile.to_markdown(lang))
        assert shape(tokens) == shape(MARKDOWN.parse(plain.to_markdown(lang)))
        text = hostile.to_text(lang)
        assert len(text.splitlines()) == len(plain.to_text(lang).splitlines())
        assert all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize("name", HOSTILE)
def test_findings_say_a_hostile_name_as_it_is(name: str) -> None:
    document = bill(
        good(), part(name.strip(), 600, supplier=name.strip()), uses={}, suppliers=[firm(name.strip(), None)]
    )
    document["uses"] = [use("GOOD", name.strip())]
    assessment = assessed(document)
    for finding in (*assessment.gaps, *assessment.assumptions):
        for lang in LANGUAGES:
            if finding.part == name.strip():
                assert name.strip() in finding.message_in(lang)
    assert {gap.code for gap in assessment.gaps if gap.part == name.strip()} == {"origin-unknown"}
