"""Answer questions from the figures of the report's tables and key figures, without a model."""

import re
from collections.abc import Sequence

from index.store import Index
from index.terms import tokens
from rag import asked, combining, periods, wording
from rag.arithmetic import complement, work_out
from rag.breakdown import answer_from_group, whole_group
from rag.conflicts import with_contradictions
from rag.counted import units
from rag.coverage import Coverage
from rag.item_sums import sum_of_items
from rag.premise import check_change, check_claim, check_target, claim_of
from rag.question import Question
from rag.ranked import ranked_row
from rag.ratios import lacks_ratio, named_ratio
from rag.retrieve import Hit
from rag.row_choice import (
    CLEAR,
    candidate_rows,
    choose_rows,
    is_of_another,
    named_within,
    namesakes,
    of_more_years,
    second_part,
)
from rag.rows import FigureAnswer, Row, Table
from rag.sentence_shares import each_in_sentence, rest_in_sentence, share_in_sentence
from rag.shortfall import beside_the_point, falls_short, stated_instead, with_target
from rag.stating import in_order, partly, state, wanted_years
from rag.targets import targets_met
from rag.told_of import rate_terms

CLEAR_SCORE, CLEAR_LEAD = 4.5, 0.4  # of a row that the search is sure of, over other labels
WHOLE = 0.95  # share of a question that names a row and nothing else
# Where several rows may be asked for, and not one that the table lacks.
_JOINS = re.compile(
    r"[和及与跟同比、，,；;/]|还有|各|男女|\b(?:and|or|versus|vs|plus|as well as|both|each|than)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?<![功频效])(?<!增长)率|\b(?<!growth )(?:rates?|ratio)\b", re.IGNORECASE)
SUMMED = 0.9  # share of a question for a sum that the rows added up must cover


