"""Small PDFs, written by hand: lines of text of some size, and pages that are pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Line = tuple[int, int, str] | tuple[int, int, str, int] | tuple[int, int, str, int, str] | str
"""Size in points, height on the page, text; how far from the left, where that is not an inch, and
the font, where that is not F1, Helvetica, but one of FONTS; or what a page itself says, as PDFs
write it."""
FONTS = {"F1": "Helvetica", "F2": "Courier", "F3": "Helvetica-Bold", "F4": "Helvetica-Oblique"}
"""And F5, whose letters are all as wide and stand for others."""


def pdf(
    *pages: Sequence[Line] | None,
    title: str = "",
    encrypted: bool = False,
    letters: Mapping[str, str] | None = None,
    catalog: str = "",
    objects: Sequence[str] = (),
) -> bytes:
    """The bytes of a PDF.

    Args:
        pages: their lines; None is a page that was scanned.
        encrypted: whether a password is needed to read it.
        letters: what the letters of the font F5 stand for.
        catalog: what its catalog says, too.
        objects: more of them; the first has the number 6 + 2 * the count of pages, and the pages
            have 4, 6, 8 ...
    """
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont"
    picture = 4 + 2 * count
    fonts = " ".join(f"/{name} {font} /{face} >>" for name, face in FONTS.items())
    widths = f"/FirstChar 0 /LastChar 255 /Widths [{'600 ' * 256}]"
    fonts = f"<< {fonts} /F5 {font} /Other {widths} /ToUnicode {picture + 1} 0 R >> >>"
    told = "".join(
        f"<{ord(one):02x}> <{other.encode('utf-16-be').hex()}>\n"
        for one, other in (letters or {}).items()
    )
    told = f"begincmap\n{len(letters or {})} beginbfchar\n{told}endbfchar\nendcmap"
    numbered = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        3: f"<< /Title ({title}) >>" if title else "<< >>",
        picture: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        "/ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream",
        picture + 1: f"<< /Length {len(told)} >>\nstream\n{told}\nendstream",
        **dict(enumerate(objects, start=picture + 2)),
    }
    for number, lines in enumerate(pages):
        content = (
            "q 500 0 0 500 50 100 cm /Im1 Do Q" if lines is None else "\n".join(map(_shown, lines))
        )
        numbered[4 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font {fonts} /XObject << /Im1 {picture} 0 R >> >> >>"
        )
        numbered[5 + 2 * number] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    data = "%PDF-1.4\n"
    places = {}
    for number, text in sorted(numbered.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(data)
    entries = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(places))
    locked = (
        f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'00' * 32}> /P -4 >> "
        "/ID [<00> <00>]"
        if encrypted
        else ""
    )
    size = len(numbered) + 1
    trailer = f"<< /Size {size} /Root 1 0 R /Info 3 0 R{locked} >>"
    data += f"xref\n0 {size}\n0000000000 65535 f \n{entries}"
    return (data + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").encode("latin-1")


def _shown(line: Line) -> str:
    if isinstance(line, str):
        return line
    size, height, text, *more = line
    left, font = ([*more, 72, "F1"])[:2] if len(more) != 1 else (more[0], "F1")
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {left} {height} Td ({escaped}) Tj ET"
