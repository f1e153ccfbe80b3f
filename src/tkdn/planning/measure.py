"""A measure: something that could be done, what it changes in a bill, what it costs, how long it takes."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from tkdn.bom.model import Money, Record
from tkdn.bom.number import Currency, Id, NotNegative, Number, Positive, Text, problem

Fields = dict[str, Any]


class MoneyChange(Record):
    """An exact amount that may be below zero: what is saved; without a currency, in the bill's."""

    amount: Number
    currency: Currency | None = None


class Change(Record):
    """The changes of a bill by a measure, as `Bom.with_changes` takes them: new values of fields as in the bill's document."""

    parts: dict[Id, Fields] = Field(default_factory=dict)
    uses: dict[Text, Fields] = Field(default_factory=dict)
    suppliers: dict[Id, Fields] = Field(default_factory=dict)
    rates: dict[Currency, Positive] = Field(default_factory=dict)

    @cached_property
    def values(self) -> dict[tuple[str, str, str], Any]:
        """Each new value by section, record and field."""
        found = {
            (section, key, field): value
            for section in ("parts", "uses", "suppliers")
            for key, fields in getattr(self, section).items()
            for field, value in fields.items()
        }
        return found | {("rates", currency, "rate"): rate for currency, rate in self.rates.items()}


class Measure(Record):
    """Something that could be done: its `changes` of the bill, what it costs once, what it adds to the cost of each vehicle.

    `unit_cost_change` is rupiah more (or, below zero, less) for one vehicle. If it is left out, it is computed from what the
    changes do to the cost of the product; if it is stated, the statement counts. `lead_weeks` or `lead_months`: from the day
    its prerequisites are done until it counts. `excludes`: measures that cannot be taken with it; `requires`: those it needs.
    """

    id: Id
    name: Text | None = None
    changes: Change
    one_off: Money
    unit_cost_change: MoneyChange | None = None
    lead_weeks: NotNegative | None = None
    lead_months: NotNegative | None = None
    excludes: tuple[Id, ...] = ()
    requires: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """Its name, else its id."""
        return self.name or self.id

    @model_validator(mode="after")
    def _one_lead_time(self) -> Measure:
        if self.lead_weeks is not None and self.lead_months is not None:
            raise problem("lead-time-invalid", {}, "both")
        for field in ("lead_weeks", "lead_months"):
            value: Decimal | None = getattr(self, field)
            if value is not None and value != value.to_integral_value():
                raise problem("lead-time-invalid", {"field": field, "value": value})
        return self
