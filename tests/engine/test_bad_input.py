"""What the engine refuses, and the words it refuses it with; and the empty and the extreme it does not refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from epiengine.tracing import (
    EARLIEST,
    LATEST,
    EngineError,
    Seeds,
    affected,
    chain_to,
    contact_graph,
    degrees,
    match_exposures,
    neighbourhood,
    recompute_local,
    transmission_tree,
)

PAIR = contact_graph(2, [0], [1], [0], [1])
AN = Seeds.sources([0], [0])
NAN = float("nan")

REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("an id below 0", lambda: contact_graph(2, [-1], [1], [0], [1]), "a[0] = -1; allowed: a whole number from 0 to 1"),
    ("an id too high", lambda: contact_graph(2, [0, 0], [1, 2], [0, 0], [1, 1]), "b[1] = 2; allowed: a whole number from 0 to 1"),
    ("NaN for a time", lambda: contact_graph(2, [0], [1], [NAN], [1]), "first[0] = nan; allowed: a whole number from"),
    ("infinity for a time", lambda: contact_graph(2, [0], [1], [0], [float("inf")]), "last[0] = inf; allowed: a whole number from"),
    ("half a minute", lambda: contact_graph(2, [0], [1], [0.5], [1]), "first[0] = 0.5; allowed: a whole number from"),
    ("a time beyond int32", lambda: contact_graph(2, [0], [1], [0], [2**31]), "last[0] = 2147483648; allowed:"),
    ("a time beyond int64", lambda: contact_graph(2, [0], [1], [0], [2**63]), "last[0] = 9223372036854775808; allowed:"),
    ("a reversed interval", lambda: contact_graph(2, [0], [1], [7], [5]), "last[0] = 5; allowed: not before first: at least 7"),
    ("a contact with oneself", lambda: contact_graph(2, [1], [1], [0], [1]), "b[0] = 1; allowed: somebody other than a"),
    ("columns of two lengths", lambda: contact_graph(2, [0], [1], [0, 0], [1]), "first = '2 rows'; allowed: as many rows as a: 1"),
    ("words", lambda: contact_graph(2, ["x"], [1], [0], [1]), "a = '<U1'; allowed: whole numbers"),
    ("a table", lambda: contact_graph(2, [[0]], [1], [0], [1]), "a = '2 dimensions'; allowed: one dimension"),
    ("fewer than no people", lambda: contact_graph(-1, [], [], [], []), "people = -1; allowed: a whole number from 0"),
    ("true for a number", lambda: degrees(PAIR, AN, max_degree=True), "max_degree = True; allowed: a whole number from 1 to 7"),
    ("degree 0", lambda: degrees(PAIR, AN, max_degree=0), "max_degree = 0; allowed: a whole number from 1 to 7"),
    ("degree 8", lambda: degrees(PAIR, AN, max_degree=8), "max_degree = 8; allowed: a whole number from 1 to 7"),
    ("a negative latency", lambda: degrees(PAIR, AN, max_degree=1, latent_minutes=-1), "latent_minutes = -1; allowed:"),
    ("a source not in the graph", lambda: degrees(PAIR, Seeds.sources([2], [0]), max_degree=1), "seeds.person[0] = 2; allowed:"),
    ("a level above 7", lambda: degrees(PAIR, Seeds(*np.array([[0], [8], [0]])), max_degree=1), "seeds.level[0] = 8; allowed:"),
    ("until for some", lambda: degrees(PAIR, AN, [0], max_degree=1), "until = '1 rows'; allowed: one row per person: 2"),
    ("the chain of nobody", lambda: chain_to(degrees(PAIR, AN, max_degree=1), 2), "person = 2; allowed: a whole number from 0 to 1"),
    ("a centre of nobody", lambda: neighbourhood(PAIR, -1, depth=1, limit=1), "centre = -1; allowed: a whole number from 0 to 1"),
    ("a picture of nobody", lambda: neighbourhood(PAIR, 0, depth=1, limit=0), "limit = 0; allowed: a whole number from 1"),
    ("a change of nobody", lambda: affected(PAIR, [5], [0], max_degree=1), "changed[0] = 5; allowed:"),
    ("nobody recomputed", lambda: recompute_local(PAIR, [5], AN, max_degree=1), "people[0] = 5; allowed:"),
    ("infecting oneself", lambda: transmission_tree([1], [1], people=2), "infectee[0] = 1; allowed: somebody other than the infector"),
    (
        "a stay that ends before it begins",
        lambda: match_exposures([0], [2], [1], [0]),
        "last[0] = 1; allowed: not before first: at least 2",
    ),
    ("a place below 0", lambda: match_exposures([-4], [0], [1], [0]), "place[0] = -4; allowed: a whole number from 0"),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_engine_names_what_is_wrong_and_what_is_allowed(act: Callable[[], object], words: str) -> None:
    with pytest.raises(EngineError) as refusal:
        act()
    assert str(refusal.value).startswith(words)


def test_an_error_carries_name_row_value_and_range_for_a_program_to_read() -> None:
    with pytest.raises(EngineError) as refusal:
        contact_graph(3, [0, 1], [1, 9], [0, 0], [1, 1])
    error = refusal.value
    assert (error.name, error.row, error.value, error.allowed) == ("b", 1, 9, "a whole number from 0 to 2")


@pytest.mark.parametrize("people", [0, 1, 5])
def test_a_graph_without_contacts_or_sources_is_answered(people: int) -> None:
    graph = contact_graph(people, [], [], [], [])
    result = degrees(graph, Seeds.sources([], []), max_degree=7)
    assert result.degree.tolist() == [-1] * people
    assert result.improvements.person.size == 0
    assert affected(graph, [], [], max_degree=7).size == 0
    assert recompute_local(graph, [], Seeds.sources([], []), max_degree=7).person.size == 0


def test_whole_numbers_given_as_floats_or_small_integers_are_taken() -> None:
    graph = contact_graph(2, np.array([0.0]), np.array([1], dtype=np.uint8), np.array([3.0]), np.array([4], dtype=np.int64))
    assert degrees(graph, AN, max_degree=1).since.tolist() == [0, 3]


def test_times_saturate_instead_of_overflowing() -> None:
    graph = contact_graph(3, [0, 1], [1, 2], [LATEST - 5, EARLIEST], [LATEST, LATEST])
    result = degrees(graph, Seeds.sources([0], [LATEST - 1]), max_degree=2, latent_minutes=LATEST)
    assert (result.degree.tolist(), result.since.tolist()) == ([0, 1, 2], [LATEST - 1, LATEST, LATEST])


def test_read_only_and_strided_arrays_are_taken_and_left_as_they_are() -> None:
    table = np.array([[0, 1, 2, 3], [1, 2, 4, 5]], dtype=np.int32)
    table.flags.writeable = False
    graph = contact_graph(3, *table.T)
    assert degrees(graph, AN, max_degree=2).degree.tolist() == [0, 1, 2]
    assert table.tolist() == [[0, 1, 2, 3], [1, 2, 4, 5]]


def test_the_engine_runs_without_its_compiler() -> None:
    script = (
        "import sys; from epiengine.tracing import Seeds, contact_graph, degrees\n"
        "print(degrees(contact_graph(2, [0], [1], [0], [1]), Seeds.sources([0], [0]), max_degree=1).degree, 'numba' in sys.modules)"
    )
    environment = {**os.environ, "EPIENGINE_NO_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.split("\n")[0] == "[0 1] False"
