"""An explanation: steps with what went in, the rule and its article, the legal values used and how well each is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NamedTuple

from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.bom.country import ABROAD
from tkdn.display.markdown import escaped
from tkdn.display.viewed import Viewed
from tkdn.exact import EXACT
from tkdn.i18n import Lang, clean, decimal, known, legal_word, number, of_law, say
from tkdn.outputs import headed
from tkdn.short_repr import brief


@dataclass(frozen=True, slots=True)
class Word:
    """A text of ours by its key, as distinct from text that comes from a bill; `part` where it names one."""

    key: str
    part: str = ""

    def said(self, lang: Lang = "en") -> str:
        """Return the text in a language."""
        return say(self.key, lang, part=self.part)


def origin_word(made_in: str | None) -> str | Word | None:
    """Return an origin as a step holds it: the code of a country, or the words that none is stated."""
    return Word(f"origin.{ABROAD}") if made_in == ABROAD else made_in


Plain = str | Word | int | bool | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class LegalValue:
    """A value of law as used in a step."""

    key: str
    value: str
    unit: str
    article: str
    confidence: str
    note: str = ""

    __repr__ = brief

    def shown(self, lang: Lang = "en") -> str:
        """Return the value as people write it, with its unit."""
        try:
            figure = number(EXACT.create_decimal(self.value), lang)
        except InvalidOperation:
            return legal_word(self.value, lang)
        return say(f"unit.{self.unit}", lang, value=figure) if known(f"unit.{self.unit}") else figure

    def to_dict(self) -> dict[str, str]:
        """Return the value as plain data, all as text."""
        return {name: getattr(self, name) for name in ("key", "value", "unit", "article", "confidence", "note")}


class Said(NamedTuple):
    """A step in words.

    Inputs by their label, rows as cells below `heads` (and how many `more` there are), a line for each legal value.
    """

    title: str
    result: str
    inputs: list[tuple[str, str]]
    heads: list[str]
    rows: list[list[str]]
    law: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `code` names it, `inputs` went in, `law` was applied, `result` came out; `rows` where it is a table."""

    code: str
    inputs: Mapping[str, Plain] = field(default_factory=dict)
    law: tuple[LegalValue, ...] = ()
    result: Plain = None
    rows: tuple[Mapping[str, Plain], ...] = ()

    __repr__ = brief

    def title_in(self, lang: Lang) -> str:
        """Return what the step computes, in a language."""
        return say(f"step.{self.code}", lang)

    def said(self, lang: Lang, most_rows: int | None = None) -> Said:
        """Return the step in English or Indonesian, with as many rows as are asked for."""
        rows = self.rows[:most_rows]
        return Said(
            self.title_in(lang),
            shown(self.result, lang),
            [(label(key, lang), shown(value, lang)) for key, value in self.inputs.items()],
            [label(key, lang) for key in self.rows[0]] if self.rows else [],
            [[shown(value, lang, mark=False) for value in row.values()] for row in rows],
            [law_line(value, lang) for value in self.law],
            len(self.rows) - len(rows),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain data, with its title in English."""
        return {
            "step": self.code,
            "title": self.title_in("en"),
            "inputs": {key: _plain(value) for key, value in self.inputs.items()},
            "rows": [{key: _plain(value) for key, value in row.items()} for row in self.rows],
            "law": [value.to_dict() for value in self.law],
            "result": _plain(self.result),
        }


@dataclass(frozen=True, slots=True)
class Explanation(Viewed):
    """The steps behind a part's figures; as text (`str`), Markdown, or data."""

    part: str
    name: str | None
    regulation: str
    on: str
    steps: tuple[Step, ...]

    def title_in(self, lang: Lang) -> str:
        """Return what is explained, by which law, on which date."""
        part = self.part + (f" ({self.name})" if self.name else "")
        return clean(say("explain.title", lang, part=part, law=self.regulation, on=self.on))

    def to_text(self, lang: Lang = "en") -> str:
        """Return the steps as plain text, in English or Indonesian."""
        lines = [self.title_in(lang), ""]
        for count, step in enumerate(self.steps, 1):
            said = step.said(lang)
            lines.append(f"{count}. {said.title}: {said.result}")
            lines += [f"   {label}: {value}" for label, value in said.inputs]
            lines += [
                "   - " + "; ".join(f"{head} {cell}" for head, cell in zip(said.heads, row, strict=True))
                for row in said.rows
            ]
            lines += [f"   {say('explain.law', lang)}: {line}" for line in said.law]
        return "\n".join(lines) + "\n"

    def to_markdown(self, lang: Lang = "en") -> str:
        """Return the steps as Markdown, tables where a step has rows."""
        out = [f"# {escaped(self.title_in(lang))}", ""]
        for count, step in enumerate(self.steps, 1):
            said = step.said(lang)
            out += [f"## {count}. {said.title}", "", f"**{escaped(said.result)}**", ""]
            out += [f"- {label}: {escaped(value)}" for label, value in said.inputs]
            if said.rows:
                out += ["", "| " + " | ".join(said.heads) + " |", "|" + " --- |" * len(said.heads)]
                out += ["| " + " | ".join(map(escaped, row)) + " |" for row in said.rows]
                out.append("")
            out += [f"- {say('explain.law', lang)}: {escaped(line)}" for line in said.law]
            out.append("")
        return "\n".join(out)

    def to_dict(self) -> dict[str, Any]:
        """Return the steps as plain data; exact figures as "n/d", none rounded."""
        return headed(
            "tkdn-explanation",
            {
                "part": self.part,
                "name": self.name,
                "regulation": self.regulation,
                "on": self.on,
                "steps": [step.to_dict() for step in self.steps],
            },
        )

    def __str__(self) -> str:
        """Return the steps as plain text, in English."""
        return self.to_text()

    def __repr__(self) -> str:
        """Return the part, and how many steps there are."""
        return f"<Explanation of {self.part!r}: {len(self.steps)} steps>"

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def label(key: str, lang: Lang) -> str:
    """Return the words for what went into a step, by its key."""
    return say(f"input.{key}", lang)


def law_line(value: LegalValue, lang: Lang) -> str:
    """Return a legal value with its article and how well it is known."""
    parts = f"{of_law(value.article, lang)}: {value.shown(lang)} [{say(f'confidence.{value.confidence}', lang)}]"
    return parts + (f" {of_law(value.note, lang)}" if value.note else "")


def _plain(value: Plain) -> str | int | bool | None:
    if isinstance(value, Fraction):
        return ratio(value)
    if isinstance(value, Word):
        return value.said()
    return text(value) if isinstance(value, Decimal) else value


def shown(value: Plain, lang: Lang, *, mark: bool = True) -> str:
    """Return a figure or text of a step as people write it.

    Args:
        value: the figure or text.
        lang: the language.
        mark: True to say where a figure is rounded.
    """
    if value is None:
        return say("explain.unknown", lang)
    if isinstance(value, bool):
        return say("explain.yes" if value else "explain.no", lang)
    if isinstance(value, Fraction):
        exact = decimal(value)
        if exact is not None:
            return number(exact, lang)
        rounded = number(two_places(value), lang)
        return say("explain.rounded", lang, value=rounded) if mark else rounded
    if isinstance(value, Word):
        return value.said(lang)
    return number(value, lang) if isinstance(value, Decimal | int) else clean(value)
