"""The report in Chromium: opened from a file, read back as a person sees it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@dataclass
class Opened:
    """A report that is open, with all that it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def shown(self) -> Locator:
        """The edition in the language shown."""
        return self.page.locator(".edition:not([hidden])")

    @property
    def lang(self) -> str:
        return self.page.evaluate("document.documentElement.lang")  # type: ignore[no-any-return]

    def table(self, name: str) -> Locator:
        return self.shown.locator(f"[data-table={name}]")

    def switch(self, lang: str) -> None:
        self.shown.locator(f"[data-to={lang}]").click()

    def cells(self, name: str) -> list[dict[str, str]]:
        """The rows of one page of a table, by column."""
        return self.table(name).evaluate(  # type: ignore[no-any-return]
            """root => [...root.querySelectorAll('tr[data-row]')].map(row => Object.fromEntries(
                 [...row.querySelectorAll('td[data-column]')].map(cell => [cell.dataset.column, cell.innerText.trim()])))"""
        )

    def all_cells(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of all pages of a table."""
        while True:
            yield from self.cells(name)
            following = self.table(name).locator("[data-turn=next]:not(:disabled)")
            if not following.count():
                return
            following.click()

    def column(self, name: str, column: str) -> list[str]:
        return [row[column] for row in self.cells(name)]


def opened(browser: Browser, html: str, folder: Path, **options: Any) -> Opened:
    """Open a page from a file, as a person does."""
    file = folder / "report.html"
    file.write_text(html, encoding="utf-8")
    result = Opened(browser.new_page(**options))
    result.page.on("console", lambda message: result.said.append(message.text))
    result.page.on("pageerror", lambda error: result.said.append(str(error)))
    result.page.on("request", lambda request: result.asked.append(request.url))
    result.page.goto(file.as_uri())
    return result


def figure(shown: str, lang: str = "en") -> str | None:
    """A figure as it is shown, as to_dict has it."""
    if shown == "–":
        return None
    plain = re.sub(r"[%\s]", "", shown)
    plain = plain.replace(".", "").replace(",", ".") if lang == "id" else plain.replace(",", "")
    assert re.fullmatch(r"-?\d+(\.\d+)?", plain), shown
    return plain
