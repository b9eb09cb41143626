"""The agency's list of words and plainer ones."""

from django.core.cache import caches
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.exceptions import NotPossible
from casework.models import WordHint

CACHED = "word_hints"
Hints = list[dict[str, str]]


def hints() -> Hints:
    """For the pages that have a text to write; a few seconds old at most."""
    found: Hints | None = caches["memory"].get(CACHED)
    if found is None:
        rows = WordHint.objects.order_by("language", "word")
        found = [{"word": row.word, "suggestion": row.suggestion} for row in rows]
        caches["memory"].set(CACHED, found)
    return found


@transaction.atomic
def add_hint(*, language: str, word: str, suggestion: str, by: User) -> WordHint:
    """Raises ``NotPossible`` when the word is on the list already."""
    _check_word(language, word)
    hint = WordHint.objects.create(language=language, word=word, suggestion=suggestion)
    caches["memory"].delete(CACHED)
    return hint


@transaction.atomic
def change_hint(*, hint: WordHint, language: str, word: str, suggestion: str, by: User) -> WordHint:
    """Raises ``NotPossible`` when another line has this word."""
    hint = WordHint.objects.select_for_update().get(pk=hint.pk)
    _check_word(language, word, besides=hint)
    hint.language, hint.word, hint.suggestion = language, word, suggestion
    hint.save(update_fields=["language", "word", "suggestion"])
    caches["memory"].delete(CACHED)
    return hint


@transaction.atomic
def remove_hint(*, hint: WordHint, by: User) -> None:
    hint.delete()
    caches["memory"].delete(CACHED)


def _check_word(language: str, word: str, besides: WordHint | None = None) -> None:
    same = WordHint.objects.filter(language=language, word__iexact=word)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise NotPossible(_("This word is on the list already."), field="word")
