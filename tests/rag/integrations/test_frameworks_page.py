from __future__ import annotations

import re
import subprocess
import sys

import pytest
from paths import ROOT

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.integrations.langchain import EntrywiseRetriever

# Both frameworks are imported.
pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "frameworks.md"
TEXT = PAGE.read_text("utf-8")
# An example, and what the page says that it prints.
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```\n", TEXT, re.DOTALL)


def test_every_example_of_the_page_is_run() -> None:
    assert len(EXAMPLES) == TEXT.count("```python") == 2


@pytest.mark.parametrize(("code", "shown"), EXAMPLES, ids=["LangChain", "LlamaIndex"])
def test_an_example_prints_what_the_page_shows(
    code: str, shown: str, glossary_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(code, str(PAGE), "exec"), {"__name__": "example"})
    assert capsys.readouterr().out == shown


def test_every_key_of_the_metadata_is_on_the_page(small_assistant: Assistant) -> None:
    (document,) = EntrywiseRetriever(assistant=small_assistant, k=1).invoke("GQA")
    rows = " ".join(line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `"))
    assert re.findall(r"`(\w+)`", rows) == [
        *("entry", "title", "section", "start", "end", "url", "score", "source")
    ]
    assert set(re.findall(r"`(\w+)`", rows)) == document.metadata.keys()


@pytest.mark.parametrize("name", ["langchain", "llamaindex"])
def test_a_module_is_not_mistaken_for_its_framework(name: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-W", "error", "-m", f"entrywise.rag.integrations.{name}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
