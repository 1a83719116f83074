"""What a heading line says without its marks, and what its numbering tells of its level."""

import re
import unicodedata

from index.markup import plain_text

# How high a heading stands: a smaller rank encloses a larger one.
CHAPTER, SECTION, ITEM, SUBITEM, POINT, SUBPOINT = 10, 20, 30, 40, 50, 60
GROUP, BARE, LABEL, PERIOD, CASE = 70, 80, 85, 90, 100
MARKED = ITEM

_HAN = "[一二三四五六七八九十百]+"
_LEADING_NUMBER = re.compile(
    r"^(第[一二三四五六七八九十百\d]+[章节部分篇]+|[\d.]{1,7}[、.\s]|[一二三四五六七八九十]+、)\s*"
)
_CONTINUED = re.compile(r"\s*[（(]\s*(续|接上页|continued)\s*[)）]$", re.IGNORECASE)
_MARK = re.compile(r"^[►▶▷◆■●❖➤]+\s*")
_MARKDOWN = re.compile(r"^ {0,3}(?P<depth>#{1,6})\s+(?P<title>\S.*)$")
_HTML_HEADING = re.compile(r"^\s*<h(?P<level>[1-6])\b[^<>]*>(?P<title>.*)</h[1-6]>\s*$", re.I)
_CASE = re.compile(r"^(案例|专栏|专题)\s*[一二三四五六七八九十\d]*\s*[：:]")
_PERIOD_LABEL = re.compile(r"^(19|20)\d{2}( ?年)?(\s*[-—–~至]\s*(19|20)\d{2}( ?年)?)?$")
_CONTACT = re.compile(r"@|www\.|https?:|\d{6,}|\d{3,4}-\d{3,}")
_SIGNATURE = re.compile(
    r".{0,10}(董事长|总经理|总裁|行长|院长|校长|主席|首席执行官|负责人|CEO)"
    r"[\s*：:]+[\u4e00-\u9fff· ]{2,6}\**"
)
# Each kind of numbering with its rank, and the number that starts a new count.
_NUMBERING = (
    (re.compile(rf"^第(?P<n>{_HAN}|\d+)[章篇]"), CHAPTER),
    (re.compile(rf"^第(?P<n>{_HAN}|\d+)(节|部分)"), SECTION),
    (re.compile(rf"^(?P<n>{_HAN})、"), ITEM),
    (re.compile(rf"^[（(](?P<n>{_HAN})[)）]"), SUBITEM),
    (re.compile(r"^(?P<n>\d{1,2})(、|．|\.(?=\s?[^\d\s]))"), POINT),
    (re.compile(r"^([（(](?P<n>\d{1,2})[)）]|(?P<m>[①-⑳]))"), SUBPOINT),
)
_DECIMAL = re.compile(
    r"^\d{1,2}(?P<rest>(\.\d{1,2}){1,4})(?=[\s、\u4e00-\u9fff])(?!\s*[万亿百千元吨人家件个])"
)


def markdown_depth(line: str) -> int:
    """How many # a heading line has (or the level of an HTML heading); 0 for other lines."""
    if len(line) > 1000:
        return 0
    found = _MARKDOWN.match(line)
    if found:
        return len(found["depth"])
    html = _HTML_HEADING.match(line)
    return int(html["level"]) if html else 0


def bare_title(line: str) -> str:
    """The words of a heading line, without marks such as #, ** or ► and without tags."""
    line = line.strip()
    markdown = _MARKDOWN.match(line)
    title = plain_text(markdown["title"] if markdown else line)
    return _MARK.sub("", title.strip("|* \t")).strip()


def heading_key(title: str) -> str:
    """What two spellings of one heading share: no number in front, no spaces or punctuation."""
    plain = _CONTINUED.sub("", unicodedata.normalize("NFKC", bare_title(title)).strip())
    key = re.sub(r"[\W_]+", "", _LEADING_NUMBER.sub("", plain)).casefold()
    return key or bare_title(title)


def without_number(title: str) -> str:
    """A title without the number in front: 收入 of （一）收入, 2、收入 and 1.2 收入."""
    patterns = (_DECIMAL, *(pattern for pattern, _ in _NUMBERING))
    number = next(filter(None, (pattern.match(title) for pattern in patterns)), None)
    return title[number.end() :].lstrip("、 ") or title if number else title


def number_rank(title: str) -> tuple[int, bool] | None:
    """The rank that a title's numbering gives, and whether it is the first of its count."""
    decimal = _DECIMAL.match(title)
    if decimal:
        levels = decimal["rest"].split(".")[1:]
        return min(SECTION + 10 * (len(levels) - 1), SUBPOINT), levels[-1].lstrip("0") == "1"
    for pattern, rank in _NUMBERING:
        found = pattern.match(title)
        if found:
            number = found["n"] or found.groupdict().get("m")
            return rank, number in ("一", "1", "①")
    return None


def has_mark(line: str) -> bool:
    """Whether a line begins with a mark that reports set before headings, such as ►."""
    return _MARK.match(line.strip()) is not None


def is_case(title: str) -> bool:
    """Whether a title announces a case study: 案例一：…."""
    return _CASE.match(title) is not None


def is_period(title: str) -> bool:
    """Whether a title is a year or a span of years."""
    return _PERIOD_LABEL.match(title) is not None


def title_rank(line: str, title: str) -> int:
    """The rank that marks, numbering and wording give a title; BARE where they give none."""
    if is_case(title):
        return CASE
    if is_period(title):
        return PERIOD
    if has_mark(line):
        return MARKED
    numbered = number_rank(title)
    return numbered[0] if numbered else BARE


def is_contact(title: str) -> bool:
    """Whether a line gives a number, an address of the web, or a signature, and is no title."""
    return _CONTACT.search(title) is not None or _SIGNATURE.fullmatch(title) is not None
