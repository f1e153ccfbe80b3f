"""A move before it is valued: what changes in the bill, and in the facts that credits follow from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

from tkdn.assessment.credit import CreditFacts

Kind = Literal[
    "certify", "next_band", "all_domestic", "localise", "renew", "register", "factor", "brainware", "benefit"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Measure = Literal["tkdn", "bmp"]
Plain = str | int | bool | Decimal | Fraction | list[dict[str, Any]] | None
Changes = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that can be done, for a part, a maker (`supplier`) or the product.

    `changes`: in the words of `Bom.with_changes`; `against`: the changes that it is compared with, where that is not the bill
    as it is (a certificate that would be lost). `about`: plain facts on it. `headline`: false where it is another case of a
    move that is listed already. `facts`, `lost`: the same changes as facts of parts; `making`: as facts of how the product is
    made.
    """

    kind: Kind
    variant: str
    part: str | None
    changes: Changes
    about: Mapping[str, Plain]
    articles: tuple[str, ...]
    number: int | None = None
    supplier: str | None = None
    headline: bool = True
    against: Changes = field(default_factory=dict)
    facts: Mapping[int, CreditFacts] = field(default_factory=dict)
    lost: Mapping[int, CreditFacts] = field(default_factory=dict)
    making: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    closing: Callable[[], list[dict[str, Any]]] | None = None
    """What would bring the part's own bill to the next value: asked for late, because it looks at every line."""
    benefit: Fraction | None = None
    """Points of BMP, where it earns these and no TKDN."""

    @property
    def id(self) -> str:
        """Kind, part or supplier, and variant: what names it in `costs` and in a plan."""
        return ":".join(filter(None, (self.kind, self.part or self.supplier, self.variant)))

    @property
    def credit(self) -> int:
        """The credit that the part would earn, in whole percent; 0 where the move is not about that."""
        credit = self.about.get("credit")
        return credit if isinstance(credit, int) else 0

    @property
    def touches(self) -> frozenset[Hashable]:
        """The part it is for, and what it changes: numbers of parts, or single facts of how the product is made.

        Two that share one are rivals.
        """
        made = {(record, fact) for record, facts in self.making.items() for fact in facts}
        subject = () if self.number is None else (self.number,)
        return frozenset({*subject, *self.facts, *self.lost, *made})


def merged(all_changes: list[Changes]) -> Changes:
    """Return several changes as one; of two to one field the later counts."""
    together: Changes = {}
    for changes in all_changes:
        for section, records in changes.items():
            for key, fields in records.items():
                together.setdefault(section, {}).setdefault(key, {}).update(fields)
    return together
