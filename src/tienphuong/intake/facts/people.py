"""The person a row tells of."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.core.text.date_columns import swapped
from tienphuong.core.text.terms import DateOrder
from tienphuong.core.text.typing_residue import typed_as
from tienphuong.intake.facts.codes import Code, PersonCodes, codes_in
from tienphuong.intake.facts.places import Residence
from tienphuong.intake.facts.row import NOT_UNDERSTOOD, DateConvention, RowReading
from tienphuong.intake.mapping.ditto import DITTO
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.lists.words.ages import unit_of, unit_of_label
from tienphuong.registry.entries import IdentifierEntry, PersonEntry, PhoneEntry
from tienphuong.registry.rules.births import BirthReading, read_age, read_birth
from tienphuong.registry.rules.identifiers import check_cccd, read_identity
from tienphuong.registry.rules.names import split_name
from tienphuong.registry.rules.phones import read_phones
from tienphuong.registry.rules.sexes import read_sex
from tienphuong.registry.rules.terms import BirthFlag, BirthPrecision, IdentityFlag, IdentityKind, NameFlag, NameForm, Sex

SEXES: Final = {Sex.MALE: "M", Sex.FEMALE: "F"}
_YEAR_BEHIND: Final = re.compile(r"[\s,(\-]+(?:sn|sinh năm|sinh)?\s*((?:19|20)\d\d)\)?\s*$", re.IGNORECASE)
_NO_NUMBER: Final = frozenset({IdentityFlag.DIGITS_LOST, IdentityFlag.NONE_DECLARED, IdentityFlag.EMPTY})
_NOBODY: Final = "Dòng không còn đủ thông tin để biết là ai."
_NOBODY_LOST: Final = "Dòng không còn đủ thông tin để biết là ai (số giấy tờ đã mất chữ số, không có họ tên)."
_BARE_NUMBER: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_TWICE_SPOKEN: Final = frozenset({BirthFlag.EMPTY})
CASE_KINDS: Final = frozenset(
    {SheetKind.CASE_LIST, SheetKind.LINE_LIST, SheetKind.SORMAS_CASE, SheetKind.SORMAS_LINE_LISTING, SheetKind.LAB_RESULTS, SheetKind.CONTACT_PAIRS}
)  # fmt: skip


def person_of(row: RowReading, home: Residence, *, codes: Sequence[Code], source_row: int | None) -> PersonEntry:
    """Everything the row says of its person."""
    full, original, year_behind = _name(row)
    sex = _sex(row)
    birth = _birth(row, year_behind)
    return PersonEntry(
        full_name=full[:160],
        original_name=original[:200],
        sex=SEXES.get(sex, "") if sex else "",
        birth_year=birth.year if birth else year_behind,
        birth_date=birth.birth_date if birth else None,
        birth_precision=(birth.precision.value if birth.precision is not BirthPrecision.NONE else "")
        if birth
        else "year"
        if year_behind
        else "",
        nationality=row.text(F.NATIONALITY)[:60],
        occupation=row.text(F.OCCUPATION)[:160],
        identifiers=_papers(row, sex, birth),
        phones=_phones(row),
        addresses=home.addresses,
        area_id=home.area_id,
        area_path=home.area_path,
        household_code=row.text(F.HOUSEHOLD_CODE)[:40],
        relation_to_head=row.text(F.RELATION_TO_HEAD)[:40],
        source_row=source_row,
        aliases=tuple(code.key for code in (*codes, *_listed(row))),
    )


def _ask_for_marks(row: RowReading) -> None:
    """A column of marks with something else in it, or both columns marked, gives no sex."""
    for target in (F.MALE_MARK, F.FEMALE_MARK):
        if row.cell(target):
            row.say(Severity.WARNING, target, *NOT_UNDERSTOOD)


def _sex(row: RowReading) -> Sex | None:
    """The sex by the short words and codes of lists, else by the words of other languages and systems."""
    if row.sense.sexes and (letter := row.text(F.SEX).strip(" .").lower()) in row.sense.sexes:
        if known := row.sense.sexes[letter]:
            return next(sex for sex, word in SEXES.items() if word == known)
        row.say(Severity.WARNING, F.SEX, *NOT_UNDERSTOOD)
        return None
    reading = read_sex(row.text(F.SEX))
    if reading.value is None and (word := row.word("sex", F.SEX).value):
        return next(sex for sex, letter in SEXES.items() if letter == word)
    if row.cell(F.SEX):
        row.flags(F.SEX, reading.flags)
    else:
        _ask_for_marks(row)
    return reading.value


def _name(row: RowReading) -> tuple[str, str, int | None]:
    """The name, what was written, and a birth year written behind it (`Vũ Thị Hoa 1978`)."""
    text = row.text(F.FULL_NAME)
    if not text:
        return "", "", None
    year = _YEAR_BEHIND.search(text)
    parts = split_name(text[: year.start()] if year else text)
    if parts.form is NameForm.EMPTY:
        return "", "", None
    full = parts.full
    if NameFlag.TYPING_RESIDUE in parts.flags:
        full = typed_as(full)
        residue = NameFlag.TYPING_RESIDUE
        row.say(Severity.WARNING, F.FULL_NAME, sentence("{why} Đã hiểu là “{name}”.", why=residue.explanation, name=full), residue.remedy)
    row.flags(F.FULL_NAME, (flag for flag in parts.flags if flag is not NameFlag.TYPING_RESIDUE))
    cell = row.record.cells[F.FULL_NAME]
    return full, cell.text if DITTO in cell.flags else cell.original.strip(), int(year.group(1)) if year else None


def _birth(row: RowReading, year_behind: int | None) -> BirthReading | None:
    """The birth from its own column, else from the age."""
    cell = row.cell(F.BIRTH)
    if cell is not None:
        habit = row.sense.dates.get(F.BIRTH, DateConvention(DateOrder.DMY, swap=False))
        value = swapped(cell.value) if habit.swap and isinstance(cell.value, date) else cell.value
        reading = read_birth(value, at=row.sense.day, order=habit.order or DateOrder.DMY, epoch=row.sense.epoch)  # type: ignore[arg-type]
        row.flags(F.BIRTH, (flag for flag in reading.flags if flag not in _TWICE_SPOKEN))
        return reading if reading.year else None
    return None if year_behind else _birth_by_age(row)


_OWN_DAY: Final = (F.DETECTED_ON, F.RESULT_ON, F.SAMPLED_ON, F.ONSET_ON, F.REPORTED_ON, F.QUARANTINE_FROM, F.ARRIVED_ON)


def _birth_by_age(row: RowReading) -> BirthReading | None:
    """The birth from the age on the day of the row; a bare number counts in the unit beside it or in the head of its column."""
    target, text = _age_of_infant(row) or (F.AGE, _age(row))
    if not text:
        return None
    day = next((found for own in _OWN_DAY if (found := row.day(own))), row.sense.day)
    reading = read_age(text, at=day)
    row.flags(target, (flag for flag in reading.flags if flag not in _TWICE_SPOKEN))
    return reading if reading.year else None


def _age(row: RowReading) -> str:
    """The age with its unit; a unit that is not understood leaves none."""
    age = row.cell(F.AGE)
    if age is None:
        return ""
    unit = unit_of(row.text(F.AGE_UNIT)) or unit_of_label(age.label)
    if row.text(F.AGE_UNIT) and not unit:
        row.say(Severity.WARNING, F.AGE_UNIT, *NOT_UNDERSTOOD)
        return ""
    return f"{age.text} {unit}" if _BARE_NUMBER.fullmatch(age.text) else age.text


_SMALL_UNITS: Final = ((F.AGE_MONTHS, "months"), (F.AGE_WEEKS, "weeks"), (F.AGE_DAYS, "days"))
_TWO_AGES: Final = ("Hai ô tuổi của dòng không khớp nhau nên chưa dùng ô này.", "Ghi một ô tuổi, hoặc năm sinh.")


def _age_of_infant(row: RowReading) -> tuple[F, str] | None:
    """The age by its column of months, weeks or days, where the column of years is empty or 0; beside years the months add to them."""
    years = row.text(F.AGE)
    for target, unit in _SMALL_UNITS:
        count = row.text(target)
        if not count or count == "0":
            continue
        if years in ("", "0"):
            return target, f"{count} {unit}" if _BARE_NUMBER.fullmatch(count) else count
        if unit == "months" and count.isdecimal() and years.isdecimal() and (int(count) < 12 or int(count) // 12 == int(years)):
            return target, f"{int(count) % 12 + 12 * int(years)} months" if int(years) < 20 else f"{years} years"
        row.say(Severity.WARNING, target, *_TWO_AGES)
    return None


def _papers(row: RowReading, sex: Sex | None, birth: BirthReading | None) -> tuple[IdentifierEntry, ...]:
    papers = []
    for target in (F.IDENTITY_NO, F.PASSPORT_NO, F.INSURANCE_NO):
        cell = row.cell(target)
        if cell is None:
            continue
        reading = read_identity(cell.value if isinstance(cell.value, int | float) else cell.text)
        flags = reading.flags
        if reading.kind is IdentityKind.CCCD:
            flags += check_cccd(reading.value, at=row.sense.day, sex=sex, birth_year=_sure_year(birth))
        row.flags(target, dict.fromkeys(flags))
        if reading.value and not _NO_NUMBER & set(flags):
            kind = IdentityKind.BHYT if target is F.INSURANCE_NO else reading.kind
            papers.append(IdentifierEntry(kind.value, reading.value, tuple(flag.value for flag in flags)))
    return tuple(papers)


def _sure_year(birth: BirthReading | None) -> int | None:
    """A year worked out from an age may be one off: it contradicts nothing."""
    return birth.year if birth and birth.precision is not BirthPrecision.AGE_DERIVED else None


def _phones(row: RowReading) -> tuple[PhoneEntry, ...]:
    cell = row.cell(F.PHONE)
    if cell is None:
        return ()
    readings = read_phones(cell.value if isinstance(cell.value, int | float) else cell.text)
    row.flags(F.PHONE, dict.fromkeys(flag for reading in readings for flag in reading.flags))
    return tuple(PhoneEntry(r.value[:20], r.original[:40], r.note[:20]) for r in readings if r.value)


def case_codes(row: RowReading) -> list[Code]:
    """The numbers by which the row says its person is a case; a contact list's own codes are no case numbers."""
    targets = [F.NATIONAL_NO, F.EPID]
    if row.sense.kind in CASE_KINDS:
        targets = [F.CASE_NO, *targets, F.SYSTEM_CODE]
    return list({code.key: code for target in targets for code in _codes_of(row, target)}.values())


