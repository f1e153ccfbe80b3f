"""Prices of a list: amounts, currencies and what they are for, each in a cell of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tkdn.bom.tables.records import TOLD, Fault, TableRow
from tkdn.errors import Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Note, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.cells import Money
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.origin_columns import PRICES
from tkdn.io.part_lists.rows import Lines, scaled
from tkdn.io.questions import Question, question

SIGNS: Mapping[str, tuple[str, ...]] = {"": (), "$": ("USD", "SGD", "AUD", "HKD"), "¥": ("CNY", "JPY")}
"""Signs that several currencies share, with the commonest of these."""


def settle_prices(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Put amounts, currencies and the units that prices are for in cells of their own."""
    prices = _Prices(lines.found, options)
    for row in lines.rows:
        prices.settle(row)
    understood.currencies = sorted(prices.currencies)
    heading = prices.head.text if prices.head else "price"
    for sign, rows in prices.unnamed.items():
        understood.ask(_which_currency(lines, sign, rows, heading))
    if prices.zeros:
        place = lines.found.place(prices.zeros[0])
        understood.notes.append(Note("price-zero", place, {"rows": rows_named(prices.zeros)}))


_PACK = 'add a column "Pack size"'
_ONE_UNIT = "write price and quantity for the same unit"


class _Prices:
    """Prices as they are settled row by row.

    Attributes:
        unnamed: Rows with a price whose currency is not known, by the sign that it has, "" for none.
        zeros: Rows with a price of nothing.
        currencies: Those met.
    """

    def __init__(self, found: FoundList, options: ReadOptions) -> None:
        self.heads = {key: found.headings[at] for at, key in found.columns.items()}
        self.head = next((self.heads[key] for key in ("price", "pack_price", *PRICES) if key in self.heads), None)
        self.options = options
        self.unnamed: dict[str, list[int]] = {}
        self.zeros: list[int] = []
        self.currencies: set[str] = set()

    def settle(self, row: TableRow) -> None:
        """Settle the amount and the price of a row."""
        cells = row.cells
        pack, amount = cells.pop("pack_price", None), cells.pop("amount", None)
        if isinstance(amount, Money):
            cells["amount"] = scaled(amount.number, self.heads["amount"].scale)
        stated = cells.get("price", pack)
        if isinstance(stated, Money):
            self._put(row, stated, of_pack=stated is pack)
            return
        for key in ("price_currency", "price_per"):
            cells.pop(key, None)
        if isinstance(stated, Fault):
            cells["price"] = stated

    def _put(self, row: TableRow, stated: Money, *, of_pack: bool) -> None:
        cells, head = row.cells, self.head
        number = scaled(stated.number, head.scale if head else 1)
        if stated.unit and cells.setdefault("unit", stated.unit) != stated.unit:
            number = Fault("unit-mismatch", {"price_unit": stated.unit, "unit": cells["unit"]}, case="price")
        named = cells.pop("price_currency", None)
        per = stated.per or cells.pop("price_per", None) or (head.per if head else None)
        cells.pop("price", None)
        if isinstance(number, Fault):
            cells["price"] = number
        elif number is not None and Decimal(str(number)) == 0:
            self.zeros.append(row.number)
        elif number is not None:
            self._name(row, number, _currency_of(stated.currency, named, head.currency if head else None))
            if "price" in cells and of_pack and per is None:
                cells["price_per"] = Fault("pack-size-missing", {})
            elif "price" in cells and per is not None:
                cells["price_per"] = per

    def _name(self, row: TableRow, number: object, currency: object) -> None:
        """Put a price with its currency; a sign that means several is what is said of it, none at all what is said of all."""
        sign = str(currency or "")
        if sign in SIGNS:
            currency = self.options.currencies.get(sign) if sign else self.options.currency
        if currency is None:
            self.unnamed.setdefault(sign, []).append(row.number)
        else:
            self.currencies.add(str(currency))
        row.cells.update(price=number, price_currency=TOLD if currency is None else currency)


def _currency_of(cell: str | None, column: object, head: str | None) -> object:
    """Return the currency of a price by its cell, the column of currencies and the heading.

    A sign that several share is the one that the column or the heading names: "¥" below "单价(元)" is the yuan.
    """
    stated = column or head
    return stated if cell is None or (cell in SIGNS and stated in SIGNS[cell]) else cell


def _which_currency(lines: Lines, sign: str, rows: list[int], heading: str) -> Question:
    """Return the question in which currency prices are that name none, or only a sign of several."""
    at = next(at for at, word in lines.found.headings.items() if word.text == heading)
    values = {"heading": heading, "rows": rows_named(rows), "count": len(rows), "sign": sign}
    place, case = lines.found.place(rows[0], at), "shared" if sign else "missing"
    problem = Problem("currency-unclear", values, place, case=case)
    places = [lines.found.place(row, at) for row in rows[:MAX_ROWS_NAMED]]
    if not sign:
        return question("currency", problem, count=len(rows), places=places)
    return question("currency-sign", problem, SIGNS[sign], about=sign, count=len(rows), places=places)
