"""Checks between measures: ids, exclusions, prerequisites, values that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from tkdn.errors import Location, Problem, json_path, nearest
from tkdn.planning.measure import Measure

Rows = Sequence[Measure | str | None]


class Relations:
    """The measures that each measure needs, directly or not, and those that exclude each other; by index in the list.

    `needs` holds all prerequisites of each; `barred` every pair that excludes each other.
    """

    def __init__(self, measures: Sequence[Measure]) -> None:
        """Follow the prerequisites of all measures."""
        index_of = {measure.id: index for index, measure in enumerate(measures)}
        direct = [[index_of[id_] for id_ in measure.requires if id_ in index_of] for measure in measures]
        self.needs = [frozenset(_reached(direct, index)) for index in range(len(measures))]
        barred: set[frozenset[int]] = {
            frozenset((index, index_of[id_]))
            for index, measure in enumerate(measures)
            for id_ in measure.excludes
            if id_ in index_of
        }
        self.barred = {pair for pair in barred if len(pair) == 2}

    def closure(self, chosen: frozenset[int]) -> frozenset[int]:
        """Return the measures with all that they need."""
        return chosen.union(*(self.needs[index] for index in chosen))

    def compatible(self, chosen: frozenset[int]) -> bool:
        """Return True if no two of them exclude each other."""
        return not any(pair <= chosen for pair in self.barred)


def _reached(direct: Sequence[Sequence[int]], start: int) -> set[int]:
    found: set[int] = set()
    pending = list(direct[start])
    while pending:
        index = pending.pop()
        if index not in found:
            found.add(index)
            pending += direct[index]
    return found


def problems(rows: Rows) -> list[Problem]:
    """Return all problems between measures; one that is not sound in itself is given by its id alone."""
    sound = [(index, row) for index, row in enumerate(rows) if isinstance(row, Measure)]
    found = [*_ids(rows), *_references(rows, sound)]
    circles = list(_circles(sound))
    found += circles
    if not circles:
        measures = [row for _, row in sound]
        places = [index for index, _ in sound]
        found += _contradictions_between(measures, places, Relations(measures))
    return found


def _ids(rows: Rows) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        id_ = row.id if isinstance(row, Measure) else row
        if id_ in seen:
            yield _problem("duplicate-id", f"duplicate id {id_!r}", "give each its own id", index, "id")
        if id_ is not None:
            seen.add(id_)


def _references(rows: Rows, sound: Sequence[tuple[int, Measure]]) -> Iterator[Problem]:
    known = [row.id if isinstance(row, Measure) else row for row in rows if row is not None]
    for index, measure in sound:
        for field in ("excludes", "requires"):
            for at, id_ in enumerate(getattr(measure, field)):
                if id_ not in known:
                    hint = nearest(id_, known) or "name a measure of the list"
                    yield _problem("measure-unknown", f"there is no measure {id_!r}", hint, index, field, at)


def _circles(sound: Sequence[tuple[int, Measure]]) -> Iterator[Problem]:
    """Yield one problem for each circle of prerequisites, named by its path."""
    place = {measure.id: index for index, measure in sound}
    needs = {measure.id: [id_ for id_ in measure.requires if id_ in place] for _, measure in sound}
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        pending: list[tuple[str, bool]] = [(start, False)]
        while pending:
            id_, leaving = pending.pop()
            if leaving:
                done.add(path.pop())
            elif id_ in path:
                circle = " > ".join([*path[path.index(id_) :], id_])
                message = f"prerequisites form a circle: {circle}"
                yield _problem("measure-circle", message, "take one of them out", place[id_], "requires")
            elif id_ not in done:
                path.append(id_)
                pending += [(id_, True), *((each, False) for each in needs[id_])]


def _contradictions_between(
    measures: Sequence[Measure], places: Sequence[int], relations: Relations
) -> Iterator[Problem]:
    for index, measure in enumerate(measures):
        together = relations.closure(frozenset({index}))
        if not relations.compatible(together):
            pair = next(pair for pair in relations.barred if pair <= together)
            names = " and ".join(repr(measures[each].id) for each in sorted(pair))
            message = f"{measure.id!r} needs {names}, which exclude each other"
            yield _problem("measures-contradict", message, "correct requires or excludes", places[index])
        elif measure.id in measure.excludes:
            message = f"{measure.id!r} excludes itself"
            yield _problem("measures-contradict", message, "take it out of excludes", places[index], "excludes")
    for first, second, (section, key, field) in _conflicts(measures, relations):
        message = (
            f"{measures[first].id!r} and {measures[second].id!r} both change {field} of {key!r}, to different values"
        )
        remedy = "let one exclude or require the other: of two that build on each other the later counts"
        yield _problem("measures-contradict", message, remedy, places[second], "changes", section)


def _conflicts(measures: Sequence[Measure], relations: Relations) -> Iterator[tuple[int, int, tuple[str, str, str]]]:
    """Yield pairs that set one field to different values though neither excludes nor needs the other; each pair once."""
    setters: dict[tuple[str, str, str], list[tuple[int, Any]]] = defaultdict(list)
    for index, measure in enumerate(measures):
        for what, value in measure.changes.values.items():
            setters[what].append((index, value))
    reported: set[tuple[int, int]] = set()
    for what, each in setters.items():
        for (first, value), (second, other) in combinations(each, 2):
            related = first in relations.needs[second] or second in relations.needs[first]
            both = relations.closure(frozenset({first, second}))
            if value != other and not related and (first, second) not in reported and relations.compatible(both):
                reported.add((first, second))
                yield first, second, what


def _problem(code: str, message: str, remedy: str, index: int, *steps: str | int) -> Problem:
    location: Location = ("measures", index, *steps)
    return Problem.worded(code, message, remedy, json_path(location))
