"""The archive that a Word document is, with what it says by its form alone written into it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.word_document.formulas import write_formulas
from entrywise.data.documents.conversion.word_document.numbering import Lists, write_numbers
from entrywise.data.documents.conversion.word_document.styles import Styles, name_headings
from entrywise.data.documents.conversion.word_document.typewriter import mark_code

_DOCUMENT, _LISTS, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_FONTS = "word/fontTable.xml"
_NOTHING = b"<none/>"


def completed(content: bytes) -> bytes:
    """A .docx file whose numbered paragraphs hold their numbers, whose formulas are text, and whose
    headings and code have styles of their own, without its pictures.

    Itself where it has none of these.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if _DOCUMENT not in names:
            return content
        try:
            document = _completed(
                *(
                    archive.read(name) if name in names else _NOTHING
                    for name in (_DOCUMENT, _LISTS, _STYLES, _FONTS)
                )
            )
        except (ET.ParseError, ValueError, RecursionError):
            # Whoever reads it says what is wrong.
            return content
        if not document:
            return content
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as copy:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    copy.writestr(name, document if name == _DOCUMENT else archive.read(name))
    return target.getvalue()


def _completed(document: bytes, lists: bytes, styles: bytes, fonts: bytes) -> bytes:
    """A document with what it lacked; empty where it lacked nothing."""
    root = ET.fromstring(document)
    styled = Styles.read(ET.fromstring(styles), ET.fromstring(fonts))
    numbered = Lists.read(ET.fromstring(lists), styled)
    changes = (
        mark_code(root, styled, numbered),
        write_formulas(root),
        write_numbers(root, numbered, styled),
        name_headings(root, styled),
    )
    return ET.tostring(root, "utf-8") if any(changes) else b""
