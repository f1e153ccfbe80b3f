"""What the headings of a second file mean: as a person says, by the table's own names, by the words that all lists share."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tkdn.bom.tables.columns import Column, RecordTable
from tkdn.bom.tables.records import CellGrid, Fault
from tkdn.errors import Place, Problem, UsageError, closest
from tkdn.io.enrichment.single_table import MAPPING
from tkdn.io.import_report import MappedColumn
from tkdn.io.options import LEFT_OUT, ReadOptions
from tkdn.io.part_lists.days import day_first_headings, never_english
from tkdn.io.part_lists.headings import Heading, aliases, heading
from tkdn.textnorm import squeezed

_OF_LISTS: Mapping[str, Mapping[str, str]] = {
    "enrichment": {
        "certificate": "certificate_number",
        **{key: f"certificate_{key}" for key in ("tkdn", "issued", "expires")},
    },
    "certificate_list": {"certificate": "number", "name": "product"},
}
"""The keys of columns of bills from elsewhere that are called otherwise in a second file."""
_CODE, _FIRM, _ITEM = "_code", "firm_", "item"
_MAX_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Understood:
    """What the columns of a grid were taken for, by position; their headings taken apart, by key; what is wrong with them."""

    columns: dict[int, Column]
    headings: dict[str, Heading]
    mapped: tuple[MappedColumn, ...]
    problems: list[Problem]
    day_first: str | None
    """A heading in a language that never writes the month first."""


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def words_of(name: str) -> dict[str, str]:
    """The values that words mean in the columns of a name."""
    words = _toml("words.toml").get(name, {})
    return {squeezed(word): value for value, named in words.items() for word in named}


class Meaning:
    """What a heading means in a kind of table."""

    def __init__(self, kind: RecordTable) -> None:
        self.kind = kind
        own = _toml("headings.toml").get(kind.name, {})
        other = _OF_LISTS.get(kind.name, {})
        self._own = {squeezed(name): column.key for column in kind.columns for name in column.names}
        known = ((key, named) for key, words in own.items() if key != _ITEM for named in words.values())
        self._more = {squeezed(word): key for key, named in known for word in named}
        self._last = {squeezed(word): "id" for named in own.get(_ITEM, {}).values() for word in named}
        self._shared = {
            word: other.get(key, key) for word, key in aliases().items() if other and word not in self._last
        }
        self.keys = {*kind.by_key, *other, *self._shared.values()}

    def key(self, word: Heading) -> tuple[int, str] | None:
        """The key of the column that a heading means, and its rank: 1 its own name, 2 a known word, 3 for want of another."""
        for rank, known in ((1, self._own), (2, self._more), (2, self._shared), (3, self._last)):
            for text in (word.words, squeezed(word.text)):
                if text in known:
                    return rank, known[text]
        return None

    def stated(self, key: str) -> str:
        """The column that a person means by a key; `-` for one that this table does not take."""
        key = _OF_LISTS.get(self.kind.name, {}).get(key, key)
        return key if key in self.kind.by_key else LEFT_OUT


@cache
def meaning_of(kind: RecordTable) -> Meaning:
    """What headings mean in a kind of table."""
    return Meaning(kind)


@cache
def _day_first_words() -> frozenset[str]:
    return day_first_headings() | never_english(_toml("headings.toml").values())


def understand(
    grid: CellGrid, kind: RecordTable, options: ReadOptions, ignore: Collection[str] = (), *, own: bool = False
) -> Understood:
    """The columns of a grid whose first row has the headings; `own`: these are our own keys.

    Raises `UsageError` where a mapping names a column that there is not (`column-unknown`), or a heading (`heading-unknown`).
    """
    number, cells = grid.rows[0] if grid.rows else (1, ())
    place = Place(grid.file, grid.sheet, number)
    meaning = meaning_of(kind)
    words = {
        at: heading(str(cell)) for at, cell in enumerate(cells) if cell is not None and not isinstance(cell, Fault)
    }
    _check(options, meaning, words, place)
    ignored = set(map(squeezed, ignore))
    left = {at for at, word in words.items() if squeezed(word.text) in ignored}
    ranked = dict(_ranked(words, meaning, options, left))
    _settle_codes(ranked, words)
    problems = [cell.problem(place) for cell in cells if isinstance(cell, Fault)]
    problems += _settle_firms(ranked, words, place)
    if not own:
        _leave_kbli_of_firms(ranked)
    columns = {at: kind.by_key[key] for at, key in _best(ranked, problems, words, place).items() if key in kind.by_key}
    mapped = [
        MappedColumn(word.text, columns[at].key if at in columns else None)
        for at, word in words.items()
        if at not in left
    ]
    told = (word.text for at, word in words.items() if at in columns and word.words in _day_first_words())
    names = {column.key: words[at] for at, column in columns.items()}
    return Understood(columns, names, tuple(mapped), problems, next(told, None))


def _check(options: ReadOptions, meaning: Meaning, words: Mapping[int, Heading], place: Place) -> None:
    printed = {squeezed(word.text): word.text for word in words.values()}
    problems = []
    for name, key in options.columns.items():
        if key not in meaning.keys and key != LEFT_OUT:
            problems.append(
                Problem(
                    "column-unknown",
                    {
                        "name": name,
                        "key": key,
                        "known": tuple(meaning.kind.by_key),
                        "nearest": closest(key, meaning.keys),
                    },
                    place,
                )
            )
        if squeezed(name) not in printed:
            problems.append(
                Problem(
                    "heading-unknown",
                    {"name": name, "known": tuple(printed.values()), "nearest": closest(name, printed.values())},
                    place,
                )
            )
    if problems:
        raise UsageError(problems)


def _ranked(
    words: Mapping[int, Heading], meaning: Meaning, options: ReadOptions, left: Collection[int]
) -> Iterator[tuple[int, tuple[int, str]]]:
    stated = {squeezed(name): key for name, key in options.columns.items()}
    for at, word in words.items():
        whole = squeezed(word.text)
        if at in left:
            continue
        if whole in stated:
            yield at, (0, meaning.stated(stated[whole]))
        elif (found := meaning.key(word)) is not None:
            yield at, found


def _settle_codes(ranked: dict[int, tuple[int, str]], words: Mapping[int, Heading]) -> None:
    """Beside a firm's code, what else names the firm is its name."""
    for firm in ("supplier", "maker"):
        codes = [at for at, (_, key) in ranked.items() if key == firm + _CODE]
        keys = [key for _, key in ranked.values()]
        if codes and firm in keys and f"{firm}_name" not in keys:
            at = next(at for at, (_, key) in ranked.items() if key == firm)
            ranked[at] = ranked[at][0], f"{firm}_name"
        for at in codes:
            ranked[at] = ranked[at][0], firm


