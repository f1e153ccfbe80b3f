"""Moves on random bills: each gain is that of a full assessment of the changed bill, and no move with a gain is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from tests.properties.settings import some
from tests.support import bills
from tests.support.build import MADE, assessed

from tkdn import Assessment, Regulation, assess, lift, opportunities, regulation
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.opportunities.move import Move
from tkdn.assessment.opportunities.opportunities import Opportunities

Document = bills.Document
Changes = dict[str, dict[str, dict[str, Any]]]
BASES: tuple[Basis, ...] = ("score", "potential")
documents = bills.bills()
small = bills.small_bills()
EDGES = ("0", "25", "40.01", "60.01", "80.01")


class Anew:
    """Figures of bills with changes, each assessed in full, once."""

    def __init__(self, document: Document, law: Regulation | None = None) -> None:
        self.assessment, self.law = assessed(document, regulation=law), law
        self._known: dict[str, Assessment] = {}

    def figure(self, changes: Changes, basis: Basis) -> Fraction | None:
        key = repr(changes)
        if key not in self._known:
            bom = self.assessment.bom.with_changes(changes)
            self._known[key] = assess(bom, product=self.assessment.product, regulation=self.law)
        changed = self._known[key]
        return changed.exact if basis == "score" else changed.exact_potential

    def gain(self, after: Changes, before: Changes, basis: Basis) -> Fraction | None:
        figures = self.figure(after, basis), self.figure(before, basis)
        return None if figures[0] is None or figures[1] is None else figures[0] - figures[1]

    def moves(self, basis: Basis, **options: Any) -> Opportunities:
        return opportunities(self.assessment, basis=basis, **options)


def check_gains(anew: Anew) -> None:
    for basis in BASES:
        for move in anew.moves(basis, months=60).rows:
            if move.measure == "tkdn":
                assert move.exact_after == anew.figure(move.changes, basis), (basis, move.id)
                assert move.exact == anew.gain(move.changes, move.against, basis), (basis, move.id)


@some
@given(document=documents)
def test_each_gain_is_that_of_a_full_assessment(document: Document) -> None:
    check_gains(Anew(document))


@some
@given(document=small)
def test_each_gain_is_exact_under_the_stricter_test_of_raw_material_too(document: Document) -> None:
    check_gains(Anew(document, regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})))


@some
@given(document=small)
def test_the_gain_given_the_others_is_that_of_a_full_assessment(document: Document) -> None:
    anew = Anew(document)
    for basis in BASES:
        found = anew.moves(basis, months=60)
        taken = [found[id_] for id_ in found.taken]
        assert found.after_all == anew.figure(found.together_changes, basis)
        for move in found.rows:
            if move.measure == "tkdn":
                others = [each for each in taken if not each.candidate.touches & move.candidate.touches]
                after, before = together(found, [*others, move]), merged(together(found, others), move.against)
                assert move.exact_given_others == anew.gain(after, before, basis), (basis, move.id)


def merged(*all_changes: Changes) -> Changes:
    result: Changes = {}
    for changes in all_changes:
        for section, records in changes.items():
            for key, fields in records.items():
                result.setdefault(section, {}).setdefault(key, {}).update(fields)
    return result


def together(found: Opportunities, moves: list[Move]) -> Changes:
    """The changes of several moves as one; those of the product change single facts of one record."""
    product = found.assessment.bom.graph.index[found.assessment.product]
    record = found.assessment.bom.parts[product].model_dump(mode="json", exclude_defaults=True)
    fields: dict[str, Any] = {}
    for move in moves:
        for name, facts in move.candidate.making.items():
            changed = {
                key: value if isinstance(value, bool | int | str) else str(value) for key, value in facts.items()
            }
            fields[name] = {**fields.get(name, record.get(name, {})), **changed}
    of_product: Changes = {"parts": {found.assessment.product: fields}} if fields else {}
    return merged(*(move.changes for move in moves if not move.candidate.making), of_product)


@some
@given(document=documents)
def test_no_allowed_move_with_a_gain_is_missing(document: Document) -> None:
    anew = Anew(document)
    for basis in BASES:
        found = anew.moves(basis)
        base = found.base
        listed = {(move.kind, move.part or move.supplier, move.exact_after) for move in found.rows}
        for kind, subject, changes in allowed(anew.assessment):
            after = anew.figure(changes, basis)
            if after is not None and (base is None or after > base):
                assert (kind, subject, after) in listed, (basis, kind, subject, changes)


def anew_produced(assessment: Assessment, id_: str) -> bool:
    """Return whether a part may be certified as far as its activity goes: an explanation of its credit says if not."""
    steps = assessment.explain(id_).to_dict()["steps"]
    return not any("not produced by an industrial company" in str(step["inputs"].get("rule")) for step in steps)


def allowed(assessment: Assessment) -> Iterator[tuple[str, str, Changes]]:
    """Every single move there can be, from the records of the bill."""
    bom, components = assessment.bom, assessment.components
    for id_, component in components.items():
        part = bom.parts[bom.graph.index[id_]]
        if id_ == assessment.product or part.in_house:
            continue
        maker = bom.supplier_by_id.get(part.made_by or "")
        licence = maker.industrial_licence if maker else None
        how = part.production
        if how is not None and how.factory == "outsourced" and how.made_by_licence is not None:
            licence = how.made_by_licence
        certificates = [each.model_dump(mode="json", exclude_unset=True) for each in part.certificates]
        produced = anew_produced(assessment, id_)
        here = part.made_in == "ID" or component.certified is not None or part.natural_resource
        if not here:
            bought = {"made_in": "ID", "supplier": None, "maker": None}
            yield "localise", id_, {"parts": {id_: {**bought, "all_domestic_material": False}}}
            yield "localise", id_, {"parts": {id_: {**bought, "all_domestic_material": True}}}
            for value in EDGES:
                new = {**bought, "all_domestic_material": False, "certificates": [*certificates, certificate(value)]}
                yield "localise", id_, {"parts": {id_: new}}
        elif component.certified is None and not part.natural_resource and licence is not False and produced:
            for value in EDGES if component.own is None else (str(component.own),):
                yield "certify", id_, {"parts": {id_: {"certificates": [*certificates, certificate(value)]}}}
            lines = [assessment.day.parts[child] for child in assessment.day.lines[bom.graph.index[id_]]]
            fields: dict[str, dict[str, Any]] = {
                line.id: {"made_in": "ID", "supplier": None, "maker": None, "all_domestic_material": False}
                for line in lines
                if line.made_in != "ID" and not line.natural_resource and components[line.id].certified is None
            }
            if not lines or part.all_domestic_material is False:
                fields[id_] = {"all_domestic_material": None if lines else True}
            yield "all_domestic", id_, {"parts": fields}
        elif component.certified is not None:
            higher = [value for value in EDGES if Decimal(value) > component.certified]
            if higher:
                others = [each for each in certificates if Decimal(each["tkdn"]) != component.certified]
                kept = [each for each in others if each["issued"] < "2026-06-01"]
                yield "next_band", id_, {"parts": {id_: {"certificates": [*kept, certificate(higher[0])]}}}
    for supplier in bom.suppliers:
        if supplier.industrial_licence is False:
            yield "register", supplier.id, {"suppliers": {supplier.id: {"industrial_licence": True}}}
    product = bom.parts[bom.graph.index[assessment.product]]
    made = product.production.model_dump(mode="json", exclude_defaults=True) if product.production else {}
    if made.get("factory"):
        yield "factor", product.id, {"parts": {product.id: {"production": {**made, "factory": MADE["factory"]}}}}
    if made.get("invested_in_indonesia") is False:
        yield "factor", product.id, {"parts": {product.id: {"production": {**made, "invested_in_indonesia": True}}}}
    if {"indonesian_workers", "foreign_workers"} <= made.keys():
        everyone = made["indonesian_workers"] + made["foreign_workers"]
        only = {"indonesian_workers": everyone, "foreign_workers": 0}
        if everyone:
            yield "factor", product.id, {"parts": {product.id: {"production": {**made, **only}}}}
    stated = product.brainware.model_dump(mode="json", exclude_defaults=True) if product.brainware else {}
    facts: tuple[tuple[str, object], ...] = (
        ("rd_share_of_revenue", "1"),
        ("rd_unit", "own"),
        ("rd_unit", "third_party"),
        ("rd_programme", True),
        ("rd_used_in_product", True),
    )
    for fact, level in facts:
        yield "brainware", product.id, {"parts": {product.id: {"brainware": {**stated, fact: level}}}}


def certificate(value: str) -> dict[str, str]:
    return {"number": "new", "tkdn": value, "issued": "2026-06-01"}


@some
@given(document=documents)
def test_up_to_the_break_even_price_the_score_does_not_fall_and_above_it_does(document: Document) -> None:
    anew = Anew(document)
    base = anew.assessment.exact
    for move in anew.moves("score", kinds=["localise"]).rows:
        if base is None:
            assert move.break_even is None
            assert not move.any_price
        elif move.break_even is None:
            assert move.any_price
            assert (anew.figure(priced(move, Decimal("1e15")), "score") or 0) >= base, move.id
        else:
            price = Decimal(move.break_even.numerator) / Decimal(move.break_even.denominator)
            below, above = (price.quantize(Decimal("0.01"), rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING))
            assert (anew.figure(priced(move, below), "score") or -1) >= base, move.id
            assert (anew.figure(priced(move, above + 1), "score") or 0) < base, move.id


def priced(move: Move, amount: Decimal) -> Changes:
    """The changes of the move, at another price."""
    price = {"amount": format(amount, "f"), "currency": "IDR"}
    return merged(move.changes, {"parts": {move.part or "": {"conversion_cost": None, "price": price}}})


@some
@given(document=documents)
def test_the_ikm_share_is_that_of_the_bill_with_an_ikm_as_its_maker(document: Document) -> None:
    document["suppliers"] = [*document.get("suppliers", []), {"id": "IKM", "scale": "small"}]
    anew = Anew(document)
    for move in anew.moves("score", kinds=["localise"]).rows:
        if move.headline:
            bought = merged(move.changes, {"parts": {move.part or "": {"maker": "IKM"}}})
            assert move.ikm_share[1] == lift(anew.assessment.with_changes(bought)).ikm_share, move.id
