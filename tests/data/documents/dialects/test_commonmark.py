from __future__ import annotations

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.dialects.commonmark import commonmark_lines, to_commonmark
from entrywise.data.documents.sections import read_page

MARKUP = st.lists(
    st.sampled_from(
        [
            *("!!! note", '??? tip "A title"', '=== "Linux"', "::: warning", ":::", "> [!NOTE]"),
            *("/// tip", "///", "//// tab | A", "////"),
            *("```", "~~~", "    ", "  ", "- ", "text", "\n", "\n\n", "<!--", "-->", "`", "{/*"),
            *("```{toctree}\n", "```{code} py\n:a: b\n", "{class}`x`", "{ref}`a <b>`"),
            *("{{< a >}}", "{{< /a >}}", "{% highlight x %}\n", "{% endhighlight %}\n", "{% b %}"),
            *("[[c|d]]", "==e==", "%% f %%", " ^abc\n"),
            *("*/}", "<Tab>", "</Tab>", "import x", "[^1]: a", "| a |", "#", " "),
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('!!! note "Before"\n    Charge it.', "**Before**\nCharge it."),
        ("??? tip\n    Rest.\n\nAfter.", "\nRest.\n\nAfter."),
        ("Rest.\\\nCharge it.\\\n\n- In C:\\boats\\", "Rest.\\\nCharge it.\n\n- In C:\\boats\\"),
        ("☐ Oars\\\n☑ Sail\\", "- [ ] Oars\n- [x] Sail"),
        ("???+ tip\n    Rest.", "\nRest."),
        (
            '=== "Linux"\n\n    Do.\n\n=== "Mac"\n\n    Do not.',
            "**Linux**\n\nDo.\n\n**Mac**\n\nDo not.",
        ),
        ("::: warning Mind this\nHot.\n:::", "**Mind this**\nHot.\n"),
        (":::note[Mind *this*]\nHot.\n:::", "**Mind this**\nHot.\n"),
        ("::: {.callout}\nHot.\n:::", "\nHot.\n"),
        ("/// tip | Mind\n\nHot.\n\n///\nAfter.", "**Mind**\n\nHot.\n\n\nAfter."),
        ("//// tab | A\n/// note\nB.\n///\n////", "**A**\n\nB.\n\n"),
        ("## Using hooks {/*hooks*/}\n{/* x */}", "## Using hooks {#hooks}\n"),
        ("## Using hooks {/* #hooks */}", "## Using hooks {#hooks}"),
        ("{/* <!-- x --> */}\nA.", "\nA."),
        ("`{/* x */}` <!-- {/* y */} -->", "`{/* x */}` "),
        ("> [!WARNING]\n> Hot.", "> \n> Hot."),
        ("!> Hot.\n\n?> Rest.\n?>", "Hot.\n\nRest.\n?>"),
        ("~> hot\n\n-> **Rest** it.\n\n-> see below", "hot\n\n**Rest** it.\n\n-> see below"),
        ("A | B | C\n:- | :-\n1 | 2 | 3", "A | B | C\n|---|---|---|\n1 | 2 | 3"),
        ("A | B\n:- | :-\n1 | 2", "A | B\n:- | :-\n1 | 2"),
        ("A\n:- | :-\n1 | 2", "A\n:- | :-\n1 | 2"),
        ("# [Linux](#tab/linux)\nDo.\n# [A](b.md)", "**Linux**\nDo.\n# [A](b.md)"),
        ("> [!VIDEO https://a.b/c?d=e]\n\nSee it.", "> \n\nSee it."),
        (
            ':::row:::\n  :::column span="2":::\n::: moniker range="a"\n:::row-end:::',
            "\n  \n\n",
        ),
        (':::image type="a" source="b.png" alt-text="A map":::', "![A map](b.png)"),
        ('> [!div class="next"]\n> [Go](a.md)', "> \n> [Go](a.md)"),
        ("> [!TIP] Mind\n> Hot.", "> **Mind**\n> Hot."),
        ('<img src="a.png" alt="A map">', "![A map](a.png)"),
        (
            "Text <img src='a (1).png'/>, `<img src=\"b.png\">`",
            'Text ![](a%20%281%29.png), `<img src="b.png">`',
        ),
        ('<p align="center"><img alt="[A]" src="/a.png"></p>', "![A](/a.png)"),
        (
            '- a\n\n  <img\n    style={{b: "c"}}\n    src="a.png"\n  />\n- d',
            "- a\n\n  ![](a.png)\n\n\n\n- d",
        ),
        ('<img src="https://a.b/c.png" alt="d">\n<img src={e}/>', "\n"),
        (
            'Text <img src="https://a.b/c.png" alt="d">',
            'Text <img src="https://a.b/c.png" alt="d">',
        ),
        ('```\n<img src="a.png">\n```', '```\n<img src="a.png">\n```'),
        ('<Tabs groupId="os" values={[{a: 1}, {b: 2}]}>\nx\n</Tabs>', "\nx\n"),
        ("It floats.[^12] See[^2]: it.", "It floats.¹² See²: it."),
        ("[^1]: A note.\n[^a]: b[^2]", "¹ A note.\n\n\\[a] b²"),
        ("[^1]: https://a.b", "¹ https://a.b"),
        ("- [ ] It floats[^ship], *so*[^note-2].", "- [ ] It floats\\[ship], *so*\\[note-2]."),
        ("Not a[^a-z], b[^abc]+ or [^abc].", "Not a[^a-z], b[^abc]+ or [^abc]."),
        ("`[^1]`, \\[^1], [^a-z], [^0-9], [^]", "`[^1]`, \\[^1], [^a-z], [^0-9], [^]"),
        ("    x = '<img src=\"a.png\">'", "    x = '<img src=\"a.png\">'"),
        ("```\n[^1]\n```", "```\n[^1]\n```"),
        ("<details>\n<summary>More</summary>\nText.\n</details>", "**More**\n\nText."),
        (
            '<table class="a">\n  <tr>\n    <th>b</th>\n    <td>c</td>\n  </tr>\n</table>',
            "|  |  |\n|---|---|\n| b | c |",
        ),
        ('- a\n\n  <ul\n    id="b"\n  >\n    <li>c</li>\n  </ul>', "- a\n\n  - c"),
        (f"<A b={{{{ c: d('{300 * 'e'}') }}}} />\nf", "\nf"),
        ('!!! a\n    !!! b "B"\n        Deep.\n    Out.', "\n**B**\nDeep.\nOut."),
        ("- item\n\n    !!! note\n        In it.", "- item\n\n    \n    In it."),
        ('Restart it:\n=== "Linux"\n    Do so.', "Restart it:\n\n**Linux**\nDo so."),
        ("!!! a\n\tOne.\n\n\tTwo.", "\nOne.\n\nTwo."),
        ("Use {class}`~a.B`, {py:meth}`c`, {ref}`d <e>`.", "Use `B`, `c()`, d."),
        ("{class}`~` and {class}`a`", " and `a`"),
        ("{math}`x^2` and `` {ref}`f` ``", "$x^2$ and `` {ref}`f` ``"),
        ("```{code-block} python\n:caption: a.py\n\nx = 1\n```", "```python\n\n\nx = 1\n```"),
        ("> ```{code} sh\n> :a: b\n> ```", "> ```sh\n> :a: b\n> ```"),
        ("```{note}\nMind **it**.\n```\nA.", "\nMind **it**.\n\nA."),
        (
            "````{admonition} Mind\n:class: tip\n```{code} py\nx\n```\n````\nA.",
            "**Mind**\n\n```py\nx\n```\n\nA.",
        ),
        ("- a\n\n  :::{grid} 2\n  b\n  :::", "- a\n\n  \n  b\n"),
        ("```{image} a b.png\n:width: 9\n:alt: A map\n```", "![A map](<a b.png>)\n\n\n"),
        ("```{note}\nThe {term}`b <c>`", "\nThe b"),
        ("```{glossary}\na", "\na"),
        (
            "```{glossary}\n*Lab*\n    A place.\n\nDemo\n  See Lab.\n```\nA\n  b",
            "\n**Lab**\n    A place.\n\n**Demo**\n  See Lab.\n\nA\n  b",
        ),
        ("A.\n\n```{toctree}\n:hidden:\n\na\n```\nB.", "A.\n\n\n\n\n\n\nB."),
    ],
)
def test_what_generators_add_becomes_commonmark(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '```\n!!! note "x"\n    y\n<!-- shown -->\n```',
        "~~~~\n```\n::: x\n~~~\n~~~~",
        "=== is a comparison",
        "/// a comment of a program",
        "```\n/// note\n```",
        "```{toctree}\nnever closed\n```{toctree}",
        "```{eval-rst}\n:a: b\n```",
        "```\n{ref}`x`\n```",
        "\\{ref}`x` {ref} `y`",
        "Use `<!--` to begin a comment, and\n`-->` to end it.",
        "!!!",
        "a <b> c",
        "A:\n\n    <vector> @ <time>\n    <b>c</b>\n\n    {% raw %}\n    !!! note",
        "- a\n\n      <footer>\n      <!-- b -->\n      </footer>",
        "10. a\n\n        <p>b</p>",
        "- a\n  - b\n\n        <p>c</p>",
        "\t<br>\n\n\t\t<img\n\t\tb='c'>",
    ],
)
def test_code_and_prose_stay_as_they_are(text: str) -> None:
    assert to_commonmark(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a <!-- b\nc\nd --> e", "a \n\n e"),
        ("a <!-- b --> c <!-- d --> e", "a  c  e"),
        ("a <!-- never closed", "a \\<!-- never closed"),
        ("<!-- a\n```\nb -->\nc", "\n\n\nc"),
    ],
)
def test_comments_are_left_out(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n    <b>c</b>", "a\n    c"),
        ('- a\n\n    b <img src="c.png">', "- a\n\n    b ![](c.png)"),
        ('a\n\n    b <img src="c.png">', 'a\n\n    b <img src="c.png">'),
        ("<div>\n    <p>a</p>", "\n    a"),
        ("- a\n\n    <p>b</p>", "- a\n\n    b"),
        ("- a\n\n    - b\n\n        <p>c</p>", "- a\n\n    - b\n\n        c"),
        ("[^1]: a\n\n    <p>b</p>", "¹ a\n\nb"),
        ("[^a]: b\n    c\n\n    d\n\n    e", "\\[a] b\nc\n\nd\n\ne"),
        ("[^1]: a\n[^2]: b\n\n    c\n\nd\n\n    e", "¹ a\n\n² b\n\nc\n\nd\n\n    e"),
        ("[^1]: a\n\n        <p>b</p>", "¹ a\n\n    <p>b</p>"),
        (":   a\n\n    <p>b</p>", "a\n\nb"),
        ("- a\n\nb\n\n      <p>c</p>", "- a\n\nb\n\n      <p>c</p>"),
        ("    <br>\na\n    <p>b</p>", "    <br>\na\n    b"),
        ("<Tab>\n\n    <Item>\n\n    a", "\n\n    \n\n    a"),
        ("<!-- a\n\n    b\n-->c", "\n\n\nc"),
        ("!!! a\n\n    <p>b</p>", "\n\nb"),
        ("!!! a\n\n        <p>b</p>", "\n\n    <p>b</p>"),
    ],
)
def test_what_is_indented_is_code_behind_an_empty_line_beyond_its_list(
    text: str, expected: str
) -> None:
    assert to_commonmark(text) == expected


