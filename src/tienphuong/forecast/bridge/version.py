"""Which engine this is: the version of the program, and a mark of the engine's own source, which changes with every line of it."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import epiengine

MARK = 12


@cache
def engine_version() -> str:
    """'0.1.0+9f3c61d2a07b'."""
    root = Path(epiengine.__file__).parent
    mark = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        mark.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('tienphuong')}+{mark.hexdigest()[:MARK]}"
