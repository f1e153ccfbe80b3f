"""The words that a directory and a table of needs may use for processes and materials: short lists, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tkdn.bom.number import problem
from tkdn.errors import closest
from tkdn.textnorm import folded

LISTS = {"process": "processes.csv", "material": "materials.csv"}
UNKNOWN = {"process": "process-unknown", "material": "material-unknown"}


@dataclass(frozen=True, slots=True)
class Term:
    """A process or a material: its code, its names, the group it belongs to."""

    code: str
    english: str
    indonesian: str
    group: str


@cache
def terms(kind: str) -> dict[str, Term]:
    """All processes ("process") or materials ("material"), by code.

    >>> terms("process")["casting"]
    Term(code='casting', english='Casting', indonesian='Pengecoran', group='1')
    """
    text = files("tkdn.io.supplier_directory").joinpath(LISTS[kind]).read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if not line.startswith("#")][1:]
    return {code: Term(code, *names) for code, *names in rows}


@cache
def _by_name(kind: str) -> dict[str, str]:
    return {
        folded(name): term.code for term in terms(kind).values() for name in (term.code, term.english, term.indonesian)
    }


def code_of(kind: str, text: str) -> str:
    """The code of a process or material by its code or name. Raises a pydantic error (`process-unknown`, `material-unknown`).

    >>> code_of("process", "Pengecoran"), code_of("material", "Cast iron")
    ('casting', 'cast_iron')
    """
    found = _by_name(kind).get(folded(text))
    if found is None:
        near = closest(text.casefold(), [name for term in terms(kind).values() for name in _names(term)])
        raise problem(UNKNOWN[kind], {"value": text[:40], "known": tuple(terms(kind)), "nearest": near})
    return found


def known_code(kind: str, text: str) -> str:
    """The code of a process or material, or the text itself where it is none."""
    return _by_name(kind).get(folded(text), text)


def _names(term: Term) -> tuple[str, str, str]:
    return term.code, term.english.casefold(), term.indonesian.casefold()
