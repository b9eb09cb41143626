"""Releases of information: prepared in steps, signed once, taken back at a word, ended with the case.

A signed release is never written again; who wants something else writes a new one. Signing is
where everything is asked once more, whatever the pages before it said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import agency
from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Case
from casework.services.writing import locked
from clients.models import Release
from clients.release_choices import WITH_ADULT, Capacity, EndedWhy, RecipientKind, SignedHow, Sure
from clients.releases import end_of
from vault import files as store

USUAL_DAYS = 30
WRITTEN = (
    "recipient_kind", "recipient_ref", "recipient_name", "recipient_about", "items", "said", "purpose",
    "exclusions", "means", "last_day", "language", "interpreter", "interpreter_name",
)  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """An upload that ``casework.rules.file_types`` found fitting."""

    chunks: Iterable[bytes]
    name: str
    content_type: str


def longest_days() -> int:
    return int(agency.chosen().release_days_max)


def usual_last_day(today: date | None = None) -> date:
    return (today or timezone.localdate()) + timedelta(days=min(USUAL_DAYS, longest_days()))


# --- Preparing --------------------------------------------------------------------------------


@transaction.atomic
def begin(
    *, case: Case, by: User, release_id: UUID | None = None, replaces: Release | None = None, **fields: Any
) -> Release:
    """A release to be written on. The same form sent twice begins one. Raises ``NotPossible``."""
    case = locked(case)
    before = of_case(case).filter(pk=release_id).first() if release_id else None
    if before and before.created_by_id == by.pk and before.signed_at is None:
        return write(case=case, release=before, by=by, version=before.version, **fields)
    taken = release_id is None or Release.objects.filter(pk=release_id).exists()
    made = Release(
        id=uuid4() if taken else release_id,
        client=case.client,
        case_code=case.code,
        created_by=by,
        replaces=replaces if replaces and replaces.case_code == case.code else None,
    )
    _set(made, fields)
    made.save(force_insert=True)
    trail.record("release.prepared", case=case, obj=made)
    return made


@transaction.atomic
def write(*, case: Case, release: Release, by: User, version: int, **fields: Any) -> Release:
    """Write on a release that is not signed. What changed has to be read together again.

    Raises ``ChangedMeanwhile`` when a colleague wrote on it in between, ``NotPossible``.
    """
    case = locked(case)
    held = _held(case, release)
    if held.version != version:
        raise ChangedMeanwhile(held)
    if _set(held, fields):
        held.statement_shown_at, held.statement = None, ""
    held.version += 1
    held.save()
    trail.record("release.changed", case=case, obj=held, details={"fields": sorted(fields)})
    return held


def _set(release: Release, fields: Mapping[str, Any]) -> bool:
    """Did anything change?"""
    unknown = set(fields) - set(WRITTEN)
    if unknown:
        raise TypeError(f"Not written here: {sorted(unknown)}")
    changed = {name: value for name, value in fields.items() if getattr(release, name) != value}
    for name, value in changed.items():
        setattr(release, name, value)
    if release.recipient_ref is None and release.recipient_kind == RecipientKind.LISTED:
        release.recipient_kind = RecipientKind.AGENCY
    return bool(changed)


@transaction.atomic
def read_together(
    *, case: Case, release: Release, by: User, version: int, language: str, interpreter_name: str = ""
) -> Release:
    """The whole text and the statement were read, in ``language``. Raises like ``write``."""
    case = locked(case)
    held = _held(case, release)
    if held.version != version:
        raise ChangedMeanwhile(held)
    check_complete(held)
    held.statement, held.statement_shown_at = language, timezone.now()
    held.interpreter_name = interpreter_name
    held.version += 1
    held.save()
    trail.record("release.changed", case=case, obj=held, details={"read_in": language})
    return held


@transaction.atomic
def put_away(*, case: Case, release: Release, by: User) -> None:
    """It will not be signed. What stood in it is emptied. Raises ``NotPossible`` once it is signed."""
    case = locked(case)
    held = _held(case, release)
    held.said, held.items, held.given_up_at = {}, [], timezone.now()
    held.purpose = held.exclusions = held.recipient_about = ""
    held.save()
    trail.record("release.given_up", case=case, obj=held)


def of_case(case: Case) -> Any:
    """The only set a page of a case takes a release from."""
    return Release.objects.filter(client=case.client_id, case_code=case.code)


def _held(case: Case, release: Release) -> Release:
    held: Release | None = of_case(case).select_for_update().filter(pk=release.pk).first()
    if held is None or held.given_up_at is not None:
        raise NotPossible(_("This release was put away. Write a new one."))
    if held.is_signed:
        raise NotPossible(_("This release is signed: it stays as it is. Write a new one instead."))
    held.client = case.client
    return held


def check_complete(release: Release) -> None:
    """Everything a release has to say. Raises ``NotPossible`` with what is still to be written."""
    if not release.recipient_name.strip():
        raise NotPossible(_("Say first who may get it."))
    if not release.items or any(not (release.said or {}).get(item, "").strip() for item in release.items):
        raise NotPossible(_("Say first what may be shared, each thing in its words."))
    if not release.purpose.strip():
        raise NotPossible(_("Say first what it is for."))
    if not release.means:
        raise NotPossible(_("Say first how it will be shared."))
    check_last_day(release.last_day)


def check_last_day(last_day: date | None) -> None:
    today = timezone.localdate()
    if last_day is None or last_day < today:
        raise NotPossible(_("Choose a last day that is still to come."), field="last_day")
    if last_day > today + timedelta(days=longest_days()):
        said = _("A release here holds %(days)s days at most. Choose an earlier day.")
        raise NotPossible(said % {"days": longest_days()}, field="last_day")


# --- Signing ----------------------------------------------------------------------------------


@transaction.atomic
def sign(
    *,
    case: Case,
    release: Release,
    by: User,
    version: int,
    how: str,
    capacity: str = Capacity.SELF,
    signature: Any = None,
    adult_signature: Any = None,
    scan: Scan | None = None,
    at: datetime | None = None,
    **said: str,
) -> Release:
    """Signed: from now on it holds, and nothing of it changes any more.

    ``said``: witness, capacity_words, adult_name, adult_is_abuser, adult_harmed_parent. ``at`` is
    when it was signed on paper. Asked twice for one release it is signed once. Raises
    ``NotPossible`` and ``ChangedMeanwhile``.
    """
    case = locked(case)
    signed: Release | None = of_case(case).filter(pk=release.pk, signed_with=by, signed_how=how).first()
    if signed is not None:
        return signed
    held = _held(case, release)
    if held.version != version:
        raise ChangedMeanwhile(held)
    check_complete(held)
    if held.statement_shown_at is None:
        raise NotPossible(_("Read it together first: the whole text, and that signing is their choice."))
    check_capacity(capacity, **said)
    _check_signatures(how, capacity, signature, adult_signature, scan)
    said = _that_apply(capacity, said)
    for name, value in {**said, "capacity": capacity, "signed_how": how}.items():
        setattr(held, name, value)
    held.signature, held.adult_signature = signature, adult_signature if capacity in WITH_ADULT else None
    _set_times(held, at if how in (SignedHow.SCAN, SignedHow.PAPER) else None)
    held.signed_with, held.version = by, held.version + 1
    _save_with_scan(held, scan)
    trail.record("release.signed", case=case, obj=held, details={"how": how, "capacity": capacity})
    _take_the_place_of(held.replaces, held, case)
    return held


def check_capacity(
    capacity: str,
    *,
    adult_name: str = "",
    adult_is_abuser: str = "",
    adult_harmed_parent: str = "",
    capacity_words: str = "",
    witness: str = "",
) -> None:
    """Who may sign. An adult signs only when it is clear that they did no harm: VAWA's rule."""
    if capacity in (Capacity.MINOR_ALONE, Capacity.GUARDIAN) and not capacity_words.strip():
        raise NotPossible(_("Write down which law or which court allows this."), field="capacity_words")
    if capacity not in WITH_ADULT:
        return
    if not adult_name.strip():
        raise NotPossible(_("Write down who signs with them."), field="adult_name")
    for field, answer in (("adult_is_abuser", adult_is_abuser), ("adult_harmed_parent", adult_harmed_parent)):
        if answer != Sure.NO:
            raise NotPossible(
                _(
                    "With this answer somebody else has to sign. It says nothing against anybody: only when"
                    " it is clear that nobody was harmed by them can this person sign. Another parent or"
                    " guardian may, or the minor alone where the law allows it. Your supervisor can help."
                ),
                field=field,
            )


