"""Tags and filters of the pages: {% load post %}."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any
from uuid import uuid4

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.pages import Page
from tienphuong.web import assets, formats, named, navigation
from tienphuong.web.phrasebook import translated
from tienphuong.web.pictures import Picture

register = template.Library()
register.filter(translated)


@register.simple_tag
def act_id() -> SafeString:
    """{% act_id %}: the number of the act that a form asks for, so that a second press of its button is the same act."""
    return format_html('<input type="hidden" name="act_id" value="{}">', uuid4())


@register.filter
def person_link(person: object) -> str:
    """{{ line.person|person_link }}: the name with its page; of somebody of another area only where they live."""
    words, href = named.name_of(person), named.person_href(person)
    return format_html('<a href="{}">{}</a>', href, words) if href else words


@register.filter
def vn_number(value: float | None, decimals: int = 0) -> str:
    """{{ n|vn_number }}: 1.416; {{ r|vn_number:2 }}: 0,87."""
    return formats.number(value, language=_language(), decimals=decimals)


@register.filter
def chance(share: float) -> str:
    """{{ 0.834|chance }}: 83%; of some hundred runs a decimal would pretend."""
    return formats.percent(share, language=_language(), decimals=0)


@register.filter
def nth(things: Sequence[object], index: int) -> object:
    """{{ columns|nth:forloop.counter0 }}: the thing at a place."""
    return things[index]


@register.filter
def magnitude(value: float) -> float:
    """A change without its sign; the sign is written as a word of its own."""
    return abs(value)


@register.filter
def vn_percent(ratio: float | None, decimals: int = 1) -> str:
    """{{ 0.516|vn_percent }}: 51,6%."""
    return formats.percent(ratio, language=_language(), decimals=decimals)


@register.filter
def vn_date(value: date | None) -> str:
    """{{ d|vn_date }}: 24/8/2021."""
    return formats.day(value, language=_language())


@register.filter
def vn_time(value: datetime | None) -> str:
    """{{ t|vn_time }}: 16h00."""
    return formats.hour(value, language=_language())


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """{{ t|vn_datetime }}: 16h00 ngày 24/8/2021."""
    return formats.moment(value, language=_language())


@register.filter
def label(value: object, words: str = "") -> str:
    """An official word in the reader's language. A stored value names its list: {{ v|label:"cases.Classification" }}."""
    if value is None or value == "":
        return formats.NOTHING
    if words:
        value = _list_of(words)(value)
    if _language() == "en" and getattr(value, "label_en", ""):
        return value.label_en
    return _(str(getattr(value, "label", value)))


@register.filter
def may_open(viewer: Viewer, name: str) -> bool:
    """{% if request.viewer|may_open:"cases" %}: whether the reader may follow a link to that page."""
    return navigation.may_open(viewer, name=name)


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """{% icon "virus" %}: a drawing beside a word; with `words` it stands alone and screen readers hear them."""
    if words:
        return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', words, _drawing(name))
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', _drawing(name))


@register.inclusion_tag("components/figure.html")
def figure(
    words: str, value: object, *, href: str = "", meaning: str = "", cut_off: datetime | None = None, **more: object
) -> dict[str, object]:
    """{% figure _("Ca bệnh") 272 href=url meaning=_("...") cut_off=at change=+12 since=at unit="%" level="danger" %}."""
    return {"words": words, "value": value, "href": href, "meaning": meaning, "cut_off": cut_off, **more}


# A status is an icon, a word and a colour; each level has its own icon so that a black-and-white print tells them apart.
LEVELS = {
    "danger": "alert-octagon",
    "warning": "alert-triangle",
    "success": "circle-check",
    "info": "info-circle",
    "waiting": "clock",
    "neutral": "circle",
}


@register.inclusion_tag("components/status.html")
def status(words: str, level: str = "neutral") -> dict[str, str]:
    """{% status _("Quá hạn") "danger" %}."""
    return {"words": words, "level": level, "icon_name": LEVELS[level]}


@register.inclusion_tag("components/progress.html")
def progress(
    words: str, *, done: int, total: int, rate: float | None = None, seconds_left: float | None = None, unit: str = ""
) -> dict[str, object]:
    """{% progress _("Đang ghi dữ liệu") done=400 total=1600 rate=85 seconds_left=14 %}; poll it with hx-get around it. `unit`: not lines a second."""
    left = None if seconds_left is None else max(1, round(seconds_left / 60)) if seconds_left >= 90 else round(seconds_left)
    minutes = seconds_left is not None and seconds_left >= 90
    return {"words": words, "done": done, "total": total, "rate": rate, "left": left, "minutes": minutes, "unit": unit}


@register.inclusion_tag("components/picture.html")
def picture(picture: Picture) -> dict[str, Picture]:
    """{% picture curve %}: a Picture of web/pictures.py, drawn by static/js, with its table twin."""
    return {"picture": picture}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: object) -> dict[str, object]:
    """{% pagination page_obj %}: keeps every filter of the address; needs a Django Page."""
    request: HttpRequest = context["request"]
    return {"page": page, "kept": _query_without(request, "page")}


@register.inclusion_tag("components/pages.html", takes_context=True)
def beside(context: template.Context, listed: Page[Any], words: str) -> dict[str, object]:
    """{% beside listed total_words %}: the way to the pages before and after one that was found by its cursor."""
    request: HttpRequest = context["request"]
    last = listed.first + len(listed.lines) - 1
    return {"listed": listed, "words": words, "last": last, "start": request.path, "kept": _query_without(request, "cursor", "page")}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """{% query classification="confirmed" page=None %}: this page's address with some filters changed or dropped."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    parameters.pop("cursor", None)
    for key, value in changes.items():
        if value in (None, ""):
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def _query_without(request: HttpRequest, *keys: str) -> str:
    """The address's filters without some of them, ready to be followed by another."""
    parameters = request.GET.copy()
    for key in keys:
        parameters.pop(key, None)
    return f"{parameters.urlencode()}&" if parameters else ""


def _language() -> str:
    """The reader's language, Vietnamese when nobody chose."""
    return get_language() or "vi"


@cache
def _drawing(name: str) -> SafeString:
    """The strokes of one installed icon."""
    style, _dash, rest = name.partition(":")
    path = assets.ICONS / (style if rest else "outline") / f"{rest or name}.svg"
    if not path.is_file():
        raise ImproperlyConfigured(f"no icon {name!r} is installed; install the pinned files with: {assets.REMEDY}")
    return mark_safe("".join(re.findall(r"<(?:path|circle|line|rect)\b(?![^>]*M0 0h24v24H0z)[^>]*/>", path.read_text("utf-8"))))


@cache
def _list_of(words: str) -> type[Enum]:
    """The closed list of words behind a short name: "cases.Outcome" is tienphuong.cases.terms.Outcome."""
    package, _dot, name = words.rpartition(".")
    return getattr(import_module(f"tienphuong.{package}.terms"), name)
