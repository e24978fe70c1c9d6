"""Forecasts through the pages: asked for, looked at, taken away, stopped, run again; who may, and what is told when it does not work."""

import re
from datetime import timedelta

import pytest
from pyarrow import BufferReader, parquet

from tienphuong.core.access.terms import Role
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.studies import read_study
from tienphuong.forecast.terms import ForecastState

from .conftest import PEOPLE, TEXT, ask, hand_in, key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(desk, lan):
    """A forecast that Lan had run; its address."""
    page = desk(lan)
    hand_in(page)
    return ask(page).headers["Location"]


def text_of(answer):
    return answer.content.decode()


def test_an_empty_list_says_what_to_do_next(desk, lan, officer):
    page = text_of(desk(lan).get("/du-bao/"))
    assert "Chưa có dự báo nào" in page and 'href="/du-bao/moi/"' in page
    clerk = text_of(desk(officer("Hà", Role.CLERK, "020")).get("/du-bao/"))
    assert "Chỉ huy và cán bộ dịch tễ của địa bàn chạy được dự báo" in clerk and "/du-bao/moi/" not in clerk


def test_the_answer_stands_before_everything_else(desk, lan, done):
    page = text_of(desk(lan).get(done))
    assert "Giường thu dung hết ngày nào? Xác suất bao nhiêu?" in page
    order = [page.index(words) for words in ("Giường thu dung hết ngày nào", "Các phương án cạnh nhau", "/hinh/", 'id="measures"')]
    assert order == sorted(order)
    assert "tuân thủ 70%" in page and "từ số người nhiễm giả định" in page and "dan-cu.csv" in page
    kept = Forecast.objects.get()
    assert f"dấu kiểm {kept.content_hash[:8]}" in page and kept.engine in page
    listed = text_of(desk(lan).get("/du-bao/"))
    assert "đã xong" in listed and "giường thu dung" in listed and done in listed


def test_from_the_records_it_begins_tomorrow_with_what_is_known_now(desk, lan, records):
    page = desk(lan)
    hand_in(page)
    assert 'name="day0" value="2021-08-25"' in text_of(page.get("/du-bao/moi/"))
    told = text_of(page.get(ask(page, start="records", fit="7", plan=["1"]).headers["Location"]))
    assert "từ hồ sơ như đã biết lúc 16h00 ngày 24/8/2021" in told
    assert "Khớp với số đã đếm" in told and "Bắt đầu từ hồ sơ:" in told and "Không thêm gì" not in told
    kept = Forecast.objects.get()
    study = read_study(kept.study)
    assert (study.day0.isoformat(), study.fit_days, study.records_disease, kept.people_source) == (
        "2021-08-25",
        7,
        "covid-19",
        "dan-cu.csv",
    )


def test_matching_from_before_the_first_known_case_is_refused_with_what_to_do(desk, lan, records):
    page = desk(lan)
    hand_in(page)
    told = text_of(ask(page, start="records", fit="21"))
    assert "chưa có ca xác định nào trước ngày 4/8/2021" in told and "Khớp với ít ngày hơn, hoặc không khớp." in told
    assert not Forecast.objects.exists()


def test_its_pictures_come_by_name_for_a_desk_and_for_a_phone(desk, lan, done):
    page = desk(lan)
    addresses = set(re.findall(r'(?:src|srcset)="([^"]+/hinh/[^"]+)"', text_of(page.get(done))))
    assert len(addresses) >= 4
    for address in addresses:
        answer = page.get(address.replace("&amp;", "&"))
        assert answer.headers["Content-Type"] == "image/svg+xml" and "immutable" in answer.headers["Cache-Control"]
        assert text_of(answer).startswith("<svg") and "<style" not in text_of(answer)
    assert page.get(f"{done}hinh/fit/").status_code == 404
    assert page.get(f"{done}hinh/khong-co/").status_code == 404


