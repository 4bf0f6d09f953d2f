from __future__ import annotations

from collections import Counter

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import read_page

PAGE = """<!doctype html><html><head><title>Leave – Acme</title>
<link rel="canonical" href="https://a.b/leave/"></head><body>
<header>Acme</header><nav>Menu</nav><aside>Ads</aside>
<p>Some text outside.</p><script>run()</script><style>p {}</style><footer>Imprint</footer>
</body></html>"""


def markdown(html: str, **options: bool) -> str:
    return from_html(html, first_row_is_header=options.get("headed", False)).markdown


def test_a_page_without_a_main_part_is_its_body_without_what_is_around() -> None:
    page = from_html(PAGE)
    assert (page.title, page.address) == ("Leave – Acme", "https://a.b/leave/")
    assert page.markdown == "Some text outside."


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p><main><header>Top</header><p>In.</p><nav>n</nav><footer>f</footer></main>",
        "<div role='main'><header>Top</header>In.</div><p>x</p>",
        "<p>x</p><article><header>Top</header>In.</article>",
        "<main>Side <article>Top<p>In.</article></main>",
        "<p>x</p><div id='main-content'><header>Top</header>In.</div>",
        "<a id='main-content'></a><p>Top</p><p>In.</p>",
        "<div id='main-content'></div><p>Top</p><p>In.</p>",
        "<div role=banner>b</div>Top<p>In.<div role=complementary>c</div><div role=contentinfo>f",
        "<main><div role=banner>Top</div><p>In.<div role=contentinfo>f</div></main>",
        "Top<p>In.<div role=dialog>Cookies?</div><p style='color: red; DISPLAY:none'>h",
        "<div role=tabpanel hidden>Top</div><p hidden=until-found>In.<p style=visibility:hidden>h",
        "<main>Top<p>In.<p hidden>h<p aria-hidden='true'>a<p role=navigation>n</main>",
    ],
)
def test_the_main_part_is_what_counts(html: str) -> None:
    assert markdown(html) == "Top\n\nIn."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('The relay.<img src="a.png" alt="Robot">It', "The relay. ![Robot](a.png) It"),
        ('<b>On</b><a href="b"><img src="a.png" alt="R"></a>.', "**On** [![R](a.png)](b)."),
        ('<h2 id="days">Days <a class="headerlink" href="#days">¶</a></h2>', "## Days {#days}"),
        ('<section id="s"><h2>Days</h2></section>', "## Days {#s}"),
        ('<h3><a name="n"></a>Days</h3>', "### Days {#n}"),
        ("<b>a </b><i>b</i> <code>c|`d</code>", "**a** *b* ``c|`d``"),
        ('<a href="b.html#c">b</a> <a href="javascript:x">c</a>', "[b](b.html#c) c"),
        ('<img src="a.png" alt="A cat"><img src="b.png">', "![A cat](a.png)"),
        ("one<br>two", "one\\\ntwo"),
        ("<ul><li>a<ul><li>b</ul><li><p>c</ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li>a<li>b<pre>x</pre></ol>", "3. a\n\n4. b\n\n   ```\n   x\n   ```"),
        ('<pre><code class="language-py">a  b\n c</code></pre>', "```py\na  b\n c\n```"),
        (
            '<div class="highlight-toml"><div class="highlight"><pre>a</pre></div></div>',
            "```toml\na\n```",
        ),
        ("<dl><dt>Term<dd>Means <p>much.</dl>", "**Term**\n\nMeans\n\nmuch."),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<details><summary>More</summary>Text.</details>", "**More**\n\nText."),
        ("<span><div>a</div>b</span>", "a\n\nb"),
        ('<div class="admonition-title">Note</div>Mind.', "Mind."),
        (
            '<div class="admonition tip"><p class="admonition-title">Tip</p><p>Mind.</p></div>',
            "!!! tip\n\n    Mind.",
        ),
        ('<ul><li><div class="admonition tip">Mind.</div></li></ul>', "- Mind."),
        ('<div class="admonition own">Mind.</div>', "Mind."),
        ('<p class="admonition-title">Before you start</p>Mind.', "**Before you start**\n\nMind."),
    ],
)
def test_elements_become_markdown(html: str, expected: str) -> None:
    assert markdown(f"<main>{html}</main>") == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<tr><th>A<th>B|<tr><td rowspan=2>1<td>2<tr><td><code>x|y</code>",
            "| A | B\\| |\n|---|---|\n| 1 | 2 |\n| 1 | `x\\|y` |",
        ),
        (
            "<thead><tr><td>A<td>B</thead><tbody><tr><td>1<td><p>2<p>3",
            "| A | B |\n|---|---|\n| 1 | 2 3 |",
        ),
        (
            "<caption>C</caption><tr><th>A<th>B<tr><td>1<td>2",
            "**C**\n\n| A | B |\n|---|---|\n| 1 | 2 |",
        ),
        ("<tr><td>A<td>B", "|  |  |\n|---|---|\n| A | B |"),
        (
            "<tr><td><b>A</b><td><p><b>B</b></p><tr><td>1<td>2",
            "| **A** | **B** |\n|---|---|\n| 1 | 2 |",
        ),
        ("<tr><td>one<tr><td>two", "one\n\ntwo"),
        (
            "<tr><td><table><tr><th>A<th>B<tr><td>1<td>2</table><td>x",
            "| A | B |\n|---|---|\n| 1 | 2 |\n\nx",
        ),
        (
            "<thead><tr><th>Who<th>Duties<tbody><tr><td>Warden<td><ul><li>exits<li>calls</ul>",
            "| Who | Duties |\n|---|---|\n| Warden | • exits • calls |",
        ),
        (
            "<tr><th>Do<th>How<tr><td><h3>Undo</h3><td>Run:<pre>cd x\nls | wc</pre><ol><li>b</ol>",
            "| Do | How |\n|---|---|\n| Undo | Run: `cd x` `ls \\| wc` 1. b |",
        ),
        (
            "<tr><th>A<th>B<tr><td>1<td>x<table><tr><td>2<td>3<tr><td>4<td>5</table>y",
            "| A | B |\n|---|---|\n| 1 | x 2, 3; 4, 5 y |",
        ),
        (
            "<tr><td>Warden<td><ul><li>exits</ul><tr><td>Aider<td>treats",
            "|  |  |\n|---|---|\n| Warden | • exits |\n| Aider | treats |",
        ),
        ("<tr><td><ul><li>menu</ul><td>Text.", "- menu\n\nText."),
        ("<tr><td>menu<td>x<tr><td>y<td><h2>Head</h2>Text.", "menu\n\nx\n\ny\n\n## Head\n\nText."),
    ],
)
def test_tables_are_tables_unless_they_lay_out_a_page(html: str, expected: str) -> None:
    assert markdown(f"<table>{html}</table>") == expected


