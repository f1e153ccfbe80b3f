"""Whatever stands in a document: it is counted, or refused with places and remedies; it never breaks."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some

from tkdn.documents import DocumentError, benefit, bids, combined, from_dict, services
from tkdn.documents.model import KINDS
from tkdn.documents.template import template
from tkdn.i18n import LANGUAGES

COUNT: dict[str, Any] = {
    "tkdn-services": services, "tkdn-combined": combined, "tkdn-benefit": benefit, "tkdn-bids": bids
}  # fmt: skip
Path = tuple[str | int, ...]
HOSTILE: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, False, 0, -1, 1, 10**40, 1e308, float("inf"), "", " ", "0", "-0", "1e20", "1e21", "1e-20", "NaN",
        "9" * 30, "9" * 5000, "ID", "id", "USD", "2026-02-30", "2026-06-01", "0001-01-01", "\ud800", "\x00", "{0}",
        [], [None], [[]], {}, {"amount": "1"}, {"amount": "1", "currency": "USD"}, "perpres-54-2010", "mixed",
    ]
)  # fmt: skip


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The place of every value inside."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from paths(inner, (*path, key))


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@some
def test_a_document_is_counted_or_refused(name: str, data: st.DataObject) -> None:
    document = json.loads(template(name))
    for path in data.draw(st.lists(st.sampled_from(list(paths(document))), min_size=1, max_size=3)):
        node: Any = document
        try:
            for key in path[:-1]:
                node = node[key]
            if data.draw(st.booleans()):
                node[path[-1]] = copy.deepcopy(data.draw(HOSTILE))
            else:
                del node[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    refused = None
    try:
        result = COUNT[name](from_dict(document))
    except DocumentError as error:
        refused = error
    if refused is not None:
        assert all(problem.code and problem.message and problem.remedy for problem in refused.problems)
        assert all(problem.place.path for problem in refused.problems)
        json.dumps(refused.to_dict())
    else:
        json.dumps(result.to_dict())
        for lang in LANGUAGES:
            assert result.explain().to_text(lang)
