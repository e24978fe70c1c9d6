"""Looking at a page waits for no writer, and what was looked at is never lost: it waits on disk and is linked into the chain once."""

import os
import shutil
import threading
import time

import pytest
from django.db import connection, transaction
from tests.at_once import base_of_many

from tienphuong.core import audit, audit_queue
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import AuditEntry
from tienphuong.core.turns import in_turn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, transactional_db):
    """A post's own folder, with a base that several connections open."""
    settings.VAR = tmp_path
    with base_of_many(tmp_path):
        yield tmp_path / "audit"


@pytest.fixture
def writer():
    """Somebody who writes until told to end."""
    started, end = threading.Event(), threading.Event()

    def write():
        try:
            with in_turn():
                started.set()
                end.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert started.wait(60)

    def ends():
        end.set()
        thread.join()

    yield ends
    ends()


def look(at, number=0):
    audit.note("list.viewed", actor=system_viewer(), at=at, facts={"shown": number})


def files(folder):
    return list(folder.rglob("*.jsonl"))


def shown():
    return [entry.facts["shown"] for entry in AuditEntry.objects.filter(act="list.viewed").order_by("sequence")]


def test_nobody_waits_where_nobody_writes(at, folder):
    look(at)
    assert shown() == [0] and not files(folder)


def test_a_page_does_not_wait_for_a_writer_and_its_entry_comes_with_the_next(writer, at, folder):
    before = time.monotonic()
    look(at, 1)
    look(at, 2)
    assert time.monotonic() - before < 20  # a writer is waited for thirty seconds, and for ever on PostgreSQL
    assert not AuditEntry.objects.filter(act="list.viewed").exists() and len(files(folder)) == 1
    assert {path.stat().st_mode & 0o777 for path in files(folder)} == {0o600}
    writer()
    audit.record("any.act", actor=system_viewer(), at=at)
    assert shown() == [1, 2] and not files(folder)
    assert AuditEntry.objects.order_by("-sequence").first().act == "any.act" and not list(audit.faults())


def test_an_act_that_is_taken_back_leaves_the_queue_as_it_was(writer, at, folder):
    look(at, 1)
    writer()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.settle()
        raise ZeroDivisionError
    assert shown() == [] and files(folder)
    assert audit.settle() == 1 and shown() == [1] and not files(folder)


def test_a_process_that_ends_before_the_queue_is_emptied_links_nothing_twice(writer, at, folder):
    look(at, 1)
    writer()
    [waiting] = files(folder)
    left = waiting.read_bytes()
    shutil.copy(waiting, waiting.with_name("taken-0.jsonl"))
    assert audit.settle() == 1
    waiting.write_bytes(left)  # as if its end had come between the commit and the removal
    assert audit.settle() == 0 and shown() == [1] and not list(audit.faults())


def test_many_at_once_lose_nothing(at, folder):
    """Officers look while somebody writes and while the queue is taken."""

    def officer(number):
        try:
            for turn in range(5):
                look(at, number * 10 + turn)
        finally:
            connection.close()

    threads = [threading.Thread(target=officer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        audit.settle()
    audit.settle()
    assert sorted(shown()) == [number * 10 + turn for number in range(6) for turn in range(5)]
    assert not files(folder) and not list(audit.faults())


def test_an_entry_has_reached_the_disk_when_the_page_is_shown(writer, at, monkeypatch):
    order = []
    settled = os.fsync
    monkeypatch.setattr(audit_queue.os, "fsync", lambda number: (order.append("fsync"), settled(number)))
    look(at)
    assert len(order) == 4, "two folders and the name of the file, then the entry itself"
    look(at)
    assert len(order) == 5