def test_a_table_that_says_so_lays_out_a_page() -> None:
    assert markdown("<table role=presentation><tr><th>a<th>b</table>") == "a\n\nb"


def test_code_with_numbers_of_lines_is_code() -> None:
    html = (
        '<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre>'
        '<td class="code"><div><pre>a\nb</pre></div></table>'
    )
    assert markdown(html) == "```\na\nb\n```"


def test_the_first_row_is_a_header_where_the_caller_says_so() -> None:
    html = "<table><tr><td>A<td>B<tr><td>1<td>2</table>"
    assert markdown(html, headed=True).startswith("| A | B |\n|---|---|\n| 1")


def test_links_are_whole_where_the_page_has_an_address() -> None:
    page = from_html('<a href="../b">b</a><img alt=c src="/c.png">', base="https://a.b/x/y/")
    assert page.markdown == "[b](https://a.b/x/b) ![c](https://a.b/c.png)"


def test_what_looks_like_markdown_stays_text() -> None:
    (section,) = read_page(
        markdown("<p># 3 * 4 * 5 [a](b) &lt;b&gt; _c_<p>- 3<p>!!! note")
    ).sections
    assert [block.plain for block in section.blocks] == [
        "# 3 * 4 * 5 [a](b) <b> _c_",
        "- 3",
        "!!! note",
    ]


@given(
    st.text(max_size=300),
    st.lists(st.sampled_from("<p> <b> </b> <ul> <li> <td> <table> <tr> a & < </p> <pre>".split())),
)
def test_anything_can_be_read(text: str, tags: list[str]) -> None:
    read_page(from_html(text + "".join(tags)).markdown)


