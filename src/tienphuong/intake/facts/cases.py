"""The case a row tells of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.cases.terms import Classification, Evidence, LabMethod, LabOutcome, Outcome, SourceStatus
from tienphuong.core.clock import local
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.codes import Code
from tienphuong.intake.facts.corrections import disputed, note_denied
from tienphuong.intake.facts.links import read_links
from tienphuong.intake.facts.places import Residence
from tienphuong.intake.facts.row import FUTURE, RowReading
from tienphuong.intake.facts.treated import has_no_outcome, treatment_place
from tienphuong.intake.facts.words import DISEASES, disease_code
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.lists.words.reading import Reading
from tienphuong.lists.words.surroundings import method_beside
from tienphuong.lists.words.unconfirmed import UNCONFIRMED
from tienphuong.registry.terms import Aspect
from tienphuong.tracing.services.inputs import day_start

_ANSWERED_WITHIN: Final = 7
"""Days from the sample to the list that reports its result, at most."""
_SLIP: Final = 10
"""Years by which a slip of a digit displaces a day; what lies further off, as 9999, stands for nothing."""
_DATE_LIKE: Final = re.compile(r"[1-9]\d?\D{1,3}\d{1,2}\D{1,3}\d{2}")
_CLINICAL: Final = re.compile(r"\blam sang\b|\bclinical")
_DOUBTS: Final = frozenset({Classification.REFUTED, Classification.PROBABLE, Classification.SUSPECTED, Classification.RE_POSITIVE})


_OTHER_DISEASE: Final = (
    "Ô ghi một bệnh khác bệnh của tệp; ca này không tính vào số liệu của tệp.",
    "Nếu đây là bệnh nền hoặc bệnh kèm theo, hãy đổi ý nghĩa của cột hoặc để trống ô.",
)


def case_of(row: RowReading, home: Residence, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """What the row says of the case. Lists of cases that say no class are lists of confirmed cases."""
    days = {target: row.day(target) for target in (F.ONSET_ON, F.SAMPLED_ON, F.DETECTED_ON, F.RESULT_ON, F.REPORTED_ON, F.QUARANTINE_FROM)}
    classification, denied = _undenied(row, _classification(row))
    outcome, outcome_on = ("", None) if has_no_outcome(row, classification) else _outcome(row)
    found_on = days[F.DETECTED_ON] or days[F.RESULT_ON] or days[F.SAMPLED_ON]
    ended_at = _ended_at(row, outcome, outcome_on)
    reported = (
        _first_sure(row, F.REPORTED_ON, F.DETECTED_ON, F.RESULT_ON)
        or _titled_day(row)
        or _first_sure(row, F.SAMPLED_ON)
        or (local(ended_at).date() if ended_at else None)
    )
    isolated = days[F.QUARANTINE_FROM]
    note_other_disease(row)
    classified_on = reported_moment(_first_sure(row, F.RESULT_ON, F.DETECTED_ON) or reported, row.sense.at)
    return CaseEntry(
        disputed=(*disputed(row), *denied),
        reason=_reason(row, classification),
        disease=disease_of(row),
        reported_at=max(reported_moment(reported, row.sense.at), classified_on),
        listed_at=day_start(row.sense.titled_on) if row.sense.titled_on else None,
        classification=classification,
        evidence=_evidence(row, classification),
        classified_on=classified_on,
        onset_on=days[F.ONSET_ON],
        symptomatic=_symptomatic(row, days[F.ONSET_ON]),
        detected_on=days[F.SAMPLED_ON] or found_on,
        detection_setting=row.noted_word("setting", F.DETECTION_SETTING) or _stated_elsewhere(row),
        isolated_at=day_start(isolated) if isolated else None,
        source_status=_source(row),
        residence_area_id=home.area_id,
        residence_area_path=home.area_path,
        detection_area_id=row.sense.area_id,
        treatment_place=treatment_place(row),
        outcome=outcome,
        outcome_at=ended_at,
        **_recovery_beside(row, outcome),
        cluster=row.text(F.CLUSTER)[:160],
        aliases=tuple(_alias(code, row) for code in codes),
        source_row=source_row,
    )


def numbered_only(row: RowReading, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """A case known by its number alone: what it is, another list will say."""
    aliases = tuple(_alias(code, row) for code in codes)
    return CaseEntry(disease=disease_of(row), reported_at=row.sense.at, aliases=aliases, source_row=source_row)


def case_of_sample(row: RowReading, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """The case of somebody whose sample is positive: its number and what became of the patient; what the case is, the sample says."""
    outcome, day = _outcome(row)
    return replace(
        numbered_only(row, codes=codes, source_row=source_row),
        reported_at=reported_moment(_first_sure(row, F.REPORTED_ON, F.RESULT_ON, F.SAMPLED_ON), row.sense.at),
        outcome=outcome,
        outcome_at=_ended_at(row, outcome, day),
        **_recovery_beside(row, outcome),
        treatment_place=treatment_place(row) if outcome else "",
    )


def disease_of(row: RowReading) -> str:
    """The disease the row names, else the file's; an answer or an underlying disease under the same head names none."""
    named = row.text(F.DISEASE)
    return (disease_code(named) if named else "") or row.sense.disease


