"""What the laboratories' answers to a tube came to: written as intervals beside the answers, so that any cut-off can be counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.models import LabResult, Sample, SampleState
from tienphuong.cases.terms import LabOutcome, SampleKind
from tienphuong.core import balances
from tienphuong.core.bulk import write
from tienphuong.core.models.records import OPEN_END, in_force_at

CHUNK = 500
# A pool is one tube, however many people are in it.
COUNTED = Q(kind=SampleKind.SINGLE) | Q(person=None)
# Of several answers to one sample the strongest speaks.
_STRENGTH: dict[str, int] = {LabOutcome.PENDING: 0, LabOutcome.INCONCLUSIVE: 1, LabOutcome.NEGATIVE: 2, LabOutcome.POSITIVE: 3}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sample is by its strongest answer, and when that was reported."""

    word: str = LabOutcome.PENDING.value
    reported_at: datetime | None = None

    def or_stronger(self, other: "Answer") -> "Answer":
        """This answer, unless the other says more."""
        return other if _STRENGTH.get(other.word, 0) > _STRENGTH[self.word] else self


def answers_known(samples: Iterable[UUID], *, known_at: datetime, reported_until: datetime) -> dict[UUID, Answer]:
    """The strongest answer to each sample, from the records: the slow twin of what is stored. None yet: waited for."""
    found: defaultdict[UUID, Answer] = defaultdict(Answer)
    wanted = list(samples)
    for start in range(0, len(wanted), CHUNK):
        rows = LabResult.everything.filter(sample_id__in=wanted[start : start + CHUNK])
        rows = rows.filter(in_force_at(known_at), reported_at__lte=reported_until)
        for sample, word, reported_at in rows.order_by("id").values_list("sample_id", "result", "reported_at"):
            found[sample] = found[sample].or_stronger(Answer(word, reported_at))
    return found


def record_results(answered: Sequence[tuple[Sample, bool, Answer]], *, at: datetime) -> None:
    """Believe what is news of (sample, whether it is new, what was said of it). Every tube is believed to wait until it is answered."""
    news = [(sample, new, answer) for sample, new, answer in answered if is_counted(sample) and (new or answer != Answer())]
    fresh = {sample.pk for sample, new, _ in news if new}
    states = _states({sample.pk for sample, _, _ in news} - fresh)
    after: dict[UUID, Answer] = {}
    for sample, _, answer in news:
        current = after.get(sample.pk) or _answer(states.get(sample.pk))
        after[sample.pk] = current.or_stronger(answer)
    samples = {sample.pk: sample for sample, _, _ in news}
    changed = [n for n in samples if n not in states or after[n].word != states[n].answer]
    _write([(samples[n], states.get(n), after[n]) for n in changed], at=at)


def wrong_answers() -> list[Sample]:
    """The tubes whose believed answer is not what the laboratories' answers say."""
    wrong: list[Sample] = []
    tubes = Sample.objects.filter(COUNTED).order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(tubes, CHUNK)):
        answered, states = _all_answers(chunk), _states({sample.pk for sample in chunk})
        wrong += (sample for sample in chunk if _answer(states.get(sample.pk)) != answered[sample.pk] or sample.pk not in states)
    return wrong


def refresh_answers(samples: Sequence[Sample], *, at: datetime) -> int:
    """Believe of these tubes what the laboratories' answers say; of how many it was something else."""
    answered, states = _all_answers(samples), _states({sample.pk for sample in samples})
    news = [sample for sample in samples if sample.pk not in states or _answer(states[sample.pk]) != answered[sample.pk]]
    _write([(sample, states.get(sample.pk), answered[sample.pk]) for sample in news], at=at)
    return len(news)


def is_counted(sample: Sample) -> bool:
    """Whether a sample is counted: rows beside a pool are not."""
    return sample.kind == SampleKind.SINGLE or sample.person_id is None


def _all_answers(samples: Sequence[Sample]) -> dict[UUID, Answer]:
    return answers_known((sample.pk for sample in samples), known_at=OPEN_END, reported_until=OPEN_END)


def _answer(state: SampleState | None) -> Answer:
    return Answer(state.answer, state.answered_at) if state else Answer()


def _states(samples: set[UUID]) -> dict[UUID, SampleState]:
    """The interval now believed, per sample."""
    wanted, rows = list(samples), SampleState.objects.filter(known_to=OPEN_END)
    parts = (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return {state.sample_id: state for part in parts for state in rows.filter(sample_id__in=part)}


def _write(changed: Sequence[tuple[Sample, SampleState | None, Answer]], *, at: datetime) -> None:
    """Close the old interval and open the new one. A belief of this very moment was never held by anybody: it goes."""
    balances.reopen(SampleState, diseases=(sample.disease for sample, _, _ in changed), since=at)
    current = [state for _, state, _ in changed if state]
    for start in range(0, len(current), CHUNK):
        part = SampleState.objects.filter(pk__in=[state.pk for state in current[start : start + CHUNK]])
        part.filter(known_from__gte=at).delete()
        part.update(known_to=at)
    opened = ((sample.pk, answer.word, answer.reported_at, *_of_sample(sample)) for sample, _, answer in changed)
    write(SampleState, ("sample_id", "answer", "answered_at", *_OF_SAMPLE), opened, shared={"known_from": at})


_OF_SAMPLE = ("disease", "area_path", "target_group", "taken_on", "reported_at")
_of_sample = attrgetter(*_OF_SAMPLE)
