"""How surely two people are one: evidence for and against in bits, each with its reason. Pure, symmetric.

The score is the base-two logarithm of the odds that the two are one person, in the manner of Fellegi and Sunter: it starts from the
odds of two people picked at random (PRIOR) and every agreement or disagreement adds the logarithm of how much likelier it is for one
person than for two. Two thresholds, both in `decisions.py`, make of it known, doubt or new.
"""

from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from tienphuong.core.sentences import sentence
from tienphuong.registry.matching.births import BirthEvidence, births
from tienphuong.registry.matching.names import likeness, one_slip
from tienphuong.registry.matching.profile import Paper, Profile
from tienphuong.registry.matching.terms import Likeness
from tienphuong.registry.rules.terms import IdentityKind

# One in a quarter of a million: two records of one district picked at random are the same person.
PRIOR: Final = -18.0

_NAME_BITS: Final = {
    Likeness.SAME: 12.0, Likeness.UNACCENTED: 10.5, Likeness.MIDDLE_DROPPED: 9.0, Likeness.OTHER_ORDER: 8.0,
    Likeness.SOUNDS_ALIKE: 7.5, Likeness.ABBREVIATED: 6.0, Likeness.DAMAGED: 10.5, Likeness.OTHER_MARKS: 6.0, Likeness.MIDDLE_MISSING: 5.0,
    Likeness.ONE_SLIP: 4.5, Likeness.TWO_SLIPS: 1.5, Likeness.GIVEN_ONLY: -1.0, Likeness.HOME_NAME: -2.5, Likeness.SAME_PARENT: 9.0, Likeness.BABY_AND_CHILD: -1.0,
    Likeness.PARENT_AND_BABY: -14.0, Likeness.DIFFERENT: -7.0, Likeness.MISSING: 0.0,
}  # fmt: skip
_COUNTED: Final = frozenset({Likeness.SAME, Likeness.UNACCENTED, Likeness.MIDDLE_DROPPED, Likeness.SOUNDS_ALIKE, Likeness.OTHER_MARKS})
"""Likenesses under one loose key: how common that name is in that year is counted in the base."""

_PAPER_BITS: Final = {IdentityKind.CCCD: 22.0, IdentityKind.CMND: 20.0, IdentityKind.PASSPORT: 19.0, IdentityKind.BHYT: 19.0}
_OTHER_PAPER: Final = {IdentityKind.CCCD: -4.5, IdentityKind.CMND: -4.0, IdentityKind.PASSPORT: -2.0, IdentityKind.BHYT: -2.5}
_CASE_NUMBER, _SAME_SEX, _OTHER_SEX = 20.0, 0.9, -4.5
_PHONE, _PHONE_SLIP, _OTHER_PHONE, _CROWDED_PHONE = 9.5, 5.5, -0.5, 5.0
_SAME_HAMLET, _SAME_COMMUNE = 7.0, 4.0
_SAME_DAY: Final = 7.0
"""A fact of one day, where a birth is untold: one name, sex and day are worth an officer's question, however little else is told."""


class Evidence(NamedTuple):
    """One agreement or disagreement."""

    bits: float
    reason: str = ""


