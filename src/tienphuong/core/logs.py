"""What a post writes down of its own work: plain lines for a terminal, or JSON for a machine. Neither holds anything of a person.

Addresses hold numbers of records, faults hold the values of the statement that failed: the JSON has the name of the address and the kind and
place of the fault instead. No line names an officer; who did what stands in the audit.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, Final

_ACCESS: Final = logging.getLogger("tienphuong.access")


def access(*, method: str, route: str, status: int, ms: int) -> None:
    """One answered request: the name of its address, never the address itself."""
    _ACCESS.info("answered", extra={"fields": {"method": method, "route": route, "status": status, "ms": ms}})


class PlainFaults(logging.Filter):
    """A database away or a full disk is one line a request, not a trace of the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line stays; that of such a fault loses its trace."""
        from tienphuong.core.plain import plain  # here: the processes that only start others need no Django

        if record.exc_info and record.exc_info[1] is not None and plain(record.exc_info[1]) is not None:
            record.exc_info, record.exc_text = None, None
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how grave, from where, what; of a fault its kind and the lines it went through."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Our own lines are written without values of records; those of others are told by their template alone.
            "event": record.getMessage() if record.name.startswith("tienphuong.") else str(record.msg),
        }
        fields |= getattr(record, "fields", {})
        if isinstance(status := getattr(record, "status_code", None), int):
            fields["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            fields |= {"fault": record.exc_info[0].__name__, "where": _where(record.exc_info[2])}
        return json.dumps(fields, ensure_ascii=False, default=str)


def _where(trace: Any) -> list[str]:
    """The places a fault went through, innermost last; no values and no lines of code."""
    return [f"{frame.filename.rpartition('/src/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-12:]
