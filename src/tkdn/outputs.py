"""Heads of everything that the library gives as plain data: `format` and `version` come first, from one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERSIONS: Mapping[str, int] = {
    "tkdn-assessment": 1,
    "tkdn-benefit-result": 1,
    "tkdn-bids-result": 1,
    "tkdn-calendar": 1,
    "tkdn-certificate-matches": 1,
    "tkdn-check": 1,
    "tkdn-combined-result": 1,
    "tkdn-comparison": 1,
    "tkdn-enrichment": 1,
    "tkdn-error": 1,
    "tkdn-explanation": 1,
    "tkdn-history": 1,
    "tkdn-interpretations": 1,
    "tkdn-lift": 1,
    "tkdn-matching": 1,
    "tkdn-opportunities": 1,
    "tkdn-plan": 1,
    "tkdn-portfolio": 1,
    "tkdn-questions": 1,
    "tkdn-reading": 1,
    "tkdn-regions": 1,
    "tkdn-regulation": 1,
    "tkdn-regulations": 1,
    "tkdn-run": 1,
    "tkdn-scenarios": 1,
    "tkdn-services-result": 1,
}
"""The version of each output, by its format. It rises when a key goes or changes its meaning."""


def headed(format_: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output as plain data, with its format and version first.

    Args:
        format_: one of `VERSIONS`.
        body: everything else; it has no key `format` or `version`.

    >>> headed("tkdn-lift", {"product": "CART"})
    {'format': 'tkdn-lift', 'version': 1, 'product': 'CART'}
    """
    head: dict[str, Any] = {"format": format_, "version": VERSIONS[format_]}
    assert not head.keys() & body.keys()
    return {**head, **body}


def sha256_of(plain: object) -> str:
    """Return the SHA-256 of plain data, the same in every process; numbers of other kinds count by their text.

    >>> sha256_of({"a": 1, "b": 2}) == sha256_of({"b": 2, "a": 1})
    True
    """
    import hashlib  # with json a tenth of the time in which the library starts
    import json

    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()
