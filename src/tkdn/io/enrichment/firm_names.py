"""Firms that a second file names: one whose name is that of a firm of the bill is that firm, and never a second one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tkdn.bom.bom import Bom
from tkdn.bom.firm_names import firm, same_firm
from tkdn.bom.tables.records import FilledTable, TableRow
from tkdn.errors import Place, Problem

HOMES = ("supplier", "maker")


@dataclass(frozen=True, slots=True)
class SameFirm:
    """A firm that the file calls `written`, taken as the firm `supplier` because their names are one."""

    written: str
    supplier: str
    name: str
    place: Place


class Firms:
    """The firms of a bill and of a table brought together: `same` is what was taken for one, `problems` what cannot be told."""

    def __init__(self, bom: Bom, table: FilledTable) -> None:
        self.same: list[SameFirm] = []
        self.problems: list[Problem] = []
        self._table = table
        self._labels = {each.id: each.name or each.id for each in bom.suppliers}
        self._name_rows(bom)
        self._named, self._places = self._gathered()
        known = _Index(self._labels)
        new = {id_: name for id_, name in self._named.items() if id_ not in self._labels}
        fresh = _Index({id_: name for id_, name in new.items() if name is not None})
        homes = ((id_, self._home(id_, name, known, fresh)) for id_, name in new.items())
        renamed = {id_: home for id_, home in homes if home is not None}
        self._rename(renamed)
        for id_, name in self._named.items():
            self._check_name(id_, name, known)

    def _rows(self) -> Iterator[tuple[TableRow, str, str | None, str | None]]:
        """Rows with what they say of the seller, then of the maker: id, name."""
        for row in self._table.rows:
            for home in HOMES:
                id_, name = row.cells.get(home), row.cells.get(f"{home}_name")
                yield row, home, id_ if isinstance(id_, str) else None, name if isinstance(name, str) else None

    def _name_rows(self, bom: Bom) -> None:
        """A firm without an id goes by its name, unless the part has one already that this may be the name of."""
        parts = {part.id: part for part in bom.parts}
        for row, home, _, name in self._rows():
            if home in row.cells or name is None:
                continue
            held = getattr(parts.get(str(row.cells.get("id"))), home, None)
            label = self._labels.get(held or "")
            unnamed = label is not None and label == held and len(label.split()) == 1
            if label is None or not (unnamed or same_firm(label, name)):
                row.cells[home] = name
                self._table.headings.setdefault(home, self._table.headings.get(f"{home}_name", home))

    def _gathered(self) -> tuple[dict[str, str | None], dict[str, tuple[TableRow, str]]]:
        """The firms of the table by id: the name of each where it has one, and where it stands first."""
        names: dict[str, set[str]] = defaultdict(set)
        places: dict[str, tuple[TableRow, str]] = {}
        for row, home, id_, name in self._rows():
            if id_ is not None:
                places.setdefault(id_, (row, home))
                names[id_] |= {name} if name is not None and name != id_ else set()
        return {id_: min(found, default=None) for id_, found in names.items()}, places

    def _place(self, id_: str) -> Place:
        row, home = self._places[id_]
        return self._table.place(row, home)

    def _home(self, id_: str, name: str | None, known: _Index, fresh: _Index) -> str | None:
        """The firm that a new one is: one of the bill, else the one of the file that bears an id beside this name."""
        label = name or id_
        homes = known.of(label) or [each for each in fresh.of(label) if each != id_]
        if not homes:
            return None
        if len(homes) > 1 or (name is not None and homes[0] not in self._labels):
            named = " and ".join(map(repr, sorted({*homes, id_} - ({label} if name is None else set()))))
            self.problems.append(
                Problem("firm-ambiguous", {"name": label, "firms": named}, self._place(id_), case="shared")
            )
            return None
        self.same.append(SameFirm(id_, homes[0], label, self._place(id_)))
        return homes[0]

    def _rename(self, renamed: Mapping[str, str]) -> None:
        for row, home, id_, _ in self._rows():
            if id_ is not None and id_ in renamed:
                row.cells[home] = renamed[id_]

    def _check_name(self, id_: str, name: str | None, known: _Index) -> None:
        """A firm of the bill must not get the name of another one there."""
        if name is None or id_ not in self._labels or same_firm(name, self._labels[id_]):
            return
        homes = [each for each in known.of(name) if each != id_]
        if homes:
            self.problems.append(
                Problem("firm-ambiguous", {"id": id_, "name": name, "firm": homes[0]}, self._place(id_), case="other")
            )


class _Index:
    """Firms by how their names are compared."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, label in labels.items():
            self._by_name[firm(label)].append((id_, label))

    def of(self, label: str) -> list[str]:
        """The ids of the firms that a name means; of several, those that bear it letter for letter."""
        found = [(id_, other) for id_, other in self._by_name.get(firm(label), ()) if same_firm(label, other)]
        exact = [id_ for id_, other in found if other == label]
        return exact or [id_ for id_, _ in found]
