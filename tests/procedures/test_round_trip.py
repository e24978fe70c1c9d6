"""Every list that went out comes back without a change; one cell changed by hand is one fact."""

import csv
import importlib.util
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tienphuong.cases.models import Case, CaseAlias, CaseState, ClassificationRecord, InvestigationRecord, LabResult, OutcomeRecord, Sample
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import User
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.mapping.own import COMPUTED, LISTS, OURS
from tienphuong.intake.models import IntakeRow, IntakeSheet
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.terms import Verdict
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.quarantine.models import Stay, StayState
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import Address, Contradiction, Identifier, MatchProposal, Person, Phone
from tienphuong.registry.services.people import supplement
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.models import Arrival, Contact, DegreeRecord, FollowUp, PendingLink
from tienphuong.web.translations import compile_catalogue

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
WORLD = Path(__file__).parents[1] / "domain/queries/world.py"
HELD = (
    Person, Phone, Identifier, Address, Contradiction, MatchProposal, Case, CaseAlias, CaseState, ClassificationRecord, InvestigationRecord,
    OutcomeRecord, Sample, LabResult, Stay, StayState, Arrival, Contact, PendingLink, DegreeRecord, FollowUp,
)  # fmt: skip
FOLLOWS = ("DegreeRecord",)  # worked out from the facts anew
PAGES = {
    "cases": ("cases", {}),
    "contacts": ("contacts", {"degree": "1"}),
    "contacts_waiting": ("contacts", {"degree": "waiting"}),
    "follow_up": ("follow_up", {}),
    "returnees": ("returnees", {}),
    "stays": ("stays", {}),
    "samples": ("samples", {}),
    "search": ("search", {"q": "nguyen"}),
    "referrals": ("referrals", {"direction": "out"}),
    "contradictions": ("contradictions", {}),
    "audit": ("audit", {}),
}


