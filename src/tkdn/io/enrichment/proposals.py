"""Certificates proposed for parts, and what a person decided on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from tkdn.bom.model import Certificate
from tkdn.bom.number import plain
from tkdn.errors import Place
from tkdn.exact import EXACT
from tkdn.i18n import clean
from tkdn.io.enrichment.certificate_list import Listed
from tkdn.io.enrichment.merging import same_number
from tkdn.short_repr import brief

Grade = Literal["certain", "probable", "possible"]
By = Literal["number", "maker_and_product"]
GRADES: tuple[Grade, ...] = ("certain", "probable", "possible")


@dataclass(frozen=True)
class Proposal:
    """A certificate of the list that may be one of a part, with both texts and how sure that is.

    `grade`: "certain" only where the numbers agree; by maker and product "probable" or "possible". Scores are from 0 to 100.
    `differs`: what the bill's own certificate of that number says otherwise: field, bill's value, list's value.
    """

    part: str
    part_name: str
    part_maker: str
    grade: Grade
    by: By
    maker_score: int | None
    product_score: int | None
    certificate: Certificate
    list_maker: str
    list_product: str
    differs: tuple[tuple[str, str, str], ...]
    place: Place
    listed: Listed

    __repr__ = brief

    @property
    def key(self) -> tuple[str, ...]:
        """What a confirmation names it by: one of another list, or an older one, does not fit."""
        return proposal_key(self.part, self.certificate.number, self.certificate.tkdn, self.certificate.issued)

    def to_dict(self) -> dict[str, Any]:
        """The match as plain data."""
        told = {key: value for key, value in self.__dict__.items() if key not in ("certificate", "listed", "place")}
        differs = [dict(zip(("field", "bill", "list"), each, strict=True)) for each in self.differs]
        held = self.certificate.model_dump(mode="json", exclude_defaults=True)
        return {**told, "differs": differs, "certificate": held, "place": asdict(self.place)}


def proposal_key(part: str, number: str, tkdn: Decimal, issued: date) -> tuple[str, ...]:
    """What tells a proposal: the part, and the certificate with its value and its first day."""
    return part, same_number(clean(number)), plain(tkdn.normalize(EXACT)), issued.isoformat()


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided on the proposals."""

    accepted: tuple[Proposal, ...]
    refused: tuple[Proposal, ...]
    undecided: tuple[Proposal, ...]

    __repr__ = brief
