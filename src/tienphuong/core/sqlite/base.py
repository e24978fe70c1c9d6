"""Django's SQLite, whose connections say that they wait to write, on a file that only its owner opens.

SQLite keeps no queue: who finds the writer's place taken looks again every tenth of a second, and may find it taken each time by one long
work that writes part after part. A lock shared by all who wait tells that work to stand back until they have had their turn.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import Any, Final

from django.db.backends.sqlite3 import base

from tienphuong.core.durable import keep_private, made_private

_LOOK: Final = 0.002
"""Seconds between two looks whether anybody still waits."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the post's SQLite."""

    _mark: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's; the files that SQLite lays beside the database take its mode."""
        if not self.is_in_memory_db():
            name = str(self.settings_dict["NAME"])
            made_private(Path(name))
            keep_private(Path(f"{name}-wal"))
            keep_private(Path(f"{name}-shm"))
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        """BEGIN IMMEDIATE, as the settings say; while it waits the mark is held."""
        mark = self._open_mark()
        if mark is None:
            return super()._start_transaction_under_autocommit()
        fcntl.flock(mark, fcntl.LOCK_SH)
        try:
            super()._start_transaction_under_autocommit()
        finally:
            fcntl.flock(mark, fcntl.LOCK_UN)

    def let_others(self, patience: float) -> None:
        """Return when nobody waits to write, or after so many seconds."""
        mark, until = self._open_mark(), time.monotonic() + patience
        while mark is not None:
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return
                time.sleep(_LOOK)
            else:
                fcntl.flock(mark, fcntl.LOCK_UN)
                return

    def _open_mark(self) -> int | None:
        """The file of the mark, beside the database; None for one in memory."""
        if self._mark is None and not self.is_in_memory_db():
            path = Path(f"{self.settings_dict['NAME']}-waiting")
            self._mark = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._mark

    def _close(self) -> Any:
        if self._mark is not None:
            os.close(self._mark)
            self._mark = None
        return super()._close()
