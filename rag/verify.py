"""Check a draft against its evidence: pure functions, no model."""

import re
from collections.abc import Sequence

from rag.claim import Claim, Failure, Frame, failures_of
from rag.claimed_names import wrong_names
from rag.dates import blank, date_states, find_dates
from rag.deeds import misdated, untold, wrong_superiors
from rag.denying import lost_denials
from rag.evidence import Evidence, question_parts
from rag.figure_checks import misplaced_figures, wrong_figures
from rag.items import invented_items, names_none, tells_nothing_new
from rag.joined import (
    mixed_rows,
    said_twice,
    wrongly_averaged,
    wrongly_dated,
    wrongly_joined,
    wrongly_paired,
    wrongly_related,
    wrongly_shared,
)
from rag.marks import sentences, split_marks
from rag.mending import with_dates, with_limits, with_names, with_words
from rag.narrowings import names_parts
from rag.quotations import right_language, wrong_quotes
from rag.siblings import half_named, misnamed, narrowed, unasked_rows, unnamed_rows
from rag.sources import choose_sources, figures, says, wrong_codes
from rag.support import given_tokens

# Who it is, said of the one whose report it is.
_ITSELF = re.compile(
    r"\b(?:is|are|was|were) the (?:company|group|firm|bank) itself\b|[是为]公司(?:自己|自身|本身)"
)
_OWN_SAID = re.compile("自身|本身|自己|自行|自主")
_OF_PROMPT = re.compile(r"摘录|\bexcerpts?\b", re.IGNORECASE)  # what a report does not speak of


def leads_on(text: str) -> bool:
    """Whether a claim only leads to a list below it: "They are:", also where a mark follows."""
    return re.search(r"[:：][\s.。]*$", text) is not None


def check_claims(draft: str, evidence: Sequence[Evidence], frame: Frame) -> list[Claim]:
    """Check a draft sentence by sentence; a claim without failures can be returned."""
    return [_check(sentence, line, evidence, frame) for line, sentence in sentences(draft)]


def _check(sentence: str, line: int, evidence: Sequence[Evidence], frame: Frame) -> Claim:
    text, marks = split_marks(sentence)
    if frame.language == "en":
        text = with_words(text)
    years = {str(date.year) for date in find_dates(text) if date.year}
    # a figure of one year must not come from a piece that is about another year
    of_year = [p for p in evidence if _of_year(p, years, frame.report_year)] or list(evidence)
    cited = choose_sources(text, marks, of_year, frame.support, frame.report_year)
    pieces = [piece for number in cited for piece in of_year if piece.number == number]
    text, mended = with_limits(text, pieces, frame.language)
    text = with_dates(text, pieces, frame.question, frame.language)
    if frame.language == "en":
        text = with_names(text, pieces)
    failures = [
        *wrong_figures(text, pieces, frame),
        *_wrong_dates(text, pieces, frame.report_year),
        *misplaced_figures(text, pieces, frame),
        *_wrong_rows(text, pieces, of_year, frame),
        *failures_of("deed", untold(text, pieces) + wrong_superiors(text, pieces)),
        *failures_of("date", misdated(text, pieces, frame.report_year)),
        *failures_of("denial", lost_denials(text, pieces, frame.language, frame.support)),
        *_wrong_quotes(text, evidence, frame),
        *_foreign(text, pieces, evidence, frame),
    ]
    says_something = figures(text) or find_dates(text) or re.search(r"[^\W\d_]", text)
    if not says_something or not right_language(text, frame.language):
        failures.append(Failure("language", text[:20]))
    if (match := _ITSELF.search(text)) and not any(_OWN_SAID.search(p.told) for p in pieces):
        failures.append(Failure("words", match[0]))
    if match := _OF_PROMPT.search(text):
        failures.append(Failure("words", match[0]))
    if _is_bare(text, frame):
        failures.append(Failure("bare", text[:20]))
    if leads_on(text):
        cited = []
    return Claim(text, line, tuple(cited), tuple(dict.fromkeys(failures)), tuple(mended))


