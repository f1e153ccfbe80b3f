"""A move with its figures, in words and as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from tkdn.assessment.opportunities.candidate import Candidate, Changes, Kind, Measure, Plain
from tkdn.assessment.rounding import falling, printed, ratio, short_ratio, text, two_places
from tkdn.i18n import Lang, decimal, known, number, say, say_of, shown_origin

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Spending:
    """Rupiah for one product on a part today, and the IKM share of spend: alike for all cases of one part.

    `share`: the same in percent of the main material cost; `ikm_share`: before and after a move.
    """

    spend: Fraction | None
    share: Fraction | None
    ikm_share: tuple[Fraction | None, Fraction | None]

    @cached_property
    def rank(self) -> tuple[object, ...]:
        """The place among moves of one gain: what is spent most on comes first."""
        return falling(self.spend or NOTHING)

    @cached_property
    def printed(self) -> tuple[str | None, str | None, tuple[str | None, str | None]]:
        """The figures as text with two decimals."""
        return printed(self.spend), printed(self.share), (printed(self.ikm_share[0]), printed(self.ikm_share[1]))


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done, and what it is worth.

    `exact` is the gain in points of the basis (of BMP where `measure` is "bmp"), alone; `exact_given_others` the same with the
    others taken; `exact_after` the figure afterwards; None where nothing can be said. `cost` as the caller gave it.
    """

    candidate: Candidate
    name: str | None
    exact: Fraction | None
    exact_after: Fraction | None
    exact_given_others: Fraction | None
    spending: Spending
    cost: Fraction | None
    pricing: Callable[[], Fraction | None] | None = None
    """Computes the break-even price of an import bought here; None where there is none to compute."""

    @property
    def id(self) -> str:
        """Kind, part or supplier, and variant."""
        return self.candidate.id

    @property
    def kind(self) -> Kind:
        """The kind of the move, such as `certify`."""
        return self.candidate.kind

    @property
    def variant(self) -> str:
        """The case of its kind that it is; "" where there is one."""
        return self.candidate.variant

    @property
    def part(self) -> str | None:
        """Id of the part; None where a maker moves."""
        return self.candidate.part

    @property
    def supplier(self) -> str | None:
        """Id of the maker today."""
        return self.candidate.supplier

    @property
    def headline(self) -> bool:
        """False where it is another case of a move that is listed already."""
        return self.candidate.headline

    @property
    def measure(self) -> Measure:
        """The measure that the gain is counted in: "tkdn" or "bmp"."""
        return "tkdn" if self.candidate.benefit is None else "bmp"

    @property
    def spend(self) -> Fraction | None:
        """Rupiah for one product on the part today."""
        return self.spending.spend

    @property
    def share(self) -> Fraction | None:
        """The same in percent of the main material cost."""
        return self.spending.share

    @property
    def ikm_share(self) -> tuple[Fraction | None, Fraction | None]:
        """The IKM share of the main material cost before and after, in percent."""
        return self.spending.ikm_share

    @property
    def changes(self) -> Changes:
        """The changes of the bill, as `Bom.with_changes` takes them."""
        return self.candidate.changes

    @property
    def against(self) -> Changes:
        """The changes that it is compared with: {} for the bill as it is."""
        return self.candidate.against

    @property
    def about(self) -> Mapping[str, Plain]:
        """Plain facts on it."""
        return self.candidate.about

    @property
    def break_even(self) -> Fraction | None:
        """Rupiah for one unit of an import bought here up to which the score does not fall."""
        return None if self.pricing is None else self.pricing()

    @property
    def any_price(self) -> bool:
        """True if the score falls at no price: the part earns more than material does on average."""
        return self.pricing is not None and self.break_even is None

    @property
    def closing(self) -> list[dict[str, Any]]:
        """Steps that would bring the part's own bill to the next value of the ladder, most first.

        Each line made wholly domestic, each factor raised to the full, with the points of its own value that this `adds`. Empty
        where that is not asked.
        """
        return [] if self.candidate.closing is None else self.candidate.closing()

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that the move follows from."""
        return self.candidate.articles

    @property
    def gain(self) -> Decimal | None:
        """The gain in points, alone."""
        return two_places(self.exact)

    @property
    def gain_given_others(self) -> Decimal | None:
        """The gain in points with the others taken."""
        return two_places(self.exact_given_others)

    @property
    def gain_per_rupiah(self) -> Fraction | None:
        """Points for a rupiah; None without a cost, or at none."""
        return self.exact / self.cost if self.exact is not None and self.cost else None

    @property
    def rupiah_per_point(self) -> Fraction | None:
        """Rupiah for a point; None without a cost, or where nothing is gained."""
        return self.cost / self.exact if self.cost is not None and self.exact and self.exact > 0 else None

    def explanation(self, lang: Lang = "en") -> str:
        """Return what to do, and why, in sentences."""
        return self._explained(lang, self._facts())

    def advice(self, lang: Lang = "en") -> str:
        """Return the same in few words."""
        return say_of(self._key("short"), lang, _Words(self, self._facts(), lang))

    def _explained(self, lang: Lang, facts: Mapping[str, Plain]) -> str:
        words = _Words(self, facts, lang)
        return " ".join([say_of(key, lang, words) for key in self._sentences()])

    def _key(self, form: str) -> str:
        return _text_key(form, self.kind, self.variant.split("_")[0])

    def _sentences(self) -> list[str]:
        about, keys = self.about, [self._key("long")]
        if self.kind == "certify":
            if self.exact is not None and self.exact < 0:
                keys.append("opportunity-long.certify_not")
            elif about["small"]:
                keys += self._declaring()
            if self.variant == "own_bill" and about["own_today"] != about["own"]:
                keys.append("opportunity-long.own_today")
        if self.kind == "renew" and self.exact is not None and self.exact <= 0:
            keys.append("opportunity-long.let_lapse" if self.exact else "opportunity-long.no_loss")
        if self.candidate.closing is not None and (self.exact is None or self.exact >= 0):
            keys.append("opportunity-long.closing")
        if self.pricing is not None:
            keys.append("opportunity-long.any_price" if self.any_price else "opportunity-long.break_even")
        return keys

    def _declaring(self) -> list[str]:
        """Return the sentences on self-declaration by a small industry (Pasal 26, 1(9))."""
        differs = "declared" in self.about and self.about["declared"] != self.about["own"]
        keys = ["opportunity-long.self_declare_less" if differs else "opportunity-long.self_declare"]
        return [*keys, "opportunity-long.small_stated"] if self.about["small_by"] == "stated" else keys

    def _facts(self) -> Mapping[str, Plain]:
        """Return the facts on it with what would close the distance to the next value, which takes long: asked for once."""
        return {**self.about, "closing": self.closing} if self.candidate.closing is not None else self.about

    def to_dict(self, *, short: bool = False) -> dict[str, Any]:
        """Return everything as plain data.

        Args:
            short: Whether only short ratios are given, since others are of rounded figures.
        """
        facts, break_even = self._facts(), self.break_even
        spend, share, ikm_share = self.spending.printed
        exactly = short_ratio if short else ratio
        return {
            "id": self.id,
            "kind": self.kind,
            "variant": self.variant,
            "part": self.part,
            "name": self.name,
            "supplier": self.supplier,
            "headline": self.headline,
            "measure": self.measure,
            "gain": printed(self.exact),
            "gain_given_others": printed(self.exact_given_others),
            "after": printed(self.exact_after),
            "spend": spend,
            "share": share,
            "ikm_share": list(ikm_share),
            "break_even": printed(break_even),
            "any_price": self.pricing is not None and break_even is None,
            "cost": printed(self.cost),
            "rupiah_per_point": printed(self.rupiah_per_point),
            "about": {key: _plain(value) for key, value in facts.items()},
            "articles": list(self.articles),
            "changes": self.changes,
            "against": self.against,
            "explanation": self._explained("en", facts),
            "exact": {
                "gain": exactly(self.exact),
                "gain_given_others": exactly(self.exact_given_others),
                "after": exactly(self.exact_after),
                "break_even": exactly(break_even),
                "gain_per_rupiah": exactly(self.gain_per_rupiah),
            },
        }


class _Words(dict[str, object]):
    """Words for the sentences on a move, in a language: each fact is put into words only when a sentence asks for it."""

    __slots__ = ("_facts", "_lang", "_move")

    def __init__(self, move: Move, facts: Mapping[str, Plain], lang: Lang) -> None:
        super().__init__()
        self._move, self._facts, self._lang = move, facts, lang

    def __missing__(self, name: str) -> object:
        self[name] = said = self._in_words(name)
        return said

    def _in_words(self, name: str) -> object:
        if name == "gain":
            return number(self._move.gain, self._lang)
        if name == "others":
            return number(self._move.gain_given_others, self._lang)
        if name == "break_even":
            return number(two_places(self._move.break_even), self._lang)
        if name == "made_in" and not self._facts.get(name):
            return say("opportunity.unknown", self._lang)
        if name in self._facts:
            return _in_words(name, self._facts[name], self._lang)
        return {"part": self._move.part, "supplier": self._move.supplier}[name]


MOST_NAMED = 3
WORDS = ("factory", "becomes", "fact", "level")
"""The facts that are words of ours."""


@cache
def _text_key(form: str, kind: Kind, case: str) -> str:
    key = f"opportunity-{form}.{kind}"
    return f"{key}-{case}" if known(f"{key}-{case}") else key


def _in_words(key: str, value: Plain, lang: Lang) -> object:
    """Return a fact as people say it: numbers in their language, words of ours by their text."""
    if isinstance(value, str):
        if key == "made_in":
            return shown_origin(value, lang)
        return say(f"opportunity-word.{value}", lang) if key in WORDS else value
    if isinstance(value, bool):
        return say("explain.yes" if value else "explain.no", lang)
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, Decimal):
        return _exact(Fraction(value), lang)
    if isinstance(value, Fraction):  # after plain types: its test is an abstract one, and slow
        return _exact(value, lang)
    if isinstance(value, list):
        named = ", ".join(_item(each, lang) for each in value[:MOST_NAMED])
        rest = len(value) - MOST_NAMED
        return say("opportunity.more", lang, named=named, count=rest) if rest > 0 else named
    return value


def _exact(value: Fraction, lang: Lang) -> str:
    """Return a figure as it is where it has few decimals, else with two."""
    plain = decimal(value)
    return number(two_places(value) if plain is None else plain, lang)


def _item(item: Mapping[str, Any], lang: Lang) -> str:
    name = say(f"table.{item['factor']}", lang) if "factor" in item else str(item["part"])
    if "adds" in item:
        return f"{name} +{number(two_places(item['adds']), lang)}"
    return f"{name} ({shown_origin(item['made_in'], lang)})" if item.get("made_in") else name


def _plain(value: Plain) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list):
        return [{key: _plain(each) for key, each in item.items()} for item in value]
    return text(value) if isinstance(value, Decimal) else printed(value)
