"""The four documents: typed, frozen, checked as a whole when they are made."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date as day_type
from typing import Any, Literal, Self

from pydantic import model_validator

from tkdn.bom.model import Money, Rate, Record
from tkdn.bom.number import Day, Heads, Kbli, NotNegative, Percent, Share, Text, TrueFalse
from tkdn.documents import checks
from tkdn.documents.records import Amount, Bid, GeneralService, Item, Labour, Tool
from tkdn.errors import DocumentError, Location, Problem


class Document(Record):
    """The base of the four documents: a name for people, and the day that it is counted on (default today)."""

    name: Text | None = None
    date: Day | None = None

    @model_validator(mode="after")
    def _check_as_a_whole(self) -> Self:
        if found := problems_of(self):
            raise DocumentError(found)
        return self

    @abstractmethod
    def _problems(self) -> Iterator[Problem]:
        """Yield what is wrong beyond single values; records that are not sound are None."""

    @classmethod
    def format_name(cls) -> str:
        """Return the name of the document's format, such as `tkdn-bids`."""
        return str(cls.model_fields["format"].default)

    @property
    def day(self) -> day_type:
        """The day that it is counted on."""
        return self.date or day_type.today()

    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain data; values at their default are left out."""
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
        """Yield every amount with its place; records that are not sound are None while problems are gathered."""

    def _money_problems(self) -> Iterator[Problem]:
        yield from checks.rates(self.rates)
        yield from checks.currencies(self.money(), self.rates, self.date, self.day)


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

    def _problems(self) -> Iterator[Problem]:
        yield from self._money_problems()
        yield from checks.services(self.day, self.labour, self.tools, self.general)

    def money(self) -> Iterator[tuple[Location, Money]]:
        """Yield the unit cost of every row with its place."""
        for group, key in (("labour", "monthly_wage"), ("tools", "monthly_cost"), ("general", "unit_price")):
            for index, row in enumerate(getattr(self, group)):
                if row is not None:
                    yield (group, index, key), getattr(row, key)


class CombinedDocument(MoneyDocument):
    """Several goods, or goods with services, bought together."""

    format: Literal["tkdn-combined"] = "tkdn-combined"
    version: Literal[1] = 1
    goods: tuple[Item, ...] = ()
    services: tuple[Item, ...] = ()

    def _problems(self) -> Iterator[Problem]:
        yield from self._money_problems()
        yield from checks.combined(self.day, self.goods, self.services)

    def money(self) -> Iterator[tuple[Location, Money]]:
        """Yield the value of every good and service with its place."""
        for group in ("goods", "services"):
            for index, row in enumerate(getattr(self, group)):
                if row is not None:
                    yield (group, index, "value"), row.value


class BenefitDocument(Document):
    """The facts behind a company's BMP; facts left out give no points.

    `service_company`, `goods_and_services` and `factory` decide whether BMP can be counted at all (Pasal 23, 44(2)a.11).
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

    def _problems(self) -> Iterator[Problem]:
        yield from checks.benefit(self.day, self.indi_level)


class BidsDocument(MoneyDocument):
    """A tender for goods: the owner's estimate (HPS), the price preference that the buyer set, the bids.

    `estimate_exempt`: an exception of Perpres 16/2018 Pasal 26(7) holds, so the estimate is no ceiling. `vat`: the estimate and
    every price include VAT or exclude it; they are compared as they are, so all on one basis.
    """

    format: Literal["tkdn-bids"] = "tkdn-bids"
    version: Literal[1] = 1
    owner_estimate: Amount
    estimate_exempt: TrueFalse | None = None
    vat: Literal["included", "excluded"] | None = None
    preference: Percent
    regulation: Text = "perpres-16-2018"
    bids: tuple[Bid, ...]

    def _problems(self) -> Iterator[Problem]:
        yield from self._money_problems()
        yield from checks.bids(self.day, self.bids, self.regulation, self.preference)

    def money(self) -> Iterator[tuple[Location, Money]]:
        """Yield the owner's estimate and the price of every bid with their places."""
        estimate: Amount | None = self.owner_estimate  # None if it is not sound
        if estimate is not None:
            yield ("owner_estimate",), estimate
        for index, bid in enumerate(self.bids):
            if bid is not None:
                yield ("bids", index, "price"), bid.price


KINDS: dict[str, type[Document]] = {
    kind.format_name(): kind for kind in (ServicesDocument, CombinedDocument, BenefitDocument, BidsDocument)
}
