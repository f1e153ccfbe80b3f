"""Words of the page in one language: texts, numbers, dates and labels, safe in HTML."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup, escape

from tkdn.assessment.chart_rows import Stage, Tile
from tkdn.assessment.charts.labels import group_label, node_label, step_label
from tkdn.assessment.charts.rows import UNKNOWN
from tkdn.assessment.rounding import two_places
from tkdn.i18n import Lang, catalogue, number, say

NOTHING_SAID = "–"
LONGEST = 90
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: object) -> str:
    r"""Return text from a bill without control characters and halves of characters, which HTML cannot hold.

    >>> plain("bolt\x00"), plain("baut")
    ('bolt\ufffd', 'baut')
    """
    return _UNSEEN.sub("\ufffd", str(text))


def isolated(text: object, longest: int | None = None) -> Markup:
    """Return text from a bill inside a sentence: escaped, and its direction of writing kept to itself."""
    shown = plain(text)
    if longest is not None and len(shown) > longest:
        shown = shown[:longest].rstrip() + "…"
    return Markup("<bdi>{}</bdi>").format(shown)


class Words:
    """The report's texts in English or Indonesian."""

    def __init__(self, lang: Lang) -> None:
        """Take the texts of a language."""
        self.lang = lang
        self._texts = catalogue(lang)

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a text of the report, values escaped unless they are markup."""
        return Markup(escape(self._texts[f"report.{key}"])).format(**values)

    def text(self, key: str, **values: object) -> str:
        """Return any text of the library, not escaped."""
        return say(key, self.lang, **values)

    def number(self, value: Decimal | Fraction | str | int | None) -> str:
        """Return a figure as people write it; a text is one of to_dict."""
        if value is None:
            return NOTHING_SAID
        if isinstance(value, Fraction):
            value = two_places(value)
        return number(Decimal(value) if isinstance(value, str) else value, self.lang)

    def percent(self, value: Decimal | Fraction | str | None) -> str:
        """Return a figure with its percent sign."""
        return NOTHING_SAID if value is None else str(self("percent", value=self.number(value)))

    def day(self, day: date | str) -> str:
        """Return a date in words, such as 1 June 2026.

        >>> Words("id").day("2026-06-01")
        '1 Juni 2026'
        """
        day = date.fromisoformat(day) if isinstance(day, str) else day
        month = str(self("months")).split()[day.month - 1]
        return str(self("day", day=day.day, month=month, year=day.year))

    def group(self, tile: Tile) -> str:
        """Return the label of a tile's group."""
        return group_label(tile.origin, tile.scale, self.lang)

    def short_group(self, tile: Tile) -> str:
        """Return a label of a tile's group for little room: "ID · micro", "JP"."""
        if tile.scale is None:
            return tile.origin if len(tile.origin) == 2 else self.group(tile)
        names = {"small": "small_scale"}
        return f"{tile.origin} · " + (
            "?" if tile.scale == UNKNOWN else self.text(f"table.{names.get(tile.scale, tile.scale)}")
        )

    def node(self, key: str) -> str:
        """Return the label of a node of the Sankey diagram."""
        return node_label(key, self.lang)

    def step(self, step: Stage) -> Markup:
        """Return the label of a bar of the waterfall."""
        return isolated(step_label(step, self.lang))
