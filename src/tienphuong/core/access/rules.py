"""Who may do what: one table, read by every door."""

from tienphuong.core.access.terms import Permission as P
from tienphuong.core.access.terms import Role

_SEES = frozenset({P.SEE_BOARD, P.SEE_PERSON})
_WORKS = _SEES | {P.SEE_CLINICAL, P.SEE_IDENTITY, P.SEND_FILE, P.RECORD_CASE, P.RECORD_CONTACT, P.RECORD_FOLLOW_UP, P.SEE_REPORT}

# Least data: hamlet teams see people and tasks, not diagnoses; police see addresses and dates, not clinical data (domain notes 8.14).
GRANTS: dict[Role, frozenset[P]] = {
    Role.COMMANDER: _SEES | {P.SEE_CLINICAL, P.SEE_REPORT, P.FREEZE_REPORT},
    Role.EPIDEMIOLOGIST: _WORKS | {P.DECIDE_MATCH, P.FREEZE_REPORT, P.MANAGE_AREAS},
    Role.HEALTH_STATION: _WORKS | {P.DECIDE_MATCH},
    Role.CLERK: frozenset({P.SEE_BOARD, P.SEND_FILE, P.SEE_REPORT, P.FREEZE_REPORT}),
    Role.AREA_POLICE: _SEES | {P.SEND_FILE, P.SEE_IDENTITY},
    Role.COVID_TEAM: frozenset({P.SEE_PERSON, P.RECORD_FOLLOW_UP}),
    Role.INSPECTOR: frozenset({P.SEE_BOARD, P.SEE_REPORT, P.SEE_AUDIT}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_USERS, P.MANAGE_AREAS, P.SEE_AUDIT}),
}


def next_path(path: str) -> str:
    """The first path after a whole subtree: the exclusive end of its range.

    Paths are digits only, so the order is the same under every collation of every database.
    """
    width = len(path)
    return str(int(path) + 1).zfill(width)


def grants(role: Role) -> frozenset[P]:
    """What a role may do."""
    return GRANTS[role]
