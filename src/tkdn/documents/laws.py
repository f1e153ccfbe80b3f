"""Which regulations the documents are counted by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation, regulations
from tkdn.method.procurement import TenderRules

if TYPE_CHECKING:
    from tkdn.assessment.steps import LegalValue
    from tkdn.law.regulation import Value

CONTENT_LAW = "permenperin-35-2025"
DUTY_LAW = "pp-29-2018"
TENDER_KIND = "tender"


def content_law() -> Regulation:
    """The regulation that says how services, combined goods and services, and BMP are counted."""
    return regulation(CONTENT_LAW)


def tender_laws() -> dict[str, Regulation]:
    """The regulations that a tender can name, by id."""
    return {law.id: law for law in regulations() if law.kind == TENDER_KIND}


def tender_rules(name: str, on: date) -> TenderRules:
    """The values of a tender's regulation on a day. Raises `RegulationError` where it gives none yet."""
    rules = TenderRules(regulation(name), regulation(DUTY_LAW), on)
    for key in ("formula", "most", "least_tkdn"):
        rules.value(f"preference.{key}")
    return rules


def legal(
    law: Regulation, key: str, value: Value, *, shown: str | None = None, article: str | None = None
) -> LegalValue:
    """A value of law as an explanation shows it, with the name of its regulation."""
    from tkdn.assessment.steps import LegalValue

    at = f"{law.name} {article or value.article}"
    return LegalValue(key, shown or str(value.value), law.parameter(key).unit, at, value.confidence, value.note)
