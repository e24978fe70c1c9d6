"""Do ensembles say the same wherever they run, whatever dies on the way, and do their figures say what the runs were?"""

import os
import signal
from functools import partial

import numpy as np
import pytest

from epiengine.ensemble import Setting, compare, difference, executors, overrun, quantiles, replicate_seed
from epiengine.ensemble.setting import Job, run_one
from epiengine.errors import EngineError
from epiengine.simulate import SERIES, seeds
from epiengine.simulate.diseases import COVID_DELTA
from epiengine.simulate.measures import Isolation, Quarantine, StayHome, Testing, Tracing
from epiengine.simulate.population import build_population, communes

PEOPLE = 3_000
RESPONSE = (Testing(with_symptoms=0.5), Isolation(beds=20), Tracing(), Quarantine(places=40))


def town():
    return build_population(communes([PEOPLE // 2, PEOPLE // 2]), seed=5)


def setting(**told):
    given = {
        "world": town,
        "disease": COVID_DELTA,
        "start": seeds(10),
        "plans": ((), RESPONSE, (*RESPONSE, StayHome())),
        "days": 25,
        "seed": 7,
    }
    return Setting(**{**given, **told})


@pytest.fixture(scope="module")
def here():
    return compare(setting(), replicates=4, on="serial")


def same(one, other):
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in ("totals", "local", "resources"))


def test_threads_say_the_same_to_the_byte(here):
    assert here.totals[..., SERIES.index("infections")].sum() > 0
    assert same(here, compare(setting(), replicates=4, on="threads", workers=3))


def test_processes_say_the_same_to_the_byte(here):
    assert same(here, compare(setting(), replicates=4, on="processes", workers=2))


def _dying(mark, world_setting, job):
    """As the run of a worker that is killed the first time it gets this job."""
    if job == Job(1, 2) and not os.path.exists(mark):  # noqa: PTH110 - told as text so that it can be pickled as it is
        with open(mark, "w"):  # noqa: PTH123
            pass
        os.kill(os.getpid(), signal.SIGKILL)
    return run_one(world_setting, job)


def test_a_killed_process_costs_time_and_no_result(here, tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "_run_here", partial(_dying_here, str(tmp_path / "died")))
    assert same(here, compare(setting(), replicates=4, on="processes", workers=2))
    assert (tmp_path / "died").exists()


def _dying_here(mark, job):
    return _dying(mark, executors._here[0], job)


def test_a_job_that_kills_its_process_each_time_is_an_error(monkeypatch):
    monkeypatch.setattr(executors, "_run_here", _suicidal)
    with pytest.raises(executors.BrokenProcessPool):
        compare(setting(days=2), replicates=1, on="processes", workers=1)


def _suicidal(_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_plans_share_their_luck(here):
    """Until a measure first acts, a plan's run is the same as the run without it: common random numbers."""
    late = (StayHome(start=10),)
    found = compare(setting(plans=((), late)), replicates=3, on="serial")
    infections = found.daily("infections")
    assert np.array_equal(infections[0, :, :10], infections[1, :, :10])
    assert not np.array_equal(infections[0], infections[1])
    assert len({replicate_seed(7, each) for each in range(100)}) == 100
    assert replicate_seed(7, 1) != replicate_seed(8, 1)


def test_progress_is_told_after_each_run():
    told = []
    compare(setting(days=3), replicates=2, on="threads", progress=lambda done, total: told.append((done, total)))
    assert told == [(each, 6) for each in range(1, 7)]


def test_a_start_may_be_drawn_anew_for_each_replicate():
    found = compare(setting(start=_more_or_fewer, plans=((),), days=1), replicates=6, on="serial")
    assert len(set(found.daily("infections")[0, :, 0].tolist())) > 1


def _more_or_fewer(world, seed):
    assert world.people == PEOPLE
    return seeds(5 + seed % 20)


def test_what_is_kept_by_commune_sums_to_the_total(here):
    for series in here.by_commune:
        assert np.array_equal(here.communes(series).sum(axis=3), here.daily(series))


def test_quantiles_are_numpys_over_the_replicates(here):
    runs = here.daily("infections")
    found = quantiles(runs)
    assert found.shape == (5, 3, 25)
    assert found[2, 1, 9] == np.median(runs[1, :, 9])


def test_the_first_day_over_capacity_is_the_first():
    need = np.array([[[0, 3, 5, 2, 9], [0, 0, 0, 0, 0]], [[9, 9, 9, 9, 9], [1, 9, 1, 1, 1]]])
    found = overrun(need, capacity=4)
    assert found.probability.tolist() == [0.5, 1.0]
    assert found.first_day[2].tolist() == [2.0, 0.5]
    assert found.peak[2].tolist() == [4.5, 9.0]
    assert np.isnan(overrun(need, capacity=100).first_day).all()


def test_a_difference_is_taken_run_by_run():
    runs = np.array([[1, 10, 100], [2, 11, 101]])
    assert difference(runs, against=0)[:, 1].tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("told", "name"),
    [({"days": 0}, "days"), ({"plans": ()}, "plans"), ({"by_commune": ("deathes",)}, "by_commune"), ({"seed": -1}, "seed")],
)
def test_a_setting_that_cannot_be_is_refused(told, name):
    with pytest.raises(EngineError) as refused:
        setting(**told)
    assert refused.value.name == name


def test_more_results_than_fit_are_refused_before_anything_runs():
    with pytest.raises(EngineError, match="keep fewer series"):
        compare(setting(), replicates=1000, most_bytes=10_000)
    with pytest.raises(EngineError, match="serial, threads, processes"):
        compare(setting(), replicates=1, on="cloud")
    with pytest.raises(EngineError, match="capacity"):
        overrun(np.zeros((1, 1, 1), dtype=np.int64), capacity=float("nan"))
