"""Who counts as a contact, on which days a case could infect, when a contact is followed and who is told."""

from dataclasses import dataclass
from datetime import date, timedelta

from tienphuong.core.policy.disease import DiseasePolicy, Window
from tienphuong.core.policy.rows import ContactRule
from tienphuong.core.policy.terms import NotificationRecipient
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.tracing.terms import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """The dates of a case that its infectious window hangs on, as local dates."""

    onset: date | None = None
    first_positive_sample: date | None = None
    isolated_on: date | None = None
    negative_on: date | None = None
    recovered_on: date | None = None


def window_of_case(dates: CaseDates, *, policy: DiseasePolicy, on: date | None = None) -> Window | Refusal:
    """On which days may this case have infected others? Refused where contacts are not traced."""
    if not policy.contacts_traced.value:
        return Refusal(sentence("{disease}: không truy vết người tiếp xúc", disease=policy.name), policy.contacts_traced.document)
    return policy.infectious_window(
        onset=dates.onset,
        first_positive_sample=dates.first_positive_sample,
        isolated_at=dates.isolated_on,
        negative_at=dates.negative_on,
        recovered_at=dates.recovered_on,
        on=on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureFacts:
    """How two people met; None means not known."""

    kind: ContactKind
    met_on: date
    distance_m: float | None = None
    masked: bool | None = None
    enclosed: bool | None = None
    minutes: int | None = None
    rows_apart: int | None = None
    with_ppe: bool | None = None
    touched: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """Is the meeting a close contact, by which words of which document?"""

    close: bool
    reason: str
    document: str


def close_contact(facts: ExposureFacts, *, window: Window, policy: DiseasePolicy) -> Closeness | Refusal:
    """Does this meeting make a close contact, by the definition in force on the day they met?"""
    rule = policy.contact_rule_at(facts.met_on)
    if rule is None or not policy.contacts_traced.value:
        return Refusal(
            sentence("Gói {pack} không định nghĩa người tiếp xúc gần của {disease}", pack=policy.version, disease=policy.name),
            remedy="Cán bộ dịch tễ kết luận theo điều tra.",
        )
    document = str(rule.cite)
    if not window.holds(facts.met_on):
        reason = sentence("Gặp ngày {day:%d/%m/%Y}, ngoài thời kỳ lây truyền", day=facts.met_on)
        return Closeness(close=False, reason=reason, document=document)
    reasons = [
        reason for reason in (_by_circle(facts, rule), _by_distance(facts, rule), _by_care(facts, rule), _by_room(facts, rule)) if reason
    ]
    return Closeness(close=bool(reasons), reason="; ".join(reasons) or "Không thuộc trường hợp nào của định nghĩa", document=document)


def _by_circle(facts: ExposureFacts, rule: ContactRule) -> str:
    """Close because of the circle they share: household, room at work, group, seat rows."""
    circles = {
        ContactKind.HOUSEHOLD: rule.same_household,
        ContactKind.WORKPLACE: rule.same_room_at_work,
        ContactKind.EVENT: rule.same_group,
        ContactKind.HEALTHCARE: rule.care,
    }
    if circles.get(facts.kind):
        return facts.kind.label
    if facts.kind is not ContactKind.TRANSPORT or facts.rows_apart is None or rule.rows_each_side is None:
        return ""
    if facts.rows_apart <= rule.rows_each_side:
        return sentence("trên phương tiện, cách {rows} hàng ghế", rows=facts.rows_apart)
    return ""


def _by_distance(facts: ExposureFacts, rule: ContactRule) -> str:
    """Close because of distance; a missing mask counts where the rule asks for it."""
    if facts.touched and rule.physical:
        return "tiếp xúc cơ thể trực tiếp"
    if facts.distance_m is None:
        return ""
    if rule.within_m is not None and facts.distance_m <= rule.within_m:
        return sentence("trong vòng {metres:g} mét", metres=rule.within_m)
    if rule.unmasked_within_m is not None and facts.distance_m <= rule.unmasked_within_m and facts.masked is False:
        return sentence("trong vòng {metres:g} mét, không đeo khẩu trang", metres=rule.unmasked_within_m)
    return ""


def _by_care(facts: ExposureFacts, rule: ContactRule) -> str:
    """Close because of care without protection."""
    unprotected = rule.care_without_ppe and facts.kind is ContactKind.HEALTHCARE and facts.with_ppe is False
    return "chăm sóc người bệnh không có phương tiện phòng hộ" if unprotected else ""


def _by_room(facts: ExposureFacts, rule: ContactRule) -> str:
    """Close because of long enough in a closed space, or near, even masked."""
    if rule.enclosed_minutes is None or facts.minutes is None or facts.minutes < rule.enclosed_minutes:
        return ""
    near = facts.distance_m is not None and rule.unmasked_within_m is not None and facts.distance_m <= rule.unmasked_within_m
    return sentence("từ {minutes} phút trở lên", minutes=rule.enclosed_minutes) if near or facts.enclosed else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDay:
    """One day on which a contact is asked after, and whether a sample is due."""

    day: date
    number: int
    test_due: bool


def follow_up_days(
    last_exposure: date, *, policy: DiseasePolicy, degree: int, on: date, vaccinated: bool | None = None, region: str = ""
) -> tuple[FollowUpDay, ...] | Refusal:
    """On which days is a contact followed, counted from the latest exposure (day 0)?"""
    if degree > policy.max_degree.value:
        return Refusal(sentence("{disease}: không theo dõi F{degree}", disease=policy.name, degree=degree), policy.max_degree.document)
    row = policy.quarantine_for(degree, on=on, vaccinated=vaccinated, region=region) if degree > 0 else None
    until = row.monitored_until(last_exposure) if row else None
    if row is None or until is None:
        return Refusal(
            sentence(
                "Gói {pack} không quy định thời gian theo dõi F{degree} của {disease}",
                pack=policy.version,
                degree=degree,
                disease=policy.name,
            ),
            remedy="Ghi thời gian theo kết luận điều tra.",
        )
    return tuple(
        FollowUpDay(day=last_exposure + timedelta(days=number), number=number, test_due=number in row.test_days)
        for number in range(1, (until - last_exposure).days + 1)
    )


def who_is_notified(degree: int, *, policy: DiseasePolicy, on: date) -> tuple[tuple[NotificationRecipient, str], ...]:
    """Who must hear of a contact of this degree, each with the document that says so."""
    rows = [row for row in policy.notices if degree in row.degrees and row.cite.in_force(on)]
    return tuple((recipient, str(row.cite)) for row in rows for recipient in row.tell)
