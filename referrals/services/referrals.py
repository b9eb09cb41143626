"""The only writers of referrals: begun, changed, and moved along ``referrals.loop.TRANSITIONS``.

Nothing goes out without a release in force that names this agency, this way and each item, asked
again under lock in the transaction that writes the disclosure. Information given discloses nothing.
What happens on the way is in ``referrals.services.referral_events``.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Case
from casework.services.writing import locked
from clients.disclosures import disclose
from clients.errors import NotCovered
from clients.release_choices import Basis, Item
from clients.releases import Coverage
from referrals import asking, loop
from referrals.covering import cover_of, releases_of
from referrals.errors import NotReleased
from referrals.loop import EndedBy, Kind, Outcome, State
from referrals.models import Referral, ReferralStep, Service

SOURCE = "referral"


@transaction.atomic
def start(
    *,
    case: Case,
    by: User,
    kind: str,
    need: str,
    service: Service | None = None,
    place: str = "",
    area: str = "",
    replaces: Referral | None = None,
    referral_id: UUID | None = None,
    **content: Any,
) -> Referral:
    """A draft. To an entry of the directory, or to a ``place`` somebody knows by name.

    ``replaces``: an earlier one that ended. Its facts may be taken over; its release may not.
    """
    case = locked(case)
    begun = Referral.objects.filter(pk=referral_id, case=case, written_by=by).first() if referral_id else None
    if begun is not None:
        begun.case = case
        return begun
    if replaces is not None and replaces.case_id != case.pk:
        raise NotPossible(_("That referral belongs to another case."))
    if replaces is not None and replaces.is_open:
        raise NotPossible(_("End the earlier referral first, then refer again."))
    taken = referral_id is None or Referral.objects.filter(pk=referral_id).exists()
    referral = Referral(
        id=uuid4() if taken else referral_id, case=case, kind=Kind(kind), need=need, area=area,
        county=case.client.county, replaces=replaces, written_by=by,
    )  # fmt: skip
    _name_place(referral, service, place)
    _put_content(referral, **content)
    referral.save()
    _step(referral, "", State.DRAFT, by, "")
    trail.record("referral.started", case=case, obj=referral, details={"kind": referral.kind})
    return referral


def _name_place(referral: Referral, service: Service | None, place: str) -> None:
    if service is not None:
        referral.service, referral.organization_ref = service, service.organization_id
        referral.organization, referral.service_name = service.organization.name[:200], service.name
    elif place.strip():
        referral.organization = place.strip()
    else:
        raise NotPossible(_("Say which place it is for."), field="place")


def _put_content(
    referral: Referral,
    *,
    items: Collection[str] = (),
    said: Mapping[str, str] | None = None,
    means: str = "",
    words: str = "",
) -> None:
    """What is to be said, for the items ticked only. Information given has nothing to say to anybody."""
    chosen = [item.value for item in Item if item in items] if referral.is_assisted else []
    referral.items = chosen
    referral.said = {item: text for item, text in (said or {}).items() if item in chosen and text}
    referral.means = means if referral.is_assisted else ""
    referral.words = words


@transaction.atomic
def change(*, referral: Referral, version: int, by: User, need: str, **content: Any) -> Referral:
    """While nothing has left. Raises ``ChangedMeanwhile`` when somebody else saved first."""
    referral = held(referral)
    if referral.state not in (State.DRAFT, State.READY):
        raise NotPossible(_("What was said can no longer be changed. Write a new referral instead."))
    if referral.version != version:
        raise ChangedMeanwhile(referral)
    referral.need = need
    _put_content(referral, **content)
    if referral.state == State.READY:
        require_cover(referral)
    _save(referral)
    trail.record("referral.changed", case=referral.case, obj=referral)
    return referral


# --- Steps -----------------------------------------------------------------------------------------


@transaction.atomic
def give(*, referral: Referral, by: User, why: str = "") -> Referral:
    """They have the details. Nothing about them leaves: no release, no snapshot, no disclosure."""
    return _moved(held(referral), State.GIVEN, by, why)


@transaction.atomic
def make_ready(*, referral: Referral, by: User, why: str = "") -> Referral:
    """A release in force covers this agency, this way and everything ticked. Raises ``NotReleased``."""
    referral = held(referral)
    _check(referral, State.READY)
    referral.release = require_cover(referral)
    return _moved(referral, State.READY, by, why)


@transaction.atomic
def send(*, referral: Referral, by: User, at: datetime | None = None) -> Referral:
    """We were in touch with the agency. What left is frozen, and stands on record as a disclosure."""
    referral, at = held(referral), at or timezone.now()
    if referral.state == State.SENT:
        return referral
    _check(referral, State.SENT)
    referral.release = require_cover(referral, at)
    try:
        referral.disclosure = disclose(
            client=referral.case.client, case_code=referral.case.code, by=by, recipient=referral.recipient,
            items=referral.items, means=referral.means, basis=Basis.RELEASE, release=referral.release,
            said=referral.said, source=SOURCE, source_id=referral.pk, at=at, case=referral.case,
        )  # fmt: skip
    except NotCovered as error:
        raise not_released(error.coverage) from error
    referral.sent_at, referral.snapshot = at, _snapshot(referral, at)
    return _moved(referral, State.SENT, by, "", at)


def _snapshot(referral: Referral, at: datetime) -> dict[str, Any]:
    return {
        "organization": referral.organization,
        "service": referral.service_name,
        "items": referral.items,
        "said": referral.said,
        "means": referral.means,
        "release": str(referral.release_id),
        "at": at.isoformat(),
    }


@transaction.atomic
def move(*, referral: Referral, to: str, by: User, why: str = "") -> Referral:
    """To another open state that the agency or the survivor told us of."""
    referral = held(referral)
    if referral.state == to:
        return referral
    if to in loop.TERMINAL or to in (State.READY, State.SENT):
        raise ValueError("Ends, and what goes out, have functions of their own.")
    return _moved(referral, State(to), by, why)


@transaction.atomic
def end(
    *,
    referral: Referral,
    to: str,
    outcome: str,
    by: User,
    reason: str = "",
    ended_by: str = "",
    why: str = "",
) -> Referral:
    """What became of it. Raises ``NotPossible`` where outcome and reason do not belong to this end."""
    referral, state = held(referral), State(to)
    if referral.state == state:
        return referral
    _check(referral, state)
    if not loop.ending_fits(state, outcome, reason):
        raise NotPossible(_ending_words(state, outcome, reason), field="reason" if outcome else "outcome")
    referral.outcome, referral.reason = Outcome(outcome), reason
    referral.ended_by = _ended_by(state, ended_by)
    referral.is_open, referral.ended_at = False, timezone.now()
    return _moved(referral, state, by, why)


@transaction.atomic
def strike(*, referral: Referral, by: User) -> Referral:
    """Entered in error: it stays to be seen, and counts nowhere. What left stays on record."""
    referral = held(referral)
    if referral.state == State.ENTERED_IN_ERROR:
        return referral
    referral.outcome, referral.reason, referral.ended_by = Outcome.UNKNOWN, "", ""
    referral.is_open, referral.ended_at = False, referral.ended_at or timezone.now()
    return _moved(referral, State.ENTERED_IN_ERROR, by, "")


# --- What each write asks first ------------------------------------------------------------------------


def held(referral: Referral) -> Referral:
    """The referral as it stands now, in its open case, both held until the transaction ends."""
    case = locked(referral.case)
    now = Referral.objects.select_for_update().get(pk=referral.pk, case=case)
    now.case = case
    return now


def require_cover(referral: Referral, at: datetime | None = None) -> Any:
    """The release that lets this go out. Raises ``NotReleased``; ``NotPossible`` for what is not said."""
    if not referral.items:
        raise NotPossible(_("Tick what is to be said about them first."), field="items")
    if not referral.means:
        raise NotPossible(_("Say how the agency will be told."), field="means")
    unsaid = [str(Item(item).label) for item in referral.items if not referral.said.get(item, "").strip()]
    if unsaid:
        raise NotPossible(_("Write down what will be said: %(items)s.") % {"items": ", ".join(unsaid)})
    cover = cover_of(referral, releases_of([referral])[referral.case.code], at)
    if not cover.covered:
        raise not_released(cover.coverage)
    return cover.release


def not_released(coverage: Coverage) -> NotReleased:
    missing = ", ".join(str(item.label) for item in Item if item in coverage.missing)
    said = " ".join(coverage.sentences)
    if missing:
        said = _("%(why)s Not released: %(items)s.") % {"why": said, "items": missing}
    return NotReleased(_("Nothing has left. %(why)s") % {"why": said}, coverage)


def require_going_out(referral: Referral) -> None:
    """After sending, what we tell the agency about them still waits for a release in force."""
    if referral.is_assisted and referral.state in loop.AFTER_SENDING:
        cover = cover_of(referral, releases_of([referral])[referral.case.code])
        if not cover.covered:
            raise not_released(cover.coverage)


def _check(referral: Referral, to: State) -> None:
    if not loop.can_move(referral.kind, referral.state, to):
        words = {"now": referral.get_state_display(), "then": to.label}
        raise NotPossible(_("This referral stands at “%(now)s”. From there it cannot be “%(then)s”.") % words)


def _ending_words(state: State, outcome: str, reason: str) -> str:
    if outcome not in loop.OUTCOMES_OF[state]:
        return _("Say what became of it.")
    return (
        _("Choose the reason that fits.")
        if loop.reasons_for(state, outcome)
        else _("No reason is needed here.")
    )


def _ended_by(state: State, said: str) -> str:
    allowed = loop.ENDED_BY.get(state, ())
    if len(allowed) == 1:
        return allowed[0].value
    if allowed and said not in allowed:
        raise NotPossible(_("Say whether they or we took it back."), field="ended_by")
    return EndedBy(said).value if allowed else ""


def _moved(referral: Referral, to: State, by: User, why: str, at: datetime | None = None) -> Referral:
    _check(referral, to)
    before, at = referral.state, at or timezone.now()
    referral.state, referral.state_since = to, at
    referral.ask_on = asking.ask_on(to, timezone.localdate(at)) if referral.is_open else None
    if not referral.is_open:
        referral.appointment_at = None
    _save(referral)
    _step(referral, before, to, by, why, at)
    return referral


def _step(
    referral: Referral, before: str, after: State, by: User, why: str, at: datetime | None = None
) -> None:
    ReferralStep.objects.create(
        referral=referral, before=before, after=after, by=by, why=why, at=at or timezone.now()
    )
    if before:
        details = {"before": str(before), "after": str(after.value)}
        trail.record("referral.moved", case=referral.case, obj=referral, details=details)


def _save(referral: Referral) -> None:
    referral.version += 1
    referral.save()


# --- Erasing ----------------------------------------------------------------------------------------


def forget(cases: Iterable[Case]) -> None:
    """Inside an erasure, which destroys the key of every word: where they were sent goes too.

    What was asked for and not had stays as codes, since it was counted.
    """
    for referral in Referral.objects.filter(case__in=list(cases)):
        referral.service, referral.organization_ref, referral.appointment_at = None, None, None
        referral.ask_on, referral.area, referral.items, referral.means = None, "", [], ""
        referral.save(
            update_fields=[
                "service", "organization_ref", "appointment_at", "ask_on", "area", "items", "means",
            ]
        )  # fmt: skip
