"""The tables behind the text: cases and contacts by commune, quarantine sites, samples by group; only those with data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tienphuong.reports.composing.view import FrozenFigures
from tienphuong.reports.papers import Align, Appendix, Column, Table, wording

_GROUPS = {"cordon": "Khu vực phong tỏa", "ILI": "Ho, sốt cộng đồng", "other": "Khác", "": "Không ghi nhóm"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One appendix before it has its number."""

    key: str
    title: str
    table: Table


def sheets(view: FrozenFigures) -> list[Sheet]:
    """The appendices that have something to show, in their order."""
    candidates = [_cases(view), _contacts(view), _sites(view), _samples(view)]
    return [sheet for sheet in candidates if sheet is not None]


def numbered(found: Sequence[Sheet]) -> tuple[Appendix, ...]:
    """The appendices with their Roman numbers; a single one carries none."""
    return tuple(Appendix(title=sheet.title, body=(sheet.table,), number=numeral(sheet.key, found)) for sheet in found)


def numeral(key: str, found: Sequence[Sheet]) -> str:
    """An appendix's number, '' if it is the only one."""
    place = next((i for i, sheet in enumerate(found, start=1) if sheet.key == key), 0)
    return wording.roman(place) if place and len(found) > 1 else ""


def reference(key: str, found: Sequence[Sheet]) -> str:
    """How the text points at an appendix: 'Phụ lục III'; '' where there is none."""
    return wording.appendix_name(numeral(key, found)) if any(sheet.key == key for sheet in found) else ""


def _cases(view: FrozenFigures) -> Sheet | None:
    if not view.communes:
        return None
    keys = ["new", "total", "recovered", "in_treatment", "deaths"]
    titles = ["Ca mới", "Lũy kế", "Khỏi", "Đang điều trị", "Tử vong"]
    if view.value("cases_transferred"):
        keys, titles = [*keys, "transferred"], [*titles, "Chuyển nơi khác"]
    rows = [(view.full_name(line), [line[key] for key in keys]) for line in view.communes]
    whole = ["cases_new", "cases_total", "cases_recovered", "cases_in_treatment", "deaths", "cases_transferred"][: len(keys)]
    total = [view.value(key) for key in whole]
    rest = [number - sum(figures[i] for _, figures in rows) for i, number in enumerate(total)]
    if any(rest):
        rows.append(("Chưa rõ nơi cư trú", rest))
    table = _table(view.units, titles, rows, total=total, note=f"{view.cumulative}.")
    return Sheet("cases", f"Ca mắc theo {view.units}", table)


def _contacts(view: FrozenFigures) -> Sheet | None:
    degrees = [int(n) for n in view.content["degrees"] if int(n) <= 2]
    if not view.communes or not any(view.content["degrees"][str(degree)]["total"] for degree in degrees):
        return None
    rows = [(view.full_name(line), [line[f"f{degree}"] for degree in degrees]) for line in view.communes]
    total = [view.content["degrees"][str(degree)]["total"] for degree in degrees]
    rest = [number - sum(figures[i] for _, figures in rows) for i, number in enumerate(total)]
    if any(rest):
        rows.append(("Chưa rõ nơi cư trú", rest))
    titles = [f"{view.degree_word(degree)} lũy kế" for degree in degrees]
    names = ", ".join(view.degree_word(degree) for degree in degrees)
    return Sheet("contacts", f"{names} theo {view.units}", _table(view.units, titles, rows, total=total))


def _sites(view: FrozenFigures) -> Sheet | None:
    sites = view.content["sites"]
    if not sites:
        return None
    keys = ["new", "current", "completed", "transferred", "total"]
    titles = ["Phát sinh", "Hiện cách ly", "Hoàn thành", "Chuyển tuyến", "Lũy kế"]
    if any(site["left"] for site in sites):
        keys, titles = [*keys[:-1], "left", "total"], [*titles[:-1], "Tự ý rời", "Lũy kế"]
    rows = [(site["name"], [site[key] for key in keys]) for site in sites]
    return Sheet("sites", "Khu cách ly tập trung", _table("khu cách ly", titles, rows, total=_sums(rows)))


def _samples(view: FrozenFigures) -> Sheet | None:
    groups: Mapping[str, Mapping[str, Any]] = view.content["samples"]
    if not groups:
        return None
    keys, titles = ["new", "total", "negative", "positive", "pending"], ["Phát sinh", "Lũy kế", "(−)", "(+)", "Chờ kết quả"]
    if view.value("samples_inconclusive"):
        keys, titles = [*keys[:-1], "inconclusive", "pending"], [*titles[:-1], "Không xác định", "Chờ kết quả"]
    rows = [(_GROUPS.get(group, group), [tally[key] for key in keys]) for group, tally in groups.items()]
    return Sheet("samples", "Xét nghiệm theo nhóm", _table("nhóm", titles, rows, total=_sums(rows)))


def _sums(rows: Sequence[tuple[str, list[int]]]) -> list[int]:
    return [sum(column) for column in zip(*(figures for _, figures in rows), strict=True)]


def _table(what: str, titles: Sequence[str], rows: Sequence[tuple[str, list[int]]], *, total: Sequence[int], note: str = "") -> Table:
    columns = (Column("TT", 0.5), Column(what[0].upper() + what[1:], 2.6, Align.LEFT), *(Column(title) for title in titles))
    body = tuple((str(i), name, *map(wording.number, figures)) for i, (name, figures) in enumerate(rows, start=1))
    return Table(columns=columns, rows=body, total=("", "Tổng cộng", *map(wording.number, total)), note=note)
