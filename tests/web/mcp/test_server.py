"""What an agent sees over either transport, with the SDK's own client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError
from mcp.types import INVALID_PARAMS, CallToolResult, TextContent
from using import Use

from entrywise.data.entries import KnowledgeBase
from entrywise.rag.assistant import Assistant

TOOLS = [
    "ask_question",
    "search_entries",
    "get_entry",
    "compare_entries",
    "decode_model_name",
    "search",
    "fetch",
]


def called(use: Use, tool: str, **arguments: Any) -> CallToolResult:
    result: CallToolResult = use(lambda client: client.call_tool(tool, arguments))
    return result


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def content(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, text(result)
    assert result.structured_content is not None
    return result.structured_content


def test_the_tools_only_read_and_describe_what_they_take_and_return(use: Use) -> None:
    listed = use(lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == TOOLS
    for tool in listed:
        assert tool.title
        assert tool.description
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        for argument in tool.input_schema["properties"].values():
            assert argument["description"]
        Draft202012Validator.check_schema(tool.output_schema)
        for field in tool.output_schema["properties"].values():
            assert "description" in field


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("ask_question", {"question": "difference between GQA and MLA"}),
    ("ask_question", {"question": "what is FooBarNet?"}),
    ("search_entries", {"query": "smaller cache", "limit": 3}),
    ("get_entry", {"entry": "gqa"}),
    ("compare_entries", {"entries": ["gqa", "Multi-head Latent Attention"]}),
    ("decode_model_name", {"name": "Foobar-7B-Instruct"}),
    ("search", {"query": "smaller cache"}),
    ("fetch", {"id": "gqa"}),
]


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
def test_structured_content_fits_the_schema_of_its_tool(
    use: Use, tool: str, arguments: dict[str, Any]
) -> None:
    async def both(client: Client) -> tuple[Any, Any]:
        return await client.list_tools(), await client.call_tool(tool, arguments)

    tools, result = use(both)
    (schema,) = [one.output_schema for one in tools.tools if one.name == tool]
    Draft202012Validator(schema).validate(content(result))
    assert text(result)


def test_a_question_is_answered_in_quotes_that_hold(
    use: Use, knowledge_base: KnowledgeBase, assistant: Assistant
) -> None:
    result = called(use, "ask_question", question="what is GQA?")
    found = content(result)
    assert found["status"] == assistant.ask("what is GQA?").status
    assert found["answer"] == text(result)
    for source in found["sources"]:
        place = knowledge_base[source["entry"]].text(source["section"])
        assert place[source["start"] : source["end"]] == source["quote"]
        assert f"[{source['number']}]" in found["answer"]
        assert source["url"] in found["answer"]


def test_a_follow_up_is_completed_from_its_history(use: Use) -> None:
    found = content(called(use, "ask_question", question="and MLA?", history=["what is GQA?"]))
    assert {source["entry"] for source in found["sources"]} == {"mla"}


def test_what_is_not_in_the_knowledge_base_is_said_and_is_no_error(use: Use) -> None:
    found = content(called(use, "ask_question", question="what is FooBarNet?"))
    assert (found["status"], found["unknown"]) == ("abstained", ["FooBarNet"])
    assert found["sources"] == []


def test_an_entry_is_found_by_any_of_its_names(use: Use) -> None:
    assert content(called(use, "get_entry", entry="Grouped-Query Attention"))["id"] == "gqa"


def test_a_comparison_is_a_table(use: Use) -> None:
    result = called(use, "compare_entries", entries=["gqa", "mla"])
    assert "| | GQA | MLA |" in text(result)
    assert {source["entry"] for source in content(result)["sources"]} == {"gqa", "mla"}


def test_the_tool_for_names_is_called_as_the_subject_calls_them(use: Use) -> None:
    listed = use(lambda client: client.list_tools()).tools
    (tool,) = [one for one in listed if one.name == "decode_model_name"]
    assert tool.title == "Take a model name apart"
    assert tool.description.startswith("A model name, part by part (family, quantization and")
    example = tool.input_schema["properties"]["name"]["description"]
    assert example == "E.g. Mistral-7B-Instruct-v0.2.Q4_K_M.gguf"


def test_a_model_name_is_taken_apart(use: Use) -> None:
    parts = content(called(use, "decode_model_name", name="Foobar-7B-Instruct"))["parts"]
    assert [part["text"] for part in parts] == ["Foobar", "7B", "Instruct"]
    assert [part["entry"] for part in parts] == [None, None, "instruct"]
    assert parts[0]["meaning"] is None
    assert parts[2]["meaning"]


def test_connectors_find_documents_and_fetch_them(use: Use, knowledge_base: KnowledgeBase) -> None:
    hits = called(use, "search", query="query heads share key heads")
    # Connectors read the text, which is the JSON.
    assert json.loads(text(hits)) == content(hits)
    first = content(hits)["results"][0]
    assert first.keys() == {"id", "title", "url"}
    document = called(use, "fetch", id=first["id"])
    assert json.loads(text(document)) == content(document)
    assert content(document).keys() == {"id", "title", "text", "url", "metadata"}
    assert content(document)["url"] == first["url"]
    for section in knowledge_base["gqa"].sections:
        assert section.text in content(document)["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask_question", {"question": " "}, "the question is empty"),
        ("ask_question", {"question": "a" * 10_001}, "10,001 characters"),
        ("ask_question", {"question": "a", "history": ["b"] * 51}, "history"),
        ("search_entries", {"query": ""}, "the question is empty"),
        ("search_entries", {"query": "a", "limit": 0}, "limit"),
        ("get_entry", {"entry": "gqqa"}, "did you mean gqa?"),
        ("get_entry", {"entry": "zzzzzz"}, "search_entries finds entries"),
        ("compare_entries", {"entries": ["gqa"]}, "entries"),
        ("compare_entries", {"entries": ["gqa", "GQA"]}, "give two entries or more"),
        (
            "decode_model_name",
            {"name": "hello"},
            "apart; give a model name such as",
        ),
        ("fetch", {"id": "../../etc/passwd"}, "no entry has the id"),
        ("fetch", {}, "fetch: id: it is missing; give one"),
        ("search", {"query": ["a"]}, "search: query: Input should be a valid string"),
        (
            "ask_question",
            {"question": "and MLA?", "histroy": ["what is GQA?"]},
            "'histroy' is no argument; it takes question, history (nearest: 'history')",
        ),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(
    use: Use, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = called(use, tool, **arguments)
    assert result.is_error
    assert said in text(result)
    assert "\n" not in text(result)


def test_entries_are_resources(use: Use, knowledge_base: KnowledgeBase) -> None:
    listed = use(lambda client: client.list_resources()).resources
    assert [(one.name, one.title) for one in listed] == [(e.id, e.name) for e in knowledge_base]
    for one in (listed[0].uri, "entrywise://entries/mla"):
        (read,) = use(lambda client, uri=one: client.read_resource(uri)).contents
        assert read.mime_type == "text/markdown"
        assert knowledge_base[one.rpartition("/")[2]].oneliner in read.text


def test_an_unknown_resource_is_an_error(use: Use) -> None:
    async def refused(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.read_resource("entrywise://entries/nope")
        return str(caught.value)

    assert "no entry has the id 'nope'" in use(refused)


def test_the_server_says_what_it_holds(use: Use) -> None:
    async def introduced(client: Client) -> tuple[str, str]:
        return client.server_info.title, client.instructions

    title, instructions = use(introduced)
    assert title == "six entries"
    assert instructions.startswith("six entries. A curated knowledge base of 6 entries.")
    assert "decode_model_name takes names such as Mistral-7B" in instructions


def test_examples_are_of_the_knowledge_base(use: Use) -> None:
    listed = {tool.name: tool for tool in use(lambda client: client.list_tools()).tools}
    sources = listed["ask_question"].output_schema["$defs"]["Source"]["properties"]
    assert sources["entry"]["examples"] == ["gqa"]
    assert sources["start"]["examples"] == [0]
    assert sources["url"]["examples"] == ["https://example.org/entry/gqa"]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("explain", {}, "explain: topic: it is missing; give one"),
        ("explain", {"topic": "MLA", "tpic": "x"}, "'tpic' is no argument; it takes topic"),
        ("explian", {"topic": "MLA"}, "no prompt is called 'explian'; there is explain"),
    ],
)
def test_a_prompt_that_cannot_be_given_says_why(
    use: Use, name: str, arguments: dict[str, str], said: str
) -> None:
    async def refused(client: Client) -> MCPError:
        with pytest.raises(MCPError) as caught:
            await client.get_prompt(name, arguments)
        return caught.value

    error = use(refused)
    assert said in error.message
    assert error.code == INVALID_PARAMS


def test_a_prompt_tells_a_model_to_ask_and_to_cite(use: Use) -> None:
    (prompt,) = use(lambda client: client.list_prompts()).prompts
    assert prompt.description.startswith("Explain a topic, a comparison or a model name")
    assert [argument.name for argument in prompt.arguments] == ["topic"]
    (message,) = use(lambda client: client.get_prompt("explain", {"topic": "MLA"})).messages
    assert message.role == "user"
    assert message.content.text.startswith("Explain MLA. Ask the knowledge base")
