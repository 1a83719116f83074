import json
from types import SimpleNamespace

import pytest
from conftest import FakeEmbedder
from fakes import FakeLanguageModel

import eval.__main__ as command
from eval.public import answer_measures, measure_cmrc, measure_xquad
from eval.rgb import accuracy_of, mix, read_rgb, states_all
from eval.squad import read_squad
from eval.texts import Models, evenly, index_texts, row, score_rows, span_of
from index.errors import ReportError

TEXTS = [
    "海豚是一种生活在海洋里的哺乳动物，\n以鱼类为食，最长可活四十年。",
    "# 长城位于中国北方，东起山海关，西至嘉峪关。",
    "围棋起源于中国，棋盘上有三百六十一个交叉点。",
    "泰国的首都是曼谷，面积约一千五百平方公里。",
]
QUESTIONS = ["海豚以什么为食？", "长城东起哪里？", "棋盘上有多少个交叉点？", "泰国的首都是哪里？"]
ANSWERS = ["鱼类", "山海关", "三百六十一个", "曼谷"]
# the second stands for a translation that finds another paragraph first
TRANSLATED = ["dolphin 海豚以什么为食", "曼谷 capital 泰国的首都", "交叉点 board", "曼谷 capital"]


def squad(questions=QUESTIONS):
    """The format of SQuAD, XQuAD and the second edition of CMRC 2018."""
    paragraphs = [
        {
            "context": text,
            "qas": [
                {"id": f"q{n}", "question": asked, "answers": [{"text": said, "answer_start": 0}]}
            ],
        }
        for n, (text, asked, said) in enumerate(zip(TEXTS, questions, ANSWERS, strict=True))
    ]
    return {"version": "v1", "data": [{"title": "t", "paragraphs": [p]} for p in paragraphs]}


def first_cmrc():
    """The format in which CMRC 2018 was first published."""
    return [
        {
            "context_id": f"DEV_{n}",
            "context_text": text,
            "title": "t",
            "qas": [{"query_text": asked, "query_id": f"q{n}", "answers": [said]}],
        }
        for n, (text, asked, said) in enumerate(zip(TEXTS, QUESTIONS, ANSWERS, strict=True))
    ]


RGB = {
    "id": 0,
    "query": "泰国的首都是哪里？",
    "answer": [["曼谷", "Bangkok"]],
    "positive": ["泰国的首都是曼谷。", "曼谷是泰国的首都。"],
    "negative": [
        "越南的首都是河内。",
        "老挝的首都是万象。",
        "印度的首都是新德里。",
        "水稻。",
        "鱼。",
    ],
}


def write(folder, content, name="set.json"):
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def models(*replies):
    return Models(FakeEmbedder(), FakeLanguageModel(*replies) if replies else None)


def test_both_formats_of_cmrc_are_read_alike(tmp_path):
    paragraphs = read_squad(write(tmp_path, squad()))
    assert paragraphs == read_squad(write(tmp_path, first_cmrc()))
    assert [paragraph.text for paragraph in paragraphs] == TEXTS
    assert paragraphs[1].questions[0].answers == ["山海关"]


@pytest.mark.parametrize(
    "content", [[], {}, {"data": [{}]}, [{"context": "x"}], "text", {"data": []}, 3]
)
def test_a_file_of_another_format_is_told(tmp_path, content):
    path = write(tmp_path, content)
    with pytest.raises(ReportError, match=r"Cannot read .*set\.json as a file of XQuAD"):
        read_squad(path)
    with pytest.raises(ReportError, match="as a file of RGB") as error:
        read_rgb(path)
    assert "\n" not in error.value.en


def test_a_missing_file_is_told(tmp_path):
    for read in (read_squad, read_rgb):
        with pytest.raises(ReportError, match=r"nowhere\.json"):
            read(tmp_path / "nowhere.json")


def test_each_text_is_a_passage_on_its_own_line(tmp_path):
    assistant = index_texts(TEXTS, tmp_path, models())
    passages = assistant.index.passages
    assert len(passages) == len(TEXTS)
    # no word stands above a text: nothing else is searched
    assert not any(char.isalnum() for each in assistant.index.entries for char in each.title)
    lines = (tmp_path / "texts.md").read_text("utf-8").split("\n")
    for number, text in enumerate(TEXTS):
        line = span_of(number)[0]
        assert lines[line - 1] == " ".join(text.split()).removeprefix("# ")
        first, last = passages[number].lines
        assert first <= line <= last
        assert lines[line - 1] in passages[number].text


def test_xquad_by_hand(tmp_path):
    zh = write(tmp_path, squad(), "zh.json")
    en = write(tmp_path, squad(TRANSLATED), "en.json")
    scores = measure_xquad(zh, en, tmp_path / "index", models())
    means = {
        label: {name: each.mean for name, each in found.items()} for label, found in scores.items()
    }
    assert means["Chinese questions"] == {"hit@1": 1.0, "hit@5": 1.0, "MRR@10": 1.0}
    assert means["English questions"]["hit@1"] == 0.75
    assert means["English questions"]["hit@5"] == 1.0
    assert 0.75 + 0.25 / 4 <= means["English questions"]["MRR@10"] <= 0.75 + 0.25 / 2
    assert scores["English questions"]["hit@1"].count == 4


def test_two_languages_of_different_sets_are_told(tmp_path):
    other = squad()
    other["data"][2]["paragraphs"][0]["qas"][0]["id"] = "strange"
    zh, en = write(tmp_path, squad(), "zh.json"), write(tmp_path, other, "en.json")
    with pytest.raises(ReportError, match="Question strange of"):
        measure_xquad(zh, en, tmp_path / "index", models())


