"""The one door from forecasts to the engine: a study, its communes and the records in, figures out. It decides nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from epiengine.ensemble import Setting, compare
from epiengine.errors import EngineError
from epiengine.simulate import Disease
from epiengine.simulate.diseases import DISEASES
from tienphuong.forecast.bridge.beginnings import FromRecords, Infected, from_records
from tienphuong.forecast.bridge.figures import KEPT_BY_COMMUNE, comparison_of
from tienphuong.forecast.bridge.fitting import fit_transmission
from tienphuong.forecast.bridge.measures import measure_of
from tienphuong.forecast.bridge.people import town_of
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, StudyEntry
from tienphuong.forecast.outcomes import Beginning, Comparison
from tienphuong.forecast.studies import StudyError


def run_study(
    study: StudyEntry,
    *,
    communes_of: Sequence[CommuneEntry],
    replicates: int,
    seed: int,
    known: LineListEntry | None = None,
    on: Any = "threads",
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Every plan of the study, so many times, and what came of it; `known` is the line list of a study that starts from records.

    Raises StudyError for what the engine refuses.
    """
    people = tuple(communes_of)
    try:
        begins, beginning = _start(study, people, known)
        fit, factors = fit_transmission(study, known, people, disease=_disease(study), draws=replicates, seed=seed, workers=workers)
        setting = _setting(study, people, begins, factors=factors, seed=seed)
        runs = compare(setting, replicates=replicates, on=on, workers=workers, progress=progress)
        return comparison_of(runs, study=study, communes_of=people, seed=seed, beginning=beginning, fit=fit)
    except EngineError as error:
        raise StudyError(f"{error.name} = {error.value!r}", where="[study]", remedy=f"Giá trị cho phép: {error.allowed}.") from error


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
        raise StudyError(f"không có bệnh “{study.disease}”", where="[study], disease", remedy=f"Chọn một trong: {', '.join(DISEASES)}.")
    return DISEASES[study.disease].scaled(study.transmission)
