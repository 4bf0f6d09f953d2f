from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import DETAILS, Entry, Section, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, Reading
from entrywise.data.readers.formats.tables.rows import CsvReader, JsonLinesReader

Write = Callable[..., Path]


def read_jsonl(path: Path) -> tuple[Entry, ...]:
    return JsonLinesReader().read(path).entries


def read_csv(path: Path) -> tuple[Entry, ...]:
    return CsvReader().read(path).entries


def told(contents: Contents) -> list[str]:
    """What was not read, without the file."""
    return [str(one).rpartition("/")[2] for one in contents.unread]


def plain(text: str) -> tuple[Section, ...]:
    """The section of a term."""
    return (Section("text", text),)


def test_a_json_line_is_an_entry(write: Write) -> None:
    path = write(
        '{"_id": "1", "title": "T", "text": "a\\u2028b", "metadata": {"x": 1}}\n\n'
        '{"_id": "2", "title": "", "text": "c", "url": "https://a.b", "category": "k"}\n',
        "rows.jsonl",
    )
    assert read_jsonl(path) == (
        Entry("1", "T", "documents", plain("a\u2028b")),
        Entry("2", "2", "k", plain("c"), url="https://a.b"),
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"_id": "1", ', "no valid JSON at line 1, column 14"),
        ("[]", "[] is no JSON object"),
        ('{"_id": "1", "title": "x", "text": {}}', "{} is no text; write it in quotes"),
        ('{"_id": "1", "title": "x", "text": "a\\u0000"}', "'a\\x00' holds a NUL"),
        ('{"_id": "a\\nb", "text": "x"}', r"the id 'a\nb' holds a line break or a control"),
        ('{"_id": "0", "title": "", "text": "x"}', "the id '0' was there on line 1; rename one"),
    ],
)
def test_a_wrong_json_line_is_listed_and_the_rest_is_read(
    line: str, complaint: str, write: Write
) -> None:
    first = '{"_id": "0", "title": "", "text": "x"}\n\n'
    path = write(f'{first}{line}\n{{"_id": "9", "text": "y"}}', "rows.jsonl")
    contents = JsonLinesReader().read(path)
    assert [entry.id for entry in contents.entries] == ["0", "9"]
    (missed,) = contents.unread
    assert missed.place == f"{path}: line 3"
    assert missed.reason.startswith(complaint)


def test_numbers_and_lists_are_text_too(write: Write) -> None:
    (entry,) = read_jsonl(write('{"id": 7, "name": 1.5, "body": ["a", "b"]}', "rows.ndjson"))
    assert (entry.id, entry.name, entry.oneliner) == ("7", "1.5", "a\n\nb")


def test_rows_without_text_are_counted(write: Write) -> None:
    contents = JsonLinesReader().read(write('{"_id": "1", "text": " "}', "rows.jsonl"))
    assert (contents.entries, told(contents)) == ((), ["rows.jsonl: 1 row has no text"])


