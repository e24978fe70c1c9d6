"""What each setting of a measure says in words: a sentence with a gap for its value, and how that value is written.

A setting is looked for under its kind of measure first, then among those that mean the same in every kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tienphuong.forecast.terms import MeasureKind as Kind
from tienphuong.reports.forecasting import values
from tienphuong.reports.forecasting.values import Writer


@dataclass(frozen=True, slots=True)
class Phrase:
    """A setting with a value; `instead` is said in place of one value where that reads better."""

    words: Promise
    value: Writer
    instead: tuple[float, Promise] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that is so or otherwise."""

    yes: Promise
    no: Promise


Words = Mapping[str, Phrase | Choice]

EVERYWHERE: Words = {
    "name": Phrase(_("tên gọi: %(value)s"), values.text),
    "communes": Phrase(_("tại %(value)s"), values.names),
    "strength": Phrase(_("mức áp dụng %(value)s"), values.share),
    "turnaround": Phrase(_("trả kết quả sau %(value)s ngày"), values.amount, instead=(0, _("trả kết quả trong ngày"))),
    "capacity": Phrase(_("năng lực %(value)s xét nghiệm một ngày"), values.amount),
    "stock": Phrase(_("có tất cả %(value)s xét nghiệm"), values.amount),
    "sensitivity": Phrase(_("độ nhạy vào ngày 0, 1, 2... kể từ khi nhiễm: %(value)s"), values.shares),
    "infectious_only": Choice(_("chỉ phát hiện được người đang lây"), _("phát hiện được cả người chưa lây")),
    "prevents": Phrase(_("bớt tiếp xúc: %(value)s"), values.layer_shares),
    "needs": Phrase(_("mỗi xã mỗi ngày cần %(value)s"), values.resources),
}

