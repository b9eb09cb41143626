"""Writes that go round a model's ``save`` leave no entry in the trail.

``update()``, the bulk methods and ``delete()`` of a queryset are allowed only where a named
event is recorded for them: in ``services``. Everything else stands below with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("vault", "audit", "accounts", "clients", "casework", "referrals")
SILENT = {
    "update",
    "bulk_create",
    "bulk_update",
    "delete",
    "aupdate",
    "abulk_create",
    "adelete",
    "_raw_delete",
}
# Ends of names that are querysets or managers; a dict's update() is nobody's business here.
SETS = {"objects", "_base_manager", "_default_manager"}
CHAINED = {"filter", "exclude", "all", "using", "select_for_update"}

# file or folder: why its silent writes need no entry of their own
REASONS = {
    "referrals/finding/": "an index that follows recorded writes of the directory, and holds nothing more",
    "accounts/sessions.py": "sessions are no records; session.* and sign_out are recorded beside it",
    "casework/demo/": "made-up records, in bulk, under the one event demo.loaded",
    "referrals/demo_directory.py": "made-up entries, in bulk, under the one event demo.loaded",
    "referrals/demo_referrals.py": "made-up referrals, in bulk, under the one event demo.loaded",
    "vault/keys.py": "the key store is not in the trail; who asks for it records keys.* or erasure",
    "vault/hints.py": "keyed hashes that follow a recorded write",
}


def silent_writes(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or called.attr not in SILENT:
            continue
        if on_a_set(called.value) or called.attr.startswith(("bulk_", "abulk_", "_raw")):
            yield node.lineno, called.attr


def on_a_set(node: ast.expr) -> bool:
    """``Model.objects``…, a chain with a queryset method in it, or a name that says queryset."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute) and node.attr in SETS | CHAINED:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id in {"queryset", "rows", "found", "entries", "waiting"}


def modules() -> list[str]:
    return sorted(
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    )


def may_write_silently(name: str) -> bool:
    parts = Path(name).parts
    return "services" in parts or parts[-1] == "services.py" or name.startswith(tuple(REASONS))


@pytest.mark.parametrize("name", [name for name in modules() if not may_write_silently(name)])
def test_writes_outside_services_reach_the_trail(name):
    found = list(silent_writes((ROOT / name).read_text()))

    assert found == [], f"{name}: call a service, or save() and delete() single records"


@pytest.mark.parametrize("name", REASONS)
def test_every_exception_is_still_needed(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize(
    "source",
    [
        "Case.objects.filter(team=team).update(status='closed')",
        "Case.objects.bulk_create(cases)",
        "Note.objects.visible_to(user).filter(pk=1).delete()",
        "case.notes.all().delete()",
        "Case.objects.using('default').update(weight=1)",
        "queryset.update(weight=1)",
        "Entry.objects._raw_delete('default')",
    ],
)
def test_silent_writes_are_seen(source):
    assert list(silent_writes(source))


@pytest.mark.parametrize(
    "source", ["context.update(form=form)", "note.delete()", "cache.delete(key)", "a | b"]
)
def test_other_calls_are_left_alone(source):
    assert not list(silent_writes(source))
