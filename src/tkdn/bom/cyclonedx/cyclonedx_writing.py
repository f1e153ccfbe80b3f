"""A bill as a CycloneDX document: parts as components of type device, uses as dependencies, everything exact as properties."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tkdn.bom.bill import FORMAT, VERSION, Bill, dump_json
from tkdn.bom.cyclonedx.properties import PREFIX, flattened
from tkdn.bom.model import Use
from tkdn.errors import Problem, UsageError

VERSIONS = ("1.6", "1.7")
READ_VERSIONS = ("1.4", "1.5", *VERSIONS)
"""Before 1.4 there are no devices with properties."""
OWN_FORMAT = f"{FORMAT}/{VERSION}"
QUANTITY = "cdx:device:quantity"
FIRMS = {"supplier": "supplier", "maker": "manufacturer"}
"""A part's firms, and what a component calls them."""
NOT_PROPERTIES = ("id", "spec")
"""What a component says in fields of its own: its bom-ref, its description."""


def to_cyclonedx(bill: Bill, version: str = "1.6") -> dict[str, Any]:
    """The bill as a CycloneDX document of that version of the specification.

    Raises `UsageError` (`option-invalid`) for another version than 1.6 and 1.7.
    """
    if version not in VERSIONS:
        raise UsageError(
            [Problem("option-invalid", {"version": version, "versions": tuple(VERSIONS)}, case="cyclonedx_version")]
        )
    document = bill.to_dict()
    uses: dict[str, list[Use]] = defaultdict(list)
    below: dict[str, dict[str, None]] = {part.id: {} for part in bill.parts}
    for use in bill.uses:
        uses[use.part].append(use)
        below[use.parent][use.part] = None
    names = {firm["id"]: firm.get("name", firm["id"]) for firm in document.get("suppliers", ())}
    components = {part["id"]: _component(part, uses[part["id"]], names) for part in document["parts"]}
    product = components.pop(bill.product)
    if position := bill.graph.index_of(bill.product):
        product.setdefault("properties", []).append({"name": f"{PREFIX}:position", "value": str(position)})
    head: dict[str, Any] = {
        key: document[key] for key in ("date", "currency", "uses", "suppliers", "rates") if key in document
    }
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "version": 1,
        "metadata": {"component": product},
        "components": [*components.values()],
        "dependencies": [{"ref": id_, **({"dependsOn": [*parts]} if parts else {})} for id_, parts in below.items()],
        "properties": _properties({"format": OWN_FORMAT} | head),
    }


def cyclonedx_text(bill: Bill, version: str = "1.6") -> str:
    """`to_cyclonedx` as JSON text, one component a line, so that differences read well."""
    return dump_json(to_cyclonedx(bill, version))


def _component(part: dict[str, Any], uses: list[Use], firm_names: dict[str, str]) -> dict[str, Any]:
    id_, name = part["id"], part.get("name")
    firms = {field: {"name": firm_names[part[key]]} for key, field in FIRMS.items() if key in part}
    record = {key: value for key, value in part.items() if key not in NOT_PROPERTIES}
    if name is not None and name != id_:
        del record["name"]
    properties = _properties(record)
    if len(uses) == 1 and uses[0].unit in (None, part.get("unit", "pcs")):
        properties.append({"name": QUANTITY, "value": f"{uses[0].quantity:f}"})
    return {
        "type": "device",
        "bom-ref": id_,
        **firms,
        "name": id_ if name is None else name,
        **({"description": part["spec"]} if "spec" in part else {}),
        **({"properties": properties} if properties else {}),
    }


def _properties(record: dict[str, Any]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for key, value in record.items() for name, value in flattened(value, key)]
