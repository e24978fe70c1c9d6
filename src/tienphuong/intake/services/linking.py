"""Whom links mean: a case by number, somebody by the code of a list, or by name; and who waits for whom."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tienphuong.cases.models import Case
from tienphuong.core.among import Among
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.contacts import LinkedContact
from tienphuong.intake.facts.facts import RowFacts
from tienphuong.intake.facts.links import Link
from tienphuong.intake.facts.row import Issue
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.models import IntakeFile, ListCode
from tienphuong.intake.services.deciding import codes_of, nearest_numbered, people_numbered
from tienphuong.intake.terms import Severity
from tienphuong.procedures.link_people import Answered, link_people
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.models import PendingLink

if TYPE_CHECKING:
    from tienphuong.intake.services.batches import Act

_WAITS = "“{link}” chưa có trong danh sách nào; mối liên quan chờ đến khi có."
_MEANT = "“{link}” có thể hiểu nhiều cách; chỉ có một ca hoặc một người ứng với ô này nên đã ghi theo người ấy."
_NOBODY = "Chưa biết “{link}” là ca nào hay người nào; mối liên quan chờ đến khi rõ."
_CODE, _NAME = "~code:", "~name:"


class Links:
    """The links of one batch."""

    def __init__(self, file: IntakeFile, act: "Act") -> None:
        self.file = file
        self.act = act
        self.codes: dict[str, int] = {}
        self.cases: dict[str, int] = {}
        self.nearest: frozenset[str] = frozenset()
        self.names: dict[tuple[str, int | None], int] = {}

    def learn(self, facts: Iterable[RowFacts]) -> None:
        """Look up, in a few queries, everybody the rows' links name."""
        links = [contact.link for one in facts for contact in one.contacts if contact.link is not None]
        keys = {key for link in links for key in (link.key, link.also) if key}
        self.codes = self._by_code(keys)
        # an event's row is about the case itself, so its bearer is looked up too
        self.cases = people_numbered(keys, disease=self.file.disease)
        self.cases |= (nearest := nearest_numbered(keys - self.cases.keys(), disease=self.file.disease, near=self.file.received_at))
        self.nearest = frozenset(nearest)
        self.names = self._by_name({(fold(link.name), link.birth_year) for link in links if link.name})

    def bearer(self, link: Link | None) -> Person | None:
        """The person a link means, for a row that is about nobody else."""
        number = self._number(link)
        return Person.objects.filter(pk=number).first() if number is not None else None

    def settled(self, contact: LinkedContact) -> ContactEntry:
        """The entry with the person it means, or with the key under which it waits for him."""
        link, entry = contact.link, contact.entry
        if entry.event is not None:
            # the case's own presence: without an other there is no contact, only the event
            return replace(entry, source_person=self._number(link))
        if link is None:
            return entry
        if link.key and link.sure and not link.listed and link.key in self.cases and link.key not in self.nearest:
            return entry
        number = self._number(link)
        if number is not None:
            return replace(entry, source_person=number)
        return replace(entry, alias_key=_waiting_key(link)) if link.listed or link.name else entry

    def _number(self, link: Link | None) -> int | None:
        if link is None:
            return None
        if link.name:
            return self.names.get((fold(link.name), link.birth_year))
        bearers = {self._bearing(key, listed=link.listed) for key in (link.key, link.also) if key} - {None}
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _bearing(self, key: str, *, listed: bool) -> int | None:
        """The case of a number, else the listed person of a code."""
        return self.cases[key] if not listed and key in self.cases else self.codes.get(key)

    def remark(self, link: Link | None) -> Issue | None:
        """What an officer is to see of a link: how words of two readings were understood, or that nobody here is meant by them."""
        if link is None or (link.sure and link.national):
            return None
        known = self._number(link) is not None
        if link.sure or (link.own and known and self._bearing(link.key, listed=False) is not None):
            return None if known else _issue(Severity.INFO, link, _WAITS)
        return _issue(Severity.INFO, link, _MEANT) if known else _issue(Severity.WARNING, link, _NOBODY)

    def answer(self, people: Iterable[Person]) -> set[int]:
        """Link what waited for the people of this batch, by the codes they were given or by their names."""
        batch = {person.pk: person for person in people}
        keys = {f"{_CODE}{key}"[:60] for key in self._codes_of(batch)} | {
            _name_key(person.full_name) for person in batch.values() if person.full_name
        }
        waiting = self._waiting(keys)
        if not waiting:
            return set()
        codes = self._by_code({link.alias_key.removeprefix(_CODE) for link in waiting if link.alias_key.startswith(_CODE)})
        wanted: set[tuple[str, int | None]] = {
            (link.alias_key.removeprefix(_NAME), None) for link in waiting if link.alias_key.startswith(_NAME)
        }
        names = self._by_name(wanted)
        answered = []
        for link in waiting:
            source = codes.get(link.alias_key.removeprefix(_CODE)) or names.get((link.alias_key.removeprefix(_NAME), None))
            if source is not None:
                answered.append(Answered(link, source))
        return set(link_people(answered, actor=self.act.actor, at=self.act.at, policy=self.act.policy, later=True))

    def _waiting(self, keys: set[str]) -> list[PendingLink]:
        rows = PendingLink.objects.filter(alias_key__in=Among(keys), disease=self.file.disease)
        return [link for link in rows.select_related("person") if link.contact_id is None]

    def _codes_of(self, people: dict[int, Person]) -> set[str]:
        return set(ListCode.objects.filter(person_id__in=Among(people)).values_list("key", flat=True))

    def _by_code(self, keys: set[str]) -> dict[str, int]:
        """Whom codes stand for; the sender's own lists are asked first, a code of several people stands for nobody."""
        found: dict[str, dict[str, set[int]]] = {}
        rows = codes_of(self.file.disease).filter(key__in=Among(keys))
        for key, given_by, person, identity in rows.values_list("key", "given_by", "person_id", "person__identity_id"):
            found.setdefault(key, {}).setdefault(given_by, set()).add(identity or person)
        return {key: number for key, by in found.items() if (number := self._one(by)) is not None}

    def _one(self, by: dict[str, set[int]]) -> int | None:
        own = by.get(self.file.sender[:60], set())
        chosen = own or {number for numbers in by.values() for number in numbers}
        return next(iter(chosen)) if len(chosen) == 1 else None

    def _by_name(self, wanted: set[tuple[str, int | None]]) -> dict[tuple[str, int | None], int]:
        """The one person of a name in the sender's district, born in the year if one is said; cases before others."""
        if not wanted:
            return {}
        near = self.file.area_path[:12]
        rows = Person.objects.filter(name_key__in=Among({name for name, _ in wanted}), withdrawn_at=None).values_list(
            "pk", "identity_id", "name_key", "birth_year", "area_path"
        )
        found: dict[tuple[str, int | None], set[int]] = {key: set() for key in wanted}
        for pk, identity, name, year, path in rows:
            for key in ((name, None), (name, year)):
                if key in found and path.startswith(near):
                    found[key].add(identity or pk)
        everybody = set().union(*found.values())
        cases = set(Case.objects.filter(person_id__in=Among(everybody), disease=self.file.disease).values_list("person_id", flat=True))
        chosen = {key: (numbers & cases) or numbers for key, numbers in found.items()}
        return {key: next(iter(numbers)) for key, numbers in chosen.items() if len(numbers) == 1}


def _issue(severity: Severity, link: Link, reason: str) -> Issue:
    said = sentence(reason, link=link.text)
    return Issue(severity.value, TargetField.LINKED_CASE.value, "", link.text[:120], said, "Ghi mã ca bệnh, ví dụ “F1 của BN 1234”.")


def _waiting_key(link: Link) -> str:
    return f"{_CODE}{link.key}"[:60] if link.listed else _name_key(link.name)


def _name_key(name: str) -> str:
    return f"{_NAME}{fold(name)}"[:60]
