"""The list that a sentence announces, under the headings behind it."""

from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.announced import announced, counted
from rag.evidence import choose_evidence

REPORT = """# 澄江仪器股份有限公司 2023 年度报告

## 安全管理

### 应急管理

为应对突发事件，公司制定了多项应急预案。

### 总部

- 《停电应急预案》
- 《火灾应急预案》

### 分厂

- 《化学品泄漏应急预案》

### 演练

公司每年组织两次演练，全体员工参加。

## 环境管理

- 《环境方针》
"""


@pytest.fixture
def index(tmp_path):
    return small_index(tmp_path, REPORT, name="report.md")


def entry_with(index, words):
    return next(e for e in index.entries if e.kind == "sentence" and words in e.text)


def test_the_items_behind_an_announcement(index):
    items = [entry.text for entry in announced(index, entry_with(index, "多项"))]
    assert items == ["《停电应急预案》", "《火灾应急预案》", "《化学品泄漏应急预案》"]


def test_the_next_chapter_is_no_part_of_the_list(tmp_path):
    drills = REPORT[REPORT.index("### 演练") : REPORT.index("## 环境管理")]
    index = small_index(tmp_path, REPORT.replace(drills, ""), name="report.md")
    items = [entry.text for entry in announced(index, entry_with(index, "多项"))]
    assert items[-1] == "《化学品泄漏应急预案》"


def test_what_announces_nothing_has_no_list(index):
    assert announced(index, entry_with(index, "演练")) == []
    assert announced(index, entry_with(index, "停电")) == []


def test_who_asks_for_a_list_gets_what_was_announced(index):
    text = assistant_of(index).ask("公司制定了哪些应急预案？").text
    assert "停电" in text
    assert "化学品" in text
    assert "环境方针" not in text


HOSPITALS = """澄江医药 2023 年度报告

一、医疗服务

公司下属医院 3 家，开放床位 970 张。

二、经营数据

名称\t类别\t床位
宜昌医院\t综合\t400
荆州康复医院\t专科\t320
达州医院\t专科\t250
合计\t\t970
"""


def test_the_rows_that_a_sentence_counts_are_the_list(tmp_path):
    assistant = assistant_of(small_index(tmp_path, HOSPITALS))
    hits = assistant.retriever.hits("公司下属的医院有哪些？")
    found = choose_evidence(assistant.index, "公司下属的医院有哪些？", hits)
    names = ["宜昌医院", "荆州康复医院", "达州医院"]
    assert [piece.quote.split("\t")[0] for piece in found[:3]] == names
    index = assistant.index
    sentence = next(entry for entry in index.entries if entry.quote.startswith("公司下属医院"))
    assert [entry.quote.split("\t")[0] for entry in counted(index, sentence)] == names
    for other in (
        "公司下属医院 4 家",
        "公司下属诊所 3 家",
        "公司经营稳健",
    ):  # another number, or thing
        assert counted(index, replace(sentence, text=other)) == []
