"""The paper for a person who asks for their data, in words: official words by their labels, every day with what happened on it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.cases.terms import Classification, DetectionSetting, LabMethod, LabOutcome, Outcome, SampleKind, SourceStatus
from tienphuong.core import clock
from tienphuong.core.choices import LabelledChoice
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.quarantine.terms import IsolationReason, QuarantineForm, StayState
from tienphuong.registry.terms import Aspect, ContradictionState, Paper, Residence
from tienphuong.tracing.terms import ContactKind, FollowUpState, IdentifiedBy
from tienphuong.web import formats
from tienphuong.web.people_story import cause_words, record_kind_words
from tienphuong.web.templatetags.post import label

# The closed list of a stored value, by the part of the paper and the name of the value.
LISTS: dict[str, type[LabelledChoice]] = {
    "papers.kind": Paper,
    "addresses.kind": Residence,
    "cases.classification": Classification,
    "cases.outcome": Outcome,
    "cases.setting": DetectionSetting,
    "cases.source_status": SourceStatus,
    "samples.kind": SampleKind,
    "samples.results.method": LabMethod,
    "samples.results.result": LabOutcome,
    "contacts.kind": ContactKind,
    "arrivals.found_how": IdentifiedBy,
    "checks.state": FollowUpState,
    "stays.form": QuarantineForm,
    "stays.ground": IsolationReason,
    "stays.state": StayState,
    "contradictions.aspect": Aspect,
    "contradictions.state": ContradictionState,
}
WORDED: dict[str, Callable[[str], str]] = {
    "cases.records.kind": record_kind_words,
    "degrees.cause": cause_words,
    "degrees.degree": lambda number: f"F{number}",
    "contacts.other_degree": lambda number: _("người kia F%(degree)s") % {"degree": number},
    "corrections.state": lambda state: {"open": _("chờ trả lời"), "done": _("đã sửa"), "refused": _("không sửa")}.get(state, state),
}
NAMES: dict[str, Callable[[], str]] = {
    "onset_on": lambda: _("khởi phát"),
    "detected_on": lambda: _("phát hiện"),
    "isolated_at": lambda: _("cách ly"),
    "classified_at": lambda: _("phân loại lúc"),
    "outcome_at": lambda: _("kết quả lúc"),
    "event_at": lambda: _("xảy ra"),
    "reported_at": lambda: _("được báo cáo"),
    "recorded_at": lambda: _("được ghi"),
    "received_at": lambda: _("nhận lúc"),
    "asked_at": lambda: _("hỏi lúc"),
    "known_from": lambda: _("từ lúc"),
    "last_exposure": lambda: _("tiếp xúc lần cuối"),
    "since": lambda: _("từ"),
    "first": lambda: _("từ"),
    "last": lambda: _("đến"),
    "taken_on": lambda: _("lấy mẫu"),
    "result_on": lambda: _("có kết quả"),
    "arrived_on": lambda: _("ngày về"),
    "found_on": lambda: _("khai báo"),
    "started_on": lambda: _("vào cách ly"),
    "ended_on": lambda: _("hết cách ly"),
    "day": lambda: _("ngày"),
    "with": lambda: _("với người ở"),
    "relation": lambda: _("quan hệ"),
    "ct": lambda: "Ct",
    "temperature": lambda: "°C",
}  # fmt: skip
# What only the post's own bookkeeping needs; the JSON has it.
NOT_SHOWN = frozenset({"masked", "flags", "policy", "named_by_other", "target_group", "unfounded", "undated"})


def line_of(part: str, row: Any) -> str:
    """One record of a part of the paper in one line."""
    return "; ".join(dict.fromkeys(_pieces(part, row)))


def _pieces(at: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in NOT_SHOWN:
                yield from _named(at, str(key), inner)
    elif isinstance(value, list | tuple):
        yield from (text for one in value if (text := ", ".join(_pieces(at, one))))
    elif text := _text(at, value):
        yield text


def _named(at: str, key: str, value: Any) -> Iterator[str]:
    """A value with its name where its own words do not say what it is; a cell of a sender's list with the meaning of its column."""
    if key == "days":
        yield ", ".join(f"{_name(name, name)} {_text(at, day)}" for name, day in value)
        return
    texts = list(_pieces(f"{at}.{key}", value))
    if texts:
        yield f"{_column(key)}: {', '.join(texts)}" if at == "lists.cells" else f"{_name(key, '')} {', '.join(texts)}".strip()


def _column(target: str) -> str:
    return label(TargetField(target)) if target in set(TargetField) else target


def _name(key: str, otherwise: str) -> str:
    return NAMES[key]() if key in NAMES else otherwise


def _text(at: str, value: Any) -> str:
    """One value in the reader's language; nothing for what is not known and for a plain no."""
    if value is None or isinstance(value, bool):
        return ""
    if at in LISTS and value in LISTS[at]._value2member_map_:
        return label(LISTS[at](value))
    if at in WORDED:
        return WORDED[at](str(value))
    return label(value) if isinstance(value, LabelledChoice) else day_or_text(str(value))


def day_or_text(text: str) -> str:
    """A day or moment as people write it, a moment at either end of a day as the day; any other text as it stands."""
    try:
        moment = datetime.fromisoformat(text) if len(text) >= 10 and text[4:5] == "-" else None
    except ValueError:
        moment = None
    if moment is None:
        return text
    language = get_language() or "vi"
    here = clock.local(moment) if moment.tzinfo else moment
    whole = (here.hour, here.minute) in ((0, 0), (23, 59))
    return formats.day(here.date(), language=language) if whole else formats.moment(here, language=language)
