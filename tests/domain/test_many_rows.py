"""Many rows written, and many values asked for, at once."""

import gc
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from tienphuong.core import collector
from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import insert, write
from tienphuong.core.planner import LEAST, _known
from tienphuong.registry.models import Person, Phone

NOW = datetime(2021, 8, 24, 9, tzinfo=UTC)


def _people(count: int) -> list[Person]:
    return insert(Person(full_name=f"Nguyễn Văn {number}", name_key=f"nguyễn “{number}”", recorded_at=NOW) for number in range(count))


@pytest.mark.django_db
def test_numbers_texts_and_ids_are_found_among_many() -> None:
    people = _people(3)
    wanted = people[:2]
    assert set(Person.objects.filter(pk__in=AnyOf(person.pk for person in wanted))) == set(wanted)
    assert set(Person.objects.filter(name_key__in=AnyOf([person.name_key for person in wanted]))) == set(wanted)
    assert set(Person.objects.filter(uid__in=AnyOf({people[2].uid, uuid4()}))) == {people[2]}


@pytest.mark.django_db
def test_nobody_is_among_none_and_a_change_to_none_changes_nothing() -> None:
    _people(1)
    assert not Person.objects.filter(identity_id__in=AnyOf([])).exists()
    assert Person.objects.filter(pk__in=AnyOf([])).update(sex="F") == 0


@pytest.mark.django_db
def test_what_a_row_does_not_tell_takes_the_default_and_what_all_share_is_told_once() -> None:
    (person,) = _people(1)
    columns = ("person_id", "number")
    assert write(Phone, columns, [(person.pk, "0901"), (person.pk, "0902")], shared={"recorded_at": NOW}) == 2
    assert write(Phone, columns, [(person.pk, "0901")], shared={"recorded_at": NOW}, ignore_conflicts=True) == 1
    stored = Phone.objects.order_by("number").values_list("number", "original", "source_row", "recorded_at")
    assert list(stored) == [("0901", "", None, NOW), ("0902", "", None, NOW)]


@pytest.mark.django_db
def test_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="no column"):
        write(Phone, ("nubmer",), [("0901",)])


@pytest.mark.django_db
def test_the_planner_knows_the_rows_of_a_large_batch_before_its_transaction_ends() -> None:
    """On PostgreSQL 10,000 people of one file were read back with the plan of an empty table: hours instead of seconds."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL plans by statistics that are counted apart from the rows")
    _nobody_else_looks()
    before = _distinct_names()
    _people(LEAST - 1)
    assert _distinct_names() == before
    _people(max(LEAST, int(_known(Person._meta.db_table)) + 1))
    assert _distinct_names() != before


def _nobody_else_looks() -> None:
    """Keep the database's own count, which other tests' rows may call for at any moment, off the table until the test is undone."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Person._meta.db_table)} IN SHARE UPDATE EXCLUSIVE MODE")


def _distinct_names() -> list[tuple[float]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_distinct FROM pg_stats WHERE tablename = %s AND attname = 'full_name'", [Person._meta.db_table])
        return list(cursor.fetchall())


def test_the_collector_works_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="fault"), collector.gc_paused():
        assert not gc.isenabled()
        raise ValueError("fault")
    assert gc.isenabled()
