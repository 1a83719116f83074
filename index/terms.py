"""Cut text and questions into the same search terms."""

import hashlib
import logging
import re
import threading
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

# Tags of jieba's dictionary.
_FUNCTION_CLASSES = frozenset(b"c d f m mq p r u ul uj y e o".split())
_TOKENS_VERSION = 1  # raise it with every change to tokens()
GLOSSARY = Path(__file__).with_name("glossary.tsv")
EVERYDAY = Path(__file__).with_name("everyday.tsv")

HAN = "〇㐀-䶿一-鿿\U00020000-\U0003ffff"
LONGEST_NAME = 4  # Chinese characters, of a person or a place
_HAN = re.compile(f"[{HAN}]")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
_STANDARD = re.compile(r"(?<![a-z])([a-z]{2,6}\d*)/t(?=\s*\d)")  # GB/T 1234, DB44/T 1234
_PIECE = re.compile(
    rf"""
    [{HAN}]+                                            # a run of Chinese
    | (?<![a-z0-9])[a-z](?:\s?&\s?[a-z])+(?![a-z0-9])   # R&D
    | (?<!\d\.)\d+\.\d+(?!\.?\d)                        # a decimal, but not a part of 2023.12.31
    | (?:(?![{HAN}])[^\W_])+                            # a word, an integer, a code
    (?:['’](?:s|t|re|ve|ll|d|m)(?![a-z0-9]))?           # an English ending, cut off below
    """,
    re.VERBOSE,
)
# ISO27001 = ISO 27001 and 500kWh = 500 kWh, but CO2, B2B and 5G stay whole.
_JOINT = re.compile(r"(?<=[a-z]{2})(?=\d{2})|(?<=\d{2})(?=[a-z])")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_lock = threading.Lock()  # a stemmer serves one thread at a time; jieba is loaded but once

_CHINESE = """
的 了 是 在 和 与 及 以及 或 或者 并 并且 而 而且 也 都 就 还 又 则 且
之 于 以 为 对 对于 关于 由 从 自 向 把 被 将 给 让 使 其 该 此 这 那
这个 那个 这些 那些 各 某 们 我 我们 你 你们 您 他 他们 它 它们 她 她们 本
有 没有 没 无 不 着 过 地 得 所 等 等等 中 里 上 下 内 吗 呢 吧 啊 呀
嘛 哦 么 什么 甚么 哪 哪些 哪个 哪几 哪里 哪儿 哪家 哪位 谁 几 几个 多少
如何 怎么 怎样 怎么样 为何 为什么 是否 是不是 有没有 有无 能否 可否 请 请问
告诉 想 知道 想知道 一下 分别 具体 情况 那么 因为 所以 但 但是 如果 虽然 通过
进行 根据 按照 其中 包括 有关 相关 方面 以上 以下 左右 可以 能 会 要
"""
CHINESE_STOP_WORDS = frozenset(_CHINESE.split())
_ENGLISH = """
a an the of in on at by for to from with without within into onto between among during about
against as than then and or but nor if so because while though although since until via is are
was were be been being am do does did done doing has have had having can could may might must
shall should will would ought i me my we us our ours you your yours he him his she her hers it
its they them their theirs this that these those there here who whom whose which what when where
why how many much not no yes any some each every both either neither all such other others own
same only just also too very more most less least few several again ever s t re ve ll don isn
aren wasn weren doesn didn won wouldn please tell let
"""
ENGLISH_STOP_WORDS = frozenset(_ENGLISH.split())


def terms_version() -> str:
    """Return what changes when the same text gives other tokens: an index then is out of date."""
    glossary_sha256 = hashlib.sha256(GLOSSARY.read_bytes()).hexdigest()
    return f"{_TOKENS_VERSION}-{glossary_sha256[:12]}"


