"""Is a study read as written, and does every mistake in it name its place and what to do?"""

from datetime import date

import pytest

from tienphuong.forecast.studies import StudyError, read_study

WHOLE = """
[study]
title = "Lệnh ngày 24/8/2021"
disease = "covid-19-delta"
day0 = 2021-08-24
days = 60
transmission = 1

[start]
infected = 221
communes = { "00682" = 136 }

[[common]]
kind = "isolation"
places = 500

[[capacity]]
series = "f1_centre"
limit = 1416
name = "chỗ cách ly tập trung"

[[plan]]
name = "Như hiện nay"

[[plan]]
name = "Giãn cách"
description = "toàn huyện ở nhà"
source = "Thanh Trì, 24/8/2021"
[[plan.measure]]
kind = "stay_home"
start = 2021-08-25
communes = ["Liên Ninh"]
"""


def test_a_study_is_read_as_written():
    study = read_study(WHOLE)
    assert (study.title, study.day0, study.days, study.transmission) == ("Lệnh ngày 24/8/2021", date(2021, 8, 24), 60, 1.0)
    assert study.start.communes == {"00682": 136}
    assert [plan.name for plan in study.plans] == ["Như hiện nay", "Giãn cách"]
    assert study.common[0].kind == "isolation"
    assert study.common[0].settings == {"places": 500}
    assert study.plans[1].measures[0].settings == {"start": date(2021, 8, 25), "communes": ["Liên Ninh"]}
    assert study.capacities[0].limit == 1416


MISTAKES = [
    ("days = 60", "day = 60", "[study]", "khóa lạ “day”"),
    ("days = 60", 'days = "60"', "[study], days", "không phải kiểu int"),
    ("day0 = 2021-08-24", "day0 = 2021-08-24T16:00:00", "[study], day0", "không phải kiểu date"),
    ('title = "Lệnh ngày 24/8/2021"', "", "[study]", "thiếu khóa “title”"),
    ('kind = "stay_home"', "", "[[plan]] thứ 2, [[plan.measure]] thứ 1", "thiếu khóa “kind”"),
    ("limit = 1416", "limit = 1416.5", "[[capacity]] thứ 1, limit", "không phải kiểu int"),
    ("[[capacity]]", "[capacity]", "[[capacity]]", "không phải danh sách bảng"),
    ('{ "00682" = 136 }', '{ "00682" = "136" }', "[start], communes.00682", "không phải kiểu int"),
    ('name = "Giãn cách"', 'name = "Như hiện nay"', "[[plan]]", "hai phương án cùng tên"),
    ("[[common]]", "[[comon]]", "[comon]", "bảng lạ “comon”"),
    ("[study]", "[study", "tệp", "không phải TOML hợp lệ"),
]


@pytest.mark.parametrize(("written", "mistake", "where", "what"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_remedy(written, mistake, where, what):
    assert written in WHOLE
    with pytest.raises(StudyError) as in_words:
        read_study(WHOLE.replace(written, mistake, 1))
    assert in_words.value.where == where
    assert what in in_words.value.what
    assert in_words.value.remedy


def test_a_study_without_a_plan_is_refused():
    with pytest.raises(StudyError, match="không có phương án nào"):
        read_study(WHOLE[: WHOLE.index("[[plan]]")])
