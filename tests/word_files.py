"""Word documents, as little of each as there needs to be."""

from __future__ import annotations

import zipfile
from pathlib import Path

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:pStyle w:val="ListNumber"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""
"""Lists: 1 with dots and numbers below them, 2 with numbers and letters, 3 such one begun anew."""
HOUSE_STYLES = """<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="House base"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="HouseHeading"><w:name w:val="House heading"/>
<w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="House code"/>
<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Listing"><w:name w:val="House listing"/>
<w:basedOn w:val="Code"/></w:style>"""
"""Styles of a house: a heading of the second level and a listing, by what they are based on."""
RELATIONS = """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
Target="{target}"/></Relationships>"""
TYPES = """<?xml version="1.0"?><Types
xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
ContentType="application/xml"/></Types>"""


def paragraph(
    text: str, style: str = "", level: int | None = None, bold: bool = False, number: int = 1
) -> str:
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        marks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    run = f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{marks}</w:pPr>{run}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _of_list(number: int) -> str:
    return f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""


def reference(number: int) -> str:
    """A run that refers to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def _notes(*notes: str) -> dict[str, str]:
    """The files of footnotes, which are called 2, 3 …"""
    written = "".join(
        f'<w:footnote w:id="{number}">{paragraph(note)}</w:footnote>'
        for number, note in enumerate(notes, start=2)
    )
    relation = RELATIONS.format(kind="footnotes", target="footnotes.xml").partition(
        "<Relationship "
    )
    return {
        "word/footnotes.xml": f"<w:footnotes xmlns:w='{SPACE}'>{written}</w:footnotes>",
        "relation": "<Relationship " + relation[2].replace('"r1"', '"r2"'),
    }


def write(path: Path, *parts: str, notes: tuple[str, ...] = ()) -> Path:
    """A Word document, as little of it as there needs to be."""
    names = {
        "Title": 0,
        "Heading 1": 0,
        "Heading 2": 0,
        "List Number": 2,
        "List Bullet 2": 1,
        "toc 1": 0,
    }
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/>{_of_list(number)}</w:style>'
        for name, number in names.items()
    )
    styles += HOUSE_STYLES
    body = f"<w:body>{''.join(parts)}</w:body>"
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(kind="numbering", target="numbering.xml"),
        "word/document.xml": f"<w:document xmlns:w='{SPACE}'>{body}</w:document>",
        "word/styles.xml": f"<w:styles xmlns:w='{SPACE}'>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering xmlns:w='{SPACE}'>{NUMBERING}</w:numbering>",
    }
    if notes:
        more = _notes(*notes)
        relations = "word/_rels/document.xml.rels"
        files[relations] = files[relations].replace("</Relationships>", more.pop("relation"))
        files |= more
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
