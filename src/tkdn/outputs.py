"""Heads of everything that the library gives as plain data: `format` and `version` come first, from one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERSIONS: Mapping[str, int] = {
    "assessment": 1,
    "benefit-result": 1,
    "bids-result": 1,
    "certificate-matches": 1,
    "check": 1,
    "combined-result": 1,
    "comparison": 1,
    "enrichment": 1,
    "error": 1,
    "explanation": 1,
    "history": 1,
    "lift": 1,
    "matching": 1,
    "opportunities": 1,
    "plan": 1,
    "portfolio": 1,
    "reading": 1,
    "regions": 1,
    "regulation": 1,
    "regulations": 1,
    "run": 1,
    "scenarios": 1,
    "services-result": 1,
}
"""The version of each output, by its format without "tkdn-". It rises when a key goes or changes its meaning."""


def headed(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output as plain data, with its format and version first.

    Args:
        name: the format without "tkdn-", one of `VERSIONS`.
        body: everything else; it has no key `format` or `version`.

    >>> headed("lift", {"product": "CART"})
    {'format': 'tkdn-lift', 'version': 1, 'product': 'CART'}
    """
    head: dict[str, Any] = {"format": f"tkdn-{name}", "version": VERSIONS[name]}
    assert not head.keys() & body.keys()
    return {**head, **body}
