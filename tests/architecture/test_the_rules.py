"""Rules are asked: what a `rules` file offers has a caller in the application, so that no table is true of nothing."""

import ast

from tests.architecture.house import code, complain, parsed, public_functions


def _is_rules(path):
    return "rules" in path.parts or path.stem == "rules"


def _words(path):
    """Every name and attribute that a file uses, its own definitions left out."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_every_rule_has_a_caller():
    files = code("src")
    rules = [path for path in files if _is_rules(path) and path.parts[1] == "tienphuong"]
    used = {path: set(_words(path)) for path in files}
    unasked = [
        f"{path}: {function.name}"
        for path in rules
        for function in public_functions(path)
        if not any(function.name in used[file] for file in files)
    ]
    assert len(rules) > 8
    complain(unasked)
