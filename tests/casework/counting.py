"""How many questions a page asks: reads of both databases, without session and person."""

from contextlib import contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

EVERY_PAGE = ("django_session", 'accounts_user" WHERE "accounts_user"."id"', "usersessions")


@contextmanager
def reads():
    """``with reads() as asked: …`` then ``asked()`` is the list of questions."""
    with (
        CaptureQueriesContext(connections["default"]) as records,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        yield lambda: [
            query["sql"]
            for query in [*records.captured_queries, *keys.captured_queries]
            if query["sql"].startswith("SELECT") and not any(each in query["sql"] for each in EVERY_PAGE)
        ]
