from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus, unquote, urldefrag, urlsplit

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page, as_read, page_at

from entrywise.data.entries import Category, Entry, KnowledgeBase, Paper, Resource, Section
from entrywise.data.identity import Identity
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.formulas import readable
from entrywise.web.app import create_app
from entrywise.web.pages.entry_pages import MarkedSection, marked, paragraphs

COMPARISON = "/?q=difference+between+GQA+and+MLA"
PAGES = [
    "/",
    "/?q=what+is+GQA%3F",
    COMPARISON,
    "/?q=what+is+FooBarNet",
    "/entry/gqa",
    "/browse",
    "/browse?q=latent",
    "/compare",
    "/compare?a=gqa&b=mla&c=lora",
    "/compare?a=gqa&b=mla",
    "/compare?a=gqa&b=latnet",
    "/map",
    "/map?view=meaning&lit=gqa,mla",
    "/docs",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_line_begins_with_a_sign_that_parts_words(client: TestClient, path: str) -> None:
    body = client.get(path).text.partition("<body")[2]
    assert not re.findall(r"[ \n]\xa0*[·›]", body.replace("&nbsp;", "\xa0"))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    seen = page_at(client, path)
    assert len(seen.ids) == len(set(seen.ids))
    for address in seen.addresses:
        place, anchor = urldefrag(address)
        if not urlsplit(place).scheme:
            response = client.get(place or path)
            assert response.status_code == 200, address
            assert not anchor or anchor in Page(response.text).ids, address


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_landmarks_one_heading_and_no_inline_script(
    client: TestClient, path: str
) -> None:
    seen = page_at(client, path)
    assert [seen.tags.count(tag) for tag in ("main", "h1", "footer")] == [1, 1, 1]
    assert not {"iframe", "img"} & set(seen.tags)
    assert all(src and src.startswith("/static/") for src in seen.scripts)
    assert not any(name == "style" or name.startswith("on") for name, _ in seen.attributes)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_style_but_that_of_its_formulas_by_checksum(
    client: TestClient, path: str
) -> None:
    response = client.get(path)
    styles = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert len(styles) == response.text.count("<style") == ("formula done" in response.text)
    digests = [b64encode(sha256(one.encode()).digest()).decode() for one in styles]
    policy = response.headers["content-security-policy"]
    allowed = "".join(f" 'sha256-{digest}'" for digest in digests)
    assert f"style-src 'self'{allowed};" in policy
    assert "unsafe" not in policy


def test_a_mark_leads_to_the_quote_where_it_stands(
    client: TestClient, assistant: Assistant
) -> None:
    path = "/?q=what+is+GQA%3F"
    places = [a for a in page_at(client, path).addresses if a.endswith("#quote")]
    quotes = [readable(citation.quote) for citation in assistant.ask("what is GQA?").citations]
    pages = [as_read(client.get(place).text) for place in places]
    shown = [re.findall(r'<mark id="quote">(.*?)</mark>', page) for page in pages]
    assert len(quotes) >= 1
    plain = [[unescape(re.sub("<[^<>]*>", "", text)) for text in texts] for texts in shown]
    assert plain == [[quote] for quote in quotes]


def test_an_entry_shows_all_that_is_known_of_it(client: TestClient) -> None:
    seen = page_at(client, "/entry/gqa")
    for words in (
        "Grouped-Query Attention",
        "the KV cache is 8× smaller",
        "Ainslie et al., EMNLP 2023",
        "The paper",
        "grouped-query attn",
        "model-config",
        "checked on 10 April 2026",
        "high confidence",
        "How can query heads share the key-value heads",
    ):
        assert words in seen.text
    assert seen.addresses.count("/entry/mla") == 1, "each neighbour once"
    for address in ("/browse#attention", "/map?lit=gqa", "/compare?a=gqa&b=mla", "/entry/gqa.md"):
        assert address in seen.addresses


def test_an_entry_that_has_little_has_no_empty_headings(client: TestClient) -> None:
    text = page_at(client, "/entry/instruct").text
    for heading in ("Related", "Mentioned by", "Papers", "checked", "Seen in", "Original"):
        assert heading not in text
    assert "Compare with" not in text


@pytest.mark.parametrize(("pages", "compared"), [(8, 4), (9, 1)])
def test_a_document_among_many_is_compared_with_what_it_is_linked_with(
    pages: int, compared: int, indexed: Indexed, tmp_path: Path
) -> None:
    for number in range(pages):
        text = f"See [the last](page-{pages - 1}.md).\n\n## Use\n\nIt is.\n\n## Care\n\nNo."
        text = f"# Page {number}\n\n{text}"
        (tmp_path / f"page-{number}.md").write_text(text)
    root = indexed(read_knowledge_base(tmp_path))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        addresses = page_at(client, "/entry/page-0").addresses
    assert sum(one.startswith("/compare?a=") for one in addresses) == compared


def test_a_folder_whose_size_is_not_known_offers_nothing_to_compare(
    indexed: Indexed, tmp_path: Path
) -> None:
    """Of the category's first twenty by name two are in it, and of the others all."""
    names = [f"all/within/a-{number}" for number in range(18)]
    names += [f"all/z-{number}" for number in range(12)]
    for name in (*names, "other/page"):
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {path.stem}\n\nIt tells something.")
    root = indexed(read_knowledge_base(tmp_path))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        assert "/compare?a=" not in " ".join(page_at(client, "/entry/all/z-0").addresses)


def test_a_document_is_compared_with_those_beside_it_and_not_with_what_opens_a_folder(
    indexed: Indexed, tmp_path: Path
) -> None:
    pages = {
        "docs/index.md": "# Welcome\n\n[Pay](pay/pay.md), [leave](away/leave.md)",
        "docs/pay/pay.md": "# Pay\n\nIt is paid, see [leave](../away/leave.md).",
        "docs/away/leave.md": "# Leave\n\nThirty days, see [pay](../pay/pay.md).",
        "docs/away/ill.md": "# Ill\n\nStay in bed.",
        "docs/away/note.md": "# Note\n\nA note has no headings, see [leave](leave.md).",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        alike = "" if "note" in name else "\n\n## Who\n\nAll.\n\n## When\n\nMonthly."
        (tmp_path / name).write_text(text + alike)
    root = indexed(read_knowledge_base(tmp_path))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        compared = {
            entry: re.findall(
                f'/compare.a={entry}&amp;b=([^"]*)', unquote(client.get(f"/entry/{entry}").text)
            )
            for entry in ("docs/away/leave", "docs/pay/pay", "docs/index")
        }
    assert compared == {
        "docs/away/leave": ["docs/away/ill", "docs/pay/pay"],
        "docs/pay/pay": ["docs/away/leave"],
        "docs/index": [],
    }


def hidden(html: str) -> int:
    """How many entries of the list are hidden."""
    return len(re.findall(r"<li data-aliases=[^>]* hidden>", html))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", 6),
        ("latent", 1),
        ("grouped-query ATTN", 1),  # an alias
        ("attention", 2),
        ("matrices train", 1),  # words of its first line
        ("zorbital", 0),
    ],
)
def test_browse_is_filtered_without_javascript(client: TestClient, query: str, left: int) -> None:
    html = client.get("/browse", params={"q": query}).text
    assert hidden(html) == 6 - left
    searched = f"{left} of 6 entries by name or summary"
    said = searched if left else "No name or summary contains these words."
    assert (f'{said}</span> <a id="asked"' in html) == bool(query)
    assert f">Ask: {query}</a>" in html
    assert ("hidden>Ask: " in html) == (not query)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("atention", "Did you mean attention ?"),
        ("latent attenton", "Did you mean latent attention ?"),
        ("grouped-quer heads", None),
        ("attention", None),
        ("zorbital", None),
    ],
)
def test_browse_forgives_typos(client: TestClient, query: str, meant: str | None) -> None:
    seen = page_at(client, f"/browse?q={quote_plus(query)}").text
    assert ("Did you mean" in seen) == (meant is not None)
    assert (meant or "") in seen


