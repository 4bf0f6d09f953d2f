from __future__ import annotations

import numpy as np

from entrywise.index.calibration.leave_out import without
from entrywise.index.index import Index
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.find.retrieval import look_up

GQA = 0


def test_a_term_that_is_left_out_is_found_by_nothing(small_index: Index) -> None:
    other = without(small_index, GQA)
    question, candidates = look_up("what is GQA?", other, DOMAIN, 10)
    assert GQA not in [candidate.entry for candidate in candidates]
    assert question.named == {}
    assert question.unknown == ("GQA",)


def test_words_of_it_alone_are_unknown(small_index: Index) -> None:
    # "Llama" is in GQA's explanation and nowhere else.
    assert small_index.words.mentions("Llama")
    other = without(small_index, GQA).words
    assert not other.mentions("Llama")
    assert other.known(["llama", "latent"]) == [False, True]
    assert other.scores("llama")[GQA] == 0.0


def test_its_vectors_and_its_ways_of_asking_are_passed_over(small_index: Index) -> None:
    text = "how can query heads share the key-value heads"
    vector = small_index.encoder.encode_query(text).vector
    other = without(small_index, GQA)
    rows, cosines = other.chunk_vectors.search(vector, 5)
    assert GQA not in small_index.chunks[rows, 0]
    assert (np.diff(cosines) <= 0).all()
    asked, _ = other.question_vectors.search(vector, len(other.question_vectors))
    assert set(small_index.sample_questions.rows(GQA)).isdisjoint(asked.tolist())
    assert len(asked) == len(other.question_vectors) - 2


def test_the_index_it_is_left_out_of_stays_as_it_is(small_index: Index) -> None:
    before = look_up("what is GQA?", small_index, DOMAIN, 10)[1]
    without(small_index, GQA)
    assert look_up("what is GQA?", small_index, DOMAIN, 10)[1] == before
    assert small_index.left_out == ()


def test_of_a_document_one_section_is_left_out(harbour_index: Index) -> None:
    domain = open_domain(harbour_index.manifest.identity.domain)
    (first, *_) = look_up("berth fees", harbour_index, domain, 10)[1]
    section = first.sections[0]
    (unit,) = np.flatnonzero((harbour_index.units == [section.entry, section.section]).all(axis=1))
    left = look_up("berth fees", without(harbour_index, int(unit)), domain, 10)[1]
    found = [(hit.entry, hit.section) for one in left for hit in one.sections]
    assert (section.entry, section.section) not in found
    assert len(found) == len(harbour_index.units) - 1
