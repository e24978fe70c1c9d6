"""Kiểm tra đêm: what was derived is derived again from the records, and differences are reported and mended."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from tienphuong.cases.models import Case, Sample
from tienphuong.cases.services.answers import refresh_answers, wrong_answers
from tienphuong.cases.services.days import fact_days
from tienphuong.cases.services.duplicates import count_once, refresh
from tienphuong.cases.services.states import wrong_cases
from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.clock import local
from tienphuong.core.nights import night_is_over
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.procedures.close_books import close_books, rebuild_books, wrong_closings
from tienphuong.procedures.reclassify import recheck_degrees
from tienphuong.registry.matching import find_doubts
from tienphuong.registry.services.identities import members, point, propose, wrong_identities

DOUBT_DAYS = 2
EVERYWHERE = "0"  # every path begins with it


@dataclass(frozen=True, slots=True)
class NightlyFindings:
    """What the night found: records for which another spoke than the merges say; cases, samples and degrees whose stored state was not
    what their records say, balances that were not what the beliefs say, possible duplicates, breaks of the chain."""

    identities: int
    cases: int
    samples: int
    degrees: int
    balances: int
    doubts: int
    audit_faults: int


def nightly_check(*, actor: Viewer, at: datetime, policy: Pack) -> NightlyFindings:
    """Re-derive cases, samples and degrees, walk the audit chain, close the books, and write down what differed.

    1 registry: who speaks for whom, against the merges in force; cases and samples: the belief from the records against the stored one
    2 tracing: every degree from all contacts, per disease that has cases
    3 registry: records of the last days that may be of one person are put before an officer
    4 balances: the last closing against the beliefs, all made again if it was wrong; then the day that is over is closed
    5 audit: the chain; with the last entry the night is over
    """
    identities = _mend_identities(at=at)
    cases, samples = _mend_cases(at=at), _mend_answers(at=at)
    diseases = [code for code in Case.objects.values_list("disease", flat=True).distinct() if code in policy.diseases]
    degrees = sum(len(recheck_degrees(disease=disease, actor=actor, at=at, policy=policy)) for disease in sorted(diseases))
    doubts = propose(list(find_doubts(EVERYWHERE, since=at - timedelta(days=DOUBT_DAYS), fact_days=fact_days)), at=at)
    misclosed = wrong_closings(latest=1)
    if misclosed:
        rebuild_books(actor=actor, at=at)
    close_books(at=at)
    findings = NightlyFindings(identities, cases, samples, degrees, len(misclosed), len(doubts), sum(1 for _ in audit.faults()))
    facts = asdict(findings)
    with in_turn():
        audit.record("night.checked", actor=actor, at=at, facts=facts, policy=policy.version)
        night_is_over(local(at).date(), at=at)
    return findings


def _mend_identities(*, at: datetime) -> int:
    """Let those speak for a record whom the merges in force name; of how many records it was another."""
    with in_turn():
        wrong = wrong_identities()
        point(wrong)
        count_once({number for canonical_id in wrong.values() for number in members(canonical_id)} | wrong.keys(), at=at)
    return len(wrong)


def _mend_cases(*, at: datetime) -> int:
    """Of how many cases something else was believed than their records say: looked for at leisure, made sure of in the act's own turn."""
    suspected = [case.pk for case in wrong_cases()]
    with in_turn():
        return refresh(Case.objects.filter(pk__in=AnyOf(suspected)), at=at) if suspected else 0


def _mend_answers(*, at: datetime) -> int:
    """The same of samples."""
    suspected = [sample.pk for sample in wrong_answers()]
    with in_turn():
        return refresh_answers(list(Sample.objects.filter(pk__in=AnyOf(suspected))), at=at) if suspected else 0
