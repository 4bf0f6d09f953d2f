"""The bodies of the OpenAI-compatible endpoint, in the shape of OpenAI's chat completions.

What is asked for beyond them (temperature, tools, …) is let through and has no effect, as clients
expect: they send their own defaults.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from entrywise.web.schemas.base import Body, described


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ContentPart(_Lenient):
    """A piece of a message; of those that are no text only the kind is read."""

    type: str = described("`text`, or what is passed over.", "text")
    text: str = described("The text, where it is one.", "{question}", "")


class Message(_Lenient):
    """A message of the conversation. Only what users say is read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"] = described(
        "Who says it.", "user"
    )
    content: str | list[ContentPart] | None = described(
        "What is said, or its pieces.", "{question}", None
    )

    @property
    def text(self) -> str:
        """All of its text."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text")


class StreamOptions(_Lenient):
    """How to stream."""

    include_usage: bool = described("Send a last chunk with the usage.", False, False)


class CompletionRequest(_Lenient):
    """A conversation, whose last message of a user is the question."""

    model: str = described(
        "`entrywise` quotes; the others of GET /v1/models write, checked.", "entrywise", "entrywise"
    )
    messages: list[Message] = described(
        "The conversation, oldest first.",
        [{"role": "user", "content": "{question}"}],
        min_length=1,
        max_length=1000,
    )
    stream: bool | None = described("Send the answer in chunks as it is made.", False, False)
    stream_options: StreamOptions | None = described("How to stream.", None, None)
    n: Literal[1] | None = described("One answer is all there is.", None, None)
    sources: bool | None = described(
        "End the text with a list of its sources. Of this server only: `extra_body` "
        "in OpenAI's clients.",
        True,
        True,
    )


class UrlCitation(Body):
    """What a mark in the text leads to."""

    start_index: int = described("Where the mark begins, in characters.", 75)
    end_index: int = described("Where it ends, exclusive.", 78)
    title: str = described("The name of the entry.", "{name}")
    url: str = described(
        "The page that shows the quote where it stands.",
        "https://example.org{quote_path}",
    )


class Annotation(Body):
    """An annotation of the text."""

    type: Literal["url_citation"] = described("The only kind there is.")
    url_citation: UrlCitation = described("The citation.")


class CompletionMessage(Body):
    """The message that answers."""

    role: Literal["assistant"] = described("Who says it.")
    content: str = described(
        "Markdown: quotes with marks such as [1].",
        "{quote} [1]",
    )
    refusal: None = described("Always null: an abstention is an answer.", None, None)
    annotations: list[Annotation] = described("One for each mark.")


class Choice(Body):
    """The answer, as the only choice."""

    index: Literal[0] = described("Its number.")
    message: CompletionMessage = described("The answer.")
    logprobs: None = described("Always null.", None, None)
    finish_reason: Literal["stop"] = described("It is always complete.")


class CompletionUsage(Body):
    """Tokens: those of the LLM that wrote, as its server counts, or word pieces of the encoder."""

    prompt_tokens: int = described("Of what was read.", 5)
    completion_tokens: int = described("Of what was written.", 40)
    total_tokens: int = described("Both.", 45)


class Completion(Body):
    """An answer in the shape of a chat completion."""

    id: str = described("Another for each answer.", "chatcmpl-5f3c")
    object: Literal["chat.completion"] = described("What this is.")
    created: int = described("When, in seconds since 1970.", 1764061200)
    model: str = described("Who answered.", "entrywise")
    choices: list[Choice] = described("The answer.")
    usage: CompletionUsage = described("What it cost.")


class Model(Body):
    """Who can answer."""

    id: str = described("Its name.", "entrywise")
    object: Literal["model"] = described("What this is.")
    created: int = described("When the index was built, in seconds since 1970.", 1764061200)
    owned_by: str = described("The knowledge base.", "{title}")


class ModelList(Body):
    """All who can answer."""

    object: Literal["list"] = described("What this is.")
    data: list[Model] = described("The models.")


class Error(Body):
    """What is wrong, as OpenAI tells it."""

    message: str = described("What is wrong, and the remedy.", "there is no model 'gpt-5'")
    type: str = described("The kind of error.", "invalid_request_error")
    param: str | None = described("Always null: the message names the field.", None)
    code: str | None = described("A name of the error, if it has one.", "model_not_found")


class ErrorBody(Body):
    """A refusal in OpenAI's shape, from which its clients make exceptions."""

    error: Error = described("The error.")
