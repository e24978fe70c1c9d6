"""A measure as a study writes it, as the engine takes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from epiengine.errors import EngineError
from epiengine.simulate import measures as engine
from tienphuong.core.sentences import sentence
from tienphuong.forecast.entries import CommuneEntry, MeasureEntry, StudyEntry
from tienphuong.forecast.studies import StudyError
from tienphuong.forecast.terms import MeasureKind

KINDS: Mapping[str, type[engine.Measure]] = {
    MeasureKind.CAMPAIGN: engine.Campaign,
    MeasureKind.CHECKPOINTS: engine.Checkpoints,
    MeasureKind.CLOSURES: engine.Closures,
    MeasureKind.CORDONS: engine.Cordons,
    MeasureKind.ISOLATION: engine.Isolation,
    MeasureKind.QUARANTINE: engine.Quarantine,
    MeasureKind.STAY_HOME: engine.StayHome,
    MeasureKind.TESTING: engine.Testing,
    MeasureKind.TRACING: engine.Tracing,
    MeasureKind.VACCINATION: engine.Vaccination,
}


def measure_of(entry: MeasureEntry, study: StudyEntry, communes_of: Sequence[CommuneEntry]) -> engine.Measure:
    """The measure as the engine takes it; what it refuses is told with the place in the study."""
    if entry.kind not in KINDS:
        known_kinds = sentence("Chọn một trong: {known}.", known=", ".join(KINDS))
        raise StudyError(sentence("không có loại biện pháp “{kind}”", kind=entry.kind), where=entry.where, remedy=known_kinds)
    shape, where = KINDS[entry.kind], f"{entry.where} ({entry.kind})"
    known = {part.name for part in fields(shape)}
    if stray := [key for key in entry.settings if key not in known]:
        remedy = sentence("Các khóa được dùng: {known}.", known=", ".join(sorted(known)))
        raise StudyError(sentence("khóa lạ “{key}”", key=stray[0]), where=where, remedy=remedy)
    settings: dict[str, Any] = {key: _setting_of(value, day0=study.day0) for key, value in entry.settings.items()}
    settings["communes"] = _positions(settings.get("communes", ()), communes_of, where=where)
    try:
        if "trigger" in settings:
            settings["trigger"] = engine.Trigger(**settings["trigger"])
        return shape(**settings)
    except EngineError as error:
        raise refused(error, where=where) from error
    except TypeError as error:
        raise StudyError(sentence("giá trị sai kiểu ({error})", error=error), where=where, remedy="Sửa kiểu giá trị.") from error


def usual_settings(kinds: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the engine takes for each setting of these kinds where a study says nothing; what is without limit is left out."""
    return {kind: dict(_usual(KINDS[kind]())) for kind in sorted(set(kinds))}


def _usual(measure: engine.Measure) -> Iterator[tuple[str, Any]]:
    for part in fields(measure):
        value = getattr(measure, part.name)
        if isinstance(value, Mapping):
            yield part.name, dict(value)
        elif isinstance(value, tuple):
            yield part.name, list(value)
        elif isinstance(value, bool | int | float) and value < engine.UNLIMITED:
            yield part.name, value


def refused(error: EngineError, *, where: str) -> StudyError:
    """What the engine refuses, at its place in the study; a range of numbers is told in words."""
    low, to, high = error.allowed.partition(" to ")
    allowed = sentence("từ {low} đến {high}", low=low, high=high) if to and " " not in low + high else error.allowed
    return StudyError(f"{error.name} = {error.value!r}", where=where, remedy=sentence("Giá trị cho phép: {allowed}.", allowed=allowed))


def _setting_of(value: object, *, day0: date) -> object:
    """A date as the number of its day, a list as a tuple, all else as it is."""
    if isinstance(value, date):
        return (value - day0).days
    return tuple(value) if isinstance(value, list) else value


def _positions(written: Any, communes_of: Sequence[CommuneEntry], *, where: str) -> tuple[int, ...]:
    """The communes of a measure, by code or name, as positions."""
    known = {key: at for at, commune in enumerate(communes_of) for key in (commune.code, commune.name, _short(commune.name))}
    for name in written:
        if name not in known:
            raise StudyError(
                sentence("không có xã “{name}” trong dân cư của nghiên cứu", name=name),
                where=where,
                remedy="Ghi mã hoặc tên xã như trong dân cư.",
            )
    return tuple(sorted({known[name] for name in written}))


def _short(name: str) -> str:
    return name.removeprefix("Thị trấn ").removeprefix("Xã ").removeprefix("Phường ")