def _world():
    spec = importlib.util.spec_from_file_location("world", WORLD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Sheet:
    """An export as rows, the headings apart."""

    head: list
    rows: list

    def index(self, heading):
        return self.head.index(heading)

    def written(self, codes=True):
        """The rows as a file of text, as a spreadsheet program would save it."""
        file = StringIO(newline="")
        kept = len(self.head) if codes else len(self.head) - 1
        csv.writer(file).writerows(row[:kept] for row in [self.head, *self.rows])
        return file.getvalue().encode("utf-8-sig")


@dataclass
class Post:
    """A district with every kind of record, exports of its lists, and a door for what comes back."""

    areas: dict
    lan: object
    at: object
    policy: object

    def fill(self, people=60, cases=8):
        self.world = _world().build(self.areas, lan=self.lan, at=self.at, policy=self.policy, people=people, cases=cases)
        near = self.world.contacts
        labs = [LabEntry(DISEASE, self.at - timedelta(hours=9), taken_on=self.at.date() - timedelta(days=i % 5), code=f"M{i:04d}", method="pcr",
                         result=("negative", "negative", "pending", "inconclusive")[i % 4], result_on=self.at.date(), ct=None)
                for i in range(len(near))]  # fmt: skip
        told = list(zip(near, labs, strict=True))
        ill = LabEntry(
            DISEASE,
            self.at - timedelta(hours=8),
            taken_on=self.at.date(),
            method="pcr",
            result="positive",
            result_on=self.at.date(),
            ct=21.5,
        )
        tube = LabEntry(DISEASE, self.at, kind="pooled", pool_code="G4-040", result="pending", area_path=self.areas["020"].path)
        record_lab_results(
            [*told, (self.world.cases[0], ill), (None, tube)], actor=self.lan, at=self.at - timedelta(hours=8), policy=self.policy
        )
        supplement([(near[0], PersonEntry(full_name="Lò Thị Khác", birth_year=1955, birth_precision="year"))], at=self.at)
        return self

    def export(self, name, kind="xlsx", language="vi", **submitted):
        page, narrowed = PAGES[name]
        client = Client()
        client.force_login(
            User.objects.get(username="oanh" if name == "audit" else "lan"), backend="django.contrib.auth.backends.ModelBackend"
        )
        client.cookies["django_language"] = language
        answer = client.get(reverse(page), {**narrowed, **submitted, "format": kind})
        assert answer.status_code == 200
        return answer.content

    def sheet(self, name, **submitted):
        rows = list(csv.reader(StringIO(self.export(name, "csv", **submitted).decode("utf-8-sig"))))
        return Sheet(rows[3], rows[4:])

    def take(self, content, name="ve.xlsx"):
        file = receive_file(content, name, sender="TTYT", area=self.areas["020"], disease=DISEASE, actor=system_viewer(), at=self.at)
        check_file(file)
        foreseen = _verdicts(file)
        apply_file(file, actor=system_viewer(), at=self.at, policy=self.policy)
        return file, foreseen, _verdicts(file)

    def held(self):
        counted = {model.__name__: model.objects.count() for model in HELD}
        cutoff = cutoff_of(self.at, policy=self.policy.disease(DISEASE))
        return counted, figures(self.lan, area=self.areas["020"], disease=DISEASE, cutoff=cutoff, policy=self.policy).values


@pytest.fixture
def post(settings, tmp_path, areas, lan, at, policy, officer):
    """A district with every kind of record, exports of its lists, and a door for what comes back."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    compile_catalogue()
    clock.set_scenario(stands_at=at, scenario="huyện Thanh Trì, 24/8/2021")

    officer("Oanh", Role.INSPECTOR, "020")

    return Post(areas, lan, at, policy)


def _verdicts(file):
    rows = IntakeRow.objects.filter(sheet__file=file).values_list("verdict", flat=True)
    return {word: count for word in Verdict if (count := sum(1 for submitted in rows if submitted == word))}


def test_every_list_is_tried():
    assert PAGES.keys() == LISTS.keys()


def _comes_back(post, name, kind, language):
    """The export taken in again: every row is known, every column has its meaning, nothing has changed."""
    before = post.held()
    content = post.export(name, kind, language)
    file, foreseen, done = post.take(content, f"{name}-{language}.{kind}")
    sheet = IntakeSheet.objects.get(file=file)
    assert foreseen == done and list(done) == [Verdict.KNOWN], (name, kind, language, foreseen, done)
    assert sheet.kind == LISTS[name][0]
    assert [label for _, label, *_, reason in sheet.mapping["columns"] if reason not in (OURS, COMPUTED)] == []
    assert post.held() == before
    return done[Verdict.KNOWN]


@pytest.mark.parametrize("name", PAGES)
def test_an_export_that_comes_back_changes_nothing(post, name):
    post.fill()
    found = {_comes_back(post, name, kind, language) for kind in ("xlsx", "csv") for language in ("vi", "en")}
    assert name == "audit" or found == {len(post.sheet(name).rows)}


@pytest.mark.slow
def test_the_lists_of_ten_thousand_people_come_back_without_a_change(post):
    post.fill(people=10_000, cases=1_500)
    rows = [_comes_back(post, name, "xlsx", "vi") for name in PAGES]
    assert sum(rows) > 5_000


def _edited(post, name, heading, value, at=0, which=None):
    """The export with one cell changed: applied, what was foreseen, what came of it, and the remarks of the row."""
    sheet = post.sheet(name)
    line = sheet.rows[at] if which is None else next(row for row in sheet.rows if which(dict(zip(sheet.head, row, strict=True))))
    line[sheet.index(heading)] = value
    counts, _ = post.held()
    file, _, done = post.take(sheet.written(), "sua.csv")
    after, _ = post.held()
    changed = {model: after[model] - counts[model] for model in counts if after[model] != counts[model] and model not in FOLLOWS}
    issues = [issue for row in IntakeRow.objects.filter(sheet__file=file) for issue in row.issues]
    return changed, done, len(sheet.rows), issues


def _state():
    """The beliefs in force."""
    return {state.case_id: state for state in CaseState.objects.filter(known_to=OPEN_END)}


@pytest.mark.parametrize(
    ("heading", "value", "name", "expected", "record"),
    [
        ("Kết quả", "tử vong", "outcome", "died", "OutcomeRecord"),
        ("Phân loại", "ca bệnh loại trừ", "classification", "refuted", "ClassificationRecord"),
        ("Phân loại", "ca bệnh nghi ngờ", "classification", "suspected", "ClassificationRecord"),
        ("Nơi phát hiện", "cách ly tại nhà", "detection_setting", "home_quarantine", "InvestigationRecord"),
        ("Khởi phát", "11/8/2021", "onset_on", "2021-08-11", "InvestigationRecord"),
        ("Phát hiện", "17/8/2021", "detected_on", "2021-08-17", "InvestigationRecord"),
        ("Nơi ở lúc phát hiện", "Xã Ngọc Hồi", "area_id", None, ""),
    ],
)
def test_one_cell_of_a_case_changed_is_that_one_fact(post, areas, heading, value, name, expected, record):
    post.fill()
    before = _state()

    def other(row):
        return row[heading] != value and row["Phân loại"] == "ca bệnh xác định" and "Ngọc Hồi" not in row["Nơi ở lúc phát hiện"]

    changed, done, rows, issues = _edited(post, "cases", heading, value, which=other)
    assert done == {Verdict.KNOWN: rows - 1, Verdict.CHANGED: 1}
    assert changed == {"CaseState": 1} | ({record: 1} if record else {})
    assert issues == []
    moved = [case for case, state in _state().items() if state.pk != before[case].pk]
    assert len(moved) == 1
    now, then = _state()[moved[0]], before[moved[0]]
    told = {column for column in FACTS if getattr(now, column) != getattr(then, column)}
    allowed = {name, *{"outcome": ["outcome_at"], "classification": ["classified_at"], "area_id": ["area_path"]}.get(name, [])}
    assert name in told and told <= allowed
    assert expected is None or str(getattr(now, name)) == expected


FACTS = (
    "area_id", "area_path", "classification", "outcome", "detection_setting", "source_status", "onset_on", "detected_on", "classified_at",
    "outcome_at", "isolated_at",
)  # fmt: skip


def test_the_day_of_an_outcome_changed_is_that_one_fact(post):
    post.fill()
    changed, done, rows, _ = _edited(post, "cases", "Ngày có kết cục", "23/8/2021", which=lambda row: row["Kết quả"] == "khỏi bệnh")
    assert done == {Verdict.KNOWN: rows - 1, Verdict.CHANGED: 1}
    days = CaseState.objects.filter(known_to=OPEN_END, outcome="recovered").values_list("outcome_at", flat=True)
    assert sum(clock.local(day).date().isoformat() == "2021-08-23" for day in days) == 1
    assert "Case" not in changed and "CaseAlias" not in changed


@pytest.mark.parametrize("name", ["cases", "contacts", "contacts_waiting", "follow_up", "returnees", "stays", "search"])
def test_a_telephone_written_into_an_export_is_that_one_fact(post, name):
    post.fill()
    changed, done, rows, issues = _edited(post, name, "Điện thoại", "0987 000 111")
    assert changed == {"Phone": 1}
    assert done == {key: count for key, count in ((Verdict.KNOWN, rows - 1), (Verdict.CHANGED, 1)) if count}
    assert issues == []


@pytest.mark.parametrize(
    ("heading", "value"), [("Họ tên", "Nguyễn Thị Đính Chính"), ("Ngày, năm sinh", "1931"), ("Giới tính", "other sex")]
)
def test_a_name_or_birth_changed_waits_for_an_officer_and_makes_nobody_new(post, heading, value):
    post.fill()
    if heading == "Giới tính":
        sheet = post.sheet("contacts")
        value = {"Nam": "Nữ", "Nữ": "Nam"}[sheet.rows[0][sheet.index(heading)]]
    changed, done, rows, _ = _edited(post, "contacts", heading, value)
    assert changed == {"Contradiction": 1}
    assert done.get(Verdict.NEW) is None and sum(done.values()) == rows


def test_the_days_checks_are_written_into_the_export_and_sent_back(post):
    post.fill()
    for value, state in (("đã thực hiện", "done"), ("không liên lạc được", "unreachable")):
        changed, done, rows, _ = _edited(post, "follow_up", "Tình trạng", value, which=lambda row: row["Tình trạng"] == "đến hạn")
        assert changed == {"FollowUp": 1}
        check = FollowUp.objects.latest("pk")
        assert (check.state, check.day.isoformat()) == (state, "2021-08-24")
        assert done == {Verdict.KNOWN: rows - 1, Verdict.CHANGED: 1}


def test_a_stay_ended_in_the_export_ends(post):
    post.fill()
    changed, done, rows, _ = _edited(post, "stays", "Tình trạng", "hoàn thành cách ly")
    assert (changed, done) == ({"StayState": 1}, {Verdict.KNOWN: rows - 1, Verdict.CHANGED: 1})
    assert StayState.objects.filter(known_to=OPEN_END, state="completed").count() == 1


def test_a_result_written_into_the_export_is_the_answer_of_that_sample(post):
    post.fill()
    changed, done, rows, _ = _edited(
        post, "samples", "Kết quả", "âm tính", which=lambda row: row["Kết quả"] == "chờ kết quả" and row["Mã mẫu"]
    )
    assert changed == {"LabResult": 1}
    assert done == {Verdict.KNOWN: rows - 1, Verdict.CHANGED: 1}


@pytest.mark.parametrize(
    ("name", "heading"),
    [("cases", "Ngày báo cáo"), ("contacts", "Lý do"), ("contacts", "Cách ly đến hết"), ("returnees", "Đến từ"), ("stays", "Từ ngày"), ("samples", "Ngày lấy"), ("follow_up", "Ngày thứ"), ("referrals", "Tình trạng"), ("contradictions", "Đang dùng")],
)  # fmt: skip
def test_a_cell_that_a_file_cannot_change_is_said_so_and_changes_nothing(post, name, heading):
    before = post.fill().held()
    changed, done, rows, issues = _edited(post, name, heading, "1/8/2021")
    assert (changed, done) == ({}, {Verdict.KNOWN: rows})
    assert [issue[0] for issue in issues] == ["warning"] and heading in issues[0][4]
    assert post.held() == before


def test_a_line_copied_for_somebody_else_is_somebody_else(post):
    post.fill()
    sheet = post.sheet("contacts")
    copy = list(sheet.rows[0])
    for heading, value in (
        ("Họ tên", "Lừ Văn Mới"),
        ("Ngày, năm sinh", "1999"),
        ("Điện thoại", "0977123456"),
        ("Số giấy tờ", "001099012345"),
    ):
        copy[sheet.index(heading)] = value
    sheet.rows.append(copy)
    _, _, done = post.take(sheet.written(), "them.csv")
    assert done == {Verdict.KNOWN: len(sheet.rows) - 1, Verdict.NEW: 1}
    assert Person.objects.filter(full_name="Lừ Văn Mới").count() == 1


def test_an_export_of_another_post_is_a_list_like_any_other(post, settings):
    post.fill()
    sheet = post.sheet("cases")
    for row in sheet.rows:
        row[-1] = row[-1].replace("TP1-cases-0", "TP1-cases-1", 1)
    _, foreseen, _ = post.take(sheet.written(), "khac.csv")
    assert Verdict.KNOWN not in foreseen


def test_an_export_saved_without_its_codes_makes_nobody_new(post):
    post.fill()
    people = Person.objects.count()
    _, _, done = post.take(post.sheet("cases").written(codes=False), "khong-ma.csv")
    assert Verdict.NEW not in done
    assert Person.objects.count() == people
