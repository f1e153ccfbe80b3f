"""Where in a file the list is: its sheet, the row of its headings, the kind of list, and what every column is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from tkdn.errors import BomError, Place, Problem, UsageError, closest
from tkdn.io.options import LEFT_OUT, ReadOptions
from tkdn.io.part_lists.column_cells import told_by_cells
from tkdn.io.part_lists.headings import PRICED, Heading, aliases, key_beside, key_of, money_of_title
from tkdn.io.part_lists.indents import Shape, shape_of
from tkdn.io.part_lists.layouts import Layout, layout_named, layouts
from tkdn.io.part_lists.level_columns import level_of, with_level_columns
from tkdn.io.part_lists.nothing_found import FIRST_ROWS, nothing_found
from tkdn.io.part_lists.stacking import headings_at
from tkdn.io.questions import Question, question
from tkdn.io.spreadsheet.cells import OpenedFile, Sheet
from tkdn.textnorm import squeezed

ALL_SHEETS = "all"
"""Stands for all sheets with a list, read as one list."""
SECOND = 2
_LEAST_HEADINGS = 4
"""Known headings in a row that may begin another list."""
_COUNTS = frozenset({"quantity", "total_quantity"})
MAX_NAMED = 12
KEYS = frozenset(aliases().values())
FIRMS = frozenset({"supplier", "maker"})


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list in a sheet: `first` and `start` are the positions of the first and last row of its headings, `columns` the key of
    each position."""

    layout: Layout
    sheet: Sheet
    first: int
    start: int
    headings: Mapping[int, Heading]
    columns: Mapping[int, str]
    span: tuple[int, int] | None = None
    """The rows below the headings that are of this list, of several below each other: from the first on, before the second."""
    questions: tuple[Question, ...] = ()
    """What is open on which list and columns are meant; the first is taken until somebody says."""

    @property
    def row(self) -> int:
        return self.sheet.grid.rows[self.start][0]

    def place(self, row: int, position: int | None = None) -> Place:
        """The place of a row, or of its cell under a heading."""
        column = None if position is None else self.headings[position].text
        return Place(self.sheet.grid.file, self.sheet.grid.sheet, row, column)

    @property
    def upside_down(self) -> bool:
        """Whether the headings stand below all lines."""
        return self.first > 0 and self.start + 1 == len(self.sheet.grid.rows)

    @property
    def shape(self) -> Shape:
        """How far each row is set in: its part number, or its name."""
        at = {key: position for position, key in reversed(list(self.columns.items()))}
        return shape_of(self.sheet, self.below, [at[key] for key in ("id", "name") if key in at])

    @property
    def above(self) -> Sequence[tuple[int, Sequence[object]]]:
        """The rows above the headings."""
        return () if self.upside_down else self.sheet.grid.rows[: self.first]

    @property
    def below(self) -> Sequence[tuple[int, Sequence[object]]]:
        """The rows below the headings; where these stand last, as SolidWorks can put them, the rows above from below upwards."""
        rows = rows_below(self.sheet, self.first, self.start)
        return rows if self.span is None else rows[self.span[0] : self.span[1]]


def rows_below(sheet: Sheet, first: int, start: int) -> Sequence[tuple[int, Sequence[object]]]:
    """Return the rows below headings that begin and end at these positions; above them, upwards, if these stand last."""
    upside_down = first > 0 and start + 1 == len(sheet.grid.rows)
    return sheet.grid.rows[:first][::-1] if upside_down else sheet.grid.rows[start + 1 :]


def find_lists(opened: OpenedFile, options: ReadOptions, file: str) -> list[FoundList]:
    """Return the list in a file; where `sheet` is "all", one of each visible sheet that holds one of the same kind."""
    titles = [str(sheet.grid.sheet) for sheet in opened.sheets]
    if options.sheet != ALL_SHEETS or ALL_SHEETS in titles:
        return [find_list(opened, options, file)]
    first = find_list(opened, replace(options, sheet=None), file)
    shown = [str(sheet.grid.sheet) for sheet in opened.sheets if not sheet.hidden and sheet.grid.rows]
    found = []
    for title in shown:
        try:
            each = find_list(opened, replace(options, sheet=title), file)
        except BomError:
            continue  # a summary, a page of notes: no list
        if each.layout is first.layout and _is_whole(set(each.columns.values())):
            found.append(each)
    return found


