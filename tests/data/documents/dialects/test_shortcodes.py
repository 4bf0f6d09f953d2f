from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.dialects.shortcodes import without_embedded_ruby, without_variables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< tab "Linux" >}}\na\n{{< /tab >}}', "**Linux**\na\n"),
        ('  {{% expand title="More *of* it" %}}\na\n{{% /expand %}}', "  **More of it**\na\n"),
        ('{{#tabs}}\n{{#tab name="One"}}\na\n{{#endtab}}', "\n**One**\na\n"),
        ('{% hint style="info" %}\na\n{% endhint %}', "\na\n"),
        ('{{% tab header="Linux" %}}\na\n{{% /tab %}}', "**Linux**\na\n"),
        ('a\n\n{{% talk\n  id="b"\n  title="c"\n%}}\n\nd', "a\n\n\n\n\n\n\nd"),
        ('{{< card\n  title="b" >}}\nc\n{{< /card >}}', "\n**b**\nc\n"),
        ('Ask in {% channel "help-desk" %} first.', "Ask in help-desk first."),
        (
            '{% channel "help" %} and [a]({% page "/b/c/" %}) or [d]({% page "/e/" %}#f)',
            "and [a](/b/c/) or [d](/e/#f)",
        ),
        ('A {% my_icon "star" %} and {{< video "a.mp4" >}} of {% two "a" "b" %}', "A and of "),
        (
            "- {% icon oar %} **Row** with {% icon oar %} {% icon sail %} [a](b)",
            "- **Row** with [a](b)",
        ),
        ('A {% tip "b" %}c{% endtip %}', "A c"),
        ("{% if a\n\nb %}", "{% if a\n\nb %}"),
        (
            '[a]({{ "/b/" | relative_url }}), [c]({{ site.baseurl }}/d), [e]({{site.url}}#f)',
            "[a](/b/), [c](/d), [e](#f)",
        ),
        ("The {{'[Code]({})'.format(code)}}, {{ site.name }}.", "The [Code](), {{ site.name }}."),
        ('`{{ "a" }}`, {{ "b", c }}, \\{{ "d" }}', '`{{ "a" }}`, {{ "b", c }}, \\{{ "d" }}'),
        ("```\n{%\n  x\n%}\n```", "```\n{%\n  x\n%}\n```"),
        # A tag that nothing closes has no title, but the name of something.
        ('{{< video "talk" >}}', ""),
        ('{{< figure src="a.png" title="A plan" >}}', ""),
        ('{{< figure src="a.png" caption="The  old harbour." >}}', "The old harbour."),
        ("{% image boats/a.png At low tide. %}\n\n{% image b.png %}", "At low tide.\n\n"),
        ('{% talk a.mp4 b %}\n{% image a.png c="d" %}', "\n"),
        ("{% include note.html %}\n{: .note }\na", "\n\na"),
        ('one {{< term text="Pods" id="pod" >}} two', "one Pods two"),
        ('[a]({{< ref "b.md" >}}) and [c]({% link d.md %})', "[a](b.md) and [c](d.md)"),
        ("a {{< br >}} b {: .x}", "a b "),
        (
            "{{</* tab */>}} and `{{< tab >}}` and \\{{< tab >}}",
            "{{</* tab */>}} and `{{< tab >}}` and \\{{< tab >}}",
        ),
        ("prints {:?} and {:.2f} and {:>8}", "prints {:?} and {:.2f} and {:>8}"),
        ("a\n{:toc}", "a\n"),
        ("1. a\n{:toc .b}\n- c\n{: .toc }", "\n\n- c\n"),
        ("version {{ site.version }}", "version {{ site.version }}"),
        ("```\n{% if x %}\n{{< tab >}}\n```", "```\n{% if x %}\n{{< tab >}}\n```"),
    ],
)
def test_of_tags_what_is_meant_to_be_read_is_kept(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% capture a %}\nb\n{% endcapture %}\n{{ a | markdownify}}\n", None),
        ("{%- assign a = 'b c' -%} {{ a }} {{- a | upcase -}} d", "{%- assign a = 'b c' -%} b c d"),
        ("{% assign a = d | sort %}{{ a }}{{ b }}", "{% assign a = d | sort %}{{ b }}"),
        ("{% set a = 'b' %}{{ a }}, {{ d | e }}", "{% set a = 'b' %}{{ a }}, {{ d | e }}"),
        ("```\n{% assign a = 'b' %}\n```\n`{% assign a = 'b' %}` {{ a }}", ""),
        ("{% assign a = 'b' %}\n```\n{{ a }}\n```\n`{{ a }}`\\{{ a }}", ""),
        ("{% assign a = 'b' %}\n{% raw %}{{ a }}\n{{ a }}{% endraw %}{{ a }}", None),
    ],
)
def test_variables_that_a_text_gives_values_are_filled_in(text: str, expected: str | None) -> None:
    if expected is None:
        before, _, _ = text.rpartition("{{")
        expected = before + ("b" if "raw" in text else "\n")
    assert without_variables(text, None) == (expected or text)