def test_csv_from_a_spreadsheet_is_read(write: Write) -> None:
    text = '\ufeffid, title,,text\r\n1,T,,"a, ""b""\r\nc"\r\n,,,\r\n2,,,e\u2028f\r\n'
    assert read_csv(write(text, "rows.csv")) == (
        Entry("1", "T", "documents", plain('a, "b"\nc')),
        Entry("2", "2", "documents", plain("e\u2028f")),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.csv"
    text = "Name;Text\nGröße;Wie groß das Gerät überhaupt ist, ändert nichts für die Käufer.\n"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    path.write_bytes((mark + text).encode(encoding))
    contents = CsvReader().read(path)
    assert [entry.name for entry in contents.entries] == ["Größe"]
    assert [one.severity for one in contents.unread] == ["warning"] * (encoding == "cp1252")


def test_columns_are_found_by_usual_names(write: Write) -> None:
    text = "KEY;Question;Answer;Link;Topic\nq1;Who?;We.;https://a.b;people\n"
    (entry,) = read_csv(write(text, "faq.csv"))
    assert (entry.id, entry.name, entry.oneliner) == ("q1", "Who?", "We.")
    assert (entry.url, entry.category) == ("https://a.b", "people")


def test_columns_can_be_named(write: Write) -> None:
    reader = CsvReader(Reading(columns={"title": "frage", "text": "Antwort"}))
    path = write("Frage;Antwort;text\nWer?;Wir.;x\n", "faq.csv")
    (entry,) = reader.read(path).entries
    assert (entry.id, entry.name, entry.oneliner) == ("1", "Wer?", "Wir.")
    with pytest.raises(KnowledgeBaseError, match=r"'frage' is missing; it has 'a', 'text'"):
        reader.read(write("a;text\n1;2", "other.csv"))


def test_rows_without_ids_are_called_by_their_numbers(write: Write) -> None:
    entries = read_csv(write("title,text\nA,a\n,b\n", "rows.csv"))
    assert [(entry.id, entry.name) for entry in entries] == [("1", "A"), ("2", "2")]


@pytest.mark.parametrize("bad", ["a\n b", "a\x1b[2Jb", "a\u2028b", "a\u202eb", "a\x85b"])
def test_ids_with_line_breaks_and_control_characters_are_refused(bad: str, write: Write) -> None:
    contents = CsvReader().read(write(f'id,text\n"{bad}",x\n c  d ,y\n', "rows.csv"))
    assert [entry.id for entry in contents.entries] == ["c d"]
    (missed,) = contents.unread
    assert missed.reason.endswith("holds a line break or a control character; remove it")
    assert missed.reason.isprintable()


def test_a_text_may_be_markdown(write: Write) -> None:
    (entry,) = read_csv(write('title,text\nA,"## One\na\n## Two\n- b\n- c"\n', "rows.csv"))
    assert [(one.name, one.is_markdown) for one in entry.sections] == [("one", True), ("two", True)]
    (entry,) = read_csv(write('title,text\nA,"1 * 2 - 3\n- said he"\n', "rows.csv"))
    assert [one.is_markdown for one in entry.sections] == [False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Open **Settings → Security** first.", "Open Settings → Security first."),
        ("Run `kettle on` twice.", "Run kettle on twice."),
        ("See [the guide](https://kb.example/1).", "See the guide."),
        ("2 ** 3 is 8, and 2 ** 4 is 16.", None),
        ("a**b**c and `` and [1] (see below)", None),
        ("An array[i](j) of `one", None),
    ],
)
def test_bold_code_and_links_are_markdown(text: str, said: str | None, write: Write) -> None:
    (entry,) = read_csv(write(f'title,text\nA,"{text}"\n', "rows.csv"))
    (section,) = entry.sections
    assert section.is_markdown == entry.is_document == (said is not None)
    assert [block.plain for block in section.blocks] == ([said] if said else [])


def test_rows_are_terms_or_documents(write: Write) -> None:
    terms = read_csv(write('title,text\nA,a\nB,"- b\n- c"\n', "terms.csv"))
    assert [entry.is_document for entry in terms] == [False, True]
    questions = read_csv(write("question,answer\nWhat is it?,a\nWho is it?,b\n", "faq.csv"))
    assert [entry.is_document for entry in questions] == [True, True]


def test_a_very_long_csv_field_is_read_and_the_limit_put_back(write: Write) -> None:
    limit = csv.field_size_limit()
    long = "word " * limit
    (entry,) = read_csv(write(f"_id,title,text\n1,T,{long}", "rows.csv"))
    assert entry.text("text") == long
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("1,a,b,c", "line 3: 4 cells for 3 columns; quote cells that hold what parts them"),
        ("1,a", "line 3: 2 cells for 3 columns; quote cells that hold what parts them"),
        ('1,a,"b" c', "line 3: no valid CSV (',' expected after '\"'); correct it there"),
        ('1,a,"b', "line 3: no valid CSV (unexpected end of data); correct it there"),
        ("0,c,d", "line 3: the id '0' was there on line 2; rename one"),
    ],
)
def test_a_wrong_row_is_listed_and_the_rest_is_read(row: str, complaint: str, write: Write) -> None:
    path = write(f"id,title,text\n0,a,b\n{row}\n9,y,z\n8,x,w", "rows.csv")
    contents = CsvReader().read(path)
    assert [entry.id for entry in contents.entries] == ["0", "9", "8"]
    assert told(contents) == [f"rows.csv: {complaint}"]
    assert contents.unread[0].severity == "error"


