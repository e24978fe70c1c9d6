"""Reading a file: its sheets, their kinds and mappings, remembered per sender."""

import json
from collections.abc import Container, Sequence
from datetime import date, datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.sentences import sentence
from tienphuong.core.text.date_columns import ColumnProposal, ColumnSign
from tienphuong.intake.mapping.kinds import COUNTS
from tienphuong.intake.mapping.layout import Mapping
from tienphuong.intake.mapping.survey import SheetPlan, date_orders, survey
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet, RememberedMapping
from tienphuong.intake.reading.book import Book, Remark
from tienphuong.intake.reading.faults import UnreadableFile
from tienphuong.intake.reading.terms import Notice
from tienphuong.intake.services.days import end_warning, mark_days, title_warning
from tienphuong.intake.services.file_locks import locked, locked_in_turn
from tienphuong.intake.services.orders import habits, remember_orders, remembered_orders, settled_orders, with_orders
from tienphuong.intake.services.receive import OF_AREA
from tienphuong.intake.services.sheets import LOST, commune_names, mapping_from, opened
from tienphuong.intake.terms import DayOrder, FileState

_KEPT_IGNORED = 500
Orders = dict[TargetField, ColumnProposal]


def read_file(file: IntakeFile) -> list[IntakeSheet]:
    """The sheets of a file as understood; a file that cannot be read says why and keeps its bytes."""
    known = list(IntakeSheet.objects.filter(file=file).order_by("position"))
    if known:
        return known
    try:
        with opened(file) as book:
            understand(file, book)
    except UnreadableFile as fault:
        note_unreadable(file, fault)
    return list(IntakeSheet.objects.filter(file=file).order_by("position"))


def note_given_up(file_id: str, *, times: int) -> None:
    """The file says that the machine stopped so many times while it worked on it, and tries no more by itself."""
    message = sentence(
        "Máy đã dừng {times} lần khi làm việc với tệp này nên không tự thử nữa. Chia nhỏ tệp, hoặc bấm làm lại.", times=times
    )
    IntakeFile.objects.filter(pk=file_id).update(message=message)
    IntakeFile.objects.filter(pk=file_id, state__in=(FileState.RECEIVED, FileState.READ)).update(state=FileState.STOPPED)


def note_unreadable(file: IntakeFile, fault: UnreadableFile) -> None:
    """Write down why the file cannot be read."""
    file.state, file.message = FileState.UNREADABLE, fault.message
    file.save(update_fields=["state", "message"])


def understand(file: IntakeFile, book: Book) -> list[SheetPlan]:
    """Write down how each sheet of an open book is understood, unless another officer has by now; and hand the plans on."""
    remembered = list(RememberedMapping.objects.filter(sender=file.sender)) if file.sender else []
    plans = survey(book, commune_names=commune_names(), remembered=[mapping_from(one.mapping) for one in remembered])
    kinds = {one.signature: one.kind for one in remembered}
    orders = [date_orders(book, plan) for plan in plans]
    aside = _left_aside(plans, kinds)
    sheets = [
        _sheet(file, plan, number, kinds.get(plan.signature), orders[number], aside=plan.sheet in aside)
        for number, plan in enumerate(plans)
    ]
    warnings = [[remark.notice.value, remark.sheet, remark.message] for remark in book.remarks if not _is_of(remark, aside)]
    warnings += [
        _unknown(sheet, plan)
        for sheet, plan in zip(sheets, plans, strict=True)
        if sheet.kind == SheetKind.UNKNOWN and plan.sheet not in aside
    ]
    warnings += [_unread(sheet) for sheet, plan in zip(sheets, plans, strict=True) if plan.sheet in aside]
    warnings += [_lost(sheet) for sheet, plan in zip(sheets, plans, strict=True) if plan.lost]
    warnings += [warning for sheet, order in zip(sheets, orders, strict=True) for warning in _date_warnings(sheet, order)]
    received = local(file.received_at).date()
    warnings += [told for sheet, plan in zip(sheets, plans, strict=True) for told in title_warning(sheet, plan.titles, at=received)]
    warnings += [told for sheet, plan, order in zip(sheets, plans, orders, strict=True) for told in _take_orders(sheet, plan, order)]
    warnings += [
        told for sheet, plan in zip(sheets, plans, strict=True) for told in end_warning(sheet, (*plan.titles, sheet.name, file.name))
    ]
    warnings = [*(one for one in file.warnings if one[0] == OF_AREA), *warnings]
    _keep(file, sheets, warnings=warnings)
    return plans


