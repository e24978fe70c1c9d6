"""Everything the post believes, written so that two bases can be laid side by side: no numbers, no moments of writing."""

from collections import Counter
from datetime import datetime

from tienphuong.cases.models import CaseAlias, CaseState, LabResult, SampleState
from tienphuong.core.models.records import OPEN_END
from tienphuong.quarantine.models import StayState
from tienphuong.registry.models import Address, Contradiction, Identifier, MatchProposal, Person, Phone
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.models import Arrival, Contact, DegreeRecord, FollowUp, IsolationRecord, PendingLink

_PERSON = (
    "full_name",
    "original_name",
    "sex",
    "birth_year",
    "birth_date",
    "birth_precision",
    "nationality",
    "occupation",
    "relation_to_head",
    "area_path",
)


_NOW = {"known_to": OPEN_END}
# What is compared: the rows in force, the way to their person, and their columns.
_TABLES = {
    "cases": (
        CaseState.objects.filter(**_NOW),
        "case__person",
        (
            "classification",
            "outcome",
            "outcome_at",
            "area_path",
            "onset_on",
            "detected_on",
            "classified_at",
            "isolated_at",
            "detection_setting",
            "source_status",
        ),
    ),
    "aliases": (CaseAlias.objects.all(), "case__person", ("kind", "key", "given_by")),
    "degrees": (DegreeRecord.objects.filter(**_NOW), "person", ("degree", "since", "last_exposure")),
    "samples": (
        SampleState.objects.filter(**_NOW),
        "sample__person",
        ("answer", "target_group", "taken_on", "sample__pool_code", "sample__code"),
    ),
    "results": (LabResult.objects.all(), "sample__person", ("method", "result", "ct", "result_on")),
    "stays": (StayState.objects.filter(**_NOW), "stay__person", ("form", "ground", "state", "started_on", "ended_on")),
    "checks": (FollowUp.objects.all(), "person", ("day", "state", "symptoms")),
    "arrivals": (Arrival.objects.all(), "person", ("from_place", "arrived_on", "found_how", "area_path")),
    "waiting": (PendingLink.objects.filter(contact=None), "person", ("alias_key", "reported_degree", "kind", "first", "last")),
    "isolated": (IsolationRecord.objects.all(), "person", ("isolated_at",)),
    "asked": (Contradiction.objects.filter(state="open"), "person", ("aspect", "current", "reported")),
}


def books(area, *, viewer, policy, at: datetime, known_at: datetime | None = None) -> dict[str, object]:
    """People, what is believed of them, and the figures of an area."""
    people = dict(_people())
    found: dict[str, object] = {"people": Counter(people.values())}
    for name, (rows, end, columns) in _TABLES.items():
        found[name] = Counter((people.get(row[0]), *row[1:]) for row in rows.values_list(f"{end}_id", *columns))
    meetings = Contact.objects.values_list("source_id", "person_id", "kind", "first_minute", "last_minute")
    found["contacts"] = Counter((people.get(a), people.get(b), *rest) for a, b, *rest in meetings)
    doubts = MatchProposal.objects.filter(state="open").values_list("left_id", "right_id")
    found["doubts"] = Counter(frozenset((people.get(a), people.get(b))) for a, b in doubts)
    cutoff = cutoff_of(at, policy=policy.disease("covid-19"), known_at=known_at)
    found["figures"] = dict(figures(viewer, area=area, disease="covid-19", cutoff=cutoff, policy=policy).values)
    return found


def _people():
    """Who each record in force is: what it says of the person, with papers, telephones and addresses."""
    particulars: dict[int, list[tuple]] = {}
    for model, column in ((Identifier, "finding_hash"), (Phone, "number"), (Address, "raw")):
        for person, value in model.objects.values_list("person_id", column):
            particulars.setdefault(person, []).append((model.__name__, value))
    for pk, *columns in Person.objects.filter(withdrawn_at=None).values_list("pk", *_PERSON):
        yield pk, (*columns, *sorted(particulars.get(pk, ())))
