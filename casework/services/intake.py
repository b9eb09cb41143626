"""From what was said at the first call to an open case, once."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Team, TeamMembership, User
from accounts.roles import ADVOCATE
from casework.exceptions import NotPossible
from casework.models import AnonymousContact, Case
from casework.services import cases, drafts

KEY = "intake"


def take_intake(
    *,
    by: User,
    form_id: UUID,
    team: Team,
    person: Mapping[str, Any],
    harm: Iterable[Mapping[str, Any]],
    walled: Iterable[User],
    case: Mapping[str, Any],
) -> Case:
    """Open the case and let the draft go. The form's id becomes the case's: sent twice, it is one case.

    Whoever meets clients takes the case on; a supervisor who only supervises leaves it to be
    assigned. Raises ``NotPossible`` when the walls leave nobody who could see it.
    """
    known = _saved_before(form_id, by)
    if known is not None:
        return known
    try:
        return _open(by, form_id, team, person, list(harm), set(walled), case)
    except IntegrityError:
        # The same form arrived twice at the same moment; anything else is a real fault.
        known = _saved_before(form_id, by)
        if known is None:
            raise
        return known


def _saved_before(form_id: UUID, by: User) -> Case | None:
    return Case.objects.filter(pk=form_id, opened_by=by).first()


@transaction.atomic
def _open(
    by: User,
    form_id: UUID,
    team: Team,
    person: Mapping[str, Any],
    harm: list[Mapping[str, Any]],
    walled: set[User],
    case: Mapping[str, Any],
) -> Case:
    advocate = by if by.has_role(ADVOCATE) and by not in walled else None
    if advocate is None and not _supervisors(team) - walled:
        raise NotPossible(
            _(
                "Nobody in this team could take this case. "
                "Choose another team, or ask a colleague to write it down."
            ),
            field="team",
        )
    opened = cases.open_case(
        by=by,
        team=team,
        person=person,
        harm=harm,
        walled=walled,
        case={**case, "id": form_id},
        advocate=advocate,
    )
    drafts.drop(by, KEY)
    return opened


def _supervisors(team: Team) -> set[User]:
    current = TeamMembership.objects.current().filter(team=team, supervises=True, user__is_active=True)
    return {membership.user for membership in current.select_related("user")}


def was_saved(fields: Mapping[str, list[str]]) -> bool:
    """An autosave that arrives after its form was saved must not bring the draft back."""
    try:
        form_id = UUID(fields["form_id"][0].partition(":")[0])
    except (KeyError, IndexError, ValueError):
        return False
    return any(model.objects.filter(pk=form_id).exists() for model in (Case, AnonymousContact))