def _settle_firms(ranked: dict[int, tuple[int, str]], words: Mapping[int, Heading], place: Place) -> Iterator[Problem]:
    """Facts of a firm without saying of which are of the one that the file names; where it names two, that is asked."""
    keys = {key for _, key in ranked.values()}
    homes = [firm for firm in ("supplier", "maker") if keys & {firm, f"{firm}_name"}]
    for at, (rank, key) in list(ranked.items()):
        if not key.startswith(_FIRM):
            continue
        fact = key.removeprefix(_FIRM)
        if len(homes) < 2:
            ranked[at] = rank, f"{(homes or ['maker'])[0]}_{fact}"
            continue
        del ranked[at]
        text = words[at].text
        yield Problem(
            "column-unclear",
            {"heading": text, "mapping": MAPPING, "fact": fact},
            Place(place.file, place.sheet, place.row, text),
        )


def _leave_kbli_of_firms(ranked: dict[int, tuple[int, str]]) -> None:
    """Leave out a KBLI next to a firm: it is one of the firm's, and never becomes the part's unless a person says so."""
    if any(key.startswith(("supplier", "maker")) for _, key in ranked.values()):
        for at in [at for at, (rank, key) in ranked.items() if rank and key == "kbli"]:
            del ranked[at]


def _best(
    ranked: Mapping[int, tuple[int, str]], problems: list[Problem], words: Mapping[int, Heading], place: Place
) -> dict[int, str]:
    """The key of each position: of several for one key the surest; a second name is a specification."""
    homes: dict[str, list[int]] = defaultdict(list)
    for at, (_, key) in ranked.items():
        homes[key].append(at)
    found: dict[int, str] = {}
    for key, places in homes.items():
        first, *others = sorted(places, key=lambda at: ranked[at][0])
        rest = [at for at in others if ranked[at][0] == ranked[first][0]]
        found[first] = key
        if key == "name" and others and "spec" not in homes:
            found[others[0]] = "spec"
            rest = [at for at in rest if at != others[0]]
        if key != LEFT_OUT:
            for at in rest:
                text = words[at].text
                problems.append(
                    Problem(
                        "duplicate-column",
                        {"key": key, "heading": words[first].text, "other": text, "mapping": MAPPING},
                        Place(place.file, place.sheet, place.row, text),
                        case="matched",
                    )
                )
    return found


def nothing_understood(understood: Understood, kind: RecordTable, place: Place) -> list[Problem]:
    """The problem that none of the headings is understood, besides the one of the column that every row needs."""
    left = [repr(column.heading) for column in understood.mapped if column.key is None]
    if not left or any(not (column.needed and column.of_row) for column in understood.columns.values()):
        return []
    few = ", ".join(left[:_MAX_SHOWN]) + (" ..." if len(left) > _MAX_SHOWN else "")
    known = "Price, Currency, Made in, Supplier, Maker, Maker size, Maker licence, Certificate number, TKDN, Issued, Valid until"
    return [
        Problem("unknown-column", {"headings": few, "known": known, "mapping": MAPPING}, place, case="none_understood")
    ]
