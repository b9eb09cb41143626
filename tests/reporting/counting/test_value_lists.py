"""Every answer of ours finds its line in every funder's list, and none is lost or doubled."""

import pytest

from casework.choices import ProgramReason, ServiceKind, Victimisation
from clients.choices import AgeBand, Gender, Race, Relation, Unanswered
from reporting import value_lists
from reporting.value_lists import INTERNAL, NotAList, files, parse

LISTS = sorted(files())
KEPT = {
    "age_band": AgeBand,
    "gender": Gender,
    "race": Race,
    "relation": Relation,
}


@pytest.mark.parametrize("key", LISTS)
def test_every_code_of_ours_has_one_line(key):
    each = files()[key]

    for ours in INTERNAL[each.internal]:
        placed = each.place([ours])
        assert len(placed) == 1, ours
        assert placed[0] in each.codes


@pytest.mark.parametrize("question", KEPT)
def test_our_lists_are_whole(question):
    assert set(INTERNAL[question]) == {*KEPT[question].values, *Unanswered.values}


def test_our_lists_without_answers_are_whole():
    assert set(INTERNAL["victimisation"]) == set(Victimisation.values)
    assert set(INTERNAL["service"]) == set(ServiceKind.values)
    assert set(INTERNAL["reason"]) == set(ProgramReason.values)


@pytest.mark.parametrize("key", LISTS)
def test_every_list_says_where_it_comes_from(key):
    each = files()[key]

    assert each.source
    assert each.dated.year >= 2024
    assert each.form == key.split("_")[0]


def test_ovc_form_has_its_26_types_and_35_services():
    lists = files()

    assert len(lists["ovc_victimisation"].codes) == 26
    assert len(lists["ovc_service"].codes) == 35
    assert [len([c for c in lists["ovc_service"].codes if c[0] == g]) for g in "ABCDE"] == [4, 10, 7, 3, 11]
    assert list(lists["ovc_race"].codes)[-2:] == ["R98", "R99"]


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (["native"], "R01"),
        (["latino"], "R04"),
        (["white"], "R06"),
        (["white", "latino"], "R08"),
        (["mena", "other"], "R08"),  # two answers, though both alone are "some other race"
        (["black", "black"], "R03"),
        (["declined"], "R98"),
        (["unknown"], "R98"),
        (["not_asked"], "R99"),
        (["asian", "declined"], "R02"),  # an answer weighs more than none
        ([], "R99"),
    ],
)
def test_race_of_the_ovc_form(answers, line):
    assert files()["ovc_race"].place(answers) == (line,)


def test_race_of_ovw_and_fvpsa_keeps_several():
    assert files()["ovw_race"].place(["latino", "black"]) == ("E3", "E4")
    assert files()["fvpsa_race"].place(["white", "native"]) == ("R01", "R06")
    assert files()["ovw_race"].place(["declined"]) == ("E9",)


EDGES = {
    "ovc_age": "A01 A01 A01 A01 A02 A03 A04 A04 A05 A98 A98 A99",
    "ovw_age": "T1 T2 T2 T2 T3 T4 T5 T5 T6 T9 T9 T9",
    "fvpsa_age": "A1 A1 A1 A1 A1 A2 A3 A3 A4 A9 A9 A9",
    "gbvims_age": "G1 G1 G1 G2 G2 G3 G3 G3 G3 G9 G9 G9",
}


@pytest.mark.parametrize("key", EDGES)
def test_every_age_band_edge(key):
    bands = [*AgeBand.values, "declined", "unknown", "not_asked"]

    assert [files()[key].place([band])[0] for band in bands] == EDGES[key].split()


def test_the_first_that_fits_is_taken():
    primary = files()["ovw_victimisation"]

    assert primary.place(["V22", "V10", "V02"]) == ("W1",)
    assert primary.place(["V22", "V10"]) == ("W2",)
    assert primary.place([]) == ("W9",)


def test_a_special_classification_nobody_told_is_no_line():
    assert files()["ovc_special"].place([]) == ()
    assert files()["ovc_special"].place(["interpreter", "deaf"]) == ("S01", "S07")


def test_unverified_lists_are_marked():
    unverified = {key for key, each in files().items() if not each.verified}

    assert {"ovw_race", "ovw_reason", "fvpsa_gender", "ovc_gender", "gbvims_type"} <= unverified
    assert not unverified & {"ovc_race", "ovc_age", "ovc_victimisation", "ovc_service"}


# --- A list put in by an administrator -------------------------------------------------------

GOOD = (value_lists.resources.files("reporting") / "lists" / "ovc_gender.toml").read_text(encoding="utf-8")


def test_a_replacement_reads_like_the_file():
    assert parse("ovc_gender", GOOD) == files()["ovc_gender"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('G01 = ["man"]', "", "mapped nowhere: man"),
        ('G01 = ["man"]', 'G01 = ["man", "woman"]', "Mapped twice: woman"),
        ('G01 = ["man"]', 'G01 = ["man", "martian"]', "Not codes of ours: martian"),
        ('G01 = "Male"', "", "Not listed under [codes]: G01"),
        ('G01 = "Male"', 'G01 = " "', "needs a label"),
        ("verified = false", "", "“verified”"),
        ('source = "OVC', 'sauce = "OVC', "“source”"),
        ('form = "ovc"', 'form = "xyz"', "“form” is one of"),
        ("[codes]", "[codes", "not TOML"),
        ('nothing = "G99"', 'nothing = "G77"', "Not listed under [codes]: G77"),
    ],
)
def test_a_list_with_a_hole_is_not_taken(before, after, said):
    assert before in GOOD

    with pytest.raises(NotAList) as caught:
        parse("ovc_gender", GOOD.replace(before, after))

    assert said in str(caught.value)
