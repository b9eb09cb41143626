"""Where the money comes from: names that services are marked with. Never deleted, only out of use."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.exceptions import NotPossible
from casework.models import FundingSource


@transaction.atomic
def add_source(*, name: str, by: User) -> FundingSource:
    """Raises ``NotPossible`` when there is one of this name."""
    _check_name(name)
    return FundingSource.objects.create(name=name)


@transaction.atomic
def change_source(*, source: FundingSource, name: str, is_active: bool, by: User) -> FundingSource:
    """Raises ``NotPossible`` when another has this name."""
    source = FundingSource.objects.select_for_update().get(pk=source.pk)
    _check_name(name, besides=source)
    source.name, source.is_active = name, is_active
    source.save(update_fields=["name", "is_active"])
    return source


def _check_name(name: str, besides: FundingSource | None = None) -> None:
    same = FundingSource.objects.filter(name__iexact=name)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise NotPossible(_("There is a funding source of this name already."), field="name")