BY_KIND: Mapping[Kind, Words] = {
    Kind.TESTING: {
        "with_symptoms": Phrase(_("mỗi ngày %(value)s người nhiễm đang có triệu chứng đi xét nghiệm"), values.share),
        "without": Phrase(_("mỗi ngày %(value)s người nhiễm không có triệu chứng đi xét nghiệm"), values.share),
        "background": Phrase(_("mỗi ngày %(value)s dân số xét nghiệm vì lý do khác"), values.share),
        "needs": Phrase(_("mỗi xét nghiệm cần %(value)s"), values.resources),
    },
    Kind.CAMPAIGN: {
        "coverage": Phrase(_("lấy được mẫu của %(value)s số người"), values.share),
        "every": Phrase(_("mỗi vòng cách nhau %(value)s ngày"), values.amount),
        "rounds_in_cordon": Phrase(_("trong khu phong tỏa lấy mẫu vào ngày thứ %(value)s sau phong tỏa"), values.days),
        "in_cordons": Choice(_("chỉ lấy mẫu trong khu phong tỏa"), _("lấy mẫu mọi nơi")),
        "pool": Phrase(_("gộp %(value)s mẫu một xét nghiệm"), values.amount, instead=(1, _("mỗi mẫu một xét nghiệm"))),
        "dilution": Phrase(_("gộp mẫu còn %(value)s độ nhạy"), values.share),
        "needs": Phrase(_("mỗi xét nghiệm cần %(value)s"), values.resources),
        "needs_per_hundred": Phrase(_("mỗi 100 người lấy mẫu cần %(value)s"), values.resources),
    },
    Kind.ISOLATION: {
        "beds": Phrase(_("%(value)s giường"), values.amount, instead=(0, _("không có giường, ở nhà"))),
        "days": Phrase(_("ít nhất %(value)s ngày"), values.amount),
        "until_recovered": Choice(_("và đến khi khỏi"), _("không chờ khỏi")),
        "prevents_facility": Phrase(_("tại cơ sở bớt tiếp xúc: %(value)s"), values.layer_shares),
        "prevents_home": Phrase(_("tại nhà bớt tiếp xúc: %(value)s"), values.layer_shares),
        "needs_facility": Phrase(_("mỗi người mỗi ngày tại cơ sở cần %(value)s"), values.resources),
        "needs_home": Phrase(_("mỗi người mỗi ngày tại nhà cần %(value)s"), values.resources),
    },
    Kind.TRACING: {
        "probability": Phrase(_("tìm thấy người tiếp xúc: %(value)s"), values.layer_shares),
        "delay": Phrase(_("từ khi có kết quả đến khi cách ly: %(value)s"), values.layer_days),
        "hours": Phrase(_("%(value)s giờ công truy vết một ngày"), values.amount),
        "hours_per_case": Phrase(_("mỗi ca mất %(value)s giờ công"), values.amount),
        "hours_per_contact": Phrase(_("mỗi người tiếp xúc mất %(value)s giờ công"), values.amount),
        "depth": Phrase(_("truy vết đến F%(value)s"), values.amount),
        "second": Phrase(_("tìm thấy %(value)s người cùng nhà của F1"), values.share),
        "second_delay": Phrase(_("F2 chậm thêm %(value)s ngày"), values.amount, instead=(0, _("F2 cùng ngày với F1"))),
    },
    Kind.QUARANTINE: {
        "places": Phrase(_("%(value)s chỗ cách ly tập trung"), values.amount, instead=(0, _("không có chỗ tập trung, cách ly tại nhà"))),
        "days": Phrase(_("F1 cách ly %(value)s ngày"), values.amount),
        "second_days": Phrase(_("F2 cách ly %(value)s ngày"), values.amount),
        "from_confirmation": Choice(_("tính từ ngày ca bệnh có kết quả"), _("tính từ ngày có quyết định cách ly")),
        "test_days": Phrase(_("xét nghiệm F1 vào ngày thứ %(value)s"), values.days),
        "spares_recovered": Choice(_("người đã từng nhiễm không phải cách ly"), _("người đã từng nhiễm cũng cách ly")),
        "prevents_centre": Phrase(_("tại khu tập trung bớt tiếp xúc: %(value)s"), values.layer_shares),
        "prevents_home": Phrase(_("tại nhà bớt tiếp xúc: %(value)s"), values.layer_shares),
        "prevents_second": Phrase(_("F2 bớt tiếp xúc: %(value)s"), values.layer_shares),
        "needs_centre": Phrase(_("mỗi người mỗi ngày tại khu tập trung cần %(value)s"), values.resources),
        "needs_home": Phrase(_("mỗi người mỗi ngày tại nhà cần %(value)s"), values.resources),
    },
    Kind.CORDONS: {
        "cases": Phrase(_("phong tỏa khi thôn, tổ dân phố có từ %(value)s ca"), values.amount),
        "within": Phrase(_("đếm ca trong %(value)s ngày"), values.amount),
        "lasts": Phrase(_("kéo dài %(value)s ngày"), values.amount),
        "renewed": Choice(_("có thêm ca thì tính lại từ đầu"), _("có thêm ca vẫn không kéo dài")),
        "needs_per_hamlet": Phrase(_("mỗi khu mỗi ngày cần %(value)s"), values.resources),
        "needs_per_person": Phrase(_("mỗi người trong khu mỗi ngày cần %(value)s"), values.resources),
    },
    Kind.STAY_HOME: {
        "prevents": Phrase(_("lệnh cấm tiếp xúc: %(value)s"), values.layer_shares),
        "compliance": Phrase(_("tuân thủ %(value)s"), values.share),
        "needs_per_commune": Phrase(_("mỗi xã mỗi ngày cần %(value)s"), values.resources),
        "needs_per_thousand": Phrase(_("mỗi 1.000 dân mỗi ngày cần %(value)s"), values.resources),
    },
    Kind.CLOSURES: {},
    Kind.CHECKPOINTS: {
        "prevents": Phrase(_("chặn tiếp xúc với người xã khác: %(value)s"), values.layer_shares),
    },
    Kind.VACCINATION: {
        "per_day": Phrase(_("%(value)s mũi một ngày"), values.amount),
        "stock": Phrase(_("có tất cả %(value)s liều"), values.amount),
        "acceptance": Phrase(_("%(value)s số người đồng ý tiêm"), values.share),
        "doses_each": Phrase(_("mỗi người %(value)s mũi"), values.amount),
        "interval": Phrase(_("hai mũi cách nhau %(value)s ngày"), values.amount),
        "youngest": Phrase(_("từ %(value)s tuổi"), values.youngest),
        "eldest_first": Choice(_("người cao tuổi trước"), _("người trẻ trước")),
        "needs": Phrase(_("mỗi mũi cần %(value)s"), values.resources),
    },
}


def phrase_of(kind: Kind, setting: str) -> Phrase | Choice:
    """The words of a setting; KeyError for one that nobody has put into words."""
    return BY_KIND[kind].get(setting) or EVERYWHERE[setting]
