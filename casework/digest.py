"""The day in numbers, by email to staff who want it: counts and a link, nothing else.

An email is read on locked screens and over shoulders: no code, no name, no word of what
the counts are about. Nothing is sent when there is nothing to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework import mail
from casework.day import Day
from casework.views.my_cases import covers_of


@dataclass(frozen=True)
class Numbers:
    open: int
    opening: int
    handed_over: int
    ending: int

    def __bool__(self) -> bool:
        return bool(self.open or self.opening or self.handed_over or self.ending)


def numbers_of(user: User) -> Numbers:
    """Opens no key: what is counted stands in clear."""
    day = Day(user, covers_of(user))
    asking = [held for held in day.all if held.asks_for_contact(day.now)]
    later = [opening for opens_on, opening in day.week if opens_on > day.today]
    return Numbers(
        open=sum(held.open_window(day.now) is not None for held in asking),
        opening=sum(map(len, later)),
        handed_over=len(day.handed_over),
        ending=len(day.lapsing),
    )


def send() -> int:
    """To everybody who works with cases and wants it. How many letters there were."""
    letters = list(_letters())
    mail.send(letters)
    if letters:
        trail.record("digest.sent", details={"count": len(letters)})
    return len(letters)


def _letters() -> Iterator[EmailMessage]:
    for user in User.objects.active().filter(digest=True).order_by("pk"):
        numbers = numbers_of(user)
        if numbers:
            yield _letter(user, numbers)


def _letter(user: User, numbers: Numbers) -> EmailMessage:
    address = settings.SITE_ADDRESS.rstrip("/")
    with translation.override(user.language):
        words = {"numbers": numbers, "link": f"{address}{reverse('today')}" if address else ""}
        body = render_to_string("casework/email/digest.txt", words)
        return EmailMessage(_("Today in numbers"), body, None, [user.email])
