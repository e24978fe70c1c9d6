"""Where a row says somebody lives."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.core.text.lost import is_damaged, may_be
from tienphuong.intake.facts.namesakes import own_namesake
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.registry.areas.index import AreaReading
from tienphuong.registry.areas.pieces import WrittenPlace, pieces_of
from tienphuong.registry.areas.rules import name_key
from tienphuong.registry.areas.snapshot import begins_as_hamlet
from tienphuong.registry.areas.terms import AreaFlag, AreaLevel, Confidence
from tienphuong.registry.entries import AddressEntry

_DAYS = (F.DETECTED_ON, F.RESULT_ON, F.SAMPLED_ON, F.REPORTED_ON, F.QUARANTINE_FROM, F.LAST_CONTACT_ON, F.ARRIVED_ON, F.ONSET_ON)
NO_PLACE: Final = "Không nhận ra địa chỉ; tạm tính cho địa phương gửi danh sách."
NO_COMMUNE: Final = "Không nhận ra địa chỉ và tệp không phải của riêng một xã, phường; chưa rõ xã, phường."
_WIDE_ONLY: Final = "Chưa ghi xã, phường; tính cho nơi gửi danh sách ({area})."
_OWN_COMMUNE: Final = "Địa chỉ chỉ ghi thôn, tổ, số nhà; tính cho nơi gửi danh sách ({area})."
_HOUSE: Final = re.compile(r"(?:(?:so(?: nha)?|nha(?: so)?|sn|ngo|ngach|hem|kiet)? ?\d[\w/.\-]* ?)+$")
_WIDE = (None, AreaLevel.NATION, AreaLevel.PROVINCE, AreaLevel.DISTRICT)
_TOLD = (AreaFlag.SEVERAL, AreaFlag.SPLIT, AreaFlag.CONTRADICTION, AreaFlag.COMMUNE_UNKNOWN, AreaFlag.DISTRICT_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Residence:
    """The area a person counts in, and the addresses as written."""

    area_id: int | None
    area_path: str
    addresses: tuple[AddressEntry, ...]


def residence(row: RowReading) -> Residence:
    """Where the person of a row lives: the written place if it is read, else the sender's own locality."""
    address, hamlet = row.text(F.ADDRESS), row.text(F.HAMLET)
    commune, district, province = row.text(F.COMMUNE), row.text(F.DISTRICT), row.text(F.PROVINCE)
    permanent = row.text(F.PERMANENT_ADDRESS)
    where = address or permanent
    areas = row.sense.areas.at(own_day(row))
    reading = areas.resolve(commune=commune, district=district, province=province, hamlet=hamlet, address=where)
    area_id, path = own_namesake(row, reading) or _settled(row, reading, named=bool(commune or district or province or where))
    raw = address or ", ".join(part for part in (hamlet, commune, district, province) if part)
    written = []
    if raw:
        written.append(
            AddressEntry(raw=raw, kind="actual", hamlet=reading.hamlet or hamlet or reading.beside, area_id=area_id, area_path=path)
        )
    if permanent and permanent != raw:
        other = areas.resolve(address=permanent)
        written.append(
            AddressEntry(raw=permanent, kind="permanent", hamlet=other.hamlet or other.beside, area_id=other.area_id, area_path=other.path)
        )
    return Residence(area_id, path, tuple(written))


def own_day(row: RowReading) -> date:
    """The day by whose units a row is read: that of its report or of its facts, else the file's."""
    if row.sense.areas.is_first:
        return row.sense.day  # no other list of units is older
    return next((day for target in _DAYS if (day := row.day(target))), row.sense.day)


def _settled(row: RowReading, reading: AreaReading, *, named: bool) -> tuple[int | None, str]:
    """The area to count in, with a remark where the written place leaves a doubt."""
    sense = row.sense
    target = F.COMMUNE if F.COMMUNE in row.record.cells else F.ADDRESS
    if reading.confidence is Confidence.AMBIGUOUS:
        names = ", ".join(sense.areas.name_of(candidate) for candidate in reading.candidates[:4])
        row.say(Severity.WARNING, target, sentence("Địa chỉ có thể là nhiều nơi ({names}).", names=names), "Ghi rõ xã, huyện, tỉnh.")
    elif reading.country:
        row.say(Severity.INFO, target, sentence("Địa chỉ ở nước ngoài ({country}).", country=reading.country), "Không cần làm gì nếu đúng.")
        return None, ""
    own = _own_of(row, reading) or _named_own(row, reading)
    if own is not None:
        if named:
            _note_wide(row, reading, target)
        return own
    if reading.area_id is None or reading.level is AreaLevel.NATION:
        if named:
            _note_unplaced(row, target)
        return sense.area_id, sense.area_path
    notes = ", ".join(flag.label for flag in reading.flags if flag in _TOLD or (flag is AreaFlag.ZEROS_RESTORED and _any_number(row)))
    if reading.confidence is not Confidence.CERTAIN and notes:
        row.say(Severity.WARNING, target, sentence("Địa chỉ đọc được một phần: {notes}.", notes=notes), "Kiểm tra lại địa chỉ.")
    return reading.area_id, reading.path


