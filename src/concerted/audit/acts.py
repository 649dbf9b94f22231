"""What people do that leaves an event: a closed list. An application adds its own acts here, in its own part."""

from enum import StrEnum
from typing import Literal

Sort = Literal["read", "change", "out", "sign-in", "denial", "administration", "audit"]


class Act(StrEnum):
    """An act by its name in the store, never changed once used. sort: what sort of act it is, which rules of odd access
    go by. words: what the person did, in the past tense, for a person who reads the audit."""

    sort: Sort
    words: str

    def __new__(cls, value: str, sort: Sort = "change", words: str = "") -> "Act":
        """Without words, its name is its words."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.sort = sort
        made.words = words or value.replace("_", " ")
        return made

    # what anybody may do
    PAGE_READ = "page_read", "read", "opened a page"
    RECORD_READ = "record_read", "read", "opened a record"
    SEARCHED = "searched", "read", "searched"
    EXPORTED = "exported", "out", "exported"
    PRINTED = "printed", "out", "printed"
    DENIED = "denied", "denial", "asked for what they may not have"

    # signing in
    SIGNED_IN = "signed_in", "sign-in", "signed in"
    SIGNED_OUT = "signed_out", "sign-in", "signed out"
    SIGN_IN_REFUSED = "sign_in_refused", "sign-in", "was refused at signing in"
    SESSION_ENDED = "session_ended", "sign-in", "ended a session"
    FACTOR_ADDED = "factor_added", "sign-in", "added a way to sign in"
    FACTOR_REMOVED = "factor_removed", "sign-in", "removed a way to sign in"
    FACTOR_CHANGED = "factor_changed", "sign-in", "changed a way to sign in"
    PASSWORD_CHANGED = "password_changed", "sign-in", "changed their password"
    RECOVERY_ASKED = "recovery_asked", "sign-in", "asked to be let in again"
    RECOVERY_AGREED = "recovery_agreed", "sign-in", "agreed that somebody is let in again"
    ROLE_SWITCHED = "role_switched", "sign-in", "went on in another role"

    # organisations and people
    ORGANISATION_CREATED = "organisation_created", "administration", "created an organisation"
    ORGANISATION_CHANGED = "organisation_changed", "administration", "changed an organisation"
    ORGANISATION_CLOSED = "organisation_closed", "administration", "closed an organisation"
    CONTACT_CONFIRMED = "contact_confirmed", "administration", "confirmed a contact point"
    PERSON_INVITED = "person_invited", "administration", "invited a person"
    INVITATION_ACCEPTED = "invitation_accepted", "administration", "accepted an invitation"
    INVITATION_WITHDRAWN = "invitation_withdrawn", "administration", "withdrew an invitation"
    PERSON_CHANGED = "person_changed", "administration", "changed a person's details"
    PERSON_SUSPENDED = "person_suspended", "administration", "suspended a person"
    PERSON_RESTORED = "person_restored", "administration", "ended a suspension"
    MEMBERSHIP_ASKED = "membership_asked", "administration", "asked for a role for somebody"
    MEMBERSHIP_AGREED = "membership_agreed", "administration", "agreed to a role, as the second person"
    MEMBERSHIP_REFUSED = "membership_refused", "administration", "refused a role"
    MEMBERSHIP_BEGUN = "membership_begun", "administration", "gave a role"
    MEMBERSHIP_ENDED = "membership_ended", "administration", "ended a role"
    INTEREST_DECLARED = "interest_declared", "administration", "declared somebody they know"
    INTEREST_ENDED = "interest_ended", "administration", "ended a declaration"

    # the way out
    NOTICE_PUT_OUT = "notice_put_out", "out", "sent a notice"
    NOTICE_REFUSED = "notice_refused", "out", "had a notice refused"
    NOTICE_CALLED_BACK = "notice_called_back", "out", "called a notice back"
    NOTICE_SENT = "notice_sent", "out", "handed a notice over"
    NOTICE_NOT_SENT = "notice_not_sent", "out", "could not hand a notice over"
    CALL_MADE = "call_made", "out", "made a call"

    # the store
    STORE_SET_UP = "store_set_up", "administration", "set the store up"
    BACKUP_MADE = "backup_made", "administration", "made a backup"
    BACKUP_RESTORED = "backup_restored", "administration", "restored a backup"
    SETTING_CHANGED = "setting_changed", "administration", "changed a setting"
    JOB_BEGUN = "job_begun", "change", "began a job"
    JOB_STOPPED = "job_stopped", "change", "asked a job to stop"
    JOB_ENDED = "job_ended", "change", "ended a job"

    # the audit itself
    HEADS_TIED = "heads_tied", "audit", "tied the chains' heads"
    PAYLOADS_REMOVED = "payloads_removed", "audit", "removed what events said"
    AUDIT_READ = "audit_read", "audit", "read the audit"
    AUDIT_EXPORTED = "audit_exported", "audit", "exported the audit"
    AUDIT_VERIFIED = "audit_verified", "audit", "verified the audit"
