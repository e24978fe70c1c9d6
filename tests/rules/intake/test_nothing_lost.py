"""Every kind of list and every fact: a cell of a sure column is written down, or remarked on its row; never lost in silence."""

from datetime import date

import pytest
from tests.rules.intake.rows import facts, remarked

from tienphuong.intake.facts.becomes import becomes_of
from tienphuong.intake.facts.facts import RowFacts
from tienphuong.intake.facts.unused import FACTS, NOTES, PARTS, WRITTEN
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.tracing.services.inputs import day_start

# What a row of the kind says besides, so that the cell has something to be written with.
_BESIDE = {
    K.CONTACT_LIST: {"linked_case": "BN900501", "degree": "F1"},
    K.SORMAS_CONTACT: {"linked_case": "BN900501", "degree": "F1"},
    K.SORMAS_CASE_CONTACT: {"linked_case": "BN900501", "degree": "F1"},
    K.CONTACT_PAIRS: {"linked_case": "BN900501"},
    K.RETURNEES: {"from_place": "Bắc Giang"},
    K.LAB_RESULTS: {"sampled_on": "19/8/2021", "result": "âm tính"},
    K.QUARANTINE_REGISTER: {"quarantine_from": "17/8/2021", "quarantine_form": "cách ly tại nhà"},
    K.FOLLOW_UP: {"follow_up_on": "21/8/2021", "follow_up_state": "bình thường"},
    K.EXPOSURE_EVENTS: {"exposure_place": "Chợ Vồi", "linked_case": "BN900501", "event_on": "16/8/2021"},
}
_KINDS = [*_BESIDE, K.CASE_LIST, K.LINE_LIST, K.SORMAS_CASE, K.SORMAS_LINE_LISTING, K.HOUSEHOLD_REGISTER]
_DAYS = dict.fromkeys((one for one in F if one.endswith(("_on", "_on_2", "_on_3", "_from", "_to"))), ("20/8/2021",))
_SAID = dict.fromkeys(FACTS, ("BT 12",)) | _DAYS | {
    F.CLASSIFICATION: ("ca bệnh xác định", "nghi ngờ", "loại trừ", "ca nào đó"),
    F.OUTCOME: ("đã tử vong", "hy sinh", "ra viện", "chuyển viện", "đã chôn", "không tử vong"),
    F.DIED: ("có",),
    F.RECOVERED: ("có",),
    F.RESULT: ("dương tính", "âm tính", "+/-"),
    F.RESULT_2: ("dương tính", "âm tính"),
    F.RESULT_3: ("dương tính", "âm tính"),
    F.METHOD: ("RT-PCR",),
    F.CT: ("21,5",),
    F.DEGREE: ("F0", "F2"),
    F.LINKED_CASE: ("BN900502",),
    F.SYMPTOMS: ("sốt, ho",),
    F.DETECTION_SETTING: ("cộng đồng",),
    F.SOURCE_STATUS: ("chưa rõ nguồn lây",),
    F.QUARANTINE_FORM: ("cách ly tập trung",),
    F.FOLLOW_UP_STATE: ("bình thường",),
    F.TEMPERATURE: ("38,5",),
    F.TIME_FROM: ("8h30",),
    F.TIME_TO: ("9h30",),
    F.NUMBER_PRESENT: ("12",),
    F.DISEASE: ("sởi",),
    F.FOUND_HOW: ("tự khai báo",),
}  # fmt: skip
_FIGURES_HANG_ON = {
    F.CLASSIFICATION: "ca bệnh xác định", F.OUTCOME: "đã tử vong", F.OUTCOME_ON: "20/8/2021", F.DIED_ON: "20/8/2021", F.RECOVERED_ON: "20/8/2021",
    F.DIED: "có", F.RECOVERED: "có", F.RESULT: "dương tính", F.RESULT_2: "dương tính", F.RESULT_3: "dương tính", F.DEGREE: "F0",
}  # fmt: skip


def _besides(kind: K, target: F) -> dict[str, str]:
    """The other cells of the row; an event has one day, by whichever of its columns says it first."""
    days = {F.EVENT_ON} if target in (F.DETECTED_ON, F.EXPOSURE_FROM) else set()
    return {name: text for name, text in _BESIDE.get(kind, {}).items() if name not in {target, *days}}


