"""Demands: a figure, in its unit, for each, apart from something."""

from dataclasses import replace

import pytest
from fakes import REPORT_TEXT, assistant_of, evidence, small_index

from rag.coverage import Coverage
from rag.demands import unmet
from rag.telling import counts_differ, telling
from rag.told_of import is_meant


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))

    def find(question, *pieces, kind="sentence", apart=1.0):
        coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
        scored = [replace(p, kind=kind, score=5 - apart * p.number) for p in evidence(*pieces)]
        return unmet(question, scored, coverage)

    return find


@pytest.mark.parametrize(
    ("question", "piece", "reason"),
    [
        ("公司的用水量是多少？", "公司重视节约用水。", "no-figure"),
        ("公司的用水量是多少？", "公司用水量为 5.2 万吨。", ""),
        ("公司用水多少吨？", "用水量下降 3%。", "no-figure"),
        ("培训投入了多少钱？", "全年培训 128 场。", "no-figure"),
        ("培训投入了多少钱？", "培训投入 12 万元。", ""),
        ("破壁机卖了多少台？", "破壁机噪声为 58 分贝。", "no-figure"),
        ("破壁机卖了多少台？", "破壁机销量为 580 台。", ""),
        ("How much was spent on training?", "全年培训 128 场。", "no-figure"),
        ("How many hours of training were there?", "全年培训 128 场。", "no-figure"),
        ("How many training sessions were there?", "全年培训 128 场。", ""),
        ("发生了几起安全事故？", "报告期内，公司未发生安全事故。", ""),
        ("安全事故罚了多少钱？", "报告期内，公司未发生安全事故。", ""),
        ("安全事故预防花了多少钱？", "报告期内，公司未发生安全事故。", "no-figure"),
        ("员工人均培训多少小时？", "全年培训 128 小时，员工 30 人。", "not-given"),
        ("员工人均培训多少小时？", "员工人均培训 12 小时。", ""),
        ("产假有多少天？", "享受产假员工数：2023 年 70 人", "not-given"),
        ("产假有多少天？", "产假不少于 98 天。", ""),
        ("投诉多久答复？", "公司及时答复投诉。", "no-figure"),
        ("How quickly must complaints be answered?", "投诉在 24 小时内答复。", ""),
        ("How long has the company had suppliers?", "公司重视供应商。", "no-figure"),
        ("海外收入占比是多少？", "海外收入占比较大。", "no-figure"),
        ("最大的一笔捐款是给谁的？", "慈善日捐款：2 万元", "not-given"),
        ("What was the largest donation?", "最大的一笔捐款为 100 万元。", ""),
        ("海外收入占比是多少？", "海外收入占 60%。", ""),
        ("每位员工平均培训多少小时？", "全年培训 128 小时。", "not-given"),
        ("公司的培训目标是什么？", "公司重视食品安全培训。", ""),
        ("回购股份的日期是哪天？", "公司回购股份。", "not-given"),
        ("回购股份的日期是哪天？", "2023 年 6 月 1 日，公司回购股份。", ""),
        ("When was the share repurchase plan approved?", "公司回购股份。", ""),
        ("发明专利占专利的比例是多少？", "公司获得专利 40 件，其中发明专利 10 件。", ""),
        ("淘汰的供应商有几家？", "对倒数 5 名的供应商进行约谈，考虑淘汰。", "no-figure"),
        ("淘汰的供应商有几家？", "淘汰供应商 5 家。", ""),
        ("有几名员工因工死亡？", "未发生员工因工死亡事故。", ""),
        ("海外有几名女性员工因工死亡？", "未发生员工因工死亡事故。", ""),
        ("哪家公司因供应商事故受罚？", "未发生供应商事故。", ""),
        ("哪家公司因供应商事故受罚？", "公司重视供应商事故。", "no-name"),
        ("流失率是多少，招了多少人？", "员工流失率为 21%。", ""),
        ("除了男性员工，其他员工分几级？", "男性员工分五级。", "not-given"),
        ("除了男性员工，其他员工分几级？", "除男性员工外，其他员工分为 6 个等级。", ""),
        ("公司董事长叫什么名字？", "董事长经充分考虑，提议回购股份。", "no-name"),
        ("公司董事长叫什么名字？", "董事长 王建国", ""),
        ("What does the company do about the exchange rate?", "公司关注汇率。", ""),
        ("签署了哪几份协议？", "公司与供应商签署环保协议。", ""),
        ("Which groups of suppliers are there, by how much is spent?", "供应商分为两类。", ""),
        ("讲师里有几位女性？", "认证讲师 125 人，其中高级讲师 5 人。", "not-given"),
        ("讲师里有几位女性？", "认证讲师 125 人，其中女性 5 人。", ""),
        ("股东大会有多少位股东到场？", "股东大会召开 5 次。", "no-figure"),
        ("夜间实际测得多少分贝？", "噪音：目标 夜间≤55分贝；达成情况 ✓", "no-figure"),
        ("夜间实际测得多少分贝？", "噪音：目标 夜间≤55分贝；达成情况 夜间51分贝", ""),
        ("供应商多久评审一次？", "公司重视供应商评审。", "no-figure"),
        ("热线一年接多少通电话？", "热线设置 80 位座席。", "no-figure"),
        ("热线一年接多少通电话？", "热线一年接听 800 通电话。", ""),
        ("公司有多少供应商员工？", "供应商员工分布在 30 个国家。", "no-figure"),
        ("How many employees does the supplier have?", "供应商员工 300 人。", ""),
        ("供应商的模型有多少参数？", "供应商的 Xino 3.0 模型", "no-figure"),
        ("供应商多久评审一次？", "公司每年评审供应商。", ""),
        ("供应商有多少家？", "供应商分为两个等级。", "no-figure"),
        ("供应商有多少家？", "公司有两家供应商。", ""),
        ("公司的净利润扣非后是多少？", "公司净利润为 9,800 万元。", "not-given"),
        ("What was gross profit in 2023?", "公司净利润为 9,800 万元。", "not-given"),
        ("What was net profit in 2023?", "公司净利润为 9,800 万元。", ""),
        ("海外供应商有多少家？", "海外设立供应商 5 家。", ""),
        ("供应商培训总时长是多少？", "供应商培训 12 场。", "no-figure"),
        ("供应商培训总时长是多少？", "供应商培训 12 小时。", ""),
        (
            "光是2023年参加培训的员工有多少人？",
            "截至 2023 年，已有员工 30 人参加培训。",
            "not-given",
        ),
        ("光是2023年参加培训的员工有多少人？", "2023 年，员工 30 人参加培训。", ""),
        ("2023年光伏培训的员工有多少人？", "截至 2023 年，已有员工 30 人参加培训。", ""),
        ("2023年不仅供应商，员工有多少人培训？", "截至 2023 年，已有员工 30 人参加培训。", ""),
        ("到2023年底参加培训的员工有多少人？", "截至 2023 年，已有员工 30 人参加培训。", ""),
        ("举报渠道收到多少件举报？", "举报电话 0532-80006000，举报邮箱 10086@qq.com", "no-figure"),
        ("How many R&D people work in training?", "公司设有四个培训研发中心。", "no-figure"),
        ("被踢出名单的供应商有几家？", "对倒数 5 名的供应商，考虑踢出名单。", "no-figure"),
        ("厦门子公司有多少专利？", "公司累计获得专利 858 件。", "not-given"),
        ("厦门子公司有多少专利？", "厦门子公司获得专利 85 件。", ""),
        ("How many people does the Xiamen branch employ?", "公司员工 858 人。", "not-given"),
        ("女性员工占多少（不包括供应商）？", "供应商员工中女性占 40%。", "not-given"),
        ("公司如何节约用水？", "公司重视节约用水。", ""),
        ("公司用水多少？", "2023 年 6 月，公司开始节约用水。", "no-figure"),
        ("授予价每股几块？", "2022 年，公司向 30 人授予股票。", "no-figure"),
        ("授予价每股几块？", "授予价为每股 12 元。", ""),
        ("供应商评价得分是多少？", "供应商评价得分为 93 分。", ""),
        ("员工价值观培训有多少场？", "价值观培训 12 场。", ""),
        ("保密等级分为几级？", "保密等级依次为绝密、机密、内部。", ""),
        ("How many levels of training are there?", "培训分初级、中级、高级。", ""),
        ("How many people were in training?", "培训分初级、中级、高级。", "no-figure"),
        ("培训的这几个步骤是什么意思？", "培训分为准备和总结。", ""),
        ("培训投入了多少美元？", "培训投入 12 万元。", "yuan-only"),
        ("How much was training in USD?", "培训投入 12 万美元。", ""),
        ("公司为什么更换供应商？", "公司每年审核供应商。", "not-given"),
        ("Why did the company change its suppliers?", "因质量问题，公司更换了供应商。", ""),
        ("2023年上半年用水量是多少？", "2023 年公司用水量为 5.2 万吨。", "whole-year"),
        ("2023年上半年用水量是多少？", "2023 年上半年公司用水量为 2 万吨。", ""),
        (
            "2023年各季度用水量是多少？",
            "截至 2023 年 12 月 31 日，公司用水量 2 万吨。",
            "whole-year",
        ),
        ("2023年3月用水量是多少？", "2023 年 3 月，公司用水量 0.2 万吨。", ""),
        ("What was the water consumption in Q3 2023?", "公司用水量 2 万吨。", "whole-year"),
        ("2023年用水量同比减少了多少？", "2023 年公司用水量 5.2 万吨。", "one-year"),
        ("2023年用水量同比减少了多少？", "2023 年公司用水量同比下降 3%。", ""),
        ("How did water consumption change in 2023?", "2023 年公司用水量 5.2 万吨。", "one-year"),
        (
            "How did water consumption change in 2023?",
            "用水量 2022 年 5 万吨，2023 年 4 万吨。",
            "",
        ),
    ],
)
def test_evidence_meets_what_is_demanded_or_does_not(check, question, piece, reason):
    assert check(question, piece) == reason


