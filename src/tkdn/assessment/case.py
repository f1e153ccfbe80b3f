"""The case of an assessment: which product of which bill is assessed, under which law, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tkdn.bom.bom import Bom
from tkdn.law.identity import law_identity
from tkdn.law.regulation import Regulation, Value


@dataclass(frozen=True)
class Case:
    """The bill that is assessed, with the law, the day and the options of the assessment.

    Attributes:
        bom: The bill as read.
        index: Index of the product.
        regulation: The regulation that it is assessed under.
        on: The day.
        year: Calculation year, if values are given by year; None for that of the day.
        today: Whether the day was not asked for.
        exact: Whether exact ratios were asked for throughout.
    """

    bom: Bom
    index: int
    regulation: Regulation
    on: date
    year: int | None = None
    today: bool = False
    exact: bool = False

    @property
    def product(self) -> str:
        """Id of the product."""
        return self.bom.parts[self.index].id

    def value(self, key: str) -> Value:
        """Return a legal value on the day, in the calculation year if it is given by year."""
        return self.regulation.value(key, self.on, self.year)

    @property
    def options(self) -> dict[str, bool]:
        """The options that it was asked with."""
        repealed = not self.regulation.in_force(self.on)
        return {"exact": self.exact, "allow_repealed": repealed, "date_assumed": self.today}

    @property
    def provenance(self) -> dict[str, Any]:
        """The values that identify the result; two results that may differ never have the same."""
        return {
            **law_identity(self.regulation, self.on, self.year),
            "product": self.product,
            "input_sha256": self.bom.sha256,
            "bill_sha256": self.bom.content_sha256,
            "options": self.options,
        }
