from __future__ import annotations

from datetime import date, datetime, time

import pytest

from entrywise.data.readers.formats.tables.number_formats import shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.19, "0%", "19%"),
        (0.195, "0.0 %", "19.5 %"),
        (0.005, "0%", "1%"),
        (1234.5, '#,##0.00 "€"', "1,234.50 €"),
        (1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-', "1,234.50 €"),
        (-5, "[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00", "-$5.00"),
        (-0.001, "0.0", "0.0"),
        (601, "00000", "00601"),
        (7, "#,##0", "7"),
        (12_345_678, '0.0,,"M"', "12.3M"),
        (12_345_678, "#,##0,", "12,346"),
        (3.5, "0.0##", "3.5"),
        (3, "0.##", "3"),
        (3, ".00", "3.00"),
        (1e20, "0.00", "1e+20"),
        (1e300, "0.00", "1e+300"),
    ],
)
def test_numbers_are_written_as_a_spreadsheet_shows_them(
    value: float, number_format: str, text: str
) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    "number_format", ["General", "@", "dd/mm/yy", "0.00E+00", "# ?/?", "000-000", ""]
)
def test_where_a_format_is_another_the_number_is_written_as_it_is(number_format: str) -> None:
    assert shown(2.0, number_format) == "2"
    assert shown(0.1 + 0.2, number_format) == "0.3"


def test_days_and_times_are_told_by_one_standard() -> None:
    assert shown(datetime(2026, 3, 1), "d/m/yy") == "2026-03-01"
    assert shown(datetime(2026, 3, 1, 14, 30), "d/m/yy") == "2026-03-01 14:30"
    assert shown(datetime(2026, 3, 1, 14, 30, 5)) == "2026-03-01 14:30:05"
    assert (shown(date(2026, 3, 1)), shown(time(9, 5))) == ("2026-03-01", "09:05")


def test_other_values_are_their_text() -> None:
    assert [shown(one, "0.00") for one in (None, True, "1.5 kg")] == ["", "TRUE", "1.5 kg"]