def _that_apply(capacity: str, said: Mapping[str, str]) -> dict[str, str]:
    """Answers to questions not asked of this signer, left over from another choice, are not kept."""
    apply = {"witness"}
    if capacity in (Capacity.MINOR_ALONE, Capacity.GUARDIAN):
        apply.add("capacity_words")
    if capacity in WITH_ADULT:
        apply |= {"adult_name", "adult_is_abuser", "adult_harmed_parent"}
    return {name: value for name, value in said.items() if name in apply}


def _check_signatures(how: str, capacity: str, signature: Any, adult: Any, scan: Scan | None) -> None:
    if how == SignedHow.SCAN:
        if scan is None:
            raise NotPossible(_("Choose the scan of the signed page."), field="scan")
        return
    if how == SignedHow.PAPER:
        return
    if how not in (SignedHow.DRAWN, SignedHow.TYPED):
        raise NotPossible(_("Say how it is signed."), field="how")
    if capacity != Capacity.GUARDIAN and not signature:
        raise NotPossible(_("Their signature is still missing."), field=f"signature_{how}")
    if capacity in WITH_ADULT and not adult:
        raise NotPossible(_("The signature of the adult is still missing."), field=f"adult_{how}")


def _set_times(release: Release, at: datetime | None) -> None:
    now = timezone.now()
    at = at or now
    if at > now or timezone.localdate(at) < timezone.localdate(release.created_at):
        raise NotPossible(_("It was signed after it was written, and not later than now."), field="at")
    if release.last_day is None:
        raise NotPossible(_("Choose a last day that is still to come."))
    release.signed_at = release.starts_at = at
    release.expires_at = end_of(release.last_day, timezone.get_default_timezone())


