"""A measure of a study in a commander's words: what it is, from when to when, and each setting that was given."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tienphuong.forecast.entries import MeasureEntry
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.terms import FLOWS, MeasureKind, Series
from tienphuong.reports.forecasting.figures import day
from tienphuong.reports.forecasting.phrases import Choice, phrase_of
from tienphuong.reports.forecasting.values import amount, worded

#: Told together, not one by one.
TIMES = ("start", "end", "trigger")
#: A mapping of nothing says nothing, nor does a share of 0 that nobody asked for.
NOTHING: tuple[object, ...] = ({}, [], 0.0)
#: Of what the study leaves unsaid, this need not be told: that a measure holds everywhere, in full, from the first day on.
MISSING = ("name", "communes", "strength", "sensitivity", "infectious_only", "spares_recovered", *TIMES)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells the measures of one study in one language: day numbers become dates, codes of communes their names."""

    day0: date
    communes: Mapping[str, str]
    language: str
    usual: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def in_words(self, measure: MeasureEntry) -> tuple[str, str]:
        """The kind of the measure, and its settings: those that were given, then what the engine takes for the rest."""
        kind = MeasureKind(measure.kind)
        given = [*self._when(measure.settings), *self._settings(kind, measure.settings, without=TIMES)]
        usual = {setting: value for setting, value in self.usual.get(kind, {}).items() if value is False or value not in NOTHING}
        taken = "; ".join(self._settings(kind, usual, without=(*MISSING, *measure.settings)))
        parts = ["; ".join(given), _("Mặc định: %(settings)s") % {"settings": taken} if taken else ""]
        return worded(MeasureKind, kind, self.language), ". ".join(filter(None, parts))

    def _settings(self, kind: MeasureKind, settings: Mapping[str, Any], *, without: Collection[str]) -> Iterator[str]:
        for setting, value in settings.items():
            if setting not in without:
                yield self._setting(kind, setting, value)

    def _setting(self, kind: MeasureKind, setting: str, value: Any) -> str:
        phrase = phrase_of(kind, setting)
        if isinstance(phrase, Choice):
            return str(phrase.yes if value else phrase.no)
        if phrase.instead is not None and value == phrase.instead[0]:
            return str(phrase.instead[1])
        given = [self.communes.get(name, name) for name in value] if setting == "communes" else value
        return str(phrase.words) % {"value": phrase.value(given, self.language)}

    def _when(self, settings: Mapping[str, Any]) -> Iterator[str]:
        """From which day, to the end of which day; a trigger that starts it by itself."""
        if "start" in settings:
            yield _("từ %(day)s") % {"day": self._day(settings["start"])}
        if "end" in settings:
            yield _("đến hết %(day)s") % {"day": self._day(settings["end"], back=1)}
        if "trigger" in settings:
            yield self._trigger(settings["trigger"])

    def _day(self, in_words: date | int, *, back: int = 0) -> str:
        """A date, or so many days from day 0; the last day in force is the one before the end."""
        when = in_words if isinstance(in_words, date) else self.day0 + timedelta(days=in_words)
        return day(when - timedelta(days=back), language=self.language)

    def _trigger(self, in_words: Mapping[str, Any]) -> str:
        series = in_words.get("series", Series.CONFIRMED)
        counted = (
            _("tự bắt đầu khi %(series)s từ %(least)s trở lên trong %(within)s ngày")
            if series in FLOWS
            else _("tự bắt đầu khi %(series)s từ %(least)s trở lên")
        )
        values = {
            "series": worded(Series, series, self.language),
            "least": amount(in_words.get("at_least", 1), self.language),
            "within": in_words.get("within", 7),
        }
        where = _("tính riêng từng xã") if in_words.get("each", True) else _("tính chung")
        lasting = _("kéo dài %(value)s ngày") % {"value": in_words.get("lasts", 14)}
        return ", ".join((counted % values, where, lasting))


def teller_of(found: Comparison, *, language: str) -> Teller:
    """The teller of a comparison's measures."""
    return Teller(found.study.day0, {commune.code: commune.name for commune in found.communes_of}, language, found.usual)
