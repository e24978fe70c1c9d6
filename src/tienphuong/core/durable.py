"""Files that outlive a power cut, and that nobody but their owner opens.

The file system keeps a file's content and its place in a folder apart: both have to be on the disk.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path


def settle(folder: Path) -> None:
    """Return when the disk has every name that stands in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def made(folder: Path) -> Path:
    """The folder, made where there is none with those above it: its owner's only, and its name on the disk."""
    if not folder.is_dir():
        made(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        settle(folder.parent)
    return folder


def made_private(file: Path) -> None:
    """Make the file where there is none, and take from everybody but its owner what they may do with it.

    A disk that may not be written is left to say so to who writes on it.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        keep_private(file)


def keep_private(path: Path) -> None:
    """Take from everybody but its owner what they may do with a file or a folder; one of another owner stays as it is."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            path.chmod(mode & 0o700)
