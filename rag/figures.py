"""Answer questions from the figures of the report's tables and key figures, without a model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.passage import FigureEntry
from index.store import Index
from index.terms import tokens
from rag import asked, wording
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.question import Question
from rag.retrieve import Hit

NEAR = 1.2  # rows whose fused score is further below the best hit are not looked at
ENOUGH = 0.7  # share of the question that the rows must cover to be the answer
LABEL = 0.5  # share of a row's own label that the question must name
GAIN = 0.15  # share of the question that a further row must add
CLEAR = 0.75  # a row of whose label the question names less may not be the one it means
MOST_ROWS = 3
MOST_NAMESAKES = 4

_GROUPING = re.compile(r"按.{1,8}?(?:划分|构成|分类|统计|分)的?")
_TOTAL = re.compile(r"总|合计|全部|小计")
_COUNTED = frozenset(("人", "名", "位", "次", "人次", "件", "个", "家", "份", "场"))


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A finished answer: its text with [n] marks, the rows it cites, whether it says a figure."""

    text: str
    evidence: tuple[Evidence, ...]
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row that may answer: its cells, and how well it fits the question."""

    hit: Hit
    cells: tuple[FigureEntry, ...]
    covered: frozenset[int]
    named: float

    @property
    def periods(self) -> list[str]:
        """The years it has figures for, in order."""
        return sorted({cell.figure.period for cell in self.cells if cell.figure.period})

    @property
    def is_share(self) -> bool:
        """Whether its figures are percentages."""
        return any("%" in cell.figure.unit + cell.figure.printed for cell in self.cells)

    def evidence(self, number: int) -> Evidence:
        """The row as numbered evidence."""
        entry = self.hit.entry
        return Evidence(
            number, self.hit.passage, entry.title, entry.text, entry.quote, entry.kind,
            entry.lines, self.hit.score,
        )  # fmt: skip


def answer_from_figures(
    index: Index, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Return the answer that table cells give, or None where they do not clearly give one."""
    text = question.text
    if not asked.figure(text):
        return _false_premise(index, question, hits, coverage) if asked.premise(text) else None
    candidates = _candidates(index, hits, coverage)
    years = asked.years(text)
    if not asked.rate(text) or asked.each(text):
        candidates = [row for row in candidates if not row.is_share] or candidates
    rows = _choose(candidates, years, coverage)
    if not rows:
        return None
    several = asked.several(text)
    if len(rows) == 1 and several and not coverage.focus:
        rows += _second_part(rows[0], candidates, years)
    computed = _compute(index, rows, question)
    share = asked.share(text) and not several
    each = asked.each(text) and not any(_says_each(row) for row in rows)
    if computed is None and (each or (share and not all(row.is_share for row in rows))):
        return None
    others = _namesakes(rows, candidates, years, coverage)
    if computed is None and others:
        stated = _state(others, years, question, index.manifest.year)
        lead = wording.AMBIGUOUS[question.language]
        return stated and FigureAnswer(f"{lead}\n\n{stated.text}", stated.evidence)
    said = computed or _state(rows, years, question, index.manifest.year)
    if said is not None:
        return said
    # a table of several years leaves this one out, and nothing near has it: not disclosed
    known = " ".join(hit.entry.text + hit.entry.title for hit in hits[:10])
    if years and not any(year in known for year in years) and len(rows) == 1:
        refusal = wording.not_given(rows[0].cells, years, question.language)
        return FigureAnswer(refusal, (rows[0].evidence(1),), answered=False)
    return None


