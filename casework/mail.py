"""Letters to staff, never to a client. They say that there is something to look at, not what."""

import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import agency
from accounts.models import User

logger = logging.getLogger(__name__)
PATIENCE = 5  # seconds: whoever waits for the page does not wait for the mail server


def something_to_look_at(people: Iterable[User], link: str = "") -> None:
    """One letter each, in their language. A mail server that is down is an event, not an error."""
    send([_letter(person, link) for person in people])


def send(letters: list[EmailMessage]) -> None:
    if not letters:
        return
    try:
        get_connection(timeout=PATIENCE).send_messages(letters)
    except Exception:
        logger.warning("mail.not_sent", exc_info=True)


def _letter(person: User, link: str) -> EmailMessage:
    with translation.override(person.language):
        words = {"link": link, "site_name": agency.chosen().site_name}
        body = render_to_string("casework/email/something_to_look_at.txt", words)
        return EmailMessage(_("Something for you to look at"), body, None, [person.email])
