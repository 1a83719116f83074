"""A chart -> CSV for a spreadsheet, every figure with its unit and its source."""

import csv
import io

from rag.chart import Chart

_COLUMNS = {
    "zh": ("名称", "数值", "单位", "报告原文", "报告", "章节", "页码", "行号", "引用"),
    "en": ("label", "value", "unit", "as printed", "report", "section", "page", "line", "citation"),
}
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(chart: Chart) -> str:
    """Return the figures as CSV with units and sources, in UTF-8 with a byte order mark.

    Text that a spreadsheet would run as a formula is quoted.
    """
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(_COLUMNS[chart.language])
    cited = {citation.number: citation.passage for citation in chart.citations}
    for point in chart.points:
        passages = list(dict.fromkeys(cited[number] for number in point.citations))
        pages = [str(passage.page) for passage in passages if passage.page is not None]
        words = (
            point.printed, passages[0].report, " | ".join(" › ".join(p.section) for p in passages),
            " ".join(pages), " ".join(map(str, point.lines)),
            " ".join(f"[{number}]" for number in point.citations),
        )  # fmt: skip
        label, unit, *rest = map(_harmless, (point.label, chart.unit, *words))
        writer.writerow([label, format(point.value, "f"), unit, *rest])
    return "\ufeff" + rows.getvalue()


def _harmless(text: str) -> str:
    """Quote what a spreadsheet takes for a formula (OWASP, CSV injection)."""
    return (
        f"'{text}"
        if text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        else text
    )
