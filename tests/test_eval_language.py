import pytest

from eval.language import language_right


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2023年研发投入为21,361.34万元[1]。", "zh", 1.0),
        ("R&D spending was CNY 213.61 million in 2023 [1].", "zh", 0.0),
        ("R&D spending was CNY 213.61 million in 2023 [1].", "en", 1.0),
        ("2023年研发投入为21,361.34万元[1]。", "en", 0.0),
        # a quotation, a name in brackets or a quoted block may be in the other language
        ("The report says: “公司始终坚持以人为本的发展理念，不断完善治理体系” [1].", "en", 1.0),
        ("The report says:\n> 公司始终坚持以人为本的发展理念，不断完善治理体系", "en", 1.0),
        ("ZKTeco (熵基科技股份有限公司) is the issuer.", "en", 1.0),
        ("核心技术是 BioCV [1]。", "zh", 1.0),
        ("邮箱是 investor.relations@example.com [1]", "zh", 1.0),
        # half and half goes to neither
        ("研发 R D", "zh", 0.0),
        ("研发 R D", "en", 0.0),
        ("2,000 [1]", "en", None),
        ("“研发投入” [1]", "en", None),
    ],
)
def test_the_language_outside_quotations_counts(text, language, expected):
    assert language_right(text, language) == expected
