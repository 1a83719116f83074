"""The list that a sentence announces, under the headings behind it."""

import pytest
from fakes import assistant_of, small_index

from rag.announced import announced

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
