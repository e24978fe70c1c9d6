"""Kiểm tra đêm: what was derived is derived again from the records, and differences are reported and mended."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.answers import refresh_answers, wrong_answers
from tienphuong.cases.services.duplicates import refresh
from tienphuong.cases.services.states import belief_of, derive
from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import STILL_BELIEVED
from tienphuong.core.policy import Pack
from tienphuong.procedures.close_books import close_books, rebuild_books, wrong_closings
from tienphuong.procedures.reclassify import recheck_degrees
from tienphuong.registry.matching import find_doubts
from tienphuong.registry.services.identities import propose

DOUBT_DAYS = 2
EVERYWHERE = "0"  # every path begins with it


@dataclass(frozen=True, slots=True)
class NightlyFindings:
    """What the night found: cases, samples and degrees whose stored state was not what their records say, balances that were not
    what the beliefs say, possible duplicates, breaks of the chain."""

    cases: int
    samples: int
    degrees: int
    balances: int
    doubts: int
    audit_faults: int


def nightly_check(*, actor: Viewer, at: datetime, policy: Pack) -> NightlyFindings:
    """Re-derive cases, samples and degrees, walk the audit chain, close the books, and write down what differed.

    1 cases: the belief from the records against the stored belief; the same of samples
    2 tracing: every degree from all contacts, per disease that has cases
    3 registry: records of the last days that may be of one person are put before an officer
    4 balances: the last closing against the beliefs, all made again if it was wrong; then the day that is over is closed
    5 audit: the chain
    """
    wrong, unlike = _wrong_cases(), wrong_answers()
    refresh(wrong, at=at)
    refresh_answers(unlike, at=at)
    diseases = [code for code in Case.objects.values_list("disease", flat=True).distinct() if code in policy.diseases]
    degrees = sum(len(recheck_degrees(disease=disease, actor=actor, at=at, policy=policy)) for disease in sorted(diseases))
    doubts = propose(list(find_doubts(EVERYWHERE, since=at - timedelta(days=DOUBT_DAYS))), at=at)
    misclosed = wrong_closings(latest=1)
    if misclosed:
        rebuild_books(actor=actor, at=at)
    close_books(at=at)
    findings = NightlyFindings(len(wrong), len(unlike), degrees, len(misclosed), len(doubts), sum(1 for _ in audit.faults()))
    facts = asdict(findings)
    audit.record("night.checked", actor=actor, at=at, facts=facts, policy=policy.version)
    return findings


def _wrong_cases() -> list[Case]:
    states = CaseState.objects.filter(known_to=STILL_BELIEVED).select_related("case")
    return [state.case for state in states.iterator(chunk_size=2000) if derive(state.case_id) != belief_of(state)]
