"""Our own exports taken in by a post that knows nobody yet: the same people in the same units, with the facts the lists were of."""

import csv
from dataclasses import dataclass
from io import StringIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tienphuong.cases.models import CaseState
from tienphuong.core import clock
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import User
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.tracing.models import DegreeRecord
from tienphuong.web.translations import compile_catalogue

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
CASES = """STT,Mã BN,Họ tên,Năm sinh,Giới,Địa chỉ,Ngày lấy mẫu,Kết quả XN,Tình trạng,Ngày ra viện
1,BN101,Nguyễn Văn An,1978,Nam,"xã Tứ Hiệp, huyện Thanh Trì, Hà Nội",20/8/2021,Dương tính,đang điều trị,
2,,Trần Thị Bình,1981,Nữ,"huyện Thanh Trì, Hà Nội",20/8/2021,Dương tính,đang điều trị,
3,BN103,Đỗ Văn Giang,1960,Nam,"thị trấn Văn Điển, huyện Thanh Trì, Hà Nội",18/8/2021,Dương tính,khỏi bệnh,23/8/2021
4,BN104,Bùi Thị Hà,1952,Nữ,"xã Liên Ninh, huyện Thanh Trì, Hà Nội",18/8/2021,Dương tính,,
"""
CONTACTS = """STT,Họ tên,Năm sinh,Giới,Xã,Tiếp xúc với,Ngày tiếp xúc cuối
1,Lý Thị Oanh,1990,Nữ,Tứ Hiệp,vợ BN101,19/8/2021
2,Đinh Văn Phúc,1988,Nam,Liên Ninh,F0 Trần Thị Bình (1981),18/8/2021
3,Tạ Văn Rồng,2001,Nam,Ngũ Hiệp,BN103,
"""


@dataclass
class Post:
    """The post of a district, with the door its files come in by and the pages they go out by."""

    areas: dict
    at: object
    policy: object

    def take(self, content, name):
        told = {"sender": "TTYT", "area": self.areas["020"], "disease": DISEASE}
        file = receive_file(content, name, **told, actor=system_viewer(), at=self.at)
        apply_file(file, actor=system_viewer(), at=self.at, policy=self.policy)
        return [issue for row in IntakeRow.objects.filter(sheet__file=file) for issue in row.issues if issue[0] == "warning"]

    def export(self, page, language, **submitted):
        client = Client()
        client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        text = client.get(reverse(page), {**submitted, "format": "csv"}).content.decode("utf-8-sig")
        return list(csv.reader(StringIO(text)))[3:]

    def cases(self):
        rows = CaseState.objects.filter(known_to=OPEN_END).select_related("area", "case__person")
        return {(r.case.person.full_name, str(r.area), r.area_path, r.classification, r.outcome, r.detected_on) for r in rows}

    def contacts(self):
        rows = DegreeRecord.objects.filter(known_to=OPEN_END, degree__gt=0).select_related("person__area", "via_person")
        return {(r.person.full_name, r.degree, str(r.person.area), r.via_person.full_name, r.last_exposure) for r in rows}


@pytest.fixture
def post(settings, tmp_path, areas, lan, at, policy):
    """An empty district's post at its scenario's hour."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    compile_catalogue()
    clock.set_scenario(stands_at=at, scenario="huyện Thanh Trì, 24/8/2021")
    return Post(areas, at, policy)


def _of_another_post(rows):
    """The same lines with codes that this post did not write."""
    lines = [[cell.replace("TP1-cases-0", "TP1-cases-1").replace("TP1-contacts-0", "TP1-contacts-1") for cell in row] for row in rows]
    file = StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_exports_say_the_same_to_a_fresh_post(post, language):
    with transaction.atomic():
        post.take(CASES.encode(), "ca.csv")
        post.take(CONTACTS.encode(), "f1.csv")
        cases, contacts = post.cases(), post.contacts()
        sheets = [post.export("cases", language), post.export("contacts", language, bac="1")]
        transaction.set_rollback(True)
    assert len(cases) == 4 and len(contacts) == 3 and not post.cases()
    warnings = [post.take(_of_another_post(rows), f"ban-xuat-{number}.csv") for number, rows in enumerate(sheets)]
    assert post.cases() == cases
    assert post.contacts() == contacts
    assert warnings == [[], []]


def test_an_export_gives_no_day_of_an_outcome_that_no_list_gave(post):
    post.take(CASES.encode(), "ca.csv")
    head, *rows = post.export("cases", "vi")
    days = {row[head.index("Họ tên")]: row[head.index("Ngày có kết cục")] for row in rows}
    assert days == {"Nguyễn Văn An": "", "Trần Thị Bình": "", "Đỗ Văn Giang": "23/8/2021", "Bùi Thị Hà": ""}
