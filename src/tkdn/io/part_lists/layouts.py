"""The lists that programs write, as data: how each is told by its headings, and what they mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from tkdn.errors import Problem, UsageError, closest
from tkdn.textnorm import squeezed

Shape = Literal["levels", "edges", "boms"]
Basis = Literal["per_parent", "cumulative"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of list: it `needs` a heading of each group (`verbatim`: as printed), or, if `generic`, a column of each key.

    `columns` are headings that mean something of their own here; `bom` and `line` the headings of a list that is written bill
    by bill; `basis` holds for all headings of quantities, or for those in `basis_of`; `refused` says why it cannot be read, and
    `remedy` what to do instead.
    """

    name: str
    title: str
    shape: Shape = "levels"
    needs: tuple[frozenset[str], ...] = ()
    verbatim: bool = False
    generic: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    bom: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    basis: Basis | None = None
    basis_of: tuple[str, ...] = ()
    root: Literal["row", "above"] = "row"
    refused: str = ""
    remedy: str = ""

    def fits(self, printed: frozenset[str], keys: frozenset[str]) -> bool:
        """Whether a row with these headings, meaning these keys, is the head of such a list."""
        if self.generic:
            return keys >= set(self.generic)
        words = printed if self.verbatim else frozenset(map(squeezed, printed))
        return all(group & words for group in self.needs)


@cache
def layouts() -> tuple[Layout, ...]:
    """All of them, the most telling first."""
    file = resources.files(__package__) / "layouts.toml"
    return tuple(_layout(entry) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["layout"])


def _layout(entry: dict[str, Any]) -> Layout:
    def words(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(squeezed, names))

    made = dict(entry)
    spelt = tuple if entry.get("verbatim") else words
    made["needs"] = tuple(frozenset(spelt(group)) for group in entry.get("needs", ()))
    made["generic"] = tuple(entry.get("generic", ()))
    made["basis_of"] = words(entry.get("basis_of", ()))
    made["columns"] = {squeezed(word): key for word, key in entry.get("columns", {}).items()}
    for part in ("bom", "line"):
        made[part] = {key: words(names) for key, names in entry.get(part, {}).items()}
    return Layout(**made)


def layout_named(name: str) -> Layout:
    """The layout of this name; raises `UsageError` (`format-unknown`) naming the nearest."""
    by_name = {layout.name: layout for layout in layouts()}
    if name not in by_name:
        raise UsageError(
            [
                Problem(
                    "format-unknown",
                    {"name": name, "known": tuple(by_name), "nearest": closest(name, by_name)},
                    case="part_list",
                )
            ]
        )
    return by_name[name]
