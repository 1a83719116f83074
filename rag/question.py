"""A question as typed -> its language, normal form, and what a follow-up leaves out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import ReportError
from index.pieces import normalise
from rag.asides import set_aside
from rag.followup import complete
from rag.relative_years import with_years

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

# Question words as people say them, which the rest knows as written.
_SPOKEN = (
    ("咋样", "怎么样"), ("咋", "怎么"), ("啥", "什么"), ("干嘛", "做什么"), ("为嘛", "为什么"),
)  # fmt: skip


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
    before, earlier, language, focus = "", "", "", ""
    for turn in [*_earlier_questions(history), text]:
        rest, aside = set_aside(turn)
        if not aside:
            language, focus = language_of(rest), ""
            if before:
                completed = complete(rest, before, report_year, earlier)
                rest, focus = completed.text, completed.added
                language = completed.language or language
            before, earlier = rest, before
    if aside:
        return Question(asked, text, language_of(text), aside=aside)
    return Question(asked, with_years(before, report_year), language, focus)


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
    clean = normalise(clean).strip()
    for spoken, written in _SPOKEN:
        clean = clean.replace(spoken, written)
    return clean


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
