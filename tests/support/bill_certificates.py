"""Hypothesis draws of a part's certificates as JSON-ready records, with the edges of corrections W1 and W2 on purpose.

Days are chosen by what they come to on ``ON``: the first and the last day of every term, printed ends, withdrawn newer
ones, frozen ones; holders and factories stated on both sides, on one, or on none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.support.draws import chance, pick, weighted
from tests.support.oracle_certificates import value_counting

Record = dict[str, Any]

ON = date(2026, 6, 1)
TODAY, YESTERDAY, TOMORROW = "2026-06-01", "2026-05-31", "2026-06-02"

TKDN_VALUES: tuple[str | int, ...] = (
    *("40", "25", "60", "80", "40.01", "24.99", "60.01", "80.01"),
    *("25.00", "40.00", 78, "48", "52.37", "12", "100", "0", "25.01", "39.99", "59.99", "79.99", "90.5"),
)

# Dates of one certificate against ON, by what they come to.
VALID: tuple[Record, ...] = (
    {"issued": "2026-01-15"},
    {"issued": "2025-02-01"},
    {"issued": "2025-12-12"},  # the first day of five years
    {"issued": "2025-12-11"},  # the last of two to three
    {"issued": "2025-02-01", "expires": "2030-01-31"},
    {"issued": "2024-06-02"},  # the last day of two years
    {"issued": "2024-06-02", "regulation": "permenperin-16-2011"},
    {"issued": "2023-06-02", "regulation": "permenperin-46-2022"},  # the last day of three
    {"issued": "2024-02-29", "regulation": "Permenperin 46/2022"},
    {"issued": "2025-11-30", "regulation": "permenperin-35-2025"},  # older than the text it names
    {"issued": TODAY},
    {"issued": "2023-06-02", "expires": TODAY},
    {"issued": "2019-01-10", "expires": "2027-01-09"},  # longer than any term: a warning, and it counts
    {"issued": "2025-02-01", "withdrawn": TOMORROW},
    {"issued": "2025-02-01", "frozen": ["2026-01-01", YESTERDAY]},
    {"issued": "2025-02-01", "frozen": [TOMORROW, "2026-12-31"]},
)
OPEN: tuple[Record, ...] = (  # more than two years old, not more than three
    {"issued": "2024-06-01"},
    {"issued": "2023-06-02"},
    {"issued": "2024-02-29", "regulation": "Permenperin 16/2011"},
    {"issued": "2024-03-15", "regulation": "permenperin-6-2022"},
    {"issued": "2023-12-01", "regulation": "35/2025"},
    {"issued": "2024-03-15", "withdrawn": TOMORROW},
)
EXPIRED: tuple[Record, ...] = (
    {"issued": "2023-06-01"},
    {"issued": "2023-06-01", "regulation": "46/2022"},
    {"issued": "2023-01-01", "expires": YESTERDAY},
    {"issued": "2020-02-29"},
    {"issued": "2018-07-01", "expires": "2023-06-30"},
)
NOT_YET: tuple[Record, ...] = ({"issued": TOMORROW}, {"issued": "2026-09-01", "expires": "2031-08-31"})
WITHDRAWN: tuple[Record, ...] = (
    {"issued": "2026-03-01", "withdrawn": "2026-04-01"},
    {"issued": "2025-02-01", "withdrawn": TODAY},
    {"issued": "2024-03-15", "expires": "2029-03-14", "withdrawn": "2025-12-24"},
)
FROZEN: tuple[Record, ...] = (
    {"issued": "2025-02-01", "frozen": ["2026-05-01", "2026-06-30"]},
    {"issued": "2025-02-01", "frozen": [TODAY, "2026-12-31"]},
    {"issued": "2024-03-15", "frozen": ["2026-01-01", TODAY]},
)
CERTIFICATE_DATES = (VALID, VALID, VALID, VALID, OPEN, OPEN, EXPIRED, WITHDRAWN, FROZEN, NOT_YET)
SAME_DAY_KEYS = ("expires", "withdrawn", "frozen")
HOLDERS, FACTORIES = ("CV Logam", "PT Baja"), ("Subang", "Bandung")


def certificates(draw: st.DrawFn) -> list[Record]:
    """Draw one to three certificates; sometimes two were issued on one day."""
    found: list[Record] = []
    stated = chance(draw, 40)  # who holds it, and where it is made
    for number in range(weighted(draw, (1, 60), (2, 29), (3, 11))):
        held: Record = {"number": f"{number + 1}/TKDN/2025", "tkdn": pick(draw, TKDN_VALUES)}
        held.update(pick(draw, pick(draw, CERTIFICATE_DATES)))
        if found and chance(draw, 25):
            held = {key: value for key, value in held.items() if key not in SAME_DAY_KEYS}
            held["issued"] = found[0]["issued"]
        if chance(draw, 10):
            held["self_declared"] = chance(draw, 50)
        found.append({**held, **_identity(draw, stated)})
    return found


def _identity(draw: st.DrawFn, stated: bool) -> Record:
    """Draw whose certificate of what it is; a letter seldom."""
    identity: Record = {}
    if stated and chance(draw, 70):
        identity["holder"] = pick(draw, HOLDERS)
    if stated and chance(draw, 30):
        identity["factory"] = pick(draw, FACTORIES)
    kind = weighted(draw, (None, 88), ("letter", 8), ("certificate", 4))
    if kind is not None:
        identity["kind"] = kind
    if chance(draw, 6):
        identity[pick(draw, ("type", "specification", "brand"))] = pick(draw, ("X-1", "Y-2"))
    if chance(draw, 5):
        identity["hs_code"] = pick(draw, ("87082995", "8708.29.95", "8708"))
    if chance(draw, 5):
        identity["bmp"], identity["bmp_expires"] = "8", "2031-01-01"
    return identity


def one_counts(found: Sequence[Record]) -> bool:
    """Return True if one of them counts on ``ON`` by the shorter term."""
    return value_counting(found, ON, "shorter") is not None
