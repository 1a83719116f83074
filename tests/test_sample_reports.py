"""Two sample reports of other industries are read as a person would read them."""

from decimal import Decimal

import pytest

from index.passage import read_passages


def outline(report):
    return ["  " * len(s.path) + s.path[-1] for s in report.root.walk() if s.path]


def values(report, metric, **wanted):
    """Value and unit of the figures of a metric, by period and scope."""
    return {
        (f.figure.period, f.figure.scope): (f.figure.value, f.figure.unit)
        for f in read_passages(report).figures
        if f.figure.metric == metric
        and all(getattr(f.figure, name) == value for name, value in wanted.items())
    }


def test_outline_of_headings_all_alike(bank):
    assert outline(bank) == [
        "  第一节 重要提示",
        "  第二节 公司简介",
        "    一、公司信息",
        "    二、主要会计数据",
        "  第三节 管理层讨论与分析",
        "    一、经营情况概述",
        "      （一）对公业务",
        "      （二）零售业务",
        "    二、贷款质量分析",
        "      （一）五级分类",
        "      （二）拨备情况",
        "    三、员工情况",
        "  第四节 公司治理",
        "    一、股东大会",
        "    二、董事会",
        "      1. 董事会组成",
        "      2. 专门委员会",
        "  第五节 环境和社会责任",
        "    绿色金融",
        "      （一）绿色信贷",
        "      （二）绿色运营",
        "    社会公益",
    ]


def test_outline_of_text_with_page_numbers(chemicals):
    assert outline(chemicals) == [
        "  公司简介", "    业务概览", "    主要荣誉", "    关键绩效",
        "  管治架构", "    治理体系", "      股东大会", "      董事会", "    商业道德",
        "  安全生产", "    一、安全管理体系", "      （一）双重预防机制", "      （二）承包商管理",
        "    二、应急管理", "      应急投入",
        "    三、职业健康", "      国内基地", "      海外仓库",
        "  环境保护", "    碳排放管理", "      减排目标", "      排放数据",
        "    水资源", "      用水管理", "    危险废物", "      分类处置",
        "  人才发展", "    员工结构", "    员工培训",
        "  社区共建", "    公益活动", "      案例一：化工科普进校园", "      案例二：乡村图书室",
        "  意见反馈", "    联系地址", "    热线",
    ]  # fmt: skip


def test_title_year_and_pages(bank, chemicals):
    assert (bank.title, bank.year) == ("江岳农村商业银行股份有限公司2023 年年度报告", "2023")
    assert chemicals.title == "华澜化工股份有限公司2023 年环境、社会及治理报告"
    assert [s.page for s in bank.root.children] == [2, 4, 9, 31, 44]
    assert [s.page for s in chemicals.root.children] == [3, 6, 9, 14, 21, 25, 28]


def test_merged_cells_full_width_digits_brackets_and_formulas(bank):
    million = "百万元"
    assert values(bank, "营业收入", group="经营业绩") == {
        ("2023", "本集团"): (Decimal(11700), million),
        ("2023", "本行"): (Decimal(11205), million),
        ("2022", "本集团"): (Decimal(10934), million),
        ("2022", "本行"): (Decimal(10480), million),
    }
    assert values(bank, "其他综合收益")["2023", "本集团"] == (Decimal(-126), million)
    assert values(bank, "其他综合收益")["2023", "本行"] == (Decimal(-98), million)
    assert values(bank, "归属于股东的净利润")["2023", "本集团"] == (Decimal(4218), million)
    assert values(bank, "净息差(%)")["2023", "本集团"] == (Decimal("1.77"), "%")
    # the note says that percentages are not in million yuan
    assert values(bank, "不良贷款率", group="盈利能力")["2022", "本行"] == (Decimal("1.01"), "%")


def test_a_table_goes_on_behind_a_page_break_with_its_header_again(bank, chemicals):
    for name, amount in (("正常类", 268904), ("可疑类", 1005)):
        assert values(bank, name)["2023", "余额"] == (Decimal(amount), "百万元")
    assert values(bank, "次级类")["", "占比"] == (Decimal("0.48"), "%")
    assert values(chemicals, "泸州") == {
        ("2021", ""): (Decimal(98), "万元"),
        ("2022", ""): (Decimal(104), "万元"),
        ("2023", ""): (Decimal(117), "万元"),
    }


