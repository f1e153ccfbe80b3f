"""The history of a score over releases of a bill: what each change of a supplier, a price, a certificate did to it.

Between two releases the differences of the records are made one after the other, in the order of `comparing.differences.steps`,
and the product is assessed after each. So the changes of the score add up exactly, and what two of them do only together goes to
the later one. A difference after which the bill would contradict itself waits for the one that makes it sound; where neither can
come first, they are made together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from tkdn.assessment.assess import assess
from tkdn.assessment.comparison.differences import Difference, State, steps
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.bom.bom import Bom
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import BomError, Problem, RegulationError, UsageError
from tkdn.outputs import headed

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Attribution:
    """The effect that some changes (one, mostly) had on the score on the way to a release.

    `before`, `after`: the exact scores in points, None where there is none, which counts as nothing in `exact`.
    """

    release: str
    steps: tuple[Difference, ...]
    before: Fraction | None
    after: Fraction | None

    @property
    def exact(self) -> Fraction:
        """The exact change of the score in points."""
        return (self.after or NOTHING) - (self.before or NOTHING)

    @property
    def change(self) -> Decimal:
        """The change of the score in points."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Return the changes as plain data: points as strings with two decimals, and exactly."""
        return {
            "release": self.release,
            "steps": [step.to_dict() for step in self.steps],
            "before": text(two_places(self.before)),
            "after": text(two_places(self.after)),
            "change": text(self.change),
            "exact": ratio(self.exact),
        }


class History(Viewed):
    """The scores of releases and what led from one to the next; see `history`."""

    def __init__(self, assessments: Sequence[Assessment], labels: Sequence[str]) -> None:
        """Take the assessments of the releases in their order, and a label for each."""
        self.assessments, self.labels = tuple(assessments), tuple(labels)

    @cached_property
    def rows(self) -> list[Attribution]:
        """Every change in the order in which it was made; their `exact` add up to the difference of the last and first score."""
        pairs = zip(self.assessments, self.assessments[1:], self.labels[1:], strict=False)
        return [row for before, after, label in pairs for row in _between(before, after, label)]

    @property
    def exact(self) -> Fraction:
        """The exact change of the score from the first release to the last, in points; no score counts as nothing."""
        first, last = self.assessments[0].exact, self.assessments[-1].exact
        return (last or NOTHING) - (first or NOTHING)

    @property
    def change(self) -> Decimal:
        """The change of the score from the first release to the last, in points."""
        return two_places(self.exact)

    @cached_property
    def by_kind(self) -> dict[str, Fraction]:
        """The exact change in points by the kind of what changed; kinds made together are joined by " + "."""
        sums: dict[str, Fraction] = {}
        for row in self.rows:
            kind = " + ".join(dict.fromkeys(step.kind for step in row.steps))
            sums[kind] = sums.get(kind, NOTHING) + row.exact
        return sums

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: points as strings with two decimals, the changes also exactly."""
        return headed(
            "tkdn-history",
            {
                "product": self.assessments[-1].product,
                "releases": [
                    {
                        "label": label,
                        "on": each.on.isoformat(),
                        "regulation": each.regulation.id,
                        "score": text(each.score),
                        "status": each.status,
                        "provenance": each.provenance,
                    }
                    for label, each in zip(self.labels, self.assessments, strict=True)
                ],
                "change": text(self.change),
                "exact": ratio(self.exact),
                "by_kind": {kind: text(two_places(value)) for kind, value in self.by_kind.items()},
                "rows": [row.to_dict() for row in self.rows],
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the changes as a data frame of pandas, polars or pyarrow: what changed, and the scores before and after.

        Scores are exact decimals of two places.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        keys = ("kind", "about", "field")
        rows = [
            {**row.to_dict(), **{key: [getattr(step, key) or "" for step in row.steps] for key in keys}}
            for row in self.rows
        ]
        return frame_of_records(rows, backend, ("release", *keys), ("before", "after", "change"))

    def __repr__(self) -> str:
        """Return the product and the scores of all releases."""
        scores = " -> ".join(str(each.score) for each in self.assessments)
        return f"<History of {self.assessments[-1].product!r}: {scores}>"


def _between(before: Assessment, after: Assessment, label: str) -> Iterator[Attribution]:
    """Yield the attributions on the way from one release to the next."""
    state, score = _state(before), before.exact
    goal = _state(after)
    waiting: list[Difference] = []

    def made(together: Sequence[Difference]) -> Attribution | None:
        nonlocal state, score
        tried = state
        for step in together:
            tried = step.apply(tried)
        try:
            reached = score if all(step.neutral for step in together) else _assessed(tried)
        except (BomError, UsageError, RegulationError):
            return None
        row = Attribution(label, tuple(together), score, reached)
        state, score = tried, reached
        return row

    for step in steps(state, goal):
        row = made([step])
        if row is None:
            same = [each for each in waiting if each.about == step.about]
            row = (made([*same, step]) if same else None) or (made([*waiting, step]) if waiting else None)
            waiting = [each for each in (*waiting, step) if row is None or each not in row.steps]
        if row is not None:
            yield row
            for held in list(waiting):
                if (late := made([held])) is not None:
                    waiting.remove(held)
                    yield late
    if waiting:
        yield Attribution(label, tuple(waiting), score, after.exact)


def _state(assessment: Assessment) -> State:
    return State.of(assessment.bom, assessment.product, assessment.on, assessment.regulation, assessment.year)


def _assessed(state: State) -> Fraction | None:
    """Return the exact score of a state; raises what `assess` raises."""
    product, law, year = state.product, state.regulation, state.year
    made = assess(state.bom(), on=state.on, regulation=law, year=year, product=product, exact=True, allow_repealed=True)
    return made.exact


def history(releases: Iterable[Assessment | Bom], *, labels: Iterable[str] | None = None) -> History:
    """Return what changed the score over releases of a bill, change by change.

    Changes are taken in a fixed order: the day, the law, rates, suppliers, parts and uses added, quantities, uses taken out,
    then each part's price, origin, maker, certificates, production, the rest, then what is left over. They add up exactly to
    the difference of the scores; another order would share out differently what two changes do only together.

    Args:
        releases: assessments, or bills, which are assessed by their own date; at least two.
        labels: their names, default their numbers from 1.

    Raises:
        UsageError: `option-invalid` for fewer than two releases, or another number of labels; and what `assess` raises.

    >>> from tkdn import Bom
    >>> first = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"},
    ...               {"id": "AXLE", "price": {"amount": "100000"}, "made_in": "CN"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}, {"parent": "CART", "part": "AXLE", "quantity": 1}]})
    >>> second = first.with_changes({"parts": {"AXLE": {"made_in": "ID", "price": 140000}}})
    >>> found = history([first, second], labels=["May", "June"])
    >>> [(row.steps[0].kind, row.steps[0].about, str(row.change)) for row in found.rows], str(found.change)
    ([('price', 'AXLE', '-1.28'), ('origin', 'AXLE', '5.97')], '4.69')
    """
    made = [each if isinstance(each, Assessment) else assess(each) for each in releases]
    named = [str(number) for number in range(1, len(made) + 1)] if labels is None else list(labels)
    if len(made) < 2:
        raise UsageError(
            [Problem.worded("option-invalid", "a history needs two releases or more", "give another bill")]
        )
    if len(named) != len(made):
        message = f"{len(named)} labels for {len(made)} releases"
        raise UsageError([Problem.worded("option-invalid", message, "give one label for each release")])
    return History(made, named)
