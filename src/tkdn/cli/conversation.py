"""The conversation about a list: its questions printed with their answers, or asked one by one on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tkdn.errors import TkdnError
from tkdn.i18n import Lang, clean, say

if TYPE_CHECKING:
    from tkdn.io.questions import Question
    from tkdn.io.reading import Reading


def _say(text: str, *, end: str = "\n") -> None:
    sys.stderr.write(clean(text) + end)
    sys.stderr.flush()


def is_person_there() -> bool:
    """Return True if a person can be asked: both the input and the errors are a terminal's."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def tell_notes(reading: Reading, lang: Lang) -> None:
    """Print a line on standard error for each thing that was not plain in a list."""
    for note in reading.report.notes if reading.report else ():
        _say(f"! {note.place}: {note.message_in(lang)}")


def tell_questions(questions: Sequence[Question], lang: Lang) -> None:
    """Print all questions on standard error, each with its answers as options and as lines of an answers file."""
    for each in questions:
        place = str(each.problem.place)
        head = ": ".join(filter(None, (place, each.message_in(lang))))
        _say(f"[{each.problem.code}] {head}")
        for at, answer in enumerate(each.answers):
            effect = answer.effect.message_in(lang) if answer.effect else ""
            if each.suggestion is not None and answer.value == each.suggestion:
                effect = ", ".join(filter(None, (effect, say("question.suggested", lang))))
            line = say("question.answer", lang, option=answer.option, line=answer.line)
            lead = say("question.say" if at == 0 else "question.or", lang)
            _say(f"  {lead} {line}" + (f"   {effect}" if effect else ""))


def converse(reading: Reading, lang: Lang) -> Reading:
    """Ask a person each question of a list until none is open; Enter takes a suggestion.

    The reading is returned as it is at the end of input, or at Ctrl-C: then nothing is written.
    """
    try:
        while reading.questions:
            each = reading.questions[0]
            tell_questions([each], lang)
            shown = f" [{each.suggestion}]" if each.suggestion is not None else ""
            _say(say("question.ask", lang) + shown + " ", end="")
            said = input().strip() or each.suggestion
            if said:
                try:
                    reading = reading.answered(each.answer(said))
                except TkdnError as error:  # the answer is none; it is asked again
                    _say(str(error.problems[0].message))
    except (EOFError, KeyboardInterrupt):
        _say("")
    return reading


def save_answers(reading: Reading, path: Path) -> None:
    """Write the answers given, and open questions as lines that are commented out."""
    path.write_text(reading.answers, encoding="utf-8")