@pytest.mark.parametrize(
    "around",
    [
        "<div><p>Next: <a href=b rel=next>Oars</a>, Up: <a href=c rel=up>Boats</a></p></div><hr>",
        "<table><tr><td>1. What is a boat?<td>J.6. Style<tr><td><a accesskey=p href=a>Prev</a>"
        "<td><a accesskey=n href=b>Next</a></table>",
        "<p><a rel='prev nofollow' href=a>Older posts</a></p>",
        "<dl><dt><a href='a.html#one'>1. One</a><dt><a href='a.html#two'>2. Two</a></dl>",
        "<ul><li><a href=#one>1. One</a><ul><li><a href=#two>2. Two</a></ul></ul>",
    ],
)
def test_what_only_leads_on_is_left_out(around: str) -> None:
    said = "<h2 id=one>One</h2><p>A boat.</p><h2 id=two>Two</h2><p>Oars.</p>"
    assert markdown(f"{around}{said}{around}") == markdown(said)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Go on <a rel=next href=b>there</a>.", "Go on [there](b)."),
        ("<p>Two oars. <a rel=next href=b>b</a>", "Two oars. [b](b)"),
        ("<div><pre>x</pre><p><a rel=next href=b>b</a></div>", "```\nx\n```"),
        ("<p><a accesskey=n href=b>News</a>", "[News](b)"),
        ("<ul><li><a href=b#one>B</a><li><a href=c#one>C</a></ul>", "- [B](b#one)\n- [C](c#one)"),
        ("<ul><li><a href=#one>B</a>: a boat<li><a href=#one>C</a></ul>", "- [B](#one): a boat"),
    ],
)
def test_links_in_what_a_page_says_stay(html: str, expected: str) -> None:
    assert markdown(f"{html}<h2 id=one>One</h2>").startswith(expected)


LONG = "It is made of oak. " * 50


def test_long_definitions_with_addresses_are_sections() -> None:
    html = (
        "<h2>Settings</h2><div><dl><dt id=size><code>size</code> <b>(number)</b><a href=#size>¶</a>"
        f"<dd><p>{LONG}</p><dl><dt>a<dd>b</dl><dt><a id=hue></a>hue<dt>tint<dd>{LONG}"
        f"<dt id=dump>dump(<i>obj</i>, {'more, ' * 20})<dd>{LONG}</dl></div><h2>More</h2>"
    )
    page = read_page(from_html(html).markdown)
    assert [(one.path[1:], one.anchor) for one in page.sections] == [
        (("size",), "size"),
        (("hue, tint",), "hue"),
        (("dump()",), "dump"),
    ]
    assert page.sections[0].text == f"**`size` (number)**\n\n{LONG.strip()}\n\n**a**\n\nb"
    assert page.sections[2].text.startswith("**dump(*obj*, more, more,")


def test_a_term_that_says_nothing_is_none() -> None:
    terms = "<dt><a name={0}></a><dt><b><a name={0}></a>{0}</b></dt></dt>"
    html = f"<dl>{terms.format('Oar')}<dd>{LONG}{terms.format('Sail')}<dd>{LONG}</dl>"
    assert (
        markdown(html)
        == f"## Oar {{#Oar}}\n\n{LONG.strip()}\n\n## Sail {{#Sail}}\n\n{LONG.strip()}"
    )
    picture = f"<dl><dt><img src=a.png alt=Oar><dt id=b>Row<dd>{LONG}<dt id=c>Sail<dd>{LONG}</dl>"
    assert markdown(picture).startswith("## Row\n\n**![Oar](a.png)**\n\n**Row**")


@pytest.mark.parametrize(
    "html",
    [
        f"<dl><dt>a<dd>{LONG}<dt>b<dd>{LONG}</dl>",
        "<dl><dt id=a>a<dd>An oar.<dt id=b>b<dd>A sail.</dl>",
        f"<ul><li><dl><dt id=a>a<dd>{LONG}<dt id=b>b<dd>{LONG}</dl></ul>",
        f"<dl><dt id=a>a<dd>{LONG}<dt id=b>b<dd>{LONG}</dl><p>{LONG}</p>",
        f"<dl><dt id=a>a<dd>{LONG * 2}</dl>",
    ],
    ids="no-addresses short in-a-list more-behind one".split(),
)
def test_other_definitions_stay_together(html: str) -> None:
    assert "**a**" in markdown(html)
    assert "# " not in markdown(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<div class=note><h3 class=title>Anmerkung</h3><p>Mind.</div>",
            "**Anmerkung**\n\n    Mind.",
        ),
        ("<div class='a tip'><h4>Tip</h4><p>Mind.</div>", "!!! tip\n\n    Mind."),
        ("<div class=note><h3>Boats</h3><p>Mind.</div>", "### Boats\n\nMind."),
        ("<ul><li><div class=note><h3>Note</h3>Mind.</div></ul>", "- Mind."),
    ],
)
def test_a_remark_whose_title_is_a_heading_is_no_section(html: str, expected: str) -> None:
    assert markdown(html).endswith(expected)


