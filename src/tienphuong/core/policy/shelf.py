"""The packs on the shelf: by version, by day, all of them."""

from datetime import date
from functools import cache
from pathlib import Path

from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.loader import read_pack
from tienphuong.core.policy.pack import Pack

_SHELF = Path(__file__).parent


@cache
def all_packs() -> tuple[Pack, ...]:
    """Every pack, oldest first."""
    return tuple(sorted((read_pack(path) for path in _SHELF.glob("*.toml")), key=lambda pack: pack.valid_from))


def pack(version: str) -> Pack:
    """The pack of a version, as a decision kept it."""
    for found in all_packs():
        if found.version == version:
            return found
    known = ", ".join(found.version for found in all_packs())
    raise PolicyError(f"không có gói chính sách “{version}”", remedy=f"Các gói hiện có: {known}.")


def pack_at(day: date) -> Pack:
    """The pack in force on a day; a day between two packs belongs to the latest earlier one."""
    earlier = [found for found in all_packs() if found.valid_from <= day]
    if not earlier:
        first = all_packs()[0]
        raise PolicyError(
            f"không có gói chính sách cho ngày {day:%d/%m/%Y}",
            remedy=f"Gói đầu tiên {first.version} có hiệu lực từ {first.valid_from:%d/%m/%Y}.",
        )
    return earlier[-1]
