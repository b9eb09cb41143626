"""Every field of every model, and what it may hold. A new field must be put down here.

SEALED  encrypted under a client's or a person's own key
CODED   in clear: a code from a closed list, a yes or no, a number
WHEN    in clear: a date or a moment
POINTS  in clear: an id, or a reference to another row
STAFF   in clear: about staff or the agency, never about a client
SECRET  a hash, a key or a signature: says nothing by itself
"""

SEALED, CODED, WHEN, POINTS, STAFF, SECRET = "sealed", "coded", "when", "points", "staff", "secret"


def fields(text: str, kind: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), kind)


FIELDS: dict[str, dict[str, str]] = {
    "vault.DataKey": fields("owner", POINTS)
    | fields("wrapped kek_id", SECRET)
    | fields("created_at destroyed_at", WHEN),
    "vault.Hint": fields("id owner", POINTS) | fields("kind", CODED) | fields("digest", SECRET),
    "audit.Entry": fields("id actor case_id content_type object_pk", POINTS)
    | fields("timestamp", WHEN)
    # path_name: the route's name, never a path; object_repr: the model's name, never a text
    | fields("event outcome action system path_name object_repr case_code", CODED)
    | fields("remote_addr", STAFF)
    # names of fields, codes, ids: held by tests/audit
    | fields("changes additional_data", CODED),
    "audit.Seal": fields("number first_id last_id", POINTS)
    | fields("sealed_at complete_until", WHEN)
    | fields("count", CODED)
    | fields("root previous_head head key_id signature", SECRET),
    "audit.SealedEntry": fields("entry seal position", POINTS) | fields("leaf", SECRET),
    "accounts.User": fields("id", POINTS)
    | fields("email name roles is_active language compact_rows digest", STAFF)
    | fields("password", SECRET)
    | fields("last_login deactivated_at invited_at", WHEN),
    "accounts.Team": fields("id", POINTS) | fields("name is_active", STAFF),
    "accounts.TeamMembership": fields("id team user", POINTS)
    | fields("supervises", STAFF)
    | fields("started_at ended_at", WHEN),
    "accounts.Invitation": fields("id user invited_by", POINTS)
    | fields("token_hash", SECRET)
    | fields("created_at expires_at accepted_at", WHEN),
    "accounts.AgencySettings": fields(
        "id site_name client_word leave_url counties release_days_max asks_to_be_counted", STAFF
    ),
    "clients.Client": fields("id", POINTS)
    | fields("created_at erased_at", WHEN)
    | fields(
        "name alias pronouns phones address birth_date gender_words race_words language_words access_needs",
        SEALED,
    )
    | fields(
        "name_answer age_band race gender language interpreter disability county time_zone may_count version",
        CODED,
    ),
    "clients.PersonWhoHarmed": fields("id client", POINTS)
    | fields("relation powers", CODED)
    | fields("name words", SEALED)
    | fields("created_at", WHEN),
    "clients.ContactPlan": fields("id client number confirmed_by created_by", POINTS)
    | fields(
        "who_initiates purposes dropped_line override time_zone confirmed_again",
        CODED,
    )
    | fields("purpose_words code_word hang_up dropped_line_words override_words words", SEALED)
    | fields("confirmed_on valid_until created_at replaced_at emptied_at", WHEN),
    "clients.ContactWay": fields("id plan order", POINTS)
    | fields("kind safe voicemail language interpreter", CODED)
    | fields("label where name_we_use who_sees who_answers caller hours", SEALED),
    "clients.Release": fields(
        "id client case_code replaces recipient_ref created_by signed_with revoked_by scan_id", POINTS
    )
    | fields("recipient_name recipient_about said purpose exclusions interpreter_name", SEALED)
    | fields("capacity_words adult_name signature adult_signature witness scan_name revoked_words", SEALED)
    | fields("recipient_kind items means language interpreter statement capacity", CODED)
    | fields("adult_is_abuser adult_harmed_parent signed_how scan_type ended_why version", CODED)
    | fields("last_day statement_shown_at signed_at starts_at expires_at", WHEN)
    | fields("revoked_at revoked_recorded_at ended_at created_at given_up_at", WHEN),
    "clients.CompelledRelease": fields("id client case_code decided_by", POINTS)
    | fields("kind was_told", CODED)
    | fields("issued_by reference what counsel_words attempts steps", SEALED)
    | fields("mandate_on counsel_asked_on created_at", WHEN),
    "clients.Disclosure": fields("id client case_code release compelled recipient_ref source_id by", POINTS)
    | fields("recipient_name said", SEALED)
    | fields("basis items means source kept", CODED)
    | fields("made_at recorded_at", WHEN),
    "casework.Case": fields("id client team opened_by", POINTS)
    | fields("code status weight help_sought victimisations advocates version", CODED)
    | fields("opened_at closed_at", WHEN)
    | fields("summary", SEALED),
    "casework.Assignment": fields("id case user assigned_by ended_by team_id", POINTS)
    | fields("started_at ended_at acknowledged_at next_open last_contact_at", WHEN)
    | fields("sees_earlier weight", CODED)
    | fields("handover_note", SEALED),
    "casework.Agreement": fields("id case number created_by", POINTS)
    | fields("kind rhythm every offset_days window_days purpose time_zone", CODED)
    | fields("starts_on event_on paused_from paused_until valid_until", WHEN)
    | fields("kept_until created_at replaced_at", WHEN)
    | fields("event_name words", SEALED),
    "casework.Occurrence": fields("id agreement case done_by", POINTS)
    | fields("opens_on closes_on done_at withdrawn_at", WHEN),
    "casework.Attempt": fields("id case occurrence plan way by team_id", POINTS)
    | fields("way_kind purpose result outside_plan for_life reasons", CODED)
    | fields("at struck_at", WHEN)
    | fields("outside_reason", SEALED),
    "casework.Closing": fields("id case closed_by reviewed_by reopened_by", POINTS)
    | fields("reason told_may_return", CODED)
    | fields("closed_at reviewed_at reopened_at", WHEN)
    | fields("words", SEALED),
    "casework.Erasure": fields("id case asked_by done_by", POINTS)
    | fields("case_code why files_removed", CODED)
    | fields("asked_at withdrawn_at done_at", WHEN),
    "casework.Draft": fields("id user case owner_id", POINTS)
    | fields("key", CODED)  # which form
    | fields("fields", SEALED)
    | fields("saved_at", WHEN),
    "casework.CaseFile": fields("id case added_by", POINTS)
    | fields("name about", SEALED)
    | fields("content_type size", CODED)
    | fields("created_at struck_at", WHEN),
    "casework.Cover": fields("id away covering created_by", POINTS)
    | fields("first_day last_day created_at ended_at", WHEN),
    "casework.Grant": fields("id case user cover given_by", POINTS)
    | fields("kind", CODED)
    | fields("starts_at ends_at ended_at", WHEN),
    "casework.CaseUserPermission": fields("id permission user content_object grant", POINTS),
    "casework.EmergencyAccess": fields("id grant user reviewed_by", POINTS)
    | fields("reason review_words", SEALED)
    | fields("asked_at reviewed_at", WHEN)
    | fields("finding", CODED),
    "casework.Note": fields("id case author", POINTS)
    | fields("kind kept_close version", CODED)
    | fields("happened_at created_at edited_at struck_at", WHEN)
    | fields("text", SEALED),
    "casework.FundingSource": fields("id", POINTS) | fields("name is_active", STAFF),
    "casework.Service_funding": fields("id service fundingsource", POINTS),
    "casework.Service": fields("id case given_by client_id team_id funding", POINTS)
    | fields("kind minutes for_whom age_band gender race county victimisations special", CODED)
    | fields("given_on created_at struck_at counted_in", WHEN)
    | fields("remark", SEALED),
    "casework.AskedFor": fields("id case written_by", POINTS)
    | fields("kind outcome reasons version", CODED)
    | fields("asked_on created_at struck_at counted_in", WHEN)
    | fields("words", SEALED),
    "casework.AnonymousContact": fields("id team taken_by", POINTS)
    | fields("kind minutes victimisations services", CODED)
    | fields("happened_on created_at counted_in", WHEN),
    "casework.HarmContact": fields("id case person written_by", POINTS)
    | fields("value precision", CODED)
    | fields("happened_on created_at struck_at", WHEN)
    | fields("words", SEALED),
    "casework.RestsOn": fields("id case entry written_by", POINTS)
    | fields("area state precision", CODED)
    | fields("said_on looking_since created_at struck_at", WHEN)
    | fields("words", SEALED),
    "casework.CourtOrder": fields("id case person written_by", POINTS)
    | fields("kind served version", CODED)
    | fields("issued_on served_on expires_on created_at edited_at struck_at", WHEN)
    | fields("terms copies told if_contact", SEALED),
    "casework.Breach": fields("id order written_by", POINTS)
    | fields("happened_at created_at struck_at", WHEN)
    | fields("what reported_to reference", SEALED),
    "casework.RiskRecord": fields("id case assessor written_by", POINTS)
    | fields("tool shared", CODED)
    | fields("assessed_on created_at struck_at", WHEN)
    | fields("tool_words tool_version assessor_words level source", SEALED),
    "casework.SafetyPlan": fields("id case number made_by", POINTS)
    | fields("keeping", CODED)
    | fields("made_on keep_until review_on created_at erased_at", WHEN)
    | fields("text", SEALED),
    "casework.PlanCopy": fields("id case plan made_by", POINTS)
    | fields("form where_kept language", CODED)
    | fields("made_at", WHEN),
    "casework.PlanErasure": fields("id case done_by", POINTS)
    | fields("case_code why versions", CODED)
    | fields("done_at", WHEN),
    "casework.WordHint": fields("id", POINTS) | fields("language word suggestion", STAFF),
    "casework.Wall": fields("id client user set_by lifted_by", POINTS) | fields("set_at lifted_at", WHEN),
    # The directory is about agencies; local facts and reports are the staff's words about them.
    "referrals.Source": fields("id", POINTS)
    | fields("name licence attribution", STAFF)
    | fields("kind", CODED)
    | fields("loaded_at created_at", WHEN),
    "referrals.Organization": fields("id source hsds_id parent", POINTS)
    | fields("name alternate_name description email website legal_status uri", STAFF)
    | fields("corrected version", CODED)
    | fields("created_at", WHEN),
    "referrals.Service": fields("id source hsds_id organization checked_by hidden_by", POINTS)
    | fields(
        "name alternate_name program_name description url email interpretation application_process fees "
        "accreditations eligibility_description alert assurer_email survivor_notes preferred_contact "
        "hidden_reason",
        STAFF,
    )
    | fields(
        "status minimum_age maximum_age needs accepts_phone accepts_online accepts_walk_in listed "
        "no_voicemail confidential_location corrected version",
        CODED,
    )
    | fields("assured_on last_modified checked_at hidden_at created_at", WHEN),
    "referrals.Location": fields("id source hsds_id organization confidential_by", POINTS)
    | fields("name alternate_name description transportation url confidential_reason", STAFF)
    | fields("latitude longitude", STAFF)
    | fields("location_type confidential corrected version", CODED)
    | fields("confidential_at looked_confidential_at created_at", WHEN),
    "referrals.ServiceAtLocation": fields("id source hsds_id service location", POINTS)
    | fields("description", STAFF)
    | fields("created_at", WHEN),
    "referrals.Address": fields("id source hsds_id location", POINTS)
    | fields(
        "attention address_1 address_2 city region state_province postal_code country address_type", STAFF
    )
    | fields("created_at", WHEN),
    "referrals.AccessFact": fields("id source hsds_id location", POINTS)
    | fields("description details url", STAFF)
    | fields("created_at", WHEN),
    "referrals.Area": fields("id source hsds_id service service_at_location", POINTS)
    | fields("name description uri", STAFF)
    | fields("created_at", WHEN),
    "referrals.Phone": fields("id source hsds_id organization service location service_at_location", POINTS)
    | fields("number extension type description languages", STAFF)
    | fields("created_at", WHEN),
    "referrals.Schedule": fields("id source hsds_id service location service_at_location", POINTS)
    | fields("valid_from valid_to dtstart until created_at", WHEN)
    | fields(
        "count wkst freq interval byday byweekno bymonthday byyearday opens_at closes_at utc_offset "
        "description attending_type schedule_link notes",
        STAFF,
    ),
    "referrals.SpokenLanguage": fields("id source hsds_id service location phone", POINTS)
    | fields("name code note", STAFF)
    | fields("created_at", WHEN),
    "referrals.Tag": fields(
        "id source hsds_id service organization location term_hsds_id taxonomy_hsds_id", POINTS
    )
    | fields("taxonomy code term link_type value label", STAFF)
    | fields("created_at", WHEN),
    "referrals.RequiredDocument": fields("id source hsds_id service", POINTS)
    | fields("document uri", STAFF)
    | fields("created_at", WHEN),
    "referrals.Cost": fields("id source hsds_id service", POINTS)
    | fields("option currency amount amount_description", STAFF)
    | fields("valid_from valid_to created_at", WHEN),
    "referrals.SearchText": fields("id service", POINTS)
    | fields("name names needs places rest codes open_hours shown", STAFF)
    | fields("minimum_age maximum_age", CODED)
    | fields("fresh_on", WHEN),
    "referrals.SearchWord": fields("word", STAFF),
    "referrals.Referral": fields(
        "id case service organization_ref release disclosure replaces written_by", POINTS
    )
    | fields(
        "kind state is_open need area county items means outcome reason ended_by asks no_shows version", CODED
    )
    | fields("organization service_name said words snapshot", SEALED)
    | fields("sent_at ended_at state_since ask_on appointment_at created_at", WHEN),
    "referrals.ReferralStep": fields("id referral by", POINTS)
    | fields("before after", CODED)
    | fields("why", SEALED)
    | fields("at", WHEN),
    "referrals.ReferralEvent": fields("id referral by", POINTS)
    | fields("kind", CODED)
    | fields("words", SEALED)
    | fields("happened_at appointment_at created_at", WHEN),
    "referrals.ImportJob": fields("id source created_by decided_by", POINTS)
    | fields("state tries step rows percent version form whole counts problem_count refusal size", CODED)
    # short values of somebody's package about agencies
    | fields("source_name file_name problems examples", STAFF)
    | fields("created_at decided_at finished_at heartbeat_at", WHEN),
    "referrals.Report": fields("id service by settled_by", POINTS)
    | fields("what", CODED)
    | fields("words answer", STAFF)
    | fields("at settled_at created_at", WHEN),
    # Reports: counts. A person in them is a bare id, and only where they are new once a year.
    "reporting.Funder": fields("id", POINTS) | fields("form year_starts in_use", STAFF),
    "reporting.Share": fields("id funder source", POINTS) | fields("percent", STAFF),
    "reporting.NewThisYear": fields("id funder person", POINTS) | fields("year_first month", WHEN),
    "reporting.Month": fields("id closed_by", POINTS)
    | fields("state step steps", CODED)
    | fields("first proposed_at as_of closed_at heartbeat_at", WHEN)
    | fields("digest", SECRET),
    "reporting.Figures": fields("id month", POINTS)
    | fields("form span table plan cells labels lists", CODED)
    | fields("first last frozen_at", WHEN),
    "reporting.ReportSettings": fields("id propose_day", STAFF) | fields("first_month", WHEN),
    # The document: tables as released, by structural ids; words: about tables, not about people.
    "reporting.LedgerRow": fields("number release appended_by", POINTS)
    | fields("kind plan k lowest not_small versions", CODED)
    | fields("recipient document", STAFF)
    | fields("document_hash certificate_hash file_hashes previous head", SECRET)
    | fields("as_of appended_at", WHEN),
    "reporting.LedgerAudit": fields("id settles by", POINTS)
    | fields("outcome rows withheld findings", CODED)
    | fields("words seconds", STAFF)
    | fields("head", SECRET)
    | fields("at", WHEN),
    "reporting.ListText": fields("id put_in_by", POINTS)
    | fields("key text", STAFF)
    | fields("put_in_at replaced_at", WHEN),
}
