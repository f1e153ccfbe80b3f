"""The base of the four results: the document, the day, the law, notes next to the figures, and the first steps."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.assessment.steps import Explanation, LegalValue, Step
from tkdn.display.viewed import Viewed
from tkdn.documents.laws import legal
from tkdn.documents.model import Document
from tkdn.i18n import Lang, known, number, say
from tkdn.law.identity import law_identity
from tkdn.law.regulation import Regulation
from tkdn.short_repr import cut

D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know next to the figures: its code, and the values its words need."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message_in(self, lang: Lang) -> str:
        """Return the note in words of the language."""
        return self._said(f"note.{self.code}", lang)

    def remedy_in(self, lang: Lang) -> str:
        """Return what can be done about it in words of the language, or an empty text."""
        key = f"note-remedy.{self.code}"
        return self._said(key, lang) if known(key) else ""

    def _said(self, key: str, lang: Lang) -> str:
        shown = {
            name: number(value, lang) if isinstance(value, Decimal) else value for name, value in self.values.items()
        }
        return say(key, lang, **shown)

    @property
    def message(self) -> str:
        """The note in English."""
        return self.message_in("en")

    def to_dict(self) -> dict[str, str]:
        """Return code, message and remedy in English."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy_in("en")}


@dataclass(frozen=True, repr=False)
class Result(Viewed, ABC, Generic[D]):
    """A document's result: `document`, the day `on` which it is counted, the `law` it is counted by, and `notes`."""

    document: D
    on: date
    law: Regulation
    notes: tuple[Note, ...]

    def __repr__(self) -> str:
        """Return the kind of result, its title, day and regulation."""
        return f"<{type(self).__name__} of {cut(self.title)!r} on {self.on} under {self.regulation}>"

    @property
    def regulation(self) -> str:
        """Id of the regulation that it is counted by."""
        return self.law.id

    @property
    def title(self) -> str:
        """The document's name, else its format."""
        return self.document.name or self.document.format_name()

    @property
    def provenance(self) -> dict[str, Any]:
        """Identity of the result: library, law and its content, SHA-256 of the document, day."""
        document = hashlib.sha256(json.dumps(self.document.to_dict()).encode()).hexdigest()
        return {**law_identity(self.law, self.on), "input_sha256": document}

    def head(self) -> dict[str, Any]:
        """Return the first keys of every result as plain data: name, day, regulation."""
        return {"name": self.document.name, "on": self.on.isoformat(), "regulation": self.law.id}

    def tail(self) -> dict[str, Any]:
        """Return the last keys of every result as plain data: notes and provenance."""
        return {"notes": [note.to_dict() for note in self.notes], "provenance": self.provenance}

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""

    def explain(self) -> Explanation:
        """Return every step, with its inputs, rule, article, the legal values used and how well each is known."""
        steps = (self._first_step(), *self._steps())
        return Explanation(self.title, None, self.law.name, self.on.isoformat(), steps)

    def _first_step(self) -> Step:
        law = self.law
        force = (law.in_force_article, law.in_force_confidence, law.in_force_note)
        inputs = {
            "regulation": f"{law.name} ({law.id})",
            "in_force": f"{law.in_force_from} - {law.in_force_to or ''}".strip(),
            "on": self.on.isoformat(),
        }
        return Step("regulation", inputs, (LegalValue("in_force", str(law.in_force_from), "date", *force),), law.title)

    @abstractmethod
    def _steps(self) -> Iterator[Step]:
        """Return the steps after the first."""

    def _law(self, *keys: str) -> tuple[LegalValue, ...]:
        return tuple(legal(self.law, key, self.law.value(key, self.on)) for key in dict.fromkeys(keys))


def dated(document: Document) -> tuple[Note, ...]:
    """Return the note that a document without a date is counted today."""
    return () if document.date else (Note("date-today", {"date": document.day.isoformat()}),)


def shown(value: Fraction | None) -> str | None:
    """Return a percentage or an amount as output: two decimals, rounded half up."""
    return text(two_places(value))


__all__ = ["Note", "Result", "dated", "ratio", "shown", "two_places"]
