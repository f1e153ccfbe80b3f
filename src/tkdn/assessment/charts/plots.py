"""The charts of an assessment, a lift and a comparison."""

from __future__ import annotations

from tkdn.assessment.chart_rows import AssessmentPlots, Stage
from tkdn.assessment.charts import rows
from tkdn.assessment.comparison.compare import Comparison
from tkdn.assessment.lift import Lift
from tkdn.assessment.lift_rows import GroupRow, LiftRow
from tkdn.assessment.result import Assessment
from tkdn.display.chart import Chart

STAGE = (("kind", "key", "name", "count"), ("points", "start", "end"))
TILE = (("origin", "scale", "part", "name", "count"), ("cost", "share"))
FLOW = (("source", "target"), ("cost", "share"))
"""Keys of the rows of a chart that hold text, and those that hold numbers."""


def assessment_plots(assessment: Assessment) -> AssessmentPlots:
    """Return the charts of an assessment; nothing is computed before a chart is asked for."""
    return AssessmentPlots(
        Chart("waterfall", lambda: rows.waterfall(assessment), *STAGE),
        Chart("treemap", lambda: rows.treemap(assessment), *TILE),
        Chart("sankey", lambda: rows.sankey(assessment), *FLOW),
    )


def lift_chart(lift: Lift) -> Chart[LiftRow | GroupRow]:
    """Return the rows of a lift that lift something, as bars."""

    def lifting() -> list[LiftRow | GroupRow]:
        return [row for row in lift.rows if row.effect.lift is None or row.effect.lift > 0]

    texts = ("part", "name", "supplier", "scale", "region") if lift.by == "part" else ("key", "parts")
    return Chart("lift", lifting, (*texts, "status"), ("spend", "share", "lift", "without"))


def comparison_chart(comparison: Comparison) -> Chart[Stage]:
    """Return the way from the score before to the score after, as a waterfall."""
    return Chart("waterfall", lambda: rows.changes(comparison), *STAGE)
