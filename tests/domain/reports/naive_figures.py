"""The slow twin of the board's figures: every record is read into memory and asked one by one whether it counts."""

from collections import Counter
from datetime import datetime, time, timedelta

from tienphuong.cases.models import CaseState, LabResult, Sample
from tienphuong.quarantine.models import StayState
from tienphuong.reports.cutoff import VIETNAM
from tienphuong.tracing.models import DegreeRecord

STRENGTH = ["pending", "inconclusive", "negative", "positive"]
QUARANTINED = ("quarantine_facility", "home_quarantine", "on_entry")


def naive_figures(cutoff, *, area_path, disease, policy):
    """The figures of cases, contacts, samples and stays by key."""

    def held(model, known_at=cutoff.known_at):
        rows = [row for row in model.objects.filter(disease=disease) if row.area_path.startswith(area_path)]
        return [row for row in rows if row.known_from <= known_at < row.known_to]

    anywhere = [row for row in CaseState.objects.filter(disease=disease) if row.known_from <= cutoff.since < row.known_to]
    return (
        _cases(held(CaseState), cutoff, anywhere)
        | _closing(held(CaseState), held(CaseState, cutoff.since), cutoff, anywhere)
        | _contacts(held(DegreeRecord), cutoff, policy)
        | _samples(cutoff, area_path, disease)
        | _stays(held(StayState), cutoff)
    )


def _counted(states, epoch, until, outcome=None):
    """Case -> the moment that dates it, of the cases counted up to a moment (all of them, or those with an outcome)."""
    own = [s for s in states if s.classification in ("confirmed", "re_positive") and epoch <= s.classified_at <= until]
    if outcome is None:
        return {s.case_id: s.classified_at for s in own}
    return {s.case_id: s.outcome_at for s in own if s.outcome == outcome and s.outcome_at and s.outcome_at <= until}


TOTALS = {"cases": None, "cases_recovered": "recovered", "deaths": "died"}


def _closing(now, then, cutoff, anywhere):
    """What joined each total and is not new of the day, and what left it."""
    values = {}
    for name, outcome in TOTALS.items():
        today, yesterday = (
            _counted(now, cutoff.epoch_moment, cutoff.at, outcome),
            _counted(then, cutoff.epoch_moment, cutoff.since, outcome),
        )
        known = _counted(anywhere, cutoff.epoch_moment, cutoff.since, outcome)
        late = [case for case in today.keys() - yesterday.keys() if case in known or today[case] <= cutoff.since]
        if name == "cases":
            undated = [s for s in now if s.case_id in late and not (s.onset_on or s.detected_on)]
            values["cases_late_undated"] = sum(s.classified_at.astimezone(VIETNAM).time() != time() for s in undated)
        values |= {f"{name}_late": len(late), f"{name}_withdrawn": len(yesterday.keys() - today.keys())}
    return values


def _cases(states, cutoff, anywhere):
    counted, values = [], Counter()
    known = {name: _counted(anywhere, cutoff.epoch_moment, cutoff.since, name or None) for name in ("", "recovered", "died", "transferred")}
    for state in states:
        if state.classified_at > cutoff.at or state.classified_at < cutoff.epoch_moment:
            continue
        values[f"cases_{state.classification}"] += 1
        if state.classification in ("confirmed", "re_positive"):
            counted.append(state)
    for state in counted:
        came = state.outcome_at is not None and state.outcome_at <= cutoff.at
        outcome = state.outcome if came and state.outcome else "in_treatment"
        today = state.classified_at > cutoff.since and state.case_id not in known[""]
        values["cases_total"] += 1
        values[outcome] += 1
        values[f"{outcome}_new"] += came and state.outcome_at > cutoff.since and state.case_id not in known.get(outcome, ())
        values["cases_new"] += today
        values["cases_new_source_unknown"] += today and state.source_status != "known"
        values["cases_new_community"] += today and state.detection_setting in ("community", "health_facility")
        values["cases_new_quarantine"] += today and state.detection_setting in QUARANTINED
        values["cases_new_cordon"] += today and state.detection_setting == "cordon"
    names = {"cases_recovered": "recovered", "cases_recovered_new": "recovered_new", "deaths": "died", "deaths_new": "died_new"}
    names |= {"cases_in_treatment": "in_treatment", "cases_transferred": "transferred"}
    own = ("total", "new", "new_source_unknown", "new_community", "new_quarantine", "new_cordon", "re_positive", "probable", "suspected")
    return {f"cases_{name}": values[f"cases_{name}"] for name in own} | {key: values[name] for key, name in names.items()}


def _contacts(records, cutoff, policy):
    values = {}
    for degree in (1, 2):
        own = [r for r in records if r.degree == degree and r.reported_at <= cutoff.at]
        row = policy.quarantine_for(degree, on=cutoff.day)
        first = datetime.combine(cutoff.day - timedelta(days=row.days), time(), VIETNAM) if row and row.days else None
        watched = [r for r in own if first is None or r.last_exposure is None or r.last_exposure >= first]
        values |= {f"f{degree}_total": len(own), f"f{degree}_new": sum(r.reported_at > cutoff.since for r in own)}
        values |= {f"f{degree}_watched": len(watched), f"f{degree}_completed": len(own) - len(watched)}
    return values


def _samples(cutoff, area_path, disease):
    said = {}
    for result in LabResult.objects.all():
        if result.recorded_at <= cutoff.known_at and result.reported_at <= cutoff.at:
            said.setdefault(result.sample_id, []).append(STRENGTH.index(result.result))
    values = Counter()
    for sample in Sample.objects.filter(disease=disease):
        tube = sample.kind == "single" or sample.person_id is None
        known = sample.recorded_at <= cutoff.known_at and sample.reported_at <= cutoff.at
        old = cutoff.epoch and sample.taken_on and sample.taken_on < cutoff.epoch
        if tube and known and not old and sample.area_path.startswith(area_path):
            values["total"] += 1
            values["new"] += sample.reported_at > cutoff.since
            values[STRENGTH[max(said.get(sample.pk, [0]))]] += 1
    return {f"samples_{name}": values[name] for name in ("total", "new", *STRENGTH)}


def _stays(states, cutoff):
    begun = [s for s in states if s.started_on is None or s.started_on <= cutoff.day]
    ended = Counter(s.state for s in begun)
    current = [s for s in begun if s.state not in ("awaited", "completed", "transferred", "left")]
    values = {"total": len(begun), "new": sum(s.started_on == cutoff.day for s in begun), "current": len(current)}
    values |= {name: ended[name] for name in ("awaited", "completed", "transferred", "left")}
    values |= {form: sum(s.form == form for s in current) for form in ("central", "home")}
    return {f"stays_{name}": number for name, number in values.items()}
