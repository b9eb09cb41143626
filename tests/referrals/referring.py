"""Referrals, services of the directory and releases for tests, made through the services."""

from datetime import timedelta

from django.utils import timezone

from clients.models import Release
from referrals.models import Organization, Service, Source
from referrals.services import referrals

SAID = {"name": "Maple", "phone": "after six, 555-0100"}


def a_service(name="Protection order clinic", organization="Linden Law", **facts):
    source = Source.objects.by_hand()
    agency, _made = Organization.objects.get_or_create(source=source, name=organization)
    usual = {"needs": ["protection_order"], "checked_at": None}
    return Service.objects.create(source=source, organization=agency, name=name, **{**usual, **facts})


def a_release(case, by, service=None, *, items=("name", "phone"), means=("phone",), days=30, **facts):
    """Signed now, for the agency of ``service``."""
    now = timezone.now()
    recipient = {"recipient_kind": "agency", "recipient_name": "Linden Law"}
    if service is not None:
        agency = service.organization
        recipient = {
            "recipient_kind": "listed", "recipient_ref": agency.pk, "recipient_name": agency.name,
        }  # fmt: skip
    return Release.objects.create(
        client=case.client, case_code=case.code, items=list(items), means=list(means), created_by=by,
        signed_how="typed", signed_at=now, signed_with=by, starts_at=now, statement_shown_at=now,
        expires_at=now + timedelta(days=days), last_day=(now + timedelta(days=days)).date(),
        **{**recipient, **facts},
    )  # fmt: skip


def revoke(release, by):
    now = timezone.now()
    release.revoked_at = release.revoked_recorded_at = now
    release.revoked_by = by
    release.save(update_fields=["revoked_at", "revoked_recorded_at", "revoked_by"])


def a_referral(case, by, service=None, kind="assisted", **facts):
    usual = {"need": "protection_order"}
    if service is None:
        usual["place"] = "Linden Law"
    if kind == "assisted":
        usual |= {"items": ["name", "phone"], "said": SAID, "means": "phone"}
    return referrals.start(case=case, by=by, kind=kind, service=service, **{**usual, **facts})


def a_sent_referral(case, by, service=None, **facts):
    service = service or a_service()
    a_release(case, by, service)
    referral = a_referral(case, by, service, **facts)
    referrals.make_ready(referral=referral, by=by)
    return referrals.send(referral=referral, by=by)


def walked_to(state, case, by, service=None):
    """A referral in ``state``, walked there along the table."""
    if state == "draft":
        return a_referral(case, by, service)
    if state == "given":
        return referrals.give(referral=a_referral(case, by, service, "information"), by=by)
    if state == "ready":
        service = service or a_service()
        a_release(case, by, service)
        return referrals.make_ready(referral=a_referral(case, by, service), by=by)
    referral = a_sent_referral(case, by, service)
    for step in {"in_service": ["accepted", "in_service"], "completed": ["accepted"]}.get(state, []):
        referral = referrals.move(referral=referral, to=step, by=by)
    if state in ("accepted", "waitlisted"):
        return referrals.move(referral=referral, to=state, by=by)
    if state in ENDS:
        return referrals.end(referral=referral, to=state, by=by, **ENDS[state])
    if state == "entered_in_error":
        return referrals.strike(referral=referral, by=by)
    return referral


ENDS = {
    "completed": {"outcome": "met"},
    "declined": {"outcome": "not_met", "reason": "no_capacity"},
    "withdrawn": {"outcome": "unknown", "reason": "no_longer_wanted", "ended_by": "survivor"},
    "lost": {"outcome": "unknown", "reason": "could_not_contact"},
}
