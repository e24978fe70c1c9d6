"""Writing samples and results down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tienphuong.cases.models import LabResult, Sample
from tienphuong.cases.services.answers import Answer, record_results
from tienphuong.cases.terms import LabOutcome, SampleKind
from tienphuong.core.bulk import insert
from tienphuong.core.provenance import Provenance
from tienphuong.core.text.fold import fold
from tienphuong.registry.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class LabEntry:
    """One sample and, unless it is pending, what the laboratory said of it."""

    disease: str
    reported_at: datetime
    taken_on: date | None = None
    code: str = ""
    kind: str = "single"
    pool_code: str = ""
    method: str = ""
    result: str = ""
    result_on: date | None = None
    ct: float | None = None
    laboratory: str = ""
    round: str = ""
    target_group: str = ""
    area_path: str = ""
    source_row: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordedSample:
    """What hearing of a sample came to; `person` is empty for the tube of a pool."""

    person: Person | None
    sample: Sample
    new_sample: bool
    new_result: LabResult | None


def record_samples(person_entries: Sequence[tuple[Person | None, LabEntry]], *, stamp: Provenance) -> list[RecordedSample]:
    """Write samples and results down, in the order given; the tubes of pools, each once, after them.

    A sample is known by its code, else by person, day, kind and pool.
    """
    person_entries = [*person_entries, *_tubes(person_entries)]
    samples = _known_samples(person_entries)
    results = set(LabResult.objects.filter(sample__in=list(samples.values())).values_list("sample_id", "method", "result", "result_on"))
    laboratories = _laboratories([entry for _, entry in person_entries], at=stamp.at)
    recorded: list[RecordedSample] = []
    for person, entry in person_entries:
        key = _key(person.pk if person else None, entry.code, entry.taken_on, entry.kind, entry.pool_code)
        new = key not in samples
        sample = samples.setdefault(key, _sample(person, entry, stamp))
        answer = (sample.id, entry.method, entry.result, entry.result_on)
        is_answer = entry.result not in ("", LabOutcome.PENDING) and answer not in results
        results.add(answer)
        recorded.append(RecordedSample(person, sample, new, _result(sample, entry, laboratories, stamp) if is_answer else None))
    insert(h.sample for h in recorded if h.new_sample)
    insert(h.new_result for h in recorded if h.new_result)
    record_results([(h.sample, h.new_sample, _answer(h.new_result)) for h in recorded], at=stamp.at)
    return recorded


def _answer(result: LabResult | None) -> Answer:
    return Answer(result.result, result.reported_at) if result else Answer()


Key = tuple[object, ...]


def _tubes(person_entries: Sequence[tuple[Person | None, LabEntry]]) -> list[tuple[None, LabEntry]]:
    """The tube of each pool that the entries speak of, where its first person lives, with the answer that any of its rows gives."""
    named = {(entry.pool_code, entry.taken_on) for person, entry in person_entries if person is None}
    pools: dict[tuple[str, date | None], LabEntry] = {}
    for person, entry in person_entries:
        key = (entry.pool_code, entry.taken_on)
        if person is None or entry.kind != SampleKind.POOLED or not entry.pool_code or key in named:
            continue
        first = pools.setdefault(key, replace(entry, code="", area_path=entry.area_path or person.area_path))
        if first.result in ("", LabOutcome.PENDING):
            pools[key] = replace(entry, code="", area_path=first.area_path)
    return [(None, tube) for tube in pools.values()]


def _key(person: int | None, code: str, taken_on: date | None, kind: str, pool_code: str) -> Key:
    """A sample by its code; the tube of a pool, whose rows have codes of their own, by the pool."""
    return (person, "code", code) if code and not (person is None and pool_code) else (person, taken_on, kind, pool_code)


def _known_samples(person_entries: Sequence[tuple[Person | None, LabEntry]]) -> dict[Key, Sample]:
    own = Sample.objects.filter(person_id__in={person.pk for person, _ in person_entries if person})
    pools = {entry.pool_code for _, entry in person_entries if entry.kind == SampleKind.POOLED}
    rows = [*own, *(Sample.objects.filter(person=None, pool_code__in=pools) if pools else ())]
    return {_key(s.person_id, s.code, s.taken_on, s.kind, s.pool_code): s for s in rows}


def _sample(person: Person | None, entry: LabEntry, stamp: Provenance) -> Sample:
    return Sample(
        person=person,
        disease=entry.disease,
        code=entry.code[:40],
        kind=entry.kind,
        pool_code=entry.pool_code[:40],
        taken_on=entry.taken_on,
        round=entry.round[:20],
        target_group=entry.target_group[:30],
        area_path=person.area_path if person else entry.area_path,
        **_stamped(entry, stamp),
    )


def _result(sample: Sample, entry: LabEntry, laboratories: dict[str, Organisation], stamp: Provenance) -> LabResult:
    return LabResult(
        sample=sample,
        method=entry.method,
        result=entry.result,
        ct=entry.ct,
        result_on=entry.result_on,
        laboratory=laboratories.get(fold(entry.laboratory)),
        **_stamped(entry, stamp),
    )


def _stamped(entry: LabEntry, stamp: Provenance) -> dict[str, object]:
    return {
        "reported_at": entry.reported_at,
        "recorded_at": stamp.at,
        "recorded_by": stamp.by,
        "policy": stamp.policy,
        "reason": entry.reason,
        "source_row": entry.source_row,
    }


def _laboratories(entries: Sequence[LabEntry], *, at: datetime) -> dict[str, Organisation]:
    names = {fold(entry.laboratory): entry.laboratory for entry in entries if entry.laboratory}
    if not names:
        return {}
    new = [Organisation(name=name[:160], name_key=key[:160], kind="laboratory", recorded_at=at) for key, name in names.items()]
    Organisation.objects.bulk_create(new, ignore_conflicts=True)
    return {place.name_key: place for place in Organisation.objects.filter(kind="laboratory", name_key__in=list(names))}
