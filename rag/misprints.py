"""Telephone numbers and other long codes that a report prints twice, and not alike."""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.store import Index
from rag.answer import Answer, Citation
from rag.compose import quotes_check
from rag.evidence import Evidence
from rag.translate import Translator

_DIGITS = r"(?<![\w.,-])\d{7,18}(?![\d-]|[.,]\d)"
_HYPHENS = r"(?<![\w.,-])\d{3,4}(?:-\d{3,8}){1,2}(?![\d-]|[.,]\d)"
_CODE = re.compile(f"{_DIGITS}|{_HYPHENS}")
_FEWEST = 10  # digits of a code with hyphens: fewer make a date, or a range of years
_AMOUNT = re.compile(r"\s*[%％‰万亿千元美人名件次股吨个]")
_FAX = re.compile(r"(?:传真|\bfax)[^\d]{0,12}$", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NOTE = {
    "zh": "请注意，报告另一处印的是 {other} [{there}]，与 {code} 只差一位数字。",
    "en": "Note that elsewhere the report prints {other} [{there}], one digit off {code}.",
}


class Misprints:
    """The codes of a report, and for each those that differ from it in one digit."""

    def __init__(self, index: Index) -> None:
        self._places: dict[str, Evidence] = {}
        for entry in index.entries:
            for code in _codes(entry.quote):
                piece = Evidence(
                    0, index.passages[entry.passage], entry.title, entry.text, entry.quote,
                    entry.kind, entry.lines, 0.0,
                )  # fmt: skip
                self._places.setdefault(code, piece)

    def told(self, answer: Answer, translator: Translator) -> Answer:
        """Return an answer that states such a code with a note on its end that cites the other."""
        if not answer.answered:
            return answer
        notes, citations = [], list(answer.citations)
        cited = {code for each in citations for code in _codes(each.quote)}
        cited &= self._places.keys()
        stated = [code for code in dict.fromkeys(_codes(answer.text)) if code in cited]
        for code in stated:
            for other, piece in self._places.items():
                if not _one_digit_apart(code, other):
                    continue
                first = self._places[code]
                if piece.passage.id == first.passage.id:
                    continue  # beside each other they are meant: a telephone, and its fax
                if _is_fax(first.quote, code) != _is_fax(piece.quote, other):
                    continue
                if other in stated[: stated.index(code)]:
                    continue  # told already
                there = next((c.number for c in citations if other in _codes(c.quote)), None)
                if there is None:
                    there = len(citations) + 1
                    later = translator.later(piece) if answer.language == "en" else None
                    citations.append(Citation(there, piece.passage, piece.quote, later))
                note = _NOTE[answer.language]
                notes.append(note.format(other=other, there=there, code=code))
        if not notes:
            return answer
        count = quotes_check(len(citations), answer.language, passed=True)
        return replace(
            answer,
            text="\n\n".join([answer.text, *notes]),
            citations=tuple(citations),
            checks=tuple(count if c.name == "quotes" and c.passed else c for c in answer.checks),
        )


def _is_fax(text: str, code: str) -> bool:
    return _FAX.search(text[: text.find(code)]) is not None


def _codes(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        code = match[0]
        if "-" in code and sum(map(str.isdigit, code)) < _FEWEST:
            continue
        if not _DATE.fullmatch(code) and not _AMOUNT.match(text, match.end()):
            yield code


def _one_digit_apart(code: str, other: str) -> bool:
    return len(code) == len(other) and sum(a != b for a, b in zip(code, other, strict=True)) == 1
