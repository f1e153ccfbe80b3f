"""Every paragraph of the help has its Indonesian, and every Indonesian its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from tomllib import loads
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tkdn.cli import app
from tkdn.cli.help_i18n import EXAMPLE, speak_indonesian

INDONESIAN = loads(resources.files("tkdn").joinpath("i18n/help_id.toml").read_text(encoding="utf-8"))


def command() -> TyperGroup:
    made = get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def paragraphs(group: TyperGroup) -> Iterator[str]:
    texts: list[str | None] = [group.epilog]
    for each in (group, *group.commands.values()):
        shown: list[Any] = [*each.params, each.get_help_option(typer.Context(each))]
        texts.append(each.help)
        texts += [text for option in shown for text in (getattr(option, "help", None), panel(option))]
    for text in filter(None, texts):
        yield from (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def panel(option: Any) -> str | None:
    return getattr(option, "rich_help_panel", None)


def test_every_paragraph_is_put_into_indonesian_and_no_other() -> None:
    said = {each for each in paragraphs(command()) if not each.startswith(EXAMPLE)}
    assert said <= set(INDONESIAN)
    assert set(INDONESIAN) - said == {"Arguments", "Options", "Commands"}


def test_nothing_of_it_stays_english() -> None:
    left = {each for each in paragraphs(speak_indonesian(command())) if each in INDONESIAN or each.startswith(EXAMPLE)}
    assert not left
