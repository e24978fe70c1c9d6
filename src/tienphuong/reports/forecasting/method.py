"""What was assumed: each plan's measures as they were given, the start, the disease, the random numbers, and what a forecast cannot say."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tienphuong.forecast.outcomes import Beginning, Comparison
from tienphuong.forecast.terms import Pathogen
from tienphuong.reports.forecasting.figures import decimal, number
from tienphuong.reports.forecasting.measures import teller_of
from tienphuong.reports.forecasting.page import Section, Table
from tienphuong.reports.forecasting.values import worded


def method_sections(found: Comparison, *, language: str) -> Iterator[Section]:
    """The measures and the method; called with the page's language already chosen."""
    teller = teller_of(found, language=language)
    rows = [(_("Chung cho mọi phương án"), *teller.in_words(one)) for one in found.study.common]
    rows += [(plan.name, *teller.in_words(one)) for plan in found.study.plans for one in plan.measures]
    described = tuple(f"{plan.name}: {text}" for plan in found.study.plans if (text := _described(plan.description, plan.source)))
    head = (_("Phương án"), _("Biện pháp"), _("Thông số"))
    yield Section("measures", _("Các biện pháp đã đưa vào"), described, Table(head, tuple(rows), words=True))
    yield Section("method", _("Cách tính và giới hạn"), tuple(_method(found, language)))


def _method(found: Comparison, language: str) -> Iterator[str]:
    yield _("Mô hình từng người: hộ gia đình, lớp học, nơi làm việc, tổ dân phố, cộng đồng; mỗi ngày một bước. Bệnh: %(disease)s.") % {
        "disease": worded(Pathogen, found.study.disease, language)
    }
    yield _("Số gieo %(seed)s, %(runs)s lần chạy mỗi phương án; chạy lại cho đúng các số này.") % {
        "seed": found.seed,
        "runs": found.replicates,
    }
    if found.beginning:
        yield from _from_records(found.beginning, language)
    yield _("Đây là dự báo có điều kiện: nếu các giả định đúng. Không phải số liệu báo cáo; người chỉ huy quyết định.")


def _from_records(beginning: Beginning, language: str) -> Iterator[str]:
    yield _(
        "Bắt đầu từ hồ sơ: %(cases)s ca xác định trong 90 ngày, %(contacts)s F1 đang cách ly; người nhiễm chưa ai thấy được suy ngược."
    ) % {
        "cases": number(beginning.cases, language=language),
        "contacts": number(beginning.contacts, language=language),
    }
    days = decimal(beginning.days_to_result, language=language)
    if beginning.fitted_to:
        in_words = _("Từ khởi phát đến kết quả: trung bình %(days)s ngày, ước lượng từ %(pairs)s ca có đủ hai ngày.")
        yield in_words % {"days": days, "pairs": number(beginning.fitted_to, language=language)}
    else:
        yield _("Từ khởi phát đến kết quả: giả định trung bình %(days)s ngày, vì hồ sơ có quá ít ca đủ hai ngày.") % {"days": days}


def _described(description: str, source: str) -> str:
    return f"{description} ({source})" if description and source else description or source
