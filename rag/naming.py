"""The names of a Chinese text for an English reader: the company's own, and places."""

import re
from collections.abc import Collection, Mapping, Sequence

from index.cedict import lookup
from index.english import in_english
from index.pieces import is_chinese
from index.terms import in_dictionary, tokens

_LEGAL = re.compile(r"[\u3400-\u9fff()（） ]{0,14}?有限(?:责任)?公司")
_TOWN = re.compile("(?<=[省市区县州])([\u3400-\u9fff]{2,4}?)(?:镇|乡|村|街道)")
_OWN_LEGAL = re.compile(r"(?:股份|集团)*有限(?:责任)?公司")
_ENDING = 2  # characters of a name's ending that says what the company does: 科技, 食品


def with_own_name(text: str, names: Sequence[str]) -> str:
    """Put the company's Latin name in the place of its Chinese one, also in short (厦门熵基).

    The full names of its subsidiaries stay: they are what a reader may have asked for.
    """
    if len(names) < 2:
        return text
    stem = names[0][:-_ENDING]
    short = len(stem) > 1 and not in_dictionary(stem) and in_dictionary(names[0][-_ENDING:])
    own = "|".join(map(re.escape, [names[0], stem] if short else [names[0]]))

    def named(match: re.Match[str]) -> str:
        place = places(match[1]).get(match[1], "") if match[1] else ""
        legal = _LEGAL.match(text, match.end())
        if legal and (place or match[1] or not _OWN_LEGAL.fullmatch(legal[0])):
            return match[0]
        return f"{place} {names[1]}" if place else f"{match[1] or ''}{names[1]}"

    said = re.sub(rf"([\u3400-\u9fff]{{2}}(?=市?(?:{own})))?(?:{own})", named, text)
    latin = re.escape(names[1])
    return re.sub(rf"\b({latin})(?:\s*{latin})+\b", r"\1", said)  # printed in both: ZKTeco 熵基


def places(text: str) -> dict[str, str]:
    """Return the places that a Chinese text names, with their English names."""
    found = _names(text)
    towns = _TOWN.findall(text)  # 樟木 is a place, and no part of 樟木头镇
    return {
        word: english
        for word, english in found.items()
        if english[0].isupper()
        and not any(other in word and said in english for other, said in _others(word, found))
        and not _is_inside(word, text, found)
        and not any(word in town and word != town for town in towns)
    }


def shares_place(question: str, text: str) -> bool:
    """Whether a Chinese text names a place that a question, in either language, names too."""
    return any(
        word in question or re.search(rf"\b{re.escape(english)}\b", question)
        for word, english in places(text).items()
    )


def wrong_places(claim: str, text: str) -> list[str]:
    """Return the English places of a claim that the Chinese text has only inside the names of
    others: India for 印度尼西亚.
    """
    found = _names(text)
    return [
        english
        for word, english in found.items()
        if re.search(rf"\b{re.escape(english)}\b", claim) and _is_inside(word, text, found)
    ]


def _names(text: str) -> dict[str, str]:
    """Return the words that are names alone, also those inside others, with their English."""
    found = {}
    words = dict.fromkeys(tokens(text))
    for word in words:
        if _is_cut_out(word, text, words):
            continue
        entries = lookup(word) if is_chinese(word) and len(word) > 1 else []
        if entries and all(entry.is_name for entry in entries) and (english := in_english(word)):
            found[word] = english
    return found


def _is_inside(word: str, text: str, found: Mapping[str, str]) -> bool:
    """Whether it stands only in longer names that are called otherwise in English."""
    around = [o for o, said in _others(word, found) if word in o and found[word] not in said]
    return bool(around) and word not in re.sub("|".join(map(re.escape, around)), " ", text)


def _others(word: str, found: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(other, english) for other, english in found.items() if other != word]


def _is_cut_out(word: str, text: str, words: Collection[str]) -> bool:
    """Whether its last character begins the next word, wherever it stands: 云安 in 云安全."""
    nexts = [text[m.end() - 1 : m.end() + 1] for m in re.finditer(re.escape(word), text)]
    return bool(nexts) and all(after in words and after != word for after in nexts)
