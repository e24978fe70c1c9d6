"""Our own layouts: the forms of communes, districts and systems, each column with its truth."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LAYOUTS = Path(__file__).parent / "layouts"


def own_layouts(names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """All of them, or those named."""
    wanted = set(names)
    every = [layout for path in sorted(LAYOUTS.glob("*.toml")) for layout in tomllib.loads(path.read_text("utf-8"))["layout"]]
    return [layout for layout in every if not wanted or layout["name"] in wanted]
