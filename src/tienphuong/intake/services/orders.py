"""In which order the date columns of a sheet are read: as the column shows it, or as an officer chose."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.text.date_columns import ColumnProposal, ColumnSign
from tienphuong.core.text.terms import DateOrder
from tienphuong.intake.facts.asked import CellKind, cell_key
from tienphuong.intake.mapping.column_evidence import LOOKS
from tienphuong.intake.mapping.layout import Mapping
from tienphuong.intake.mapping.survey import SheetPlan, date_orders, survey
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.services.answering import Cell, remember_word
from tienphuong.intake.services.sheets import answers_for, commune_names, opened
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


def remembered_orders(sheet: Any, mapping: Mapping, proposals: dict[TargetField, ColumnProposal]) -> dict[TargetField, DayOrder]:
    """The orders an officer chose for columns of these headings in earlier files of the sender; a column that proves another keeps its own."""
    answers = answers_for(sheet.file.sender)
    named = [(guess.target, guess.label) for guess in mapping.columns if guess.target is not None and _is_day(guess.target)]
    known = {target: word for target, label in named if (word := answers.get((CellKind.DAY_ORDER, cell_key(label))))}
    return {target: DayOrder(word) for target, word in known.items() if not _proves_another(proposals.get(target), DayOrder(word))}


def _proves_another(proposal: ColumnProposal | None, word: DayOrder) -> bool:
    order, _ = _STORED[word]
    mixed = proposal is not None and proposal.sign is ColumnSign.MIXED_ORDERS
    return bool(proposal and proposal.order and order and not mixed and proposal.order.value != order)


def with_orders(dates: dict[str, list[object]], chosen: dict[TargetField, DayOrder]) -> dict[str, list[object]]:
    """The habits of all date columns with those chosen by an officer."""
    days = {target.value: word for target, word in chosen.items() if _is_day(target)}
    return dates | {target: [*_STORED[word], *dates.get(target, [])[2:]] for target, word in days.items()}


def remember_orders(sheet: Any, mapping: Mapping, chosen: dict[TargetField, DayOrder], *, actor: Viewer, at: datetime) -> None:
    """Keep for the sender, by the heading of its column, every order that differs from the one the column was read in."""
    if not sheet.file.sender:
        return
    for guess in mapping.columns:
        word = chosen.get(guess.target) if guess.target else None
        if word is not None and guess.label and word is not order_of(sheet, guess.target):
            cell = Cell(sheet.file.sender, sheet.file.area_path, CellKind.DAY_ORDER, guess.label)
            remember_word(cell, word=word, actor=actor, at=at)


def settled_orders(sheet: Any, mapping: Mapping, *, was: Mapping, chosen: dict[TargetField, DayOrder]) -> dict[str, list[object]]:
    """The habits of all date columns after a correction: a column that became one is looked at first, a choice stands above that."""
    return with_orders({**sheet.dates} if _days(mapping) == _days(was) else _profiled_again(sheet, mapping), chosen)


def _is_day(target: TargetField) -> bool:
    return target in LOOKS and "date" in LOOKS[target].supports


def _days(mapping: Mapping) -> set[tuple[int, TargetField]]:
    return {(guess.column, guess.target) for guess in mapping.columns if guess.target and _is_day(guess.target)}


def _profiled_again(sheet: Any, mapping: Mapping) -> dict[str, list[object]]:
    with opened(sheet.file) as book:
        plans = survey(book, commune_names=commune_names())
        plan = next((plan for plan in plans if plan.sheet[:120] == sheet.name), None)
        if plan is None:
            return {**sheet.dates}
        proposals = date_orders(book, replace(plan, mapping=mapping))
        return with_orders(habits(proposals, plan), remembered_orders(sheet, mapping, proposals))


def habits(proposals: dict[TargetField, ColumnProposal], plan: SheetPlan) -> dict[str, list[object]]:
    """The habit of every date column of a sheet, as it is stored."""
    return {target.value: _habit(proposal, month_first=plan.month_first_by_habit) for target, proposal in proposals.items()}
