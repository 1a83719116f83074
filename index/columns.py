"""What the header of a table says: how many lines it takes, and what each column is of."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.grid import GridRow
from index.quantity import is_amount, without_unit

_YEAR = re.compile(r"(19|20)\d{2}")
_BEGINS = re.compile(r"(19|20)\d{2}\s*年\s*(初|1\s*月\s*1\s*日)")  # where the last year ended
_DATED = re.compile(
    r"(19|20)\d{2}\s*年?度?\s*(末|底|初|1\s*月\s*1\s*日|全年|1\s*[-—]\s*12\s*月|12\s*月\s*31\s*日)?"
)
_ONLY_DATES = re.compile(r"^(会计|财务|报告)?(年度|年份|期间|时间)$")
_THIS_YEAR = re.compile(
    r"(本|当)(年|期|报告期)(度|末)?(金额|余额|数|发生额)?|(期|年)末(账面)?(余额|价值|数)?|报告期末?"
)
_LAST_YEAR = re.compile(
    r"上(年|期|年度)(同期|末)?(金额|余额|数|发生额)?|(期|年)初(账面)?(余额|价值|数)?|(上年)?同期(数)?"
    r"|上年年?末"
)
_HEADER_NAME = re.compile(r".{0,6}(指标|项目|类别|名称|内容)|indicators?|items?", re.IGNORECASE)
_LONGEST_NAME = 8  # characters of the name of a column of texts


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def names_all(row: GridRow) -> bool:
    """Whether a row holds one text, perhaps merged over all columns."""
    texts = {cell for cell in row.full if cell}
    one = _filled(row.cells) == 1 or (len(row.full) > 2 and len(texts) == 1 and all(row.full))
    return one and not is_amount(next(iter(texts)))


def dates(row: GridRow) -> bool:
    """Whether a row has nothing but names of columns, several of them dates."""
    dated = sum(1 for cell in row.cells[1:] if _DATED.fullmatch(cell))
    return dated > 1 and not any(is_amount(cell) for cell in row.cells)


def same_words(row: GridRow, other: GridRow) -> bool:
    """Whether two rows say the same in every cell: a header that is printed again."""
    return re.sub(r"\s", "", "\t".join(row.full)) == re.sub(r"\s", "", "\t".join(other.full))


def below_header(rows: Sequence[GridRow]) -> bool:
    """Whether the first row is one of those below and the second is their header.

    The second alone names every column, and the first cell of the first is of the form of
    all those below (营销族 (S), 技术族 (T)), as that of the second is not (职等).
    """
    if len(rows) < 4 or any(row.header for row in rows[:2]):
        return False
    first, second, *others = (row.cells for row in rows)
    names = [cell for cell in second if cell]
    if "" not in first[1:] or len(set(names)) < max(map(len, others)) or any(map(is_amount, names)):
        return False
    forms = {_form(cells[0]) for cells in others}
    return forms == {_form(first[0])} and _form(second[0]) not in forms


def _form(label: str) -> str:
    """The last character of a label and what its brackets hold, letters and digits alike."""
    bare, *bracket = re.split(r"([(（])", label, maxsplit=1)
    inner = "".join(bracket)
    return bare.strip()[-1:] + re.sub(r"\d+", "0", re.sub(r"[A-Za-z]+", "A", inner))


def header_size(rows: Sequence[GridRow]) -> int:
    """How many header lines: none where the first line has values, more where the next ones
    only refine it.
    """
    if not rows:
        return 0
    marked = next((i for i, row in enumerate(rows) if not row.header), len(rows))
    first = rows[0].cells
    if marked == 1 and rows[1:] and any(_is_figure(cell) for cell in first[1:]):
        return 0  # a table without a header, of which a tool has made the first row one
    if not marked:
        if len(rows) < 2 or any(is_amount(c) or re.search(r"\d{5,}", c) for c in first):
            return 0
        label_value = all(len(row.cells) <= 2 for row in rows) and _filled(first) == 2
        named = _HEADER_NAME.fullmatch(first[0]) and _YEAR.match(first[-1])
        telling = re.search(r"[@\d]", first[-1]) or len(first[-1]) > _LONGEST_NAME
        if label_value and not named and telling:
            return 0
    size = max(marked, 1)
    while size < len(rows) - 1 and size < 4 and _refines(rows[size - 1], rows[size], rows[0]):
        size += 1
    return size


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a figure with decimals or thousands, as no name of a column does."""
    return re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d+", cell.strip()) is not None


