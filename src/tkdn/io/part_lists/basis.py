"""What quantities are for: one of the part above, or the whole product. Stated, fixed by the kind of list, or proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import get_args

from tkdn.bom.quantity import COUNT_UNITS
from tkdn.errors import Problem
from tkdn.io.import_report import Because, Note, Understanding, rows_named
from tkdn.io.options import Basis, ReadOptions
from tkdn.io.part_lists.rows import Lines, decimals_of
from tkdn.io.questions import question
from tkdn.textnorm import squeezed

_PER_PARENT = frozenset(
    squeezed(text)
    for text in (
        *(
            "quantity per",
            "qty per",
            "qty per parent",
            "quantity per parent",
            "qty per assembly",
            "quantity per assembly",
        ),
        *("qpa", "jumlah per induk", "menge je"),
    )
)
_DIGITS = 20
"""Decimals of a quantity that has no end, as 1/3 has: as many as a number may have, and far beyond what any figure shows."""


class Quantities:
    """The quantities of a list with the lines above them, and what they show of their basis."""

    def __init__(self, lines: Lines, parents: Sequence[int | None], root: bool) -> None:
        self._lines, self._parents = lines, parents
        self._rows = lines.rows
        keys = set(lines.found.columns.values())
        self.key = "quantity" if "quantity" in keys else "total_quantity"
        self.both = {"quantity", "total_quantity"} <= keys
        self._own = self._numbers(self.key, root=root)
        self._total = self._numbers("total_quantity", root=root) if self.both else []
        self._assemblies = {parent for parent in parents if parent is not None} - ({0} if root else set())

    def _numbers(self, key: str, *, root: bool) -> list[Fraction | None]:
        numbers = [None if each is None else Fraction(each) for each in decimals_of(self._rows, key)]
        if root and numbers and not numbers[0]:
            numbers[0] = Fraction(1)
        return numbers

    def settle(self, options: ReadOptions, understood: Understanding) -> Basis | None:
        """Return the basis; None if nothing settles it, which is asked."""
        found, layout = self._lines.found, self._lines.found.layout
        heading = next(head.words for at, head in found.headings.items() if found.columns.get(at) == self.key)
        basis: Basis
        if options.basis is not None:
            basis, because = options.basis, Because("stated")
        elif self.key == "total_quantity":
            basis, because = "cumulative", Because("heading", {"heading": self._lines.headings[self.key]})
        elif layout.basis is not None and heading in (layout.basis_of or (heading,)):
            basis, because = layout.basis, Because("kind", {"kind": layout.title})
        elif heading in _PER_PARENT:
            basis, because = "per_parent", Because("heading", {"heading": self._lines.headings[self.key]})
        elif all(self._own[at] in (1, None) for at in self._assemblies):
            basis, because = "per_parent", Because("same")
        else:
            proven = self._proven(understood)
            if proven is None:
                return None
            basis, because = proven
        understood.basis, understood.basis_because = basis, because
        self._doubt(basis, because, understood)
        return basis

    def _proven(self, understood: Understanding) -> tuple[Basis, Because] | None:
        against_cumulative, against_parent = self._against_cumulative(), self._against_per_parent()
        if against_cumulative and not against_parent:
            return "per_parent", against_cumulative
        if against_parent and not against_cumulative:
            return "cumulative", against_parent
        at = next(at for at in sorted(self._assemblies) if self._own[at] not in (1, None))
        row = self._rows[at]
        values: dict[str, object] = {"part": repr(row.cells.get("id")), "times": self._own[at]}
        if against_cumulative and against_parent:
            values = {"one": against_cumulative.message_in(), "other": against_parent.message_in()}
        case = "both" if "one" in values else ""
        position = next(at for at, key in self._lines.found.columns.items() if key == self.key)
        place = self._lines.found.place(row.number, position)
        understood.ask(question("basis", Problem("basis-unclear", values, place, case=case), get_args(Basis)))
        return None

    def _pieces(self, at: int) -> bool:
        unit, number = self._rows[at].cells.get("unit"), self._own[at]
        whole = number is not None and number.denominator == 1
        return whole and (unit is None or (isinstance(unit, str) and COUNT_UNITS.get(unit) == 1))

    def _against_cumulative(self) -> Because | None:
        """What shows that the quantities are not for the whole product."""
        if self.both:
            wrong = self._not_products()
            if wrong is None:
                return Because("products", {"heading": self._lines.headings["total_quantity"]})
        for at, parent in enumerate(self._parents):
            if parent in self._assemblies and parent is not None and self._pieces(at) and self._pieces(parent):
                own, above = self._own[at], self._own[parent]
                if own is not None and above and (own / above).denominator != 1:
                    values = {
                        "row": self._rows[at].number,
                        "own": own,
                        "above": above,
                        "parent": self._rows[parent].number,
                    }
                    return Because("pieces", values)
        return self._repeats(scaled=False)

    def _against_per_parent(self) -> Because | None:
        """What shows that the quantities are not for one of the part above."""
        return self._repeats(scaled=True)

    def _repeats(self, *, scaled: bool) -> Because | None:
        """A part that is taken in different numbers: whether what lies below it grows with them."""
        below: dict[int, dict[object, Fraction]] = defaultdict(dict)
        for at, parent in enumerate(self._parents):
            number = self._own[at]
            if parent is not None and number is not None:
                held = below[parent]
                held[self._rows[at].cells.get("id")] = held.get(self._rows[at].cells.get("id"), Fraction(0)) + number
        first: dict[object, int] = {}
        for at in sorted(self._assemblies):
            other = first.setdefault(self._rows[at].cells.get("id"), at)
            own, before = self._own[at], self._own[other]
            if not own or not before or own == before or below[at].keys() != below[other].keys():
                continue
            factor = own / before if scaled else Fraction(1)
            if all(below[at][id_] == number * factor for id_, number in below[other].items()):
                values = {
                    "first": self._rows[other].number,
                    "second": self._rows[at].number,
                    "before": before,
                    "own": own,
                }
                return Because("scaled" if scaled else "repeats", values)
        return None

    def _not_products(self) -> int | None:
        """The first line whose total is not its quantity times the total above."""
        for at, parent in enumerate(self._parents):
            own, total = self._own[at], self._total[at]
            above = Fraction(1) if parent is None else self._total[parent]
            if own is not None and total is not None and above is not None and own * above != total:
                return at
        return None

    def _doubt(self, basis: Basis, because: Because, understood: Understanding) -> None:
        """Note what speaks against the basis."""
        against = self._against_cumulative() if basis == "cumulative" else self._against_per_parent()
        wrong = self._not_products() if self.both and basis == "per_parent" else None
        if wrong is not None:
            place = self._lines.found.place(self._rows[wrong].number)
            understood.notes.append(Note("total-quantity-differs", place))
        if against and because.code in ("stated", "kind"):
            place = self._lines.found.place(self._lines.found.row)
            understood.notes.append(Note("basis-doubtful", place, {"why": against}))

    def make_per_parent(self, understood: Understanding) -> None:
        """Divide quantities for the whole product by those of the parts above."""
        rounded = []
        for at, parent in enumerate(self._parents):
            own, above = self._own[at], Fraction(1) if parent is None else self._own[parent]
            if own is None or not above:
                continue
            text, exact = as_text(own / above)
            self._rows[at].cells["quantity"] = text
            rounded += [] if exact else [self._rows[at].number]
        note_rounded(rounded, self._lines, understood)


def as_text(value: Fraction) -> tuple[str, bool]:
    """The value as digits, and whether they are exact.

    >>> as_text(Fraction(5, 4)), as_text(Fraction(1, 3))
    (('1.25', True), ('0.33333333333333333333', False))
    """
    scaled = value * 10**_DIGITS
    whole = round(scaled)
    sign, digits = "-" if whole < 0 else "", str(abs(whole)).rjust(_DIGITS + 1, "0")
    text = f"{digits[:-_DIGITS]}.{digits[-_DIGITS:]}".rstrip("0").rstrip(".")
    return sign + text, whole == scaled


def note_rounded(rows: list[int], lines: Lines, understood: Understanding) -> None:
    """Note the quantities that have no end and are cut."""
    if rows:
        values: dict[str, object] = {"rows": rows_named(rows), "digits": _DIGITS}
        understood.notes.append(Note("quantity-rounded", lines.found.place(rows[0]), values))
