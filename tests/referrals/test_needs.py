"""What people need: our own list, and how the words of others lead to it."""

import pytest

from casework.harm_choices import Area
from referrals.needs import AREA_NEEDS, OPEN_ELIGIBILITY, Need, labels, need_from_text, needs_of_area


def test_list_is_short_and_every_area_leads_to_it():
    assert 24 <= len(Need) <= 30
    assert set(AREA_NEEDS) == set(Area.values)
    assert all(needs and set(needs) <= set(Need) for needs in AREA_NEEDS.values())


def test_every_need_is_reached_from_some_area():
    assert {need for needs in AREA_NEEDS.values() for need in needs} == set(Need)


def test_area_nobody_thought_of_leads_to_the_whole_list():
    assert set(needs_of_area("unheard")) == set(Need)


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (["Orders of Protection"], {"protection_order"}),
        (["Abogada para órdenes de protección"], {"protection_order"}),
        (["Legal Aid"], {"legal"}),
        (["Divorce and Child Custody lawyers"], {"family_law"}),
        (["Emergency Shelter"], {"shelter"}),
        (["Public housing", "Evictions"], {"housing"}),
        (["Guardería"], {"childcare"}),
        (["Support groups"], {"support_group"}),
        (["U visas"], {"immigration"}),
        (["1346"], {"immigration"}),
        (["Veterinary care for pets"], {"pets"}),
        (["Lawn mowing"], set()),
        (["", None], set()),
        (["shelterwood"], set()),
    ],
)
def test_words_of_others_lead_to_needs(terms, found):
    assert {need.value for need in need_from_text(terms)} == found


def test_codes_of_another_list_lead_to_needs_of_ours():
    assert set(OPEN_ELIGIBILITY.values()) <= set(Need)
    assert all(code.isdigit() for code in OPEN_ELIGIBILITY)


def test_labels_come_in_the_order_of_the_list_and_an_older_code_says_itself():
    assert labels(["pets", "shelter", "gone"]) == ["A safe place to stay now", "Care for animals", "gone"]