@pytest.mark.parametrize(
    ("question", "piece", "reason"),
    [
        ("女性员工的流失率是多少？", "女性员工占员工的比例为 40%。", "not-given"),
        ("女性员工的流失率是多少？", "女性员工流失率为 12%。", ""),
        ("30岁及以下员工的流失率是多少？", "员工流失率为 12%。", "not-given"),
        ("30岁及以下员工的流失率是多少？", "30 岁及以下员工流失率为 12%。", ""),
        ("充电桩功率是多少千瓦？", "充电桩为 7 千瓦。", ""),  # no rate, though it ends like one
    ],
)
def test_a_rate_is_that_of_the_part_that_is_asked_for(tmp_path, question, piece, reason):
    text = f"{REPORT_TEXT}\n员工流失率为 21%。\n充电桩功率稳定。\n"
    assistant = assistant_of(small_index(tmp_path, text))
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    assert unmet(question, evidence(piece), coverage) == reason


def test_a_part_is_named_together_with_what_it_is_a_part_of(check):
    pieces = ("海外设立 47 家公司。", "供应商 1,660 家。")
    assert check("海外供应商有多少家？", *pieces) == "not-given"
    assert check("供应商有多少家？", *pieces) == ""


def test_hours_or_people_of_another_row_do_not_count(check):
    pieces = ("公司食品安全培训次数：9 次", "员工参与供应商培训人次：300 人次")
    assert check("参加食品安全培训的有多少人次？", *pieces) == ""  # sentences may lean on another
    assert check("参加食品安全培训的有多少人次？", *pieces, kind="row") == "not-given"


