"""Whom links mean: a case by number, somebody by the code of a list, or by name; and who waits for whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tienphuong.core.any_of import AnyOf
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.contacts import LinkedContact
from tienphuong.intake.facts.facts import RowFacts
from tienphuong.intake.facts.links import Link, read_links
from tienphuong.intake.facts.row import Issue
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.models import IntakeFile, ListCode
from tienphuong.intake.services.bearers import Named, bearers_of, named
from tienphuong.intake.services.deciding import codes_of, nearest_numbered, people_numbered
from tienphuong.intake.terms import Severity
from tienphuong.procedures.link_people import Answered, link_people
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.models import PendingLink
from tienphuong.tracing.terms import OF_A_PATIENT

if TYPE_CHECKING:
    from tienphuong.intake.services.batches import ActContext

_WAITS = "“{link}” chưa có trong danh sách nào; mối liên quan chờ đến khi có."
_MEANT = "“{link}” có thể hiểu nhiều cách; chỉ có một ca hoặc một người ứng với ô này nên đã ghi theo người ấy."
_NOBODY = "Chưa biết “{link}” là ca nào hay người nào; mối liên quan chờ đến khi rõ."
_NO_BEARER = "Chưa có ca bệnh hay người tiếp xúc nào tên “{link}”; mối liên quan chờ đến khi có."
_COUNTED = "{reason} Đang tính là F{degree} theo lời khai của nơi gửi."
_UNCOUNTED = "{reason} Nơi gửi khai là F{degree}; chưa tính vào diện ấy."
_SEVERAL = "Có {number} người tên “{link}”, chưa rõ là ai; mối liên quan chờ đến khi rõ."
_CODE, _NAME = "~code:", "~name:"


class LinkResolver:
    """The links of one batch."""

    def __init__(self, file: IntakeFile, act: "ActContext") -> None:
        self.file = file
        self.act = act
        self.codes: dict[str, int] = {}
        self.cases: dict[str, int] = {}
        self.nearest: frozenset[str] = frozenset()
        self.names: dict[Named, list[int]] = {}

    def learn(self, people_rows: Iterable[tuple[Person | None, RowFacts]]) -> None:
        """Look up, in a few queries, everybody the rows' links name."""
        rows = [(person, facts) for person, facts in people_rows if facts.contacts]
        contacts = [contact for _, facts in rows for contact in facts.contacts if contact.link is not None]
        links = [contact.link for contact in contacts if contact.link is not None]
        keys = {key for link in links for key in (link.key, link.also) if key}
        self.codes = self._by_code(keys)
        # an event's row is about the case itself, so its bearer is looked up too
        self.cases = people_numbered(keys, disease=self.file.disease)
        self.cases |= (nearest := nearest_numbered(keys - self.cases.keys(), disease=self.file.disease, near=self.file.received_at))
        self.nearest = frozenset(nearest)
        beside = {person.identity_id or person.pk for person, _ in rows if person is not None}
        self.names = self._bearers({_named(contact) for contact in contacts if contact.link and contact.link.name}, beside=beside)

    def bearer(self, contact: LinkedContact) -> Person | None:
        """The person a link means, for a row that is about nobody else."""
        number = self._number(contact)
        return Person.objects.filter(pk=number).first() if number is not None else None

    def settled(self, contact: LinkedContact) -> ContactEntry:
        """The entry with the person it means, or with the key under which it waits for them."""
        link, entry = contact.link, contact.entry
        if entry.event is not None:
            # the case's own presence: without an other there is no contact, only the event
            return replace(entry, source_person=self._number(contact))
        if link is None:
            return entry
        if link.key and link.sure and not link.listed and link.key in self.cases and link.key not in self.nearest:
            return entry
        number = self._number(contact)
        if number is not None:
            return replace(entry, source_person=number)
        return replace(entry, alias_key=_waiting_key(contact)) if link.listed or link.name else entry

    def _number(self, contact: LinkedContact) -> int | None:
        link = contact.link
        if link is None:
            return None
        if link.name:
            return _only(self.names.get(_named(contact), []))
        bearers = {self._bearing(key, listed=link.listed) for key in (link.key, link.also) if key} - {None}
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _bearing(self, key: str, *, listed: bool) -> int | None:
        """The case of a number, else the listed person of a code."""
        return self.cases[key] if not listed and key in self.cases else self.codes.get(key)

    def remark(self, contact: LinkedContact) -> Issue | None:
        """What an officer is to see of a link: how words of two readings were understood, or that nobody here is meant by them."""
        link = contact.link
        if link is None or (link.sure and link.national):
            return None
        known = self._number(contact) is not None
        if not known and (link.name or link.listed) and link.sure:
            return self._waiting_remark(link, contact)
        if link.sure or (link.own and known and self._bearing(link.key, listed=False) is not None):
            return None if known else _issue(Severity.INFO, link, sentence(_WAITS, link=link.text))
        return (
            _issue(Severity.INFO, link, sentence(_MEANT, link=link.text))
            if known
            else _issue(Severity.WARNING, link, sentence(_NOBODY, link=link.text))
        )

    def _waiting_remark(self, link: Link, contact: LinkedContact) -> Issue:
        """That a link waits, why, and as what its person counts until then."""
        several, degree = self.names.get(_named(contact), []), contact.entry.reported_degree
        why = _SEVERAL if several else _NO_BEARER if link.name else _WAITS
        reason = sentence(why, link=link.text, number=len(several))
        counted = link.name and _named(contact).case
        reason = sentence(_COUNTED if counted else _UNCOUNTED, reason=reason, degree=degree) if degree else reason
        return _issue(Severity.WARNING if several or degree else Severity.INFO, link, reason)

    def answer(self, people: Iterable[Person]) -> set[int]:
        """Link what waited for the people of this batch, by the codes they were given or by their names."""
        batch = {person.pk: person for person in people}
        keys = {f"{_CODE}{key}"[:60] for key in self._codes_of(batch)}
        keys |= {_name_key(person.full_name, of) for person in batch.values() if person.full_name for of in (_NAME, OF_A_PATIENT)}
        waiting = self._waiting(keys)
        if not waiting:
            return set()
        codes = self._by_code({link.alias_key.removeprefix(_CODE) for link in waiting if link.alias_key.startswith(_CODE)})
        waited = {link.pk: _waited_for(link) for link in waiting if link.alias_key.startswith((_NAME, OF_A_PATIENT))}
        names = self._bearers(set(waited.values()))
        answered = []
        for link in waiting:
            by_name = _only(names[waited[link.pk]]) if link.pk in waited else None
            source = codes.get(link.alias_key.removeprefix(_CODE)) or by_name
            if source is not None:
                answered.append(Answered(link, source))
        return set(link_people(answered, actor=self.act.actor, at=self.act.at, policy=self.act.policy, later=True))

    def _bearers(self, wanted: set[Named], *, beside: Collection[int] = ()) -> dict[Named, list[int]]:
        return bearers_of(wanted, near=self.file.area_path[:12], disease=self.file.disease, beside=beside)

    def _waiting(self, keys: set[str]) -> list[PendingLink]:
        rows = PendingLink.objects.filter(alias_key__in=AnyOf(keys), disease=self.file.disease)
        return [link for link in rows.select_related("person") if link.contact_id is None]

    def _codes_of(self, people: dict[int, Person]) -> set[str]:
        return set(ListCode.objects.filter(person_id__in=AnyOf(people)).values_list("key", flat=True))

    def _by_code(self, keys: set[str]) -> dict[str, int]:
        """Whom codes stand for; the sender's own lists are asked first, a code of several people stands for nobody."""
        found: dict[str, dict[str, set[int]]] = {}
        rows = codes_of(self.file.disease).filter(key__in=AnyOf(keys))
        for key, given_by, person, identity in rows.values_list("key", "given_by", "person_id", "person__identity_id"):
            found.setdefault(key, {}).setdefault(given_by, set()).add(identity or person)
        return {key: number for key, by in found.items() if (number := self._one(by)) is not None}

    def _one(self, by: dict[str, set[int]]) -> int | None:
        own = by.get(self.file.sender[:60], set())
        chosen = own or {number for numbers in by.values() for number in numbers}
        return next(iter(chosen)) if len(chosen) == 1 else None


