"""What was kept for its time goes, from every table and every file; what was counted with it stays counted."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from tienphuong.cases.models import Case, Sample
from tienphuong.core import audit
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import system_viewer, viewer_of
from tienphuong.core.clock import local
from tienphuong.core.models import AuditEntry, Purge
from tienphuong.core.policy import pack, pack_at
from tienphuong.core.text.fold import fold
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services.personal_tables import PERSONAL_TABLES
from tienphuong.intake.services.purging import PurgeRefused, decide_purge, propose_purge, run_purge
from tienphuong.intake.services.receive import GONE, ContentGone, stored_bytes
from tienphuong.procedures.nightly_check import nightly_check
from tienphuong.quarantine.models import Stay
from tienphuong.registry.models import Area, Person
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.models import Snapshot

from . import known

pytestmark = pytest.mark.django_db
AFTER_A_YEAR, AFTER_SIX = datetime(2022, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC)
# Texts of these tables that tell of nobody: official words, areas, numbers of acts, names of places many people were at.
TELL_OF_NOBODY = frozenset({
    "area_path", "alias_key", "aspect", "policy", "disease", "classification", "evidence", "outcome", "severity", "sense",
    "detection_setting", "source_status", "kind", "round", "target_group", "method", "result", "state", "form", "ground",
    "day0_basis", "cause", "steps", "setting", "found_how", "from_path", "to_path", "answered_by", "verdict", "remarked",
    "given_by", "moved", "answer", "act_id", "recorded_by", "by", "undone_by", "decided_by", "uid", "id",
})  # fmt: skip


@pytest.fixture
def commander(world):
    return viewer_of(world.officers[Role.COMMANDER, "district"], on=local(known.AT).date())


@pytest.fixture
def district(world):
    return Area.objects.get(code="020", code_system="gso-2019")


def _purged(district, commander, at):
    found = propose_purge(district, actor=commander, at=at, policy=pack_at(local(at).date()))
    decide_purge(found, accept=True, actor=commander, at=at, reason="hết thời hạn")
    return run_purge(found, actor=commander, at=at)


def _counts(district):
    rules = pack("vn-2021-07-30")
    moments = (known.AT, known.AT + timedelta(days=3))
    found = []
    for at in moments:
        cutoff = cutoff_of(at, policy=rules.disease(known.DISEASE))
        values = figures(system_viewer(), area=district, disease=known.DISEASE, cutoff=cutoff, policy=rules).values
        found += [(at, key, number) for key, number in values.items()]
    return {*found, *Snapshot.objects.values_list("content_hash", flat=True)}


def _everything():
    """Every cell of every table as somebody with the key reads it, every kept file, every entry that waits."""
    for model in apps.get_models():
        for row in (getattr(model, "everything", None) or model._default_manager).values_list():
            yield fold(" ".join(map(str, row)))
    for file in IntakeFile.objects.exclude(stored_as=""):
        yield fold(stored_bytes(file).decode())
    for path in [*settings.MEDIA_ROOT.rglob("*"), *(settings.VAR / "audit").rglob("*.jsonl")]:
        yield fold(path.read_bytes().decode(errors="replace")) if path.is_file() else ""


def _found(people):
    secrets = {fold(text) for one in people for text in (one.name, one.phone, one.address, one.paper)}
    secrets |= {fold(one.number) for one in people if "beyond" not in one.quoted}  # a list of another post's own area may say it
    cells = list(_everything())
    return {secret for secret in secrets if any(secret in cell for cell in cells)}


def _lie_open(people):
    """Names and numbers in the bytes of the database itself, with what lies in its free pages."""
    if connection.vendor != "sqlite":
        return set()
    content = connection.connection.serialize()
    return {text for one in people for text in (one.name, one.phone, one.address, one.paper) if text.encode() in content}


def test_what_was_kept_for_its_time_goes_and_what_was_counted_stays_counted(world, district, commander, django_capture_on_commit_callbacks):
    within = [one for one in world.people if one.place in known.WITHIN["district"]]
    ill = [one for one in within if Case.everything.filter(person=one.record).exists()]
    others, beyond = [one for one in within if one not in ill], [one for one in world.people if one.place == "beyond"]
    before, chain = _counts(district), audit.entries()
    with django_capture_on_commit_callbacks(execute=True):
        done = _purged(district, commander, AFTER_A_YEAR)
    assert done.done["person"] == len(others) - 2 and done.done["case"] == 0, "two were merged with another"
    assert _found(others) == set() == _lie_open(others)
    assert {fold(one.name) for one in ill + beyond} <= _found(ill + beyond)
    assert _counts(district) ^ before == set() and not list(audit.faults()) and audit.entries() == chain + 3
    with django_capture_on_commit_callbacks(execute=True):
        _purged(district, commander, AFTER_SIX)
    assert _found(within) == set() == _lie_open(within)
    assert _counts(district) ^ before == set()
    assert {fold(one.name) for one in beyond} <= _found(beyond)


def test_nobody_who_was_recorded_since_is_due(world, district, commander):
    one = known.of(world.people, "here")[5]
    Person.objects.filter(pk=one.record.pk).update(recorded_at=AFTER_A_YEAR - timedelta(days=3))
    _purged(district, commander, AFTER_A_YEAR)
    assert Person.objects.get(pk=one.record.pk).full_name == one.name


def test_the_report_of_a_purge_is_of_counts_and_a_second_run_finds_nothing(world, district, commander):
    done = _purged(district, commander, AFTER_A_YEAR)
    kept = Purge.objects.get(pk=done.pk)
    assert kept.state == "done" and kept.due["person"] == kept.done["person"] and kept.due["list"] == kept.done["list"] == 4
    assert kept.decided_by_name == commander.name and not [one.name for one in world.people if one.name in str(kept.__dict__)]
    again = propose_purge(district, actor=commander, at=AFTER_A_YEAR, policy=pack_at(local(AFTER_A_YEAR).date()))
    assert set(again.due.values()) == {0}
    acts = AuditEntry.objects.filter(subject_kind="purge").order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["purge.proposed", "purge.decided", "purge.done", "purge.proposed"]


def test_the_post_itself_decides_nothing_and_a_reason_is_asked(world, district, commander):
    found = propose_purge(district, actor=commander, at=AFTER_A_YEAR, policy=pack_at(local(AFTER_A_YEAR).date()))
    for actor, reason in ((system_viewer(), "hết hạn"), (commander, " ")):
        with pytest.raises(PurgeRefused):
            decide_purge(found, accept=True, actor=actor, at=AFTER_A_YEAR, reason=reason)
    assert run_purge(found, actor=commander, at=AFTER_A_YEAR).state == "proposed"
    decide_purge(found, accept=False, actor=commander, at=AFTER_A_YEAR, reason="đang có khiếu nại")
    with pytest.raises(PurgeRefused):
        decide_purge(found, accept=True, actor=commander, at=AFTER_A_YEAR, reason="hết hạn")


def test_a_list_that_is_gone_says_so_and_its_rows_still_count(world, district, commander):
    rows = IntakeRow.objects.filter(applied_at__isnull=False).count()
    _purged(district, commander, AFTER_A_YEAR)
    file = IntakeFile.objects.filter(name=GONE, state="applied").first()
    with pytest.raises(ContentGone):
        stored_bytes(file)
    assert IntakeRow.objects.filter(applied_at__isnull=False).count() == rows


def test_the_nightly_check_finds_nothing_wrong_after_a_purge(world, district, commander):
    night = {"actor": system_viewer(), "policy": pack("vn-2021-07-30")}
    nightly_check(at=known.AT + timedelta(days=1), **night)
    _purged(district, commander, AFTER_SIX)
    found = nightly_check(at=AFTER_SIX, **night)
    assert not any(asdict(found).values()), found


def test_every_table_that_leads_to_people_and_every_text_of_it_was_decided_about():
    tables = {table.model: table for table in PERSONAL_TABLES}
    ours = [model for model in apps.get_models() if model.__module__.startswith("tienphuong.")]
    leading = {model for model in ours for link in model._meta.fields if link.related_model in (Person, Case, Sample, Stay)}
    assert leading <= set(tables)
    open_ = [
        f"{model.__name__}.{column.name}"
        for model, table in tables.items()
        if not table.goes
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField | models.JSONField | models.BinaryField | models.UUIDField)
        and column.attname not in table.blank
        and column.name not in TELL_OF_NOBODY
    ]
    assert open_ == []
