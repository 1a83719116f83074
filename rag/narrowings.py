"""The part of a whole that a question narrows itself to, which its evidence has to name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.cedict import ordinary_words
from index.pieces import is_chinese
from rag.naming import places

NARROWINGS = Path(__file__).with_suffix(".tsv")

Words = tuple[str, ...]

_FOLLOWS_ZH = re.compile(r"的?([\u4e00-\u9fff]{2,3})")
_FOLLOWS_EN = re.compile(r" ([a-z-]+)", re.IGNORECASE)
_SITE = (
    r"(?:分公司|子公司|公司|工厂|厂区?|园区|基地|办事处|分支机构"
    r"|(?:研发|技术|客服|服务|培训|数据|运营)?中心|实验室|研究院|仓库)"
)
_SITE_EN = (
    r"(?i:subsidiary|branch|unit|arm|plant|factory|office|site|park|campus|lab"
    r"|(?:R&D |research |service |training )?cent(?:er|re))"
)
_PLACE_STEM = 4  # letters
_PLACE_EN = r"([A-Z][a-z]{3,})"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A part that a question names: the Chinese words that evidence has for it, and what of the
    question follows, of which it is the part: suppliers of "overseas suppliers".
    """

    words: Words
    of: str


def narrowings(question: str) -> list[Narrowing]:
    """Return the parts that a question names."""
    chinese = is_chinese(question)
    follows = _FOLLOWS_ZH if chinese else _FOLLOWS_EN
    found = []
    for words, in_chinese, in_english in _narrowings():
        if match := (in_chinese if chinese else in_english).search(question):
            behind = follows.match(question, match.end())
            found.append(Narrowing(words, behind[1] if behind else ""))
    return found


def names_parts(said: str, texts: Collection[str]) -> bool:
    """Whether each part that a question or a claim names stands in one of the texts."""
    return all(any(names_part(part.words, text) for text in texts) for part in narrowings(said))


def names_part(words: Words, text: str) -> bool:
    """Whether a text of the report has one of the words for a part."""
    return any(word in text for word in words)


def place_of_part(question: str, names: Collection[str]) -> str:
    """Return the place that a question names a subsidiary or a site of the company by, or "".

    ``names`` are the company's own: 厦门 of 厦门熵基, Xiamen of ZKTeco Xiamen.
    """
    own = "|".join(re.escape(name) for name in names if name)
    short = "|".join(re.escape(name[:-2]) for name in names if is_chinese(name) and name[3:])
    called = "|".join(filter(None, (own, short, _SITE)))
    for match in re.finditer(rf"([\u4e00-\u9fff]{{2,3}}?)市?的?(?:{called})", question):
        if match[1] in places(match[1]):
            return match[1]
    forms = [rf"\b{_PLACE_EN} {_SITE_EN}\b"]
    if own:
        forms += [rf"\b(?i:{own}) {_PLACE_EN}(?!\w)", rf"\b{_PLACE_EN} (?i:{own})\b"]
    english = re.finditer("|".join(forms), question)
    words = [next(filter(None, match.groups()), "") for match in english]
    return next((word for word in words if word.lower() not in ordinary_words()), "")


def names_place(place: str, meant: Collection[str], text: str) -> bool:
    """Whether a Chinese text names the place of a part; ``meant`` are Chinese words for it.

    An English place goes by its adjective, too: Mexican of 墨西哥, Mexico.
    """
    if place in text or any(word in text for word in meant):
        return True
    begins = place[:_PLACE_STEM].casefold()
    return any(name.casefold().startswith(begins) for name in places(text).values())


@cache
def _narrowings() -> list[tuple[Words, re.Pattern[str], re.Pattern[str]]]:
    lines = NARROWINGS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [
        (
            tuple(words.split()),
            re.compile(chinese),
            re.compile(rf"\b(?:{english})\b", re.IGNORECASE),
        )
        for words, chinese, english in rows
    ]
