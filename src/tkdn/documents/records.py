"""What documents are made of: the records in them, and what all documents, or all with money, have in common.

Every percentage is in percent (78 is 78%); every share is a fraction of one (0.4 is 40%); money is an exact decimal, in
rupiah unless it names a currency, which then needs a rate on the document's date. What is not known is left out.
"""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date as day_type
from fractions import Fraction
from typing import Any, Literal, Self

from pydantic import model_validator

from tkdn.bom.model import Money, Rate, Record
from tkdn.bom.number import Country, Day, Id, NotNegative, Origin, Percent, Positive, Share, Text, TrueFalse
from tkdn.documents.errors import DocumentError
from tkdn.errors import Problem

Owner = Literal["domestic", "mixed", "foreign"]
Provider = Literal["domestic", "foreign"]
Location = tuple[str | int, ...]


class Amount(Money):
    """Money above zero."""

    amount: Positive


class Document(Record):
    """What the four documents share: a name for people, and the day that it is counted on (default today)."""

    name: Text | None = None
    date: Day | None = None

    @model_validator(mode="after")
    def _check_as_a_whole(self) -> Self:
        if found := problems_of(self):
            raise DocumentError(found)
        return self

    @abstractmethod
    def _problems(self) -> Iterator[Problem]:
        """Yield what is wrong beyond single values; records that are not sound stand as None."""

    @classmethod
    def format_name(cls) -> str:
        """What the document's `format` says."""
        return str(cls.model_fields["format"].default)

    @property
    def day(self) -> day_type:
        """The day that it is counted on."""
        return self.date or day_type.today()

    def to_dict(self) -> dict[str, Any]:
        """The document as plain data; what stands at its default is left out."""
        body = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {"format": self.format_name(), "version": 1, **body}


def problems_of(document: Document) -> list[Problem]:
    """Return everything that is wrong with a document whose single values are sound, or None."""
    return list(document._problems())


class MoneyDocument(Document):
    """A document with amounts of money, and the exchange rates that those in other currencies need."""

    rates: tuple[Rate, ...] = ()

    @abstractmethod
    def money(self) -> Iterator[tuple[Location, Money]]:
        """Every amount with its place; records that are not sound stand as None while problems are gathered."""


class Labour(Record):
    """People of one citizenship and wage: persons x months x monthly wage."""

    name: Text
    citizenship: Country
    persons: NotNegative
    months: NotNegative
    monthly_wage: Money

    @property
    def times(self) -> Fraction:
        """How often the unit cost is paid."""
        return Fraction(self.persons) * Fraction(self.months)

    @property
    def unit_cost(self) -> Money:
        return self.monthly_wage


class Tool(Record):
    """A tool or facility, by depreciation or rent: number x months x monthly cost."""

    name: Text
    made_in: Origin
    owner: Owner | None = None
    domestic_share: Share | None = None
    number: NotNegative
    months: NotNegative
    monthly_cost: Money

    @property
    def times(self) -> Fraction:
        """How often the unit cost is paid."""
        return Fraction(self.number) * Fraction(self.months)

    @property
    def unit_cost(self) -> Money:
        return self.monthly_cost


class GeneralService(Record):
    """A general service (insurance, licences, utilities ...): quantity x unit price."""

    name: Text
    provider: Provider
    quantity: NotNegative
    unit_price: Money

    @property
    def times(self) -> Fraction:
        """How often the unit cost is paid."""
        return Fraction(self.quantity)

    @property
    def unit_cost(self) -> Money:
        return self.unit_price


class Item(Record):
    """A good or a service by its acquisition value (nilai perolehan); without `tkdn`, as also for a foreign good, it counts 0."""

    name: Text
    tkdn: Percent | None = None
    value: Money


class Bid(Record):
    """An offer for goods, after arithmetic correction. TKDN and BMP are those of its certificate, to its last day.

    BMP also ends on `bmp_expires`, as printed, else five years after `bmp_since`: the day of issue of the first certificate that
    carried it (35/2025 Pasal 45(2)).
    """

    bidder: Id
    price: Amount
    tkdn: Percent | None = None
    bmp: Percent | None = None
    siinas: TrueFalse | None = None
    imported: TrueFalse | None = None
    certificate_expires: Day | None = None
    bmp_since: Day | None = None
    bmp_expires: Day | None = None
