"""What assessments have in common that count goods by shares of their cost, as those before 35/2025 do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tkdn.assessment.facts import Origins
from tkdn.assessment.findings.finding import Assumption, Gap
from tkdn.assessment.findings.gaps import certificate_term_open
from tkdn.assessment.result import Assessment, Component
from tkdn.assessment.rounding import two_places
from tkdn.assessment.walk import Status

if TYPE_CHECKING:
    from tkdn.assessment.findings.finding import Warning  # noqa: A004

FIGURES = ("cost", "share", "weight", "credit", "points", "potential_points")


class PartFigures(NamedTuple):
    """What an assessment found for a part: percentages, and the fractions behind its cost and points."""

    counts: bool
    status: Status
    own: Fraction | None
    credited: Fraction | None
    best: Fraction | None
    exact: dict[str, Fraction | None]


class ShareAssessment(Assessment):
    """An assessment by shares of cost: its components, and what it takes for granted."""

    origins: Origins

    @abstractmethod
    def _figures(self, number: int) -> PartFigures:
        """What the assessment found for a part."""

    @abstractmethod
    def _gaps(self) -> Iterator[Gap]:
        """What is missing."""

    @cached_property
    def components(self) -> Mapping[str, Component]:
        first = self.day.product
        numbers = sorted(number for number in self.day.order if not self.day.parts[number].phantom)
        return {
            self.day.parts[number].id: self._component(number)
            for number in (first, *(n for n in numbers if n != first))
        }

    def _component(self, number: int) -> Component:
        part, certificate, found = self.day.parts[number], self.origins.certificate[number], self._figures(number)
        return Component(
            part=part.id,
            name=part.name,
            main=part.main,
            counts=found.counts,
            certified=certificate.tkdn if certificate else None,
            own=two_places(found.own),
            credited=two_places(found.credited),
            credited_potential=two_places(found.best),
            cost=two_places(found.exact.get("cost")),
            share=two_places(found.exact.get("share")),
            points=two_places(found.exact.get("points")),
            potential_points=two_places(found.exact.get("potential_points")),
            status=found.status,
            exact=found.exact,
        )

    @cached_property
    def gaps(self) -> list[Gap]:
        return [*self._terms(), *self._gaps()]

    @cached_property
    def assumptions(self) -> list[Assumption]:
        return [Assumption("date-today", values={"date": self.on})] if self.today else []

    @cached_property
    def warnings(self) -> list[Warning]:
        from tkdn.assessment.findings.warnings import BillWarnings

        found = BillWarnings(self.day, self.origins, self.regulation, self.year, self.score_without).find()
        return [*found, *self._stage_warnings()]

    def certificates_on_day(self) -> Origins:
        return self.origins

    def _has_open_term(self) -> bool:
        return self.origins.has_open_term(self.day.order)

    def _terms(self) -> Iterator[Gap]:
        """Yield the certificates that count by the longer of two terms only, with what each would add."""
        for number, longer in self.origins.if_longer.items():
            if longer is not None and number != self.day.product:
                yield certificate_term_open(
                    self.day.parts[number].id,
                    longer,
                    self.origins.terms,
                    self.score_without(number, longer),
                    self.exact,
                )
