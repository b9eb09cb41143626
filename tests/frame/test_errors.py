"""Plain pages for bad moments."""

import pytest
from bs4 import BeautifulSoup

from casework import errors

TYPED = {
    "text": "They said:\ncall on Tuesday",
    "kind": "note",
    "password": "hidden away",
    "csrfmiddlewaretoken": "x",
}


def old_page(request_as, **headers):
    request = request_as("advocate", path="/form/", method="post", data=TYPED, headers=headers)
    return BeautifulSoup(errors.csrf_failure(request).content, "html.parser")


def test_what_was_typed_in_a_page_open_too_long_can_be_sent_again(request_as):
    html = old_page(request_as, origin="http://testserver")

    assert html.textarea.text.strip().replace("\r", "") == TYPED["text"]
    assert html.select_one("input[name=kind]")["value"] == "note"
    assert html.select_one("main form")["action"] == "/form/"


def test_a_secret_is_never_given_back(request_as):
    html = old_page(request_as, origin="http://testserver")

    assert "hidden away" not in str(html)
    assert [each["name"] for each in html.select("[name=csrfmiddlewaretoken]")] == ["csrfmiddlewaretoken"]


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {}])
def test_a_form_of_another_site_gets_nothing_to_send(request_as, headers):
    html = old_page(request_as, **headers)

    assert not html.select("main form")
    assert "Tuesday" not in html.text


def test_not_found_is_the_same_for_everybody(request_as):
    answers = {
        errors.not_found(request).content
        for request in (
            request_as("advocate", path="/cases/K7QF/"),
            request_as("privacy_officer", path="/zzz/"),
        )
    }

    assert len(answers) == 1


@pytest.mark.parametrize(
    ("answer", "status"),
    [(errors.forbidden, 403), (errors.not_found, 404), (errors.broken, 500), (errors.unavailable, 503)],
)
def test_each_answer_has_its_number_and_one_heading(request_as, answer, status):
    response = answer(request_as("advocate"))

    assert response.status_code == status
    assert response.content.count(b"<h1>") == 1


def test_unavailable_says_when_to_try_again(request_as):
    assert errors.unavailable(request_as("advocate"))["Retry-After"] == "60"
