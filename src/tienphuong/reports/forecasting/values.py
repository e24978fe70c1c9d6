"""How the values of a measure's settings are written: shares, amounts, days, and each of these by layer or by resource."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tienphuong.core.choices import LabelledChoice
from tienphuong.forecast.terms import Layer, Need
from tienphuong.reports.forecasting.figures import number

#: a value and a language in, words out
Writer = Callable[[Any, str], str]
YEARS_OF_A_BAND = 5
NO_RESOURCE = "0"


def amount(value: float, language: str) -> str:
    """1.500 or 0,05: as written, no digit lost and none added."""
    whole, _point, rest = f"{value:.10g}".partition(".")
    return number(float(whole), language=language) + (f"{'.' if language == 'en' else ','}{rest}" if rest else "")


def share(value: float, language: str) -> str:
    """70%, 0,05%."""
    return f"{amount(value * 100, language)}%"


def days(values: Sequence[float], language: str) -> str:
    """1, 7, 14."""
    return ", ".join(amount(value, language) for value in values)


def shares(values: Sequence[float], language: str) -> str:
    """0%, 33%, 62%."""
    return ", ".join(share(value, language) for value in values)


def layer_shares(settings: Mapping[str, float], language: str) -> str:
    """gia đình 95%, lớp học 60%."""
    return ", ".join(f"{worded(Layer, layer, language)} {share(value, language)}" for layer, value in settings.items())


def layer_days(settings: Mapping[str, float], language: str) -> str:
    """gia đình 0 ngày, lớp học 1 ngày."""
    each = ((worded(Layer, layer, language), amount(value, language)) for layer, value in settings.items())
    return ", ".join(_("%(layer)s %(days)s ngày") % {"layer": layer, "days": value} for layer, value in each)


def resources(settings: Mapping[str, float], language: str) -> str:
    """3 suất ăn, 0,2 bộ phòng hộ; what needs nothing says so."""
    return ", ".join(f"{amount(value, language)} {worded(Need, name, language)}" for name, value in settings.items()) or NO_RESOURCE


def names(values: Iterable[str], language: str) -> str:
    """Names as they were given."""
    del language
    return ", ".join(values)


def text(value: str, language: str) -> str:
    """Somebody's own words."""
    del language
    return str(value)


def youngest(band: float, language: str) -> str:
    """The lowest age of a five-year band: 3 is 15 years."""
    return amount(band * YEARS_OF_A_BAND, language)


def worded(words: type[LabelledChoice], value: str, language: str) -> str:
    """An official word by its value; what is none stays as it was written."""
    if value not in words._value2member_map_:
        return value
    return words(value).label_en if language == "en" else words(value).label
