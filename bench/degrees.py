"""Degrees: a full recheck of a million people and ten million contacts, beside igraph, networkx and PostgreSQL.

Run:  python -m bench.degrees          (about three minutes; needs requirements/bench.txt, and PostgreSQL for that line)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import igraph
import networkx
import numpy as np
import psycopg
from bench import postgres
from bench.harness import Comparison, best_of, record, side_by_side
from bench.worlds import DAY, World, world

from epiengine.arrays import EARLIEST, Int8, Int32
from epiengine.tracing import ContactGraph, Degrees, Seeds, affected, degrees, recompute_local
from epiengine.tracing.graph import CONTACT, FIRST, LAST, NEIGHBOUR

WALK = """
    CREATE TEMP TABLE answer AS
    WITH RECURSIVE walk(person, level, since) AS (
        SELECT person, 0, since FROM source
      UNION
        SELECT edge.v, walk.level + 1, greatest(edge.first, walk.since)
        FROM walk JOIN person ON person.id = walk.person JOIN edge ON edge.u = walk.person
        WHERE walk.level < {deepest} AND walk.since <= person.until AND edge.last >= walk.since AND edge.first <= person.until
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
    f1 = np.flatnonzero(before.degree == 1)
    local_seconds, full_seconds, sizes = zip(
        *(confirm(big, graph, before, int(one), limits) for one in f1[:: f1.size // 30][:30]), strict=True
    )
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


def confirm(big: World, graph: ContactGraph, before: Degrees, person: int, limits: dict[str, int]) -> tuple[float, float, int]:
    """Seconds of the local and of the full answer to one confirmation, and how many people it concerns."""
    since = min(int(before.since[person]), 45 * DAY)
    sources = Seeds.sources(np.append(big.source, person), np.append(big.since, since))
    start = time.perf_counter()
    inside = affected(graph, [person], [since], big.until, **limits)
    local = recompute_local(graph, inside, around(graph.people, inside, sources, before), big.until, **limits)
    seconds = time.perf_counter() - start
    full_seconds, full = best_of(lambda: degrees(graph, sources, big.until, **limits), runs=1)
    patched = before.degree.copy()
    patched[inside] = local.degree
    require_equal(patched, full.degree)
    require_equal(local.via_contact, full.via_contact[inside])
    return seconds, full_seconds, inside.size


def around(people: int, inside: np.ndarray, sources: Seeds, before: Degrees) -> Seeds:
    """The sources among the affected, and the stored improvements of everybody else."""
    within = np.zeros(people, dtype=np.bool_)
    within[inside] = True
    stored, here = before.improvements, sources.only(within[sources.person])
    there = ~within[stored.person]
    return Seeds(*(np.concatenate([getattr(here, name), getattr(stored, name)[there]]) for name in ("person", "level", "since")))


def against_postgresql(big: World, graph: ContactGraph, *, build: float) -> None:
    """Windows on, two and three levels: the recursive query of a database administrator who knows their trade."""
    if (binaries := postgres.newest_binaries()) is None:
        print("degrees-postgresql: skipped, PostgreSQL is not installed")
        return
    with postgres.throwaway(binaries) as connection:
        load, _ = best_of(lambda: fill(connection, big, graph), runs=1)
        for deepest, runs in ((2, 5), (3, 3)):
            ours, result, peer, version = side_by_side(
                lambda deepest=deepest: degrees(graph, big.seeds, big.until, max_degree=deepest),
                lambda deepest=deepest: recursive(connection, deepest=deepest),
                runs=runs,
            )
            require_equal(result.degree, stored_answer(connection, people=big.people))
            record(
                Comparison(
                    name=f"degrees-postgresql-{deepest}",
                    what=f"full recheck, windows on, max_degree {deepest}: search only, indexes built and warm on both sides; answer left in a table",
                    ours=ours,
                    peer_name=f"PostgreSQL {version} recursive query",
                    peer=peer,
                    checked=f"all {big.people} degrees equal",
                    more={"ours_build_s": build, "peer_load_and_index_s": load, "ratio_with_our_build": peer / (ours + build)}
                    | counts(result.degree),
                )
            )


def recursive(connection: psycopg.Connection, *, deepest: int) -> str:
    """Lets PostgreSQL answer into its own table (nothing is sent to us); says which version it is."""
    connection.execute("DROP TABLE IF EXISTS answer")
    connection.execute(WALK.format(deepest=deepest))
    return (connection.info.parameter_status("server_version") or "").split()[0]


def stored_answer(connection: psycopg.Connection, *, people: int) -> Int8:
    rows = np.array(connection.execute("SELECT person, degree FROM answer").fetchall())
    degree = np.full(people, -1, dtype=np.int8)
    degree[rows[:, 0]] = rows[:, 1]
    return degree


def fill(connection: psycopg.Connection, big: World, graph: ContactGraph) -> None:
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
    """Windows off: distance from the nearest source, as igraph's search from a vertex joined to all sources."""
    build, graph = best_of(lambda: big.graph(windows=False), runs=2)
    hub = np.stack([np.full(big.source.size, big.people), big.source], axis=1)
    edges = np.concatenate([np.stack([big.a, big.b], axis=1), hub]).astype(np.int64)
    peer_build, peer_graph = best_of(lambda: igraph.Graph(n=big.people + 1, edges=edges), runs=1)

    def search() -> Degrees:
        return degrees(graph, at_once(big), max_degree=7)

    ours, result, distances, found = side_by_side(search, lambda: peer_graph.distances(source=[big.people], mode="all"), runs=5)
    again, _, bfs, _ = side_by_side(search, lambda: peer_graph.bfs(big.people), runs=5)
    distance = np.array(found[0][:-1])
    require_equal(result.degree, np.where(np.isfinite(distance) & (distance <= 8), distance - 1, -1).astype(np.int8))
    more = {
        "ours_build_s": build,
        "peer_build_s": peer_build,
        "build_ratio": peer_build / build,
        "peer_distances_s": distances,
        "peer_bfs_s": bfs,
    }
    what = "full recheck, windows off, max_degree 7: search only; igraph from one vertex joined to all sources, the faster of distances and bfs"
    record(
        Comparison(
            name="degrees-igraph",
            what=what,
            ours=min(ours, again),
            peer_name=f"igraph {igraph.__version__}",
            peer=min(distances, bfs),
            checked=f"all {big.people} degrees equal",
            more=more | counts(result.degree),
        )
    )
    against_floor(search, graph)


def against_floor(search: Callable[[], Degrees], graph: ContactGraph) -> None:
    """How far from the least that the memory allows: every contact slot read once."""
    ours, _, floor, _ = side_by_side(search, graph.slots.max, runs=5)
    what = "the recheck with windows off, max_degree 7, beside one pass over the contact slots in memory (numpy max)"
    record(Comparison("degrees-floor", what, ours, "one pass over memory", floor, "a floor, no answer to compare"))


def against_networkx(small: World) -> None:
    """Windows off, a tenth of the size: networkx needs some ten gigabytes and minutes for ten million contacts."""
    graph = small.graph(windows=False)
    peer_graph = networkx.Graph()
    peer_graph.add_edges_from(zip(small.a.tolist(), small.b.tolist(), strict=True))
    peer_graph.add_edges_from((small.people, source) for source in small.source.tolist())
    ours, result, peer, found = side_by_side(
        lambda: degrees(graph, at_once(small), max_degree=7),
        lambda: networkx.single_source_shortest_path_length(peer_graph, small.people, cutoff=8),
        runs=5,
    )
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


def require_equal(ours: Int8 | Int32, theirs: Int8 | Int32) -> None:
    if not np.array_equal(ours, theirs):
        raise SystemExit(f"the answers differ for {int((ours != theirs).sum())} people: no ratio is worth printing")


if __name__ == "__main__":
    main()
