"""TOML tables into typed, frozen values: an unknown key, a wrong type or an unnamed document is an error with its place."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tienphuong.core.choices import LabelledChoice
from tienphuong.core.policy.cited import Citation, Document, Sourced
from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.terms import Confidence

S = TypeVar("S")
Table = Mapping[str, Any]

_CITATION_KEYS = ("document", "confidence", "article", "valid_from", "valid_until", "note")


def read_table(shape: type[S], table: Table, *, where: str, documents: Mapping[str, Document], **given: object) -> S:
    """One table as a value of `shape`; `given` holds what the file does not say itself."""
    rest = dict(table)
    hints = get_type_hints(shape)
    if "cite" in hints:
        given["cite"] = _citation(rest, where=where, documents=documents)
    for part in fields(cast(Any, shape)):
        if part.name in rest and part.name not in given:
            raw = rest.pop(part.name)
            given[part.name] = _value(hints[part.name], raw, where=f"{where}.{part.name}", documents=documents)
    _refuse_unknown(rest, where=where, known=hints)
    _refuse_missing(shape, given, where=where)
    return shape(**given)


def _citation(rest: dict[str, Any], *, where: str, documents: Mapping[str, Document]) -> Citation:
    """The citation keys of a table, taken out of it."""
    taken = {key: rest.pop(key) for key in _CITATION_KEYS if key in rest}
    for key in ("document", "confidence"):
        if key not in taken:
            raise PolicyError(f"thiếu khóa “{key}”", where=where, remedy="Mỗi giá trị phải ghi văn bản và mức tin cậy.")
    number = taken["document"]
    if number not in documents:
        raise PolicyError(
            f"văn bản “{number}” không có trong [[documents]]", where=f"{where}.document", remedy="Khai báo văn bản trước khi dẫn."
        )
    taken["document"] = documents[number]
    taken["confidence"] = _value(Confidence, taken["confidence"], where=f"{where}.confidence", documents=documents)
    cite = Citation(**taken)
    if cite.valid_from and cite.valid_until and cite.valid_from > cite.valid_until:
        raise PolicyError("ngày bắt đầu sau ngày kết thúc", where=f"{where}.valid_from", remedy="Sửa lại khoảng hiệu lực.")
    return cite


def _value(hint: Any, raw: Any, *, where: str, documents: Mapping[str, Document]) -> Any:
    """One raw value as the type its field declares."""
    hint = _without_none(hint)
    many = get_origin(hint)
    if many in (tuple, frozenset):
        items = enumerate(_a(list, raw, where=where))
        return many(_value(get_args(hint)[0], item, where=f"{where}[{i}]", documents=documents) for i, item in items)
    if get_origin(hint) is Sourced:
        return _sourced(get_args(hint)[0], _a(dict, raw, where=where), where=where, documents=documents)
    if is_dataclass(hint):
        return read_table(cast(type[Any], hint), _a(dict, raw, where=where), where=where, documents=documents)
    if isinstance(hint, type) and issubclass(hint, LabelledChoice):
        return _word(hint, raw, where=where)
    return _a(hint, raw, where=where)


def _sourced(hint: Any, table: Table, *, where: str, documents: Mapping[str, Document]) -> Sourced[Any]:
    """A table with `value` and its citation."""
    rest = dict(table)
    cite = _citation(rest, where=where, documents=documents)
    if "value" not in rest:
        raise PolicyError("thiếu khóa “value”", where=where, remedy="Ghi giá trị được văn bản quy định.")
    value = _value(hint, rest.pop("value"), where=f"{where}.value", documents=documents)
    _refuse_unknown(rest, where=where, known={"value": hint})
    return Sourced(value, cite)


def _word(shape: type[LabelledChoice], raw: Any, *, where: str) -> LabelledChoice:
    """A word of a closed list."""
    try:
        return shape(raw)
    except ValueError:
        known = ", ".join(str(word) for word in shape)
        raise PolicyError(f"giá trị “{raw}” không hợp lệ", where=where, remedy=f"Chọn một trong: {known}.") from None


def _a(shape: type[S], raw: Any, *, where: str) -> S:
    """The value itself if it has the declared type; a whole number may stand for a decimal one."""
    if shape is float and type(raw) is int:
        return cast(S, float(raw))
    wrong_kind = isinstance(raw, bool) is not (shape is bool) or (shape is date and isinstance(raw, datetime))
    if wrong_kind or not isinstance(raw, shape):
        raise PolicyError(f"giá trị {raw!r} không phải kiểu {shape.__name__}", where=where, remedy="Sửa kiểu giá trị trong tệp TOML.")
    return raw


def _without_none(hint: Any) -> Any:
    """`X | None` is written as X."""
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not NoneType)
    return hint


def _refuse_unknown(rest: Table, *, where: str, known: Table) -> None:
    """Stop at a key nobody reads: a misspelt rule must not be silently absent."""
    for key in rest:
        raise PolicyError(f"khóa lạ “{key}”", where=f"{where}.{key}", remedy=f"Các khóa được dùng: {', '.join(sorted(known))}.")


def _refuse_missing(shape: type[Any], given: Table, *, where: str) -> None:
    """Stop at a key that must be there."""
    for part in fields(shape):
        if part.name not in given and part.default is MISSING and part.default_factory is MISSING:
            raise PolicyError(f"thiếu khóa “{part.name}”", where=where, remedy="Bổ sung khóa này.")
