"""How the companies and people of a Chinese report are called in English."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.cedict import reading
from index.english import in_english
from index.terms import in_dictionary
from rag.naming import places, with_own_name
from rag.people import people

_FULL = re.compile(
    r"[\u3400-\u9fff()（）]{4,30}?(?:股份有限公司|有限责任公司|有限公司|股份公司|合伙企业|事务所)"
)
_CELL = re.compile(r"\t|\||\s{2,}")
_TERM = re.compile(r"[\u3400-\u9fff]{2,10}")
_BEHIND = re.compile(r"\s*[（(]\s*(?:以下|下文|下称)?简?称[:：]?\s*(?P<terms>[^（()）]{2,60})[)）]")
_STEM = 2  # characters of a name that is no word: 海澜 of 海澜燃气


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of a report: those of its ``own`` company, Chinese and Latin, and ``others`` with
    their English.
    """

    own: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)

    def in_latin(self, text: str) -> str:
        """Put Latin names in the place of Chinese ones; a model makes them up ("Entropy base")."""
        others = {**people(text), **self.others}
        text = with_own_name(text, self.own)
        if not others:
            return text
        longest_first = sorted(others, key=len, reverse=True)
        named = re.compile(
            rf"(?P<before>(?<=[A-Za-z]))?(?P<name>{'|'.join(map(re.escape, longest_first))})"
            r"(?P<behind>(?=[A-Za-z]))?"
        )
        return named.sub(
            lambda m: " " * (m["before"] is not None) + others[m["name"]]
            + " " * (m["behind"] is not None),
            text,
        )  # fmt: skip


def defined(texts: Iterable[str]) -> dict[str, str]:
    """Return the short names of companies with the full names that they are defined to stand for:
    in the row of a table (川骨器械, 指, 成都川骨医疗器械有限公司), or in brackets behind the full
    name (以下简称“川骨器械”).
    """
    found: dict[str, str] = {}
    for text in texts:
        for line in text.split("\n"):
            for term, full in (*_in_row(line), *_in_brackets(line)):
                if not in_dictionary(term) and _is_short_for(term, full):
                    found.setdefault(term, full)
    return found


def english_names(names: Mapping[str, str], own: Sequence[str] = ()) -> dict[str, str]:
    """Return the short names, and what of them is no word, with their English: 海澜燃气 is Hailan
    Gas, 海澜 Hailan. ``own`` are the names of the report's company, Chinese and Latin.
    """
    said: dict[str, str] = {}
    for short, full in names.items():
        if len(own) > 1 and full.startswith(own[0]):
            said[short] = own[1]
            continue
        place = _place_of(short)
        rest = short.removeprefix(place)
        stem, kind = rest[:_STEM], rest[_STEM:]
        is_word = in_dictionary(stem)
        if is_word and not full.removeprefix(_place_of(full)).startswith(stem):
            continue  # 精密部件, of a company whose name begins otherwise
        latin = own[1] if len(own) > 1 and own[0].startswith(stem) else _read(stem)
        parts = [places(short).get(place, ""), latin, _kind(kind)]
        english = " ".join(filter(None, parts))
        if english in said.values():  # 岚川医药, 岚川制药
            english = " ".join(filter(None, [*parts[:2], _read(kind)]))
        said[short] = english
        if not is_word:
            said.setdefault(stem, latin)
    return said


def _place_of(name: str) -> str:
    return next((place for place in places(name) if name.startswith(place)), "")


def _read(name: str) -> str:
    return "".join(map(reading, name)).capitalize()


def _kind(words: str) -> str:
    """What a company does, by the end of its short name: Holdings."""
    return (in_english(words) or _read(words)).title() if words else ""


def _in_row(line: str) -> Iterator[tuple[str, str]]:
    first, *rest = _CELL.split(line.strip(" |"))
    if rest and (full := _FULL.search(" ".join(rest))):
        for term in re.split("[、/，,]", first):
            if _TERM.fullmatch(term.strip()):
                yield term.strip(), full[0]


def _in_brackets(line: str) -> Iterator[tuple[str, str]]:
    for full in _FULL.finditer(line):
        if behind := _BEHIND.match(line, full.end()):
            for term in _TERM.findall(behind["terms"]):
                yield term, full[0]


def _is_short_for(short: str, full: str) -> bool:
    """Whether a full name has the characters of a short one in their order, and more."""
    rest = iter(full)
    return len(short) < len(full) and all(character in rest for character in short)
