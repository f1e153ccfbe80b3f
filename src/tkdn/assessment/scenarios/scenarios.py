"""Scenarios: the figures of many variants of one bill, from columns of values; and draws from distributions (Monte Carlo)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from tkdn.assessment.assess import assess
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import text
from tkdn.assessment.scenarios.scenario_work import FIGURES, Column, Figure, Scenario, ScenarioWork, columns_of
from tkdn.bom.bom import Bom
from tkdn.display.frames import Frame, frame_of
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.exact import EXACT
from tkdn.method.goods import PERCENT
from tkdn.outputs import headed, sha256_of

if TYPE_CHECKING:
    from tkdn.law.regulation import Regulation

SPREADS = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "deviation"),
    "lognormal": ("mean of the logarithm", "its deviation"),
}
"""Distributions that can be drawn from, and the numbers that each takes."""


class Scenarios(Viewed):
    """The figures of many variants of one bill, in the order of the rows given; made by `scenarios` and `monte_carlo`.

    `rows`: one `Scenario` each. `exact_rows`: how many a float could not decide, which were computed by exact numbers.
    """

    def __init__(
        self, assessment: GoodsAssessment, columns: list[Column], rows: list[Scenario], exact_rows: int
    ) -> None:
        """Take the results of `scenarios` or `monte_carlo`.

        Args:
            assessment: the assessment that the rows change.
            columns: the columns given.
            rows: one scenario for each of their rows.
            exact_rows: how many rows were computed by exact numbers.
        """
        self.assessment, self.columns, self.rows, self.exact_rows = assessment, columns, rows, exact_rows

    def __len__(self) -> int:
        """Return how many scenarios there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Scenario]:
        """Iterate over the scenarios."""
        return iter(self.rows)

    @cached_property
    def _sorted(self) -> dict[str, list[Decimal]]:
        return {
            name: sorted(value for row in self.rows if (value := getattr(row, name)) is not None) for name in FIGURES
        }

    @property
    def without_score(self) -> int:
        """The number of scenarios that have no score."""
        return len(self.rows) - len(self._sorted["score"])

    def percentile(self, percent: float, of: Figure = "score") -> Decimal | None:
        """Return the lowest value that at least this percentage of the scenarios with a value do not exceed.

        None where no scenario has a value.

        Raises:
            UsageError: `option-invalid` for a percentage outside 0 to 100 or another figure.
        """
        if of not in FIGURES or not 0 <= percent <= PERCENT:
            message = f"no percentile {percent!r} of {of!r}"
            raise UsageError([Problem.worded("option-invalid", message, f"0 to {PERCENT}, of {', '.join(FIGURES)}")])
        values = self._sorted[of]
        if not values:
            return None
        rank = ceil(Fraction(str(percent)) * len(values) / PERCENT)
        return values[max(rank - 1, 0)]

    def probability(self, at_least: Decimal | int | str, of: Figure = "score") -> Decimal:
        """Return the share of all scenarios, 0 to 1 with four places, whose figure is at least this percentage.

        Those without the figure do not reach it.
        """
        if of not in FIGURES:
            raise UsageError([Problem.worded("option-invalid", f"no figure {of!r}", f"one of {', '.join(FIGURES)}")])
        target = EXACT.create_decimal(str(at_least))
        met = sum(value >= target for value in self._sorted[of])
        return Decimal(round(Fraction(met * 10_000, max(len(self.rows), 1)))).scaleb(-4, EXACT)

    @property
    def provenance(self) -> dict[str, Any]:
        """The values that identify the scenarios: the assessment, and `columns_sha256`, of the values given."""
        columns = sha256_of([[column.name, column.given] for column in self.columns])
        return {**self.assessment.provenance, "columns_sha256": columns}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages as strings with two decimals."""
        return headed(
            "tkdn-scenarios",
            {
                "product": self.assessment.product,
                "on": self.assessment.on.isoformat(),
                "regulation": self.assessment.regulation.id,
                "base": text(self.assessment.score),
                "columns": [column.name for column in self.columns],
                "rows": [row.to_dict() for row in self.rows],
                "without_score": self.without_score,
                "exact_rows": self.exact_rows,
                "provenance": self.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the scenarios as a data frame of pandas, polars or pyarrow.

        The columns given, then the figures as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        given = {column.name: list(column.values) for column in self.columns}
        found = {name: [getattr(row, name) for row in self.rows] for name in (*FIGURES, "status")}
        return frame_of({**given, **found}, backend)

    def __repr__(self) -> str:
        """Return the product, how many rows there are, and the median score."""
        middle = self.percentile(PERCENT / 2)
        return f"<Scenarios of {self.assessment.product!r}: {len(self)} rows, median score {middle}>"


def scenarios(
    bom: Bom | Assessment,
    columns: Frame | Mapping[str, Sequence[object]],
    *,
    on: date | str | None = None,
    regulation: str | Regulation | None = None,
    year: int | None = None,
    product: str | None = None,
) -> Scenarios:
    """Return the figures of many variants of a bill at once; each row equals a full assessment of the changed bill.

    Only goods by weighted factors (35/2025) have scenarios.

    Args:
        bom: the bill, or an assessment of it, which then brings its own day, law and product.
        columns: a data frame of pandas, polars or pyarrow, or a mapping of names to equally long columns. A name says what
            changes: "parts.ID.price" (the amount, in the currency of the part's price) or any other field of a part,
            "uses.PARENT > PART.quantity", "suppliers.ID.industrial_licence", "rates.USD". An empty cell leaves the value as it is
            in the bill.
        on: as in `assess`.
        regulation: as in `assess`.
        year: as in `assess`.
        product: as in `assess`.

    Raises:
        UsageError: `scenario-column`, `scenario-length`, `part-unknown`, `use-unknown`, `supplier-unknown`,
            `scenarios-not-for-method`.
        BomError: values are wrong, each with its row and column.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "CN"},
    ...               {"id": "FRAME", "price": {"amount": "450000"}, "made_in": "ID", "all_domestic_material": True}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}, {"parent": "CART", "part": "FRAME", "quantity": 1}]})
    >>> found = scenarios(bom, {"parts.WHEEL.price": ["100000", "150000", "300000"], "parts.WHEEL.made_in": [None, None, "ID"]})
    >>> [row.score for row in found], found.probability(at_least=75)
    ([Decimal('76.92'), Decimal('70.00'), Decimal('67.86')], Decimal('0.3333'))
    """
    assessment = (
        bom if isinstance(bom, Assessment) else assess(bom, on=on, regulation=regulation, year=year, product=product)
    )
    if not isinstance(assessment, GoodsAssessment):
        message = f"scenarios are defined for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem.worded("scenarios-not-for-method", message, "assess under permenperin-35-2025")])
    given = columns_of(columns)
    count = len(given[0].values) if given else 0
    work = ScenarioWork(assessment, given, count)
    return Scenarios(assessment, given, work.rows(), work.exact_rows)


def monte_carlo(
    bom: Bom | Assessment,
    spreads: Mapping[str, Sequence[Any]],
    *,
    draws: int,
    seed: int,
    on: date | str | None = None,
    regulation: str | Regulation | None = None,
    year: int | None = None,
    product: str | None = None,
) -> Scenarios:
    """Return scenarios drawn from distributions of prices, rates and quantities, each independent of the others.

    Args:
        bom: the bill, or an assessment of it, which then brings its own day, law and product.
        spreads: for each name as in `scenarios` a distribution: ("uniform", low, high), ("triangular", low, mode, high),
            ("normal", mean, standard deviation), ("lognormal", mean of the logarithm, its standard deviation).
        draws: how many scenarios are drawn.
        seed: makes the draws repeatable, and is part of what a reader must know.
        on: as in `assess`.
        regulation: as in `assess`.
        year: as in `assess`.
        product: as in `assess`.

    Raises:
        UsageError: `spread-invalid`, and those of `scenarios`.
        BomError: a draw is no price (below zero).

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "10", "currency": "USD"}, "made_in": "CN"},
    ...               {"id": "FRAME", "price": {"amount": "450000"}, "made_in": "ID", "all_domestic_material": True}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}, {"parent": "CART", "part": "FRAME", "quantity": 1}],
    ...     "rates": [{"currency": "USD", "rate": "16250", "from": "2026-05-20"}]})
    >>> drawn = monte_carlo(bom, {"rates.USD": ("triangular", 15500, 16250, 18500)}, draws=200, seed=1)
    >>> drawn.percentile(5), drawn.percentile(95), drawn.probability(at_least=40)
    (Decimal('66.66'), Decimal('68.94'), Decimal('1.0000'))
    """
    import numpy as np

    problems = []
    for name, spread in spreads.items():
        kind, numbers = (spread[0], spread[1:]) if isinstance(spread, Sequence) and spread else (None, ())
        if kind not in SPREADS or len(numbers) != len(SPREADS[kind]):
            known = "; ".join(f"{each}: {', '.join(takes)}" for each, takes in SPREADS.items())
            problems.append(
                Problem.worded("spread-invalid", f"{spread!r} is no distribution for {name!r}", f"write {known}")
            )
    if not isinstance(draws, int) or draws < 1:
        problems.append(Problem.worded("spread-invalid", f"{draws!r} draws", "write 1 or more"))
    if problems:
        raise UsageError(problems)
    chance = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, (kind, *numbers) in spreads.items():
        try:
            columns[name] = getattr(chance, kind)(*map(float, numbers), size=draws)
        except (ValueError, TypeError) as error:
            raise UsageError([Problem.worded("spread-invalid", f"{name!r}: {error}", "correct the numbers")]) from None
    return scenarios(bom, columns, on=on, regulation=regulation, year=year, product=product)