def note_other_disease(row: RowReading) -> None:
    """The remark of a case of a disease that no rules are known of: it is in no figure of the file's disease."""
    if (code := disease_of(row)) != row.sense.disease and code not in DISEASES:
        row.say(Severity.WARNING, F.DISEASE, *_OTHER_DISEASE)


def moment(day: date | None, at: datetime) -> datetime:
    """The first moment of a day, never after the act; a day that is not said is the act's own moment."""
    return min(day_start(day), at) if day else at


def reported_moment(day: date | None, at: datetime) -> datetime:
    """The moment of a fact; one whose day nobody wrote is late: known with the act, but nothing new of the act's own day.

    A day before the act is before the last cut-off of whatever report the act comes into.
    """
    return moment(day, at) if day else at - timedelta(days=1)


def dated(row: RowReading, *targets: F, after: Sequence[F] = ()) -> datetime:
    """The moment of a report by the first of its days that is sure; one without is late, never new. It is never before the facts it tells."""
    given = reported_moment(_first_sure(row, *targets), row.sense.at)
    return max([given, *(moment(day, row.sense.at) for target in after if (day := row.sure_day(target)))])


def _titled_day(row: RowReading) -> date | None:
    """The day of the list's title, for a case sampled in the week before it, or with no day of its own; an older sample is of another day."""
    day, sampled = row.sense.titled_on, row.sure_day(F.SAMPLED_ON)
    if day is None or (sampled is None and row.cell(F.SAMPLED_ON)):
        return None
    return day if sampled is None or 0 <= (day - sampled).days <= _ANSWERED_WITHIN else None


def _first_sure(row: RowReading, *targets: F) -> date | None:
    return next((day for target in targets if (day := row.sure_day(target))), None)


def _ended_at(row: RowReading, outcome: str, day: date | None) -> datetime | None:
    """The moment of the outcome: a day that another of the row contradicts, or that lies out of time, makes nothing new."""
    late = row.sense.at - timedelta(days=1)
    if day is None:
        return late if outcome == Outcome.DIED and _death_out_of_time(row) else None
    return min(moment(day, row.sense.at), late) if day in {row.days.get(target) for target in row.doubted} else moment(day, row.sense.at)


def _death_out_of_time(row: RowReading) -> bool:
    """Whether a day of death is written that dates nothing: the death itself is written."""
    if not (_DATE_LIKE.search(row.text(F.DIED_ON)) and row.word("datetime", F.DIED_ON).asked) or row.day(F.DIED_ON):
        return False
    written = row.written_day(F.DIED_ON)
    return written is None or abs(written.year - row.sense.day.year) <= _SLIP


