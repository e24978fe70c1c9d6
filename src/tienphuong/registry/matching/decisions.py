"""What follows from the comparisons of one row: known, the same as an earlier row, doubt, or new. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tienphuong.registry.matching.rules import Comparison
from tienphuong.registry.matching.terms import MatchKind

KNOWN: Final = 10.0
"""From here on (a thousand to one) a row is linked, if it is anchored and nobody else comes near."""
DOUBT: Final = 0.0
"""From here on (even odds) an officer is asked."""
CLEAR: Final = 6.0
"""A rival within so many bits of the best makes it a question for an officer."""
_SHOWN: Final = 5
_SHARED: Final = "CẢNH BÁO: hồ sơ chưa có tên mang số này đã ghép với người tên khác"

Who = tuple[str, int]
"""("person", identity number) or ("entry", index of an earlier row)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Somebody a row may be, with the record or row compared and what the comparison found."""

    who: Who
    record: Who
    comparison: Comparison

    @property
    def is_question(self) -> bool:
        return self.comparison.score >= DOUBT or self.comparison.contradicted

    @property
    def is_certain(self) -> bool:
        return self.comparison.score >= KNOWN and self.comparison.anchored


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of the decision, the candidates best first, and the reasons that decided."""

    kind: MatchKind
    candidates: tuple[Scored, ...] = ()
    reasons: tuple[str, ...] = ()


NOBODY: Final = Verdict(MatchKind.NEW, reasons=("Chưa có ai giống trong sổ",))


def decide(scored: Sequence[Scored]) -> Verdict:
    """The verdict on one row from all its comparisons."""
    ranked = _best_per_person(scored)
    if not ranked:
        return NOBODY
    best = ranked[0]
    if not best.is_certain:
        return Verdict(MatchKind.DOUBT, ranked, best.comparison.reasons)
    if len(ranked) > 1 and _rivals(best, ranked[1]):
        note = "Có hơn một người phù hợp, cần chọn"
        return Verdict(MatchKind.DOUBT, ranked, (*best.comparison.reasons, note))
    kind = MatchKind.KNOWN if best.who[0] == "person" else MatchKind.SAME_AS_ENTRY
    return Verdict(kind, ranked, (*best.comparison.reasons, *_remarks(ranked[1:])))


def _best_per_person(scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """Those worth asking about, one record for each person, best first; ties go to the older record."""
    best: dict[Who, Scored] = {}
    for each in sorted(_names_kept_apart(scored), key=lambda one: (-one.comparison.score, one.record)):
        if each.is_question:
            best.setdefault(each.who, each)
    return tuple(best.values())[:_SHOWN]


def _names_kept_apart(scored: Sequence[Scored]) -> Iterator[Scored]:
    """The comparisons, where a record without a name joins nobody to somebody of another name.

    Whoever was joined to that record before gave it a name: the row is compared with them, and an officer is asked.
    """
    others = {each.who: each.comparison for each in scored if each.comparison.other_name}
    for each in scored:
        other = others.get(each.who) if each.comparison.nameless and each.is_certain else None
        yield each if other is None else replace(each, comparison=_asked(each.comparison, other))


def _asked(tied: Comparison, other: Comparison) -> Comparison:
    """The comparison with the name as a question: the number ties the two, the names do not."""
    return replace(other, reasons=(*tied.reasons, _SHARED), contradicted=True, anchored=False)


def _rivals(best: Scored, second: Scored) -> bool:
    return not second.comparison.contradicted and best.comparison.score - second.comparison.score < CLEAR


def _remarks(others: Sequence[Scored]) -> tuple[str, ...]:
    shared = any(each.comparison.contradicted for each in others)
    return ("CẢNH BÁO: số này còn ghi cho người khác",) if shared else ()
