"""The synthetic columns as a compiled bill with its facts, without a record a part."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from synthetic_arrays import Columns

import tkdn
from tkdn.assessment.engines.arrays.facts import FactArrays
from tkdn.assessment.engines.arrays.figures import FigureArrays, figures, sums
from tkdn.assessment.engines.arrays.tables import FactCodes, tables
from tkdn.assessment.engines.arrays.walk import walk
from tkdn.bom.compiled import structure
from tkdn.bom.costing import CompiledBill
from tkdn.method.goods import GoodsRules

DAY = date(2026, 6, 1)
RULES = GoodsRules(tkdn.regulation("permenperin-35-2025"), DAY)
YES = 2


def compiled(bill: Columns) -> tuple[CompiledBill, FactArrays]:
    """Structure, prices and facts by place."""
    shape = structure(bill.parts, bill.parent, bill.child, bill.quantity)
    numbers, size = shape.indexes, bill.parts
    nothing, produced = np.zeros(size, np.int8), np.full(size, YES, np.int8)
    stated = FactCodes(bill.origin, nothing, nothing, nothing, produced, bill.certificate, nothing)
    code = stated.mixed(tables(RULES).kinds)
    facts = FactArrays(
        code, bill.origin, np.ones(size, bool), np.full(size, YES, np.int8), np.full(size, 100.0), np.full(size, 100.0),
        np.zeros(size),
    )  # fmt: skip
    main = np.ones(size, bool)
    return (
        CompiledBill(shape, bill.price[numbers], np.zeros(size), main, shape.place[[0]], DAY, shape.line),
        facts.at(numbers),
    )


def walked(bill: CompiledBill, facts: FactArrays) -> FigureArrays:
    """The walk with all rules in three columns, and the product's figures; parts near an edge are marked (and there are none
    here, which the test of the benchmark looks at)."""
    found: Any = walk(bill, facts, RULES)
    assert not found.near.any()
    return figures(sums(found), facts.at(bill.products), RULES, bill.structure.slack)
