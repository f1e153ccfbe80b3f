"""The documents' texts: the same in both languages, none of them one of the library's own, and none unused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import tkdn.documents
import tkdn.i18n
from tkdn.i18n.texts import texts_in
from tkdn.method.benefit import FACTS
from tkdn.method.procurement import STEPS

SOURCE = Path(tkdn.documents.__file__).parent


def _holes(template: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", template))


def test_both_languages_have_the_same_keys_and_values() -> None:
    english, indonesian = texts_in("i18n/documents_en.toml"), texts_in("i18n/documents_id.toml")
    assert list(english) == list(indonesian)
    assert {key: _holes(text) for key, text in english.items()} == {
        key: _holes(text) for key, text in indonesian.items()
    }


def test_none_stands_in_the_library_s_own_texts() -> None:
    core = tomllib.loads((Path(tkdn.i18n.__file__).parent / "en.toml").read_text(encoding="utf-8"))
    known = {f"{section}.{key}" for section, entries in core.items() for key in entries}
    assert known.isdisjoint(texts_in("i18n/documents_en.toml"))


def test_every_text_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    made = {f"benefit-fact.{fact}" for facts in FACTS.values() for fact in facts}
    made |= {f"benefit-factor.{factor}" for factor in FACTS} | {f"step.benefit_{factor}" for factor in FACTS}
    made |= {f"value.step_{step}" for step in (*STEPS, "unknown")} | {f"reason.admitted_{step}" for step in STEPS}
    made |= {f"step.{kind}_{group}" for kind, group in (("services", "labour"), ("services", "tools"))}
    made |= {"step.services_general", "step.combined_goods", "step.combined_services"}
    starts = (
        "value.owner_", "value.provider_", "value.factory_", "value.vat_", "value.size_", "value.people_development_",
        "value.green_",
        "note-remedy.", "note.without-tkdn-",
    )  # fmt: skip
    unused = [
        key
        for key in texts_in("i18n/documents_en.toml")
        if key not in made
        and not key.startswith(starts)
        and not re.search(rf"[\"'./]{re.escape(key.partition('.')[2])}[\"']", code)
    ]
    assert unused == []


def test_every_remedy_belongs_to_a_note() -> None:
    texts = texts_in("i18n/documents_en.toml")
    assert {key.replace("note-remedy", "note") for key in texts if key.startswith("note-remedy")} <= set(texts)
