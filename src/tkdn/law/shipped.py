"""The regulations that are shipped, and which of them goods may be counted by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

from tkdn.errors import Problem, RegulationError, closest
from tkdn.law.loading import load
from tkdn.law.regulation import Regulation


@cache
def _shipped() -> dict[str, str]:
    folder = resources.files(__package__) / "regulations"
    return {
        file.name.removesuffix(".toml"): file.name
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml")
    }


@cache
def regulation(id: str) -> Regulation:  # noqa: A002  # the public name of what it is
    """Return a shipped regulation by id.

    Raises:
        RegulationError: `regulation-unknown`, naming the nearest id.

    >>> regulation("permenperin-35-2025").name
    'Permenperin 35/2025'
    """
    if id not in _shipped():
        raise RegulationError(
            [Problem("regulation-unknown", {"id": id, "known": tuple(_shipped()), "nearest": closest(id, _shipped())})]
        )
    file = resources.files(__package__) / "regulations" / _shipped()[id]
    return load(file.read_text(encoding="utf-8"), file.name, _shared)


def _shared(name: str) -> str:
    """Return the text of a file of parameters that several regulations include."""
    return (resources.files(__package__) / "shared" / f"{name}.toml").read_text(encoding="utf-8")


def regulations() -> list[Regulation]:
    """Return all shipped regulations, by id.

    >>> [law.id for law in regulations() if law.kind == "goods"]
    ['permenperin-16-2011', 'permenperin-27-2020', 'permenperin-28-2023', 'permenperin-35-2025', 'permenperin-6-2022']
    """
    return [regulation(id_) for id_ in _shipped()]


GENERAL_GOODS = ("permenperin-35-2025", "permenperin-16-2011")
"""Regulations that count goods in general, the latest first: one of them is taken if none is named."""
SPECIAL_GOODS = {"vehicle": ("permenperin-28-2023", "permenperin-6-2022", "permenperin-27-2020")}
"""Regulations that count special goods, by the fact of the product that shows it to be one, the latest first."""
EITHER = "choice.special_goods"
"""The parameter by which a general regulation lets special goods be counted by either text."""


def general_goods(on: date) -> Regulation:
    """Return the general goods regulation in force on the day.

    Raises:
        RegulationError: `regulation-not-in-force`, with the dates.
    """
    known = [regulation(id_) for id_ in GENERAL_GOODS]
    for law in known:
        if law.in_force(on):
            return law
    periods = "; ".join(f"{law.id} is in force {law.period}" for law in known)
    raise RegulationError([Problem("regulation-not-in-force", {"on": on, "periods": periods}, case="goods")])


def goods_regulation(chosen: str | Regulation | None, on: date, *, allow_repealed: bool = False) -> Regulation:
    """Return the goods regulation to count by: as chosen, else the general one in force on the day.

    Args:
        chosen: a regulation, its id, or None.
        on: the day.
        allow_repealed: True to take also one that was in force before the day.

    Raises:
        RegulationError: `regulation-unknown`, `regulation-not-goods`, `regulation-not-in-force` (with the dates).
    """
    if chosen is None:
        return general_goods(on)
    law = regulation(chosen) if isinstance(chosen, str) else chosen
    if law.kind != "goods":
        raise RegulationError([Problem("regulation-not-goods", {"regulation": law.id, "covers": law.covers})])
    repealed = law.in_force_to is not None and on > law.in_force_to
    if not law.in_force(on) and not (repealed and allow_repealed):
        case = "" if not repealed else "repealed" if law.repealed_by else "ended"
        values = {"regulation": law.id, "day": on, "period": law.period, "repealed_by": law.repealed_by}
        raise RegulationError([Problem("regulation-not-in-force", values, case=case)])
    return law


def choices(on: date, facts: Iterable[str]) -> tuple[tuple[Regulation, str], ...]:
    """Return the regulations that a good may be counted by on the day, each with the article that says so.

    These are the general one, and those for special goods that it is one of (Permenperin 35/2025 Pasal 71).

    Args:
        on: the day.
        facts: names of the facts that its product states, such as `vehicle`.

    >>> [(law.id, article) for law, article in choices(date(2026, 6, 1), ["vehicle"])]
    [('permenperin-35-2025', 'Permenperin 35/2025 Pasal 4'), ('permenperin-28-2023', 'Permenperin 35/2025 Pasal 71')]
    """
    general = [law for law in map(regulation, GENERAL_GOODS) if law.in_force(on)]
    found = [(law, f"{law.name} {law.counts_article}") for law in general]
    for law in (regulation(id_) for fact in facts for id_ in SPECIAL_GOODS.get(fact, ())):
        amended = law.amended_by and regulation(law.amended_by).in_force(on)
        if not law.in_force(on) or amended:
            continue
        either = next((each for each in general if EITHER in each.parameters), None)
        if either is None:
            found.append((law, f"{law.name} {law.counts_article}"))
        elif either.value(EITHER, on).value == "either":
            found.append((law, f"{either.name} {either.value(EITHER, on).article}"))
    return tuple(found)
