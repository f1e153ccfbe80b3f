"""Where in a file the list is: its sheet, the row of its headings, the kind of list, and what every column is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tkdn.errors import BomError, Place, Problem, UsageError, nearest
from tkdn.io.opening.cells import Opened, Sheet
from tkdn.io.options import LEFT_OUT, ReadOptions
from tkdn.io.sources.headings import Heading, aliases, heading, squeezed
from tkdn.io.sources.layouts import Layout, layout_named, layouts

FIRST_ROWS = 60
"""How many rows with anything in them are searched for headings."""
SECOND = 2
KEYS = frozenset(aliases().values())


@dataclass(frozen=True, slots=True)
class Found:
    """A list in a sheet: `start` is the position of its row of headings, `columns` the key of each position."""

    layout: Layout
    sheet: Sheet
    start: int
    headings: Mapping[int, Heading]
    columns: Mapping[int, str]

    @property
    def row(self) -> int:
        return self.sheet.grid.rows[self.start][0]

    def place(self, row: int, position: int | None = None) -> Place:
        """The place of a row, or of its cell under a heading."""
        column = None if position is None else self.headings[position].text
        return Place(self.sheet.grid.file, self.sheet.grid.sheet, row, column)

    @property
    def above(self) -> Sequence[tuple[int, Sequence[object]]]:
        """The rows above the headings."""
        return self.sheet.grid.rows[: self.start]

    @property
    def below(self) -> Sequence[tuple[int, Sequence[object]]]:
        """The rows below the headings."""
        return self.sheet.grid.rows[self.start + 1 :]


def find_list(opened: Opened, options: ReadOptions, file: str) -> Found:
    """The list in a file.

    Raises `BomError`: `format-unknown` where none is found, `format-refused` where its kind cannot be read safely,
    `column-twice` where two columns are taken for one; `UsageError` where a sheet or column that was named is not there.
    """
    _check_mapping(options, file)
    sheets = _sheets(opened, options, file)
    kinds = (layout_named(options.source),) if options.source else layouts()
    candidates = [found for sheet in sheets for found in _candidates(sheet, kinds, options)]
    for kind in kinds:
        for found in candidates:
            if found.layout is kind:
                _check(found, options)
                return found
    raise BomError([_nothing(sheets, options, file)])


def _check_mapping(options: ReadOptions, file: str) -> None:
    problems = []
    for name, key in options.columns.items():
        if key not in KEYS and key != LEFT_OUT:
            hint = nearest(key, KEYS) or f"known are {', '.join(sorted(KEYS))}"
            message = f"{name!r} is said to be {key!r}, which is no column"
            problems.append(Problem("column-unknown", message, hint, Place(file)))
    if problems:
        raise UsageError(problems)


def _sheets(opened: Opened, options: ReadOptions, file: str) -> list[Sheet]:
    if options.sheet is None:
        return [sheet for sheet in opened.sheets if not sheet.hidden]
    named = [sheet for sheet in opened.sheets if sheet.grid.sheet == options.sheet]
    if not named:
        titles = [str(sheet.grid.sheet) for sheet in opened.sheets]
        hint = nearest(options.sheet, titles) or f"the sheets are {', '.join(titles)}"
        raise UsageError([Problem("sheet-unknown", f"there is no sheet {options.sheet!r}", hint, Place(file))])
    return named


def _candidates(sheet: Sheet, kinds: Iterable[Layout], options: ReadOptions) -> Iterator[Found]:
    """For each kind, the first row that can be its headings."""
    seen: set[str] = set()
    shaped = bool(sheet.outline or sheet.indent)
    for start, (_, cells) in enumerate(islice(sheet.grid.rows, FIRST_ROWS)):
        words = {at: heading(cell) for at, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}
        if len(words) < 2:
            continue
        printed = frozenset(word.text for word in words.values())
        for kind in kinds:
            columns = _columns(words, kind, options)
            fits = kind.fits(printed, frozenset(columns.values()))
            if kind.name not in seen and fits and (kind.name != "outline" or shaped):
                seen.add(kind.name)
                yield Found(kind, sheet, start, words, columns)


def _columns(words: Mapping[int, Heading], kind: Layout, options: ReadOptions) -> dict[int, str]:
    """The key of each column: as the person says, else as the kind of list has it, else as headings usually mean.

    Of two for one key the better known one is taken; a second name is a specification.
    """
    stated = {squeezed(name): key for name, key in options.columns.items()}
    ranks = {word: rank for rank, word in enumerate(kind.columns, start=1)}
    found: dict[int, str] = {}
    best: dict[str, int] = {}
    ranked: dict[int, int] = {}
    for at, word in words.items():
        whole = squeezed(word.text)
        own = whole if whole in ranks else word.words
        key = stated.get(whole) or kind.columns.get(own) or aliases().get(word.words)
        if key is not None and key != LEFT_OUT:
            found[at] = key
            ranked[at] = 0 if whole in stated else ranks.get(own, len(ranks) + 1)
            best[key] = min(best.get(key, ranked[at]), ranked[at])
    kept = {at: key for at, key in found.items() if ranked[at] == best[key]}
    names = [at for at, key in kept.items() if key == "name"]
    if len(names) == SECOND and "spec" not in kept.values():
        kept[names[1]] = "spec"
    return kept


def _check(found: Found, options: ReadOptions) -> None:
    place = found.place(found.row)
    if found.layout.refused:
        message = f"a list of the kind {found.layout.title} is not read: {found.layout.refused}"
        raise BomError([Problem("format-refused", message, found.layout.remedy, place)])
    printed = {squeezed(word.text) for word in found.headings.values()}
    problems: list[Problem] = []
    for name in options.columns:
        if squeezed(name) not in printed:
            hint = nearest(name, [word.text for word in found.headings.values()]) or "see 'tkdn check'"
            problems.append(Problem("heading-unknown", f"there is no heading {name!r}", hint, place))
    if problems:
        raise UsageError(problems)
    if found.layout.shape == "boms":
        return
    for key in dict.fromkeys(found.columns.values()):
        twice = [found.headings[at].text for at, other in found.columns.items() if other == key]
        if len(twice) > 1 and key != "item_number":
            message = f"the columns {' and '.join(map(repr, twice))} are both taken for {key}"
            same = len(set(twice)) < len(twice)
            remedy = "rename one of them" if same else f'say which is not: "{twice[-1]}" = "-" in a mapping'
            problems.append(Problem("column-twice", message, remedy, place))
    if problems:
        raise BomError(problems)


def _nothing(sheets: Sequence[Sheet], options: ReadOptions, file: str) -> Problem:
    """That no list was found, with the row that comes nearest to one."""
    best: tuple[int, str] = (0, "")
    for sheet in sheets:
        for row, cells in islice(sheet.grid.rows, FIRST_ROWS):
            words = [heading(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
            known = [word for word in words if word.words in aliases()]
            if len(known) > best[0]:
                where = f"row {row}" + (f" of {sheet.grid.sheet}" if sheet.grid.sheet else "")
                best = len(known), f"{where} has {', '.join(repr(word.text) for word in words[:12])}"
    kind = f"of the kind {options.source}" if options.source else "with a part number and levels, or parents and parts"
    message = f"no list {kind} was found" + (f"; {best[1]}" if best[1] else "")
    return Problem("format-unknown", message, 'say what the headings mean: "heading" = "id" in a mapping', Place(file))
