"""The numbers behind the charts add up; the figures show them, and names only as names."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from tests.support.build import EXAMPLES, MADE, abroad, assessed, bill, good, home, part

from tkdn import Assessment, UsageError, assess, compare, lift, read_bom
from tkdn.assessment.charts import rows

CASES = [
    ("rural-pickup/pickup", None),
    ("openbot-mtv/sourcing-scenario", None),
    ("electric-minibus/minibus", None),
    ("electric-minibus/minibus", "permenperin-28-2023"),
    ("electric-minibus/minibus", "permenperin-16-2011"),
    ("pump/pump", None),
]


def of(name: str, law: str | None = None) -> Assessment:
    return assess(read_bom(EXAMPLES / f"{name}.json"), regulation=law, allow_repealed=True)


@pytest.mark.parametrize(("name", "law"), CASES)
def test_the_waterfall_ends_at_the_score(name: str, law: str | None) -> None:
    assessment = of(name, law)
    *steps, score = assessment.plot.waterfall.rows
    assert steps[-1].end == score.points == score.end == assessment.exact
    assert all(one.end == two.start for one, two in pairwise(steps))


@pytest.mark.parametrize("most", [0, 1, 5, 1000])
def test_the_waterfall_keeps_its_sum_wherever_it_is_cut(most: int) -> None:
    assessment = of("rural-pickup/pickup")
    steps = rows.waterfall(assessment, most)
    assert steps[-2].end == assessment.exact
    assert sum(step.count for step in steps if step.kind in ("component", "rest")) == 86


@pytest.mark.parametrize(("name", "law"), CASES)
def test_tiles_and_flows_hold_the_whole_cost(name: str, law: str | None) -> None:
    assessment = of(name, law)
    cost = sum((each.exact["cost"] or Fraction(0) for each in assessment if each.counts), Fraction(0))
    tiles, flows = assessment.plot.treemap.rows, assessment.plot.sankey.rows
    assert sum(tile.cost for tile in tiles) == cost
    assert sum(tile.share for tile in tiles) == sum(flow.share for flow in flows) / 2 == 100
    middle = {flow.target for flow in flows if flow.source.startswith("origin:")}
    for node in middle:
        assert sum(f.cost for f in flows if f.target == node) == sum(f.cost for f in flows if f.source == node)


def test_what_counts_is_the_value_of_the_material() -> None:
    assessment = of("rural-pickup/pickup")
    counted = sum(flow.share for flow in assessment.plot.sankey.rows if flow.target == "credit:counted")
    assert counted == assessment.factors["material"].value


def test_small_countries_are_the_others() -> None:
    parts = [part(f"P{n}", n, code) for n, code in enumerate(COUNTRIES, 1)]
    uses = {"GOOD": " ".join(str(each["id"]) for each in [home("A", 1), *parts])}
    tiles = assessed(bill(good(), home("A", 1), *parts, uses=uses)).plot.treemap.rows
    assert [tile.origin for tile in tiles] == ["ID", *reversed(COUNTRIES[-6:]), "others", "others", "others"]


COUNTRIES = ["CN", "JP", "KR", "TH", "DE", "US", "TW", "IN", "MY"]


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (3, 2), (2, 4)])
def test_a_comparison_goes_from_score_to_score(pair: tuple[int, int]) -> None:
    before, after = (of(*CASES[place]) for place in pair)
    steps = compare(before, after).plot.rows
    assert steps[0].end == before.exact
    assert steps[-2].end == steps[-1].points == after.exact


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_frames_hold_what_is_drawn(backend: str) -> None:
    assessment = of("pump/pump")
    found = lift(of("rural-pickup/pickup"), by="region")
    for chart in (assessment.plot.waterfall, assessment.plot.treemap, assessment.plot.sankey, found.plot):
        assert len(chart.frame(backend)) == len(chart.rows) > 0


def test_a_figure_shows_the_points_and_says_them_in_the_language() -> None:
    chart = of("rural-pickup/pickup").plot.waterfall
    figure = chart("id")
    trace = figure.data[0]
    assert list(trace.x) == [float(step.points) for step in chart.rows]
    assert list(trace.text)[-1] == "37,12"
    assert figure.layout.separators == ",."
    assert figure.layout.yaxis.ticktext[-1] == "Nilai TKDN"


def test_the_other_figures() -> None:
    assessment = of("rural-pickup/pickup")
    tiles = assessment.plot.treemap().data[0]
    assert len(set(tiles.ids)) == len(tiles.ids)
    assert sum(tiles["values"]) == pytest.approx(float(sum(tile.cost for tile in assessment.plot.treemap.rows)))
    assert len(assessment.plot.sankey().data[0].link.value) == len(assessment.plot.sankey.rows)
    assert lift(assessment, by="region").plot().layout.yaxis.ticktext[0] == "32.13 Kabupaten Subang"
    assert lift(assessment, by="scale").plot("id").layout.yaxis.ticktext[0] == "industri menengah"
    assert compare(assessment, assessment).plot().data[0].measure == ("absolute", "absolute")


def test_what_has_no_score_is_an_empty_chart() -> None:
    assessment = of("openbot-mtv/openbot-mtv")
    assert assessment.plot.waterfall.rows == compare(assessment, assessment).plot.rows == []
    assert list(assessment.plot.waterfall().data[0].x) == []
    alone = assessed(bill(good(), uses={}))
    assert [*alone.plot.treemap.rows, *alone.plot.sankey.rows, *lift(alone).plot.rows] == []


def test_parts_without_which_there_is_no_tkdn_are_drawn_and_said() -> None:
    only = bill(
        good(),
        home("A", 5, supplier="S-1"),
        abroad("B", 5),
        uses={"GOOD": "A B"},
        suppliers=[{"id": "S-1", "scale": "small"}],
    )
    figure = lift(assessed(only)).plot()
    assert (list(figure.data[0].x), list(figure.data[0].text)) == ([1.0], ["no TKDN without it"])


def test_a_name_with_markup_is_a_name() -> None:
    names = ["<b>bold</b>", "<a href='https://example.org'>link</a>"]
    parts = [home("A", 5, name=names[0], production=MADE), home("B", 4, name=names[1])]
    figure = assessed(bill(good(), *parts, uses={"GOOD": "A B"})).plot.waterfall()
    assert list(figure.layout.yaxis.ticktext)[:2] == [
        "&lt;b&gt;bold&lt;/b&gt;",
        "&lt;a href='https://example.org'&gt;link&lt;/a&gt;",
    ]


def test_equal_names_keep_their_own_bars() -> None:
    parts = [home("A", 5, name="Twin"), home("B", 4, name="Twin")]
    figure = assessed(bill(good(), *parts, uses={"GOOD": "A B"})).plot.waterfall()
    assert list(figure.data[0].y)[:2] == [0, 1]
    assert list(figure.layout.yaxis.ticktext)[:2] == ["Twin", "Twin"]


def test_what_is_refused() -> None:
    chart = of("pump/pump").plot.waterfall
    with pytest.raises(UsageError, match="no language 'de'"):
        chart("de")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="backend"):
        chart.frame("excel")


def test_without_the_library_the_extra_is_named() -> None:
    """In a process of its own, where plotly cannot be imported."""
    path = EXAMPLES / "pump" / "pump.json"
    code = f"import sys, tkdn; sys.modules['plotly'] = None; tkdn.assess(tkdn.read_bom({str(path)!r})).plot.waterfall()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'tkdn[plot]'" in done.stderr


def test_figures_are_decimals_of_two_places() -> None:
    frame = of("pump/pump").plot.waterfall.frame()
    assert frame["points"].iloc[-1] == Decimal("27.52")
