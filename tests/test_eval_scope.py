"""The questions of scope: both languages, both halves, no two alike."""

from collections import Counter

from eval.scope import load_scope_questions
from rag.silence import REASONS


def test_every_question_is_whole_and_there_once():
    questions = load_scope_questions()
    assert len({q.question for q in questions}) == len(questions)
    for q in questions:
        assert q.split in ("dev", "held-out")
        assert q.language in ("zh", "en")
        assert bool(q.facts) is q.answerable
        assert q.kind in (*REASONS, "answer", "premise")


def test_both_languages_have_their_share_in_both_halves():
    counts = Counter((q.split, q.language, q.answerable) for q in load_scope_questions())
    assert len(counts) == 8
    assert min(counts.values()) >= 20


def test_a_split_is_part_of_the_whole():
    assert {*load_scope_questions("dev")} < {*load_scope_questions()}
