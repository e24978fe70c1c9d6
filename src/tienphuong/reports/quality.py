"""What is wrong with the figures at a cut-off: each doubt with how grave it is, how many records, and where they are listed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from tienphuong.cases.models import Case, CaseState, OutcomeRecord
from tienphuong.cases.terms import Outcome
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.days import DaysBefore
from tienphuong.core.policy import Pack
from tienphuong.registry.models import Address, Area, Person
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.behind import Rows, rows_for
from tienphuong.reports.counting.cases import case_q
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.figures import Figures
from tienphuong.reports.papers import wording
from tienphuong.reports.submitted import Difference, differences
from tienphuong.reports.sum_checks import FailedCheck, broken
from tienphuong.reports.terms import Severity

MOST_IDS = 1000
"""Ids kept for one side of a broken sum; the list behind the link has all of them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a broken sum: the figure said, the list behind it, and the ids that are on this side only."""

    key: str
    figure: int
    records: str
    only_here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt. `records` and `params` name the list its number links to; `params` are query values of that list."""

    key: str
    severity: Severity
    count: int
    text: str
    text_en: str
    records: str = ""
    params: dict[str, str] = field(default_factory=dict)
    whole: Side | None = None
    parts: tuple[Side, ...] = ()


def quality(viewer: Viewer, *, found: Figures, policy: Pack, silent_communes: Sequence[Area] = ()) -> list[Finding]:
    """Every doubt about these figures, the gravest first.

    `silent_communes` are those that sent nothing since the last cut-off: the caller asks intake, which lies above.
    """
    part = CountScope(viewer, found.area.path, found.disease, found.cutoff)
    findings = [
        *_broken(found, part, policy),
        *_submitted(differences(viewer, found=found, policy=policy)),
        *_silent(silent_communes),
        *_duplicates(found),
        *_undated(found),
        *_counted(found),
        *_records(part),
    ]
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _broken(found: Figures, part: CountScope, policy: Pack) -> Iterator[Finding]:
    rules = policy.disease(found.disease)
    for item in broken(found.values):
        whole, parts = sides(item, behind=lambda key: rows_for(key, part=part, policy=rules))
        text = f"Số liệu không khớp: {BY_KEY[item.identity.whole].label} {item}"
        text_en = f"Figures do not add up: {BY_KEY[item.identity.whole].label_en} {item}"
        yield Finding("identity", Severity.ERROR, abs(item.difference), text, text_en, whole.records, {"figure": whole.key}, whole, parts)


def sides(item: FailedCheck, *, behind: Callable[[str], Rows | None]) -> tuple[Side, tuple[Side, ...]]:
    """Both sides of a broken sum: records of the whole that are in no part, and records of each part that are not in the whole
    or also in another part."""
    keys = (item.identity.whole, *item.identity.parts)
    rows = {key: behind(key) for key in keys}
    ids: dict[str, set[Any]] = {key: set(found.ids()) if found else set() for key, found in rows.items()}
    whole = ids[item.identity.whole]
    in_parts = [ids[key] for key in item.identity.parts]
    lost = whole - set().union(*in_parts)
    figures = dict(zip(keys, (item.whole, *item.parts), strict=True))

    def side(key: str, only: Iterable[Any]) -> Side:
        return Side(key, figures[key], BY_KEY[key].records, tuple(sorted(map(str, only))[:MOST_IDS]))

    astray = {key: _astray(ids[key], whole=whole, others=[ids[k] for k in item.identity.parts if k != key]) for key in item.identity.parts}
    return side(item.identity.whole, lost), tuple(side(key, astray[key]) for key in item.identity.parts)


def _astray(own: set[Any], *, whole: set[Any], others: Sequence[set[Any]]) -> set[Any]:
    return (own - whole) | (own & set().union(*others))


def _submitted(found: Sequence[Difference]) -> Iterator[Finding]:
    for item in found:
        text = f"{item.area_name} báo {item.label} {wording.number(item.reported)}, hồ sơ có {wording.number(item.counted)}"
        text_en = f"{item.area_name} reported {item.label_en} {item.reported}, records say {item.counted}"
        params = {"figure": item.key, "area": item.area_path}
        yield Finding("submission", Severity.WARNING, abs(item.reported - item.counted), text, text_en, BY_KEY[item.key].records, params)


def _silent(communes: Sequence[Area]) -> Iterator[Finding]:
    if communes:
        names = wording.listing([commune.full_name for commune in communes])
        text = f"{len(communes)} đơn vị chưa gửi số liệu sau giờ chốt trước: {names}"
        text_en = f"{len(communes)} units sent nothing since the last cut-off: {', '.join(commune.name for commune in communes)}"
        yield Finding("silent", Severity.WARNING, len(communes), text, text_en, "files")


def _duplicates(found: Figures) -> Iterator[Finding]:
    pairs, fewer = found.values["duplicates_open"], found.values["cases_doubled_at_most"]
    if pairs:
        effect = f"nếu đều trùng, số ca mắc giảm {fewer}" if fewer else "không làm thay đổi số ca mắc"
        effect_en = f"if all are duplicates, cases fall by {fewer}" if fewer else "cases would not change"
        text = f"{pairs} cặp hồ sơ nghi trùng chưa quyết định; {effect}"
        yield Finding("duplicates", Severity.WARNING, pairs, text, f"{pairs} pairs not decided; {effect_en}", "duplicates")


def _undated(found: Figures) -> Iterator[Finding]:
    if number := found.values["cases_late_undated"]:
        text, text_en = f"{number} ca bổ sung chưa rõ ngày", f"{number} late cases of no known day"
        yield Finding("late_undated", Severity.NOTE, number, text, text_en, "cases", {"figure": "cases_late_undated"})


