import pytest
from fake_assistant import FakeLibrary, closing_loops
from fakes import small_index
from test_asking import pressed

from index.errors import ReportError
from rag.widgets import OWN, Seat

SEAT = Seat(visitor="v", language="en")


@pytest.fixture
def library(tmp_path):
    library = FakeLibrary()
    library.own.index = small_index(tmp_path)
    return library


@pytest.fixture
def page(library):
    from rag.page import Page

    with closing_loops():
        yield Page(lambda: library)


def added(page, tmp_path, data):
    file = tmp_path / "b.txt"
    file.write_bytes(data)
    told = list(page.add_report(str(file), SEAT))
    assert not file.exists()  # nothing is left of an upload
    return told


def test_an_upload_tells_its_progress_and_is_chosen(page, tmp_path):
    told = added(page, tmp_path, "乙公司\n正文".encode())
    assert any("Reading b.txt: 50 %" in step[page.reports] for step in told)
    assert told[-1][page.seat].report != OWN
    assert "乙公司" in told[-1][page.bar]


def test_an_upload_that_fails_says_why_and_changes_nothing(page, tmp_path):
    told = added(page, tmp_path, b"\0")
    assert "This is no text." in told[-1][page.reports]
    assert told[-1][page.seat] == SEAT


def test_a_report_that_is_no_longer_there_gives_way_to_the_first(page):
    from dataclasses import replace

    told = page.show_reports(replace(SEAT, report="gone"))
    assert told[page.seat].report == OWN


def test_why_no_report_can_be_opened_is_told():
    from rag.page import Page

    def fail():
        raise ReportError("Build <it>.", "请建立。")

    with closing_loops():
        told = Page(fail).show_reports(SEAT)
    assert "Build &lt;it&gt;." in "".join(told.values())


def test_a_section_is_asked_about_and_opened(page):
    told = page.ask(SEAT, [], pressed(ask="section", text="0"))
    (turn,) = told[page.turns]
    assert turn.answer.citations
    assert not turn.pending
    assert "evidence-0" in page.act(SEAT, [], pressed(act="open", text="0"))[page.panel]


@pytest.mark.parametrize("number", ["", "-1", "x", "999", "²", "1e9"])
def test_a_section_that_is_not_there_is_not_asked_about(page, number):
    assert page.turns not in page.ask(SEAT, [], pressed(ask="section", text=number))
    assert page.panel not in page.act(SEAT, [], pressed(act="open", text=number))
