"""What erasing takes from releases and disclosures.

Their words, signatures and scans cannot be read without the client's key. The codes that say what
was shared, with whom and by what right somebody signed go here, row by row. What stays is that
something left: when, by what right, by whom.
"""

from uuid import UUID

from clients.choices import Unanswered
from clients.models import Client, CompelledRelease, Disclosure, Release
from clients.release_choices import Capacity, RecipientKind
from vault import files

NOT_ASKED = Unanswered.NOT_ASKED.value


def forget(client: Client) -> None:
    """Inside the transaction of an erasure, after ``client.erased_at`` was set: it lifts the triggers."""
    for release in Release.objects.filter(client=client):
        _forget_release(release)
    for row in Disclosure.objects.filter(client=client):
        row.items, row.recipient_ref, row.kept, row.means = [], None, "", ""
        row.save(update_fields=["items", "recipient_ref", "kept", "means"])
    for compelled in CompelledRelease.objects.filter(client=client):
        compelled.was_told = False
        compelled.save(update_fields=["was_told"])


def _forget_release(release: Release) -> None:
    release.items, release.means, release.recipient_ref = [], [], None
    release.recipient_kind, release.capacity = RecipientKind.AGENCY, Capacity.SELF
    release.adult_is_abuser = release.adult_harmed_parent = ""
    release.language = release.interpreter = NOT_ASKED
    release.statement = ""
    release.save(
        update_fields=[
            "items", "means", "recipient_ref", "recipient_kind", "capacity", "adult_is_abuser",
            "adult_harmed_parent", "language", "interpreter", "statement",
        ]
    )  # fmt: skip


def count_scans(client_id: UUID) -> int:
    return Release.objects.filter(client=client_id, scan_id__isnull=False).count()


def remove_scans(client: Client) -> None:
    """May be repeated, like every step of an erasure."""
    for scan in Release.objects.filter(client=client).values_list("scan_id", flat=True):
        if scan is not None:
            files.remove(scan)
