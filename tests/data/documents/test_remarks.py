from __future__ import annotations

import pytest
from growth import grows_linearly
from quoted import FENCE

from entrywise.data.documents.remarks import Remark, remarks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('!!! note "T"\n    a\n\n    b\n\nc', [Remark(range(4), "note")]),
        (
            "a\n??? tip\n    b\n    !!! note\n        c\n??? tip\n    d",
            [Remark(range(1, 5), "tip"), Remark(range(5, 7), "tip")],
        ),
        ("::: Warning Mind\na\n:::\nb", [Remark(range(3), "warning")]),
        (":::: note\n::: tip\na\n:::\n::::\nb", [Remark(range(5), "note")]),
        ("::: warning\nnever closed", []),
        (
            "```{note}\na\n```\n````{tip}\n```\nb\n```\n````",
            [Remark(range(3), "note"), Remark(range(3, 8), "tip")],
        ),
        ("```\n```{note}\na\n```", []),
        ("~> a\n\n-> B\n-> c", [Remark(range(1), "note"), Remark(range(2, 4), "note")]),
        ("?> a\nb\n\n!> c", [Remark(range(2), "tip"), Remark(range(3, 4), "important")]),
        ("/// note | Mind\na\n///\nb", [Remark(range(3), "note")]),
        ("//// tab | A\n/// tip\na\n///\n////\nb", [Remark(range(1, 4), "tip")]),
        ("a\n\n> [!CAUTION]\n> Hot.\n> Wait.\n\nb", [Remark(range(2, 5), "caution")]),
        ("{% callout warning %}\na\n\nb\n{% endcallout %}\nc", [Remark(range(5), "warning")]),
        ("{% alert %}a{% endalert %}\nb", [Remark(range(1), "note")]),
        ("{{< tip >}}\na\nb {{< /tip >}}\nc", [Remark(range(3), "tip")]),
        (
            '{% hint style="danger" %}\n{{% note title="Tip" %}}\na\n{{% /note %}}\n{% endhint %}',
            [Remark(range(5), "danger")],
        ),
        ("{{< note >}}\na\n{{% if tip %}}\nb\n{{% endif %}}", []),
        (f"{FENCE}\n{{% tip %}}\n{FENCE}\n{{% endtip %}}\n`{{% tip %}}`\n{{% endtip %}}", []),
        ("> quoted", []),
        ('=== "Linux"\n    a tab', []),
        (f"{FENCE}\n!!! note\n    code\n{FENCE}", []),
        ("", []),
    ],
)
def test_a_remark_is_the_lines_that_its_author_set_apart(text: str, found: list[Remark]) -> None:
    assert remarks(text) == found


@pytest.mark.parametrize(
    "line",
    ["```{note}", "::: note", "/// tip", "> [!NOTE]", "!!! note", "    !!! note", "{% tip %}"],
)
def test_time_grows_linearly_with_what_is_never_closed(line: str) -> None:
    assert grows_linearly(lambda count: remarks(f"{line}\n" * count), 8_000)
