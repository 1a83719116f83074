"""Demands: a figure, in its unit, for each, apart from something."""

import pytest
from fakes import assistant_of, evidence, small_index

from rag.coverage import Coverage
from rag.demands import unmet


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))

    def find(question, *pieces):
        coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
        return unmet(question, evidence(*pieces), coverage)

    return find


@pytest.mark.parametrize(
    ("question", "piece", "reason"),
    [
        ("公司的用水量是多少？", "公司重视节约用水。", "no-figure"),
        ("公司的用水量是多少？", "公司用水量为 5.2 万吨。", ""),
        ("公司用水多少吨？", "用水量下降 3%。", "no-figure"),
        ("培训投入了多少钱？", "全年培训 128 场。", "no-figure"),
        ("培训投入了多少钱？", "培训投入 12 万元。", ""),
        ("How much was spent on training?", "全年培训 128 场。", "no-figure"),
        ("How many hours of training were there?", "全年培训 128 场。", "no-figure"),
        ("How many training sessions were there?", "全年培训 128 场。", ""),
        ("发生了几起安全事故？", "报告期内，公司未发生安全事故。", ""),
        ("员工人均培训多少小时？", "全年培训 128 小时，员工 30 人。", "not-given"),
        ("员工人均培训多少小时？", "员工人均培训 12 小时。", ""),
        ("公司的培训目标是什么？", "公司重视食品安全培训。", ""),
        ("女性员工占多少（不包括供应商）？", "供应商员工中女性占 40%。", "not-given"),
        ("公司如何节约用水？", "公司重视节约用水。", ""),
    ],
)
def test_evidence_meets_what_is_demanded_or_does_not(check, question, piece, reason):
    assert check(question, piece) == reason


def test_a_figure_of_something_else_does_not_count(check):
    pieces = ("公司为员工提供食品安全培训。", "公司投资 4,500 万元。")
    assert check("食品安全培训有多少场？", *pieces) == "no-figure"
