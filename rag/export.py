"""An answer, or a whole conversation, as Markdown with its quotes and where they stand."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rag.captions import CAPTIONS

if TYPE_CHECKING:
    from rag.answer import Answer, Citation
    from rag.conversation import Turn

# What could become HTML, code, an image or a link; marks such as [1] stay as they are.
_LIVELY = re.compile(r"[\\<`~]|\[(?!\d{1,4}\](?![(\[:]))|(?<=\])[(\[:]")
_TITLES = {"zh": ("问", "引文"), "en": ("Question", "Quotes")}


def answer_as_markdown(answer: "Answer") -> str:
    """Return an answer with its numbered quotes, translations, sections, pages and lines.

    What comes from the report or a model is escaped: opened elsewhere, it runs and fetches nothing.
    """
    text = "\n".join(map(_harmless, answer.text.splitlines()))
    checks = [check.detail for check in answer.checks]
    notes = [f"*{_line(' '.join(checks))}*"] if checks else []
    quotes = [_quote(citation, answer.language) for citation in answer.citations]
    title = [f"**{_TITLES[answer.language][1]}**"] if quotes else []
    return "\n\n".join([text, *notes, *title, *quotes]) + "\n"


def conversation_as_markdown(report: str, turns: Sequence["Turn"]) -> str:
    """Return a conversation about a report; a question without an answer says why."""
    parts = [f"# {_line(report)}"]
    for turn in turns:
        parts.append(f"## {_TITLES[turn.language][0]}: {_line(turn.question)}")
        if turn.answer is not None:
            parts.append(answer_as_markdown(turn.answer).rstrip("\n"))
        elif turn.notice:
            parts.append(_line(turn.notice))
    return "\n\n".join(parts) + "\n"


def _quote(citation: "Citation", language: str) -> str:
    passage, labels = citation.passage, CAPTIONS[language]
    first, last = passage.lines
    place = [passage.report, " › ".join(passage.section)]
    if passage.page is not None:
        place.append(labels["page"].format(passage.page))
    place.append(labels["line" if first == last else "lines"].format(first, last))
    said = list(_quoted(citation.quote.replace("\t", " ").splitlines()))
    if english := citation.translation_so_far:  # what is copied does not wait
        said += [">", *_quoted([f"{labels['translation']}: {english}"])]
    number = f"[{citation.number}]"
    return f"{number} {_line(' · '.join(filter(None, place)))}\n\n" + "\n".join(said)


def _quoted(lines: Iterable[str]) -> Iterable[str]:
    return (f"> {_line(line)}" for line in lines if line.strip())


def _line(text: str) -> str:
    return _harmless(" ".join(text.split()))


def _harmless(line: str) -> str:
    """Escape what would be more than text; lists may be nested, but nothing is code."""
    return _LIVELY.sub(r"\\\g<0>", re.sub(r"^\s{4,}", "   ", line))
