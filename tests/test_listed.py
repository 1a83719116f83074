"""Listed: counts of one kind in one sentence are added up where that is asked."""

import pytest
from fakes import assistant_of, evidence, small_index

from rag.listed import listed_sum
from rag.question import read_question
from rag.rows import evidence_of

LIST = "公司累计参与制定国家标准 14 项、地方标准 3 项、行业标准 6 项。"


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        ("各类标准加起来是多少项？", "各类标准合计：14 + 3 + 6 = 23 项 [1]。"),
        ("What do the standards of all kinds add up to?", "Added up: 14 + 3 + 6 = 23 [1]."),
    ],
)
def test_counts_of_one_kind_are_added_up(question, worked):
    pieces = evidence("公司重视创新。", LIST)
    found, said = listed_sum(read_question(question), pieces)
    assert ([piece.quote for piece in found], said) == ([LIST], worked)


def test_the_whole_that_a_sentence_beside_counts_is_told(tmp_path):
    text = f"澄江仪器 2023 年报告\n\n标准\n\n公司参与各类标准超过 27 项。{LIST}\n"
    assistant = assistant_of(small_index(tmp_path, text))
    asked = read_question("公司参与制定的各类标准加总是多少项？")
    hits = assistant.retriever.hits(asked.text)
    listed = [evidence_of(hit, 1) for hit in hits if hit.entry.quote == LIST]
    found, said = listed_sum(asked, listed, hits)
    assert [piece.quote for piece in found] == [LIST, "公司参与各类标准超过 27 项。"]
    assert "14 + 3 + 6 = 23 项" in said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("国家标准有多少项？", LIST),  # no sum is asked for
        ("专利加起来是多少件？", LIST),  # of something else
        ("标准加起来是多少？", "国家标准 14 项、地方标准 3 项。"),  # two are no list
        ("合计多少标准？", "国家标准 14 项、地方标准 3 件、行业标准 6 项。"),  # of several units
        ("专利加起来是多少件？", "发明专利 3 件、商标 4 件、著作权 5 件。"),  # of several kinds
        ("标准加起来是多少？", "国家标准 14 项。地方标准 3 项。行业标准 6 项。"),
    ],
)
def test_what_is_no_list_or_not_asked_is_not_added(question, sentence):
    assert listed_sum(read_question(question), evidence(sentence)) is None
