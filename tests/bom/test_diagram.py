"""DOT and Mermaid: every part and use is there, and no name can be taken for anything but a name."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import NASTY
from tests.properties.settings import full
from tests.support.build import EXAMPLES

from tkdn import Bom, assess, lift, read_bom, write_bom

HOSTILE = (
    *('say "hi"', 'end"]; x[label="', "back\\", '\\"', "\\N", "<b>bold</b>", "<script>alert(1)</script>", "&lt;&#34;"),
    *(
        "]",
        "}}",
        "a --> b",
        "%% comment",
        "#quot;",
        "`code`",
        "**bold**",
        "1. list",
        "- list",
        "end",
        "click",
        "🛞",
        "\u202etxt",
    ),
    *("two\nlines", "\r\n", "\x00", "\x1b[31m", "graph TD;", "x|y|z", "日本語"),
)
DOT_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
DOT_LINES = (
    re.compile(r"digraph T \{"),
    re.compile(r"  (rankdir=LR|node \[shape=box\]|label=T)"),
    re.compile(r"  n\d+ \[label=T(, shape=(hexagon|ellipse))?\]"),
    re.compile(r"  n\d+ -> n\d+ \[label=T(, style=dashed)?\]"),
    re.compile(r"\}"),
)
MERMAID_LINES = (
    re.compile(r"flowchart LR"),
    re.compile(r'  (n\d+|legend)(\["T"\]|\{\{"T"\}\}|\(\["T"\]\))'),
    re.compile(r'  n\d+ (-->|-\.->)\|"T"\| n\d+'),
)
PARTS = [
    {"id": "CART", "made_in": "ID"},
    {"id": "FRAME", "name": "Frame", "made_in": "ID", "supplier": "S-1"},
    {"id": "WHEEL", "made_in": "CN", "supplier": "S-1"},
    {"id": "PAPER", "phantom": True},
    {"id": "TYRE", "made_in": "ID", "supplier": "S-2"},
]
BILL = Bom.from_dict(
    {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "parts": PARTS,
        "uses": [
            {"parent": "CART", "part": "PAPER", "quantity": "1"},
            {"parent": "PAPER", "part": "FRAME", "quantity": "0.50", "unit": "lusin"},
            {"parent": "CART", "part": "WHEEL", "quantity": "2"},
            {"parent": "CART", "part": "TYRE", "quantity": "2", "alternative_to": "WHEEL"},
        ],
        "suppliers": [{"id": "S-1", "scale": "small"}, {"id": "S-2", "capital": {"amount": "1900000000"}}],
    }
)


def named(name: str) -> Bom:
    """A bill in which a part and, as far as an id may hold it, its id have this name."""
    id_ = name if name.isprintable() and name.strip() == name != "" and name != "CART" else "WHEEL"
    return Bom.from_dict(
        {
            "format": "tkdn-bom",
            "version": 1,
            "product": "CART",
            "parts": [{"id": "CART", "made_in": "ID", "supplier": "S"}, {"id": id_, "name": name}],
            "uses": [{"parent": "CART", "part": id_, "quantity": "2", "unit": "pcs"}],
            "suppliers": [{"id": "S", "scale": "small"}],
        }
    )


def assert_only_names_differ(bom: Bom) -> None:
    dot = DOT_TEXT.sub("T", bom.to_dot()).splitlines()
    assert all(any(line.fullmatch(text) for line in DOT_LINES) for text in dot), dot
    assert len(dot) == 8
    mermaid = bom.to_mermaid().removesuffix("\n").split("\n")
    texts = [text for line in mermaid for text in re.findall(r'"([^"]*)"', line)]
    assert not any(re.search(r"[^\w\s,/#;.-]", text.replace("<br>", " ")) for text in texts), texts
    assert all(any(line.fullmatch(re.sub(r'"[^"]*"', '"T"', text)) for line in MERMAID_LINES) for text in mermaid)
    assert len(mermaid) == 5


@pytest.mark.parametrize("name", [*HOSTILE, *NASTY])
def test_hostile_names_stay_names(name: str) -> None:
    assert_only_names_differ(named(name))


@full
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_name_stays_a_name(name: str) -> None:
    assert_only_names_differ(named(name))


def test_dot_of_a_bill() -> None:
    assert BILL.to_dot().splitlines() == [
        'digraph "CART" {',
        "  rankdir=LR",
        "  node [shape=box]",
        '  label="hexagon: made by small or medium industry (IKM)\\n'
        'rounded: no part that is bought: a phantom or an in-house stage"',
        '  n0 [label="CART\\nID"]',
        '  n1 [label="FRAME\\nFrame\\nID", shape=hexagon]',
        '  n2 [label="WHEEL\\nCN"]',
        '  n3 [label="PAPER", shape=ellipse]',
        '  n4 [label="TYRE\\nID"]',
        '  n0 -> n3 [label="1 pcs"]',
        '  n3 -> n1 [label="0.50 lusin"]',
        '  n0 -> n2 [label="2 pcs"]',
        '  n0 -> n4 [label="2 pcs\\nalternative to WHEEL", style=dashed]',
        "}",
    ]


def test_mermaid_of_a_bill() -> None:
    assert BILL.to_mermaid(lang="id").splitlines() == [
        "flowchart LR",
        '  n0["CART<br>ID"]',
        '  n1{{"FRAME<br>Frame<br>ID"}}',
        '  n2["WHEEL<br>CN"]',
        '  n3(["PAPER"])',
        '  n4["TYRE<br>ID"]',
        '  n0 -->|"1 pcs"| n3',
        '  n3 -->|"0.50 lusin"| n1',
        '  n0 -->|"2 pcs"| n2',
        '  n0 -.->|"2 pcs<br>pengganti WHEEL"| n4',
        '  legend["segi enam#58; dibuat oleh industri kecil atau menengah #40;IKM#41;<br>'
        'bulat#58; bukan bagian yang dibeli#58; rakitan semu atau tahap internal"]',
    ]


def test_the_parts_that_lift_can_be_marked() -> None:
    bom = read_bom(EXAMPLES / "rural-pickup" / "pickup.json")
    small = [row.to_dict()["part"] for row in lift(assess(bom)).rows]
    assert bom.to_dot(ikm=small).count("shape=hexagon") == len(small) > 1
    assert "hexagon" not in bom.to_dot(ikm=[])


def test_every_use_is_an_arrow() -> None:
    bom = read_bom(EXAMPLES / "rural-pickup" / "pickup.json")
    assert bom.to_dot().count(" -> ") == bom.to_mermaid().count("-->") + bom.to_mermaid().count("-.->") == len(bom.uses)


@pytest.mark.parametrize("suffix", [".dot", ".gv", ".mmd"])
def test_files_by_suffix(tmp_path: Path, suffix: str) -> None:
    write_bom(BILL, tmp_path / f"bill{suffix}")
    text = (tmp_path / f"bill{suffix}").read_text(encoding="utf-8")
    assert text == (BILL.to_mermaid() if suffix == ".mmd" else BILL.to_dot())


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("name", [name for name in HOSTILE if name.isprintable()])
def test_graphviz_shows_the_name(name: str) -> None:
    shown = subprocess.run(["dot", "-Tplain"], input=named(name).to_dot(), capture_output=True, text=True, check=True)
    assert shown.stdout.count("\nnode ") == 2