def test_cmrc_searches_for_all_and_answers_some(tmp_path):
    model = FakeLanguageModel(*["海豚最长可活四十年[1]。"] * 4)
    scores = measure_cmrc(
        write(tmp_path, squad()), tmp_path / "index", Models(FakeEmbedder(), model), 2
    )
    assert (scores["Search"]["hit@1"].mean, scores["Search"]["hit@1"].count) == (1.0, 4)
    assert {each.count for each in scores["Answers"].values()} == {2}
    assert list(scores["Answers"]) == ["EM", "F1", "answer is in it", "refused"]


@pytest.mark.parametrize(
    ("text", "exact", "f1", "inside"),
    [
        ("曼谷 [1]。", 1.0, 1.0, 1.0),
        ("首都是曼谷[1]。", 0.0, 2 * 2 / 7, 1.0),
        ("首都是河内[1]。", 0.0, 0.0, 0.0),
    ],
)
def test_an_answer_is_scored_without_its_marks(text, exact, f1, inside):
    found = answer_measures(SimpleNamespace(text=text, answered=True), ["曼谷"])
    assert found == {
        "EM": exact, "F1": pytest.approx(f1), "answer is in it": inside, "refused": 0.0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("noise", "positive", "negative"),
    [
        (0.6, 2, 3),
        (0.8, 1, 4),
        (0.7, 1, 4),  # a part of a passage is one more without the answer
        (0.4, 2, 3),  # 3 with the answer are wanted, there are 2
        (0.2, 2, 3),
        (1, 0, 5),
    ],
)
def test_rgb_mixes_passages_with_and_without_the_answer(tmp_path, noise, positive, negative):
    (instance,) = read_rgb(write(tmp_path, RGB))
    assert mix(instance, noise) == RGB["positive"][:positive] + RGB["negative"][:negative]


def test_too_few_passages_without_the_answer_are_made_up_for(tmp_path):
    short = RGB | {"positive": ["a", "b", "c", "d"], "negative": ["x"]}
    (instance,) = read_rgb(write(tmp_path, short))
    assert mix(instance, 0.6) == ["a", "b", "c", "d", "x"]


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("1月3日和1月 12 日", ["1月3日", "1月12日"], True),
        ("1月3日", ["1月3日", "1月12日"], False),
        ("It is BANGKOK.", [["曼谷", "Bangkok"]], True),
        ("曼谷", "曼谷", True),
        ("河内", "曼谷", False),
    ],
)
def test_every_item_is_stated_in_some_form(text, answer, expected):
    assert states_all(text, answer) is expected


def test_a_refusal_that_names_the_answer_is_not_right(tmp_path):
    (instance,) = read_rgb(write(tmp_path, RGB))
    assert accuracy_of(SimpleNamespace(text="曼谷", answered=True), instance) == 1.0
    assert accuracy_of(SimpleNamespace(text="曼谷", answered=False), instance) == 0.0
    assert accuracy_of(SimpleNamespace(text="河内", answered=True), instance) == 0.0


@pytest.fixture
def opened(monkeypatch):
    """The models of the settings are fakes; the names they were asked for are kept."""
    asked = []

    def open_fake(llm=None):
        asked.append(llm)
        return models()

    monkeypatch.setattr(command.Models, "open", open_fake)
    return asked


def test_the_commands_print_a_row_for_what_was_asked(opened, tmp_path, capsys):
    zh = str(write(tmp_path, squad(), "zh.json"))
    assert command.main(["public", "xquad", "--zh", zh, "--en", zh]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["hit@1", "hit@5", "MRR@10"]
    assert printed[1].startswith("Chinese questions  1.000 [1.00, 1.00] /4")
    assert command.main(["public", "cmrc", zh, "--limit", "1", "--llm", "none"]) == 0
    assert "Answers" in capsys.readouterr().out
    assert opened == ["none", "none"]


def test_rgb_asks_with_noise_and_with_noise_alone(opened, tmp_path, capsys):
    path = str(write(tmp_path, RGB))
    kept = tmp_path / "kept"
    assert command.main(["public", "rgb", path, "--noise", "0.6", "--keep", str(kept)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["accuracy", "refused"]
    assert printed[1].startswith("Noise 60%")
    assert printed[2].startswith("Noise 100%, to be refused")
    assert "曼谷" not in (kept / "texts.md").read_text("utf-8")
    assert opened == [None]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["xquad", "--zh", "a"],
        ["cmrc"],
        ["cmrc", "a", "--noise", "0"],
        ["rgb", "a", "--noise", "1"],
        ["squad", "a"],
    ],
)
def test_wrong_usage_ends_with_2(opened, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["public", *arguments])
    assert ended.value.code == 2


def test_items_are_taken_at_even_distances():
    assert evenly("abcdef", 3) == ["a", "c", "e"]
    assert evenly("abc", 2) == ["a", "b"]
    assert evenly("abc", 5) == evenly("abc", None) == ["a", "b", "c"]


def test_a_measure_that_was_not_taken_has_no_cell():
    scores = {"one": row([(0, {"a": 1.0}), (0, {"a": 0.0})]), "two": row([(0, {"b": 1.0})])}
    assert scores["one"]["a"].mean == 0.5
    assert scores["one"]["a"].low == 0.5  # one text only: there is nothing to resample
    assert score_rows(scores)[0] == ["", "a", "b"]
    assert score_rows(scores)[2][1] == "-"