def test_a_table_goes_on_behind_a_page_break_without_its_header(chemicals):
    assert values(chemicals, "排放量", group="废水") == {
        ("2022", ""): (Decimal(212), "万立方米"),
        ("2023", ""): (Decimal(198), "万立方米"),
    }
    assert values(chemicals, "合计")["2023", ""] == (Decimal("101.6"), "万吨二氧化碳当量")


def test_pipe_tables_that_repeat_merged_cells(bank):
    assert values(bank, "员工总数") == {
        ("2023", ""): (Decimal(6415), ""),
        ("2022", ""): (Decimal(6302), ""),
    }
    assert values(bank, "按学历 本科")["2022", ""] == (Decimal(4515), "")
    assert values(bank, "客户经理", group="按岗位划分")["2022", ""] == (Decimal(2154), "")


def test_units_in_columns_of_a_table_over_many_lines(bank):
    assert values(bank, "审计委员会") == {
        ("", "会议情况 会议次数"): (Decimal(6), "次"),
        ("", "会议情况 审议议案"): (Decimal(28), "项"),
    }


@pytest.mark.parametrize(
    ("metric", "value", "unit"),
    [
        ("小微企业贷款余额", "862.5", "亿元"),
        ("零售客户总数", "612.4", "万户"),
        ("管理个人金融资产", "1905", "亿元"),
        ("拨备覆盖率", "425.3", "%"),
        ("公益捐赠", "1280", "万元"),
        ("员工志愿服务", "5630", "人次"),
    ],
)
def test_key_figures_of_the_bank(bank, metric, value, unit):
    assert values(bank, metric) == {("2023", ""): (Decimal(value), unit)}


@pytest.mark.parametrize(
    ("metric", "value", "unit"),
    [
        ("营业收入", "128.6", "亿元"),
        ("研发投入", "5.14", "亿元"),
        ("员工总数", "3902", "人"),
        ("安全生产投入", "1.27", "亿元"),
        ("环保投入", "2.05", "亿元"),
        ("产品销量", "86.4", "万吨"),
        ("培训总时长", "15.6", "万小时"),
        ("报告期内违规排放", "0", "起"),
    ],
)
def test_key_figures_of_the_chemicals_maker(chemicals, metric, value, unit):
    assert values(chemicals, metric) == {("2023", ""): (Decimal(value), unit)}


def test_numbers_that_are_no_figures(bank, chemicals):
    for report in (bank, chemicals):
        printed = {f.figure.printed for f in read_passages(report).figures}
        assert not any(code in text for code in ("6018", "6039", "400", "0512") for text in printed)
        assert len(printed) >= 40


def test_a_sentence_goes_on_behind_page_number_and_running_header(bank, chemicals):
    texts = {e.text for r in (bank, chemicals) for e in read_passages(r).entries}
    assert any("产品出口到42 个国家和地区。" in text for text in texts)
    assert any("较上年末增长 9.1%" in text for text in texts)
    assert not any(text in ("3", "华澜化工 2023 年环境、社会及治理报告") for text in texts)
    sections = [e.text for e in read_passages(chemicals).entries if e.kind == "section"]
    assert sum("华澜化工 2023 年环境" in text for text in sections) == 0


def test_rows_of_html_tables_stand_in_the_passage_with_tabs(bank):
    content = read_passages(bank)
    text = "\n".join(passage.text for passage in content.passages)
    assert "营业收入\t11，700\t１１，２０５\t10,934\t10,480" in text
    assert "<td" not in text
    row = next(e for e in content.entries if e.quote.startswith("营业收入\t"))
    assert row.text.startswith("经营业绩 营业收入：2023年 本集团 11，700 百万元；2023年 本行")
    assert "图 1 存款结构" in {e.text for e in content.entries}


def test_captions_signatures_and_addresses_are_content(chemicals):
    texts = {e.text for e in read_passages(chemicals).entries}
    assert {
        "国家绿色工厂证书",
        "总裁 沈立言",
        "2023 年储罐区泄漏应急演练",
        "0574-86001234",
    } <= texts
