"""Ghi nhận danh sách cách ly: a site's or a commune's register of who is quarantined."""

from collections.abc import Sequence
from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.quarantine.entries import StayEntry
from tienphuong.quarantine.services.stays import RecordedStay, record_stays
from tienphuong.registry.models import Person
from tienphuong.tracing.services.contacts import note_isolation
from tienphuong.tracing.services.inputs import day_start


def register_stays(person_entries: Sequence[tuple[Person, StayEntry]], *, actor: Viewer, at: datetime, policy: Pack) -> list[RecordedStay]:
    """Write stays down; who is quarantined passes nothing on from then, which tracing is told.

    1 quarantine: stays and their states
    2 tracing: from when on each was isolated; a list of contacts says so by itself, as quarantine under one roof isolates nobody
    3 audit
    """
    if not person_entries:
        return []
    stamp = Provenance(at, actor.user_id, policy.version)
    with in_turn():
        recorded = record_stays(person_entries, stamp=stamp)
        started = (
            (person, day_start(entry.started_on), entry.source_row)
            for person, entry in person_entries
            if entry.started_on and not entry.beside
        )
        note_isolation(started, disease=person_entries[0][1].disease, stamp=stamp)
        news = sum(item.new or item.changed for item in recorded)
        if news:
            audit.record("stays.recorded", actor=actor, at=at, facts={"reported": len(recorded), "news": news}, policy=policy.version)
    return recorded
