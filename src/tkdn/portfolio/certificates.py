"""Certificates of many bills as columns: those that count on the day, and the credits that they earn."""

from __future__ import annotations

from datetime import date
from typing import get_args

import numpy as np
import pyarrow.compute as pc

from tkdn.assessment.certificates import LETTER, CertificateTerms
from tkdn.assessment.engines.arrays.certificates import CertificateColumns, counting_rows
from tkdn.assessment.engines.arrays.tables import tables
from tkdn.bom.compiled import Floats, Whole
from tkdn.bom.model import Certificate
from tkdn.method.goods import GoodsRules
from tkdn.portfolio.values import PLAIN_ID, Rows, as_decimal, valid

PLAIN_OF_CERTIFICATE = (
    "self_declared", "bmp", "bmp_expires", "holder", "factory", "type", "specification", "brand", "hs_code",
)  # fmt: skip
"""Columns of certificates that are checked, and change no figure of their own."""


def certificate_credits(rows: Rows, part: Whole, size: int, rules: GoodsRules, on: date) -> tuple[Whole, Whole]:
    """Return the credit of each part's certificate that counts, and of one that may: rows of the ladder, 0 for none.

    The ladder is that of Pasal 5(2)a; the terms are those of Pasal 45 and 72a.

    Args:
        rows: rows of the table of certificates; what is not plain leaves its vehicle.
        part: the part of each row, below 0 if there is none.
        size: how many parts there are.
        rules: the law's rules.
        on: the day.
    """
    rows.leave(part < 0)
    plain = pc.match_substring_regex(rows.text("number"), PLAIN_ID).fill_null(False)
    rows.leave(~plain.to_numpy(zero_copy_only=False))
    for field in PLAIN_OF_CERTIFICATE:
        rows.valid(field, Certificate, field)
    ladder = {credit: at + 1 for at, credit in enumerate(tables(rules).credits)}
    values: list[float] = []

    def row_of(value: object) -> int | None:
        number = as_decimal(value)
        if number is None or not valid(Certificate, "tkdn", number):
            return None
        values.append(float(number))
        return ladder[rules.certificate_credit(number)] + len(ladder) * 2 * len(values)

    coded = rows.codes("tkdn", row_of, 0)
    rows.leave(coded == 0)
    row, tkdn = coded % (len(ladder) * 2), np.array([0.0, *values])[coded // (len(ladder) * 2)]
    sound = np.flatnonzero((part >= 0) & (coded > 0))
    counting, if_longer = _counting(rows, part, tkdn, sound, size, CertificateTerms(rules.regulation, on))
    by_place = np.append(row[sound], 0)  # the last one is of no certificate, which is -1 in both columns
    return by_place[counting], np.where(if_longer != counting, by_place[if_longer], 0)


def _counting(
    rows: Rows, part: Whole, tkdn: Floats, sound: Whole, size: int, terms: CertificateTerms
) -> tuple[Whole, Whole]:
    """Return the certificate of each part that counts on the day, and by the longer term, as rows of the sound ones."""
    issued, expires, withdrawn = (rows.days(key) for key in ("issued", "expires", "withdrawn"))
    start, end = rows.days("frozen_from"), rows.days("frozen_to")
    rows.leave(np.isnat(issued) | (np.isnat(start) != np.isnat(end)) | (expires < issued) | (end < start))
    named = np.zeros(rows.size, bool)  # whom a certificate ends depends on names: left to the reader of single bills
    for key in ("holder", "factory"):
        named |= pc.is_valid(rows.text(key)).to_numpy(zero_copy_only=False)
    several = np.bincount(part[sound], minlength=size) > 1
    rows.leave(named & (part >= 0) & several[part])
    kinds = (None, *get_args(get_args(Certificate.model_fields["kind"].annotation)[0]))
    kind = rows.codes("kind", lambda name: kinds.index(name) if name in kinds else None, 0)
    texts: list[str | None] = [None]

    def text(name: object) -> int | None:
        if not isinstance(name, str) or not valid(Certificate, "regulation", name):
            return None
        texts.append(name)
        return len(texts) - 1

    columns = CertificateColumns(
        part[sound],
        tkdn[sound],
        issued[sound],
        expires[sound],
        withdrawn[sound],
        start[sound],
        end[sound],
        kind[sound] == kinds.index(LETTER),
        rows.codes("regulation", text, 0)[sound],
        texts,
    )
    return counting_rows(columns, terms, size)
