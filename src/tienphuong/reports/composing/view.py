"""A frozen report's figures in the words and numbers of an official paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tienphuong.registry.areas.terms import AreaKind
from tienphuong.reports.content import Content
from tienphuong.reports.cutoff import VIETNAM
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import marked, wording

_UNIT_ORDER = (AreaKind.COMMUNE, AreaKind.WARD, AreaKind.TOWNSHIP, AreaKind.SPECIAL_ZONE)


@dataclass(frozen=True, slots=True)
class FrozenFigures:
    """What a report says; every number comes out as it is printed."""

    content: Content

    @classmethod
    def by(cls, snapshot: Snapshot) -> "FrozenFigures":
        """What a snapshot says."""
        return cls(snapshot.figures)

    def value(self, key: str) -> int:
        """An indicator as a number."""
        return int(self.content["values"].get(key, 0))

    def n(self, key: str) -> str:
        """An indicator as it is printed in a sentence."""
        return marked(wording.number(self.value(key)), figure=key)

    @property
    def communes(self) -> list[dict[str, Any]]:
        """The commune table; empty for an area that is a commune itself."""
        return [] if self.content["area"]["level"] == "commune" else self.content["communes"]

    @property
    def units(self) -> str:
        """'xã, thị trấn': the kinds of commune the area has."""
        kinds = {line["kind"] for line in self.communes}
        return ", ".join(kind.label.lower() for kind in _UNIT_ORDER if kind in kinds)

    @property
    def disease(self) -> str:
        """The disease inside a sentence: 'COVID-19', 'sốt xuất huyết Dengue', 'sởi'."""
        name: str = self.content["disease"]["name"]
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]

    @property
    def area(self) -> str:
        """The area inside a sentence: 'huyện Thanh Trì'."""
        return lowered(self.content["area"]["full_name"])

    @property
    def since(self) -> datetime:
        """The cut-off before."""
        return _moment(self.content["period"]["since"])

    @property
    def until(self) -> datetime:
        """The cut-off."""
        return _moment(self.content["period"]["until"])

    @property
    def epoch(self) -> date | None:
        """The day from which cumulative figures count."""
        stored = self.content["period"]["epoch"]
        return date.fromisoformat(stored) if stored else None

    @property
    def cumulative(self) -> str:
        """'Lũy kế từ ngày 27/4/2021 đến 16h00 ngày 24/8/2021'."""
        start = f" từ ngày {wording.short_day(self.epoch)}" if self.epoch else ""
        return f"Lũy kế{start} đến {wording.hour_and_day(self.until)}"

    @staticmethod
    def full_name(line: dict[str, Any]) -> str:
        """A commune's unit word and name: 'Xã Liên Ninh'."""
        return f"{AreaKind(line['kind']).label} {line['name']}"

    def degree_word(self, degree: int) -> str:
        """What the rules of the day call a contact of this degree."""
        word = {1: "contact", 2: "contact_of_contact"}.get(degree, "")
        stored: str = self.content["words"].get(word, f"F{degree}")
        return stored[0].upper() + stored[1:]


def lowered(full_name: str) -> str:
    """A full name inside a sentence: 'Xã Liên Ninh' -> 'xã Liên Ninh'."""
    return full_name[:1].lower() + full_name[1:]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(VIETNAM)


def moment_of(value: datetime | str) -> datetime:
    """A stored moment on a Vietnamese wall clock."""
    return _moment(value) if isinstance(value, str) else value.astimezone(VIETNAM)
