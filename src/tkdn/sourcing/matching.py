"""Suppliers of a directory against the imported and large-firm parts of a bill: graded, nearest first, within capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from tkdn.assessment.assess import assess
from tkdn.assessment.facts import size_of
from tkdn.assessment.result import Assessment, assessed
from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.bom.country import HOME, made_here
from tkdn.bom.model import Certificate, Part
from tkdn.bom.number import to_decimal
from tkdn.bom.region import region
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.io.spreadsheet.decimals import Mark
from tkdn.io.supplier_directory.model import Capability, Directory, ListedSupplier, Need, Needs
from tkdn.io.supplier_directory.reading import read_directory, read_needs
from tkdn.outputs import headed, sha256_of
from tkdn.sourcing.assignment import Option, assign
from tkdn.sourcing.criteria import ASSIGNED, GRADES, Criterion, Grade, Wanted, criteria, grade
from tkdn.sourcing.firms import covering, facts_of, with_suppliers
from tkdn.sourcing.match import Load, Match, Unplaced, Why
from tkdn.sourcing.proximity import ORDER, Nearness, nearness

ABSENT = {"certificates", "all_domestic_material", "production", "brainware", "evidence", "maker", "kbli"}
"""Facts of a part that are so because of its maker: they do not follow the part to another maker."""
ALIKE = ("id", "name", "region", "workers")
"""Facts of a firm that no method counts by."""
MILLION = 10**6
"""Gains are weighed to a millionth of a point."""


class Matching(Viewed):
    """The offers of a directory for a bill; see `match_suppliers`.

    `matches`: by part in the bill's order, the nearest first, then by grade; `bom`: the bill with the firms matched among its
    suppliers, on which each match's `changes` can be made; `near`: the region from which nearness is seen, None if none is
    known.
    """

    def __init__(
        self, assessment: Assessment, directory: Directory, needs: Needs, near: str | None, volume: Decimal | None
    ) -> None:
        """Match every part with every capability, and assign within the capacities; see `match_suppliers`."""
        self.assessment, self.near = assessment, near
        self._needs = {need.part: need for need in needs.needs}
        self._volume = volume
        self._sources = {
            "directory_sha256": sha256_of(directory.model_dump(mode="json", by_alias=True, exclude_defaults=True)),
            "needs_sha256": sha256_of(needs.model_dump(mode="json", by_alias=True, exclude_defaults=True)),
            "volume": None if volume is None else str(volume),
        }
        self._firms = directory.suppliers
        self._wanted = [self._want(part) for part in self._parts()]
        pairs = [pair for wanted in self._wanted for pair in self._candidates(wanted, directory.suppliers)]
        self.bom = with_suppliers(assessment.bom, {id(pair.supplier): pair.supplier for pair in pairs}.values())
        law, year, product = assessment.regulation, assessment.year, assessment.product
        self._base = assess(
            self.bom, on=assessment.on, regulation=law, year=year, product=product, exact=True, allow_repealed=True
        )
        self._gains: dict[object, Fraction | None] = {}
        found = [self._match(pair) for pair in pairs]
        chosen = set(_chosen(found))
        self.matches = tuple(replace(match, assigned=index in chosen) for index, match in enumerate(found))

    def _parts(self) -> list[Part]:
        """Return parts of the product that come from abroad, or whose maker is a large firm; in the bill's order."""
        day, suppliers = self.assessment.day, self.assessment.bom.supplier_by_id
        numbers = sorted(index for index in day.order if index != day.product and not day.explodes[index])

        def large(part: Part) -> bool:
            maker = suppliers.get(part.made_by or "")
            return maker is not None and size_of(maker, day.rates).scale == "large"

        parts = (day.parts[index] for index in numbers)
        return [part for part in parts if made_here(part.made_in) is False or (made_here(part.made_in) and large(part))]

    @property
    def aside(self) -> list[str]:
        """Parts of the needs that neither come from abroad nor from a large firm, as far as the bill says: left alone."""
        wanted = {each.part.id for each in self._wanted}
        return [part for part in self._needs if part not in wanted]

    @property
    def not_stated(self) -> dict[str, list[str]]:
        """Ids of parts and firms of which something is not stated, so that nothing is known instead of no, by what is missing.

        `process`: parts to be placed whose process is not stated. `capabilities`: firms of the directory that state none.
        `origin`: parts left alone as it is not stated where they are made. `size`: parts made in Indonesia, left alone as the
        size of their maker is not stated.
        """
        day, suppliers = self.assessment.day, self.assessment.bom.supplier_by_id
        origin, size = [], []
        for index in sorted(index for index in day.order if index != day.product and not day.explodes[index]):
            part = day.parts[index]
            maker = suppliers.get(part.made_by or "")
            if self.assessment.made_here(index) is None:
                origin.append(part.id)
            elif self.assessment.made_here(index) and (maker is None or size_of(maker, day.rates).scale is None):
                size.append(part.id)
        return {
            "process": [each.part.id for each in self._wanted if each.process is None],
            "capabilities": [firm.id for firm in self._firms if not firm.capabilities],
            "origin": origin,
            "size": size,
        }

    @property
    def firms(self) -> int:
        """Number of firms in the directory."""
        return len(self._firms)

    def _want(self, part: Part) -> Wanted:
        need, day = self._needs.get(part.id), self.assessment.day
        if need is not None and need.quantity is not None:
            return Wanted(part, need, Fraction(need.quantity), need.unit or part.unit)
        if self._volume is None:
            return Wanted(part, need, None, part.unit)
        used = day.quantities[self.assessment.bom.graph.index[part.id]]
        return Wanted(part, need, used * Fraction(self._volume), part.unit)

    def _candidates(self, wanted: Wanted, suppliers: Iterable[ListedSupplier]) -> list[_Pair]:
        found = []
        for supplier in suppliers:
            for offer in supplier.capabilities if supplier.id != wanted.part.made_by else ():
                held = criteria(wanted, supplier, offer)
                graded = grade(held, offer)
                if graded is not None:
                    near = nearness(supplier.region, self.near)
                    found.append(_Pair(wanted, supplier, offer, held, graded, near))
        return sorted(found, key=lambda pair: (ORDER.index(pair.nearness), GRADES.index(pair.grade), pair.supplier.id))

    def _match(self, pair: _Pair) -> Match:
        part, supplier, offer = pair.wanted.part, pair.supplier, pair.offer
        certificate = covering(supplier, pair.wanted.hs_code)
        changes = self._changes(part, supplier, certificate)
        alone = self._changes(part, supplier, None) if certificate else changes
        return Match(
            part=part.id,
            part_name=part.name,
            supplier=supplier.id,
            supplier_name=supplier.name,
            region=supplier.region,
            nearness=pair.nearness,
            capability=offer,
            grade=pair.grade,
            criteria=pair.criteria,
            quantity=None if offer.capacity is None else pair.wanted.quantity_in(offer.capacity.unit),
            certificate=certificate,
            gain=self._gain(pair, certificate, changes),
            uncertified=self._gain(pair, None, alone),
            assigned=False,
            changes=changes,
        )

    def _changes(self, part: Part, firm: ListedSupplier, certificate: Certificate | None) -> dict[str, Any]:
        """Return the changes by which this firm would make the part in Indonesia.

        Facts of the part because of its maker of today are taken out; facts that the bill leaves out of a firm that it has are
        added from the directory.
        """
        fields: dict[str, Any] = {"made_in": HOME, "supplier": firm.id}
        fields |= dict.fromkeys(sorted(ABSENT & part.model_fields_set))
        if part.kbli is not None and part.kbli in (firm.kbli or ()):
            fields.pop("kbli", None)
        if certificate is not None:
            fields["certificates"] = [certificate.model_dump(mode="json", exclude={"hs_code"}, exclude_unset=True)]
        held = self.bom.supplier_by_id[firm.id].model_fields_set
        added = {key: value for key, value in facts_of(firm).items() if key not in held}
        return {"parts": {part.id: fields}} | ({"suppliers": {firm.id: added}} if added else {})

    def _gain(self, pair: _Pair, certificate: Certificate | None, changes: Mapping[str, Any]) -> Fraction | None:
        """Return the gain of a change in points; new firms of which all is alike but id, name and place give the same.

        Kept by what decides it: a directory of hundreds of firms has few kinds of them (benchmarks/plan.py).
        """
        new = pair.supplier.id not in self.assessment.bom.supplier_by_id
        deciding = (
            {key: value for key, value in facts_of(pair.supplier).items() if key not in ALIKE}
            if new
            else pair.supplier.id
        )
        key = (pair.wanted.part.id, str(deciding), certificate)
        if key not in self._gains:
            self._gains[key] = self._difference(changes)
        return self._gains[key]

    def _difference(self, changes: Mapping[str, Any]) -> Fraction | None:
        before, after = self._base.exact, self._base.with_changes(changes).exact
        return None if after is None else after - (before or 0)

    @property
    def assigned(self) -> list[Match]:
        """The matches chosen: each part at most once, every capacity respected."""
        return [match for match in self.matches if match.assigned]

    @cached_property
    def changes(self) -> dict[str, Any]:
        """The changes of all assigned matches together, for `Matching.bom.with_changes`."""
        joint: dict[str, Any] = {"parts": {}}
        for match in self.assigned:
            for section, records in match.changes.items():
                joint.setdefault(section, {}).update(records)
        return joint

    @cached_property
    def joint_gain(self) -> Fraction | None:
        """Exact change of the score in points with all assigned matches together: bands make single gains not add up to it."""
        return self._difference(self.changes)

    @cached_property
    def loads(self) -> list[Load]:
        """The part of each capacity that assigned parts take, by supplier and process."""
        held: dict[tuple[str, Capability], list[Match]] = defaultdict(list)
        for match in self.assigned:
            held[match.supplier, match.capability].append(match)
        rows = []
        for (supplier, offer), matches in held.items():
            if offer.capacity is not None:
                used = sum((match.quantity or Fraction(0) for match in matches), Fraction(0))
                rows.append(Load(supplier, offer.process, used, offer.capacity, tuple(match.part for match in matches)))
        return rows

    @cached_property
    def unplaced(self) -> list[Unplaced]:
        """Imported and large-firm parts that stay where they are, and why."""
        by_part: dict[str, list[Match]] = defaultdict(list)
        for match in self.matches:
            by_part[match.part].append(match)
        rows = []
        for wanted in self._wanted:
            found = by_part[wanted.part.id]
            if not any(each.assigned for each in found):
                rows.append(Unplaced(wanted.part.id, wanted.part.name, _why(wanted, found)))
        return rows

    @property
    def provenance(self) -> dict[str, Any]:
        """Identity of the matching: the assessment, `directory_sha256`, `needs_sha256`, and the `volume`."""
        return {**self.assessment.provenance, **self._sources}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: points as strings with two decimals, gains also exactly."""
        return headed(
            "tkdn-matching",
            {
                "product": self.assessment.product,
                "on": self.assessment.on.isoformat(),
                "regulation": self.assessment.regulation.id,
                "near": self.near,
                "score": text(self.assessment.score),
                "joint_gain": text(two_places(self.joint_gain)),
                "exact": {"joint_gain": ratio(self.joint_gain)},
                "matches": [match.to_dict() for match in self.matches],
                "loads": [load.to_dict() for load in self.loads],
                "unplaced": [each.to_dict() for each in self.unplaced],
                "aside": self.aside,
                "not_stated": self.not_stated,
                "changes": self.changes,
                "provenance": self.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the matches as a data frame of pandas, polars or pyarrow: gains in points as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        texts = ("part", "part_name", "supplier", "supplier_name", "region", "nearness", "process", "grade", "assigned")
        rows = [match.to_dict() for match in self.matches]
        return frame_of_records(
            rows, backend, (*texts, "quantity", "unit", "certificate"), ("capacity", "gain", "uncertified")
        )

    def __repr__(self) -> str:
        """Return the product, and how many matches and parts placed there are."""
        placed = f"{len(self.assigned)} of {len(self._wanted)} parts placed"
        return f"<Matching of {self.assessment.product!r}: {len(self.matches)} matches, {placed}>"


@dataclass(frozen=True, slots=True)
class _Pair:
    wanted: Wanted
    supplier: ListedSupplier
    offer: Capability
    criteria: tuple[Criterion, ...]
    grade: Grade
    nearness: Nearness


def _chosen(matches: Sequence[Match]) -> list[int]:
    """Return the indexes of the matches chosen; only of a grade to be assigned, with quantity and capacity known."""
    numbers, options = [], []
    for index, match in enumerate(matches):
        if match.capacity is not None and match.quantity is not None and match.grade in ASSIGNED:
            gain = round((match.gain or Fraction(0)) * MILLION)
            costs = (ORDER.index(match.nearness), GRADES.index(match.grade), -gain)
            resource, most = (match.supplier, match.capability), Fraction(match.capacity.amount)
            options.append(Option(match.part, resource, match.quantity, most, costs))
            numbers.append(index)
    return [numbers[each] for each in assign(options)]


def _why(wanted: Wanted, found: Sequence[Match]) -> Why:
    if not found:
        return "process_unknown" if wanted.process is None else "no_supplier"
    sure = [match for match in found if match.grade in ASSIGNED]
    if not sure:
        return "only_possible"
    if wanted.quantity is None:
        return "quantity_unknown"
    known = any(match.quantity is not None for match in sure)
    return "capacity_taken" if known else "capacity_unknown"


def match_suppliers(
    assessment: Assessment,
    directory: Directory | str | Path,
    needs: Needs | Iterable[Need] | str | Path | None = None,
    *,
    near: str | None = None,
    volume: int | str | Decimal | None = None,
    decimal: Mark | None = None,
) -> Matching:
    """Match the suppliers of a directory with the parts that come from abroad or from large firms.

    The need of a part comes from its HS code and KBLI in the bill and from the needs, never from its name. If parts compete for
    capacity, the assignment is an optimum: most parts, then nearest, then best grades, then most gain (to a millionth of a point,
    part by part; see `tkdn.sourcing.assignment`). Prices stay those of the bill.

    Args:
        assessment: of the bill.
        directory: a file as `read_directory` takes it, or what it returns.
        needs: a file as `read_needs` takes it, or what it returns, or a list of needs.
        near: code of the region from which nearness is seen, default that of the product's maker; by administrative area, not
            by distance.
        volume: products in a year, from which the yearly quantity of a part follows if the needs do not state it.
        decimal: as for `read_directory`.

    Returns:
        Every match with its grade, its gain in points, and whether it is assigned.

    Raises:
        BomError: with all problems of the files.
        UsageError: `region-unknown`, `part-unknown`, `option-invalid`, `directory-conflict`.
        MissingExtraError: `extra-missing` without scipy.
    """
    if near is not None:
        region(near)
    bom = assessed(assessment).bom
    listed = directory if isinstance(directory, Directory) else read_directory(directory, decimal=decimal)
    if needs is None or isinstance(needs, Needs):
        wanted = needs or Needs()
    else:
        wanted = read_needs(needs, bom, decimal=decimal) if isinstance(needs, str | Path) else Needs(needs=tuple(needs))
    for need in wanted.needs:
        bom.graph.index_of(need.part)
    maker = bom.supplier_by_id.get(assessment.part(assessment.product).made_by or "")
    return Matching(assessment, listed, wanted, near or (maker.region if maker else None), _volume(volume))


def _volume(volume: int | str | Decimal | None) -> Decimal | None:
    if volume is None:
        return None
    try:
        value = to_decimal(volume)
    except ValueError:
        value = Decimal(0)
    if value <= 0:
        message = f"a volume of {str(volume)[:40]!r} is not a number above zero"
        raise UsageError([Problem.worded("option-invalid", message, "write how many products are made in a year")])
    return value
