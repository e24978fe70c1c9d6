"""The contacts a row tells of."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.cases import dated, disease_of
from tienphuong.intake.facts.links import Link, read_links
from tienphuong.intake.facts.others import NOT_QUARANTINED
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.lists.words.people import kind_beside
from tienphuong.lists.words.reading import CellContext
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.services.inputs import day_end, day_start
from tienphuong.tracing.terms import ContactKind

_REMEDY: Final = "Ghi mã ca bệnh, ví dụ “F1 của BN 1234”, hoặc họ tên đầy đủ và năm sinh."
_ONESELF: Final = (
    "Người tiếp xúc được ghi là chính người của dòng này; chưa ghi mối liên quan.",
    "Ghi mã ca bệnh mà người này đã tiếp xúc.",
)
_SITE: Final = re.compile(
    r"\b(?:truong|dai hoc|benh vien|bv|ttyt|tyt|tram|trung tam|khach san|nha nghi|ktx|ky tuc xa|doanh trai|trung doan|tieu doan|khu|kcl|kcltt|co so|chung cu|toa|thon"
    r"|xom|ap|to|ngo|ngach|so|so nha|pho|duong|phuong|xa|quan|huyen|hotel|school|hospital|college|campus|centre|center|street)\b"
)
_AT_HOME: Final = (QuarantineForm.HOME, QuarantineForm.SELF_MONITORING, NOT_QUARANTINED)


@dataclass(frozen=True, slots=True)
class LinkedContact:
    """A contact with whom it names; who that is, the base will say."""

    link: Link | None
    entry: ContactEntry


def contacts_of(row: RowReading, *, source_row: int | None, event: str = "") -> list[LinkedContact]:
    """A contact with each case or contact the row names; without any, what the sender called the person stands alone."""
    text = row.text(F.LINKED_CASE)
    name = row.text(F.LINKED_NAME)
    read = read_links(text, sender=row.sense.sender, whole=True)
    if not read.found and name:
        read = read_links(name, sender=row.sense.sender, whole=True)
    links = tuple(link for link in read.found if not _is_oneself(row, link))
    if read.reason:
        row.say(Severity.WARNING, F.LINKED_CASE if text else F.LINKED_NAME, read.reason, _REMEDY)
    if read.found and len(links) < len(read.found):
        row.say(Severity.WARNING, F.LINKED_CASE if text else F.LINKED_NAME, *_ONESELF)
    if read.found and not links:
        return []
    degree = degree_of(row) or read.degree or next((link.degree for link in links if link.degree), None)
    first, last = _when(row)
    relation = (row.text(F.RELATION) or next((link.relation for link in links), ""))[:60]
    common = {
        "disease": disease_of(row),
        "reported_at": _reported_at(row),
        "kind": _kind(row, relation),
        "relation": relation,
        "first": first,
        "last": last,
        "isolated_at": _isolated(row, degree),
        "given_by": row.sense.sender[:60],
        "source_row": source_row,
    }
    if not links:
        return [LinkedContact(None, ContactEntry(**common, reported_degree=degree, original=text[:200]))] if degree else []  # type: ignore[arg-type]
    return [LinkedContact(link, ContactEntry(**common, **_who(link, degree, text))) for link in links]  # type: ignore[arg-type]


def _kind(row: RowReading, relation: str) -> str:
    """How the two met: by the column of relations, by the words of the link, else by the place; `other` where none of them says it."""
    if relation and relation == row.text(F.RELATION)[:60]:
        return row.noted_word("contact_kind", F.RELATION) or ContactKind.OTHER
    words = row.reading_of("contact_kind", relation).value if relation else ""
    return words or kind_beside(row.text(F.EXPOSURE_PLACE), context=CellContext(row.sense.day)) or ContactKind.OTHER


def _is_oneself(row: RowReading, link: Link) -> bool:
    """Whether somebody is named as their own source."""
    return bool(link.name) and link.birth_year is None and fold(link.name) == fold(row.text(F.FULL_NAME))


def _reported_at(row: RowReading) -> datetime:
    """When somebody first told of the contact: as the list says, else the day the person was quarantined or sampled for it.

    A list that brings contacts of four months at once must not make them all new today.
    """
    met = (F.EXPOSURE_FROM, F.EXPOSURE_TO, F.LAST_CONTACT_ON)
    earliest = min((F.QUARANTINE_FROM, F.SAMPLED_ON), key=lambda target: row.sure_day(target) or date.max)
    return dated(row, F.REPORTED_ON, earliest, after=met)


def degree_of(row: RowReading) -> int | None:
    """The degree in the column of degrees; one that is doubted, denied or of two minds is asked and counts as none."""
    stated = row.asked_word("degree", F.DEGREE).value
    return int(stated[1]) if stated else None


def source_links(row: RowReading, *, source_row: int | None) -> list[LinkedContact]:
    """Whom a case caught it from, as a list of cases says it: when they met, the list does not say."""
    text = row.text(F.LINKED_CASE) or row.text(F.SOURCE_STATUS)
    read = read_links(text, sender=row.sense.sender, whole=bool(row.text(F.LINKED_CASE)))
    if read.reason:
        row.say(Severity.WARNING, F.LINKED_CASE, read.reason, _REMEDY)
    common = {"disease": disease_of(row), "reported_at": dated(row, F.REPORTED_ON), "given_by": row.sense.sender[:60]}
    return [
        LinkedContact(link, ContactEntry(**common, kind=_kind(row, link.relation), source_row=source_row, **_who(link, None, text)))  # type: ignore[arg-type]
        for link in read.found
    ]


def _who(link: Link, degree: int | None, text: str) -> dict[str, object]:
    """The case number the entry waits for, and what the sender called the contact. The ministry numbers confirmed cases only: who is
    linked to one may be believed before the case is known here, and so is who is linked to somebody by name; a local number, or the code
    of a list, may be anything until its list arrives."""
    stated = degree if (link.national and not link.listed) or link.name else None
    return {"alias_key": "" if link.listed or link.name else link.key, "reported_degree": stated, "original": (text or link.text)[:200]}


def _when(row: RowReading) -> tuple[datetime | None, datetime | None]:
    """From the first moment of the first day to the last minute of the last day; one day known is that day."""
    first, last = row.day(F.EXPOSURE_FROM), row.day(F.LAST_CONTACT_ON) or row.day(F.EXPOSURE_TO)
    if first and last and first > last:
        row.say(Severity.WARNING, F.LAST_CONTACT_ON, "Ngày tiếp xúc cuối trước ngày tiếp xúc đầu; đã đổi chỗ.", "Kiểm tra lại hai ngày.")
        first, last = last, first
    first, last = first or last, last or first
    return (day_start(first) if first else None), (day_end(last) if last else None)


def _isolated(row: RowReading, degree: int | None) -> datetime | None:
    """From when on the contact met nobody: quarantine under one roof with others at home is watching, not isolation, beyond F1."""
    day = row.day(F.QUARANTINE_FROM)
    watched_at_home = form_of(row) in _AT_HOME and (degree or 1) > 1
    return day_start(day) if day and not watched_at_home else None


def form_of(row: RowReading) -> str:
    """The form of quarantine by its own column, else by the place: `tại nhà`. A place that is neither is asked about; a site is a site."""
    if row.text(F.QUARANTINE_FORM):
        return row.asked_word("form", F.QUARANTINE_FORM).value
    if _SITE.search(fold(row.text(F.QUARANTINE_PLACE))):
        return row.word("form", F.QUARANTINE_PLACE).value
    return row.asked_word("form", F.QUARANTINE_PLACE).value
