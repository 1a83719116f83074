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
