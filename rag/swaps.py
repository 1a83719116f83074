"""Put a follow-up's name into the place of the one that the question before had."""

import re

from index.pieces import ENGLISH_STOP_WORDS, is_chinese
from index.terms import tokens
from rag.naming import places

# Words of one kind: one takes the place of the other. Each is given in both languages.
_KINDS: tuple[tuple[str, ...], ...] = (
    ("男性|男|men|male|man", "女性|女|women|female|woman"),
    ("产假|maternity leave", "陪产假|paternity leave|parental leave for fathers"),
    ("董事会|board of directors|board", "监事会|supervisory board|board of supervisors"),
    ("国内|境内|domestic", "海外|境外|国外|overseas"),
    ("本科|bachelor's", "硕士|master's", "博士|phd|doctoral|doctorate", "大专|college"),
    ("校园招聘|campus recruitment", "社会招聘|social recruitment"),
    ("最高|highest", "最低|lowest"),
    ("最多|most", "最少|least|fewest"),
)
_SHORT = 4  # content words of a name that may take another's place
# "X是多少" and "what was X in 2023": a new X takes the place of the old one.
_PREPOSITIONS = r"(?:in|at|for|on|of|about|to|from|by|with)"
_BEHIND = re.compile(
    rf"^([^?]* {_PREPOSITIONS} (?:the |its |their )?)"
    r"((?!(?:the|its|their|19|20)(?: |\d))[A-Za-z&'-]+(?: [A-Za-z&'-]+){0,2})"
    r"(?=(?: (?:in|for|during) (?:19|20)\d\d)?(?:, and how did it change[^?]*)?\W*$)",
    re.IGNORECASE,
)
_FRAMES = (
    re.compile(
        r"^((?:20\d\d年?的?|公司的?|[^，,？?]{0,8}(?<=年)的?|[^，,？?]{1,8}的){0,3})([\u4e00-\u9fffA-Za-z&]{2,12}?)"
        r"(?=(?:是|为|达到?)(?:多少|几|什么|多大|多高|谁|哪))"
    ),
    re.compile(r"^(谁是(?:公司的?)?)([\u4e00-\u9fff]{2,12})(?=\W*$)"),
    re.compile(
        r"^((?:公司|集团)?(?:是?(?:如何|怎么|怎样))(?:[\u4e00-\u9fff]{2}))([\u4e00-\u9fff]{2,8})(?=的?\W*$)"
    ),
    re.compile(r"^(who (?:is|was|are|were) (?:the |its )?)([\w' -]{2,40}?)(?=\W*$)", re.IGNORECASE),
    re.compile(
        r"^(how (?:do|does|did) (?:they|it|the company) \w+ (?:the |its |their )?)"
        r"([\w&'-]+(?: [\w&'-]+){0,2})(?=\W*$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(what (?:is|was|are|were) (?:the (?:company|group)'s |the |its |[A-Z]\w+'s )?)"
        r"([\w&' -]{2,50}?)(?=(?: (?:in|for|at) |[?]|$))",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(how (?:many|much) )([\w&'-]+(?: [\w&'-]+){0,2}?)"
        r"(?= (?:do|does|did|has|have|had|is|are|was|were|work(?:s|ed)?)\b)",
        re.IGNORECASE,
    ),
)


def swapped(base: str, name: str) -> str:
    """Return the question with a word of the same kind in the place of its own, or ""."""
    if not name or len(tokens(name)) > _SHORT:
        return ""
    for kind in _KINDS:
        new = next((i for i, words in enumerate(kind) if _longest(words, name, whole=True)), None)
        if new is None:
            continue
        for i, words in enumerate(kind):
            old = _longest(words, base)
            if i != new and old:
                return _put(base, old, _in_language_of(old.casefold(), words, kind[new], name))
    return _swapped_place(base, name) or _swapped_by_ending(base, name)


def _swapped_place(base: str, name: str) -> str:
    """Return the question about another place, where it names one and the name is one."""
    old, new = places(base), places(name)
    return _put(base, next(iter(old)), name) if len(old) == 1 and name in new else ""


def _longest(words: str, text: str, *, whole: bool = False) -> str:
    """Return the longest of the words that stands in the text, or is all that it says."""
    for word in sorted(words.split("|"), key=len, reverse=True):
        edge = r"(?<![A-Za-z]){}(?![A-Za-z])" if word.isascii() else "{}"
        pattern = edge.format(re.escape(word))
        if whole and not is_chinese(word):
            pattern = rf"(?:the )?{pattern}(?: employees| staff| workers)?"
        elif whole:
            pattern = rf"{pattern}(?:员工|人员)?"
        find = re.fullmatch if whole else re.search
        if found := find(pattern, text.strip(), re.IGNORECASE):
            return word if whole else found[0]
    return ""


def _in_language_of(old: str, old_words: str, new: str, said: str) -> str:
    """Return the new word in the language, and of the form, of the old one."""
    olds, news = old_words.split("|"), new.split("|")
    if old in olds and olds.index(old) < len(news):  # men for women, male for female
        return news[olds.index(old)]
    same = [word for word in news if is_chinese(word) is is_chinese(old)]
    return min(same, key=lambda word: (abs(len(word) - len(old)), word != said))


def _swapped_by_ending(base: str, name: str) -> str:
    """Return the question with the name for one that ends alike: 生产人员, 销售人员; two boards."""
    if is_chinese(name) != is_chinese(base):
        return ""
    if is_chinese(name):
        runs = [base[i : i + len(name)] for i in range(len(base) - len(name) + 1)]
        size = max(2, len(name) // 2) if len(name) > 2 else 2
        alike = [r for r in runs if r[-size:] == name[-size:] and r != name and size < len(name)]
        return _put(base, alike[0], name) if alike else ""
    last = name.split()[-1]
    if last.casefold() in ENGLISH_STOP_WORDS:
        return ""
    old = re.search(rf"\b(?:[\w&-]+ )?{re.escape(last)}\b", base, re.IGNORECASE)
    if not old:
        return ""
    kept = old[0].split()[0]
    lead = f"{kept} " if " " in old[0] and kept.casefold() in ENGLISH_STOP_WORDS else ""
    return _put(base, old[0], lead + name)


def is_part(name: str) -> bool:
    """Whether a name is a part of what was asked about, and takes no place of it: women, 男的."""
    bare = re.sub(r"^(?:the|for) |的$", "", name.strip())
    return any(_longest(words, bare, whole=True) for kind in _KINDS[:1] for words in kind)


def framed(base: str, name: str, said: str = "") -> str:
    """Return "what was X in 2023", or "how much went on X in 2023", with another X; "" where the
    question is put otherwise. ``said`` is the follow-up as it was typed: "and for X?".
    """
    led = re.search(
        rf"\b{_PREPOSITIONS} (?:the |its |their )?{re.escape(name)}\b", said, re.IGNORECASE
    )
    for frame in (_BEHIND, *_FRAMES) if led else (*_FRAMES, _BEHIND):
        found = frame.search(base)
        if found and is_chinese(name) is is_chinese(found[2]):
            return base[: found.start(2)] + name + base[found.end(2) :]
    return ""


def _put(text: str, old: str, new: str) -> str:
    return text.replace(old, new, 1)
