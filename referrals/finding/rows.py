"""One service as a row of the index. No address comes near it: only the towns that may be shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import override

from casework.search import words_of
from referrals import confidential, freshness
from referrals.entry import areas_of, languages_of, phones_of, schedules_of
from referrals.finding import marks
from referrals.finding.everyday import EVERYDAY
from referrals.finding.hours import as_plain, open_hours
from referrals.finding.query import Means
from referrals.models import SearchText, Service
from referrals.needs import labels
from referrals.opening import as_hours, is_readable

LONGEST_TEXT = 6_000  # characters of all that is said beside names
SHORTEST_WORD, LONGEST_WORD = 4, 30
APART = "\n\x1e\n"
PHONES = 3
ORGANIZATION = 3  # its place among the names


READ_WITH: Final = (
    *confidential.READ_WITH,
    *("phones", "at_locations__phones", "at_locations__location__phones", "organization__phones"),
    *("schedules", "at_locations__schedules", "at_locations__location__schedules"),
    *("languages", "at_locations__location__languages", "areas", "at_locations__areas"),
)


def readable(services: QuerySet[Service]) -> QuerySet[Service]:
    """With what a row is made of: less than a page shows."""
    return services.select_related("organization").prefetch_related(*READ_WITH)


@dataclass(frozen=True)
class Texts:
    """As they may be shown. Of ``names`` its own come first; of ``rest`` the alert."""

    names: list[str]
    needs: list[str]
    rest: list[str]


def row_of(service: Service, today: date) -> SearchText:
    """``service`` read with ``readable``."""
    texts = _texts(service)
    languages, areas = _languages(service), _areas(service)
    places = confidential.shown_places(service)
    towns = _unique(address.city for place in places for address in place.addresses)
    access = [fact for place in places for fact in place.access]
    hours = [row for row in map(as_hours, schedules_of(service)) if is_readable(row)]
    return SearchText(
        service=service,
        name=folded(service.name)[:300],
        names=folded(*texts.names),
        needs=folded(*texts.needs),
        places=folded(*areas, *towns, *languages),
        rest=folded(*texts.rest)[:LONGEST_TEXT],
        codes=" ".join(sorted(_codes(service, languages, [*areas, *towns], access))),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        open_hours=open_hours(hours, today),
        fresh_on=freshness.of_service(service, today).on,
        shown={
            "name": texts.names[0],
            "organization": texts.names[ORGANIZATION],
            "alert": texts.rest[0],
            "phones": _phones(service),
            "languages": languages,
            "areas": areas,
            "towns": towns,
            "hours": [as_plain(row) for row in hours],
        },
    )


def folded(*texts: str) -> str:
    return " ".join(word for text in texts for word in words_of(text))


def words_in(text: SearchText) -> Iterator[str]:
    """The words a slip of the finger may have been meant for."""
    for part in (text.names, text.needs, text.places, text.rest):
        for word in part.split():
            if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
                yield word


def _texts(service: Service) -> Texts:
    organization = service.organization
    names = [service.name, service.alternate_name, service.program_name, organization.name]
    names.append(organization.alternate_name)
    tags = [tag.term for tag in service.tags.all()]
    rest = [service.alert, service.description, service.eligibility_description, service.application_process]
    rest += [service.interpretation, service.survivor_notes, organization.description]
    shown = _shown(service, [*names, *tags, *rest])
    tags_from, rest_from = len(names), len(names) + len(tags)
    with override("en"):
        everyday = [*labels(service.needs), *(EVERYDAY.get(code, "") for code in service.needs)]
    return Texts(shown[:tags_from], [*everyday, *shown[tags_from:rest_from]], shown[rest_from:])


def _shown(service: Service, texts: list[str]) -> list[str]:
    """Without the streets of confidential places: asked once for all, since it is a lot of reading."""
    shown = confidential.shown_text(service, APART.join(texts)).split(APART)
    return shown if len(shown) == len(texts) else [confidential.shown_text(service, text) for text in texts]


def _codes(service: Service, languages: list[str], areas: list[str], access: list[str]) -> set[str]:
    spoken = [row.code for row in languages_of(service)] + languages
    found = {marks.mark(marks.NEED, code) for code in service.needs}
    found |= {marks.mark(marks.LANGUAGE, code) for code in marks.language_codes(spoken)}
    found |= {
        marks.mark(marks.ACCESS, code) for code in marks.access_codes([*access, service.interpretation])
    }
    found |= {marks.mark(marks.MEANS, code) for code in _means(service)}
    return found | marks.area_marks(areas)


def _means(service: Service) -> Iterator[str]:
    """By phone also when nobody said so, but there is a number."""
    if service.accepts_phone or (service.accepts_phone is None and _phones(service)):
        yield Means.PHONE
    if service.accepts_online:
        yield Means.ONLINE
    if service.accepts_walk_in:
        yield Means.WALK_IN


def _languages(service: Service) -> list[str]:
    phone = [str(each) for row in service.phones.all() for each in row.languages]
    return _unique([*(row.name or row.code for row in languages_of(service)), *phone])


def _areas(service: Service) -> list[str]:
    return _unique(area.name or area.description for area in areas_of(service))


def _phones(service: Service) -> list[list[str]]:
    numbers = dict.fromkeys((row.number, row.extension) for row in phones_of(service))
    return [list(each) for each in numbers][:PHONES]


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
