"""The application as a web server calls it."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
_pages = get_wsgi_application()

from django.core.handlers.wsgi import WSGIRequest  # noqa: E402  models can be imported only now
from django.db import DatabaseError, connection  # noqa: E402

from tienphuong.core.alone import end_with_parent  # noqa: E402
from tienphuong.core.keys import settle  # noqa: E402
from tienphuong.core.plain import AWAY, plain  # noqa: E402
from tienphuong.core.versions import refuse_newer  # noqa: E402
from tienphuong.web.faults import unavailable  # noqa: E402


def _settled() -> bool:
    """Whether the database answers; raises where it is not one that this program and this key may work with."""
    try:
        refuse_newer()
        settle()
    except DatabaseError as fault:
        if plain(fault) is None:
            raise
        connection.close()
        return False
    return True


class Post:
    """The pages, once the key and the version are known to be those of the database: one that is away at the start is asked again."""

    def __init__(self) -> None:
        self._ready = _settled()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._ready = self._ready or _settled()
        if self._ready:
            return _pages(environ, start_response)
        answer = unavailable(WSGIRequest(environ), AWAY)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]


end_with_parent()  # of a server that is killed no worker goes on holding the port
application = Post()
