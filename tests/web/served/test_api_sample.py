from __future__ import annotations

from pathlib import Path

from web.served.conftest import Collected

from entrywise.data.entries import KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.schemas.sample import Sample
from entrywise.web.served.api_sample import sample_of
from entrywise.web.served.collection import Collection
from entrywise.web.served.served import Served


def place(sample: Sample, knowledge_base: Collection) -> str:
    return knowledge_base[sample.entry].text(sample.section)[sample.start : sample.end]


def test_it_is_a_question_of_this_knowledge_base_and_the_quote_that_answers_it(
    kitchen_root: Path,
) -> None:
    with Assistant(Index(kitchen_root)) as assistant:
        served = Served.by(assistant)
        sample = sample_of(served)
        (citation, *_) = assistant.ask(sample.question).citations
        assert place(sample, served.knowledge_base) == sample.quote
        assert sample.another_entry in served.knowledge_base
    assert sample.question == served.knowledge_base.identity.examples[0]
    assert (sample.entry, sample.quote) == (citation.entry, citation.quote)
    assert sample.another_entry != sample.entry


def test_where_no_example_is_answered_it_is_the_first_sentence(small_index: Index) -> None:
    sample = sample_of(Served.by(Assistant(small_index, threshold=1.0)))
    assert (sample.question, sample.section, sample.start) == ("Explain GQA", "oneliner", 0)
    assert sample.quote == "Several query heads share one key head and one value head."
    assert sample.another_entry == "mla"


def test_an_entry_may_be_alone(small_index: Index, collected: Collected) -> None:
    alone = collected(KnowledgeBase((small_index.entry("gqa"),)))
    sample = sample_of(Served(Assistant(small_index, threshold=1.0), alone))
    assert (sample.entry, sample.another_entry) == ("gqa", "gqa")
