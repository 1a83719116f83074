"""Cut text into runs of Chinese, words and numbers, written in one way."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

HAN = "〇㐀-䶿一-鿿\U00020000-\U0003ffff"
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
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_lock = threading.Lock()  # a stemmer serves one thread at a time

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


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the English stem of a lower-case word; numbers and codes come back unchanged."""
    if not word.isalpha():
        return word
    with _lock:
        stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
