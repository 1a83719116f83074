"""Word the report's figures in either language."""

import re
from collections.abc import Sequence

from index.english import in_english, plural
from index.passage import FigureEntry
from index.pieces import is_chinese
from index.quantity import without_unit
from index.table import Figure
from rag import amounts

BY = re.compile(r"分(?P<by>\S{1,6})")  # a row of its own above products, regions: 分产品
_SCALE = re.compile("^(?:万亿|百万|千万|[万亿])")
AMBIGUOUS = {
    "zh": "报告中有几个相近的指标，请看是否为其中之一：",
    "en": "The report has several figures that may be meant:",
}
PREMISE = {
    "zh": {
        1: "与所问相反，该指标是增加的。",
        -1: "与所问相反，该指标是减少的。",
        0: "该指标没有变化。",
    },
    "en": {
        1: "The premise does not hold: the figure increased. ",
        -1: "The premise does not hold: the figure decreased. ",
        0: "The premise does not hold: the figure did not change. ",
    },
}
CLAIM = {
    "zh": {True: "是的。", False: "不对，报告给出的数字不同。"},
    "en": {True: "Yes. ", False: "No, the report gives another figure. "},
}
# Whether all targets were met (True), none of them (False) or some (None).
TARGETS = {
    "zh": {True: "全部达成：", False: "均未达成：", None: "并非全部达成："},
    "en": {
        True: "All targets were met:",
        False: "None of the targets was met:",
        None: "Not all targets were met:",
    },
}
# Which class changed most, behind these words; or that none changed in the direction asked.
MOST_CHANGED = {
    "zh": {
        1: "{first} 年到 {last} 年增加最多的是",
        -1: "{first} 年到 {last} 年减少最多的是",
    },
    "en": {
        1: "From {first} to {last}, the largest increase is ",
        -1: "From {first} to {last}, the largest decrease is ",
    },
}
NO_CHANGE = {
    "zh": {
        1: "{first} 年到 {last} 年没有一类增加。",
        -1: "{first} 年到 {last} 年没有一类减少。",
    },
    "en": {
        1: "None of the classes grew from {first} to {last}. ",
        -1: "None of the classes fell from {first} to {last}. ",
    },
}
_NO_SCOPE = ("", "数量", "金额", "数值", "人数")  # column names that add nothing


def state(cells: Sequence[FigureEntry], number: int, language: str) -> str:
    """State the cells of one row, with the mark of the evidence that they are from."""
    label = worded_label(cells[0], language)
    period = cells[0].figure.period
    if len(cells) == 1 and period:
        scope = _scope(cells[0].figure, language)
        value = printed_value(cells[0].figure, language)
        if language == "zh":
            said = f"{period} 年{scope}{label}：{value} [{number}]。"
        else:
            said = f"{label}{scope}, {period}: {value} [{number}]."
    else:
        values = [_dated_value(cell.figure, language) for cell in cells]
        if language == "zh":
            said = f"{label}：{'；'.join(values)} [{number}]。"
        else:
            said = f"{label}: {'; '.join(values)} [{number}]."
    return said + notes(cells, language)


def extreme(figure: Figure, direction: int, language: str) -> str:
    """Say which of several cells is the largest (1) or the smallest (-1)."""
    value = printed_value(figure, language)
    if language == "zh":
        return f"{'最高' if direction > 0 else '最低'}的是 {figure.period} 年：{value}。"
    return f" The {'highest' if direction > 0 else 'lowest'} is {figure.period}: {value}."


def label(figure: Figure, language: str) -> str:
    """Return a figure's own label, without its group; in English where it can be worded."""
    own = figure.metric.rpartition(" ")[2] or figure.metric
    own = figure.metric if own.startswith(("(", "（")) else own  # an aside is no label
    return own if language == "zh" else in_english(own) or f"“{own}”"


def unit(figure: Figure, language: str) -> str:
    """Return a figure's unit in a language."""
    return figure.unit if language == "zh" else unit_in_english(figure.unit)


