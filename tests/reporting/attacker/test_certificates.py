"""Certificates, checked by adding up."""

import json

import pytest

from reporting.attacker import read
from reporting.attacker.certificates import check_certificate
from tests.reporting.attacker.files import content

SAID = {"cells": {"t": 12, "a": None, "b": None}, "equations": [["t", ["a", "b"]]]}
RIGHT = {"ids": ["a", "b"], "tables": [[1, 11], [11, 1]], "witnesses": {"a": [0, 1], "b": [1, 0]}}


def checked(**certificate):
    return check_certificate(read(content(**SAID, certificate={**RIGHT, **certificate})))


def test_a_certificate_that_adds_up_proves_its_marks():
    assert checked() == (frozenset("ab"), ())


def test_a_file_without_tables_has_nothing_to_check():
    assert check_certificate(read(content(**SAID))) is None
    assert check_certificate(read(content(**SAID, certificate={"tables": "many"}))) is None


@pytest.mark.parametrize(
    "tables",
    [
        [[1, 12], [11, 1]],
        [[0, 12], [11, 1]],
        [[1], [11, 1]],
        [[1, "11"], [11, 1]],
        [[1, 11.0], [11, 1]],
        ["x"],
    ],
)
def test_a_table_that_does_not_fit_proves_nothing(tables):
    found = checked(tables=tables)

    assert found.proved == frozenset()
    assert found.wrong == ("table 0 does not fit",)


@pytest.mark.parametrize("pair", [[1, 0], [0, 0], [0, 9], [0, -1], [0], "01", [True, 1], None])
def test_a_witness_that_shows_something_else_proves_nothing(pair):
    assert checked(witnesses={"a": pair, "b": [1, 0], "c": [0, 1], "t": [0, 1]}).proved == {"b"}


def test_tables_must_know_every_unknown():
    assert checked(ids=["a", "x"]).wrong


def test_changing_a_shown_number_is_noticed():
    said = json.loads(content(**SAID, certificate=RIGHT))
    said["cells"]["t"] = 13

    assert check_certificate(read(json.dumps(said).encode())).wrong
