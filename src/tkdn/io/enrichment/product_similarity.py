"""How alike two names are: of firms whatever their legal form is written like, of products whatever the order of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType

from tkdn.bom.firm_names import firm, forms_differ, words
from tkdn.errors import MissingExtraError

_OTHER_FORM = 90
"""The score of two firms whose names are one, and whose legal forms are not."""


def rapidfuzz_of() -> ModuleType:
    """The library that compares texts. Raises `MissingExtraError`."""
    try:
        import rapidfuzz
    except ImportError:
        raise MissingExtraError.of("Matching by maker and product", "match") from None
    return rapidfuzz


def firm_score(one: str, other: str) -> int:
    """How alike two names of firms are, from 0 to 100. Raises `MissingExtraError`.

    >>> firm_score("PT Logam Jaya", "Logam Jaya, P.T."), firm_score("PT Logam Jaya", "CV Logam Jaya")
    (100, 90)
    """
    return dict(Firms([other], least=0).like(one)).get(other, 0)


def _with_forms(one: str, other: str, ratio: int) -> int:
    return min(ratio, _OTHER_FORM) if forms_differ(one, other) else ratio


class Firms:
    """Names of firms, and which of them are alike to another one, from 0 to 100; each is looked for once.

    >>> Firms(["Logam Jaya, P.T.", "CV Logam Jaya", "PT Baja"], least=60).like("PT Logam Jaya")
    [('Logam Jaya, P.T.', 100), ('CV Logam Jaya', 90)]
    """

    def __init__(self, names: Iterable[str], least: int) -> None:
        self._names, self._least = {name: firm(name) for name in names if name}, least
        self._ordered = {name: _ordered(text.split()) for name, text in self._names.items()}
        self._found: dict[str, list[tuple[str, int]]] = {}

    def like(self, name: str) -> list[tuple[str, int]]:
        """The names with their scores, the most alike first."""
        if name not in self._found:
            fuzzy, sought = rapidfuzz_of(), firm(name)
            near = fuzzy.process.extract(
                _ordered(sought.split()), self._ordered, scorer=fuzzy.fuzz.ratio, score_cutoff=self._least, limit=None
            )
            scored = [(other, _with_forms(name, other, int(ratio))) for _, ratio, other in near if sought]
            self._found[name] = [(other, score) for other, score in scored if score >= self._least]
        return self._found[name]


def _ordered(found: Iterable[str]) -> str:
    return " ".join(sorted(found))


@dataclass(frozen=True, slots=True)
class Described:
    """A product by the texts that describe it: their words in order of the alphabet, and those of three letters or more."""

    texts: tuple[str, ...]
    words: frozenset[str]

    @classmethod
    def of(cls, *texts: str) -> Described:
        found = list(map(words, dict.fromkeys(texts)))
        ordered = dict.fromkeys(_ordered(each) for each in found if each)
        return cls(tuple(ordered), frozenset(word for each in found for word in each if len(word) > 2))

    def shares_a_word(self, other: Described) -> bool:
        """Whether a word of three letters or more stands in both.

        >>> Described.of("Paint").shares_a_word(Described.of("Paint, water based"))
        True
        """
        return not self.words.isdisjoint(other.words)

    def scores(self, others: Sequence[Described], least: int = 0) -> list[int]:
        """How alike each of the others is, from 0 to 100, by the most alike of the texts; 0 where that is below `least`.

        >>> frame, wheel = Described.of("Rangka sasis"), Described.of("Roda")
        >>> frame.scores([Described.of("SASIS, RANGKA")]), wheel.scores([Described.of("Roda gigi")])
        ([100], [61])
        """
        fuzzy = rapidfuzz_of()
        owners = [at for at, other in enumerate(others) for _ in other.texts]
        texts = [text for other in others for text in other.texts]
        best = [0] * len(others)
        for one in self.texts:
            for _, ratio, at in fuzzy.process.extract(
                one, texts, scorer=fuzzy.fuzz.ratio, score_cutoff=least, limit=None
            ):
                best[owners[at]] = max(best[owners[at]], int(ratio))
        return best
