"""Check the questions against the report they were written from."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from eval.matching import only_amount, only_date, states_fact
from eval.questions import Fact, Question, Span
from rag.amounts import Amount, find_amounts, states


def problems(questions: Sequence[Question], lines: Sequence[str]) -> list[str]:
    """List what is wrong with the questions, each with the id of the question."""
    counts = Counter(question.id for question in questions)
    found = [f"{name}: is used by {count} questions" for name, count in counts.items() if count > 1]
    found += _pair_problems(questions)
    for question in questions:
        for fact in question.facts:
            found += [f"{question.id}: {text}" for text in _fact_problems(question, fact, lines)]
    return found


def _pair_problems(questions: Sequence[Question]) -> Iterator[str]:
    """A pair is one question in both languages; split in two it would leak the held-out half."""
    pairs: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.pair:
            pairs[question.pair].append(question)
    for name, pair in pairs.items():
        if sorted(question.language for question in pair) != ["en", "zh"]:
            yield f"{name}: is not one Chinese and one English question"
        elif len({(each.kind, each.split, each.answerable) for each in pair}) > 1:
            yield f"{name}: its halves differ in kind, split or answerable"


def _fact_problems(question: Question, fact: Fact, lines: Sequence[str]) -> Iterator[str]:
    for first, last in fact.evidence:
        if last > len(lines) or not any(line.strip() for line in lines[first - 1 : last]):
            yield f"evidence [{first}, {last}] is not in the report"
        elif not (question.kind == "arithmetic" or fact.computed) and not _stands(
            fact, (first, last), lines
        ):
            yield f"{fact.alternatives[0]} does not stand in [{first}, {last}]"


def _stands(fact: Fact, span: Span, lines: Sequence[str]) -> bool:
    """Tell whether some expected figure is one of the span's, or rounds one of them.

    Words may be in another language than the report's, and a year may stand in the table's header:
    no telling where these will do.
    """
    if any(not re.search(r"\d", text) or _is_year(text) for text in fact.alternatives):
        return True
    text = "\n".join(lines[span[0] - 1 : span[1]])
    if states_fact(text, fact.alternatives):
        return True
    expected = [amount for each in fact.alternatives if (amount := only_amount(each))]
    sources = find_amounts(text)
    return any(
        states(amount, source) or _printed(amount) == _printed(source)
        for amount in expected
        for source in sources
    )


def _is_year(text: str) -> bool:
    date = only_date(text)
    return date is not None and date.month is None


def _printed(amount: Amount) -> tuple[object, ...]:
    """The digits as printed: the unit may stand in the table's header, outside the span."""
    return amount.value / amount.scale, amount.decimals
