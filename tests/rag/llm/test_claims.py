"""Claims: a reply, however it is cut, becomes sentences with the numbers that they cite."""

from __future__ import annotations

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.llm.claims import LONGEST_REPLY, Claim, claims


def made(*pieces: str) -> list[Claim]:
    return [claim for claim in claims(pieces) if claim is not None]


def texts(*pieces: str) -> list[str]:
    return [claim.text for claim in made(*pieces)]


REPLY = (
    "<think>Let me see. It is [9].</think>GQA shares heads [1]. It is **8x** smaller, e.g. in "
    "Llama 3.1 [2, 3][1]!\n\n- Quality stays close [^2].\n- `MLA` does not【4】\n\nIs it fast? "
    "Yes. [5, 6]</s> never read"
)


@given(st.sets(st.integers(0, len(REPLY))))
def test_wherever_a_reply_is_cut_its_claims_are_the_same(cuts: set[int]) -> None:
    ends = [*sorted(cuts), len(REPLY)]
    pieces = [REPLY[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert made(*pieces) == made(REPLY)


def test_a_reply_is_cut_at_every_sign() -> None:
    assert made(*REPLY) == [
        Claim("GQA shares heads.", (1,)),
        Claim("It is 8x smaller, e.g. in Llama 3.1!", (2, 3, 1)),
        Claim("Quality stays close.", (2,)),
        Claim("MLA does not", (4,)),
        Claim("Is it fast?", ()),
        Claim("Yes.", (5, 6)),
    ]


def test_a_claim_comes_as_soon_as_it_is_complete() -> None:
    steps = claims(["Heads are shared [1]. The", " cache shrinks [2].", " So"])
    assert next(steps) == Claim("Heads are shared.", (1,))
    assert [next(steps), next(steps)] == [None, None]
    assert next(steps) == Claim("The cache shrinks.", (2,))


def test_who_waits_hears_of_every_piece() -> None:
    assert list(claims(["It", " is", " so"])) == [None, None, None, Claim("It is so", ())]


@pytest.mark.parametrize(
    ("mark", "cited"),
    [
        ("[1]", (1,)),
        ("[1, 2]", (1, 2)),
        ("[1;2]", (1, 2)),
        ("[1][2][1]", (1, 2)),
        ("[^3]", (3,)),
        ("[evidence 1]", (1,)),
        ("[Source 2]", (2,)),
        ("[ 7 ]", (7,)),
        ("【4】", (4,)),
        ("[-1]", (-1,)),
        ("[0]", (0,)),
        ("[99999]", (99999,)),
    ],
)
def test_marks_of_all_shapes_are_read(mark: str, cited: tuple[int, ...]) -> None:
    assert made(f"It is so {mark}.") == [Claim("It is so.", cited)]
    assert made(f"It is so. {mark}") == [Claim("It is so.", cited)]


@pytest.mark.parametrize("text", ["an array x[i] is read.", "see [docs] too.", "[] is empty."])
def test_other_brackets_are_no_marks(text: str) -> None:
    assert made(text) == [Claim(text, ())]


@pytest.mark.parametrize(
    "reply", ["<think>It is so.</think>", "<think>It is so. And on", "<think>"]
)
def test_thoughts_are_not_said(reply: str) -> None:
    assert not made(reply)
    assert not made(*reply)


@pytest.mark.parametrize(
    "end", ["<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|endoftext|>", "</s>"]
)
def test_nothing_is_read_behind_the_end_of_a_turn(end: str) -> None:
    reply = f"It is so [1].{end}\nuser: And then?"
    assert made(reply) == made(*reply) == [Claim("It is so.", (1,))]


def test_a_sentence_needs_no_full_stop() -> None:
    assert made("heads are shared [1]") == [Claim("heads are shared", (1,))]


def test_the_markers_of_lists_and_emphasis_are_left_out() -> None:
    reply = "# Heads\n\n1. **Keys** are shared.\n2) __Values__ too.\n\n> `Queries` are not."
    assert texts(reply) == ["Heads", "Keys are shared.", "Values too.", "Queries are not."]


def test_what_says_nothing_is_no_claim() -> None:
    assert not made(" \n", "***", "[1]", " …")


def test_signs_that_cannot_be_seen_are_left_out() -> None:
    (claim,) = made("It\u200b is\x07 \u202eso\x1b[0m and\tthen.\r")
    assert claim.text.isprintable()
    assert claim.text.startswith("It is so")


@given(st.text(max_size=200))
def test_whatever_is_written_can_be_shown(reply: str) -> None:
    for claim in made(reply):
        assert claim.text.isprintable()
        assert claim.text == " ".join(claim.text.split())
        assert any(map(str.isalnum, claim.text))


def test_a_reply_without_an_end_is_not_read_to_it() -> None:
    said = made(*["It is so. "], *(["and so on "] * 5000))
    assert said[0] == Claim("It is so.", ())
    assert sum(len(claim.text) for claim in said) <= LONGEST_REPLY


@pytest.mark.parametrize("beginning", ["", "<think>"])
def test_the_time_of_a_reply_does_not_explode_with_its_length(beginning: str) -> None:
    assert grows_linearly(lambda count: made(beginning, *("It is so [1]. " * count)), 800)
