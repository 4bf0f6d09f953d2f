from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, Section
from entrywise.index.index import Index
from entrywise.web.served.markdown import entry_markdown


def address(entry: Entry) -> str:
    return f"https://example.org/{entry.id}.md"


def test_an_entry_as_markdown_has_its_fields_and_its_formulas_as_they_stand(
    small_index: Index,
) -> None:
    gqa, mla = small_index.entry("gqa"), small_index.entry("mla")
    assert entry_markdown(gqa, [mla], address) == (
        "# GQA\n\n*Grouped-Query Attention*\n\n"
        "## Oneliner\n\nSeveral query heads share one key head and one value head.\n\n"
        "## Explanation\n\nGQA lies between multi-head attention and MQA. With $g = 8$ groups, "
        "e.g. in Llama 3 70B, the KV cache is 8$\\times$ smaller. Quality stays close to that of "
        "full multi-head attention.\n\n"
        "## Facts\n\n- Id: gqa\n- Category: attention\n"
        "- Also called: grouped query attention, grouped-query attn\n- Seen in: model-config\n"
        "- Verified: 2026-04-10\n- Confidence: high\n\n"
        "## Papers and further reading\n\n"
        "- GQA: Training Generalized Multi-Query Transformer Models, Ainslie et al., EMNLP 2023, "
        "https://arxiv.org/abs/2305.13245\n"
        "- https://arxiv.org/abs/2305.13245\n- The paper: https://arxiv.org/abs/2305.13245\n\n"
        "## Related\n\n- [MLA](https://example.org/mla.md): "
        "Keys and values are kept as one small latent vector per token.\n"
    )


def test_a_name_does_not_break_its_heading() -> None:
    entry = Entry("x", "X [1]\n## Y", "c", (Section("text", "Two\nlines."),))
    page = entry_markdown(entry, [], address)
    assert page.startswith("# X [1] \\#\\# Y\n\n## Text\n\nTwo\nlines.")


def test_a_document_is_markdown_that_most_readers_know() -> None:
    text = (
        "export const a = 1;\n\n<Tab label='Mac'>\n    Drag it.\n</Tab>\n\n"
        ":::tip\nWait.\n:::\n\n<table><tr><th>A<th>B<tr><td>1<td>2</table>"
    )
    (section,) = read_page(text, is_mdx=True).sections
    page = entry_markdown(Entry("x", "X", "c", (section,)), [], address)
    said = page.partition("\n\n## Facts")[0].removeprefix("# X\n\n")
    assert said == ("**Mac**\nDrag it.\n\n\n> [!TIP]\n> Wait.\n\n\n| A | B |\n|---|---|\n| 1 | 2 |")


def test_a_link_has_its_address_where_that_stands_below_another_heading() -> None:
    text = "See [the map].\n\n## Links\n\n[the map]: https://a.b/m"
    page = entry_markdown(Entry("x", "X", "c", read_page(text).sections), [], address)
    said = page.partition("\n\n## Facts")[0].removeprefix("# X\n\n")
    assert said == "See [the map](https://a.b/m)."


def test_every_entry_is_served_as_markdown_where_the_list_says(client: TestClient) -> None:
    listed = client.get("/llms.txt")
    assert listed.headers["content-type"] == "text/plain; charset=utf-8"
    addresses = [line.split("](")[1].split(")")[0] for line in listed.text.split("\n- ")[1:]]
    assert len(addresses) == 6
    for place in addresses:
        response = client.get(place)
        assert response.headers["content-type"] == "text/markdown; charset=utf-8"
        assert response.text.startswith("# ")


@pytest.mark.parametrize("path", ["/entry/.md", "/entry/nope.md", "/entry/gqa.md.md"])
def test_markdown_of_no_entry_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
