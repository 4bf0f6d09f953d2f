from __future__ import annotations

from pathlib import Path

from word_files import paragraph, table, write

from entrywise.data.readers.formats.office.word import WordReader

PROSE = paragraph("Run the program on a machine that has some memory left, and wait for its end.")


def text(path: Path, *parts: str) -> str:
    (entry,) = WordReader().read(write(path / "a.docx", *parts)).entries
    return "\n\n".join(section.text for section in entry.sections)


def run(said: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{said}</w:t></w:r>'


def lines(*said: str) -> str:
    return "".join(f"<w:p>{run(one, 'Courier New')}</w:p>" if one else "<w:p/>" for one in said)


def test_paragraphs_in_letters_of_one_width_are_a_block_of_code(tmp_path: Path) -> None:
    told = text(tmp_path, PROSE, lines("def f(x):", "    return x * 2", "", "f(*xs)"), PROSE)
    assert "```\ndef f(x):\n    return x * 2\n \nf(*xs)\n```" in told


def test_ends_of_lines_in_code_stay(tmp_path: Path) -> None:
    both = "<w:r><w:rPr><w:rFonts w:ascii='Consolas'/></w:rPr><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"
    assert "```\na\nb\n```" in text(tmp_path, PROSE, f"<w:p>{both}</w:p>")


def test_words_in_letters_of_one_width_are_code(tmp_path: Path) -> None:
    mixed = f"<w:p>{run('Call ')}{run('print', 'Menlo')}{run(' now.')}</w:p>"
    assert text(tmp_path, PROSE, mixed).endswith("Call `print` now.")


def test_the_typeface_may_be_that_of_a_style_or_of_the_one_that_it_is_based_on(
    tmp_path: Path,
) -> None:
    told = text(tmp_path, PROSE, paragraph("make install", "Listing"))
    assert told.endswith("```\nmake install\n```")


def test_items_cells_and_documents_that_are_set_so_as_a_whole_are_text(tmp_path: Path) -> None:
    font = '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr><w:t>'
    item = paragraph("first", level=0).replace("<w:t>", font)
    cells = table(("Name", "Use")).replace("<w:t>", font)
    assert "`" not in text(tmp_path, PROSE, item, cells)
    assert "`" not in text(tmp_path, lines("A memo.", "It is all in one typeface."))


def test_typefaces_of_other_scripts_are_no_sign_of_code(tmp_path: Path) -> None:
    mixed = f"<w:p>{run('Hello, ')}{run('世界', 'MS Mincho Mono')}</w:p>"
    assert text(tmp_path, PROSE, mixed).endswith("Hello, 世界")
