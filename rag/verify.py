"""Check a draft against its evidence: pure functions, no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.amounts import Amount, find_amounts, states
from rag.claimed_names import wrong_names
from rag.dates import blank, date_states, find_dates
from rag.deeds import misdated, untold, wrong_superiors
from rag.denying import lost_denials
from rag.evidence import Evidence, question_parts
from rag.items import invented_items, names_none, tells_nothing_new
from rag.joined import (
    listed_names,
    mixed_rows,
    said_twice,
    wrongly_averaged,
    wrongly_dated,
    wrongly_joined,
    wrongly_paired,
    wrongly_related,
    wrongly_shared,
)
from rag.limits import limit_kept, limit_of, names_limit
from rag.marks import sentences, split_marks
from rag.mending import stated_by, with_dates, with_limits, with_names, with_words
from rag.narrowings import names_parts
from rag.pairing import judged, misplaced
from rag.quotations import right_language, wrong_quotes
from rag.siblings import half_named, misnamed, narrowed, unasked_rows, unnamed_rows
from rag.sources import choose_sources, figures, holds, says, wrong_codes, wrong_levels
from rag.support import Support, given_tokens

_OR_ABOVE = re.compile(
    r"(?:及|或|和)以[上下]|\bor (?:above|higher|more|below|lower|less|over|under)\b"
)
_COMPUTES = re.compile(
    r"加起来|相加|之和|\b(?:adds?|added) up\b|\bsums? (?:of|to|up)\b", re.IGNORECASE
)
_SUBTRACTS = re.compile(
    r"之差|相减|减去|\b(?:difference between|minus|net of|subtract\w*)\b", re.IGNORECASE
)
_DIFFERENCES = re.compile("差|减[去掉：:]")
_TOTALS = re.compile("[合共总累]计|总[数额量和]|一共|之和")
_MOST = re.compile(
    r"最[多少高低大小]"
    r"|\b(?:the|is|was) (?:most|commonest|largest|highest|lowest|fewest|smallest|greatest)\b"
    r"|占主导|\bdominat\w+",
    re.IGNORECASE,
)
_MOST_SAID = re.compile(r"最|首|第一|居|领先|唯一")
_AGREES = re.compile(  # that two figures agree is for arithmetic to say
    r"对[得不]上|相符|吻合|(?:不|相)?一致(?!性|行动)|\b(?:match(?:es)?|agrees?|consistent|tall(?:y|ies))\b",
    re.IGNORECASE,
)
# Who it is, said of the one whose report it is.
_ITSELF = re.compile(
    r"\b(?:is|are|was|were) the (?:company|group|firm|bank) itself\b|[是为]公司(?:自己|自身|本身)"
)
_OWN_SAID = re.compile("自身|本身|自己|自行|自主")
_OF_PROMPT = re.compile(r"摘录|\bexcerpts?\b", re.IGNORECASE)  # what a report does not speak of
_SUPPOSES = re.compile(r"如果|假如|假设|倘若|若|\b(?:if|suppose|assuming)\b", re.IGNORECASE)
_COUNTED = 10  # items that a text may count in a word


class Failure(NamedTuple):
    """What is wrong with a claim: the kind of check that it failed, and the words that did."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft: its text without marks, the line of the draft it stands in, the
    evidence it rests on, its failures, and the limits that were put back ("more than 1,100").
    """

    text: str
    line: int
    cited: tuple[int, ...]
    failures: tuple[Failure, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a draft is read against, beside its evidence: its language, the year of the report,
    the question, and where the words of a claim are looked up (None: they are not).

    The question lends a claim its words, but no figures.
    """

    language: str
    report_year: str
    question: str = ""
    support: Support | None = None


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
        *_wrong_figures(text, pieces, frame),
        *_wrong_dates(text, pieces, frame.report_year),
        *_wrong_places(text, pieces, frame),
        *_wrong_rows(text, pieces, of_year, frame),
        *_kinds("deed", untold(text, pieces) + wrong_superiors(text, pieces)),
        *_kinds("date", misdated(text, pieces, frame.report_year)),
        *_kinds("denial", lost_denials(text, pieces, frame.language, frame.support)),
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