def test_everything_can_be_taken_away_and_what_went_in_runs_again(desk, lan, done):
    page = desk(lan)
    taken = {name: page.get(f"{done}tep/{name}") for name in re.findall(r'/tep/([\w.]+)"', text_of(page.get(done)))}
    assert len(taken) == 12 and all("attachment" in answer.headers["Content-Disposition"] for answer in taken.values())
    bodies = {name: b"".join(answer.streaming_content) if answer.streaming else answer.content for name, answer in taken.items()}
    assert bodies["report.pdf"].startswith(b"%PDF") and b'<html lang="vi">' in bodies["report.html"]
    assert parquet.read_table(BufferReader(bodies["daily.parquet"])).num_rows == len(bodies["daily.csv"].splitlines()) - 1
    assert read_study(bodies["study.toml"].decode()).plans[1].name == "Ở nhà"
    assert bodies["population.csv"].decode().splitlines()[1].startswith("00682,Xã Liên Ninh,1500,100,150,200,100")
    assert page.get(f"{done}tep/khac.txt").status_code == 404


def test_the_page_speaks_english_throughout(desk, lan, done):
    page = desk(lan, "en")
    told = text_of(page.get(done))
    for words in (
        "on which day do they run out",
        "Plans side by side",
        "compliance 70%",
        "90% range of the day",
        "from assumed infections",
    ):
        assert words in told
    assert "Phương án" not in told and "Khoảng" not in told and "xác suất" not in told.lower()
    assert 'language=en"' in told and b'<html lang="en">' in b"".join(page.get(f"{done}tep/report.html").streaming_content)


def test_another_district_sees_nothing_of_it_and_who_only_looks_may_not_act(desk, lan, minh, officer, done):
    page = desk(minh)
    addresses = ("", "hinh/confirmed/", "tep/report.pdf", "tep/study.toml")
    assert [page.get(f"{done}{rest}").status_code for rest in addresses] == [404] * 4
    assert [page.post(f"{done}{act}/").status_code for act in ("dung", "chay-lai")] == [404] * 2
    assert "Ở nhà hay không" not in text_of(page.get("/du-bao/")) + text_of(page.get("/du-bao/moi/"))
    page = desk(officer("Huy", Role.INSPECTOR, "020"))
    assert page.get(done).status_code == 200 and page.get("/du-bao/moi/").status_code == 403
    assert page.post(f"{done}chay-lai/").status_code == 403
    assert desk(officer("Tám", Role.COVID_TEAM, "00682")).get("/du-bao/").status_code == 403


def test_without_a_line_list_it_says_what_to_take_in_and_keeps_what_was_typed(desk, lan):
    page = desk(lan)
    hand_in(page)
    refused = ask(page, start="records", plan=["1"], runs="50", seed="77")
    told = text_of(refused)
    assert refused.status_code == 422 and "hồ sơ không có ca xác định nào trong 90 ngày" in told
    assert 'href="/tiep-nhan/"' in told.split('role="alert"')[1][:900]
    assert 'value="77"' in told and '<option value="50" selected>' in told
    (mine,) = (form for form in told.split("</form>") if 'value="77"' in form)
    assert re.findall(r'name="plan" value="(\d)" checked', mine) == ["1"]
    assert not Forecast.objects.exists()


