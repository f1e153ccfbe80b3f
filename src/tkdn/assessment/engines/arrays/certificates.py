"""Certificates by columns: which of many parts' certificates count on a day, as `assessment.certificates` says for one part.

For certificates that state neither holder nor factory, so that a later one always ends the earlier ones of its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.certificates import CertificateTerms
from tkdn.bom.compiled import Flags, Floats, Whole

Days = NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class CertificateColumns:
    """Certificates as columns, one row each; days are NaT where none is stated.

    `part`: place of the part; `text`: place in `texts` of the regulation that it names; `letter`: whether it is one.
    """

    part: Whole
    tkdn: Floats
    issued: Days
    expires: Days
    withdrawn: Days
    frozen_from: Days
    frozen_to: Days
    letter: Flags
    text: Whole
    texts: list[str | None]


def counting_rows(of: CertificateColumns, terms: CertificateTerms, parts: int) -> tuple[Whole, Whole]:
    """Return, by part, the row that counts, and the row that would if open terms were the longer ones; -1 for none."""
    on = np.datetime64(terms.on, "D")
    live = ~of.letter & (of.issued <= on)
    latest = np.full(parts, np.datetime64("0001-01-01"), "datetime64[D]")
    np.maximum.at(latest, of.part[live], of.issued[live])
    live &= of.issued == latest[of.part]  # a later one ended the others (Pasal 50(2))
    live &= ~(of.withdrawn <= on) & ~((of.frozen_from <= on) & (on <= of.frozen_to))
    shorter, longer = _ends(of, terms)
    may = live & (on <= longer)
    counts = may if terms.takes_longer else live & (on <= shorter)
    return _lowest(of, counts, parts), _lowest(of, may, parts)


def _ends(of: CertificateColumns, terms: CertificateTerms) -> tuple[Days, Days]:
    """Return the last day of each row's term by the shorter and by the longer reading: asked once a day and text."""
    shorter, longer = of.expires.copy(), of.expires.copy()
    open_ended = np.flatnonzero(np.isnat(of.expires) & ~np.isnat(of.issued))
    pairs: dict[tuple[date, int], list[int]] = {}
    for row, issued, text in zip(
        open_ended.tolist(), of.issued[open_ended].tolist(), of.text[open_ended].tolist(), strict=True
    ):
        pairs.setdefault((issued, text), []).append(row)
    for (issued, text), rows in pairs.items():
        term = terms.legal(issued, of.texts[text])
        shorter[rows], longer[rows] = np.datetime64(term.shorter, "D"), np.datetime64(term.longer, "D")
    return shorter, longer


def _lowest(of: CertificateColumns, rows: Flags, parts: int) -> Whole:
    """Return the row of the lowest value of each part among some rows of one day; -1 for none."""
    found: Whole = np.full(parts, -1, np.intp)
    at: Any = np.flatnonzero(rows)
    order = at[np.argsort(-of.tkdn[at], kind="stable")]
    found[of.part[order]] = order  # the last one written stays: the lowest
    return found
