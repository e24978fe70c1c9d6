"""The paper of huyện Thanh Trì, composed from real records: its sentence, its parts, its tables; and that it prints the same again."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.core.policy import pack
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import Area
from tienphuong.registry.services.people import enrol
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.composing import compose_report, figures_json, render_report, situation_text
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.papers import Appendix, Heading, ListItem, Paragraph, Table

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
DAY = timedelta(days=1)


def lines(paper):
    """The body as lines of text."""
    told = []
    for block in paper.body:
        if isinstance(block, Heading):
            told.append(block.text)
        elif isinstance(block, Paragraph | ListItem):
            told.append("".join(run.text for run in block.runs))
    return told


@pytest.fixture
def freeze(areas, lan, policy, at):
    def frozen(cutoff=at, **more):
        return freeze_report(areas["020"], DISEASE, cutoff, actor=lan, at=more.pop("now", cutoff), policy=policy, **more)

    return frozen


def test_the_sentence_carries_every_published_figure(thanh_tri, freeze):
    said = lines(compose_report(freeze()))
    assert (
        "Trong ngày ghi nhận 11 ca mắc mới (4 ca tại cộng đồng, 4 ca trong khu cách ly, 3 ca trong khu phong tỏa) "
        "tại 3 xã, thị trấn: Liên Ninh (8), Văn Điển (2) và Ngọc Hồi (1). Có 2 ca khỏi bệnh trong ngày."
    ) in said
    assert (
        "Lũy kế từ ngày 27/4/2021 đến 16h00 ngày 24/8/2021: 272 ca tại 14/16 xã, thị trấn; "
        "khỏi 51 ca; đang điều trị 221 ca; tử vong 0 ca (272 = 51 + 221 + 0)."
    ) in said
    assert "Riêng xã Liên Ninh ghi nhận 136 ca, chiếm 50% tổng số ca của huyện Thanh Trì." in said
    assert "Chưa ghi nhận ca mắc: Đại Áng và Đông Mỹ." in said


def test_what_came_late_and_what_was_withdrawn_stand_beside_the_new_with_the_sum_that_closes_the_days(thanh_tri, freeze, lan, at, policy):
    said = lines(compose_report(freeze()))
    assert (
        "Bổ sung của những ngày trước: 261 ca mắc và 49 ca khỏi bệnh. Lũy kế 272 = 0 ca đến giờ chốt trước + 11 ca mới + 261 ca bổ sung."
    ) in said
    refuted = CaseEntry(disease=DISEASE, classification="refuted", reported_at=at + DAY / 2, reason="xét nghiệm khẳng định âm tính")
    register_cases([(thanh_tri["00640"][-1], refuted)], actor=lan, at=at + DAY / 2, policy=policy, later=True)
    tomorrow = lines(compose_report(freeze(at + DAY)))
    assert (
        "Rút khỏi lũy kế: 1 ca mắc và 1 ca khỏi bệnh. Lũy kế 271 = 272 ca đến giờ chốt trước + 0 ca mới + 0 ca bổ sung − 1 ca rút."
        in tomorrow
    )


def test_a_section_without_words_or_figures_is_left_out_and_the_rest_renumbered(thanh_tri, freeze):
    said = lines(compose_report(freeze(narrative={"cordons": "Duy trì 7 khu.", "tasks": "- Xét nghiệm lại\n- Kiểm tra"})))
    headings = [line for line in said if re.match(r"[IVX]+\. |\d\. ", line)]
    assert headings == [
        "I. TÌNH HÌNH DỊCH", "1. Ca mắc", "2. Chùm ca bệnh, ổ dịch",
        "II. CÁC BIỆN PHÁP ĐÃ TRIỂN KHAI", "1. Truy vết, cách ly", "2. Xét nghiệm", "3. Khu vực phong tỏa",
        "III. NHIỆM VỤ TRỌNG TÂM NGÀY 25/8/2021",
    ]  # fmt: skip
    assert said[-2:] == ["Xét nghiệm lại.", "Kiểm tra."]


def test_the_appendices_add_up_to_the_text(thanh_tri, freeze):
    paper = compose_report(freeze())
    tables = {appendix.title: appendix.body[0] for appendix in paper.appendices}
    assert [(a.number, a.title) for a in paper.appendices] == [
        ("I", "Ca mắc theo xã, thị trấn"), ("II", "F1, F2 theo xã, thị trấn"), ("III", "Khu cách ly tập trung"), ("IV", "Xét nghiệm theo nhóm"),
    ]  # fmt: skip
    assert tables["Ca mắc theo xã, thị trấn"].total == ("", "Tổng cộng", "11", "272", "51", "221", "0")
    assert "Kết quả theo nhóm tại Phụ lục IV." in "".join(lines(paper))
    for table in tables.values():
        for column in range(2, len(table.columns)):
            assert sum(int(row[column]) for row in table.rows) == int(table.total[column])


def test_the_paper_names_the_agencies_of_a_district(thanh_tri, freeze):
    paper, of_committee = compose_report(freeze()), compose_report(freeze(), steering=True)
    assert (paper.parent_agency, paper.issuing_agency) == (("UBND THÀNH PHỐ HÀ NỘI",), ("ỦY BAN NHÂN DÂN", "HUYỆN THANH TRÌ"))
    assert paper.recipients == (
        "Ban Chỉ đạo phòng, chống dịch COVID-19 Thành phố", "Sở Y tế Hà Nội", "Trung tâm Kiểm soát bệnh tật Hà Nội",
    )  # fmt: skip
    assert (paper.number, paper.day, [s.name for s in paper.signings]) == (None, None, [""])
    assert of_committee.parent_agency == ("UBND HUYỆN THANH TRÌ",) and of_committee.symbol == "BC-BCĐ"


def test_a_ward_without_a_district_reports_dengue_to_the_city_and_tells_no_contacts(areas, policy):
    from tienphuong.core.access.viewer import system_viewer

    rules, at = pack("vn-2026-07"), datetime(2026, 9, 15, 9, tzinfo=UTC)
    ward = Area.objects.get(code="00367", code_system="qd19-2025")
    people = enrol([PersonEntry(area_id=ward.pk, area_path=ward.path)] * 3, at=at, by=None)
    told = CaseEntry(
        disease="dengue", classification="confirmed", reported_at=at, detection_setting="community",
        residence_area_id=ward.pk, residence_area_path=ward.path,
    )  # fmt: skip
    officer = system_viewer()
    register_cases([(p, told) for p in people], actor=officer, at=at, policy=rules, later=True)
    paper = compose_report(freeze_report(ward, "dengue", at, actor=officer, at=at, policy=rules))
    assert paper.subject == ("Công tác phòng, chống dịch sốt xuất huyết Dengue trên địa bàn phường Thanh Xuân",)
    assert paper.recipients[:2] == ("Ủy ban nhân dân thành phố Hà Nội", "Sở Y tế Hà Nội")
    said = lines(paper)
    assert "Lũy kế đến 16h00 ngày 15/9/2026: 3 ca; khỏi 0 ca; đang điều trị 3 ca; tử vong 0 ca (3 = 0 + 3 + 0)." in said
    assert not [line for line in said if "F1" in line or "tiếp xúc" in line or "Truy vết" in line] and paper.appendices == ()


def test_printing_again_after_corrections_gives_the_same_paper_and_the_next_one_lists_them(
    thanh_tri, freeze, areas, lan, at, policy, tmp_path
):
    first = freeze(narrative={"assessment": "Ổn định."})
    printed = compose_report(first)
    files = [path.read_bytes() for path in render_report(first, folder=tmp_path / "a")]
    refuted = CaseEntry(disease=DISEASE, classification="refuted", reported_at=at + DAY / 2, reason="xét nghiệm khẳng định âm tính")
    register_cases([(thanh_tri["00640"][-1], refuted)], actor=lan, at=at + DAY / 2, policy=policy, later=True)
    first.refresh_from_db()
    assert compose_report(first) == printed
    assert [path.read_bytes() for path in render_report(first, folder=tmp_path / "b")][1:] == files[1:]
    said = lines(compose_report(freeze(at + DAY)))
    assert "3. Bổ sung, điều chỉnh số liệu đã báo cáo" in said
    assert "So với báo cáo chốt số liệu 16h00 ngày 24/8/2021:" in said
    assert "Ca mắc lũy kế: đã báo cáo 272, nay là 271 (điều chỉnh, giảm 1; bớt Văn Điển (1))." in said


def test_a_report_that_replaces_another_says_so(thanh_tri, freeze, at):
    freeze()
    again = freeze(now=at + timedelta(hours=1), narrative={"proposals": "Đề nghị bổ sung lực lượng."})
    assert (
        lines(compose_report(again))[0] == "Báo cáo này thay thế báo cáo chốt số liệu 16h00 ngày 24/8/2021, lập lúc 16h00 ngày 24/8/2021."
    )


def test_the_doubts_stand_in_the_working_copy_only(thanh_tri, freeze, areas):
    snapshot = freeze(silent_communes=[areas["00679"]])
    assert compose_report(snapshot).working_copy is None
    remarks = compose_report(snapshot, working_copy=True).working_copy.remarks
    assert "1 đơn vị chưa gửi số liệu sau giờ chốt trước: Xã Đại Áng" in remarks


def words(paper):
    """Every word of a paper, tables and appendices included."""
    told = [*lines(paper), *paper.recipients, *paper.distribution, *paper.subject, *paper.issuing_agency, paper.issuer_name]
    for appendix in paper.appendices:
        assert isinstance(appendix, Appendix)
        told.append(appendix.title)
        for table in appendix.body:
            assert isinstance(table, Table)
            told += [column.title for column in table.columns] + [cell for row in table.rows for cell in row]
    told += paper.working_copy.remarks if paper.working_copy else ()
    return set(re.findall(r"[a-z]{3,}", " ".join(told).lower()))


def test_no_english_leaks_into_the_paper(thanh_tri, freeze, areas):
    english = {word for i in BY_KEY.values() for text in (i.label_en, i.definition_en) for word in re.findall(r"[a-z]{4,}", text.lower())}
    stored = {"community", "confirmed", "central", "cordon", "recovered", "pending", "negative", "staying", "added", "adjusted"}
    snapshot = freeze(silent_communes=[areas["00679"]])
    assert snapshot.quality
    found = words(compose_report(snapshot, working_copy=True)) & (english | stored)
    assert found == set()


def test_the_situation_is_told_by_key_and_in_a_table(thanh_tri, areas, lan, at, policy):
    found = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff_of(at, policy=policy.disease(DISEASE)), policy=policy)
    told = figures_json(found)
    assert (told["cases_total"], told["cases_recovered"], told["cases_in_treatment"], told["deaths"]) == (272, 51, 221, 0)
    assert (told["communes_total"], told["communes_with_cases"], told["cases_by_commune"]["Liên Ninh"]) == (16, 14, 136)
    assert told["cases_by_commune"]["Đại Áng"] == 0 and len(told["cases_by_commune"]) == 16
    assert (told["epoch"], told["at"], told["area"], told["policy"]) == (
        "2021-04-27", "2021-08-24T16:00:00+07:00", "Huyện Thanh Trì", "vn-2021-07-30",
    )  # fmt: skip
    assert set(BY_KEY) <= set(told)
    text = situation_text(found, policy=policy)
    assert text.startswith("COVID-19 – Huyện Thanh Trì, tính đến 16h00 ngày 24/8/2021, lũy kế từ 27/4/2021")
    assert re.search(r"Ca mắc lũy kế +272  \(\+11 trong ngày\) \(\+261 bổ sung\)", text)
    assert re.search(r"Khỏi bệnh +51  \(\+2 trong ngày\) \(\+49 bổ sung\)", text) and re.search(r"Xã Liên Ninh +136 +8 ", text)


def test_two_communes_of_one_name_are_told_apart_by_their_unit_word():
    from tienphuong.reports.composing.plain import plain_names
    from tienphuong.reports.figures import CommuneLine

    yen_vien = [CommuneLine(c, "Yên Viên", kind, c, None, 0, 0, 0, 0, 0, 0, 0, 0) for c, kind in (("1", "township"), ("2", "commune"))]
    other = CommuneLine("3", "Phù Đổng", "commune", "3", None, 0, 0, 0, 0, 0, 0, 0, 0)
    assert plain_names([*yen_vien, other]) == ["Thị trấn Yên Viên", "Xã Yên Viên", "Phù Đổng"]
