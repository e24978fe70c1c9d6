"""Nobody reads of a person what their role and area do not allow: every address of the post, as every role at every seat."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tienphuong.core.access.terms import Role
from tienphuong.core.models import AuditEntry
from tienphuong.core.text.fold import fold

from . import addresses, known
from .conftest import OFFICERS
from .reading import text_of

PERSONS = {Role.COMMANDER, Role.EPIDEMIOLOGIST, Role.HEALTH_STATION, Role.AREA_POLICE, Role.COVID_TEAM}
PAPERS = {Role.EPIDEMIOLOGIST, Role.HEALTH_STATION, Role.AREA_POLICE}
DIAGNOSES = {Role.COMMANDER, Role.EPIDEMIOLOGIST, Role.HEALTH_STATION}
pytestmark = pytest.mark.django_db
_OWN = re.compile(r'[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[a-z0-9]{64}\b|data-left="\d+"')
COSTLY = (
    "report_file",
    "report_freeze",
    "intake_withdraw",
    "post /api/v1/files/{file_id}/apply",
    "get /api/v1/files/{file_id}/withdrawal",
    "get /api/v1/reports/{report}.{kind}",
)
"""What takes long to answer, and says the same to everybody who may ask: looked through once a seat."""


def _secrets(one):
    """By what a person may be known, each with the kind of it."""
    yield "name", fold(one.name)
    yield "phone", one.phone
    yield "address", fold(one.address)
    yield "paper", one.paper
    yield "number", fold(one.number)


def _may(role, where, one, kind):
    within = one.place in known.WITHIN[where]
    if kind == "paper":
        return role in PAPERS and within
    if kind == "number":
        quoted = bool(one.quoted & known.WITHIN[where])
        return role in DIAGNOSES and (within or quoted or where in one.also)
    return role in PERSONS and (within or where in one.also)


def _ask(client, one):
    """What is answered to one request; what it wrote is taken back."""
    with transaction.atomic():
        answer = client.get(one.url) if one.method == "GET" else client.post(one.url, one.body, follow=True)
        text = text_of(answer)
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    return answer.status_code, text


class Walk:
    """One officer's way over all addresses: what was read that may not be, and what tells that a record out of reach is there."""

    def __init__(self, world, role, where):
        self.world, self.where, self.client = world, where, _at(world, role, where)
        self.forbidden = [secret for one in world.people for kind, secret in _secrets(one) if not _may(role, where, one, kind)]
        self.found, self.of_none, self.compared = [], {}, set()

    def within(self, one):
        """Whether the record an address names is of the officer's reach: where it belongs, or handed there."""
        handed = (one.record == self.world.ids["referral_id"]["beyond"][0] or one.record == self.world.handed) and self.where == "elsewhere"
        return one.place in known.WITHIN[self.where] or one.place == self.where or handed

    def is_known(self, one):
        """Whether the answer says nothing new: none is given whatever the record, another of the place was asked for, or it is costly."""
        if one.place in ("", "nowhere"):
            return False
        if self.of_none[one.kind][0] in (403, 405) and one.kind in self.world.asked:
            return True  # the answer comes before the record is looked up
        self.world.asked.add(one.kind)
        if self.within(one):
            return (one.name, self.where) in self.world.costly
        stands_for = (*one.kind[:3], one.place)
        known_before = stands_for in self.compared
        self.compared.add(stands_for)
        return known_before

    def look(self, one):
        status, text = _ask(self.client, one)
        self.found += [(status, one.method, one.url)] if status >= 500 and one.name != "ready" else []
        self.found += [(secret, one.method, one.url) for secret in self.forbidden if secret in text and secret not in fold(one.url)]
        if one.name in COSTLY and status == 200:
            self.world.costly.add((one.name, self.where))
        plain = (status, _OWN.sub("x", text))
        if one.place == "nowhere":
            self.of_none[one.kind] = plain
        elif one.place and not self.within(one) and plain != self.of_none[one.kind]:
            self.found.append(
                ("differs from none", self.of_none[one.kind][0], status, one.method, one.url, _diff(self.of_none[one.kind][1], plain[1]))
            )


@pytest.mark.parametrize(("role", "where"), OFFICERS, ids=lambda word: str(word))
def test_nobody_reads_more_than_role_and_area_allow(world, role, where):
    walk = Walk(world, role, where)
    for one in [*addresses.pages(world.ids), *addresses.operations(world.ids)]:
        if not walk.is_known(one):
            walk.look(one)
    assert not walk.found, "\n" + "\n".join(map(str, walk.found))


