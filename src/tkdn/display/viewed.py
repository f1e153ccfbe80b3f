"""The base of every result that can be shown. It loads nothing of what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkdn.display.doors import door

if TYPE_CHECKING:
    from tkdn.display.view import View
    from tkdn.i18n import Lang


def as_text(view: View, *, everything: bool = False) -> str:
    """Return a view as text, as a terminal shows it.

    Args:
        view: what is shown.
        everything: True for all rows and lines, not only those of a first screen.
    """
    return str(door("text of a view")(view, everything=everything))


class Viewed:
    """A result with a view, from which a terminal, a notebook, Markdown, CSV and a workbook are made."""

    __slots__ = ()

    def view(self, lang: Lang | None = None, **options: object) -> View:
        """Return the result as titles, tables, facts and lines.

        Args:
            lang: "en" or "id"; None: as the environment says (`TKDN_LANG`), else English.
            options: what the view of this result takes; see docs/api.md.

        >>> import tkdn
        >>> tkdn.regulation("pp-7-2021").view().title[:9]
        'PP 7/2021'
        """
        view: View = door("view of a result")(self, lang, **options)
        return view

    def to_text(self, lang: Lang = "en") -> str:
        """Return the view as text, as a terminal shows it, all rows."""
        return as_text(self.view(lang), everything=True)

    def _repr_html_(self) -> str:
        return str(door("notebook of a view")(self.view()))