def missed(client: TestClient, path: str, is_near: bool) -> Page:
    """What is shown at an address that leads nowhere, and whether it says what may be meant."""
    response = client.get(path)
    assert response.status_code == 404
    seen = Page(response.text)
    assert ("Did you mean" in seen.text) == is_near
    return seen


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/entry/gqq", "GQA"),
        ("/entry/agq", "GQA"),
        ("/entry/loar", "LoRA"),
        ("/mla", "MLA"),
        ("/mlq", None),
        ("/entry/zorbital", None),
    ],
)
def test_what_is_not_there_is_named_by_what_is_called_nearly_so(
    client: TestClient, path: str, near: str | None
) -> None:
    assert (near or "") in missed(client, path, near is not None).text


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/entry/techniques/poachin", "Poaching"),
        ("/entry/poaching", "Poaching"),
        ("/entry/techniques/p-oaching", "Poaching"),
        ("/entry/technique/zorbital", None),
        ("/entry/paoching", "Poaching"),
    ],
)
def test_a_page_is_named_whose_id_is_nearly_so(
    kitchen: TestClient, path: str, near: str | None
) -> None:
    seen = missed(kitchen, path, near is not None)
    assert near is None or "/entry/techniques/poaching" in seen.addresses


def test_letters_within_a_name_are_no_name(client: TestClient) -> None:
    addresses = missed(client, "/entry/brea", True).addresses
    assert [one for one in addresses if one.startswith("/entry/")] == ["/entry/react"]


