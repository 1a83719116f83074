import pytest

from index.brackets import explains, with_explanation
from index.passage import read_passages
from index.report import parse

REPORT = """信息安全目标

重大事件目标值：0 次/年；

（包括但不限于核心代码丢失、财务报表泄露等）

较大事件目标值：不大于 3 次/年；

（包括停电超过一个工作日（含一日）等）

一般事件目标值：不大于 8 次/年。

目标每年评审一次。（详见附录二的说明）
"""


@pytest.mark.parametrize(
    ("quote", "line", "last", "expected"),
    [
        ("（包括停电超过一个工作日等）", 8, 6, True),
        ("(such as a power cut of a day (or more))。", 7, 6, True),
        ("（包括停电超过一个工作日等）", 6, 6, True),
        ("（包括停电超过一个工作日等）", 9, 6, False),
        ("（一）", 7, 6, False),
        ("（一）完善治理结构（含子公司）", 7, 6, False),
    ],
)
def test_line_in_brackets_explains_the_line_above(quote, line, last, expected):
    assert explains(quote, line, last) is expected


def test_both_are_quoted_as_they_stand():
    text = "停电。\n停电；\n\n（超过一日的停电）\n完。"
    assert with_explanation(text, "停电；", "（超过一日的停电）") == "停电；\n\n（超过一日的停电）"
    assert with_explanation(text, "停电。", "（超过一日的停电）") is None


def test_limits_are_found_with_what_they_mean():
    content = read_passages(parse(REPORT.split("\n"), "report"))
    by_words = {entry.text: entry for entry in content.entries if entry.quote}
    serious = next(entry for words, entry in by_words.items() if words.startswith("较大"))
    assert "停电超过一个工作日" in serious.text
    assert serious.quote in content.passages[serious.passage].text
    assert serious.lines == (7, 9)
    assert not any(words.startswith("（") for words in by_words)
    major = next(cell for cell in content.figures if "重大" in cell.figure.metric)
    assert major.figure.value == 0
