"""The only writer of disclosures. Nothing leaves under a release that does not cover it now."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from clients.errors import NotCovered
from clients.models import Client, CompelledRelease, Disclosure, Release
from clients.release_choices import Basis, Item, Means
from clients.releases import Coverage, Reason, Recipient, covers

TO_THEMSELVES = Recipient(None, "")


@transaction.atomic
def disclose(
    *,
    client: Client,
    case_code: str,
    by: User,
    recipient: Recipient,
    items: Collection[str],
    means: str,
    basis: str,
    release: Release | None = None,
    compelled: CompelledRelease | None = None,
    said: Mapping[str, str] | None = None,
    source: str,
    source_id: UUID | None = None,
    kept: str = "",
    at: datetime | None = None,
    case: trail.HasIdAndCode | None = None,
    form_id: UUID | None = None,
) -> Disclosure:
    """Write down what left. Call it in the transaction of the act itself, before anything is sent.

    With basis RELEASE the release is locked and asked again; raises ``NotCovered``. ``case`` is
    for the trail only. ``said`` is kept as it is: what each item really said. The same form sent
    twice (``form_id``: a page, then its PDF) left once.
    """
    at = at or timezone.now()
    _known(items, means, at)
    before = Disclosure.objects.filter(pk=form_id).first() if form_id else None
    if before and (before.client_id, before.by_id, before.source, before.source_id, before.kept) == (
        client.pk, by.pk, source, source_id, kept,
    ):  # fmt: skip
        return before
    if basis == Basis.RELEASE:
        release = _covering(release, client, case_code, recipient, items, means, at)
    made = Disclosure.objects.create(
        id=uuid4() if before or not form_id else form_id,
        client=client, case_code=case_code, basis=Basis(basis), release=release, compelled=compelled,
        recipient_ref=recipient.ref, recipient_name=recipient.name, items=sorted(set(items)), means=means,
        said=dict(said or {}), source=source, source_id=source_id, kept=kept, made_at=at, by=by,
    )  # fmt: skip
    trail.record("disclosure.made", case=case, obj=made, details=_details(made))
    return made


def _covering(
    release: Release | None,
    client: Client,
    case_code: str,
    recipient: Recipient,
    items: Collection[str],
    means: str,
    at: datetime,
) -> Release:
    """The release as it stands now, held until the transaction ends: revoking waits or has won."""
    held = Release.objects.select_for_update().filter(pk=release.pk).first() if release else None
    if held is None:
        raise NotCovered(covers(None, recipient, items, at))
    if held.client_id != client.pk or held.case_code != case_code:
        raise NotCovered(Coverage(False, frozenset(items), (Reason.OTHER_CASE,)))
    coverage = covers(held.facts, recipient, items, at, means=means)
    if not coverage.covered:
        raise NotCovered(coverage)
    return held


def _known(items: Collection[str], means: str, at: datetime) -> None:
    unknown = set(items) - set(Item.values)
    if unknown or (means and means not in Means.values):
        raise ValueError("Items and ways of sharing are codes of clients.release_choices.")
    if at > timezone.now():
        raise ValueError("Nothing has left in the future.")


def _details(made: Disclosure) -> dict[str, Any]:
    ids = {"release": made.release_id, "compelled": made.compelled_id, "source_id": made.source_id}
    return {
        "basis": str(made.basis),
        "items": made.items,
        "means": made.means,
        "source": made.source,
        **{name: str(value) for name, value in ids.items() if value},
    }
