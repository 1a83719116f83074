"""Check the figures of a claim: that its sources have them, of the same year, row and limit."""

import re
from collections.abc import Sequence

from rag.amounts import Amount, find_amounts, states
from rag.claim import Failure, Frame, failures_of
from rag.evidence import Evidence
from rag.joined import listed_names
from rag.limits import limit_kept, limit_of, names_limit
from rag.mending import stated_by
from rag.pairing import judged, misplaced
from rag.sources import figures, holds, wrong_levels

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
_SUPPOSES = re.compile(r"如果|假如|假设|倘若|若|\b(?:if|suppose|assuming)\b", re.IGNORECASE)
_COUNTED = 10  # items that a text may count in a word


def wrong_figures(text: str, pieces: Sequence[Evidence], frame: Frame) -> list[Failure]:
    """Return the figures and the levels that the evidence does not have."""
    wrong = [a.text for a in figures(text) if not _borne_out(a, text, pieces, frame)]
    return failures_of("figure", [*wrong, *wrong_levels(text, pieces)])


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


def misplaced_figures(text: str, pieces: Sequence[Evidence], frame: Frame) -> list[Failure]:
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