def test_mdx_knows_no_indented_code() -> None:
    assert to_commonmark("    <b>a</b>", is_mdx=True) == "   a"
    assert to_commonmark("    <b>a</b>") == "    <b>a</b>"
    # What a component holds stands no deeper than it, however deep that is.
    deep = "<A>\n# B\n      <B>\n        <C>\n          Text.\n\n          <b>More.</b>\n"
    assert to_commonmark(deep, is_mdx=True).split("\n")[4:] == ["   Text.", "", "   More.", ""]


def test_mdx_loses_its_modules_and_comments() -> None:
    text = 'import A from "a"\nexport const b = 1\n{/* no */}\n<A b={1}>\nText.\n</A>'
    assert to_commonmark(text, is_mdx=True) == "\n\n\n\nText.\n"
    assert to_commonmark("import a") == "import a"
    assert to_commonmark("# A {/*b*/}\n{/* c */}", is_mdx=True) == "# A {#b}\n"


@given(st.one_of(MARKUP, st.text()), st.booleans())
def test_each_line_knows_the_line_that_it_was(text: str, is_mdx: bool) -> None:
    lines = commonmark_lines(text, is_mdx=is_mdx)
    places = [place for line in lines for place in line[1:3]]
    assert places == sorted(places)
    said = {text[line.start : line.end] for line in lines}
    assert set(text.split("\n")) <= said | {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<Listing number="1"\n  caption="a `Box<T>`">\nText.\n</Listing>', "\n\nText.\n"),
        ("<Tabs items={['a', 'b']}>\nText.", "\nText."),
        ("<script setup>\nimport a\n</script>\nText.", "\n\n\nText."),
        ("Put it in <script> or </script>.", "Put it in <script> or </script>."),
        ("<style>\nopen", "\nopen"),
        ('```\n<a\nb="c">\n```', '```\n<a\nb="c">\n```'),
        ('<a\nb="c"', '<a\nb="c"'),
        ("<a\nb c> d", "<a\nb c> d"),
    ],
)
def test_a_tag_on_lines_of_its_own_is_not_read(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "{a}`",
            "```{toctree}\n",
            "` `` ``` ```` {b}`c` ",
            '<a b="\n',
            "<a b c d e f\n",
            "<a b='>",
        ),
        *("{{< a ", '{% b " ', "{: ", "[[c ", "[[d|", "==e ", "==", " ^abc", "%% "),
    ],
)
def test_time_grows_linearly_with_hostile_markup(unit: str) -> None:
    line = (unit * 500)[:1_900]
    assert grows_linearly(lambda lines: to_commonmark("\n".join([line] * lines)), 160)


