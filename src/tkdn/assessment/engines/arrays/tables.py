"""The credit rules as tables: every combination of facts judged once by the rule itself, looked up for whole arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.credit import Credit, CreditFacts, credit_of
from tkdn.bom.compiled import Flags, Floats
from tkdn.method.goods import PERCENT, GoodsRules

Codes = NDArray[np.int16]
Answers = NDArray[np.int8]
Material = NDArray[np.int8]
ANSWERS = (None, False, True)
"""Three answers to a question, in the order of their codes: not stated, no, yes."""
NOT_ALL, PERHAPS_ALL, ALL = range(3)
"""Whether all raw material of a part is domestic: no; if what is unknown is; yes."""
MATERIAL = 3
SURELY = 2.0**26
"""Lack of a line that is certainly not domestic: more than all lines of a part lack that only may not be."""


def code_of(answer: bool | None) -> int:
    """Return the code of an answer: its place in `ANSWERS`."""
    return ANSWERS.index(answer)


@dataclass(frozen=True, eq=False)
class FactCodes:
    """The facts that a credit follows from, each as a column of small numbers (see `credit.CreditFacts`).

    Answers are places in `ANSWERS`; `certificate` and `open` are 0 for none, else one more than the row of the ladder.
    """

    origin: Answers
    natural: Answers
    licence: Answers
    statement: Answers
    produced: Answers
    certificate: Answers
    open: Answers

    def mixed(self, kinds: int) -> Codes:
        """Return one number for the facts of each part, of a ladder with `kinds` - 1 rows."""
        answers = len(ANSWERS)
        code = (self.origin.astype(np.int16) * 2 + self.natural) * answers + self.licence
        code = (code * answers + self.statement) * answers + self.produced
        return (code * kinds + self.certificate) * kinds + self.open


@dataclass(frozen=True, eq=False)
class Tables:
    """Credits by code x 3 + how domestic the raw material is; and the ladder that bands a value.

    `thresholds`: values in percent from which a value, once rounded to two decimals, is in the next band; `earned` has the
    credit of each band.
    """

    kinds: int
    credits: list[int]
    today: Floats
    best_case: Floats
    known: Flags
    domestic: Flags
    certainly_domestic: Flags
    possibly_domestic: Flags
    thresholds: Floats
    earned: Floats

    @cached_property
    def lack(self) -> Floats:
        """The amount that a line lacks to "all domestic", to be added up.

        1, or `SURELY` where the line is certainly not domestic; 0 where it is.
        """
        return np.where(self.possibly_domestic, np.where(self.certainly_domestic, 0.0, 1.0), SURELY)

    @staticmethod
    def material(lack: Floats) -> Material:
        """Return how domestic the raw material is, by what its lines lack together."""
        return np.where(lack == 0, np.int8(ALL), np.where(lack < SURELY, np.int8(PERHAPS_ALL), np.int8(NOT_ALL)))

    @cached_property
    def _edges(self) -> tuple[Floats, Floats]:
        """Every threshold twice, and which way the tolerance moves it; 0 before them, from which on a value is one."""
        start = np.zeros(2)
        edges = np.repeat(self.thresholds, 2)
        return np.concatenate((start, edges)), np.concatenate((start, np.tile([-1.0, 1.0], len(self.thresholds))))

    def between(self, own: Floats, tolerance: float) -> NDArray[np.uint8]:
        """Return where own values lie between the thresholds.

        An odd number is within the tolerance of a threshold; 0 is for what is no value.
        """
        edges, way = self._edges
        passed: NDArray[np.uint8] = np.less_equal.outer(edges + way * tolerance, own).sum(0, np.uint8)
        return passed

    @cached_property
    def earned_between(self) -> Floats:
        """The credit for each number of `between`; within a tolerance that of the band below."""
        return np.concatenate((np.zeros(2), np.repeat(self.earned, 2)))

    def code(self, facts: CreditFacts) -> int:
        """Return the code of the facts of one part."""
        row = {None: 0} | {credit: at + 1 for at, credit in enumerate(self.credits)}
        columns = (
            *(int(each) for each in (code_of(facts.origin), facts.natural_resource, code_of(facts.licence))),
            *(code_of(each) for each in (facts.statement, facts.produced)),
            *(row[each] for each in (facts.certificate_credit, facts.open_credit)),
        )
        one = FactCodes(*(np.array([each], np.int8) for each in columns))
        return int(one.mixed(self.kinds)[0])


@lru_cache(maxsize=16)
def tables(rules: GoodsRules) -> Tables:
    """Return the tables of a regulation's rules."""
    firsts, earned = rules.bands
    kinds = len(earned) + 1
    rows: list[Credit] = []
    certificates = (None, *earned)
    for origin, natural, licence, statement, produced, certificate, open_credit in product(
        ANSWERS, (False, True), ANSWERS, ANSWERS, ANSWERS, certificates, certificates
    ):
        facts = CreditFacts(origin, certificate, natural, licence, statement, produced, open_credit)
        none = credit_of(rules, facts, 1, 0, 0, None)
        if statement is None and origin is not False:
            rows += [none, *(credit_of(rules, facts, 1, home, unknown, None) for home, unknown in ((0, 1), (1, 0)))]
        else:  # raw material is not looked at
            rows += [none] * MATERIAL
    columns = {name: [getattr(row, name) for row in rows] for name in Credit._fields}
    return Tables(
        kinds,
        earned,
        np.array(columns["today"], float),
        np.array(columns["best_case"], float),
        np.array(columns["known"]),
        np.array(columns["domestic"]),
        np.array(columns["certainly_domestic"]),
        np.array(columns["possibly_domestic"]),
        (np.array(firsts[1:]) - 1 / 2) / PERCENT,
        np.array(earned, float),
    )
