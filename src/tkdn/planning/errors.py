"""What can go wrong with a list of measures."""

from __future__ import annotations

from tkdn.errors import TkdnError


class MeasureError(TkdnError):
    """A list of measures is wrong, or does not fit the bill."""
