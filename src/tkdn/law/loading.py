"""The loader of regulations: from the text of a TOML file, refused with all problems if it is not sound."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from tkdn.errors import Place, Problem, RegulationError
from tkdn.law.regulation import CONFIDENCES, TESTS, Confidence, LadderRow, Parameter, Regulation, Value, scalar


def load(text: str, file: str, included: Callable[[str], str] | None = None) -> Regulation:
    """Return a regulation from the text of its TOML file.

    Args:
        text: the file's text.
        file: its name, for error messages.
        included: gives the text of a file that `includes` names, with parameters that several regulations share.

    Returns:
        The regulation, with the parameters of all included files.

    Raises:
        RegulationError: with all problems, `regulation-malformed`, `regulation-duplicate-key`, `regulation-unsourced`,
            `regulation-period-overlap`, `regulation-period-gap`, `regulation-weights`.
    """
    try:
        data = tomllib.loads(text)
        if included is not None:
            for name in data.get("regulation", {}).get("includes", ()):
                data["parameter"] += tomllib.loads(included(name))["parameter"]
    except tomllib.TOMLDecodeError as error:
        raise RegulationError([Problem("regulation-malformed", {"reason": error}, Place(file=file))]) from None
    try:
        return _build(data, file)
    except (KeyError, TypeError, AttributeError) as error:
        raise RegulationError(
            [Problem("regulation-malformed", {"reason": error}, Place(file=file), case="field")]
        ) from None


def _build(data: dict[str, Any], file: str) -> Regulation:
    head = data["regulation"]
    parameters = [_parameter(entry, file) for entry in data["parameter"]]
    problems = []
    for key, count in Counter(parameter.key for parameter in parameters).items():
        if count > 1:
            problems.append(
                Problem("regulation-duplicate-key", {"key": key, "count": count}, Place(file=file, path=key))
            )
    for parameter in parameters:
        problems += _period_problems(parameter, file)
    problems += _weight_problems(parameters, file)
    force = head["in_force"]
    if problems:
        raise RegulationError(problems)
    return Regulation(
        id=head["id"],
        name=head["name"],
        title=head["title"],
        kind=head["kind"],
        method=head.get("method", ""),
        covers=head["covers"],
        general=head["general"],
        data_version=head["data_version"],
        in_force_from=force["from"],
        in_force_to=force.get("to"),
        in_force_article=force["article"],
        in_force_confidence=_confidence(force, Place(file=file, path="regulation.in_force")),
        in_force_note=force.get("note", ""),
        repeals=tuple(head["repeals"]),
        repealed_by=head.get("repealed_by"),
        amended_by=head.get("amended_by"),
        counts_article=head.get("counts_article", ""),
        parameters={parameter.key: parameter for parameter in parameters},
    )


def _parameter(entry: dict[str, Any], file: str) -> Parameter:
    key, unit, choices = entry["key"], entry["unit"], tuple(entry.get("choices", ()))
    where = Place(file=file, path=key)
    values = []
    for item in entry["values"]:
        if not item.get("article"):
            raise RegulationError([Problem("regulation-unsourced", {"key": key}, where)])
        rows = tuple(_row(row, where) for row in item.get("rows", ()))
        values.append(
            Value(
                value=None if rows else scalar(item["value"], unit, where, choices),
                rows=rows,
                start=item["from"],
                end=item.get("to"),
                article=item["article"],
                confidence=_confidence(item, where),
                note=item.get("note", ""),
            )
        )
    return Parameter(key, unit, entry["meaning"], tuple(values), choices, entry.get("reading", False))


def _row(row: dict[str, Any], where: Place) -> LadderRow:
    test = next((name for name in TESTS if name in row), None)
    if test is None or not row.get("article"):
        raise RegulationError([Problem("regulation-unsourced", {"known": TESTS}, where, case="row")])
    unit = "percent" if row["value"][:1].isdigit() else "class"
    return LadderRow(
        scalar(row["value"], unit, where), test, cast(Decimal, scalar(row[test], "percent", where)), row["article"]
    )


def _confidence(item: dict[str, Any], where: Place) -> Confidence:
    word = item.get("confidence")
    if word not in CONFIDENCES:
        raise RegulationError(
            [Problem("regulation-unsourced", {"word": word, "known": tuple(CONFIDENCES)}, where, case="confidence")]
        )
    return cast(Confidence, word)


def _period_problems(parameter: Parameter, file: str) -> Iterator[Problem]:
    place = Place(file=file, path=parameter.key)
    if len({type(value.start) for value in parameter.values}) > 1:
        yield Problem("regulation-malformed", {}, place, case="periods")
        return
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        step: Any = 1 if parameter.by_year else timedelta(days=1)
        end, start = cast(Any, earlier.end), cast(Any, later.start)
        if end is None or start < end + step:
            yield Problem("regulation-period-overlap", {"start": start}, place)
        elif start != end + step:
            yield Problem("regulation-period-gap", {"end": end, "start": start}, place)


def _weight_problems(parameters: list[Parameter], file: str) -> Iterator[Problem]:
    """Yield a problem for each time from which the weights, shares of one whole, do not add to 100."""
    weights = [parameter for parameter in parameters if parameter.key.startswith("weight.")]
    for start in sorted({value.start for parameter in weights for value in parameter.values}, key=str):
        at = (date(start, 1, 1), start) if isinstance(start, int) else (start, None)
        total = sum((Fraction(parameter.on(*at).number) for parameter in weights), Fraction(0))
        if total != 100:
            yield Problem("regulation-weights", {"start": start, "total": total}, Place(file=file, path="weight"))
