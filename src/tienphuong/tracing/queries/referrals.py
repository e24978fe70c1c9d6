"""Reading hand-overs: people sent to another locality, and people it was asked to take on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.pages import Page
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.registry.briefs import PersonBrief, brief
from tienphuong.tracing.models import Referral
from tienphuong.tracing.terms import ReferralState

COLUMNS = {"in": "to_path", "out": "from_path"}


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One hand-over."""

    id: UUID
    person: PersonBrief
    degree: int | None
    from_area: str
    to_area: str
    state: str
    sent_at: datetime
    reason: str
    answered_at: datetime | None
    answered_by: str
    answer: str


def referral_lines(viewer: Viewer, *, disease: str, way: str, state: str = "", start: int = 0, size: int | None = 50) -> Page[ReferralLine]:
    """Hand-overs to the officer's localities (`in`) or from them (`out`), those unanswered and oldest first."""
    rows = Referral.objects.filter(viewer.scope(Permission.SEE_PERSON, COLUMNS[way]), disease=disease)
    rows = rows.filter(state=state) if state else rows
    loaded = rows.select_related("person__identity", "person__area", "to_area").order_by("recorded_at", "pk")
    page = list(loaded[start : None if size is None else start + size])
    names = areas_by_path(viewer, paths=[referral.from_path for referral in page])
    return Page(tuple(_line(r, names[r.from_path].full_name if r.from_path in names else "") for r in page), rows.count())


def waiting_referrals(viewer: Viewer, *, disease: str) -> dict[str, int]:
    """How many hand-overs wait for an answer, by way."""
    found = {}
    for way, column in COLUMNS.items():
        rows = Referral.objects.filter(viewer.scope(Permission.SEE_PERSON, column), disease=disease, state=ReferralState.SENT)
        found[way] = rows.aggregate(number=Count("pk"))["number"]
    return found


def referral_record(viewer: Viewer, *, referral_id: UUID) -> Referral | None:
    """The hand-over itself, for the act that answers it; None out of reach."""
    return Referral.objects.filter(viewer.scope(Permission.RECORD_CONTACT, "to_path"), pk=referral_id).first()


def is_handed_here(viewer: Viewer, *, people: frozenset[int]) -> bool:
    """Whether the person was handed to a locality in the officer's reach: then their record may be opened though they are from elsewhere."""
    taken = (ReferralState.SENT, ReferralState.ACKNOWLEDGED)
    rows = Referral.objects.filter(viewer.scope(Permission.SEE_PERSON, "to_path"), person_id__in=people, state__in=taken)
    return rows.exists()


def _line(referral: Referral, from_area: str) -> ReferralLine:
    return ReferralLine(
        referral.pk,
        brief(referral.person),
        referral.degree,
        from_area,
        referral.to_area.full_name,
        referral.state,
        referral.recorded_at,
        referral.reason,
        referral.answered_at,
        referral.answered_by,
        referral.answer,
    )