def test_a_figure_of_something_else_does_not_count(check):
    pieces = ("公司为员工提供食品安全培训。", "公司投资 4,500 万元。")
    assert check("食品安全培训有多少场？", *pieces) == "no-figure"


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("为什么更换审计机构？", "公司审计机构为甲会计师事务所。", "not-given"),
        ("收入为什么下降？", "收入同比下降，主要系需求退潮、价格竞争加剧所致。", ""),
        ("Why did revenue fall?", "收入同比下降，主要系需求退潮、价格竞争加剧所致。", ""),
        ("为什么更换审计机构？", "因聘期届满，公司改聘乙为审计机构。", ""),
        ("Why was the audit plan cancelled?", "公司制定审计计划。", "not-given"),
        ("Why did the company replace its audit plan?", "因业务变化，公司调整了审计计划。", ""),
        ("Why did the company replace its audit plan?", "公司调整了审计计划。", "not-given"),
    ],
)
def test_why_something_was_done_is_told_only_where_it_was_done(check, question, sentence, reason):
    assert check(question, sentence) == reason


def test_what_the_search_finds_as_near_as_the_best_is_looked_at(check):
    question = "每年现场审核的供应商有多少家？"
    pieces = ("公司每年对供应商进行现场审核。", "供应商共 193 家。")
    assert check(question, *pieces) == "no-figure"
    assert check(question, *pieces, apart=0.1) == ""


