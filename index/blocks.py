"""Neighbouring lines of a report -> blocks: paragraphs, lists, tables and key figures."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from index.grid import BELOW, read_grids
from index.key_figures import figure_pairs, is_side, is_value
from index.layout import ENDED, LABELLED, broken_length
from index.markup import html_table_spans, is_picture, is_pipe_row, plain_text
from index.titles import is_period

KINDS = ("heading", "paragraph", "list", "table", "figures", "page", "contents", "cover")
ASIDE_ENDS = "\v"  # a line behind the text of a box or a column: its title is of no more
PICTURE_GAP = 3  # blank lines in a row where the source had a picture or a page end

_LIST_ITEM = re.compile(
    r"\s*([-•·●○▪◦*✓☐□]|[①-⑳])\s*\S|\s*(\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*[^\d\s]"
)
_LONGEST_LABEL = 40  # characters
_WRAPPED = 40  # a line shorter than this that lacks a full stop is no broken sentence
_SHORTEST = 18  # the same, where a page ends below the line
_LONGEST_FIGURE = 120  # characters of a line that holds nothing but labels and values


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring source lines of one kind; ``lines`` are the first and last, from 1.

    ``joined``: a table that goes on from the table block before it.
    """

    kind: str
    lines: tuple[int, int]
    joined: bool = False


def is_list_item(line: str) -> bool:
    """Whether a line begins an item of a list: with a mark, or a number."""
    return _LIST_ITEM.match(line) is not None


