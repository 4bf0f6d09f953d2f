from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.asciidoc.inline import Inline

TITLES = {"_tides": "Tides", "table": "All tides", "Tides": "Tides"}


def inline(text: str) -> str:
    return Inline(Path("guide/a.adoc"), TITLES)(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*bold*, _slanted_, #marked# and `code`", "**bold**, *slanted*, marked and `code`"),
        ("**b**old __s__lanted ``c``ode", "**b**old *s*lanted `c`ode"),
        ("[.ui]*Save* and [.var]_name_, [.cmd]`ls`", "**Save** and *name*, `ls`"),
        ("2 * 3 * 4, snake_case_name", "2 \\* 3 \\* 4, snake_case_name"),
        ("*a `b` c*", "**a `b` c**"),
        ("`a_b_c`, `with._length_.chars`, `+_id_+`", "`a_b_c`, `with.length.chars`, `_id_`"),
        ("\"`quoted`\", '`so`', it's", "“quoted”, ‘so’, it's"),
        ("a -- b, a--b, (C) (TM)", "a — b, a—b, © ™"),
        ("&#8805; 2.7 &amp; more", "≥ 2.7 & more"),
        ("one +\ntwo +", "one\\\ntwo"),
        ("x^2^ and H~2~O", "x2 and H2O"),
        ("a\\*b*, pass:[*x*], pass:q[*x*], +*x*+", "a\\*b\\*, \\*x\\*, **x**, \\*x\\*"),
        ("stem:[x^2]", "$x^2$"),
    ],
)
def test_marks_are_those_of_markdown(text: str, markdown: str) -> None:
    assert inline(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("See https://a.example/b.", "See [https://a.example/b](https://a.example/b)."),
        ("https://a.example[the site^]", "[the site](https://a.example)"),
        ('link:b.html[B,role="c"]', "[B](b.html)"),
        ("mailto:a@b.example[us]", "[us](mailto:a@b.example)"),
        ("xref:b-c.adoc[]", "[b c](b-c.adoc)"),
        ("xref:b.adoc#d[D]", "[D](b.adoc#d)"),
        (
            "<<_tides>>, <<_tides,here>>, <<table>>",
            "[Tides](#_tides), [here](#_tides), [All tides](#table)",
        ),
        ("<<unknown>>", "unknown"),
        ("{url}/a[the site]", "the site"),
        ("image:a.png[A boat,200]", "![A boat](a.png)"),
        ("link:b.html[image:a.png[A boat]]", "[![A boat](a.png)](b.html)"),
        ("It is.footnote:[Mostly.]", "It is. (Mostly.)"),
        (
            "A.footnote:x[Mostly.] B.footnote:x[] C.footnote:y[]",
            "A. (Mostly.) B. (Mostly.) C.",
        ),
        ("{url}/{place}/a[the site]", "the site"),
        (
            "Press kbd:[Ctrl+C] or menu:File[Save > All]",
            "Press **Ctrl+C** or **File › Save › All**",
        ),
        ("((tide))s [[a]]of(((x,y)))", "tides of"),
    ],
)
def test_macros_are_read(text: str, markdown: str) -> None:
    assert inline(text) == markdown


def test_a_link_runs_no_script() -> None:
    assert inline("link:javascript:alert(1)[x]") == "x"


@pytest.mark.parametrize(
    "unit", ["link:a[", "link:", "xref:", "*a ", "_a_b ", "{x}[", "{x}", '"`a ', "((a "]
)
def test_what_is_never_closed_takes_as_much_time_each(unit: str) -> None:
    assert grows_linearly(lambda count: inline(unit * count), 4_000)
