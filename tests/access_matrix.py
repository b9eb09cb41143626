"""Every address of the site × who asks × the answer, as data.

Answers: ``yes`` (the page answers), ``no`` (403, a plain page), ``hidden`` (the 404 of a
stranger), ``sign_in`` (sent to the sign-in page). ``test_access_matrix.py`` asks each of
them, and fails for an address that is not listed here.
"""

YES, NO, HIDDEN, SIGN_IN = "yes", "no", "hidden", "sign_in"

# --- Under /cases/<code>/: by how somebody stands to the case -----------------------------

READERS_AND_WRITERS = {"assigned", "covering", "supervisor", "both"}
READERS_ONLY = {"emergency", "consulted"}
STRANGERS = {
    "former",
    "teammate",
    "other_team",
    "walled_advocate",
    "walled_supervisor",
    "cover_over",
    "emergency_over",
    "reporting",
    "administrator",
    "privacy",
    "deactivated",
}


def case_answer(kind: str, relation: str) -> str:
    """What a relation gets from a case page of ``kind``: read, write or supervise."""
    if relation == "anonymous" or relation == "deactivated":
        return SIGN_IN
    if relation in STRANGERS:
        return HIDDEN
    if kind == "supervise":
        return YES if relation in {"supervisor", "both"} else NO
    if kind == "write":
        return NO if relation in READERS_ONLY else YES
    return YES


RELATIONS = ["anonymous", *sorted(READERS_AND_WRITERS | READERS_ONLY | STRANGERS)]

# url name -> (kind of its GET, kind of its POST); None: that method is not served.
CASE_PAGES: dict[str, tuple[str | None, str | None]] = {
    "case": ("read", None),
    "case_opened_by": ("read", None),
    "case_acknowledge": (None, "write"),
    "case_edit": ("write", "write"),
    "person_edit": ("write", "write"),
    "contact_plan": ("read", None),
    "contact_plan_edit": ("write", "write"),
    "contact_plan_confirm": (None, "write"),
    "contact_plan_code_word": (None, "read"),
    "contact_plan_end": (None, "write"),
    "contact": ("read", None),
    "contact_attempt": (None, "write"),
    "contact_code_word": (None, "read"),
    "attempt_strike": (None, "write"),
    "followup": ("read", "write"),
    "followup_pause": (None, "write"),
    "followup_resume": (None, "write"),
    "followup_ics": ("read", None),
    "harm_contact": ("read", None),
    "harm_contact_new": ("write", "write"),
    "harm_contact_strike": (None, "write"),
    "harm_contact_restore": (None, "write"),
    "rests_new": ("write", "write"),
    "rests_looking": (None, "write"),
    "rests_strike": (None, "write"),
    "rests_restore": (None, "write"),
    "order_new": ("write", "write"),
    "order_edit": ("write", "write"),
    "order_strike": (None, "write"),
    "order_restore": (None, "write"),
    "breach_new": ("write", "write"),
    "breach_strike": (None, "write"),
    "breach_restore": (None, "write"),
    "risk_new": ("read", "write"),
    "risk_strike": (None, "write"),
    "risk_restore": (None, "write"),
    "note_new": ("write", "write"),
    "note_edit": ("write", "write"),
    "note_strike": (None, "write"),
    "note_restore": (None, "write"),
    "service_new": ("write", "write"),
    "service_strike": (None, "write"),
    "service_restore": (None, "write"),
    "asked_new": ("write", "write"),
    "asked_edit": ("write", "write"),
    "asked_strike": (None, "write"),
    "asked_restore": (None, "write"),
    "file_new": ("write", "write"),
    "file_download": ("read", None),
    "file_strike": (None, "write"),
    "file_restore": (None, "write"),
    "plan": ("read", None),
    "plan_new": ("write", "write"),
    "plan_write": ("write", "write"),
    "plan_compose": ("write", "write"),
    "plan_compare": ("read", None),
    "plan_erase": ("write", "write"),
    "plan_version": ("read", None),
    "plan_copy": ("write", "write"),
    "releases": ("read", None),
    "release": ("read", None),
    "release_new": ("write", "write"),
    "release_step": ("write", "write"),
    "release_sign": ("write", "write"),
    "release_scan": ("read", None),
    "release_revoke": (None, "read"),  # whoever is told takes it down
    "release_put_away": (None, "write"),
    "release_print": (None, "write"),
    "release_copy": ("write", "write"),
    "compelled_new": ("supervise", "supervise"),
    "compelled": ("read", None),
    "disclosures": ("read", None),
    "disclosures_print": ("write", "write"),
    "referrals": ("read", None),
    "referral": ("read", None),
    "referral_new": ("write", "write"),
    "referral_edit": ("write", "write"),
    "referral_step": (None, "write"),
    "referral_send": ("write", "write"),
    "referral_end": ("write", "write"),
    "referral_event": ("write", "write"),
    "referral_asking": (None, "write"),
    "case_find_support": ("read", "read"),
    "case_support_entry": ("read", "read"),
    "case_support_sheet": ("write", "write"),
    "case_close": ("write", "write"),
    "case_reopen": ("supervise", "supervise"),
    "erasure_ask": ("write", "write"),
    "erasure_withdraw": (None, "write"),
    "handover": ("supervise", "supervise"),
    "assignment_end": (None, "supervise"),
    "case_weight": (None, "supervise"),
    "case_team": (None, "supervise"),
    "walls": ("write", "write"),
    "consult": ("write", "write"),
    "grant_end": (None, "supervise"),  # an advocate ends only what they gave themselves
}

