"""Mở hồ sơ một người: everything the post holds of one person, for one officer, and the log that it was looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tienphuong.cases.queries.histories import CaseHistory, case_histories
from tienphuong.cases.queries.lists import main_disease
from tienphuong.cases.queries.samples import SampleLine, samples_of
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.queries import officer_names
from tienphuong.quarantine.queries import StayLine, stays_of
from tienphuong.registry.models import Person
from tienphuong.registry.queries.identities import Identity, identity_of, person_behind
from tienphuong.tracing.queries.contacts import ContactLine, PendingLine, waiting_of
from tienphuong.tracing.queries.histories import (
    ArrivalLine,
    CheckLine,
    DegreeLine,
    MeetingLine,
    arrivals_of,
    chain_of_reasons,
    checks_of,
    degree_history,
    meetings_of,
)
from tienphuong.tracing.queries.pictures import NeighbourhoodView, TransmissionView, neighbourhood_of, transmission_of
from tienphuong.tracing.queries.referrals import is_handed_here


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person as one officer may see them. `clinical` and `papers_open` say which parts were open to the officer."""

    identity: Identity
    disease: str | None
    clinical: bool
    papers_open: bool
    cases: tuple[CaseHistory, ...]
    samples: tuple[SampleLine, ...]
    degrees: tuple[DegreeLine, ...]
    chain: tuple[ContactLine, ...]
    meetings: tuple[MeetingLine, ...]
    waiting: tuple[PendingLine, ...]
    arrivals: tuple[ArrivalLine, ...]
    checks: tuple[CheckLine, ...]
    stays: tuple[StayLine, ...]
    neighbourhood: NeighbourhoodView | None
    transmission: TransmissionView | None
    officers: dict[UUID, str]

    @property
    def degree(self) -> DegreeLine | None:
        """The degree now believed, if any."""
        return next((line for line in self.degrees if line.known_to is None), None)


def open_person(uid: UUID, *, viewer: Viewer, at: datetime) -> Dossier | None:
    """One person's whole record; None when there is no such person or they are out of the officer's reach (the two look alike).

    1 registry: the records behind the page number
    2 reach: where they live, or where they were handed to
    3 each package's part, as far as the officer may see it
    4 audit: every view of a person is logged
    """
    records = person_behind(viewer, uid=uid)
    if not records or not _in_reach(viewer, records):
        return None
    dossier = _dossier(viewer, records)
    facts = {"clinical": dossier.clinical, "papers": dossier.papers_open}
    audit.note("person.viewed", actor=viewer, at=at, subject_kind="person", subject_id=dossier.identity.person.uid, facts=facts)
    return dossier


def _in_reach(viewer: Viewer, records: tuple[Person, ...]) -> bool:
    if any(viewer.may(Permission.SEE_PERSON, person.area_path) for person in records):
        return True
    return is_handed_here(viewer, people=frozenset(person.pk for person in records))


def _dossier(viewer: Viewer, records: tuple[Person, ...]) -> Dossier:
    canonical, people = records[0], [person.pk for person in records]
    path = next((p.area_path for p in records if viewer.may(Permission.SEE_PERSON, p.area_path)), canonical.area_path)
    cases = case_histories(viewer, people=people, area_path=path)
    degrees = degree_history(viewer, person=canonical.pk, area_path=path)
    named = [line.disease for line in degrees] + [case.disease for case in cases]
    disease = named[0] if named else main_disease(viewer)
    samples, stays = samples_of(viewer, people=people, area_path=path), stays_of(viewer, people=people)
    meetings, arrivals = meetings_of(viewer, people=people, area_path=path), arrivals_of(viewer, people=people)
    checks = checks_of(viewer, people=people, area_path=path)
    identity = identity_of(viewer, records=records)
    authors = [record.by for case in cases for record in case.records] + [line.by for line in meetings] + [line.by for line in arrivals]
    authors += [line.by for line in checks] + [line.by for line in stays]
    return Dossier(
        identity=identity,
        disease=disease,
        clinical=viewer.may(Permission.SEE_CLINICAL, path),
        papers_open=viewer.may(Permission.SEE_IDENTITY, canonical.area_path),
        cases=cases,
        samples=samples,
        degrees=degrees,
        chain=chain_of_reasons(viewer, person=canonical.pk, disease=disease) if disease else (),
        meetings=meetings,
        waiting=waiting_of(viewer, people=people, area_path=path),
        arrivals=arrivals,
        checks=checks,
        stays=stays,
        neighbourhood=neighbourhood_of(viewer, person=canonical.pk, disease=disease, area_path=path) if disease and meetings else None,
        transmission=transmission_of(viewer, person=canonical.pk, disease=disease, area_path=path) if disease and cases else None,
        officers=officer_names(viewer, ids=[*authors, *(merge.by for merge in identity.merges)]),
    )
