"""Quotations are verbatim, and the rest is in the reader's language."""

import pytest

from rag.quotations import right_language, wrong_quotes


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("报告写道“公司 持续改进，”", "zh", []),
        ("报告写道“公司从不改进”", "zh", ["公司从不改进"]),
        ("所谓“R&D”", "zh", []),
        ("It keeps 持续改进 up", "en", []),
        ("It keeps 从不改进 up", "en", ["从不改进"]),
    ],
)
def test_what_is_quoted_stands_there(text, language, wrong):
    assert wrong_quotes(text, ["公司持续改进。"], language) == wrong


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("公司通过 ISO 9001 认证", "zh", True),
        ("The company is certified", "zh", False),
        ("The profit (净利润) rose", "en", True),
        ("They are发明专利", "en", False),
        ("公司建立了制度", "en", False),
        ("10 times board meetings，董事出席率达 100%", "en", False),
        ("Its managers are 金海荣、车全宏", "en", True),
    ],
)
def test_the_language_outside_of_quotations(text, language, right):
    assert right_language(text, language) is right