class Source:
    """The lines of a report with what is known of them before they are cut into blocks."""

    def __init__(self, lines: Sequence[str], pages: Collection[int] = ()) -> None:
        self.lines = lines
        self.pages = pages
        self._broken_length = broken_length(lines, pages)
        self._table: dict[int, int] = {}  # position -> where the HTML table there begins
        for span in html_table_spans(lines):
            self._table.update(dict.fromkeys(span, span.start))

    def blocks(self, start: int, stop: int, kind: str = "") -> list[Block]:
        """Cut the lines at positions [start, stop); ``kind`` names all blocks alike."""
        runs: list[list[int]] = []
        for position in range(start, stop):
            if self.lines[position] == BELOW and runs and runs[-1][-1] == position - 1:
                runs[-1].append(position)
            elif self.lines[position].strip():
                if runs and self._goes_on(runs[-1], position, any_kind=bool(kind)):
                    runs[-1].append(position)
                else:
                    runs.append([position])
        blocks = [Block(kind or self._kind(run), (run[0] + 1, run[-1] + 1)) for run in runs]
        return blocks if kind else self._joined(self._paired(blocks))

    def _paired(self, blocks: Sequence[Block]) -> list[Block]:
        """Join lines of their own that are labels and values by turns, several of each."""
        paired: list[Block] = []
        for alike, run in groupby(blocks, self._is_side_of_pair):
            found = list(run)
            whole = Block("figures", (found[0].lines[0], found[-1].lines[1]))
            text = "\n".join(self.lines[whole.lines[0] - 1 : whole.lines[1]])
            joins = alike and len(found) >= 4 and figure_pairs(text)
            paired += [whole] if joins else found
        return paired

    def _is_side_of_pair(self, block: Block) -> bool:
        line = self.lines[block.lines[0] - 1]
        alone = block.kind == "paragraph" and block.lines[0] == block.lines[1]
        return alone and is_side(line)

    def end_of_aside(self, blocks: Sequence[Block]) -> int:
        """How many of the blocks stand before the line that ends an aside."""
        for number, (before, block) in enumerate(pairwise(blocks), start=1):
            if ASIDE_ENDS in self.lines[before.lines[1] : block.lines[0] - 1]:
                return number
        return len(blocks)

    def end_of_box(self, blocks: Sequence[Block]) -> int:
        """How many of the blocks are in a box: up to a picture gap behind its list."""
        for number in range(1, len(blocks)):
            before, block = blocks[number - 1], blocks[number]
            gap = block.lines[0] - before.lines[1] - 1 >= PICTURE_GAP or before.kind == "page"
            listed = any(b.kind in ("list", "figures", "table") for b in blocks[:number])
            if gap and listed and block.kind == "paragraph":
                return number
        return len(blocks)

    def _goes_on(self, run: list[int], position: int, *, any_kind: bool) -> bool:
        """Whether the line goes on with the run: tables and lists do not mix with running text."""
        last = run[-1]
        table = self._table.get(position)
        if table is not None and table == self._table.get(last):
            return True
        if last != position - 1:
            return False
        if any_kind:
            return True
        if self._names_rows(position) or self._names_rows(last):
            return True
        before, now = self._line_kind(last), self._line_kind(position)
        if before == "table" and "\t" in self.lines[position]:
            return True
        if "table" in (before, now) or "page" in (before, now):
            return before == now
        if now == "text" and self._ends_paragraph(last):
            return False
        # the line after a list item may be its second line
        return before == now or before == "list"

    def _ends_paragraph(self, position: int) -> bool:
        """Whether a line ends a paragraph, or is one, where no blank lines part them: it is short,
        and no narrow column goes on below it.
        """
        line, below = (self.lines[i].strip() for i in (position, position + 1))
        if len(line) >= self._broken_length:
            return False
        ended = ENDED.search(line) or len(below) >= self._broken_length
        return bool(ended or LABELLED.match(line) or is_value(line) or is_value(below))

    def _line_kind(self, position: int) -> str:
        line = self.lines[position]
        if position in self.pages:
            return "page"
        if position in self._table or is_pipe_row(line):
            return "table"
        if "\t" in line.strip() or line.endswith("\t"):
            return "table"
        return "list" if is_list_item(line) else "text"

    def _names_rows(self, position: int) -> bool:
        """Whether a line without cells stands between two rows alike: it names the rows below."""
        if not 0 < position < len(self.lines) - 1 or len(self.lines[position]) > _LONGEST_LABEL:
            return False
        above, below = self.lines[position - 1].count("\t"), self.lines[position + 1].count("\t")
        if self.lines[position].rstrip().endswith(("：", ":")):  # 流动资产：
            return above == below > 0
        return above == below >= 2 and not ENDED.search(self.lines[position])

    def _kind(self, run: list[int]) -> str:
        kind = self._line_kind(run[0])
        if kind != "text":
            return kind
        text = "\n".join(self.lines[position] for position in run)
        if self._is_timeline(run):
            return "list"
        short = len(text) <= _LONGEST_FIGURE * len(run) and len(run) <= 20
        return "figures" if short and figure_pairs(text) else "paragraph"

    def _is_timeline(self, run: Sequence[int]) -> bool:
        """Whether years, each on a line of its own, stand above what happened in them."""
        dated = [is_period(self.lines[position].strip()) for position in run]
        apart = not any(a and b for a, b in pairwise(dated))
        return dated[0] and not dated[-1] and sum(dated) > 1 and apart

    def _joined(self, blocks: list[Block]) -> list[Block]:
        """Join what a page break cut: sentences into one paragraph, tables to the one before."""
        joined: list[Block] = []
        at = -1  # the last block that is not of the page
        for block in blocks:
            before = joined[at] if at >= 0 else None
            if block.kind == "page":
                joined.append(block)
                continue
            if before and before.kind == block.kind == "paragraph":
                page_end = self._is_page_end(joined[at + 1 :])
                if self._broken(before, _SHORTEST if page_end else _WRAPPED):
                    joined[at:] = [Block("paragraph", (before.lines[0], block.lines[1]))]
                    continue
            if block.kind == "table":
                if before and before.kind == "table" and self._continues(before, block):
                    block = replace(block, joined=True)
                elif whole := self._named_rows(joined, block):
                    joined[-1] = whole
                    continue
            joined.append(block)
            at = len(joined) - 1
        return joined

    def _named_rows(self, joined: Sequence[Block], block: Block) -> Block | None:
        """The table with the line right above it, where a page break stands before that line
        and it names the next rows of the table before the break.
        """
        at = len(joined) - 2
        while at >= 0 and joined[at].kind == "page":
            at -= 1
        if not 0 <= at < len(joined) - 2 or joined[at].kind != "table":
            return None
        name = joined[-1]
        if name.lines != (block.lines[0] - 1,) * 2 or name.kind != "paragraph":
            return None
        if not self._continues(joined[at], block):
            return None
        return Block("table", (name.lines[0], block.lines[1]), joined=True)

    def _is_page_end(self, blocks: Sequence[Block]) -> bool:
        """Whether blocks between two paragraphs are page numbers and headers, and no picture."""
        lines = [i for block in blocks for i in range(block.lines[0] - 1, block.lines[1])]
        return bool(lines) and not any(is_picture(self.lines[i]) for i in lines)

    def _broken(self, paragraph: Block, least: int) -> bool:
        """Whether a paragraph of a line that long ends in the middle of a sentence."""
        last = plain_text(self.lines[paragraph.lines[1] - 1]).strip()
        return len(last) >= least and not ENDED.search(last)

    def _continues(self, before: Block, block: Block) -> bool:
        earlier, later = (
            read_grids(self.lines[b.lines[0] - 1 : b.lines[1]], b.lines[0]) for b in (before, block)
        )
        return bool(earlier and later) and later[0].continues(earlier[-1])
