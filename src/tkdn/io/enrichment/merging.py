"""What a table says of parts, put into a bill: added where the bill says nothing, a conflict where it says otherwise.

The order of the rows changes nothing. What is put in keeps its place, so that whatever is then wrong is told at its cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from tkdn.bom.bom import Bom
from tkdn.bom.country import ABROAD, COUNTRIES, agreed_origin
from tkdn.bom.firm_names import same_firm
from tkdn.bom.model import Part
from tkdn.bom.number import hs_code, plain, to_date, to_decimal
from tkdn.bom.reading import build
from tkdn.bom.tables.columns import NUMBERS, Column, ColumnKind
from tkdn.bom.tables.document import REPORTED, put
from tkdn.bom.tables.records import TOLD, Fault, FilledTable, TableRow, Values
from tkdn.bom.tables.table_reading import name_countries
from tkdn.errors import BomError, Location, Place, Problem, json_path
from tkdn.i18n import shown_origin
from tkdn.io.enrichment.conflict_policy import Answers, field_of
from tkdn.io.enrichment.enrichment_columns import CERTIFICATE, MAKER, SELLER, UNITS, unit_of
from tkdn.io.enrichment.firm_names import Firms
from tkdn.textnorm import joined

Target = tuple[str, str, str]
"""What a statement is about: "parts", "suppliers" or "certificates"; its id; the number of a certificate."""
_DEFAULTS: dict[Location, bool | str] = {
    (name,): field.default for name, field in Part.model_fields.items() if isinstance(field.default, bool | str)
}


@dataclass(frozen=True, slots=True)
class Added:
    """A value that the bill did not have: of a `part`, of one of its certificates, or of a `supplier`; `written` is how the
    file has it, where that differs."""

    part: str | None
    supplier: str | None
    certificate: str | None
    field: str
    value: str
    written: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which the bill says `bill` and the file `file`; `taken` is whose value the new bill has."""

    part: str | None
    supplier: str | None
    certificate: str | None
    field: str
    bill: str
    file: str
    taken: Literal["bill", "file"]
    place: Place

    def problem(self) -> Problem:
        bill, file = (shown_origin(each) if self.field == "made_in" else each for each in (self.bill, self.file))
        values = {"field": self.field, "bill": bill, "file": file, "certificate": self.certificate}
        values |= {"supplier": self.supplier} if self.part is None else {"part": self.part}
        case = ("supplier" if self.part is None else "part") + ("_certificate" if self.certificate else "")
        return Problem("enrichment-conflict", values, self.place, self.part, case)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row whose part number is not in the bill; `hint` is one that differs from it in case, spaces or hyphens only."""

    part: str
    hint: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a file states of a target: the path within its record, the value, and its place."""

    target: Target
    path: Location
    column: Column
    value: Any
    written: str | None
    table: FilledTable
    row: TableRow
    filled: Sequence[Column]

    @property
    def place(self) -> Place:
        return self.table.place(self.row, self.filled[0].key)

    @property
    def places(self) -> Iterator[tuple[Location, Place]]:
        """Of its cells, by their paths within the record."""
        for column in self.filled:
            within = column.path[len(unit_of(column.path)) - len(self.path) :]
            yield within, self.table.place(self.row, column.key)

    @property
    def field(self) -> str:
        """The column's key, without the word for what the column is about."""
        return field_of(self.column)


