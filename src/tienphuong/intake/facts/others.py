"""Arrivals, stays, samples and daily checks a row tells of."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.cases.terms import LabMethod, LabOutcome, SampleKind
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.cases import dated, disease_of, moment, stated_method
from tienphuong.intake.facts.notes import from_note
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.quarantine.entries import StayEntry
from tienphuong.quarantine.terms import Day0Basis, IsolationReason, QuarantineForm, StayState
from tienphuong.registry.areas.terms import AreaLevel
from tienphuong.tracing.entries import ArrivalEntry, FollowUpEntry
from tienphuong.tracing.terms import FollowUpState

_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")
NO_METHOD: Final = ("Danh sách không ghi phương pháp xét nghiệm.", "Bổ sung cột phương pháp: RT-PCR hay test nhanh.")
NOT_QUARANTINED: Final = "not_quarantined"
"""The word of a cell that says that somebody is in no quarantine at all."""
_OF_STAY: Final = (F.QUARANTINE_FROM, F.QUARANTINE_TO, F.OUTCOME, F.QUARANTINE_PLACE, F.LEFT_ON)
_NO_STAY: Final = (
    "Dòng không ghi rõ hình thức hay ngày bắt đầu cách ly nên chưa ghi nhận lượt cách ly.",
    "Ghi hình thức cách ly và ngày bắt đầu.",
)
_NO_DAY: Final = ("Chưa rõ ngày theo dõi nên chưa ghi nhận lần theo dõi này.", "Ghi ngày theo dõi.")
_DENIED: Final = (
    "Dòng ghi không cách ly nhưng có ngày hoặc tình trạng cách ly nên chưa ghi nhận lượt cách ly.",
    "Kiểm tra lại hình thức, ngày và tình trạng.",
)
_NOT_SAMPLED: Final = (
    "Dòng có ngày lấy mẫu nhưng cột kết quả ghi không lấy mẫu hoặc không rõ kết quả nên chưa ghi nhận mẫu này.",
    "Kiểm tra lại ngày lấy mẫu và kết quả.",
)
_ROUNDS: Final = ((F.SAMPLED_ON, F.RESULT, "1"), (F.SAMPLED_ON_2, F.RESULT_2, "2"), (F.SAMPLED_ON_3, F.RESULT_3, "3"))


def arrival_of(row: RowReading, *, source_row: int | None) -> ArrivalEntry | None:
    """The arrival from an affected area, if the row tells of one."""
    place = row.text(F.FROM_PLACE)
    arrived, found = row.day(F.ARRIVED_ON), row.day(F.FOUND_ON) or row.day(F.DETECTED_ON)
    if not place and not arrived:
        return None
    reading = row.sense.areas.resolve(address=place)
    inland = reading.level in (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE, AreaLevel.HAMLET)
    return ArrivalEntry(
        disease=disease_of(row),
        reported_at=dated(row, F.REPORTED_ON, F.FOUND_ON, F.DETECTED_ON, after=(F.ARRIVED_ON, F.FOUND_ON)),
        from_place=place[:160],
        from_area_id=reading.area_id if inland else None,
        from_abroad=bool(reading.country),
        transport=" ".join(part for part in (row.text(F.TRANSPORT), row.text(F.FLIGHT), row.text(F.SEAT)) if part)[:80],
        arrived_on=arrived,
        found_how=row.noted_word("found", F.FOUND_HOW if row.text(F.FOUND_HOW) else F.DETECTION_SETTING),
        found_on=found,
        found_by=row.sense.sender[:120],
        source_row=source_row,
    )


def stay_beside(row: RowReading, *, form: str, source_row: int | None) -> StayEntry | None:
    """The quarantine a row of a list of contacts tells of: in a form that is understood, from a day that is sure and not to come."""
    started, form = row.sure_day(F.QUARANTINE_FROM), form or _central(row)
    if not form or form == NOT_QUARANTINED or started is None:
        return None
    planned, left = row.sure_day(F.QUARANTINE_TO), row.sure_day(F.LEFT_ON)
    over = left or (planned if planned and planned <= row.sense.day else None)
    return StayEntry(
        disease=disease_of(row),
        reported_at=dated(row, F.REPORTED_ON, F.QUARANTINE_FROM, after=(F.QUARANTINE_FROM,)),
        form=form,
        ground=IsolationReason.CONTACT,
        place=row.text(F.QUARANTINE_PLACE)[:200],
        state=_state(planned, left, row.sense.day),
        day0=started,
        day0_basis=Day0Basis.ISOLATED,
        started_on=started,
        planned_end=planned,
        ended_on=over,
        source_row=source_row,
        beside=True,
    )


_NOT_THERE: Final = re.compile(r"\b(?:khong|chua|cho|du kien|sap|het|xong|ra|ve)\b")
_CENTRAL: Final = re.compile(r"\b(?:tap trung|kcl(?:tt)?|cltt|khu cach ly)\b")


def _central(row: RowReading) -> str:
    """The form that a place, or the headings of place and day, name: a site of central quarantine. A place alone names none."""
    place = fold(row.text(F.QUARANTINE_PLACE))
    if _NOT_THERE.search(place):
        if row.cell(F.QUARANTINE_FROM):
            row.say(Severity.WARNING, F.QUARANTINE_PLACE, *_DENIED)
        return ""
    if not place:
        return ""
    headings = " ".join(fold(cell.label) for target in (F.QUARANTINE_PLACE, F.QUARANTINE_FROM) if (cell := row.cell(target)))
    named = _CENTRAL.search(place) or (_CENTRAL.search(headings) and not row.word("form", F.QUARANTINE_PLACE).asked)
    return QuarantineForm.CENTRAL if named else ""


def stay_of(row: RowReading, *, source_row: int | None, place: str = "") -> StayEntry | None:
    """The quarantine a row tells of, if it names its form or a day."""
    form, started = row.asked_word("form", F.QUARANTINE_FORM).value, row.day(F.QUARANTINE_FROM)
    register = row.sense.kind is SheetKind.QUARANTINE_REGISTER
    if not (started or form) or form == NOT_QUARANTINED or not (register or started):
        if register and any(row.text(target) for target in _OF_STAY):
            row.say(Severity.WARNING, F.QUARANTINE_FROM, *(_DENIED if form else _NO_STAY))
        return None
    planned, left = row.sure_day(F.QUARANTINE_TO), row.sure_day(F.LEFT_ON)
    state = row.asked_word("state", F.OUTCOME).value or _state(planned, left, row.sense.day)
    ended = left or (planned if state in (StayState.COMPLETED, StayState.TRANSFERRED) and planned and planned <= row.sense.day else None)
    return StayEntry(
        disease=disease_of(row),
        reported_at=dated(row, F.REPORTED_ON, F.QUARANTINE_FROM, after=(F.QUARANTINE_FROM,)),
        form=form or QuarantineForm.CENTRAL,
        ground=_ground(row),
        place=(row.text(F.QUARANTINE_PLACE) or place)[:200],
        state=state,
        day0=started,
        day0_basis=Day0Basis.ISOLATED if started else "",
        started_on=started,
        planned_end=planned,
        ended_on=ended,
        source_row=source_row,
    )


def _state(planned: date | None, left: date | None, today: date) -> str:
    over = left or (planned if planned and planned <= today else None)
    return StayState.COMPLETED if over else StayState.STAYING


def _ground(row: RowReading) -> str:
    if row.sense.kind is SheetKind.RETURNEES:
        return IsolationReason.AFFECTED_AREA
    return IsolationReason.CONTACT


def lab_of(row: RowReading, *, source_row: int | None) -> list[LabEntry]:
    """The samples of a row, one for each round it has columns for; a pool that answers beside a person's own result is one more."""
    samples = [
        _sample(row, taken, result, round_ if number else row.text(F.ROUND) or round_, first=not number, source_row=source_row)
        for number, (taken, result, round_) in enumerate(_ROUNDS)
        if _was_taken(row, taken, result)
    ]
    pool = _answer_of_pool(row)
    if not pool or not row.text(F.POOL_ID):
        return samples
    waiting = [one for one in samples if one.kind == SampleKind.POOLED and one.result == LabOutcome.PENDING]
    if waiting:
        return [replace(one, result=pool) if one is waiting[0] else one for one in samples]
    tube = _sample(row, F.SAMPLED_ON, F.POOL_RESULT, row.text(F.ROUND) or "1", first=True, source_row=source_row)
    return [*samples, replace(tube, kind=SampleKind.POOLED, code="", ct=None)]


