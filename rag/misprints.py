"""Telephone numbers, other long codes and figures that a report prints twice, and not alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.passage import Entry
from index.store import Index
from rag.amounts import find_amounts, states, to_english
from rag.answer import Answer, Citation
from rag.compose import quotes_check
from rag.evidence import Evidence
from rag.retrieve import Hit
from rag.rows import evidence_of
from rag.translate import Translator
from rag.transposed import Transposed

_DIGITS = r"(?<![\w.,-])\d{7,18}(?![\d-]|[.,]\d)"
_HYPHENS = r"(?<![\w.,-])\d{3,4}(?:-\d{3,8}){1,2}(?![\d-]|[.,]\d)"
_CODE = re.compile(f"{_DIGITS}|{_HYPHENS}")
_FEWEST = 10  # digits of a code with hyphens: fewer make a date, or a range of years
_AMOUNT = re.compile(r"\s*[%％‰万亿千元美人名件次股吨个]")
_FAX = re.compile(r"(?:传真|\bfax)[^\d]{0,12}$", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NOTE = {
    "zh": "请注意，报告另一处印的是 {other} [{there}]，与 {said} 只差一位数字。",
    "en": "Note that elsewhere the report prints {other} [{there}], one digit off {said}.",
}
_NOTE_OF_FIGURE = {
    "zh": "请注意，报告另一处印的是 {other} [{there}]，与 {said} 不一致。",
    "en": "Note that elsewhere the report prints {other} [{there}], not {said}.",
}


@dataclass(frozen=True, slots=True)
class _Slip:
    """What an answer states, what another place ``prints`` instead, how the answer words that, and
    the note that says so.
    """

    said: str
    prints: str
    worded: str
    piece: Evidence
    note: str


class Misprints:
    """The codes and figures of a report that it prints elsewhere in another way."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._transposed = Transposed(index)
        self._places: dict[str, Evidence] = {}
        for entry in index.entries:
            for code in _codes(entry.quote):
                self._places.setdefault(code, self._evidence(entry))

    def told(self, answer: Answer, translator: Translator) -> Answer:
        """Return an answer that states such a code with a note on its end that cites the other."""
        if not answer.answered:
            return answer
        notes, citations = [], list(answer.citations)
        for slip in (*self._codes(answer), *self._figures(answer)):
            piece = slip.piece
            there = next((c.number for c in citations if slip.prints in c.quote), None)
            if there is None:
                there = len(citations) + 1
                later = translator.later(piece) if answer.language == "en" else None
                citations.append(Citation(there, piece.passage, piece.quote, later))
            notes.append(slip.note.format(other=slip.worded, there=there, said=slip.said))
        if not notes:
            return answer
        count = quotes_check(len(citations), answer.language, passed=True)
        return replace(
            answer,
            text="\n\n".join([answer.text, *notes]),
            citations=tuple(citations),
            checks=tuple(count if c.name == "quotes" and c.passed else c for c in answer.checks),
        )

    def _codes(self, answer: Answer) -> Iterator[_Slip]:
        """Yield the codes of the answer that stand elsewhere with one digit another."""
        cited = {code for each in answer.citations for code in _codes(each.quote)}
        cited &= self._places.keys()
        stated = [code for code in dict.fromkeys(_codes(answer.text)) if code in cited]
        for code in stated:
            first = self._places[code]
            for other, piece in self._places.items():
                if not _one_digit_apart(code, other):
                    continue
                if piece.passage.id == first.passage.id:
                    continue  # beside each other they are meant: a telephone, and its fax
                if _is_fax(first.quote, code) != _is_fax(piece.quote, other):
                    continue
                if other not in stated[: stated.index(code)]:  # else it is told already
                    yield _Slip(code, other, other, piece, _NOTE[answer.language])

    def _figures(self, answer: Answer) -> Iterator[_Slip]:
        """Yield the figures of cited cells that a sentence elsewhere tells another way."""
        cited = {(each.passage.id, each.quote) for each in answer.citations}
        stated = find_amounts(answer.text)
        for cell in self._index.figures:
            if (self._index.passages[cell.passage].id, cell.quote) not in cited:
                continue
            printed = find_amounts(f"{cell.figure.value:,} {cell.figure.unit}")
            if not any(states(said, amount) for said in stated for amount in printed):
                continue
            for amount, entry in self._transposed.of(cell):
                prints = amount.text.strip(" *")
                said, worded = f"{cell.figure.value:,} {cell.figure.unit}", prints
                if answer.language == "en" and amount.unit == "CNY":
                    said, worded = to_english(printed[0]), f"{to_english(amount)} ({prints})"
                note = _NOTE_OF_FIGURE[answer.language]
                yield _Slip(said, prints, worded, self._evidence(entry), note)

    def _evidence(self, entry: Entry) -> Evidence:
        return evidence_of(Hit(entry, self._index.passages[entry.passage], 0.0, 0.0, 0.0), 0)


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
