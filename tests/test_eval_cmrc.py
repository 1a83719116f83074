import pytest

from eval.cmrc import exact_match, token_f1, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京大学", ["北", "京", "大", "学"]),
        ("《红楼梦》，曹雪芹。", ["红", "楼", "梦", "曹", "雪", "芹"]),
        ("2002年 iPhone-4S", ["2002", "年", "iphone4s"]),  # a hyphen goes, and joins what it parted
        ("约1,234.5人(50%)", ["约", "1,234.5", "人", "(", "50", "%", ")"]),
        ("", []),
    ],
)
def test_a_chinese_character_is_a_token_and_so_is_another_word(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("prediction", "answers", "f1", "exact"),
    [
        ("北京大学", ["北京大学"], 1.0, 1.0),
        ("北京大学。", ["《北京大学》"], 1.0, 1.0),
        ("NEXON", ["Nexon"], 1.0, 1.0),
        # 4 shared of 8 said and 4 expected: precision 1/2, recall 1
        ("他在北京大学读书", ["北京大学"], 2 / 3, 0.0),
        # 乙丙 in one run; a subsequence would have three
        ("甲子乙丙", ["甲乙丙丁"], 2 * 2 / 8, 0.0),
        # the best of the answers: 2 of 3 and 2, against 1 of 3 and 4
        ("桶狭间", ["桶子里面", "桶狭"], 2 * 2 / 5, 0.0),
        # white space within parts no tokens, but counts for exactness
        ("永禄5年 （1562年）", ["永禄5年（1562年）"], 1.0, 0.0),
        # an ASCII comma is no punctuation to the script, and holds a number together
        ("1,234人", ["1234人"], 0.5, 0.0),
        ("上海", ["北京"], 0.0, 0.0),
        ("", ["北京"], 0.0, 0.0),
        ("北京", [], 0.0, 0.0),
    ],
)
def test_the_scores_by_hand(prediction, answers, f1, exact):
    assert token_f1(prediction, answers) == pytest.approx(f1)
    assert exact_match(prediction, answers) == exact