def _keep(file: IntakeFile, sheets: Sequence[IntakeSheet], *, warnings: list[list[str]]) -> None:
    """The sheets of a file, once: of officers who read it at one moment the first keeps them."""
    with locked(file):
        if IntakeSheet.objects.filter(file=file).exists():
            file.refresh_from_db()
            return
        file.state, file.warnings = FileState.READ, warnings
        mark_days(file, sheets)
        IntakeSheet.objects.bulk_create(sheets)
        file.save(update_fields=["state", "warnings"])


def _left_aside(plans: Sequence[SheetPlan], chosen: Container[str]) -> set[str]:
    """The sheets the sender hid beside sheets that say something: drafts and lists of words, until an officer chooses to read them."""
    shown = any(not plan.hidden and plan.kind is not SheetKind.UNKNOWN for plan in plans)
    return {plan.sheet for plan in plans if plan.hidden and shown and plan.signature not in chosen}


def _sheet(file: IntakeFile, plan: SheetPlan, number: int, kind: str | None, orders: Orders, *, aside: bool) -> IntakeSheet:
    return IntakeSheet(
        file=file,
        name=plan.sheet[:120],
        position=number,
        kind=kind or (SheetKind.UNKNOWN if aside else plan.kind).value,
        header_rows=list(plan.header_rows),
        mapping=json.loads(plan.mapping.to_json()),
        dates=habits(orders, plan),
        ignored=[[row, fate.value, text[:200]] for row, fate, text in plan.ignored[:_KEPT_IGNORED]],
        signature=plan.signature,
    )


def _date_warnings(sheet: IntakeSheet, orders: Orders) -> list[list[str]]:
    """What is worth telling about whole columns of dates."""
    told = (ColumnSign.SWAPPED_BY_EXCEL, ColumnSign.FEW_CONTRARY, ColumnSign.MIXED_ORDERS)
    return [
        [f"dates_{proposal.sign.value}", sheet.name, sentence("Cột {column}: {sign}", column=target.label, sign=proposal.sign.label)]
        for target, proposal in orders.items()
        if proposal.sign in told
    ]


def _take_orders(sheet: IntakeSheet, plan: SheetPlan, proposals: Orders) -> list[list[str]]:
    """Read the columns of days in the orders remembered for the sender, and say so."""
    chosen = remembered_orders(sheet, plan.mapping, proposals)
    sheet.dates = with_orders(sheet.dates, chosen)
    words = "Cột {column}: đọc ngày theo thứ tự cán bộ đã chọn cho đơn vị gửi này ({order})."
    return [["dates_remembered", sheet.name, sentence(words, column=target.label, order=word.label)] for target, word in chosen.items()]


def _unknown(sheet: IntakeSheet, plan: SheetPlan) -> list[str]:
    if plan.guess.refused:
        code = "counts" if plan.guess.reasons == COUNTS else "no_list"
        return [code, sheet.name, sentence("Trang “{sheet}”: {reason}.", sheet=sheet.name, reason=plan.guess.reasons[0])]
    return [
        "unknown_kind",
        sheet.name,
        sentence("Trang “{sheet}”: chưa rõ là loại danh sách nào; hãy chọn loại trước khi kiểm tra.", sheet=sheet.name),
    ]


def _is_of(remark: Remark, aside: set[str]) -> bool:
    return remark.notice is Notice.HIDDEN_SHEET and remark.sheet in aside