def test_a_table_of_one_column_is_a_list() -> None:
    html = "<table><tr><th>Signs<tr><td><p>a<p>One.<tr><td><p>b<p>Two.</table>"
    assert markdown(html) == "**Signs**\n\n- a\n\n  One.\n\n- b\n\n  Two."


def test_stars_of_a_term_are_kept() -> None:
    assert markdown("<dl><dt>dump(<i>*</i>, <b>x</b>)<dd>It.</dl>").startswith("**dump(*\\**, x)**")


# What begins a page, what is repeated and how often, what ends it, and how often each repetition
# shows which signs; those of the end are there once.
HOSTILE: dict[str, tuple[str, str, int, str, dict[str, int]]] = {
    "divs": ("", "<div>", 10_000, "x", {}),
    "bold": ("", "<b>", 10_000, "x", {}),
    "lists": ("", "<ul><li>", 4_000, "x", {}),
    "bare lists": ("", "<ul>", 5_000, "x", {}),
    "unclosed": ("", "<h1>H</h1><p>a<ul/title><body>", 500, "", {"H": 1, "a": 1}),
    "tables": ("", "<table><tr><td>", 2_000, "x", {}),
    "rows": ("<table>", "<tr><td>a<td>b", 4_000, "", {"a": 1, "b": 1}),
    "paragraphs": ("", "<p>a", 8_000, "", {"a": 1}),
    "brackets": ("", "<", 50_000, "", {"<": 1}),
    "headings": ("", "<h2>a</h2>", 4_000, "", {"a": 1}),
    "turns": ("", "<div><a rel=next>", 2_000, "y", {}),
    "next pages": ("", "<p><a rel=next href=c>.</a>y y.", 3_000, "", {"y": 2, "c": 1}),
    "contents": ("", "<ul><li><a id=b href=#b></a>y", 1_000, "", {"y": 1}),
    "definitions": ("", "<dl><dt id=a>x<dd>y", 2_000, "", {"x": 1, "y": 1}),
    "terms": ("", "<dl><dt id=a>x</dl>", 3_000, "", {"x": 1}),
    "openers": (
        "",
        "<button aria-expanded=false>x</button><div hidden>y",
        2_000,
        "",
        {"x": 1, "y": 1},
    ),
    "buttons": ("<h2>", "<button></button>", 3_000, "", {}),
    "folded": ("", "<h2>x</h2><div hidden><b>y</b>", 2_000, "", {"x": 1, "y": 1}),
    "switches": ("<p>", "<i><span hidden>x", 2_000, "", {}),
    "notes": ("<div id=n>", "<a id=r href=#n>1</a><a href=#r>2</a>y", 2_000, "", {"y": 1}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_large_and_odd_pages_are_read_whole_in_linear_time(kind: str) -> None:
    before, unit, most, behind, shown = HOSTILE[kind]

    def read(count: int) -> str:
        return from_html(before + unit * count + behind).markdown

    signs = Counter(read(most))
    said = {sign: count for sign, count in signs.items() if sign.isalpha() or sign == "<"}
    assert said == {sign: count * most for sign, count in shown.items()} | Counter(behind)
    assert grows_linearly(read, most)


def test_lines_of_code_may_end_by_elements() -> None:
    assert markdown("<pre>a<br>  b</pre>") == "```\na\n  b\n```"


def test_ends_of_lines_around_a_text_are_left_out() -> None:
    assert markdown("<p><br>One<br></p><p><b><br>Two</b> 0:08<br>three</p>") == (
        "One\n\n**Two** 0:08\\\nthree"
    )


def test_a_picture_is_told_by_the_first_paragraph_of_its_description() -> None:
    html = '<p>A <img alt="A duck\n\nDescription automatically generated" src=""> here.</p>'
    assert "automatically" not in markdown(html)


@pytest.mark.parametrize("sign", ["✓", "✅", "–", "✔\ufe0f"])
def test_a_sign_is_what_a_cell_says(sign: str) -> None:
    rows = f"<tr><th>Plan</th><th>Login</th></tr><tr><td>Free</td><td> {sign} </td></tr>"
    assert markdown(f"<table>{rows}</table>").endswith(f"| Free | {sign} |")


def test_icons_of_cells_are_left_out() -> None:
    rows = "<tr><th>Plan</th><th>Login</th></tr><tr><td>Free</td><td><i>\uf00c</i></td></tr>"
    assert markdown(f"<table>{rows}</table>").endswith("| Free |  |")


def test_a_paragraph_of_code_with_breaks_is_a_block_of_code() -> None:
    said = markdown("<div><p><code>\n  cd /boats<br>\n  &nbsp; ./row  -f\n</code></p></div>")
    assert said == "```\ncd /boats\n  ./row -f\n```"
    assert markdown("<p>Type <code>a<br>b</code></p>") == "Type `a b`"
    assert markdown("<p><code>a</code></p>") == "`a`"


def test_code_that_is_a_link_leads_where_the_link_does() -> None:
    assert markdown('<code><a href="a.html">Row</a></code>') == "[`Row`](a.html)"
    assert markdown('<code>x = <a href="a.html">Row</a></code>') == "`x = Row`"
    assert markdown('<code><a href="#">Row</a></code>') == "[`Row`](#)"


def test_a_list_whose_items_are_headed_lays_out_a_page() -> None:
    members = "<ul><li><section id=row()><h3>row</h3><p>Goes.</section><li><h3>stop</h3>Rests.</ul>"
    said = markdown(f"<ul><li><!-- x --><section><h2>Methods</h2>{members}</section></ul>")
    assert said == "## Methods\n\n### row {#row()}\n\nGoes.\n\n### stop\n\nRests."
    for item in ("One: <h3>a</h3>", "<div class=note><h3 class=title>Note</h3>a</div>"):
        assert markdown(f"<ul><li>{item}</ul>").startswith("- ")
    assert markdown("<ol><li><h3>Go</h3>Row.</ol>").startswith("1. ")


def test_what_javadoc_lays_out_as_a_table_and_a_signature_are_such() -> None:
    grid = (
        "<div class='summary-table two-columns'><div class='table-header col-first'>Type</div>"
        "<div class='table-header col-last'>Method</div>"
        "<div class=col-first><code>void</code></div><div class=col-last>row()</div></div>"
    )
    assert markdown(grid) == "| Type | Method |\n|---|---|\n| `void` | row() |"
    signature = "<div class=member-signature>public&nbsp;void\n  <span>row</span><wbr>()</div>"
    assert markdown(signature) == "```\npublic void row()\n```"


@pytest.mark.parametrize("digits", [10, 5_000])
def test_numbers_that_nobody_counts_to_are_none(digits: int) -> None:
    number = "9" * digits
    assert markdown(f"<ol start={number}><li>One<li>Two</ol>") == "1. One\n2. Two"
    cells = f"<tr><td colspan={number} rowspan={number}>a</td><td>b</td></tr>"
    html = f"<table>{cells}<tr><td>c</td><td>d</td></tr></table>"
    assert markdown(html).endswith("| a | b |\n| c | d |")


def test_bold_within_bold_is_bold_once() -> None:
    assert markdown("<p><b>Use <i><strong>oars</strong></i></b> <b>now") == "**Use *oars*** **now**"


def test_what_is_raised_is_no_digit_of_the_number_before() -> None:
    said = markdown("<p>2<sup>64</sup> m<sup>−2</sup> x<sup>n+1</sup> 1<sup>st</sup>")
    assert said == "2⁶⁴ m⁻² x^(n+1) 1st"
    assert markdown("<p>Row<sup><a href='o'>[1]</a></sup>") == "Row[[1]](o)"


def test_blanks_in_code_keep_words_apart_and_buttons_are_no_heading() -> None:
    # As Scribble numbers headings, and leads to where it has them from.
    html = '<h3>4.6<tt>&nbsp;</tt>Binding<a href="#b">🔗</a><a title="source">ℹ</a></h3><p>Text.'
    assert from_html(html).markdown == "### 4.6 Binding\n\nText."
