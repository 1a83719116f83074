"""Sentences of a draft: each has its own marks."""

from rag.marks import sentences, split_marks


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
