"""Every official word is written in both languages; no name says nothing or says two things."""

import ast
import importlib
import re
from pathlib import Path

from tests.architecture.house import APPLICATION, SOURCE, code, complain, parsed, read

from tienphuong.core.choices import LabelledChoice

for _file in APPLICATION.rglob("*.py"):
    if _file.stem == "terms":
        importlib.import_module(".".join(_file.relative_to(SOURCE).with_suffix("").parts))


def _lists(word: type[LabelledChoice]) -> list[type[LabelledChoice]]:
    return [found for child in word.__subclasses__() for found in (child, *_lists(child))]


WORDS = [(f"{words.__module__}.{words.__name__}.{member.name}", member) for words in _lists(LabelledChoice) for member in words]


def test_there_are_words_to_look_at():
    assert len(WORDS) > 100


def test_a_word_has_its_vietnamese_and_its_english_label():
    complain([name for name, member in WORDS if not (member.label.strip() and member.label_en.strip())])


def test_a_stored_word_is_plain():
    complain([f"{name} = {member.value}" for name, member in WORDS if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+./-]*", member.value)])


# Names that mean something else already, or nothing at all.
BANNED = {"utils", "util", "helpers", "helper", "manager", "handler", "testing", "command", "field", "TestResult"}


def _named(tree: ast.Module):
    """Every name that a file itself gives: modules aside, functions, classes, parameters and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_name_is_one_of_the_banned_ones():
    files = code("src", "tests", "bench")
    places = [f"{path}:{line} {name}" for path in files for line, name in _named(parsed(path)) if name.strip("_") in BANNED]
    complain(places + [str(path) for path in files if BANNED & set(path.with_suffix("").parts)])


def _imported(path: Path) -> set[str]:
    modules = {alias.name for node in ast.walk(parsed(path)) if isinstance(node, ast.Import) for alias in node.names}
    return modules | {node.module or "" for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)}


def test_tests_use_the_real_thing():
    mocking = {"mock", "unittest.mock", "pytest_mock"}
    complain([str(path) for path in code("tests") if mocking & _imported(path)])


def _found(dotted: str) -> bool:
    """Whether `package.module.Name.MEMBER` is there, below the application; the engine's names say that they are its."""
    parts = dotted.split(".")
    if parts[0] != "epiengine":
        parts = ["tienphuong", *parts]
    for length in range(len(parts), 0, -1):
        try:
            place = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            place = getattr(place, name, None)
        return place is not None
    return False


def test_every_word_of_the_glossary_is_where_it_says():
    named = re.findall(r"\| `([\w.]+)` \|$", read(Path("GLOSSARY.md")), flags=re.MULTILINE)
    assert len(named) > 40
    complain(name for name in named if not _found(name))
