import pytest

from index.parts import LARGE


def test_headings_without_text_go_with_what_follows(passages_of):
    long = "公司建立了制度，员工受益。" * 60
    content = passages_of(f"第一章 治理\n\n一、内控\n\n{long}\n\n二、审计\n\n{long}\n\n第二章 空")
    assert [p.text.split("\n")[0] for p in content.passages] == ["第一章 治理", "二、审计"]


def test_a_report_of_headings_alone_is_one_passage(passages_of):
    content = passages_of("# 甲\n\n# 乙\n\n# 丙")
    assert [p.text for p in content.passages] == ["# 甲\n\n# 乙\n\n# 丙"]
    assert len(content.entries) == 1


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["这一行是没有空行的报告中的一句话。"] * 1000),
        "\n".join(["- 这一行是列表中的一项"] * 1000),
        "\n\n".join(["指标\t2022\t2023\n人数\t1\t2"] * 500),
        "\n\n".join(
            ["这个段落没有句号而且很长所以它看起来像是被分页切断了其实它就是这样写的没有别的原因"]
            * 500
        ),
    ],
    ids=["lines", "list", "tables", "wrapped"],
)
def test_long_runs_are_cut(text, passages_of):
    content = passages_of(text)
    assert max(len(passage.text) for passage in content.passages) < 1.3 * LARGE


def test_a_long_paragraph_is_cut_behind_a_sentence(passages_of):
    text = "\n".join(["这是一句话的前半部分，", "这是它的后半部分。"] * 200)
    assert all(passage.text.endswith("。") for passage in passages_of(text).passages)


def test_a_table_larger_than_a_passage_stays_whole(passages_of):
    text = "指标\t2022\t2023\n" + "\n".join(f"指标{i}\t1\t2" for i in range(500))
    assert len(passages_of("用水情况如下：\n\n" + text).passages) == 1
