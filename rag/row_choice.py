"""Choose the table rows that a question about figures means, of those that it may mean."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from index.passage import PATH
from index.terms import tokens
from rag import asked, combining, periods
from rag.arithmetic import NAMED, TOTAL
from rag.counted import MONEY_UNITS, asks_money, asks_number, units
from rag.coverage import Coverage
from rag.retrieve import Hit
from rag.rows import LABEL, TIED_UP, Row, Table, group_name, joint_parts
from rag.subject import OWNERS, dull

ENOUGH = 0.7  # share of the question that the rows must cover to be the answer
GAIN = 0.15  # share of the question that a further row must add
CLEAR = 0.75  # a row of whose label the question names less may not be the one it means
MOST_ROWS = 3
MOST_NAMESAKES = 4
_LARGEST_ONES = re.compile(
    r"前[三五十\d]+[名大]|\btop (?:five|ten|5|10)\b|\b(?:five|ten|5|10) (?:largest|biggest)\b",
    re.IGNORECASE,
)
_RATE_ABOVE = re.compile(r"([\u3400-\u9fff]{2,}率)(?=$|[（(\s]|情况|统计|表)")
_RATE_OF_COLUMN = re.compile(r"(?!占)([\u3400-\u9fff]{2,}(?:率|比例|占比))(?:[（(].*)?")
_SHARES = {"比例", "占比", "比率"}
_PART_OF_GROUP = re.compile(
    r"母公司|子公司|分公司|\b(?:parent|subsidiar\w+|branch\w*)\b", re.IGNORECASE
)
_PER = re.compile(r"强度|密度|\bintensity\b|\bper\b", re.IGNORECASE)
_ENDING = 4  # characters of a noun and of what is measured of it: 培训时长
_NOUN = 2  # characters of a noun, and of what it is of


def candidate_rows(table: Table, text: str, hits: Sequence[Hit], coverage: Coverage) -> list[Row]:
    """Return the rows that may answer, without those that the question's wording rules out."""
    candidates = table.candidates(hits, coverage)
    combines = (
        asked.share,
        asked.each,
        combining.gap,
        combining.ratio,
        combining.together,
        asked.several,
    )
    if candidates and any(asks(text) for asks in combines):
        candidates += table.beside(candidates[0], coverage)
    if bound := combining.bound(text):
        wholes = [row for row in candidates if asked.share(text) and TOTAL.search(row.label)]
        candidates = [row for row in candidates if combining.bound(row.label) == bound]
        candidates += wholes if candidates else []
    elif combining.or_more(text):  # a degree or higher: no single row, unless one says so itself
        candidates = [row for row in candidates if combining.or_more(row.label)]
    if periods.duration(text) and not asked.each(text):
        candidates = [row for row in candidates if periods.tells_duration(row.hit.entry.text)]
    if not (asked.rate(text) or asked.share(text)) or asked.each(text):
        amounts = [row for row in candidates if row.has_amounts]
        # a share of revenue is not the revenue, but turnover may be a rate by another name
        candidates = amounts or [row for row in candidates if row.named >= CLEAR]
    if not periods.part_of_year(text):  # a row of quarters has no figure of the year
        candidates = [row for row in candidates if not row.is_of_quarters] or candidates
    if asks_number(text) and not asks_money(text):
        candidates = [row for row in candidates if not row.is_in(MONEY_UNITS) or not row.unit]
    divided = asked.share(text) or asked.each(text)
    if (wanted := units(text)) and not divided:  # money, people, hours
        candidates = [row for row in candidates if row.is_in(wanted)]
    return [row for row in candidates if not is_of_another(row, text, coverage)]


def is_of_another(row: Row, text: str, coverage: Coverage) -> bool:
    """Whether a row is of something else than the question by the same words.

    A count of two things, where one is asked for (专利及软件著作权数量); a figure of the parent
    company or its subsidiaries alone; so much for each of something (强度),
    where all is asked for; a rate that the question does not name and only the heading of its
    table (流失率) or of its column does; a share of the R&D investment (研发投入), where the
    question speaks of another one (环保投入).
    """
    in_group = _PART_OF_GROUP.search(_without_owners(row.label))
    if in_group and not _PART_OF_GROUP.search(text):  # the parent's employees are not all
        return True
    if TIED_UP.search(row.hit.entry.title) and not TIED_UP.search(text):  # not all of the cash
        return True
    if _LARGEST_ONES.search(text) and not _LARGEST_ONES.search(row.label):  # one of them alone
        return True
    # 范围 of 范围一 stands in 范围二 as well
    enough = CLEAR if re.search("[+＋]", row.label) else LABEL
    if any(_is_left_out(dull().sub("", part), coverage, enough) for part in joint_parts(row.label)):
        return True
    if _PER.search(row.label) and not (_PER.search(text) or asked.each(text)):
        return True
    if row.is_share and any(
        not (rate in row.label or _is_named(rate, coverage)) for rate in _rates_above(row)
    ):
        return True
    part, of, _ = row.label.partition("占")
    if not (row.is_share and of) or part in text:
        return False
    noun = re.escape(part[-_NOUN:])
    others = (match[1] for match in re.finditer(rf"([\u3400-\u9fff]{{{_NOUN}}})的?{noun}", text))
    return any(other not in part and coverage.part(other).terms for other in others)


def _is_left_out(part: str, coverage: Coverage, enough: float) -> bool:
    """Whether the question, or what a follow-up puts into it, does not name a part of a label."""
    if coverage.focus and not coverage.covered(tokens(part)) & coverage.focus:
        return True
    return coverage.named(part) < enough


