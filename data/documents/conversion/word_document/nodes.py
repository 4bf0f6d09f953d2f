"""Elements of a Word document's XML, which are told by their names without a namespace."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET


def local_name(node: ET.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def children(node: ET.Element, name: str) -> Iterator[ET.Element]:
    """The elements of a name right in an element."""
    return (child for child in node if local_name(child) == name)


def value(node: ET.Element, name: str = "val") -> str:
    """What an attribute says; empty without it."""
    return next((said for key, said in node.attrib.items() if key.rpartition("}")[2] == name), "")


def below(node: ET.Element, *names: str) -> str:
    """The value of the first element that names lead to, one within the other; empty without.

    >>> below(ET.fromstring('<style><pPr><outlineLvl val="0"/></pPr></style>'), "pPr", "outlineLvl")
    '0'
    """
    name, *rest = names
    for child in children(node, name):
        return below(child, *rest) if rest else value(child)
    return ""


def paragraphs(root: ET.Element) -> Iterator[tuple[ET.Element, bool]]:
    """The paragraphs of a document in their order, each with whether it stands in a table."""
    left = [(root, False)]
    while left:
        node, is_in_table = left.pop()
        name = local_name(node)
        if name == "p":
            yield node, is_in_table
        # Of what stands there twice, for old programs and for new ones, the old is read.
        left += (
            (child, is_in_table or name == "tbl")
            for child in reversed(node)
            if local_name(child) != "Choice"
        )


def set_style(paragraph: ET.Element, name: str, *, kind: str = "p") -> None:
    """Give a paragraph a style instead of its own, or with `kind` "r" a run.

    >>> paragraph = ET.fromstring('<p><pPr><pStyle val="Own"/></pPr></p>')
    >>> set_style(paragraph, "Other")
    >>> ET.tostring(paragraph)
    b'<p><pPr><pStyle val="Other" /></pPr></p>'
    """
    space = paragraph.tag.removesuffix(kind)
    properties = next(children(paragraph, f"{kind}Pr"), None)
    if properties is None:
        properties = ET.Element(f"{space}{kind}Pr")
        paragraph.insert(0, properties)
    for own in [*children(properties, f"{kind}Style")]:
        properties.remove(own)
    style = ET.Element(f"{space}{kind}Style", {f"{space}val": name})
    properties.insert(0, style)
