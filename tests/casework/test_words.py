"""The list of words and plainer ones: kept by the administrator, read by the page, never in anybody's way."""

import json
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Entry
from casework.exceptions import NotPossible
from casework.models import Note, WordHint
from casework.services import wording
from casework.word_list import ENGLISH, SPANISH
from tests.access_matrix import CASE_PAGES
from tests.test_access_matrix import address, things_in

ROOT = Path(__file__).resolve().parents[2]
WORDS = reverse("word_hints")


def list_on(page):
    return json.loads(BeautifulSoup(page, "html.parser").find(id="word-hints").string)


# --- The list ------------------------------------------------------------------------------


def test_agency_starts_with_a_list_in_both_languages(db):
    kept = set(WordHint.objects.values_list("language", "word", "suggestion"))

    assert kept == {("en", *each) for each in ENGLISH} | {("es", *each) for each in SPANISH}


@pytest.mark.parametrize("word", ["refused", "non-complian*", "alleged*", "failed to", "claims"])
def test_the_words_that_weigh_most_are_on_it(word):
    assert word in dict(ENGLISH)


def test_suggestions_need_no_suggestion_themselves():
    for words in (ENGLISH, SPANISH):
        heavy = [re.escape(word.rstrip("*")) for word, _plainer in words]
        assert [
            plainer for _word, plainer in words if re.search(rf"\b({'|'.join(heavy)})\b", plainer, re.I)
        ] == []


def test_list_is_one_query_and_then_none(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        wording.hints()
        wording.hints()


def test_a_word_stands_on_the_list_once(cast):
    with pytest.raises(NotPossible):
        wording.add_hint(language="en", word="Refused", suggestion="said no", by=cast.ada)


# --- The administrator's page -----------------------------------------------------------------


def test_administrator_adds_changes_and_takes_off(cast, as_):
    browser = as_(cast.ada)

    browser.post(WORDS, {"language": "en", "word": " so  called* ", "suggestion": "leave it out"})
    hint = WordHint.objects.get(word="so called*")
    changed = {f"{hint.pk}-language": "en", f"{hint.pk}-word": "so-called", f"{hint.pk}-suggestion": "–"}
    browser.post(WORDS, {"hint": str(hint.pk), **changed})
    hint.refresh_from_db()
    browser.post(WORDS, {"hint": str(hint.pk), "remove": "yes"})

    assert (hint.word, hint.suggestion) == ("so-called", "–")
    assert not WordHint.objects.filter(pk=hint.pk).exists()
    entries = Entry.objects.filter(object_pk=str(hint.pk)).order_by("pk")
    assert list(entries.values_list("event", flat=True)) == ["created", "changed", "removed"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"word": "refused"}, "on the list already"),
        ({"word": "*"}, "Write a word"),
        ({"word": "no*thing"}, "Write a word"),
        ({"word": ""}, "required"),
        ({"word": "x" * 61}, "at most 60"),
    ],
)
def test_slips_are_said(cast, as_, typed, said):
    before = WordHint.objects.count()

    answer = as_(cast.ada).post(WORDS, {"language": "en", "suggestion": "plainer", **typed})

    assert said in answer.content.decode()
    assert WordHint.objects.count() == before


def test_word_that_is_gone_is_not_found(cast, as_):
    answer = as_(cast.ada).post(WORDS, {"hint": "5f9c0f3e-0000-4000-8000-000000000000", "remove": "yes"})

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["alice", "carla", "remy", "pia"])
def test_only_the_administrator_keeps_the_list(cast, as_, name):
    assert as_(getattr(cast, name)).get(WORDS).status_code == 403


# --- In the pages that have a text to write ----------------------------------------------------


@pytest.mark.parametrize("name", ["note_new", "case_edit", "plan_write", "plan_compose", "person_edit"])
def test_pages_with_a_text_bring_the_list(cast, as_, name):
    page = as_(cast.alice).get(reverse(name, args=[cast.case.code])).content.decode()

    assert {"word": "refused", "suggestion": "chose not to · said no to"} in list_on(page)


def test_every_long_text_is_watched(cast, as_):
    page = as_(cast.alice).get(reverse("note_new", args=[cast.case.code])).content.decode()
    areas = BeautifulSoup(page, "html.parser").find_all("textarea")

    assert areas
    assert all(area.has_attr("data-words") for area in areas)


def test_words_are_never_in_the_way(cast, as_):
    heavy = "They refused and failed to come; non-compliant."

    as_(cast.alice).post(
        reverse("note_new", args=[cast.case.code]),
        {"kind": "meeting", "happened_at": "2026-03-14T15:30", "text": heavy},
    )

    assert Note.objects.get().text == heavy


def test_script_sends_and_keeps_nothing():
    script = (ROOT / "static" / "js" / "words.js").read_text()

    assert not re.search(r"fetch|XMLHttp|Beacon|Storage|indexedDB|cookie|caches|\.submit", script)


HARNESS = """
globalThis.document = {
  getElementById: (id) => id === "word-hints" ? { textContent: LIST } : { dataset: { says: "Perhaps:" } },
  querySelectorAll: () => [],
  addEventListener: () => {},
};
const { found } = await import(SCRIPT);
console.log(JSON.stringify(JSON.parse(TEXTS).map((text) => found(text).map((each) => each.word))));
"""


@pytest.mark.skipif(which("node") is None, reason="no node on this machine; the browser tests cover it")
def test_what_is_found_in_a_text(tmp_path):
    words = [{"word": word, "suggestion": plainer} for word, plainer in (*ENGLISH, *SPANISH)]
    texts = [
        "She Refused   to go.",
        "Non-compliant, failed\nto call",
        "refusedly unfailed to prefused",
        "se negó",
        "se nego\u0301 y recayó",
        "nothing here",
    ]
    code = HARNESS.replace("LIST", json.dumps(json.dumps(words))).replace(
        "TEXTS", json.dumps(json.dumps(texts))
    )
    script = tmp_path / "words.mjs"
    script.write_text((ROOT / "static" / "js" / "words.js").read_text())
    (tmp_path / "try.mjs").write_text(code.replace("SCRIPT", json.dumps(str(script))))

    done = subprocess.run([which("node"), tmp_path / "try.mjs"], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [
        ["Refused"],
        ["Non-compliant", "failed\nto"],
        [],
        ["se negó"],
        ["se negó", "recayó"],
        [],
    ]


def test_no_page_watches_a_text_without_the_list(cast, as_):
    things, browser, without = things_in(cast.case, cast), as_(cast.carla), []
    for name, (kind, _post) in CASE_PAGES.items():
        if kind is None:
            continue
        page = browser.get(address(name, things), follow=True).content.decode("utf-8", "replace")
        if "data-words" in page and 'id="word-hints"' not in page:
            without.append(name)

    assert without == []
