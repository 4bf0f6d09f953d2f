from __future__ import annotations

import sys
from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers import files
from entrywise.data.readers.encodings import read_any_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_says_its_encoding_is_read_without_remark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Größe\r\nžluťoučký\rкот".encode(encoding))
    assert read_any_text(path) == ("Größe\nžluťoučký\nкот", ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Die Größe der Geräte ändert sich nicht, schließlich dürfen sie überall stehen.",
            "cp1252",
        ),
        ("Où est le garçon ? Il a été très étonné, à côté de la forêt.", "latin-1"),
        ("El niño comió la piña mañana, ¿verdad? Está muy rápido.", "cp1252"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy, a všichni se divili zpěvu.", "cp1250"),
        ("Şişli'de ığdır çok güzel bir şehir değil mi acaba öğretmenim", "cp1254"),
        ("Съешь же ещё этих мягких французских булок, да выпей чаю.", "cp1251"),
        ("いろはにほへと ちりぬるを わかよたれそ つねならむ", "shift_jis"),
    ],
)
def test_other_encodings_are_guessed_and_said(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    found, (warning,) = read_any_text(path)
    assert found == text
    assert (warning.place, warning.severity) == (str(path), "warning")
    assert warning.reason.startswith("is no UTF-8; read as ")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"abc\0", "holds NUL bytes, so it is no text"),
        (b"\xff\0\0abc", "holds NUL bytes, so it is no text"),
        (b"\xff\xfea", "is no UTF-16; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match=complaint):
        read_any_text(path)


def test_a_file_that_is_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", None)
    with pytest.raises(KnowledgeBaseError, match="has 200 MB, and 50 are read at most; split it"):
        read_any_text(path)
    with pytest.raises(KnowledgeBaseError, match="has 200 MB, and 50 are read at most; split it"):
        files.read_text(path)


def test_without_the_library_the_remedies_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\xff")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_any_text(path)
    remedy = "save the file as UTF-8, or pip install 'entrywise[documents]'"
    assert str(caught.value) == f"{path}: byte 1 is no UTF-8; {remedy}"
