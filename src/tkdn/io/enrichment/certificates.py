"""Certificates of a list matched with the parts of a bill: proposed with how sure each match is, applied when accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tkdn.bom.bom import Bom, bill_of
from tkdn.bom.country import made_here
from tkdn.bom.model import Certificate, Part
from tkdn.bom.number import same_hs_code
from tkdn.bom.tables.records import FilledTable, TableRow
from tkdn.display.viewed import Viewed, as_text
from tkdn.errors import Problem, few_hints
from tkdn.i18n import Lang
from tkdn.io.enrichment.certificate_list import CertificateList, Listed, read_certificate_list
from tkdn.io.enrichment.confirmation import read_confirmation, write_confirmation
from tkdn.io.enrichment.conflict_policy import Answers
from tkdn.io.enrichment.enrichment import Enrichment, enriched
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT
from tkdn.io.enrichment.merging import same_number, shown
from tkdn.io.enrichment.product_similarity import Described, Firms
from tkdn.io.enrichment.proposals import GRADES, By, Decisions, Grade, Proposal
from tkdn.io.options import read_options
from tkdn.io.spreadsheet.dates import Order
from tkdn.io.spreadsheet.decimals import Mark
from tkdn.outputs import headed
from tkdn.short_repr import brief

SAME, ALIKE = 100, 85
"""Scores of makers: one and the same; near enough to be looked at."""
PROBABLE, POSSIBLE = 85, 60
"""Scores of products from which on a match is probable, where the maker is the same, and possible."""
MAX_FOR_A_PART = 5
_COMPARED = ("tkdn", "issued", "expires", "bmp", "bmp_expires", "withdrawn", "regulation", "self_declared", "kind")
IDENTITY = ("holder", "factory", "type", "specification", "brand", "hs_code")
"""What a certificate says of its holder and product; rows of one number may differ in it."""


@dataclass(frozen=True)
class CertificateMatches(Viewed):
    """What a list proposes for a bill; nothing is applied before it is accepted.

    `proposals`: the surest first within a part; `unmatched`: parts made in Indonesia, or of unknown origin, for which the list
    has nothing; `without_maker`: those among them of which the bill does not say who makes them; `not_listed`: part and number
    of certificates of the bill that the list does not have; `set_aside`: what is wrong with rows of the list that cannot be
    read; `left_out`: headings of the list that mean nothing here; `more`: parts for which the list has more than are proposed,
    with how many.
    """

    bom: Bom
    proposals: tuple[Proposal, ...]
    unmatched: tuple[str, ...]
    without_maker: tuple[str, ...]
    not_listed: tuple[tuple[str, str], ...]
    set_aside: tuple[Problem, ...]
    left_out: tuple[str, ...]
    source: CertificateList
    more: tuple[tuple[str, int], ...] = ()

    __repr__ = brief

    def apply(self, accepted: Iterable[Proposal]) -> Enrichment:
        """The bill with the accepted certificates; where its own one of that number says otherwise, the list's values count.
        `untouched` stays empty.

        Raises `BomError` where the bill then contradicts itself, such as a certificate of a part made abroad.
        """
        headings = {f"certificate_{key}": heading for key, heading in self.source.headings.items()}
        rows = [
            TableRow(
                each.place.row or 0,
                {"id": each.part, **{f"certificate_{key}": cell for key, cell in each.listed.cells.items()}},
            )
            for each in accepted
        ]
        table = FilledTable(ENRICHMENT, self.source.file, self.source.sheet, headings, rows)
        return replace(enriched(self.bom, table, Answers("replace")), untouched=())

    def write_confirmation(self, path: str | Path, *, force: bool = False) -> None:
        """Write the proposals as a file, `.csv` or `.xlsx`, in which a person writes yes or no under `accept`.

        "yes" stands already where numbers agree and nothing differs. Raises `UsageError` where the path exists and `force` is
        not given, or has another suffix; `MissingExtraError` for xlsx without openpyxl.
        """
        write_confirmation(self.proposals, path, force=force)

    def read_confirmation(self, path: str | Path) -> Decisions:
        """What a person decided in that file: proposals accepted, refused, undecided.

        Raises `BomError` with all problems: an answer that is neither yes nor no, two answers to one proposal, a row that is not
        among the proposals (`confirmation-stale`).
        """
        return read_confirmation(self.proposals, path)

    def to_text(self, lang: Lang = "en", *, most: int = 20) -> str:
        """Return all of it but the bill as lines for people, at most `most` of a kind."""
        return as_text(self.view(lang, most=most))

    def to_dict(self) -> dict[str, Any]:
        """All of it but the bill as plain data."""
        return headed(
            "tkdn-certificate-matches",
            {
                "proposals": [each.to_dict() for each in self.proposals],
                "unmatched": list(self.unmatched),
                "without_maker": list(self.without_maker),
                "not_listed": [{"part": part, "number": number} for part, number in self.not_listed],
                "set_aside": [each.to_dict() for each in self.set_aside],
                "left_out": list(self.left_out),
                "more": [{"part": part, "count": count} for part, count in self.more],
            },
        )


@few_hints()
def match_certificates(
    bom: Bom,
    source: str | Path | Any,
    *,
    numbers_only: bool = False,
    decimal: Mark | None = None,
    dates: Order | None = None,
    mapping: str | Path | Mapping[str, Any] | None = None,
) -> CertificateMatches:
    """What a list of certificates (CSV or xlsx, as exported from an inventory, or a data frame) proposes for parts of a bill.

    By number, with the part's certificates and documents: certain. By maker and product, for parts made in Indonesia or of
    unknown origin whose maker the bill names: probable or possible, at most five for a part, and only certificates issued after
    those that the part has. `numbers_only` leaves these out. `decimal`, `dates`, `mapping`: as for `enrich`.

    Raises `BomError` where the list cannot be read at all; `UsageError` for what is no list; `MissingExtraError` without
    rapidfuzz, or, for xlsx, openpyxl.
    """
    bom = bill_of(bom)
    listed = read_certificate_list(source, read_options(mapping, decimal=decimal, dates=dates))
    proposals, more = _proposed(bom, listed.rows, numbers_only)
    numbers = {same_number(row.certificate.number) for row in listed.rows}
    held = ((part.id, each.number) for part in bom.parts for each in part.certificates)
    not_listed = ((id_, number) for id_, number in held if same_number(number) not in numbers)
    matched = {each.part for each in proposals}
    rest = [part for part in bom.parts if part.id not in matched and _may_have_one(part) and not part.certificates]
    return CertificateMatches(
        bom,
        tuple(proposals),
        tuple(part.id for part in rest),
        tuple(part.id for part in rest if part.made_by is None),
        tuple(not_listed),
        listed.set_aside,
        listed.left_out,
        listed,
        tuple(more.items()),
    )


def _proposed(bom: Bom, rows: Sequence[Listed], numbers_only: bool) -> tuple[list[Proposal], dict[str, int]]:
    """Return the proposals of every part, the surest first, each once, and how many more a part has."""
    proposals, more = list(_by_number(bom, rows)), dict[str, int]()
    if not numbers_only and rows:
        found = {(each.part, same_number(each.certificate.number)) for each in proposals}
        near = {part: [each for each in alike if each.key[:2] not in found] for part, alike in _by_name(bom, rows)}
        proposals += [each for alike in near.values() for each in alike[:MAX_FOR_A_PART]]
        more = {part: len(alike) - MAX_FOR_A_PART for part, alike in near.items() if len(alike) > MAX_FOR_A_PART}
    order = {part.id: at for at, part in enumerate(bom.parts)}
    proposals.sort(key=lambda each: (order[each.part], GRADES.index(each.grade)))
    first = {each.key: each for each in reversed(proposals)}
    return [each for each in proposals if first[each.key] is each], more


def _may_have_one(part: Part) -> bool:
    return made_here(part.made_in) is not False and not part.phantom and not part.in_house


def _by_number(bom: Bom, rows: Iterable[Listed]) -> Iterator[Proposal]:
    """Matches by number: certain, unless rows of the list that bear the number do not agree."""
    by_number: dict[str, dict[tuple[object, ...], list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        facts = tuple(getattr(row.certificate, field) for field in _COMPARED)
        by_number[same_number(row.certificate.number)][facts].append(row)
    for part in bom.parts:
        held = {same_number(each.number): each for each in reversed(part.certificates)}
        named = {same_number(each.number) for each in part.evidence if each.number}
        for number in sorted(held.keys() | named):
            found = [_agreed(alike) for alike in by_number.get(number, {}).values()]
            for row in found:
                grade: Grade = "certain" if len(found) == 1 else "possible"
                yield _proposal(
                    bom, part, row, grade, "number", differs=_differences(held.get(number), row.certificate)
                )


def _agreed(rows: Sequence[Listed]) -> Listed:
    """Return the first of some rows of one certificate, without what they say of holder and product if they differ in it."""
    first, *others = rows
    told = [field for field in IDENTITY if getattr(first.certificate, field) is not None]
    apart = [
        field
        for field in told
        if any(getattr(each.certificate, field) != getattr(first.certificate, field) for each in others)
    ]
    return first.without(apart) if apart else first


def _differences(held: Certificate | None, listed: Certificate) -> tuple[tuple[str, str, str], ...]:
    """Where the bill's certificate says otherwise than the list's; what one of them leaves out is no difference."""
    if held is None:
        return ()
    pairs = ((field, getattr(held, field), getattr(listed, field)) for field in _COMPARED)
    return tuple(
        (field, shown(one), shown(other)) for field, one, other in pairs if None not in (one, other) and one != other
    )


def _by_name(bom: Bom, rows: Iterable[Listed]) -> Iterator[tuple[str, list[Proposal]]]:
    """The matches of each part by maker and product, the surest first."""
    by_maker: dict[str, list[tuple[Listed, Described]]] = defaultdict(list)
    for row in rows:
        by_maker[row.maker].append((row, Described.of(row.product, f"{row.product} {row.details}")))
    makers = Firms(by_maker, ALIKE)
    for part in bom.parts:
        maker = _maker(bom, part)
        if maker is None or not _may_have_one(part):
            continue
        newest = max((each.issued for each in part.certificates), default=None)
        near = [
            (row, described, score)
            for name, score in makers.like(maker)
            for row, described in by_maker[name]
            if newest is None or row.certificate.issued > newest
        ]
        found = sorted(_by_product(part, near), key=_doubt)
        yield (
            part.id,
            [
                _proposal(bom, part, row, grade, "maker_and_product", score, product)
                for row, grade, score, product, _ in found
            ],
        )


_Near = tuple[Listed, Grade, int, int, bool]


def _doubt(found: _Near) -> tuple[int, bool, int]:
    """What the surest match has least of; within a grade, related ones come first."""
    _, grade, maker, product, related = found
    return GRADES.index(grade), not related, -maker - product


def _by_product(part: Part, near: Sequence[tuple[Listed, Described, int]]) -> Iterator[_Near]:
    """Rows whose maker is alike, with grade, scores, and whether both share a word or the HS code; of the same maker, any
    product."""
    texts = Described.of(part.label, f"{part.label} {part.spec or ''}")
    products = texts.scores([described for _, described, _ in near], POSSIBLE)
    for (row, described, maker), scored in zip(near, products, strict=True):
        if not scored and maker < SAME:
            continue
        product = scored or texts.scores([described])[0]
        grade: Grade = "probable" if maker >= SAME and product >= PROBABLE else "possible"
        yield (
            row,
            grade,
            maker,
            product,
            same_hs_code(part.hs_code, row.certificate.hs_code) or texts.shares_a_word(described),
        )


def _maker(bom: Bom, part: Part) -> str | None:
    supplier = bom.supplier_by_id.get(part.made_by or "")
    return None if supplier is None else supplier.name or supplier.id


def _proposal(
    bom: Bom,
    part: Part,
    row: Listed,
    grade: Grade,
    by: By,
    maker_score: int | None = None,
    product: int | None = None,
    differs: tuple[tuple[str, str, str], ...] = (),
) -> Proposal:
    described = " ".join(filter(None, (row.product, row.details)))
    return Proposal(
        part.id,
        " ".join(filter(None, (part.name, part.spec))),
        _maker(bom, part) or "",
        grade,
        by,
        maker_score,
        product,
        row.certificate,
        row.maker,
        described,
        differs,
        row.place,
        row,
    )
