"""The pictures of a comparison by name: which there are, and each drawn when somebody wants to see it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.terms import Series
from tienphuong.reports.forecasting.charts import Style, fan_chart, fit_chart, medians_chart
from tienphuong.reports.forecasting.page import Picture

SHOWN = (Series.CONFIRMED, Series.F1_CENTRE, Series.ISOLATED_FACILITY, Series.F1_HOME, Series.SEVERE)
FIT = "fit"
MEDIANS = "-medians"

#: a comparison, the name of a picture and a style in, SVG out
Draw = Callable[[Comparison, str, Style], str]


def shown(found: Comparison) -> tuple[Series, ...]:
    """The daily figures that have a picture: what limits the plans first, and only what happens at all."""
    limited = [Series(over.capacity.series) for over in found.overruns]
    return tuple(series for series in dict.fromkeys((*limited, *SHOWN)) if found.daily[series][4].any())


def names(found: Comparison) -> tuple[str, ...]:
    """The names of all pictures."""
    fans = [name for series in shown(found) for name in _names(found, series)]
    return (*fans, FIT) if found.fit else tuple(fans)


def pictures_of(found: Comparison, series: Series, *, draw: Draw, style: Style) -> tuple[Picture, ...]:
    """The pictures of one daily figure; called with the page's language already chosen."""
    fans, *medians = _names(found, series)
    caption = _("Đường đậm: trung vị; dải đậm: 50%; dải nhạt: 90% số lần chạy; nét đứt ngang: số hiện có.")
    together = _("Trung vị của các phương án trên một hình.")
    return (Picture(fans, caption, draw(found, fans, style)), *(Picture(name, together, draw(found, name, style)) for name in medians))


def drawn(found: Comparison, name: str, style: Style) -> str:
    """A picture as SVG. Raises KeyError for a name that is none of `names`."""
    if name not in names(found):
        raise KeyError(name)
    if name == FIT and found.fit:
        return fit_chart(found.fit.fitted, observed=found.fit.observed, dates=found.fit.dates, style=style)
    series = Series(name.removesuffix(MEDIANS))
    limits = {over.capacity.series: over.capacity for over in found.overruns}
    chart = medians_chart if name.endswith(MEDIANS) else fan_chart
    return chart(found.daily[series], dates=found.dates, plans=found.plans, capacity=limits.get(series), style=style)


def skip_rendering(found: Comparison, name: str, style: Style) -> str:
    """Nothing yet: the page asks for the picture by its name."""
    return ""


def _names(found: Comparison, series: Series) -> tuple[str, ...]:
    return (str(series), f"{series}{MEDIANS}") if len(found.plans) > 1 else (str(series),)