def _only(people: Sequence[int]) -> int | None:
    return people[0] if len(people) == 1 else None


def _named(contact: LinkedContact) -> Named:
    link = contact.link
    assert link is not None
    return named(link.name, year=link.birth_year, patient=link.patient, degree=contact.entry.reported_degree)


def _waited_for(link: PendingLink) -> Named:
    """The name a link waits for as its cell writes it; the key it waits under has no marks."""
    found = read_links(link.original, sender=link.given_by, whole=True).found
    of, _, key = link.alias_key.partition(":")
    named_link = next((one for one in found if one.name and _name_key(one.name, f"{of}:") == link.alias_key), Link("", name=key))
    return named(named_link.name, year=named_link.birth_year, patient=named_link.patient, degree=link.reported_degree)


def _issue(severity: Severity, link: Link, reason: str) -> Issue:
    return Issue(severity.value, TargetField.LINKED_CASE.value, "", link.text[:120], reason, "Ghi mã ca bệnh, ví dụ “F1 của BN 1234”.")


def _waiting_key(contact: LinkedContact) -> str:
    link = contact.link
    assert link is not None
    return f"{_CODE}{link.key}"[:60] if link.listed else _name_key(link.name, OF_A_PATIENT if _named(contact).case else _NAME)


def _name_key(name: str, of: str) -> str:
    return f"{of}{fold(name)}"[:60]
