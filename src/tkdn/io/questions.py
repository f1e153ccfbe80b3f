"""Questions about a list: what its file leaves open, with the evidence, and how each is answered."""

from __future__ import annotations

import json
import shlex
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from tkdn.errors import BomError, Place, Problem
from tkdn.i18n import Lang, number, say


class Way(NamedTuple):
    """The two ways to answer a question: an option of a command, and a line of an answers file.

    Attributes:
        option: With {value}, or {pair} for "about=value" as a shell takes it ({reverse}: "value=about"), to be filled in.
        line: With {about} and {value} as TOML writes them.
        example: Stands for the value if none is known.
    """

    option: str
    line: str
    example: str = ""


WAYS: Mapping[str, Way] = {
    "product": Way("--product {value}", 'product = "{value}"', "PART"),
    "sheet": Way("--sheet {value}", 'sheet = "{value}"', "NAME"),
    "list": Way("--list {value}", 'list = "{value}"', "1"),
    "column": Way("--column {reverse}", '[columns] "{value}" = "{about}"', "HEADING"),
    "quantity": Way("--empty quantity={value}", '[empty] quantity = "{value}"', "1"),
    "identity": Way("--identity {value}", 'identity = "{value}"', "name"),
    "basis": Way("--basis {value}", 'basis = "{value}"'),
    "dates": Way("--dates {value}", 'dates = "{value}"'),
    "price-basis": Way("--price-basis {value}", 'price_basis = "{value}"'),
    "price-unit": Way("--price-unit {value}", 'price_unit = "{value}"', "kg"),
    "currency": Way("--currency {value}", 'currency = "{value}"', "CODE"),
    "currency-sign": Way("--currency {pair}", '[currencies] "{about}" = "{value}"', "USD"),
    "decimals": Way("--decimal {pair}", '[decimals] "{about}" = "{value}"'),
    "switched": Way("--except {pair}", '[rows] except = ["{about}={value}"]'),
    "hidden": Way("--hidden-rows {value}", '[rows] hidden = "{value}"'),
    "struck": Way("--struck-rows {value}", '[rows] struck = "{value}"'),
    "unit": Way("--unit {pair}", '[units] "{about}" = "{value}"', "UNIT"),
    "country": Way("--country {pair}", '[countries] "{about}" = "{value}"', "CODE"),
    "extra": Way("--except {pair}", '[rows] except = ["{about}={value}"]'),
}
"""How each question is answered, by its code; `[table]` before a line names the table that it stands under."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of an answer; its words come from the texts (`effect.<code>`)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message_in(self, lang: Lang = "en") -> str:
        """Return it in words."""
        values = {key: number(each, lang) if isinstance(each, Decimal) else each for key, each in self.values.items()}
        return say(f"effect.{self.code}", lang, **values)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question.

    Attributes:
        value: The answer.
        option: The same as an option of a command.
        line: The same as a line of an answers file.
        effect: Its effect on the bill, if that is known.
    """

    value: str
    option: str
    line: str
    effect: Effect | None = None

    def to_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """Return everything as plain data."""
        effect = None if self.effect is None else self.effect.message_in(lang)
        return {"value": self.value, "option": self.option, "line": self.line, "effect": effect}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a list leaves open.

    Attributes:
        code: What is asked for, such as "price-basis"; a key of `WAYS`.
        about: The heading, word or sign that it is about, "" for the whole list.
        problem: The same as a problem, for callers that do not answer.
        count: The number of rows with this cause; `places` the first of them.
        choices: The answers that are known.
        example: An answer to show if none is known.
        suggestion: The value of the answer that the evidence speaks for; None if there is none.
        evidence: Cells that the question rests on.
        after: The codes of the questions whose suggestions this one is worked out under.
    """

    code: str
    about: str
    problem: Problem
    count: int = 1
    places: tuple[Place, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question in English."""
        return self.message_in()

    def message_in(self, lang: Lang = "en") -> str:
        """Return the question in words."""
        return self.problem.message_in(lang)

    def answer(self, value: str) -> dict[str, Any]:
        """Return an answer as `Reading.answered` takes it.

        >>> question("unit", Problem("unit-unknown"), about="bal").answer("pcs")
        {'units': {'bal': 'pcs'}}
        """
        return tomllib.loads(choice(self.code, self.about, value).line.replace("] ", "]\n", 1))

    @property
    def answers(self) -> tuple[Choice, ...]:
        """The known answers, or an example of one."""
        return self.choices or (choice(self.code, self.about, WAYS[self.code].example),)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "code": self.code,
            "about": self.about,
            "text": self.text,
            "problem": self.problem.code,
            "place": str(self.problem.place),
            "evidence": list(self.evidence),
            "count": self.count,
            "places": [str(each) for each in self.places],
            "choices": [each.to_dict() for each in self.choices],
            "suggestion": self.suggestion,
            "after": list(self.after),
            "answer": self.answers[0].option if not self.choices else None,
        }


def toml_text(value: object) -> str:
    r"""Return a text, a truth or a list as TOML writes it, which for these is as JSON does, but for one sign.

    >>> toml_text(["a", 'b"c', "\x7f"])
    '["a", "b\\"c", "\\u007f"]'
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def choice(code: str, about: str, value: str, effect: Effect | None = None) -> Choice:
    """Return an answer to a question, with its option and its line.

    >>> choice("price-basis", "", "line").option
    '--price-basis line'
    >>> choice("unit", "bal", "pcs").line
    '[units] "bal" = "pcs"'
    """
    way = WAYS[code]
    shell = {
        "value": shlex.quote(value),
        "pair": shlex.quote(f"{about}={value}"),
        "reverse": shlex.quote(f"{value}={about}"),
    }
    toml = {"about": toml_text(about)[1:-1], "value": toml_text(value)[1:-1]}
    return Choice(value, way.option.format(**shell), way.line.format(**toml), effect)


def question(
    code: str,
    problem: Problem,
    values: Iterable[str] = (),
    *,
    about: str = "",
    effects: Mapping[str, Effect] | None = None,
    count: int = 1,
    places: Sequence[Place] = (),
    suggestion: str | None = None,
    evidence: Sequence[str] = (),
) -> Question:
    """Return a question with a choice for each value; what its problem says names the options too."""
    choices = tuple(choice(code, about, value, (effects or {}).get(value)) for value in values)
    return Question(
        code, about, problem, count, tuple(places), choices, suggestion=suggestion, evidence=tuple(evidence)
    )


class OpenQuestions(BomError):
    """Raised where a list cannot be read before questions are answered: each is one of its problems."""

    def __init__(self, problems: Iterable[Problem], questions: Iterable[Question] = (), report: Any = None) -> None:
        """Hold the questions, all problems, theirs included, and what was understood so far."""
        self.questions, self.report = tuple(questions), report
        known = tuple(problems)
        super().__init__((*(each.problem for each in self.questions if each.problem not in known), *known))

    def to_dict(self) -> dict[str, object]:
        """Return the questions, the report and the problems as plain data, for machines."""
        report = None if self.report is None else self.report.to_dict()
        return {**super().to_dict(), "questions": [each.to_dict() for each in self.questions], "report": report}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle both."""
        return type(self), (self.problems, self.questions, self.report)
