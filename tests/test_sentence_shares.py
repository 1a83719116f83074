"""What one sentence gives of a whole and its part: what is left, and who did not pass."""

from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.coverage import Coverage
from rag.question import read_question
from rag.sentence_shares import share_in_sentence

TEXT = """第一章 治理

信息披露

2023 年，公司共计披露公告 187 份，其中定期报告 4 份，受到处罚 0 次。

第二章 员工

职业健康体检

2023 年公司参与职业健康体检人数为 113 人，合格人数为 110 人，合格率为 97.3%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        ("2023年披露的公告里，扣掉定期报告，剩下多少份？", "187 − 4 = 183 份"),
        ("除了定期报告，2023年还披露了多少份公告？", "187 − 4 = 183 份"),
        ("How many announcements other than periodic reports were there in 2023?", "= 183."),
        ("2023年参加职业健康体检的人里，有几个没过关？", "113 − 110 = 3 人"),
        ("How many did not pass the occupational health check in 2023?", "113 − 110 = 3."),
    ],
)
def test_a_part_is_taken_from_its_whole(ask, question, worked):
    assert worked in ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "2023年参加职业健康体检的有多少人？",
        "除了职业健康体检，还有哪些福利？",
        "2022年参加职业健康体检的人里，有几个没过关？",
        "参加职业健康体检的有多少人？不过我只要合格的",
    ],
)
def test_nothing_is_taken_away_unasked(ask, question):
    assert "−" not in ask(question).text


PATENTS = """第一章 创新

专利

截至 2023 年 12 月 31 日，公司获得专利总数 800 件，其中发明专利 100 件。

2023 年，公司获得专利总数 100 件，其中发明专利 40 件。
"""


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("2023年获得的专利里，发明专利占百分之几？", "40.00%"),
        ("到2023年底获得的专利里，发明专利占百分之几？", "12.50%"),
        ("What share of the patents obtained in 2023 are invention patents?", "40.00%"),
    ],
)
def test_a_share_is_of_the_year_or_of_all_up_to_a_day(tmp_path, question, share, order):
    assistant = assistant_of(small_index(tmp_path, PATENTS))
    found = assistant.retriever.hits(question)
    hits = [replace(hit, score=5.0) for hit in found if hit.entry.kind == "sentence"][::order]
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    answer = share_in_sentence(hits, read_question(question), coverage)
    assert share in answer.text


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("公司历年攒下的专利里，真正的发明专利占比多少？", "12.50%"),
        ("发明专利中外购的占比是多少？", None),
        ("What share of the invention patents were bought from others?", None),
    ],
)
def test_the_part_of_a_sentence_is_not_divided_itself(tmp_path, question, share):
    assistant = assistant_of(small_index(tmp_path, PATENTS))
    found = assistant.retriever.hits(question)
    hits = [replace(hit, score=5.0) for hit in found if hit.entry.kind == "sentence"]
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    answer = share_in_sentence(hits, read_question(question), coverage)
    assert (share in answer.text) if share else answer is None