def _note_wide(row: RowReading, reading: AreaReading, target: F) -> None:
    """That no commune is written. Where only a unit around a district is, nothing says that the place lies in the sender's district."""
    sense = row.sense
    if reading.level not in _WIDE or reading.confidence is Confidence.AMBIGUOUS or sense.area_id is None:
        return
    unsure = sense.areas.level_of(sense.area_id) in _WIDE and len(reading.path) < len(sense.area_path)
    severity = Severity.WARNING if unsure and reading.path else Severity.INFO
    row.say(severity, target, sentence(_WIDE_ONLY, area=sense.areas.name_of(sense.area_id)), "Ghi rõ xã, phường.")


def _note_unplaced(row: RowReading, target: F) -> None:
    sense = row.sense
    if sense.area_id is not None and _is_inside(row):
        row.say(Severity.INFO, target, sentence(_OWN_COMMUNE, area=sense.areas.name_of(sense.area_id)), "Không cần làm gì nếu đúng.")
    else:
        wide = sense.area_id is not None and sense.areas.level_of(sense.area_id) in _WIDE
        row.say(Severity.WARNING, target, NO_COMMUNE if wide else NO_PLACE, "Ghi rõ xã, huyện, tỉnh.")


def _is_inside(row: RowReading) -> bool:
    """Whether a commune's own list writes only the hamlet, group or house: the commune is the sender's."""
    sense = row.sense
    elsewhere = any(row.text(target) for target in (F.COMMUNE, F.DISTRICT, F.PROVINCE))
    if elsewhere or sense.area_id is None or sense.areas.level_of(sense.area_id) is not AreaLevel.COMMUNE:
        return False
    where = row.text(F.ADDRESS) or row.text(F.PERMANENT_ADDRESS)
    pieces = [piece for piece in pieces_of(WrittenPlace(address=where), known=lambda _: False) if piece.key]
    return bool(pieces) and all(begins_as_hamlet(piece) or _HOUSE.match(fold(piece.text)) for piece in pieces)


def _any_number(row: RowReading) -> bool:
    """Whether a place is a number so short that it may be the number of anything: `3` is a quarter, a sector, a code of another country."""
    return any(text.isdigit() and len(text) < 3 for text in (row.text(F.COMMUNE), row.text(F.DISTRICT)))


def _named_own(row: RowReading, reading: AreaReading) -> tuple[int | None, str] | None:
    """The sender's own area, where the address names it in letters although the rest of it is unknown (`X.Liên Ninh, H.TTrì`)."""
    sense = row.sense
    if reading.area_id is not None or sense.area_id is None:
        return None
    name = name_key(sense.areas.name_of(sense.area_id).partition(" ")[2])
    written = f"{row.text(F.ADDRESS)} {row.text(F.COMMUNE)}"
    named = bool(name) and (name in name_key(written) or _fits(written, sense.areas.name_of(sense.area_id)))
    return (sense.area_id, sense.area_path) if named else None


def _fits(written: str, area: str) -> bool:
    """Whether the written place lost letters and what is left of it is the area (`x? Li?n Ninh`)."""
    pieces = [piece.strip() for piece in written.split(",")] if is_damaged(written) else []
    return any(is_damaged(piece) and may_be(piece, area) for piece in pieces)


def _own_of(row: RowReading, reading: AreaReading) -> tuple[int | None, str] | None:
    """The sender's own area, where what is written only says the wider area around it, or names it among others."""
    sense = row.sense
    if not sense.area_path:
        return None
    if reading.confidence is Confidence.AMBIGUOUS:
        inside = [c for c in reading.candidates if sense.areas.path_of(c).startswith(sense.area_path)]
        if len(inside) == 1:
            return inside[0], sense.areas.path_of(inside[0])
    unnamed = AreaFlag.COMMUNE_UNKNOWN not in reading.flags
    if reading.level in _WIDE and reading.path and sense.area_path.startswith(reading.path) and unnamed:
        return sense.area_id, sense.area_path
    return None
