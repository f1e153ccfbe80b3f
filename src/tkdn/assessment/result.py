"""What every assessment says, whatever the method: the figures with all that must be said beside them."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.rounding import ratio, short_ratio, text, two_places
from tkdn.assessment.stages import certified_stages, counted_bill
from tkdn.assessment.walk import Obstacle, Status
from tkdn.bom.bulk import bulk
from tkdn.bom.day import BillOnDay
from tkdn.display.doors import door
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang, say
from tkdn.law.identity import law_identity
from tkdn.law.shipped import SPECIAL_GOODS, choices
from tkdn.outputs import headed
from tkdn.short_repr import brief

if TYPE_CHECKING:
    from tkdn.assessment.chart_rows import AssessmentPlots
    from tkdn.assessment.facts import Origins
    from tkdn.assessment.findings.finding import Assumption, Gap, Warning  # noqa: A004
    from tkdn.assessment.interpretations import Interpretations, ReadingFacts
    from tkdn.assessment.steps import Explanation
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import BillEdit, Changes
    from tkdn.bom.model import Certificate, Part
    from tkdn.law.regulation import Regulation, Value


TEXTS = ("part", "name", "main", "counts", "status")
FIGURES = ("certified", "own", "credited", "credited_potential", "cost", "share", "points", "potential_points")
"""The columns of components as a data frame."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part in the assessment. Percentages in percent; `cost`, `share`, `points` only for direct lines of the product.

    `credited` is a whole percent under 35/2025, a share of cost with two decimals under the cost methods. `exact` holds the
    fractions behind `cost`, `share`, `credit`, `points` and `potential_points`.
    """

    part: str
    name: str | None
    main: bool
    counts: bool
    certified: Decimal | None
    own: Decimal | None
    credited: int | Decimal | None
    credited_potential: int | Decimal | None
    cost: Decimal | None
    share: Decimal | None
    points: Decimal | None
    potential_points: Decimal | None
    status: Status
    exact: Mapping[str, Fraction | None]

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "name": self.name,
            "main": self.main,
            "counts": self.counts,
            "certified": _as_printed(self.certified),
            "own": text(self.own),
            "credited": None if self.credited is None else str(self.credited),
            "credited_potential": None if self.credited_potential is None else str(self.credited_potential),
            "cost": text(self.cost),
            "share": text(self.share),
            "points": text(self.points),
            "potential_points": text(self.potential_points),
            "status": self.status,
            "exact": {key: short_ratio(value) for key, value in self.exact.items()},
        }


def _as_printed(certified: Decimal | None) -> str | None:
    """A certificate's value with two decimals, or with all it has where it has more: they can decide its band."""
    if certified is None:
        return None
    exponent = certified.as_tuple().exponent
    more = isinstance(exponent, int) and exponent < -2
    return text(certified if more else two_places(Fraction(certified)))


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the score: its exact value in percent (None: not known), weight, and the points it gives."""

    value: Fraction | None
    weight: Fraction
    points: Fraction | None

    __repr__ = brief

    def to_dict(self) -> dict[str, str | None]:
        return {key: text(two_places(getattr(self, key))) for key in ("value", "weight", "points")}


KEPT = ("bom", "on", "year", "today", "options", "_product", "day")
"""Attributes that assessments of one bill on one day share, whatever the law."""


class Assessment(Viewed, ABC):
    """How domestic a product is, under a regulation on a date, and how that is known.

    Percentages are `Decimal` with two places, or None where nothing can be said; `exact` and `exact_potential` are the
    fractions behind `score` and `potential`. Made by `tkdn.assess`; each method of the law has a kind of its own.
    """

    has_lift = False
    """Whether the lift of IKM parts is defined for the method."""

    def __init__(
        self,
        bom: Bom,
        product: int,
        regulation: Regulation,
        on: date,
        *,
        today: bool,
        year: int | None,
        exact: bool = False,
    ) -> None:
        self.bom, self.regulation, self.on, self.year = bom, regulation, on, year
        self.today, self.exactly = today, exact
        self.options = {"exact": exact, "allow_repealed": not regulation.in_force(on), "date_assumed": today}
        self._product = product
        self._count()
        self._prepare()

    def _count(self) -> None:
        """Set the bill as it is counted: in-house stages whose certificate counts are lines."""
        self.closed = certified_stages(self.bom, CertificateTerms(self.regulation, self.on))
        self.counted = counted_bill(self.bom, self.closed)

    def _closes_stages(self, change: BillEdit[Bom]) -> bool:
        """Return whether a change has to be assessed anew, because a stage is a line by its certificate, or may become one."""
        parts = change.bom.parts
        return bool(self.closed) or any(parts[each].in_house and parts[each].certificates for each in change.parts)

    @abstractmethod
    def _prepare(self) -> None:
        """What the method needs from the bill on the day; raises what is wrong with the bill on this day."""

    @cached_property
    def day(self) -> BillOnDay:
        """The bill as it stands on the day: effective uses, lines, exact costs."""
        with bulk():
            return BillOnDay(self.counted, self._product, self.on)

    @property
    def product(self) -> str:
        """Id of the product."""
        return self.bom.parts[self._product].id

    def value(self, key: str) -> Value:
        """A legal value on the date, in the calculation year where it is given by year."""
        return self.regulation.value(key, self.on, self.year)

    @abstractmethod
    def made_here(self, number: int) -> bool | None:
        """Whether a part, by its number, is made in Indonesia; None where that is not known."""

    @property
    def is_exact(self) -> bool:
        """Whether `exact` and its like are exact; if not, their denominators would have more than 20,000 digits, they hold to 100
        digits, and outputs leave them out."""
        return True

    @property
    @abstractmethod
    def exact(self) -> Fraction | None:
        """The exact fraction behind `score`, in percent (see `is_exact`)."""

    @property
    @abstractmethod
    def exact_potential(self) -> Fraction | None:
        """The exact fraction behind `potential`, in percent."""

    @property
    @abstractmethod
    def exact_high(self) -> Fraction | None:
        """The exact fraction behind the upper bound, in percent."""

    @property
    def exact_potential_bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The exact fractions behind `potential_bounds`."""
        return self.exact_potential, self.exact_potential_high

    @property
    @abstractmethod
    def exact_potential_high(self) -> Fraction | None:
        """The exact fraction behind the upper bound of the potential, in percent."""

    @property
    @abstractmethod
    def exact_coverage(self) -> Fraction | None:
        """The exact fraction behind `coverage`, in percent."""

    @property
    @abstractmethod
    def status(self) -> Status:
        """`complete` (no gap affects the score), `incomplete`, or `cannot_be_calculated` (with the article in `reasons`)."""

    @property
    @abstractmethod
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What keeps the product from a score."""

    @property
    @abstractmethod
    def gaps(self) -> list[Gap]:
        """What is missing: code, part, message, remedy, and which figures it affects."""

    @property
    @abstractmethod
    def assumptions(self) -> list[Assumption]:
        """What is taken for granted, with the points that rest on each."""

    @property
    @abstractmethod
    def warnings(self) -> list[Warning]:
        """What is doubtful in the bill."""

    @property
    @abstractmethod
    def factors(self) -> dict[str, Factor]:
        """The factors of the score: exact value, weight and points. Points minus `cap` add up to the score."""

    @property
    @abstractmethod
    def components(self) -> Mapping[str, Component]:
        """Every part reachable from the product but phantoms, by id; the product first, then in the bill's order."""

    @abstractmethod
    def explain(self, part: str | None = None) -> Explanation:
        """Every step behind a part's figures, or the product's: inputs, rule, article, legal values and how well each is known.

        Raises `UsageError` when the product takes no such part on the date.
        """

    @property
    def score(self) -> Decimal | None:
        """TKDN in percent as the law credits it on the date; unknown facts count as nothing."""
        return two_places(self.exact)

    @property
    def potential(self) -> Decimal | None:
        """TKDN if every component were certified at what its own bill gives, where that is more."""
        return two_places(self.exact_potential)

    @property
    def exact_bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The exact fractions behind `bounds`."""
        return self.exact, self.exact_high

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest score that the unknown facts leave open."""
        return two_places(self.exact), two_places(self.exact_high)

    @property
    def potential_bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Potential, and the highest it could be if everything missing were shown at its best: bills, origins, facts."""
        low, high = self.exact_potential_bounds
        return two_places(low), two_places(high)

    @property
    def coverage(self) -> Decimal | None:
        """Share of the main material cost whose credit is known, in percent."""
        return two_places(self.exact_coverage)

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why there is no score: each with `code`, `article` and `message`; empty where there is one."""
        return [
            {
                "code": obstacle.code,
                "article": self.article(obstacle.rule),
                "message": say(f"obstacle.{obstacle.code}", part=self.day.parts[obstacle.part].id),
            }
            for obstacle in self.obstacles
        ]

    @cached_property
    def may_use(self) -> list[dict[str, str]]:
        """The regulations that the good may be counted by on the date, each with the article that says so: of a good that a
        special regulation covers, either (35/2025 Pasal 71)."""
        stated = [fact for fact in SPECIAL_GOODS if getattr(self.day.parts[self.day.product], fact) is not None]
        return [{"regulation": law.id, "article": article} for law, article in choices(self.on, stated)]

    def article(self, parameter: str | None) -> str | None:
        """The regulation's article that gives a parameter, such as "Permenperin 35/2025 Pasal 9(1)"."""
        return parameter and self.regulation.cite(self.value(parameter).article)

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

    def with_changes(self, changes: Changes) -> Self:
        """The assessment of the bill with some values changed (see `Bom.with_changes`), under the same law on the same day.

        Equal to a new assessment of the changed bill. Raises what `Bom.with_changes` raises.

        >>> from tkdn import Bom, assess
        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
        ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
        ...                "foreign_workers": 0, "invested_in_indonesia": True}},
        ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> assess(bom).with_changes({"parts": {"WHEEL": {"all_domestic_material": True}}}).score
        Decimal('100.00')
        """
        from tkdn.bom.changes import BillEdit

        return self._of(BillEdit(self.bom, changes, self.on).bom)

    def _of(self, bom: Bom) -> Self:
        """The same assessment of another bill with this product in the same place."""
        law, on = self.regulation, self.on
        new = type(self)(bom, self._product, law, on, today=self.today, year=self.year, exact=self.exactly)
        new.options = self.options
        return new

    def score_without(self, number: int, certificate: Certificate | None = None) -> Fraction | None:
        """Return the exact score of a new assessment in which a part holds no certificate, or only this one, and it counts."""
        part, certificates = self.day.parts[number], []
        if certificate is not None:
            until = max(self.on, certificate.expires or self.on)
            data = certificate.model_dump(mode="json", exclude_none=True)
            dates = {"issued": min(self.on, certificate.issued), "expires": until}
            kept = {key: value for key, value in data.items() if key not in ("withdrawn", "frozen", "bmp_expires")}
            certificates = [kept | {key: day.isoformat() for key, day in dates.items()}]
        return self.with_changes({"parts": {part.id: {"certificates": certificates}}}).exact

    def _stage_warnings(self) -> Iterator[Warning]:
        """Yield the in-house stages that count by their certificate, with what the score would be more without it."""
        from tkdn.assessment.findings.finding import Warning  # noqa: A004

        for number in sorted(self.closed & self.day.rank.keys()):
            then, now = self.score_without(number), self.exact
            points = None if then is None or now is None else then - now
            yield Warning("certificate-of-stage", self.day.parts[number].id, None, {}, points)

    def under(self, regulation: Regulation) -> Self:
        """Return the exact assessment of the same bill on the same day under another regulation of the same method."""
        new = copy(self)
        new.__dict__ = {name: self.__dict__[name] for name in KEPT if name in self.__dict__}
        new.regulation, new.exactly = regulation, True
        new._count()
        if new.closed != self.closed:  # other terms of certificates, other lines
            new.__dict__.pop("day", None)
        new._prepare()
        return new

    @abstractmethod
    def certificates_on_day(self) -> Origins:
        """Return origin and certificate of each part on the day."""

    def score_if_certified(self, number: int, certificate: Certificate | None) -> Fraction | None:
        """Return the exact score if this certificate counted for the part of an index, or none did."""
        if certificate is not None and self.certificates_on_day().certificate[number] is certificate:
            return self.exact  # a new assessment costs as much as the first one
        return self.score_without(number, certificate)

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
        from tkdn.assessment.interpretations import Interpretations

        return Interpretations(self)

    def reading_facts(self) -> ReadingFacts:
        """Return, by parameter, whether the readings of it can differ for this bill; a parameter left out may."""
        # The reading of Permenperin 35/2025 Pasal 72a.
        return {"certificate.open_term": self._has_open_term}

    @abstractmethod
    def _has_open_term(self) -> bool:
        """Return whether the term of any certificate is open between two."""

    def part(self, id_: str) -> Part:
        """The record of a part that the product takes on the date; raises `UsageError` where it takes none of that id."""
        number = self.bom.graph.number(id_)
        if number not in self.day.rank:
            message = f"{self.product!r} takes no {id_!r} on {self.on}"
            raise UsageError([Problem("part-not-reached", message, "choose a part of the product", part=id_)])
        return self.day.parts[number]

    @property
    def provenance(self) -> dict[str, Any]:
        """What identifies the result; two that may differ never have the same.

        `library`, `regulation`, `data_version`, `law_sha256` (its content), `year` (of calculation), `on`, `product`,
        `input_sha256` (what the bill was read from), `bill_sha256` (the bill as read), `options`.
        """
        return {
            **law_identity(self.regulation, self.on, self.year),
            "product": self.product,
            "input_sha256": self.bom.sha256,
            "bill_sha256": self.bom.content_sha256,
            "options": self.options,
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data: percentages as strings with two decimals, credits whole, null where nothing can be said."""
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
                "reasons": self.reasons,
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

    def to_frame(self, backend: str = "pandas") -> Any:
        """The components as a data frame of pandas, polars or pyarrow, one row a part, numbers as exact decimals.

        Raises `UsageError` (`backend-unknown`), `MissingExtraError` where a library is not installed.
        """
        from tkdn.display.frames import frame_of_records

        return frame_of_records([component.to_dict() for component in self], backend, TEXTS, FIGURES)

    @property
    def plot(self) -> AssessmentPlots:
        """Charts: `plot.waterfall()`, `plot.treemap()`, `plot.sankey()` give figures of plotly (extra `plot`), and each has
        the data behind it as `plot.waterfall.frame()`."""
        charts: AssessmentPlots = door("charts of an assessment")(self)
        return charts

    def to_html(self, lang: Lang = "en") -> str:
        """The report as one page of HTML that works offline: opened in `lang`, with a switch to the other language.

        Raises `UsageError` (`option-invalid`) for another language, `MissingExtraError` without the extra `report`.
        """
        return str(door("page of an assessment")(self, lang))

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)

    def __repr__(self) -> str:
        return f"<Assessment of {self.product!r} on {self.on} under {self.regulation.id}: score {self.score}, {self.status}>"

    def __iter__(self) -> Iterator[Component]:
        return iter(self.components.values())
