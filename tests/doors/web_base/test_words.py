"""How values and words are written, in both languages, and that no sentence lacks its English."""

import ast
import json
import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tienphuong.core.access.terms import Role
from tienphuong.web import formats, pictures, spoken, translations
from tienphuong.web.templatetags import post

REPOSITORY = translations.REPOSITORY


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (1416, 0, "1.416", "1,416"),
        (0, 0, "0", "0"),
        (0.87, 2, "0,87", "0.87"),
        (1234567.5, 1, "1.234.567,5", "1,234,567.5"),
        (None, 0, "–", "–"),
    ],
)
def test_numbers(value, decimals, vietnamese, english):
    assert formats.number(value, language="vi", decimals=decimals) == vietnamese
    assert formats.number(value, language="en", decimals=decimals) == english


def test_a_percentage_is_of_a_ratio():
    assert (formats.percent(0.516, language="vi"), formats.percent(0.516, language="en")) == ("51,6%", "51.6%")


def test_a_moment_is_told_on_the_vietnamese_clock():
    late = datetime(2021, 8, 23, 17, 30, tzinfo=UTC)
    assert formats.moment(late, language="vi") == "00h30 ngày 24/8/2021"
    assert formats.moment(late, language="en") == "00:30, 24 Aug 2021"


def test_a_word_is_shown_in_the_reader_s_language_also_from_its_stored_value():
    with translation.override("en"):
        assert post.label(Role.CLERK) == post.label("clerk", "core.access.Role") == "Clerk"
    with translation.override("vi"):
        assert post.label("clerk", "core.access.Role") == "Văn thư, tổng hợp"
        assert post.label(None) == "–"


def test_a_value_that_is_no_official_word_is_an_error_not_a_guess():
    with pytest.raises(ValueError, match="khong-co"):
        post.label("khong-co", "core.access.Role")


def test_an_icon_that_is_not_installed_is_named_with_the_remedy():
    with pytest.raises(Exception, match=r"khong-co-hinh.*npm ci"):
        post.icon("khong-co-hinh")


def test_a_lone_icon_has_a_name_and_an_icon_beside_a_word_is_silent():
    assert 'role="img" aria-label="bỏ &lt;lọc&gt;"' in post.icon("x", "bỏ <lọc>")
    assert 'aria-hidden="true"' in post.icon("x")


def test_filters_live_in_the_address_and_can_be_dropped():
    request = RequestFactory().get("/nguoi/?classification=F1&page=3")
    template = Template("{% load post %}{% query classification='F2' page=None %}")
    assert template.render(Context({"request": request})) == "/nguoi/?classification=F2"


def test_a_figure_tells_its_definition_cut_off_and_change_and_leads_to_its_rows():
    at = datetime(2021, 8, 24, 9, tzinfo=UTC)
    template = Template('{% load post %}{% figure "Ca bệnh" 1416 href="/ca/" meaning="từ 27/4/2021" cut_off=at change=-3 %}')
    text = re.sub(r"<[^>]+>|\s+", " ", template.render(Context({"at": at})))
    text = re.sub(r"\s+", " ", text)
    assert "1.416" in text and "−3 so với hôm trước" in text and "từ 27/4/2021 · tính đến 16h00 ngày 24/8/2021" in text


def test_a_curve_and_its_table_say_the_same():
    series = [pictures.Series("Cộng đồng", [3, 1200])]
    days = [date(2021, 8, 23), date(2021, 8, 24)]
    curve = pictures.epidemic_curve(name="c", title="T", date_kind="Ngày khởi phát", days=days, series=series)
    assert curve.data["series"] == [{"name": "Cộng đồng", "values": [3, 1200]}]
    assert curve.rows == [["23/8/2021", "3"], ["24/8/2021", "1.200"]]


def test_a_value_on_a_class_limit_belongs_to_the_upper_class_and_the_unknown_to_none():
    shades = [pictures.Shade("0", 0, 1), pictures.Shade("1–10", 1, 11), pictures.Shade("trên 10", 11, None)]
    point = {"type": "Polygon", "coordinates": []}
    places = [pictures.Place(str(value), point, value, "") for value in (0, 1, 10, 11, None)]
    areas = pictures.area_map(name="m", title="T", places=places, shades=shades, measure="Số ca").data["areas"]
    assert [feature["properties"]["class"] for feature in areas["features"]] == [0, 1, 1, 2, None]


def test_data_in_a_page_cannot_end_its_own_block():
    nodes = [pictures.Node("1", "</script><script>alert(1)</script>")]
    drawn = pictures.network(name="n", title="T", nodes=nodes, edges=[])
    page = Template("{% load post %}{% picture drawn %}").render(Context({"drawn": drawn}))
    assert "<script>alert" not in page
    block = re.search(r'<script id="picture-n"[^>]*>(.*?)</script>', page, re.S)[1]
    assert json.loads(block)["nodes"][0]["label"].endswith("</script>")


def test_every_sentence_of_the_pages_has_its_english():
    assert not [f"{place}: {sentence}" for place, sentence in translations.missing()]


def test_the_catalogue_keeps_no_sentence_that_is_gone():
    assert not translations.unused()


def test_a_sentence_of_a_template_is_found_as_gettext_will_ask_for_it(tmp_path):
    source = "{% load i18n %}{% translate 'Câu một' %}{% blocktranslate trimmed %}Còn\n {{ n }} câu{% endblocktranslate %}{{ _('Câu ba') }}"
    (tmp_path / "p.html").write_text(source, "utf-8")
    assert [sentence for _place, sentence in spoken.in_templates(tmp_path)] == ["Câu một", "Còn %(n)s câu", "Câu ba"]


def test_a_sentence_with_values_in_it_is_found_wherever_the_code_makes_it(tmp_path):
    tree = ast.parse(
        'def f(n):\n    "Câu ở đầu hàm."\n    row.say(1, f"Còn {n} dòng", "Gõ lại ô")\n    re.compile("ngày (.*)")\n    return "plain"'
    )
    assert list(spoken._literals(tree)) == ["f'Còn {n} dòng'", "Gõ lại ô"]


def test_placeholders_survive_translation():
    for message in translations._catalogue():
        if message.id:
            sentences = [form for said in (message.id, message.string) for form in ((said,) if isinstance(said, str) else said)]
            marks = [sorted(re.findall(r"%\(\w+\)s|\{\w+", sentence)) for sentence in sentences]
            assert all(others == marks[0] for others in marks), message.id


def test_templates_run_no_inline_script_and_name_no_other_host():
    for path in (REPOSITORY / "templates").rglob("*.html"):
        source = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:|https?://", source), path


def test_the_lock_pins_exact_versions_and_names_no_registry():
    lock = (REPOSITORY / "package-lock.json").read_text("utf-8")
    package = json.loads((REPOSITORY / "package.json").read_text("utf-8"))
    assert "http" not in lock and "resolved" not in lock
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["dependencies"].values())
    assert all("integrity" in entry for name, entry in json.loads(lock)["packages"].items() if name)
