"""Whether a figure is told of what a question asks about: the part, the rate, the place."""

import re
from collections.abc import Sequence

from index.quantity import without_unit
from index.terms import tokens
from rag import asked, combining
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.narrowings import names_part, names_place, narrowings, place_of_part

_NAMED = 0.5  # share of a row's label that the question must name, of it that a sentence has
_MEANT = 0.6  # the same, of the one row that it means
_RATE = re.compile(r"..(?<![功频效])率$")
_IS_RATE = re.compile(r"率|[%％‰]|分之|占[^，,。；;：]{0,12}比")


def rate_terms(coverage: Coverage) -> frozenset[int]:
    """Return the positions of the terms of a question that name a rate: 流失率."""
    return frozenset(i for i, term in enumerate(coverage.terms) if all(map(_RATE.search, term)))


def tells_rate(text: str) -> bool:
    """Whether a text of the report gives, or names, a rate or a share."""
    return _IS_RATE.search(text) is not None


def tells_of_parts(question: str, evidence: Sequence[Evidence], coverage: Coverage) -> bool:
    """Whether some piece names each part that the question narrows itself to, together with what
    it is a part of: 境外 subsidiaries tell nothing of 境外 suppliers; and the rate it asks for.
    """
    covered = [(p.told, coverage.covered(words_of(p))) for p in evidence]
    told = frozenset[int]().union(*(words for _, words in covered))
    rates = rate_terms(coverage) if asked.rate(question) else frozenset()
    for rate in rates - told:
        of = min(coverage.terms[rate], key=len)[:2]  # 研发 of 研发费用率
        if not any(tells_rate(text) and of in text for text, _ in covered):
            return False
    rates &= told
    if rates and (bound := combining.bound(question)):
        classes = [words for text, words in covered if combining.bound(text) == bound]
        if not any(rates <= words for words in classes):
            return False
    for part in narrowings(question):
        whole = coverage.covered(coverage.tokens_for(part.of)) & told
        named = [words for text, words in covered if names_part(part.words, text)]
        if not any(rates <= words and (not whole or whole & words) for words in named):
            return False
    return True


def tells_of_another(
    near: Sequence[Evidence], telling: Sequence[Evidence], coverage: Coverage
) -> bool:
    """Whether rows tell so many hours, or people, of something else than the row that the question
    means, which has another unit.
    """
    if any(piece.kind != "row" or is_meant(piece, coverage) for piece in telling):
        return False
    rest = [piece for piece in near if piece.kind == "row" and piece not in telling]
    return any(_named(piece, coverage) >= _MEANT for piece in rest)


def tells_of_place(question: str, texts: Sequence[str], coverage: Coverage) -> bool:
    """Whether one of the texts names the place of the branch that a question is about, if any."""
    place = place_of_part(question, coverage.names)
    meant = coverage.tokens_for(place) if place else ()
    return not place or any(names_place(place, meant, text) for text in texts)


def is_meant(piece: Evidence, coverage: Coverage) -> bool:
    """Whether a row, or a sentence, is of what the question names."""
    if piece.kind == "row":
        return _named(piece, coverage) >= _NAMED
    return coverage.weight(coverage.covered(words_of(piece))) >= _NAMED


def _named(row: Evidence, coverage: Coverage) -> float:
    label = without_unit(row.words.partition("：")[0])
    return max(map(coverage.named, (label, label.rpartition(" ")[2])))  # what is before: captions


def words_of(piece: Evidence) -> set[str]:
    """Return the tokens of a piece, with those of its headings."""
    return set(tokens(piece.told))
