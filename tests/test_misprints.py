"""A number that the report prints twice, and not alike, is told with both places."""

from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.misprints import Misprints, _codes
from rag.translate import Translator
from rag.verify import Frame

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
