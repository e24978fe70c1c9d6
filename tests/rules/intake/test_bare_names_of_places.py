"""A place written short: the sender's own unit before a namesake elsewhere, and never a unit elsewhere without a word."""

from datetime import UTC, date, datetime

import pytest

from tienphuong.intake.facts.places import residence
from tienphuong.intake.facts.row import RowReading, SheetContext
from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.registry.areas.index import AreaIndex
from tienphuong.registry.areas.rules import keys_of, search_key
from tienphuong.registry.areas.snapshot import AreaRow
from tienphuong.registry.areas.terms import AreaKind as K

NATION, HANOI = "0001", "00010001"
UNITS = [
    (1, "01", K.MUNICIPALITY, "Hà Nội", HANOI),
    (2, "020", K.RURAL_DISTRICT, "Thanh Trì", HANOI + "0002"),
    (3, "00661", K.COMMUNE, "Tứ Hiệp", HANOI + "00020001"),
    (4, "008", K.URBAN_DISTRICT, "Hoàng Mai", HANOI + "0008"),
    (5, "00301", K.WARD, "Thanh Trì", HANOI + "00080001"),
    (6, "00302", K.WARD, "Đại Kim", HANOI + "00080002"),
]
ROWS = [
    AreaRow(n, code, kind, kind.level, name, keys_of(search_key(kind, name=name)), path, date(2000, 1, 1), None)
    for n, code, kind, name, path in UNITS
]
AT = datetime(2021, 8, 24, 9, tzinfo=UTC)
PATHS = {n: path for n, _, _, _, path in UNITS}


def _read(sender: int, **cells: str):
    """The unit of a row of a sender's list, and the severities of what is said of it."""
    areas = AreaIndex(ROWS, links=[], on=AT.date())
    sense = SheetContext(SheetKind.CASE_LIST, "covid-19", AT, AT.date(), "Trạm", areas, area_id=sender, area_path=PATHS[sender])
    told = {TargetField(name): CellText(text, text, 2, "B", "") for name, text in cells.items()}
    row = RowReading(RawRecord("DS", 2, told), sense)
    return residence(row).area_id, [issue.severity for issue in row.issues]


@pytest.mark.parametrize(
    ("sender", "cells", "unit", "said"),
    [
        (2, {"commune": "Thanh Trì"}, 2, ["warning"]),
        (2, {"commune": "Thanh Trì", "province": "Hà Nội"}, 2, ["warning"]),
        (3, {"commune": "Thanh Trì"}, 3, ["warning"]),
        (4, {"commune": "Thanh Trì"}, 5, []),
        (4, {"address": "Thanh Trì"}, 5, ["warning"]),
        (6, {"commune": "Thanh Trì"}, 5, []),
        (2, {"commune": "Phường Thanh Trì"}, 5, []),
        (2, {"commune": "Thanh Trì", "district": "Hoàng Mai"}, 5, []),
        (2, {"commune": "Đại Kim"}, 6, ["info"]),
        (2, {"address": "Đại Kim, quận Hoàng Mai"}, 6, []),
        (2, {"commune": "Tứ Hiệp"}, 3, []),
        (2, {"commune": "Phường Thanh Trì, Quận Hoàng Mai, Thành phố Hà Nội"}, 5, []),
        (2, {"commune": "Huyện Thanh Trì, Thành phố Hà Nội"}, 2, ["info"]),
        (2, {"address": "số 5 ngõ 3, Hà Nội"}, 2, ["warning"]),
        (3, {"address": "số 5 ngõ 3, Hà Nội"}, 3, ["info"]),
    ],
)  # fmt: skip
def test_a_bare_name_is_the_senders_own_before_a_namesake(sender, cells, unit, said):
    assert _read(sender, **cells) == (unit, said)
