"""Where figures are not all of what is asked for: what is said of them instead, or besides."""

import re
from collections.abc import Sequence

from rag import asked, periods
from rag.amounts import find_amounts, states
from rag.narrowings import names_parts
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import FigureAnswer, Row, evidence_of
from rag.silence import Silence, say_silence

_YUAN = re.compile(r"(?:人民币)?[十百千万亿]*元(?:人民币)?(?:/.*)?")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")  # the same amount once more, as printed
_TARGET = re.compile(r"目标|指标值")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s*年)?")
_HOW_MUCH = re.compile(r"多少|几|\bhow (?:many|much)\b", re.IGNORECASE)


def falls_short(rows: Sequence[Row], text: str) -> str:
    """Return why the rows are not what is asked for: they have the whole year, or one year, or
    another currency; "" where they may be.
    """
    if asked.foreign_money(text) and all(_YUAN.fullmatch(row.unit) for row in rows):
        return "yuan-only"
    labels = [f"{row.hit.entry.title} {row.hit.entry.text}" for row in rows]
    if periods.part_of_year(text) and not any(map(periods.tells_part_of_year, labels)):
        return "whole-year"
    alone = all(
        len(row.periods) < 2 and not asked.change(row.label) and not row.tells_change
        for row in rows
    )
    return "one-year" if alone and asked.growth(text) else ""


def leaves_out(said: FigureAnswer, parts: Sequence[str]) -> bool:
    """Whether several parts of a question ask for a figure, and fewer figures are stated."""
    wanted = sum(asked.figure(part) for part in parts)
    return (
        wanted > 1 and said.answered and wanted > len(find_amounts(_IN_BRACKETS.sub("", said.text)))
    )


def beside_the_point(said: FigureAnswer, question: Question) -> bool:
    """Whether figures are of a whole, where a part of it is asked for that they do not name; or
    say again what the question says: "of the 1,660 suppliers, how many are core ones?".
    """
    text = question.text
    told = [piece.told for piece in said.evidence]
    # what is left of a whole has no name; how one row changed has
    left = " − " in said.text and not (len(told) == 1 and said.evidence[0].kind == "row")
    if not left and not names_parts(text, told):
        return True
    known, stated = find_amounts(text), find_amounts(_IN_BRACKETS.sub("", said.text))
    counts = [amount for amount in stated if not _YEAR.fullmatch(amount.text)]
    again = bool(counts) and all(any(states(a, given) for given in known) for a in counts)
    return again and said.answered and "=" not in said.text and _HOW_MUCH.search(text) is not None


def stated_instead(reason: str, said: FigureAnswer, question: Question) -> FigureAnswer:
    """Refuse, but state what the report gives instead."""
    lead = say_silence(Silence(reason), [], question.language)
    given = f"报告给出的是：{said.text}" if question.language == "zh" else f" It gives: {said.text}"
    return FigureAnswer(lead + given, said.evidence, answered=False)


def with_target(
    row: Row, hits: Sequence[Hit], said: FigureAnswer, question: Question
) -> FigureAnswer:
    """Add the sentence beside a table that gives the target of its row, where no cell does."""
    if any(_TARGET.search(cell.figure.scope + cell.figure.metric) for cell in row.cells):
        return said
    unit = {amount.unit for amount in find_amounts(f"1 {row.unit}")}
    for hit in hits:
        entry = hit.entry
        beside = entry.kind == "sentence" and hit.passage.id == row.hit.passage.id
        if beside and _TARGET.search(entry.text):
            if not unit & {amount.unit for amount in find_amounts(entry.text)}:
                continue
            number = len(said.evidence) + 1
            quote = f"“{entry.text}” [{number}]"
            zh = question.language == "zh"
            added = f"关于目标：{quote}。" if zh else f" On the target, in Chinese: {quote}."
            return FigureAnswer(
                said.text + added, (*said.evidence, evidence_of(hit, number)), said.answered
            )
    return said
