"""The only writers of contact plans: a new version, confirmed again, ended, emptied.

Whoever attempted something points to the version of that day, so versions are never
changed and never deleted; what closing a case takes away are their words.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit import trail
from clients.choices import Unanswered
from clients.contact_choices import DroppedLine, Initiates, SafeToUse, Voicemail, WayKind
from clients.errors import ChangedMeanwhile
from clients.models import Client, ContactPlan, ContactWay
from clients.models.contact_plan import no_hours
from vault.fields import encrypted_field_names

NOT_ASKED = Unanswered.NOT_ASKED.value
PLAN_FIELDS = (
    "who_initiates", "purposes", "purpose_words", "code_word", "hang_up", "dropped_line",
    "dropped_line_words", "override", "override_words", "words", "time_zone",
)  # fmt: skip
WAY_FIELDS = (
    "kind", "safe", "voicemail", "language", "interpreter", "label", "where", "name_we_use", "who_sees",
    "who_answers", "caller", "hours",
)  # fmt: skip


def plan_in_force(client: Client) -> ContactPlan | None:
    """With its ways and who confirmed it, in two queries; none: nothing is agreed."""
    return ContactPlan.objects.in_force().with_ways().filter(client=client).first()


def versions_of(client: Client) -> list[ContactPlan]:
    """Newest first, without their ways."""
    return list(ContactPlan.objects.filter(client=client).select_related("created_by", "confirmed_by"))


@transaction.atomic
def write_plan(
    *,
    client: Client,
    by: User,
    seen: int,
    plan: Mapping[str, Any],
    ways: Iterable[Mapping[str, Any]],
    confirmed_on: date | None,
    valid_until: date | None,
    case: trail.HasIdAndCode | None = None,
) -> ContactPlan:
    """The next version, in force from now on.

    ``seen`` is the number of the newest version when the form was opened (0: none). Raises
    ``ChangedMeanwhile`` when a colleague wrote another since.
    """
    newest = _newest(client, seen)
    held = _replace(client)
    same_day = held is not None and held.confirmed_on == confirmed_on
    made = ContactPlan.objects.create(
        client=client,
        number=newest + 1,
        created_by=by,
        confirmed_on=confirmed_on,
        confirmed_by=(held.confirmed_by if held and same_day else by) if confirmed_on else None,
        valid_until=valid_until if confirmed_on else None,
        **{name: plan[name] for name in PLAN_FIELDS if name in plan},
    )
    for order, way in enumerate(ways):
        fields = {name: way[name] for name in WAY_FIELDS if name in way}
        ContactWay.objects.create(plan=made, order=order, **fields)
    trail.record("contact_plan.written", case=case, obj=made, details={"version": made.number})
    return made


@transaction.atomic
def confirm_again(
    *,
    client: Client,
    by: User,
    seen: int,
    valid_until: date,
    confirmed_on: date | None = None,
    case: trail.HasIdAndCode | None = None,
) -> ContactPlan:
    """They said that it all still holds: the same content as a new version, good until ``valid_until``.

    Raises ``ChangedMeanwhile`` when ``seen`` is not the version in force any more.
    """
    _newest(client, seen)
    held = plan_in_force(client)
    if held is None:
        raise ChangedMeanwhile(None)
    ways = [{name: getattr(way, name) for name in WAY_FIELDS} for way in held.all_ways()]
    content = {name: getattr(held, name) for name in PLAN_FIELDS}
    _replace(client)
    made = ContactPlan.objects.create(
        client=client,
        number=held.number + 1,
        created_by=by,
        confirmed_on=confirmed_on or timezone.localdate(),
        confirmed_by=by,
        valid_until=valid_until,
        confirmed_again=True,
        **content,
    )
    for order, way in enumerate(ways):
        ContactWay.objects.create(plan=made, order=order, **way)
    trail.record("contact_plan.confirmed", case=case, obj=made, details={"version": made.number})
    return made


@transaction.atomic
def end_plan(*, client: Client, by: User, case: trail.HasIdAndCode | None = None) -> bool:
    """From now on nothing is agreed. False when nothing was."""
    Client.objects.select_for_update().get(pk=client.pk)
    ended = _replace(client)
    if ended:
        trail.record("contact_plan.ended", case=case, obj=ended)
    return ended is not None


@transaction.atomic
def erase_plans(*, client: Client, by: User, case: trail.HasIdAndCode | None = None) -> int:
    """End the plan in force and overwrite the words and hours of every version. How many there were.

    Codes, dates and who wrote which version stay, for the attempts that point to them.
    """
    end_plan(client=client, by=by, case=case)
    plans = list(ContactPlan.objects.with_ways().filter(client=client, emptied_at=None))
    for plan in plans:
        for way in plan.all_ways():
            _empty(way)
        plan.emptied_at = timezone.now()
        _empty(plan, "emptied_at")
    if plans:
        trail.record("contact_plan.erased", case=case, details={"versions": len(plans)})
    return len(plans)


@transaction.atomic
def forget_answers(*, client: Client, by: User) -> None:
    """For erasing, once the words cannot be read any more: the coded answers go as well. No key needed."""
    for plan in ContactPlan.objects.filter(client=client):
        plan.who_initiates, plan.purposes, plan.time_zone = Initiates.NOBODY, [], "UTC"
        plan.dropped_line, plan.override = DroppedLine.NOT_BACK, NOT_ASKED
        plan.replaced_at = plan.replaced_at or timezone.now()
        plan.emptied_at = plan.emptied_at or timezone.now()
        plan.save(
            update_fields=[
                "who_initiates", "purposes", "time_zone", "dropped_line", "override", "replaced_at",
                "emptied_at",
            ]
        )  # fmt: skip
    for way in ContactWay.objects.filter(plan__client=client):
        way.kind, way.safe, way.voicemail = WayKind.PHONE, SafeToUse.UNKNOWN, Voicemail.NONE
        way.language = way.interpreter = NOT_ASKED
        way.save(update_fields=["kind", "safe", "voicemail", "language", "interpreter"])


def _newest(client: Client, seen: int) -> int:
    """Waits for a colleague who is saving this very moment, then compares."""
    Client.objects.select_for_update().get(pk=client.pk)
    newest = ContactPlan.objects.filter(client=client).order_by(F("number").desc()).first()
    if (newest.number if newest else 0) != seen:
        raise ChangedMeanwhile(newest)
    return seen


def _replace(client: Client) -> ContactPlan | None:
    held = ContactPlan.objects.in_force().select_related("confirmed_by").filter(client=client).first()
    if held is not None:
        held.replaced_at = timezone.now()
        held.save(update_fields=["replaced_at"])
    return held


def _empty(row: ContactPlan | ContactWay, *also: str) -> None:
    names = sorted(encrypted_field_names(type(row)))
    for name in names:
        setattr(row, name, no_hours() if name == "hours" else "")
    row.save(update_fields=[*names, *also])
