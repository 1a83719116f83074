"""A number that the report prints twice, and not alike, is told with both places."""

from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.claim import Frame
from rag.misprints import Misprints, _codes
from rag.translate import Translator

TEXT = """
# 合规

廉洁举报电话：13538555484

公司电话：0769-82618868
公司传真：0769-82618848

# 采购

供应商举报受理电话：13518555484

采购部传真：0769-82618869

全年采购 13538555474 元，报告期为 20231231，另一编号为 13538555475000。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"), TEXT)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("廉洁举报电话是多少？", "报告另一处印的是"),
        ("What is the 廉洁举报电话?", "elsewhere the report prints"),
    ],
)
def test_both_numbers_are_told_and_cited(index, question, note):
    *pieces, answer = assistant_of(index).stream(question)
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == answer.text
    assert answer.text.count(note) == 1
    for number in ("13538555484", "13518555484"):
        (citation,) = (c for c in answer.citations if number in c.quote)
        assert f"[{citation.number}]" in answer.text
    assert f"{len(answer.citations)} " in answer.checks[-1].detail


def test_numbers_that_stand_beside_each_other_are_meant(index):
    answer = assistant_of(index).ask("公司电话是多少？")
    assert "0769-82618868" in answer.text
    assert "只差一位" not in answer.text  # of the fax, elsewhere too


def test_a_refusal_has_no_note(index):
    answer = replace(
        assistant_of(index).ask("公司电话是多少？"), answered=False, text="13538555484"
    )
    assert Misprints(index).told(answer, Translator(None, Frame("en", "2023"))) is answer


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("电话 400-830-1234。", ["400-830-1234"]),
        ("（统一社会信用代码：914419006617）", ["914419006617"]),
        ("2019-2023 年，2023-12-31，20231231", []),
        ("共 17726370 元，占 1234567.8 和 1,234,567", []),
    ],
)
def test_what_is_a_code(text, codes):
    assert list(_codes(text)) == codes


FIGURES = """
# 致辞

2023 年公司对外捐赠 4,860 万元，员工志愿服务 14,376 小时，环保投入 3,120 万元。
2022 年公司对外捐赠 3,219 万元。扶贫助学 4,068 万元。

# 社区

指标	单位	2022 年	2023 年
对外捐赠	万元	3,912	4,680
志愿服务时长	小时	12,608	14,736
环保投入	万元	2,950	3,210
客户满意度	%	98.12	98.21

# 环境

全年环保投入为 3,210 万元，客户满意度 98.12%。
2021 年环保投入为 2,590 万元。采购费用平均每日 126.80 万元。

# 采购

指标	单位	2022 年	2023 年
采购费用	万元	11,000	12,860
安全费用	万元	2,000	3,102
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), FIGURES))


@pytest.mark.parametrize(
    ("question", "said", "note"),
    [
        ("2023年对外捐赠多少钱？", "4,680 万元", "另一处印的是 4,860 万元"),
        ("2023年志愿服务时长是多少？", "14,736 小时", "另一处印的是 14,376 小时"),
        ("2023年环保投入是多少？", "3,210 万元", "另一处印的是 3,120 万元"),
        ("2022年对外捐赠多少钱？", "3,912 万元", ""),  # 3,219: three digits differ
        ("2023年客户满意度是多少？", "98.21%", ""),  # a share is near others by chance
        ("2022年环保投入是多少？", "2,950 万元", ""),  # 2,590 is that of 2021
        ("2023年采购费用是多少？", "12,860 万元", ""),  # 126.80 is another size
        ("2023年安全费用是多少？", "3,102 万元", ""),  # 3,120 is spent on something else
    ],
)
def test_a_figure_printed_elsewhere_with_digits_changed_round_is_told(
    figures, question, said, note
):
    answer = figures.ask(question)
    assert said in answer.text.replace(" %", "%")
    assert ("另一处印的是" in answer.text) is bool(note)
    if note:
        assert note in answer.text
        other = note.removeprefix("另一处印的是 ")
        assert other in answer.citations[-1].quote
        assert f"[{answer.citations[-1].number}]" in answer.text


def test_the_note_is_in_the_language_of_the_question(figures):
    answer = figures.ask("How much were external donations in 2023?")
    note = "elsewhere the report prints RMB 48.6 million (4,860 万元) [2], not RMB 46.8 million."
    assert note in answer.text


def test_only_figures_of_cited_cells_are_looked_up(figures):
    answer = figures.ask("2023年安全费用是多少？")
    told = Misprints(figures.index).told(
        replace(answer, text="4,680 万元 [1]"),
        Translator(None, Frame("zh", "2023")),
    )
    assert "另一处印的是" not in told.text
