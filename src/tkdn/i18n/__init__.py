"""Texts for people, in English and Indonesian."""

from tkdn.i18n.texts import (
    FILES,
    LANGUAGES,
    VARIABLE,
    Lang,
    catalogue,
    clean,
    decimal,
    form_words,
    known,
    legal_word,
    number,
    of_help,
    of_law,
    preferred,
    say,
    shown_origin,
)

__all__ = [
    "FILES",
    "LANGUAGES",
    "VARIABLE",
    "Lang",
    "catalogue",
    "clean",
    "decimal",
    "form_words",
    "known",
    "legal_word",
    "number",
    "of_help",
    "of_law",
    "preferred",
    "say",
    "shown_origin",
]
