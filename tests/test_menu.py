import re

from fake_assistant import HOSTILE
from fakes import small_index
from test_prose import Seen

from rag.library import OWN, OpenReport
from rag.menu import bar_html, outline_html, reports_html
from rag.outline import outline
from rag.upload import Limits

REPORTS = [
    OpenReport(OWN, "甲公司报告", 96, 2008, removable=False),
    OpenReport("x1", HOSTILE, None, 12, removable=True),
]


def test_the_top_line_names_the_report_and_the_language():
    html = bar_html("zh", "甲 & 乙")
    assert "甲 &amp; 乙" in html
    assert 'data-text="zh" lang="zh-CN" aria-pressed="true"' in html
    assert 'data-text="en" lang="en" aria-pressed="false"' in html
    assert "Opening the report" in bar_html("en", "")


def test_the_chosen_report_is_checked_and_only_one_s_own_can_be_removed():
    html = reports_html(
        REPORTS, "x1", "en", Limits(text=5 * 1024 * 1024, pdf=50 * 1024 * 1024, each=3)
    )
    assert 'value="x1" data-change="choose" checked' in html
    assert html.count("checked") == 1
    assert html.count('data-act="remove"') == 1
    assert "96 pages · 2,008 lines" in html
    assert "PDF up to 50 MB, text up to 5 MB, 3 reports at most" in html


def test_hostile_titles_and_messages_are_escaped():
    seen = Seen(reports_html(REPORTS, OWN, "zh", message=HOSTILE))
    assert not set(seen.tags) & {"img", "script", "b"}
    assert not {name for name, _ in seen.attributes if name.startswith("on")}


def test_every_section_of_the_outline_can_be_opened_and_asked_about(tmp_path):
    index = small_index(tmp_path)
    sections = [section for top in outline(index) for section in top.walk()]
    html = outline_html(index, "zh")
    numbers = re.findall(r'data-act="open" data-text="(\d+)"', html)
    assert numbers == [str(n) for n in range(len(sections))]
    assert re.findall(r'data-ask="section" data-text="(\d+)"', html) == numbers
    titles = re.findall(r'class="open">([^<]+)<', html)
    assert titles == [section.title for section in sections]
    assert "第 1 页" in html
    assert "page 1" in outline_html(index, "en")
