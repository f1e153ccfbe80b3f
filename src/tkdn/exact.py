"""Decimals computed the same, whatever decimal context the caller has set."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_EVEN, Context, InvalidOperation

EXACT = Context(MAX_PREC, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, traps=[InvalidOperation])
"""Rounds nothing; text that is no number raises `decimal.InvalidOperation`. Not for quotients, which may have no end."""
PRINTED = Context(100, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, traps=[InvalidOperation])
"""For quotients of a few numbers of a file, which are compared with what the file prints."""
