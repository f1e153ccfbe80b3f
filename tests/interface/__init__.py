"""The public interface as text: one line a name, a parameter list or a field, as `public.txt` keeps it.

python -m tests.interface  # renews public.txt

The source is read, not imported, so a line says what is written: names, kinds, types, defaults. `test_interface.py` compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe

import tkdn

STORED = Path(__file__).parent / "public.txt"
MODULES = ("tkdn", "tkdn.documents")
"""Whose `__all__` is public."""


def interface() -> str:
    """Return the public interface, sorted within each module, ending in a newline."""
    source = Path(tkdn.__file__).parents[1]
    package = griffe.load("tkdn", search_paths=[source], resolve_aliases=True, resolve_implicit=True)
    return "".join(f"{line}\n" for module in MODULES for line in _module_lines(package, module))


def _module_lines(package: griffe.Object | griffe.Alias, path: str) -> Iterator[str]:
    module = package if path == package.path else package[path.removeprefix("tkdn.")]
    for name in sorted(map(str, module.exports or ())):
        yield from _lines(module[name], f"{path}.{name}")


def _lines(found: griffe.Object | griffe.Alias, name: str) -> Iterator[str]:
    target = found.final_target if isinstance(found, griffe.Alias) else found
    if isinstance(target, griffe.Class):
        bases = ", ".join(map(str, target.bases))
        yield f"{_labels(target)}class {name}({bases})" if bases else f"{_labels(target)}class {name}"
        for member in sorted(target.all_members):
            if not member.startswith("_") or member == "__init__":
                yield from _lines(target.all_members[member], f"{name}.{member}")
    elif isinstance(target, griffe.Function):
        yield f"{_labels(target)}def {target.signature(return_type=True, name=name)}"
    elif isinstance(target, griffe.Attribute):
        type_ = "" if target.annotation is None else f": {target.annotation}"
        value = "" if target.value is None or "property" in target.labels else f" = {target.value}"
        yield f"{_labels(target)}{name}{type_}{value}"


def _labels(target: griffe.Object) -> str:
    told = sorted(target.labels & {"property", "cached", "classmethod", "staticmethod", "dataclass", "async"})
    return "".join(f"@{label} " for label in told)