def _wrong_figures(text: str, pieces: Sequence[Evidence], frame: Frame) -> list[Failure]:
    """Return the figures and the levels that the evidence does not have."""
    wrong = [a.text for a in figures(text) if not _borne_out(a, text, pieces, frame)]
    return _kinds("figure", [*wrong, *wrong_levels(text, pieces)])


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


def _borne_out(amount: Amount, text: str, pieces: Sequence[Evidence], frame: Frame) -> bool:
    """Whether a figure stands in the evidence, or may be repeated from the question: a supposed
    one ("if a supplier scores 85"), or how many items were asked for ("the five modules"). It may
    count the names that the claim lists.
    """
    if holds(pieces, amount):
        return True
    asked = any(states(amount, given) for given in figures(frame.question))
    few = amount.unit in ("", "item") and 1 <= amount.value <= _COUNTED
    counted = few and any(_counts(int(amount.value), piece.words) for piece in pieces)
    listed = few and int(amount.value) in map(len, listed_names(text))
    echoed = amount.value == 1 and amount.text in frame.question  # "one day a year"
    return counted or listed or (asked and (echoed or bool(_SUPPOSES.search(frame.question))))


def _counts(number: int, text: str) -> bool:
    """Whether a text says so many in front of a noun without a measure: 五大版块, 四场专题论坛."""
    return re.search(rf"{'零一二三四五六七八九十'[number]}[大类种项场方]", text) is not None


def _of_year(piece: Evidence, years: set[str], report_year: str) -> bool:
    """Whether a piece speaks of a claim's one year; what names no year is of the report's."""
    if len(years) != 1:
        return True
    named = {str(date.year) for date in find_dates(piece.told) if date.year}
    return bool(years & (named or {report_year}))


def _wrong_places(text: str, pieces: Sequence[Evidence], frame: Frame) -> list[Failure]:
    """Return the figures whose limit, year, part (target or result) or row is another's."""
    failures = [
        Failure(kind, amount.text)
        for kind, amount in misplaced(text, pieces, frame.question, frame.report_year)
    ]
    failures += [Failure("target", words) for words in judged(text, pieces)]
    for amount in figures(text):
        found = stated_by(amount, pieces)
        claim = limit_of(text, amount)
        limits = [(limit_of(said, source), source) for said, source in found]
        if limits and not any(
            limit_kept(claim, amount, limit, source)
            or (claim is None and limit is not None and names_limit(text, limit.kind))
            for limit, source in limits
        ):
            failures.append(Failure("limit", amount.text))
    said = " ".join(piece.words for piece in pieces)
    failures += [
        Failure("limit", match[0])
        for match in _OR_ABOVE.finditer(text)
        if not re.search("以[上下内]", said) and not find_amounts(text[: match.start()][-8:])
    ]
    if (match := _COMPUTES.search(text)) and figures(text) and not _TOTALS.search(said):
        failures.append(Failure("sum", match[0]))
    if (match := _SUBTRACTS.search(text)) and figures(text) and not _DIFFERENCES.search(said):
        failures.append(Failure("sum", match[0]))
    most = _MOST.search(text)
    if most and figures(text) and len(pieces) < 2 and not _MOST_SAID.search(said):
        failures.append(Failure("sum", most[0]))  # one row does not tell which is the largest
    if (match := _AGREES.search(text)) and figures(text) and match[0] not in said:
        failures.append(Failure("sum", match[0]))
    return failures


def _wrong_rows(
    text: str, pieces: Sequence[Evidence], evidence: Sequence[Evidence], frame: Frame
) -> list[Failure]:
    """Return the figures and rows that are another row's, or joined as no source joins them."""
    failures = _kinds("joined", wrongly_joined(text, pieces) + mixed_rows(text, evidence))
    failures += _kinds("joined", wrongly_related(text, pieces))
    failures += _kinds("year", wrongly_dated(text, pieces, evidence))
    failures += _kinds("twice", said_twice(text, pieces, frame.question))
    shared = wrongly_shared(text, pieces, frame.support)
    failures += _kinds("sum", shared + wrongly_paired(text) + wrongly_averaged(text, pieces))
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
    return failures + _kinds("row", wrong)


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
    return _kinds("quote", wrong_quotes(text, given, frame.language))


def _kinds(kind: str, words: Sequence[str]) -> list[Failure]:
    return [Failure(kind, said) for said in words]


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
