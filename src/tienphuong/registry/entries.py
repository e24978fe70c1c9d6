"""People as they are told to the post, before it knows whether it knows them."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class IdentifierEntry:
    """A paper's number, cleaned. `kind` is cccd, cmnd, passport, bhyt or other."""

    kind: str
    value: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """A number somebody answers, cleaned, with what was written."""

    number: str
    original: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """One address as written and as understood."""

    raw: str
    kind: str = "actual"
    hamlet: str = ""
    area_id: int | None = None
    area_path: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Everything a sender said of one person. A row without a name is still a person."""

    full_name: str = ""
    original_name: str = ""
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    birth_precision: str = ""
    nationality: str = ""
    occupation: str = ""
    identifiers: tuple[IdentifierEntry, ...] = ()
    phones: tuple[PhoneEntry, ...] = ()
    addresses: tuple[AddressEntry, ...] = ()
    area_id: int | None = None
    area_path: str = ""
    household_code: str = ""
    relation_to_head: str = ""
    source_row: int | None = None
    aliases: tuple[str, ...] = field(default=())
    """Case numbers the row carries: the same number is strong evidence of the same person."""
    fact_days: tuple[date, ...] = ()
    """The days of samples and detection the row tells: where no birth is told, they speak for one person."""
