"""The page as other programs see it: the API, the MCP server, the login."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_assistant import REPORT

pytestmark = pytest.mark.filterwarnings(
    "ignore:'future.no_silent_downcasting'", "ignore::DeprecationWarning:mcp.*"
)


@pytest.fixture(scope="module")
def client(address):
    from gradio_client import Client

    return Client(address, verbose=False, analytics_enabled=False)


def test_ask_and_search_are_all_that_is_offered(client):
    described = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == {"/ask", "/search"}
    assert described["unnamed_endpoints"] == {}


def test_ask_answers_with_citations(client):
    answer = client.predict(question="How much R&D?", api_name="/ask")
    assert answer["answered"] is True
    assert "213.6134 million yuan" in answer["text"]
    assert answer["citations"][0]["passage"]["report"] == REPORT
    assert answer["citations"][0]["quote"].startswith("研发投入金额")


def test_ask_takes_the_conversation_so_far(client, assistant):
    history = [{"role": "user", "content": "How much R&D in 2022?"}]
    client.predict(question="And in 2023?", history=history, api_name="/ask")
    assert assistant.histories[-1] == history


def test_a_history_of_another_form_is_refused(client):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="The history must be a list"):
        client.predict(question="And?", history=[{"role": "judge"}], api_name="/ask")


def test_search_returns_passages(client):
    passages = client.predict(question="研发", k=2, api_name="/search")
    assert [passage["id"] for passage in passages] == ["table", "prose"]


def test_an_error_for_people_reaches_the_caller_and_a_bug_does_not(client):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="The index is missing"):
        client.predict(question="error", api_name="/ask")
    with pytest.raises(AppError) as bug:
        client.predict(question="bug", api_name="/ask")
    assert "secret detail" not in str(bug.value)


def test_an_mcp_client_finds_and_uses_both_tools(address):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def use():
        url = f"{address}gradio_api/mcp/"
        async with streamable_http_client(url) as (read, write, _), ClientSession(read, write) as s:
            await s.initialize()
            tools = (await s.list_tools()).tools
            done = await s.call_tool(tools[0].name, {"question": "How much R&D?"})
            return tools, done.content[0].text

    with ThreadPoolExecutor() as threads:  # the browser's tests keep a loop running in this one
        tools, text = threads.submit(lambda: asyncio.run(use())).result()
    assert [tool.name.split("_")[-1] for tool in tools] == ["ask", "search"]
    assert "Answer a question about the report" in tools[0].description
    assert tools[0].inputSchema["properties"].keys() == {"question", "history"}
    assert "213.6134 million" in json.dumps(text, ensure_ascii=False)


def test_a_login_is_asked_of_everybody(serve, library):
    import httpx
    from gradio_client import Client

    address = serve(lambda: library, ("ada", "s3cret"))
    assert httpx.get(f"{address}config", trust_env=False).status_code == 401
    assert httpx.get(f"{address}gradio_api/info", trust_env=False).status_code == 401
    wrong = httpx.post(
        f"{address}login", data={"username": "ada", "password": "x"}, trust_env=False
    )
    assert wrong.status_code == 400
    client = Client(address, auth=("ada", "s3cret"), verbose=False, analytics_enabled=False)
    assert client.predict(question="研发", k=1, api_name="/search")[0]["id"] == "table"
