"""The texts of the documents, in English and Indonesian, added to those that explanations are shown from.

They stand in their own pair of files, `texts_en.toml` and `texts_id.toml`, with the same keys in both.
"""

from __future__ import annotations

import tomllib
from importlib import resources

from tkdn.texts import Lang, clean, known, number, say

__all__ = ["Lang", "clean", "known", "number", "own_texts", "say"]


def own_texts(lang: Lang) -> dict[str, str]:
    """The documents' own templates of a language by dotted key."""
    file = resources.files("tkdn") / "documents" / f"texts_{lang}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{section}.{key}": template for section, entries in data.items() for key, template in entries.items()}
