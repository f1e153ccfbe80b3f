"""The four documents as records: typed, frozen, checked as a whole when they are made.

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
from tkdn.bom.number import (
    Country,
    Day,
    Heads,
    Id,
    Kbli,
    NotNegative,
    Origin,
    Percent,
    Positive,
    Share,
    Text,
    TrueFalse,
)

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
        from tkdn.documents.checks import problems
        from tkdn.documents.errors import DocumentError

        found = problems(self)
        if found:
            raise DocumentError(found)
        return self

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


class ServicesDocument(MoneyDocument):
    """The costs of an industrial service (Jasa Industri), delivered to the place of work.

    `kbli`: of the service, as the firm's licence names it; Lampiran III lists those that can be counted (Pasal 16).
    """

    format: Literal["tkdn-services"] = "tkdn-services"
    version: Literal[1] = 1
    kbli: Kbli | None = None
    labour: tuple[Labour, ...] = ()
    tools: tuple[Tool, ...] = ()
    general: tuple[GeneralService, ...] = ()

    def money(self) -> Iterator[tuple[Location, Money]]:
        for group, key in (("labour", "monthly_wage"), ("tools", "monthly_cost"), ("general", "unit_price")):
            for number, row in enumerate(getattr(self, group)):
                if row is not None:
                    yield (group, number, key), getattr(row, key)


class Item(Record):
    """A good or a service by its acquisition value (nilai perolehan); without `tkdn`, as also for a foreign good, it counts 0."""

    name: Text
    tkdn: Percent | None = None
    value: Money


class CombinedDocument(MoneyDocument):
    """Several goods, or goods with services, bought together."""

    format: Literal["tkdn-combined"] = "tkdn-combined"
    version: Literal[1] = 1
    goods: tuple[Item, ...] = ()
    services: tuple[Item, ...] = ()

    def money(self) -> Iterator[tuple[Location, Money]]:
        for group in ("goods", "services"):
            for number, row in enumerate(getattr(self, group)):
                if row is not None:
                    yield (group, number, "value"), row.value


class BenefitDocument(Document):
    """The facts behind a company's BMP; facts left out give no points.

    `service_company`, `goods_and_services`, `factory`: whether BMP can be counted at all (Pasal 23, 44(2)a.11).
    """

    format: Literal["tkdn-benefit"] = "tkdn-benefit"
    version: Literal[1] = 1
    service_company: TrueFalse | None = None
    goods_and_services: TrueFalse | None = None
    factory: Literal["own", "partner_factory", "outsourced"] | None = None
    size: Literal["large", "medium", "small"] | None = None
    workers: Heads | None = None
    new_investment_share: NotNegative | None = None
    small_industry_partners: Heads | None = None
    raw_material_suppliers: Heads | None = None
    pioneer: TrueFalse | None = None
    domestic_purchase_share: Share | None = None
    domestic_machine_share: Share | None = None
    outside_java: TrueFalse | None = None
    indi_level: Heads | None = None
    lighthouse: TrueFalse | None = None
    industry_4_applied: TrueFalse | None = None
    people_development: Literal["own_training", "apprentices"] | None = None
    domestic_brand: TrueFalse | None = None
    green: Literal["certificate", "award", "effort"] | None = None
    export_usd_per_year: NotNegative | None = None
    certificates: Heads | None = None
    esg: Literal["AAA", "AA", "A", "BBB", "lower"] | None = None
    awards: Heads | None = None
    siinas_on_time: TrueFalse | None = None


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


class BidsDocument(MoneyDocument):
    """A tender for goods: the owner's estimate (HPS), the price preference that the buyer set, the bids.

    `estimate_exempt`: an exception of Perpres 16/2018 Pasal 26(7) holds, so the estimate is no ceiling. `vat`: whether the
    estimate and every price hold VAT; they are compared as they are, so all on one basis.
    """

    format: Literal["tkdn-bids"] = "tkdn-bids"
    version: Literal[1] = 1
    owner_estimate: Amount
    estimate_exempt: TrueFalse | None = None
    vat: Literal["included", "excluded"] | None = None
    preference: Percent
    regulation: Text = "perpres-16-2018"
    bids: tuple[Bid, ...]

    def money(self) -> Iterator[tuple[Location, Money]]:
        estimate: Amount | None = self.owner_estimate  # None where it is not sound
        if estimate is not None:
            yield ("owner_estimate",), estimate
        for number, bid in enumerate(self.bids):
            if bid is not None:
                yield ("bids", number, "price"), bid.price


KINDS: dict[str, type[Document]] = {
    kind.format_name(): kind for kind in (ServicesDocument, CombinedDocument, BenefitDocument, BidsDocument)
}
