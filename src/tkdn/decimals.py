"""Decimals computed exactly, whatever decimal context the caller has set."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, InvalidOperation

EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[InvalidOperation])
"""Rounds nothing; text that is no number raises `decimal.InvalidOperation`. Not for quotients, which may have no end."""
