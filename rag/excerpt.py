"""A passage's text -> paragraphs and tables as safe HTML, with the quote marked in it."""

from collections.abc import Collection, Iterator, Sequence
from html import escape

from index.grid import BELOW
from index.table import read_tables

Line = tuple[int, str]  # a line of the text and where in the text it starts


def excerpt_html(text: str, quote: str, stated: Collection[int] = ()) -> str:
    """Return the text as HTML, the first place of the quote in <mark>.

    ``stated`` are the columns, from 0, of the quoted row that an answer rests on.
    """
    start = text.find(quote) if quote else -1
    span = (start, start + len(quote)) if start >= 0 else (0, 0)
    html: list[str] = []
    rows: list[Line] = []
    lines = text.split("\n")
    at = 0
    for i, line in enumerate(lines):
        if "\t" in line or (rows and line.strip() and "\t" in "".join(lines[i + 1 : i + 2])):
            rows.append((at, line))
        else:
            html += _table(rows, span, stated)
            rows = []
            if line.strip():
                html.append(f"<p>{_marked(line, at, span)}</p>")
        at += len(line) + 1
    return "".join([*html, *_table(rows, span, stated)])


def _table(rows: Sequence[Line], span: tuple[int, int], stated: Collection[int]) -> Iterator[str]:
    if not rows:
        return
    width = max(row.count("\t") + 1 for _, row in rows)
    tables = read_tables([row for _, row in rows], 0)
    header = {line for table in tables for line in table.header}
    yield '<div class="wide"><table>'
    for number, (start, row) in enumerate(rows):
        if row == BELOW:
            continue
        is_cited = start < span[1] and span[0] < start + len(row)
        yield '<tr class="cited">' if is_cited else "<tr>"
        cells = row.split("\t")
        if not any(cell.strip() for cell in cells[1:]):  # the name of a group of rows
            yield f'<th colspan="{width}">{_marked(cells[0], start, span)}</th></tr>'
            continue
        at = start
        for column, cell in enumerate([*cells, *[""] * (width - len(cells))]):
            tag = "th" if number in header and cell.strip() else "td"
            kind = ' class="stated"' if is_cited and column in stated else ""
            yield f"<{tag}{kind}>{_marked(cell, at, span)}</{tag}>"
            at += len(cell) + 1
        yield "</tr>"
    yield "</table></div>"


def _marked(text: str, start: int, span: tuple[int, int]) -> str:
    first, last = (min(max(0, place - start), len(text)) for place in span)
    if first >= last:
        return escape(text)
    quoted = f"<mark>{escape(text[first:last])}</mark>"
    return escape(text[:first]) + quoted + escape(text[last:])