REFUSALS = [
    ({"plan": None}, "chưa chọn phương án nào"),
    ({"day0": "32/8", "start": "records"}, "ngày bắt đầu không phải một ngày"),
    ({"runs": "0"}, "số lần chạy hoặc số gieo không đúng"),
    ({"start": "records", "fit": "nhiều"}, "số lần chạy hoặc số gieo không đúng"),
    ({"seed": "-1"}, "số lần chạy hoặc số gieo không đúng"),
    ({"people": "code,name\n"}, "không có dòng nào"),
    ({"people": PEOPLE.replace("1500,", "nhiều,", 1)}, "dân cư, dòng 2: thiếu hoặc sai cột"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSALS, ids=[message for _, message in REFUSALS])
def test_what_is_wrong_in_the_form_is_told_with_what_to_do(desk, lan, changes, message):
    page = desk(lan)
    hand_in(page)
    answer = ask(page, **changes)
    assert answer.status_code == 422 and message in text_of(answer)


def test_a_commune_without_a_population_is_named_and_a_table_mends_it(desk, lan, areas):
    areas["00682"].population = None
    areas["00682"].save()
    page = desk(lan)
    hand_in(page)
    assert "chưa có dân số của Xã Liên Ninh" in text_of(page.get("/du-bao/moi/"))
    assert "danh mục địa bàn không có dân số của Xã Liên Ninh" in text_of(ask(page, people=None))
    assert ask(page).status_code == 302


def test_a_study_is_added_told_wrong_with_its_place_and_offered_first(desk, lan):
    page = desk(lan)
    wrong = text_of(hand_in(page, TEXT.replace("compliance", "complience").replace('kind = "stay_home"', "")))
    assert "Chưa chạy được “o-nha.toml”" in wrong and "[[plan]] thứ 2, [[plan.measure]] thứ 1: thiếu khóa “kind”" in wrong
    assert "Đã nhận nghiên cứu “Ở nhà hay không”" in text_of(hand_in(page))
    assert "đã có từ trước" in text_of(hand_in(page))
    titles = re.findall(r"<summary><b>([^<]+)</b>", text_of(page.get("/du-bao/moi/")))
    assert titles[0] == "Ở nhà hay không" and len(titles) == 6
    english = desk(lan, "en").post("/du-bao/nghien-cuu/", {}, follow=True)
    assert "No file" in text_of(english) or "chosen" in text_of(english)


def test_a_mistake_is_told_in_english_too(desk, lan):
    told = text_of(hand_in(desk(lan, "en"), TEXT.replace('kind = "stay_home"', "")))
    assert "[[plan]] no. 2, [[plan.measure]] no. 1: the key “kind” is missing" in told


def test_what_the_engine_refuses_is_told_before_it_is_handed_to_the_machine(desk, lan):
    page = desk(lan)
    hand_in(page, TEXT.replace("compliance = 0.7", "compliance = 7"))
    told = text_of(ask(page))
    assert "compliance = 7" in told and "Giá trị cho phép: từ 0 đến 1" in told and not Forecast.objects.exists()


@pytest.fixture
def put(done):
    """The forecast in another state, as if its worker stood there."""

    def put(state, **more):
        Forecast.objects.update(state=state, **more)
        return done

    return put


def test_one_that_runs_says_how_far_it_is_and_the_page_comes_back_when_it_is_done(desk, lan, put):
    page, address = desk(lan), put(ForecastState.RUNNING, step="comparing", runs_done=3, runs_total=8)
    told = text_of(page.get(address))
    assert "Đang chạy các phương án" in told and 'max="8" value="3"' in told and 'hx-trigger="every 1500ms"' in told
    assert "3 / 8" in text_of(page.get(address, headers={"HX-Request": "true"}))
    put(ForecastState.RUNNING, step="fitting", runs_done=420, runs_total=0)
    assert "420 lần chạy thử" in text_of(page.get(address))
    put(ForecastState.DONE)
    assert page.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_one_that_runs_is_stopped_and_run_again(desk, lan, put):
    page, address = desk(lan), put(ForecastState.RUNNING)
    assert "Đang dừng" in text_of(page.post(f"{address}dung/", follow=True))
    put(ForecastState.STOPPED, outcome=None)
    assert "đã được dừng trước khi xong" in text_of(page.get(address))
    assert "Xác suất bao nhiêu?" in text_of(page.post(f"{address}chay-lai/", follow=True))
    assert "đã kết thúc trước khi yêu cầu dừng" in text_of(page.post(f"{address}dung/", follow=True))


def test_one_that_failed_says_why_and_what_was_left_behind_can_be_run_again(desk, lan, put):
    page, address = desk(lan), put(ForecastState.FAILED, message="Máy đã dừng giữa chừng: MemoryError: ")
    assert "Máy đã dừng giữa chừng" in text_of(page.get(address)) and "Chạy lại" in text_of(page.get(address))
    began = Forecast.objects.get().seen_at
    put(ForecastState.RUNNING, seen_at=began - timedelta(hours=1), step="comparing")
    told = text_of(page.get(address))
    assert "người làm việc nền có thể đã tắt" in told and "chay-lai" in told


def test_who_has_no_area_is_told_what_to_load(desk, lan, areas):
    from tienphuong.core.models import Appointment

    Appointment.objects.update(area_path="0099")
    assert "nạp danh mục" in text_of(desk(lan).get("/du-bao/moi/"))


def test_a_key_that_is_no_study_is_not_found(desk, lan):
    page = desk(lan)
    hand_in(page)
    assert key_of(page) and ask(page, study="khong-co").status_code == 404
