"""What a page says of itself to those who show a link to it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from web.site.test_drawing import pixels

from entrywise.web.site.head import LONGEST, opening


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("de", "Es dauert z. B. vom 3. bis zum 5. Tag, was nicht lang ist."),
        ("ja", "入社六か月後に年次有給休暇が10日付与されます。"),
        ("en", "Use a cache, e.g. Redis, where it pays."),
    ],
)
def test_a_summary_ends_with_a_sentence_of_its_language(language: str, first: str) -> None:
    rest = "その後は毎年増え" * 20 if language == "ja" else " And so it goes on" * 20
    assert opening(f"{first}{rest}.", 70, language) == first


class Head(HTMLParser):
    """What the head of a page says: of `<meta>` by its name, of `<link>` by its relation."""

    def __init__(self, client: TestClient, path: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.feed(client.get(path).text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or ""
            self.said.setdefault(name, values.get("content", ""))
        elif tag == "link":
            self.said.setdefault(values["rel"], values["href"])


def test_an_answer_unfurls_with_its_question_and_its_first_sentence(client: TestClient) -> None:
    head = Head(client, "/?q=what+is+GQA%3F&history=what+is+MLA%3F").said
    assert head["og:title"] == "what is GQA?"
    assert head["og:description"].startswith("GQA lies between")
    assert head["og:description"] == head["description"]
    assert head["canonical"] == head["og:url"]
    assert head["canonical"] == "http://testserver/?q=what+is+GQA%3F&history=what+is+MLA%3F"
    picture = client.get(head["og:image"])
    assert picture.headers["content-type"] == "image/png"


def test_a_comparison_unfurls_with_what_it_compares(client: TestClient) -> None:
    two = Head(client, "/compare?a=gqa&b=mla").said
    assert two["og:title"] == "GQA and MLA"
    assert two["og:description"].startswith("GQA ")
    assert two["og:description"] == two["description"]
    assert "q=Difference+between+GQA+and+MLA" in two["og:image"]
    assert client.get(two["og:image"]).headers["content-type"] == "image/png"
    three = Head(client, "/compare?a=gqa&b=mla&c=lora").said
    assert three["og:description"] == "GQA, MLA and LoRA, side by side."
    nothing = Head(client, "/compare").said
    assert nothing["og:description"] == Head(client, "/map").said["og:description"]


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/entry/gqa?section=oneliner&start=0&end=5", "/entry/gqa"),
        ("/compare?b=gqa&d=MLA", "/compare?a=gqa&b=mla"),
        ("/map?lit=gqa", "/map"),
        ("/browse?q=heads", "/browse"),
    ],
)
def test_a_page_has_one_address_whatever_it_shows_of_itself(
    client: TestClient, path: str, canonical: str
) -> None:
    assert Head(client, path).said["canonical"] == f"http://testserver{canonical}"


def test_a_map_that_is_kept_has_the_address_of_who_asks(client: TestClient) -> None:
    for host in ("one.example", "two.example"):
        page = client.get("/map", headers={"Host": host}).text
        assert f'<link rel="canonical" href="http://{host}/map">' in page


def test_a_page_that_is_none_has_no_address(client: TestClient) -> None:
    head = Head(client, "/nowhere").said
    assert "canonical" not in head
    assert head["robots"] == "noindex"


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("/", ""),
        ("/browse", ""),
        ("/entry/gqa", "?entry=gqa"),
        ("/?q=what+is+GQA%3F&history=MLA", "?q=what+is+GQA%3F&history=MLA"),
    ],
)
def test_a_page_has_a_picture_of_what_it_says(client: TestClient, path: str, card: str) -> None:
    head = Head(client, path).said
    assert head["og:image"] == f"http://testserver/card.png{card}"
    picture = pixels(client.get(head["og:image"]).content)
    height, width = int(head["og:image:height"]), int(head["og:image:width"])
    assert picture.shape[:2] == (height, width)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One. Two.", "One. Two."),
        (f"One. {'w' * LONGEST}", "One."),
        (f"{'word ' * 60}", f"{('word ' * 39)}…"),
        ("w" * 300, f"{'w' * (LONGEST - 2)} …"),
        (r"It takes $n^2$ steps.", "It takes n² steps."),
    ],
)
def test_a_description_is_whole_sentences_that_fit(text: str, shown: str) -> None:
    assert opening(text) == shown
    assert len(opening(text)) <= LONGEST
