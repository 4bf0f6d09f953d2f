"""Word documents, as little of each as there needs to be."""

from __future__ import annotations

import zipfile
from pathlib import Path

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""
RELATIONS = """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
Target="{target}"/></Relationships>"""
TYPES = """<?xml version="1.0"?><Types
xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
ContentType="application/xml"/></Types>"""


def paragraph(text: str, style: str = "", level: int | None = None, bold: bool = False) -> str:
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        marks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    run = f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{marks}</w:pPr>{run}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def write(path: Path, *parts: str) -> Path:
    """A Word document, as little of it as there needs to be."""
    names = ("Title", "Heading 1", "Heading 2")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/></w:style>'
        for name in names
    )
    body = f"<w:body>{''.join(parts)}</w:body>"
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(kind="numbering", target="numbering.xml"),
        "word/document.xml": f"<w:document xmlns:w='{SPACE}'>{body}</w:document>",
        "word/styles.xml": f"<w:styles xmlns:w='{SPACE}'>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering xmlns:w='{SPACE}'>{NUMBERING}</w:numbering>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