# --- Everywhere else: by role --------------------------------------------------------------

ROLES = ["anonymous", "advocate", "supervisor", "reporting", "administrator", "privacy"]
EVERYONE = {"advocate", "supervisor", "reporting", "administrator", "privacy"}
MEET_CLIENTS = {"advocate", "supervisor"}

# url name -> roles that get an answer; staff of other roles get 403, anonymous the sign-in page.
PAGES: dict[str, set[str]] = {
    "home": EVERYONE,
    "gallery": EVERYONE,
    "today": EVERYONE,  # other roles are sent on to their first place
    "my_cases": MEET_CLIENTS,
    "search": MEET_CLIENTS,
    "find_support": {*MEET_CLIENTS, "administrator"},
    "support_entry": {*MEET_CLIENTS, "administrator"},
    "intake": MEET_CLIENTS,
    "intake_anonymous": MEET_CLIENTS,
    "intake_hint": MEET_CLIENTS,
    "drafts": MEET_CLIENTS,
    "draft_save": MEET_CLIENTS,
    "draft_throw_away": MEET_CLIENTS,
    "caseloads": {"supervisor"},
    "team_cases": {"supervisor"},
    "advocate_cases": {"supervisor"},
    "assign_several": {"supervisor"},
    "supervision": {"supervisor"},
    "covers": MEET_CLIENTS,
    "cover_new": MEET_CLIENTS,
    "cover_end": MEET_CLIENTS,
    "my_referrals": MEET_CLIENTS,
    "team_referrals": {"supervisor"},
    "unmet_needs": {"supervisor", "reporting", "administrator"},
    "closings": {"supervisor"},
    "closing_review": {"supervisor"},
    "emergency": MEET_CLIENTS,
    "emergency_reviews": {"supervisor", "privacy"},
    "emergency_review": {"supervisor", "privacy"},
    "erasures": {"privacy"},
    "erasure_carry_out": {"privacy"},
    "funding_sources": {"administrator"},
    "word_hints": {"administrator"},
    **{
        name: {"administrator", "supervisor"}
        for name in (
            "directory",
            "directory_shelf",
            "directory_organization",
            "directory_organization_new",
            "directory_organization_edit",
            "directory_service",
            "directory_service_of",
            "directory_service_new",
            "directory_service_edit",
            "directory_place",
            "directory_place_new",
            "directory_place_confidential",
            "directory_place_show",
            "directory_place_leave",
            "directory_local_facts",
            "directory_checked",
            "directory_hide",
            "directory_show",
            "directory_report_settle",
        )
    },
    "directory_report": {"advocate", "supervisor", "administrator"},
    **{
        name: {"administrator"}
        for name in ("imports", "import_job", "import_progress", "import_apply", "import_discard")
    },
    "report_months": {"reporting"},
    "report_month": {"reporting"},
    "report_month_close": {"reporting"},
    "report_missing": {"reporting", "supervisor"},  # counts; cases only for who may see them
    "team_figures": {"supervisor"},
    "report_settings": {"administrator"},
    "report_list": {"administrator"},
    "audit:entries": {"privacy"},
    "accounts:staff": {"administrator"},
    "accounts:person": {"administrator"},
    "accounts:invite": {"administrator"},
    "accounts:teams": {"administrator"},
    "accounts:team": {"administrator"},
    "accounts:settings": {"administrator"},
    **{
        key: {"administrator"}
        for key in [
            "accounts:invite_again",
            "accounts:deactivate",
            "accounts:reactivate",
            "accounts:end_sessions",
            "accounts:reset_second_factor",
            "accounts:add_member",
            "accounts:close_team",
            "accounts:end_membership",
        ]
    },
    **dict.fromkeys(
        [
            "accounts:me",
            "session_ping",
            "accounts:end_other_sessions",
            "accounts:end_session",
            "account_reauthenticate",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "usersessions_list",
        ],
        EVERYONE,  # their own only; somebody else's number gives 404
    ),
}

# Open to anybody, signed in or not; none of them shows a record.
OPEN = {
    "set_language",
    "leave",
    "accounts:accept_invitation",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",  # between password and second step
    "mfa_login_webauthn",
}

# Nobody in the test has a second step set up, so there is nothing of theirs to show or remove.
NOTHING_SET_UP = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
