"""Batches: lines of JSON in, lines of JSON out, in order, and nothing lost."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout

from hypothesis import strategies as st

from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.batch import run_batch
from fuzz.mutation import mutations, texts
from fuzz.target import Case, as_bytes, insist, within

_IDS = st.one_of(st.integers(), st.integers(10**30, 10**31), texts(), st.sampled_from([None, True]))
_ASKED = st.one_of(st.sampled_from(["what is GQA?", "GQA vs MLA", " "]), texts(), st.none())
_OBJECTS = st.builds(
    lambda name, question, raw: json.dumps({"id": name, "question": question}, ensure_ascii=raw),
    _IDS,
    _ASKED,
    st.booleans(),
).map(lambda line: line.encode("utf-8", "surrogatepass").decode("latin-1"))
_LINES = st.one_of(
    _OBJECTS,
    mutations([b'{"id": 1, "question": "what is MLA?"}', b"", b"  ", b"\xef\xbb\xbf{}"]),
    st.sampled_from(["[" * 5000, '{"id": 1' * 500, '{"id": 1e400, "question": "x"}', "null"]),
)


class Batches:
    """Each line has its answer or its fault, and the exit code says which there were."""

    name = "batches"
    strategy = st.lists(_LINES, max_size=4)

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def check(self, case: Case) -> None:
        """Answer one."""
        lines = io.BytesIO(as_bytes("\n".join(case))).readlines()
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), within(2 + 0.5 * len(lines)):
            status = run_batch("ask", lines, lambda text: self._assistant.ask(text).to_dict())
        answers = [json.loads(line) for line in out.getvalue().split("\n") if line]
        faults = [line for line in err.getvalue().split("\n") if line]
        wanted = sum(bool(line.strip()) for line in lines)
        insist(len(answers) + len(faults) == wanted, "a line is lost, or told twice")
        insist(status == (2 if faults else 0), f"exit code {status} of {faults[:2]}")
        insist(all(line.startswith("ask: line ") for line in faults), "a fault without a line")
        out.getvalue().encode()
