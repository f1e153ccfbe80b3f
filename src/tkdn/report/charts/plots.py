"""What `plot` gives on an assessment, a lift, a comparison: charts that are called for a figure, and asked for their data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tkdn.assessment.lift import Lift
from tkdn.assessment.lift_rows import GroupRow, LiftRow
from tkdn.errors import MissingExtraError, Problem, UsageError
from tkdn.i18n import LANGUAGES, Lang
from tkdn.report.charts import rows

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from tkdn.assessment.comparison.compare import Comparison
    from tkdn.assessment.result import Assessment


class Row(Protocol):
    """What is behind a mark of a chart."""

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

    Raises `UsageError` (`option-invalid`, `backend-unknown`), `MissingExtraError` where the extra `plot` or `frames` is not
    installed.
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
            problem = Problem("option-invalid", f"no language {lang!r}", f"choose one of {', '.join(LANGUAGES)}")
            raise UsageError([problem])
        try:
            from tkdn.report.charts import figures
        except ModuleNotFoundError:
            raise MissingExtraError.of("a chart", "plot") from None
        draw: Callable[[Sequence[R], Lang], Figure] = getattr(figures, self.name)
        return draw(self.rows, lang)

    def frame(self, backend: str = "pandas") -> Any:
        """The data behind the chart as a data frame of pandas, polars or pyarrow, figures as exact decimals of two places."""
        from tkdn.display.frames import frame_of_records

        return frame_of_records([row.to_dict() for row in self.rows], backend, self._texts, self._numbers)

    def __repr__(self) -> str:
        return f"<Chart {self.name}: call it for a figure, .frame() for its data>"


class AssessmentPlots:
    """The charts of an assessment; see `Chart`."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    @cached_property
    def waterfall(self) -> Chart[rows.Stage]:
        """From 0 to the score in points: components by their points, the other factors, what the limit takes off."""
        return Chart("waterfall", lambda: rows.waterfall(self._assessment), *STEP)

    @cached_property
    def treemap(self) -> Chart[rows.Tile]:
        """Direct components by cost in rupiah, grouped by origin and maker's size; the smallest of a group are its rest."""
        texts, numbers = ("origin", "scale", "part", "name", "count"), ("cost", "share")
        return Chart("treemap", lambda: rows.treemap(self._assessment), texts, numbers)

    @cached_property
    def sankey(self) -> Chart[rows.Flow]:
        """Cost in rupiah from origin through the maker's size to what is credited as domestic."""
        return Chart("sankey", lambda: rows.sankey(self._assessment), ("source", "target"), ("cost", "share"))

    def __repr__(self) -> str:
        return "<Charts of an assessment: waterfall, treemap, sankey>"


STEP = (("kind", "key", "name", "count"), ("points", "start", "end"))


def lift_chart(lift: Lift) -> Chart[LiftRow | GroupRow]:
    """The rows of a lift that lift something, as bars."""

    def lifting() -> list[LiftRow | GroupRow]:
        return [row for row in lift.rows if row.effect.lift is None or row.effect.lift > 0]

    texts = ("part", "name", "supplier", "scale", "region") if lift.by == "part" else ("key", "parts")
    return Chart("lift", lifting, (*texts, "status"), ("spend", "share", "lift", "without"))


def comparison_chart(comparison: Comparison) -> Chart[rows.Stage]:
    """From the score before to the score after, as a waterfall."""
    return Chart("waterfall", lambda: rows.changes(comparison), *STEP)
