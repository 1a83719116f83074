"""Hold what a question takes for granted against the report: that a figure fell, or is so much."""

import re
from collections.abc import Sequence

from index.passage import FigureEntry
from rag import asked, periods, sums, wording
from rag.amounts import Amount, find_amounts, states
from rag.arithmetic import against_target
from rag.evidence import Evidence
from rag.question import Question
from rag.rows import FigureAnswer, Row

_CONFIRMS = re.compile(
    r"[对是]吗|对吧|没错吧|对不对|是不是|是否|正确吗|属实|真的|吗\s*[？?]?\s*$"
    r"|\b(?:is it (?:true|correct|right)|(?:correct|right|true)\s*\?)"
    r"|^\W*(?:is|was|are|were|did|does|do|has|have|had)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"超过|高于|低于|不到|不足|至少|以[上下]|多于|少于|大于|小于"
    r"|\b(?:more|less|fewer|over|under|above|below|at (?:least|most)|exceed\w*)\b",
    re.IGNORECASE,
)
_OF_ONE_EVENT = re.compile(
    r"哪一?[天日]|几[月日号]|何时|何地|什么时候|在哪|哪里|为什么|为何"
    r"|\b(?:when|where|why|wh(?:at|ich) (?:exact )?(?:day|date|month|city|exchange))\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"才|开始|成立|创[立建]|设立|上市|登陆|挂牌|合[资办]|评[上为]|获[评得]|认定|通过|取得|加入|启动|建成|投产"
    r"|发布"
    r"|\b(?:listed|public|founded|established|incorporated|certified|recogni[sz]ed|awarded|set up"
    r"|launched|started|began|begun|joined|opened|acquired|obtained|issued|published|named"
    r"|IPO|float(?:ed|ation)|joint venture|formed)\b",
    re.IGNORECASE,
)


def dates_an_event(question: str) -> bool:
    """Whether it asks to confirm the year in which something took place, or asks the day, the place
    or the reason of what it takes for granted to have taken place then: another year answers.
    """
    asks = _CONFIRMS.search(question) or _OF_ONE_EVENT.search(question)
    return bool(asks and _EVENT.search(question))


def corrects_year(question: str, best: Sequence[Evidence]) -> bool:
    """Whether the best evidence dates the event that a question asks to confirm otherwise: a small
    model takes that for no answer.
    """
    given = set(periods.years(best[0].words)) if best else set()
    return dates_an_event(question) and bool(given) and not given & set(periods.years(question))


def claim_of(question: str) -> Amount | None:
    """Return the one amount that a question asks to confirm: "is it 5%?", 是 5% 吗; else None."""
    if not _CONFIRMS.search(question) or _LIMITS.search(question):
        return None
    claims = [amount for amount in find_amounts(question) if amount.unit]
    return claims[0] if len(claims) == 1 else None


def check_claim(row: Row, year: str, claim: Amount, question: Question) -> FigureAnswer | None:
    """Say whether the row's figure of the year is the claimed one; None where the units differ."""
    figure = row.figure(year)
    found = find_amounts(f"{figure.value:,} {figure.unit}") if figure else []
    if len(found) != 1 or found[0].unit != claim.unit:
        return None
    holds = states(claim, found[0])
    cells = [cell for cell in row.cells if cell.figure.period == year]
    said = wording.CLAIM[question.language][holds]
    return FigureAnswer(said + wording.state(cells, 1, question.language), (row.evidence(1),))


def check_change(row: Row, cells: Sequence[FigureEntry], question: Question) -> FigureAnswer | None:
    """Answer "why did it fall?" where the figures, in the order of their years, did not fall."""
    if len(cells) < 2 or len({cell.figure.scope for cell in cells}) > 1:
        return None
    change = cells[-1].figure.value - cells[0].figure.value
    if change * asked.premise(question.text) > 0:
        return None
    said = wording.PREMISE[question.language][(change > 0) - (change < 0)]
    said += wording.state(cells, 1, question.language)
    said += sums.change(cells[0].figure, cells[-1].figure, question.language)
    return FigureAnswer(said, (row.evidence(1),))


def check_target(row: Row, year: str, question: Question) -> FigureAnswer | None:
    """Say how a result stands to the target that a question takes it to have met or missed."""
    verdict = against_target(row, year, question.language)
    if not verdict:
        return None
    cells = [cell for cell in row.cells if cell.figure.period == year]
    said = wording.state(cells, 1, question.language) + verdict
    return FigureAnswer(said, (row.evidence(1),))
