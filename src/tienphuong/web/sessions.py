"""The engine of sessions (settings.SESSION_ENGINE): a row of its own kind for each browser, with two limits; see core/access/sessions.py."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from tienphuong.core import clock
from tienphuong.core.access import sessions
from tienphuong.core.ids import uuid7
from tienphuong.core.turns import at_once

NOTED_EVERY = 60
"""Seconds: when a session was used is kept to the minute, which spares the base a write per page."""


class SessionStore(DatabaseStore):
    """Sessions whose rows say whose they are, and whose keys are kept as hashes."""

    row: sessions.Stored | None = None

    @classmethod
    def get_model_class(cls) -> type[sessions.Stored]:
        return sessions.Stored

    def _get_session_from_db(self) -> sessions.Stored | None:
        kept = sessions.hash_of_key(self.session_key or "")
        self.row = self.model.objects.filter(session_key=kept, expire_date__gt=clock.machine_now()).first()
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key: str) -> bool:
        return super().exists(sessions.hash_of_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=sessions.hash_of_key(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> sessions.Stored:
        """The row of what the session holds; saving it is using it."""
        now = clock.machine_now()
        data.setdefault("number", str(uuid7()))
        data.setdefault("since", now.timestamp())
        since = _moment(data["since"])
        return self.model(
            session_key=sessions.hash_of_key(self._get_or_create_session_key()),
            session_data=self.encode(data),
            expire_date=min(sessions.ends_at(since=since, seen_at=now), _moment(data.get("until", 4e9))),
            number=UUID(data["number"]),
            user_id=data.get("_auth_user_id"),
            since=since,
            seen_at=now,
            device=data.get("device", ""),
            address=data.get("address", ""),
        )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def number_of(request: HttpRequest) -> UUID | None:
    """The number of the session that a request comes in."""
    number = request.session.get("number")
    return UUID(number) if number else None


def note_use(request: HttpRequest) -> None:
    """Keep the session from its idle limit. A page does not wait for whoever is writing: the next one notes it."""
    row, now = getattr(request.session, "row", None), clock.machine_now()
    if row is not None and (now - row.seen_at).total_seconds() >= NOTED_EVERY:
        at_once(partial(sessions.mark_used, row.number, since=row.since, now=now))


def seconds_left(request: HttpRequest) -> int:
    """How long the session lasts if nobody touches it."""
    row = getattr(request.session, "row", None)
    return max(0, int((row.expire_date - clock.machine_now()).total_seconds())) if row else 0


def use_now(request: HttpRequest) -> None:
    """The officer says that they are there."""
    row, now = getattr(request.session, "row", None), clock.machine_now()
    if row is not None:
        sessions.mark_used(row.number, since=row.since, now=now)
        row.expire_date = sessions.ends_at(since=row.since, seen_at=now)
