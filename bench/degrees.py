"""Degrees: a full recheck of a million people and ten million contacts, beside igraph, networkx and PostgreSQL.

Run:  python -m bench.degrees          (about five minutes; needs requirements/bench.txt, and PostgreSQL for that line)
"""

from __future__ import annotations

import argparse
import time
from statistics import median

import igraph
import networkx
import numpy as np
from bench import postgres
from bench.harness import Comparison, best_of, record
from bench.worlds import DAY, World, world

from epiengine.arrays import EARLIEST, Int8
from epiengine.tracing import ContactGraph, Degrees, Seeds, affected, degrees, recompute_local
from epiengine.tracing.graph import CONTACT, FIRST, LAST, NEIGHBOUR

WALK = """
    CREATE TEMP TABLE answer AS
    WITH RECURSIVE walk(person, level, since) AS (
        SELECT person, 0, since FROM source
      UNION
        SELECT edge.v, walk.level + 1, greatest(edge.first, walk.since)
        FROM walk JOIN person ON person.id = walk.person JOIN edge ON edge.u = walk.person
        WHERE walk.level < 2 AND walk.since <= person.until AND edge.last >= walk.since AND edge.first <= person.until
    ) SELECT person, min(level) AS degree FROM walk GROUP BY person
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=1_000_000)
    people = arguments.parse_args().people
    big = world(people, 10 * people, sources=people // 200, seed=2021)
    degrees(world(100, 100, sources=2, seed=1).graph(), Seeds.sources([0], [0]), max_degree=2)  # compile
    build, graph = best_of(big.graph, runs=2)
    degree_of = np.diff(graph.offsets)
    print(
        f"{people} people, {graph.contacts} contacts, mean degree {degree_of.mean():.1f}, max {degree_of.max()}, {big.source.size} sources"
    )
    against_full_recheck(big, graph)
    against_postgresql(big, graph, build=build)
    against_igraph(big)
    against_networkx(world(people // 10, people, sources=people // 2000, seed=2021))


def against_full_recheck(big: World, graph: ContactGraph) -> None:
    """One F1 becomes F0: the local answer beside a recheck of everybody, and equal to it, for 30 people."""
    limits = {"max_degree": 2, "latent_minutes": DAY}
    before = degrees(graph, big.seeds, big.until, **limits)
    full_seconds, sizes, local_seconds = [], [], []
    for person in np.flatnonzero(before.degree == 1)[:: max(1, int((before.degree == 1).sum()) // 30)][:30]:
        since = min(int(before.since[person]), 45 * DAY)
        sources = Seeds.sources(np.append(big.source, person), np.append(big.since, since))
        start = time.perf_counter()
        inside = affected(graph, [person], [since], big.until, **limits)
        local = recompute_local(graph, inside, around(graph.people, inside, sources, before), big.until, **limits)
        local_seconds.append(time.perf_counter() - start)
        seconds, full = best_of(lambda sources=sources: degrees(graph, sources, big.until, **limits), runs=1)
        full_seconds.append(seconds)
        sizes.append(inside.size)
        patched = before.degree.copy()
        patched[inside] = local.degree
        assert np.array_equal(patched, full.degree) and np.array_equal(local.via_contact, full.via_contact[inside])
    record(
        Comparison(
            name="degrees-local",
            what="one F1 becomes F0, max_degree 2: affected + recompute_local on the graph in memory; median of 30 people",
            ours=median(local_seconds) * 1e3,
            peer_name="full recheck",
            peer=median(full_seconds) * 1e3,
            unit="ms",
            checked="degrees of everybody and reasons equal, 30 times",
            more={"slowest_ms": max(local_seconds) * 1e3, "median_affected": median(sizes), "most_affected": max(sizes)},
        )
    )


def around(people: int, inside: np.ndarray, sources: Seeds, before: Degrees) -> Seeds:
    """The sources among the affected, and the stored improvements of everybody else."""
    within = np.zeros(people, dtype=np.bool_)
    within[inside] = True
    stored, here = before.improvements, sources.only(within[sources.person])
    there = ~within[stored.person]
    return Seeds(*(np.concatenate([getattr(here, name), getattr(stored, name)[there]]) for name in ("person", "level", "since")))


def against_postgresql(big: World, graph: ContactGraph, *, build: float) -> None:
    """Windows on, two levels: the recursive query of a database administrator who knows his trade."""
    if (binaries := postgres.newest_binaries()) is None:
        print("degrees-postgresql: skipped, PostgreSQL is not installed")
        return
    ours, result = best_of(lambda: degrees(graph, big.seeds, big.until, max_degree=2), runs=5)
    with postgres.throwaway(binaries) as connection:
        load, _ = best_of(lambda: fill(connection, big, graph), runs=1)

        def ask() -> None:
            connection.execute("DROP TABLE IF EXISTS answer")
            connection.execute(WALK)

        peer, _ = best_of(ask, runs=3)
        version = connection.info.parameter_status("server_version") or ""
        rows = np.array(connection.execute("SELECT person, degree FROM answer").fetchall())
    theirs = np.full(big.people, -1, dtype=np.int8)
    theirs[rows[:, 0]] = rows[:, 1]
    require_equal(result.degree, theirs)
    record(
        Comparison(
            name="degrees-postgresql",
            what="full recheck, windows on, max_degree 2: search only, both with their index built and warm; answer left in a table",
            ours=ours,
            peer_name=f"PostgreSQL {version.split()[0]} recursive query",
            peer=peer,
            checked=f"all {big.people} degrees equal",
            more={"ours_build_s": build, "peer_load_and_index_s": load, "ratio_with_our_build": peer / (ours + build)}
            | counts(result.degree),
        )
    )


def fill(connection: object, big: World, graph: ContactGraph) -> None:
    """Contacts seen from both ends, stored in the order of the first end: the query then reads neighbouring pages."""
    for table in ("edge(u int, v int, contact int, first int, last int)", "person(id int, until int)", "source(person int, since int)"):
        connection.execute(f"CREATE TABLE {table}")
    u = np.repeat(np.arange(graph.people, dtype=np.int32), np.diff(graph.offsets))
    postgres.copy_in(connection, "edge", [u, *(graph.slots[:, column] for column in (NEIGHBOUR, CONTACT, FIRST, LAST))])
    postgres.copy_in(connection, "person", [np.arange(graph.people, dtype=np.int32), big.until])
    postgres.copy_in(connection, "source", [big.source, big.since])
    connection.execute("CREATE INDEX ON edge (u)")
    connection.execute("CREATE UNIQUE INDEX ON person (id)")
    connection.execute("VACUUM ANALYZE")


def against_igraph(big: World) -> None:
    """Windows off: distance from the nearest source, as igraph's breadth-first search from a vertex joined to all sources."""
    build, graph = best_of(lambda: big.graph(windows=False), runs=2)
    ours, result = best_of(lambda: degrees(graph, at_once(big), max_degree=7), runs=5)
    floor, _ = best_of(lambda: graph.slots.max(), runs=3)
    hub = np.stack([np.full(big.source.size, big.people), big.source], axis=1)
    edges = np.concatenate([np.stack([big.a, big.b], axis=1), hub]).astype(np.int64)
    peer_build, peer_graph = best_of(lambda: igraph.Graph(n=big.people + 1, edges=edges), runs=1)
    seconds = {
        "distances": best_of(lambda: peer_graph.distances(source=[big.people], mode="all"), runs=3),
        "bfs": best_of(lambda: peer_graph.bfs(big.people), runs=3),
    }
    distance = np.array(seconds["distances"][1][0][:-1])
    theirs = np.where(np.isfinite(distance) & (distance <= 8), distance - 1, -1).astype(np.int8)
    require_equal(result.degree, theirs)
    peer = min(seconds["distances"][0], seconds["bfs"][0])
    more = {
        "ours_build_s": build,
        "peer_build_s": peer_build,
        "build_ratio": peer_build / build,
        "peer_distances_s": seconds["distances"][0],
    }
    more |= {"peer_bfs_s": seconds["bfs"][0]} | counts(result.degree)
    what = "full recheck, windows off, max_degree 7: search only; igraph from one vertex joined to all sources, the faster of distances and bfs"
    checked = f"all {big.people} degrees equal"
    record(Comparison("degrees-igraph", what, ours, f"igraph {igraph.__version__}", peer, checked, more=more))
    reading = "the same recheck beside one pass over the contact slots in memory (numpy max), the least any full recheck must read"
    record(Comparison("degrees-floor", reading, ours, "one pass over memory", floor, "a floor, no answer to compare"))