def test_quotes_that_are_never_closed_cost_no_more_than_their_rows(write: Write) -> None:
    rows = "".join(f'{number},"x\n' for number in range(50))
    contents = CsvReader().read(write(f"id,text\n{rows}end,y\n", "rows.csv"))
    assert [entry.id for entry in contents.entries] == ["end"]
    assert len(contents.unread) == 25


def test_more_empty_cells_than_columns_are_none(write: Write) -> None:
    assert len(read_csv(write("id,text,\n1,a,,,\n", "rows.csv"))) == 1


def test_a_wrong_address_is_left_out_and_said(write: Write) -> None:
    contents = CsvReader().read(write("text,url\na,javascript:x\n", "rows.csv"))
    assert contents.entries[0].url is None
    what = "'javascript:x' is no web address, and was left out"
    assert contents.unread[0] == Unread(contents.unread[0].place, what, "warning")


def test_what_other_columns_say_of_a_row_is_kept_with_their_names(write: Write) -> None:
    text = (
        "Name,Price,In stock,Image,Description,Remark\n"
        f"Hammer,12.99,,/img/hammer.png,Drives nails.,{'Keep it dry. ' * 8}\n"
        "Saw,8.50,7,/img/saw.png,Cuts wood.,\n"
    )
    path = write(text, "tools.csv")
    contents = CsvReader().read(path)
    hammer, saw = contents.entries
    assert [one.text for one in hammer.sections] == [
        "Drives nails.",
        f"Price: 12.99\n\nRemark: {'Keep it dry. ' * 8}".rstrip(),
    ]
    assert [one.text for one in saw.sections] == ["Cuts wood.", "Price: 8.50; In stock: 7"]
    # In a few words each is told what it is: they are terms.
    assert not any(entry.is_document for entry in contents.entries)
    assert [one.name for one in saw.sections] == ["text", DETAILS]
    what = (
        "its columns are taken (text 'Description', title 'Name'; details 'Price', 'In stock', "
        "'Remark'; left out: 'Image'); name others by --columns"
    )
    assert contents.unread == (Unread(str(path), what, "warning"),)


def test_json_lines_have_details_too(write: Write) -> None:
    line = '{"title": "A", "text": "a", "n": 2, "is_new": true, "tag": ["b", "c"], "m": {"x": 1}}'
    (entry,) = read_jsonl(write(line, "rows.jsonl"))
    assert entry.sections[1].text == "n: 2; is_new: true; tag: b, c"


def test_a_section_called_details_is_not_lost_to_those_of_a_row(write: Write) -> None:
    (entry,) = read_csv(write('text,price\n"## A\na\n## Details\nb",2\n', "rows.csv"))
    assert [one.name for one in entry.sections] == ["a", "details", "details-2"]


def test_a_title_whose_column_has_no_usual_name_is_told_by_what_it_holds(write: Write) -> None:
    text = (
        "SKU;Product;Power;Description\n"
        "KT-1;Aurora kettle;650 W;Boils a litre of water.\n"
        "KT-2;Vario kettle;900 W;Keeps it warm for an hour.\n"
    )
    contents = CsvReader().read(write(text, "goods.csv"))
    assert [(one.name, one.aliases) for one in contents.entries] == [
        ("Aurora kettle", ("KT-1",)),
        ("Vario kettle", ("KT-2",)),
    ]
    assert "(text 'Description', title 'Product'; details 'SKU', 'Power')" in told(contents)[0]
    assert contents.entries[0].sections[1].text == "SKU: KT-1; Product: Aurora kettle; Power: 650 W"
    # Without another column a key is better than the number of the row.
    (one, _) = read_csv(
        write(
            text.replace("Product;", "").replace("Aurora kettle;", "").replace("Vario kettle;", ""),
            "goods.csv",
        )
    )
    assert (one.name, one.aliases) == ("KT-1", ())


