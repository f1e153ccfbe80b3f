"""The data that the page's script shows: tables too long for the page itself, as compact plain data for both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tkdn.assessment.charts.labels import country
from tkdn.assessment.charts.rows import origin, scales
from tkdn.assessment.lift import Lift
from tkdn.assessment.lift_rows import GroupRow, LiftRow
from tkdn.assessment.rounding import text, two_places
from tkdn.bom.country import HOME
from tkdn.bom.region import region
from tkdn.i18n import LANGUAGES, Lang, catalogue, decimal
from tkdn.report.html.words import plain

if TYPE_CHECKING:
    from tkdn.assessment.findings.finding import Assumption, Finding, Gap
    from tkdn.assessment.steps import Explanation, Said
    from tkdn.report.html.contents import Contents

FIGURES = ("certified", "own", "credited", "credited_potential", "cost", "share", "points", "potential_points")
MAX_ROWS, MAX_HIDDEN = 60, 4
"""Rows of a step, and reasons that hide a part, that the page shows; it says how many more there are."""
SAID_BY_SCRIPT = ("page", "hidden", "status")
_NEVER_IN_HTML = "<>&\u2028\u2029"


def encoded(data: object) -> str:
    r"""Return JSON that is safe inside a script element: nothing in it can end the element or open a comment.

    >>> encoded({"name": "</script><!--"})
    '{"name":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in _NEVER_IN_HTML:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _quantity(quantity: Fraction) -> str | None:
    return text(decimal(quantity) or two_places(quantity))


class Pool:
    """Texts in both languages, each stored once and named by its number; an Indonesian text like the English one is 0."""

    def __init__(self) -> None:
        """Begin without a text."""
        self._numbers: dict[tuple[str, str], int] = {}

    def add(self, english: str, indonesian: str) -> int:
        """Return the number of a text, a new one if it is not known."""
        return self._numbers.setdefault((english, indonesian), len(self._numbers))

    def to_dict(self) -> dict[str, list[str | int]]:
        """Return the texts by language, in the order of their numbers."""
        return {
            "en": [english for english, _ in self._numbers],
            "id": [0 if english == indonesian else indonesian for english, indonesian in self._numbers],
        }


