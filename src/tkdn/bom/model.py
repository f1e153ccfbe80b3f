"""What is built: parts, uses, suppliers, rates. Typed, frozen, flat; knows no law.

Every percentage is in percent (78 is 78%); every share is a fraction of one (0.05 is 5%); money is an exact decimal.
Field meanings follow the data contract in docs/bill.md. What is not known is left out: nothing is taken as domestic,
free or small for want of a value.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tkdn.bom.number import (
    Country,
    Currency,
    Day,
    Heads,
    HsCode,
    Id,
    Kbli,
    NotNegative,
    Origin,
    Percent,
    Positive,
    Region,
    Scrap,
    Share,
    Text,
    TrueFalse,
    problem,
)
from tkdn.days import day_of
from tkdn.short_repr import brief

Scale = Literal["micro", "small", "medium", "large"]
IKM_SCALES: frozenset[str] = frozenset({"micro", "small", "medium"})
"""IKM, industri kecil dan menengah: small (micro included) and medium industry."""


class Record(BaseModel):
    """Base of all records: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    __repr__ = __str__ = brief


class Money(Record):
    """An exact amount in a currency; without one, the bill's currency."""

    amount: NotNegative
    currency: Currency | None = None


class Price(Record):
    """Money for `per` units of the part, delivered, without VAT (ERP systems price per 100 or per 1000)."""

    amount: Positive
    currency: Currency | None = None
    per: Positive = Decimal(1)


class Evidence(Record):
    """A document behind a statement."""

    kind: Text | None = None
    number: Text | None = None
    date: Day | None = None
    file: Text | None = None


class Certificate(Record):
    """A TKDN certificate, or a letter (Surat Keterangan), as it is printed (35/2025 Pasal 44(2)a).

    It counts from `issued` to `expires`, both days included; not from the day it is `withdrawn`; not while `frozen`. Without
    `expires`, the law's term of validity applies. A later certificate of the same `holder` and `factory` ends it (Pasal 50(2)).
    """

    number: Text
    tkdn: Percent
    issued: Day
    expires: Day | None = None
    regulation: Text | None = None
    kind: Literal["certificate", "letter"] | None = None
    holder: Text | None = None
    factory: Text | None = None
    type: Text | None = None
    specification: Text | None = None
    brand: Text | None = None
    hs_code: HsCode | None = None
    self_declared: TrueFalse | None = None
    withdrawn: Day | None = None
    frozen: tuple[Day, Day] | None = None
    bmp: Percent | None = None
    bmp_expires: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.bmp_expires is not None and self.bmp_expires < self.issued:
            raise problem(
                "certificate-dates-reversed",
                {"number": self.number, "bmp_expires": self.bmp_expires, "issued": self.issued},
                case="bmp",
            )
        if self.expires is not None and self.expires < self.issued:
            raise problem(
                "certificate-dates-reversed",
                {"number": self.number, "expires": self.expires, "issued": self.issued},
                case="expires",
            )
        if self.frozen is not None and self.frozen[1] < self.frozen[0]:
            raise problem("certificate-dates-reversed", {"number": self.number}, case="frozen")
        return self


CostKind = Literal[
    "material_service",
    "labour",
    "labour_service",
    "indirect_labour",
    "machine_owned",
    "machine_rented",
    "overhead_service",
]


class CostLine(Record):
    """One monthly cost of making a good, for the cost method (16/2011 Formulir 1.2 to 1.8).

    `number` of persons or units, `monthly` for one of them (wage, depreciation, rent, fee), `allocation` the share of it that
    the good takes. Labour states `citizenship`; machines `made_in`, `owner` and, where mixed, the `domestic_share` of equity;
    services their `tkdn`.
    """

    kind: CostKind
    name: Text | None = None
    number: Positive
    monthly: Money
    allocation: Share
    citizenship: Country | None = None
    made_in: Origin | None = None
    owner: Literal["domestic", "mixed", "foreign"] | None = None
    domestic_share: Share | None = None
    tkdn: Percent | None = None


