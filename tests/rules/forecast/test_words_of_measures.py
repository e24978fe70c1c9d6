"""Is every setting of every measure told in words, in both languages, with its unit?"""

import re
from dataclasses import fields
from datetime import date

import pytest
from django.utils import translation

from epiengine.simulate.diseases import DISEASES
from epiengine.simulate.measures import Trigger
from tienphuong.forecast.bridge.measures import KINDS, usual_settings
from tienphuong.forecast.entries import MeasureEntry
from tienphuong.forecast.terms import Layer, MeasureKind, Need, Pathogen, Series
from tienphuong.reports.forecasting.measures import TIMES, Teller
from tienphuong.reports.forecasting.phrases import BY_KIND, EVERYWHERE, phrase_of
from tienphuong.web.translations import compile_catalogue

SETTINGS = [(kind, part.name) for kind, shape in KINDS.items() for part in fields(shape)]
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module", autouse=True)
def english():
    compile_catalogue()


def in_words(kind, settings, language="vi"):
    with translation.override(language):
        return Teller(date(2021, 8, 24), {"00682": "Xã Liên Ninh"}, language).in_words(MeasureEntry(kind=kind, settings=settings, where=""))


def _given(kind, setting):
    """A value as the study would write it: the engine's own default, or one of its kind."""
    default = {"name": "Tổ 1", "communes": ["00682"], "trigger": {"at_least": 5}}.get(setting)
    return default if default is not None else getattr(KINDS[kind](), setting)


@pytest.mark.parametrize(("kind", "setting"), SETTINGS)
def test_a_setting_is_told_without_its_key_in_both_languages(kind, setting):
    vietnamese, english = (in_words(kind, {setting: _given(kind, setting)}, language)[1] for language in ("vi", "en"))
    assert vietnamese and english and vietnamese != english
    assert not re.search(r"[a-z]_[a-z]|[{}=]", vietnamese + english)
    assert setting == "communes" or setting == "name" or not VIETNAMESE.search(english)


def test_every_kind_and_disease_of_the_engine_has_its_word():
    assert set(KINDS) == set(MeasureKind) == set(BY_KIND)
    assert set(DISEASES) == set(Pathogen)


def test_no_words_are_kept_for_a_setting_that_no_measure_has():
    known = {(kind, setting) for kind, setting in SETTINGS}
    assert [(kind, setting) for kind, phrases in BY_KIND.items() for setting in phrases if (kind, setting) not in known] == []
    assert set(EVERYWHERE) <= {setting for _, setting in SETTINGS}


def test_a_setting_without_words_is_an_error():
    assert ("quarantine", "time") not in SETTINGS and "time" not in TIMES
    with pytest.raises(KeyError):
        phrase_of(MeasureKind.QUARANTINE, "time")


LINES = [
    ("stay_home", {"compliance": 0.7}, "tuân thủ 70%", "compliance 70%"),
    ("testing", {"turnaround": 1}, "trả kết quả sau 1 ngày", "results on day 1 after the sample"),
    ("testing", {"turnaround": 0}, "trả kết quả trong ngày", "results the same day"),
    ("testing", {"background": 0.0005}, "mỗi ngày 0,05% dân số xét nghiệm vì lý do khác", None),
    ("testing", {"capacity": 1500}, "năng lực 1.500 xét nghiệm một ngày", "capacity 1,500 tests a day"),
    ("quarantine", {"places": 1416, "test_days": [1, 7, 14]}, "1.416 chỗ cách ly tập trung; xét nghiệm F1 vào ngày thứ 1, 7, 14", None),
    ("stay_home", {"start": date(2021, 8, 25), "end": 21}, "từ 25/8/2021; đến hết 13/9/2021", "from 25 Aug 2021; up to and including 13 Sep 2021"),
    ("tracing", {"probability": {"household": 0.95}}, "tìm thấy người tiếp xúc: gia đình 95%", "contacts found: household 95%"),
    ("checkpoints", {"communes": ["00682"]}, "tại Xã Liên Ninh", None),
    ("vaccination", {"youngest": 12}, "từ 60 tuổi", "from the age of 60"),
    ("isolation", {"needs_facility": {"meals": 3, "ppe": 0.2}}, "mỗi người mỗi ngày tại cơ sở cần 3 suất ăn, 0,2 bộ phòng hộ", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings", "vietnamese", "english"), LINES)
def test_what_a_commander_reads(kind, settings, vietnamese, english):
    assert in_words(kind, settings)[1] == vietnamese
    assert english is None or in_words(kind, settings, "en")[1] == english


def test_a_trigger_is_told_with_what_the_engine_takes_when_nothing_is_said():
    engine = Trigger()
    silent = in_words("closures", {"trigger": {}})[1]
    full = in_words("closures", {"trigger": {part.name: getattr(engine, part.name) for part in fields(engine)}})[1]
    assert silent == full == "tự bắt đầu khi ca mới xác định (F0) từ 1 trở lên trong 7 ngày, tính riêng từng xã, kéo dài 14 ngày"
    stock = in_words("closures", {"trigger": {"series": "severe", "each": False}})[1]
    assert stock == "tự bắt đầu khi người bệnh nặng từ 1 trở lên, tính chung, kéo dài 14 ngày"


def test_layers_series_and_needs_are_the_engine_s():
    from epiengine.simulate.series import FLOWS, RESOURCES, STOCKS

    assert set(Series) == set(FLOWS + STOCKS)
    assert set(RESOURCES) <= set(Need)
    assert set(Layer) == set(KINDS["isolation"]().prevents_facility)


def test_what_the_study_leaves_unsaid_is_told_as_the_engine_takes_it():
    usual = usual_settings(["stay_home", "quarantine", "closures"])
    teller = Teller(date(2021, 8, 24), {}, "vi", usual)
    told_home = teller.in_words(MeasureEntry(kind="stay_home", settings={"end": 21}, where=""))[1]
    assert told_home.startswith("đến hết 13/9/2021. Mặc định: lệnh cấm tiếp xúc: gia đình 0%, lớp học 100%, nơi làm việc 70%")
    assert "tuân thủ 80%" in told_home
    assert "tuân thủ 80%" not in teller.in_words(MeasureEntry(kind="stay_home", settings={"compliance": 0.5}, where=""))[1]
    assert teller.in_words(MeasureEntry(kind="closures", settings={}, where=""))[1] == "Mặc định: bớt tiếp xúc: lớp học 100%"
    quarantined = teller.in_words(MeasureEntry(kind="quarantine", settings={}, where=""))[1]
    assert "F1 cách ly 14 ngày" in quarantined and "chỗ cách ly tập trung" not in quarantined, "places without limit are no figure"