class Island:
    """The data of an assessment that the script shows."""

    def __init__(self, contents: Contents) -> None:
        """Take the contents of the page, and the place of each part."""
        self.contents, self.assessment = contents, contents.assessment
        self.index = {each.part: place for place, each in enumerate(self.assessment)}
        self.sizes, self.pool = scales(self.assessment), Pool()
        self.origins: set[str] = set()
        self.kinds: set[str] = set()

    def to_dict(self) -> dict[str, Any]:
        """Return the data, plain, with the texts in both languages."""
        data: dict[str, Any] = {
            "parts": [self._part(each) for each in self.contents.data["components"]],
            "lines": self._lines(),
            "why": {self.index[part]: self._steps(each) for part, each in self.contents.explanations.items()},
            "said": self.pool.to_dict(),
            "lift": self._lift(self.contents.lift),
            **{by: self._lift(found) for by, found in self.contents.groups.items()},
            "gaps": self._findings(self._by_importance()),
            "assumptions": self._findings(self._by_points()),
            "warnings": self._findings(self.assessment.warnings),
        }
        return {**data, "texts": {lang: self._texts(lang) for lang in LANGUAGES}}

    def _part(self, component: Mapping[str, Any]) -> list[Any]:
        day, index = self.assessment.day, self.assessment.bom.graph.index[component["part"]]
        part = day.parts[index]
        made_in = origin(self.assessment, index)
        self.origins.add(made_in)
        scale = self.sizes.get(part.made_by or "", "unknown") if made_in == HOME else ""
        weight = self.assessment.components[component["part"]].exact.get("weight")
        name = plain(component["name"]) if component["name"] else ""
        facts = [plain(part.id), name, made_in, scale, self._supplier(part.made_by)]
        return [*facts, *(component[figure] for figure in FIGURES), component["status"], text(two_places(weight))]

    def _supplier(self, id_: str | None) -> str:
        found = self.assessment.bom.supplier_by_id.get(id_ or "")
        return plain(found.name or found.id) if found else ""

    def _lines(self) -> dict[int, list[list[Any]]]:
        """Return the lines of each part, phantoms and in-house stages opened: place, quantity, unit."""
        day, index = self.assessment.day, self.assessment.bom.graph.index
        return {
            place: [
                [self.index[day.parts[child].id], _quantity(Fraction(*each)), day.parts[child].unit]
                for child, each in lines.items()
            ]
            for part, place in self.index.items()
            if (lines := day.lines[index[part]])
        }

    def _steps(self, explanation: Explanation) -> list[Any]:
        return [self._step(*(step.said(lang, MAX_ROWS) for lang in LANGUAGES)) for step in explanation.steps]

    def _step(self, english: Said, indonesian: Said) -> list[Any]:
        """Return title, result, inputs, headings, rows, law, and how many more rows there are: texts by their numbers."""

        def each(first: Iterable[str], second: Iterable[str]) -> list[int]:
            return [self.pool.add(*pair) for pair in zip(first, second, strict=True)]

        inputs = [each(*pair) for pair in zip(english.inputs, indonesian.inputs, strict=True)]
        rows = [each(*pair) for pair in zip(english.rows, indonesian.rows, strict=True)]
        heads, law = each(english.heads, indonesian.heads), each(english.law, indonesian.law)
        return [*each(english[:2], indonesian[:2]), inputs, heads, rows, law, english.more]

    def _lift(self, found: Lift | None) -> list[list[Any]]:
        return [] if found is None else [self._lift_row(row, found) for row in found.rows]

    def _lift_row(self, row: LiftRow | GroupRow, found: Lift) -> list[Any]:
        figures = [text(two_places(row.spend)), text(row.lift), text(row.without), row.status]
        if isinstance(row, GroupRow):
            return [self._key(row.key, found), len(row.parts), *figures]
        hidden = [[plain(each.part), each.why] for each in row.hidden_by[:MAX_HIDDEN]]
        place = str(region(row.region)) if row.region else ""
        more = [row.path_count, hidden, len(row.hidden_by) - len(hidden)]
        return [self.index[row.part], self._supplier(row.supplier), row.scale, place, *figures, *more]

    def _key(self, key: str | None, found: Lift) -> str:
        if found.by == "region":
            return str(region(key)) if key else ""
        return self._supplier(key) if found.by == "supplier" else key or ""

    def _by_importance(self) -> list[Gap]:
        """Return gaps that affect the score first, else in their order."""
        return sorted(
            self.assessment.gaps, key=lambda gap: ("score" not in gap.affects, "potential" not in gap.affects)
        )

    def _by_points(self) -> list[Assumption]:
        """Return the assumptions, those on which most rests first."""
        return sorted(self.assessment.assumptions, key=lambda each: -abs(each.exact_points or Fraction(0)))

    def _findings(self, findings: Iterable[Finding]) -> list[list[Any]]:
        return [self._finding(each) for each in findings]

    def _finding(self, finding: Finding) -> list[Any]:
        self.kinds.add(f"{finding.kind}.{finding.code}")
        values = {
            key: {"n": text(each)} if isinstance(each, Decimal) else plain(each) for key, each in finding.values.items()
        }
        named = {"part": finding.part, "supplier": finding.supplier}
        values |= {key: plain(each) for key, each in named.items() if each is not None}
        points = (text(getattr(finding, key, None)) for key in ("points", "potential_points"))
        return [finding.kind, finding.code, values, list(getattr(finding, "affects", ())), *points]

    def _texts(self, lang: Lang) -> dict[str, str]:
        """Return the templates and words that the script needs."""
        all_texts = catalogue(lang)
        needed = {key: value for key, value in all_texts.items() if key.partition(".")[0] in SAID_BY_SCRIPT}
        for kind in sorted(self.kinds):
            remedy = kind.replace(".", "-remedy.", 1)
            needed |= {key: all_texts[key] for key in (kind, remedy) if key in all_texts}
        words = ("basis_score", "basis_potential", "basis_lift", "cannot")
        needed |= {word: all_texts[f"table.{word}"] for word in words}
        scale_words = ("micro", "small", "medium", "large", "unknown")
        needed |= {f"scale.{scale}": all_texts[f"report.scale_{scale}"] for scale in scale_words}
        needed |= {"more": all_texts["report.rest"], "rows_more": all_texts["report.rows_more"]}
        needed |= {"nothing_without": all_texts["report.nothing_without"]}
        needed |= {"title": all_texts["report.title"], "unknown": all_texts["explain.unknown"]}
        return needed | {f"country.{code}": country(code, lang) for code in sorted(self.origins)}
