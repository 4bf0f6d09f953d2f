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


def test_letters_and_their_marks_are_read_as_one_character(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# U\u0308bung", "utf-8")
    assert read_any_text(tmp_path / "a.md") == ("# Übung", ())
    assert files.read_text(tmp_path / "a.md") == "# Übung"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Die Größe der Geräte ändert sich nicht, schließlich dürfen sie überall stehen.",
            "cp1252",
        ),
        ("Où est le garçon ? Il a été très étonné, à côté de la forêt.", "latin-1"),
        ("El niño comió la piña mañana, ¿verdad? Está muy rápido.", "cp1252"),
        ("We agreed to pay the contractor €2,500 … It is John’s – not Zoë’s – to sign.", "cp1252"),
        ("title,text\nReturns,It’s £20 – or €25 –\n", "cp1252"),
        ("The fee is £20. It’s due", "cp1252"),
        ("Ask Zoë Müller, José Núñez, Søren Ås or François Noël", "cp1252"),
        ("Acme® Widget™", "cp1252"),
        ("Acme® ½ cup, 20 °C ± 4 µm", "cp1252"),
        ("Größe", "cp1252"),
        ("Hyvää päivää, täällä on lämmintä ja yötön yö.", "cp1252"),
        ("Það er gott að vera hér, þó að veðrið sé ekki gott í dag.", "cp1252"),
        ("Where is John’s café? It’s “near” the park – I think…", "mac_roman"),
        ("Où est le garçon ? Il a été très étonné, à côté de la forêt.", "cp850"),
        ("Zażółć gęślą jaźń, proszę państwa, dziś będzie ciepło.", "cp1250"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy, a všichni se divili zpěvu.", "cp1250"),
        ("Şişli'de ığdır çok güzel bir şehir değil mi acaba öğretmenim", "cp1254"),
        ("İade işlemleri on dört gün içinde yapılır; ücret hesabınıza yatırılır.", "cp1254"),
        ("Töötasu makstakse kord kuus, puhkus kestab kolmkümmend päeva; õhtul sõidame.", "cp1257"),
        ("Το καλό σπίτι είναι πάνω στο βουνό και έχει θέα.", "cp1253"),
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


def test_what_an_alphabet_tells_is_read_without_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    path = tmp_path / "a.txt"
    path.write_bytes("It’s £20".encode("cp1252"))
    assert read_any_text(path)[0] == "It’s £20"


def test_without_the_library_the_remedies_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    path = tmp_path / "a.txt"
    path.write_bytes("съешь ещё булок".encode("cp1251"))
    with pytest.raises(KnowledgeBaseError) as caught:
        read_any_text(path)
    remedy = "save the file as UTF-8, or pip install 'entrywise[documents]'"
    assert str(caught.value) == f"{path}: byte 0 is no UTF-8; {remedy}"
