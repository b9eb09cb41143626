"""Finding a case by what somebody remembers: part of a name, the end of a number, a code.

There is no index to steal. Names and numbers are opened and compared in memory, over the
cases the reader may see and no others.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from casework.codes import LENGTH, tidy
from casework.models import Case
from vault import keys
from vault.errors import KeyDestroyed

MOST = 50
AT_ONCE = 1_000  # cases whose keys are opened together
DIGITS = 3  # fewer digits of a number fit everybody


@dataclass(frozen=True)
class Sought:
    words: tuple[str, ...]
    digits: str
    code: str

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.digits or self.code)


def plain(text: str) -> str:
    """Without case and accents: "José" and "JOSE" are the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain(text))
    return kept.split()


def digits_of(text: str) -> str:
    return "".join(str(digit) for c in text if (digit := unicodedata.digit(c, None)) is not None)


def sought(typed: str) -> Sought:
    """What was typed, read in each way it could be meant."""
    digits = digits_of(typed)
    is_number = len(digits) >= DIGITS and not any(c.isalpha() for c in typed)
    code = tidy(typed)
    return Sought(
        words=() if is_number else tuple(words_of(typed)),
        digits=digits if is_number else "",
        code=code if DIGITS <= len(code) <= LENGTH else "",
    )


def fits(wanted: Sought, *, code: str, names: Iterable[str], phones: Iterable[str]) -> bool:
    if wanted.code and wanted.code in code:
        return True
    if wanted.digits and any(digits_of(phone).endswith(wanted.digits) for phone in phones):
        return True
    return bool(wanted.words) and _names_fit(
        wanted.words, [word for name in names for word in words_of(name)]
    )


def _names_fit(wanted: Iterable[str], said: list[str]) -> bool:
    """Every word typed begins one of theirs, or, when it is long enough, stands inside one."""
    return all(
        any(word.startswith(each) or (len(each) >= DIGITS and each in word) for word in said)
        for each in wanted
    )


def find(user: User, typed: str, *, most: int = MOST) -> list[Case]:
    """Cases ``user`` may see that fit, newest first; at most ``most``."""
    wanted = sought(typed)
    if wanted.is_empty:
        return []
    exact = _visible(user).filter(code=wanted.code).first() if len(wanted.code) == LENGTH else None
    if exact is not None:
        return [exact]
    found: list[Case] = []
    for case in _all(user):
        if _is_meant(wanted, case):
            found.append(case)
            if len(found) == most:
                break
    return found


def _visible(user: User) -> QuerySet[Case]:
    cases = Case.objects.visible_to(user).select_related("client")
    return cases.only(
        "code",
        "status",
        "opened_at",
        "team_id",
        "client__erased_at",
        "client__name",
        "client__alias",
        "client__phones",
    )


def _all(user: User) -> Iterator[Case]:
    """Batch by batch, each with its keys opened in one query."""
    ids = list(Case.objects.visible_to(user).order_by("-opened_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        batch = {case.pk: case for case in _visible(user).filter(pk__in=ids[start : start + AT_ONCE])}
        keys.preload([case.client_id for case in batch.values() if not case.client.is_erased])
        yield from (batch[pk] for pk in ids[start : start + AT_ONCE] if pk in batch)


def _is_meant(wanted: Sought, case: Case) -> bool:
    person = case.client
    if person.is_erased:
        return bool(wanted.code) and wanted.code in case.code
    try:
        return fits(wanted, code=case.code, names=[person.name, person.alias], phones=person.phones or [])
    except KeyDestroyed:
        return False
