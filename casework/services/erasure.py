"""Erasing a client: asked by who works the case, carried out by the privacy officer.

Destroying the client's key makes every copy of their words unreadable, backups included.
What stays is what counts and what proves: codes, dates, the frozen copies on services,
the certificate (the ``Erasure`` row) and the trail.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import PRIVACY
from audit import trail
from casework import joining
from casework.exceptions import NotPossible
from casework.models import Assignment, Case, CaseFile, Draft, Erasure, PlanErasure
from casework.services import assignments, followups, harm_erasure, safety_plans
from clients import contact_plans, release_erasure
from clients.choices import Unanswered
from clients.models import Client, PersonWhoHarmed, not_asked
from vault import files, hints, keys

NOT_ASKED = Unanswered.NOT_ASKED.value


@transaction.atomic
def ask_erasure(*, case: Case, why: str, by: User) -> Erasure:
    """Ask the privacy officer to erase the client of ``case``. Asking twice is asking once.

    For the assigned advocate and the team's supervisors. Raises ``NotPossible``.
    """
    case = Case.objects.select_for_update().select_related("client").get(pk=case.pk)
    if case.client.is_erased:
        raise NotPossible(_("What this case held has been erased."))
    if not _may_ask(case, by):
        raise NotPossible(_("The advocate of this case or a supervisor of its team asks for this."))
    standing = Erasure.objects.filter(case=case, withdrawn_at=None).first()
    if standing:
        return standing
    asked = Erasure.objects.create(case=case, case_code=case.code, why=why, asked_by=by)
    trail.record("erasure.asked", case=case, details={"why": why})
    return asked


def _may_ask(case: Case, by: User) -> bool:
    works = Assignment.objects.current().filter(case=case, user=by).exists()
    return works or by.memberships.filter(team=case.team_id, supervises=True, ended_at=None).exists()


@transaction.atomic
def withdraw(*, erasure: Erasure, by: User) -> None:
    """They thought again. Raises ``NotPossible`` once it is done."""
    erasure = Erasure.objects.select_for_update().select_related("case").get(pk=erasure.pk)
    if erasure.done_at is not None:
        raise NotPossible(_("This has been carried out and cannot be undone."))
    if not _may_ask(erasure.case, by):
        raise NotPossible(_("The advocate of this case or a supervisor of its team decides this."))
    if erasure.withdrawn_at is None:
        erasure.withdrawn_at = timezone.now()
        erasure.save(update_fields=["withdrawn_at"])
        trail.record("erasure.asked", case=erasure.case, details={"withdrawn": True})


@transaction.atomic
def carry_out(*, erasure: Erasure, by: User) -> Erasure:
    """Erase everything that was said by and about the client, in every case of theirs.

    Stopped halfway it is simply run again: the certificate is written in the transaction
    whose last step destroys the key, and nothing before that step needs the key. By
    another person than the one who asked, in the role of privacy officer. Raises ``NotPossible``.
    """
    erasure = Erasure.objects.select_for_update().select_related("case").get(pk=erasure.pk)
    _check(erasure, by)
    client = Client.objects.select_for_update().get(pk=erasure.case.client_id)
    cases = list(Case.objects.select_for_update().filter(client=client).order_by("pk"))
    for case in cases:
        _end(case, by)
        safety_plans.erase_text(case=case, why=PlanErasure.Why.ERASURE, by=by)
    harm_erasure.forget(cases=cases)
    joining.erase(cases)
    _forget_answers(client)
    contact_plans.forget_answers(client=client, by=by)
    release_erasure.forget(client)
    _certify(erasure, cases, by)
    _destroy(client, cases)
    return erasure


def _check(erasure: Erasure, by: User) -> None:
    if not (by.is_active and by.has_role(PRIVACY)):
        raise NotPossible(_("Only the privacy officer carries this out."))
    if erasure.asked_by_id == by.pk:
        raise NotPossible(_("Somebody else than the person who asked carries this out."))
    if erasure.withdrawn_at is not None:
        raise NotPossible(_("This wish was taken back."))


def _end(case: Case, by: User) -> None:
    """No closing is written: it would hold words, and there is no key for words any more."""
    assignments.end_all(case=case, by=by)
    followups.forget_answers(case=case, by=by)
    case.help_sought, case.victimisations = [], []
    case.closed_at = case.closed_at or timezone.now()
    case.status = Case.Status.CLOSED
    case.save(update_fields=["help_sought", "victimisations", "status", "closed_at"])
    Draft.objects.filter(case=case).delete()


def _forget_answers(client: Client) -> None:
    """Coded answers go too; the copies on services stay, since they were counted."""
    for name in ("name_answer", "age_band", "gender", "language", "interpreter", "county", "may_count"):
        setattr(client, name, NOT_ASKED)
    client.race, client.disability, client.time_zone = not_asked(), not_asked(), ""
    client.erased_at = client.erased_at or timezone.now()
    client.save(
        update_fields=[
            "name_answer", "age_band", "gender", "language", "interpreter", "county",
            "race", "disability", "time_zone", "erased_at", "may_count",
        ]
    )  # fmt: skip
    for person in PersonWhoHarmed.objects.filter(client=client):
        person.relation, person.powers = NOT_ASKED, not_asked()
        person.save(update_fields=["relation", "powers"])


def _certify(erasure: Erasure, cases: list[Case], by: User) -> None:
    if erasure.done_at is None:
        kept = CaseFile.objects.filter(case__in=cases).count()
        erasure.files_removed = kept + release_erasure.count_scans(cases[0].client_id)
        erasure.done_at, erasure.done_by = timezone.now(), by
        erasure.save(update_fields=["files_removed", "done_at", "done_by"])
        for case in cases:
            trail.record("erasure", case=case, details={"files": erasure.files_removed})


def _destroy(client: Client, cases: list[Case]) -> None:
    """The last step. Each part may be repeated; the key goes at the very end."""
    for pk in CaseFile.objects.filter(case__in=cases).values_list("pk", flat=True):
        files.remove(pk)
    release_erasure.remove_scans(client)
    hints.forget(client.pk)
    trail.record("keys.destroyed", details={"cases": [case.code for case in cases]})
    keys.destroy_key(client.pk)
