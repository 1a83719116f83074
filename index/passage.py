"""A report -> passages, which are cited, and entries, which are searched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.blocks import Block
from index.boxes import answers, says_nothing
from index.brackets import explains, with_explanation
from index.grid import read_grids
from index.key_figures import Pair, figure_pairs, pair_figure
from index.list_items import item_spans
from index.markup import blank_comments, is_table_line, plain_text, without_outer_tags
from index.parts import Part, cut
from index.quantity import printed_unit, without_unit
from index.report import Report
from index.report_tables import ReportTables, captions
from index.sentences import sentence_spans
from index.table import Figure, Table, row_figures, row_words
from index.titles import is_period

_LIST_MARK = re.compile(r"^(?:[-•·●○▪◦*✓☐□]|#{1,6})\s+")
PATH = " › "  # between the headings of a title
_MARKED_UP = ("table", "contents", "cover")  # kinds of blocks that may have table mark-up


@dataclass(frozen=True, slots=True)
class Passage:
    """What is cited: one section's worth of verbatim text.

    ``text`` is the source lines from ``lines[0]`` to ``lines[1]`` (from 1), character for
    character; rows of a table with mark-up have tabs between their cells instead. ``page`` is
    the printed page on which its section starts, None where the report does not tell.
    """

    id: str
    report: str
    text: str
    section: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched: a section, a sentence or a table row, pointing at its passage.

    ``title`` is the heading path, ``text`` the words searched, ``quote`` what of the passage's
    text it stands for ("" for a section), ``passage`` the passage's position.
    """

    kind: str
    title: str
    text: str
    quote: str
    lines: tuple[int, int]
    passage: int


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure of the report with the passage it stands in and its heading path."""

    figure: Figure
    passage: int
    section: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Passages:
    """All that is indexed of a report."""

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    figures: tuple[FigureEntry, ...]


def read_passages(report: Report) -> Passages:
    """Cut a report into passages, entries and figures."""
    passages: list[Passage] = []
    entries: list[Entry] = []
    found: list[FigureEntry] = []
    tables = ReportTables(report)
    for number, (section, parts) in enumerate(cut(report)):
        lines = parts[0].block.lines[0], parts[-1].block.lines[1]
        text = _text(report, lines, parts)
        passage = Passage(
            f"{report.title}#{lines[0]}-{lines[1]}", report.title, text, section.path,
            report.page(lines[0], section), lines,
        )  # fmt: skip
        passages.append(passage)
        each = [detail for part in parts for detail in _details(report, tables, part, number)]
        above = captions(report, parts)
        each = [d for d in each if not above.issuperset(d[0].quote.split("\n"))]
        details = _explained(each, text)
        title = PATH.join(section.path)
        if len(details) != 1:
            plain = re.sub(r"\s+", " ", plain_text(_without_pages(report, lines, text))).strip()
            entries.append(Entry("section", title, plain, "", lines, number))
        for entry, path, own in details:
            entries.append(entry)
            found += [FigureEntry(figure, number, path, entry.quote) for figure in own]
    return Passages(tuple(passages), tuple(entries), tuple(found))


def _text(report: Report, lines: tuple[int, int], parts: list[Part]) -> str:
    """The source lines; a table with mark-up gives way to its rows, with tabs between cells."""
    pieces: list[str] = []
    line = lines[0]
    for part in parts:
        first, last = part.block.lines
        source = report.lines[first - 1 : last]
        if part.block.kind not in _MARKED_UP or not any(map(is_table_line, source)):
            continue
        rows: list[str] = []
        for grid in read_grids(source, first):
            rows += [grid.before] if grid.before else []
            rows += [row.text for row in grid.rows]
        pieces += [*report.lines[line - 1 : first - 1], *(rows or source)]
        line = last + 1
    pieces += report.lines[line - 1 : lines[1]]
    return "\n".join(pieces)


def _without_pages(report: Report, lines: tuple[int, int], text: str) -> str:
    """A passage's text without page numbers and running headers."""
    out = {report.lines[i - 1] for i in range(lines[0], lines[1] + 1) if i in report.pages}
    return "\n".join(line for line in text.split("\n") if line not in out) if out else text


_Detail = tuple[Entry, tuple[str, ...], list[Figure]]


def _details(report: Report, tables: ReportTables, part: Part, passage: int) -> Iterator[_Detail]:
    """Yield what can be found of a block, each entry with the figures that it states."""
    block, title = part.block, PATH.join(part.path)
    if block.kind == "table":
        found = _table_details(report, tables.of(part), title, block, passage)
    elif block.kind == "figures":
        found = _figure_details(report, title, block, passage)
    elif block.kind in ("paragraph", "list"):
        found = _sentence_details(report, title, block, passage)
    else:
        return
    for entry, own in found:
        yield entry, part.path, own


