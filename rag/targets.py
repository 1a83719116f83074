"""Were all targets of a table met, or which were not: every row held against its target."""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag import periods, wording
from rag.arithmetic import against_target, target_met
from rag.coverage import Coverage
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import FigureAnswer, Table

_ABOUT = 0.5  # share of the question that the table and its heading must cover
_MET = re.compile(
    r"达标|达成|达到|完成|实现|没达|未达"
    r"|\b(?:met|meet|missed|miss|achieved?|reached|hit|(?:fall|fell) short)\b",
    re.IGNORECASE,
)
_TARGETS = re.compile(r"目标|达标|指标|\b(?:targets|goals|kpis)\b", re.IGNORECASE)
_ALL = re.compile(
    r"都|全部|所有|每[一个项]|哪[些几一]|[几三四五六七八九十两]项"
    r"|\b(?:all|every|each|which|any|both|how many|the|its|their)\b",
    re.IGNORECASE,
)


def targets_met(
    table: Table, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Say of each row of the best table how its result stands to its target; None where the
    question does not ask for that, or it is not clear of which table.
    """
    text, language = question.text, question.language
    if not hits or not all(asks.search(text) for asks in (_MET, _TARGETS, _ALL)):
        return None
    years = periods.years(text) or [table.index.manifest.year]
    passage = hits[0].passage
    told = set(tokens(f"{' '.join(passage.section)} {passage.text}"))
    if len(years) != 1 or coverage.weight(coverage.covered(told)) < _ABOUT:
        return None
    rows = table.rows_of(hits[0].entry.passage, hits[0].score)
    rows = [row for row in rows if against_target(row, years[0], language)]
    if len(rows) < 2 or any(coverage.named(row.label) == 1 for row in rows):  # one of them is meant
        return None
    said = []
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in row.cells if cell.figure.period == years[0]]
        verdict = against_target(row, years[0], language)
        said.append(f"- {wording.state(cells, number, language)}{verdict}")
    met = {target_met(row, years[0]) for row in rows}
    lead = [] if None in met else [wording.TARGETS[language][met.pop() if len(met) == 1 else None]]
    text = "\n".join([*lead, *said])
    return FigureAnswer(text, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))
