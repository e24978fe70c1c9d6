"""A study as TOML again: what is written here is read back as the same study."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from tienphuong.forecast.entries import MeasureEntry, StudyEntry

#: Parts of an entry that are tables of their own, or no part of the text.
TABLES = frozenset({"start", "common", "capacities", "plans", "measures"})


def study_text(study: StudyEntry) -> str:
    """The whole study; what has its default value is left unsaid."""
    return "\n".join(_lines(study))


def _lines(study: StudyEntry) -> Iterator[str]:
    yield from ("[study]", *_entry_lines(study))
    yield from ("[start]", *_entry_lines(study.start))
    for measure in study.common:
        yield from ("[[common]]", *_measure(measure))
    for capacity in study.capacities:
        yield from ("[[capacity]]", *_entry_lines(capacity))
    for plan in study.plans:
        yield from ("[[plan]]", *_entry_lines(plan))
        for measure in plan.measures:
            yield from ("[[plan.measure]]", *_measure(measure))


def _entry_lines(entry: Any) -> Iterator[str]:
    """The values of an entry that are not their defaults, and an empty line."""
    for part in fields(entry):
        value, usual = getattr(entry, part.name), part.default
        if part.default_factory is not MISSING:
            usual = part.default_factory()
        if part.name not in TABLES and value != usual:
            yield f"{part.name} = {_value(value)}"
    yield ""


def _measure(measure: MeasureEntry) -> Iterator[str]:
    yield f"kind = {_value(measure.kind)}"
    yield from (f"{_key(name)} = {_value(value)}" for name, value in measure.settings.items())
    yield ""


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else value.isoformat() if isinstance(value, date) else repr(value)


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _text(name)


def _text(value: str) -> str:
    # a JSON string is a TOML string, but for one character that only TOML wants escaped
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
