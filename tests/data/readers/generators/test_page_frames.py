"""What all pages of a site have around their texts."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.entries import Entry
from entrywise.data.source import read_knowledge_base

MENU = "<p>Quick. Dry.</p><ul><li>Home</li><li><a href='{}about.html'>About</a></li></ul>"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def page(n: int, below: str) -> str:
    return f"<title>{n}</title><h1>Boat {n}</h1><p>It has {n} oars.</p>{below}"


def test_what_all_pages_of_a_site_say_is_read_once(tmp_path: Path) -> None:
    said = '<h2>Comments</h2><p>Be <a href="{}kind.html">kind</a>.</p>'
    for n in range(4):
        write(tmp_path, f"{n}.html", page(n, said.format("")))
    write(tmp_path, "in/4.html", page(4, said.format("../")))
    write(tmp_path, "6.html", page(6, "<h2>Comments</h2><p>Be quick.</p>"))
    heads = {one.id: [part.path for part in one.sections] for one in read(tmp_path)}
    assert heads["0"] == heads["6"] == [(), ("Comments",)]
    assert all(heads[key] == [()] for key in ("1", "2", "3", "in/4"))


def test_what_few_pages_or_those_of_no_site_say_is_read_in_each(tmp_path: Path) -> None:
    for n in range(4):
        write(tmp_path, f"{n}.html", page(n, "<h2>Comments</h2><p>Be kind.</p>"))
        write(tmp_path, f"md/{n}.md", f"# Boat {n}\n\n{n} oars.\n\n## Comments\n\nBe kind.")
    assert all(len(one.sections) == 2 for one in read(tmp_path))


def read(folder: Path) -> tuple[Entry, ...]:
    return read_knowledge_base(folder).entries


def test_menus_above_and_below_are_read_once(tmp_path: Path) -> None:
    foot = "<p>Ask us.</p>"
    for n in range(5):
        place = "in/" * (n % 2)
        text = f"<p>One of {n + 2} oars:</p><ul><li>long {n}</ul>{foot}"
        write(tmp_path, f"{place}{n}.html", f"<title>{n}</title>{MENU.format('../')}{text}")
    write(tmp_path, "5.html", f"<title>5</title>{MENU.format('')}{foot}")
    entries = read(tmp_path)
    assert [one.id for one in entries if "Home" in one.sections[0].text] == ["0", "5"]
    for one in entries:
        if one.id in ("0", "5"):
            continue
        (section,) = one.sections
        assert not any(word in section.text for word in ("Quick", "About", "Ask us"))
        announcing, item = section.blocks
        assert section.text[announcing.start : announcing.end] == announcing.plain
        assert section.text[item.start : item.end] == f"- {item.plain}"
        assert (announcing.lead, item.lead) == (-1, 0)


def test_a_notice_above_each_text_is_read_once_and_what_announces_stays(tmp_path: Path) -> None:
    notice, told = "**Read this on our site.**", "You will know:"
    for n in range(10, 15):
        write(tmp_path, f"{n}.md", f"{notice}\n\n# Boat {n}\n\nIt has {n} oars.\n\nAsk us.")
    for n in range(15, 20):
        write(tmp_path, f"{n}.md", f"# Boat {n}\n\n{told}\n\n- how {n} ends\n- why\n\nAsk us.")
    said = {one.id: [block.plain for block in one.sections[0].blocks] for one in read(tmp_path)}
    assert said["10"] == ["Read this on our site.", "It has 10 oars.", "Ask us."]
    assert said["11"] == ["It has 11 oars."]
    assert said["16"] == [told, "how 16 ends", "why"]