def normalise(text: str) -> str:
    """Return the text with half-width forms and simplified characters; case is kept."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if not _HAN.search(text):
        return text
    simplified: str = _simplifier().convert(text)
    return simplified


def is_chinese(text: str) -> bool:
    """Tell whether the text holds a Chinese character."""
    return _HAN.search(text) is not None


def pieces(text: str) -> Iterator[str]:
    """Yield runs of Chinese, lower-case words and numbers, in the order of the text."""
    text = normalise(text).lower()
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = _STANDARD.sub(r"\1t", text)
    for match in _PIECE.finditer(text):
        piece = re.sub(r"['’].*|\s", "", match[0])
        if re.fullmatch(r"\d+\.\d+", piece):
            yield piece.rstrip("0").rstrip(".")  # 19.70 = 19.7
        else:
            yield from _JOINT.split(piece)


def tokens(text: str) -> list[str]:
    """Return the search terms of a text or a question, repetitions kept, stop words dropped.

    Chinese words come with the dictionary words inside them, English words as stems.
    """
    found = []
    for piece in pieces(text):
        if is_chinese(piece):
            found += [word for word in _segment(piece) if word not in CHINESE_STOP_WORDS]
        elif piece not in ENGLISH_STOP_WORDS:
            found.append(stem(piece))
    return found


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the English stem of a lower-case word; numbers and codes come back unchanged."""
    if not word.isalpha():
        return word
    with _lock:
        stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def glossary() -> dict[str, tuple[str, ...]]:
    """Return the English forms of every Chinese term, the best one first."""
    entries: dict[str, tuple[str, ...]] = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            chinese, english = line.split("\t")
            entries[chinese] = tuple(form.strip() for form in english.split(";"))
    return entries


@cache
def _same_in_english() -> dict[str, tuple[str, ...]]:
    """Return the Chinese terms of each best English form."""
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for chinese, forms in glossary().items():
        terms[forms[0].lower()].append(chinese)
    return {form: tuple(alike) for form, alike in terms.items()}


def synonyms(chinese: str) -> tuple[str, ...]:
    """Return the other Chinese terms that the glossary words in English just the same, and what
    reports say for an everyday word.
    """
    forms = glossary().get(chinese)
    alike = _same_in_english()[forms[0].lower()] if forms else ()
    return *(term for term in alike if term != chinese), *everyday().get(chinese, ())


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Return the words that reports have for everyday ones: 开支 is 支出."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {said: tuple(words.split()) for said, words in pairs}


