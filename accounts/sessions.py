"""How long a session lasts: an idle limit, and an absolute one that no activity extends."""

import time
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from audit import trail

STARTED, SEEN = "started_at", "seen_at"
WRITE_EVERY = 60  # seconds: one session write a minute at most

IDLE, ABSOLUTE, CLOSED = "idle", "absolute", "closed"
ASKED, LEFT = "asked", "left"
EVENT = {ASKED: "sign_out", LEFT: "session.left"}  # anything else: its time was over


def is_signed_in(request: HttpRequest) -> bool:
    """The session names a person, whether or not they may still come in."""
    return SESSION_KEY in request.session


def why_over(request: HttpRequest) -> str:
    """Why this session is over, or an empty text while it stands."""
    now = time.time()
    session = request.session
    if not request.user.is_authenticated:
        return CLOSED  # deactivated, or the password was changed elsewhere
    if now - session.get(STARTED, now) > settings.SESSION_ABSOLUTE_SECONDS:
        return ABSOLUTE
    if now - session.get(SEEN, now) > settings.SESSION_IDLE_SECONDS:
        return IDLE
    return ""


def begin(request: HttpRequest) -> None:
    request.session[STARTED] = request.session[SEEN] = int(time.time())


def touch(request: HttpRequest) -> None:
    now = int(time.time())
    request.session.setdefault(STARTED, now)
    if now - request.session.get(SEEN, 0) >= WRITE_EVERY:
        request.session[SEEN] = now


def end(request: HttpRequest, why: str) -> None:
    """The session goes even when the trail cannot be written."""
    try:
        if request.user.is_authenticated:
            trail.record(EVENT.get(why, "session.expired"), obj=request.user, details={"why": why})
    finally:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)


def end_all(sessions: Iterable[Any]) -> int:
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended


def clear() -> None:
    """Rows of sessions that have run out, in Django's table and in allauth's."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store.clear_expired()
    for row in UserSession.objects.iterator():
        row.purge()


def open_sessions(user: Any) -> QuerySet[UserSession]:
    """In one query; allauth's own list opens every session to look inside."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive)
