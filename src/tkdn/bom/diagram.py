"""The graph of a bill as text that other programs draw: DOT (Graphviz) and Mermaid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from tkdn.bom.bill import Bill
from tkdn.bom.country import made_here
from tkdn.bom.model import IKM_SCALES, Part
from tkdn.i18n import Lang, clean, say, shown_origin

Shape = Literal["part", "ikm", "stage"]
_DOT_SHAPES: dict[Shape, str] = {"part": "box", "ikm": "hexagon", "stage": "ellipse"}
_MERMAID_SHAPES: dict[Shape, tuple[str, str]] = {"part": ("[", "]"), "ikm": ("{{", "}}"), "stage": ("([", "])")}
_MERMAID_MARK = re.compile(r"(?!(?<=[^\W_])[-.](?=[^\W_]))[^\w ,/]|_")
"""Whatever Mermaid, Markdown or HTML could take for its own; a hyphen or point within a word is not."""


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    lines: list[str]
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A use; `counts` is false for an alternative that is not chosen."""

    start: str
    end: str
    lines: list[str]
    counts: bool


def to_dot(bill: Bill, ikm: Collection[str] | None = None, lang: Lang = "en") -> str:
    """The graph in DOT; see `Bom.to_dot`."""
    nodes = _nodes(bill, ikm, lang)
    lines = [f"digraph {_dot(bill.product)} {{", "  rankdir=LR", "  node [shape=box]"]
    lines += [f"  label={_dot(*legend)}"] if (legend := _legend(nodes, lang)) else []
    for node in nodes:
        shape = "" if node.shape == "part" else f", shape={_DOT_SHAPES[node.shape]}"
        lines.append(f"  {node.name} [label={_dot(*node.lines)}{shape}]")
    for arrow in _arrows(bill, lang):
        style = "" if arrow.counts else ", style=dashed"
        lines.append(f"  {arrow.start} -> {arrow.end} [label={_dot(*arrow.lines)}{style}]")
    return "\n".join([*lines, "}"]) + "\n"


def to_mermaid(bill: Bill, ikm: Collection[str] | None = None, lang: Lang = "en") -> str:
    """The graph as a Mermaid flowchart; see `Bom.to_mermaid`."""
    nodes = _nodes(bill, ikm, lang)
    lines = ["flowchart LR"]
    for node in nodes:
        opening, closing = _MERMAID_SHAPES[node.shape]
        lines.append(f'  {node.name}{opening}"{_mermaid(*node.lines)}"{closing}')
    for arrow in _arrows(bill, lang):
        line = "-->" if arrow.counts else "-.->"
        lines.append(f'  {arrow.start} {line}|"{_mermaid(*arrow.lines)}"| {arrow.end}')
    lines += [f'  legend["{_mermaid(*legend)}"]'] if (legend := _legend(nodes, lang)) else []
    return "\n".join(lines) + "\n"


def _nodes(bill: Bill, ikm: Collection[str] | None, lang: Lang) -> list[_Node]:
    small = _stated_ikm(bill) if ikm is None else ikm
    nodes = []
    for number, part in enumerate(bill.parts):
        shape: Shape = "ikm" if part.id in small else "stage" if part.phantom or part.in_house else "part"
        words = [part.id, part.name if part.name != part.id else None, shown_origin(part.made_in or "", lang)]
        nodes.append(_Node(f"n{number}", [word for word in words if word], shape))
    return nodes


def _stated_ikm(bill: Bill) -> set[str]:
    """Parts made in Indonesia of which the maker's size is stated, as small or medium."""
    small = {supplier.id for supplier in bill.suppliers if supplier.scale in IKM_SCALES}
    return {part.id for part in bill.parts if part.made_by in small and made_here(part.made_in)}


def _arrows(bill: Bill, lang: Lang) -> Iterator[_Arrow]:
    index = bill.graph.index
    for use in bill.uses:
        part: Part = bill.parts[index[use.part]]
        lines = [f"{use.quantity:f} {use.unit or part.unit}"]
        if use.alternative_to is not None:
            lines.append(say("drawing.alternative", lang, part=use.alternative_to))
        counts = use.alternative_to is None or bool(use.chosen)
        yield _Arrow(f"n{index[use.parent]}", f"n{index[use.part]}", lines, counts)


def _legend(nodes: list[_Node], lang: Lang) -> list[str]:
    """What the shapes mean, of those that are there."""
    shapes = {node.shape for node in nodes}
    return [say(f"drawing.{shape}", lang) for shape in ("ikm", "stage") if shape in shapes]


def _dot(*lines: str) -> str:
    """Lines as one quoted string. Graphviz reads escapes and HTML entities in it, so these are text here."""
    marks = {"\\": "\\\\", '"': '\\"', "&": "&amp;"}
    return '"' + "\\n".join("".join(marks.get(mark, mark) for mark in clean(line)) for line in lines) + '"'


def _mermaid(*lines: str) -> str:
    """Lines as one label, with marks as their codes."""
    return "<br>".join(_MERMAID_MARK.sub(lambda found: f"#{ord(found[0])};", clean(line)) for line in lines)