def chinese_terms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the Chinese terms of a phrase; of one with the same stems where there are none."""
    terms = _by_english()
    exact = terms.get(tuple(map(singular, words)))
    return exact or terms.get(tuple(map(stem_key, words)), ())


def content_words(english: str) -> tuple[str, ...]:
    """Return the words of an English phrase, without what stands in brackets."""
    words = pieces(_ASIDE.sub(" ", english))
    return tuple(w for w in words if w not in ENGLISH_STOP_WORDS and not is_chinese(w))


def singular(word: str) -> str:
    """Return the singular by Harman's S-stemmer.

    A whole stem would make one word of governance and government.
    """
    if word.endswith("ies") and not word.endswith(("aies", "eies")):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def stem_key(word: str) -> str:
    """Return the stem in a spelling that no whole word has."""
    return stem(word) + "-"


@cache
def longest_phrase() -> int:
    """Return how many words the longest English form has."""
    return max(map(len, _by_english()))


def to_english(chinese: str) -> str | None:
    """Return the English wording of a label, or None where the glossary does not cover all of it.

    Digits, Latin letters and brackets of the label are kept.
    """
    label = normalise(chinese).strip()
    if label in glossary():
        return glossary()[label][0]
    parts = [part for part in re.split(f"([{HAN}]+)", label) if part.strip()]
    wording = [_compose(part) if is_chinese(part) else part.strip() for part in parts]
    if not wording or not is_chinese(label) or None in wording:
        return None
    return re.sub(r"(?<=\() | (?=[),:;%])", "", " ".join(word for word in wording if word))


def to_chinese(english: str) -> list[str]:
    """Return the Chinese terms of an English word or phrase, in whatever inflection."""
    return list(chinese_terms(content_words(english)))


@cache
def _by_english() -> dict[tuple[str, ...], tuple[str, ...]]:
    """English words or stems -> Chinese terms, those first that it is the best form of."""
    ranked: defaultdict[tuple[str, ...], list[tuple[bool, str]]] = defaultdict(list)
    for chinese, forms in glossary().items():
        for form in forms:
            words = content_words(form)
            for key in (singular, stem_key) if words else ():
                ranked[tuple(map(key, words))].append((form != forms[0], chinese))
    return {
        words: tuple(dict.fromkeys(chinese for _, chinese in sorted(terms, key=lambda t: t[0])))
        for words, terms in ranked.items()
    }


def _compose(label: str) -> str | None:
    """Word a run of Chinese by the fewest glossary terms that make it up, long ones first."""
    best: list[list[str] | None] = [None] * len(label) + [[]]
    for start in reversed(range(len(label))):
        for end in range(len(label), start, -1):
            rest, forms = best[end], glossary().get(label[start:end])
            known = best[start]
            if rest is not None and forms and (known is None or len(rest) + 1 < len(known)):
                best[start] = [forms[0], *rest]
    return None if best[0] is None else " ".join(best[0])


def _segment(run: str) -> Iterator[str]:
    """Cut a run of Chinese into words, with the words inside them and long ones across them.

    jieba's search mode would lose 信息安全 in 信息安全管理 (it stops at three characters) and
    职业健康 in 职业健康检查 (cut as 职业 / 健康检查). HMM stays off: it guesses new words from what
    stands around them, which is not the same in question and text.
    """
    with _lock:
        segmenter = _segmenter()
    dictionary_words = segmenter.get_DAG(run)
    words = list(segmenter.cut(run, HMM=False))
    yield from _unknown_names(words)
    start = 0
    for word in words:
        end = start + len(word)
        if len(word) == 1:
            yield word
        for left in range(start, end):
            for last in dictionary_words[left]:
                size = last + 1 - left
                if size > 2 or (size == 2 and last < end):
                    yield run[left : last + 1]
        start = end


def _unknown_names(words: list[str]) -> list[str]:
    """Return the neighbouring single characters as words: mostly names that jieba lacks."""
    singles = (w if len(w) == 1 and w not in CHINESE_STOP_WORDS else " " for w in words)
    return [name for name in "".join(singles).split() if 2 <= len(name) <= LONGEST_NAME]


def in_dictionary(word: str) -> bool:
    """Tell whether jieba knows a Chinese word (with the glossary's terms)."""
    with _lock:
        return bool(_segmenter().FREQ.get(word))


def chinese_words(run: str) -> list[str]:
    """Return the words of a run of Chinese, one behind the other."""
    with _lock:
        return list(_segmenter().cut(run, HMM=False))


def word_bounds(run: str) -> frozenset[int]:
    """Return the places of a run of Chinese where one of its words begins or ends."""
    return frozenset(accumulate(map(len, chinese_words(run)), initial=0))


@cache
def function_words() -> frozenset[str]:
    """Return the Chinese words that name nothing, by the classes of jieba's dictionary: adverbs,
    conjunctions, prepositions, pronouns, particles, numerals and words of place.
    """
    with _lock:
        _segmenter()  # loads jieba, quietly
    import jieba

    with jieba.get_dict_file() as file:
        tagged = (line.split() for line in file)
        words = [word for word, _, tag in tagged if tag in _FUNCTION_CLASSES]
    return frozenset(word.decode("utf-8") for word in words) - glossary().keys()


@cache
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources, inside jieba
        import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()  # our own, so that no other user of jieba sees our words
    for term in glossary():
        if len(term) > 1 and not re.search(f"[^{HAN}]", term):
            segmenter.add_word(term)
    return segmenter


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
