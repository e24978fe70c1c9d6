"""A study, its communes and the records in, figures out. It decides nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from epiengine.ensemble import Setting, compare
from epiengine.errors import EngineError
from epiengine.simulate import Disease
from epiengine.simulate.diseases import DISEASES
from tienphuong.core.sentences import sentence
from tienphuong.forecast.bridge.beginnings import FromRecords, Infected, from_records
from tienphuong.forecast.bridge.figures import KEPT_BY_COMMUNE, check_capacities, comparison_of
from tienphuong.forecast.bridge.fitting import check_fit, fit_transmission
from tienphuong.forecast.bridge.measures import measure_of, refused
from tienphuong.forecast.bridge.people import town_of
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, StudyEntry
from tienphuong.forecast.outcomes import Beginning, Comparison
from tienphuong.forecast.progress import Progress, no_progress
from tienphuong.forecast.studies import StudyError
from tienphuong.forecast.terms import Step


def run_study(
    study: StudyEntry,
    *,
    communes_of: Sequence[CommuneEntry],
    replicates: int,
    seed: int,
    known: LineListEntry | None = None,
    on: Any = "threads",
    workers: int = 2,
    progress: Progress = no_progress,
) -> Comparison:
    """Every plan of the study, so many times, and what came of it; `known` is the line list of a study that starts from records.

    Raises StudyError for what the engine refuses.
    """
    people = tuple(communes_of)
    try:
        begins, beginning = _start(study, people, known)
        fit, factors = fit_transmission(
            study, known, people, disease=_disease(study), draws=replicates, seed=seed, workers=workers, progress=progress
        )
        setting = _setting(study, people, begins, factors=factors, seed=seed)
        runs = compare(setting, replicates=replicates, on=on, workers=workers, progress=partial(progress, Step.COMPARING))
        return comparison_of(runs, study=study, communes_of=people, seed=seed, beginning=beginning, fit=fit)
    except EngineError as error:
        raise refused(error, where="[study]") from error


def check_study(study: StudyEntry, *, communes_of: Sequence[CommuneEntry], known: LineListEntry | None = None) -> None:
    """Whether the study, its people and the records fit together, before anything is run. Raises StudyError as a run would."""
    people = tuple(communes_of)
    try:
        begins, _ = _start(study, people, known)
        check_fit(study, known)
        check_capacities(study.capacities)
        _setting(study, people, begins, factors=(), seed=0)
    except EngineError as error:
        raise refused(error, where="[study]") from error


def _start(
    study: StudyEntry, people: tuple[CommuneEntry, ...], known: LineListEntry | None
) -> tuple[Infected | FromRecords, Beginning | None]:
    if known is not None:
        return from_records(known, communes_of=people, day0=study.day0, disease=_disease(study))
    return Infected(study.start, tuple(commune.code for commune in people)), None


def _setting(
    study: StudyEntry, people: tuple[CommuneEntry, ...], begins: Infected | FromRecords, *, factors: tuple[float, ...], seed: int
) -> Setting:
    common = tuple(measure_of(one, study, people) for one in study.common)
    return Setting(
        world=partial(town_of, people),
        disease=_disease(study),
        start=begins,
        plans=tuple(common + tuple(measure_of(one, study, people) for one in plan.measures) for plan in study.plans),
        days=study.days,
        seed=seed,
        by_commune=KEPT_BY_COMMUNE,
        factors=factors,
    )


def _disease(study: StudyEntry) -> Disease:
    if study.disease not in DISEASES:
        known = sentence("Chọn một trong: {known}.", known=", ".join(DISEASES))
        raise StudyError(sentence("không có bệnh “{disease}”", disease=study.disease), where="[study], disease", remedy=known)
    return DISEASES[study.disease].scaled(study.transmission)