def _refines(above: GridRow, row: GridRow, first: GridRow) -> bool:
    """Whether a row only parts the columns that the header row above it names."""
    merged = row.full[0] in ("", first.full[0]) and len(set(row.full)) > 1
    parted = "" in above.cells[1:] or len(set(above.full)) < len(above.full)
    parted = parted or _spread(above.full, row.full) != list(above.full)
    values = any(is_amount(cell) and not _YEAR.match(cell) for cell in row.cells)
    return merged and parted and _filled(row.cells) > 1 and not values


def column_names(header: Sequence[GridRow]) -> tuple[str, ...]:
    """The name of each column, from all lines of the header."""
    if not header:
        return ()
    names = [list(row.full) for row in header]
    names = [*(_spread(above, below) for above, below in pairwise(names)), names[-1]]
    for above, below in pairwise(names):
        above += [""] * (len(below) - len(above))  # the last of them may be merged, too
        for i in range(1, len(above)):  # a cell that is merged over those it names
            if not above[i] and i < len(below) and below[i]:
                above[i] = above[i - 1]
    width = len(names[0]) if len(names) == 1 else max(map(len, names))
    return tuple(
        " ".join(dict.fromkeys(row[i] for row in names if i < len(row) and row[i]))
        for i in range(width)
    )


def _spread(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return a line of a header with each of its names as often as the line below parts it, where
    the blank cells behind them were lost: 2023, 2024 above 人数, 时长, 人数, 时长.
    """
    lead = next((i for i, name in enumerate(below) if name), 0)
    names, parts = list(above[lead:]), list(below[lead:])
    each = len(parts) // len(names) if names else 0
    alike = each > 1 and parts == parts[:each] * len(names)
    if not (lead and alike and all(names) and all(parts)):
        return list(above)
    return [*above[:lead], *(name for name in names for _ in range(each))]


def years_back(name: str) -> int | None:
    """0 where a column is of this year, -1 where it is of the last one, else None."""
    bare = without_unit(name)
    if _THIS_YEAR.fullmatch(bare):
        return 0
    return -1 if _LAST_YEAR.fullmatch(bare) else None


def column_periods(columns: Sequence[str], this_year: str) -> list[tuple[str, str, str]]:
    """The year, scope and note of each column; the beginning of a year is the end of the last.

    Years go on from column to column; a year printed again after others is a misprint for the
    next one (2021, 2022, 2022 is 2021, 2022, 2023), and the note says so. Years that do not rise
    (2022, 2023, 2022, 2023) stand for something else and stay as printed.
    """
    periods: list[tuple[str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    years = [match[0] for name in columns if (match := _YEAR.search(name))]
    rising = years == sorted(years) and len(set(years)) > 1
    for name in columns:
        match = _YEAR.search(name)
        if match is None:
            relative = years_back(name)
            if relative is not None and this_year:
                periods.append((str(int(this_year) + relative), "", ""))
            else:
                periods.append(("", without_unit(name), ""))
            continue
        scope = _ONLY_DATES.sub("", without_unit(_DATED.sub("", name).strip()))
        year = str(int(match[0]) - 1) if _BEGINS.search(name) else match[0]
        note = ""
        while rising and year >= years[-1] and (year, scope) in seen:
            note = f"表头印作“{match[0]}”"
            year = str(int(year) + 1)
        seen.add((year, scope))
        periods.append((year, scope, note))
    return periods
