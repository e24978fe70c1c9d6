"""Rút hồ sơ do một tệp ghi: what rows of a file said is taken back in every room, and who was acted upon since is found first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tienphuong.cases.services.days import fact_days
from tienphuong.cases.services.duplicates import count_once
from tienphuong.cases.services.withdrawing import cases_touched_by_hand, settle_cases, take_cases_back, take_samples_back
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.core.withdrawing import take_back
from tienphuong.procedures.reclassify import reclassify
from tienphuong.quarantine.services.withdrawing import placed_by_hand, take_stays_back
from tienphuong.registry.services.identities import unmerge
from tienphuong.registry.services.withdrawing import (
    close_doubts,
    decided_by_hand,
    forget,
    merged_by_hand,
    merges_of_rows,
    records_of,
    take_particulars_back,
    take_people_back,
    take_questions_back,
)
from tienphuong.reports.models import Submission
from tienphuong.tracing.services.withdrawing import take_contacts_back, take_watch_back, watched_by_hand

MERGED, PLACED, WATCHED, RECORDED = "merged", "placed", "watched", "recorded"
"""Why what a file said of somebody is kept: an officer merged their records, gave them a place, watched them, recorded their case."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking rows back came to: the cases that lost something, the people around whom something changed, pools without a tube."""

    cases: frozenset[UUID]
    people: frozenset[int]
    pools: frozenset[str]


def acted_upon(people: Collection[int], rows: Collection[int], *, since: datetime) -> dict[int, str]:
    """Of the people that only these rows know, those upon whom an officer has acted since, and how; and the people of rows whose case
    an officer has recorded something of."""
    by_hand = dict.fromkeys(cases_touched_by_hand(rows, since=since), RECORDED)
    by_hand |= dict.fromkeys(watched_by_hand(people, since=since), WATCHED)
    by_hand |= dict.fromkeys(placed_by_hand(people, since=since), PLACED)
    return by_hand | dict.fromkeys(merged_by_hand(people), MERGED)


def part_merged(rows: Collection[int], *, actor: Viewer, at: datetime, reason: str) -> set[int]:
    """Tách hồ sơ mà chỉ các dòng này nói là một: the records point back, their cases count apart; the records concerned."""
    actor.require(Permission.WITHDRAW_FILE)
    parted: set[int] = set()
    with in_turn():
        for merged in merges_of_rows(rows):
            unmerge(merged, at=at, by=actor.user_id, reason=reason)
            sides = {merged.kept_id, merged.absorbed_id, *merged.moved}
            count_once(records_of(sides), at=at)
            parted |= sides
    return parted


def take_rows_back(rows: Collection[int], *, actor: Viewer, at: datetime, reason: str) -> TakenBack:
    """Rút những gì các dòng này ghi: everything they said is in force no more; nothing of it is erased.

    1 registry: papers, telephones, addresses
    2 cases: records, numbers, samples, answers, and the beliefs that rested on them
    3 tracing, quarantine: contacts, links, isolation, checks, arrivals, stays
    4 reports: submitted figures
    5 audit
    """
    actor.require(Permission.WITHDRAW_FILE)
    with in_turn():
        take_particulars_back(rows, at=at)
        cases, pools = take_cases_back(rows, at=at), take_samples_back(rows, at=at)
        people = take_contacts_back(rows, at=at, reason=reason) | take_watch_back(rows, at=at) | take_stays_back(rows, at=at)
        take_back(Submission, rows, at=at)
        audit.record(
            "records.withdrawn", actor=actor, at=at, facts={"rows": len(rows), "cases": len(cases), "reason": audit.marked(reason)}
        )
    return TakenBack(frozenset(cases), frozenset(people), frozenset(pools))


def take_links_back(rows: Collection[int], *, actor: Viewer, at: datetime, reason: str) -> set[int]:
    """Rút các liên kết tiếp xúc: of these rows their contacts only, which are made again with whoever is left; the people at both ends."""
    actor.require(Permission.WITHDRAW_FILE)
    with in_turn():
        return take_contacts_back(rows, at=at, reason=reason)


def forget_people(
    gone: Collection[int], stated: Collection[int], rows: Collection[int], *, actor: Viewer, at: datetime, reason: str
) -> set[int]:
    """Rút hồ sơ người: `gone` nobody knows any more; of those `stated` by others too, what these rows said is emptied.

    Says which records are empty now and wait to be described anew. Where an officer has settled what is true, it stays as they left it.
    """
    actor.require(Permission.WITHDRAW_FILE)
    with in_turn():
        take_people_back(gone, at=at, reason=reason)
        open_ones = set(stated) - decided_by_hand(stated)
        take_questions_back({*gone, *open_ones}, at=at, reason=reason)
        return forget(open_ones, rows)


def settle_rows(
    taken: TakenBack,
    rows: Collection[int],
    people: Collection[int],
    *,
    disease: str,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    reason: str,
) -> list[UUID]:
    """Chốt việc rút: cases that nobody says any more are taken back, doubts that are none any more are closed, degrees follow; says
    which cases went."""
    actor.require(Permission.WITHDRAW_FILE)
    with in_turn():
        close_doubts(people, at=at, reason=reason, fact_days=fact_days)
        gone = settle_cases(taken.cases, rows, at=at)
        if disease in policy.diseases:
            reclassify(people, disease=disease, actor=actor, at=at, policy=policy, cause="file_withdrawn")
    return gone
