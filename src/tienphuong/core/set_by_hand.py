"""What an operator sets in the environment of a post, read and refused in plain words."""

import os
from collections.abc import Collection


class SettingFault(RuntimeError):
    """A value of the environment that no post can work with: one sentence with what to do."""


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds; raises SettingFault."""
    said = os.environ.get(name, "").strip()
    if not said:
        return default
    if not (said.isascii() and said.isdecimal() and least <= int(said) <= most):
        raise SettingFault(
            f"{name}={said} không dùng được. Ghi một số nguyên từ {least} đến {most}, hoặc bỏ biến này (mặc định {default})."
        )
    return int(said)


def words(name: str, default: Collection[str], *, among: Collection[str]) -> frozenset[str]:
    """Words of a closed list, separated by commas; `none` for none of them; raises SettingFault."""
    said = os.environ.get(name, "").strip()
    if not said:
        return frozenset(default)
    chosen = frozenset(word.strip() for word in said.split(",")) - {"none"}
    if unknown := chosen - set(among):
        raise SettingFault(f"{name}: không có “{', '.join(sorted(unknown))}”. Chọn trong: {', '.join(sorted(among))}; hoặc ghi none.")
    return chosen