@pytest.mark.parametrize(
    "line",
    [
        "<https://example.org> says so.",
        "<mailto:harbour@example.org>",
        "Monday • Tuesday, ☐ or ☑",
        "| ☑ yes | • no |",
    ],
)
def test_addresses_are_no_tags_and_signs_within_a_line_no_items(line: str) -> None:
    assert to_commonmark(line) == line


@pytest.mark.parametrize("unit", ["> ", " ", "\t", "<a:"])
def test_time_grows_linearly_with_what_a_line_begins_with(unit: str) -> None:
    assert grows_linearly(lambda count: to_commonmark(f"a{unit * count}b"), 8_000)
    assert grows_linearly(lambda count: to_commonmark(f"{unit * count}b"), 8_000)


def test_typed_bullets_are_items_and_stay_what_is_quoted() -> None:
    text = "You need:\n• gloves\n  ◦ warm ones\n☐ paid\n☑ packed\n\n    • code"
    assert to_commonmark(text) == (
        "You need:\n- gloves\n  - warm ones\n- [ ] paid\n- [x] packed\n\n    • code"
    )
    page = read_page(f"# A\n\n{text}")
    (section,) = page.sections
    quotes = [section.text[block.start : block.end] for block in section.blocks]
    assert quotes[1:5] == ["• gloves", "◦ warm ones", "☐ paid", "☑ packed"]
