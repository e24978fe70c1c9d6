"""How the figures of a forecast are written: a median with its 90 % band, a day, a probability; Vietnamese or English."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from tienphuong.core.choices import LabelledChoice
from tienphuong.reports.papers.wording import number as vietnamese_number
from tienphuong.reports.papers.wording import short_day

NOTHING = "–"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: float, *, language: str) -> str:
    """1.416 or 1,416: a forecast of people has no decimals."""
    rounded = round(float(value))
    return f"{rounded:,}" if language == "en" else vietnamese_number(rounded)


def decimal(value: float, *, language: str) -> str:
    """4,2 or 4.2."""
    return f"{value:.1f}" if language == "en" else vietnamese_number(value)


def band(levels: NDArray[np.float64], *, language: str) -> str:
    """'412 (250–700)': the median and the 90 % band of float64[5 levels]."""
    low, middle, high = (number(levels[at], language=language) for at in (0, 2, 4))
    return middle if low == high else f"{middle} ({low}–{high})"


def signed_band(levels: NDArray[np.float64], *, language: str) -> str:
    """'−120 (−300 đến −15)': a difference, with its sign; the language is the one in force."""
    low, middle, high = (_signed(levels[at], language=language) for at in (0, 2, 4))
    return middle if low == high else _("%(middle)s (%(low)s đến %(high)s)") % {"low": low, "middle": middle, "high": high}


def day(value: date, *, language: str) -> str:
    """24/8/2021 or 24 Aug 2021."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if language == "en" else short_day(value)


def day_at(position: float, *, dates: Sequence[date], language: str) -> str:
    """The day that a quantile of day numbers falls on; nothing where no run came there."""
    return NOTHING if np.isnan(position) else day(dates[round(float(position))], language=language)


def percent(share: float) -> str:
    """83%: of some hundred runs, a decimal would pretend."""
    return f"{round(share * 100)}%"


def label(word: LabelledChoice, language: str) -> str:
    """An official word in the language of the page."""
    return word.label_en if language == "en" else word.label


def sentence_case(text: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def _signed(value: float, *, language: str) -> str:
    sign = "−" if round(float(value)) < 0 else "+" if round(float(value)) > 0 else ""
    return sign + number(abs(value), language=language)
