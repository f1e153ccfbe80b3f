"""The numbers behind the charts, exact: what the figures, the frames and the HTML report draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.chart_rows import Flow, Stage, Tile
from tkdn.assessment.facts import size_of
from tkdn.assessment.rounding import falling
from tkdn.bom.country import HOME

if TYPE_CHECKING:
    from tkdn.assessment.comparison.compare import Comparison
    from tkdn.assessment.component import Component
    from tkdn.assessment.result import Assessment

NOTHING, PERCENT = Fraction(0), 100
UNKNOWN, OTHERS = "unknown", "others"
FOREIGN = "abroad"
"""The size class of a maker abroad, in keys of flows."""
SCALES = ("micro", "small", "medium", "large", UNKNOWN)
COUNTED, NOT_COUNTED = "counted", "not_counted"
MOST_STEPS, MOST_TILES, MOST_COUNTRIES = 15, 60, 6
"""What a chart shows apart; the others are one rest."""


def waterfall(assessment: Assessment, most: int = MOST_STEPS) -> list[Stage]:
    """Return the bars from nothing to the score; none where there is no score.

    In order: components by their points, what no component gives, the other factors, the limit, the score.

    Args:
        assessment: the assessment that is drawn.
        most: how many components have a bar of their own; the others are one.
    """
    if assessment.exact is None:
        return []
    return [*_stacked(_bars(assessment, most), NOTHING), Stage("score", "score", None, assessment.exact, NOTHING)]


def changes(comparison: Comparison, most: int = MOST_STEPS) -> list[Stage]:
    """Return the bars from the score before to the score after; none where either has no score.

    In order: components by how much they changed, what no component gives, the other factors, the limit.

    Args:
        comparison: the two assessments.
        most: how many components have a bar of their own; the others are one.
    """
    before, after = comparison.before, comparison.after
    if before.exact is None or after.exact is None:
        return []
    moved = [row for row in comparison.components if row.change]
    shown, rest = (moved, []) if len(moved) <= most + 1 else (moved[:most], moved[most:])
    of_components = before.component_factors | after.component_factors
    bars: list[_Bar] = [("component", row.key, row.name, row.change, 1) for row in shown]
    bars.append(("rest", "rest", None, sum((row.change for row in rest), NOTHING), len(rest)))
    bars += [("beside", row.key, None, row.change, 1) for row in comparison.beside]
    bars += [("factor", row.key, None, row.change, 1) for row in comparison.factors if row.key not in of_components]
    steps = _stacked(bars, before.exact)
    return [
        Stage("before", "before", None, before.exact, NOTHING),
        *steps,
        Stage("after", "after", None, after.exact, NOTHING),
    ]


def _stacked(bars: Iterable[_Bar], at: Fraction) -> list[Stage]:
    """Return bars one upon the other, those of nothing left out."""
    steps = []
    for kind, key, name, points, count in bars:
        if points:
            steps.append(Stage(kind, key, name, points, at, count))
            at += points
    return steps


_Bar = tuple[str, str, str | None, Fraction, int]


def _bars(assessment: Assessment, most: int) -> Iterator[_Bar]:
    lines = [(each.exact.get("points") or NOTHING, each) for each in assessment if each.counts]
    lines = sorted((each for each in lines if each[0]), key=lambda line: (-line[0], line[1].part))
    shown = lines if len(lines) <= most + 1 else lines[:most]
    for points, each in shown:
        yield "component", each.part, each.name, points, 1
    rest = lines[len(shown) :]
    yield "rest", "rest", None, sum((points for points, _ in rest), NOTHING), len(rest)
    for key, points in assessment.beside.items():
        yield "beside", key, None, points, 1
    for key, factor in assessment.factors.items():
        if key not in assessment.component_factors:
            yield "factor", key, None, factor.points or NOTHING, 1
    yield "cap", "cap", None, -assessment.cap, 1


@dataclass(frozen=True, slots=True)
class Line:
    """A direct line of the product that counts and has a cost."""

    component: Component
    origin: str
    scale: str | None
    cost: Fraction


def scales(assessment: Assessment) -> dict[str, str]:
    """Return the size class of every supplier, by id; `unknown` where neither it nor capital or sales are stated."""
    rates = assessment.day.rates
    return {each.id: size_of(each, rates).scale or UNKNOWN for each in assessment.bom.suppliers}


def origin(assessment: Assessment, number: int) -> str:
    """Return the country of a part; Indonesia also where a certificate or nature says so, `unknown` where nothing says it."""
    stated = assessment.day.parts[number].made_in
    return stated or (HOME if assessment.made_here(number) else UNKNOWN)


def lines(assessment: Assessment) -> list[Line]:
    """Return the direct lines of the product that count and have a cost, the costliest first."""
    sizes, index = scales(assessment), assessment.bom.graph.index
    found = []
    for each in assessment:
        cost = each.exact.get("cost")
        if each.counts and cost:
            number = index[each.part]
            country = origin(assessment, number)
            scale = sizes.get(assessment.day.parts[number].made_by or "", UNKNOWN) if country == HOME else None
            found.append(Line(each, country, scale, cost))
    return sorted(found, key=lambda line: (falling(line.cost), line.component.part))


def _merged(found: list[Line], most: int) -> Callable[[str], str]:
    """Return the function that gives a country as it is shown: those with little cost are the others."""
    by_country: dict[str, Fraction] = defaultdict(Fraction)
    for line in found:
        by_country[line.origin] += line.cost
    foreign = sorted((each for each in by_country if each not in (HOME, UNKNOWN)), key=lambda each: -by_country[each])
    merged = set(foreign[most:]) if len(foreign) > most + 1 else set()
    return lambda country: OTHERS if country in merged else country


def treemap(assessment: Assessment, most: int = MOST_TILES) -> list[Tile]:
    """Return the direct lines by cost, in groups of origin and maker's size class; the smallest of a group are its rest."""
    found = lines(assessment)
    shown, country = found[:most], _merged(found, MOST_COUNTRIES)
    total = sum((line.cost for line in found), NOTHING)
    tiles = [
        Tile(
            country(line.origin),
            line.scale,
            line.component.part,
            line.component.name,
            line.cost,
            _share(line.cost, total),
        )
        for line in shown
    ]
    rest: dict[tuple[str, str | None], list[Fraction]] = defaultdict(list)
    for line in found[most:]:
        rest[country(line.origin), line.scale].append(line.cost)
    for group, costs in rest.items():
        cost = sum(costs, NOTHING)
        tiles.append(Tile(*group, None, None, cost, _share(cost, total), len(costs)))
    sums: dict[tuple[str, str | None], Fraction] = defaultdict(Fraction)
    for tile in tiles:
        sums[tile.group] += tile.cost
    return sorted(
        tiles, key=lambda tile: (_rank(*tile.group), falling(sums[tile.group]), tile.part is None, falling(tile.cost))
    )


