"""Whether the words of a claim stand in its evidence, in Chinese or across the two languages."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache

from index.bridge import Bridge
from index.cedict import lookup, ordinary_words
from index.english import in_english
from index.glossary import content_words
from index.pieces import is_chinese, stem
from index.terms import tokens
from rag.alignment import Alignment
from rag.amounts import find_amounts
from rag.dates import blank, find_dates
from rag.latin_names import Naming
from rag.subject import says_nothing

# Of a claim that the evidence bears out, at most this share of the words stands nowhere in it.
# Chinese: .12 on development questions, and .29 and more of those that were not borne out.
# English, whose words are bridged: .26, with all that reads as an addition above a third.
FOREIGN = {"zh": 0.25, "en": 0.34}
# Of what it cites itself right claims leave out hardly a word (.08, translations up to .23).
ADDED = 0.25
_NEW = 0.3  # share of words, each new in every character, that makes a Chinese claim another
FEW = 2  # so many foreign words are an accident of wording
_NAMED = 0.4  # share of a row's label that a claim on its figure has to name
_ENDING, _PLACE = 2, 5  # letters of the ending of an adjective, and of a place at least
_TERSE = 2  # words of a definition
_IF = re.compile(
    r"(?:如果|倘若|假如|一旦|若)(?P<what>[\u3400-\u9fff“”]{2,24}?)(?:会|将|则|就|的话|时|[，,])"
)
_HAPPENS = frozenset(
    ("发生", "出现", "发现", "存在", "公司", "情况", "行为", "问题", "没有", "未能")
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][A-Za-z]*[a-z]{2,}|\b[A-Z][A-Za-z]*[a-z]{2,}(?=['’]s\b)")
_FIRST = re.compile(r"\b([A-Z][a-z]+) $")
_NAMED_COMPANY = re.compile(r"([\u3400-\u9fff]{2})(?<![子分总母本该我各])(?:公司|集团)")
COUNTING = re.compile(r"[总数]量|总[数额计]|金额|人数|次数|数值?|情况|公司|年度|[的及与和]")
_LEVEL = re.compile(r"\d+|[A-Za-z]+\d*|[一二三四五六七八九十][级等期类档]")
_LEVEL_WORD = re.compile(rf"(?:{_LEVEL.pattern})\s*[级等期类档]?")
_ORDINALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)}
_WORDS = re.findall("[a-z]+", "one two three four five six seven eight nine ten")
_FIRSTS = re.findall("[a-z]+", "first second third fourth fifth sixth seventh eighth ninth tenth")
# What a claim says of every subject is nothing that the evidence would have to hold.
_COMMONPLACE = """
company companies report reports reporting period year years number amount total figure excerpt
include including follow provide also respectively however additionally furthermore overall various
several base relate specific certain use make take carry conduct well order ensure aim accordance
due mainly primarily approximately nearly per group chinese mention state name call kind type first
second third annual annually billion million thousand st nd rd th
"""


class Support:
    """Looks the words of claims up in Chinese evidence; English ones through the bridge.

    ``names`` are the company's own, ``others`` those of other companies with their English;
    ``alignment`` finds what no dictionary has.
    """

    def __init__(
        self,
        bridge: Bridge,
        names: Collection[str] = (),
        alignment: Alignment | None = None,
        others: Mapping[str, str] | None = None,
    ) -> None:
        self._bridge = bridge
        self._alignment = alignment
        self.own_names = tuple(names)
        self.naming = Naming(self.own_names, others or {})
        self._names = [name.casefold() for name in names]
        self._own = {token for name in names for token in tokens(name)}
        self._senses = lru_cache(maxsize=4096)(self._senses_of)

    def foreign(self, text: str, given: Collection[str], language: str) -> list[str]:
        """Return the words that the given tokens do not bear out, where these are too many."""
        words, missing = self._missing(text, given, language)
        return (
            missing if len(missing) > FEW and len(missing) > FOREIGN[language] * len(words) else []
        )

    def added(self, text: str, cited: Collection[str], language: str) -> list[str]:
        """Return the words that a claim adds to what it cites, where these are too many."""
        words, missing = self._missing(text, cited, language)
        missing = [word for word in missing if word not in self._own]
        if language == "zh":  # a word that is new in every character is hardly another wording
            new = [w for w in missing if not set(w) & set("".join(cited))]
            if len(new) >= FEW and len(new) > _NEW * len(words):
                return new
        return missing if len(missing) > FEW and len(missing) > ADDED * len(words) else []

    def _missing(
        self, text: str, given: Collection[str], language: str
    ) -> tuple[list[str], list[str]]:
        """Return the words of a claim, and those of them that are not given."""
        if language == "zh":
            words = [word for word in tokens(text) if len(word) > 1 and _HAN.search(word)]
            return words, [word for word in words if word not in given]
        words = self.words(text)
        return words, self.missing(words, given)

    def lent(self, text: str, question: str, cited: Collection[str]) -> list[str]:
        """Return the words that an English claim has from its question, where what it cites bears
        out none of them: "its digital transformation began in 2007", the year it was founded.
        """
        words = self.words(text)
        unasked = self.missing(words, given_tokens([question]))
        lent = [word for word in words if word not in unasked]
        return lent if len(lent) >= FEW and len(self.missing(lent, cited)) == len(lent) else []

    def supposed(self, text: str, cited: Collection[str]) -> list[str]:
        """Return the words of the condition of a Chinese claim, where what it cites bears out none
        of them: the consequence is that of something else than 如果出现商业贿赂.
        """
        for match in _IF.finditer(text):
            words = [w for w in tokens(match["what"]) if len(w) > 1 and w not in _HAPPENS]
            if words and not set(words) & set(cited):
                return words
        return []

    def lent_label(self, text: str, question: str, cited: Collection[str]) -> list[str]:
        """Return the words of a Chinese claim that states a figure, where all of them are from its
        question and what it cites bears out none: 15% is the share of five customers, and not of
        the market.
        """
        words = [w for w in tokens(text) if len(w) > 1 and _HAN.search(w) and not says_nothing(w)]
        words = [word for word in words if word not in self._own]
        if not find_amounts(text) or not set(words) <= set(tokens(question)):
            return []
        terms = [term for word in words for term in self._bridge.query_terms(word)]
        return words if all(term.keys().isdisjoint(cited) for term in terms) else []

    def words(self, text: str) -> list[str]:
        """Return the words of an English text that say something of its subject."""
        found = [word for word in content_words(text) if not re.search(r"\d", word)]
        return [w for w in found if stem(w) not in _common() and stem(w) not in self._own]

    def missing(self, words: list[str], given: Collection[str]) -> list[str]:
        """Return the English words that neither alone nor with a neighbour are borne out."""
        missing = []
        for place, word in enumerate(words):
            if self._borne_out((word,), given):
                continue
            pairs = (words[max(0, place - 1) : place + 1], words[place : place + 2])
            if not any(len(pair) > 1 and self._borne_out(tuple(pair), given) for pair in pairs):
                missing.append(word)
        return missing

    def explains(self, words: Collection[str], given: Collection[str]) -> bool:
        """Whether the dictionary explains something given by one of the words: 公正 by fair."""
        explained = _explanations(frozenset(given))
        return any(stem(word) in explained for word in words)

    def aligns(self, english: str, texts: Collection[str]) -> bool:
        """Whether some words of Chinese texts mean about what an English phrase does, without the
        company's name.
        """
        plain = " ".join(w for w in english.split() if w.casefold() not in self._names)
        alignment = self._alignment
        return alignment is not None and any(alignment.finds(plain, text) for text in texts)

    def unaligned(self, words: Sequence[str], texts: Collection[str]) -> list[str]:
        """Return English words that mean nothing in Chinese texts, where these are too many."""
        left = [word for word in words if not self.aligns(word, texts)]
        return left if len(left) > FEW else []

    def senses(self, text: str) -> set[str]:
        """Return the Chinese tokens that a text in either language holds or may stand for."""
        found = set(tokens(text))
        if not is_chinese(text) or re.search("[A-Za-z]{3}", text):
            words = self.words(text)
            for size in (1, 2, 3):
                for place in range(len(words) - size + 1):
                    found |= self._senses(tuple(words[place : place + size]))
        return found

    def names_label(self, text: str, label: str) -> bool:
        """Whether a text names enough of the label of a row, and its level (五级, T4)."""
        said = text.casefold()
        for level in _LEVEL.findall(label):
            number = _ORDINALS.get(level[0], level.casefold())
            forms = {level.casefold(), number}
            if number.isdecimal() and 0 < int(number) <= len(_WORDS):
                forms |= {_WORDS[int(number) - 1], _FIRSTS[int(number) - 1]}
            if not any(
                re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", said) for form in forms
            ):
                return False
        counted = bytearray(len(label))  # the characters that say what the row is about
        for match in re.finditer(r"[\u3400-\u9fff]", label):
            counted[match.start()] = 1
        for aside in (r"[(（][^)）]*[)）]", _LEVEL_WORD, COUNTING):
            for match in re.finditer(aside, label):
                counted[match.start() : match.end()] = bytes(len(match[0]))
        if not (letters := sum(counted)):
            return True
        marked = bytearray(len(label))
        for token in self.senses(text):
            for match in re.finditer(re.escape(token), label):
                marked[match.start() : match.end()] = b"\x01" * len(token)
        named = sum(map(int.__and__, counted, marked))
        return max(named / letters, _share_in(text, label)) >= _NAMED

    def names(self, text: str, word: str) -> bool:
        """Whether a text in either language has a Chinese word, or the English for it."""
        return word in self.senses(text) or _share_in(text, word) == 1

    def strangers(self, text: str, given: Collection[str], language: str) -> list[str]:
        """Return the names of others than the company that nothing given bears out."""
        if language == "zh":
            known = self._bridge.vocabulary
            named = [(match[0], match[1]) for match in _NAMED_COMPANY.finditer(text)]
            new = [(name, word) for name, word in named if word in set(tokens(word)) - known]
            # 收到公司: an ordinary word is no name
            return [name for name, word in new if all(e.is_name for e in lookup(word))]
        plain = blank(text, [(date.start, date.end) for date in find_dates(text)])
        found = []
        for match in _NAME.finditer(plain):
            name, low = match[0], match[0].casefold()
            first = _FIRST.search(plain, 0, match.start())  # Jin Hairong, read as one name
            if first and not self.missing([first[1].casefold(), low], given):
                continue
            own = any(
                low in n or n in low or get_close_matches(low, [n], 1, 0.7) for n in self._names
            )
            if own or low in ordinary_words() or _comes_from(low, frozenset(given)):
                continue
            if self.missing(self.words(name), given):
                found.append(name)
        return found

    def _borne_out(self, words: tuple[str, ...], given: Collection[str]) -> bool:
        return stem(words[0]) in given or not self._senses(words).isdisjoint(given)

    def _senses_of(self, words: tuple[str, ...]) -> frozenset[str]:
        terms = self._bridge.query_terms(" ".join(words))
        return frozenset(token for term in terms for token in term)


def _comes_from(name: str, given: frozenset[str]) -> bool:
    """Whether a name is that of a place that is given, with an ending: Indian, 印度."""
    stems = (name[:-size] for size in range(1, _ENDING + 1) if len(name) - size >= _PLACE)
    return not _explanations(given).isdisjoint(map(stem, stems))


@lru_cache(maxsize=256)
def _explanations(given: frozenset[str]) -> frozenset[str]:
    """Return the stems of the English words by which the dictionary explains Chinese ones, tersely:
    long definitions paraphrase. Single characters have too many senses.
    """
    entries = (entry for token in given if len(token) > 1 for entry in lookup(token))
    terse = (content_words(said) for entry in entries for said in entry.definitions)
    return frozenset(stem(word) for words in terse if len(words) <= _TERSE for word in words)


def _share_in(text: str, label: str) -> float:
    """Return the share of a label's English words that a text has."""
    stems = {stem(word) for word in content_words(text)}
    found = [stem(word) in stems for word in content_words(in_english(label) or "")]
    return sum(found) / len(found) if found else 0.0


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, _COMMONPLACE.split()))


def given_tokens(texts: Iterable[str]) -> frozenset[str]:
    """Return the tokens that the texts hold."""
    return frozenset(token for text in texts for token in tokens(text))
