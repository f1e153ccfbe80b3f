"""Answers kept in a file, so that a list is asked about once: read back as options, written from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tkdn.errors import Place, Problem, UsageError
from tkdn.io.options import TABLES, ReadOptions, loaded_mapping
from tkdn.io.questions import Question, toml_text

FORMAT, VERSION = "tkdn-answers", 1
BESIDE = ".answers.toml"
"""Behind the name of a list without its suffix, the name of the answers that are taken up by themselves."""
_ROWS = {"only": "only", "except": "except_", "all": "all_rows", "hidden": "hidden", "struck": "struck"}
"""The options that answers about rows are, by their key under [rows]."""
_NAMES = {"file", "sheet", "headings"}
"""What a list of an answers file is known by."""

Answers = Mapping[str, Any]


def answers_beside(path: Path) -> Path | None:
    """Return the answers file next to a list, if there is one: `bill.answers.toml` for `bill.xlsx`."""
    beside = path.with_name(path.stem + BESIDE)
    return beside if beside.is_file() else None


def answered_options(answers: str | Path | Answers | None, file: str) -> dict[str, Any]:
    """Return the answers for a list as keywords of `read_options`.

    Args:
        answers: The path of an answers file or of an old mapping file, or a dict like one.
        file: The name of the list, by which its part of an answers file is found; a file with one list is for any name.

    Raises:
        UsageError: `option-invalid` for what is no answers file, and for one of a later version.
    """
    data = loaded_mapping(answers)
    name = Path(answers).name if isinstance(answers, str | Path) else None
    if data.pop("format", FORMAT) != FORMAT or data.pop("version", VERSION) != VERSION:
        raise UsageError([Problem("option-invalid", {"known": (FORMAT, VERSION)}, Place(file=name), case="answers")])
    lists = data.pop("lists", [])
    if not isinstance(lists, list) or not all(isinstance(each, dict) for each in lists):
        raise UsageError([Problem("option-invalid", {"known": "[[lists]]"}, Place(file=name), case="answers")])
    own = next((each for each in lists if each.get("file") == file), lists[0] if len(lists) == 1 else {})
    said = {**data, **{key: value for key, value in own.items() if key not in _NAMES or key == "sheet"}}
    return _as_options(said)


def _as_options(said: dict[str, Any]) -> dict[str, Any]:
    rows, sheets = said.pop("rows", {}), said.pop("sheets", {})
    if isinstance(sheets, Mapping) and "bill" in sheets:
        said["sheet"] = sheets["bill"]
    if isinstance(said.get("list"), int):
        said["list"] = str(said["list"])
    lines: dict[str, int] = {}
    for key, value in rows.items() if isinstance(rows, Mapping) else ():
        answer, name = value, _ROWS.get(str(key), str(key))
        if isinstance(value, Mapping) and "answer" in value:
            answer = value["answer"]
            if isinstance(value.get("lines"), int):
                lines[name] = value["lines"]
        said[name] = answer
    return said | ({"lines": lines} if lines else {})


def answers_text(
    options: ReadOptions,
    questions: Iterable[Question] = (),
    *,
    file: str,
    sheet: str | None = None,
    headings: Sequence[str] = (),
    lines: Mapping[str, int] | None = None,
) -> str:
    """Return an answers file of the options that were given; open questions are lines that are commented out.

    Args:
        options: What was said.
        questions: What is still open.
        file: The name of the list.
        sheet: The sheet that was read.
        headings: The headings of the list.
        lines: The number of lines that an answer about rows was given for, by its option.
    """
    counted = lines or {}
    top = [f'format = "{FORMAT}"', f"version = {VERSION}"]
    top += [f"product = {toml_text(options.product)}"] if options.product else []
    own = [f"file = {toml_text(file)}"]
    own += [f"sheet = {toml_text(options.sheet or sheet)}"] if options.sheet or sheet else []
    own += [f"headings = {toml_text(list(headings))}"] if headings else []
    plain = ("source", "basis", "price_basis", "price_unit", "decimal", "dates", "list", "currency", "encoding")
    for key in (*plain, "separator", "identity"):
        if (value := getattr(options, key)) is not None:
            own.append(f"{key} = {toml_text(value)}")
    for key in (*TABLES, "rates"):
        if table := getattr(options, key):
            own += [f"[lists.{key}]", *(f"{toml_text(word)} = {toml_text(value)}" for word, value in table.items())]
    rows = []
    for key, name in _ROWS.items():
        if (value := getattr(options, name)) not in (None, (), False):
            of = counted.get(name)
            said = toml_text(list(value) if isinstance(value, tuple | list) else value)
            rows.append(f"{key} = {said}" if of is None else f"{key} = {{ answer = {said}, lines = {of} }}")
    own += ["[lists.rows]", *rows] if rows else []
    for each in questions:
        own += [f"# {line}" for line in each.text.splitlines()]
        own += [f"# {answer.line}" for answer in each.answers]
    return "\n".join([*top, "", "[[lists]]", *own, ""])
