from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from entrywise.data.readers.generators.hugo import page_path, site_of_hugo, title_of_hugo
from entrywise.data.readers.generators.site import site_of
from entrywise.data.readers.generators.site_address import address_of_site
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

SETTINGS = 'baseURL = "https://boats.org/help/"\ntitle = "Boats, of all kinds"  # ours\n'


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("hugo.toml", SETTINGS),
        ("config.toml", SETTINGS.replace("baseURL", "baseurl")),
        (
            "config/_default/hugo.yaml",
            "baseURL: https://boats.org/help\ntitle: Boats, of all kinds\n",
        ),
    ],
)
def test_settings_say_where_a_site_is_and_what_it_is_called(
    write: Write, tmp_path: Path, file: str, settings: str
) -> None:
    write(settings, file)
    assert site_of_hugo(tmp_path) is None
    write("# Page\n\nText.", "content/a.md")
    write("# Notes\n\nText.", "notes/a.md")
    assert site_of_hugo(tmp_path / "notes") is None
    assert site_of_hugo(tmp_path) == (tmp_path.resolve(), (tmp_path / file).resolve())
    assert title_of_hugo(tmp_path) == "Boats, of all kinds"
    assert address_of_site(tmp_path) == "https://boats.org/help"


def test_settings_of_others_are_none(write: Write, tmp_path: Path) -> None:
    write('title = "Acme"\n', "config.toml")
    assert site_of_hugo(tmp_path) is None
    assert title_of_hugo(tmp_path) == ""
    assert site_of(tmp_path).maker == ""


def test_pages_stand_where_hugo_puts_them(write: Write, tmp_path: Path) -> None:
    write(f'{SETTINGS}[languages.en]\ncontentDir = "content/en"\n', "hugo.toml")
    write("", ".git/config")
    for name in ("_index", "Set up/_index", "Set up/Oars", "Set up/boats/index", "public"):
        write(f"# {name}\n\nRow with [oars](#oars).\n\n## Oars\n\nOf oak.", f"content/en/{name}.md")
    write("---\nurl: /old/\n---\n# Old\n\nText.", "content/en/old.md")
    for name in ("README.md", "public/index.html", "themes/acme/README.md", "layouts/a.html"):
        write("<p>Made of this.</p>", name)
    whole = {one.id: one.url for one in read_knowledge_base(tmp_path).entries}
    base = "https://boats.org/help"
    assert whole == {
        "README": None,
        "content/en/Set up/Oars": f"{base}/set-up/oars/",
        "content/en/Set up/_index": f"{base}/set-up/",
        "content/en/Set up/boats/index": f"{base}/set-up/boats/",
        "content/en/_index": f"{base}/",
        "content/en/old": f"{base}/old/",
        "content/en/public": f"{base}/public/",
    }
    part = {one.id: one.url for one in read_knowledge_base(tmp_path / "content/en/Set up").entries}
    assert part == {
        "Oars": f"{base}/set-up/oars/",
        "_index": f"{base}/set-up/",
        "boats/index": f"{base}/set-up/boats/",
    }
    identity = read_knowledge_base(tmp_path / "content" / "en").identity
    assert (identity.title, identity.base_url) == ("Boats, of all kinds", base)


def test_the_top_of_a_site_has_no_path() -> None:
    assert page_path(PurePosixPath("_index")) == ""
