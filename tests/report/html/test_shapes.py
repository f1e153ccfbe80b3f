"""Drawings: areas in proportion, nothing outside, nothing upon another."""

from __future__ import annotations

import itertools

import pytest
from tests.support.build import EXAMPLES

from tkdn import assess, read_bom
from tkdn.assessment.charts import rows
from tkdn.report.html import shapes
from tkdn.report.html.shapes import Box, fitting, squarify

SIZES = [34.0, 21.0, 13.0, 8.0, 5.0, 3.0, 2.0, 1.0, 1.0, 0.001]


def test_areas_are_in_proportion() -> None:
    boxes = list(squarify(SIZES, Box(0, 0, 300, 200)))
    areas = [each.width * each.height for each in boxes]
    assert areas == pytest.approx([size * 60_000 / sum(SIZES) for size in SIZES])


def test_boxes_lie_inside_and_beside_each_other() -> None:
    boxes = list(squarify(SIZES, Box(10, 20, 300, 200)))
    for each in boxes:
        assert 9.999 <= each.x <= each.x + each.width <= 310.001
        assert 19.999 <= each.y <= each.y + each.height <= 220.001
    for one, two in itertools.combinations(boxes, 2):
        beside = one.x + one.width <= two.x + 0.001 or two.x + two.width <= one.x + 0.001
        assert beside or one.y + one.height <= two.y + 0.001 or two.y + two.height <= one.y + 0.001


def test_nothing_is_drawn_of_nothing() -> None:
    assert list(squarify([], Box(0, 0, 1, 1))) == []
    assert shapes.sankey([]) == ([], [])
    assert shapes.bars([]) == []


def test_a_text_fits_or_is_left_out() -> None:
    assert fitting("Manual gearbox", Box(0, 0, 200, 60), "10.81%") == ["Manual gearbox", "10.81%"]
    assert fitting("Manual gearbox", Box(0, 0, 70, 60), "10.81%") == ["Manual", "gearbox", "10.81%"]
    assert fitting("Manual gearbox", Box(0, 0, 30, 60)) == []
    assert fitting("Verschlussdeckel", Box(0, 0, 90, 30)) == ["Verschlus…"]


def test_nodes_of_the_sankey_are_as_high_as_what_flows_through() -> None:
    flows = rows.sankey(assess(read_bom(EXAMPLES / "rural-pickup" / "pickup.json")))
    nodes, bands = shapes.sankey(flows)
    for column in range(3):
        heights = [node.box.height for node in nodes if node.column == column]
        assert sum(heights) == pytest.approx(sum(node.box.height for node in nodes if node.column == 0))
        assert all(node.box.y >= -0.001 and node.box.y + node.box.height <= 440.001 for node in nodes)
    assert len(bands) == len(flows)
