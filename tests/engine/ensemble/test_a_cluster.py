"""Does a Dask cluster of two processes say the same bytes, also when one of them is killed in the middle?"""

import os
import signal

import pytest
from tests.engine.ensemble.test_ensembles import same, setting

from epiengine.ensemble import compare

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.skipif(os.environ.get("EPIENGINE_NO_JIT", "0") not in ("", "0"), reason="says nothing new without the compiler, and is slow")
def test_a_cluster_says_the_same_also_when_a_worker_is_killed(client):
    expected = compare(setting(), replicates=4, on="serial")
    assert same(expected, compare(setting(), replicates=4, on=client))

    pids, killed = list(client.run(os.getpid).values()), []

    def kill_one(done, _):
        if done == 3 and not killed:
            killed.append(os.kill(pids[0], signal.SIGKILL))

    assert same(expected, compare(setting(), replicates=4, on=client, progress=kill_one))
    assert killed
