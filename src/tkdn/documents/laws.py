"""The regulations that the documents are counted by."""

from __future__ import annotations

from datetime import date

from tkdn.assessment.steps import LegalValue
from tkdn.law.regulation import Regulation, Value
from tkdn.law.shipped import regulation, regulations
from tkdn.method.procurement import TenderRules

CONTENT_LAW = "permenperin-35-2025"
DUTY_LAW = "pp-29-2018"
TENDER_KIND = "tender"


def content_law() -> Regulation:
    """Return the regulation that says how services, combined goods and services, and BMP are counted."""
    return regulation(CONTENT_LAW)


def tender_laws() -> dict[str, Regulation]:
    """Return the regulations that a tender can name, by id."""
    return {law.id: law for law in regulations() if law.kind == TENDER_KIND}


def tender_rules(name: str, on: date) -> TenderRules:
    """Return the values of a tender's regulation on a day.

    Raises:
        RegulationError: `regulation-no-value` if it gives none yet on that day.
    """
    rules = TenderRules(regulation(name), regulation(DUTY_LAW), on)
    for key in ("formula", "most", "least_tkdn"):
        rules.value(f"preference.{key}")
    return rules


def legal(
    law: Regulation, key: str, value: Value, *, shown: str | None = None, article: str | None = None
) -> LegalValue:
    """Return a value of law as an explanation shows it, with the name of its regulation."""
    at = f"{law.name} {article or value.article}"
    return LegalValue(key, shown or str(value.value), law.parameter(key).unit, at, value.confidence, value.note)
