"""What a question gets back: a translation may be made later, and then once."""

import copy
import pickle
import threading
import time
from dataclasses import asdict, fields

from rag.answer import Citation, Later


def counted(calls, text="in English"):
    def make():
        calls.append(1)
        time.sleep(0.02)
        return text

    return Later(make)


def test_a_translation_is_made_when_it_is_read_and_once():
    calls = []
    citation = Citation(1, None, "原文", counted(calls))
    assert calls == []
    assert citation.translation == citation.translation == "in English"
    assert calls == [1]


def test_threads_wait_for_one_another():
    calls, read = [], []
    citation = Citation(1, None, "原文", counted(calls))
    threads = [threading.Thread(target=lambda: read.append(citation.translation)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert read == ["in English"] * 8
    assert calls == [1]


def test_a_translation_may_be_given_or_be_none():
    assert Citation(1, None, "原文", "given").translation == "given"
    assert Citation(1, None, "原文").translation is None
    assert Citation(1, None, "原文", Later(lambda: None)).translation is None


def test_citations_are_compared_and_shown_without_translating():
    calls = []
    citation = Citation(1, None, "原文", counted(calls))
    assert citation == Citation(1, None, "原文")
    assert hash(citation) == hash(Citation(1, None, "原文"))
    assert "原文" in repr(citation)
    assert copy.deepcopy(citation) == citation
    assert calls == []


def test_the_fields_are_the_contract_s():
    assert [field.name for field in fields(Citation)] == [
        "number", "passage", "quote", "translation",
    ]  # fmt: skip
    citation = Citation(1, None, "原文", Later(lambda: "in English"))
    assert asdict(citation)["translation"] == "in English"
    assert pickle.loads(pickle.dumps(citation)).translation == "in English"