def _diff(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[max(0, at - 40) : at + 60], b[max(0, at - 40) : at + 60]


def test_a_stranger_reads_nothing_but_the_sign_in(world):
    client = Client(raise_request_exception=False)
    everything = [secret for one in world.people for _, secret in _secrets(one)]
    asked = {
        (one.name, one.method): one for one in [*addresses.pages(world.ids), *addresses.operations(world.ids)] if one.place in ("", "here")
    }
    for one in asked.values():
        status, text = _ask(client, one)
        assert status in (200, 302, 401, 404, 405, 503) and not [secret for secret in everything if secret in text], one


def test_every_address_has_a_row_here_and_no_row_is_of_none():
    assert {name for name, _ in addresses.names()} == set(addresses.ASKED)


def _at(world, role, where):
    client = Client(raise_request_exception=False)
    client.force_login(world.officers[role, where])
    return client


@pytest.mark.parametrize("name", [name for name, asked in addresses.ASKED.items() if {"format": "csv"} in asked and name != "audit"])
def test_a_list_taken_away_is_in_the_audit_with_the_count_of_its_lines(world, name):
    from django.urls import reverse

    answer = _at(world, Role.EPIDEMIOLOGIST, "district").get(reverse(name), {"format": "csv"})
    lines = [line for line in answer.content.decode("utf-8-sig").splitlines()[4:] if line]
    entry = AuditEntry.objects.order_by("sequence").last()
    assert (entry.act, entry.facts["shown"]) == ("list.exported", len(lines))


@pytest.mark.parametrize("operation", ["cases", "contacts"])
def test_lines_given_to_a_machine_are_in_the_audit_with_their_count(world, operation):
    answer = _at(world, Role.EPIDEMIOLOGIST, "district").get(f"/api/v1/{operation}", {"text": "Quách", "limit": 2}).json()
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry.act == "list.exported" and entry.facts["shown"] == len(answer["lines"]) > 0
    assert (entry.facts["list"], entry.facts["total"]) == (operation, answer["total"]) and "Quách" not in str(entry.facts)


@pytest.mark.parametrize("address", ["/tiep-nhan/{}/tra-lai/", "/api/v1/files/{}/errors"])
def test_returned_sheets_ask_for_the_rights_of_what_they_hold_and_are_in_the_audit(world, address):
    file = world.ids["file_id"]["here"][0]
    for role in (Role.CLERK, Role.AREA_POLICE):  # the one may see no people, the other no diagnoses
        assert _at(world, role, "commune").get(address.format(file)).status_code == 403
    assert not AuditEntry.objects.filter(act="sheets.returned").exists()
    assert _at(world, Role.HEALTH_STATION, "commune").get(address.format(file)).status_code == 200
    entry = AuditEntry.objects.get(act="sheets.returned")
    assert (entry.subject_id, entry.facts) == (str(file), {"rows": 6})


@pytest.mark.parametrize(
    ("role", "kind", "found"),
    [
        (Role.HEALTH_STATION, "paper", True), (Role.COVID_TEAM, "paper", False), (Role.COMMANDER, "paper", False),
        (Role.HEALTH_STATION, "number", True), (Role.AREA_POLICE, "number", False), (Role.COVID_TEAM, "number", False),
        (Role.COVID_TEAM, "phone", True),
    ],
)  # fmt: skip
def test_a_number_finds_its_person_only_for_whoever_may_see_such_numbers_there(world, role, kind, found):
    for place, wanted in (("here", found), ("there", False), ("beyond", False)):
        one = known.of(world.people, place)[0]
        text = text_of(_at(world, role, "commune").get("/tim/", {"q": getattr(one, kind)}))
        assert (fold(one.name) in text) is wanted, (place, one)


def test_words_looked_for_are_kept_as_a_mark_that_the_same_words_have_again(world):
    one = world.people[0]
    client = _at(world, Role.HEALTH_STATION, "commune")
    for words in (one.name, one.name.upper(), one.phone):
        client.get("/tim/", {"q": words, "gi-do": one.name})
    *_, first, again, phone = AuditEntry.objects.order_by("sequence").values_list("facts__filters", flat=True)
    assert first == again != phone and set(first) == {"q"} and first["q"].startswith("#")
    pages = text_of(_at(world, Role.INSPECTOR, "commune").get("/nhat-ky/"))
    assert "tim nguoi" in pages and not [secret for _, secret in _secrets(one) if secret in pages]


def test_the_log_of_an_area_is_of_its_own_officers(world):
    for where in known.SEATS:
        _at(world, Role.HEALTH_STATION, where).get("/tim/", {"q": "Quách"})
    pages = {where: text_of(_at(world, Role.INSPECTOR, where).get("/nhat-ky/", {"act": "list.viewed"})) for where in known.SEATS}
    seen = {where: {other for other in known.SEATS if f"health_station {other}" in text} for where, text in pages.items()}
    assert seen == {"commune": {"commune"}, "district": {"commune", "district"}, "elsewhere": {"elsewhere"}}
