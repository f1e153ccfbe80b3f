"""The credit rules as tables: every combination of facts judged once by the rule itself, looked up for whole arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.walk import Credit, PartFacts, judge
from tkdn.bom.compiled import Flags, Floats
from tkdn.method.goods import PERCENT, GoodsRules

Codes = NDArray[np.int16]
Answers = NDArray[np.int8]
ANSWERS = (None, False, True)
"""Three answers to a question, in the order of their codes: not stated, no, yes."""
NOT_ALL, PERHAPS_ALL, ALL = range(3)
"""Whether all raw material of a part is domestic: no; if what is unknown is; yes."""
MATERIAL = 3


def code_of(answer: bool | None) -> int:
    return ANSWERS.index(answer)


def codes(
    origin: Answers, natural: Answers, licence: Answers, statement: Answers, certificate: Answers, kinds: int
) -> Codes:
    """One number for the facts of each part; `certificate` is 0 for none, else one more than its row of the ladder."""
    answers = len(ANSWERS)
    mixed = ((origin.astype(np.int16) * 2 + natural) * answers + licence) * answers + statement
    return mixed * kinds + certificate


@dataclass(frozen=True, eq=False)
class Tables:
    """Credits by code x 3 + how domestic the raw material is; and the ladder that bands a value.

    `thresholds`: values in percent from which a value, once rounded to two decimals, stands in the next band; `earned` has the
    credit of each band.
    """

    kinds: int
    credits: list[int]
    low: Floats
    high: Floats
    domestic: Flags
    home_low: Flags
    home_high: Flags
    thresholds: Floats
    earned: Floats

    def code(self, facts: PartFacts) -> int:
        """The code of the facts of one part."""
        certificate = facts.certificate_credit
        row = 0 if certificate is None else self.credits.index(certificate) + 1
        answers = len(ANSWERS)
        mixed = (code_of(facts.origin) * 2 + facts.natural_resource) * answers + code_of(facts.licence)
        return (mixed * answers + code_of(facts.statement)) * self.kinds + row


@lru_cache(maxsize=16)
def tables(rules: GoodsRules) -> Tables:
    """The tables of a regulation's rules."""
    firsts, earned = rules.bands
    kinds = len(earned) + 1
    rows: list[Credit] = []
    for origin, natural, licence, statement, certificate in product(
        ANSWERS, (False, True), ANSWERS, ANSWERS, (None, *earned)
    ):
        facts = PartFacts(origin, certificate, natural, licence, statement)
        rows += [judge(rules, facts, 1, home, unknown, None) for home, unknown in ((0, 0), (0, 1), (1, 0))]
    columns = {name: [getattr(row, name) for row in rows] for name in Credit._fields}
    return Tables(
        kinds,
        earned,
        np.array(columns["low"], float),
        np.array(columns["high"], float),
        np.array(columns["domestic"]),
        np.array(columns["home_low"]),
        np.array(columns["home_high"]),
        (np.array(firsts[1:]) - 1 / 2) / PERCENT,
        np.array(earned, float),
    )
