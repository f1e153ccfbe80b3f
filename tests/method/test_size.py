"""Size classes of firms at the edges of PP 7/2021 Pasal 35 and of Permenperin 64/2016."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tkdn import RegulationError, UsageError, firm_size

BILLION = 1_000_000_000
ON = date(2026, 6, 1)


def scale(**figures: Any) -> str:
    (size,) = firm_size(on=ON, **figures)
    return size.scale


@pytest.mark.parametrize(
    ("figure", "micro", "small", "medium"), [("capital", 1, 5, 10), ("sales", 2, 15, 50)], ids=["capital", "sales"]
)
def test_the_edges_of_the_general_classes_belong_to_the_smaller(
    figure: str, micro: int, small: int, medium: int
) -> None:
    edges = {"micro": micro, "small": small, "medium": medium}
    assert {name: scale(**{figure: edge * BILLION}) for name, edge in edges.items()} == {name: name for name in edges}
    assert scale(**{figure: micro * BILLION + 1}) == "small"
    assert scale(**{figure: small * BILLION + 1}) == "medium"
    assert scale(**{figure: medium * BILLION + 1}) == "large"


@pytest.mark.parametrize(
    ("workers", "investment", "expected"),
    [
        (19, BILLION - 1, "small"),
        (19, BILLION, "medium"),
        (20, 0, "medium"),
        (20, 15 * BILLION, "medium"),
        (20, 15 * BILLION + 1, "large"),
    ],
)
def test_the_edges_of_the_industrial_classes(workers: int, investment: int, expected: str) -> None:
    assert scale(workers=workers, investment=investment) == expected


def test_each_law_is_named_with_how_well_it_is_known() -> None:
    sizes = firm_size(workers=30, investment=BILLION, capital=BILLION, on=ON)
    assert [(size.law, size.article, size.confidence) for size in sizes] == [
        ("PP 7/2021", "Pasal 35", "text"),
        ("Permenperin 64/2016", "size classes", "assumed"),
    ]


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"workers": 5},
        {"investment": 5},
        {"capital": -1},
        {"sales": "many"},
        {"sales": "NaN"},
        {"workers": "2.5", "investment": 1},
    ],
)
def test_figures_that_say_nothing_are_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        firm_size(on=ON, **figures)
    assert caught.value.code == "option-invalid"


def test_before_the_law_there_is_no_class() -> None:
    with pytest.raises(RegulationError):
        firm_size(sales=1, on=date(2020, 1, 1))
