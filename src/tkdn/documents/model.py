"""The four documents: typed, frozen, checked as a whole when they are made."""

from collections.abc import Iterator
from typing import Literal

from tkdn.bom.model import Money
from tkdn.bom.number import Heads, Kbli, NotNegative, Percent, Share, Text, TrueFalse
from tkdn.documents.checks import (
    benefit_problems,
    bids_problems,
    combined_problems,
    money_problems,
    services_problems,
)
from tkdn.documents.records import Amount, Bid, Document, GeneralService, Item, Labour, Location, MoneyDocument, Tool
from tkdn.errors import Problem


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
        yield from money_problems(self)
        yield from services_problems(self)

    def money(self) -> Iterator[tuple[Location, Money]]:
        for group, key in (("labour", "monthly_wage"), ("tools", "monthly_cost"), ("general", "unit_price")):
            for number, row in enumerate(getattr(self, group)):
                if row is not None:
                    yield (group, number, key), getattr(row, key)


class CombinedDocument(MoneyDocument):
    """Several goods, or goods with services, bought together."""

    format: Literal["tkdn-combined"] = "tkdn-combined"
    version: Literal[1] = 1
    goods: tuple[Item, ...] = ()
    services: tuple[Item, ...] = ()

    def _problems(self) -> Iterator[Problem]:
        yield from money_problems(self)
        yield from combined_problems(self)

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

    def _problems(self) -> Iterator[Problem]:
        yield from benefit_problems(self)


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

    def _problems(self) -> Iterator[Problem]:
        yield from money_problems(self)
        yield from bids_problems(self)

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
