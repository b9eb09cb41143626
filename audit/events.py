"""Every event the trail knows, each with the sentence a person reads after a name.

An event that is not listed cannot be recorded: the list is the promise of what is watched.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.errors import UnknownEvent

Text = str | Promise


@dataclass(frozen=True)
class Event:
    sentence: Text
    turned_away: Text = ""  # what is said instead when it was not allowed

    def says(self, outcome: str) -> Text:
        return (self.turned_away or self.sentence) if outcome == REFUSED else self.sentence


DONE: Final = "done"
REFUSED: Final = "refused"

CREATED, CHANGED, REMOVED = "created", "changed", "removed"

EVENTS: Final[dict[str, Event]] = {
    # Writes of single records, from the models themselves
    CREATED: Event(_("added a record")),
    CHANGED: Event(_("changed a record")),
    REMOVED: Event(_("removed a record")),
    # Signing in and out
    "sign_in": Event(_("signed in")),
    "sign_in.refused": Event(_("tried to sign in, without success"), _("tried to sign in, without success")),
    "sign_in.limited": Event(
        _("tried to sign in too often from one address"), _("tried to sign in too often from one address")
    ),
    "sign_out": Event(_("signed out")),
    "session.left": Event(_("used Leave")),
    "session.ended": Event(_("ended a session")),
    "session.expired": Event(_("was signed out after a time")),
    "session.list": Event(_("looked at the list of sessions")),
    "password.changed": Event(_("changed their password")),
    "password.reset_asked": Event(_("asked for a link to choose a new password")),
    "password.reset": Event(_("chose a new password by link")),
    "second_factor.added": Event(_("added a second step for signing in")),
    "second_factor.removed": Event(_("removed a second step for signing in")),
    "second_factor.used": Event(_("passed the second step")),
    "second_factor.refused": Event(_("did not pass the second step"), _("did not pass the second step")),
    "second_factor.required": Event(_("was asked to set up a second step")),
    "recovery_codes.made": Event(_("made new recovery codes")),
    "recovery_codes.shown": Event(_("looked at their recovery codes")),
    "recovery_code.used": Event(_("signed in with a recovery code")),
    # Looking
    "page.refused": Event(
        _("asked for a page that is not theirs"), _("tried to open a page that is not theirs")
    ),
    "case.read": Event(_("opened the case"), _("tried to open a case that is not theirs")),
    "case.write": Event(_("wrote in the case"), _("tried to write in a case they may only read")),
    "case.list": Event(_("looked at a list of cases")),
    "case.team_list": Event(_("looked at a team's cases")),
    "caseload.list": Event(_("looked at the caseloads")),
    "today.list": Event(_("looked at their day")),
    "search": Event(_("searched")),
    "directory.list": Event(_("looked at the directory")),
    "directory.search": Event(_("searched the directory")),
    "support_sheet.made": Event(_("made a sheet of places for them")),
    "directory.read": Event(_("looked at an entry of the directory")),
    "directory.added": Event(_("added an entry to the directory")),
    "directory.changed": Event(_("changed an entry of the directory")),
    "directory.local_facts": Event(_("wrote down what we know about an entry of the directory")),
    "directory.checked": Event(_("checked an entry of the directory")),
    "directory.hidden": Event(_("hid an entry of the directory")),
    "directory.shown_again": Event(_("showed a hidden entry of the directory again")),
    "directory.kept_confidential": Event(_("kept confidential where a place is")),
    "directory.uncovered": Event(_("decided that it may be shown where a place is")),
    "directory.reported": Event(_("said that an entry of the directory is wrong")),
    "directory.settled": Event(_("answered what was said to be wrong in the directory")),
    "directory.import_sent": Event(_("sent a package for the directory")),
    "directory.import_seen": Event(_("looked at the imports of the directory")),
    "directory.import_asked": Event(_("had a package applied to the directory")),
    "directory.import_applied": Event(_("applied a package to the directory")),
    "directory.import_discarded": Event(_("threw away a package for the directory")),
    "directory.exported": Event(_("wrote the directory to a file")),
    "file.list": Event(_("looked at the list of files")),
    "staff.list": Event(_("looked at the list of staff")),
    "staff.read": Event(_("looked at a colleague's account")),
    "team.list": Event(_("looked at the list of teams")),
    "trail.read": Event(_("read the trail"), _("tried to read the trail")),
    "trail.exported": Event(_("exported a case's trail")),
    "trail.verified": Event(_("checked the seals of the trail: everything holds")),
    "trail.broken": Event(_("checked the seals of the trail: something does not hold")),
    # Leaving the house
    "print": Event(_("printed a page")),
    "case.print": Event(_("printed from the case")),
    "export": Event(_("exported")),
    "case.export": Event(_("exported from the case")),
    "file.added": Event(_("added a file")),
    "file.download": Event(_("downloaded a file"), _("tried to download a file that is not theirs")),
    "file.removed": Event(_("removed a file")),
    "disclosure": Event(_("wrote down a disclosure")),
    "disclosure.made": Event(_("gave out what was agreed, and wrote it down")),
    "disclosure.list": Event(_("looked at everything that left about the person")),
    "release.prepared": Event(_("began to write a release")),
    "release.changed": Event(_("wrote on a release that is not signed yet")),
    "release.given_up": Event(_("put away a release that was not signed")),
    "release.printed": Event(_("printed a release for signing")),
    "release.signed": Event(_("wrote down that a release was signed")),
    "release.revoked": Event(_("wrote down that a release was taken back")),
    "release.ended": Event(_("ended a release")),
    "release.scan_read": Event(_("looked at the scan of a signed release")),
    "release.compelled": Event(_("wrote down what a court or a law required")),
    # Reports: counts, never a person
    "report.list": Event(_("looked at the months")),
    "report.read": Event(_("looked at the exact figures of a month")),
    "report.quality": Event(_("looked at what is missing before a month is closed")),
    "report.team": Event(_("looked at the figures of their teams")),
    "report.proposed": Event(_("proposed a month to be closed")),
    "report.closing": Event(_("decided to close a month")),
    "report.closed": Event(_("counted and froze a month")),
    "report.settings": Event(_("changed how reports are counted")),
    "ledger.appended": Event(_("wrote what is released into the ledger")),
    "ledger.not_safe": Event(_("checked tables before release: something could be worked out")),
    "ledger.verified": Event(_("checked the ledger of what was released: everything holds")),
    "ledger.broken": Event(_("checked the ledger of what was released: something does not hold")),
    "ledger.held": Event(_("tried to work out what all released tables withhold, without success")),
    "ledger.alarm": Event(_("tried to work out what all released tables withhold, and raised an alarm")),
    "ledger.settled": Event(_("answered an alarm about released tables")),
    # A case's life
    "case.opened": Event(_("opened a new case")),
    "case.closed": Event(_("closed the case")),
    "case.closing_reviewed": Event(_("looked at a closing")),
    "case.reopened": Event(_("opened the case again")),
    "case.changed": Event(_("changed what the case says")),
    "case.team_changed": Event(_("moved the case to another team")),
    "intake": Event(_("took a call and opened a case")),
    "intake.anonymous": Event(_("wrote down an anonymous contact")),
    "intake.hint": Event(_("was told that a file may exist already")),
    "client.changed": Event(_("changed what is known about the person")),
    "contact_plan.written": Event(_("wrote down how it is safe to reach them")),
    "contact_plan.confirmed": Event(_("confirmed again how it is safe to reach them")),
    "contact_plan.ended": Event(_("ended what was agreed about reaching them")),
    "contact_plan.erased": Event(_("erased the words of the contact plan")),
    "contact_plan.code_word": Event(_("looked at the code word")),
    "note.added": Event(_("wrote a note")),
    "note.changed": Event(_("changed a note")),
    "note.removed": Event(_("removed a note")),
    "service.added": Event(_("wrote down a service")),
    "service.changed": Event(_("changed a service")),
    "service.removed": Event(_("removed a service")),
    "request.added": Event(_("wrote down what was asked for")),
    "request.changed": Event(_("changed what was asked for")),
    "harm_contact.added": Event(_("wrote down contact with the person who caused harm")),
    "harm_contact.changed": Event(_("marked an entry of contact as entered in error, or brought it back")),
    "rests_on.added": Event(_("wrote down what their choices rest on")),
    "rests_on.changed": Event(_("marked what choices rest on as entered in error, or brought it back")),
    "order.added": Event(_("wrote down a court order")),
    "order.changed": Event(_("changed a court order")),
    "breach.added": Event(_("wrote down what happened against an order")),
    "breach.changed": Event(_("marked a breach as entered in error, or brought it back")),
    "risk.added": Event(_("wrote down that a risk tool was used")),
    "risk.changed": Event(_("marked a risk tool record as entered in error, or brought it back")),
    "plan.added": Event(_("wrote down that they planned for safety together")),
    "plan.read": Event(_("read a safety plan")),
    "plan.copied": Event(_("made a copy of a safety plan for them")),
    "plan.erased": Event(_("erased the text of a safety plan")),
    "draft.read": Event(_("opened a draft")),
    "draft.list": Event(_("looked at their drafts")),
    "draft.saved": Event(_("saved a draft")),
    "draft.removed": Event(_("removed a draft")),
    # Being in touch, on their terms
    "followup.agreed": Event(_("wrote down what was agreed about being in touch")),
    "followup.paused": Event(_("paused being in touch until a day")),
    "followup.resumed": Event(_("ended a pause")),
    "followup.ended": Event(_("ended an agreement about being in touch")),
    "followup.calendar": Event(_("took a window into their calendar")),
    "followup.kept": Event(_("wrote down the windows of the coming weeks")),
    "contact.attempted": Event(_("wrote down an attempt to get in touch")),
    "contact.outside_plan": Event(_("got in touch outside the contact plan, with a reason")),
    "contact.struck": Event(_("marked an attempt as entered in error")),
    "contact.code_word": Event(_("looked at the code word")),
    "supervision.list": Event(_("looked at what to talk about with advocates")),
    "digest.sent": Event(_("told staff by email how many things are waiting")),
    # Referrals: which case and which state, never where to
    "referral.started": Event(_("began a referral")),
    "referral.changed": Event(_("changed a referral that has not left")),
    "referral.moved": Event(_("wrote down how a referral stands"), _("was stopped: no release covers it")),
    "referral.happened": Event(_("wrote down what happened with a referral")),
    "referral.asking": Event(_("chose when to be reminded of a referral")),
    "referral.list": Event(_("looked at their referrals")),
    "referral.team_list": Event(_("looked at their teams' referrals")),
    "unmet.list": Event(_("looked at what was asked for and not had")),
    # Who works with whom
    "assignment.started": Event(_("assigned the case")),
    "assignment.ended": Event(_("ended an assignment")),
    "assignment.bulk": Event(_("assigned several cases")),
    "handover.given": Event(_("handed the case over")),
    "handover.bulk": Event(_("handed several cases over")),
    "handover.acknowledged": Event(_("read the hand-over and took the case on")),
    "handover.earlier_notes": Event(_("chose whether earlier notes can be read")),
    "absence.added": Event(_("wrote down an absence")),
    "absence.ended": Event(_("ended an absence")),
    "grant.asked": Event(_("asked for access")),
    "grant.cover": Event(_("gave cover for a dated absence")),
    "grant.consultation": Event(_("gave access for a consultation")),
    "grant.emergency": Event(_("took emergency access")),
    "grant.ended": Event(_("ended an access")),
    "grant.expired": Event(_("ended an access whose time had run out")),
    "grant.reviewed": Event(_("reviewed an emergency access")),
    "grant.list": Event(_("looked at the emergency accesses")),
    "grant.told": Event(_("told the supervisor and the privacy officer")),
    "wall.set": Event(_("set a wall")),
    "wall.lifted": Event(_("lifted a wall")),
    "wall.list": Event(_("looked at the walls")),
    # Erasing, holding, keys
    "erasure": Event(_("erased a client's record")),
    "erasure.asked": Event(_("asked for a client's record to be erased")),
    "erasure.list": Event(_("looked at the certificates of erasure")),
    "hold.set": Event(_("set a legal hold")),
    "hold.lifted": Event(_("lifted a legal hold")),
    "keys.rotated": Event(_("changed the key that wraps the clients' keys")),
    "keys.created": Event(_("made a client's key")),
    "keys.destroyed": Event(_("destroyed a client's key")),
    "integrity.checked": Event(_("checked that every record can be opened")),
    # Staff and settings
    "staff.invited": Event(_("invited a colleague")),
    "staff.invitation_used": Event(_("accepted the invitation")),
    "staff.changed": Event(_("changed a colleague's account")),
    "staff.roles": Event(_("changed a colleague's roles")),
    "staff.deactivated": Event(_("closed a colleague's account")),
    "staff.reactivated": Event(_("opened a colleague's account again")),
    "staff.second_factor_reset": Event(
        _("removed a colleague's second step so that they can set it up again")
    ),
    "staff.sessions_ended": Event(_("ended a colleague's sessions")),
    "team.created": Event(_("added a team")),
    "team.changed": Event(_("changed a team")),
    "team.joined": Event(_("added a colleague to a team")),
    "team.left": Event(_("took a colleague out of a team")),
    "settings.changed": Event(_("changed the agency's settings")),
    "settings.read": Event(_("looked at the agency's settings")),
    # Many rows in one stroke
    "records.bulk": Event(_("changed many records in one go")),
    "demo.loaded": Event(_("loaded the demonstration agency")),
    "sessions.cleared": Event(_("cleared sessions that had ended")),
}

# What counts as opening a case, for "who opened this case".
OPENING: Final = (
    "case.read", "case.print", "plan.copied", "case.export", "file.download", "print", "export",
    "grant.emergency",
)  # fmt: skip


def known(event: str) -> Event:
    try:
        return EVENTS[event]
    except KeyError:
        raise UnknownEvent(f"{event!r} is not listed in audit.events") from None
