"""The case a row tells of."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.cases.terms import Classification, Evidence, LabMethod, LabOutcome, Outcome, SourceStatus
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.codes import Code
from tienphuong.intake.facts.places import Residence
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.facts.words import class_word, disease_code, method_word, outcome_word, result_word, setting_word, source_word
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.tracing.services.gather import day_start

_DOUBTS: Final = frozenset({Classification.REFUTED, Classification.PROBABLE, Classification.SUSPECTED, Classification.RE_POSITIVE})
_SYMPTOM_FREE: Final = ("khong trieu chung", "khong co trieu chung", "khong", "asymptomatic", "no", "binh thuong")


def case_of(row: RowReading, home: Residence, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """What the row says of the case. Lists of cases that say no class are lists of confirmed cases."""
    days = {target: row.day(target) for target in (F.ONSET_ON, F.SAMPLED_ON, F.DETECTED_ON, F.RESULT_ON, F.REPORTED_ON, F.QUARANTINE_FROM)}
    outcome, outcome_on = _outcome(row)
    classification, reason = _classification(row)
    found_on = days[F.DETECTED_ON] or days[F.RESULT_ON] or days[F.SAMPLED_ON]
    reported = days[F.REPORTED_ON] or days[F.DETECTED_ON] or days[F.RESULT_ON] or days[F.SAMPLED_ON] or outcome_on
    symptoms, isolated = row.text(F.SYMPTOMS), days[F.QUARANTINE_FROM]
    return CaseEntry(
        disease=disease_of(row),
        reported_at=told_at(reported, row.sense.at),
        classification=classification,
        evidence=_evidence(row, classification),
        classified_on=told_at(days[F.RESULT_ON] or days[F.DETECTED_ON] or reported, row.sense.at),
        onset_on=days[F.ONSET_ON],
        symptomatic=fold(symptoms) not in _SYMPTOM_FREE if symptoms else True if days[F.ONSET_ON] else None,
        detected_on=days[F.SAMPLED_ON] or found_on,
        detection_setting=setting_word(row.text(F.DETECTION_SETTING)) or _said_elsewhere(row),
        isolated_at=day_start(isolated) if isolated else None,
        source_status=_source(row),
        residence_area_id=home.area_id,
        residence_area_path=home.area_path,
        detection_area_id=row.sense.area_id,
        treatment_place=row.text(F.TREATMENT_PLACE)[:200],
        outcome=outcome,
        outcome_at=moment(outcome_on, row.sense.at) if outcome_on else None,
        cluster=row.text(F.CLUSTER)[:160],
        aliases=tuple(_alias(code, row) for code in codes),
        reason=reason,
        source_row=source_row,
    )


def numbered_only(row: RowReading, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """A case known by its number alone: what it is, another list will say."""
    aliases = tuple(_alias(code, row) for code in codes)
    return CaseEntry(disease=disease_of(row), reported_at=row.sense.at, aliases=aliases, source_row=source_row)


def disease_of(row: RowReading) -> str:
    """The disease the row names, else the file's."""
    named = row.text(F.DISEASE)
    return disease_code(named) if named else row.sense.disease


def moment(day: date | None, at: datetime) -> datetime:
    """The first moment of a day, never after the act; a day that is not said is the act's own moment."""
    return min(day_start(day), at) if day else at


def told_at(day: date | None, at: datetime) -> datetime:
    """The moment of a fact; one whose day nobody told is late: known with the act, but nothing new of the act's own day.

    A day before the act is before the last cut-off of whatever report the act comes into.
    """
    return moment(day, at) if day else at - timedelta(days=1)


def _classification(row: RowReading) -> tuple[str, str]:
    """The class the row says, with the reason a refutation needs. Words in other columns count where they are plain."""
    said = class_word(row.text(F.CLASSIFICATION))
    columns = [F.OUTCOME, F.RESULT, F.NOTE]
    for target in columns:
        word = class_word(row.text(target)) if not said else ""
        if target is F.RESULT and word == Classification.REFUTED and outcome_word(row.text(F.OUTCOME)):
            continue  # a negative test of somebody treated or sent home is the test that let him go
        # A note tells of tests of many days: only plain words of doubt in it speak of the class.
        if word and (target is not F.NOTE or word in (Classification.PROBABLE, Classification.SUSPECTED)):
            said = word if word in _DOUBTS else said
    said = said or Classification.CONFIRMED
    # A list that says "xác định" in so many words is believed: which tests confirm differs by disease (NS1 is an antigen too).
    stated = "xac dinh" in fold(row.text(F.CLASSIFICATION)) and said == Classification.CONFIRMED
    if not stated and said == Classification.CONFIRMED and method_word(row.text(F.METHOD)) in row.sense.probable_by:
        said = Classification.PROBABLE
    if said == Classification.REFUTED:
        return said, sentence("danh sách ghi: {words}", words=row.text(F.CLASSIFICATION) or row.text(F.OUTCOME) or row.text(F.RESULT))[:300]
    return said, ""


def _evidence(row: RowReading, classification: str) -> str:
    method, result = method_word(row.text(F.METHOD)), result_word(row.text(F.RESULT))
    if classification == Classification.REFUTED:
        return Evidence.LAB_NEGATIVE if result == LabOutcome.NEGATIVE else Evidence.REVIEW
    if classification == Classification.PROBABLE or method == LabMethod.ANTIGEN:
        return Evidence.LAB_ANTIGEN
    return Evidence.CLINICAL if classification == Classification.SUSPECTED else Evidence.LAB_PCR if method == LabMethod.PCR else ""


def _outcome(row: RowReading) -> tuple[str, date | None]:
    """The outcome and its day: a day of death or of leaving hospital says the outcome by itself."""
    died, left, ended = row.day(F.DIED_ON), row.day(F.RECOVERED_ON), row.day(F.OUTCOME_ON)
    said = outcome_word(row.text(F.OUTCOME))
    if died or said == Outcome.DIED:
        return Outcome.DIED, died or ended or left
    if left and said in ("", Outcome.IN_TREATMENT):
        if said:
            row.say(Severity.WARNING, F.OUTCOME, "Ghi đang điều trị nhưng có ngày ra viện; hiểu là đã ra viện.", "Kiểm tra lại tình trạng.")
        return Outcome.RECOVERED, left
    return said, left or ended


def _source(row: RowReading) -> str:
    return source_word(row.text(F.SOURCE_STATUS)) or (SourceStatus.KNOWN if row.text(F.LINKED_CASE) else "")


def _said_elsewhere(row: RowReading) -> str:
    """The place of detection in a column of classes (`Phân loại: cộng đồng`)."""
    return setting_word(row.text(F.DEGREE)) if row.sense.kind is SheetKind.CASE_LIST else ""


def _alias(code: Code, row: RowReading) -> AliasEntry:
    kind = "national" if code.national else "epid" if row.text(F.EPID) == code.text else "local"
    return AliasEntry(kind, code.text, code.key, "" if code.national else row.sense.sender[:60])
