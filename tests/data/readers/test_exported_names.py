"""What tools add to names when they write pages into a folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from entrywise.data.documents.linked_documents import LinkedDocuments
from entrywise.data.readers.exported_names import bare_paths, without_ids
from entrywise.data.source import read_knowledge_base

ID, OTHER = "1f3a9c2e7b4d4e0f8a6c5d2b1e0f9a8b", "2b7c1d9e-0f3a-4b5c-8d6e-7f0a1b2c3d4e"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_ids_are_no_part_of_names() -> None:
    assert without_ids(f"Dairy {ID}/Rind {OTHER}.md") == "Dairy/Rind.md"
    kept = (f"{ID}.md", "cafe 2024.md", f"Rind {ID[:-1]}.md", f"Rind {ID}f.md")
    assert [without_ids(name) for name in kept] == [*kept]


def test_of_two_pages_of_a_name_one_keeps_its_id() -> None:
    paths = [PurePosixPath(f"Dairy {ID}/Rind {one}.md") for one in (ID, OTHER)]
    assert [str(one) for one in bare_paths(paths).values()] == [
        "Dairy/Rind.md",
        f"Dairy/Rind {OTHER}.md",
    ]


def test_what_is_made_of_a_file_is_no_part_of_its_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a/oars.html.md.erb",
        "---\ntitle: Oars\n---\n\n# <%= current_page.data.title %>\n\nRow.",
    )
    write(tmp_path, "a/sails.html.md", "# Sails\n\nBefore [oars](oars.html), or [these](/a/oars).")
    write(tmp_path, "a/_bar.html.erb", "<b>A bar</b>")
    kb = read_knowledge_base(tmp_path)
    assert [(one.id, one.name, one.related) for one in kb.entries] == [
        ("a/oars", "Oars", ()),
        ("a/sails", "Sails", ("a/oars",)),
    ]
    assert [one.text.strip() for one in kb.entries[0].sections] == ["Row."]
    assert any(".erb" in one.place for one in kb.unread)


def test_pages_with_ids_are_called_linked_and_shown_without(tmp_path: Path) -> None:
    write(tmp_path, f"Dairy {ID}.md", f"# Dairy\n\n[Rind](Dairy%20{ID}/Rind%20{OTHER}.md)")
    write(tmp_path, f"Dairy {ID}/Rind {OTHER}.md", f"Wash it.\n\n![A rind](Rind%20{OTHER}/a.png)")
    write(tmp_path, f"Dairy {ID}/Rind {OTHER}/a.png", "x")
    kb = read_knowledge_base(tmp_path)
    assert [(one.id, one.name, one.related) for one in kb.entries] == [
        ("Dairy/Rind", "Rind", ()),
        ("Dairy", "Dairy", ("Dairy/Rind",)),
    ]
    shown = LinkedDocuments("Dairy", {one.id: one for one in kb.entries})
    linked = shown.at(f"Dairy {ID}/Rind {OTHER}.md")
    assert linked is not None
    assert linked.name == "Rind"
    assert list(kb.pictures.values()) == [tmp_path / f"Dairy {ID}/Rind {OTHER}/a.png"]


def test_rows_that_are_pages_or_stand_in_the_whole_table_are_read_once(tmp_path: Path) -> None:
    table = "Name,Owner,Status\nRind,Uma,Draft\nSalt,Uma,Done\n"
    write(tmp_path, f"Rules {ID}.csv", table)
    write(tmp_path, f"Rules {ID}_all.csv", f"{table}Sale,Ida,Done\n")
    write(tmp_path, f"Rules/Rind {OTHER}.md", "# Rind\n\nOwner: Uma\nStatus: Draft\n\nWash it.")
    write(tmp_path, f"Rules/Sale {OTHER}.md", "# Sale\n\nOwner: Uma\n\nAt noon.")
    kb = read_knowledge_base(tmp_path)
    # What its page does not say, that Ida owns the sale, is kept.
    assert [one.id for one in kb.entries] == [
        "Rules/Rind",
        "Rules/Sale",
        "Rules_all/2",
        "Rules_all/3",
    ]


def test_the_name_of_a_site_is_no_part_of_its_pages(tmp_path: Path) -> None:
    for name in ("Cheese", "Milk", "Butter"):
        write(tmp_path, f"{name}.html", f"<title>Dairy : {name}</title><p>All on {name}.</p>")
    write(tmp_path, "index.html", "<title>Dairy</title><p>Welcome.</p>")
    names = [one.name for one in read_knowledge_base(tmp_path).entries]
    assert sorted(names) == ["Butter", "Cheese", "Dairy", "Milk"]


def test_two_pages_tell_no_name_of_a_site(tmp_path: Path) -> None:
    for name in ("Cheese", "Milk"):
        write(tmp_path, f"{name}.html", f"<title>Making - {name}</title><p>All on {name}.</p>")
    names = [one.name for one in read_knowledge_base(tmp_path).entries]
    assert sorted(names) == ["Making - Cheese", "Making - Milk"]