def _save_with_scan(release: Release, scan: Scan | None) -> None:
    """Bytes first: a stop in between leaves ciphertext that belongs to nothing, never a row without it."""
    if scan is None or release.signed_how != SignedHow.SCAN:
        release.save()
        return
    release.scan_id, release.scan_name, release.scan_type = uuid4(), scan.name, scan.content_type
    try:
        store.store(scan.chunks, owner=release.client_id, file_id=release.scan_id)
        release.save()
    except BaseException:
        store.remove(release.scan_id)
        raise


def _take_the_place_of(earlier: Release | None, release: Release, case: Case) -> None:
    if earlier is not None:
        held = Release.objects.select_for_update().get(pk=earlier.pk)
        _end(held, EndedWhy.REPLACED, case)


# --- The end of it ----------------------------------------------------------------------------


@transaction.atomic
def revoke(*, case: Case, release: Release, by: User, told: str = "", at: datetime | None = None) -> Release:
    """They took it back, by word of mouth is enough; at once, and for good.

    Anybody who stands in the case may take it down, in a closed case too. ``at``: when they said
    so. Asked twice it is taken back once. Raises ``NotPossible``.
    """
    held: Release = of_case(case).select_for_update().select_related("client").get(pk=release.pk)
    now = timezone.now()
    if held.revoked_at is not None:
        return held
    if held.signed_at is None or not held.is_in_force(now):
        raise NotPossible(_("This release does not hold now: there is nothing to take back."))
    if at is not None and not held.signed_at <= at <= now:
        raise NotPossible(_("They took it back after signing it, and not later than now."), field="at")
    held.revoked_at, held.revoked_recorded_at, held.revoked_by = at or now, now, by
    held.revoked_words = told
    held.save(update_fields=["revoked_at", "revoked_recorded_at", "revoked_by", "revoked_words"])
    trail.record("release.revoked", case=case, obj=held)
    return held


def end_all(*, case: Case, by: User) -> int:
    """Inside the transaction that closes ``case``: no release outlives it, none is left half written."""
    now = timezone.now()
    found = of_case(case).select_for_update()
    standing = found.signed().filter(Q(ended_at=None), revoked_at=None, expires_at__gt=now)
    ended = [release for release in standing if _end(release, EndedWhy.CLOSED, case)]
    for release in found.being_prepared():
        release.said, release.items, release.given_up_at = {}, [], now
        release.save(update_fields=["said", "items", "given_up_at"])
        trail.record("release.given_up", case=case, obj=release)
    return len(ended)


def _end(release: Release, why: str, case: Case) -> bool:
    if release.ended_at is not None or release.signed_at is None:
        return False
    release.ended_at, release.ended_why = timezone.now(), why
    release.save(update_fields=["ended_at", "ended_why"])
    trail.record("release.ended", case=case, obj=release, details={"why": why})
    return True