class Merge:
    """A bill and the rows of a table brought together. `bom()` is the new bill."""

    def __init__(self, bom: Bom, table: FilledTable, answers: Answers, problems: Iterable[Problem] = ()) -> None:
        self.added: list[Added] = []
        self.conflicts: list[Conflict] = []
        self.unmatched: list[Unmatched] = []
        self.named: set[str] = set()
        self._bom, self._answers = bom, answers
        self._data = bom.to_dict()
        self._parts = {part["id"]: at for at, part in enumerate(self._data["parts"])}
        self._origins: dict[Location, Place] = {}
        self._problems = list(problems)
        table.mark_missing()
        self._written = name_countries(table)
        self._problems += table.report()
        firms = Firms(bom, table)
        self.same_firms = firms.same
        self._problems += firms.problems
        self._refused: list[Conflict] = []
        self._facts = self._gathered(table)
        self._add_to_parts()
        self._add_to_suppliers()

    def bom(self) -> Bom:
        """The checked bill. Raises `BomError` with all problems, conflicts among them where they are errors."""
        problems = self._problems + [conflict.problem() for conflict in self._refused]
        try:
            bom = build(Bom, self._data, self._locate)
            if not problems:
                return bom
        except BomError as error:
            problems = problems + [problem for problem in error.problems if problem.place != REPORTED]
        raise BomError({(problem.code, problem.place, problem.message): problem for problem in problems}.values())

    def _locate(self, location: Location) -> Place:
        found = (
            self._origins[location[:end]] for end in range(len(location), 0, -1) if location[:end] in self._origins
        )
        return next(found, None) or json_path(location)

    def _gathered(self, table: FilledTable) -> dict[Target, dict[Location, _Fact]]:
        """All statements by what they are about; two rows that do not agree are a problem."""
        near = {joined(id_): id_ for id_ in self._parts}
        facts: dict[Target, dict[Location, _Fact]] = {}
        keys = {key for row in table.rows for key in row.cells}
        units = {path: columns for path, columns in UNITS.items() if any(column.key in keys for column in columns)}
        for row in table.rows:
            id_ = row.cells.get("id")
            if not isinstance(id_, str):
                continue
            if id_ not in self._parts:
                self.unmatched.append(Unmatched(id_, near.get(joined(id_)), table.place(row, "id")))
                continue
            self.named.add(id_)
            for fact in self._stated(table, row, id_, units):
                known = facts.setdefault(fact.target, {}).setdefault(fact.path, fact)
                if known is fact:
                    continue
                if self._same(known, known.value, fact.value):
                    facts[fact.target][fact.path] = min(known, fact, key=lambda each: str(each.value))
                elif (agreed := _agreed(fact, known.value)) is not None:
                    facts[fact.target][fact.path] = fact if agreed == fact.value else known
                else:
                    here, there = (
                        shown_origin(shown(each.value)) if fact.path == ("made_in",) else shown(each.value)
                        for each in (fact, known)
                    )
                    self._problems.append(
                        Problem(
                            "enrichment-rows-differ",
                            {"column": fact.column.key, "here": here, "there": there, "place": known.place},
                            fact.place,
                            id_,
                        )
                    )
        return facts

    def _stated(
        self, table: FilledTable, row: TableRow, id_: str, units: dict[Location, list[Column]]
    ) -> Iterator[_Fact]:
        record: Values = {}
        for key, value in row.cells.items():
            put(record, table.kind.by_key[key], value)
        targets = self._targets(row, id_)
        for path, columns in units.items():
            filled = [column for column in columns if column.key in row.cells]
            if not filled:
                continue
            home, rest = (str(path[0]), path[1:]) if path[0] in (SELLER, MAKER, CERTIFICATE) else ("", path)
            if (target := targets[home]) is None:
                key = {SELLER: "supplier", MAKER: "maker", CERTIFICATE: "certificate_number"}[home]
                if key not in row.cells:
                    values = {"column": filled[0].key, "key": key}
                    self._problems.append(table.problem(row, filled[0].key, "missing-key", values, case="owner"))
                continue
            faulty = any(isinstance(row.cells[column.key], Fault) for column in filled)
            value = TOLD if faulty else _at(record, path)
            written = self._written.get(row.number) if path == ("made_in",) else None
            yield _Fact(target, rest, columns[0], value, written, table, row, filled)

    def _targets(self, row: TableRow, id_: str) -> dict[str, Target | None]:
        """What the columns of a row are about; a firm that it does not name is the one that the bill names."""
        part = self._data["parts"][self._parts[id_]]
        seller, maker = (row.cells.get(key) or part.get(key) for key in ("supplier", "maker"))
        number = row.cells.get("certificate_number")
        return {
            "": ("parts", id_, ""),
            SELLER: ("suppliers", seller, "") if isinstance(seller, str) else None,
            MAKER: ("suppliers", maker or seller, "") if isinstance(maker or seller, str) else None,
            CERTIFICATE: ("certificates", id_, same_number(number)) if isinstance(number, str) else None,
        }

    def _order(self, target: Target) -> tuple[int, bool, str]:
        table, id_, number = target
        return self._parts.get(id_, 0), table == "certificates", number

    def _add_to_parts(self) -> None:
        for (table, id_, number), facts in sorted(self._facts.items(), key=lambda each: self._order(each[0])):
            if table == "suppliers":
                continue
            at = ("parts", self._parts[id_])
            part = self._data["parts"][at[1]]
            if table == "parts":
                self._add(part, at, facts.values())
            else:
                self._add_certificate(part, at, number, facts)

    def _add_certificate(self, part: Values, at: Location, number: str, facts: dict[Location, _Fact]) -> None:
        """Add to the certificate with the number, or a new one; a number alone is kept as a document to be matched."""
        held = part.get("certificates", [])
        known = next((place for place, each in enumerate(held) if same_number(each["number"]) == number), None)
        fact = facts[("number",)]
        if known is None and facts.keys() == {("number",)}:
            shown_before = (each.get("number") for each in part.get("evidence", ()))
            if number not in map(same_number, filter(None, shown_before)):
                part.setdefault("evidence", []).append({"kind": "certificate", "number": fact.value})
                self._tell(fact, "evidence")
            return
        if known is None:
            held = part.setdefault("certificates", [])
            held.append({})
        else:
            facts = {path: each for path, each in facts.items() if path != ("number",)}
        index = len(held) - 1 if known is None else known
        self._add(held[index], (*at, "certificates", index), facts.values())

    def _add_to_suppliers(self) -> None:
        """Add to the firms of the bill and to those that its parts now name; others are left out."""
        suppliers = self._data.setdefault("suppliers", [])
        known = {supplier["id"]: at for at, supplier in enumerate(suppliers)}
        touched = (self._data["parts"][self._parts[id_]] for id_ in self.named)
        named = {part[key] for part in touched for key in ("supplier", "maker") if isinstance(part.get(key), str)}
        for id_ in sorted(named - known.keys()):
            known[id_] = len(suppliers)
            suppliers.append({"id": id_})
        for (table, id_, _), facts in sorted(self._facts.items(), key=lambda each: each[0]):
            if table == "suppliers" and id_ in known:
                self._add(suppliers[known[id_]], ("suppliers", known[id_]), facts.values())

    def _add(self, record: Values, at: Location, facts: Iterable[_Fact]) -> None:
        """Put statements into a record, and note those that are new and those that it contradicts."""
        for fact in facts:
            self._origins.setdefault(at, fact.table.place(fact.row))
            stated = _at(record, fact.path)
            old = _DEFAULTS.get(fact.path) if stated is None and fact.target[0] == "parts" else stated
            if fact.value is TOLD:
                self._put(record, at, fact)
                self._origins[(*at, *fact.path)] = REPORTED
            elif not self._can_be_read(fact):
                self._put(record, at, fact)
            elif old is not None and (self._same(fact, old, fact.value) or _agreed(fact, old) == old):
                continue
            elif (stated is None or _agreed(fact, stated) == fact.value) and fact.path != ("unit",):
                self._put(record, at, fact)
                self._tell(fact, fact.field)
            else:
                self._settle(record, at, fact, old)

    def _settle(self, record: Values, at: Location, fact: _Fact, old: Any) -> None:
        """Note a value that the bill states otherwise, and take the one that counts."""
        spelled = fact.target[0] == "suppliers" and fact.path == ("name",) and same_firm(str(old), str(fact.value))
        answer = self._answers.of(fact.column, described=spelled)
        taken: Literal["bill", "file"] = "file" if answer == "replace" else "bill"
        found = Conflict(*self._about(fact), fact.field, shown(old), shown(fact.value), taken, fact.place)
        (self._refused if answer == "error" else self.conflicts).append(found)
        if taken == "file":
            self._put(record, at, fact)

    def _put(self, record: Values, at: Location, fact: _Fact) -> None:
        node: Any = record
        for step in fact.path[:-1]:
            node = node.setdefault(step, {})
        node[fact.path[-1]] = fact.value
        self._origins.update(((*at, *path), place) for path, place in fact.places)
        self._origins.setdefault((*at, *fact.path), fact.place)

    def _tell(self, fact: _Fact, field: str) -> None:
        self.added.append(Added(*self._about(fact), field, shown(fact.value), fact.written, fact.place))

    def _about(self, fact: _Fact) -> tuple[str | None, str | None, str | None]:
        table, id_, _ = fact.target
        number = self._facts[fact.target][("number",)].value if table == "certificates" else None
        return (None, id_, None) if table == "suppliers" else (id_, None, number)

    def _same(self, fact: _Fact, one: Any, other: Any) -> bool:
        try:
            return self._comparable(fact, one) == self._comparable(fact, other)
        except PydanticCustomError:
            return str(one) == str(other)

    def _can_be_read(self, fact: _Fact) -> bool:
        if fact.column.kind is ColumnKind.COUNTRY:
            return fact.value in COUNTRIES or fact.value == ABROAD
        try:
            self._comparable(fact, fact.value)
        except PydanticCustomError:
            return False
        return True

    def _comparable(self, fact: _Fact, value: Any) -> Hashable:
        """A value such that two that mean the same are equal: 1 and 1.0, a price with and without the bill's currency."""
        kind = fact.column.kind
        if isinstance(value, dict):
            amount, per = to_decimal(value.get("amount")), to_decimal(value.get("per", 1))
            return amount, per, value.get("currency") or self._bom.currency
        if isinstance(value, list):
            return tuple(map(str, value)) if kind is ColumnKind.DATE else frozenset(map(str, value))
        if kind in NUMBERS:
            return to_decimal(value)
        if kind is ColumnKind.DATE:
            return to_date(value)
        if fact.path == ("hs_code",):
            return hs_code(value)
        return value if isinstance(value, bool) else str(value)


def _agreed(fact: _Fact, other: Any) -> Any:
    """Return the country that refines "made abroad", if the fact and the other value are origins that agree."""
    if fact.path != ("made_in",) or not isinstance(fact.value, str) or not isinstance(other, str):
        return None
    return agreed_origin(fact.value, other)


def _at(record: Values, path: Location) -> Any:
    """The value at a path in a record, None where there is none."""
    node: Any = record
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def same_number(number: str) -> str:
    """A certificate's number as it is compared: without spaces, whatever its case.

    >>> same_number("123/SJ-IND.8/TKDN/2/2025") == same_number(" 123/sj-ind.8 /TKDN/2/2025")
    True
    """
    return "".join(number.split()).casefold()


def shown(value: Any) -> str:
    """A value as text.

    >>> shown({"amount": "12.50", "currency": "USD"}), shown(True), shown(["2026-01-01", "2026-02-01"])
    ('12.50 USD', 'true', '2026-01-01, 2026-02-01')
    """
    if isinstance(value, dict):
        per = f" per {shown(value['per'])}" if "per" in value else ""
        return " ".join(filter(None, (shown(value["amount"]), value.get("currency")))) + per
    if isinstance(value, list):
        return ", ".join(map(shown, value)) or "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)