@pytest.mark.parametrize(
    ("question", "differ"),
    [
        ("How many subsidiaries does the company have?", True),
        ("公司有多少家子公司？", True),
        ("公司为什么设立子公司？", False),
        ("How many subsidiaries are there, and where are they?", False),
    ],
)
def test_two_counts_of_one_thing_differ(question, differ):
    pieces = evidence("报告期内新设 7 家子公司。", "公司共有 47 家子公司。")
    assert counts_differ(question, pieces) is differ
    assert not counts_differ(question, pieces[:1])


@pytest.mark.parametrize(
    ("question", "kept"),
    [("How much did the company donate?", [1]), ("公司捐赠了什么？", [1, 2])],
)
def test_what_has_no_amount_in_the_unit_asked_for_is_left_out(question, kept):
    pieces = evidence("公司捐赠 10 万元。", "公司捐赠种植器械 3 件。")
    assert [piece.number for piece in telling(question, pieces)] == kept


def test_a_row_below_a_heading_of_subsidiaries_counts_none(tmp_path):
    text = f"{REPORT_TEXT}\n公司设立了子公司。\n"
    assistant = assistant_of(small_index(tmp_path, text))
    question = "公司有多少家子公司？"
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    (piece,) = evidence("高中及以下：3,148", title="母公司和主要子公司的员工情况")
    assert unmet(question, [replace(piece, kind="row")], coverage) == "no-figure"


@pytest.mark.parametrize(
    ("words", "meant"),
    [("主要经营指标及其说明 用水量（万立方米）：5", True), ("主要经营指标 用电量：5", False)],
)
def test_a_row_is_meant_by_its_own_label(tmp_path, words, meant):
    assistant = assistant_of(small_index(tmp_path))
    coverage = Coverage("用水量是多少？", assistant.retriever.bridge, assistant.index.keywords)
    (piece,) = evidence(words)
    assert is_meant(replace(piece, kind="row"), coverage) is meant


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("公司有多少家子公司？", 2),
        ("How many subsidiaries are there?", 2),
        ("2023年新设了多少家子公司？", 1),
        ("How many subsidiaries were set up in 2023?", 1),
    ],
)
def test_what_there_is_comes_before_what_was_added(question, first):
    pieces = evidence("报告期内，公司成立了 8 家子公司。", "截至年末，公司共有 61 家子公司。")
    pieces = [replace(piece, score=5.0) for piece in pieces]
    assert telling(question, pieces)[0].number == first
