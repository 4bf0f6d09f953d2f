from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.readers.generators.jekyll import ending, settings_of_jekyll
from entrywise.data.readers.generators.site_address import address_of_site
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

SETTINGS = "title: 'Boats: all kinds'\nurl: 'https://boats.org'\nbaseurl: /help\n"


@pytest.mark.parametrize(
    ("settings", "end"),
    [
        ("", ".html"),
        ("permalink: date", ".html"),
        ("permalink: pretty", "/"),
        ("permalink: /:categories/:title", ""),
        ("permalink: /:title/", "/"),
        ("permalink: /:title:output_ext", ".html"),
        ("permalink: [", ".html"),
    ],
)
def test_settings_tell_what_pages_end_with(write: Write, settings: str, end: str) -> None:
    assert ending(write(settings, "_config.yml")) == end


def test_settings_of_others_are_called_the_same(write: Write, tmp_path: Path) -> None:
    found = write(SETTINGS, "_config.yml")
    assert settings_of_jekyll(tmp_path) == found.resolve()
    book = write("- file: intro", "_toc.yml")
    assert settings_of_jekyll(tmp_path) is None
    book.unlink()
    write("source_dir: source", "_config.yml")
    assert settings_of_jekyll(tmp_path) is None


def test_liquid_of_pages_is_filled_in_or_left_out(write: Write, tmp_path: Path) -> None:
    text = "# Boats\n\nRow {{ site.craft }} {{ page.x | upcase }} at {{site.baseurl}}/b, `{{ a }}`."
    page = write(f"{text}\n\n{{% raw %}}\nSay {{{{ a }}}}.\n{{% endraw %}}\n", "a.md")
    (alone,) = read_knowledge_base(page).entries
    assert "{{ site.craft }} {{ page.x | upcase }} at {{site.baseurl}}" in alone.sections[0].text
    write(f"{SETTINGS}craft: dinghies 2.0\nmore: {{craft: x}}\n", "_config.yml")
    (entry,) = read_knowledge_base(tmp_path).entries
    assert [entry.sections[0].text[one.start : one.end] for one in entry.sections[0].blocks] == [
        "Row dinghies 2.0 at /b, `{{ a }}`.",
        "Say {{ a }}.",
    ]


@pytest.mark.parametrize(
    ("more", "setup"),
    [
        ("", "guide/set%20up.html"),
        ("permalink: pretty", "guide/set%20up/"),
        ("permalink: /:title", "guide/set%20up"),
    ],
)
def test_pages_stand_where_jekyll_puts_them(
    write: Write, tmp_path: Path, more: str, setup: str
) -> None:
    write("", ".git/config")
    write(SETTINGS + more, "_config.yml")
    write("---\npermalink: /old/\n---\n# Old\n\nText.", "guide/old.md")
    for name in ("guide/set up.md", "README.md", "_posts/2031-04-05-out.md"):
        write("# Page\n\nText.", name)
    base = "https://boats.org/help"
    assert address_of_site(tmp_path) == base
    identity = read_knowledge_base(tmp_path / "guide").identity
    assert (identity.title, identity.base_url) == ("Boats: all kinds", f"{base}/guide")
    urls = {one.id: one.url for one in read_knowledge_base(tmp_path).entries}
    assert urls == {
        "README": f"{base}/",
        "_posts/2031-04-05-out": None,
        "guide/old": f"{base}/old/",
        "guide/set up": f"{base}/{setup}",
    }
    part = {one.id: one.url for one in read_knowledge_base(tmp_path / "guide").entries}
    assert part["set up"] == f"{base}/{setup}"
