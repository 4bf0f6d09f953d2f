"""Fields that describe parameters, results and errors are shown as Sphinx shows them."""

from entrywise.data.documents.conversion.doctree import from_restructured


def _shown(*fields: str) -> list[str]:
    return [*filter(None, from_restructured("\n".join(fields)).markdown.split("\n"))]


def test_parameters_have_their_types() -> None:
    assert _shown(":param str to: a", ":keyword b: c", ":type b: *d* or e") == [
        "- **to (str)**: a",
        "- **b (d or e)**: c",
    ]


def test_a_type_stays_whose_parameter_is_described_nowhere() -> None:
    assert _shown(":type b: d", ":rtype: e") == ["- **Type of b**: d", "- **Return type**: e"]


def test_results_and_errors_are_told_in_words() -> None:
    assert _shown(":returns: a", ":raises OSError: b", ":yields: c", ":return:") == [
        "- **Returns**: a",
        "- **Raises OSError**: b",
        "- **Yields**: c",
        "- **Returns**:",
    ]


def test_other_fields_keep_their_names() -> None:
    assert _shown(":Size of *it*: big", ":param: a", ":see also: b") == [
        "- **Size of *it***: big",
        "- **param**: a",
        "- **see also**: b",
    ]


def test_a_list_in_a_field_stays_one() -> None:
    assert _shown(":param a:", "    * b", "    * c", "", "    d") == [
        "- **a**:",
        "  - b",
        "  - c",
        "  d",
    ]