def not_given(cells: Sequence[FigureEntry], years: Sequence[str], language: str) -> str:
    """Say that a row has no figure for these years, and which it has."""
    periods = sorted({cell.figure.period for cell in cells if cell.figure.period})
    label = worded_label(cells[0], language)
    if language == "zh":
        return (
            f"报告未披露 {'、'.join(years)} 年的{label}；已披露的年份：{'、'.join(periods)} [1]。"
        )
    return (
        f"The report does not disclose {label} for {', '.join(years)}; "
        f"it gives {', '.join(periods)} [1]."
    )


def left_out(years: Sequence[str], language: str) -> str:
    """Say that a figure is not given for these years, behind those for which it is."""
    if language == "zh":
        return f"报告没有给出 {'、'.join(years)} 年的这一数字。"
    return f" The report does not give it for {' and '.join(years)}."


def printed_value(figure: Figure, language: str) -> str:
    """Return a cell as printed, with its unit; in English with the amount converted."""
    bare = figure.unit and not _closed(figure.printed).endswith(_closed(figure.unit))
    space = "" if figure.unit in ("%", "‰") else " "
    printed = f"{figure.printed}{space}{figure.unit}" if bare else figure.printed
    if language == "zh":
        return printed
    found = amounts.find_amounts(printed)
    if not found:
        return printed
    english = amounts.to_english(found[0])
    if found[0].unit == "CNY":
        return f"{english} ({printed})"
    counted = _SCALE.sub("", figure.unit) if found[0].scale != 1 else figure.unit
    unit = "" if counted in ("%", "‰", "") else unit_in_english(counted)
    if figure.value == 1 and found[0].scale == 1:
        unit = {"people": "person"}.get(unit, unit)
    elif unit.islower() and len(unit) > 2:  # hour, but not kWh and t
        unit = plural(unit)
    unit = "" if is_chinese(unit) and unit != figure.unit else unit  # it stands behind it anyway
    value = f"{english} {unit}".rstrip()
    return value if counted == figure.unit else f"{value} ({printed})"


def _closed(text: str) -> str:
    return "".join(text.split())


def worded_label(cell: FigureEntry, language: str) -> str:
    """Return a row's label with its group; in English with the Chinese label in brackets."""
    figure = cell.figure
    metric = without_unit(figure.metric)  # it stands behind the value
    head, members = figure.group, re.split(r" (?![(（])", metric)
    if BY.fullmatch(head):  # 分产品 says of a product no more than that it is one
        head = ""
    if not head and len(members) > 1:
        of_section = cell.section and figure.metric.startswith("按")
        head = cell.section[-1] if of_section else members.pop(0)
    chinese = f"{head}（{'，'.join(members)}）" if head else "，".join(members)
    if language == "zh":
        return chinese
    worded = [in_english(member) or f"“{member}”" for member in members]
    lead = in_english(head) or f"“{head}”" if head else ""
    english = f"{lead} ({', '.join(worded)})" if head else ", ".join(worded)
    if not re.search("[a-z]", english):
        return english
    english = f"{english[0].upper()}{english[1:]}"
    return english if "“" in english else f"{english} ({chinese})"


def unit_in_english(unit: str) -> str:
    """Return a unit's English wording, or the unit as it is."""
    return in_english(unit) or unit


def _dated_value(figure: Figure, language: str) -> str:
    value, scope = printed_value(figure, language), _scope(figure, language)
    if language == "zh":
        return f"{figure.period} 年{scope} {value}" if figure.period else f"{scope} {value}".strip()
    dated = f"{figure.period}{scope}".strip()
    return f"{dated}: {value}" if dated else value


def _scope(figure: Figure, language: str) -> str:
    if figure.scope in _NO_SCOPE:
        return ""
    return figure.scope if language == "zh" else f" {in_english(figure.scope) or figure.scope}"


def notes(cells: Sequence[FigureEntry], language: str) -> str:
    """Say where the header of these cells is misprinted; "" where none is."""
    doubtful = [cell.figure for cell in cells if cell.figure.note]
    if not doubtful:
        return ""
    years = "、".join(sorted({figure.period for figure in doubtful}))
    notes = "；".join(sorted({figure.note for figure in doubtful}))
    if language == "zh":
        return f"（注：{notes}，按列序应为 {years} 年。）"
    return f" (Note: the header of this column is misprinted; by its place it is {years}.)"