def _counted(found: Figures) -> Iterator[Finding]:
    pending = found.values["links_pending"]
    if pending:
        text = f"{pending} người khai tiếp xúc với ca bệnh chưa có trong cơ sở dữ liệu"
        yield Finding("links", Severity.WARNING, pending, text, f"{pending} contacts of cases not in the base yet", "links")
    if found.elsewhere and found.communes and found.area.level != "commune":
        text = f"{found.elsewhere} ca thuộc địa bàn nhưng chưa rõ xã, phường, thị trấn"
        text_en = f"{found.elsewhere} cases of the area in no commune"
        yield Finding("elsewhere", Severity.WARNING, found.elsewhere, text, text_en, "cases", {"missing": "commune"})


LONGEST_UNSEEN = timedelta(days=60)
"""From onset to detection; beyond it one of the two days is most likely a slip."""
_SMALL = timedelta(days=3 * 366)
_OF_FEW = ("no_address", "before_birth")
_RECOVERIES = OutcomeRecord.objects.filter(case_id=OuterRef("case_id"), outcome=Outcome.RECOVERED)
_DOUBTS: dict[str, tuple[Severity, str, str]] = {
    "onset_after_detection": (Severity.WARNING, "ca có ngày khởi phát sau ngày phát hiện", "cases with onset after detection"),
    "onset_long_before": (
        Severity.WARNING,
        "ca có ngày khởi phát trước ngày phát hiện hơn 60 ngày",
        "cases with onset over 60 days before detection",
    ),
    "outcome_before_onset": (Severity.WARNING, "ca có kết cục trước ngày khởi phát", "cases with an outcome before onset"),
    "two_outcomes": (
        Severity.WARNING,
        "ca tử vong mà có danh sách ghi đã khỏi, ra viện",
        "deaths of whom a list also says that they recovered",
    ),
    "before_birth": (Severity.WARNING, "ca có ngày khởi phát hoặc phát hiện trước ngày sinh", "cases with onset or detection before birth"),
    "outcome_before_detection": (Severity.WARNING, "ca có kết cục trước ngày phát hiện", "cases with an outcome before detection"),
    "future_date": (Severity.WARNING, "ca có ngày khởi phát hoặc phát hiện sau ngày báo cáo", "cases dated after the report"),
    "no_date": (Severity.NOTE, "ca không có ngày khởi phát và ngày phát hiện", "cases without onset or detection date"),
    "no_address": (Severity.NOTE, "ca không có địa chỉ", "cases without an address"),
}


def doubtful_q(key: str, *, part: CountScope) -> Q:
    """Which counted cases a doubt means: the condition of its count and of the list behind it."""
    conditions: dict[str, Q] = {
        "onset_after_detection": Q(onset_on__gt=F("detected_on")),
        "onset_long_before": Q(onset_on__lt=DaysBefore("detected_on", days=LONGEST_UNSEEN.days)),
        "outcome_before_onset": _outcome_before("onset_on"),
        "two_outcomes": Q(outcome=Outcome.DIED) & Q(Exists(_RECOVERIES)),
        "before_birth": _before_birth(part),
        "outcome_before_detection": _outcome_before("detected_on"),
        "future_date": Q(onset_on__gt=part.cutoff.day) | Q(detected_on__gt=part.cutoff.day),
        "no_date": Q(onset_on=None, detected_on=None),
        "no_address": Q(case_id__in=without_address(part.disease)),
    }
    return conditions[key]


def _outcome_before(column: str) -> Q:
    """An outcome before another day of the case.

    The first comparison is a cheap one that few rows pass; only they are asked for their Vietnamese day.
    """
    return Q(outcome_at__lt=F(column)) & ~Q(outcome__in=("", Outcome.IN_TREATMENT)) & Q(outcome_at__date__lt=F(column))


def _before_birth(part: CountScope) -> Q:
    """A day before the person's day of birth: only of small children can it be, so they are found first."""
    small = Person.objects.filter(birth_date__gt=part.cutoff.day - _SMALL).values("pk")
    theirs = Case.objects.filter(person_id__in=small, disease=part.disease).values("pk")
    born = F("case__person__birth_date")
    return Q(case_id__in=theirs) & (Q(onset_on__lt=born) | Q(detected_on__lt=born))


def without_address(disease: str) -> Any:
    """The cases of people of whom no address is written down: few, so they are found first and then asked whether they count."""
    homeless = ~Exists(Address.objects.filter(person_id=OuterRef("person_id")))
    return Case.objects.filter(homeless, disease=disease, person__purged_at=None).values("pk")


def _records(part: CountScope) -> Iterator[Finding]:
    """Missing and implausible dates in one pass over the counted cases; what only few can have, by themselves."""
    counted = case_q("cases_total", part.cutoff)
    dates = {key: Count("pk", filter=doubtful_q(key, part=part)) for key in _DOUBTS if key not in _OF_FEW}
    counts = part.full_scan(CaseState).filter(counted).aggregate(**dates)
    # Read by their cases: the disease is a filter here, not an index that would have every case of it asked.
    counts |= {key: part.full_scan(CaseState).filter(counted, doubtful_q(key, part=part)).count() for key in _OF_FEW}
    for key, (severity, words, words_en) in _DOUBTS.items():
        if counts[key]:
            yield Finding(key, severity, counts[key], f"{counts[key]} {words}", f"{counts[key]} {words_en}", "cases", {"doubt": key})
