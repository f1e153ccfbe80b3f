"""Charts as objects: called for a figure of plotly, asked for the data behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tkdn.display.doors import door
from tkdn.display.frames import frame_of_records
from tkdn.errors import MissingExtraError, Problem, UsageError
from tkdn.i18n import LANGUAGES, Lang

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


class Row(Protocol):
    """The data behind a mark of a chart."""

    def to_dict(self) -> dict[str, Any]: ...


R = TypeVar("R", bound=Row)


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
        self.name, self._find, self._texts, self._numbers = name, find, texts, numbers

    @cached_property
    def rows(self) -> Sequence[R]:
        """What is drawn, with exact figures."""
        return self._find()

    def __call__(self, lang: Lang = "en") -> Figure:
        if lang not in LANGUAGES:
            problem = Problem("option-invalid", {"lang": lang, "known": tuple(LANGUAGES)}, case="language")
            raise UsageError([problem])
        try:
            draw: Callable[[Sequence[R], Lang], Figure] = door(f"figure of a {self.name}")
        except ModuleNotFoundError:
            raise MissingExtraError.of("a chart", "plot") from None
        return draw(self.rows, lang)

    def frame(self, backend: str = "pandas") -> Any:
        """The data behind the chart as a data frame of pandas, polars or pyarrow, figures as exact decimals of two places."""
        return frame_of_records([row.to_dict() for row in self.rows], backend, self._texts, self._numbers)

    def __repr__(self) -> str:
        return f"<Chart {self.name}: call it for a figure, .frame() for its data>"
