"""Lists of units from outside: all communes of the country, as other programs and offices keep them. The formats stand in docs/reference/areas.md."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.registry.areas.reference import AreaLine
from tienphuong.registry.areas.rules import split_official_name
from tienphuong.registry.areas.terms import AreaKind, AreaLevel, CodeSystem

_PERIODS: Final = {
    CodeSystem.GSO_2019: ("2019-01-01", "2025-06-30"),
    CodeSystem.GSO_2025_01: ("2025-01-01", "2025-06-30"),
    CodeSystem.QD19_2025: ("2025-07-01", ""),
}
_WIDTHS: Final = {AreaLevel.PROVINCE: 2, AreaLevel.DISTRICT: 3, AreaLevel.COMMUNE: 5}
_BELOW: Final = (("districts", AreaLevel.DISTRICT), ("wards", AreaLevel.COMMUNE))
# The headings of the statistics office's list, without accents: name and code of each level.
_OFFICE: Final = (
    (AreaLevel.PROVINCE, ("tinh thanh pho", "tinh / thanh pho", "tinh"), ("ma tp", "ma tinh", "ma tt")),
    (AreaLevel.DISTRICT, ("quan huyen", "quan / huyen", "huyen"), ("ma qh", "ma huyen")),
    (AreaLevel.COMMUNE, ("phuong xa", "phuong / xa", "xa", "ten"), ("ma px", "ma xa", "ma")),
)
_OWN: Final = ("population", "households", "figures_source", "centre_lat", "centre_lon", "aliases")


class ListRefused(ValueError):
    """A file that is no list of units, with the reason and what to do instead."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def listed_areas(path: Path, *, generation: CodeSystem | None) -> list[AreaLine]:
    """The units of a file, parents before children: our own CSV, the statistics office's CSV, or nested JSON."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise _refused(path, "không đọc được", "Kiểm tra đường dẫn; lưu tệp theo mã UTF-8.") from fault
    rows = list(_nested(path, text, generation) if text.lstrip()[:1] in "[{" else _table(path, text, generation))
    if not rows:
        raise _refused(path, "không có đơn vị nào", "Xem các dạng tệp nhận được trong docs/reference/areas.md.")
    return [AreaLine(row) for row in rows]


def _refused(path: Path, why: str, remedy: str) -> ListRefused:
    return ListRefused(Refusal(sentence("Tệp {name}: {why}", name=path.name, why=why), remedy=remedy))


Rows = Iterator[dict[str, str]]


def _table(path: Path, text: str, generation: CodeSystem | None) -> Rows:
    lines = text.splitlines()
    found = list(csv.DictReader(lines, delimiter=";" if lines and lines[0].count(";") > lines[0].count(",") else ","))
    if found and {"code_system", "code", "official_name", "parent"} <= found[0].keys():
        return (_own_row(row) for row in found)
    return _office_rows(path, found, _settled(path, generation))


def _own_row(row: dict[str, str]) -> dict[str, str]:
    first, last = _PERIODS[CodeSystem(row["code_system"])]
    given = {name: value for name, value in row.items() if value}
    return {**dict.fromkeys(_OWN, ""), "valid_from": first, "valid_to": last, "kind": "", **given}


def _settled(path: Path, generation: CodeSystem | None) -> CodeSystem:
    if generation not in _PERIODS:
        raise _refused(path, "chưa rõ danh mục của thời kỳ nào", "Ghi --generation gso-2019, gso-2025-01 hoặc qd19-2025.")
    return CodeSystem(generation)


def _office_rows(path: Path, found: Iterable[dict[str, str]], generation: CodeSystem) -> Rows:
    """One row a commune, with the name and code of each level above it."""
    known_units: set[tuple[AreaLevel, str]] = set()
    for row in found:
        cells = {fold(name): value for name, value in row.items() if name and value}
        parent = ""
        for level, names, codes in _OFFICE:
            name, code = _first(cells, names), _first(cells, codes)
            if not (name and code):
                continue
            unit = _unit(name, code, level, generation, parent)
            if (level, unit["code"]) not in known_units:
                known_units.add((level, unit["code"]))
                yield unit
            parent = f"{generation}:{unit['code']}"
    if not known_units:
        raise _refused(path, "không nhận ra các cột", "Cần cột tên và mã của tỉnh, (huyện,) xã; xem docs/reference/areas.md.")


def _first(cells: dict[str, str], names: Iterable[str]) -> str:
    return next((cells[name] for name in names if name in cells), "")


def _nested(path: Path, text: str, generation: CodeSystem | None) -> Rows:
    """Provinces with their districts and wards inside each other, as vietnam-provinces and the open APIs built on it give them."""
    try:
        units = json.loads(text)
    except ValueError as fault:
        raise _refused(path, "không phải JSON", "Xem các dạng tệp nhận được trong docs/reference/areas.md.") from fault
    units = units if isinstance(units, list) else units.get("data", [])
    districts = any(unit.get("districts") for unit in units)
    settled = _settled(path, generation or (CodeSystem.GSO_2019 if districts else CodeSystem.QD19_2025))
    for unit in units:
        yield from _with_children(unit, AreaLevel.PROVINCE, settled, "")


def _with_children(unit: dict[str, Any], level: AreaLevel, generation: CodeSystem, parent: str) -> Rows:
    row = _unit(str(unit["name"]), str(unit["code"]), level, generation, parent, official=str(unit.get("division_type", "")))
    yield row
    for name, below in _BELOW:
        for child in unit.get(name) or ():
            yield from _with_children(child, below, generation, f"{generation}:{row['code']}")


def _unit(name: str, code: str, level: AreaLevel, generation: CodeSystem, parent: str, *, official: str = "") -> dict[str, str]:
    """One line of a list; a unit of a level whose word is another level's (`Thành phố Thủ Đức`) has its kind said."""
    first, last = _PERIODS[generation]
    name = clean(name)
    kind, _ = split_official_name(name)
    if kind is AreaKind.NATION and official:
        word = next((kind.label for kind in AreaKind if fold(official).startswith(fold(kind.label))), "")
        name = f"{word} {name}".strip()
        kind, _ = split_official_name(name)
    city = level is AreaLevel.DISTRICT and kind is AreaKind.MUNICIPALITY
    above = parent or f"{CodeSystem.GSO_2019}:VN"
    return {
        **dict.fromkeys(_OWN, ""), "code_system": generation.value, "code": code.strip().zfill(_WIDTHS[level]), "official_name": name,
        "parent": above, "valid_from": first, "valid_to": last, "kind": AreaKind.PROVINCIAL_CITY.value if city else "",
    }  # fmt: skip
