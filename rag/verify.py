"""Check a draft against its evidence: pure functions, no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.terms import tokens
from rag.amounts import Amount, find_amounts, states
from rag.dates import date_states, find_dates
from rag.evidence import Evidence

_MARK = re.compile(r"\s*[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
# Of a claim that the evidence bears out, at most this share of the words stands nowhere in it
# (development questions: .12; of those that were not borne out, .29 and more).
FOREIGN = 0.25
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_NAME = re.compile(r"\b[A-Za-z]*[A-Z][A-Z0-9]+[A-Za-z0-9]*\b")  # ESMC, BioCV, ISO27001
_QUOTATION = re.compile(r"[“「]([^”」]+)[”」]")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\([^()]*\)|（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft: its text without marks, the line of the draft it stands in, the
    evidence it rests on, its failures.
    """

    text: str
    line: int
    cited: tuple[int, ...]
    figures: int
    failures: tuple[str, ...]


def check_claims(
    draft: str,
    evidence: Sequence[Evidence],
    language: str,
    report_year: str,
    *,
    question: str = "",
) -> list[Claim]:
    """Check a draft sentence by sentence; a claim without failures can be returned.

    ``question`` lends its words: a Chinese claim otherwise says what the evidence says, in words
    of the evidence.
    """
    return [
        _check(sentence, line, evidence, language, report_year, question)
        for line, sentence in _sentences(draft)
    ]


def finished_part(draft: str) -> str:
    """Return a draft that is being written without the sentence that may still go on."""
    line_start = draft.rfind("\n") + 1
    line = draft[line_start:]
    for start, _ in reversed(sentence_spans(line)):
        # a mark that comes behind the full stop still belongs to the sentence before it
        marks = re.match(rf"(?:{_MARK.pattern})*\s*", line[start:])
        end = start + (marks.end() if marks else 0)
        if re.match(r"[^\[［【]", line[end:]):
            return draft[: line_start + (end if start else 0)]
    return draft[:line_start]


def _sentences(draft: str) -> list[tuple[int, str]]:
    """Cut a draft into sentences, each with its line; a mark behind the full stop belongs to the
    sentence before it.
    """
    sentences: list[tuple[int, str]] = []
    draft = re.sub(r"([\]］】])\s*(?:[,，、;；和及]|and)+\s*(?=[\[［【])", r"\1", draft)  # [1], [2]
    for number, line in enumerate(draft.split("\n")):
        for start, end in sentence_spans(line):
            piece = line[start:end].strip()
            leading = re.match(rf"(?:{_MARK.pattern})+", piece)
            if leading and sentences:
                sentences[-1] = (sentences[-1][0], sentences[-1][1] + leading[0])
                piece = piece[leading.end() :].strip(" 。.")
            if re.search(r"\w", _MARK.sub("", piece)):
                sentences.append((number, piece))
    return sentences


def _check(
    sentence: str,
    line: int,
    evidence: Sequence[Evidence],
    language: str,
    report_year: str,
    question: str,
) -> Claim:
    marks = [int(n) for found in _MARK.findall(sentence) for n in re.findall(r"\d+", found)]
    text = _MARK.sub("", sentence).strip()
    cited = list(dict.fromkeys(marks))
    failures: list[str] = []
    found = find_amounts(text)
    years = {str(date.year) for date in find_dates(text) if date.year}
    # a figure of one year must not come from a piece that is about another year
    evidence = [piece for piece in evidence if _of_year(piece, years, report_year)] or evidence
    known = {piece.number: piece for piece in evidence}
    cited = [n for n in cited if n in known]
    if not cited and (best := _best_evidence(text, evidence)) is not None:
        cited = [best]
    for name in _LATIN_NAME.findall(text):  # what names a thing must be cited for it
        holders = [piece.number for piece in evidence if name in f"{piece.title} {piece.words}"]
        if holders and not set(holders) & set(cited):
            cited.insert(0, holders[0])
    for amount in found:
        if _stands(amount, [known[n] for n in cited]):
            continue
        other = next((p.number for p in evidence if _stands(amount, [p])), None)
        if other is not None:
            cited.append(other)
        else:  # a figure of the question alone may be a false premise
            failures.append(amount.text)
    failures += _wrong_dates(text, [known[n] for n in cited], report_year)
    failures += _wrong_quotes(text, evidence)
    if language == "zh":
        failures += _foreign_words(text, evidence, question)
    says_something = found or re.search(r"[^\W\d_]", text)
    if not says_something or not _right_language(text, language):
        failures.append(text[:20])
    if text.endswith(("：", ":")):  # it only leads to the list below
        cited = []
    return Claim(text, line, tuple(cited), len(found), tuple(failures))


def _foreign_words(text: str, evidence: Sequence[Evidence], question: str) -> list[str]:
    """Return the words of a Chinese claim that the evidence lacks, where these are too many."""
    given = " ".join([question, *(f"{p.title} {p.words} {p.passage.text}" for p in evidence)])
    known = set(tokens(given))
    words = [word for word in tokens(text) if len(word) > 1 and _HAN.search(word)]
    foreign = [word for word in words if word not in known]
    return foreign if len(foreign) > 2 and len(foreign) > FOREIGN * len(words) else []


def _of_year(piece: Evidence, years: set[str], report_year: str) -> bool:
    """Whether a piece speaks of a claim's one year; what names no year is of the report's."""
    if len(years) != 1:
        return True
    named = {str(date.year) for date in find_dates(f"{piece.title} {piece.words}") if date.year}
    return bool(years & (named or {report_year}))


def _stands(amount: Amount, pieces: Sequence[Evidence]) -> bool:
    return any(
        states(amount, source)
        for piece in pieces
        for text in (piece.words, piece.quote)
        for source in find_amounts(text)
    )


def _wrong_dates(text: str, pieces: Sequence[Evidence], report_year: str) -> list[str]:
    """Return the dates that neither the evidence gives nor, where it gives none, the report's
    year is.
    """
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


def _wrong_quotes(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return what stands in quotation marks as the report's own words, and is not."""
    sources = [_bare(f"{p.title} {p.words} {p.passage.text}") for p in evidence]
    quotes = (match[1] for match in _QUOTATION.finditer(text))
    return [q for q in quotes if _HAN.search(q) and not any(_bare(q) in s for s in sources)]


def _bare(text: str) -> str:
    """Without what a quotation may leave out: spaces, stars, and the punctuation at its end."""
    return re.sub(r"[\s*]", "", text).rstrip("。，,.;；！!？?…")


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
