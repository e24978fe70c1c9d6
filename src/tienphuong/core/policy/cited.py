"""Values that carry the document that says them."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tienphuong.core.policy.terms import Confidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One law, circular, decision or letter a pack rests on."""

    number: str
    title: str
    issuer: str
    issued: date | None = None
    in_force: date | None = None
    note: str = ""

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Which document, which article, from when to when, how surely."""

    document: Document
    confidence: Confidence
    article: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def __str__(self) -> str:
        """The basis as an officer writes it."""
        return f"{self.document.number}, {self.article}" if self.article else self.document.number

    def in_force(self, on: date) -> bool:
        """Does this hold on a day?"""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_until is None or on <= self.valid_until)

    @property
    def age_key(self) -> date:
        """Orders rows of one subject: the later beginning is the newer rule."""
        return self.valid_from or date.min


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """One value and its citation."""

    value: T
    cite: Citation

    @property
    def document(self) -> str:
        """The basis as text."""
        return str(self.cite)

    @property
    def confidence(self) -> Confidence:
        """How surely the value is known."""
        return self.cite.confidence
