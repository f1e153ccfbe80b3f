"""The public names are there, and having them costs nothing until they are used. `tests/interface` keeps their signatures."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest
from tests.support.build import EXAMPLES

import tkdn

NAMES = tkdn.__all__
HEAVY = ("pydantic", "numpy", "pint", "networkx", "rich", "typer", "openpyxl", "xlsxwriter", "pandas")


def loaded_after(code: str) -> set[str]:
    """The heavy libraries that are loaded once the code has run in a fresh interpreter."""
    report = f"{code}\nimport json, sys\nprint(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))"
    ran = subprocess.run([sys.executable, "-W", "error", "-c", report], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout.splitlines()[-1]))


def test_the_public_names_are_sorted_and_listed() -> None:
    assert sorted(NAMES) == NAMES
    assert dir(tkdn) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_can_be_had(name: str) -> None:
    assert not isinstance(getattr(tkdn, name), ModuleType)


@pytest.mark.parametrize("first", ["Assessment", "Bom", "Lift", "assess", "lift", "read_bom", "regulation", "totals"])
def test_no_name_turns_into_a_module_whatever_is_imported_first(first: str) -> None:
    code = f"from tkdn import {first}\nfrom tkdn import *\nimport tkdn, types"
    loaded_after(f"{code}\nassert not [name for name in tkdn.__all__ if isinstance(globals()[name], types.ModuleType)]")


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'tkdn' has no attribute 'asses'"):
        _ = tkdn.asses


def test_the_classes_say_where_they_live() -> None:
    for name in NAMES:
        value = getattr(tkdn, name)
        if isinstance(value, type):
            assert getattr(import_module(value.__module__), name) is value


def test_the_package_alone_loads_nothing_heavy() -> None:
    assert loaded_after("import tkdn; tkdn.__version__, dir(tkdn)") == set()


def test_the_errors_load_nothing_heavy() -> None:
    assert loaded_after("from tkdn import BomError, Place, Problem, TkdnError, UsageError") == set()


def test_a_bill_and_its_assessment_load_no_more_than_pydantic() -> None:
    assert loaded_after("from tkdn import Bom, assess") <= {"pydantic"}


def test_assessing_the_pump_loads_neither_pint_nor_networkx() -> None:
    path = str(EXAMPLES / "pump" / "pump.json")
    code = f"import tkdn\nassert str(tkdn.assess(tkdn.read_bom({path!r})).score) == '27.52'"
    assert loaded_after(code) <= {"pydantic"}
