"""Names that outlive a power cut: the file system keeps a file's content and its place in a folder apart."""

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Return when the disk has every name that stands in a folder."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def made(folder: Path) -> Path:
    """The folder, made where there is none with those above it: its owner's only, and its name on the disk."""
    if not folder.is_dir():
        made(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        settle(folder.parent)
    return folder
