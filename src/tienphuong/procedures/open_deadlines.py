"""Mở thời hạn: what falls due by the hour or by what the records say is opened, and met where the records show the act.

Opened here: the day's reports of the post and of its communes at the cut-off; the report of each case and each death; the day's follow-up of
each commune. Acts that have a deadline of their own (a hand-over) open it themselves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from tienphuong.cases.models import CaseState, ClassificationRecord
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core import audit, clock
from tienphuong.core.access.rules import next_path
from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.deadlines import Subject, meet_deadlines, open_deadlines
from tienphuong.core.models import Deadline
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import DiseasePolicy, Pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.deadlines import DueDate, case_report_due, deadline_for, runs_from
from tienphuong.core.rules.terms import DeadlineKind
from tienphuong.core.turns import in_turn
from tienphuong.registry.areas.queries import ancestors_of
from tienphuong.registry.models import Area
from tienphuong.reports.cutoff import last_cutoff
from tienphuong.reports.models import Snapshot
from tienphuong.tracing.queries.follow_up import DayChoice, unasked_by_area

Wanted = Iterator[tuple[Subject, DueDate]]
REPORTED = (Classification.CONFIRMED, Classification.PROBABLE)
# No deadline of a report is longer: the week of the diagnosis and the three days after it.
LOOKED_BACK = timedelta(days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostArea:
    """The post's own area with its communes on a day, and which of them sent nothing since the cut-off before."""

    area: Area
    communes: tuple[Area, ...]
    silent: frozenset[str]

    @property
    def above(self) -> str:
        """Who hears of what the communes miss."""
        return self.area.full_name


def open_due(post: PostArea, disease: str, *, actor: Viewer, at: datetime, policy: Pack) -> int:
    """Open what has fallen due for a disease, meet what the records show as done; how many deadlines are new.

    1 the reports of the last cut-off: the post's, and each commune's, which what it sent has met
    2 the reports of cases and deaths that no frozen report covers yet, unless they were overdue when the post first heard of them
    3 the day's follow-up of each commune, met when nobody is left to be asked after
    4 audit
    """
    rules = policy.disease(disease)
    with in_turn():
        opened = open_deadlines([*_reports(post, rules, at=at, policy=policy), *_cases(post, rules, at=at, policy=policy)])
        _meet_reports_of_communes(post, rules, at=at)
        if rules.contacts_traced.value:
            opened += _follow_up(post, rules, actor=actor, at=at, policy=policy)
        if opened:
            facts = {"area": post.area.full_name, "disease": disease, "opened": opened}
            audit.record("deadlines.opened", actor=actor, at=at, facts=facts, policy=policy.version)
    return opened


def report_of_the_day(area_path: str, disease: str, day: str) -> UUID:
    """The id of "this area's report of this day" before and after it exists."""
    return uuid5(NAMESPACE_URL, f"report:{area_path}:{disease}:{day}")


def report_deadline(area: Area, disease: str, cutoff_at: datetime, *, policy: Pack, post: str = "") -> tuple[Subject, DueDate] | None:
    """The deadline of a day's report, from its cut-off; None where the pack lays none down.

    `post`: the post to which a commune reports and that hears of what it misses; without one the report is the post's own.
    """
    kind = DeadlineKind.COMMUNE_REPORT if post else DeadlineKind.DAILY_REPORT
    due = deadline_for(kind, started_at=cutoff_at, policy=policy)
    if isinstance(due, Refusal):
        return None
    day = clock.local(cutoff_at).date().isoformat()
    return Subject(
        kind="report", id=report_of_the_day(area.path, disease, day), area_path=area.path, escalates_to=post or _above(area)
    ), due


def meet_case_reports(area: Area, disease: str, *, known_at: datetime, at: datetime) -> int:
    """A frozen report of the area covers the cases and deaths known then; how many deadlines it met."""
    open_ones = _open_of(area, DeadlineKind.CASE_REPORT, DeadlineKind.DEATH_REPORT)
    covered = CaseState.objects.filter(case_id__in=AnyOf(open_ones), disease=disease, known_from__lte=known_at).values_list(
        "case_id", flat=True
    )
    cases = set(covered)
    return sum(
        meet_deadlines(kind, subject_kind="case", subjects=cases, at=at) for kind in (DeadlineKind.CASE_REPORT, DeadlineKind.DEATH_REPORT)
    )


def _open_of(area: Area, *kinds: str) -> list[UUID]:
    rows = Deadline.objects.open().filter(kind__in=kinds, area_path__gte=area.path, area_path__lt=next_path(area.path))
    return list(rows.values_list("subject_id", flat=True))


