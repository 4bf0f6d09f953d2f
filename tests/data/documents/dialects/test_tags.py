"""What tags on lines of their own say."""

from __future__ import annotations

import pytest

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.dialects.tags import label, with_words
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('<ParamField path="id" type="string" required>', "**id (string, required)**"),
        ('<ParamField\n body="size"\n type="int"\n default="9">', "**size (int, default: 9)**"),
        ('<ResponseField name="kind" type="&quot;a&quot; | b">', '**kind ("a" | b)**'),
        ('<Property name="days" type="int" required={true}>', "**days (int, required)**"),
        ('<Input name="days">', ""),
        ('<Field type="int" isrequired>', ""),
        ('<input name="days" type="text">', ""),
        ('<Tab title="Days" name="days" type="a">', "**Days**"),
    ],
)
def test_a_field_is_called_by_its_name_and_type(tag: str, said: str) -> None:
    assert label(tag) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Go to <Path path=\"Fähre > Über 'Bord'\" /> and <X/>.",
            "Go to Fähre > Über 'Bord' and <X/>.",
        ),
        ('| <Badge text="new [2]" /> | b |', "| new 2 | b |"),
        ('Press <Kbd keys="s" />: <Button name="Save" />', "Press s: Save"),
        (
            'Press <Key mod="cmd" k="z" id="undo" /> or <Keys a={b} />',
            "Press cmd+z or <Keys a={b} />",
        ),
        ('`<Badge text="new" />` <Badge>new</Badge>', None),
        ('a <File path="Oars/Blade.md" /> <Term name="oar" /> <Icon label="Oar" /> b', None),
        ('a <Card title="Oars" href="/oars" /> <card title="Oars" /> b', None),
        ('## Oars <Badge text="new" />', None),
    ],
)
def test_a_component_within_a_sentence_is_its_words(line: str, said: str | None) -> None:
    assert with_words(line) == (said or line)
    assert to_commonmark(f"{line} {line}", is_mdx=True) == f"{said or line} {said or line}"


@pytest.mark.parametrize("is_mdx", [True, False])
def test_a_question_is_a_label(is_mdx: bool) -> None:
    text = '<Faq id="a" question="Why two oars?">\n\nTo steer.\n\n</Faq>\n\n<Faq q="Why?">So.</Faq>'
    said = to_commonmark(text, is_mdx=is_mdx).split("\n")
    assert list(filter(None, said)) == ["**Why two oars?**", "To steer.", "**Why?**", "So."]


def test_labels_begin_paragraphs_and_are_no_code() -> None:
    text = 'Sizes.\n<Expandable title="More">\nIn rooms.\n     <Field name="a" type="int">\nIt is.'
    said = to_commonmark(text, is_mdx=True).split("\n")
    assert said == ["Sizes.", "", "**More**", "In rooms.", "", "   **a (int)**", "It is."]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('<Card\n title="Oars [2]"\n href="/oars" />', "- [Oars 2](/oars)"),
        ('<LinkCard title="Oars" href="a (b)" description="So." />', "- [Oars](a%20%28b%29): So."),
        ('<Card title="Oars" />', ""),
        ('<Card href="/oars" />', ""),
    ],
)
def test_a_card_that_leads_somewhere_is_an_item(tag: str, said: str) -> None:
    assert label(tag) == said


def test_notes_of_releases_are_headed_by_what_they_are_of() -> None:
    text = (
        '<Update label="9 May" description="v2" tags={["New"]}>\n  ## Oars\n\n  Two.\n</Update>\n\n'
        '<Update label="8 May">\n  One.\n</Update>'
    )
    page = read_page(text, title="News", is_mdx=True)
    assert [one.path for one in page.sections] == [("9 May (v2)", "Oars"), ("8 May",)]