@pytest.fixture
def crates(indexed: Indexed) -> Iterator[TestClient]:
    """Pages whose names have more letters in common with an address than the one that is meant."""
    pages = {
        "guides/crate": "Building and publishing a crate",
        "concepts/indexes": "Crate indexes",
        "guides/old/crates": "Crates of old",
    }
    entries = tuple(
        Entry(own_id, name, "c", (Section("text", f"All on {name}."),), url="https://x/")
        for own_id, name in pages.items()
    )
    root = indexed(KnowledgeBase(entries, (Category("c", "C", 0),)))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        yield client


@pytest.mark.parametrize("path", ["/entry/guides/crat", "/entry/guide/crate", "/entry/old/crate"])
def test_pages_whose_ids_are_most_like_an_address_come_first(crates: TestClient, path: str) -> None:
    near = [one for one in missed(crates, path, True).addresses if one.startswith("/entry/")]
    assert near[0] == "/entry/guides/crate"


def test_the_path_of_a_published_page_leads_to_it(crates: TestClient) -> None:
    for path in ("/guides/crate", "/guides/crate/"):
        assert "/entry/guides/crate" in missed(crates, path, True).addresses
    missed(crates, "/guides/crat", False)


def test_an_address_that_ends_as_several_ids_do_is_told_by_its_folder(indexed: Indexed) -> None:
    ids = ("bread/index", "index", "sweets/index")
    entries = tuple(
        Entry(id, id.title(), "c", (Section("text", f"All on {id}."),), url="https://x/")
        for id in ids
    )
    root = indexed(KnowledgeBase(entries, (Category("c", "C", 0),)))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        seen = Page(client.get("/entry/sweits/index").text)
    near = [one for one in seen.addresses if one.startswith("/entry/")]
    assert near[0] == "/entry/sweets/index"


@pytest.mark.parametrize(
    ("query", "meant"),
    [("vineger", "Poaching"), ("curdels", "Crème brûlée"), ("fimgers", "fingers")],
)
def test_the_filter_tells_what_texts_and_headings_say_where_no_name_does(
    kitchen: TestClient, query: str, meant: str
) -> None:
    assert f"Did you mean {meant} ?" in page_at(kitchen, f"/browse?q={query}").text


@pytest.mark.parametrize(
    ("query", "meant"),
    [("urlub", "Urlaub"), ("Urlub beantragn", "Urlaub beantragen"), ("beantragn", "beantragen")],
)
def test_what_may_be_meant_is_written_as_the_texts_write_it(
    indexed: Indexed, tmp_path: Path, query: str, meant: str
) -> None:
    said = (
        "Wer Urlaub nehmen möchte, kann ihn jederzeit beantragen. Urlaub zu beantragen ist leicht."
    )
    page = f"# Team\n\n## Urlaub beantragen\n\n{said}\n"
    texts = {"entrywise.toml": 'language = "de"\n', "team.md": page}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    root = indexed(read_knowledge_base(tmp_path))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        assert f"Meinten Sie {meant} ?" in page_at(client, f"/browse?q={quote_plus(query)}").text


def test_a_page_offers_questions_that_are_written_as_such(
    knowledge_base: KnowledgeBase, indexed: Indexed
) -> None:
    asked = ("which one is smaller", "small vs large heads", "Why are heads shared?")
    gqa = replace(knowledge_base["gqa"], questions=asked)
    root = indexed(replace(knowledge_base, entries=(gqa,), asked=()))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        seen = page_at(client, "/entry/gqa").text
    assert seen.index("Why are heads shared?") < seen.index("Which one is smaller")


