"""Check a draft against its evidence: pure functions, no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.terms import tokens
from rag.amounts import find_amounts, states
from rag.dates import date_states, find_dates
from rag.evidence import Evidence

MARK = re.compile(r"\s*[\[［【(（]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】)）]")
_STRICT_MARK = re.compile(r"\s*[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\([^()]*\)|（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft: its text without marks, the evidence it rests on, its failures."""

    text: str
    cited: tuple[int, ...]
    figures: int
    failures: tuple[str, ...]


def check_claims(
    draft: str, evidence: Sequence[Evidence], question: str, language: str, report_year: str
) -> list[Claim]:
    """Check a draft sentence by sentence; a claim without failures can be returned."""
    return [
        _check(sentence, evidence, question, language, report_year)
        for sentence in _sentences(draft)
    ]


def _sentences(draft: str) -> list[str]:
    """Cut a draft into sentences; a mark behind the full stop belongs to the sentence before it."""
    sentences: list[str] = []
    for line in draft.split("\n"):
        for start, end in sentence_spans(line):
            piece = line[start:end].strip()
            leading = re.match(rf"(?:{_STRICT_MARK.pattern})+", piece)
            if leading and sentences:
                sentences[-1] += leading[0]
                piece = piece[leading.end() :].strip(" 。.")
            if re.search(r"\w", _STRICT_MARK.sub("", piece)):
                sentences.append(piece)
    return sentences


def _check(
    sentence: str, evidence: Sequence[Evidence], question: str, language: str, report_year: str
) -> Claim:
    marks = [int(n) for found in _STRICT_MARK.findall(sentence) for n in re.findall(r"\d+", found)]
    text = _STRICT_MARK.sub("", sentence).strip()
    known = {piece.number: piece for piece in evidence}
    cited = [n for n in dict.fromkeys(marks) if n in known]
    failures: list[str] = []
    if not cited and (best := _best_evidence(text, evidence)) is not None:
        cited = [best]
    found = find_amounts(text)
    for amount in found:
        if _stands(amount, [known[n] for n in cited]):
            continue
        other = next((p.number for p in evidence if _stands(amount, [p])), None)
        if other is not None:
            cited.append(other)
        elif not any(states(amount, asked) for asked in find_amounts(question)):
            failures.append(amount.text)
    failures += _wrong_dates(text, [known[n] for n in cited], question, report_year)
    if not cited:
        failures.append("[]")
    if not _right_language(text, language):
        failures.append(text[:20])
    return Claim(text, tuple(cited), len(found), tuple(failures))


def _stands(amount, pieces: Sequence[Evidence]) -> bool:  # type: ignore[no-untyped-def]
    return any(
        states(amount, source)
        for piece in pieces
        for text in (piece.words, piece.quote)
        for source in find_amounts(text)
    )


def _wrong_dates(
    text: str, pieces: Sequence[Evidence], question: str, report_year: str
) -> list[str]:
    """Return the dates that neither the evidence gives nor, where it gives none, the report's
    year is."""
    sources = [
        date for piece in pieces for part in (piece.words, piece.title) for date in find_dates(part)
    ]
    wrong = []
    for claim in find_dates(text):
        if any(date_states(claim, source) for source in sources):
            continue
        years = {source.year for source in sources if source.year}
        implied = str(claim.year) == report_year and not (years - {int(report_year or 0)})
        if not (implied and claim.month is None):
            wrong.append(claim.text)
    return wrong


def _best_evidence(text: str, evidence: Sequence[Evidence]) -> int | None:
    """Return the number of the evidence that shares most with the text: figures, then words."""
    words = set(tokens(text))
    found = find_amounts(text)
    best = max(
        evidence,
        key=lambda p: (
            sum(_stands(amount, [p]) for amount in found),
            len(words & set(tokens(p.words))),
            p.score,
        ),
        default=None,
    )
    return best.number if best else None


def _right_language(text: str, language: str) -> bool:
    """Whether running text is in the language; quotes, titles and brackets may be in the other."""
    plain = _QUOTED.sub("", text)
    han, latin = len(_HAN.findall(plain)), len(re.findall(r"[A-Za-z]+", plain))
    if language == "zh":
        return han > 0 or latin == 0
    return han <= 2 * latin + 2 and (latin > 0 or han == 0)