def test_one_row_says_nothing_of_what_its_other_columns_are(write: Write) -> None:
    assert read_csv(write("text,lang\nA boat.,English\n", "a.csv"))[0].name == "1"


def test_rows_without_prose_are_told_by_their_other_columns(write: Write) -> None:
    (franc, yen) = read_csv(write("name,code,units\nFranc,CHF,2\nYen,JPY,0\n", "money.csv"))
    assert (franc.name, franc.oneliner) == ("Franc", "name: Franc; code: CHF; units: 2")
    assert (yen.name, yen.oneliner) == ("Yen", "name: Yen; code: JPY; units: 0")


def test_a_row_without_text_is_told_by_its_other_columns(write: Write) -> None:
    text = "Title,Text,Zone\nPeru,Republic of Peru,Lima\nJapan,,Tokyo\nWho is it?,,2\n,,3\n"
    contents = CsvReader().read(write(text, "lands.csv"))
    assert [one.oneliner for one in contents.entries] == [
        "Republic of Peru",
        "Title: Japan; Zone: Tokyo",
    ]
    assert told(contents)[-1] == "lands.csv: 2 rows have no text"


def test_what_excel_writes_first_is_passed_by(write: Write) -> None:
    contents = CsvReader().read(write("sep=;\r\nTitle;Text\r\nA;a\r\nB\r\n", "rows.csv"))
    assert [(entry.name, entry.oneliner) for entry in contents.entries] == [("A", "a")]
    assert told(contents)[0].startswith("rows.csv: line 4: 1 cells for 2 columns")


def test_the_first_row_of_a_table_without_header_is_read(write: Write) -> None:
    path = write(
        "Wo ist das Boot?,Am Steg neben dem Kran.,1\nWer hat es?,Die Frau des Schmieds.,2\n",
        "faq.csv",
    )
    contents = CsvReader().read(path)
    assert [[one.text for one in entry.sections] for entry in contents.entries] == [
        ["Am Steg neben dem Kran.", "1"],
        ["Die Frau des Schmieds.", "2"],
    ]
    assert told(contents) == [
        "faq.csv: has no header, so its columns are called by numbers; write their names above",
        "faq.csv: its columns are taken by what they hold (text '2', title '1'; details '3'); "
        "name others by --columns",
    ]
    (entry, _) = CsvReader(Reading(columns={"title": "2", "text": "1"})).read(path).entries
    assert (entry.name, entry.oneliner) == ("Am Steg neben dem Kran.", "Wo ist das Boot?")


def test_the_title_of_a_sheet_stands_above_its_header(write: Write) -> None:
    contents = CsvReader().read(write("Fees of 2024,,\n,,\nBerth,Fee,\nA1,9.50,\nB2,7,\n", "f.csv"))
    assert [entry.name for entry in contents.entries] == ["A1", "B2"]
    assert (
        told(contents)[0]
        == "f.csv: line 1: 'Fees of 2024' stands above the header; it was left out"
    )


def test_tables_below_each_other_are_one(write: Write) -> None:
    text = "question,answer\nWhere?,At sea.\nquestion,answer\nWhen?,Now.\n"
    assert [entry.name for entry in read_csv(write(text, "faq.csv"))] == ["Where?", "When?"]


def test_columns_of_one_name_are_both_told(write: Write) -> None:
    (entry,) = read_csv(write("title,text,Note,Note\nPier,Open.,one,two\n", "a.csv"))
    assert entry.sections[1].text == "Note: one; Note 2: two"


@pytest.mark.parametrize(
    "line",
    [
        '{"title": {"rendered": "Pier"}, "content": {"rendered": "Open at six.", "p": 0}}',
        '{"name": "Pier", "answer": {"html": "<b>Shut.</b>", "text": "Open at six."}}',
        '{"_index": {}, "_source": {"title": "Pier", "body": "Open at six."}}',
    ],
)
def test_a_text_within_an_object_is_read(line: str, write: Write) -> None:
    (entry,) = read_jsonl(write(line, "rows.jsonl"))
    assert (entry.name, entry.oneliner) == ("Pier", "Open at six.")