def against_networkx(small: World) -> None:
    """Windows off, a tenth of the size: networkx needs some ten gigabytes and minutes for ten million contacts."""
    graph = small.graph(windows=False)
    ours, result = best_of(lambda: degrees(graph, at_once(small), max_degree=7), runs=5)
    peer_graph = networkx.Graph()
    peer_graph.add_edges_from(zip(small.a.tolist(), small.b.tolist(), strict=True))
    peer_graph.add_edges_from((small.people, source) for source in small.source.tolist())
    peer, found = best_of(lambda: networkx.single_source_shortest_path_length(peer_graph, small.people, cutoff=8), runs=3)
    theirs = np.full(small.people + 1, -1, dtype=np.int8)
    theirs[list(found)] = np.array(list(found.values())) - 1
    require_equal(result.degree, theirs[:-1])
    what = f"full recheck, windows off, max_degree 7, at {small.people} people and {small.a.size} contacts (both sides): search only"
    checked = f"all {small.people} degrees equal"
    record(Comparison("degrees-networkx", what, ours, f"networkx {networkx.__version__}", peer, checked, more=counts(result.degree)))


def at_once(some: World) -> Seeds:
    """Sources whose windows have always been open: with contacts of unknown time, degrees are plain distances."""
    return Seeds.sources(some.source, np.full(some.source.size, EARLIEST))


def counts(degree: Int8) -> dict[str, int]:
    return {f"f{level}" if level >= 0 else "none": int((degree == level).sum()) for level in np.unique(degree)}


def require_equal(ours: Int8, theirs: Int8) -> None:
    if not np.array_equal(ours, theirs):
        raise SystemExit(f"the answers differ for {int((ours != theirs).sum())} people: no ratio is worth printing")


if __name__ == "__main__":
    main()
