"""What a person's pictures are drawn from: the contacts around them, and who may have infected whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tienphuong.cases.models import Case, CaseState, InvestigationRecord
from tienphuong.cases.queries.lists import aliases_of_people
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.unindexed import loosely
from tienphuong.registry.briefs import PersonBrief, as_related, brief
from tienphuong.registry.models import Person
from tienphuong.tracing import bridge
from tienphuong.tracing.bridge import ContactSubgraph, Link
from tienphuong.tracing.models import Contact
from tienphuong.tracing.moments import moment_of
from tienphuong.tracing.services.inputs import ACTIVE, CHUNK, believed_degrees, chunks, links_of

DRAWN = 80
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One person of a picture. `degree` is None for nobody's contact, or where it would tell a diagnosis."""

    person: PersonBrief
    number: str
    degree: int | None
    hop: int
    left_out: int


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One contact of a picture, between two inner numbers."""

    a: int
    b: int
    kind: str
    last: datetime | None


@dataclass(frozen=True, slots=True)
class NeighbourhoodView:
    """The people around one person, how they met, and how many did not fit."""

    nodes: tuple[NodeLine, ...]
    links: tuple[LinkLine, ...]
    folded: int


@dataclass(frozen=True, slots=True)
class InfectionLine:
    """One likely infection; `sure` when an investigation named the source, else inferred from a contact and the dates."""

    source: int
    target: int
    sure: bool


@dataclass(frozen=True, slots=True)
class TransmissionView:
    """The cases around one case, by generation."""

    nodes: tuple[NodeLine, ...]
    infections: tuple[InfectionLine, ...]
    contested: int


def neighbourhood_of(viewer: Viewer, *, person: int, disease: str, area_path: str, limit: int = DRAWN) -> NeighbourhoodView:
    """Who is at most two contacts away, the nearest first; those of other areas without their names."""
    around = ContactSubgraph()
    around.add(links_of([person], disease=disease))
    around.add(links_of([number for number in around.people if number != person][:CHUNK], disease=disease))
    found = bridge.drawn(around, person, depth=2, limit=limit)
    clinical = viewer.may(Permission.SEE_CLINICAL, area_path)
    degrees = {n: record.degree for n, record in believed_degrees(list(found.people), disease=disease).items() if clinical or record.degree}
    briefs, numbers = _briefs(viewer, found.people, apart=person), aliases_of_people(viewer, people=found.people, disease=disease)
    kinds = dict(Contact.objects.filter(id__in=[link.id for link in found.links[:CHUNK]]).values_list("id", "kind"))
    nodes = (NodeLine(briefs[n], numbers.get(n, ""), degrees.get(n), hop, out) for n, (hop, out) in found.people.items())
    links = (LinkLine(link.a, link.b, kinds.get(link.id, ""), moment_of(link.last)) for link in found.links)
    return NeighbourhoodView(tuple(nodes), tuple(links), found.folded)


def transmission_of(viewer: Viewer, *, person: int, disease: str, area_path: str, limit: int = DRAWN) -> TransmissionView | None:
    """Who may have infected whom around a case; None for officers who may not see diagnoses, and where nobody is linked."""
    if not viewer.may(Permission.SEE_CLINICAL, area_path):
        return None
    pairs = _pairs_around(person, disease=disease, limit=limit)
    if not pairs:
        return None
    infected_pairs = bridge.infections([(pair.source, pair.target) for pair in pairs])
    people = sorted(infected_pairs.generation, key=lambda n: (infected_pairs.generation[n] is None, infected_pairs.generation[n] or 0, n))
    briefs, numbers = _briefs(viewer, people, apart=person), aliases_of_people(viewer, people=people, disease=disease)
    nodes = tuple(
        NodeLine(briefs[n], numbers.get(n, ""), 0, infected_pairs.generation[n] or 0, infected_pairs.offspring[n]) for n in people
    )
    return TransmissionView(nodes, tuple(pairs), len(infected_pairs.contested))


def _pairs_around(person: int, *, disease: str, limit: int) -> list[InfectionLine]:
    """Pairs reached from one case, some rounds outward, until the picture is full."""
    visited, frontier, found = {person}, [person], {}
    for _ in range(ROUNDS):
        fresh = _sure_pairs(frontier, disease=disease)
        links = links_of(frontier[:CHUNK], disease=disease)
        dated = _dated({n for link in links for n in (link.a, link.b)}, disease=disease)
        for pair in (*fresh, *_inferred(links, dated)):
            found.setdefault((pair.source, pair.target), pair)
        frontier = sorted({n for pair in found for n in pair} - visited)
        visited |= set(frontier)
        if not frontier or len(visited) >= limit:
            break
    return _without_doubles(found.values())


def _without_doubles(pairs: Iterable[InfectionLine]) -> list[InfectionLine]:
    """Where an investigation named somebody's source, inferred ones are not drawn for them."""
    every = list(pairs)
    known = {pair.target for pair in every if pair.sure}
    return [pair for pair in every if pair.sure or pair.target not in known]


def _sure_pairs(people: list[int], *, disease: str) -> list[InfectionLine]:
    found = []
    columns = ("source_case__person_id", "source_case__person__identity_id", "case__person_id", "case__person__identity_id")
    rows = InvestigationRecord.objects.filter(case__disease=disease, source_case__isnull=False)
    for part in chunks(people):
        for end in ("case__person_id__in", "source_case__person_id__in"):
            for a, a_identity, b, b_identity in rows.filter(**{end: part}).values_list(*columns):
                source, target = a_identity or a, b_identity or b
                if source != target:
                    found.append(InfectionLine(source, target, sure=True))
    return found


def _inferred(links: list[Link], dated: dict[int, date]) -> list[InfectionLine]:
    """Between two cases that met, the one ill first; on the same day, the one whose list named the other."""
    found = []
    for link in links:
        if link.a in dated and link.b in dated:
            turned = dated[link.b] < dated[link.a]
            source, target = (link.b, link.a) if turned else (link.a, link.b)
            found.append(InfectionLine(source, target, sure=False))
    return found


def _dated(people: set[int], *, disease: str) -> dict[int, date]:
    """Those of these people who are cases, with the earliest day known of them."""
    found: dict[int, date] = {}
    believed = Q(disease=disease, known_to=OPEN_END, classification__in=ACTIVE)
    states = loosely(CaseState.objects.all(), believed, kept=())
    columns = ("case__person_id", "case__person__identity_id", "onset_on", "detected_on", "classified_at")
    for part in chunks(people):
        # Their cases first, by two indexes: asked for through the person, every case believed would be read.
        records = list(Person.objects.filter(Q(pk__in=part) | Q(identity_id__in=part)).values_list("pk", flat=True))
        cases = list(Case.objects.filter(person_id__in=AnyOf(records), disease=disease).values_list("pk", flat=True))
        for number, identity, onset, detected, classified in states.filter(case_id__in=AnyOf(cases)).values_list(*columns):
            day = min((d for d in (onset, detected) if d), default=classified.date() if classified else date.max)
            found[identity or number] = day
    return found


def _briefs(viewer: Viewer, people: Iterable[int], *, apart: int) -> dict[int, PersonBrief]:
    rows = (p for part in chunks(people) for p in Person.objects.filter(pk__in=part).select_related("identity", "area"))
    return {person.pk: brief(person) if person.pk == apart else as_related(viewer, brief(person)) for person in rows}
