"""Country codes."""

from __future__ import annotations

import pycountry

from tkdn.bom.country import COUNTRIES


def test_the_countries_are_those_of_iso_3166() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES
