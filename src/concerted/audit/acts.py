"""stub"""
from enum import StrEnum


class Act(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_CHANGED = "factor_changed"
    PASSWORD_CHANGED = "password_changed"
    NOTICE_PUT_OUT = "notice_put_out"
    NOTICE_REFUSED = "notice_refused"
    NOTICE_CALLED_BACK = "notice_called_back"
    NOTICE_SENT = "notice_sent"
    NOTICE_NOT_SENT = "notice_not_sent"
    CALL_MADE = "call_made"