def _classification(row: RowReading) -> str:
    """The class the row says; a class or result that is not understood makes no class."""
    stated, result = row.asked_word("classification", F.CLASSIFICATION), _result(row)
    given = (
        stated.value
        if stated.value or stated.asked
        else _class_elsewhere(row, result.value, unclassified=bool(stated.reason) or _not_classed(row))
    )
    # A list that says "xác định" in so many words is believed: which tests confirm differs by disease (NS1 is an antigen too).
    # The method of a negative test, as before a discharge, does not tell how the case was found.
    quick = result.value != LabOutcome.NEGATIVE and stated_method(row, F.RESULT) in row.sense.probable_by
    if not stated.value and given == Classification.CONFIRMED and quick:
        given = Classification.PROBABLE
    return given


def _result(row: RowReading) -> Reading:
    """The result of the row; a positive one that another is to confirm is asked only where it makes no class by itself."""
    unasked = _is_probable(row) or row.word("classification", F.CLASSIFICATION).value
    return (
        row.word("result", F.RESULT)
        if row.word("result", F.RESULT).reason == UNCONFIRMED and unasked
        else row.asked_word("result", F.RESULT)
    )


def _is_probable(row: RowReading) -> bool:
    """Whether the row's result is a positive test that another is to confirm: a probable case, until it does."""
    return row.word("result", F.RESULT).reason == UNCONFIRMED and row.word("classification", F.RESULT).value == Classification.PROBABLE


def _undenied(row: RowReading, given: str) -> tuple[str, tuple[tuple[Aspect, str], ...]]:
    """The class, unless a note of the row denies it: then there is none, and the denial is put against what was written before."""
    if not note_denied(row) or given in ("", Classification.REFUTED):
        return given, ()
    return "", ((Aspect.CLASSIFICATION, Classification.REFUTED),)


_NEGATIVE_AND_DIED: Final = (
    "Xét nghiệm âm tính mà tử vong, không ghi phân loại: chưa rõ có phải ca bệnh.",
    "Ghi phân loại ca bệnh, hoặc để cán bộ dịch tễ quyết định.",
)
_NO_CLASS: Final = ("Danh sách có phân loại ca bệnh mà dòng này không ghi: chưa tính là ca bệnh xác định.", _NEGATIVE_AND_DIED[1])


def _not_classed(row: RowReading) -> bool:
    """Whether the row says no class, by a sign for nothing or by silence where the list tells cases apart, and nothing else in it says one."""
    written = row.record.cells.get(F.CLASSIFICATION)
    silent = row.sense.sorts_cases if written is None or not written.flags else "not_available" in written.flags
    elsewhere = row.text(F.RESULT) or any(row.word("classification", target).value for target in (F.DEGREE, F.OUTCOME, F.NOTE))
    if row.text(F.CLASSIFICATION) or not silent or elsewhere:
        return False
    row.say(Severity.WARNING, F.CLASSIFICATION, *_NO_CLASS)
    return True


def _class_elsewhere(row: RowReading, result: str, *, unclassified: bool) -> str:
    """The class by the outcome, the result or a note.

    A list of cases that is silent lists confirmed cases; one that says "chưa phân loại" does not, unless its result is positive.
    """
    if unclassified and result != LabOutcome.POSITIVE and not _is_probable(row):
        return ""
    grouped = row.word("classification", F.DEGREE).value
    if grouped in _DOUBTS:
        return grouped
    fares = row.word("classification", F.OUTCOME).value
    if fares in _DOUBTS and not row.word("outcome", F.OUTCOME).value:
        return fares
    tested = _class_by_result(row, result)
    if tested != Classification.CONFIRMED:
        return tested
    # A note tells of tests of many days: only plain words of doubt in it speak of the class.
    noted = row.word("classification", F.NOTE).value
    return noted if noted in (Classification.PROBABLE, Classification.SUSPECTED) else tested


_NEGATIVE_AND_TREATED: Final = (
    "Xét nghiệm âm tính mà đang điều trị, không ghi phân loại: chưa rõ có phải ca bệnh.",
    "Ghi phân loại ca bệnh, hoặc để cán bộ dịch tễ quyết định.",
)


