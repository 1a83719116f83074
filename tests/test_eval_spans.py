import pytest

from eval.spans import ReportText

TEXT = ReportText(["一二", "", "三四五"])


def test_the_text_is_joined_by_line_ends():
    assert TEXT.text == "一二\n\n三四五"


@pytest.mark.parametrize(
    ("piece", "span"),
    [
        ("一二", (1, 1)),
        ("一二\n", (1, 1)),
        ("二\n\n三", (1, 3)),
        ("五", (3, 3)),
        ("三四五", (3, 3)),
        ("一二\n\n三四五", (1, 3)),
    ],
)
def test_a_piece_stands_on_its_lines(piece, span):
    assert TEXT.span(TEXT.text.index(piece), len(piece)) == span
