"""A bill out of a CycloneDX document: our own, with everything as `tkdn:` properties, or one that another program made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tkdn.bom.bill import FORMAT, VERSION, AnyBill
from tkdn.bom.cyclonedx.cyclonedx_writing import FIRMS, OWN_FORMAT, QUANTITY, READ_VERSIONS
from tkdn.bom.cyclonedx.properties import nested
from tkdn.bom.reading import build, from_pydantic
from tkdn.errors import BomError, Location, Place, Problem, json_path

Values = dict[str, Any]


class _Node(BaseModel):
    """What is read of an object of the document; all else it may hold is no part of a bill."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Property(_Node):
    name: str
    value: str | None = None


class _Firm(_Node):
    name: str | None = None


class _Component(_Node):
    bom_ref: str | None = Field(None, alias="bom-ref")
    name: str
    description: str | None = None
    supplier: _Firm | None = None
    manufacturer: _Firm | None = None
    components: list[_Component] = []
    properties: list[_Property] = []

    @property
    def id(self) -> str:
        return self.bom_ref or self.name


class _Metadata(_Node):
    component: _Component | None = None


class _Dependency(_Node):
    ref: str
    dependsOn: list[str] = []  # noqa: N815  # as CycloneDX spells it


class _Document(_Node):
    metadata: _Metadata = _Metadata()
    components: list[_Component] = []
    dependencies: list[_Dependency] = []
    properties: list[_Property] = []


def from_cyclonedx(
    model: type[AnyBill], data: Mapping[str, Any], file: str | None = None, *, product: str | None = None
) -> AnyBill:
    """The bill in a CycloneDX document. Raises `BomError` with all problems, each with its place."""
    version = data.get("specVersion")
    if version not in READ_VERSIONS:
        values = {"version": repr(version), "known": READ_VERSIONS}
        raise BomError([Problem("cyclonedx-version", values, Place(file, path="specVersion"))])
    try:
        document = _Document.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [from_pydantic(detail, data, json_path) for detail in details]
        raise BomError(problem.in_file(file or "") for problem in problems) from None
    return _Reading(document, file).as_bill(model, product)


def _records(data: Values, key: str) -> list[Values]:
    """The records that a list in the data has, whatever else stands there."""
    listed = data.get(key)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


