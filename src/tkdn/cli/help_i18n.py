"""The help of the command in Indonesian: English is at each command and option, its Indonesian in `i18n/help_id.toml`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from tkdn.i18n import VARIABLE, of_help

EXAMPLE = "Example: "


def help_wanted_in_indonesian(words: Sequence[str]) -> bool:
    """Return True if the words of a command line ask for help, and these or the environment for Indonesian."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    lang = asked[-1] if asked else os.environ.get(VARIABLE)
    return lang == "id" and (not words or "--help" in words)


def speak_indonesian(group: TyperGroup) -> TyperGroup:
    """Return the commands, with their help, options and panels in Indonesian."""
    group.epilog = _said(group.epilog)
    for command in (group, *group.commands.values()):
        command.help, command.short_help = _said(command.help), _said(command.short_help)
        shown: list[Any] = [*command.params, command.get_help_option(typer.Context(command))]
        for each in filter(None, shown):
            each.help = _said(getattr(each, "help", None))
            panel = "Arguments" if each.param_type_name == "argument" else "Options"
            each.rich_help_panel = of_help(getattr(each, "rich_help_panel", None) or panel)
    for each in group.commands.values():
        each.rich_help_panel = of_help("Commands")  # type: ignore[attr-defined]  # typer's own commands have one
    return group


def _said(text: str | None) -> str | None:
    """Return a text in Indonesian, paragraph by paragraph."""
    if text is None:
        return None
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    return "\n\n".join(
        each.replace(EXAMPLE, "Contoh: ", 1) if each.startswith(EXAMPLE) else of_help(each) for each in paragraphs
    )
