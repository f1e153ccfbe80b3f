"""TKDN of several goods together, and of goods with services: Permenperin 35/2025 Pasal 18-20, Lampiran IV.A and C."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.steps import Plain, Step, Word
from tkdn.bom.money import RatesOn
from tkdn.documents.laws import content_law
from tkdn.documents.model import CombinedDocument, Document
from tkdn.documents.reading import expect
from tkdn.documents.records import Item
from tkdn.documents.result import Note, Result, dated, ratio, shown, two_places
from tkdn.method.combined import GROUPS, PERCENT, CombinedRules, share, weighted, without_tkdn
from tkdn.outputs import headed
from tkdn.short_repr import brief


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A good or a service: its value in rupiah, its TKDN that counts and its share of its group's value, in percent."""

    record: Item
    value: Fraction
    tkdn: Fraction
    share: Fraction

    __repr__ = brief

    @property
    def kdn(self) -> Fraction:
        """Percent that it adds to the TKDN of its group: TKDN x share."""
        return self.tkdn * self.share / PERCENT

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data: percentages and rupiah as strings with two decimals."""
        figures = {"tkdn": self.tkdn, "value": self.value, "share": self.share, "kdn": self.kdn}
        return {"name": self.record.name, **{key: shown(value) for key, value in figures.items()}}


@dataclass(frozen=True)
class ItemGroup:
    """The goods, or the services: their TKDN together, their value and its share of everything, in percent."""

    rows: tuple[ItemRow, ...]
    value: Fraction
    share: Fraction

    __repr__ = brief

    @property
    def exact(self) -> Fraction | None:
        """TKDN in percent; None if there are none, or they cost nothing."""
        return weighted((row.tkdn, row.share) for row in self.rows) if self.value else None

    @property
    def tkdn(self) -> Decimal | None:
        """TKDN in percent, two decimals; None if there are none, or they cost nothing."""
        return two_places(self.exact)

    @property
    def kdn(self) -> Fraction:
        """Percent that the group adds to the score: TKDN x share (Pasal 18(1))."""
        return weighted([(self.exact or Fraction(0), self.share)])

    def to_dict(self) -> dict[str, Any]:
        """Return the group and its rows as plain data: percentages and rupiah as strings with two decimals."""
        figures = {"tkdn": self.exact, "value": self.value, "share": self.share, "kdn": self.kdn}
        return {**{key: shown(value) for key, value in figures.items()}, "rows": [row.to_dict() for row in self.rows]}


@dataclass(frozen=True, repr=False)
class CombinedResult(Result[CombinedDocument]):
    """TKDN of combined goods and services: `score`, `goods` and `services` with each row's share and KDN, `total` value."""

    groups: Mapping[str, ItemGroup]

    @property
    def goods(self) -> ItemGroup:
        """The goods."""
        return self.groups["goods"]

    @property
    def services(self) -> ItemGroup:
        """The services."""
        return self.groups["services"]

    @property
    def total(self) -> Fraction:
        """Value of everything in rupiah."""
        return self.goods.value + self.services.value

    @property
    def exact(self) -> Fraction:
        """The score in percent, unrounded."""
        return self.goods.kdn + self.services.kdn

    @property
    def score(self) -> Decimal:
        """TKDN in percent, two decimals."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages and rupiah as strings with two decimals."""
        return headed(
            "tkdn-combined-result",
            {
                **self.head(),
                "score": shown(self.exact),
                "total": shown(self.total),
                "exact": {"score": ratio(self.exact)},
                **{name: group.to_dict() for name, group in self.groups.items()},
                **self.tail(),
            },
        )

    def _steps(self) -> Iterator[Step]:
        for name, group in self.groups.items():
            unstated = any(row.record.tkdn is None for row in group.rows)
            law = self._law(without_tkdn(name)) if unstated else ()
            rows: tuple[dict[str, Plain], ...] = tuple(
                {
                    "name": row.record.name,
                    "stated": row.record.tkdn,
                    "tkdn": row.tkdn,
                    "value": row.value,
                    "share": row.share,
                    "kdn": row.kdn,
                }
                for row in group.rows
            )
            yield Step(f"combined_{name}", {"value": group.value}, law, group.exact, rows)
        sums: tuple[dict[str, Plain], ...] = tuple(
            {"group": name, "tkdn": group.exact, "share": group.share, "kdn": group.kdn}
            for name, group in self._named()
        )
        yield Step("combined_total", {"total": self.total}, result=self.exact, rows=sums)
        yield Step("printed", {"exact": ratio(self.exact)}, result=self.score)

    def _named(self) -> Iterator[tuple[Plain, ItemGroup]]:
        return ((Word(f"value.{name}"), group) for name, group in self.groups.items())


def combined(document: Document) -> CombinedResult:
    """Return TKDN of several goods, or of goods with services, by their acquisition values (nilai perolehan).

    Source: Permenperin 35/2025 Pasal 18-20, Lampiran IV.A and C.

    Args:
        document: a `CombinedDocument`.

    Returns:
        The score in percent, that of goods and of services, and each row's share.

    Raises:
        UsageError: `document-kind` if the document is of another kind.

    >>> from tkdn.documents import from_dict
    >>> result = combined(from_dict({"format": "tkdn-combined", "version": 1, "date": "2026-06-01",
    ...     "goods": [{"name": "Press", "tkdn": "40", "value": {"amount": "600"}}, {"name": "Robot", "value": {"amount": "200"}}],
    ...     "services": [{"name": "Installation", "tkdn": "90", "value": {"amount": "200"}}]}))
    >>> result.score, result.goods.tkdn, result.services.tkdn
    (Decimal('42.00'), Decimal('30.00'), Decimal('90.00'))
    """
    purchase = expect(document, CombinedDocument)
    on, law = purchase.day, content_law()
    rules, rates = CombinedRules(law, on), RatesOn(purchase.rates, on)
    values = {at: rates.value(money) or Fraction(0) for at, money in purchase.money()}
    total = sum(values.values(), Fraction(0))
    groups, notes = {}, list(dated(purchase))
    for name in GROUPS:
        items: tuple[Item, ...] = getattr(purchase, name)
        worth = [values[(name, index, "value")] for index in range(len(items))]
        sum_ = sum(worth, Fraction(0))
        rows = tuple(
            ItemRow(item, value, rules.tkdn(name, item.tkdn), share(value, sum_))
            for item, value in zip(items, worth, strict=True)
        )
        groups[name] = ItemGroup(rows, sum_, share(sum_, total))
        unstated = [item.name for item in items if item.tkdn is None]
        if unstated:
            notes.append(Note(f"without-tkdn-{name}", {"names": ", ".join(unstated)}))
    return CombinedResult(purchase, on, law, tuple(notes), groups)
