"""Files without a table are told by what they are, with what to export instead."""

from __future__ import annotations

import io
import zipfile

import pytest

import tkdn
from tkdn.errors import BomError


def word() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.json", "list"])
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.7\n%", "PDF"),
        (b"ISO-10303-21;\nHEADER;", "STEP"),
        (b'<?xml version="1.0"?><PLMXML xmlns="http://www.plmxml.org/Schemas/PLMXMLSchema">', "PLMXML"),
        (b"Version 10.0 JT  DM 7.3.4.0\n", "JT"),
        (b"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0", "SPDX"),
        (b'{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"}', "SPDX"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (word(), "Word"),
    ],
)
def test_a_kind_without_a_table_is_refused_by_its_content(name: str, raw: bytes, said: str) -> None:
    with pytest.raises(BomError) as caught:
        tkdn.read_list(raw, name=name)
    (problem,) = caught.value.problems
    assert problem.code == "format-refused"
    assert said in problem.message
    assert problem.remedy
    assert said in problem.message_in("id") or said == "picture"


def test_a_list_that_only_names_such_a_kind_is_read() -> None:
    raw = b"Part No;Name;Qty\nD-1;Drawing as PDF, STEP ap242 or <PLMXML, SPDXVersion: 2;1\n"
    assert tkdn.read_list(raw, name="list.csv", product="X").questions == ()
