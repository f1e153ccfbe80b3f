"""The documents a verifier asks for (Lampiran I.2.d), and self-declaration by a small industry (Pasal 26, 40-43).

A document is ticked only if the bill holds a record of it; a fact only if the bill states it. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tkdn.assessment.facts import NOTHING_STATED
from tkdn.assessment.small_industry import small_industry
from tkdn.bom.number import same_hs_code
from tkdn.i18n import form_words, number
from tkdn.method.size import SMALL_INDUSTRY
from tkdn.report.forms.sheet import Book, Sheet, fraction, percent
from tkdn.textnorm import folded

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.bom.model import Evidence, Part
    from tkdn.report.forms.goods import GoodsForms

MAX_NUMBERS = 20
"""Certificates named in one cell; the rest are counted."""
STYLES = {"no": "missing", "part": "missing", "review": "missing"}


class Item(NamedTuple):
    """A document or a step: its words, its state (a key of the checklist's words), and what the bill says of it."""

    label: str
    state: str
    found: str = ""
    article: str = ""


def documents(assessment: GoodsAssessment) -> list[Item]:
    """Return the documents of Lampiran I.2.d, each by what the bill holds of it."""
    finder = _Finder(assessment)
    return [finder.document(entry) for entry in form_words()["documents"]["items"]]


def investment(assessment: GoodsAssessment) -> list[Item]:
    """Return the proofs of the investment and the means of production (Lampiran I.2.c, I.3.III), by what the bill holds."""
    finder = _Finder(assessment)
    return [finder.document(entry) for entry in form_words()["documents"]["investment"]]


def is_small_industry(assessment: GoodsAssessment) -> bool:
    """Return True if the product's maker is a small industry, or says so against its capital (Pasal 1(9))."""
    status = _Finder(assessment).small
    return status.small is True or status.contradicts


def self_declaration(assessment: GoodsAssessment) -> list[Item]:
    """Return the requirements for a small industry (Pasal 26, 40), each by what the bill holds of it."""
    finder = _Finder(assessment)
    return [finder.requirement(entry) for entry in form_words()["self_declare"]["items"]]


class _Finder:
    """The search in a bill for what a checklist asks for."""

    def __init__(self, assessment: GoodsAssessment) -> None:
        """Take the product, its maker and its main components."""
        self.assessment = assessment
        self.words: Mapping[str, Any] = form_words()["checklist"]
        self.product = assessment.day.parts[assessment.day.product]
        self.made = self.product.production or NOTHING_STATED
        made_by = self.product.made_by
        self.firm = None if made_by is None else assessment.bom.supplier_by_id[made_by]
        self.small = small_industry(self.firm, assessment.day.rates, assessment.regulation)
        lines = [assessment.bom.graph.index[each.part] for each in assessment.components.values() if each.counts]
        self.lines = [(assessment.day.parts[number], assessment.facts.certificate[number]) for number in lines]

    def document(self, entry: Mapping[str, Any]) -> Item:
        """Return a document of the list, ticked if the bill holds a record of it."""
        label, kinds, factories = entry["label"], entry.get("kinds", ()), entry.get("factories")
        if factories and self.made.factory is None:
            return Item(label, "no", self.words["factory_unknown"])
        if factories and self.made.factory not in factories:
            return Item(label, "void")
        return self._by_fact(label, entry["fact"], kinds) if "fact" in entry else self._by_kinds(label, kinds)

    def _by_kinds(self, label: str, kinds: Sequence[str]) -> Item:
        found = _of_kinds(self.product.evidence, kinds)
        return Item(label, "yes" if found else "no", "; ".join(map(_shown, found)))

    def _by_fact(self, label: str, fact: str, kinds: Sequence[str]) -> Item:
        if fact == "quantities":
            return Item(label, "yes" if self.lines else "no", self.words[fact].format(count=len(self.lines)))
        if fact == "others":
            asked = [kind for entry in _entries() for kind in entry.get("kinds", ())]
            others = [each for each in self.product.evidence if each not in _of_kinds(self.product.evidence, asked)]
            return Item(label, "review" if others else "no", "; ".join(map(_shown, others)))
        parts = [(part, certificate) for part, certificate in self.lines if fact == "purchases" or certificate]
        if not parts:
            return Item(label, "void" if fact == "certificates" else "no")
        proved = [
            bool(_of_kinds(part.evidence, kinds) or (fact == "certificates" and certificate and certificate.evidence))
            for part, certificate in parts
        ]
        held = [certificate.number for _, certificate in parts if certificate]
        numbers = ", ".join(held[:MAX_NUMBERS])
        if len(held) > MAX_NUMBERS:
            numbers += self.words["more"].format(count=len(held) - MAX_NUMBERS)
        state = "yes" if all(proved) else "part" if any(proved) else "no"
        return Item(label, state, self.words[fact].format(count=sum(proved), all=len(proved), numbers=numbers))

    def requirement(self, entry: Mapping[str, Any]) -> Item:
        """Return a requirement with its article, and what the bill says of it."""
        label, fact = entry["label"], entry.get("fact")
        if "kinds" in entry:
            item = self._by_kinds(label, entry["kinds"])
        elif fact in ("small", "documents", "calculable"):
            item = getattr(self, f"_{fact}")(label)
        else:
            stated = self._stated(fact)
            item = Item(label, "yes" if stated else "no", stated or "")
        return item._replace(article=entry["article"])

    def _stated(self, fact: str | None) -> str | None:
        """Return a fact as the bill states it; None also for what a bill does not hold."""
        part: Part = self.product
        capacity = self.made.normal_capacity
        facts = {
            "maker": self.firm.name if self.firm else None,
            "kbli": part.kbli,
            "capacity": None if capacity is None else f"{capacity:f} {part.unit}/bulan",
            "kind": part.name,
            "spec": part.spec,
            "hs_code": part.hs_code if same_hs_code(part.hs_code, part.hs_code) else None,
        }
        return None if fact is None else facts[fact]

    def _small(self, label: str) -> Item:
        words, law = form_words()["self_declare"], self.assessment.rules.value(SMALL_INDUSTRY)
        values = {"limit": number(law.number, "id"), "article": f"{self.assessment.regulation.name} {law.article}"}
        if self.small.contradicts:
            return Item(label, "review", words["small_conflict"].format(**values))
        return Item(label, "yes", words[f"small_{self.small.basis}"].format(**values))

    def _documents(self, label: str) -> Item:
        asked = [item for item in documents(self.assessment) if item.state != "void"]
        held = [item for item in asked if item.state == "yes"]
        state = "yes" if len(held) == len(asked) else "part" if held else "no"
        found = form_words()["self_declare"]["documents"].format(count=len(held), all=len(asked))
        return Item(label, state, found)

    def _calculable(self, label: str) -> Item:
        words, status = form_words()["self_declare"], self.assessment.status
        if status == "cannot_be_calculated":
            return Item(label, "review", words["refused"])
        if self.assessment.exact is None:
            return Item(label, "no", words["no_score"])
        stated = self.made.activity is not None
        return Item(label, "yes" if stated else "review", words["not_refused" if stated else "activity_assumed"])


def _entries() -> Iterable[Mapping[str, Any]]:
    yield from form_words()["documents"]["items"]
    yield from form_words()["documents"]["investment"]
    yield from form_words()["self_declare"]["items"]


def _of_kinds(evidence: Iterable[Evidence], kinds: Sequence[str]) -> list[Evidence]:
    """Return the records whose `kind` is one of these names, and no other."""
    names = {folded(kind) for kind in kinds}
    return [each for each in evidence if each.kind is not None and folded(each.kind) in names]


def _shown(evidence: Evidence) -> str:
    said = (evidence.kind, evidence.number, evidence.date and evidence.date.isoformat(), evidence.file)
    return ", ".join(word for word in said if word)


def write_checklists(book: Book, forms: GoodsForms) -> None:
    """Write the sheet of documents, and for a small industry that of self-declaration (Pasal 26, 40-43)."""
    assessment, words = forms.assessment, form_words()["documents"]
    sheet = _begin(book, forms, words)
    for order, item in enumerate(documents(assessment), start=1):
        _write(sheet, str(order), item)
    sheet.row += 1
    sheet.texts([words["investment_title"]], "bold")
    for item, entry in zip(investment(assessment), words["investment"], strict=True):
        _write(sheet, entry["article"], item)
    sheet.texts(["", form_words()["checklist"]["note"]], "text")
    if is_small_industry(assessment):
        _write_self_declaration(book, forms)


def _write_self_declaration(book: Book, forms: GoodsForms) -> None:
    assessment, words = forms.assessment, form_words()["self_declare"]
    sheet = _begin(book, forms, words)
    for item in self_declaration(assessment):
        _write(sheet, item.article, item)
    if forms.total:
        sheet.text(0, words["score_article"], "center")
        sheet.text(1, words["score_label"])
        sheet.formula(2, forms.total, fraction(forms.of_good, shown=True), percent())
        sheet.text(3, words["without_brainware"])
        sheet.row += 1
    for step in words["steps"]:
        sheet.text(0, step["article"], "center")
        sheet.text(1, step["label"])
        sheet.blanks((2, 3))
        sheet.row += 1
    sheet.texts(["", form_words()["checklist"]["note"]], "text")


def _begin(book: Book, forms: GoodsForms, words: Mapping[str, Any]) -> Sheet:
    """Return a new sheet with its title, maker and product, and the headings of its list."""
    sheet = book.sheet(words["sheet"], (15, 74, 14, 74))
    sheet.texts([words["title"]], "title")
    forms.header.write(sheet, ("maker", "kind"), 1, 3)
    sheet.texts(words["heads"], "head")
    sheet.sheet.repeat_rows(sheet.row - 1)
    return sheet


def _write(sheet: Sheet, number: str, item: Item) -> None:
    sheet.text(0, number, "center")
    sheet.text(1, item.label)
    sheet.text(2, form_words()["checklist"][item.state], STYLES.get(item.state, "center"))
    sheet.text(3, item.found)
    sheet.row += 1
