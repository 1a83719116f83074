import json

import pytest
from eval_fakes import FakeAssistant, answer, passage, question

from eval.record import LINES, load_records
from eval.run import SETTINGS, SUMMARY, Settings, ask, digest, run
from eval.summary import summarise
from eval.table import kind_rows, summary_rows, text_table
from index.errors import ReportError

RND = passage("研发投入金额\t万元\t21,361.34", (777, 777))
OTHER = passage("召开股东大会次数\n5 次", (280, 281))
FACT = ("21,361.34万元", [[777, 777]])
QUESTIONS = [
    question("研发投入？", FACT, id="1", pair="p", kind="table"),
    question("R&D spending?", FACT, id="2", pair="p", kind="table", language="en"),
    question("碳排放？", id="3", kind="not-disclosed"),
    question("秘密的问题？", FACT, id="4", kind="list", split="held-out"),
]


def assistant():
    return FakeAssistant(
        passages=[OTHER, RND],
        answers={
            "研发投入？": answer("研发投入为21,361.34万元[1]。", RND),
            "R&D spending?": answer("It was RMB 999 million [1].", RND, language="en"),
            "碳排放？": answer("报告没有说明。", answered=False),
            "秘密的问题？": answer("21,361.34万元[1]", RND),
        },
    )


def settings(asked=QUESTIONS, **changes):
    fields = {"system": "rag", "llm": "none", "index": "", "search_only": False, "embedder": "e"}
    return Settings(**(fields | {"questions": digest(asked)} | changes))


def test_one_question_is_asked_and_scored():
    record = ask(assistant(), QUESTIONS[0])
    assert record.measures["hit@1"] == 0.0
    assert record.measures["hit@3"] == record.measures["right_answer"] == 1.0
    assert record.measures["mrr@10"] == 0.5
    assert [place.lines for place in record.ranked] == [(280, 281), (777, 777)]
    assert record.reply.citations[0].place.lines == (777, 777)
    assert list(record.seconds) == ["search", "evidence", "first_word", "end"]
    assert 0 <= record.seconds["evidence"] <= record.seconds["first_word"] <= record.seconds["end"]


def test_what_a_wrong_answer_lacks_is_kept():
    record = ask(assistant(), QUESTIONS[1])
    assert record.missing == ("21,361.34万元",)
    assert record.wrong == ("RMB 999 million",)


def test_search_only_asks_for_no_answer():
    record = ask(FakeAssistant(passages=[RND]), QUESTIONS[0], search_only=True)
    assert record.reply is None
    assert record.measures["hit@1"] == 1.0
    assert "right_answer" not in record.measures


def test_the_ranking_of_a_follow_up_is_not_measured():
    follow_up = question(
        "那2022年呢？",
        FACT,
        history=[{"role": "user", "content": "研发投入？"}],
        kind="follow-up",
    )
    assert "hit@1" not in ask(assistant(), follow_up, search_only=True).measures


def test_a_stream_without_an_answer_is_a_bug():
    broken = assistant()
    broken.stream = lambda question, history: iter([(), "words"])
    with pytest.raises(TypeError, match="ended with str"):
        ask(broken, QUESTIONS[0])


def test_a_run_writes_a_line_a_question_and_a_summary(tmp_path, capsys):
    finished = run(assistant(), QUESTIONS, tmp_path, settings())
    lines = (tmp_path / LINES).read_text("utf-8").splitlines()
    assert [json.loads(line)["question"]["id"] for line in lines] == ["1", "2", "3", "4"]
    kept = json.loads((tmp_path / SUMMARY).read_text("utf-8"))
    assert kept["summary"]["groups"]["all"]["right_answer"]["mean"] == pytest.approx(2 / 3)
    assert kept["summary"]["wrong_figures"] == finished.summary.wrong_figures == 1
    assert finished.peak_memory_mb > 1
    assert "4/4" in capsys.readouterr().err


def test_a_stopped_run_is_taken_up_where_it_stopped(tmp_path):
    stopped = assistant()
    stopped.answers["碳排放？"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(stopped, QUESTIONS, tmp_path, settings())
    with (tmp_path / LINES).open("a") as file:
        file.write('{"question": {"id": "3", ')  # cut while it was written
    resumed = assistant()
    run(resumed, QUESTIONS, tmp_path, settings(), resume=True)
    assert resumed.asked == ["碳排放？", "秘密的问题？"]
    assert [record.question.id for record in load_records(tmp_path)] == ["1", "2", "3", "4"]


def test_a_run_is_not_overwritten(tmp_path):
    run(assistant(), QUESTIONS, tmp_path, settings())
    with pytest.raises(ReportError, match="already holds a run"):
        run(assistant(), QUESTIONS, tmp_path, settings())


@pytest.mark.parametrize(
    "change", [{"llm": "local"}, {"index": "other"}, {"questions": "0"}, {"embedder": "e5-small"}]
)
def test_a_run_is_not_taken_up_with_other_settings(tmp_path, change):
    run(assistant(), QUESTIONS, tmp_path, settings())
    with pytest.raises(ReportError, match=f"another value of '{next(iter(change))}'"):
        run(assistant(), QUESTIONS, tmp_path, settings(**change), resume=True)


def test_what_an_earlier_version_did_not_write_down_cannot_differ(tmp_path):
    run(assistant(), QUESTIONS[:1], tmp_path, settings())
    written = json.loads((tmp_path / SETTINGS).read_text())
    del written["embedder"]
    (tmp_path / SETTINGS).write_text(json.dumps(written))
    run(assistant(), QUESTIONS, tmp_path, settings(), resume=True)
    assert len(load_records(tmp_path)) == len(QUESTIONS)


def test_resume_without_a_run_begins_one(tmp_path):
    run(assistant(), QUESTIONS[:1], tmp_path / "new", settings(QUESTIONS[:1]), resume=True)
    assert len(load_records(tmp_path / "new")) == 1


def test_records_of_another_format_are_told(tmp_path):
    (tmp_path / LINES).write_text('{"id": 1}\n')
    with pytest.raises(ReportError, match="another format"):
        load_records(tmp_path)
    with pytest.raises(ReportError, match="no run in"):
        load_records(tmp_path / "nowhere")


def records():
    return [ask(assistant(), each) for each in QUESTIONS]


def test_the_summary_is_by_language_pair_kind_and_split():
    summary = summarise(records())
    right = {group: row.get("right_answer") for group, row in summary.groups.items()}
    assert (right["zh"].mean, right["zh"].count) == (1.0, 2)
    assert (right["en"].mean, right["en"].count) == (0.0, 1)
    assert (right["gap"].mean, right["gap"].count) == (1.0, 1)
    assert summary.groups["all"]["right_refusal"].count == 1
    assert summary.groups["all"]["refusal_precision"].mean == 1.0
    assert "right_refusal" not in summary.groups["en"]
    assert summary.splits["held-out, zh"]["right_answer"].count == 1


def test_kinds_are_of_the_dev_half_only():
    summary = summarise(records())
    assert set(summary.kinds) == {"table", "not-disclosed"}
    assert not any("list" in row for row in kind_rows(summary))


def test_the_table_has_a_column_a_language():
    rows = summary_rows(summarise(records()))
    assert rows[0][1:] == ["Chinese", "English", "Gap (zh - en)", "All"]
    (right,) = [row for row in rows if row[0] == "Right answers"]
    assert right[1] == "1.000 [1.00, 1.00] /2"
    assert right[3] == "+1.000 [+1.00, +1.00] /1"
    table = text_table(rows).splitlines()
    assert table[0].index("English") == table[1].index(rows[1][2], table[0].index("English"))
