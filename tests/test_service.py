import inspect
import json

import pytest
from fakes import assistant_of, small_index

from index.errors import ReportError
from rag.service import MOST_PASSAGES, Service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))
    return Service(lambda: assistant)


def test_an_answer_as_json(service):
    found = json.loads(json.dumps(service.ask("2023年研发投入是多少？")))
    assert set(found) == {"text", "answered", "language", "citations", "checks", "question"}
    assert found["answered"] is True
    (citation,) = found["citations"]
    assert set(citation) == {"number", "passage", "quote", "translation"}
    assert citation["quote"] in citation["passage"]["text"]


def test_passages_as_json(service):
    found = json.loads(json.dumps(service.search("研发投入", 2)))
    assert len(found) == 2
    assert set(found[0]) == {"id", "report", "text", "section", "page", "lines", "score"}


@pytest.mark.parametrize(("k", "most"), [(0, 1), (-5, 1), (10**9, MOST_PASSAGES)])
def test_the_number_of_passages_is_limited(service, k, most):
    assert 1 <= len(service.search("员工", k)) <= most


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001, None, 7, ["研发"]])
def test_what_is_no_question_is_said(service, question):
    for tool in (service.ask, service.search):
        with pytest.raises(ReportError):
            tool(question)


@pytest.mark.parametrize("tool", [Service.ask, Service.search])
def test_a_tool_says_what_it_takes_and_gives(tool):
    described = inspect.getdoc(tool)
    assert all(name in described for name in inspect.signature(tool).parameters if name != "self")
    assert "Returns:" in described