def find_list(opened: OpenedFile, options: ReadOptions, file: str) -> FoundList:
    """The list in a file.

    Raises `BomError`: `format-unknown` where none is found, `format-refused` where its kind cannot be read safely,
    `column-twice` where two columns are taken for one; `UsageError` where a sheet or column that was named is not there.
    """
    _check_mapping(options, file)
    sheets = _sheets(opened, options, file)
    kinds = (layout_named(options.source),) if options.source else layouts()
    candidates = [found for sheet in sheets for found in _candidates(sheet, kinds, options)]
    best = min(
        candidates,
        key=lambda found: (
            not _COUNTS & set(found.columns.values()) and found.layout.shape == "levels",
            "id" not in found.columns.values(),
            kinds.index(found.layout),
        ),
        default=None,
    )
    if best is None:
        raise nothing_found(sheets, options, file)
    asked = _other_sheets(best, candidates, file)
    best = _with_money_above(_without_doubles(best))
    _check(best, options)
    return replace(best, questions=tuple(asked))


def _check_mapping(options: ReadOptions, file: str) -> None:
    problems = []
    for name, key in options.columns.items():
        if key not in KEYS and key != LEFT_OUT and level_of(key) is None:
            problems.append(
                Problem(
                    "column-unknown",
                    {"name": name, "key": key, "known": tuple(sorted(KEYS)), "nearest": closest(key, KEYS)},
                    Place(file),
                )
            )
    for key in options.empty:
        if key not in KEYS:
            problems.append(
                Problem(
                    "column-unknown",
                    {"key": key, "known": tuple(sorted(KEYS)), "nearest": closest(key, KEYS)},
                    Place(file),
                    case="empty",
                )
            )
    if problems:
        raise UsageError(problems)


def _sheets(opened: OpenedFile, options: ReadOptions, file: str) -> list[Sheet]:
    if options.sheet is None:
        return [sheet for sheet in opened.sheets if not sheet.hidden]
    named = [sheet for sheet in opened.sheets if sheet.grid.sheet == options.sheet]
    if not named:
        titles = [str(sheet.grid.sheet) for sheet in opened.sheets]
        raise UsageError(
            [
                Problem(
                    "sheet-unknown",
                    {"sheet": options.sheet, "known": tuple(titles), "nearest": closest(options.sheet, titles)},
                    Place(file),
                )
            ]
        )
    return named


def _candidates(sheet: Sheet, kinds: Iterable[Layout], options: ReadOptions) -> Iterator[FoundList]:
    """For each kind, the first row that can be its headings; and the first that can where names stand for part numbers."""
    seen: set[tuple[str, bool]] = set()
    count = len(sheet.grid.rows)
    stated = frozenset(map(squeezed, options.columns))
    for first in dict.fromkeys((*range(min(FIRST_ROWS, count)), *range(count)[-1:])):
        words, start = headings_at(sheet, first)
        if len(words) < SECOND:
            continue
        printed = frozenset(word.text for word in words.values())
        for kind in kinds:
            columns = told_by_cells(_columns(words, kind, options), words, rows_below(sheet, first, start), stated)
            keys = with_level_columns(columns.values())
            named = "id" not in keys
            if (kind.name, named) in seen or not kind.fits(printed, keys | {"id"} if "name" in keys else keys):
                continue
            found = FoundList(kind, sheet, first, start, words, columns)
            if kind.name != "outline" or found.shape.depths:
                seen.add((kind.name, named))
                yield found


def lists_below(found: FoundList, options: ReadOptions) -> Iterator[FoundList]:
    """Yield the lists below the one that was found whose headings are others: a row of known headings, with a quantity."""
    rows, stated = found.sheet.grid.rows, frozenset(map(squeezed, options.columns))
    own = {word.words for word in found.headings.values()}
    for position in () if found.upside_down else range(found.start + 1, len(rows)):
        cells = rows[position][1]
        known = {key for cell in cells if isinstance(cell, str) and (key := aliases().get(squeezed(cell)))}
        if len(known) < _LEAST_HEADINGS or not known & _COUNTS:
            continue
        words, start = headings_at(found.sheet, position)
        columns = _columns(words, found.layout, options)
        columns = told_by_cells(columns, words, rows_below(found.sheet, position, start), stated)
        if {word.words for word in words.values()} != own and _is_whole(set(columns.values())):
            yield _with_money_above(FoundList(found.layout, found.sheet, position, start, words, columns))


