"""Rows as intake reads them, by few words: row("Nguyễn Văn Hùng", 1985, phone="0912345678")."""

from datetime import date

import pytest

from tienphuong.core.text.fold import fold
from tienphuong.registry.entries import AddressEntry, IdentifierEntry, PersonEntry, PhoneEntry
from tienphuong.registry.matching.reading import profile_of
from tienphuong.registry.models import Person
from tienphuong.registry.rules.identifiers import read_identity
from tienphuong.registry.services.people import enrol


@pytest.fixture
def row(areas):
    """Make a row of somebody in Liên Ninh (or of the commune given by its code)."""

    def make(name="", birth=None, *, sex="", phone="", paper="", hamlet="", commune="00682", household="", aliases=()):
        area = areas[commune] if commune else None
        paper = read_identity(paper)
        return PersonEntry(
            full_name=name,
            sex=sex,
            birth_year=birth.year if isinstance(birth, date) else birth,
            birth_date=birth if isinstance(birth, date) else None,
            birth_precision="day" if isinstance(birth, date) else "year" if birth else "",
            identifiers=(IdentifierEntry(paper.kind, paper.value),) if paper.value else (),
            phones=(PhoneEntry(phone),) if phone else (),
            addresses=(AddressEntry(raw=hamlet, hamlet=hamlet, area_id=area.id, area_path=area.path),) if hamlet and area else (),
            area_id=area.id if area else None,
            area_path=area.path if area else "",
            household_code=household,
            aliases=aliases,
        )

    return make


@pytest.fixture
def known(at):
    """Write rows down as people the post knows."""
    return lambda *entries: enrol(entries, at=at, by=None)


@pytest.fixture
def named(db):
    """The people of one name, written any way."""
    return lambda name: Person.objects.filter(name_key=fold(name))


@pytest.fixture
def profile(row):
    return lambda *args, **more: profile_of(row(*args, **more))
