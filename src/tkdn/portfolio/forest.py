"""Many bills as one forest of arrays: their columns checked, compiled and walked together.

What is out of the ordinary in a bill (a wrong value, alternatives, a value near a legal edge ...) leaves its vehicle to the
reader of single bills, which says what is wrong, or computes it exactly. So nothing here has to explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np
import pyarrow
import pyarrow.compute as pc
from numpy.typing import NDArray

from tkdn.assessment.engines.arrays.facts import NO, NOT_STATED, YES, FactArrays
from tkdn.assessment.engines.arrays.figures import FigureArrays, figures, sums
from tkdn.assessment.engines.arrays.tables import FactCodes, tables
from tkdn.assessment.engines.arrays.walk import walk
from tkdn.assessment.facts import TAKEN_ACTIVITY
from tkdn.bom.compiled import Flags, Floats, Whole, structure
from tkdn.bom.costing import CompiledBill
from tkdn.bom.country import made_here
from tkdn.bom.model import Part, Production, Supplier
from tkdn.bom.money import RatesOn
from tkdn.bom.opened import open_lines
from tkdn.bom.quantity import UnitError, factor
from tkdn.method.goods import GoodsRules
from tkdn.portfolio.certificates import certificate_credits
from tkdn.portfolio.values import PLAIN_ID, Rows, day_number, found_in, keys_of, valid

FACTORIES = (None, *get_args(get_args(Production.model_fields["factory"].annotation)[0]))
ACTIVITIES = (None, *get_args(get_args(Production.model_fields["activity"].annotation)[0]))
ANSWER = (None, False, True)
CREWS = ((None, None), (0, 1), (1, 0))
"""Direct workers, Indonesian and foreign, as examples of what the law tells apart: unknown, too few Indonesians, enough."""
BEYOND = (
    "normal_capacity", "brainware", "rd_share_of_revenue", "rd_unit", "rd_programme", "rd_used_in_product", "wheels",
    "converted", "assembly_indonesian_share", "assembly_labour_achieved", "assembly_tools_achieved", "development",
    "battery_investment", "battery_investment_currency", "battery_investment_from", "production",
)  # fmt: skip
"""Columns of parts that only the reader of single bills takes."""


@dataclass(frozen=True, eq=False)
class DecidedVehicles:
    """The answer of a forest: the vehicles that it could decide (by index), their products' ids, and the figures."""

    vehicles: Whole
    products: list[str]
    figures: FigureArrays


