"""The house as the files tell it: what is committed, what is code, who stands on which floor."""

import ast
import configparser
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
APPLICATION = SOURCE / "tienphuong"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is committed or is about to be, relative to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = sorted({Path(name) for name in listed.stdout.split("\0") if name})
    return tuple(path for path in paths if (ROOT / path).is_file())


def code(*roots: str) -> tuple[Path, ...]:
    """The committed Python files below these folders."""
    return tuple(path for path in committed() if path.suffix == ".py" and path.parts[0] in roots and "migrations" not in path.parts)


@cache
def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(read(path), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that other files may call."""
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


@cache
def floors() -> tuple[frozenset[str], ...]:
    """The floors of the import contract, top first; each a set of packages that stand beside one another."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contract["importlinter:contract:house"]["layers"].split("\n")
    return tuple(frozenset(name.strip() for name in layer.split("|")) for layer in layers if layer.strip())


def floor_of(package: str) -> int:
    """How high a package of the application stands; the ground is 0."""
    for height, packages in enumerate(reversed(floors())):
        if package in packages:
            return height
    raise KeyError(f"{package} has no floor in .importlinter")


def packages() -> set[str]:
    """The packages that are in the tree."""
    return {path.parent.name for path in APPLICATION.glob("*/__init__.py")}


def complain(places: Iterable[object]) -> None:
    """Fail with every place named, not with the first of them."""
    found = [str(place) for place in places]
    assert not found, "\n" + "\n".join(found)
