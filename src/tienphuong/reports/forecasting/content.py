"""What the report on a comparison of plans says, in order: when places run out, the plans side by side, the pictures, needs, communes, method."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from tienphuong.forecast.outcomes import Comparison, Overrun
from tienphuong.forecast.terms import Series
from tienphuong.reports.forecasting.charts import Style
from tienphuong.reports.forecasting.figures import NOTHING, band, day, day_at, label, number, percent, sentence_case, signed_band
from tienphuong.reports.forecasting.fit import fit_sections
from tienphuong.reports.forecasting.method import method_sections
from tienphuong.reports.forecasting.page import Page, Section, Table
from tienphuong.reports.forecasting.pictures import Draw, drawn, pictures_of, shown

SUMMED = (Series.CONFIRMED, Series.INFECTIONS, Series.DEATHS)


def compose_page(found: Comparison, *, language: str = "vi", draw: Draw = drawn) -> Page:
    """The report in one language; who shows the pictures elsewhere has them left undrawn."""
    style = Style(language)
    with override(language):
        sections = (
            *_overruns(found, language),
            _side_by_side(found, language),
            *_pictures(found, language, draw),
            _needs(found, language),
            *fit_sections(found, draw=draw, style=style),
            *_communes(found, language),
            *method_sections(found, language=language),
        )
        return Page(language, found.study.title, _lead(found, language), sections)


def _lead(found: Comparison, language: str) -> tuple[str, ...]:
    people = sum(commune.population for commune in found.communes_of)
    first, last = (day(found.dates[at], language=language) for at in (0, -1))
    text = _("%(people)s người, %(communes)s xã, phường, thị trấn; từ %(first)s đến %(last)s; mỗi phương án %(runs)s lần chạy.") % {
        "people": number(people, language=language),
        "communes": len(found.communes_of),
        "first": first,
        "last": last,
        "runs": number(found.replicates, language=language),
    }
    return (text, *([found.study.note] if found.study.note else []))


def _overruns(found: Comparison, language: str) -> Iterator[Section]:
    for over in found.overruns:
        head = (_("Phương án"), _("Xác suất vượt"), _("Ngày đầu tiên vượt (trung vị)"), _("Khoảng 90%"), _("Đỉnh nhu cầu một ngày"))
        rows = tuple(_overrun_row(found, over, plan, language) for plan in range(len(found.plans)))
        heading = _("Khi nào hết %(name)s") % {"name": over.capacity.name}
        limit = _("Hiện có %(limit)s.") % {"limit": number(over.capacity.limit, language=language)}
        source = _("Nguồn: %(source)s.") % {"source": over.capacity.source} if over.capacity.source else ""
        yield Section("overruns", heading, (f"{limit} {source}".strip(),), Table(head, rows))


def _overrun_row(found: Comparison, over: Overrun, plan: int, language: str) -> tuple[str, ...]:
    at = partial(day_at, dates=found.dates, language=language)
    low, middle, high = (over.first_day[level, plan] for level in (0, 2, 4))
    span = NOTHING if at(low) == NOTHING else f"{at(low)} – {at(high)}"
    return found.plans[plan], percent(over.probability[plan]), at(middle), span, band(over.peak[:, plan], language=language)


def _side_by_side(found: Comparison, language: str) -> Section:
    labels = [sentence_case(label(series, language)) for series in SUMMED]
    head = (_("Phương án"), *labels, _("Chênh lệch ca xác định so với phương án đầu"))
    rows = tuple(
        (
            name,
            *(band(found.totals[series][:, plan], language=language) for series in SUMMED),
            signed_band(found.differences[Series.CONFIRMED][:, plan], language=language) if plan else NOTHING,
        )
        for plan, name in enumerate(found.plans)
    )
    text = _("Tổng cả kỳ: trung vị và khoảng 90% của các lần chạy. Các phương án dùng chung số ngẫu nhiên nên chênh lệch chỉ do phương án.")
    return Section("side-by-side", _("Các phương án cạnh nhau"), (text,), Table(head, rows))


def _pictures(found: Comparison, language: str, draw: Draw) -> Iterator[Section]:
    for series in shown(found):
        pictures = pictures_of(found, series, draw=draw, style=Style(language))
        yield Section(str(series), sentence_case(label(series, language)), (), None, pictures)


def _needs(found: Comparison, language: str) -> Section:
    head = (_("Nguồn lực"), *found.plans)
    rows = []
    for need, used in found.used.items():
        if not used[4].any():
            continue
        peaks = found.needs[need].max(axis=2)
        cells = (
            _("%(total)s; ngày cao nhất %(peak)s")
            % {"total": band(used[:, plan], language=language), "peak": number(peaks[2, plan], language=language)}
            for plan in range(len(found.plans))
        )
        rows.append((sentence_case(label(need, language)), *cells))
    text = _("Tổng cả kỳ (khoảng 90%) và ngày cao nhất của trung vị. Nhu cầu tính theo định mức ghi ở từng biện pháp.")
    return Section("needs", _("Nhu cầu nguồn lực"), (text,), Table(head, tuple(rows)))


def _communes(found: Comparison, language: str) -> Iterator[Section]:
    confirmed = found.communes.get(Series.CONFIRMED)
    if confirmed is None or len(found.communes_of) < 2:
        return
    rows = tuple(
        (commune.name, number(commune.population, language=language), *(band(one, language=language) for one in confirmed[:, :, row].T))
        for row, commune in enumerate(found.communes_of)
    )
    text = _("Số nhỏ dao động mạnh: không dùng để xếp hạng các xã.")
    yield Section("communes", _("Ca mới xác định theo xã"), (text,), Table((_("Xã"), _("Dân số"), *found.plans), rows))
