"""Checks between records: references, contradictions, units, alternatives, loops, the product. All problems, not the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from tkdn.bom.country import ABROAD, made_here
from tkdn.bom.graph import BillGraph
from tkdn.bom.model import Part, Rate, Supplier, Use
from tkdn.bom.quantity import UnitError, factor
from tkdn.errors import Locate, Location, Problem, closest, json_path

Problems = Iterator[Problem]


class Checker:
    """Checks whole lists of records. A list may hold None where a record itself was wrong; its raw id still counts as known."""

    def __init__(
        self,
        parts: Sequence[Part | None],
        uses: Sequence[Use | None],
        suppliers: Sequence[Supplier | None],
        rates: Sequence[Rate | None],
        *,
        locate: Locate = json_path,
        more_parts: Collection[str] = (),
        more_suppliers: Collection[str] = (),
    ) -> None:
        self.parts, self.uses, self.suppliers, self.rates = parts, uses, suppliers, rates
        self.locate = locate
        self.unknown_units: set[str] = set()
        self.by_id = {part.id: part for part in parts if part is not None}
        self.part_ids = _known(self.by_id, more_parts)
        self.supplier_ids = _known({supplier.id for supplier in suppliers if supplier is not None}, more_suppliers)

    def problems(self) -> Problems:
        yield from self._duplicates("parts", self.parts)
        yield from self._duplicates("suppliers", self.suppliers)
        yield from self._parts()
        yield from self._uses()
        yield from self._alternatives()
        yield from self._rates()

    def _problem(
        self, code: str, at: Location, values: Mapping[str, object], part: str | None = None, *, case: str = ""
    ) -> Problem:
        return Problem(code, values, self.locate(at), part, case)

    def _duplicates(self, name: str, records: Sequence[Part | None] | Sequence[Supplier | None]) -> Problems:
        first: dict[str, int] = {}
        for index, record in enumerate(records):
            if record is not None and first.setdefault(record.id, index) != index:
                where = self.locate((name, first[record.id], "id"))
                yield self._problem(
                    "duplicate-id",
                    (name, index, "id"),
                    {"id": record.id, "where": where},
                    record.id if name == "parts" else None,
                )

    def _parts(self) -> Problems:
        units: set[str] = set()
        for index, part in enumerate(self.parts):
            if part is None:
                continue
            at: Location = ("parts", index)
            for key in ("supplier", "maker"):
                id_ = getattr(part, key)
                if id_ is not None and id_ not in self.supplier_ids:
                    values = {"id": id_, "nearest": closest(id_, self.supplier_ids)}
                    yield self._problem(f"unknown-{key}", (*at, key), values, part.id)
            if part.unit not in units:
                try:
                    factor(part.unit, part.unit)
                    units.add(part.unit)
                except UnitError as error:
                    self.unknown_units.add(part.unit)
                    yield self._problem(error.code, (*at, "unit"), error.values, part.id)
            if part.phantom or part.in_house or made_here(part.made_in) is False or part.conversion_cost is not None:
                for kind, values, case in _contradictions(part):
                    yield self._problem(f"contradiction-{kind}", at, values, part.id, case=case)

    def _uses(self) -> Problems:
        convertible: set[tuple[str, str]] = set()
        by_id, known = self.by_id, self.part_ids
        for index, use in enumerate(self.uses):
            if use is None:
                continue
            for key, id_ in (("parent", use.parent), ("part", use.part)):
                if id_ not in known:
                    yield self._problem(
                        "unknown-part", ("uses", index, key), {"id": id_, "nearest": closest(id_, known)}, id_
                    )
            if use.valid_from is not None and use.valid_to is not None and use.valid_to < use.valid_from:
                yield self._problem(
                    "use-dates-reversed",
                    ("uses", index, "valid_to"),
                    {"valid_to": use.valid_to, "valid_from": use.valid_from},
                    use.part,
                )
            part = by_id.get(use.part)
            if part is None or use.unit is None or part.unit in self.unknown_units:
                continue
            if (use.unit, part.unit) not in convertible:
                try:
                    factor(use.unit, part.unit)
                    convertible.add((use.unit, part.unit))
                except UnitError as error:
                    yield self._problem(error.code, ("uses", index, "unit"), error.values, use.part)

    def _alternatives(self) -> Problems:
        parents = {use.parent for use in self.uses if use is not None and use.alternative_to is not None}
        if not parents:
            return
        under: dict[str, list[tuple[int, Use]]] = defaultdict(list)
        for index, use in enumerate(self.uses):
            if use is not None and use.parent in parents:
                under[use.parent].append((index, use))
        for siblings in under.values():
            yield from self._alternatives_under(siblings)

    def _alternatives_under(self, siblings: list[tuple[int, Use]]) -> Problems:
        mains = {use.part for _, use in siblings if use.alternative_to is None}
        chosen: dict[str, list[tuple[int, Use]]] = defaultdict(list)
        for index, use in siblings:
            target = use.alternative_to
            if use.chosen:
                chosen[target or use.part].append((index, use))
            if target is not None and (target not in mains or target == use.part):
                yield self._problem(
                    "alternative-unknown",
                    ("uses", index, "alternative_to"),
                    {
                        "part": use.part,
                        "target": target,
                        "parent": use.parent,
                        "nearest": closest(target, mains - {use.part}),
                    },
                    use.part,
                )
        for target, uses in chosen.items():
            for (_, first), (index, second) in combinations(uses, 2):
                if first.part != second.part and _overlap(first, second):
                    yield self._problem(
                        "two-alternatives-chosen",
                        ("uses", index, "chosen"),
                        {"part": first.part, "other": second.part, "target": target, "parent": second.parent},
                        second.part,
                    )

    def _rates(self) -> Problems:
        first: dict[tuple[str, object], int] = {}
        for index, rate in enumerate(self.rates):
            if rate is None:
                continue
            if rate.currency == "IDR":
                yield self._problem("rate-for-rupiah", ("rates", index, "currency"), {})
            if first.setdefault((rate.currency, rate.start), index) != index:
                yield self._problem(
                    "duplicate-rate",
                    ("rates", index, "from"),
                    {"currency": rate.currency, "start": rate.start},
                )

    def check(self, product: str | None) -> tuple[str | None, BillGraph, list[Problem]]:
        """The product (the one named, else found), the graph, and all problems. Which product is meant is not asked for where
        none is named and references or loops leave it open."""
        problems = list(self.problems())
        graph, loops = self.graph()
        problems += loops
        hopeless = any(each is None for each in self.parts) or any(each is None for each in self.uses)
        open_ended = hopeless or any(problem.code in ("unknown-part", "loop") for problem in problems)
        if product is None and open_ended:
            return None, graph, problems
        product, more = self.product(graph, product)
        return product, graph, problems + more

    def graph(self) -> tuple[BillGraph, list[Problem]]:
        """The graph of all sound parts and uses, and its loops as problems."""
        by_id = self.by_id
        sound = [
            (n, use) for n, use in enumerate(self.uses) if use is not None and use.parent in by_id and use.part in by_id
        ]
        indexes, uses = [n for n, _ in sound], [use for _, use in sound]
        graph = BillGraph(list(by_id.values()), uses)
        problems = []
        for path, index in graph.loops():
            closing = graph.uses[index]
            problems.append(
                self._problem(
                    "loop",
                    ("uses", indexes[index]),
                    {"path": tuple(path), "part": closing.part, "parent": closing.parent},
                    closing.part,
                )
            )
        return graph, problems

    def product(self, graph: BillGraph, named: str | None) -> tuple[str | None, list[Problem]]:
        """The product's id: the one named, else the one part that no other uses."""
        if named is None:
            if len(graph.roots) == 1:
                named = graph.roots[0]
            elif not graph.roots:
                return None, [self._problem("product-missing", (), {})]
            else:
                shown = ", ".join(map(repr, graph.roots[:8])) + (" ..." if len(graph.roots) > 8 else "")
                return None, [
                    self._problem(
                        "product-ambiguous",
                        (),
                        {"count": len(graph.roots), "shown": shown},
                    )
                ]
        part = self.by_id.get(named)
        if part is None:
            if named in self.part_ids:
                return named, []
            return None, [
                self._problem(
                    "product-unknown", ("product",), {"product": named, "nearest": closest(named, self.part_ids)}, named
                )
            ]
        return named, list(self.product_kind(part))

    def product_kind(self, part: Part) -> Problems:
        """Why the part cannot be a product."""
        for wrong, case in (
            (part.phantom, "phantom"),
            (part.in_house, "in_house"),
            (not part.main, "not_main"),
        ):
            if wrong:
                yield self._problem("contradiction-product", ("product",), {"part": part.id}, part.id, case=case)