def _rank(origin: str, scale: str | None) -> tuple[int, int]:
    """Return the place of a group: Indonesia first, small makers first; then countries, the others, the unknown."""
    place = {HOME: 0, OTHERS: 2, UNKNOWN: 3}.get(origin, 1)
    return place, SCALES.index(scale) if scale else 0


def sankey(assessment: Assessment) -> list[Flow]:
    """Return the cost of the direct lines as bands: from country to size class of the maker, and on to what is credited."""
    found = lines(assessment)
    country = _merged(found, MOST_COUNTRIES)
    total = sum((line.cost for line in found), NOTHING)
    flows: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in sorted(found, key=lambda line: (_rank(country(line.origin), line.scale), falling(line.cost))):
        middle = f"scale:{line.scale or FOREIGN}" if line.origin != UNKNOWN else f"scale:{UNKNOWN}"
        counted = line.cost * (line.component.exact.get("credit") or NOTHING) / PERCENT
        flows[f"origin:{country(line.origin)}", middle] += line.cost
        flows[middle, f"credit:{COUNTED}"] += counted
        flows[middle, f"credit:{NOT_COUNTED}"] += line.cost - counted
    bands = [Flow(*ends, cost, _share(cost, total)) for ends, cost in flows.items() if cost]
    return sorted(bands, key=lambda flow: not flow.source.startswith("origin:"))


def _share(cost: Fraction, total: Fraction) -> Fraction:
    return cost * PERCENT / total


def by_cost(tiles: Iterable[Tile]) -> dict[tuple[str, str | None], list[Tile]]:
    """Return the tiles by group, groups in their order."""
    groups: dict[tuple[str, str | None], list[Tile]] = defaultdict(list)
    for tile in tiles:
        groups[tile.group].append(tile)
    return dict(groups)
