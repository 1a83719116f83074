"""Sentences of a draft: each has its own marks."""

from rag.marks import finished_part, sentences, split_marks


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before():
    assert sentences("公司有 5 人。[2] 另有 6 人。[3]") == [
        (0, "公司有 5 人。[2]"),
        (0, "另有 6 人[3]"),
    ]


def test_marks_in_a_row_are_one_run():
    assert sentences("There are five [1], [2] and [3].") == [(0, "There are five [1][2][3].")]


def test_each_sentence_has_its_line():
    assert [line for line, _ in sentences("- 一[1]\n\n- 二。三")] == [0, 2, 2]


def test_marks_are_split_off():
    assert split_marks("公司有 5 人【2、3】[3]。") == ("公司有 5 人。", [2, 3])


def test_an_english_sentence_ends_behind_its_mark_or_its_figure():
    draft = "It was 98.98% [1]. The target was met [2]. It rose by 5%. In 2023. Then more."
    assert [sentence for _, sentence in sentences(draft)] == [
        "It was 98.98% [1].", "The target was met [2].", "It rose by 5%.", "In 2023.", "Then more.",
    ]  # fmt: skip
    assert finished_part("It was 98.98% [1]. Th") == "It was 98.98% [1]. "
    assert finished_part("It was 98.98% [1]. ") == ""
