"""How the sheets of a file were understood, as lines for the terminal."""

from datetime import datetime
from typing import Any

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.previews import row_lines
from tienphuong.intake.questions import cell_questions
from tienphuong.intake.services.effect import effect_of
from tienphuong.intake.terms import FileState, Severity
from tienphuong.intake.understood import asked, columns_of, sheets_of
from tienphuong.reports.catalogue import BY_KEY


def print_warnings(file: Any) -> None:
    """Everything there is to say about the file as a whole and its sheets."""
    for _, _, text in file.warnings:
        print(f"    ! {text}")


def print_mapping(file: Any) -> None:
    """Each column: what it is taken for, its header, some of what stands in it, how sure, and what becomes of it."""
    for sheet in sheets_of(file):
        print(f"    {sheet.name}: {SheetKind(sheet.kind).label}")
        for line in columns_of(sheet):
            guess = line.guess
            meaning = guess.meaning.label if guess.meaning else "giữ làm ghi chú"
            samples = " · ".join(text[:24] for text in line.samples)
            why = f": {guess.reason}" if guess.decision == "ask" and guess.reason else ""
            print(f"      {line.letters:>3} {_WORDS[guess.decision]:9} {meaning} ← “{guess.label}” ({samples}) {guess.confidence:.0%}{why}")


_WORDS = {"sure": "chắc chắn", "ask": "CẦN HỎI", "note": "ghi chú", "ignore": "bỏ qua"}


def print_questions(file: Any, *, returned: bool) -> None:
    """How many rows of the file have something an officer should look at; `returned`: they are written to a file for the sender."""
    if number := asked(file):
        print(f"    {number} dòng cần xem lại{'' if returned else '; thêm --errors-to THƯ_MỤC để có tệp ghi rõ lý do'}.")


_MOST_ROWS = 200


def print_rows(file: Any) -> None:
    """What each row becomes, those to look at first; of a long list the first rows."""
    rows = row_lines(system_viewer(), file=file, size=_MOST_ROWS)
    for row in sorted(rows.lines, key=lambda one: not one.remarks):
        becomes = "; ".join(f"{sort.label}{f': {words_for(detail)}' if detail else ''}" for sort, detail in row.becomes)
        print(f"    dòng {row.number}: {row.name or '–'} · {row.verdict.label} · {becomes or '–'}")
        for remark in row.remarks:
            if remark.severity != Severity.INFO:
                where = f"{remark.column} “{remark.value[:40]}”: " if remark.column or remark.value else ""
                print(f"        ! {where}{remark.reason} {remark.remedy}")
    if rows.total > _MOST_ROWS:
        print(f"    … và {rows.total - _MOST_ROWS} dòng nữa; --errors-to THƯ_MỤC ghi đủ mọi dòng.")


def words_for(detail: object) -> str:
    """An official word as its Vietnamese label, another text as it is."""
    return str(getattr(detail, "label", detail))


def print_effect(file: Any, *, at: datetime) -> None:
    """The figures of the area that would change."""
    changes = effect_of(file, actor=system_viewer(), at=at) if file.state == FileState.CHECKED else []
    if changes:
        print("    Ghi vào thì: " + "; ".join(f"{BY_KEY[key].label} {before} → {after}" for key, before, after in changes))


def print_cell_questions(file: Any) -> None:
    """One line for each kind of cell that is not understood."""
    for one in cell_questions(system_viewer(), file=file):
        print(
            f"    ? {one.rows} dòng: “{one.text}” ở cột {one.target.label} là gì? ({', '.join(f'{word} = {words_for(word)}' for word in one.words)})"
        )
