"""Who looks is asked first: by every query, at every address, in every act."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.house import code, complain, functions, parsed, public_functions

from tienphuong.core.access.terms import Permission
from tienphuong.web.permissions import OTHER_DOORS, ROWS, Gate

QUERIES = [path for path in code("src") if path.stem == "queries" or path.parent.name == "queries"]
PROCEDURES = [path for path in code("src") if path.parent.name == "procedures" and path.stem != "__init__"]


def _first_parameter(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    places = [*function.args.posonlyargs, *function.args.args]
    return places[0].arg if places else None


def test_there_are_queries_and_procedures_to_look_at():
    assert QUERIES
    assert len(PROCEDURES) > 5


def test_every_query_is_told_first_who_looks():
    complain([f"{path}:{f.lineno} {f.name}" for path in QUERIES for f in public_functions(path) if _first_parameter(f) != "viewer"])


def _acts(path: Path) -> list[str]:
    """The public functions that an officer is named to."""
    return [function.name for function in public_functions(path) if any(a.arg == "actor" for a in function.args.kwonlyargs)]


def _records(path: Path) -> bool:
    """Whether the file writes an entry itself, or acts through another procedure, which does."""
    itself = any(isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record" for node in ast.walk(parsed(path)))
    imported = (node.module or "" for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom))
    return itself or any(module.startswith("tienphuong.procedures.") for module in imported)


def test_every_file_of_acts_writes_to_the_audit():
    complain(f"{path} {_acts(path)}" for path in PROCEDURES if _acts(path) and not _records(path))


def test_an_act_is_told_its_officer_and_its_moment_by_name():
    loose = [
        f"{path}:{function.lineno} {function.name}({argument.arg})"
        for path in PROCEDURES
        for function in functions(path)
        for argument in (*function.args.posonlyargs, *function.args.args)
        if argument.arg in ("at", "actor", "policy")
    ]
    complain(loose)


def _addresses(patterns, *, namespace: str = "", route: str = ""):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, namespace=namespace or pattern.namespace or "", route=here)
        elif isinstance(pattern, URLPattern):
            yield namespace, pattern.name, here


ADDRESSES = [(name, route) for namespace, name, route in _addresses(get_resolver().url_patterns) if namespace not in OTHER_DOORS]


def test_every_address_has_its_row_in_the_permission_matrix():
    assert ADDRESSES
    complain([f"/{route} is called {name!r}" for name, route in ADDRESSES if name not in ROWS])


def test_every_row_of_the_matrix_is_an_address():
    complain(sorted(set(ROWS) - {name for name, _ in ADDRESSES}))


def test_only_signing_in_and_being_alive_are_open_to_strangers():
    open_to_all = {name for name, gate in ROWS.items() if gate is Gate.OPEN}
    assert open_to_all == {"health", "language", "live", "metrics", "ready", "sign_in", "sign_in_factor"}


# The description of the door and its bare root tell how to ask, and nothing about anybody.
DESCRIPTIONS = {"openapi-json", "api-root"}
EXAMPLES = {"uuid": "0190a1b2-0000-7000-8000-000000000000", "uuidstr": "0190a1b2-0000-7000-8000-000000000000", "int": "1"}
MACHINE_ADDRESSES = [
    "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: EXAMPLES.get(part[1] or "", "x"), route)
    for namespace, name, route in _addresses(get_resolver().url_patterns)
    if namespace in OTHER_DOORS and name not in DESCRIPTIONS
]


@pytest.mark.django_db
def test_no_address_for_machines_answers_a_stranger(client):
    assert MACHINE_ADDRESSES
    answers = [(method, address, client.generic(method, address)) for address in MACHINE_ADDRESSES for method in ("GET", "POST")]
    complain(f"{method} {address}: {answer.status_code}" for method, address, answer in answers if answer.status_code not in (401, 405))
    assert any(answer.status_code == 401 for _, _, answer in answers)


def test_every_permission_is_granted_to_somebody():
    from tienphuong.core.access.rules import GRANTS

    assert set(Permission) - frozenset().union(*GRANTS.values()) == set()
