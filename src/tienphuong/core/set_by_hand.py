"""What an operator sets in the environment of a post, read and refused in plain words."""

import os
from collections.abc import Collection


class SettingFault(RuntimeError):
    """A value of the environment that no post can work with: one sentence with what to do."""


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds; raises SettingFault."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        raise SettingFault(
            f"{name}={value} không dùng được. Ghi một số nguyên từ {least} đến {most}, hoặc bỏ biến này (mặc định {default})."
        )
    return int(value)


def words(name: str, default: Collection[str], *, among: Collection[str]) -> frozenset[str]:
    """Words of a closed list, separated by commas; `none` for none of them; raises SettingFault."""
    value = os.environ.get(name, "").strip()
    if not value:
        return frozenset(default)
    chosen = frozenset(word.strip() for word in value.split(",")) - {"none"}
    if unknown := chosen - set(among):
        raise SettingFault(f"{name}: không có “{', '.join(sorted(unknown))}”. Chọn trong: {', '.join(sorted(among))}; hoặc ghi none.")
    return chosen
