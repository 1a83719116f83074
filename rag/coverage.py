"""How much of a question some text covers: its rare words count more than its common ones."""

import math
import re
from collections.abc import Collection

from index.bridge import Bridge
from index.keywords import KeywordIndex
from index.terms import normalise, tokens

_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_GOOD = 0.4  # a weaker alternative of a term does not count as the term
# What asks and what measures says nothing of the subject.
_ASKING = frozenset(
    tokens(
        "数量 多少 金额 人数 次数 总数 总额 数 公司 报告 报告期 年 年度 披露 同比 相比 增长 变化 趋势 比例 占比 目前 截至"
        " number amount total percentage percent share figure year company report change increase compare compared"
        " averag rough overal total give respect annual actual took time each"
        " trend many much growth grow spend spent disclose disclosed 2 3 3年 三年 近三年"
    )
)


class Coverage:
    """The weighted terms of one question."""

    def __init__(
        self,
        question: str,
        bridge: Bridge,
        keywords: KeywordIndex,
        names: Collection[str] = (),
        *,
        focus: str = "",
    ) -> None:
        self._keywords = keywords
        for name in names:
            question = re.sub(re.escape(name), " ", question, flags=re.IGNORECASE)
        self.terms: list[set[str]] = []
        self._weights: list[float] = []
        for term in bridge.query_terms(question):
            kept = {t: w for t, w in term.items() if w >= _GOOD} or term
            if not all(_says_nothing(token) for token in kept):
                self.terms.append(set(kept))
                self._weights.append(max(w * self._weight(t) for t, w in kept.items()))
        self.focus = (
            frozenset(
                i
                for i, term in enumerate(self.terms)
                if any(not term.isdisjoint(other) for other in bridge.query_terms(focus))
            )
            if focus
            else frozenset()
        )
        self.unknown = _unknown(question, bridge)
        self._total = sum(self._weights) + len(self.unknown) * self._weight("")

    def covered(self, words: Collection[str]) -> frozenset[int]:
        """Return the positions of the terms that the words hold."""
        return frozenset(i for i, term in enumerate(self.terms) if not term.isdisjoint(words))

    def weight(self, covered: Collection[int]) -> float:
        """Return the share, from 0 to 1, that these terms have in the question."""
        return sum(self._weights[i] for i in covered) / self._total if self._total else 0.0

    def named(self, words: Collection[str]) -> float:
        """Return the share of the words that the question names, by weight."""
        counted = [word for word in words if word not in _ASKING]
        asked = set().union(*self.terms) if self.terms else set()
        total = sum(self._weight(word) for word in counted)
        return (
            sum(self._weight(word) for word in counted if word in asked) / total if total else 0.0
        )

    def _weight(self, token: str) -> float:
        """Inverse document frequency, as in BM25; a word the report lacks weighs most."""
        count, frequency = len(self._keywords), self._keywords.document_frequency(token)
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def _says_nothing(token: str) -> bool:
    """Whether it only asks or measures; one Chinese character is a scrap of a longer word."""
    scrap = len(token) == 1 and not token.isascii()
    return scrap or token in _ASKING or _YEAR.fullmatch(token) is not None


def _unknown(question: str, bridge: Bridge) -> list[str]:
    """Return the content words that say nothing in terms of the report."""
    words = [word for word in tokens(normalise(question)) if not _says_nothing(word)]
    return [word for word in dict.fromkeys(words) if not bridge.query_terms(word)]
