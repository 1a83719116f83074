import pytest
from fake_assistant import PROSE, ROW, SENTENCE, TABLE, answer_of, evidence

from rag.cells import stated_cells

YEARS = "指标\t单位\t2021 年\t2022 年\t2023 年\n女性\t人\t1,403\t1,394\t1,394\n男性\t人\t1\t2\t3"
WOMEN = "女性\t人\t1,403\t1,394\t1,394"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_cell_of_the_stated_figure_is_found_in_both_languages(language):
    answer = answer_of("?", language, evidence(language))
    said = answer.text.split("[1]")[0] + "[1]"
    assert stated_cells(TABLE.text, ROW, said, 1) == {3}


@pytest.mark.parametrize(
    ("answer", "cells"),
    [
        ("2022 年女性 1,394 人 [1]。", {3}),  # the same figure stands in two columns
        ("2021: 1,403; 2022: 1,394 [1].", {2, 3}),
        ("女性 1,394 人 [1]。", {3, 4}),
        ("2022 年女性 1,394 人 [2]。2021 年 1,403 人 [1]。", {2}),  # its own sentence alone
        ("女性很多 [1]。", set()),
    ],
)
def test_years_and_sentences_tell_which_cell_is_meant(answer, cells):
    assert stated_cells(YEARS, WOMEN, answer, 1) == cells


def test_a_quote_that_is_no_row_has_no_cells():
    assert stated_cells(PROSE.text, SENTENCE, "2.14 亿元 [1]", 1) == set()
    assert stated_cells(YEARS, "not\tthere", "1,394 [1]", 1) == set()
