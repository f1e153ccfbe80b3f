"""Reading and writing bills: the format is found by content, and by suffix where that is needed.

Reading a list is a conversation: what the file leaves open comes back as questions, all at once, and is answered without
opening the file again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tkdn.bom.bom import Bom, bill_of
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, few_hints
from tkdn.io.answers import answered_options, answers_text
from tkdn.io.formats import read_file, write_file
from tkdn.io.import_report import ReadBill, Understanding
from tkdn.io.options import NAMES, ReadOptions, joined, read_options
from tkdn.io.questions import OpenQuestions, Question
from tkdn.io.source_file import SourceFile
from tkdn.outputs import headed


@dataclass(frozen=True)
class Reading(Viewed):
    """A file as far as it was understood: the bill, or the questions that are to be answered first.

    Attributes:
        bom: The bill; None as long as a question is open.
        report: How a list from elsewhere was understood; None for a format of our own.
        questions: What the list leaves open.
        problems: What is wrong with the file besides.
        options: What was said of how to read it.
    """

    bom: Bom | None
    report: Understanding | None
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    _file: SourceFile | None = field(default=None, repr=False)
    _said: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def answered(self, answers: str | Path | Mapping[str, Any]) -> Reading:
        """Return the reading with more answers, which win over earlier ones; the file is not opened again.

        Args:
            answers: The path of an answers file, or a dict like one: {"price_basis": "line"}.

        Raises:
            BomError: with problems that are no questions.
            UsageError: `option-invalid` for an answer that there is not.
        """
        assert self._file is not None
        said = joined(self._said, answered_options(answers, self._file.name))
        return _read(self._file.with_options(read_options(said)), said)

    def suggested(self) -> dict[str, Any]:
        """Return the answers that the evidence suggests, as `answered` takes them.

        >>> from tkdn import read_list
        >>> lines = b"No,Part No,Qty,Price (Rp)\\n1,A,2,500\\n2,B,4,300\\n,Total,,800\\n"
        >>> read_list(lines, name="list.csv", product="X").suggested()
        {'price_basis': 'line'}
        """
        found: dict[str, Any] = {}
        for each in self.questions:
            if each.suggestion is not None:
                found = joined(found, each.answer(each.suggestion))
        return found

    def bill(self) -> Bom:
        """Return the bill.

        Raises:
            BomError: with every open question as a problem.
        """
        if self.bom is None:
            raise OpenQuestions(self.problems, self.questions, self.report)
        return self.bom

    @property
    def answers(self) -> str:
        """The answers given so far as an answers file; open questions are lines that are commented out."""
        report = self.report
        headings = () if report is None else tuple(each.heading for each in report.columns)
        return answers_text(
            self.options,
            self.questions,
            file="" if self._file is None else self._file.name,
            sheet=None if report is None else report.sheet,
            headings=headings,
            lines={} if report is None else report.counted,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the questions and the report as plain data."""
        return headed(
            "tkdn-questions",
            {
                "questions": [each.to_dict() for each in self.questions],
                "problems": [each.to_dict() for each in self.problems],
                "report": None if self.report is None else self.report.to_dict(),
            },
        )


@few_hints()
def read_list(
    source: str | Path | bytes,
    *,
    answers: str | Path | Mapping[str, Any] | None = None,
    mapping: str | Path | Mapping[str, Any] | None = None,
    name: str | None = None,
    **options: Any,
) -> Reading:
    """Read a bill from a file, or ask what the file leaves open.

    Args:
        source: The path of a file or folder, or the bytes of a file.
        answers: The path of an answers file, or a dict like one.
        mapping: An older mapping file, which answers win over.
        name: The name of the file if `source` is bytes; its suffix may tell the format.
        options: Single answers as keywords, which win: see `ReadOptions`.

    Raises:
        BomError: for what cannot be asked: a file that is missing, damaged, too large or refused, cells that are wrong.
        UsageError: `option-invalid` for an option or answer that there is not.

    >>> reading = read_list(b"Part No,Qty,Price (Rp)\\nBOLT,4,500\\n", name="list.csv")
    >>> [each.code for each in reading.questions]
    ['product']
    >>> reading.answered({"product": "CART"}).bom.product
    'CART'
    """
    file = SourceFile(Path(name or "list"), given=source) if isinstance(source, bytes) else SourceFile(Path(source))
    kept = joined(answered_options(mapping, file.name), answered_options(answers, file.name))
    said = joined(kept, {key: value for key, value in options.items() if value is not None or key not in NAMES})
    return _read(file.with_options(read_options(said)), said)


def _read(file: SourceFile, said: Mapping[str, Any]) -> Reading:
    options = file.options
    try:
        read = read_file(file)
    except OpenQuestions as error:
        asked = {each.problem for each in error.questions}
        problems = tuple(each for each in error.problems if each not in asked)
        report = error.report if isinstance(error.report, Understanding) else None
        return Reading(None, report, error.questions, problems, options, file, said)
    if options.rates:
        read = read._replace(bom=read.bom.replace(rates=[*read.bom.to_dict().get("rates", ()), *options.rate_records]))
    return Reading(read.bom, read.understood, (), (), options, file, said)


def read_bom(
    path: str | Path,
    *,
    answers: str | Path | Mapping[str, Any] | None = None,
    product: str | None = None,
    mapping: str | Path | Mapping[str, Any] | None = None,
    rates: Mapping[str, str] | None = None,
    **options: Any,
) -> Bom:
    """Read a bill from a file or a folder of CSV files; its content tells the format.

    Our own formats: the JSON document, or CycloneDX; a folder with `parts.csv`, `uses.csv` and more; a workbook with sheets Parts
    and Uses, or one indented list; a CSV file with one list, indented or of uses as `write_bom` writes it. Any other list of
    parts in a spreadsheet or a text is read by its headings, as docs/formats.md says; `read_list` asks what it leaves open.

    Args:
        path: The file or folder.
        answers: The path of an answers file, or a dict like one.
        product: The product, if the file does not name it.
        mapping: An older name of `answers`.
        rates: Exchange rates that the file does not hold: {"USD": "16200@2026-01-02"} is Rp 16,200 for a dollar from that day on.
        options: Single answers for a list from elsewhere, such as basis="per_parent" or currency="IDR": see `ReadOptions`.

    Raises:
        BomError: with all problems and every open question, each with file, sheet, row and column or JSON path.
        UsageError: `option-invalid` for an option that is not known.
        MissingExtraError: `extra-missing` without a library for spreadsheets.
    """
    return read_list(path, answers=answers, mapping=mapping, product=product, rates=rates, **options).bill()


@few_hints()
def read_with(path: str | Path, options: ReadOptions) -> ReadBill:
    """Read a bill as `read_bom` does; with it comes what was understood, if it is a list from elsewhere."""
    reading = _read(SourceFile(Path(path), options), {})
    return ReadBill(reading.bill(), reading.report)


def write_bom(bom: Bom, path: str | Path, *, force: bool = False) -> None:
    """Write a bill by the suffix of the path.

    `.json`, `.cdx.json` (CycloneDX 1.6), `.xlsx`, `.csv` (one list of uses), or none for a folder of CSV files. Its graph, which
    is not read back: `.dot` or `.gv` (Graphviz), `.mmd` (Mermaid).

    Raises:
        UsageError: `output-exists` if the path exists and `force` is not given.
        MissingExtraError: `extra-missing` without openpyxl.
    """
    write_file(bill_of(bom), Path(path), force=force)
