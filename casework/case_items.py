"""How each kind of record reads in the timeline. Pure but for the addresses it names."""

from collections.abc import Iterator
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.access import Standing
from casework.case_timeline import Item, noon
from casework.choices import AskedOutcome, ForWhom, ProgramReason
from casework.models import AskedFor, Assignment, Case, CaseFile, Closing, Grant, Note, Service
from casework.templatetags.house import local

OUTCOME_MARKS = {AskedOutcome.OPEN: "later", AskedOutcome.SERVED: "safe"}


class Items:
    """Turns the records of one case into items, as far as ``standing`` opens their words."""

    def __init__(self, case: Case, standing: Standing, *, can_write: bool) -> None:
        self.case, self.standing, self.can_write = case, standing, can_write
        self.since = standing.reads_since

    def opens(self, written: datetime) -> bool:
        """Words from before a hand-over may stay closed to the new advocate."""
        return self.since is None or written >= self.since

    def _links(
        self, kind: str, record: Note | Service | AskedFor | CaseFile, *, edit: bool
    ) -> dict[str, str]:
        if not self.can_write:
            return {}
        names = ("restore",) if record.struck_at else (("edit", "strike") if edit else ("strike",))
        return {name: reverse(f"{kind}_{name}", args=[self.case.code, record.pk]) for name in names}

    def note(self, note: Note) -> Item:
        own = note.author_id == self.standing.user.pk
        links = self._links("note", note, edit=own) if own or self.standing.supervises else {}
        return Item(
            id=note.pk,
            moment=note.happened_at,
            kind="note",
            icon="note",
            title=note.get_kind_display(),
            who=note.author.name,
            facts=(_("changed %(day)s") % {"day": local(note.edited_at, "date")},) if note.edited_at else (),
            marks=self._kept_close(note, own=own),
            words=note.text,
            struck=bool(note.struck_at),
            links=links,
        )

    def _kept_close(self, note: Note, *, own: bool) -> tuple[tuple[str, str, str], ...]:
        if not note.kept_close:
            return ()
        who = _("kept to you and your supervisor") if own else _("kept to the writer and supervisors")
        return (("plain", who, "lock"),)

    def service(self, service: Service) -> Item:
        length = ngettext("%(n)d minute", "%(n)d minutes", service.minutes) % {"n": service.minutes}
        whom = (_("for a child or dependant"),) if service.for_whom == ForWhom.DEPENDANT else ()
        return Item(
            id=service.pk,
            moment=noon(service.given_on),
            kind="service",
            icon="heart",
            title=service.get_kind_display(),
            who=service.given_by.name,
            has_hour=False,
            facts=(length, *whom),
            words=service.remark if self.opens(service.created_at) else "",
            struck=bool(service.struck_at),
            links=self._links("service", service, edit=False),
        )

    def asked(self, asked: AskedFor) -> Item:
        reasons = dict(ProgramReason.choices)
        mark = (OUTCOME_MARKS.get(AskedOutcome(asked.outcome), "plain"), asked.get_outcome_display(), "")
        return Item(
            id=asked.pk,
            moment=noon(asked.asked_on),
            kind="asked",
            icon="message",
            title=_("Asked for: %(what)s") % {"what": asked.get_kind_display()},
            who=asked.written_by.name,
            has_hour=False,
            facts=tuple(str(reasons.get(code, code)) for code in asked.reasons),
            marks=(mark,),
            words=asked.words if self.opens(asked.created_at) else "",
            struck=bool(asked.struck_at),
            links=self._links("asked", asked, edit=True),
        )

    def file(self, file: CaseFile) -> Item:
        links = self._links("file", file, edit=False)
        if not file.struck_at:
            links["open"] = reverse("file_download", args=[self.case.code, file.pk])
        return Item(
            id=file.pk,
            moment=file.created_at,
            kind="file",
            icon="file",
            title=file.name,
            who=file.added_by.name,
            facts=(filesizeformat(file.size),),
            words=file.about,
            struck=bool(file.struck_at),
            links=links,
        )

    # --- The house's own entries: no words of anybody's but the hand-over note ---------------

    def opened(self) -> Item:
        return Item(
            id=self.case.pk,
            moment=self.case.opened_at,
            kind="people",
            icon="plus",
            title=_("Case opened"),
            who=self.case.opened_by.name,
        )

    def assignment(self, assignment: Assignment) -> Iterator[Item]:
        name, by = assignment.user.name, assignment.assigned_by.name
        yield Item(
            id=assignment.pk,
            moment=assignment.started_at,
            kind="people",
            icon="swap",
            title=_("%(name)s works this case") % {"name": name},
            who=by if by != name else "",
            facts=() if assignment.sees_earlier else (_("does not read what was written before"),),
            words=assignment.handover_note if self.opens(assignment.started_at) else "",
        )
        if assignment.ended_at:
            yield Item(
                id=assignment.pk,
                moment=assignment.ended_at,
                kind="people",
                icon="swap",
                title=_("%(name)s no longer works this case") % {"name": name},
            )

    def closing(self, closing: Closing) -> Iterator[Item]:
        yield Item(
            id=closing.pk,
            moment=closing.closed_at,
            kind="people",
            icon="door",
            title=_("Closed: %(why)s") % {"why": closing.get_reason_display()},
            who=closing.closed_by.name,
            facts=(_("they know they may come back"),) if closing.told_may_return else (),
            words=closing.words if self.opens(closing.closed_at) else "",
        )
        if closing.reopened_at and closing.reopened_by:
            yield Item(
                id=closing.pk,
                moment=closing.reopened_at,
                kind="people",
                icon="door",
                title=_("Opened again"),
                who=closing.reopened_by.name,
            )

    def grant(self, grant: Grant) -> Item:
        return Item(
            id=grant.pk,
            moment=grant.starts_at,
            kind="people",
            icon="key" if grant.kind == Grant.Kind.EMERGENCY else "clock",
            title=self._grant_title(grant),
            facts=(_("until %(when)s") % {"when": local(grant.ended_at or grant.ends_at)},),
        )

    def _grant_title(self, grant: Grant) -> str:
        name = grant.user.name
        if grant.cover:
            return _("%(name)s covers for %(away)s") % {"name": name, "away": grant.cover.away.name}
        if grant.kind == Grant.Kind.EMERGENCY:
            return _("%(name)s read under emergency access") % {"name": name}
        return _("%(name)s was asked for advice") % {"name": name}
