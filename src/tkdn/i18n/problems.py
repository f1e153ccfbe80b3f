"""Words for problems: a template for each code, and for each case of a code that has several, filled in with its values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from string import Formatter

from tkdn.i18n.texts import Lang, number, texts_in

SEPARATORS: Mapping[str, Mapping[str, str]] = {
    "en": {"": ", ", "or": " or ", "and": " and "},
    "id": {"": ", ", "or": " atau ", "and": " dan "},
}
"""What stands between the values of a list, by the word behind the colon of a hole; any other word stands there itself."""


class _Filled(Formatter):
    """Fills in a template: {total:,} by the separators of the language; a tuple as a list, {known} with commas, {known:or}."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._separators = SEPARATORS[lang]

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, tuple):
            return self._separators.get(format_spec, format_spec).join(str(each) for each in value)
        if format_spec == "," and isinstance(value, Decimal):
            return number(value, self._lang)
        return format(value, format_spec)


def worded(section: str, code: str, case: str, values: Mapping[str, object], lang: Lang = "en") -> str | None:
    """Return what a problem says, or None if neither the language nor English has words for it.

    Args:
        section: "problem" for what is wrong, "remedy" for what to do about it.
        code: the stable code of the problem.
        case: which wording of the code, if it has several; else "".
        values: what the holes of the template are filled in with.
        lang: English is taken for words that another language does not have yet.
    """
    key = f"{section}.{code}.{case}" if case else f"{section}.{code}"
    for each in dict.fromkeys((lang, "en")):
        template = texts_in(f"i18n/problems_{each}.toml").get(key)
        if template is not None:
            return _Filled(each).vformat(template, (), values)
    return None
