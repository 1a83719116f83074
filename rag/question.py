"""A question as typed -> its language, normal form, and what a follow-up leaves out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import ReportError
from index.terms import normalise, tokens
from rag.asides import set_aside

LONGEST = 2000  # characters

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ENGLISH = (
    "what which who whom whose when where why how is are was were do does did has have had can "
    "could should would the a an of in on for about list tell give name describe explain"
)
_ENGLISH_WORDS = frozenset(_ENGLISH.split())
_ASKS_IN_CHINESE = re.compile(
    r"[吗呢谁请哪]|什么|多少|几[个人名项家]|如何|怎|为何|是否|是不是|有没有"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_BEFORE = re.compile(
    r"上一年度?|前一年度?|去年"
    r"|the (?:year before|previous year|prior year)|(?:a|one) year earlier|last year",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"下一年度?|后一年|次年|the (?:next|following) year|the year after", re.IGNORECASE
)
_TO_ENGLISH = re.compile(
    r"(?:请|麻烦)?(?:(?:用|换成|翻译成)(?:英文|英语)(?:回答|说|再说)?.{0,6}|(?:英文|英语)(?:回答|版|呢)?)"
    r"|(?:please )?(?:say it |answer )?(?:in )?english,?(?: please)?",
    re.IGNORECASE,
)
_TO_CHINESE = re.compile(
    r"(?:请|麻烦)?(?:(?:用|换成|翻译成)(?:中文|汉语)(?:回答|说|再说)?.{0,6}|(?:中文|汉语)(?:回答|版|呢)?)"
    r"|(?:please )?(?:say it |answer )?(?:in )?chinese,?(?: please)?",
    re.IGNORECASE,
)
# Words by which a question leans on the one before.
_LEANS = re.compile(
    r"^(?:那么?|还有|以及|另外|其中|它|他们|她们|该|此|这|上述)|呢\s*[？?]?$|^(?:为什么|为何|原因)\s*[？?]?$"
    r"|^(?:and|but|or|what about|how about|then|also|why)\b"
    r"|\b(?:it|its|they|their|them|that|those|this|these|he|she|his|her)\b"
    r"|列出(?:全部|所有|来)|^list (?:them|all)",
    re.IGNORECASE,
)
_LEANING_WORDS = re.compile(
    r"^(?:那么?|还有|以及|另外|其中)|[呢吗]?\s*[？?。.!！]*$"
    r"|^(?:and|but|or|what about|how about|then|also)\b(?:\s+(?:in|for|the|about))*",
    re.IGNORECASE,
)
_SELF_CONTAINED = 5  # content words; a longer question stands alone although it leans


class QuestionError(ReportError):
    """The question cannot be asked as it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """``asked`` is what was typed; ``text`` stands alone and is in simplified characters;
    ``focus`` is what a follow-up put in, "" for a question that stands alone; ``aside`` is what
    the message is where it is no question that a report can answer (see ``set_aside``), else "".
    """

    asked: str
    text: str
    language: str
    focus: str = ""
    aside: str = ""

    @property
    def understood(self) -> str:
        """The question as it was understood: as typed, unless the history completed it."""
        typed = re.sub(r"\s+", " ", _clean(self.asked))
        return self.asked.strip() if typed == self.text and _encodable(self.asked) else self.text


def language_of(text: str) -> str:
    """Return "zh" or "en": Chinese characters mean Chinese, except inside an English sentence."""
    if not _HAN.search(text):
        return "en"
    words = [word.casefold() for word in _WORD.findall(text)]
    asking = len(_ENGLISH_WORDS.intersection(words))
    starts = bool(words) and words[0] in _ENGLISH_WORDS and text.lstrip()[0].isascii()
    english = (len(words) >= 4 and asking >= 2) or (starts and len(words) >= 2)
    return "en" if english and not _ASKS_IN_CHINESE.search(text) else "zh"


def read_question(
    asked: str, history: Sequence[Mapping[str, Any]] = (), report_year: str = ""
) -> Question:
    """Check a question and complete it from the history; raises QuestionError.

    ``report_year`` is the year that "the year before" counts from where none was named.
    """
    text = _checked(asked)
    before, language, focus = "", "", ""
    for turn in [*_earlier_questions(history), text]:
        rest, aside = set_aside(turn)
        if not aside:
            before, language, focus = _stand_alone(rest, before, report_year)
    if aside:
        return Question(asked, text, language_of(text), aside=aside)
    return Question(asked, before, language, focus)