@pytest.mark.parametrize("name", ["GQA", "Grouped-Query Attention", "grouped-query attention"])
def test_the_name_of_an_entry_leads_to_it(client: TestClient, name: str) -> None:
    response = client.get(f"/entry/{name}", follow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (307, "/entry/gqa")


@pytest.fixture(scope="module")
def xylo(indexed: Indexed) -> Iterator[TestClient]:
    """A knowledge base of one entry, which has formulas and stands on another site."""
    section = Section("text", "Xylo is it. It makes the cache 8$\\times$ smaller.")
    url = "https://x.org/xylo"
    entry = Entry("x", "Xylo", "a", (section,), expansion="Xylo of $h^2$", url=url)
    root = indexed(KnowledgeBase((entry,), identity=Identity(title="one")))
    assistant = Assistant(Index(root), threshold=0.0)
    with assistant, TestClient(create_app(assistant)) as client:
        yield client


@pytest.mark.parametrize(("query", "left"), [("×", 1), ("h²", 1), ("times", 0), ("$", 0)])
def test_browse_finds_a_formula_by_what_is_shown_of_it(
    xylo: TestClient, query: str, left: int
) -> None:
    assert hidden(xylo.get("/browse", params={"q": query}).text) == 1 - left


def test_browse_has_every_entry_below_its_category(client: TestClient) -> None:
    text = page_at(client, "/browse").text
    order = [text.rindex(name) for name in ("Attention 2 GQA", "MLA", "Training 4 LoRA", "bf16 /")]
    assert order == sorted(order)


def test_browse_has_every_entry_below_its_initial(client: TestClient) -> None:
    seen = page_at(client, "/browse?by=name").text
    order = [seen.rindex(name) for name in ("B 1 bf16", "G 1 GQA", "L 1 LoRA", "M 1 MLA")]
    assert order == sorted(order)
    html = client.get("/browse?by=name&q=attention").text
    assert hidden(html) == 4
    assert 'href="/browse?by=category&amp;q=attention"' in html
    assert client.get("/browse?by=size").status_code == 422


def test_a_marked_section_keeps_every_character() -> None:
    section = Section("text", "Heads share keys.")
    assert marked(section, 6, 11) == MarkedSection("text", "Heads ", "share", " keys.")
    assert marked(section, 11, 6) == MarkedSection("text", "Heads share", "", " keys.")
    assert marked(section, 90, 99) == MarkedSection("text", "Heads share keys.", "", "")


def test_a_quote_that_runs_over_paragraphs_is_marked_in_each() -> None:
    section = Section("text", "Heads share keys. Llama does. So do others.", tells=((18, "use"),))
    first, second = paragraphs(section, 6, 23, {"use": "Users"})
    assert first == MarkedSection("text", "Heads ", "share keys.", "")
    assert second == MarkedSection("text", "", "Llama", " does. So do others.", "Users")
    assert paragraphs(section, 0, 5, {})[1].after == "Llama does. So do others."


HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} \"x\" 'y' <b>"


@pytest.fixture(scope="module")
def hostile(indexed: Indexed) -> Iterator[TestClient]:
    """An index whose every field tries to be more than text."""
    entry = Entry(
        id="a/b c?#<i>",
        name=f"Zorbital {HOSTILE}",
        expansion=HOSTILE,
        category="<u> c",
        sections=(Section(f"s {HOSTILE}", f"A zorbital is {HOSTILE}."),),
        aliases=(f"zorbital {HOSTILE}",),
        questions=(f"what is a zorbital {HOSTILE}",),
        related=("a/b c?#<i>",),
        seen_in=(HOSTILE,),
        papers=(Paper(HOSTILE, HOSTILE, HOSTILE, '"><script>'),),
        sources=("javascript:alert(1)",),
        resources=(Resource("Home", "javascript:alert(1)"), Resource("Data", "data:text/html,x")),
        confidence=HOSTILE,
        verified_date=HOSTILE,
        url="javascript:alert(1)",
    )
    root = indexed(KnowledgeBase((entry,), identity=Identity(title=HOSTILE)))
    assistant = Assistant(Index(root), threshold=0.0)
    with assistant, TestClient(create_app(assistant)) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/browse?q=<script>",
        "/?q=what+is+a+zorbital",
        "/entry/a/b%20c%3F%23%3Ci%3E",
        "/?q=<script>",
        "/compare?a=a/b+c%3F%23%3Ci%3E&b=<script>",
        "/map?lit=a/b+c%3F%23%3Ci%3E",
    ],
)
def test_what_a_knowledge_base_holds_stays_text(hostile: TestClient, path: str) -> None:
    seen = page_at(hostile, path)
    assert not {"b", "i", "u"} & set(seen.tags)
    assert all(src and src.startswith("/static/") for src in seen.scripts)
    assert "49" not in seen.text
    for address in seen.addresses:
        # That of the page itself is whole.
        assert urlsplit(address.removeprefix("http://testserver")).scheme in ("", "https"), address


def test_an_entry_with_an_odd_id_is_found_from_where_it_is_listed(hostile: TestClient) -> None:
    (address,) = (a for a in page_at(hostile, "/browse").addresses if a.startswith("/entry/"))
    assert HOSTILE.split() == page_at(hostile, address).text.split("Seen in ")[1].split()[:9]
    assert hostile.get(address.replace("/entry/", "/api/entries/")).json()["id"] == "a/b c?#<i>"


def test_an_entry_of_another_site_links_there(xylo: TestClient) -> None:
    assert "https://x.org/xylo" in page_at(xylo, "/entry/x").addresses
    assert "https://x.org/xylo" in page_at(xylo, "/?q=what+is+Xylo").addresses
    assert "Explain Xylo" in page_at(xylo, "/").text