@pytest.mark.parametrize(
    ("opening", "closing", "language"),
    [
        ('{{< highlight go "linenos=table" >}}', "{{< /highlight >}}", "go"),
        ("{{% highlight go %}}", "{{% /highlight %}}", "go"),
        ("{% highlight go %}", "{% endhighlight %}", "go"),
        ("{%- highlight go -%}", "{%- endhighlight -%}", "go"),
        ("{{< code-toggle file=go >}}", "{{< /code-toggle >}}", ""),
        ("{% source-code %}", "{% endsource-code %}", ""),
    ],
)
def test_highlighted_text_is_code(opening: str, closing: str, language: str) -> None:
    text = f"a\n\n{opening}\n*b* {{% c %}}\n{closing}\n\n[[d]]"
    assert to_commonmark(text) == f"a\n\n```{language}\n*b* {{% c %}}\n```\n\n[d](<d>)"
    assert to_commonmark(f"{opening}\na") == "\na"
    shown = f"```liquid\n{opening}\na\n{closing}\n```\n\n[[d]]"
    assert to_commonmark(shown) == shown.replace("[[d]]", "[d](<d>)")


@pytest.mark.parametrize(
    "text",
    [
        "{{< code a=b />}}\n\nb",
        "{{< codec >}}\n*b*\n{{< /codec >}}\nc",
        "{{< code >}}\n```\nb\n```\n{{< /code >}}",
    ],
    ids=["alone", "of another name", "with a fence"],
)
def test_tags_around_no_code_of_theirs_are_none(text: str) -> None:
    assert "```\n*b*" not in to_commonmark(text)
    assert to_commonmark(text).count("```") == text.count("```")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# <%= current_page.data.title %>\n\na", "# Oars\n\na"),
        ("<%= warning_text('Do not *row*') %>", "Do not *row*"),
        ("<%= note_text \"It says 'a'\" -%>b", "It says 'a'b"),
        ("<%= partial 'documentation/parts' %>a<%# no\nword %>", "a"),
        ("<% if a %>\nb\n<% end %>", "\nb\n"),
        ("a <% content_for :menu do %>\n<ul>b</ul>\n<% end %>c<% end %>", "a c"),
        ("`<%%= a %>` is `<%= 5 %>`, and <% goes on", "`<%= a %>` is ``, and <% goes on"),
    ],
)
def test_of_tags_of_ruby_what_is_said_is_read(text: str, expected: str) -> None:
    assert without_embedded_ruby(text, "Oars") == expected


def test_tags_of_ruby_take_time_that_grows_linearly() -> None:
    for text in ("<%= a '", "<% content_for :a do %>"):
        assert grows_linearly(lambda size, text=text: without_embedded_ruby(text * size, ""), 4_000)
