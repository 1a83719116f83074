import pytest

from index.contents import read_contents
from index.headings import find_headings
from index.report import parse


def headings(text):
    lines = text.split("\n")
    contents, entries = read_contents(lines)
    return [heading.title for heading in find_headings(lines, contents, entries)]


def test_headings_of_plain_text(dairy):
    titles = [section.path[-1] for section in dairy.root.walk() if section.path]
    assert titles == [
        "关于青牧", "关于本报告", "编制依据", "公司概况", "1996-2005", "2012", "数说2023",
        "经营业绩", "社会贡献", "好奶源 绿色牧场", "牧场管理", "饲料", "案例一：智慧牧场",
        "节能减排", "好员工 共同成长", "员工构成", "信息安全", "读者反馈", "消费者服务热线",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "全国服务热线：4006900999",
        "service@qingmu-dairy.com",
        "www.qingmu-dairy.com",
        "0471-5550188",
        "总经理：苏日娜",
        "这一年，我们迎难而上，取得进步。",
        "- 公司治理",
        "（请注明）",
        "「 责任 正直 」",
        "19.70",
        "您还希望获取哪些信息？",
        "员工\t12",
        "√适用 □不适用",
        "□是    √否",
        "注册资本    总资产",
        "这一行虽然没有句号但是对于一个标题来说实在是太长了所以它只能是正文的一部分",
    ],
)
def test_lines_that_only_look_like_headings(line):
    text = f"公司治理\n\n公司建立了制度。\n\n{line}\n\n公司开展培训。"
    assert headings(text) == ["公司治理"]


@pytest.mark.parametrize("line", ["管理体系认证证书", "消防演练现场", "总经理 **苏日娜**"])
def test_caption_and_signature_before_a_picture_stay_content(line):
    text = f"公司治理\n\n公司建立了制度。\n\n\n\n{line}\n\n\n\n员工关怀\n\n公司开展培训。"
    assert headings(text) == ["公司治理", "员工关怀"]


def test_a_title_of_the_contents_list_is_a_heading_with_any_punctuation():
    text = (
        "目录\n公司治理\t3\n附录：意见反馈\t9\n\n公司治理\n\n公司建立了制度。\n\n{}\n\n感谢阅读。"
    )
    assert headings(text.format("附录：意见反馈")) == ["公司治理", "附录：意见反馈"]
    assert headings(text.format("- 附录：意见反馈")) == ["公司治理"]
    assert headings(text.format("说明：意见反馈")) == ["公司治理"]


def test_the_last_line_is_no_heading():
    assert headings("公司治理\n\n公司建立了制度。\n\n二〇二四年三月") == ["公司治理"]


def test_a_table_caption_is_no_heading_but_another_line_is():
    table = "指标\t2022\t2023\n员工\t1\t2"
    assert headings(f"员工培训\n\n公司开展培训。\n\n培训情况汇总\n\n{table}") == ["员工培训"]
    assert headings(f"员工培训\n\n公司开展培训。\n\n员工结构\n\n{table}") == [
        "员工培训",
        "员工结构",
    ]


def test_numbering_gives_the_rank():
    headed = [
        "第一章 治理",
        "一、内控",
        "（一）制度",
        "正文。",
        "二、审计",
        "正文。",
        "第二章 环境",
    ]
    report = parse("\n\n".join([*headed, "正文。"]).split("\n"))
    paths = [section.path for section in report.root.walk() if section.path]
    assert paths == [
        ("第一章 治理",),
        ("第一章 治理", "一、内控"),
        ("第一章 治理", "一、内控", "（一）制度"),
        ("第一章 治理", "二、审计"),
        ("第二章 环境",),
    ]


DENSE = """目录
公司概况	1
安全与环境	9
公司概况
公司简介
海岳船务股份有限公司成立于 1998 年，总部位于青岛市，主要经营近海和远洋的干散货运输、船舶管理和港
口拖轮业务。
联系我们
电话：0532-88880000
地址：青岛市港兴路 9 号
经营业绩
2024 年公司货运量和营业收入都比上年增长，其中远洋航线的增长最为明显，沿海航线与上年大体持平并略有
下降。
关键数据
营业收入（亿元）
21.3
货运量（万吨）
512.8
年末船队构成
船型	艘数	载重吨
散货船	18	640,000
主要航线
青岛至连云港
大连至广州
上海至厦门
公司还在建造六艘使用甲醇燃料的新船，计划于两年之内全部交付使用，届时船队的平均船龄将降到六年以下。
安全与环境
安全绩效
全年没有发生一般及以上等级的水上交通事故，也没有发生船员伤亡事故，安全投入达到营业收入的百分之三。
指标	2023 年	2024 年
演练次数（次）	31	36
其中
消防演练（次）	12	14
废弃物处理
船上的生活垃圾和油污水都交由有资质的单位接收处理，并且按照规定保存每一次的接收证明和处理的联单。"""


def test_titles_stand_out_where_no_blank_lines_part_the_text():
    assert headings(DENSE) == [
        "公司概况", "公司简介", "联系我们", "经营业绩", "关键数据", "年末船队构成",
        "安全与环境", "安全绩效", "废弃物处理",
    ]  # fmt: skip


def test_what_is_short_in_a_narrow_column_is_no_title():
    narrow = "\n".join(["公司简介", *["公司主要经营干散货运输业务"] * 6, "并且管理船舶。"] * 3)
    assert headings(narrow) == ["公司简介"] * 3


def test_short_lines_right_below_one_another_are_a_list():
    long = "公司还在建造六艘使用甲醇燃料的新船，计划于两年之内全部交付使用，届时船龄将降到六年。"
    listed = [long] * 6 + ["青岛至连云港", "大连至广州", "上海至厦门"] + [long] * 6
    assert headings("\n".join(listed)) == []
    two = [long] * 6 + ["绿色船队", "新船建造"] + [long] * 6
    assert headings("\n".join(two)) == ["绿色船队", "新船建造"]


def test_a_numbered_title_above_a_table_is_no_caption():
    table = "姓名\t职务\n沈砚秋\t董事长"
    text = f"一、公司治理\n\n公司建立了制度。\n\n{{}}\n\n{table}\n\n公司开展培训。"
    assert headings(text.format("二、董事情况")) == ["一、公司治理", "二、董事情况"]
    assert headings(text.format("董事情况")) == ["一、公司治理"]
