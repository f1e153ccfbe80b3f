"""A bill with some values changed: only the records named are read and checked again, the rest is shared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tkdn.bom.bill import AnyBill
from tkdn.bom.checks import Checker
from tkdn.bom.model import Part, Rate, Record, Supplier, Use
from tkdn.bom.reading import from_pydantic
from tkdn.errors import BomError, Location, Place, Problem, UsageError, closest, json_path

Changes = Mapping[str, Mapping[Any, Any]]
SECTIONS = ("parts", "uses", "suppliers", "rates")
ARROW = " > "
FIXED = {"parts": {"id"}, "uses": {"parent", "part", "alternative_to"}, "suppliers": {"id"}}
"""What a record is known by: another of these is another record."""

R = TypeVar("R", Part, Use, Supplier)
V = TypeVar("V", bound=Record)


class BillEdit(Generic[AnyBill]):
    """Applies changes to a bill; `parts`, `uses`, `suppliers` hold the indexes of the records that came out different,
    `asked_uses` those of the uses that the changes name.

    Raises `UsageError` for what the bill does not have, `BomError` for values that are wrong, each with all problems.
    """

    def __init__(self, bom: AnyBill, changes: Changes, on: datetime.date | None) -> None:
        self.old, self.on = bom, on
        self.parts: list[int] = []
        self.uses: list[int] = []
        self.asked_uses: list[int] = []
        self.suppliers: list[int] = []
        self._places: dict[Location, Place] = {}
        self._unknown: list[Problem] = []
        self._wrong: list[Problem] = []
        for section in changes:
            if section not in SECTIONS:
                self._refuse("change-unknown", section, SECTIONS, "section")
        parts = self._records("parts", bom.parts, self._part_indexes(changes), self.parts)
        uses = self._records("uses", bom.uses, self._use_indexes(changes), self.uses)
        suppliers = self._records("suppliers", bom.suppliers, self._supplier_indexes(changes), self.suppliers)
        self.rates_changed = bool(changes.get("rates"))
        rates = self._rates(changes.get("rates", {}))
        if self._unknown:
            raise UsageError(self._unknown)
        if not self._wrong:
            self._check(parts, uses, suppliers, rates)
        if self._wrong:
            raise BomError(self._wrong)
        self.bom: AnyBill = rebuilt(bom, parts, uses, suppliers, rates)

    @property
    def same_lines(self) -> bool:
        """Whether the changed bill has the lines of the old one, other quantities at most."""
        old, new = self.old, self.bom
        return all(_choice(old.uses[index]) == _choice(new.uses[index]) for index in self.uses) and all(
            _shape(old.parts[index]) == _shape(new.parts[index]) for index in self.parts
        )

    @property
    def recoded(self) -> list[int]:
        """Indexes of the parts whose HS code came out different."""
        return [index for index in self.parts if self.old.parts[index].hs_code != self.bom.parts[index].hs_code]

    def _refuse(self, code: str, word: str, known: Sequence[str], case: str = "") -> None:
        few = (*known[:7], f"{known[7]} ...") if len(known) > 8 else tuple(known)
        values = {"name": word, "known": few, "nearest": closest(word, known)}
        self._unknown.append(Problem(code, values, case=case))

    def _part_indexes(self, changes: Changes) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        by_id = self.old.graph.index
        for id_, fields in changes.get("parts", {}).items():
            if id_ in by_id:
                yield str(id_), by_id[id_], fields
            else:
                self._refuse("part-unknown", str(id_), list(by_id), "change")

    def _supplier_indexes(self, changes: Changes) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        indexes = {supplier.id: index for index, supplier in enumerate(self.old.suppliers)}
        for id_, fields in changes.get("suppliers", {}).items():
            if id_ in indexes:
                yield str(id_), indexes[id_], fields
            else:
                self._refuse("supplier-unknown", str(id_), list(indexes))

    def _use_indexes(self, changes: Changes) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        graph, uses = self.old.graph, self.old.uses
        for key, fields in changes.get("uses", {}).items():
            parent, _, part = key.partition(ARROW) if isinstance(key, str) else (key[0], ARROW, key[1])
            label = f"{parent}{ARROW}{part}"
            under = graph.uses_of[graph.index[parent]] if parent in graph.index else []
            found = [index for index in under if uses[index].part == part]
            if len(found) > 1 and self.on is not None:
                found = [index for index in found if uses[index].valid_on(self.on)] or found
            if not found:
                known = [f"{uses[index].parent}{ARROW}{uses[index].part}" for index in under or range(len(uses))]
                self._refuse("use-unknown", label, known)
            elif len(found) > 1:
                self._unknown.append(
                    Problem("change-ambiguous", {"parent": parent, "part": part, "count": len(found)}, part=part)
                )
            else:
                self.asked_uses.append(found[0])
                yield label, found[0], fields
                if isinstance(fields, Mapping) and fields.get("chosen") is True:
                    target = uses[found[0]].alternative_to or part
                    for index in under:
                        other = uses[index]
                        if index != found[0] and other.chosen and (other.alternative_to or other.part) == target:
                            yield label, index, {"chosen": False}

    def _records(
        self,
        section: str,
        records: Sequence[R],
        changes: Iterator[tuple[str, int, Mapping[str, Any]]],
        changed: list[int],
    ) -> tuple[R, ...]:
        new: dict[int, R] = {}
        for key, index, fields in changes:
            path = f"changes.{section}[{key}]"
            if not isinstance(fields, Mapping):
                self._wrong.append(Problem("wrong-type", {}, case="change"))
                continue
            record = new.get(index, records[index])
            fixed = sorted(FIXED[section] & fields.keys())
            if fixed:
                self._unknown.append(Problem("change-unknown", {"fields": tuple(fixed), "key": key}, Place(path=path)))
                continue
            built = self._built(record, fields, section, path)
            if built is not None:
                new[index] = built
                self._places[(section, index)] = Place(path=path)
        changed += [index for index, record in new.items() if record != records[index]]
        if not new:
            return tuple(records)
        result = list(records)
        for index, record in new.items():
            result[index] = record
        return tuple(result)

    def _built(self, record: R, fields: Mapping[str, Any], section: str, path: str) -> R | None:
        data = record.model_dump(exclude_unset=True, by_alias=True)
        for key, value in fields.items():
            if value is None:
                data.pop(key, None)
                if key not in type(record).model_fields:
                    data[key] = value
            elif key == "price" and not isinstance(value, Mapping | Record):
                data[key] = {**(data.get(key) or {}), "amount": value}
            else:
                data[key] = value
        return self._validated(type(record), data, section, path)

    def _validated(self, model: type[V], data: Mapping[str, Any], section: str, path: str) -> V | None:
        """The record of this data, or None with its problems noted."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                detail["loc"] = (section, 0, *detail["loc"])
                problem = from_pydantic(detail, {section: [data]}, lambda at: json_path((path, *at[2:])))
                self._wrong.append(problem)
            return None

    def _rates(self, changes: Mapping[str, Any]) -> tuple[Rate, ...]:
        """The bill's rates, with the one of each currency that counts on the day at its new value."""
        rates = list(self.old.rates)
        for currency, value in changes.items():
            on = self.on
            if on is None:
                self._unknown.append(Problem("date-missing", {}, case="rate"))
                continue
            earlier = [n for n, rate in enumerate(rates) if rate.currency == currency and rate.start <= on]
            data = {"currency": currency, "rate": value, "from": on}
            if earlier:
                counting = max(earlier, key=lambda index: rates[index].start)
                data |= {"from": rates[counting].start, "per": rates[counting].per}
            rate = self._validated(Rate, data, "rates", f"changes.rates[{currency}]")
            if rate is None:
                continue
            if earlier:
                rates[counting] = rate
            else:
                rates.append(rate)
        return tuple(rates)

    def _check(
        self,
        parts: tuple[Part, ...],
        uses: tuple[Use, ...],
        suppliers: tuple[Supplier, ...],
        rates: tuple[Rate, ...],
    ) -> None:
        """The changed records against the others: those that a change can bring in conflict are checked with them."""
        bom, graph = self.old, self.old.graph
        indexes = set(self.uses)
        for index in self.uses:
            indexes.update(graph.uses_of[graph.index[uses[index].parent]])
        units = {index for index in self.parts if parts[index].unit != bom.parts[index].unit}
        if units:
            indexes.update(index for index, child in enumerate(graph.child_of) if child in units)
        asked = sorted(indexes)
        held = sorted({*self.parts, *(graph.child_of[index] for index in asked)})
        kept = {"parts": held, "uses": asked, "suppliers": self.suppliers, "rates": range(len(rates))}

        def locate(location: Location) -> Place:
            if len(location) < 2:
                return Place(path=f"changes.parts[{bom.product}]")
            section, at = str(location[0]), int(location[1])
            return self._places.get((section, kept[section][at]), Place(path=f"changes.{section}"))

        checker = Checker(
            [parts[index] for index in held],
            [uses[index] for index in asked],
            [suppliers[index] for index in self.suppliers],
            rates if self.rates_changed else (),
            locate=locate,
            more_parts=graph.index,
            more_suppliers=bom.supplier_by_id,
        )
        self._wrong += checker.problems()
        product = graph.index[bom.product]
        if product in self.parts:
            self._wrong += checker.product_kind(parts[product])


def rebuilt(
    bom: AnyBill,
    parts: tuple[Part, ...],
    uses: tuple[Use, ...],
    suppliers: tuple[Supplier, ...],
    rates: tuple[Rate, ...],
) -> AnyBill:
    """Return a bill of these records, as sound as the one it came from; the graph is the same."""
    changed: dict[str, Any] = {"parts": parts, "uses": uses, "suppliers": suppliers, "rates": rates}
    stated = {name for name, records in changed.items() if records}
    kind: Any = type(bom)
    values = {name: getattr(bom, name) for name in kind.model_fields} | changed
    new: AnyBill = kind.model_construct(bom.model_fields_set | stated, **values)
    new.__dict__["graph"] = bom.graph.of(parts, uses)
    return new


def _choice(use: Use) -> tuple[object, ...]:
    """Whether and when a use counts."""
    return use.valid_from, use.valid_to, use.chosen, use.alternative_to


def _shape(part: Part) -> tuple[object, ...]:
    """What lines of goods follow from."""
    return part.unit, part.main, part.phantom, part.in_house