def _is_bare(text: str, frame: Frame) -> bool:
    """Whether a claim is a figure alone, without a unit or where several things were asked, or
    only says the question over, or counts what it should name.
    """
    found = figures(text)
    rest = blank(text, [(amount.start, amount.end) for amount in found])
    own_names = frame.support.own_names if frame.support else ()
    if tells_nothing_new(text, frame.question, own_names):
        return True
    if names_none(text, frame.question):
        return True
    alone = bool(found) and not re.search(r"[^\W_]", rest)
    return alone and (any(not a.unit for a in found) or bool(question_parts(frame.question)))


def _of_year(piece: Evidence, years: set[str], report_year: str) -> bool:
    """Whether a piece speaks of a claim's one year; what names no year is of the report's."""
    if len(years) != 1:
        return True
    named = {str(date.year) for date in find_dates(piece.told) if date.year}
    return bool(years & (named or {report_year}))


def _wrong_rows(
    text: str, pieces: Sequence[Evidence], evidence: Sequence[Evidence], frame: Frame
) -> list[Failure]:
    """Return the figures and rows that are another row's, or joined as no source joins them."""
    failures = failures_of("joined", wrongly_joined(text, pieces) + mixed_rows(text, evidence))
    failures += failures_of("joined", wrongly_related(text, pieces))
    failures += failures_of("year", wrongly_dated(text, pieces, evidence))
    failures += failures_of("twice", said_twice(text, pieces, frame.question))
    shared = wrongly_shared(text, pieces, frame.support)
    failures += failures_of("sum", shared + wrongly_paired(text) + wrongly_averaged(text, pieces))
    if frame.support is None:
        return failures
    asked = (text, frame.question, pieces)
    wrong = [
        *unnamed_rows(*asked, frame.support),
        *half_named(*asked, frame.support),
        *misnamed(text, pieces, frame.support),
        *narrowed(text, frame.question, pieces),
        *unasked_rows(*asked, evidence, frame.support),
    ]
    told = [piece.told for piece in pieces]
    if (found := figures(text)) and not names_parts(text, told):
        wrong.append(found[0].text)  # the share of all R&D staff is not that of the women
    return failures + failures_of("row", wrong)


def _wrong_dates(text: str, pieces: Sequence[Evidence], report_year: str) -> list[Failure]:
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
            wrong.append(Failure("date", claim.text))
    return wrong


def _wrong_quotes(text: str, evidence: Sequence[Evidence], frame: Frame) -> list[Failure]:
    """Return what is quoted and stands neither in the evidence nor in the question."""
    names = frame.support.own_names if frame.support else ()
    given = [*(says(piece) for piece in evidence), frame.question, *names]
    return failures_of("quote", wrong_quotes(text, given, frame.language))


def _foreign(
    text: str, pieces: Sequence[Evidence], evidence: Sequence[Evidence], frame: Frame
) -> list[Failure]:
    """Return the words that neither the cited pieces nor, more of them, all the evidence bears
    out, and the names of others.
    """
    if frame.support is None:
        return []
    told = given_tokens(piece.told for piece in pieces)
    cited = told | given_tokens([frame.question])
    given = given_tokens([frame.question, *(says(piece) for piece in evidence)])
    words = frame.support.added(text, cited, frame.language) or frame.support.foreign(
        text, given, frame.language
    )
    if frame.language == "en":
        words = frame.support.unaligned(words, [piece.told for piece in pieces])
        words = words or invented_items(text, pieces, frame.question, frame.support)
        words = words or frame.support.lent(text, frame.question, told)
    else:
        words = words or frame.support.supposed(text, told)
        words = words or frame.support.lent_label(text, frame.question, told)
    names = wrong_names(text, pieces, frame.question, frame.support, frame.language)
    names += wrong_codes(text, [frame.question, *(says(piece) for piece in evidence)])
    return [Failure("words", ", ".join(words))] * bool(words) + [Failure("name", n) for n in names]
