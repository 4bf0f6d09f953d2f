"""Mutations of bytes: what is flipped, cut, repeated, or put in from a list of troublemakers."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

TROUBLE = (
    *(
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xe2\x80\xa8",
        b"\xe2\x80\xae",
        b"\x1b[31m",
        b"\xef\xbb\xbf",
    ),
    *(b"\n", b"\r", b"\r\n", b"\t", b"    ", b"\\", b'"', b"'", b"`", b"```\n", b"|", b"$", b"$$"),
    *(b"<", b">", b"<b>", b"<!--", b"&lt;", b"[", b"]", b"(", b")", b"[" * 200, b"{" * 200),
    *(b"#", b"# ", b"---\n", b"- ", b"> ", b"1. ", b"javascript:a", b"https://a.b/", b"../" * 9),
    *(b"0", b"-1", b"1e400", b"nan", b"inf", b"9" * 50, b"0xff", b"null", b"true", b"{}", b"[]"),
    *(b",", b";", b":", b"=", b"\xc3\xa9", b"\xf0\x9f\x92\xa9", b"\xcc\x81" * 20, b"a" * 1000),
)

_EDITS = ("flip", "cut", "double", "put", "swap", "end", "many")
ROOM = 4_000
"""Bytes that one edit may add: what takes more than its share of time, takes it where something is
there very often."""
Edit = tuple[str, int, int, bytes]

edits = st.lists(
    st.tuples(
        st.sampled_from(_EDITS),
        st.integers(0, 2**20),
        st.integers(0, 40),
        st.sampled_from(TROUBLE),
    ),
    min_size=0,
    max_size=8,
)


def mutated(data: bytes, changes: Sequence[Edit], room: int = ROOM) -> bytes:
    """Bytes after some edits; each says where, how far, and what may be put in.

    Args:
        room: bytes that one edit may add.
    """
    for kind, where, length, trouble in changes:
        place = where % (len(data) + 1)
        before, behind = data[:place], data[place:]
        if kind == "flip" and behind:
            data = before + bytes([behind[0] ^ (1 << length % 8)]) + behind[1:]
        elif kind == "cut":
            data = before + behind[length:]
        elif kind == "double":
            data = before + behind[:length] * 3 + behind[length:]
        elif kind == "put":
            data = before + trouble + behind
        elif kind == "swap":
            data = before + behind[length : 2 * length] + behind[:length] + behind[2 * length :]
        elif kind == "end":
            data = before
        elif kind == "many" and len(data) < 3 * room:
            data = before + behind[: length or 1] * (room // (length or 1)) + behind[length or 1 :]
    return data


def mutations(seeds: Sequence[bytes], room: int = ROOM) -> st.SearchStrategy[str]:
    """Some of these after edits, as text in Latin-1; each edit adds at most so many bytes."""
    changed = st.builds(mutated, st.sampled_from(list(seeds)), edits, st.just(room))
    return changed.map(lambda data: data.decode("latin-1"))


def texts() -> st.SearchStrategy[str]:
    """Short texts with whatever troubles."""
    trouble = st.sampled_from([one.decode("utf-8", "surrogatepass") for one in _DECODABLE])
    letters = st.text(max_size=8)
    return st.lists(st.one_of(trouble, letters), max_size=6).map("".join)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


_DECODABLE = tuple(one for one in TROUBLE if _is_text(one))