def _rates_above(row: Row) -> list[str]:
    """The rates that the last heading above a row, the caption of its table or all of its columns
    of percentages name.
    """
    caption = row.hit.entry.text.partition("：")[0].removesuffix(row.cells[0].figure.metric)
    found = _RATE_ABOVE.findall(f"{row.hit.entry.title.rpartition(PATH)[2]} {caption}")
    scopes = {cell.figure.scope for cell in row.cells if "%" in cell.figure.unit}
    rates = [_RATE_OF_COLUMN.fullmatch(scope) for scope in scopes]
    return found + [rate[1] for rate in rates if rate] if all(rates) else found


def _is_named(rate: str, coverage: Coverage) -> bool:
    """Whether a question names a rate by the word for it (流失率), or a share by what it is of."""
    *of, last = tokens(rate)
    return bool(coverage.covered(of if last in _SHARES else [last]))


def choose_rows(candidates: list[Row], years: Sequence[str], coverage: Coverage) -> list[Row]:
    """Choose the rows that together cover what the question names, the best row first."""
    if coverage.focus:  # a follow-up asks for what it adds, not again for what came before
        candidates = [row for row in candidates if row.covered & coverage.focus]
    complete = [row for row in candidates if set(years) <= set(row.periods)]
    candidates = complete or candidates
    most = min(len(coverage.focus), MOST_ROWS) if coverage.focus else MOST_ROWS
    chosen: list[Row] = []
    seen: frozenset[int] = frozenset()
    while candidates and len(chosen) < most:
        best = max(candidates, key=lambda row: _fit(row, seen, chosen, coverage))
        if chosen and coverage.weight(best.covered - seen) < GAIN:
            break
        chosen.append(best)
        seen |= best.covered
        candidates = [row for row in candidates if row.label != best.label]
        if coverage.focus:
            candidates = [row for row in candidates if row.covered & coverage.focus - seen]
    # rows that are only named in part may make up one row that the table does not have
    apart = len(chosen) > 1 and any(row.named < NAMED for row in chosen)
    return chosen if coverage.weight(seen) >= ENOUGH and not apart else []


def _fit(
    row: Row, seen: frozenset[int], chosen: Sequence[Row], coverage: Coverage
) -> tuple[float, bool, float]:
    """Return how well a row goes on from those chosen; of equals, one of their table does best."""
    beside = any(row.hit.passage.id == other.hit.passage.id for other in chosen)
    return coverage.weight(row.covered - seen) + 0.3 * row.named, beside, row.hit.score


def of_more_years(table: Table, row: Row) -> list[Row]:
    """Return the rows of the report with the same label and more years: a table has what a key
    figure of one year lacks.
    """
    alike = (other for other in table.rows_with(table.index.manifest.year) if other.periods[1:])
    return [
        replace(other, covered=row.covered, named=row.named)
        for other in alike
        if _without_owners(other.label) == _without_owners(row.label)
    ]


def _without_owners(label: str) -> str:
    """A label without whose the profit is: 归母净利润."""
    return re.sub(OWNERS, "", label)


def namesakes(
    rows: Sequence[Row], candidates: Sequence[Row], years: Sequence[str], coverage: Coverage
) -> list[Row]:
    """Return the rows that the question may mean as well: training hours, of which training?"""
    first = rows[0]
    if len(rows) > 1 or first.named >= CLEAR or coverage.focus:
        return []
    least = coverage.weight(first.covered) - GAIN
    same = {
        row.label: row
        for row in reversed(candidates)
        if (coverage.weight(row.covered) >= least or _ends_alike(row.label, first.label))
        and set(years) <= set(row.periods)
        and row.unit == first.unit
        and (row.label == first.label or not _more_special(row.label, first.label))
    }
    found = sorted(same.values(), key=lambda row: -row.hit.score)
    return found[:MOST_NAMESAKES] if len(found) > 1 else []


def _ends_alike(label: str, other: str) -> bool:
    """Whether two labels end with the same words: 培训时长, of which training?"""
    return label[-_ENDING:] == other[-_ENDING:] and min(len(label), len(other)) > _ENDING


def named_within(first: Row, beside: Sequence[Row], text: str) -> list[Row]:
    """Return the row beside the first whose label is that of the first without a word in it, where
    the question names both: 产假 and 陪产假.
    """
    for row in beside:
        start = sum(1 for _ in takewhile(_same, zip(row.label, first.label, strict=False)))
        end = len(row.label) - start
        more = first.label[start : len(first.label) - end]
        word = row.label[start : start + 2]
        if row.unit != first.unit or not (more and end and first.label.endswith(row.label[start:])):
            continue
        if text.count(word) > text.count(more + word) > 0:
            return [row]
    return []


def second_part(
    first: Row, candidates: Sequence[Row], years: Sequence[str], *, each: bool
) -> list[Row]:
    """Return the row in another unit that answers the other half of "how many, and what share",
    or that tells what there is so much of for each.
    """
    for row in candidates:
        if row.unit == first.unit or row.hit.passage.id != first.hit.passage.id:
            continue
        if row.is_share and group_name(first.cells[0].figure) != group_name(row.cells[0].figure):
            continue  # the share of all is not that of one class
        pairs = zip(row.label, first.label, strict=False)
        common = sum(1 for _ in takewhile(_same, pairs))
        alike = each and 2 * common >= min(len(row.label), len(first.label))
        # of "how much, and what share of revenue", the share alone names the revenue
        amount = first.is_share and row.named >= CLEAR and row.covered <= first.covered
        same = row.covered == first.covered or alike or amount
        if same and set(years) <= set(row.periods):
            return [row]
    return []


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _more_special(label: str, other: str) -> bool:
    """Whether a label has all that the other has, in order, and more: 陪产假 of 产假."""
    rest = iter(label)
    return all(character in rest for character in other)