def _row(kind: K, target: F, text: str) -> RowFacts:
    return facts(kind, **_besides(kind, target), **{target.value: text})


def _written(row: RowFacts) -> str:
    return repr((row.person, row.cases, row.contacts, row.arrivals, row.stays, row.labs, row.follow_ups, row.event, row.event_code))


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("target", sorted(FACTS))
def test_a_fact_is_written_or_remarked(kind: K, target: F) -> None:
    for text in _SAID[target]:
        row = _row(kind, target, text)
        named = any(issue.target == target or target.label in issue.reason for issue in row.issues)
        # a list of cases that is silent lists confirmed cases: a positive result says the same
        same = kind not in _BESIDE and (target, text) == (F.RESULT, "dương tính")
        assert same or named or _written(row) != _written(facts(kind, **_besides(kind, target))), text


_OF_PERSON = {
    F.FULL_NAME: "Lê Văn Ba", F.SEX: "nam", F.MALE_MARK: "x", F.FEMALE_MARK: "x", F.BIRTH: "1961", F.AGE: "44", F.AGE_MONTHS: "7", F.AGE_WEEKS: "3",
    F.AGE_DAYS: "9", F.PHONE: "0987654321", F.IDENTITY_NO: "001061000123", F.PASSPORT_NO: "B1234567", F.INSURANCE_NO: "DN4010112345678",
}  # fmt: skip


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("target", [target for target in F if target not in FACTS | NOTES | PARTS])
def test_what_a_row_says_of_its_person_is_written_or_remarked(kind: K, target: F) -> None:
    cells = _besides(kind, target) | ({"birth": None} if target.value.startswith("age") else {})
    row = facts(kind, **{**cells, target.value: _OF_PERSON.get(target, "BT 12")})
    named = any(issue.target == target or target.label in issue.reason for issue in row.issues)
    assert named or _written(row) != _written(facts(kind, **cells))


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize(("target", "text"), _FIGURES_HANG_ON.items())
def test_what_figures_hang_on_is_written_or_asked(kind: K, target: F, text: str) -> None:
    written = WRITTEN.get(kind, frozenset())
    contact_who_is_a_case = target is F.DEGREE and kind in WRITTEN and F.LINKED_CASE in written
    of_cases = kind in (K.CASE_LIST, K.LINE_LIST, K.SORMAS_CASE, K.SORMAS_LINE_LISTING)
    row = _row(kind, target, text)
    assert of_cases or target in written or contact_who_is_a_case or remarked(row, of=target)


@pytest.mark.parametrize("said", ["đã tử vong", "hy sinh", "quy tiên", "mất rồi"])
def test_a_positive_person_of_a_list_of_results_who_died_is_a_death(said: str) -> None:
    row = facts("lab_results", result="Dương tính", result_on="24/8/2021", outcome=said)
    assert [(case.classification, case.outcome, case.outcome_at) for case in row.cases] == [("", "died", None)]
    assert row.cases[0].reported_at == day_start(date(2021, 8, 24))
    assert facts("lab_results", result="Dương tính", outcome=said).labs[0].reported_at < day_start(date(2021, 8, 24))
    assert remarked(row) == []


@pytest.mark.parametrize(
    ("result", "said"), [("Âm tính", "đã tử vong"), ("", "đã tử vong"), ("Dương tính", "đã chôn"), ("Dương tính", "không tử vong")]
)
def test_an_end_that_no_case_takes_is_asked(result: str, said: str) -> None:
    row = facts("lab_results", result=result, sampled_on="23/8/2021", outcome=said)
    assert row.cases == []
    assert remarked(row, of="outcome") == [said]


def test_the_plain_states_of_contacts_are_not_asked_about() -> None:
    for said in ("bình thường", "đang cách ly", "sức khỏe ổn định", "đang điều trị", "âm tính"):
        assert remarked(facts("contact_list", degree="F1", linked_case="BN900501", outcome=said)) == []


def test_the_preview_of_a_dead_positive_says_both_and_no_case_without_a_class() -> None:
    row = facts("lab_results", result="Dương tính", result_on="24/8/2021", outcome="tử vong")
    assert becomes_of(row) == [("outcome", "died"), ("sample", "positive")]