_FIRST_TEST: Final = (
    "Xét nghiệm dương tính lần đầu hoặc còn chờ khẳng định: ghi là ca có thể, chưa tính là ca xác định.",
    "Gửi kết quả khẳng định khi có.",
)


def _class_by_result(row: RowReading, result: str) -> str:
    """What the result makes of the case; one that is not understood, or says that nobody was tested, makes nothing of it."""
    text, ended = row.text(F.RESULT), row.word("outcome", F.OUTCOME).value
    if result == LabOutcome.NEGATIVE and ended == Outcome.DIED:
        row.say(Severity.WARNING, F.RESULT, *_NEGATIVE_AND_DIED)
        return ""
    if result == LabOutcome.NEGATIVE and ended == Outcome.IN_TREATMENT:
        row.say(Severity.WARNING, F.RESULT, *_NEGATIVE_AND_TREATED)
        return ""
    if not text or (result == LabOutcome.NEGATIVE and ended):
        return Classification.CONFIRMED  # a negative test of somebody sent home is the test that let them go
    if _is_probable(row):
        row.say(Severity.WARNING, F.RESULT, *_FIRST_TEST)
        return Classification.PROBABLE
    if result == LabOutcome.POSITIVE:
        doubt = row.word("classification", F.RESULT).value
        return doubt if doubt in (Classification.PROBABLE, Classification.RE_POSITIVE) else Classification.CONFIRMED
    return {LabOutcome.NEGATIVE: Classification.REFUTED, LabOutcome.PENDING: Classification.SUSPECTED}.get(
        result, Classification.SUSPECTED if result == LabOutcome.INCONCLUSIVE else ""
    )


def stated_method(row: RowReading, target: F) -> str:
    """The method of a test by its own column, by the heading of the result or by the result itself; empty where none is stated."""
    cell = row.cell(target)
    own = row.noted_word("method", F.METHOD)
    if own or row.word("method", F.METHOD).asked:
        return own
    return next((word for text in (cell.label if cell else "", row.text(target)) if (word := method_beside(text, context=row.context))), "")


def _reason(row: RowReading, classification: str) -> str:
    """Why a case is no case, where the column of classes says so: the negative test written beside it. Without it an officer is asked."""
    if classification != Classification.REFUTED or row.word("classification", F.CLASSIFICATION).value != Classification.REFUTED:
        return ""
    return next((row.text(target)[:200] for target in (F.NOTE, F.RESULT) if row.word("result", target).value == LabOutcome.NEGATIVE), "")


def _evidence(row: RowReading, classification: str) -> str:
    """What the class rests on, as far as the list states it: its test and method, or the word "lâm sàng"; nothing is filled in."""
    method, result = stated_method(row, F.RESULT), row.word("result", F.RESULT).value
    if classification == Classification.REFUTED:
        return Evidence.LAB_NEGATIVE if result == LabOutcome.NEGATIVE else ""
    if classification == Classification.SUSPECTED or not classification:
        return Evidence.CLINICAL if _CLINICAL.search(fold(row.text(F.CLASSIFICATION))) else ""
    return {LabMethod.ANTIGEN: Evidence.LAB_ANTIGEN, LabMethod.PCR: Evidence.LAB_PCR}.get(method or _method_of_class(row), "")  # type: ignore[call-overload]


def _method_of_class(row: RowReading) -> str:
    """The method that the words of the class name: "test nhanh dương tính"."""
    return method_beside(row.text(F.CLASSIFICATION), context=row.context)


def _outcome(row: RowReading) -> tuple[str, date | None]:
    """The outcome and its day: a day of death or of leaving hospital says the outcome by itself."""
    died, left, ended = _day_unless_answer(row, F.DIED_ON), _day_unless_answer(row, F.RECOVERED_ON), row.day(F.OUTCOME_ON)
    given, own_day = _outcome_word(row)
    given = _outcome_answered(row) or given
    ended = ended or own_day
    if died or given == Outcome.DIED or _death_out_of_time(row):
        return Outcome.DIED, died or ended or left
    if left and given in ("", Outcome.IN_TREATMENT):
        if given:
            row.say(Severity.WARNING, F.OUTCOME, "Ghi đang điều trị nhưng có ngày ra viện; hiểu là đã ra viện.", "Kiểm tra lại tình trạng.")
        return Outcome.RECOVERED, left
    return given, left or ended


