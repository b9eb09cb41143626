"""Age bands on the day, at their edges."""

from datetime import date

import pytest

from clients.models import age_band_on

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 3, 1), "0-6"),
        (date(2019, 3, 2), "0-6"),
        (date(2019, 3, 1), "7-10"),
        (date(2015, 3, 1), "11"),
        (date(2014, 3, 1), "12"),
        (date(2013, 3, 1), "13-17"),
        (date(2008, 3, 2), "13-17"),
        (date(2008, 3, 1), "18-24"),
        (date(2008, 2, 29), "18-24"),
        (date(2001, 3, 1), "25-49"),
        (date(1976, 3, 1), "50-59"),
        (date(1966, 3, 2), "50-59"),
        (date(1966, 3, 1), "60+"),
        (date(1900, 1, 1), "60+"),
    ],
)
def test_age_band_changes_on_the_birthday(born, band):
    assert age_band_on(born, DAY) == band


def test_age_band_born_on_a_leap_day_comes_of_age_on_the_last_of_february():
    assert age_band_on(date(2008, 2, 29), date(2026, 2, 27)) == "13-17"
    assert age_band_on(date(2008, 2, 29), date(2026, 2, 28)) == "18-24"


def test_age_band_of_the_unborn_is_a_mistake():
    with pytest.raises(ValueError, match="future"):
        age_band_on(date(2026, 3, 2), DAY)
