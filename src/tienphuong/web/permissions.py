"""What each address asks of the officer: the whole matrix, one row per URL name. A URL without a row answers nobody."""

from enum import Enum

from django.core.exceptions import ImproperlyConfigured
from django.urls import ResolverMatch

from tienphuong.core.access.terms import Permission


class Gate(Enum):
    """Addresses that ask for no permission."""

    OPEN = "anyone, signed in or not"
    SIGNED_IN = "any officer with an account"


ROWS: dict[str, Gate | Permission] = {
    "health": Gate.OPEN,
    "live": Gate.OPEN,
    "ready": Gate.OPEN,
    "metrics": Gate.OPEN,  # to whoever has the token of the setting
    "sign_in": Gate.OPEN,
    "sign_in_factor": Gate.OPEN,
    "language": Gate.OPEN,
    "sign_out": Gate.SIGNED_IN,
    "password_change": Gate.SIGNED_IN,
    "account": Gate.SIGNED_IN,
    "confirm": Gate.SIGNED_IN,
    "second_factor": Gate.SIGNED_IN,
    "factor_app": Gate.SIGNED_IN,
    "factor_app_remove": Gate.SIGNED_IN,
    "factor_key": Gate.SIGNED_IN,
    "factor_key_remove": Gate.SIGNED_IN,
    "factor_codes": Gate.SIGNED_IN,
    "sessions": Gate.SIGNED_IN,
    "session_end": Gate.SIGNED_IN,
    "session_left": Gate.SIGNED_IN,
    "officers": Permission.MANAGE_USERS,
    "officer": Permission.MANAGE_USERS,
    "officer_reset": Permission.MANAGE_USERS,
    "officer_factors": Permission.MANAGE_USERS,
    "officer_end": Permission.MANAGE_USERS,
    "officer_release": Permission.MANAGE_USERS,
    "board": Permission.SEE_BOARD,
    "completeness": Permission.SEE_BOARD,
    "deadlines": Permission.SEE_BOARD,
    "cases": Permission.SEE_CLINICAL,
    "samples": Permission.SEE_CLINICAL,
    "contacts": Permission.SEE_PERSON,
    "follow_up": Permission.SEE_PERSON,
    "follow_up_record": Permission.RECORD_FOLLOW_UP,
    "referrals": Permission.SEE_PERSON,
    "referral_answer": Permission.RECORD_CONTACT,
    "referral_send": Permission.RECORD_CONTACT,
    "returnees": Permission.SEE_PERSON,
    "stays": Permission.SEE_PERSON,
    "person": Permission.SEE_PERSON,
    "search": Permission.SEE_PERSON,
    "duplicates": Permission.DECIDE_MATCH,
    "duplicate": Permission.DECIDE_MATCH,
    "duplicate_decide": Permission.DECIDE_MATCH,
    "merge_undo": Permission.DECIDE_MATCH,
    "contradictions": Permission.DECIDE_MATCH,
    "contradictions_settle": Permission.DECIDE_MATCH,
    "intake": Permission.SEND_FILE,
    "intake_list": Permission.SEND_FILE,
    "intake_file": Permission.SEND_FILE,
    "intake_apply": Permission.SEND_FILE,
    "intake_stop": Permission.SEND_FILE,
    "intake_check": Permission.SEND_FILE,
    "intake_mapping": Permission.SEND_FILE,
    "intake_day": Permission.SEND_FILE,
    "intake_area": Permission.SEND_FILE,
    "intake_words": Permission.SEND_FILE,
    "intake_word": Permission.SEND_FILE,
    "intake_answers": Permission.SEND_FILE,
    "intake_errors": Permission.SEND_FILE,
    "intake_withdraw": Permission.WITHDRAW_FILE,
    "intake_anew": Permission.SEND_FILE,
    "reports": Permission.SEE_REPORT,
    "report": Permission.SEE_REPORT,
    "report_file": Permission.SEE_REPORT,
    "report_draft": Permission.SEE_REPORT,
    "report_keep": Permission.FREEZE_REPORT,
    "report_preview": Permission.FREEZE_REPORT,
    "report_freeze": Permission.FREEZE_REPORT,
    "figures_form": Permission.SEND_FILE,
    "figures_check": Permission.SEND_FILE,
    "forecasts": Permission.SEE_FORECAST,
    "forecast": Permission.SEE_FORECAST,
    "forecast_picture": Permission.SEE_FORECAST,
    "forecast_file": Permission.SEE_FORECAST,
    "forecast_new": Permission.RUN_FORECAST,
    "forecast_stop": Permission.RUN_FORECAST,
    "forecast_again": Permission.RUN_FORECAST,
    "study_keep": Permission.RUN_FORECAST,
    "retention": Permission.PURGE,
    "purge_decide": Permission.PURGE,
    "breaches": Permission.SEE_AUDIT,
    "subject_data": Permission.SEE_IDENTITY,
    "correction_ask": Permission.DECIDE_MATCH,
    "correction_answer": Permission.DECIDE_MATCH,
    "audit": Permission.SEE_AUDIT,
    "audit_verify": Permission.SEE_AUDIT,
}

# These doors check every call themselves, by token and area; their addresses are told apart by namespace.
OTHER_DOORS = frozenset({"api", "sync"})


def gate_of(match: ResolverMatch) -> Gate | Permission:
    """What this address asks; an address nobody decided about is a fault of the program, not an open door."""
    if match.namespaces and match.namespaces[0] in OTHER_DOORS:
        return Gate.OPEN
    if match.view_name not in ROWS:
        raise ImproperlyConfigured(f"the address {match.route!r} ({match.view_name}) has no row in web/permissions.py")
    return ROWS[match.view_name]