_BOTH_ENDS: Final = (
    "Dòng ghi cả khỏi bệnh, ra viện và tử vong; đang tính là tử vong.",
    "Kiểm tra lại kết cục của người này với nơi gửi.",
)


def _recovery_beside(row: RowReading, outcome: str) -> dict[str, Any]:
    """The recovery that the row of a death tells too, with its day if it gives one; a row with both days has its remark already."""
    day = _day_unless_answer(row, F.RECOVERED_ON)
    given = row.word("outcome", F.OUTCOME).value == Outcome.RECOVERED
    answered = "yes" in (row.word("boolean", F.RECOVERED).value, _answer(row, F.RECOVERED_ON))
    if outcome != Outcome.DIED or not (day or given or answered):
        return {}
    if not (day and _day_unless_answer(row, F.DIED_ON)):
        row.say(Severity.WARNING, F.OUTCOME, *_BOTH_ENDS)
    return {"recovered_beside": True, "recovered_at": moment(day, row.sense.at) if day else None}


def _day_unless_answer(row: RowReading, target: F) -> date | None:
    """The day in a column of days of death or recovery; a cell that answers yes or no gives none."""
    return None if _answer(row, target) else row.day(target)


def _outcome_answered(row: RowReading) -> str:
    """The outcome by the columns that only ask whether somebody died or recovered; where all say no, treatment goes on."""
    died = row.asked_word("boolean", F.DIED).value or _answer(row, F.DIED_ON)
    recovered = row.asked_word("boolean", F.RECOVERED).value or _answer(row, F.RECOVERED_ON)
    if "yes" in (died, recovered):
        return Outcome.DIED if died == "yes" else Outcome.RECOVERED
    return Outcome.IN_TREATMENT if died == recovered == "no" else ""


def _answer(row: RowReading, target: F) -> str:
    """A yes or no that stands where a day should; a cell with figures is a day."""
    return "" if any(char.isdigit() for char in row.text(target)) else row.word("boolean", target).value


def _outcome_word(row: RowReading) -> tuple[str, date | None]:
    """The outcome in words with the day in the same cell; a class in the column of outcomes is no question about the outcome."""
    if row.word("classification", F.OUTCOME).value in _DOUBTS:
        reading = row.word("outcome", F.OUTCOME)
    else:
        reading = row.asked_word("outcome", F.OUTCOME)
    given = reading.facts.get("day") if reading.value else None
    day = date.fromisoformat(str(given)[:10]) if given else None
    if day and day > row.sense.day:
        row.say(Severity.WARNING, F.OUTCOME, *FUTURE)
        return reading.value, None
    return reading.value, day


def _symptomatic(row: RowReading, onset: date | None) -> bool | None:
    """Whether the list says symptoms; a day of onset says so by itself."""
    given = row.asked_word("symptoms", F.SYMPTOMS).value
    return given == "yes" if given else True if onset else None


def _source(row: RowReading) -> str:
    for target in (F.SOURCE_STATUS, F.LINKED_CASE):
        if read_links(row.text(target), sender=row.sense.sender, whole=target is F.LINKED_CASE).found:
            return SourceStatus.KNOWN
    return row.noted_word("source", F.SOURCE_STATUS) or row.word("source", F.LINKED_CASE).value


def _stated_elsewhere(row: RowReading) -> str:
    """The place of detection in a column of classes (`Phân loại: cộng đồng`)."""
    return row.word("setting", F.DEGREE).value if row.sense.kind is SheetKind.CASE_LIST else ""


def _alias(code: Code, row: RowReading) -> AliasEntry:
    kind = "national" if code.national else "epid" if row.text(F.EPID) == code.text else "local"
    return AliasEntry(kind, code.text, code.key, "" if code.national else row.sense.sender[:60])
