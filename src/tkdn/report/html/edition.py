"""One language of the page: the values of its template, put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tkdn._version import __version__
from tkdn.assessment.charts.rows import by_cost
from tkdn.assessment.views.words import bills_missing
from tkdn.i18n import LANGUAGES, Lang, of_law
from tkdn.law.shipped import regulation
from tkdn.report.html import shapes
from tkdn.report.html.contents import PROCUREMENT, Contents
from tkdn.report.html.island import MAX_ROWS, Island, encoded
from tkdn.report.html.words import LONGEST, Words, isolated, plain

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment

SECTIONS = (
    "verdict",
    "factors",
    "waterfall",
    "money",
    "components",
    "lift",
    "todo",
    "doubts",
    "steps",
    "sources",
    "limits",
)
NOT = ("not_certificate", "not_advice", "not_checked", "not_bmp", "not_later")


def page_values(assessment: Assessment) -> dict[str, Any]:
    """Return the values of a page in both languages: its editions, and the data of its script."""
    contents = Contents(assessment)
    editions = [edition(contents, each) for each in LANGUAGES]
    return {"editions": editions, "island": encoded(Island(contents).to_dict())}


def edition(contents: Contents, lang: Lang) -> dict[str, Any]:
    """Return everything that one language of the page shows, by the names in the template."""
    words, assessment = Words(lang), contents.assessment
    product = contents.product
    return {
        "w": words,
        "lang": lang,
        "sections": SECTIONS,
        "name": plain(product.name or product.id),
        "id": plain(product.id),
        "under": words("under", law=assessment.regulation.name, on=words.day(assessment.on)),
        "verdict": Verdict(contents, words),
        "factors": _factors(contents, words),
        "waterfall": list(zip(contents.steps, shapes.bars(contents.steps), strict=True)),
        "money": _money(contents, words),
        "lift": _lift(contents, words),
        "contents": contents,
        "data": contents.data,
        "steps": [step.said(lang, MAX_ROWS) for step in contents.explanations[assessment.product].steps],
        "sources": _sources(contents, words),
        "provenance": list(_provenance(contents, words)),
        "cut": len(contents.explanations) < len(assessment.components),
        "limits": NOT,
        "version": __version__,
    }


class Verdict:
    """The score, the figures next to it, and sentences for what it means."""

    def __init__(self, contents: Contents, words: Words) -> None:
        """Take the contents of the page, and the words of a language."""
        self.contents, self.words, self.data = contents, words, contents.data

    @property
    def sentences(self) -> list[Markup]:
        """Sentences for what the score means."""
        return list(self._sentences())

    def _sentences(self) -> Iterator[Markup]:
        contents, words, assessment = self.contents, self.words, self.contents.assessment
        product = isolated(contents.product.name or contents.product.id, LONGEST)
        if assessment.score is None:
            cannot = assessment.status == "cannot_be_calculated"
            key = "verdict_cannot" if cannot else "verdict_incomplete"
            yield words(key, product=product, law=assessment.regulation.name)
            return
        limits = {each.key: words.number(each.limit) for each in contents.thresholds}
        yield words(
            f"verdict_{self._reached('met') or self._below}", product=product, score=self._score, **limits_of(limits)
        )
        if assessment.potential is not None and assessment.potential > assessment.score:
            more = self._reached("potentially")
            key = f"verdict_potential_{more}" if more else "verdict_potential"
            yield words(key, potential=self._at_least(words.number(assessment.potential)), **limits_of(limits))
        if assessment.exact != assessment.exact_high:
            yield words("verdict_bounds", high=words.number(assessment.bounds[1]))
        if minimum := contents.limit("minimum"):
            key = "verdict_minimum_met" if minimum.state == "met" else "verdict_minimum_not"
            yield words(key, year=self.year, limit=words.number(minimum.limit))

    @property
    def _score(self) -> str:
        return self.words.number(self.contents.assessment.score)

    @property
    def _below(self) -> str:
        return "below" if self.contents.limit("least_tkdn") else "plain"

    def _reached(self, state: str) -> str | None:
        """Return the highest threshold of procurement that is in a state."""
        for key, short in (("duty", "duty"), ("least_tkdn", "least")):
            limit = self.contents.limit(key)
            if limit is not None and limit.state == state:
                return short
        return None

    @property
    def year(self) -> int:
        """The calculation year."""
        assessment = self.contents.assessment
        return assessment.year or assessment.on.year

    @property
    def score(self) -> str:
        """The score as people write it."""
        return self.words.number(self.data["score"])

    @property
    def figures(self) -> list[tuple[str, str, str, str]]:
        """Label, words before the value, value and meaning of the figures next to the score."""
        words, data = self.words, self.data
        low, high = (words.number(each) for each in data["bounds"])
        bounds = words("bounds_means")
        if data["score"] is None:
            span = words.number(None)
        elif low == high:
            span, bounds = words.percent(data["score"]), words("bounds_closed")
        else:
            span = str(words("bounds_value", low=low, high=high))
        return [
            ("potential", self._at_least(""), words.percent(data["potential"]), self._potential_means),
            ("bounds", "", span, bounds),
            ("coverage", "", words.percent(data["coverage"]), words("coverage_means")),
        ]

    def _at_least(self, potential: str) -> str:
        """Return the potential in words, as a lower bound if it is only one."""
        return str(self.words("potential_least", potential=potential)) if self.contents.potential_is_open else potential

    @property
    def _potential_means(self) -> str:
        if not self.contents.potential_is_open:
            return self.words("potential_means")
        count = bills_missing(self.contents.assessment)
        key = "potential_means_bills" if count else "potential_means_open"
        return self.words(key, count=self.words.number(count))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The thresholds on the scale, those with one limit once."""
        limits = sorted({each.limit for each in self.contents.thresholds})
        return [(float(limit) * 10, self.words.percent(limit)) for limit in limits]

    def at(self, key: str) -> float:
        """Return the place of a figure on a scale of 1000."""
        return float(Decimal(self.data[key] or 0)) * 10

    @property
    def high(self) -> float:
        """The place of the upper bound on a scale of 1000."""
        return float(Decimal(self.data["bounds"][1] or 0)) * 10

    @property
    def alternative(self) -> Markup:
        """The scale in words, for a screen reader."""
        limits = ", ".join(label for _, label in self.ticks)
        potential = self._at_least(self.words.percent(self.data["potential"]))
        return self.words("scale_alt", score=self.words.percent(self.data["score"]), potential=potential, limits=limits)

    @property
    def procurement(self) -> str:
        """Name of the regulation of public procurement."""
        return regulation(PROCUREMENT).name

    @property
    def others(self) -> list[str]:
        """The other regulations that the good may be counted by."""
        chosen = self.contents.assessment.regulation.id
        others = [each for each in self.data["may_use"] if each["regulation"] != chosen]
        return [f"{each['regulation']} ({each['article']})" for each in others]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Reasons why there is no score, each with its article."""
        assessment, words = self.contents.assessment, self.words
        return [
            (
                words.text(f"obstacle.{each.code}", part=plain(assessment.day.parts[each.part].id)),
                assessment.article(each.rule) or "",
            )
            for each in assessment.obstacles
        ]


def limits_of(limits: dict[str, str]) -> dict[str, str]:
    """Return the thresholds by the names that the sentences call them by."""
    return {"duty": limits.get("duty", ""), "least": limits.get("least_tkdn", "")}


def _factors(contents: Contents, words: Words) -> list[tuple[str, dict[str, str]]]:
    factors = {key: each for key, each in contents.data["factors"].items() if isinstance(each, dict)}
    return [
        (words.text(f"table.{key}"), {name: words.number(each[name]) for name in each}) for key, each in factors.items()
    ]


def _sources(contents: Contents, words: Words) -> list[tuple[str, str, str, str, str]]:
    """Return meaning, value, article, confidence and note of every legal value used."""
    parameters = contents.assessment.regulation.parameters
    return [
        (
            parameters[value.key].meaning[words.lang] if value.key in parameters else words.text("table.in_force"),
            value.shown(words.lang),
            of_law(value.article, words.lang),
            value.confidence,
            of_law(value.note, words.lang),
        )
        for value in contents.legal_values
    ]


def _provenance(contents: Contents, words: Words) -> Iterator[tuple[Markup, str]]:
    """Yield label and value of all that the report comes from; of the options those that were chosen."""
    for key, value in contents.data["provenance"].items():
        label = words(f"from_{key}")
        if key == "on":
            yield label, words.day(value)
        elif key == "options":
            if chosen := [str(words(f"option_{name}")) for name, holds in value.items() if holds]:
                yield label, "; ".join(chosen)
        elif value is not None:
            yield label, plain(str(value))


def _money(contents: Contents, words: Words) -> dict[str, Any]:
    tiles, flows = contents.tiles, contents.flows
    labels = {tile.group: words.group(tile) for tile in tiles}
    short = {tile.group: words.short_group(tile) for tile in tiles}
    names = [
        (
            plain(tile.name or tile.part) if tile.part else str(words("rest", count=words.number(tile.count))),
            words.percent(tile.share),
        )
        for tile in tiles
    ]
    groups = [(labels[key], sum(tile.share for tile in each)) for key, each in by_cost(tiles).items()]
    shown = [words("group_share", group=group, share=words.number(share)) for group, share in groups if share]
    nodes, bands = shapes.sankey(flows)
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for flow in flows:
        shares[flow.target] += flow.share
        if flow.source.startswith("origin:"):
            shares[flow.source] += flow.share
    said = [
        words("flow", source=words.node(flow.source), target=words.node(flow.target), share=words.number(flow.share))
        for flow in flows
    ]
    return {
        "areas": shapes.treemap(tiles, labels, short, names),
        "tiles": [(labels[tile.group], name, tile, share) for tile, (name, share) in zip(tiles, names, strict=True)],
        "treemap_alt": words("treemap_alt", groups="; ".join(map(str, shown))),
        "nodes": [(node, words.node(node.key), words.percent(shares[node.key])) for node in nodes],
        "bands": list(zip(bands, said, strict=True)),
        "flows": [(words.node(flow.source), words.node(flow.target), flow) for flow in flows],
        "sankey_alt": words("sankey_alt", flows="; ".join(map(str, said))),
    }


def _lift(contents: Contents, words: Words) -> dict[str, Any]:
    found = contents.lift
    if found is None:
        return {"none": words("lift_undefined", law=contents.assessment.regulation.name), "traded": None}
    if not found.rows:
        return {"none": words("lift_none"), "traded": _traded(contents, words)}
    joint, count = found.joint, words.number(len(found.rows))
    if contents.assessment.score is None:
        sentence = words("lift_joint_unknown", count=count)
    elif joint.lift is None:
        sentence = words("lift_joint_none", count=count)
    else:
        sentence = words("lift_joint", count=count, lift=words.number(joint.lift), without=words.number(joint.without))
    bars = [
        (
            isolated(row.name or row.part),
            float(100 * (contents.most_lift if row.effect.lift is None else row.effect.lift) / contents.most_lift),
            words("nothing_without") if row.effect.lift is None else words.number(row.lift),
        )
        for row in contents.lifting
    ]
    left_out = [by for by, each in contents.groups.items() if each is None]
    makers = len({row.supplier for row in contents.lifts})
    return {
        "none": None,
        "joint": sentence,
        "small": words("lift_small", count=words.number(found.small_industries)),
        "traded": _traded(contents, words),
        "bars": bars,
        "groups": [by for by, each in contents.groups.items() if each is not None],
        "large": words("lift_large", parts=count, groups=words.number(makers)) if left_out else None,
    }


def _traded(contents: Contents, words: Words) -> Markup | None:
    """Return a sentence on IKM parts from abroad, or None if there are none."""
    found = contents.lift
    if found is None or not found.traded:
        return None
    parts = Markup(", ").join(isolated(each["part"]) for each in found.traded[:MAX_ROWS])
    more = len(found.traded) - MAX_ROWS
    if more > 0:
        parts += Markup(", ") + words("rest", count=words.number(more))
    return words("lift_traded", parts=parts)
