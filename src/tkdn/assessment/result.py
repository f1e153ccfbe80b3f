"""The result of every assessment, whatever the method: the figures, and all that must be said with them."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Self

from tkdn.assessment.case import Case
from tkdn.assessment.component import FIGURES, TEXTS, Component, Factor
from tkdn.assessment.engine_figures import EngineFigures
from tkdn.assessment.engines.engine import Engine, Move
from tkdn.assessment.findings.finding import Assumption, Gap, Warning  # noqa: A004
from tkdn.assessment.interpretations import Interpretations, ReadingFacts
from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.bom.bom import Bom
from tkdn.bom.changes import BillEdit, Changes
from tkdn.bom.model import Certificate
from tkdn.display.doors import door
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.frozen import FrozenMap
from tkdn.i18n import Lang
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import SPECIAL_GOODS, choices
from tkdn.outputs import headed
from tkdn.short_repr import LONGEST, cut

if TYPE_CHECKING:
    from tkdn.assessment.chart_rows import AssessmentPlots
    from tkdn.assessment.steps import Explanation


@dataclass(frozen=True, eq=False, repr=False)
class Assessment(EngineFigures, Viewed, ABC):
    """The assessment of a product: how domestic it is, under a regulation on a date, and how that is known.

    Percentages are `Decimal` with two places, or None if nothing can be said; `exact` and `exact_potential` are the
    fractions behind `score` and `potential`. Made by `tkdn.assess`; each method of the law has a kind of its own, which shows
    what its engine finds. An assessment never changes.
    """

    has_lift: ClassVar[bool] = False
    """Whether the lift of IKM parts is defined for the method."""

    @classmethod
    def of(cls, case: Case) -> Self:
        """Return the assessment of a case.

        Raises:
            BomError: what is wrong with the bill on this day.
        """
        return cls(case, cls.engine_of(case, exact=case.exact))

    @staticmethod
    @abstractmethod
    def engine_of(case: Case, *, exact: bool, before: Engine | None = None) -> Engine:
        """Return the engine of a case.

        Args:
            case: What is assessed.
            exact: Whether all of it is by exact ratios.
            before: An engine of the same bill on the same day, from which costs are taken.
        """

    # Findings, factors, components

    @property
    @abstractmethod
    def gaps(self) -> tuple[Gap, ...]:
        """Facts that are missing: code, part, message, remedy, and which figures each affects."""

    @property
    @abstractmethod
    def assumptions(self) -> tuple[Assumption, ...]:
        """Facts that are taken for granted, with the points that rest on each."""

    @abstractmethod
    def _warnings(self) -> Iterator[Warning]:
        """Yield what is doubtful in the bill, but for in-house stages."""

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """Doubts about the bill: code, part or supplier, message, and the points that rest on each."""
        return (*self._warnings(), *self._stage_warnings())

    @property
    @abstractmethod
    def factors(self) -> FrozenMap[str, Factor]:
        """The factors of the score: exact value, weight and points. Points minus `cap` add up to the score."""

    @cached_property
    def components(self) -> FrozenMap[str, Component]:
        """Every part reachable from the product but phantoms, by id; the product first, then in the bill's order."""
        day, first = self.day, self.day.product
        others = sorted(index for index in day.order if index != first and not day.parts[index].phantom)
        return FrozenMap((day.parts[index].id, self._component(index)) for index in (first, *others))

    def _component(self, index: int) -> Component:
        part, found, certificate = self.day.parts[index], self.engine.part(index), self.engine.facts.certificate[index]
        exact = {} if found.line is None else found.line._asdict()
        return Component(
            part=part.id,
            name=part.name,
            main=part.main,
            counts=found.counts,
            certified=certificate.tkdn if certificate else None,
            own=two_places(found.own),
            credited=self._shown_credit(found.credited),
            credited_potential=self._shown_credit(found.best),
            cost=two_places(exact.get("cost")),
            share=two_places(exact.get("share")),
            points=two_places(exact.get("points")),
            potential_points=two_places(exact.get("potential_points")),
            status=found.status,
            exact=FrozenMap(exact),
        )

    def _shown_credit(self, credit: Fraction | None) -> int | Decimal | None:
        """Return what is credited of a part as it is shown, in percent."""
        return two_places(credit)

    @property
    def component_factors(self) -> frozenset[str]:
        """The factors whose points come from components."""
        return frozenset({"material"})

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """Points in those factors that no component gives, by what gives them; components and these make the factors."""
        return {}

    @property
    def cap(self) -> Fraction:
        """Points taken off because the factors together are at most 100%."""
        if self.exact is None:
            return Fraction(0)
        return sum((factor.points or Fraction(0) for factor in self.factors.values()), Fraction(0)) - self.exact

    def explain(self, part: str | None = None) -> Explanation:
        """Return every step behind a part's figures, or the product's: inputs, rule, article, values, how well each is known.

        Raises:
            UsageError: The product takes no such part on the date.
        """
        found: Explanation = door(f"explanation by {self.engine.method}")(self, self.part(part or self.product).id)
        return found

    @cached_property
    def may_use(self) -> list[dict[str, str]]:
        """The regulations that the good may be counted by on the date, each with the article that says so.

        Of a good that a special regulation covers, either (35/2025 Pasal 71).
        """
        stated = [fact for fact in SPECIAL_GOODS if getattr(self.day.parts[self.day.product], fact) is not None]
        return [{"regulation": law.id, "article": article} for law, article in choices(self.on, stated)]

    def with_changes(self, changes: Changes) -> Self:
        """Return the assessment of the bill with some values changed, under the same law on the same day.

        It is equal to a new assessment of the changed bill; see `Bom.with_changes` for the changes, and for what it raises.

        >>> from tkdn import Bom, assess
        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
        ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
        ...                "foreign_workers": 0, "invested_in_indonesia": True}},
        ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> assess(bom).with_changes({"parts": {"WHEEL": {"all_domestic_material": True}}}).score
        Decimal('100.00')
        """
        edit = BillEdit(self.bom, changes, self.on)
        return type(self)(replace(self.case, bom=edit.bom), self.engine.edited(edit))

    def score_without(self, index: int, certificate: Certificate | None = None) -> Fraction | None:
        """Return the exact score of a new assessment in which a part holds no certificate, or only this one, and it counts."""
        part, certificates = self.day.parts[index], []
        if certificate is not None:
            until = max(self.on, certificate.expires or self.on)
            data = certificate.model_dump(mode="json", exclude_none=True)
            dates = {"issued": min(self.on, certificate.issued), "expires": until}
            kept = {key: value for key, value in data.items() if key not in ("withdrawn", "frozen", "bmp_expires")}
            certificates = [kept | {key: day.isoformat() for key, day in dates.items()}]
        return self.with_changes({"parts": {part.id: {"certificates": certificates}}}).exact

    def score_if_certified(self, index: int, certificate: Certificate | None) -> Fraction | None:
        """Return the exact score if this certificate counted for a part, or none did; a stage then opens or is a line."""
        if index in self.engine.facts.closed or self.day.explodes[index]:
            return self.score_without(index, certificate)
        move = (
            Move(index, "uncertified") if certificate is None else Move(index, "certified", Fraction(certificate.tkdn))
        )
        return self.engine.what_if([(move,)], "score")[0].value

    def _stage_warnings(self) -> Iterator[Warning]:
        """Yield the in-house stages that count by their certificate, with what the score would be more without it."""
        for index in sorted(self.engine.facts.closed & self.day.rank.keys()):
            then, now = self.score_without(index), self.exact
            points = None if then is None or now is None else then - now
            yield Warning("certificate-of-stage", self.day.parts[index].id, None, {}, points)

    def under(self, regulation: Regulation) -> Self:
        """Return the exact assessment of the same bill on the same day under another regulation of the same method."""
        case = replace(self.case, regulation=regulation)
        return type(self)(case, self.engine_of(case, exact=True, before=self.engine))

    def interpretations(self) -> Interpretations:
        """Return the score under each reading of the law, and the least and greatest over all combinations, exactly.

        A reading is a parameter of the regulation that is one among several readings of its text.

        >>> from tkdn import Bom, assess
        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
        ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
        ...                "foreign_workers": 0, "invested_in_indonesia": True}},
        ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"},
        ...               {"id": "WAX", "price": {"amount": "50000"}, "made_in": "MY", "main": False}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 1}, {"parent": "CART", "part": "WAX", "quantity": 1}]})
        >>> found = assess(bom).interpretations()
        >>> [(row.parameter, row.reading, str(row.exact)) for row in found.rows], found.least.readings
        ([('material_total', 'all', '625/16')], {'material_total': 'all'})
        """
        return Interpretations(self)

    def reading_facts(self) -> ReadingFacts:
        """Return, by parameter, whether the readings of it can differ for this bill; a parameter left out may."""
        # The reading of Permenperin 35/2025 Pasal 72a.
        return {"certificate.open_term": lambda: self.engine.facts.has_open_term(self.day.order)}

    @property
    def provenance(self) -> dict[str, Any]:
        """The values that identify the result; two results that may differ never have the same.

        `library`, `regulation`, `data_version`, `law_sha256` (its content), `year` (of calculation), `on`, `product`,
        `input_sha256` (what the bill was read from), `bill_sha256` (the bill as read), `options`.
        """
        return self.case.provenance

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data.

        Percentages are strings with two decimals, credits whole, null where nothing can be said.
        """
        return headed(
            "tkdn-assessment",
            {
                "product": self.product,
                "on": self.on.isoformat(),
                "regulation": self.regulation.id,
                "may_use": self.may_use,
                "score": text(self.score),
                "potential": text(self.potential),
                "bounds": [text(bound) for bound in self.bounds],
                "potential_bounds": [text(bound) for bound in self.potential_bounds],
                "coverage": text(self.coverage),
                "status": self.status,
                "reasons": list(self.reasons),
                "exact": {
                    "score": ratio(self.exact) if self.is_exact else None,
                    "potential": ratio(self.exact_potential) if self.is_exact else None,
                },
                "factors": {
                    **{name: factor.to_dict() for name, factor in self.factors.items()},
                    "cap": text(two_places(self.cap)),
                },
                "gaps": [gap.to_dict() for gap in self.gaps],
                "assumptions": [assumption.to_dict() for assumption in self.assumptions],
                "warnings": [warning.to_dict() for warning in self.warnings],
                "components": [component.to_dict() for component in self.components.values()],
                "provenance": self.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the components as a data frame of pandas, polars or pyarrow, one row a part, numbers as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        return frame_of_records([component.to_dict() for component in self], backend, TEXTS, FIGURES)

    @property
    def plot(self) -> AssessmentPlots:
        """Charts of the assessment: `plot.waterfall()`, `plot.treemap()`, `plot.sankey()`.

        They give figures of plotly (extra `plot`), and each has the data behind it as `plot.waterfall.frame()`.
        """
        charts: AssessmentPlots = door("charts of an assessment")(self)
        return charts

    def to_html(self, lang: Lang = "en") -> str:
        """Return the report as one page of HTML that works offline, with a switch to the other language.

        Args:
            lang: the language that it opens in.

        Raises:
            UsageError: `option-invalid` if there is no such language.
            MissingExtraError: `extra-missing` without the extra `report`.
        """
        return str(door("page of an assessment")(self, lang))

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)

    def __repr__(self) -> str:
        """Return the product, the date, the regulation, the score and the status."""
        return f"<Assessment of {self.product!r} on {self.on} under {self.regulation.id}: score {self.score}, {self.status}>"

    def __iter__(self) -> Iterator[Component]:
        """Iterate over the components."""
        return iter(self.components.values())


def assessed(given: object) -> Assessment:
    """Return the assessment that a caller gives.

    Raises:
        UsageError: `option-invalid`, if it is a bill, a path, anything else.
    """
    if isinstance(given, Assessment):
        return given
    bill = "bom" if isinstance(given, Bom) else "tkdn.read_bom(path)"
    is_file = isinstance(given, Bom | str | PathLike)
    remedy = f"assess it first: tkdn.assess({bill})" if is_file else "give a tkdn.Assessment"
    raise UsageError([Problem.worded("option-invalid", f"{cut(repr(given), LONGEST)} is no assessment", remedy)])