def _above(area: Area) -> str:
    """Who hears of what an area misses: the unit above it."""
    units = ancestors_of(system_viewer(), area=area)
    return units[-1].full_name if units else ""


def _reports(post: PostArea, rules: DiseasePolicy, *, at: datetime, policy: Pack) -> Wanted:
    cutoff_at = last_cutoff(at, policy=rules)
    for area in (post.area, *post.communes):
        found = report_deadline(area, rules.code, cutoff_at, policy=policy, post="" if area.pk == post.area.pk else post.above)
        if found:
            yield found


def _meet_reports_of_communes(post: PostArea, rules: DiseasePolicy, *, at: datetime) -> None:
    day = clock.local(last_cutoff(at, policy=rules)).date().isoformat()
    reported = [report_of_the_day(area.path, rules.code, day) for area in post.communes if area.path not in post.silent]
    meet_deadlines(DeadlineKind.COMMUNE_REPORT, subject_kind="report", subjects=reported, at=at)


def _cases(post: PostArea, rules: DiseasePolicy, *, at: datetime, policy: Pack) -> Wanted:
    """The reports of cases and of deaths that came to be known since the last frozen report."""
    states = _unreported(post.area, rules.code, at=at)
    diagnosed = _diagnosed({state.case_id for state in states})
    above = _above(post.area)
    for state in states:
        subject = Subject(kind="case", id=state.case_id, area_path=state.area_path, escalates_to=above)
        moment = diagnosed.get(state.case_id) or state.classified_at
        if state.classification in REPORTED and moment:
            yield from _in_time(subject, case_report_due(rules, diagnosed_at=runs_from(clock.local(moment))), known=state.known_from)
        if state.outcome == Outcome.DIED and state.outcome_at:
            death = deadline_for(DeadlineKind.DEATH_REPORT, started_at=runs_from(clock.local(state.outcome_at)), policy=policy)
            yield from _in_time(subject, death, known=state.known_from)


def _in_time(subject: Subject, due: DueDate | Refusal, *, known: datetime) -> Wanted:
    """The deadline, unless there is none or it was over before the post knew: a list of old cases opens no lateness of today."""
    if isinstance(due, DueDate) and due.due_at >= known:
        yield subject, due


def _unreported(area: Area, disease: str, *, at: datetime) -> list[CaseState]:
    frozen = Snapshot.objects.filter(area=area, disease=disease).order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    since = max(frozen or at - LOOKED_BACK, at - LOOKED_BACK)
    inside = {"area_path__gte": area.path, "area_path__lt": next_path(area.path)}
    rows = CaseState.objects.filter(disease=disease, known_to=OPEN_END, known_from__gt=since, known_from__lte=at, **inside)
    return list(rows.filter(classified_at__gte=at - LOOKED_BACK) | rows.filter(outcome=Outcome.DIED, outcome_at__gte=at - LOOKED_BACK))


def _diagnosed(cases: Collection[UUID]) -> dict[UUID, datetime]:
    """When each case was first given a class that is reported, as far as anybody said."""
    rows = ClassificationRecord.objects.filter(case_id__in=AnyOf(cases), classification__in=REPORTED, event_at__isnull=False)
    return {case: moment for case, moment in rows.order_by("-event_at").values_list("case_id", "event_at") if moment}


def _follow_up(post: PostArea, rules: DiseasePolicy, *, actor: Viewer, at: datetime, policy: Pack) -> int:
    """The day's follow-up of each commune where somebody is due."""
    day = clock.local(at).date()
    due = deadline_for(DeadlineKind.FOLLOW_UP, started_at=datetime.combine(day, time(), clock.VIETNAM), policy=policy)
    if isinstance(due, Refusal):
        return 0
    choice = DayChoice(disease=rules.code, day=day, at=at, area_path=post.area.path)
    unasked = unasked_by_area(actor, choice=choice, policy=rules)
    places = post.communes or (post.area,)
    waiting = {area: [number for path, number in unasked.items() if path.startswith(area.path)] for area in places}
    named = {area: _follow_up_of(area, rules.code, day.isoformat()) for area, numbers in waiting.items() if numbers}
    above = post.above if post.communes else _above(post.area)
    wanted = ((Subject(kind="follow_up", id=key, area_path=area.path, escalates_to=above), due) for area, key in named.items())
    opened = open_deadlines(wanted)
    finished = [key for area, key in named.items() if not any(waiting[area])]
    meet_deadlines(DeadlineKind.FOLLOW_UP, subject_kind="follow_up", subjects=finished, at=at)
    return opened


def _follow_up_of(area: Area, disease: str, day: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"follow-up:{area.path}:{disease}:{day}")
