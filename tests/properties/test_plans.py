"""Plans against brute force on small random bills: no set of measures does better, and the figures are those of an assessment."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support.build import Document, Record
from tests.support.measures import planned, sets_of

from tkdn import Bom, MeasureError, assess
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.goods import GoodsAssessment
from tkdn.planning.effects import Effects
from tkdn.planning.measures import measures_of
from tkdn.planning.planner import Planner
from tkdn.planning.request import Aim, request_of
from tkdn.planning.solver import value_of

BASES = st.sampled_from(["score", "potential"])
NOTHING = Fraction(0)


def planner_of(case: tuple[Document, list[Record]], basis: Basis, aim: Aim, budget: int | None, target: int) -> Planner:
    """A planner of measures that do not contradict each other."""
    document, measures = case
    assessment = assess(Bom.from_dict(document))
    assert isinstance(assessment, GoodsAssessment)
    request = request_of(aim=aim, basis=basis, target=target, bmp=None, volume=2, budget=budget, deadline=None)
    try:
        return Planner(Effects(assessment, measures_of(measures).measures, basis), request)
    except MeasureError:
        assume(False)
        raise


def scores(planner: Planner, measures: list[Record], basis: Basis) -> dict[frozenset[int], Fraction | None]:
    """The score of every set of measures that is within the budget, each by an assessment of its own."""
    found = {}
    for chosen in sets_of(measures):
        if planner.budget is None or planner.cost(chosen) <= planner.budget:
            again = planner.effects.afresh(chosen)
            found[chosen] = again.exact if basis == "score" else again.exact_potential
    return found


def target_above(case: tuple[Document, list[Record]], more: int) -> int:
    """A target above the bill's own score."""
    score = assess(Bom.from_dict(case[0])).score
    return min(100, int(score or 20) + more)


@full
@given(planned(), BASES, st.integers(1, 40), st.sampled_from([None, 10, 40]))
def test_the_cheapest_set(case: tuple[Document, list[Record]], basis: Basis, more: int, budget: int | None) -> None:
    planner = planner_of(case, basis, "cost", budget, target_above(case, more))
    least = planner.request.least
    assert least is not None
    reaching = [
        chosen for chosen, score in scores(planner, case[1], basis).items() if score is not None and score >= least
    ]
    found = planner.found()
    assert found.proven
    if reaching:
        assert found.chosen in reaching
        assert planner.cost(found.chosen) == min(map(planner.cost, reaching))
    else:
        assert found.chosen is None


@full
@given(planned(), BASES, st.sampled_from([None, 0, 10, 40]))
def test_the_most_points(case: tuple[Document, list[Record]], basis: Basis, budget: int | None) -> None:
    planner = planner_of(case, basis, "points", budget, 1)
    known = {chosen: score for chosen, score in scores(planner, case[1], basis).items() if score is not None}
    found = planner.found()
    best = [chosen for chosen, score in known.items() if score == max(known.values())]
    if known and max(known.values()) > 0:
        assert found.chosen in best
        assert planner.cost(found.chosen) == min(map(planner.cost, best))


@some
@given(planned(), BASES, st.integers(1, 30))
def test_the_most_spend_on_ikm(case: tuple[Document, list[Record]], basis: Basis, more: int) -> None:
    planner = planner_of(case, basis, "ikm", None, target_above(case, more))
    least = planner.request.least
    assert least is not None
    known = scores(planner, case[1], basis)
    reaching = [chosen for chosen, score in known.items() if score is not None and score >= least]
    found = planner.found()
    if reaching:
        spends = [planner.effects.verified(chosen).ikm for chosen in reaching]
        assert found.chosen is not None
        assert planner.effects.verified(found.chosen).ikm == max(spends)


@some
@given(planned(), BASES, st.sampled_from(["cost", "ikm"]))
def test_the_model_is_exact_for_every_set(case: tuple[Document, list[Record]], basis: Basis, aim: Aim) -> None:
    """What measures do together is a sum over the sets that can meet, though bands and costs are not additive."""
    planner = planner_of(case, basis, aim, None, 50)
    for chosen in sets_of(case[1]):
        figures = planner.effects.verified(chosen)
        wanted = figures.total, figures.credited, figures.other_points
        got = tuple(value_of(each, chosen) for each in planner.model.sums())
        assert got[:3] == wanted
        assert aim != "ikm" or got[3] == figures.ikm
