from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.web.schemas.sample import Sample, filled

SAMPLE = replace(Sample(), entry="gqa", end=58, quote="Heads share keys.")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("{entry}", "gqa"),
        ("{end}", 58),
        ("{quote} [1]", "Heads share keys. [1]"),
        ("to {end}", "to 58"),
        (
            ["{entry}", {"text": "{quote}", "citations": [1]}, None],
            ["gqa", {"text": "Heads share keys.", "citations": [1]}, None],
        ),
        ("{}", "{}"),
        (0.93, 0.93),
    ],
)
def test_places_in_examples_are_filled(example: object, expected: object) -> None:
    field = {"type": "string", "examples": [example]}
    schema = {"components": [{"properties": {"field": field}}]}
    (found,) = filled(schema, SAMPLE)["components"]
    assert found["properties"]["field"] == {"type": "string", "examples": [expected]}
    assert field["examples"] == [example]


def test_what_is_no_example_stays_as_it_is() -> None:
    schema = {"description": "{entry}", "properties": {"examples": {"default": "{entry}"}}}
    assert filled(schema, SAMPLE) == schema


def test_a_place_that_nothing_fills_is_a_fault() -> None:
    with pytest.raises(KeyError, match="enrty"):
        filled({"examples": ["{enrty}"]}, SAMPLE)


def test_what_is_said_before_a_knowledge_base_is_open_fits_together() -> None:
    sample = Sample()
    assert sample.quote[sample.start : sample.end] == sample.oneliner == sample.quote
