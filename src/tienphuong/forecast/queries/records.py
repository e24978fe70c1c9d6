"""Reading the post's records as a forecast begins with them: cases and quarantined contacts, without the people."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tienphuong.cases.queries.courses import Course, courses
from tienphuong.core.access.viewer import Viewer
from tienphuong.forecast.entries import KnownCase, KnownContact, LineListEntry
from tienphuong.quarantine.queries import Presence, present_stays
from tienphuong.quarantine.terms import IsolationReason, QuarantineForm

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# how long somebody in treatment stays isolated after the result when the records do not say: 3416/QĐ-BYT of 14/7/2021, at least 10 to 14 days
TREATED_DAYS = 14


def line_list(
    viewer: Viewer, *, communes: Mapping[str, str], area_path: str, disease: str, day0: date, known_at: datetime
) -> LineListEntry:
    """The cases and the F1 in quarantine of an area as believed at a moment; `communes` gives the code of each commune's path."""
    cases = courses(viewer, area_path=area_path, disease=disease, known_at=known_at)
    stays = present_stays(viewer, area_path=area_path, disease=disease, known_at=known_at)
    return LineListEntry(
        cases=tuple(_case(case, code, day0) for case in cases if (code := _commune(case.area_path, communes)) and _detected(case)),
        contacts=tuple(
            _contact(stay, code, day0)
            for stay in stays
            if stay.ground == IsolationReason.CONTACT and (code := _commune(stay.area_path, communes))
        ),
    )


def _case(case: Course, commune: str, day0: date) -> KnownCase:
    detected = _detected(case)
    assert detected is not None  # asked before
    treated_until = max(detected + timedelta(days=TREATED_DAYS), day0 + timedelta(days=1))
    return KnownCase(commune=commune, detected_on=detected, onset_on=case.onset_on, isolated_until=None if case.ended_at else treated_until)


def _contact(stay: Presence, commune: str, day0: date) -> KnownContact:
    until = max(stay.planned_end or day0, day0) + timedelta(days=1)
    return KnownContact(commune=commune, until=until, in_centre=stay.form == QuarantineForm.CENTRAL)


def _detected(case: Course) -> date | None:
    if case.detected_on is None and case.confirmed_at is not None:
        return case.confirmed_at.astimezone(VIETNAM).date()
    return case.detected_on


def _commune(path: str, communes: Mapping[str, str]) -> str | None:
    """The code of the commune a path lies in."""
    return next((code for inside, code in communes.items() if path.startswith(inside)), None)
