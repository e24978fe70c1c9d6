"""Reading doubts about who is who: proposals to decide, the two records side by side, merges that can be taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.identity_cipher import unseal
from tienphuong.core.pages import Page
from tienphuong.core.text.fold import fold
from tienphuong.registry.briefs import PersonBrief, inside, record_brief
from tienphuong.registry.models import Address, Identifier, MatchProposal, Merge, Person, Phone
from tienphuong.registry.queries.identities import MergeLine
from tienphuong.registry.terms import Likeness, MatchState


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One doubt in a list."""

    id: UUID
    left: PersonBrief
    right: PersonBrief
    score: float
    reasons: tuple[str, ...]
    proposed_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of both records. `values` is what was compared; the first of each side is what the page shows."""

    key: str
    left: tuple[object, ...]
    right: tuple[object, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two records next to each other."""

    proposal: ProposalLine
    left_numbers: tuple[int, ...]
    right_numbers: tuple[int, ...]
    left_rows: tuple[int, ...]
    right_rows: tuple[int, ...]
    facts: tuple[Compared, ...] = field(default=())


def proposals(viewer: Viewer, *, area_path: str = "", state: str = MatchState.OPEN, start: int = 0, size: int = 50) -> Page[ProposalLine]:
    """The doubts the officer may decide, surest first."""
    rows = MatchProposal.objects.filter(_both_in_reach(viewer), inside(area_path), state=state)
    page = rows.select_related("left__area", "right__area").order_by("-score", "pk")[start : start + size]
    return Page(tuple(map(_line, page)), rows.count())


def proposal_record(viewer: Viewer, *, proposal_id: UUID) -> MatchProposal | None:
    """The doubt itself, for the act that decides it; None out of reach."""
    rows = MatchProposal.objects.filter(_both_in_reach(viewer), pk=proposal_id)
    return rows.select_related("left__area", "right__area", "left__household", "right__household").first()


def _both_in_reach(viewer: Viewer) -> Q:
    """Doubts of which both sides live where the officer decides; who lives nowhere known is of the doubt's own area."""
    condition = viewer.scope(Permission.DECIDE_MATCH)
    for side in ("left", "right"):
        condition &= Q(**{f"{side}__area_path": ""}) | viewer.scope(Permission.DECIDE_MATCH, f"{side}__area_path")
    return condition


def merge_record(viewer: Viewer, *, merge_id: UUID) -> Merge | None:
    """The merge itself, for the act that takes it back; None out of reach."""
    return Merge.objects.filter(viewer.scope(Permission.DECIDE_MATCH, "kept__area_path"), pk=merge_id).select_related("kept").first()


def merges_done(viewer: Viewer, *, size: int = 20) -> tuple[MergeLine, ...]:
    """The latest merges in reach, newest first."""
    rows = Merge.objects.filter(viewer.scope(Permission.DECIDE_MATCH, "kept__area_path")).select_related("kept__area", "absorbed__area")
    return tuple(map(MergeLine.of, rows.order_by("-at")[:size]))


def side_by_side(viewer: Viewer, *, proposal: MatchProposal) -> SideBySide:
    """Both records of a doubt, fact by fact, each marked equal, different or missing on one side."""
    left, right = proposal.left, proposal.right
    particulars = _particulars(viewer, (left, right))
    facts = [_compare(key, _own(left, key), _own(right, key)) for key in _OWN]
    facts += [_compare(key, particulars[left.pk][key], particulars[right.pk][key]) for key in _PARTICULARS]
    rows = [{person.source_row, *particulars[person.pk]["rows"]} - {None} for person in (left, right)]
    return SideBySide(_line(proposal), (left.pk,), (right.pk,), tuple(sorted(rows[0])), tuple(sorted(rows[1])), tuple(facts))


_OWN = ("name", "original_name", "sex", "birth", "area", "nationality", "occupation", "household")
_PARTICULARS = ("papers", "phones", "addresses")


def _own(person: Person, key: str) -> list[object]:
    values: dict[str, object] = {
        "name": person.full_name,
        "original_name": person.original_name,
        "sex": person.sex,
        "birth": person.birth_date if person.birth_date and person.birth_precision == "day" else person.birth_year,
        "area": person.area.name if person.area else "",
        "nationality": person.nationality,
        "occupation": person.occupation,
        "household": person.household.code if person.household else "",
    }
    return [values[key]] if values[key] else []


def _particulars(viewer: Viewer, people: Sequence[Person]) -> dict[int, dict[str, list[object]]]:
    """Papers, phones and addresses of both, in three queries."""
    numbers = [person.pk for person in people]
    paths = {person.pk: person.area_path for person in people}
    found: dict[int, dict[str, list[object]]] = {number: {key: [] for key in (*_PARTICULARS, "rows")} for number in numbers}
    for paper in Identifier.objects.filter(person_id__in=numbers).order_by("pk"):
        shown = unseal(paper.sealed) if viewer.may(Permission.SEE_IDENTITY, paths[paper.person_id]) else f"••••{paper.tail}"
        found[paper.person_id]["papers"].append((paper.kind, shown, paper.finding_hash))
        found[paper.person_id]["rows"].append(paper.source_row)
    for phone in Phone.objects.filter(person_id__in=numbers).order_by("pk"):
        found[phone.person_id]["phones"].append(phone.number)
    for address in Address.objects.filter(person_id__in=numbers).order_by("pk"):
        found[address.person_id]["addresses"].append(address.raw)
    return found


def _compare(key: str, left: Iterable[object], right: Iterable[object]) -> Compared:
    """Same when any value of one side is one of the other's: two phones of which one is shared speak for one person."""
    ours, theirs = tuple(left), tuple(right)
    if not ours or not theirs:
        likeness = Likeness.MISSING if ours or theirs else Likeness.SAME
    else:
        shared = {_key(value) for value in ours} & {_key(value) for value in theirs}
        likeness = Likeness.SAME if shared else Likeness.DIFFERENT
    return Compared(key, ours, theirs, likeness)


def _key(value: object) -> object:
    """What equality is judged on: names without accents, papers by their hash (the eye may see only the last digits)."""
    if isinstance(value, tuple):
        return value[-1]
    return fold(value) if isinstance(value, str) else value


def _line(proposal: MatchProposal) -> ProposalLine:
    pair = (record_brief(proposal.left), record_brief(proposal.right))
    return ProposalLine(proposal.pk, *pair, proposal.score, tuple(map(str, proposal.reasons)), proposal.proposed_at, proposal.state)
