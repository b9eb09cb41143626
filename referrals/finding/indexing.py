"""Writing the rows that the search reads, after every write of the directory.

``refresh`` takes ids and does not ask what changed: whoever can be found has one fresh row
afterwards, whoever cannot has none. A hundred thousand services pass through in batches.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from referrals.finding.rows import readable, row_of, words_in
from referrals.models import SearchText, SearchWord, Service

AT_ONCE = 500


def refresh(service_ids: Iterable[UUID] | None = None) -> int:
    """Index these services anew, or the whole directory. How many can be found."""
    if service_ids is None:
        return _everything()
    wanted = list(dict.fromkeys(service_ids))
    return sum(len(_batch(wanted[start : start + AT_ONCE])[0]) for start in range(0, len(wanted), AT_ONCE))


def _everything() -> int:
    found, words = 0, set[str]()
    for ids in _ids():
        texts, said = _batch(ids)
        found += len(texts)
        words |= said
    with transaction.atomic():
        SearchText.objects.exclude(service__in=Service.objects.listed()).delete()
        stale = set(SearchWord.objects.values_list("word", flat=True)) - words
        for part in _parts(sorted(stale)):
            SearchWord.objects.filter(word__in=part).delete()
    return found


def _ids() -> Iterator[list[UUID]]:
    """All that may be found, by their ids in order: what is added meanwhile indexes itself."""
    services, last = Service.objects.listed().order_by("pk"), None
    while True:
        later = services if last is None else services.filter(pk__gt=last)
        ids = list(later.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return
        yield ids
        last = ids[-1]


@transaction.atomic
def _batch(ids: list[UUID]) -> tuple[list[SearchText], set[str]]:
    """Locked first: two who index the same service do it one after the other."""
    list(Service.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk", flat=True))
    today: date = timezone.localdate()
    services = readable(Service.objects.listed().filter(pk__in=ids))
    texts = [row_of(service, today) for service in services]
    words = {word for text in texts for word in words_in(text)}
    SearchText.objects.filter(service__in=ids).delete()
    SearchText.objects.bulk_create(texts)
    for part in _parts(sorted(words)):
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in part], ignore_conflicts=True)
    return texts, words


def _parts(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), AT_ONCE):
        yield words[start : start + AT_ONCE]
