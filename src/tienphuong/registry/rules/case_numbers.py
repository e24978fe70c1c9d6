"""Keys of case numbers, and the other keys a hurried hand may have meant."""

from typing import Final

from tienphuong.lists.words.codes import number_key

alias_key: Final = number_key
"""The form under which spellings of one case number meet (`BN 0012`, `bệnh nhân số 12` -> `BN-12`), or None."""


def alias_variants(key: str) -> tuple[str, ...]:
    """Other keys a hurried hand may have meant (NB for BN, no prefix at all): for review, never for silent linking."""
    prefix, _, number = key.rpartition("-")
    others = {"BN": ("NB", ""), "NB": ("BN", ""), "": ("BN", "NB")}.get(prefix, ("",))
    return tuple(f"{other}-{number}" if other else number for other in others)