class _Reading:
    """The bill's document put together from a CycloneDX document, with where each of its values stands."""

    def __init__(self, document: _Document, file: str | None) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._origins: dict[Location, Location] = {}
        self._quantities: dict[str, tuple[str, Location]] = {}
        self._edges: dict[tuple[str, str], Location] = {}
        head = self._record(document.properties, (), ())
        self.own = "uses" in head or "format" in head
        if head.pop("format", OWN_FORMAT) != OWN_FORMAT:
            at = self._origins[("format",)]
            self._problem("version-unknown", {"expected": OWN_FORMAT}, at, case="cyclonedx")
        if head.pop("parts", None) is not None:
            self._problem("cyclonedx-property", {}, self._origins[("parts",)], case="parts")
        self.data: Values = {"format": FORMAT, "version": VERSION, **head}
        firms = [each for each in _records(head, "suppliers") if isinstance(each.get("id"), str)]
        self._firms: Values = {firm["id"]: firm.get("name", firm["id"]) for firm in firms}
        self._firm_ids = {name: id_ for id_, name in reversed(self._firms.items()) if isinstance(name, str)}
        self._add_parts(document)
        self._add_edges(document)
        if self.own:
            self._compare_uses()
        else:
            self._add_uses()

    def as_bill(self, model: type[AnyBill], product: str | None) -> AnyBill:
        if product is not None:
            self.data["product"] = product
            self._origins.pop(("product",), None)
        try:
            bill = build(model, self.data, self._locate)
        except BomError as error:
            raise BomError([*self.problems, *error.problems]) from None
        if self.problems:
            raise BomError(self.problems)
        return bill

    def _locate(self, location: Location) -> Place:
        for end in range(len(location), -1, -1):
            if location[:end] in self._origins:
                return self._place(self._origins[location[:end]])
        return Place(self.file)

    def _place(self, at: Location) -> Place:
        return Place(self.file, path=json_path(at).path)

    def _problem(
        self, code: str, values: Mapping[str, object], at: Location, part: str | None = None, *, case: str = ""
    ) -> None:
        self.problems.append(Problem(code, values, self._place(at), part, case))

    def _record(self, properties: Iterable[_Property], at: Location, within: Location) -> Values:
        """The record in the properties of the object at `at`; it stands at `within` in the bill's document."""
        listed = [(each.name, each.value) for each in properties]
        found = nested(listed)
        for inner, index in found.origins.items():
            self._origins[(*within, *inner)] = (*at, "properties", index) if inner else at
        for index, why in found.faults:
            name = listed[index][0]
            self._problem("cyclonedx-property", {"name": name[:100], "reason": why}, (*at, "properties", index))
        return found.record

    def _add_parts(self, document: _Document) -> None:
        product = document.metadata.component
        pending: list[tuple[_Component, Location, str | None]] = [
            (each, ("components", index), None) for index, each in enumerate(document.components)
        ]
        pending.reverse()
        if product is not None:
            pending.append((product, ("metadata", "component"), None))
            self.data["product"] = product.id
            self._origins[("product",)] = ("metadata", "component")
        placed = []
        while pending:
            component, at, outer = pending.pop()
            placed.append((component, at))
            if outer is not None:
                self._edges.setdefault((outer, component.id), at)
            inner = [
                (each, (*at, "components", index), component.id) for index, each in enumerate(component.components)
            ]
            pending += reversed(inner)
        parts: list[Values] = []
        self.data["parts"] = parts
        if product is not None:
            self._put_in_position(placed, product)
        for component, at in placed:
            parts.append(self._part(component, at, ("parts", len(parts))))

    def _put_in_position(self, placed: list[tuple[_Component, Location]], product: _Component) -> None:
        """Move the product to where it stood among the parts of the bill that was written."""
        stated = [each.value for each in product.properties if each.name == "tkdn:position"]
        if stated and (text := stated[0] or "").isascii() and text.isdigit() and len(text) < 10:
            placed.insert(int(text), placed.pop(0))

    def _part(self, component: _Component, at: Location, within: Location) -> Values:
        record = self._record(component.properties, at, within)
        record.pop("position", None)
        self._origins[within] = at
        id_ = record["id"] = component.id
        if "name" not in record and component.name != id_:
            record["name"] = component.name
            self._origins[(*within, "name")] = (*at, "name")
        if component.description is not None:
            record["spec"] = component.description
            self._origins[(*within, "spec")] = (*at, "description")
        for key, field in FIRMS.items():
            self._add_firm(record, key, getattr(component, field), (*at, field))
        for index, each in enumerate(component.properties):
            if each.name == QUANTITY:
                stated = each.value or "", (*at, "properties", index)
                if self._quantities.setdefault(id_, stated)[0] != stated[0]:
                    self._problem("cyclonedx-quantity", {"part": id_}, stated[1], id_, case="twice")
        return record

    def _add_firm(self, record: Values, key: str, firm: _Firm | None, at: Location) -> None:
        """Take the firm that a component names; where a property names one too, both must mean the same."""
        if firm is None or firm.name is None:
            return
        stated = record.get(key)
        if stated is None:
            record[key] = self._firm_ids.get(firm.name) or self._new_firm(firm.name, at)
        elif isinstance(stated, str) and self._firms.get(stated, firm.name) != firm.name:
            self._problem(
                "cyclonedx-conflict",
                {"at": at[-1], "firm": firm.name[:60], "key": key, "stated": stated[:60]},
                at,
                record["id"],
            )

    def _new_firm(self, name: str, at: Location) -> str:
        """A supplier of whom nothing but the name is known."""
        suppliers = self.data.setdefault("suppliers", [])
        if isinstance(suppliers, list):
            self._origins[("suppliers", len(suppliers))] = at
            suppliers.append({"id": name})
        self._firms[name] = self._firm_ids[name] = name
        return name

    def _add_edges(self, document: _Document) -> None:
        for index, each in enumerate(document.dependencies):
            for place, part in enumerate(each.dependsOn):
                self._edges.setdefault((each.ref, part), ("dependencies", index, "dependsOn", place))

    def _add_uses(self) -> None:
        """Take what goes into what from nesting and dependencies, and how much of it from the component that goes in."""
        product = self.data.get("product")
        below = {part for _, part in self._edges}
        for index, part in enumerate(self.data["parts"]):
            if product is not None and part["id"] not in below and part["id"] != product:
                self._edges[(product, part["id"])] = self._origins[("parts", index)]
        parents: dict[str, list[str]] = defaultdict(list)
        for parent, part in self._edges:
            parents[part].append(parent)
        uses: list[Values] = []
        self.data["uses"] = uses
        for (parent, part), at in self._edges.items():
            quantity, stated_at = self._quantities.get(part, (None, at))
            if quantity is None or len(parents[part]) > 1:
                if parents[part][0] == parent:
                    self._quantity_unclear(part, parents[part], quantity, at)
                quantity = "1"  # so that the other checks run
            self._origins[("uses", len(uses))] = at
            self._origins[("uses", len(uses), "quantity")] = stated_at
            uses.append({"parent": parent, "part": part, "quantity": quantity})

    def _quantity_unclear(self, part: str, parents: list[str], quantity: str | None, at: Location) -> None:
        values = {"part": part, "parents": tuple(map(repr, parents[:5])), "parent": parents[0], "property": QUANTITY}
        self._problem("cyclonedx-quantity", values, at, part, case="" if quantity is None else "shared")

    def _compare_uses(self) -> None:
        """Where our properties and what other programs read do not say the same, one of them was changed."""
        uses = _records(self.data, "uses")
        pairs = {(str(use.get("parent")), str(use.get("part"))): index for index, use in enumerate(uses)}
        for (parent, part), at in self._edges.items():
            if (parent, part) not in pairs:
                self._problem("cyclonedx-conflict", {"parent": parent, "part": part}, at, part, case="uses")
        for (parent, part), index in pairs.items():
            if self._edges and (parent, part) not in self._edges:
                values, at = {"parent": parent, "part": part}, self._origins["uses", index]
                self._problem("cyclonedx-conflict", values, at, part, case="dependencies")
        amounts: dict[str, set[str]] = defaultdict(set)
        for use in uses:
            amounts[str(use.get("part"))].add(str(use.get("quantity")))
        for part, (quantity, at) in self._quantities.items():
            if amounts[part] and quantity not in amounts[part]:
                values = {"property": QUANTITY, "part": part, "quantity": quantity[:40]}
                self._problem("cyclonedx-conflict", values, at, part, case="quantity")
