"""Why a service was found, in a few plain words each: what of the question it answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clients.choices import Language
from referrals.entry import ages_words
from referrals.finding import marks
from referrals.finding.query import Access, Means, Query, Result
from referrals.finding.wanted import Wanted, Word
from referrals.needs import labels

IN_A_NAME, IN_A_NEED = 3, 2


def reasons(query: Query, meant: Wanted, result: Result, place: tuple[int, bool]) -> Iterator[str]:
    """``place``: the tier of the hit, and whether its area was said."""
    has = set(result.text.codes.split())
    if codes := [code for code in query.needs if marks.mark(marks.NEED, code) in has]:
        yield _("helps with: {needs}").format(needs="; ".join(labels(codes)))
    if codes := [code for code in query.languages if marks.mark(marks.LANGUAGE, code) in has]:
        yield _("speaks {languages}").format(languages=", ".join(str(Language(code).label) for code in codes))
    if meant.area:
        yield _area(result, in_area=place[1])
    if query.age is not None:
        yield _age(result)
    for code in query.means:
        if marks.mark(marks.MEANS, code) in has:
            yield str(Means(code).label)
    for code in query.access:
        yield str(Access(code).label)
    if meant.words:
        yield _words(meant.words, result, place[0])


def _area(result: Result, *, in_area: bool) -> str:
    said = [*result.text.shown.get("areas", ()), *result.text.shown.get("towns", ())]
    if in_area or said:
        return _("serves {areas}").format(areas=", ".join(said[:3]) + ("…" if len(said) > 3 else ""))
    return _("where it works is not said")


def _age(result: Result) -> str:
    said = ages_words(result.text.minimum_age, result.text.maximum_age)
    return said or _("no age is named")


def _words(words: tuple[Word, ...], result: Result, tier: int) -> str:
    text = result.text
    there = set(f"{text.names} {text.needs} {text.places} {text.rest}".split())
    close = [near for word in words for near in word.near if near in there and word.text not in there]
    if close:
        return _("close to what you typed: {words}").format(words=", ".join(dict.fromkeys(close)))
    if tier == IN_A_NAME:
        return _("your words are in its name")
    if tier == IN_A_NEED:
        return _("your words are in what it helps with")
    return _("your words are in its description")
