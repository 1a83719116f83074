import re
from html.parser import HTMLParser

import pytest
from eval_fakes import FakeAssistant, answer, passage, question

from eval.report import HTML, MARKDOWN, write_report
from eval.run import Settings, run
from index.errors import ReportError

EVIL = '<img src=x onerror="alert(1)">'
RND = passage(f"研发投入\t21,361.34万元\t{EVIL}", (777, 777))
QUESTIONS = [
    question(f"研发投入{EVIL}", ("21,361.34万元", [[777, 777]]), id="1", pair="p"),
    question("R&D?", ("21,361.34万元", [[777, 777]]), id="2", pair="p", language="en"),
    question("不能看的问题", ("21,361.34万元", [[777, 777]]), id="3", split="held-out"),
]
ANSWERS = {
    QUESTIONS[0].question: answer(f"21,361.34万元[1]{EVIL}", RND),
    "R&D?": answer("RMB 999 million", language="en"),
    "不能看的问题": answer("不能看的回答"),
}


@pytest.fixture
def folder(tmp_path):
    settings = Settings(
        system="rag", llm="none", embedder="e5", index="", search_only=False, questions="x"
    )
    run(FakeAssistant([RND], ANSWERS), QUESTIONS, tmp_path, settings)
    write_report(tmp_path)
    return tmp_path


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_the_page_is_self_contained_and_escaped(folder):
    page = (folder / HTML).read_text("utf-8")
    found = Tags(page)
    assert "img" not in found.tags
    assert not any(name.startswith("on") or name == "src" for name in found.attributes)
    assert "&lt;img" in page
    assert not re.search(r"https?://(?!www\.w3\.org)", page)
    assert "default-src 'none'" in page


def test_every_dev_question_is_there_with_its_verdict(folder):
    page = (folder / HTML).read_text("utf-8")
    assert page.count("<details") == 2
    assert page.count('data-verdict="right"') == page.count('data-verdict="wrong"') == 1
    assert "Figures that nothing supports: RMB 999 million" in page
    assert page.count("<svg") == 4


def test_the_held_out_half_is_not_shown(folder):
    assert "不能看" not in (folder / HTML).read_text("utf-8")
    assert "不能看" not in (folder / MARKDOWN).read_text("utf-8")


def test_markdown_has_the_tables(folder):
    text = (folder / MARKDOWN).read_text("utf-8")
    assert "| Right answers | 0.500" in text
    assert "3 questions; rag, none, e5; figures that nothing supports: 1" in text


def test_a_run_that_is_not_finished_is_told(folder):
    (folder / "summary.json").unlink()
    with pytest.raises(ReportError, match="not finished"):
        write_report(folder)