def _false_premise(
    index: Index, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Answer "why did it fall?" where the figures rose, or the other way round."""
    years = asked.years(question.text)
    candidates = [row for row in _candidates(index, hits, coverage) if len(row.periods) > 1]
    rows = _choose(candidates, years, coverage)
    if not rows:
        return None
    row = rows[0]
    wanted = _wanted_years(row, years, question.text, index.manifest.year, changes=True) or []
    cells = [cell for cell in row.cells if cell.figure.period in wanted]
    if len(cells) < 2 or len({cell.figure.scope for cell in cells}) > 1:
        return None
    change = cells[-1].figure.value - cells[0].figure.value
    if change * asked.premise(question.text) > 0:
        return None
    said = wording.PREMISE[question.language][(change > 0) - (change < 0)]
    said += wording.state(cells, 1, question.language)
    said += wording.change(cells[0].figure, cells[-1].figure, question.language)
    return FigureAnswer(said, (row.evidence(1),))


def _says_each(row: Row) -> bool:
    return asked.each(row.cells[0].figure.metric)


def _namesakes(
    rows: Sequence[Row], candidates: Sequence[Row], years: Sequence[str], coverage: Coverage
) -> list[Row]:
    """Return the rows that the question may mean as well: training hours, of which training?"""
    first = rows[0]
    if len(rows) > 1 or first.named >= CLEAR or coverage.focus:
        return []
    least = coverage.weight(first.covered) - GAIN
    same = {_label(row.cells[0]): row for row in reversed(candidates)
            if coverage.weight(row.covered) >= least and set(years) <= set(row.periods)
            and row.cells[0].figure.unit == first.cells[0].figure.unit}  # fmt: skip
    found = sorted(same.values(), key=lambda row: -row.hit.score)
    return found[:MOST_NAMESAKES] if len(found) > 1 else []


def _second_part(first: Row, candidates: Sequence[Row], years: Sequence[str]) -> list[Row]:
    """Return the row in another unit that answers the other half of "how many, and what share"."""
    for row in candidates:
        other_unit = row.cells[0].figure.unit != first.cells[0].figure.unit
        same_subject = row.covered == first.covered and set(years) <= set(row.periods)
        if other_unit and same_subject and row.hit.passage == first.hit.passage:
            return [row]
    return []


def _candidates(index: Index, hits: Sequence[Hit], coverage: Coverage) -> list[Row]:
    details = [hit for hit in hits if hit.entry.quote]
    rows = []
    for hit in details:
        if hit.score < details[0].score - NEAR:
            continue
        cells = _cells(index, hit.entry.passage, hit.entry.lines[0])
        if not cells:
            continue
        named = coverage.named(_label(cells[0]))
        if named >= LABEL:
            words = set(tokens(f"{hit.entry.title} {hit.entry.text}"))
            rows.append(Row(hit, cells, coverage.covered(words), named))
    return rows


def _cells(index: Index, passage: int, line: int) -> tuple[FigureEntry, ...]:
    return tuple(f for f in index.figures if f.passage == passage and f.figure.line == line)


def _label(cell: FigureEntry) -> str:
    """A row's label without "by gender" and the like, which nobody asks for by name."""
    return _GROUPING.sub("", f"{cell.figure.group} {cell.figure.metric}")


def _choose(candidates: list[Row], years: Sequence[str], coverage: Coverage) -> list[Row]:
    """Choose the rows that together cover what the question names, the best row first."""
    if coverage.focus:  # a follow-up asks for what it adds, not again for what came before
        candidates = [row for row in candidates if row.covered & coverage.focus]
    complete = [row for row in candidates if set(years) <= set(row.periods)]
    candidates = complete or candidates
    most = 1 if coverage.focus else MOST_ROWS
    chosen: list[Row] = []
    seen: frozenset[int] = frozenset()
    while candidates and len(chosen) < most:
        best = max(
            candidates,
            key=lambda row: (coverage.weight(row.covered - seen) + 0.3 * row.named, row.hit.score),
        )
        if chosen and coverage.weight(best.covered - seen) < GAIN:
            break
        chosen.append(best)
        seen |= best.covered
        candidates = [row for row in candidates if _label(row.cells[0]) != _label(best.cells[0])]
    return chosen if coverage.weight(seen) >= ENOUGH else []


def _state(
    rows: Sequence[Row], years: Sequence[str], question: Question, report_year: str
) -> FigureAnswer | None:
    """State the cells of each row for the years asked."""
    changes, extreme = asked.change(question.text), asked.extreme(question.text)
    parts = []
    for number, row in enumerate(rows, 1):
        wanted = _wanted_years(row, years, question.text, report_year, changes=changes)
        if wanted is None:
            return None
        cells = [c for c in row.cells if not row.periods or c.figure.period in wanted]
        cells = _in_scope(cells, question.text)
        said = wording.state(cells, number, question.language)
        comparable = len({cell.figure.scope for cell in cells}) == 1
        if extreme and len(cells) >= 2 and comparable:
            chosen = max(cells, key=lambda cell: extreme * cell.figure.value)
            said += wording.extreme(chosen.figure, extreme, question.language)
        if changes and len(cells) >= 2 and comparable:
            said += wording.change(cells[0].figure, cells[-1].figure, question.language)
        parts.append(said)
    evidence = tuple(row.evidence(number) for number, row in enumerate(rows, 1))
    return FigureAnswer("\n\n".join(parts), evidence)


def _wanted_years(
    row: Row, years: Sequence[str], text: str, report_year: str, *, changes: bool
) -> list[str] | None:
    """Return the years of the row to state; None where it lacks a year asked for."""
    if not row.periods:
        return []
    if not years:
        all_years = changes or asked.trend(text) or report_year not in row.periods
        return row.periods if all_years else [report_year]
    if not set(years) <= set(row.periods):
        return None
    before = str(int(years[0]) - 1)
    if changes and len(years) == 1 and before in row.periods:
        return [before, *years]
    return list(years)


def _in_scope(cells: list[FigureEntry], text: str) -> list[FigureEntry]:
    """Keep the columns that the question names, where it names some and not others."""
    named_in = set(tokens(text))
    scored = [(len(named_in & set(tokens(cell.figure.scope))), cell) for cell in cells]
    named = [cell for score, cell in scored if score]
    return named or cells


def _compute(index: Index, rows: Sequence[Row], question: Question) -> FigureAnswer | None:
    """Divide one row by another, where the question asks for a share or for so much each."""
    share = asked.share(question.text)
    each = asked.each(question.text)
    if not (share or each) or len(rows) > 2:
        return None
    if share and rows[0].is_share:
        return None  # the share is printed
    pair = list(rows)
    if len(pair) == 1:
        total = _total_of(index, rows[0]) if share else None
        if total is None:
            return None
        pair.append(total)
    years = asked.years(question.text) or [index.manifest.year]
    if len(years) != 1:
        return None
    first, second = (
        next((c.figure for c in row.cells if c.figure.period == years[0]), None) for row in pair
    )
    if first is None or second is None or not first.value or not second.value:
        return None
    if share and first.unit == second.unit:
        part, whole = sorted((first, second), key=lambda figure: figure.value)
        text = wording.share(part, whole, _number(pair, part), _number(pair, whole), question)
    elif each and len({first.unit in _COUNTED, second.unit in _COUNTED}) == 2:
        counted, other = (first, second) if first.unit in _COUNTED else (second, first)
        text = wording.each(other, counted, _number(pair, other), _number(pair, counted), question)
    else:
        return None
    return FigureAnswer(text, tuple(row.evidence(n) for n, row in enumerate(pair, 1)))


def _number(rows: Sequence[Row], figure: object) -> int:
    return next(n for n, row in enumerate(rows, 1) if any(c.figure is figure for c in row.cells))


def _total_of(index: Index, row: Row) -> Row | None:
    """Return the row of the same table and unit that says it is the total."""
    unit = row.cells[0].figure.unit
    for entry in index.entries:
        if entry.passage != row.hit.entry.passage or entry.kind != "row":
            continue
        cells = _cells(index, entry.passage, entry.lines[0])
        if cells and cells[0].figure.unit == unit and _TOTAL.search(cells[0].figure.metric):
            hit = Hit(entry, row.hit.passage, row.hit.score, 0.0, 0.0)
            return None if entry == row.hit.entry else Row(hit, cells, frozenset(), 1.0)
    return None