def _earlier_questions(history: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what the user asked before; what is no text is passed over."""
    for turn in history:
        if isinstance(turn, Mapping) and turn.get("role") == "user":
            content = turn.get("content")
            # Gradio and OpenAI send a text as a list of parts, too
            parts = content if isinstance(content, list) else [content]
            texts = [part.get("text") if isinstance(part, Mapping) else part for part in parts]
            text = _clean(" ".join(t for t in texts if isinstance(t, str)))[:LONGEST]
            if re.search(r"\w", text):
                yield text


def _clean(typed: str) -> str:
    # a lone surrogate cannot be encoded, a NUL cuts the text in C code
    clean = typed.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
    return normalise(clean).strip()


def _encodable(text: str) -> bool:
    return not re.search(r"[\x00\ud800-\udfff]", text)


def _checked(asked: str) -> str:
    text = _clean(asked)
    if not text:
        raise QuestionError(
            "The question is empty. Ask something about the report.",
            "问题是空的。请输入一个关于报告的问题。",
        )
    if len(text) > LONGEST:
        raise QuestionError(
            f"The question has {len(text):,} characters; at most {LONGEST:,} can be asked. "
            "Shorten it.",
            f"问题有 {len(text):,} 个字符，最多 {LONGEST:,} 个。请缩短后再问。",
        )
    odd = sum(1 for char in asked if (ord(char) < 32 and char not in "\t\r\n") or char == "\ufffd")
    if not re.search(r"\w", text) or odd * 10 > len(asked):
        raise QuestionError(
            "This does not look like text. Type a question in Chinese or in English.",
            "这不像是文字。请用中文或英文输入问题。",
        )
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", " ", text))


def _stand_alone(text: str, before: str, report_year: str) -> tuple[str, str, str]:
    """Return the question as it stands alone, its language, and what it adds to the one before."""
    if before and _TO_ENGLISH.fullmatch(text.strip(" .。!！?？")):
        return before, "en", ""
    if before and _TO_CHINESE.fullmatch(text.strip(" .。!！?？")):
        return before, "zh", ""
    own = language_of(text)
    if not before or not (_LEANS.search(text) or _is_only_a_year(text)):
        return text, own, ""
    years = _YEAR.findall(text)
    if not years and (known := _YEAR.findall(before) or _YEAR.findall(report_year)):
        if _YEAR_BEFORE.search(text):
            years = [str(int(known[0]) - 1)]
        elif _YEAR_AFTER.search(text):
            years = [str(int(known[-1]) + 1)]
    rest = _YEAR.sub(" ", _YEAR_AFTER.sub(" ", _YEAR_BEFORE.sub(" ", text)))
    rest = _LEANING_WORDS.sub(" ", rest).strip(" 年度的,，.。?？!！")
    content = tokens(rest)
    if len(content) >= _SELF_CONTAINED and not re.search(r"\b(?:it|they|them|that|those)\b", rest):
        return text, own, ""
    completed = _with_years(before, years) if years else before
    return (f"{completed} {rest}" if content else completed), own, rest if content else ""


def _is_only_a_year(text: str) -> bool:
    """Whether it names a year ("the year before?", 2022年？) and asks nothing about it."""
    rest, found = text, 0
    for year in (_YEAR_BEFORE, _YEAR_AFTER, _YEAR):
        rest, count = year.subn(" ", rest)
        found += count
    rest = re.sub(r"^\s*(?:in|for)\b", " ", rest, flags=re.IGNORECASE)
    return found > 0 and not re.search(r"\w", re.sub(r"年度?", " ", rest))


def _with_years(question: str, years: list[str]) -> str:
    """Put other years in the place of the question's own."""
    found = list(_YEAR.finditer(question))
    if not found:
        return f"{question} {' '.join(years)}"
    start, end = found[0].start(), found[-1].end()
    between = question[start:end]
    if len(found) == 1 or len(years) == 1:
        return question[:start] + years[0] + question[end:]
    new = iter(years)
    return question[:start] + _YEAR.sub(lambda _: next(new, years[-1]), between) + question[end:]
