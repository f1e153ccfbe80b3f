"""Records as flat lists of named text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkdn.bom.cyclonedx.properties import flattened, nested

texts = st.text(max_size=6) | st.sampled_from(["true", "false", "{}", "[]", '"', '"x"', "12", "null"])
keys = st.from_regex("[a-z_]{1,5}", fullmatch=True)
values = st.recursive(
    texts | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
def test_every_record_comes_back(record: dict[str, Any]) -> None:
    found = nested(list(flattened(record)))
    assert (found.record, found.faults) == (record, [])


def test_every_value_knows_its_property() -> None:
    found = nested([("other", "x"), ("tkdn:price:amount", "1"), ("tkdn:evidence:0:kind", "a")])
    assert found.origins[("price", "amount")] == 1
    assert found.origins[("evidence", 0)] == found.origins[("evidence", 0, "kind")] == 2


@pytest.mark.parametrize("names", [["tkdn:a", "tkdn:a"], ["tkdn:a", "tkdn:a:b"], ["tkdn:a:b", "tkdn:a"]], ids=" ".join)
def test_what_does_not_fit_is_told(names: list[str]) -> None:
    assert [number for number, _ in nested([(name, "1") for name in names]).faults] == [1]
