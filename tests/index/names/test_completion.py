from __future__ import annotations

import random
from collections.abc import Callable
from time import process_time

import pytest
from rapidfuzz.distance import OSA

from entrywise.index.index import Index
from entrywise.index.names.completion import MOST_COMPLETIONS, Completer
from entrywise.index.names.forms import Name


@pytest.fixture(scope="module")
def completer(small_index: Index) -> Completer:
    return Completer.of(small_index.catalog.names)


@pytest.fixture(scope="module")
def ids(small_index: Index) -> tuple[str, ...]:
    return small_index.catalog.ids


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gq", ["gqa"]),
        ("GQA", ["gqa"]),
        ("lo", ["lora"]),
        ("grouped q", ["gqa"]),  # its expansion
        ("grouped-QUERY  attn", ["gqa"]),  # an alias
        ("low rank adap", ["lora"]),
        ("latent", ["mla"]),  # a word within its expansion
        ("torch.b", ["bf16"]),
        ("bfloat", ["bf16"]),  # the other side of its name
        ("-inst", ["instruct"]),
        ("ｌｏｒ", ["lora"]),  # as a keyboard for Japanese types it
    ],
)
def test_the_start_of_a_name_or_of_a_word_in_it_is_enough(
    completer: Completer, ids: tuple[str, ...], typed: str, expected: list[str]
) -> None:
    assert [ids[entry] for entry in completer.complete(typed)] == expected


def test_ids_are_completed_without_folders_and_signs_after_names() -> None:
    ids = ("guides/install-python", "guides/index", "cli/index", "install")
    names = [Name("Installing and managing", 0, True, ""), Name("A sandbox", 3, True, "")]
    completer = Completer.of(names, ids)
    assert completer.complete("installpyth") == [0]
    assert completer.complete("instalpython") == [0]
    assert completer.complete("install") == [0, 3]
    assert completer.complete("index") == []
    assert completer.complete("cliindex") == [2]


def test_signs_that_tell_names_apart_are_typed() -> None:
    names = [Name(form, place, False, form) for place, form in enumerate(("C", "C++", "C#"))]
    typed = {form: Completer.of(names).complete(form)[0] for form in ("c++", "C#", "c")}
    assert typed == {"c++": 1, "C#": 2, "c": 0}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gruoped", "gqa"),  # two letters swapped
        ("groupd que", "gqa"),  # one missing
        ("latennt", "mla"),  # one too many
        ("bflaot16", "bf16"),
        ("reasonning and actng", "react"),  # two slips in a longer text
    ],
)
def test_typos_are_forgiven(
    completer: Completer, ids: tuple[str, ...], typed: str, expected: str
) -> None:
    assert [ids[entry] for entry in completer.complete(typed)] == [expected]


@pytest.mark.parametrize("typed", ["", " ", "-", "gqx", "mqa", "zorbital", "gqa" * 50])
def test_what_is_no_name_has_no_completion(completer: Completer, typed: str) -> None:
    assert completer.complete(typed) == []


def test_the_name_itself_comes_first_then_names_that_begin_so_then_words_within() -> None:
    forms = ["Paged Attention", "Attention Mask", "Attention", "Attenuation"]
    names = [Name(form, entry, ordinary=False, key=form) for entry, form in enumerate(forms)]
    assert Completer.of(names).complete("attention") == [2, 1, 0]
    assert Completer.of(names).complete("atten") == [2, 3, 1, 0]
    assert Completer.of(names).complete("attenton") == [2, 1, 0]
    assert Completer.of(names).complete("attenu") == [3]


def test_no_more_are_shown_than_fit() -> None:
    completer = Completer.of([Name(f"name {n}", n, ordinary=False, key="") for n in range(20)])
    assert len(completer.complete("nam")) == MOST_COMPLETIONS
    assert completer.complete("nmae", limit=3) == [0, 1, 2]
    assert Completer.of([]).complete("name") == []


SYLLABLES = "ba be bri co da di fo ga gle ka la lo mi no pa qui ro sa ti tro um ve".split()


def drawn_names(number: int) -> list[Name]:
    """Names of one to three drawn words; always the same."""
    draw = random.Random(0)
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(30_000)]
    forms = (" ".join(draw.choices(words, k=draw.randint(1, 3))) for _ in range(number))
    return [Name(form, entry // 3, ordinary=False, key=form) for entry, form in enumerate(forms)]


def typed_of(names: list[Name], number: int) -> list[str]:
    """Beginnings of drawn names, two in three with a slip or two."""
    draw = random.Random(1)
    typed = []
    for name in draw.sample(names, number):
        letters = [*name.form[: draw.randint(1, len(name.form))]]
        for _ in range(draw.randint(0, 2)):
            place = draw.randrange(len(letters) + 1)
            letters[place : place + draw.randint(0, 1)] = draw.choices("aeklmrt ", k=1)
        typed.append(" ".join("".join(letters).split()))
    return [text for text in typed if text]


def expected(names: list[Name], typed: str) -> list[int]:
    """What is meant, by looking at each place that a name may be typed from."""
    starts = []
    for name in names:
        words = name.form.split()
        starts += [
            (place > 0, len(name.form), name.entry, " ".join(words[place:]))
            for place in range(len(words))
        ]
    starts.sort()
    begun = [entry for *_, entry, text in starts if text.startswith(typed)]
    slips = 2 if len(typed) >= 8 else 1 if len(typed) >= 4 else 0
    near = []
    for rank, (*_, entry, text) in enumerate(starts if slips and not begun else []):
        lengths = (len(typed) - 1, len(typed), len(typed) + 1)
        near.append((min(OSA.distance(typed, text[:one]) for one in lengths), rank, entry))
    meant = begun or [entry for distance, _, entry in sorted(near) if distance <= slips]
    return list(dict.fromkeys(meant))[:MOST_COMPLETIONS]


def test_drawn_names_are_found_as_if_each_was_looked_at() -> None:
    names = drawn_names(900)
    completer = Completer.of(names)
    typed = typed_of(names, 200)
    assert {text: completer.complete(text) for text in typed} == {
        text: expected(names, text) for text in typed
    }


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_letter_costs_little_among_many_names(count: int) -> None:
    names = drawn_names(count)
    completer = Completer.of(names)

    def spent(work: Callable[[str], object], text: str) -> float:
        times = []
        for _ in range(3):
            begun = process_time()
            work(text)
            times.append(process_time() - begun)
        return min(times)

    def looked_at_all(text: str) -> int:
        return sum(text in name.form for name in names)

    # Comparing each name with its slips took a hundred times as long as one look at each.
    typed = typed_of(names, 400)
    look = spent(looked_at_all, "attention")
    assert max(spent(completer.complete, text) for text in typed) < 4 * look
