"""Words of units and countries that nobody knows: each is asked once, by the word, and stops no other line."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from tkdn.bom.country import nearest_country
from tkdn.errors import Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding, rows_named
from tkdn.io.part_lists.rows import Lines
from tkdn.io.questions import Question, question

_LIKE = 0.8
"""From this likeness on another word may have been meant; below, naming one misleads."""
_SHOWN = 40
"""Characters of a word that a question shows."""


def ask_for_words(lines: Lines, understood: Understanding) -> None:
    """Ask what each unknown word means that stands in a line which counts."""
    kept = {row.number for row in lines.rows}
    for (key, word), rows in lines.unknown.items():
        here = [number for number in rows if number in kept]
        if here:
            understood.ask(_which_word(lines, key, word, here))


def _which_word(lines: Lines, key: str, word: str, rows: Sequence[int]) -> Question:
    """Return the question what a word means; a near word is named, and suggested to nobody."""
    at = next(at for at, other in lines.found.columns.items() if other == key)
    code = "unit" if key == "unit" else "country"
    near = nearest_country(word[:100]) if code == "country" else ""
    near = near if SequenceMatcher(None, near.casefold(), word.casefold()).ratio() >= _LIKE else ""
    values = {"word": word[:_SHOWN], "count": len(rows), "rows": rows_named(list(rows)), "nearest": near}
    places = [lines.found.place(number, at) for number in rows[:MAX_ROWS_NAMED]]
    problem = Problem(f"{code}-unknown", values, places[0], case="word")
    return question(code, problem, about=word, count=len(rows), places=places)