def _codes_of(row: RowReading, target: F) -> tuple[Code, ...]:
    """The codes of a cell, with a remark on what is none; a cell that became a date is no code any more."""
    read = _read_codes(row, target)
    if read.reason:
        row.say(Severity.WARNING, target, read.reason, "Ghi mỗi người một mã, ví dụ “BN 1234”.")
    return read.codes


def _read_codes(row: RowReading, target: F) -> PersonCodes:
    cell = row.cell(target)
    if cell is not None and isinstance(cell.value, date):
        return PersonCodes((), "Mã đã bị đổi thành ngày, nên không dùng làm mã.")
    return codes_in(row.text(target), row.sense.sender, national=target is F.NATIONAL_NO)


def _listed(row: RowReading) -> list[Code]:
    """The codes of the list's own numbering, if it is one of contacts."""
    return [] if row.sense.kind in CASE_KINDS else [*_codes_of(row, F.CASE_NO), *_codes_of(row, F.SYSTEM_CODE)]


def list_code(row: RowReading) -> Code | None:
    """The code a contact list gives its person."""
    return next(iter(_read_codes(row, F.CASE_NO).codes), None) if row.sense.kind not in CASE_KINDS else None


def is_nobody(person: PersonEntry) -> bool:
    """Whether a row tells of nobody at all: no name, no paper, no phone, no number, not even an age."""
    known = (person.full_name, person.identifiers, person.phones, person.aliases)
    return not any(known) and not (person.birth_year and (person.sex or person.addresses))


def note_nobody(row: RowReading) -> None:
    """The remark of a row that tells of nobody."""
    lost = any("mất" in issue.reason for issue in row.issues)
    reason = _NOBODY_LOST if lost else _NOBODY
    row.say(Severity.REFUSED, F.FULL_NAME, reason, "Ghi họ tên, hoặc mã ca, hoặc tuổi, giới và nơi ở.")
