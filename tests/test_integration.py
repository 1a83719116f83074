"""The real index and models: answers in both languages, every figure cited, memory in bounds."""

import json
import re
import secrets
import subprocess
import sys
import threading

import numpy as np
import pytest
from conftest import REPORTS
from sklearn.metrics import roc_auc_score

from eval.tokens import counted_tokens
from index.bridge import Bridge
from index.build import build
from index.embed import ALIKE
from index.glossary import glossary
from rag import Answer, Assistant
from rag.amounts import find_amounts, states
from rag.draft import has_answer
from rag.evidence import choose_evidence
from rag.latin_names import Naming
from rag.llm import LOCAL_MODEL, LanguageModelError
from rag.question import read_question
from rag.retrieve import Retriever

pytestmark = [
    pytest.mark.integration,
    # of libraries, as they load a model
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

WORDS_ZH = "公司如何开展供应商管理？"
WORDS_EN = "How does the company manage its suppliers?"
QUESTIONS = (
    "公司2023年的研发投入是多少？占营业收入的比例是多少？",
    "How much did the company invest in R&D in 2022 and 2023?",
    "公司有多少名员工？",
    "How many women work for the company?",
    "报告期内公司获得了多少项专利？",
    "How many hours of training did employees get?",
    WORDS_ZH,
    WORDS_EN,
    "公司采取了哪些节能减排措施？",
    "What certifications for information security does the company have?",
)


@pytest.fixture(scope="module")
def assistant():
    with pytest.MonkeyPatch.context() as patch:
        for name in ("RAG_LLM", "RAG_LLM_BASE_URL", "RAG_INDEX", "RAG_EMBEDDER"):
            patch.delenv(name, raising=False)
        # our own server is not to be looked for behind a proxy
        patch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        patch.setenv("http_proxy", "http://127.0.0.1:9")
        yield Assistant.open()


@pytest.fixture(scope="module")
def answers(assistant):
    return {question: assistant.ask(question) for question in QUESTIONS}


def test_every_question_is_answered_in_its_language(answers):
    for question, answer in answers.items():
        assert isinstance(answer, Answer)
        assert answer.language == ("en" if question.isascii() else "zh")
        assert all(check.name != "model" for check in answer.checks), answer.checks
    assert sum(answer.answered for answer in answers.values()) >= 8


def test_every_figure_stands_in_a_cited_passage(answers):
    figures = 0
    for answer in answers.values():
        sources = [a for c in answer.citations for a in find_amounts(c.passage.text)]
        # a working such as 3 − 2 = 1 is checked elsewhere: its result stands nowhere
        said = re.sub(r"\[\d+\]|[^。.;；]*[÷−][^。;；]*=[^。;；]*", "", answer.text)
        for amount in find_amounts(said):
            figures += 1
            # "four" counts what the evidence lists, which the checks of the answer see to
            counted = amount.text.isalpha()
            stated = any(states(amount, source) for source in sources)
            assert counted or stated, (answer.text, amount.text)
    assert figures >= 8


def test_every_mark_has_its_citation_and_every_quote_is_verbatim(answers):
    for answer in answers.values():
        marks = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
        assert marks == {citation.number for citation in answer.citations}
        assert answer.citations or not answer.answered
        for citation in answer.citations:
            assert citation.quote in citation.passage.text


@pytest.mark.parametrize(
    ("question", "language"),
    [("公司总部的天气怎么样？", "zh"), ("Who won the football world cup in 2022?", "en")],
)
def test_what_the_report_does_not_say_is_refused(assistant, question, language):
    answer = assistant.ask(question)
    assert (answer.answered, answer.language) == (False, language)


def test_a_follow_up_asks_for_the_year_before(assistant):
    history = [{"role": "user", "content": "2023年的研发投入金额是多少？"}]
    for follow_up in ("那2022年呢？", "the year before?"):
        assert re.search(r"18,798\.38|187\.98", assistant.ask(follow_up, history=history).text)


def test_two_threads_ask_the_model_at_once(assistant):
    heard = {}
    threads = [
        threading.Thread(target=lambda q=question: heard.update({q: assistant.ask(q)}))
        for question in (WORDS_ZH, WORDS_EN)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert heard[WORDS_ZH].language == "zh"
    assert heard[WORDS_EN].language == "en"


def test_a_closed_stream_frees_the_model(assistant):
    stream = assistant._llm.stream([("user", "Count from 1 to 300, one number a line.")])
    next(stream)
    stream.close()
    assert "".join(assistant._llm.stream([("user", "Say yes.")]))


@pytest.mark.skipif(sys.platform != "linux", reason="no such measure")
def test_a_process_that_answers_keeps_below_5_gigabytes():
    code = (
        "from pathlib import Path; from rag import Assistant;"
        "assistant = Assistant.open(llm='local');"
        "assistant.ask('How does the company protect whistleblowers?');"
        "print(assistant._llm._chat_model is not None, Path('/proc/self/status').read_text())"
    )
    # a process of its own, as the tests before have loaded models, too; what a process has used
    # at most according to `resource` begins with what its parent did
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True")
    most = re.search(r"VmHWM:\s*(\d+) kB", done.stdout)
    assert 1e9 < int(most[1]) * 1024 < 5e9


def test_what_means_the_same_in_both_languages_is_alike_and_little_else(assistant):
    """Terms of the glossary: each beside its own English, and beside that of 40 others."""
    embedder = assistant.retriever.embedder
    terms = sorted(glossary().items())[::5]
    chinese = embedder.encode_words([term for term, _ in terms])
    english = embedder.encode_words([forms[0] for _, forms in terms])
    alike = english @ chinese.T >= ALIKE[embedder.name]
    others = [np.roll(row, -place)[1:41] for place, row in enumerate(alike)]
    print(f"{len(terms)} terms: own {alike.diagonal().mean():.2f}, others {np.mean(others):.4f}")
    assert alike.diagonal().mean() > 0.8
    assert np.mean(others) < 0.01


def test_any_openai_compatible_address_serves(monkeypatch):
    import xllamacpp

    from index import weights

    key = secrets.token_urlsafe(16)
    params = xllamacpp.CommonParams()
    params.model.path = str(weights.fetch(LOCAL_MODEL))
    params.n_ctx, params.n_parallel, params.port, params.verbosity = 2048, 1, 0, -1
    params.hostnames, params.api_keys = ["127.0.0.1"], [key]
    server = xllamacpp.Server(params)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("RAG_LLM_BASE_URL", f"{server.listening_address}/v1")
    monkeypatch.setenv("RAG_LLM_API_KEY", key)
    messages = [("user", "Say yes.")]
    assert "".join(Assistant.open(llm="any-name")._llm.stream(messages))
    monkeypatch.setenv("RAG_LLM_API_KEY", "wrong")
    with pytest.raises(LanguageModelError, match="401"):
        list(Assistant.open(llm="any-name")._llm.stream(messages))


def test_the_embedded_model_says_how_many_tokens_it_read_and_wrote(assistant):
    with counted_tokens() as tokens:
        answer = assistant.ask("How does the company protect whistleblowers?")
    assert answer.answered
    assert 100 < tokens["prompt_tokens"] < 3000
    assert 5 < tokens["answer_tokens"] < 1000


def test_the_probe_knows_what_answers_in_other_reports_too(assistant, tmp_path):
    """It was fitted on questions to one report: 0.5 would say nothing."""
    embedder, llm = assistant.retriever.embedder, assistant._llm
    lines = (REPORTS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    agrees, answerable = [], []
    for name in ("chemicals.txt", "dairy.txt"):
        index = build(REPORTS / name, tmp_path / name, embedder)
        retriever = Retriever(index, embedder, Bridge(index.keywords.vocabulary))
        for each in (each for each in questions if each["report"] == name):
            asked = read_question(each["question"], (), index.manifest.year)
            evidence = choose_evidence(index, asked.text, retriever.hits(asked.text))
            agrees.append(has_answer(llm, asked, evidence, Naming(index.manifest.names)))
            answerable.append(each["answerable"])
    assert roc_auc_score(answerable, agrees) > 0.85
