"""What can go wrong with a document."""

from __future__ import annotations

from tkdn.errors import TkdnError


class DocumentError(TkdnError):
    """A document of services, combined goods and services, company benefit or bids is wrong."""
