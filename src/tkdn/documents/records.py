"""The rows of the documents as records: typed and frozen, each sound in itself.

Every percentage is in percent (78 is 78%); every share is a fraction of one (0.4 is 40%); money is an exact decimal, in
rupiah unless it names a currency. What is not known is left out.
"""

from fractions import Fraction
from typing import Literal

from tkdn.bom.model import Money, Record
from tkdn.bom.number import Country, Day, Id, NotNegative, Origin, Percent, Positive, Share, Text, TrueFalse

Owner = Literal["domestic", "mixed", "foreign"]
Provider = Literal["domestic", "foreign"]


class Amount(Money):
    """Money above zero."""

    amount: Positive


class Labour(Record):
    """People of one citizenship and wage: persons x months x monthly wage."""

    name: Text
    citizenship: Country
    persons: NotNegative
    months: NotNegative
    monthly_wage: Money

    @property
    def times(self) -> Fraction:
        """Times that the unit cost is paid."""
        return Fraction(self.persons) * Fraction(self.months)

    @property
    def unit_cost(self) -> Money:
        """The wage of a person for a month."""
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
        """Times that the unit cost is paid."""
        return Fraction(self.number) * Fraction(self.months)

    @property
    def unit_cost(self) -> Money:
        """The cost of one of them for a month."""
        return self.monthly_cost


class GeneralService(Record):
    """A general service (insurance, licences, utilities ...): quantity x unit price."""

    name: Text
    provider: Provider
    quantity: NotNegative
    unit_price: Money

    @property
    def times(self) -> Fraction:
        """Times that the unit cost is paid."""
        return Fraction(self.quantity)

    @property
    def unit_cost(self) -> Money:
        """The price of one unit."""
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