def _known(ids: Collection[str], more: Collection[str]) -> Collection[str]:
    """All of these ids; the longer list itself where it has them all, because copying it takes longer than a small change."""
    return more if all(id_ in more for id_ in ids) and more else {*ids, *more}


def _overlap(a: Use, b: Use) -> bool:
    return (a.valid_to is None or b.valid_from is None or b.valid_from <= a.valid_to) and (
        b.valid_to is None or a.valid_from is None or a.valid_from <= b.valid_to
    )


def _contradictions(part: Part) -> Iterator[tuple[str, dict[str, object], str]]:
    """Yield what of a part contradicts itself: what follows "contradiction-" in the code, values, case."""
    if part.phantom:
        more = sorted(
            key
            for key in part.model_fields_set - {"id", "name", "unit", "phantom"}
            if getattr(part, key) != _default(key)
        )
        if more:
            yield "phantom", {"fields": tuple(more)}, ""
        return
    if part.in_house:
        more = [key for key in ("price", "supplier") if getattr(part, key)]
        if more:
            yield "in-house", {"fields": tuple(more)}, ""
    if part.price is not None and part.conversion_cost is not None:
        yield "price-and-conversion", {}, ""
    if made_here(part.made_in) is False:
        abroad = part.made_in == ABROAD
        values: dict[str, object] = {} if abroad else {"made_in": part.made_in}
        for key in ("certificates", "natural_resource", "all_domestic_material"):
            if getattr(part, key):
                yield "made-abroad", values, f"{key}_abroad" if abroad else key


def _default(key: str) -> object:
    return Part.model_fields[key].default