class Forest:
    """The bills of some vehicles as one forest."""

    def __init__(
        self, tables: dict[str, pyarrow.Table], vehicles: pyarrow.Array, rates: RatesOn, rules: GoodsRules, on: date
    ) -> None:
        """Number the rows of every table by their vehicle.

        Args:
            tables: rows of each table by its name, sorted by vehicle.
            vehicles: the names of the vehicles, in order.
            rates: the exchange rates that all share.
            rules: the rules of the law on the day.
            on: the day.
        """
        self.count = len(vehicles)
        self.left: Flags = np.zeros(self.count, bool)
        self.rates, self.rules, self.on = rates, rules, on
        self.rows = {name: Rows(table, _numbered(table, vehicles), self.left) for name, table in tables.items()}
        self.parts, self.uses = self.rows["parts"], self.rows["uses"]

    def found(self) -> DecidedVehicles:
        """Check, compile and walk all of them."""
        self._parts()
        self._suppliers()
        self._certificates()
        self._uses()
        self._at_odds()
        self._products()
        return self._walked()

    def _parts(self) -> None:
        parts = self.parts
        ids = parts.text("id")
        plain = pc.match_substring_regex(ids, PLAIN_ID).fill_null(False).to_numpy(zero_copy_only=False)
        long = pc.greater(pc.utf8_length(ids), 100).fill_null(True).to_numpy(zero_copy_only=False)
        parts.leave(~plain | long)
        self.known_ids = pc.unique(ids)
        self.keys = keys_of(parts.vehicle, ids, self.known_ids)
        ordered = np.sort(self.keys)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(twice):
            parts.leave(np.isin(self.keys, twice))
        parts.leave_filled(*BEYOND)
        for field in ("hs_code", "kbli"):
            parts.valid(field, Part, field)
        self.unit_names = [*dict.fromkeys(["pcs", *(parts.text("unit").unique().to_pylist())])]
        units = {name: at for at, name in enumerate(self.unit_names)}
        self.unit = parts.codes("unit", lambda name: units[name] if _is_unit(name) else None, 0)
        self.price, self.has_price = self._money("price")
        per = parts.numbers("price_per")
        self.price = np.where(np.isnan(per), self.price, self.price / per)
        parts.leave(~np.isnan(per) & ~self.has_price)
        conversion, self.has_conversion = self._money("conversion_cost", zero=True)
        self.conversion = np.nan_to_num(conversion)
        parts.leave(self.has_price & self.has_conversion)
        self.made_in = parts.codes(
            "made_in",
            lambda name: (YES if made_here(name) else NO) if valid(Part, "made_in", name) else None,
            NOT_STATED,
        )
        self.statement = parts.truth("all_domestic_material", NOT_STATED)
        self.natural = parts.truth("natural_resource", NO) == YES
        self.main = parts.truth("main", YES) == YES
        self.phantom, self.in_house = (parts.truth(key, NO) == YES for key in ("phantom", "in_house"))

    def _money(self, key: str, *, zero: bool = False) -> tuple[Floats, Flags]:
        """Return the rupiah of a column of money, and True for each row that has any.

        A currency without a rate leaves its vehicle.
        """
        amount = self.parts.numbers(key, zero=zero)
        currencies: list[str] = []

        def code(name: str) -> int | None:
            if self.rates.rupiah(name) is None:
                return None
            currencies.append(name)
            return len(currencies)

        at = self.parts.codes(f"{key}_currency", code, 0)
        rupiah = np.array([1.0, *(float(self.rates.rupiah(name) or 0) for name in currencies)])
        here = ~np.isnan(amount)
        self.parts.leave((at > 0) & ~here)
        return amount * rupiah[at], here

    def _suppliers(self) -> None:
        parts, suppliers = self.parts, self.rows.get("suppliers")
        size = parts.size
        self.licence = np.zeros(size, np.int64)
        self.has_supplier: Flags = np.zeros(size, bool)
        ids = pyarrow.array([], pyarrow.string()) if suppliers is None else suppliers.text("id")
        known = pc.unique(ids)
        among = np.zeros(0, np.intp) if suppliers is None else keys_of(suppliers.vehicle, ids, known)
        licence = np.zeros(0, np.int64)
        if suppliers is not None:
            ordered = np.sort(among)
            twice = ordered[1:][ordered[1:] == ordered[:-1]]
            plain = pc.match_substring_regex(ids, PLAIN_ID).fill_null(False).to_numpy(zero_copy_only=False)
            suppliers.leave(np.isin(among, twice) | ~plain)
            licence = suppliers.truth("industrial_licence", NOT_STATED)
            for field in ("region", "scale", "domestic_share"):
                suppliers.valid(field, Supplier, field)
            suppliers.leave_filled("capital_currency", "sales_currency")
            for key in ("capital", "sales", "workers"):
                suppliers.numbers(key, zero=True)
        made_by = np.full(size, -1, np.intp)
        for key in ("supplier", "maker"):
            names = parts.text(key)
            filled = pc.is_valid(names).to_numpy(zero_copy_only=False)
            at = found_in(keys_of(parts.vehicle, names, known), among)
            parts.leave(filled & (at < 0))
            made_by = np.where(filled, at, made_by)
            if key == "supplier":
                self.has_supplier = filled
        self.made_by = made_by
        self.licence = np.where(made_by >= 0, licence[made_by] if len(licence) else 0, NOT_STATED)

    def _certificates(self) -> None:
        """Take the credit of each part's certificate that counts, and of one that may: rows of the ladder, 0 for none."""
        size, rows = self.parts.size, self.rows.get("certificates")
        self.certificate, self.open_credit = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.certified: Flags = np.zeros(size, bool)
        if rows is None or not rows.size:
            return
        part = found_in(keys_of(rows.vehicle, rows.text("part"), self.known_ids), self.keys)
        self.certificate, self.open_credit = certificate_credits(rows, part, size, self.rules, self.on)
        self.certified[part[part >= 0]] = True

    def _uses(self) -> None:
        uses = self.uses
        parent, child = (
            found_in(keys_of(uses.vehicle, uses.text(key), self.known_ids), self.keys) for key in ("parent", "part")
        )
        uses.leave((parent < 0) | (child < 0))
        quantity = uses.numbers("quantity")
        uses.leave(np.isnan(quantity))
        kept = uses.kept_of("scrap")
        uses.leave(~(kept > 0))
        uses.leave_filled("alternative_to")
        uses.leave(uses.truth("chosen", NO) == YES)
        with np.errstate(divide="ignore", invalid="ignore"):
            quantity = quantity / kept
        start, end = uses.days("valid_from"), uses.days("valid_to")
        uses.leave(end < start)
        on = day_number(self.on)
        self.in_effect = ~(start > on) & ~(end < on)
        self.parent, self.child = parent, child
        self.quantity = quantity * self._factors(child)
        alone = self.has_conversion & ~self.has_price & ~self.in_house  # no lines on any day: its making alone
        alone[parent[parent >= 0]] = False
        self.price = np.where(alone, self.conversion, self.price)

    def _factors(self, child: Whole) -> Floats:
        """Return the factor of each use's quantity to the unit of its part."""
        names = self.uses.text("unit").unique().to_pylist() if "unit" in self.uses else []
        known = {name: at + 1 for at, name in enumerate(names)}
        unit = self.uses.codes("unit", lambda name: known[name] if _is_unit(name) else None, 0)
        factors = np.ones(self.uses.size)
        pairs = unit * len(self.unit_names) + self.unit[child]
        for pair in np.unique(pairs[unit > 0]).tolist():
            use_unit, part_unit = names[pair // len(self.unit_names) - 1], self.unit_names[pair % len(self.unit_names)]
            rows = (pairs == pair) & (unit > 0)
            try:
                factors[rows] = float(factor(use_unit, part_unit))
            except UnitError:
                self.uses.leave(rows)
        return factors

    def _at_odds(self) -> None:
        """Leave vehicles with facts of one part that contradict each other."""
        parts = self.parts
        abroad = self.made_in == NO
        parts.leave(abroad & (self.certified | self.natural | (self.statement == YES)))
        opened = self.phantom | self.in_house
        parts.leave(opened & (self.has_price | self.certified | self.has_supplier))
        stated = (self.made_in != NOT_STATED) | (self.statement != NOT_STATED) | (self.made_by >= 0) | self.natural
        stated |= self.has_conversion | ~self.main | self.in_house
        for key in ("spec", "group", "hs_code", "kbli", "factory", "activity", "indonesian_workers", "foreign_workers"):
            stated |= pc.is_valid(parts.text(key)).to_numpy(zero_copy_only=False)
        for key in ("tariff_line_changed", "hs_heading_changed", "made_by_licence", "invested_in_indonesia"):
            stated |= parts.truth(key, NOT_STATED) != NOT_STATED
        parts.leave(self.phantom & stated)

    def _products(self) -> None:
        """Find the product of each vehicle: the one part that no other uses, or the one that the table of products names."""
        parts = self.parts
        used = np.zeros(parts.size, bool)
        used[self.child[self.child >= 0]] = True
        roots = np.flatnonzero(~used)
        count = np.bincount(parts.vehicle[roots], minlength=self.count)
        self.product = np.full(self.count, -1, np.intp)
        self.product[parts.vehicle[roots]] = roots
        named = self.rows.get("product")
        if named is not None:
            named.days("date")
            named.codes("currency", lambda name: 0 if name == self.rates.default_currency else None, 0)
            at = found_in(keys_of(named.vehicle, named.text("product"), self.known_ids), self.keys)
            filled = pc.is_valid(named.text("product")).to_numpy(zero_copy_only=False)
            named.leave(filled & (at < 0))
            self.product[named.vehicle[filled]] = at[filled]
            count[named.vehicle[filled]] = 1
            named.leave(np.bincount(named.vehicle, minlength=self.count)[named.vehicle] > 1)
        self.left |= (count != 1) | (self.product < 0)
        good = self.product[self.product >= 0]
        parts.leave(good[(self.phantom | self.in_house | ~self.main)[good]])
        for name in ("costs", "evidence"):
            rows = self.rows.get(name)
            if rows is not None:
                rows.leave(np.ones(rows.size, bool))

    def _walked(self) -> DecidedVehicles:
        """Open stages, walk all bills as arrays, and leave vehicles near a legal edge (see `tkdn.assessment.arrays.walk`)."""
        parts, all_facts = self.parts, self._facts()
        sound = ~self.left[self.uses.vehicle]
        parent, child, quantity = self.parent[sound], self.child[sound], self.quantity[sound]
        whole = structure(parts.size, parent, child, quantity)
        parts.leave((whole.place < 0) & ~self.left[parts.vehicle])  # in or above a loop
        kept = self.in_effect[sound] & ~self.left[parts.vehicle[parent]]
        opens = self.phantom | self.in_house
        opened = open_lines(
            parts.size, parent[kept], child[kept], quantity[kept], opens, self.conversion, parts.vehicle
        )
        parts.leave(opened.strange | opened.too_many)
        sound_lines = ~self.left[parts.vehicle[opened.parent]]
        shape = structure(
            parts.size,
            opened.parent[sound_lines],
            opened.child[sound_lines],
            opened.quantity[sound_lines],
            ~opens & ~self.left[parts.vehicle],
            opened.lost,
        )
        vehicles = np.flatnonzero(~self.left)
        numbers = shape.indexes
        bill = CompiledBill(
            shape,
            self.price[numbers],
            (self.conversion + opened.stage)[numbers],
            self.main[numbers],
            shape.place[self.product[vehicles]],
            self.on,
        )
        facts = all_facts.at(numbers)
        walked = walk(bill, facts, self.rules)
        found = figures(sums(walked), facts.at(bill.products), self.rules, shape.slack)
        near = np.zeros(self.count, bool)
        near[parts.vehicle[numbers[walked.near]]] = True
        decided = ~found.doubtful & ~near[vehicles]
        products = pc.take(parts.text("id"), pyarrow.array(self.product[vehicles[decided]])).to_pylist()
        figures_ = FigureArrays(
            found.score[decided], found.potential[decided], found.high[decided], found.coverage[decided],
            found.status[decided], found.doubtful[decided],
        )  # fmt: skip
        return DecidedVehicles(vehicles[decided], products, figures_)

    def _facts(self) -> FactArrays:
        """Return the facts of every part that the law asks for (Pasal 5(2)b, 6, 7, 9)."""
        parts, rules = self.parts, self.rules
        # A certificate, or a natural resource, implies that a part is made in Indonesia (Pasal 5(2)).
        implied = np.where((self.certificate > 0) | self.natural, YES, NOT_STATED)
        origin = np.where(self.made_in == NOT_STATED, implied, self.made_in)
        factory = parts.codes("factory", lambda name: FACTORIES.index(name) if name in FACTORIES else None, 0)
        labour = self._percents([[rules.labour_rule(each, *crew) for crew in CREWS] for each in FACTORIES])
        overhead = self._percents([[rules.overhead_rule(each, answer) for answer in ANSWER] for each in FACTORIES])
        made_by = parts.truth("made_by_licence", NOT_STATED)
        outsourced = np.array([each == "outsourced" for each in FACTORIES])[factory]
        is_product = np.zeros(parts.size, bool)
        is_product[self.product[self.product >= 0]] = True
        # Of a good made by another firm, the licence is that firm's (Pasal 27(1)).
        self.licence = np.where(outsourced & ((made_by != NOT_STATED) | is_product), made_by, self.licence)
        able = self._able()
        # The maker's KBLI, or an activity that is no production (Pasal 5(2)b.2, b.3).
        produced = parts.codes("kbli", lambda name: NO if rules.produced(True, str(name)) is False else YES, YES)
        if rules.judged_by_activity:
            produced = np.where(produced == NO, NO, able)
        facts = (origin, self.natural, self.licence, self.statement, produced, self.certificate, self.open_credit)
        codes = FactCodes(*(each.astype(np.int8) for each in facts))
        return FactArrays(
            codes.mixed(tables(rules).kinds),
            codes.origin,
            self.licence != NO,
            able,
            labour[factory, self._crew()],
            overhead[factory, parts.truth("invested_in_indonesia", 0)],
            np.zeros(parts.size),
        )

    def _able(self) -> NDArray[np.int8]:
        """Return the answer whether TKDN may be calculated for each part by its activity (Pasal 9(1), 9(2)b to e)."""
        parts, rules = self.parts, self.rules
        activity = parts.codes("activity", lambda name: ACTIVITIES.index(name) if name in ACTIVITIES else None, 0)
        changed, old_name = (parts.truth(key, 0) for key in ("tariff_line_changed", "hs_heading_changed"))
        parts.leave((changed != old_name) & (changed > 0) & (old_name > 0))
        changed = np.maximum(changed, old_name)
        finished = np.array([each == "finishing" for each in ACTIVITIES])[activity]
        parts.leave(finished & (changed == 0))  # known by HS codes of the lines, or not at all (Pasal 9(2)c)
        allowed = np.array(
            [
                [ANSWER.index(rules.calculable(each or TAKEN_ACTIVITY, answer)) for answer in ANSWER]
                for each in ACTIVITIES
            ]
        )
        return np.asarray(allowed[activity, changed], np.int8)

    def _crew(self) -> NDArray[np.int64]:
        """Return the crew of each part, an index of `CREWS` (Pasal 6): unknown, or with too few or enough Indonesians."""
        parts = self.parts
        heads = [parts.numbers(key, zero=True) for key in ("indonesian_workers", "foreign_workers")]
        for each in heads:
            parts.leave((each != np.floor(each)) & ~np.isnan(each) | (each > 2**31))
        whole = np.nan_to_num(np.array(heads)).astype(np.int64)
        crew = np.where(self.rules.too_few_indonesian(whole[0], whole[1]), 1, 2)
        return np.where(np.isnan(heads[0]) | np.isnan(heads[1]) | (whole.sum(axis=0) == 0), 0, crew)

    def _percents(self, rules: list[list[str | None]]) -> Floats:
        return np.array(
            [[np.nan if each is None else float(self.rules.percent(each)) for each in row] for row in rules]
        )


def _is_unit(name: str) -> bool:
    try:
        factor(name, name)
    except UnitError:
        return False
    return True


def _numbered(table: pyarrow.Table, vehicles: pyarrow.Array) -> Whole:
    at = pc.index_in(table.column("vehicle").combine_chunks(), value_set=vehicles)
    numbers: Whole = at.to_numpy(zero_copy_only=False).astype(np.intp)
    return numbers
