"""How well the runs match what was counted before day 0: the factor, the picture, the numbers beside each other."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tienphuong.forecast.outcomes import Comparison
from tienphuong.reports.forecasting.charts import Style
from tienphuong.reports.forecasting.figures import band, day, decimal, number
from tienphuong.reports.forecasting.page import Picture, Section, Table
from tienphuong.reports.forecasting.pictures import FIT, Draw


def fit_sections(found: Comparison, *, draw: Draw, style: Style) -> Iterator[Section]:
    """The part on calibration; called with the page's language already chosen. Nothing where nothing was matched."""
    fit, language = found.fit, style.language
    if fit is None:
        return
    low, middle, high = (decimal(fit.factor[level], language=language) for level in (0, 2, 4))
    text = _(
        "Lây truyền nhân với %(middle)s (khoảng 90%%: %(low)s–%(high)s) so với bệnh; %(runs)s lần chạy thử, cỡ mẫu hiệu dụng %(effective)s."
    ) % {
        "middle": middle,
        "low": low,
        "high": high,
        "runs": number(fit.runs, language=language),
        "effective": number(fit.effective, language=language),
    }
    head = (_("Đến hết ngày"), _("Đã xác định"), _("Các lần chạy được nhận"))
    rows = tuple(
        (day(when, language=language), number(fit.observed[at], language=language), band(fit.fitted[:, at], language=language))
        for at, when in enumerate(fit.dates)
    )
    caption = _("Chấm: ca đã xác định; đường và dải: các lần chạy được nhận (trung vị, 50%, 90%).")
    picture = Picture(FIT, caption, draw(found, FIT, style))
    yield Section(FIT, _("Khớp với số đã đếm"), (text,), Table(head, rows), (picture,))
