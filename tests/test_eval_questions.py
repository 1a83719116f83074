import json

import pytest
from eval_fakes import question

from eval.questions import choose, load_questions
from eval.sample import sample
from index.errors import ReportError

GOOD = {
    "id": "a001",
    "language": "zh",
    "pair": "p001",
    "kind": "table",
    "split": "dev",
    "question": "2023年研发投入是多少？",
    "history": [],
    "answerable": True,
    "facts": [{"any": ["21,361.34万元"], "evidence": [[778, 778], [295, 295]]}],
    "forbidden": ["21,361.34亿"],
}


def write(folder, *questions):
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in questions), "utf-8")
    return path


def test_a_question_is_read_as_written(tmp_path):
    (read,) = load_questions(write(tmp_path, GOOD))
    assert read.facts[0].alternatives == ("21,361.34万元",)
    assert read.facts[0].evidence == ((778, 778), (295, 295))
    assert json.loads(read.model_dump_json(by_alias=True, exclude_unset=True)) == GOOD


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "guess"}, "kind"),
        ({"split": "test"}, "split"),
        ({"language": "fr"}, "language"),
        ({"question": " "}, "question"),
        ({"facts": []}, "answerable"),
        ({"answerable": False}, "answerable"),
        ({"fact": []}, "fact"),
        ({"facts": [{"any": [], "evidence": [[1, 1]]}]}, "facts.0.any"),
        ({"facts": [{"any": ["x"], "evidence": []}]}, "facts.0.evidence"),
        ({"facts": [{"any": ["x"], "evidence": [[9, 8]]}]}, "ends before"),
        ({"facts": [{"any": ["x"], "evidence": [[0, 8]]}]}, "facts.0.evidence.0.0"),
        ({"history": [{"role": "system", "content": "x"}]}, "history.0.role"),
    ],
)
def test_a_broken_line_is_named(tmp_path, change, where):
    with pytest.raises(ReportError, match=r"line 2: .*Mend this line") as error:
        load_questions(write(tmp_path, GOOD, GOOD | change))
    assert where in error.value.en


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ReportError, match="Cannot read the questions"):
        load_questions(tmp_path / "none.jsonl")


def test_questions_are_chosen_by_split_kind_and_language():
    questions = [
        question(id="1", kind="list"),
        question(id="2", kind="table", split="held-out"),
        question(id="3", kind="list", language="en"),
    ]
    assert [each.id for each in choose(questions)] == ["1", "2", "3"]
    assert [each.id for each in choose(questions, split="held-out")] == ["2"]
    assert [each.id for each in choose(questions, kinds=("list",), language="en")] == ["3"]


def many():
    return [
        question(id=f"{kind}-{language}-{n}", kind=kind, language=language, pair=f"{kind}{n}")
        for kind, size in (("table", 30), ("fact", 5), ("list", 5))
        for language in ("zh", "en")
        for n in range(size)
    ]


def test_a_sample_is_even_over_kinds_and_languages():
    taken = sample(many(), 12)
    groups = [(each.kind, each.language) for each in taken]
    assert len(taken) == 12
    assert {groups.count(group) for group in groups} == {2}


def test_a_sample_takes_both_languages_of_a_pair():
    pairs = [each.pair for each in sample(many(), 12)]
    assert {pairs.count(pair) for pair in pairs} == {2}


def test_a_sample_is_the_same_in_any_order_and_no_limit_keeps_all():
    assert {q.id for q in sample(many()[::-1], 7)} == {q.id for q in sample(many(), 7)}
    assert sample(many(), None) == many()
    assert len(sample(many(), 1000)) == len(many())
