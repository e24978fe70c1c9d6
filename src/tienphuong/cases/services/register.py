"""Writing cases down in bulk: new ones opened, known ones given what is new as appended records."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import F

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import (
    AttributionRecord,
    Case,
    CaseAlias,
    ClassificationRecord,
    Cluster,
    ClusterMembership,
    InvestigationRecord,
    OutcomeRecord,
)
from tienphuong.cases.services.disagreements import Clash, clashes, notes_of
from tienphuong.cases.services.episodes import episode_of
from tienphuong.cases.services.states import INVESTIGATED, CaseStateValues, apply_entry, belief_of, states_of, write_states
from tienphuong.cases.terms import Outcome
from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import insert, write
from tienphuong.core.clock import VIETNAM
from tienphuong.core.provenance import Provenance
from tienphuong.core.text.fold import fold
from tienphuong.registry.models import Organisation, Person
from tienphuong.registry.services.contradictions import note_of_cases
from tienphuong.registry.services.identities import canonical_ids_of


@dataclass(frozen=True, slots=True)
class RecordedCase:
    """What hearing of a case came to: the case, the belief before (None: new) and after."""

    case: Case
    person: Person
    before: CaseStateValues | None
    after: CaseStateValues
    clashes: tuple[Clash, ...] = ()
    """What the entry says against the belief, which an officer has to decide."""
    again: bool = False
    """A new episode of somebody who had recovered of the same disease."""

    @property
    def changed(self) -> bool:
        """Whether anything was news."""
        return self.before != self.after


def record_cases(
    person_entries: Sequence[tuple[Person, CaseEntry]], *, stamp: Provenance, again_after: int | None = None
) -> list[RecordedCase]:
    """Write down what rows or forms say of cases, in the order given.

    1 find the case of each person in that disease, or open one; a second one when `again_after` days went by since they recovered
    2 work out the belief after each entry
    3 append the records that carry news
    4 keep what entries say against the belief, for an officer to decide
    5 close and open the intervals of belief
    """
    # Asked in the act's own turn: the person may have been looked up before their record was merged with another.
    canonical = canonical_ids_of(person.pk for person, _ in person_entries)
    known = _open_cases(set(canonical.values()))
    states = states_of([case.id for cases in known.values() for case in cases])
    recorded: list[RecordedCase] = []
    beliefs: dict[UUID, CaseStateValues] = {case_id: belief_of(state) for case_id, state in states.items()}
    for person, entry in person_entries:
        cases = known[canonical[person.pk], entry.disease]
        case = next((one for one in cases if one.id == entry.case_id), None) or episode_of(
            cases, entry, beliefs=beliefs, again_after=again_after
        )
        again = bool(cases) and case is None
        if case is None:
            case = Case(person=person, disease=entry.disease, recorded_at=stamp.at, recorded_by=stamp.by, source_row=entry.source_row)
            cases.append(case)
        before = beliefs.get(case.id)
        beliefs[case.id] = after = apply_entry(before or _NOTHING, entry, at=stamp.learned_at or stamp.at)
        recorded.append(RecordedCase(case, person, before, after, clashes(before or _NOTHING, entry), again))
    insert({item.case.id: item.case for item in recorded if item.case._state.adding}.values())
    _append_records(recorded, [entry for _, entry in person_entries], stamp=stamp)
    note_of_cases(notes_of(recorded, [entry for _, entry in person_entries]), at=stamp.at)
    news = {item.case.id: item for item in recorded if item.changed}
    write_states(((i, item.case.disease, states.get(i), beliefs[i]) for i, item in news.items()), at=stamp.at)
    return recorded


def foresee_clashes(person_entries: Sequence[tuple[Person, CaseEntry]], *, again_after: int | None = None) -> list[tuple[Clash, ...]]:
    """What each entry would say against what is believed. Writes nothing."""
    canonical = canonical_ids_of(person.pk for person, _ in person_entries)
    known = _open_cases(set(canonical.values()))
    beliefs = {case: belief_of(state) for case, state in states_of([case.id for cases in known.values() for case in cases]).items()}
    found = []
    for person, entry in person_entries:
        case = episode_of(known[canonical[person.pk], entry.disease], entry, beliefs=beliefs, again_after=again_after)
        found.append(clashes(beliefs.get(case.id, _NOTHING), entry) if case else ())
    return found


def _open_cases(identities: set[int]) -> defaultdict[tuple[int, str], list[Case]]:
    """The cases that count, per identity and disease, oldest first; a duplicate's facts go to the case it duplicates."""
    found: dict[UUID, Case] = {}
    rows = Case.objects.select_related("person")
    # Duplicates are left out here, not in the query: nearly every case is none, and a database may walk through all of those.
    for case in (
        *rows.filter(person_id__in=AnyOf(identities)),
        *rows.filter(person__identity_id__in=AnyOf(identities)).exclude(person_id=F("person__identity_id")),
    ):
        if case.duplicate_of_id is None:
            found.setdefault(case.id, case)
    episodes: defaultdict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in sorted(found.values(), key=lambda one: (one.recorded_at, one.id)):
        episodes[case.person.identity_number, case.disease].append(case)
    return episodes


