"""The view of a bill: how much it holds, what goes into the product, and where its parts are made."""

from __future__ import annotations

from collections import Counter

from tkdn.bom.bom import Bom
from tkdn.display.view import Column, Table, TableRow, View
from tkdn.i18n import Lang, number, say, shown_origin


def bom_view(bom: Bom, lang: Lang) -> View:
    """Return a bill as counts, the lines of its product, and its parts by country."""

    def said(key: str, **values: object) -> str:
        return say(f"notebook.{key}", lang, **values)

    counts = {key: number(len(getattr(bom, key)), lang) for key in ("parts", "uses", "suppliers", "rates")}
    part_of = {part.id: part for part in bom.parts}
    rows: list[TableRow] = []
    for use in (use for use in bom.uses if use.parent == bom.product):
        part = part_of[use.part]
        rows.append({
            "part": use.part,
            "name": part.name,
            "quantity": f"{number(use.quantity, lang)} {use.unit or part.unit}",
            "made_in": shown_origin(part.made_in or "", lang),
            "price": "" if part.price is None else f"{number(part.price.amount, lang)} {part.price.currency or bom.currency}",
        })  # fmt: skip
    heads = (
        Column("part", say("table.part", lang), "id"),
        Column("name", say("table.name", lang), "name", 1),
        Column("quantity", said("quantity"), "number"),
        Column("made_in", say("table.made_in", lang), gives_way=0),
        Column("price", said("price"), "number"),
    )
    countries = Counter(shown_origin(part.made_in or "", lang) or said("not_stated") for part in bom.parts)
    by_country: tuple[TableRow, ...] = tuple(
        {"country": country, "parts": count} for country, count in countries.most_common()
    )
    country_heads = (Column("country", said("country")), Column("parts", say("table.parts", lang), "number"))
    lines = Table(said("lines", product=bom.product), heads, tuple(rows))
    made_in = Table(said("made_in"), country_heads, by_country)
    title = said("bill", product=bom.product, date=bom.date or said("undated"))
    return View(title, said("holds", **counts), (lines, made_in), lang)
