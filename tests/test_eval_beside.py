import pytest
from eval_fakes import FakeAssistant, answer, passage, question

from eval.beside import beside_rows, shared
from eval.record import LINES, append_record
from eval.run import ask
from index.errors import ReportError

FACT = ("5次", [[1, 1]])
QUESTIONS = [
    question("几次？", FACT, id="1", pair="p"),
    question("还有几次？", FACT, id="2"),
    question("How many?", ("5 times", [[1, 1]]), id="3", pair="p", language="en"),
]


def write(folder, replies, asked=QUESTIONS):
    folder.mkdir()
    (folder / LINES).touch()
    found = [passage("共5次", (1, 1))]
    for each, text in zip(asked, replies, strict=True):
        given = answer(text, *found, language=each.language)
        append_record(folder, ask(FakeAssistant(found, {each.question: given}), each))
    return folder


@pytest.fixture
def runs(tmp_path):
    return [
        write(tmp_path / "ours", ["5次[1]", "5次[1]", "5 times [1]"]),
        write(tmp_path / "plain", ["5次", "6次", "six times"]),
    ]


def test_each_run_has_a_column_and_each_cell_both_languages(runs):
    rows = beside_rows(runs)
    assert rows[0] == ["3 questions, Chinese / English", "ours", "plain"]
    cells = {row[0]: row[1:] for row in rows[1:]}
    assert cells["Right answers"] == ["1.00 / 1.00", "0.50 / 0.00"]
    assert cells["Right citations"] == ["1.00 / 1.00", "0.00 / 0.00"]
    assert cells["Characters of the answer (lower is better)"] == ["5 / 11", "2 / 9"]
    assert "Right refusals (recall)" not in cells
    assert cells["Time to the end, median"][0].count(" s") == 2


def test_only_shared_questions_count(runs, tmp_path):
    short = write(tmp_path / "short", ["5次"], QUESTIONS[:1])
    rows = beside_rows([*runs, short])
    assert rows[0][0].startswith("1 questions")
    cells = {row[0]: row[1:] for row in rows[1:]}
    assert cells["Right answers"] == ["1.00 / -"] * 3


def test_without_a_shared_question_it_says_so():
    with pytest.raises(ReportError, match="no question in common"):
        shared([[], []])