def _unread(sheet: IntakeSheet) -> list[str]:
    words = "Trang “{sheet}” đang bị ẩn nên chưa đọc; nếu cần nhập, hãy chọn loại danh sách cho trang."
    return ["hidden_unread", sheet.name, sentence(words, sheet=sheet.name)]


def _lost(sheet: IntakeSheet) -> list[str]:
    """The warning that letters were lost; the rows of the sheet are read with it in mind."""
    words = "Trang “{sheet}”: chữ có dấu đã mất khi lưu tệp (thành dấu “?”), không khôi phục được. Hãy xin lại tệp .xlsx hoặc CSV mã UTF-8."
    return [LOST, sheet.name, sentence(words, sheet=sheet.name)]


class AlreadyApplied(ValueError):
    """Rows of the file are in the base: what they mean may no longer change."""


def correct_mapping(
    sheet: IntakeSheet,
    mapping: Mapping,
    *,
    actor: Viewer,
    at: datetime,
    kind: SheetKind | None = None,
    orders: dict[TargetField, DayOrder] | None = None,
) -> IntakeSheet:
    """Settle what the columns of a sheet mean, what kind of list it is and how it writes dates; remembered for the sender."""
    file = sheet.file
    actor.require(Permission.SEND_FILE, file.area_path or None)
    with locked_in_turn(file) as now:
        refuse_if_applied(now)
        remember_orders(sheet, mapping, orders or {}, actor=actor, at=at)
        sheet.dates = settled_orders(sheet, mapping, was=mapping_from(sheet.mapping), chosen=orders or {})
        sheet.mapping = json.loads(mapping.to_json())
        sheet.kind = (kind or SheetKind(sheet.kind)).value
        sheet.save(update_fields=["mapping", "kind", "dates"])
        read_again(file)
        _remember(sheet, actor=actor, at=at)
    return sheet


def refuse_if_applied(file: IntakeFile) -> None:
    """Refuse once rows of the file are in the base, or on their way."""
    if file.state == FileState.APPLYING or IntakeRow.objects.filter(sheet__file=file, applied_at__isnull=False).exists():
        raise AlreadyApplied("Tệp đã nhập một phần nên không đổi cách hiểu được nữa. Hãy gửi tệp đã sửa thành tệp mới.")


def read_again(file: IntakeFile) -> None:
    """The file waits for another check, with what was settled since."""
    mark_days(file, IntakeSheet.objects.filter(file=file).order_by("position"))
    file.state = FileState.READ
    # A check that is under way judges by what is true no longer: it ends when it finds its number gone.
    IntakeFile.objects.filter(pk=file.pk).update(state=file.state, check_token=None, warnings=file.warnings, reported_on=file.reported_on)


class FutureDay(ValueError):
    """A list cannot have been reported after it came."""


def give_day(file: IntakeFile, day: date | None, *, actor: Viewer, at: datetime) -> None:
    """Settle the day of report of the whole list: that of its rows that say none. None takes it back."""
    actor.require(Permission.SEND_FILE, file.area_path or None)
    if day and day > local(file.received_at).date():
        raise FutureDay(sentence("Ngày báo cáo {day} ở sau ngày nhận tệp. Kiểm tra lại ngày, tháng, năm.", day=f"{day:%d/%m/%Y}"))
    if day == file.reported_on:
        return
    with locked_in_turn(file) as now:
        refuse_if_applied(now)
        file.reported_on = day
        if now.state == FileState.RECEIVED:
            file.save(update_fields=["reported_on"])
        else:
            read_again(file)
        facts: dict[str, object] = {"name": file.name, "day": day.isoformat() if day else None}
        audit.record("file.dated", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts=facts)


def _remember(sheet: IntakeSheet, *, actor: Viewer, at: datetime) -> None:
    if sheet.file.sender and sheet.signature:
        RememberedMapping.objects.update_or_create(
            sender=sheet.file.sender,
            signature=sheet.signature,
            defaults={"kind": sheet.kind, "mapping": sheet.mapping, "confirmed_by": actor.user_id, "changed_at": at},
        )
