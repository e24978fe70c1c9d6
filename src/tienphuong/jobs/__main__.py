"""`python -m tienphuong.jobs supervise HOST PORT THREADS`, `… worker QUEUE [once]`, `… clockwork`: the processes of a post."""

import logging
import os
import sys
from collections.abc import Sequence

from tienphuong.core.logs import JsonLines
from tienphuong.jobs.supervision import Service, supervise

BEHIND = 10
"""How far forecasts stand behind everything else."""


def main(words: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    _log_as_the_post_does()
    if words[0] == "supervise":
        return supervise(services(*words[1:4]), environment=os.environ)
    import django  # here: the supervision itself needs none of it

    django.setup()
    if words[0] == "worker":
        from tienphuong.jobs.worker import work

        work(words[1], once="once" in words[2:])
    else:
        from tienphuong.jobs.clockwork import run

        run()
    return 0


def _log_as_the_post_does() -> None:
    """Plain lines, or the JSON of the setting."""
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
    if os.environ.get("TIENPHUONG_LOG") == "json":
        logging.getLogger().handlers[0].setFormatter(JsonLines())


def services(host: str, port: str, threads: str) -> list[Service]:
    """What a post runs: the page, the worker of lists, the worker of forecasts, and the clockwork."""
    page = ("granian", "--interface", "wsgi", "--host", host, "--port", port, "--workers", "1", "--blocking-threads", threads)
    quiet = ("--log-level", "warning", "--no-ws", "tienphuong.config.wsgi:application")
    worker = ("tienphuong.jobs", "worker")
    return [
        Service("page", (*page, *quiet)),
        Service("lists", (*worker, "default")),
        Service("forecasts", (*worker, "forecasts", "once"), niceness=BEHIND),
        Service("clockwork", ("tienphuong.jobs", "clockwork")),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
