"""Kinds: a name, a place, a day or a reason is asked for, and the evidence has one or not."""

from dataclasses import replace

import pytest
from fakes import evidence

from rag.kinds import lacks_kind

OWN = ("海岳食品", "Haiyue")


@pytest.mark.parametrize(
    ("question", "piece", "reason"),
    [
        ("独立董事分别叫什么名字？", "董事会有独立董事 3 名。", "no-name"),
        ("首席科学家叫什么名字？", "首席科学家陈书楷先生出席会议。", ""),
        ("What is this person called?", "公司董事长提议回购股份。", "no-name"),
        ("检测是哪家公司做的？", "公司委托第三方进行检测。", "no-name"),
        ("检测是哪家公司做的？", "公司委托青岛检测有限公司进行检测。", ""),
        ("集团里哪家公司拿到了证书？", "青岛海岳获得证书。", ""),
        ("哪家公司被处罚了，罚款是多少？", "川骨器械被处以罚款 18 万元。", ""),  # the fine at least
        ("子公司设在哪些国家？", "公司设立 7 家子公司。", "no-name"),
        ("子公司设在哪些国家？", "公司在泰国、墨西哥设立子公司。", ""),
        ("In which country is the plant?", "工厂位于墨西哥。", ""),
        ("Which ISO standard is it certified to?", "公司制定能源管理制度。", "not-given"),
        ("公司通过了哪些 ISO 认证？", "公司通过了管理体系认证。", "not-given"),
        ("What ISO standards does it follow?", "公司通过 ISO 50001: 2018 能源管理体系认证。", ""),
        ("在哪个月满意度最低？", "2023 年满意度为 93 分。", "not-given"),
        ("In which month was it published?", "2023 年 6 月发布白皮书。", ""),
        ("报告具体是哪一天披露的？", "报告于 2024 年披露。", ""),  # part of the answer
        ("报告是 2024 年哪一天披露的？", "报告于 2024 年披露。", "not-given"),
        ("报告具体是哪一天披露的？", "报告于 2024 年 4 月 2 日披露。", ""),
        ("为什么合格率没有达标？", "公司重视质量。", "not-given"),
        ("为什么选它作审计机构？", "公司审计机构为甲会计师事务所。", "not-given"),
        ("为什么开展培训？", "公司开展培训，以提高技能。", ""),
        ("为什么合格率没有达标？", "受原料影响，合格率没有达标。", ""),
        ("Why was the agency chosen?", "公司向华信购买咨询服务。", "not-given"),
        ("Why was the agency chosen, and when did it begin?", "公司向华信购买咨询服务。", ""),
        ("考勤机是哪一年量产的？", "公司生产智能考勤机。", "not-given"),
        ("考勤机是哪一年量产的？", "公司 2019 年起生产智能考勤机。", ""),
        ("In what year was the laboratory founded?", "公司与大学联合组建实验室。", "not-given"),
        ("In what year was the laboratory founded?", "报告期内，公司组建实验室。", ""),
        ("在哪一年人数最多？", "公司有员工。", ""),  # the years stand in the table
        ("Which testing agency calibrates?", "按 JJG 30-2012 由第三方校验。", "no-name"),
        ("Which certification body was it?", "公司通过认证。", "no-name"),
        ("Which certification body was it?", "由 SGS 认证。", ""),
        ("公司有几名员工？", "公司有员工 5 名。", ""),
    ],
)
def test_evidence_has_the_kind_of_thing_that_is_asked_for(question, piece, reason):
    assert lacks_kind(question, evidence(piece), OWN) == reason


@pytest.mark.parametrize(
    ("question", "row", "reason"),
    [
        ("合格率没有达到 99% 是什么原因？", "合格率：2023 年目标 99%；达成 98%", "not-given"),
        ("为什么 2023 年合格率只有 85%？", "合格率：2023 年目标 99%；达成 98%", ""),  # it is not so
        ("合格率为什么没有达标？", "合格率：2023 年目标 99%；达成 100%", ""),
        ("利润为什么下降 3%？", "汇率风险：汇率波动，使利润下降 3%", ""),
    ],
)
def test_a_row_of_figures_tells_no_reason_but_puts_right(question, row, reason):
    (piece,) = evidence(row)
    assert lacks_kind(question, [replace(piece, kind="row")], OWN) == reason
