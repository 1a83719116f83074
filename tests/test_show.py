from index.passage import read_passages
from index.show import shown


def test_what_is_shown_of_a_report(chemicals):
    content = read_passages(chemicals)
    lines = list(shown(chemicals, content))
    assert lines[:2] == [
        "华澜化工股份有限公司2023 年环境、社会及治理报告 (2023)",
        "Company: 华澜化工",
    ]
    assert f"{len(content.passages)} passages" in lines[2]
    assert "    业务概览  p. 3  lines 21-29" in lines
    assert "  25: 3" in lines
    assert "  | 营业收入" in lines
    assert "  figure: 营业收入 | 2023 = 128.6 亿元  (line 44 cell 2)" in lines


def test_every_line_entry_and_figure_is_shown(any_report):
    content = read_passages(any_report)
    text = "\n".join(shown(any_report, content))
    assert all(line in text for p in content.passages for line in p.text.split("\n"))
    assert all(entry.text in text for entry in content.entries if entry.kind != "section")
    assert text.count("\n  figure: ") == len(content.figures)


def test_where_a_chapter_goes_on(bundled):
    assert any("(goes on)" in line for line in shown(bundled, read_passages(bundled)))
