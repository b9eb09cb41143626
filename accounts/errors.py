"""What staff services decline to do, each with a sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AccountsError(Exception):
    """``message`` can be shown as it is."""

    message: str | Promise = _("This could not be done.")


class AlreadyStaff(AccountsError):
    message = _("Someone with this email already has an account. Nothing was sent.")


class InvitationNotUsable(AccountsError):
    message = _("This link was used already or has run out. Ask your administrator for a new one.")


class LastAdministrator(AccountsError):
    message = _("At least one administrator who can sign in must stay. Give someone else this role first.")


class NotOneself(AccountsError):
    message = _("You cannot close your own account. Ask another administrator.")


class NoRoleToOneself(AccountsError):
    message = _("Nobody gives themselves a role. Ask another administrator.")


class AlreadyMember(AccountsError):
    message = _("They are in this team already, in this way.")


class NeedsSupervisorRole(AccountsError):
    message = _("Give them the supervisor role first.")


class TeamHasPeople(AccountsError):
    message = _("There are still people in this team. End their memberships first.")


class TeamNameTaken(AccountsError):
    message = _("There is a team with this name already.")


class TeamClosed(AccountsError):
    message = _("This team is closed.")
