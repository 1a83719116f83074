import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import LONG, LONGEST, sentence_spans

TEXT = st.text(st.sampled_from("公司 a.Z)。！？；;…”』）\n\t1%"), max_size=300) | st.text()


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@given(TEXT)
@example("。")
@example(" \n ")
@example("公；" * 100)
def test_joined_they_are_the_text(text):
    assert "".join(sentences(text)) == text
    assert all(piece.strip() for piece in sentences(text)) or not text.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一。二！三？", ["一。", "二！", "三？"]),
        ("他说“好。”然后走了。", ["他说“好。”", "然后走了。"]),
        ("占 3.5%。增长 1.2 倍。", ["占 3.5%。", "增长 1.2 倍。"]),
        ("One is 3.5. Two is Co. big. Three", ["One is 3.5. Two is Co. big.", " Three"]),
        ("等等……还有。", ["等等……", "还有。"]),
        ("He is Mr. Jin. She is Dr. Li.", ["He is Mr. Jin.", " She is Dr. Li."]),
        ("一。 \n", ["一。 \n"]),
        ("甲；乙", ["甲；乙"]),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text, expected):
    assert sentences(text) == expected


def test_only_a_long_sentence_is_cut_at_semicolons():
    clause = "公司完善制度；"
    assert len(sentences(clause * 2)) == 1
    assert sentences(clause * LONG) == [clause] * LONG


@pytest.mark.parametrize("text", ["公。" * 250_000, "a. A" * 100_000, " " * 500_000, "." * 500_000])
def test_long_texts_take_no_quadratic_time(text):
    started = time.monotonic()
    assert "".join(sentences(text)) == text
    assert time.monotonic() - started < 3


def test_what_no_model_reads_whole_is_cut_at_a_comma():
    text = "公司持续完善治理，" * 200
    pieces = [text[a:b] for a, b in sentence_spans(text)]
    assert "".join(pieces) == text
    assert all(len(piece) <= LONGEST and piece.endswith("，") for piece in pieces)
    assert max(b - a for a, b in sentence_spans("字" * 2000)) == LONGEST


def test_white_space_alone_makes_no_piece():
    text = "甲" + " " * 2000 + "乙"
    assert [text[a:b].strip() for a, b in sentence_spans(text)] == ["甲", "乙"]