def _append_records(recorded: Sequence[RecordedCase], entries: Sequence[CaseEntry], *, stamp: Provenance) -> None:
    """Records for what is news only: hearing the same thing again appends nothing."""
    places = _organisations(entries, at=stamp.at)
    pairs = list(zip(recorded, entries, strict=True))
    news = [(item, entry) for item, entry in pairs if item.changed]
    shared = stamp.columns
    write(ClassificationRecord, ("case_id", "event_at", "classification", "evidence", *_LEARNED), _classifications(news), shared=shared)
    write(InvestigationRecord, ("case_id", *INVESTIGATED, "symptomatic", "note", *_LEARNED), _investigations(news, stamp), shared=shared)
    write(AttributionRecord, ("case_id", "sense", "area_id", "place", *_LEARNED), _attributions(news), shared=shared)
    write(
        OutcomeRecord, ("case_id", "event_at", "outcome", "severity", "place_id", *_LEARNED), _outcomes(news, places, stamp), shared=shared
    )
    _add_aliases(pairs, stamp)
    _join_clusters(pairs, stamp)


News = Sequence[tuple[RecordedCase, CaseEntry]]
Rows = Iterator[tuple[Any, ...]]
_LEARNED = ("reported_at", "reason", "source_row")
_learned = attrgetter(*_LEARNED)
_investigated = attrgetter(*INVESTIGATED)
_NOTHING = CaseStateValues()


def _learned_after(entry: CaseEntry, stamp: Provenance, *facts: datetime | date | None) -> tuple[Any, ...]:
    """What was heard of facts, whose report never lies before them: then it is by the day of the list's title, else its receipt."""
    moments = [fact if isinstance(fact, datetime) else datetime.combine(fact, time(), VIETNAM) for fact in facts if fact]
    latest, (reported, *rest) = max(moments, default=entry.reported_at), _learned(entry)
    if latest > reported:
        listed = entry.listed_at
        reported = listed if listed and listed >= latest else max(latest, stamp.learned_at or stamp.at)
    return (reported, *rest)


def _classifications(news: News) -> Rows:
    for item, entry in news:
        if entry.classification and item.after.classification != (item.before or _NOTHING).classification:
            yield (item.case.id, entry.classified_on or entry.reported_at, entry.classification, entry.evidence, *_learned(entry))


def _investigations(news: News, stamp: Provenance) -> Rows:
    for item, entry in news:
        statement = _investigated(entry)
        if entry.note or any(now and now != then for now, then in zip(statement, _investigated(item.before or _NOTHING), strict=True)):
            recorded = _learned_after(entry, stamp, entry.onset_on, entry.detected_on, entry.isolated_at)
            yield (item.case.id, *statement, entry.symptomatic, entry.note, *recorded)


def _attributions(news: News) -> Rows:
    for item, entry in news:
        case, recorded = item.case.id, _learned(entry)
        if entry.residence_area_id and entry.residence_area_id != (item.before or _NOTHING).area_id:
            yield (case, "residence", entry.residence_area_id, "", *recorded)
        if item.before is None and (entry.detection_area_id or entry.detection_place):
            yield (case, "detection", entry.detection_area_id, entry.detection_place[:200], *recorded)
        if entry.treatment_place:
            yield (case, "treatment", None, entry.treatment_place[:200], *recorded)


def _outcomes(news: News, places: dict[str, Organisation], stamp: Provenance) -> Rows:
    for item, entry in news:
        before = item.before or _NOTHING
        if entry.outcome and (item.after.outcome, item.after.outcome_at) != (before.outcome, before.outcome_at):
            place = places.get(fold(entry.treatment_place))
            number = place.pk if place else None
            if entry.recovered_beside:
                yield (item.case.id, entry.recovered_at, Outcome.RECOVERED, "", None, *_learned_after(entry, stamp, entry.recovered_at))
            recorded = _learned_after(entry, stamp, item.after.outcome_at)
            yield (item.case.id, item.after.outcome_at, entry.outcome, entry.severity, number, *recorded)


def _organisations(entries: Sequence[CaseEntry], *, at: datetime) -> dict[str, Organisation]:
    """The hospitals the entries name, by folded name, written down once."""
    names = {fold(entry.treatment_place): entry.treatment_place for entry in entries if entry.treatment_place}
    if not names:
        return {}
    new = [Organisation(name=name[:160], name_key=key[:160], kind="hospital", recorded_at=at) for key, name in names.items()]
    Organisation.objects.bulk_create(new, ignore_conflicts=True)
    return {place.name_key: place for place in Organisation.objects.filter(kind="hospital", name_key__in=list(names))}


def _add_aliases(pairs: News, stamp: Provenance) -> None:
    new = (
        (item.case.id, alias.kind, alias.text[:60], alias.key[:60], alias.given_by[:60], entry.source_row)
        for item, entry in pairs
        for alias in entry.aliases
    )
    columns = ("case_id", "kind", "text", "key", "given_by", "source_row")
    write(CaseAlias, columns, new, shared={"recorded_at": stamp.at}, ignore_conflicts=True)


def _join_clusters(pairs: News, stamp: Provenance) -> None:
    named = [(item, entry) for item, entry in pairs if entry.cluster]
    if not named:
        return
    clusters = {
        (cluster.disease, cluster.name_key): cluster
        for cluster in Cluster.objects.filter(name_key__in={fold(entry.cluster) for _, entry in named})
    }
    for item, entry in named:
        key = (entry.disease, fold(entry.cluster))
        if key not in clusters:
            clusters[key] = Cluster.objects.create(
                name=entry.cluster[:160],
                name_key=key[1][:160],
                disease=entry.disease,
                area_id=item.after.area_id,
                area_path=item.after.area_path,
                **stamp.of(entry),
            )
    memberships = [ClusterMembership(cluster=clusters[e.disease, fold(e.cluster)], case=item.case, **stamp.of(e)) for item, e in named]
    ClusterMembership.objects.bulk_create(memberships, ignore_conflicts=True)
