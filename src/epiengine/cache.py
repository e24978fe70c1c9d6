"""When a compiled kernel on disk is still the kernel: when neither its file nor any engine file it imports, directly or not, has changed.

Numba keeps a compiled kernel beside its source file and takes it again as long as that one file is unchanged. A kernel contains the
kernels it calls and the constants it reads, which stand in other files: after a change there numba would silently go on computing the
old answer. To be called or read they must be imported, so the stamp of a kernel is the hash of its file and of all engine files that
can be reached from it over imports, as they were when the process first asked. Editing `scan/` leaves the kernels of `simulate/` as they are; editing `rng.py` renews them all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).resolve().parent
_IMPORT: Final = re.compile(r"^\s*(?:from|import) +epiengine((?:\.\w+)*)(?: +import +(\([^)]*\)|[^\n]*))?", re.MULTILINE)


@cache
def stamp(source: Path) -> str:
    """The hash of an engine file and of every engine file that it needs."""
    visited: set[Path] = set()
    waiting = [source.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in visited:
            visited.add(path)
            waiting.extend(imported(path))
    hashed = hashlib.sha256()
    for path in sorted(visited):
        hashed.update(str(path.relative_to(_ROOT)).encode() + b"\0" + _digest(path))
    return hashed.hexdigest()


@cache
def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


@cache
def imported(path: Path) -> tuple[Path, ...]:
    """The engine files that an engine file imports from: the module named, or the `__init__` of a package for what it offers itself."""
    found: list[Path] = []
    for dotted, names in _IMPORT.findall(path.read_text(encoding="utf-8")):
        parts = dotted.split(".")[1:]
        for name in re.findall(r"(\w+)(?: +as +\w+)?", re.sub(r"#.*", "", names)) or [""]:
            module = _file_of([*parts, name]) if name else None
            found.append(module or _file_of(parts) or path)
    return tuple(found)


def _file_of(parts: list[str]) -> Path | None:
    base = _ROOT.joinpath(*parts)
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def use_stamps() -> None:
    """Make numba ask for our stamp wherever it would ask for that of the one file. Called once, before the first kernel is decorated."""
    from numba.core import caching

    for locator in (caching.UserProvidedCacheLocator, caching.InTreeCacheLocator, caching.UserWideCacheLocator):
        _stamped(locator)
    _read_what_can_be_read(caching.IndexDataCacheFile)


def _read_what_can_be_read(index: Any) -> None:
    """Take an index that names types of modules that are gone for no index: it was left by an earlier version in the same folder."""
    load: Callable[[Any], Any] = index._load_index

    def _load_index(self: Any) -> Any:
        try:
            return load(self)
        except (ImportError, AttributeError):
            return {}

    index._load_index = _load_index


def _stamped(locator: Any) -> None:
    of_file: Callable[[Any], Any] = locator.get_source_stamp

    def get_source_stamp(self: Any) -> Any:
        source = Path(self._py_file).resolve()
        return stamp(source) if source.is_relative_to(_ROOT) else of_file(self)

    locator.get_source_stamp = get_source_stamp
