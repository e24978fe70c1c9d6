"""A sentence made in Vietnamese with its values in it is found again in English: every template, joined ones, and other people's words."""

import re
import string
from datetime import date

import pytest
from django.utils import translation

from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.web import spoken
from tienphuong.web.phrasebook import Phrasebook, phrasebook, translated
from tienphuong.web.templatetags.post import label

TEMPLATES = sorted({text for _place, text in spoken.sentences() if "{" in text and "%(" not in text})


def filled(template):
    """The template with a value in each gap that no other gap holds, and those values as they are written."""
    values = {}
    for number, (_before, name, form, _conversion) in enumerate(string.Formatter().parse(template)):
        if name:
            values[name] = date(2021, 8, 1 + number) if "%d" in form else number + 0.5 if form else f"Zyx{number}"
    return template.format(**values), {name: value_as_written(template, name, value) for name, value in values.items()}


def value_as_written(template, name, value):
    form = next(form for _before, gap, form, _conversion in string.Formatter().parse(template) if gap == name)
    return format(value, form)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_found_again_with_its_values(template):
    vietnamese, values = filled(template)
    english = phrasebook().english(vietnamese)
    assert (not spoken.VIETNAMESE.search(english) and english != vietnamese) or template == "{fault} ({detail})"
    assert all(value in english for value in values.values())


def test_there_are_templates_to_look_for():
    assert len(TEMPLATES) > 80


def test_reasons_in_a_row_are_told_one_by_one_and_a_short_template_swallows_none():
    assert phrasebook().english("Cùng hộ chiếu; Năm sinh khác nhau 4 năm") == "Same passport; Birth years 4 years apart"


def test_a_value_that_is_a_sentence_is_told_too():
    owed = sentence("kết quả âm tính của mẫu ngày thứ {number} ({day:%d/%m/%Y})", number=14, day=date(2021, 8, 20))
    told = phrasebook().english(sentence("Còn thiếu {test}", test=owed))
    assert told == "Still owed: the negative result of the sample of day 14 (20/08/2021)"


def test_a_refusal_is_told_with_its_document_and_remedy():
    refusal = Refusal("Chưa đủ dữ kiện để xếp loại ca bệnh", "3638/QĐ-BYT", "Bổ sung xét nghiệm, triệu chứng hoặc yếu tố dịch tễ.")
    with translation.override("en"):
        assert translated(refusal) == "Not enough is known to classify the case (under 3638/QĐ-BYT). Add tests, symptoms or exposure."
    with translation.override("vi"):
        assert translated(refusal) == str(refusal)


def test_what_stands_in_quotes_is_somebody_s_own_writing():
    told = phrasebook().english("Tên còn phím gõ Telex hoặc VNI chưa thành dấu. Đã hiểu là “Nam”.")
    assert told.endswith("Read as “Nam”.") and phrasebook().english("Nam") == "Male"


def test_nothing_said_stays_nothing():
    assert phrasebook().english("") == ""


def test_what_nobody_wrote_for_us_stays_as_it_is():
    assert phrasebook().english("Chị Hoa bảo gọi lại sau; chưa nghe máy") == "Chị Hoa bảo gọi lại sau; chưa nghe máy"


def test_the_longest_template_that_fits_is_the_one():
    book = Phrasebook({"Khác {paper}": "Different {paper}", "Khác {paper} nhưng gần": "Different {paper}, yet close"})
    assert book.english("Khác hộ chiếu nhưng gần") == "Different hộ chiếu, yet close"


def test_every_official_word_is_told_in_english():
    quoted = re.compile("Đ|Thị or Văn")
    with translation.override("en"):
        told = [(place, quoted.sub("", label(word))) for place, word in spoken.official_words()]
    assert not [(place, words) for place, words in told if spoken.VIETNAMESE.search(words)]