def _columns(words: Mapping[int, Heading], kind: Layout, options: ReadOptions) -> dict[int, str]:
    """The key of each column: as the person says, else as the kind of list has it, else as headings usually mean.

    Of two for one key the better known one is taken; a second name is a specification; a firm's KBLI is left out.
    """
    stated = {squeezed(name): key for name, key in options.columns.items()}
    ranks = {word: rank for rank, word in enumerate(kind.columns, start=1)}
    found: dict[int, str] = {}
    best: dict[str, int] = {}
    ranked: dict[int, int] = {}
    for at, word in words.items():
        whole = squeezed(word.text)
        own = whole if whole in ranks else word.words
        key = stated.get(whole) or kind.columns.get(own) or key_of(word)
        if key is not None and key != LEFT_OUT:
            found[at] = key
            ranked[at] = 0 if whole in stated else ranks.get(own, len(ranks) + 1)
            best[key] = min(best.get(key, ranked[at]), ranked[at])
    kept = {at: key for at, key in found.items() if ranked[at] == best[key]}
    for at in [at for at in kept if ranked[at] == len(ranks) + 1]:
        others = frozenset(key for other, key in kept.items() if other != at)
        beside = key_beside(words[at].words, others)
        if beside in others:
            del kept[at]
        elif beside is not None:
            kept[at] = beside
    if FIRMS & set(kept.values()):
        # A KBLI next to a firm is one of the firm's; which of them a part is made under, only the part says.
        kept = {at: key for at, key in kept.items() if key != "kbli" or not ranked[at]}
    names = [at for at, key in kept.items() if key == "name"]
    if len(names) == SECOND and all(ranked[at] for at in names):
        del kept[names[1]]  # the same name in another language, where a column has the specification
        if "spec" not in kept.values():
            kept[names[1]] = "spec"
    return kept


def _other_sheets(best: FoundList, candidates: Iterable[FoundList], file: str) -> Iterator[Question]:
    """Yield a question (`sheet-ambiguous`) if another sheet holds a list of the same kind."""
    alike = [each for each in candidates if each.layout is best.layout and _is_whole(set(each.columns.values()))]
    titles = list(dict.fromkeys(str(each.sheet.grid.sheet) for each in alike))
    if len(titles) > 1:
        problem = Problem("sheet-ambiguous", {"sheets": tuple(map(repr, titles[:MAX_NAMED]))}, Place(file))
        yield question("sheet", problem, [*titles, ALL_SHEETS], count=len(titles))


def _without_doubles(found: FoundList) -> FoundList:
    """The list without columns that repeat another: the same heading, and the same cells in all rows."""
    columns = dict(found.columns)
    for at, key in found.columns.items():
        if key == "item_number":
            continue  # two lists next to each other may have the same numbers
        before = [other for other in columns if other < at and columns[other] == key]
        if any(found.headings[other].text == found.headings[at].text and _alike(found, other, at) for other in before):
            del columns[at]
    return replace(found, columns=columns)


def _is_whole(keys: Set[str]) -> bool:
    return bool(keys & _COUNTS) and bool(keys & {"id", "name"})


def _with_money_above(found: FoundList) -> FoundList:
    """Return the list with the currency and the scale that a line above it says for all prices, where headings do not."""
    titles = (cell for _, cells in found.above for cell in cells if isinstance(cell, str))
    currency, scale = next((said for title in titles if (said := money_of_title(title)) != (None, 1)), (None, 1))
    if (currency, scale) == (None, 1):
        return found
    headings = {
        at: replace(word, currency=word.currency or currency, scale=scale if word.scale == 1 else word.scale)
        if found.columns.get(at) in PRICED
        else word
        for at, word in found.headings.items()
    }
    return replace(found, headings=headings)


def _alike(found: FoundList, one: int, other: int) -> bool:
    return all(cells[one : one + 1] == cells[other : other + 1] for _, cells in found.below)


def _check(found: FoundList, options: ReadOptions) -> None:
    place = found.place(found.row)
    if found.layout.refused:
        refusal = {"kind": found.layout.title, "reason": found.layout.refused, "remedy": found.layout.remedy}
        raise BomError([Problem("format-refused", refusal, place)])
    printed = {squeezed(word.text) for word in found.headings.values()}
    problems: list[Problem] = []
    for name in options.columns:
        if squeezed(name) not in printed:
            problems.append(
                Problem(
                    "heading-unknown",
                    {"name": name, "nearest": closest(name, [word.text for word in found.headings.values()])},
                    place,
                    case="part_list",
                )
            )
    if problems:
        raise UsageError(problems)


def first_of_each(found: FoundList) -> FoundList:
    """Return the list with one column for each key, the first, and a question (`column-twice`) for each key of several."""
    if found.layout.shape == "boms":
        return found
    place, asked = found.place(found.row), []
    columns = dict(found.columns)
    for key in dict.fromkeys(found.columns.values()):
        twice = [found.headings[at].text for at, other in found.columns.items() if other == key]
        if len(twice) > 1 and key != "item_number":
            values: dict[str, object] = {"headings": tuple(map(repr, twice)), "key": key, "last": twice[-1]}
            case = "same" if len(set(twice)) < len(twice) else ""
            asked.append(question("column", Problem("column-twice", values, place, case=case), twice, about=key))
            for at in [at for at, other in found.columns.items() if other == key][1:]:
                del columns[at]
    return replace(found, columns=columns, questions=(*found.questions, *asked))