_BESIDE: Final = (LabOutcome.NEGATIVE, LabOutcome.INCONCLUSIVE, LabOutcome.PENDING)


def samples_beside(row: RowReading, *, source_row: int | None) -> tuple[list[LabEntry], frozenset[F]]:
    """The samples a list of contacts tells of, and in which columns: an answer with a day. A positive one is asked about."""
    samples: list[LabEntry] = []
    columns: set[F] = set()
    if row.text(F.POOL_ID) or from_note(row.cell(F.RESULT)):
        return [], frozenset()
    for taken, target, number in _ROUNDS:
        result = row.word("result", target).value
        first = number == "1"
        if result in _BESIDE and (row.day(taken) or (first and result != LabOutcome.PENDING and row.day(F.RESULT_ON))):
            samples.append(_sample(row, taken, target, number, first=first, source_row=source_row))
            columns |= {taken, target, *(_OF_FIRST if first else ())}
    return samples, frozenset(columns)


_OF_FIRST: Final = (F.RESULT_ON, F.METHOD, F.CT, F.LAB, F.SAMPLE_CODE)


def _answer_of_pool(row: RowReading) -> str:
    """What the laboratory answered for the tube the row's person is one of: nobody's own result."""
    return row.asked_word("result", F.POOL_RESULT).value


