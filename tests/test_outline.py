import pytest
from conftest import FakeEmbedder
from fakes import small_index

from index.build import build
from index.paths import BUNDLED_REPORT
from rag.outline import heading, outline, section_answer, section_passages, section_question


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def bundled_index(tmp_path_factory):
    return build(BUNDLED_REPORT, tmp_path_factory.mktemp("bundled") / "index", FakeEmbedder())


def walked(index):
    return [section for top in outline(index) for section in top.walk()]


def test_sections_stand_below_their_chapters(index):
    tops = outline(index)
    assert [top.title for top in tops] == ["第一章 公司概况", "第二章 经营情况", "第三章 员工"]
    assert [top.page for top in tops] == [1, 5, 9]
    assert [child.title for child in tops[2].children] == ["员工构成", "员工培训"]
    assert tops[2].children[0].path == ("第三章 员工", "员工构成")


def test_every_passage_is_in_the_outline_in_reading_order(bundled_index):
    sections = walked(bundled_index)
    inside = {passage for section in sections for passage in section.passages}
    assert inside == {p.id for p in bundled_index.passages if p.section}
    starts = [section.lines[0] for section in sections]
    assert starts == sorted(starts)
    for section in sections:
        for child in section.children:
            assert child.path[:-1] == section.path
            assert section.lines[0] <= child.lines[0] <= child.lines[1] <= section.lines[1]
            assert set(child.passages) <= set(section.passages)


def test_small_sections_inside_one_passage_are_there(bundled_index):
    tops = {section.path: section for section in walked(bundled_index)}
    around = next(s for s in tops.values() if s.title == "数说 2023")
    assert len(around.passages) == 1
    assert len(around.children) > 3
    assert all(child.passages == around.passages for child in around.children)


def test_the_text_of_a_section(index):
    staff = outline(index)[2]
    text = "\n".join(passage.text for passage in section_passages(index, staff))
    assert "女性员工" in text
    assert "培训 128 场" in text
    assert "营业收入" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_section_has_an_answer_from_itself(bundled_index, language):
    for section in walked(bundled_index):
        answer = section_answer(bundled_index, section, language)
        assert answer.answered
        assert answer.language == language
        assert answer.citations
        for citation in answer.citations:
            assert citation.quote in citation.passage.text
            assert citation.passage.id in section.passages


def test_headings_in_the_language_of_the_reader():
    assert heading("研发投入", "zh") == ("研发投入", False)
    assert heading("研发投入", "en") == ("R&D investment", True)
    assert heading("甲乙丙丁", "en") == ("甲乙丙丁", False)
    assert section_question(("第一章", "研发投入"), "zh") == "报告关于“研发投入”说了什么？"
    assert section_question(("研发投入",), "en") == "What does the section “R&D investment” say?"


def test_a_report_without_headings_has_no_outline(tmp_path):
    assert outline(small_index(tmp_path, "甲。\n乙。\n")) == []
