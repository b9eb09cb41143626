"""What a new referral starts from: a service of the directory, a need, an earlier referral, a release."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from casework import release_prefill
from casework.access import Standing
from casework.harm_choices import Area
from casework.harm_reading import HarmReading
from casework.models import Case
from clients.models import Release
from clients.release_choices import Item
from referrals import freshness
from referrals.forms.referrals import ReferralForm
from referrals.freshness import Freshness
from referrals.loop import Kind
from referrals.models import Referral, Service
from referrals.needs import Need


class Beginning:
    """``asked`` is the address's query or what was posted: ids and codes, each checked here."""

    def __init__(self, case: Case, standing: Standing, asked: Mapping[str, Any]) -> None:
        self.case, self.standing, self.asked = case, standing, asked

    @property
    def is_bare(self) -> bool:
        """Nothing was chosen yet: what somebody was writing last time may come back."""
        return not (self.asked.get("service") or self.asked.get("replaces"))

    @cached_property
    def replaces(self) -> Referral | None:
        """An earlier referral of this very case that has ended."""
        pk = _uuid(self.asked.get("replaces"))
        found = self.case.referrals.filter(pk=pk, is_open=False).first() if pk else None
        if found:
            found.case = self.case
        return found

    @property
    def asks_for_another_case(self) -> bool:
        return bool(self.asked.get("replaces")) and self.replaces is None

    @cached_property
    def service(self) -> Service | None:
        pk = _uuid(self.asked.get("service"))
        listed = Service.objects.listed().select_related("organization")
        return listed.filter(pk=pk).first() if pk else None

    @property
    def freshness(self) -> Freshness | None:
        return freshness.of_service(self.service) if self.service else None

    @cached_property
    def release(self) -> Release | None:
        """One in force that names this agency: what it lets us say is offered."""
        if self.service is None:
            return None
        agency = self.service.organization
        found = Release.objects.of_case(self.case.code).in_force().filter(recipient_ref=agency.pk)
        return found.order_by("-signed_at", "id").first()

    def form(self, data: Any = None) -> ReferralForm:
        before = self.replaces
        kind = before.kind if before else self.asked.get("kind", "")
        initial = {
            "kind": kind if kind in Kind.values else None,
            "need": before.need if before else _known(self.asked.get("need"), Need.values),
            "area": before.area if before else _known(self.asked.get("area"), Area.values),
            "service": self.service.pk if self.service else None,
            "replaces": before.pk if before else None,
            "means": self._means(),
        }
        ticked = before.items if before else (self.release.items if self.release else ())
        return ReferralForm(data, initial=initial, said=self._said(), ticked=ticked)

    def _means(self) -> str:
        if self.replaces:
            return self.replaces.means
        means = self.release.means if self.release else []
        return means[0] if len(means) == 1 else ""

    def _said(self) -> dict[str, str]:
        """Words to begin with: from the earlier referral or the release, else what is known."""
        from_record = release_prefill.from_record(self.case, HarmReading(self.case, self.standing))
        need = _known(self.asked.get("need"), Need.values)
        from_record |= {Item.NEEDS.value: str(Need(need).label)} if need else {}
        from_release = self.release.said if self.release else {}
        return {**from_record, **from_release, **(self.replaces.said if self.replaces else {})}


def _known(code: Any, codes: Any) -> str:
    return code if code in codes else ""


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
