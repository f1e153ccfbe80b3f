"""Domestic content (TKDN) of every component of a vehicle and of the whole, explained, and the IKM parts that lift it.

bom = tkdn.read_bom("pickup.json")
assessment = tkdn.assess(bom, on="2026-06-01")
tkdn.lift(assessment).rows
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tkdn._version import __version__

if TYPE_CHECKING:
    from tkdn.assessment.assess import assess
    from tkdn.assessment.calendar import Calendar, calendar
    from tkdn.assessment.comparison.compare import Comparison, compare
    from tkdn.assessment.comparison.history import History, history
    from tkdn.assessment.component import Component
    from tkdn.assessment.lift import Lift, lift
    from tkdn.assessment.opportunities.opportunities import Opportunities, opportunities
    from tkdn.assessment.result import Assessment
    from tkdn.assessment.scenarios.scenario_work import Scenario
    from tkdn.assessment.scenarios.scenarios import Scenarios, monte_carlo, scenarios
    from tkdn.assessment.steps import Explanation
    from tkdn.bom.bom import Bom, bom_schema
    from tkdn.bom.explosion import ExplosionRow, explode, totals, unit_costs
    from tkdn.bom.model import (
        Brainware,
        Certificate,
        CostLine,
        Evidence,
        Money,
        Part,
        Price,
        Production,
        Rate,
        Supplier,
        Use,
        Vehicle,
    )
    from tkdn.errors import (
        BomError,
        MeasureError,
        MissingExtraError,
        Place,
        Problem,
        RegulationError,
        RunError,
        TkdnError,
        UsageError,
    )
    from tkdn.io import Reading, read_bom, read_list, write_bom
    from tkdn.io.enrichment.certificates import CertificateMatches, match_certificates
    from tkdn.io.enrichment.enrichment import Enrichment, enrich
    from tkdn.io.enrichment.proposals import Proposal
    from tkdn.io.spreadsheet.limits import Limits, limits
    from tkdn.io.supplier_directory.model import Directory, Need, Needs
    from tkdn.io.supplier_directory.reading import read_directory, read_needs
    from tkdn.law.regulation import Regulation
    from tkdn.law.shipped import regulation, regulations
    from tkdn.method.size import FirmSize, firm_size
    from tkdn.planning.measure import Measure
    from tkdn.planning.measures import Measures, measures_schema, read_measures
    from tkdn.planning.plan import plan
    from tkdn.planning.regions import RegionRow, Regions, regions
    from tkdn.planning.result import FrontPoint, Plan, PlanStep
    from tkdn.portfolio.results import Portfolio
    from tkdn.portfolio.run import assess_many
    from tkdn.report.forms import write_forms
    from tkdn.sourcing.match import Match
    from tkdn.sourcing.matching import Matching, match_suppliers

_HOME = {
    "tkdn.assessment.component": ("Component",),
    "tkdn.assessment.result": ("Assessment",),
    "tkdn.assessment.calendar": ("Calendar", "calendar"),
    "tkdn.assessment.comparison.compare": ("Comparison", "compare"),
    "tkdn.assessment.assess": ("assess",),
    "tkdn.assessment.steps": ("Explanation",),
    "tkdn.assessment.comparison.history": ("History", "history"),
    "tkdn.assessment.lift": ("Lift", "lift"),
    "tkdn.assessment.scenarios.scenarios": ("Scenarios", "monte_carlo", "scenarios"),
    "tkdn.assessment.scenarios.scenario_work": ("Scenario",),
    "tkdn.assessment.opportunities.opportunities": ("Opportunities", "opportunities"),
    "tkdn.bom.bom": ("Bom", "bom_schema"),
    "tkdn.bom.explosion": ("ExplosionRow", "explode", "totals", "unit_costs"),
    "tkdn.bom.model": (
        "Brainware", "Certificate", "CostLine", "Evidence", "Money", "Part", "Price", "Production", "Rate", "Supplier",
        "Use", "Vehicle",
    ),
    "tkdn.errors": (
        "BomError", "MeasureError", "MissingExtraError", "Place", "Problem", "RegulationError", "RunError", "TkdnError",
        "UsageError",
    ),
    "tkdn.io": ("Reading", "read_bom", "read_list", "write_bom"),
    "tkdn.io.supplier_directory.model": ("Directory", "Need", "Needs"),
    "tkdn.io.supplier_directory.reading": ("read_directory", "read_needs"),
    "tkdn.io.enrichment.certificates": ("CertificateMatches", "match_certificates"),
    "tkdn.io.enrichment.proposals": ("Proposal",),
    "tkdn.io.enrichment.enrichment": ("Enrichment", "enrich"),
    "tkdn.io.spreadsheet.limits": ("Limits", "limits"),
    "tkdn.law.regulation": ("Regulation",),
    "tkdn.law.shipped": ("regulation", "regulations"),
    "tkdn.portfolio.results": ("Portfolio",),
    "tkdn.portfolio.run": ("assess_many",),
    "tkdn.planning.measure": ("Measure",),
    "tkdn.planning.measures": ("Measures", "measures_schema", "read_measures"),
    "tkdn.planning.plan": ("plan",),
    "tkdn.planning.regions": ("RegionRow", "Regions", "regions"),
    "tkdn.planning.result": ("FrontPoint", "Plan", "PlanStep"),
    "tkdn.report.forms": ("write_forms",),
    "tkdn.sourcing.match": ("Match",),
    "tkdn.sourcing.matching": ("Matching", "match_suppliers"),
    "tkdn.method.size": ("FirmSize", "firm_size"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Assessment",
    "Bom",
    "BomError",
    "Brainware",
    "Calendar",
    "Certificate",
    "CertificateMatches",
    "Comparison",
    "Component",
    "CostLine",
    "Directory",
    "Enrichment",
    "Evidence",
    "Explanation",
    "ExplosionRow",
    "FirmSize",
    "FrontPoint",
    "History",
    "Lift",
    "Limits",
    "Match",
    "Matching",
    "Measure",
    "MeasureError",
    "Measures",
    "MissingExtraError",
    "Money",
    "Need",
    "Needs",
    "Opportunities",
    "Part",
    "Place",
    "Plan",
    "PlanStep",
    "Portfolio",
    "Price",
    "Problem",
    "Production",
    "Proposal",
    "Rate",
    "Reading",
    "RegionRow",
    "Regions",
    "Regulation",
    "RegulationError",
    "RunError",
    "Scenario",
    "Scenarios",
    "Supplier",
    "TkdnError",
    "UsageError",
    "Use",
    "Vehicle",
    "__version__",
    "assess",
    "assess_many",
    "bom_schema",
    "calendar",
    "compare",
    "enrich",
    "explode",
    "firm_size",
    "history",
    "lift",
    "limits",
    "match_certificates",
    "match_suppliers",
    "measures_schema",
    "monte_carlo",
    "opportunities",
    "plan",
    "read_bom",
    "read_directory",
    "read_list",
    "read_measures",
    "read_needs",
    "regions",
    "regulation",
    "regulations",
    "scenarios",
    "totals",
    "unit_costs",
    "write_bom",
    "write_forms",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that importing the package stays cheap."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'tkdn' has no attribute {name!r}")
    value: object = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