def _explained(details: list[_Detail], text: str) -> list[_Detail]:
    """Join what a line in brackets explains, or boxes answer, with the sentence above it; a
    table's rows stay.
    """
    joined: list[_Detail] = []
    for detail in details:
        entry, path, stated = detail
        before, above, own = joined[-1] if joined else detail
        sentences = "\t" not in before.quote and entry.kind == "sentence" and before is not entry
        line, last = entry.lines[0], before.lines[1]
        ticked = answers(entry.quote, line, before.quote, last)
        if sentences and (ticked or explains(entry.quote, line, last)):
            whole = with_explanation(text, before.quote, entry.quote)
            if whole is not None:
                words, lines = before.text + entry.text, (before.lines[0], entry.lines[1])
                both = replace(before, text=words, quote=whole, lines=lines)
                joined[-1] = both, above, own + stated
                continue
        joined.append((entry, path, stated))
    return joined


def _table_details(
    report: Report, tables: list[Table], title: str, block: Block, passage: int
) -> Iterator[tuple[Entry, list[Figure]]]:
    first, last = block.lines
    for table in tables:
        if table.before and first <= table.lines[0] <= last and table.before != table.caption:
            for start, end in sentence_spans(table.before):
                quote = table.before[start:end].strip()
                yield Entry("sentence", title, quote, quote, table.lines, passage), []
        for row, stated in zip(table.rows, row_figures(table, report.year), strict=True):
            if first <= row.line <= last:
                words = plain_text(f"{without_unit(table.caption)} {row_words(table, row)}".strip())
                lines = row.line, row.last
                yield Entry("row", title, words, row.text, lines, passage), stated


def _figure_details(
    report: Report, title: str, block: Block, passage: int
) -> Iterator[tuple[Entry, list[Figure]]]:
    text, first = report.text(block.lines), block.lines[0]
    for pair in figure_pairs(text):
        quote = text[pair.start : pair.end].strip()
        line = first + text.count("\n", 0, pair.start)
        lines = line, line + quote.count("\n")
        figure = pair_figure(pair, line, report.year)
        entry = Entry("row", title, _pair_words(pair, figure), quote, lines, passage)
        yield entry, [figure]


def _pair_words(pair: Pair, figure: Figure) -> str:
    """Say a label and its value, with the unit that the label gives behind the value."""
    if not figure.unit or pair.value.endswith(figure.unit) or not printed_unit(pair.label):
        return f"{pair.label}：{pair.value}"
    space = "" if figure.unit in ("%", "‰") else " "
    return f"{without_unit(pair.label)}：{pair.value}{space}{figure.unit}"


def _sentence_details(
    report: Report, title: str, block: Block, passage: int
) -> Iterator[tuple[Entry, list[Figure]]]:
    text = report.text(block.lines)
    listed = block.kind == "list"
    first, counted = block.lines[0], 0
    own = _blanked(text, first, report)
    for start, end in item_spans(own) if listed else sentence_spans(own):
        start += len(own[start:end]) - len(own[start:end].lstrip())
        end = start + len(own[start:end].rstrip())
        quote = without_outer_tags(_LIST_MARK.sub("", text[start:end]))
        begin = text.index(quote, start)
        first, counted = first + text.count("\n", counted, begin), begin
        words = _words(quote, first, report)
        if len(re.findall(r"\w", words)) < 2 or says_nothing(words):
            continue
        lines = first, first + quote.count("\n")
        pairs = figure_pairs(quote) if listed else []
        stated = [pair_figure(pair, first, report.year) for pair in pairs]
        yield Entry("sentence", title, words, quote, lines, passage), stated


def _blanked(text: str, first: int, report: Report) -> str:
    """The text with blanks for comments and lines that are of the page: they end no sentence."""
    if "<!--" in text:
        text = blank_comments(text)
    if not report.pages:
        return text
    lines = enumerate(text.split("\n"), first)
    return "\n".join(" " * len(line) if i in report.pages else line for i, line in lines)


def _words(quote: str, first: int, report: Report) -> str:
    """The words of a quote: no mark-up, no page number or running header in the middle.

    Nothing stands at a line break between Chinese characters, a space between words.
    """
    lines = quote.split("\n")
    if report.pages and len(lines) > 1:
        lines = [line for i, line in enumerate(lines, first) if i not in report.pages]
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) > 1 and is_period(lines[0]):
        lines = [f"{lines[0]}：{lines[1]}", *lines[2:]]
    joined = "\n".join(lines)
    joined = re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", joined).replace("\n", "")
    return plain_text(joined).strip()
