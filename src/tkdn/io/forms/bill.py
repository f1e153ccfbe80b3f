"""A bill out of filled forms of Permenperin 16/2011 and 35/2025: the good with what they say of its making, and its material.

A form counts a component at a TKDN without naming the certificate, so the figure is noted and not taken, unless its number and
day of issue stand beside the form, as this library writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from tkdn.bom.bom import Bom
from tkdn.bom.country import HOME, country_named, not_stated_elsewhere, origin_named
from tkdn.bom.tables.columns import CERTIFICATES, COSTS, PARTS, SUPPLIERS, USES, RecordTable
from tkdn.bom.tables.document import Document
from tkdn.bom.tables.records import FilledTable, TableRow, Values
from tkdn.errors import Place
from tkdn.exact import EXACT
from tkdn.io.forms.checking import MATERIAL, RECAP, disagreements
from tkdn.io.forms.reading import FORMAT, FORMAT_2025, Form, FormRow, layout, read_forms
from tkdn.io.import_report import MappedColumn, Note, ReadBill, Understanding
from tkdn.io.options import ReadOptions
from tkdn.io.spreadsheet.cells import OpenedFile
from tkdn.textnorm import squeezed

KINDS = (PARTS, USES, SUPPLIERS, CERTIFICATES, COSTS)
PRESENT = "ada"
PRODUCT = "PRODUCT"
_CITIZENS = {"wni": HOME}
_OWNERS = {
    **dict.fromkeys(("dn", "dalamnegeri", "domestik", "lokal", "wni", "pmdn", "indonesia"), "domestic"),
    **dict.fromkeys(("ln", "luarnegeri", "asing", "pma", "wna"), "foreign"),
    **dict.fromkeys(("campuran", "dnln", "patungan"), "mixed"),
}


def read_filled_forms(raw: bytes, opened: OpenedFile, file: str, options: ReadOptions) -> ReadBill:
    """The bill of filled forms, with what they print wrong and what they leave open as notes.

    Raises `BomError` with all problems, each with sheet, row and column.
    """
    forms = read_forms(opened, file, options.decimal)
    kind = FORMAT_2025 if any(form.by_factors for form in forms) else FORMAT
    understood = Understanding(file, kind, opened.kind, forms[0].sheet, opened.encoding, opened.separator)
    understood.heading_row = forms[0].heading_row
    understood.rows = sum(len(form.rows) for form in forms if not form.is_judged)
    understood.levels = 1
    columns = {(text, key): None for form in forms for key, text in form.headings.items()}
    understood.columns = [MappedColumn(text, key) for text, key in columns]
    understood.notes = [Note("form-differs", each.place, {"message": each.message}) for each in disagreements(forms)]
    bom = _Bill(forms, options.product, understood).document().as_bill(Bom)
    bom.set_source(raw)
    return ReadBill(bom, understood)


class _Bill:
    """Collects the tables of a bill from the rows of forms."""

    def __init__(self, forms: Sequence[Form], product: str | None, understood: Understanding) -> None:
        self.forms, self.understood = forms, understood
        self.header = {key: value for form in reversed(forms) for key, value in form.header.items()}
        self.name = self.header.get("product") or self.header.get("product_kind")
        if self.name and (type_ := self.header.get("product_type")):
            self.name = f"{self.name} {type_}"
        self.product = product or self.name or PRODUCT
        self.rows: dict[str, list[tuple[Form, TableRow]]] = {kind.name: [] for kind in KINDS}

    def document(self) -> Document:
        product: Values = {"id": self.product, "made_in": HOME}
        product |= dict(self._about_product())
        self._add(PARTS, self.forms[0], 1, product)
        if "supplier" in product:
            self._supplier(self.forms[0], 1, str(product["supplier"]), self.header["maker"])
        for form in self.forms:
            if form.is_judged:
                continue
            if form.title == MATERIAL:
                self._material(form)
            elif form.title != RECAP:
                self._costs(form)
        tables = [self._table(kind) for kind in KINDS if self.rows[kind.name]]
        return Document(self.understood.file, tables, product=self.product)

    def _about_product(self) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = [("name", self.name), ("spec", self.header.get("spec"))]
        ticked = [*self._ticked()]
        if self.understood.kind == FORMAT_2025 and ("factory", "outsourced") not in ticked:
            found.append(("supplier", self._applicant()))
        found += [*ticked, *self._research(), *self._heads()]
        capacities = {form.feet["capacity"][1] for form in self.forms if "capacity" in form.feet}
        if len(capacities) == 1:
            found.append(("normal_capacity", capacities.pop()))
        elif capacities:
            values: dict[str, object] = {"values": ", ".join(map(str, sorted(capacities)))}
            self.understood.notes.append(Note("form-capacities", Place(self.understood.file), values))
        return [(key, value) for key, value in found if value is not None]

    def _applicant(self) -> str | None:
        """The firm of the header block: the one maker of that name beside the components, else by its name."""
        name = self.header.get("maker")
        rows = (row.texts for form in self.forms for row in form.rows if row.texts.get("supplier") == name)
        ids = {texts["supplier_id"] for texts in rows if "supplier_id" in texts}
        return ids.pop() if len(ids) == 1 else name

    def _heads(self) -> Iterator[tuple[str, object]]:
        """Direct workers, where they stand beside the tick."""
        for form in self.forms:
            for key in ("indonesian_workers", "foreign_workers"):
                if form.is_judged and key in form.feet:
                    yield key, form.feet[key][1]

    def _research(self) -> Iterator[tuple[str, object]]:
        """What the forms of Lampiran II say: the criterion with evidence; of R&D spending, the share beside the form."""
        for form in self.forms:
            said = {row.texts.get("number", ""): squeezed(row.texts.get("evidence", "")) for row in form.rows}
            met = [letter for letter, evidence in said.items() if evidence == PRESENT]
            if not form.is_brainware or not any(said.values()):
                continue
            if len(met) > 1:
                self.understood.notes.append(Note("form-ticks", form.place(), {"form": form.title}))
            elif form.title in layout("brainware"):
                key, letter = layout("brainware")[form.title], met[0] if met else ""
                yield key, layout("rd_unit" if key == "rd_unit" else "yes_no").get(letter)
            elif "rd_share_of_revenue" in form.feet:
                yield "rd_share_of_revenue", form.feet["rd_share_of_revenue"][1].scaleb(-2, EXACT)
            elif met:
                self.understood.notes.append(Note("form-research", form.place(), {"row": met[0]}))

    def _ticked(self) -> Iterator[tuple[str, object]]:
        """What the ticks of Formulir 1.2 and 1.3 (35/2025) say: in whose factory, and whether the maker has invested."""
        for form in self.forms:
            ticked = (
                [row.texts.get("number", "") for row in form.rows if row.texts.get("status")] if form.is_judged else []
            )
            if len(ticked) > 1:
                self.understood.notes.append(Note("form-ticks", form.place(), {"form": form.title}))
            elif ticked and form.title in ("1.2", "1.3"):
                factory = layout("factories").get(ticked[0])
                if factory is not None:
                    yield "factory", factory
                if form.title == "1.3":
                    yield "invested_in_indonesia", factory is not None

    def _material(self, form: Form) -> None:
        ids = Counter(row.texts.get("part", row.name) for row in form.rows)
        licensed_firms = _licensed_firms(form)
        for row in form.rows:
            id_ = row.texts.get("part", row.name)
            if ids[id_] > 1 or id_ == self.product:
                id_ = f"{id_} ({row.row})"
            cells: Values = {"id": id_, "name": row.name, "made_in": self._country(form, row, "origin")}
            cells |= {key: row.texts.get(key) for key in ("spec", "unit")}
            supplier = _firm(row) or None
            cells |= {"supplier": supplier, "price": row.figures.get("price")}
            licensed = True
            if row.figures.get("tkdn"):
                self._certificate(form, row, id_)
            elif cells["made_in"] == HOME and form.by_factors:
                said = self._credited(form, row, licensed_firms)
                licensed = said != "unlicensed"
                if said == "not_produced":
                    cells["activity"] = "none"
                elif licensed and said is not None:
                    cells[said] = True
            self._add(PARTS, form, row.row, cells)
            self._add(
                USES, form, row.row, {"parent": self.product, "part": id_, "quantity": row.figures.get("quantity")}
            )
            if supplier is not None:
                self._supplier(form, row.row, supplier, row.texts.get("supplier"), licensed=licensed)

    def _credited(self, form: Form, row: FormRow, licensed_firms: Container[str]) -> str | None:
        """What the percentage of a domestic component without a certificate says of it; noted, as the form does not say why."""
        credited = row.figures.get("credited")
        said: str | None = None if credited is None else layout("credited").get(f"{credited:.0f}")
        if said is None:
            return None
        said = _by_article(row) or said
        if said == "unlicensed" and _firm(row) in licensed_firms:
            said = "not_produced"
        if said != "unlicensed" or not _firm(row):
            self._note(f"form-{said.replace('_', '-')}", form, row, "credited", {"part": row.name})
        return said

    def _certificate(self, form: Form, row: FormRow, part: str) -> None:
        """The certificate that stands beside the form; a figure without one is noted."""
        stated = {key: row.texts.get(source) for key, source in _CERTIFICATE.items()}
        if stated["number"] and stated["issued"]:
            self._add(CERTIFICATES, form, row.row, {"part": part, "tkdn": row.figures["tkdn"], **stated})
        else:
            self._note("form-tkdn", form, row, "tkdn", {"part": part, "tkdn": row.figures["tkdn"]})

    def _supplier(self, form: Form, row: int, id_: str, name: str | None, *, licensed: bool = True) -> None:
        """A firm that a form names, once."""
        known = next((each.cells for _, each in self.rows["suppliers"] if each.cells["id"] == id_), None)
        if known is None:
            known = {"id": id_} if name in (None, id_) else {"id": id_, "name": name}
            self.rows["suppliers"].append((form, TableRow(row, known)))
        if not licensed:
            known["industrial_licence"] = False

    def _costs(self, form: Form) -> None:
        for row in form.rows:
            allocation = row.figures.get("allocation")
            cells: Values = {
                "part": self.product,
                "kind": form.kind,
                "name": row.name,
                "number": row.figures.get("quantity"),
                "monthly": row.figures.get("price"),
                "allocation": None if allocation is None else allocation.scaleb(-2, EXACT),
            }
            if form.title in ("1.3", "1.5"):
                cells["citizenship"] = self._country(form, row, "citizenship")
            elif form.title in ("1.6", "1.7"):
                cells["made_in"] = self._country(form, row, "made_in")
                cells["owner"] = self._owner(form, row)
            else:
                cells["tkdn"] = row.figures.get("tkdn")
            self._add(COSTS, form, row.row, cells)

    def _country(self, form: Form, row: FormRow, key: str) -> str | None:
        """Return the country that a cell names, of a good also that it is imported; what names none is noted."""
        stated = row.texts.get(key)
        if stated is None or not_stated_elsewhere(stated):
            return None
        found = (
            (_CITIZENS.get(squeezed(stated)) or country_named(stated)) if key == "citizenship" else origin_named(stated)
        )
        if found is not None:
            self.understood.origins[stated] = found
            return found
        self._note("form-country", form, row, key, {"part": row.name, "stated": stated})
        return None

    def _owner(self, form: Form, row: FormRow) -> str | None:
        stated = row.texts.get("owner")
        if stated is None:
            return None
        owner = _OWNERS.get(squeezed(stated))
        if owner is None:
            self._note("form-owner", form, row, "owner", {"part": row.name, "stated": stated})
        return owner

    def _note(self, code: str, form: Form, row: FormRow, key: str, values: dict[str, object]) -> None:
        self.understood.notes.append(Note(code, form.place(row.row, key), values))

    def _add(self, kind: RecordTable, form: Form, number: int, cells: Values) -> None:
        filled = {key: _plain(value) for key, value in cells.items() if value is not None and value != ""}
        self.rows[kind.name].append((form, TableRow(number, filled)))

    def _table(self, kind: RecordTable) -> FilledTable:
        rows = self.rows[kind.name]
        form = rows[-1][0]
        headings = {key: form.headings.get(source, key) for key, source in _SOURCES.items()}
        headings |= {key: key for key in kind.by_key if key not in headings}
        return FilledTable(kind, form.file, form.sheet, headings, [row for _, row in rows])


_CERTIFICATE = {"number": "certificate", "issued": "issued", "expires": "expires", "regulation": "regulation"}
_SOURCES = {
    "name": "name",
    "spec": "spec",
    "unit": "unit",
    "made_in": "origin",
    "supplier": "supplier",
    "price": "price",
    "quantity": "quantity",
}


def _licensed_firms(form: Form) -> set[str]:
    """Return the firms that do not lack a licence: a component of theirs earns something by Pasal 5(2)b.1.a or b.2.

    A certificate (5(2)a) and a natural resource (b.1.b) earn without one.
    """
    return {
        _firm(row)
        for row in form.rows
        if row.figures.get("credited")
        and not row.figures.get("tkdn")
        and origin_named(row.texts.get("origin", "")) == HOME
        and _by_article(row) is None
    } - {""}


def _by_article(row: FormRow) -> str | None:
    """Return what the article next to a component says of it, such as `natural_resource`, or None."""
    article = row.texts.get("basis", "")
    return next((key for words, key in layout("basis").items() if words in article), None)


def _firm(row: FormRow) -> str:
    """Return the id of the firm that a row names, else its name, else an empty text."""
    return row.texts.get("supplier_id") or row.texts.get("supplier") or ""


def _plain(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else value
