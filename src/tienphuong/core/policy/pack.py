"""One dated rule pack."""

from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from tienphuong.core.policy.cited import Citation, Document, Sourced
from tienphuong.core.policy.disease import DiseasePolicy, cutoff_in
from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.rows import IsolationBasis, RetentionRow, in_force
from tienphuong.core.policy.terms import GovernmentLevel, Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """A legal deadline: from which act, how many hours, who must act, whether the hold lapses by itself."""

    cite: Citation
    kind: str
    name: str
    hours: int
    owner: str
    starts: str
    next_deadline: str = ""
    lapses: bool = False
    may_double: bool = False
    counts_down_to_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Government:
    """Levels of local government and which of them the post serves."""

    cite: Citation
    levels: tuple[GovernmentLevel, ...]
    post_level: GovernmentLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLevel:
    """One level of response, risk or civil defence."""

    cite: Citation
    code: str
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules of a period: what a decision made under them keeps as its version."""

    version: str
    name: str
    name_en: str
    valid_from: date
    valid_until: date | None
    government: Government
    documents: MappingProxyType[str, Document]
    words: MappingProxyType[str, Sourced[str]]
    cutoffs: tuple[Sourced[time], ...]
    deadlines: MappingProxyType[str, DeadlineRule]
    isolation: tuple[IsolationBasis, ...]
    response_levels: tuple[ResponseLevel, ...]
    retention: tuple[RetentionRow, ...]
    diseases: MappingProxyType[str, DiseasePolicy]

    def disease(self, code: str) -> DiseasePolicy:
        """What the pack says of a disease."""
        if code not in self.diseases:
            known = ", ".join(sorted(self.diseases))
            raise PolicyError(
                f"gói không có bệnh “{code}”", where=self.version, remedy=f"Chọn một trong: {known}; hoặc thêm [diseases.{code}]."
            )
        return self.diseases[code]

    def reinfection_days(self, code: str) -> int | None:
        """Days after recovery from which a new detection is a new infection; None where the pack does not say."""
        rule = self.diseases[code].reinfection_after if code in self.diseases else None
        return rule.value if rule else None

    def retention_at(self, on: date, *, kept: Kept) -> RetentionRow | None:
        """How long one kind of personal data is kept by the rules of a day; None where the pack lays down nothing: nothing falls due."""
        return in_force((row for row in self.retention if row.kept is kept), on=on)

    def cutoff_at(self, on: date) -> Sourced[time]:
        """The hour at which the day's figures close."""
        return cutoff_in(self.cutoffs, on=on, version=self.version)

    def word(self, key: str) -> str:
        """The word reports of this period use."""
        if key not in self.words:
            raise PolicyError(f"gói không có từ “{key}”", where=self.version, remedy=f"Chọn một trong: {', '.join(sorted(self.words))}.")
        return self.words[key].value
