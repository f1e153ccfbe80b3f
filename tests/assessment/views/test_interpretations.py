"""The readings of the law, as the command tells them."""

from __future__ import annotations

import re

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner

from tkdn import regulation
from tkdn.cli.app import app
from tkdn.i18n import LANGUAGES, Lang

PICKUP = EXAMPLES / "rural-pickup" / "pickup.json"
LAW = regulation("permenperin-35-2025")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readings_are_told_in_words_not_as_raw_keys(lang: Lang) -> None:
    """Before: "Without effect on this bill: production_test = none"."""
    result = CliRunner().invoke(app, ["interpretations", str(PICKUP), "--lang", lang])
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    for key, parameter in LAW.parameters.items():
        if parameter.reading:
            assert not re.search(rf"\b{re.escape(key)}\b", told), key
            assert parameter.meaning[lang] in told
