"""Word the labels of Chinese tables in English, by the glossary and, for what is left, CC-CEDICT.

A label is a noun phrase whose last part says what is counted: 供应商总数量 is the total number of
suppliers. It always stands beside its Chinese, so that a plain wording is better than none.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from index.cedict import lookup
from index.glossary import glossary
from index.pieces import HAN, is_chinese, normalise

LABEL_WORDS = Path(__file__).with_name("label_words.tsv")

_GROUPED = re.compile(r"按(?P<by>.{1,8}?)(?:划分|构成|分类|统计|区分|分)(?:的(?P<of>.+))?")
# What a label counts or measures: the Chinese ending, and how the rest is put with it.
_ENDINGS = {
    "数量合计": "total number of {}",
    "总数量": "total number of {}",
    "总人数": "total number of {}",
    "总人次": "total participants in {}",
    "总次数": "total number of {}",
    "总时长": "total hours of {}",
    "总金额": "total amount of {}",
    "总额": "total {}",
    "总量": "total {}",
    "数量": "number of {}",
    "人数": "number of {}",
    "总数": "total number of {}",
    "培训开展次数": "number of {} training sessions",
    "培训次数": "number of {} training sessions",
    "开展次数": "number of times of {}",
    "参与人次": "participants in {}",
    "次数": "number of times of {}",
    "人次": "participants in {}",
    "时长": "hours of {}",
    "金额": "amount of {}",
    "占比": "share of {}",
    "比例": "share of {}",
    "比率": "ratio of {}",
    "得分": "{} score",
    "评分": "{} score",
    "份数": "number of {}",
    "件数": "number of {}",
    "覆盖率": "coverage of {}",
    "通过率": "pass rate of {}",
    "合格率": "pass rate of {}",
    "满意度": "{} satisfaction",
    "率": "{} rate",
    "量": "{} volume",
    "额": "{} amount",
    "数": "number of {}",
}
_OWNED = re.compile(r"(?P<of>.{2,}?)的(?P<noun>[^的]{2,})")
_DATED = re.compile(rf"(?P<year>(?:19|20)\d{{2}})\s*(?:年度?)?\s*(?P<of>(?![年度])[{HAN}].*)")
_COUNTED = ("number of {}", "share of {}", "number of times of {}")
_NO_PLURAL = frozenset(
    ["staff", "personnel", "people", "training", "copyright", "software", "information"]
)
_LONGEST_WORD = 8  # characters
_LONGEST_SENSE = 3  # words
_LONGEST_NAME = 5
_CHINESE = re.compile(
    r"\s*[^\x00-\x7f]+(?:\|[^\x00-\x7f]+)?\[[^\]]*\]"
)  # of a definition, and how it is read
_DULL_SENSE = re.compile(
    r"CL:|refers to |variant of|see |abbr\.|surname |classifier|\(|old |used |to be "
)
_PLACE_ENDS = re.compile(
    r",| or | (?:prefecture|(?:sub-?provincial )?city|municipality|province|county"
    r"|(?:inner )?district|subdistrict|(?:Hui |Zhuang |Uighur |special )?"
    r"(?:administrative|autonomous) region)\b",
    re.IGNORECASE,
)
_UNKNOWN_COST = 3  # a word of the dictionary weighs as much as three of the glossary


_AGES = (  # what a class of ages is called
    (re.compile(r"(\d+)\s*岁?(?:及|\(含\)|（含）)以下"), r"\1 and under"),
    (re.compile(r"(\d+)\s*岁?(?:及|\(含\)|（含）)以上"), r"\1 and over"),
    (re.compile(r"(\d+)\s*岁以下"), r"under \1"),
    (re.compile(r"(\d+)\s*岁以上"), r"over \1"),
    (re.compile(r"(\d+)\s*岁?\s*(?:-|–|—|~|至|到)\s*(\d+)\s*岁"), r"\1 to \2 years old"),
)


@lru_cache(maxsize=4096)
def in_english(label: str) -> str | None:
    """Return an English wording of a Chinese label, or None where some word of it is unknown."""
    label = normalise(label).strip()
    if (dated := _DATED.fullmatch(label)) and (rest := in_english(dated["of"])):
        return f"{rest} of {dated['year']}"
    if len(parts := label.split()) > 1:
        worded = [in_english(part) if is_chinese(part) else part for part in parts]
        known = [part for part in worded if part]
        return ", ".join(known).replace(", (", " (") if None not in worded else None
    if label in glossary():
        return glossary()[label][0]
    if label in _label_words():
        return _label_words()[label] or None
    for ages, worded_ages in _AGES:
        if ages.fullmatch(label):
            return ages.sub(worded_ages, label)
    if grouped := _GROUPED.fullmatch(label):
        by, of = in_english(grouped["by"]), grouped["of"] and in_english(grouped["of"])
        if by and (of or not grouped["of"]):
            return f"{of} by {by}" if of else f"by {by}"
    by_word, by_letter = _counted_by(label)
    if by_word:
        return by_word
    owned = _OWNED.fullmatch(label)
    of, noun = (in_english(owned["of"]), in_english(owned["noun"])) if owned else (None, None)
    if of and noun:
        return f"{plural(noun)} {of}" if of.startswith("taking") else f"{noun} ({of})"
    return by_letter or _joined(label)


def _counted_by(label: str) -> tuple[str | None, str | None]:
    """Word a label that ends with what is counted or measured: by a word, and by one character,
    which may be the end of another word.
    """
    found: list[str | None] = [None, None]
    for ending, pattern in _ENDINGS.items():
        place = int(len(ending) == 1)
        body = label.removesuffix(ending)
        if not found[place] and body != label and len(body) > 1 and (rest := in_english(body)):
            found[place] = pattern.format(plural(rest) if pattern.endswith(_COUNTED) else rest)
    return found[0], found[1]


def plural(noun: str) -> str:
    """Put the last word in the plural, where that is more than one of a thing."""
    plain = noun.rsplit(" ", 1)[-1].casefold()
    if not plain.isalpha() or plain.endswith("s") or plain in _NO_PLURAL:
        return noun
    if re.search("[^aeiou]y$", plain):
        return f"{noun[:-1]}ies"
    return f"{noun}{'es' if re.search('(?:ch|sh|x)$', plain) else 's'}"


def _joined(label: str) -> str | None:
    """Word the runs of Chinese one by one; what is not Chinese stays as it is."""
    parts = [part for part in re.split(rf"([{HAN}、]+)", label) if part.strip()]
    if not any(re.search(f"[{HAN}]", part) for part in parts):
        return None
    words = [_words(part) if re.search(f"[{HAN}]", part) else part.strip() for part in parts]
    if None in words:
        return None
    said = " ".join(word for word in words if word)
    return re.sub(r"(?<=\() | (?=[),:;%])|(?<=\d) (?=-)|(?<=-) (?=\d)", "", said)


def _words(run: str) -> str | None:
    """Word a run of Chinese by the cheapest sequence of known words, glossary terms first."""
    spans = {
        run[a:b]
        for a in range(len(run))
        for b in range(a + 1, min(len(run), a + _LONGEST_WORD) + 1)
    }
    known = {span: (1, word) for span in spans if (word := _term(span)) is not None}
    for span in spans - known.keys():
        if len(span) > 1 and (sense := _sense(span)):
            known[span] = (_UNKNOWN_COST, sense)
    best: list[tuple[int, list[str]] | None] = [(0, [])] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before, piece = best[start], known.get(run[start:end])
            if before is None or piece is None:
                continue
            cost, now = before[0] + piece[0], best[end]
            if now is None or cost < now[0]:
                best[end] = cost, [*before[1], piece[1]]
    whole = best[-1]
    return " ".join(word for word in whole[1] if word) if whole else None


@cache
def _label_words() -> dict[str, str]:
    lines = LABEL_WORDS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return dict(pairs)


def _term(span: str) -> str | None:
    if span in _label_words():
        return _label_words()[span]
    forms = glossary().get(span)
    return forms[0] if forms else None


def _sense(word: str) -> str | None:
    """Return the first sense of a word in the dictionary that a label can use, or None."""
    for entry in lookup(word):
        for definition in entry.definitions:
            if _DULL_SENSE.match(definition):
                continue
            plain = re.sub(r"\([^)]*\)", "", _CHINESE.sub("", definition))
            if entry.is_name:
                plain = _PLACE_ENDS.split(plain)[0]
            plain = plain.split(",")[0].strip().removeprefix("to ")
            longest = _LONGEST_NAME if entry.is_name else _LONGEST_SENSE
            if plain and plain.isascii() and len(plain.split()) <= longest:
                return plain if entry.is_name else plain[0].lower() + plain[1:]
    return None