_OWN: Final = re.compile(r"\b(?:mau don|kq don|ket qua don|ca nhan|tung nguoi|tach (?:gop|mau)|individual|single|personal)\b")


def _is_own(row: RowReading, target: F, result: str) -> bool:
    """Whether a row with a pool's code gives the person's own answer: its heading says so, or the pool answers in a column of its own."""
    cell = row.cell(target)
    pooled = row.record.cells.get(F.POOL_RESULT) is not None or (cell is not None and _OWN.search(fold(cell.label)) is not None)
    return pooled and result in (LabOutcome.POSITIVE, LabOutcome.NEGATIVE, LabOutcome.INCONCLUSIVE)


def _was_taken(row: RowReading, taken: F, result: F) -> bool:
    """Whether a sample is certain: it has an answer, or a day and a cell that is empty or says that the answer is awaited.

    A cell that is not understood is asked about: until then the sample waits with it, and is not counted as one without an answer.
    """
    day, reading = row.day(taken), row.asked_word("result", result)
    if reading.value or reading.asked:
        return bool(reading.value)
    silent = not any(char.isalnum() for char in row.text(result))
    if day and not silent:
        row.say(Severity.WARNING, taken, *_NOT_SAMPLED)
    return bool(day) and silent


def _sample(row: RowReading, taken: F, target: F, round_: str, *, first: bool, source_row: int | None) -> LabEntry:
    answered = row.day(F.RESULT_ON) if first else None
    result = row.word("result", target).value
    pool = row.text(F.POOL_ID)
    return LabEntry(
        disease=disease_of(row),
        reported_at=dated(row, F.REPORTED_ON, *((F.RESULT_ON,) if first else ()), taken, after=(taken, *((F.RESULT_ON,) if first else ()))),
        taken_on=row.day(taken),
        code=row.text(F.SAMPLE_CODE)[:40] if first else "",
        kind=SampleKind.POOLED if pool and not _is_own(row, target, result) else SampleKind.SINGLE,
        pool_code=pool[:40],
        method=_method(row, target, result),
        result=result or LabOutcome.PENDING,
        result_on=answered,
        ct=_figure(row.text(F.CT)) if first else None,
        laboratory=row.text(F.LAB)[:160],
        round=round_[:20],
        target_group=row.text(F.DEGREE)[:30],
        source_row=source_row,
    )


def _method(row: RowReading, target: F, result: str) -> str:
    """The method the list states, and a remark where a positive result has none; none is filled in."""
    method = stated_method(row, target) or LabMethod.NOT_STATED
    if result == LabOutcome.POSITIVE and method == LabMethod.NOT_STATED:
        row.say(Severity.INFO, target, *NO_METHOD)
    return method


def _figure(text: str) -> float | None:
    match = _FIGURE.search(text)
    return float(match.group().replace(",", ".")) if match else None


def follow_up_of(row: RowReading, *, source_row: int | None) -> FollowUpEntry | None:
    """The day's check a row tells of."""
    day = row.day(F.FOLLOW_UP_ON)
    if day is None and row.cell(F.FOLLOW_UP_ON):
        if not any(issue.target == F.FOLLOW_UP_ON and issue.severity != Severity.INFO for issue in row.issues):
            row.say(Severity.WARNING, F.FOLLOW_UP_ON, *_NO_DAY)
        return None  # the day is asked about: no check of another day is made of it
    day = day or row.sense.day
    stated, temperature = row.text(F.FOLLOW_UP_STATE), degrees_of(row.text(F.TEMPERATURE))
    if not stated and temperature is None:
        return None
    state = row.asked_word("follow_up", F.FOLLOW_UP_STATE)
    if temperature is None and not state.value:
        return None  # nobody knows whether the person was seen: the cell is asked about
    symptoms = row.text(F.SYMPTOMS)
    return FollowUpEntry(
        disease=disease_of(row),
        reported_at=moment(day, row.sense.at),
        day=day,
        state=state.value or FollowUpState.DONE,
        temperature=temperature,
        symptoms="" if fold(symptoms) in ("khong", "khong co", "binh thuong") else symptoms[:200],
        source_row=source_row,
    )


def degrees_of(text: str) -> Decimal | None:
    """The figure of a cell of temperatures."""
    match = _FIGURE.search(text)
    try:
        return Decimal(match.group().replace(",", ".")) if match else None
    except InvalidOperation:
        return None
