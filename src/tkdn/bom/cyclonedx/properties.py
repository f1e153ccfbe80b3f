"""Records as flat lists of named text, as CycloneDX carries what it has no field for: `tkdn:price:amount` = `150000`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tkdn.errors import Location

PREFIX = "tkdn"
_WORDS: dict[str, Any] = {"true": True, "false": False, "{}": {}, "[]": []}
_DEEPEST = 10


def flattened(value: object, *at: str) -> Iterator[tuple[str, str]]:
    """Name and text of every value in a record; a list's entries are numbered from 0.

    >>> list(flattened({"price": {"amount": "150000"}, "main": False}))
    [('tkdn:price:amount', '150000'), ('tkdn:main', 'false')]
    """
    if value and isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flattened(inner, *at, str(key))
    else:
        yield ":".join((PREFIX, *at)), _encoded(value)


def _encoded(value: object) -> str:
    """Text as itself, unless it would be read as something else: then in quotes."""
    if isinstance(value, str) and value not in _WORDS and not value.startswith('"'):
        return value
    return json.dumps(value, ensure_ascii=False)


def _decoded(text: str) -> object:
    if text in _WORDS:
        return json.loads(text)
    if text.startswith('"'):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            pass
    return text


@dataclass
class Nested:
    """A record put together from named text: `origins` has the index of the property that each value stands in."""

    record: dict[str, Any] = field(default_factory=dict)
    origins: dict[Location, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Leaf:
    index: int
    text: str


Tree = dict[str, Any]


def nested(properties: Sequence[tuple[str, str | None]]) -> Nested:
    """The record in named text; names that do not begin with `tkdn:` are left alone.

    >>> nested([("other", "1"), ("tkdn:evidence:0:kind", "invoice"), ("tkdn:evidence:1", "{}")]).record
    {'evidence': [{'kind': 'invoice'}, {}]}
    """
    found, tree = Nested(), Tree()
    for index, (name, text) in enumerate(properties):
        head, *keys = name.split(":", _DEEPEST + 1)
        if head != PREFIX:
            continue
        if text is None:
            found.faults.append((index, "has no value"))
        elif not keys or len(keys) > _DEEPEST or not _put(tree, keys, _Leaf(index, text)):
            found.faults.append((index, "does not fit the others: it stands twice, or a part of its name is one"))
    found.record = _untangled(tree, (), found)
    return found


def _put(tree: Tree, keys: Iterable[str], leaf: _Leaf) -> bool:
    *above, last = keys
    for key in above:
        tree = tree.setdefault(key, {})
        if not isinstance(tree, dict):
            return False
    return tree.setdefault(last, leaf) is leaf


def _untangled(node: Tree | _Leaf, at: Location, found: Nested) -> Any:
    """The value of a node; where its keys count from 0 it is a list."""
    if isinstance(node, _Leaf):
        found.origins[at] = node.index
        return _decoded(node.text)
    numbered = bool(node) and bool(at) and all(key.isascii() and key.isdigit() for key in node)
    keys: Iterable[str | int] = range(len(node)) if numbered else node
    if numbered and node.keys() != set(map(str, keys)):
        found.faults.append(
            (_first(node), f"is one of {len(node)} in a list; their numbers must be 0 to {len(node) - 1}")
        )
        return []
    values = [(key, _untangled(node[str(key)], (*at, key), found)) for key in keys]
    found.origins[at] = _first(node) if node else 0
    return [value for _, value in values] if numbered else dict(values)


def _first(node: Tree | _Leaf) -> int:
    while not isinstance(node, _Leaf):
        node = next(iter(node.values()))
    return node.index