NOTHING: Final = Evidence(0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the base says of the values compared: how rare the name in its year is, and which phones many people gave, or people of
    several names."""

    rarity: float = 0.0
    namesakes: int = 1
    """How many of the base bear the name and may have a fact of the same day: an agreement of the day proves the less."""
    crowded_phones: frozenset[str] = frozenset()
    shared_phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score in bits with its reasons. `anchored`: something more than a name, a year and a place agrees.

    `contradicted`: a number says one person, and name, sex or birth says two; never linked, always shown.
    """

    score: float
    reasons: tuple[str, ...]
    anchored: bool
    contradicted: bool = False
    nameless: bool = False
    """One side tells no name: a number alone can tie the two, and nothing speaks against it."""
    other_name: bool = False


def compare(a: Profile, b: Profile, around: Surroundings = Surroundings()) -> Comparison:
    """How surely two profiles are one person. The order of the two makes no difference."""
    name, birth = likeness(a, b), births(a, b)
    sex, paper, case_number = _sexes(a, b), _papers(a, b), _case_numbers(a, b)
    phone, home = _phones(a, b, around.crowded_phones), _homes(a, b)
    numbered = paper.bits > 10 or case_number.bits > 0
    contradicted = numbered and (_unlike(name) or sex.bits < 0 or birth.bits <= -4.5)
    found = [Evidence(_NAME_BITS[name], name.label), Evidence(birth.bits, birth.reason), sex, paper, case_number, *_together(phone, home)]
    if name in _COUNTED:
        found += (_rarity(around.rarity), _days(a, b, around.namesakes))
    if contradicted:
        found.append(Evidence(0, "CẢNH BÁO: cùng số nhưng họ tên, giới tính hoặc năm sinh không khớp; có thể hai người dùng chung một số"))
    return Comparison(
        score=PRIOR + sum(each.bits for each in found),
        reasons=tuple(each.reason for each in found if each.reason),
        anchored=not contradicted
        and (numbered or (name.is_one_name and _anchors(birth, sex, phone, home, near=_near_enough(a, b, name, around)))),
        contradicted=contradicted,
        nameless=name is Likeness.MISSING,
        other_name=_unlike(name),
    )


def at_best(asking: Profile, name: Likeness, birth: BirthEvidence, common: float) -> float:
    """The score one could come to with somebody of that name and birth, were sex and home to agree and no number to be in common."""
    home = _SAME_HAMLET if asking.hamlets else _SAME_COMMUNE if asking.area_path else 1.0
    return PRIOR + _NAME_BITS[name] + birth.bits + _SAME_SEX + home + (common if name in _COUNTED else 0)


def rarity(alike: int, among: int) -> float:
    """Bits to add to an agreement in name and year when `alike` people of `among` share both; the usual is one in a quarter million.

    A small base knows little of how common a name is, so its count is mixed with the usual one, weighing as fifty thousand people.
    """
    usual, weight = 2.0**-17, 50_000
    share = (alike + usual * weight) / (among + weight)
    return max(-8.0, min(0.0, log2(usual / share)))


def _unlike(name: Likeness) -> bool:
    return name in (Likeness.DIFFERENT, Likeness.PARENT_AND_BABY, Likeness.GIVEN_ONLY, Likeness.HOME_NAME)


def _anchors(birth: BirthEvidence, sex: Evidence, phone: Evidence, home: Evidence, *, near: float) -> bool:
    """Whether one name is also one day of birth, or one year with one telephone and one home, as `near` as is needed."""
    if sex.bits < 0:
        return False
    return birth.same_day or (birth.same_year and birth.bits >= 6 and phone.bits > 5 and home.bits >= near)


def _near_enough(a: Profile, b: Profile, name: Likeness, around: Surroundings) -> float:
    """How near the homes must be, where the rest agrees: the hamlet, or the commune.

    The commune is the home where letters of the name were lost, for those of the hamlet were too; and where the telephone is one person's:
    nobody of another name gave it, no other hamlet is written, and no paper is another's.
    """
    if name is Likeness.DAMAGED:
        return _SAME_COMMUNE
    own = (a.phones & b.phones) - around.shared_phones - around.crowded_phones
    contrary = bool(a.hamlets and b.hamlets and not a.hamlets & b.hamlets) or _papers(a, b).bits < 0
    return _SAME_COMMUNE if own and not contrary and name in (Likeness.SAME, Likeness.UNACCENTED) else 6


def _sexes(a: Profile, b: Profile) -> Evidence:
    if not a.sex or not b.sex:
        return NOTHING
    return Evidence(_SAME_SEX) if a.sex == b.sex else Evidence(_OTHER_SEX, "Khác giới tính")


def _papers(a: Profile, b: Profile) -> Evidence:
    """The strongest paper in common, or the clearest conflict between papers of one kind."""
    shared = {(p.kind, p.hash) for p in a.papers} & {(p.kind, p.hash) for p in b.papers}
    if shared:
        kind = max((kind for kind, _ in shared), key=lambda kind: (_paper_bits(kind), kind))
        return Evidence(_paper_bits(kind), sentence("Cùng {paper}", paper=_paper_label(kind)))
    conflicts = [_conflict(mine, other) for mine in a.papers for other in b.papers if mine.kind == other.kind]
    return min(conflicts, default=NOTHING)


def _conflict(mine: Paper, other: Paper) -> Evidence:
    if mine.tail and mine.tail == other.tail:
        return Evidence(2, sentence("Khác {paper} nhưng trùng bốn số cuối", paper=_paper_label(mine.kind)))
    return Evidence(_OTHER_PAPER.get(mine.kind, -1.0), sentence("Khác {paper}", paper=_paper_label(mine.kind)))  # type: ignore[call-overload]


def _paper_bits(kind: str) -> float:
    return _PAPER_BITS.get(kind, 8.0)  # type: ignore[call-overload, no-any-return]


def _paper_label(kind: str) -> str:
    return IdentityKind(kind).label if kind in set(IdentityKind) else "giấy tờ"


def _case_numbers(a: Profile, b: Profile) -> Evidence:
    shared = a.case_numbers & b.case_numbers
    return Evidence(_CASE_NUMBER, sentence("Cùng mã ca {numbers}", numbers=", ".join(sorted(shared)))) if shared else NOTHING


def _phones(a: Profile, b: Profile, crowded: frozenset[str]) -> Evidence:
    shared = a.phones & b.phones
    if shared:
        if shared <= crowded:
            return Evidence(_CROWDED_PHONE, "Cùng số điện thoại, nhưng nhiều người khai số này")
        return Evidence(_PHONE, "Cùng số điện thoại")
    if any(one_slip(mine, other) for mine in a.phones for other in b.phones):
        return Evidence(_PHONE_SLIP, "Số điện thoại khác nhau một chữ số")
    return Evidence(_OTHER_PHONE) if a.phones and b.phones else NOTHING


def _homes(a: Profile, b: Profile) -> Evidence:
    """The nearest place in common."""
    if a.household and a.household == b.household:
        return Evidence(9, "Cùng hộ gia đình")
    if a.hamlets & b.hamlets:
        return Evidence(_SAME_HAMLET, "Cùng thôn, tổ dân phố")
    return _areas(a.area_path, b.area_path) if a.area_path and b.area_path else NOTHING


def _areas(a: str, b: str) -> Evidence:
    """Paths are four digits a step: nation, province, then districts or communes."""
    if a == b and len(a) > 8:
        return Evidence(_SAME_COMMUNE, "Cùng xã, phường")
    if a.startswith(b) or b.startswith(a):
        return Evidence(1)
    if a[:12] == b[:12]:
        return Evidence(-1, "Khác xã, phường")
    return Evidence(-2, "Khác huyện hoặc tỉnh")


def _together(phone: Evidence, home: Evidence) -> tuple[Evidence, Evidence]:
    """People of one home answer one telephone: the second of the two says little that the first did not."""
    return (phone, Evidence(min(home.bits, 3.0), home.reason)) if phone.bits > 0 else (phone, home)


def _days(a: Profile, b: Profile, namesakes: int) -> Evidence:
    """A sample or detection of one day, where the births cannot be compared."""
    if not a.days & b.days or (a.birth_year is not None and b.birth_year is not None):
        return NOTHING
    return Evidence(_SAME_DAY - log2(max(1, namesakes)), "Cùng ngày lấy mẫu hoặc phát hiện")


def _rarity(bits: float) -> Evidence:
    return Evidence(bits, "Họ tên phổ biến" if bits <= -2 else "")
