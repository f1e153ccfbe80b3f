"""Identity of certificates: whether one covers this part of this maker, and agrees with the others of the part.

Sources: Permenperin 35/2025 Pasal 44(2)a (what a certificate names); that holder, type, brand and HS do not decide which
certificate counts, and only warn, is derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tkdn.assessment.certificates import other_firm, other_text, says_something
from tkdn.bom.firm_names import FirmNames
from tkdn.bom.model import Certificate, Part, Supplier
from tkdn.bom.number import hs_codes_differ
from tkdn.textnorm import plain_letters

TEXTS = ("type", "specification", "brand")
"""Fields of a certificate that say in free words what it covers."""

_PIECES = re.compile(r"\d+|[^\W\d_]+")


class Mismatch(NamedTuple):
    """A statement of a certificate that contradicts the bill: the code of the warning, and the values of its words."""

    code: str
    values: Mapping[str, object]


def firms_of(suppliers: Iterable[Supplier]) -> FirmNames:
    """Return the names and ids that the firms of a bill go by."""
    return FirmNames(name for each in suppliers for name in (each.id, each.name) if name)


def mismatches(part: Part, certificate: Certificate, maker: Supplier | None, firms: FirmNames) -> Iterator[Mismatch]:
    """Yield what a certificate of a part says otherwise than the bill does.

    Args:
        part: the part that has the certificate.
        certificate: one of its certificates; fields that it leaves out are not compared.
        maker: the firm that makes the part, None if it is not stated.
        firms: all firms of the bill.
    """
    yield from _of_holder(certificate.holder, maker, firms)
    for field, stated in _of_product(part, certificate):
        values = {"field": field, "stated": stated, "held": getattr(certificate, field)}
        yield Mismatch("certificate-other-product", values)


def told_apart(one: Certificate, other: Certificate) -> Iterator[Mismatch]:
    """Yield the fields in which two certificates of a part name two products, though neither another holder nor factory."""
    if other_firm(one.holder, other.holder) or other_text(one.factory, other.factory):
        return
    fields = [field for field in TEXTS if other_text(getattr(one, field), getattr(other, field))]
    fields += ["hs_code"] if hs_codes_differ(one.hs_code, other.hs_code) else []
    for field in fields:
        values = {"field": field, "stated": getattr(one, field), "held": getattr(other, field), "other": one.number}
        yield Mismatch("certificate-other-than", values)


def _of_holder(holder: str | None, maker: Supplier | None, firms: FirmNames) -> Iterator[Mismatch]:
    """Yield that the holder is no firm of the bill, or another one than the part's maker."""
    if not says_something(holder) or not firms or (maker is not None and firms_of([maker]).has(holder)):
        return
    if not firms.has(holder):
        yield Mismatch("certificate-holder-unknown", {"holder": holder})
    elif maker is not None:
        yield Mismatch("certificate-other-holder", {"holder": holder, "maker": maker.name or maker.id})


def _of_product(part: Part, certificate: Certificate) -> Iterator[tuple[str, str]]:
    """Yield the fields that name another product than the part, each with the part's own words.

    A part's specification is free text that may give type, specification or brand: one of them in it is enough.
    """
    if part.hs_code is not None and hs_codes_differ(part.hs_code, certificate.hs_code):
        yield "hs_code", part.hs_code
    held = {field: text for field in TEXTS if says_something(text := getattr(certificate, field))}
    if not says_something(part.spec) or not held:
        return
    described = f"{part.id} {part.name or ''} {part.spec}"
    if not any(holds(described, text) or holds(text, part.spec) for text in held.values()):
        yield next(iter(held)), part.spec


def holds(text: str, phrase: str) -> bool:
    """Return True if a text holds a phrase as whole words and numbers, whatever marks and blanks divide them.

    >>> holds("frame, type X1", "X-1"), holds("frame, type X-10", "X-1"), holds("painted", "A")
    (True, False, False)
    """
    pieces, sought = _PIECES.findall(plain_letters(text)), "".join(_PIECES.findall(plain_letters(phrase)))
    for start in range(len(pieces)):
        run = ""
        for piece in pieces[start:]:
            run += piece
            if len(run) >= len(sought):
                break
        if run == sought:
            return True
    return False