def answer_from_figures(
    index: Index, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Return the answer that table cells give, or None where they do not clearly give one."""
    text, table = question.text, Table(index)
    if met := targets_met(table, question, hits, coverage):
        return met
    if held := _held_against(table, question, hits, coverage):
        return held
    if not asked.figure(text):
        named = _named(table, question, hits, coverage)
        return named or ranked_row(table, question, hits, coverage)
    if rest := rest_in_sentence(hits, question, coverage, index.manifest.year):
        return rest
    found = named_ratio(table, question, coverage)
    found = found or answer_from_group(table, question, hits, coverage)
    found = found or ranked_row(table, question, hits, coverage)
    if found is not None or lacks_ratio(table, question):
        return found
    years, candidates = periods.years(text), candidate_rows(table, text, hits, coverage)
    comparable = [row for row in candidates if asked.growth(text) and len(row.periods) > 1]
    if asked.growth(text) and candidates and not comparable:
        comparable = of_more_years(table, candidates[0])
    rows = choose_rows(comparable, years, coverage) or choose_rows(candidates, years, coverage)
    if not rows and years == [index.manifest.year]:  # a table of this year names none
        dated = [row if row.periods else row.dated(years[0]) for row in candidates]
        rows = choose_rows(dated, years, coverage)
    answer = _answer(table, rows, candidates, question, hits, coverage) if rows else None
    if answer is None and asked.share(text):
        return share_in_sentence(hits, question, coverage)
    answer = answer or each_in_sentence(hits, question, coverage)
    return answer or sum_of_items(question, hits, coverage, index.manifest.year)


def work_out_clear_row(
    index: Index, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Work a change, a share or a miss of a target out from the best row, which the question
    names, whatever else it says: 跑业务、做销售的人，2023 年比前一年多了几个？
    """
    text, table = question.text, Table(index)
    years = periods.years(text)
    changes = asked.growth(text) or (asked.change(text) and len(years) > 1)
    wanted = changes or asked.share(text) or asked.target(text)
    if coverage.focus or not wanted or not asked.figure(text):
        return None
    first = next((hit.entry for hit in hits if hit.entry.quote), None)
    candidates = table.candidates(hits, coverage)
    rows = [row for row in candidates if row.hit.entry == first and row.named >= CLEAR]
    if not rows or rows[0].hit.score < CLEAR_SCORE or is_of_another(rows[0], text, coverage):
        return None
    rest = [row.hit.score for row in candidates if row.label != rows[0].label]
    if any(rows[0].hit.score < score + CLEAR_LEAD for score in rest):
        return None
    worked = _answer(table, rows, rows, question, hits, coverage)
    return None if worked and beside_the_point(worked, question) else worked


def _is_stated(rows: Sequence[Row], text: str, coverage: Coverage) -> bool:
    """Whether rows, as they stand, may be what a question asks for: in the unit, the share or the
    rate that it wants, and each by itself.
    """
    several, wanted = asked.several(text), units(text)
    if wanted and not any(row.is_in(wanted) for row in rows):
        return False
    if len(rows) > 1 and not (several or _JOINS.search(text)):
        return False  # a rate, and how many there are: not their rate
    each = asked.each(text) and not combining.average(text) and not any(map(_says_each, rows))
    shares = all(row.is_share for row in rows)
    lacking = (asked.share(text) or _RATE.search(text)) and not several and not shares
    lacking = lacking and not all(_RATE.search(row.label) or row.is_share for row in rows)
    return not (each or lacking or _lacks_rate(rows, coverage))


def _completed(
    table: Table, row: Row, candidates: Sequence[Row], question: Question, coverage: Coverage
) -> list[Row]:
    """Return a row with the one that answers the other half of the question, where there is one."""
    text, rows = question.text, [row]
    if (asked.several(text) or asked.each(text)) and not coverage.focus:
        more = second_part(row, candidates, periods.years(text), each=asked.each(text))
        if row.is_share:  # how much comes before the share
            rows = [each for each in more if _is_asked_first(each, row, text, coverage)] + rows
        else:
            rows += more
    if len(rows) == 1 and _JOINS.search(text):
        beside = table.rows_of(row.hit.entry.passage, row.hit.score)
        rows = named_within(row, beside, text) + rows
    return rows


def _is_asked_first(amount: Row, share: Row, text: str, coverage: Coverage) -> bool:
    """Whether an amount is what the question asks for before a share: the number of women is not
    that of women on the board, whom the share names.
    """
    part = coverage.part(asked.first_quantity(text))
    of_amount, of_share = (part.covered(set(tokens(r.hit.entry.text))) for r in (amount, share))
    return of_share <= of_amount


def _lacks_rate(rows: Sequence[Row], coverage: Coverage) -> bool:
    """Whether the question names a rate, and none of the rows does: a share of the women is not
    their turnover rate.
    """
    covered = frozenset[int]().union(*(row.covered for row in rows))
    return not rate_terms(coverage) <= covered


def _named(
    table: Table, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """State the row that a question names, and a year of it, without a word of what it is asked
    for: "What was the R&D investment in 2023?", 2023 年研发投入.
    """
    years = periods.years(question.text)
    alone = asked.names_alone(question.text) and not asked.why(question.text)
    if not alone or not years or coverage.focus:
        return None
    candidates = candidate_rows(table, question.text, hits, coverage)
    rows = [row for row in candidates if row.named >= CLEAR and set(years) <= set(row.periods)]
    whole = [row for row in rows if coverage.weight(row.covered) >= WHOLE]
    return _answer(table, whole[:1], candidates, question, hits, coverage) if whole else None


def _answer(
    table: Table,
    rows: list[Row],
    candidates: Sequence[Row],
    question: Question,
    hits: Sequence[Hit],
    coverage: Coverage,
) -> FigureAnswer | None:
    """Work the answer out from the chosen rows, or state them."""
    text, report_year = question.text, table.index.manifest.year
    years = periods.years(text)
    if len(rows) == 1:
        rows = _completed(table, rows[0], candidates, question, coverage)
    if combining.joins(text) and len(rows) == 1 and len(rows[0].cells) == 1:
        return None  # of two things, that are to be taken together, one has a row
    if combining.complement(text) and not any(combining.complement(row.label) for row in rows):
        return complement(table, rows, (years or [report_year])[0], question)
    computed = work_out(table, rows, question)
    whole = coverage.weight(frozenset[int]().union(*(row.covered for row in rows)))
    if computed and combining.together(text) and len(rows) > 1 and whole < SUMMED:
        return None  # something that is to be added is not among the rows
    if computed is None and not _is_stated(rows, text, coverage):
        return None
    others = [] if computed else namesakes(rows, candidates, years, coverage)
    if others:
        stated = state(others, years, question, report_year)
        lead = wording.AMBIGUOUS[question.language]
        return stated and FigureAnswer(f"{lead}\n\n{stated.text}", stated.evidence)
    plain = not (asked.change(text) or periods.trend(text) or asked.extreme(text))
    group = whole_group(table, rows, hits, question) if plain and not computed else None
    said = computed or group or state(rows, years, question, report_year)
    said = said or partly(rows, years, question, report_year)
    if said is not None and (reason := falls_short(rows, text)):
        return stated_instead(reason, said, question)
    if said is not None:
        if computed is None and asked.target(text) and len(rows) == 1:
            said = with_target(rows[0], hits, said, question)
        return said if computed else with_contradictions(table, rows, said, question)
    # a table of several years leaves this one out, and nothing near has it: not disclosed
    row = rows[0] if rows[0].periods else rows[0].dated(report_year)
    details = [hit.entry for hit in hits[:10] if hit.entry.quote]
    near = (f"{entry.title} {entry.text}" for entry in details)
    known = " ".join(said for said in near if row.covered <= coverage.covered(set(tokens(said))))
    missing = [year for year in years if year not in row.periods]
    compared = asked.growth(text) and 0 < len(missing) < len(years)
    undisclosed = compared or not any(year in known for year in years)
    if years and undisclosed and len(rows) == 1:
        refusal = wording.not_given(row.cells, missing, question.language)
        return FigureAnswer(refusal, (row.evidence(1),), answered=False)
    return None


def _held_against(
    table: Table, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Hold what the question takes for granted against the row that it speaks of."""
    text, report_year = question.text, table.index.manifest.year
    claim, years = claim_of(text), periods.years(text)
    if claim is not None:  # what is asked about is named by the other words
        coverage = coverage.part(text[: claim.start] + text[claim.end :])
        rows = choose_rows(table.candidates(hits, coverage), years, coverage)
        return check_claim(rows[0], (years or [report_year])[0], claim, question) if rows else None
    if not asked.why(text):
        return None
    several = [row for row in table.candidates(hits, coverage) if len(row.cells) > 1]
    rows = choose_rows(several, years, coverage)
    if not rows:
        return None
    if asked.target(text):
        return check_target(rows[0], (years or [report_year])[0], question)
    if not asked.premise(text):
        return None
    wanted = wanted_years(rows[0], years, text, report_year, changes=True) or []
    cells = [cell for cell in rows[0].cells if cell.figure.period in wanted]
    return check_change(rows[0], in_order(cells), question)


def _says_each(row: Row) -> bool:
    return asked.each(row.cells[0].figure.metric)
