"""Counts a filled form again, and says where it prints something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from tkdn.errors import Place
from tkdn.exact import EXACT, PRINTED
from tkdn.io.forms.reading import Form, FormRow

HALF = Decimal("0.5")
"""Forms print whole rupiah: a figure agrees where it differs by no more than rounding does."""
MATERIAL, RECAP = "1.1", "1.9"
HUNDREDTH = Decimal("0.01")
PER_UNIT = ("1.1", "1.2")
"""Forms of one unit; those of labour and overhead are of a month, and divided by its normal capacity."""
FACTORS = ("quantity", "price", "allocation")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure that the form prints, and what it comes to when counted again, in rupiah; `what`: kdn, kln, total, sum."""

    place: Place
    name: str
    what: str
    printed: Decimal
    counted: Decimal

    @property
    def message(self) -> str:
        return f"{self.name}: {self.what} is printed as {_shown(self.printed)}, but comes to {_shown(self.counted)}"


def disagreements(forms: Iterable[Form]) -> list[Disagreement]:
    """Where forms print something else than their own figures give: rows, and the totals over them."""
    forms = list(forms)
    with localcontext(PRINTED):
        found = [each for form in forms if form.title != RECAP for each in _of(form)]
        found += [each for form in forms if form.by_factors for each in _components(form)]
        found += [each for form in forms if "weighting" in form.headings for each in _recap_2025(form, forms)]
        return found + [each for form in forms if form.title == RECAP for each in _recap(form, forms)]


def cost(form: Form, row: FormRow) -> Decimal | None:
    """Cost of a row: quantity x price, and the share allocated to the product; None where a figure is missing."""
    needed = ("quantity", "price") if form.title == MATERIAL else FACTORS
    if any(key not in row.figures for key in needed):
        return None
    found = row.figures["quantity"] * row.figures["price"]
    return found if form.title == MATERIAL else found * row.figures["allocation"] / 100


def _of(form: Form) -> Iterator[Disagreement]:
    for row in form.rows:
        yield from _row(form, row)
    if form.totals is None:
        return
    for key in ("kdn", "kln", "total"):
        printed = form.totals.figures.get(key)
        counted = sum((row.figures.get(key, Decimal(0)) for row in form.rows), Decimal(0))
        if printed is not None and abs(printed - counted) > HALF * max(len(form.rows), 1):
            yield Disagreement(
                form.place(form.totals.row, key), f"Formulir {form.title}", f"sum of {key}", printed, counted
            )


def per_unit(form: Form, key: str) -> Decimal | None:
    """KDN or KLN of one unit of the product, as the rows print it; None where the normal capacity is missing."""
    total = sum((row.figures.get(key, Decimal(0)) for row in form.rows), Decimal(0))
    if form.title in PER_UNIT:
        return total
    capacity = form.feet.get("capacity")
    return total / capacity[1] if capacity and capacity[1] else None


def _recap(recap: Form, forms: Iterable[Form]) -> Iterator[Disagreement]:
    """Whether the recap's total is the sum of the forms."""
    if recap.totals is None:
        return
    for key in ("kdn", "kln"):
        parts = [per_unit(form, key) for form in forms if form.title != RECAP]
        printed = recap.totals.figures.get(key)
        known = [part for part in parts if part is not None]
        if printed is not None and known and len(known) == len(parts):
            counted = sum(known, Decimal(0))
            if abs(printed - counted) > HALF * len(known):
                yield Disagreement(
                    recap.place(recap.totals.row, key), f"Formulir {RECAP}", f"sum of {key}", printed, counted
                )


def _row(form: Form, row: FormRow) -> Iterator[Disagreement]:
    total, tkdn = cost(form, row), row.figures.get("tkdn")
    expected: dict[str, Decimal] = {}
    if total is not None and tkdn is not None:
        expected = {"kdn": total * tkdn / 100, "kln": total * (100 - tkdn) / 100, "total": total}
    printed = {key: row.figures[key] for key in ("kdn", "kln", "total") if key in row.figures}
    for key, value in printed.items():
        if key in expected and abs(value - expected[key]) > HALF:
            yield Disagreement(
                form.place(row.row, key), row.name, key.upper() if key != "total" else key, value, expected[key]
            )
    if {"kdn", "kln", "total"} <= printed.keys() and abs(printed["kdn"] + printed["kln"] - printed["total"]) > 2 * HALF:
        counted = printed["kdn"] + printed["kln"]
        yield Disagreement(form.place(row.row, "total"), row.name, "KDN + KLN", printed["total"], counted)


def _components(form: Form) -> Iterator[Disagreement]:
    """35/2025: what a row's share of the cost and its KDN give."""
    costs = {row.row: cost(form, row) for row in form.rows}
    total = sum((each for each in costs.values() if each is not None), Decimal(0))
    for row in form.rows:
        own, credited = costs[row.row], row.figures.get("credited")
        if own is None or not total:
            continue
        counted = {"total": own, "proportion": own * 100 / total}
        if credited is not None:
            counted["component"] = own * credited / total
        for key, value in counted.items():
            printed = row.figures.get(key)
            if printed is not None and abs(printed - value) > (HALF if key == "total" else HUNDREDTH):
                yield Disagreement(form.place(row.row, key), row.name, form.headings[key], printed, value)


def _recap_2025(recap: Form, forms: Iterable[Form]) -> Iterator[Disagreement]:
    """35/2025, Formulir 1.4: each row is weight x factor, the first factor is that of Formulir 1.1, and the rows add up."""
    material = next((form for form in forms if "credited" in form.headings), None)
    if recap.rows and material is not None:
        printed, counted = recap.rows[0].figures.get("factor"), _credited(material)
        if printed is not None and counted is not None and abs(printed - counted) > HUNDREDTH:
            yield Disagreement(
                recap.place(recap.rows[0].row, "factor"), recap.rows[0].name, recap.headings["factor"], printed, counted
            )
    for row in recap.rows:
        if {"weighting", "factor", "tkdn"} <= row.figures.keys():
            counted = row.figures["weighting"] * row.figures["factor"] / 100
            if abs(row.figures["tkdn"] - counted) > HUNDREDTH:
                yield Disagreement(
                    recap.place(row.row, "tkdn"), row.name, recap.headings["tkdn"], row.figures["tkdn"], counted
                )
    total = recap.totals.figures.get("tkdn") if recap.totals else None
    counted = sum((row.figures.get("tkdn", Decimal(0)) for row in recap.rows), Decimal(0))
    if recap.totals and total is not None and abs(total - counted) > HUNDREDTH * len(recap.rows):
        yield Disagreement(
            recap.place(recap.totals.row, "tkdn"), recap.totals.name, recap.headings["tkdn"], total, counted
        )


def _credited(form: Form) -> Decimal | None:
    """The material factor that a form's lines give, in percent; None where a figure is missing."""
    costs = [(cost(form, row), row.figures.get("credited")) for row in form.rows]
    total = sum((each for each, _ in costs if each is not None), Decimal(0))
    if not total or any(each is None or credited is None for each, credited in costs):
        return None
    return sum((each * credited for each, credited in costs if each and credited), Decimal(0)) / total


def _shown(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    shown = (
        value.quantize(Decimal(1), context=EXACT)
        if whole
        else value.quantize(HUNDREDTH, context=EXACT).normalize(EXACT)
    )
    return f"{shown:,f}"
