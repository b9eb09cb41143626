"""One follow-up window as a calendar file (RFC 5545), for the phone of a member of staff.

Somebody else may look at that phone: a neutral word, the days and a link, nothing else. No
reminder either: a phone that rings is read by whoever sits beside it.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from casework.timeline import Window


def of_window(window: Window, *, uid: UUID, link: str) -> bytes:
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", timezone.now())
    event.add("summary", _("Appointment"))
    event.add("dtstart", window.opens_on)
    event.add("dtend", window.closes_on + timedelta(days=1))  # the end is not part of it
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", "-//Notes//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