class Production(Record):
    """Facts of how a good is made: where (`factory`), by what `activity`, with how many direct workers (heads)."""

    factory: Literal["own", "partner_factory", "outsourced"] | None = None
    activity: Literal["manufacture", "packing", "finishing", "dismantling", "none"] | None = None
    tariff_line_changed: TrueFalse | None = None
    hs_heading_changed: TrueFalse | None = None
    """The old name of `tariff_line_changed`: still read, and warned about."""
    made_by_licence: TrueFalse | None = None
    """Whether the firm that makes an outsourced good holds an industrial licence (35/2025 Pasal 27(1)d)."""
    indonesian_workers: Heads | None = None
    foreign_workers: Heads | None = None
    invested_in_indonesia: TrueFalse | None = None
    costs: tuple[CostLine, ...] = ()
    normal_capacity: Positive | None = None
    """Units of the good made in a month at normal capacity: what monthly costs are divided by."""

    @property
    def tariff_change(self) -> bool | None:
        """Whether making it changed the tariff line, as stated under the field's name or its old one."""
        return self.hs_heading_changed if self.tariff_line_changed is None else self.tariff_line_changed

    @model_validator(mode="after")
    def _one_tariff_change(self) -> Self:
        if self.hs_heading_changed not in (None, self.tariff_change):
            raise problem(
                "contradiction-tariff",
                {},
            )
        return self


class Vehicle(Record):
    """Facts of a battery electric vehicle, on the product (Permenperin 6/2022).

    `assembly_indonesian_share`: share of Indonesian citizens among assembly workers. `assembly_labour_achieved` and
    `assembly_tools_achieved`: achieved share of that half of assembly, where the text's scale is not known. `development`:
    activities done in Indonesia. `battery_investment`: investment realised, where the battery is counted by investment.
    """

    wheels: Literal["two_three", "four"] | None = None
    converted: TrueFalse | None = None
    assembly_indonesian_share: Share | None = None
    assembly_labour_achieved: Share | None = None
    assembly_tools_achieved: Share | None = None
    development: (
        tuple[
            Literal["market_research", "product_planning", "design_engineering", "prototyping", "testing", "licensing"],
            ...,
        ]
        | None
    ) = None
    battery_investment: Money | None = None
    battery_investment_from: Day | None = None


class Brainware(Record):
    """Facts on research and development; `rd_share_of_revenue` is the yearly average over five years (0.02 is 2%)."""

    rd_share_of_revenue: Share | None = None
    rd_unit: Literal["own", "third_party", "none"] | None = None
    rd_programme: TrueFalse | None = None
    rd_used_in_product: TrueFalse | None = None


class Part(Record):
    """A part, material, sub-assembly or the product itself, stored once however often it is used."""

    id: Id
    name: Text | None = None
    spec: Text | None = None
    unit: Text = "pcs"
    price: Price | None = None
    conversion_cost: Money | None = None
    made_in: Origin | None = None
    supplier: Id | None = None
    maker: Id | None = None
    certificates: tuple[Certificate, ...] = ()
    all_domestic_material: TrueFalse | None = None
    natural_resource: TrueFalse = False
    main: TrueFalse = True
    phantom: TrueFalse = False
    in_house: TrueFalse = False
    production: Production | None = None
    brainware: Brainware | None = None
    vehicle: Vehicle | None = None
    group: Text | None = None
    hs_code: HsCode | None = None
    kbli: Kbli | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def made_by(self) -> str | None:
        """Id of who makes it: `maker`, else `supplier`. Size and licence follow the maker."""
        return self.maker or self.supplier

    @property
    def label(self) -> str:
        """Its name, else its id."""
        return self.name or self.id


class Use(Record):
    """How much of `part` one unit of `parent` takes, and when."""

    parent: Id
    part: Id
    quantity: Positive
    unit: Text | None = None
    scrap: Scrap = Decimal(0)
    valid_from: Day | None = None
    valid_to: Day | None = None
    alternative_to: Id | None = None
    chosen: TrueFalse = False

    def valid_on(self, day: date | str) -> bool:
        """Return True if the use is effective on the day; both ends are included."""
        day = day_of(day)
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Supplier(Record):
    """A firm: its size as stated, or the facts it follows from; its place; whether it holds an industrial licence."""

    id: Id
    name: Text | None = None
    region: Region | None = None
    scale: Scale | None = None
    capital: Money | None = None
    sales: Money | None = None
    workers: Heads | None = None
    industrial_licence: TrueFalse | None = None
    domestic_share: Share | None = None


class Rate(Record):
    """Rupiah for `per` units of a currency, from a day on until the next rate."""

    currency: Currency
    rate: Positive
    start: Annotated[Day, Field(alias="from")]
    per: Positive = Decimal(1)
