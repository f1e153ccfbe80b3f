"""Facts that the law asks of each part, as arrays by place of the compiled bill."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from tkdn.assessment.engines.arrays.tables import ANSWERS, Answers, Codes, FactCodes, Tables, tables
from tkdn.bom.compiled import Flags, Floats, Whole

if TYPE_CHECKING:
    from tkdn.assessment.facts import Facts

NOT_STATED, NO, YES = range(3)


@dataclass(frozen=True, eq=False)
class FactArrays:
    """Facts of parts, one column each.

    `code`: the facts that a credit follows from; `origin`, `activity`: answers; `labour`, `overhead`: percent, nan where a fact
    is missing; `brainware`: points; `licensed`: not known to be unlicensed.
    """

    code: Codes
    origin: Answers
    licensed: Flags
    activity: Answers
    labour: Floats
    overhead: Floats
    brainware: Floats

    def at(self, places: Whole) -> FactArrays:
        """Return the facts of the parts in some places."""
        return FactArrays(*(getattr(self, each.name)[places] for each in fields(self)))

    def with_rows(self, places: Whole, rows: FactArrays) -> FactArrays:
        """Return the same with other facts in some places."""
        columns = []
        for each in fields(self):
            column = getattr(self, each.name).copy()
            column[places] = getattr(rows, each.name)
            columns.append(column)
        return FactArrays(*columns)

    @property
    def certifiable(self) -> Flags:
        """True for each part that could have a certificate, as far as facts of the part itself go (design rule 5)."""
        made: Flags = (self.activity == YES) & (self.origin == YES) & self.licensed
        made &= ~(np.isnan(self.labour) | np.isnan(self.overhead))
        return made


_CODE = {answer: number for number, answer in enumerate(ANSWERS)}


def _answers(values: list[bool | None]) -> Answers:
    return np.array([_CODE[value] for value in values], np.int8)


def fact_arrays(facts: Facts, numbers: Whole, with_lines: Flags) -> FactArrays:
    """Return the facts of a bill's parts in these numbers; how a good is made is looked up only for those `with_lines`."""
    shape: Tables = tables(facts.rules)
    parts, taken = facts.bom.parts, numbers.tolist()
    row = {None: 0} | {credit: at + 1 for at, credit in enumerate(shape.credits)}
    origin = _answers([facts.origin[number] for number in taken])
    licence = _answers([facts.licence[number] for number in taken])
    certificate = np.array([row[facts.certificate_credit[number]] for number in taken], np.int8)
    open_credit = np.array([row[facts.open_credit.get(number)] for number in taken], np.int8)
    produced = _answers([facts.unproduced.get(number, True) for number in taken])
    natural = np.array([parts[number].natural_resource for number in taken], np.int8)
    statement = _answers([parts[number].all_domestic_material for number in taken])
    size = len(taken)
    activity = np.zeros(size, np.int8)
    labour, overhead, brainware = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size)
    for place, number in zip(np.flatnonzero(with_lines).tolist(), numbers[with_lines].tolist(), strict=True):
        made = facts.make(number)
        activity[place] = _CODE[made.activity and number not in facts.closed]
        if made.labour is not None:
            labour[place] = made.labour
        if made.overhead is not None:
            overhead[place] = made.overhead
        if made.brainware:
            brainware[place] = made.brainware
    code = FactCodes(origin, natural, licence, statement, produced, certificate, open_credit).mixed(shape.kinds)
    return FactArrays(code, origin, licence != NO, activity, labour, overhead, brainware)
