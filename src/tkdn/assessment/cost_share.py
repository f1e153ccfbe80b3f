"""The base of assessments that count goods by shares of their cost, as the regulations before 35/2025 do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property

from tkdn.assessment.engines.share_engine import ShareEngine
from tkdn.assessment.findings.finding import Assumption, Gap, Warning  # noqa: A004
from tkdn.assessment.findings.gaps import certificate_term_open
from tkdn.assessment.findings.warnings import BillWarnings
from tkdn.assessment.result import Assessment


class ShareAssessment(Assessment):
    """An assessment by shares of cost: what it misses, and what it takes for granted."""

    engine: ShareEngine

    @abstractmethod
    def _gaps(self) -> Iterator[Gap]:
        """Yield what is missing."""

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Facts that are missing, and which figures each affects."""
        return (*self._terms(), *self._gaps())

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Facts that are taken for granted."""
        return (Assumption("date-today", values={"date": self.on}),) if self.today else ()

    def _warnings(self) -> Iterator[Warning]:
        found = BillWarnings(self.day, self.engine.facts, self.regulation, self.year, self.score_if_certified)
        yield from found.find()

    def _terms(self) -> Iterator[Gap]:
        """Yield the certificates that count by the longer of two terms only, with what each would add."""
        facts = self.engine.facts
        for index, longer in facts.if_longer.items():
            if longer is not None and index != self.day.product:
                yield certificate_term_open(
                    self.day.parts[index].id,
                    longer,
                    facts.terms,
                    self.score_if_certified(index, longer),
                    self.exact,
                )
