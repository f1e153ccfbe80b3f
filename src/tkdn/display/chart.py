"""Charts as objects: called for a figure of plotly, asked for the data behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tkdn.display.doors import door
from tkdn.display.frames import Frame, frame_of_records
from tkdn.errors import MissingExtraError, Problem, UsageError
from tkdn.i18n import LANGUAGES, Lang

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


class MarkData(Protocol):
    """The data behind a mark of a chart."""

    def to_dict(self) -> dict[str, Any]:
        """Return the data as plain values."""
        ...


R = TypeVar("R", bound=MarkData)


class Chart(Generic[R]):
    """A chart: call it for a figure of plotly in English or Indonesian; `frame` gives the data behind it.

    >>> import tkdn
    >>> chart = tkdn.assess(tkdn.read_bom("examples/pump/pump.json")).plot.waterfall
    >>> chart.frame()[["key", "points", "end"]].tail(2).values.tolist()
    [['overhead', Decimal('15.00'), Decimal('27.52')], ['score', Decimal('27.52'), Decimal('27.52')]]
    >>> type(chart(lang="id")).__name__
    'Figure'

    Raises:
        UsageError: `option-invalid`, `backend-unknown`.
        MissingExtraError: the extra `plot` or `frames` is not installed.
    """

    def __init__(
        self, name: str, find: Callable[[], Sequence[R]], texts: Sequence[str], numbers: Sequence[str]
    ) -> None:
        """Take the name of a chart and where its data come from; nothing is computed before it is asked for.

        Args:
            name: its name, by which the door to its figure is found.
            find: returns its rows.
            texts: keys of the rows that hold text.
            numbers: keys of the rows that hold numbers.
        """
        self.name, self._find, self._texts, self._numbers = name, find, texts, numbers

    @cached_property
    def rows(self) -> Sequence[R]:
        """The rows that are drawn, with exact figures."""
        return self._find()

    def __call__(self, lang: Lang = "en") -> Figure:
        """Return the chart as a figure of plotly.

        Raises:
            UsageError: `option-invalid` if there is no such language.
            MissingExtraError: `extra-missing` without the extra `plot`.
        """
        if lang not in LANGUAGES:
            problem = Problem("option-invalid", {"lang": lang, "known": tuple(LANGUAGES)}, case="language")
            raise UsageError([problem])
        try:
            draw: Callable[[Sequence[R], Lang], Figure] = door(f"figure of a {self.name}")
        except ModuleNotFoundError:
            raise MissingExtraError.of("a chart", "plot") from None
        return draw(self.rows, lang)

    def frame(self, backend: str = "pandas") -> Frame:
        """Return the data behind the chart as a data frame of pandas, polars or pyarrow.

        Figures are exact decimals of two places.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if narwhals or the backend is not installed.
        """
        return frame_of_records([row.to_dict() for row in self.rows], backend, self._texts, self._numbers)

    def __repr__(self) -> str:
        """Return its name, and what can be done with it."""
        return f"<Chart {self.name}: call it for a figure, .frame() for its data>"
