"""In which order the date columns of a sheet are read: as the column shows it, or as an officer chose."""

from dataclasses import replace
from typing import Any, Final

from tienphuong.core.text.date_columns import ColumnProposal, ColumnSign
from tienphuong.core.text.terms import DateOrder
from tienphuong.intake.mapping.affinity import LOOKS
from tienphuong.intake.mapping.layout import Mapping
from tienphuong.intake.mapping.survey import SheetPlan, date_orders, survey
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.services.sheets import commune_names, opened
from tienphuong.intake.terms import DayOrder

_STORED: Final[dict[DayOrder, tuple[str, bool]]] = {
    DayOrder.DAY_FIRST: (DateOrder.DMY.value, False),
    DayOrder.MONTH_FIRST: (DateOrder.MDY.value, False),
    DayOrder.YEAR_FIRST: (DateOrder.YMD.value, False),
    DayOrder.SWAPPED_BACK: (DateOrder.DMY.value, True),
    DayOrder.CELL_BY_CELL: ("", False),
}


def _habit(proposal: ColumnProposal, *, month_first: bool) -> list[object]:
    """The order a column is read in. Where the dates prove nothing, the template's habit decides; mixed columns stay open."""
    if proposal.sign is ColumnSign.MIXED_ORDERS:
        return ["", False, proposal.usual_year]
    usual = DateOrder.MDY if month_first else DateOrder.DMY
    return [(proposal.order or usual).value, proposal.swap_date_cells, proposal.usual_year]


def order_of(sheet: Any, target: TargetField | None) -> DayOrder | None:
    """The order a column of days is read in; None for any other column."""
    if target is None or not _is_day(target):
        return None
    order, swap, *_ = sheet.dates.get(target.value, (DateOrder.DMY.value, False))
    return next((word for word, stored in _STORED.items() if stored == (order, bool(swap))), DayOrder.CELL_BY_CELL)


def settled_orders(sheet: Any, mapping: Mapping, *, was: Mapping, chosen: dict[TargetField, DayOrder]) -> dict[str, list[object]]:
    """The habits of all date columns after a correction: a column that became one is looked at first, a choice stands above that."""
    dates = {**sheet.dates} if _days(mapping) == _days(was) else _seen_anew(sheet, mapping)
    for target, word in chosen.items():
        if not _is_day(target):
            continue
        dates[target.value] = [*_STORED[word], *dates.get(target.value, [])[2:]]
    return dates


def _is_day(target: TargetField) -> bool:
    return target in LOOKS and "date" in LOOKS[target].supports


def _days(mapping: Mapping) -> set[tuple[int, TargetField]]:
    return {(guess.column, guess.target) for guess in mapping.columns if guess.target and _is_day(guess.target)}


def _seen_anew(sheet: Any, mapping: Mapping) -> dict[str, list[object]]:
    with opened(sheet.file) as book:
        plans = survey(book, commune_names=commune_names())
        plan = next((plan for plan in plans if plan.sheet[:120] == sheet.name), None)
        return habits(date_orders(book, replace(plan, mapping=mapping)), plan) if plan else {**sheet.dates}


def habits(proposals: dict[TargetField, ColumnProposal], plan: SheetPlan) -> dict[str, list[object]]:
    """The habit of every date column of a sheet, as it is stored."""
    return {target.value: _habit(proposal, month_first=plan.month_first_by_habit) for target, proposal in proposals.items()}
