"""What all tests share."""

from __future__ import annotations

import decimal
import os
from collections.abc import Iterator

import pytest

os.environ.pop("COLUMNS", None)  # parallel test runners give their workers a width, and piped output has one of its own

PREC = os.environ.get("TKDN_DECIMAL_PREC")
"""Digits of the decimal context around each test below; the library must not depend on them."""
ON_NUMBERS = ("assessment", "bom", "documents", "method", "planning", "portfolio")


@pytest.fixture(autouse=PREC is not None)
def _callers_decimal_context(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run a test that computes in a caller's decimal context of few digits."""
    if PREC is None or request.path.relative_to(request.config.rootpath).parts[1:2] not in [(at,) for at in ON_NUMBERS]:
        yield
        return
    with decimal.localcontext() as context:
        context.prec = int(PREC)
        yield
