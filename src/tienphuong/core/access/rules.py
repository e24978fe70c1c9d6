"""Who may do what: one table, read by every door."""

from tienphuong.core.access.terms import Permission, Role

_SEES = frozenset({Permission.SEE_BOARD, Permission.SEE_PERSON})
_WORKS = _SEES | {
    Permission.SEE_CLINICAL,
    Permission.SEE_IDENTITY,
    Permission.SEND_FILE,
    Permission.RECORD_CASE,
    Permission.RECORD_CONTACT,
    Permission.RECORD_FOLLOW_UP,
    Permission.SEE_REPORT,
}

# Who runs a forecast reads the line list for it: only roles that see people and clinical data.
_FORECASTS = frozenset({Permission.SEE_FORECAST, Permission.RUN_FORECAST})

# Least data: hamlet teams see people and tasks, not diagnoses; police see addresses and dates, not clinical data (domain notes 8.14).
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COMMANDER: _SEES | _FORECASTS | {Permission.SEE_CLINICAL, Permission.SEE_REPORT, Permission.FREEZE_REPORT, Permission.PURGE},
    Role.EPIDEMIOLOGIST: _WORKS
    | _FORECASTS
    | {Permission.DECIDE_MATCH, Permission.WITHDRAW_FILE, Permission.FREEZE_REPORT, Permission.MANAGE_AREAS},
    Role.HEALTH_STATION: _WORKS | {Permission.DECIDE_MATCH, Permission.WITHDRAW_FILE},
    Role.CLERK: frozenset(
        {Permission.SEE_BOARD, Permission.SEND_FILE, Permission.SEE_REPORT, Permission.FREEZE_REPORT, Permission.SEE_FORECAST}
    ),
    Role.AREA_POLICE: _SEES | {Permission.SEND_FILE, Permission.SEE_IDENTITY},
    Role.COVID_TEAM: frozenset({Permission.SEE_PERSON, Permission.RECORD_FOLLOW_UP}),
    Role.INSPECTOR: frozenset({Permission.SEE_BOARD, Permission.SEE_REPORT, Permission.SEE_FORECAST, Permission.SEE_AUDIT}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_USERS, Permission.MANAGE_AREAS, Permission.SEE_AUDIT, Permission.SET_CLOCK}),
}


def next_path(path: str) -> str:
    """The first path after a whole subtree: the exclusive end of its range.

    Paths are digits only, so the order is the same under every collation of every database.
    """
    width = len(path)
    return str(int(path) + 1).zfill(width)


def grants(role: Role) -> frozenset[Permission]:
    """What a role may do."""
    return GRANTS[role]


def must_prove_twice() -> frozenset[Role]:
    """The roles that need a second factor where the post has not said otherwise: they give accounts, or sign reports."""
    weighty = {Permission.MANAGE_USERS, Permission.FREEZE_REPORT}
    return frozenset(role for role, granted in GRANTS.items() if granted & weighty)
