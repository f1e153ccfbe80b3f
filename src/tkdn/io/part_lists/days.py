"""Days in lists from elsewhere: which stands first, day or month, is decided once for a list."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, get_args

from tkdn.bom.tables.records import TableRow
from tkdn.errors import BomError
from tkdn.io.import_report import Understanding
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.questions import question
from tkdn.io.spreadsheet.dates import Order, settled, shows, to_day
from tkdn.textnorm import squeezed

DAYS = ("issued", "expires")


def never_english(vocabularies: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Headings, squeezed, that are Indonesian or German and not English: who writes them puts the day first."""
    named: dict[str, set[str]] = defaultdict(set)
    for vocabulary in vocabularies:
        for words in vocabulary.values():
            for language, names in words.items():
                if isinstance(names, list):
                    named[language].update(map(squeezed, names))
    return frozenset((named["id"] | named["de"]) - named["en"])


@cache
def day_first_headings() -> frozenset[str]:
    """Such headings of lists from elsewhere."""
    file = resources.files(__package__) / "headings.toml"
    return never_english([tomllib.loads(file.read_text(encoding="utf-8"))])


def settle_days(found: FoundList, rows: Sequence[TableRow], options: ReadOptions, understood: Understanding) -> None:
    """Put days that are text as dates. What a list does not show is asked."""
    cells = [(row, key, text) for row in rows for key in DAYS if isinstance(text := row.cells.get(key), str)]
    if not cells:
        return
    unclear = next(((row, key) for row, key, text in cells if shows(text) == "either"), (cells[0][0], cells[0][1]))
    at = next(at for at, key in found.columns.items() if key == unclear[1])
    hint = next(
        (found.headings[at].text for at in found.columns if found.headings[at].words in day_first_headings()), None
    )
    place = found.place(unclear[0].number, at)
    try:
        decided = settled((text for _, _, text in cells), options.dates, place, hint)
    except BomError as error:
        understood.ask(question("dates", error.problems[0], get_args(Order), count=len(cells)))
        return
    for row, key, text in cells:
        row.cells[key] = to_day(text, decided.order, strict=options.dates is not None) or text
