"""Who may do what in PostgreSQL: the owner migrates, the app works, the sealer seals.

The app's role can add entries and read them. It can change nothing in the trail, make no
seal, and switch no trigger off, for the tables are not its own.
"""

from collections.abc import Callable, Iterator

ENTRY, SEALS = "audit_entry", ("audit_seal", "audit_sealedentry")
WORK = "SELECT, INSERT, UPDATE, DELETE"


def grants(app: str, sealer: str, *, quote: Callable[[str], str]) -> Iterator[str]:
    """For the records' database."""
    app, sealer = quote(app), quote(sealer)
    trail = ", ".join((ENTRY, *SEALS))
    yield from work_grants(app)
    yield f"REVOKE ALL ON {trail}, django_migrations FROM {app}"
    yield f"GRANT SELECT ON {trail}, django_migrations TO {app}"
    yield f"GRANT INSERT ON {ENTRY} TO {app}"
    yield f"GRANT USAGE ON SCHEMA public TO {sealer}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {sealer}"
    yield f"GRANT SELECT, INSERT ON {trail} TO {sealer}"
    yield f"GRANT SELECT ON django_content_type TO {sealer}"
    yield f"GRANT USAGE ON SEQUENCE {ENTRY}_id_seq TO {sealer}"


def key_store_grants(app: str, *, quote: Callable[[str], str]) -> Iterator[str]:
    """For the key store: the app alone."""
    yield from work_grants(quote(app))


def work_grants(app: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {app}"
    yield f"GRANT {WORK} ON ALL TABLES IN SCHEMA public TO {app}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {WORK} ON TABLES TO {app}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}"