def test_nothing_is_what_programs_write_for_it(write: Write) -> None:
    text = '{"title": "A", "text": "a", "n": NaN}\n{"title": "B", "text": NaN, "n": 1}\n'
    contents = JsonLinesReader().read(write(text, "rows.jsonl"))
    assert [entry.sections[0].text for entry in contents.entries] == ["a", "title: B; n: 1"]


def test_addresses_that_are_none_are_told_in_one_line(write: Write) -> None:
    text = "".join(f'{{"text": "a", "url": "/{place}"}}\n' for place in "abc")
    (said,) = told(JsonLinesReader().read(write(text, "rows.jsonl")))
    assert said == "a' is no web address, and was left out; so were those of 2 other rows"


def test_html_in_cells_is_read_as_pages_are(write: Write) -> None:
    text = (
        "title,body\n"
        'Tea &amp; milk,"<p>Within <b>5 days</b>.</p><ul><li>Pack</li></ul>"\n'
        "Cost,<h2>Here</h2><p>Free &gt; 50.</p>\n"
        'Time,"Three days.<br>At <a href=""https://a.b"">sea</a> five."\n'
    )
    first, second, third = read_csv(write(text, "rows.csv"))
    assert (first.name, first.sections[0].text) == ("Tea & milk", "Within **5 days**.\n\n- Pack")
    assert [(one.path, one.blocks[0].plain) for one in second.sections] == [
        (("Here",), "Free > 50."),
    ]
    assert third.sections[0].text == "Three days.\\\nAt [sea](https://a.b) five."


def test_terms_whose_texts_are_html_are_terms(write: Write) -> None:
    rows = ["VPN,<p>A network for R&amp;D.</p>", "GST,A tax of 5&nbsp;%.", "PTO,&lt;p&gt;Days off."]
    found = read_csv(write("\n".join(("term,definition", *rows)), "terms.csv"))
    assert [entry.sections for entry in found] == [
        plain("A network for R&D."),
        plain("A tax of 5\xa0%."),
        plain("<p>Days off."),
    ]


def test_a_cell_that_is_longer_than_any_name_is_no_header(write: Write) -> None:
    told = "(a list of steps to finish a task, which a computer or a person may follow) " * 2
    text = f'ALGORITHM,"{told}"\nBUG,"(what nobody expects of hardware or software, and gets)"\n'
    assert [entry.name for entry in read_csv(write(text, "terms.csv"))] == ["ALGORITHM", "BUG"]


def test_columns_that_are_taken_by_what_they_hold_are_said(write: Write) -> None:
    path = write("Frage;Antwort\nWo ist es?;Am Steg, neben dem Kran.\n", "faq.csv")
    contents = CsvReader().read(path)
    (entry,) = contents.entries
    assert (entry.name, entry.sections[0].text) == ("Wo ist es?", "Am Steg, neben dem Kran.")
    what = "its columns are taken by what they hold (text 'Antwort', title 'Frage'); name others"
    assert contents.unread == (Unread(str(path), f"{what} by --columns", "warning"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,titel\n1,a", "no column ('id', 'titel') is called text, body, content, answer …;"),
        ("id,text,Text\n1,a,b", "column 'text' is there twice; keep one"),
        ("", "no column (none) is called text, body, content, answer …;"),
    ],
)
def test_a_table_without_text_is_refused(text: str, complaint: str, write: Write) -> None:
    path = write(text, "rows.csv")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_csv(path)
    assert str(caught.value).startswith(f"{path}: {complaint}")


def test_html_of_a_cell_is_read_without_the_package_for_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    source = tmp_path / "a.csv"
    source.write_text("question,answer\nHow do I pay?,By <b>card</b>.<br>Or by bank.\n", "utf-8")
    (entry,) = CsvReader().read(source).entries
    assert [block.plain for block in entry.sections[0].blocks] == ["By card. Or by bank."]
