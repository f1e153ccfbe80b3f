"""Sphinx: how the documentation is built. It needs no network."""

import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

import tkdn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import _generate  # noqa: E402  # stands beside this file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "tkdn"
author = "the tkdn developers"
release = version = tkdn.__version__
language = "en"

extensions = ["sphinx.ext.napoleon", "myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "jupyter_execute"]
myst_enable_extensions = ["substitution"]
myst_heading_anchors = 3
myst_substitutions = _generate.tables()
nb_execution_mode = "off"  # the notebook is stored with its outputs; a test executes it
nb_custom_formats = {".nblink": "_generate.linked_notebook"}
nb_render_markdown_format = "myst"  # its outputs hold tables

smartquotes = False
default_role = "code"  # docstrings write `name` for code
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"

html_theme = "furo"
html_title = f"tkdn {release}"
html_show_sphinx = False
html_show_copyright = False


def shorten_signature(
    app: "Sphinx", what: str, name: str, obj: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, None] | None:
    """Show a record by the names of its fields; leave out how other classes are made, which is not for callers."""
    if not isinstance(obj, type):
        return None
    if issubclass(obj, BaseModel):
        return f"({', '.join(field.alias or name for name, field in obj.model_fields.items())})", None
    return f"({', '.join(field.name for field in fields(obj))})" if is_dataclass(obj) else "", None


def setup(app: "Sphinx") -> None:
    app.connect("autodoc-process-signature", shorten_signature)
