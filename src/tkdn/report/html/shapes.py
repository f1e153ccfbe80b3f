"""Places of things in the page's drawings: plain geometry, in units of the drawing."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tkdn.assessment.chart_rows import Flow, Stage, Tile
from tkdn.assessment.charts.rows import UNKNOWN, by_cost
from tkdn.bom.country import HOME

WIDTH, TREEMAP_HEIGHT, SANKEY_HEIGHT = 1000.0, 560.0, 440.0
HEADING, PADDING, LINE, CHARACTER = 24.0, 3.0, 17.0, 7.4
MIN_CHARACTERS = 6
"""A name cut to fewer says nothing."""
NODE_WIDTH, NODE_GAP, MIN_SLOT, SANKEY_MARGIN = 14.0, 10.0, 20.0, 225.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, by: float, top: float = 0) -> Box:
        """Return the box without its margin, and without a heading of height `top`."""
        width, height = max(self.width - 2 * by, 0), max(self.height - 2 * by - top, 0)
        return Box(self.x + by, self.y + by + top, width, height)


@dataclass(frozen=True, slots=True)
class Area:
    """A tile of the treemap, or one of its groups, with the lines of text that fit into it."""

    box: Box
    kind: str
    lines: list[str]
    title: str


def squarify(sizes: Sequence[float], box: Box) -> Iterator[Box]:
    """Yield boxes with areas in proportion to the sizes (largest first), as near to squares as a row at a time allows.

    >>> [(round(each.width), round(each.height)) for each in squarify([2, 1, 1], Box(0, 0, 40, 10))]
    [(20, 10), (10, 10), (10, 10)]
    """
    left, total = box, sum(sizes)
    rest = [size * box.width * box.height / total for size in sizes] if total else []
    while rest:
        side = min(left.width, left.height)
        count = next(
            n for n in range(1, len(rest) + 1) if n == len(rest) or _worst(rest[: n + 1], side) > _worst(rest[:n], side)
        )
        row, rest = rest[:count], rest[count:]
        depth = sum(row) / side if side else 0
        at = 0.0
        for area in row:
            length = area / depth if depth else 0
            if left.width >= left.height:
                yield Box(left.x, left.y + at, depth, length)
            else:
                yield Box(left.x + at, left.y, length, depth)
            at += length
        if left.width >= left.height:
            left = Box(left.x + depth, left.y, max(left.width - depth, 0), left.height)
        else:
            left = Box(left.x, left.y + depth, left.width, max(left.height - depth, 0))


def _worst(row: Sequence[float], side: float) -> float:
    """Return how far from a square the longest box of a row is."""
    depth = sum(row) / side if side else 0
    return max(max(depth * depth / area, area / (depth * depth)) for area in row) if depth else float("inf")


def fitting(text: str, box: Box, last: str = "") -> list[str]:
    """Return the lines of a text that fit into a box, the last one `last` if there is room; none if nothing fits."""
    most, characters = int((box.height - 8) // LINE), int((box.width - 10) // CHARACTER)
    if most < 1 or characters < 5:
        return []
    room = most - 1 if last and most > 1 else most
    lines = textwrap.wrap(
        text, characters, max_lines=room, placeholder="…", break_long_words=False, break_on_hyphens=False
    )
    if any(len(line) > characters or line == "…" for line in lines):
        lines = [text[: characters - 1] + "…"] if characters > len("…") * MIN_CHARACTERS else []
    return [*lines, last] if last and len(lines) < most and len(last) <= characters else lines


TileGroup = tuple[str, str | None]


def treemap(
    tiles: Sequence[Tile],
    labels: Mapping[TileGroup, str],
    short: Mapping[TileGroup, str],
    names: Sequence[tuple[str, str]],
) -> list[Area]:
    """Return groups and in them tiles, by cost.

    Args:
        tiles: the tiles, each with its group.
        labels: the label of each group.
        short: a short label of each group, for little room.
        names: a label and a share for each tile.
    """
    named, groups = dict(zip(map(id, tiles), names, strict=True)), by_cost(tiles)
    areas = []
    boxes = squarify(
        [float(sum(tile.cost for tile in each)) for each in groups.values()], Box(0, 0, WIDTH, TREEMAP_HEIGHT)
    )
    for (group, members), box in zip(groups.items(), boxes, strict=True):
        kind = _kind(*group)
        room = int((box.width - 14) // CHARACTER)
        heading = next((label for label in (labels[group], short[group]) if len(label) <= room), "")
        headed = [heading] if heading and box.height > 2 * HEADING else []
        areas.append(Area(box.inset(1), f"group {kind}", headed, labels[group]))
        inner = box.inset(PADDING, HEADING if headed else 0)
        largest = sorted(members, key=lambda tile: -tile.cost)
        for tile, place in zip(largest, squarify([float(tile.cost) for tile in largest], inner), strict=True):
            label, share = named[id(tile)]
            areas.append(Area(place, f"tile {kind}", fitting(label, place, share), f"{label}: {share}"))
    return areas


def _kind(origin: str, scale: str | None) -> str:
    return f"home {scale}" if origin == HOME else "unknown" if origin == UNKNOWN else "abroad"


@dataclass
class Node:
    """A node of the Sankey diagram: its bar, and the height that its bands have filled on either side."""

    key: str
    column: int
    cost: float = 0
    box: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    filled: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def kind(self) -> str:
        """The class of its style."""
        return self.key.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Band:
    """A flow as a curve with a width."""

    path: str
    width: float
    kind: str
    source: str
    target: str


COLUMNS = ("origin", "scale", "credit")


def sankey(flows: Sequence[Flow]) -> tuple[list[Node], list[Band]]:
    """Return nodes in three columns, and the bands between them."""
    nodes: dict[str, Node] = {}
    for flow in flows:
        for key in (flow.source, flow.target):
            nodes.setdefault(key, Node(key, COLUMNS.index(key.partition(":")[0])))
        nodes[flow.target].cost += float(flow.cost)
        if nodes[flow.source].column == 0:
            nodes[flow.source].cost += float(flow.cost)
    columns = [[node for node in nodes.values() if node.column == column] for column in range(len(COLUMNS))]
    _place(columns)
    heights = sum(node.box.height for node in columns[0]) / (sum(node.cost for node in columns[0]) or 1)
    return list(nodes.values()), [_band(flow, nodes, heights) for flow in flows]


def _place(columns: Sequence[Sequence[Node]]) -> None:
    """Give every node its box; a small one still has room for its label."""
    scale = min(_scale([node.cost for node in column]) for column in columns)
    for number, column in enumerate(columns):
        x = SANKEY_MARGIN + number * (WIDTH - 2 * SANKEY_MARGIN - NODE_WIDTH) / (len(columns) - 1)
        slots = [max(node.cost * scale, MIN_SLOT) for node in column]
        y = (SANKEY_HEIGHT - sum(slots) - NODE_GAP * (len(column) - 1)) / 2
        for node, slot in zip(column, slots, strict=True):
            node.box = Box(x, y + (slot - node.cost * scale) / 2, NODE_WIDTH, node.cost * scale)
            y += slot + NODE_GAP


def _scale(costs: Sequence[float]) -> float:
    """Return the height of a unit of cost with which a column fits: small nodes take their least, others share the rest."""
    room, large = SANKEY_HEIGHT - NODE_GAP * (len(costs) - 1), sorted(costs)
    while large and large[0] * room / sum(large) < MIN_SLOT:
        room -= MIN_SLOT
        large = large[1:]
    return room / sum(large) if large else 0.0


def _band(flow: Flow, nodes: dict[str, Node], scale: float) -> Band:
    source, target, width = nodes[flow.source], nodes[flow.target], float(flow.cost) * scale
    start, end = source.box.x + NODE_WIDTH, target.box.x
    ys = []
    for node, side in ((source, "out"), (target, "in")):
        ys.append(node.box.y + node.filled[side] + width / 2)
        node.filled[side] += width
    half = (start + end) / 2
    path = f"M{start:.1f},{ys[0]:.1f} C{half:.1f},{ys[0]:.1f} {half:.1f},{ys[1]:.1f} {end:.1f},{ys[1]:.1f}"
    return Band(path, max(width, 0.6), flow.target.replace(":", "-"), flow.source, flow.target)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in percent of the drawing's width."""

    x: float
    width: float
    kind: str


def bars(steps: Sequence[Stage]) -> list[Bar]:
    """Return the bars of a waterfall, the widest sum filling the width."""
    most = float(max((max(step.start, step.end) for step in steps), default=0)) or 1.0
    return [
        Bar(100 * float(min(step.start, step.end)) / most, max(100 * abs(float(step.points)) / most, 0.3), step.kind)
        for step in steps
    ]
