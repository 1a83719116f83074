from fake_assistant import answer_of, closing_loops, evidence

from rag.conversation import Turn
from rag.widgets import Seat, Widgets, page_file


def test_nothing_is_asked_while_the_widgets_are_built():
    def library():
        raise AssertionError("asked")

    with closing_loops():
        assert Widgets(library).blocks is not None


def test_everything_is_shown_in_the_language_of_the_seat_and_kept_as_plain_data():
    with closing_loops():
        widgets = Widgets(lambda: None)
    found = evidence("en")
    turns = [Turn("R&D?", evidence=found, answer=answer_of("R&D?", "en", found))]
    told = widgets._all(Seat("v", "zh", "report"), turns)
    assert told[widgets.box]["placeholder"] == "用中文或英文提问"
    assert "引用的原文" in told[widgets.panel]
    kept = widgets._keep(Seat("v", "zh", "report"), turns)[widgets.kept]
    assert (kept["visitor"], kept["language"], kept["report"]) == ("v", "zh", "report")
    assert kept["turns"][0]["question"] == "R&D?"


def test_the_files_of_the_page_are_there():
    assert page_file("page.js").is_file()
    assert page_file("page.css").is_file()
