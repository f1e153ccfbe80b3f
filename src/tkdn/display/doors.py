"""Doors: functions above the floor of a public class or next to it, by name, loaded when they are called.

A class never imports what shows it: it asks for the door. The table also keeps the start of the library fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from operator import attrgetter
from typing import Any

VIEWS: Mapping[str, str] = {
    "tkdn.assessment.calendar.Calendar": "tkdn.assessment.views.calendar:calendar_view",
    "tkdn.assessment.comparison.compare.Comparison": "tkdn.assessment.views.comparison:comparison_view",
    "tkdn.assessment.comparison.history.History": "tkdn.assessment.views.history:history_view",
    "tkdn.assessment.steps.Explanation": "tkdn.assessment.views.explanation:explanation_view",
    "tkdn.assessment.interpretations.Interpretations": "tkdn.assessment.views.interpretations:interpretations_view",
    "tkdn.assessment.lift.Lift": "tkdn.assessment.views.lift:lift_view",
    "tkdn.assessment.opportunities.opportunities.Opportunities": "tkdn.assessment.views.opportunities:opportunities_view",
    "tkdn.assessment.result.Assessment": "tkdn.assessment.views.assessment:assessment_view",
    "tkdn.assessment.scenarios.scenarios.Scenarios": "tkdn.assessment.views.scenarios:scenarios_view",
    "tkdn.bom.bom.Bom": "tkdn.bom.views:bom_view",
    "tkdn.documents.combination.CombinedResult": "tkdn.documents.views:combined_view",
    "tkdn.documents.company_benefit.BenefitResult": "tkdn.documents.views:benefit_view",
    "tkdn.documents.service_cost.ServicesResult": "tkdn.documents.views:services_view",
    "tkdn.documents.tender.BidsResult": "tkdn.documents.views:bids_view",
    "tkdn.io.enrichment.certificates.CertificateMatches": "tkdn.io.enrichment.views:certificate_matches_view",
    "tkdn.io.enrichment.enrichment.Enrichment": "tkdn.io.enrichment.views:enrichment_view",
    "tkdn.io.import_report.Understanding": "tkdn.io.views:understanding_view",
    "tkdn.io.reading.Reading": "tkdn.io.views:reading_view",
    "tkdn.law.regulation.Regulation": "tkdn.law.views:regulation_view",
    "tkdn.planning.regions.Regions": "tkdn.planning.views:regions_view",
    "tkdn.planning.result.Plan": "tkdn.planning.views:plan_view",
    "tkdn.portfolio.results.Portfolio": "tkdn.portfolio.views:portfolio_view",
    "tkdn.sourcing.matching.Matching": "tkdn.sourcing.views:matching_view",
}
"""The view of each result, by its class."""
DOORS: Mapping[str, str] = {
    "bill from plain data": "tkdn.bom.reading:build",
    "plain data from JSON text": "tkdn.bom.reading:parse_json",
    "bill on a day": "tkdn.bom.day:BillOnDay",
    "bill with changes": "tkdn.bom.changes:BillEdit",
    "bill from data frames": "tkdn.bom.tables.bill_frames:bill_from_frames",
    "bill as data frames": "tkdn.bom.tables.bill_frames:bill_to_frames",
    "bill as CycloneDX": "tkdn.bom.cyclonedx.cyclonedx_writing:to_cyclonedx",
    "bill as DOT": "tkdn.bom.diagram:to_dot",
    "bill as Mermaid": "tkdn.bom.diagram:to_mermaid",
    "assessment by factors": "tkdn.assessment.goods:GoodsAssessment.of",
    "assessment by cost": "tkdn.assessment.cost:CostAssessment.of",
    "assessment by aspects": "tkdn.assessment.vehicle:VehicleAssessment.of",
    "charts of an assessment": "tkdn.assessment.charts.plots:assessment_plots",
    "chart of a lift": "tkdn.assessment.charts.plots:lift_chart",
    "chart of a comparison": "tkdn.assessment.charts.plots:comparison_chart",
    "figure of a waterfall": "tkdn.assessment.charts.figures:waterfall",
    "figure of a treemap": "tkdn.assessment.charts.figures:treemap",
    "figure of a sankey": "tkdn.assessment.charts.figures:sankey",
    "figure of a lift": "tkdn.assessment.charts.figures:lift",
    "explanation by factors": "tkdn.assessment.explanation.goods:explain",
    "explanation by cost": "tkdn.assessment.explanation.cost:explain",
    "explanation by aspects": "tkdn.assessment.explanation.vehicle:explain",
    "page of an assessment": "tkdn.report.html.page:to_html",
    "notebook of a view": "tkdn.display.notebook:to_html",
    "text of a view": "tkdn.display.terminal:as_text",
    "view on a terminal": "tkdn.display.terminal:show",
    "bar of work": "tkdn.display.terminal:working",
    "guard of a file": "tkdn.io.files:refuse_existing",
    "writer of a file": "tkdn.io.files:write_file",
    "reader of lists": "tkdn.io.reading:read_list",
    "answers beside a list": "tkdn.io.answers:answers_beside",
    "limits in words": "tkdn.io.spreadsheet.limits:stated_limits",
    "number in words": "tkdn.bom.number:parse_number",
    "layouts of part lists": "tkdn.io.part_lists.layouts:layouts",
    "template of a bill": "tkdn.io.tkdn_formats.template:write_template",
    "view of a check": "tkdn.assessment.views.check:check_view",
    "view of all regulations": "tkdn.law.views:regulations_view",
    "file of a page": "tkdn.report.html.page:write_html",
    "values of a page": "tkdn.report.html.edition:page_values",
    "reader of documents": "tkdn.documents.reading:read_format",
    "template of a document": "tkdn.documents.template:write_template",
    "forms of a benefit": "tkdn.documents.benefit_forms:write_benefit_forms",
    "result of services": "tkdn.documents.service_cost:services",
    "result of combined": "tkdn.documents.combination:combined",
    "result of benefit": "tkdn.documents.company_benefit:benefit",
    "result of bids": "tkdn.documents.tender:bids",
    "view of a result": "tkdn.display.view:view_of",
}
"""The other doors, by name."""


def door(name: str) -> Callable[..., Any]:
    """Return the function that a door leads to.

    Raises:
        KeyError: there is no such door.
    """
    return loaded(DOORS[name])


def view_door(kind: type) -> Callable[..., Any]:
    """Return the function that makes the view of a class, or of the nearest class that it inherits from.

    Raises:
        KeyError: nothing shows the class.
    """
    names = [f"{each.__module__}.{each.__qualname__}" for each in kind.__mro__]
    found = next((VIEWS[name] for name in names if name in VIEWS), None)
    if found is None:
        raise KeyError(names[0])
    return loaded(found)


def loaded(target: str) -> Callable[..., Any]:
    """Return the function, class or method that "module:name" names, loaded now."""
    module, _, name = target.partition(":")
    found: Callable[..., Any] = attrgetter(name)(import_module(module))
    return found
