from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.doctree import from_restructured


def markdown(text: str) -> str:
    found = from_restructured(text)
    assert found.faults == ()
    return found.markdown


def test_sections_have_levels_and_labels_are_their_anchors() -> None:
    text = (
        "Leave\n=====\n\nAsk.\n\n.. _undo:\n\nRolling back\n------------\n\n"
        "See :ref:`undo`, :ref:`here <undo>`, :ref:`gone` and :ref:`now <gone>`.\n\n"
        "More\n----\n\nx\n"
    )
    assert markdown(text) == (
        "# Leave {#leave}\n\nAsk.\n\n## Rolling back {#undo}\n\nSee [Rolling back](#undo), "
        "[here](#undo), gone and now.\n\n"
        "## More {#more}\n\nx"
    )


def test_a_heading_that_comes_again_has_the_anchor_that_sphinx_gives_it() -> None:
    text = "Use\n===\n\na\n\nUse\n===\n\nb\n"
    assert markdown(text) == "# Use {#use}\n\na\n\n# Use {#id1}\n\nb"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a`` *b* **c** \\*d", "`a` *b* **c** \\*d"),
        ("`b <https://a.b>`_ and `c`_\n\n.. _c: d.html", "[b](https://a.b) and [c](d.html)"),
        ("* a\n\n  1. b\n\n* c", "- a\n  1. b\n- c"),
        ("  * a\n  * b", "- a\n- b"),
        ("3. a\n#. b", "3. a\n4. b"),
        (
            ".. image:: a.svg\n   :target: https://a.b\n   :alt: A [1]",
            "[![A \\[1\\]](a.svg)](https://a.b)",
        ),
        ("term\n  means", "**term**\n\nmeans"),
        (":name: value", "- **name**: value"),
        ("-a, --all  everything", "- `-a, --all`: everything"),
        ("Run::\n\n  a  b", "Run:\n\n```\na  b\n```"),
        (">>> 1\n1", "```pycon\n>>> 1\n1\n```"),
        ("  quoted", "> quoted"),
        ("| a\n| b", "a\\\nb"),
        (".. image:: a.png\n   :alt: A cat", "![A cat](a.png)"),
        (".. figure:: a.png\n   :alt: A cat\n\n   Caption.", "![A cat](a.png)\n\n**Caption.**"),
        (".. comment", ""),
        ("a |b|\n\n.. |b| replace:: c", "a c"),
        ("a [1]_\n\n.. [1] b", "a [^1]\n\n[^1]: b"),
        ("a [#n]_\n\n.. [#n] b", "a [^1]\n\n[^1]: b"),
        ("a [B02]_\n\n.. [B02] b", "a \\[B02\\]\n\n\\[B02\\] b"),
        (":math:`a^2`\n\n.. math:: b", "$a^2$\n\n$$b$$"),
        (".. contents::\n\nx", "x"),
        (".. raw:: html\n\n   <script>\n\nx", "x"),
        ("====  ====\nA     B\n====  ====\n1     2\n====  ====", "| A | B |\n|---|---|\n| 1 | 2 |"),
        (
            "+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n+   +---+\n|   | 3 |\n+---+---+",
            "| A | B |\n|---|---|\n| 1 | 2 |\n| 1 | 3 |",
        ),
        (
            ".. list-table:: C\n   :header-rows: 1\n\n   * - A\n     - B\n   * - 1\n     - 2",
            "**C**\n\n| A | B |\n|---|---|\n| 1 | 2 |",
        ),
        (".. csv-table::\n   :header: A,B\n\n   1,2", "| A | B |\n|---|---|\n| 1 | 2 |"),
    ],
)
def test_what_docutils_knows_becomes_markdown(text: str, expected: str) -> None:
    assert markdown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. note:: Mind.\n\n   More.", "!!! note\n\n    Mind.\n\n    More."),
        (".. danger::\n\n   ::\n\n      x = 1", "!!! danger\n\n    ```\n    x = 1\n    ```"),
        (".. admonition:: Title\n\n   Text.", "**Title**\n\nText."),
        ("- .. note:: Mind.", "- Mind."),
        (".. admonition:: Title\n\n   Mind.", "**Title**\n\nMind."),
        (".. warning::\n   :unheard: of\n\n   * a\n   * b", "!!! warning\n\n    - a\n    - b"),
        (".. seealso:: There.", "**See also**\n\nThere."),
        (".. versionadded:: 3.8\n   Also *b*.", "*Added in version 3.8.* Also *b*."),
        (".. deprecated:: 3", "*Deprecated since version 3.*"),
        (".. code-block:: py\n   :linenos:\n   :unheard: of\n\n   x = 1", "```py\nx = 1\n```"),
        (".. code-block:: py\n   :caption: App\n\n   x", "**App**\n\n```py\nx\n```"),
        (".. toctree::\n   :maxdepth: 2\n\n   a\n\nx", "x"),
        (
            ".. py:function:: f(a)\n             g(b)\n\n   Does.",
            "**`f(a)`**\n\n**`g(b)`**\n\nDoes.",
        ),
        (".. function:: f(*a, **b)\n\n   Does.", "**`f(*a, **b)`**\n\nDoes."),
        ("**a** ``**b``\n  c", "**a `**b`**\n\nc"),
        (
            ".. glossary::\n\n   a\n   b : c\n      Means.\n\n   d\n      Is.",
            "**a, b**\n\nMeans.\n\n**d**\n\nIs.",
        ),
        (".. tabs::\n\n   .. tab:: Linux\n\n      Do.", "**Linux**\n\nDo."),
        (".. only:: html\n\n   x", "x"),
        (
            ".. click:example::\n\n   @command(\n       name='a'\n   )\n   def f(): pass",
            "```\n@command(\n    name='a'\n)\ndef f(): pass\n```",
        ),
        (
            ".. confval:: size\n   :type: int\n   :default: ``1000``\n\n   How many.",
            "**`size`**\n\n- **Type**: int\n- **Default**: `1000`\n\nHow many.",
        ),
        (
            ".. py:attribute:: size\n   :type: int\n   :value: 5\n   :no-index:\n\n   How many.",
            "**`size: int = 5`**\n\nHow many.",
        ),
        (".. py:data:: A\n   :value: 'x'", "**`A = 'x'`**"),
        (
            "A\n=\n\na\n\n.. setting:: SIZE\n.. confval:: RATE_2\n\n.. comment\n\n.. _label:\n\n"
            "``SIZE``, rate_2\n----------------\n\nb",
            "# A {#a}\n\na\n\n## `SIZE`, rate_2 {#label}\n\nb",
        ),
        (
            "A\n=\n\na\n\n.. setting:: SIZE\n\nSIZES\n-----\n\n.. function:: f(x)\n\nf\n-",
            "# A {#a}\n\na\n\n**`SIZE`**\n\n## SIZES {#sizes}\n\n**`f(x)`**\n\n## f {#f}",
        ),
        (
            "A\n=\n\n.. setting:: SIZE\n\nb\n\nSIZE\n----",
            "# A {#a}\n\n**`SIZE`**\n\nb\n\n## SIZE {#size}",
        ),
        (
            "A\n=\n\n.. class:: B\n\n   b\n\n   C\n   ~\n\n   c\n\n   D\n   ^\n\n   d\n\nE\n-\n\ne",
            "# A {#a}\n\n**`B`**\n\nb\n\n## C {#c}\n\nc\n\n### D {#d}\n\nd\n\n## E {#e}\n\ne",
        ),
        (
            ".. class:: B\n\n   C\n   ~\n\n   D\n   ^\n\n   d\n\n"
            ".. class:: E\n\n   F\n   ~\n\n   f",
            "**`B`**\n\n**C**\n\n**D**\n\nd\n\n**`E`**\n\n# F {#f}\n\nf",
        ),
        (".. only:: html\n\n   A\n   =\n\n   a", "# A {#a}\n\na"),
        ("* a\n\n  .. class:: B\n\n     C\n     ~\n\n     c", "- a\n\n  **`B`**\n\n  **C**\n\n  c"),
        (".. grid:: 1 2 3\n   :gutter: 2\n\n   .. card:: fast\n\n      Text.", "**fast**\n\nText."),
        (".. unknown:: arg\n\n   Text.", "Text."),
        (".. unknown:: https://a.b\n\n   Text.", "Text."),
        (".. unknown:: Über uns\n\n   Text.", "**Über uns**\n\nText."),
        (".. tab-item:: macos\n\n   Text.", "**macos**\n\nText."),
        (".. autofunction:: a.b\n   :members:\n\nx", "x"),
        (".. autoclass:: a.b\n\n   .. automethod:: c\n\nx", "x"),
        (".. autofunction:: a.b(c, d)\n\nx", "a.b(c, d)\n\nx"),
        (
            ".. py:autoclass:: a.b\n   :members:\n\n   Text.\n\n"
            "   .. automethod:: c\n\n      More.",
            "**`a.b`**\n\nText.\n\n**`c`**\n\nMore.",
        ),
        (
            ".. automodule:: a.b\n\n   Use\n   ---\n\n   Text.\n\n.. moduleauthor:: A B",
            "# Use {#use}\n\nText.",
        ),
        (":class:`~a.b.C` :func:`.d` :py:meth:`e()` :mod:`!f`", "`C` `d()` `e()` `f`"),
        (":ref:`A guide <guide>` :ref:`guide`", "A guide guide"),
        (":doc:`The guide </a/guide>` :doc:`b`", "[The guide](/a/guide.rst) [b](b.rst)"),
        (
            ":term:`a` :abbr:`PTO (paid time off)` :guilabel:`OK` :issue:`12`",
            "a PTO (paid time off) OK 12",
        ),
        (":pep:`8`", "[PEP 8](https://peps.python.org/pep-0008)"),
        (":pep:`style <8#a>`", "[style](https://peps.python.org/pep-0008#a)"),
        (":rfc:`2324`", "[RFC 2324](https://datatracker.ietf.org/doc/html/rfc2324)"),
        (".. version-added:: 9.0 x", "*Added in version 9.0.* x"),
    ],
)
def test_what_only_sphinx_knows_becomes_its_text(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_what_cannot_be_understood_is_kept_as_it_stands_and_said() -> None:
    found = from_restructured("===  ==\na    b\n=== ===\n\nx")
    assert found.markdown == "```\n===  ==\na    b\n=== ===\n```\n\nx"
    ((line, message),) = found.faults
    assert line == 3
    assert message.startswith("Malformed table.")


def test_nothing_else_is_read_or_run(tmp_path: object) -> None:
    found = from_restructured(
        ".. csv-table::\n   :file: /etc/passwd\n\n.. include:: /etc/passwd\n\nx"
    )
    assert "root" not in found.markdown
    assert found.markdown.endswith("x")


def test_large_documents_take_linear_time() -> None:
    def read(count: int) -> int:
        headings = (f"Heading {n}\n==========={'=' * 5}\n\nx\n\n" for n in range(count))
        return from_restructured("".join(headings)).markdown.count("# Heading")

    assert read(1000) == 1000
    assert grows_linearly(read, 1000)
