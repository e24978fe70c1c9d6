"""Reading a study from TOML: every key known, every value of its type, every error with its place and what to do."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

from tienphuong.core.sentences import sentence
from tienphuong.forecast.entries import CapacityEntry, MeasureEntry, PlanEntry, StartEntry, StudyEntry

Table = Mapping[str, Any]


class StudyError(ValueError):
    """What is wrong in a study, at which place, and how it is mended."""

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(f"{where}: {what}. {remedy}")


def read_study(text: str) -> StudyEntry:
    """The study that a TOML text describes. Raises StudyError."""
    try:
        table = dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise StudyError(
            sentence("không phải TOML hợp lệ ({error})", error=error), where="tệp", remedy="Sửa đúng dòng, cột đã nêu."
        ) from error
    study = _table(table.pop("study", None), where="[study]")
    return _read(
        StudyEntry,
        study,
        where="[study]",
        start=_read(StartEntry, _table(table.pop("start", {}), where="[start]"), where="[start]"),
        common=_measures(table.pop("common", []), where="[[common]]"),
        capacities=_many(CapacityEntry, table.pop("capacity", []), where="[[capacity]]"),
        plans=_plans(table.pop("plan", []), left=table),
    )


def _plans(raw: Any, *, left: Table) -> tuple[PlanEntry, ...]:
    for key in left:
        raise StudyError(
            sentence("bảng lạ “{key}”", key=key),
            where=f"[{key}]",
            remedy="Các bảng được dùng: [study], [start], [[common]], [[capacity]], [[plan]].",
        )
    plans = []
    for number, table in enumerate(_list(raw, where="[[plan]]"), 1):
        where = nth("[[plan]]", number)
        rest = dict(_table(table, where=where))
        measures = _measures(rest.pop("measure", []), where=f"{where}, [[plan.measure]]")
        plans.append(_read(PlanEntry, rest, where=where, measures=measures))
    if not plans:
        raise StudyError("không có phương án nào", where="[[plan]]", remedy="Thêm ít nhất một [[plan]] có name.")
    names = [plan.name for plan in plans]
    for name in names:
        if names.count(name) > 1:
            raise StudyError(sentence("hai phương án cùng tên “{name}”", name=name), where="[[plan]]", remedy="Đặt tên khác nhau.")
    return tuple(plans)


def _measures(raw: Any, *, where: str) -> tuple[MeasureEntry, ...]:
    found = []
    for number, table in enumerate(_list(raw, where=where), 1):
        place = nth(where, number)
        settings = dict(_table(table, where=place))
        kind = settings.pop("kind", None)
        if not isinstance(kind, str):
            raise StudyError(
                sentence("thiếu khóa “{key}”", key="kind"), where=place, remedy='Ghi loại biện pháp, ví dụ kind = "stay_home".'
            )
        found.append(MeasureEntry(kind=kind, settings=settings, where=place))
    return tuple(found)


def _many(shape: type[Any], raw: Any, *, where: str) -> tuple[Any, ...]:
    return tuple(
        _read(shape, _table(table, where=where), where=nth(where, number)) for number, table in enumerate(_list(raw, where=where), 1)
    )


def _read(shape: type[Any], table: Table, *, where: str, **given: object) -> Any:
    """One table as a value of `shape`; `given` holds what is read elsewhere."""
    hints = get_type_hints(shape)
    for key, raw in table.items():
        if key not in hints or key in given:
            known = ", ".join(sorted(set(hints) - set(given)))
            raise StudyError(
                sentence("khóa lạ “{key}”", key=key), where=where, remedy=sentence("Các khóa được dùng: {known}.", known=known)
            )
        given[key] = _value(hints[key], raw, where=f"{where}, {key}")
    for part in fields(shape):
        if part.name not in given and part.default is MISSING and part.default_factory is MISSING:
            raise StudyError(sentence("thiếu khóa “{key}”", key=part.name), where=where, remedy="Bổ sung khóa này.")
    return shape(**given)


def _value(hint: Any, raw: Any, *, where: str) -> Any:
    """The value itself if it has the declared type; a whole number may stand for a decimal one."""
    if get_origin(hint) is Mapping:
        item = get_args(hint)[1]
        return {key: _value(item, value, where=f"{where}.{key}") for key, value in _table(raw, where=where).items()}
    if hint is float and type(raw) is int:
        return float(raw)
    if type(raw) is not hint or (hint is date and isinstance(raw, datetime)):
        what = sentence("giá trị {value} không phải kiểu {kind}", value=repr(raw), kind=hint.__name__)
        raise StudyError(what, where=where, remedy="Sửa kiểu giá trị.")
    return raw


def nth(where: str, number: int) -> str:
    """The place of one table among those of its name."""
    return sentence("{table}]] thứ {number}", table=where.removesuffix("]]"), number=number)


def _table(raw: Any, *, where: str) -> Table:
    if not isinstance(raw, Mapping):
        raise StudyError(
            "thiếu bảng này" if raw is None else "không phải một bảng", where=where, remedy="Xem các tệp mẫu trong examples/plans."
        )
    return raw


def _list(raw: Any, *, where: str) -> Sequence[Any]:
    if not isinstance(raw, list):
        raise StudyError("không phải danh sách bảng", where=where, remedy="Viết [[...]] với hai dấu ngoặc.")
    return raw
