"""The tables of a report, each with the caption and the note of units above it."""

import re
from collections.abc import Sequence

from index.blocks import Block
from index.boxes import is_choice
from index.markup import is_table_line
from index.parts import Part
from index.quantity import printed_unit, without_unit
from index.report import Report
from index.table import Table, read_tables
from index.titles import bare_title, is_contact

_NOTE_ABOVE = re.compile(r"[（(]?(金额)?(单位|币种)")
_LONGEST_CAPTION = 40  # characters
_CAPTION_GAP = 3  # so many lines above a table belong to a picture, not to the table


class ReportTables:
    """The tables of a report by their blocks; those that go on over several blocks read as one."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._chain: dict[Block, list[Block]] = {}
        self._read: dict[Block, list[Table]] = {}
        self._above: dict[Block, Part] = {}  # the table above one in its section
        self._units: dict[Block, str] = {}  # where a table has its unit from
        for section in report.root.walk():
            chain: list[Block] = []
            for block in section.blocks:
                if block.kind == "table":
                    if not block.joined:
                        if chain:
                            self._above[block] = Part(chain[0], section.path)
                        chain = []
                    chain.append(block)
                    self._chain[block] = chain

    def of(self, part: Part) -> list[Table]:
        """Return the tables that the rows of a block belong to."""
        chain = self._chain[part.block]
        if chain[0] not in self._read:
            caption, note = _caption(self._report, Part(chain[0], part.path))
            tables = self._tables(chain, caption, note)
            if not note and (note := self._note_above(chain[0], tables)):
                tables = self._tables(chain, caption, note)
            self._units[chain[0]] = note or (caption if printed_unit(caption) else "")
            self._read[chain[0]] = tables
        return self._read[chain[0]]

    def _tables(self, chain: Sequence[Block], caption: str, note: str) -> list[Table]:
        first, last = chain[0].lines[0], chain[-1].lines[1]
        lines, pages = self._report.lines[first - 1 : last], self._report.pages
        return read_tables(lines, first, caption, note=note, skip=pages)

    def _note_above(self, block: Block, tables: Sequence[Table]) -> str:
        """Return the unit of the table above, where that has the same columns: by product, by
        region.
        """
        above, columns = self._above.get(block), tables[0].columns[1:] if tables else ()
        if above is None or not columns or any(printed_unit(table.caption) for table in tables):
            return ""
        same = any(table.columns[1:] == columns for table in self.of(above))
        return self._units[above.block] if same else ""


def captions(report: Report, parts: Sequence[Part]) -> set[str]:
    """Return the lines that only say what the tables below are, which is said with each row."""
    tables = [part for part in parts if part.block.kind == "table" and not part.block.joined]
    lines = {line for part in tables for line in _caption(report, part)}
    return {line for line in lines if not is_contact(line)}


def _caption(report: Report, part: Part) -> tuple[str, str]:
    """The short line above the table where that is no heading, and a note of units there."""
    above, below = part.block.lines[0] - 1, part.block.lines[0]
    note = ""
    while above > 0:
        source = report.lines[above - 1].strip()
        if not source or above in report.pages or is_choice(source):
            above -= 1
            continue
        line = bare_title(source) if len(source) <= 3 * _LONGEST_CAPTION else ""
        row = "\t" in source or is_table_line(source)
        if not line or row or len(line) > _LONGEST_CAPTION or below - above > _CAPTION_GAP:
            break
        if printed_unit(line) and _NOTE_ABOVE.match(line) and not note:
            note, below, above = line, above, above - 1
            continue
        known = not part.path or line == part.path[-1] or line.endswith("。")
        if known and not note and part.path and printed_unit(part.path[-1]):
            return without_unit(part.path[-1]), part.path[-1]  # 员工流失率（%）
        return "" if known else line, note
    return "", note
