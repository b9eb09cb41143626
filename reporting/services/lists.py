"""Value lists in force: the files, and what an administrator put in their place."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from reporting import value_lists
from reporting.models import ListText
from reporting.value_lists import NotAList, ValueList


def in_force() -> dict[str, ValueList]:
    own = {each.key: each.text for each in ListText.objects.filter(replaced_at=None)}
    put_in = {key: value_lists.parse(key, text, own=True) for key, text in own.items()}
    return {**value_lists.files(), **put_in}


@transaction.atomic
def put_in(*, key: str, text: str, by: User) -> ListText:
    """From the next month closed on. Raises ``NotPossible`` with what is wrong with it."""
    known = value_lists.files().get(key)
    if known is None:
        raise NotPossible(_("There is no list of this name."), field="key")
    try:
        new = value_lists.parse(key, text)
    except NotAList as error:
        raise NotPossible(str(error), field="text") from error
    if (new.form, new.internal) != (known.form, known.internal):
        raise NotPossible(_("This list answers another question than the one it replaces."), field="text")
    take_out(key=key, by=by)
    made = ListText.objects.create(key=key, text=text, put_in_by=by)
    trail.record("report.settings", obj=made, details={"list": key})
    return made


@transaction.atomic
def take_out(*, key: str, by: User) -> None:
    """Back to the file."""
    held = ListText.objects.select_for_update().filter(key=key, replaced_at=None).first()
    if held:
        held.replaced_at = timezone.now()
        held.save(update_fields=["replaced_at"])
        trail.record("report.settings", obj=held, details={"list": key})
