"""How much of a file the post is willing to open."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may cost in bytes, memory, seconds and cells."""

    max_bytes: int = 100 * MIB
    max_inflated: int = 1024 * MIB
    # A sheet of repeated rows packs some 30 to 1; only beyond these two together is it a bomb rather than a dull sheet.
    max_ratio: int = 300
    ratio_from: int = 32 * MIB
    max_area: int = 12_000_000
    max_columns: int = 1024
    max_cell_text: int = 1_000_000
    memory: int = 1536 * MIB
    seconds: int = 60


DEFAULT = Limits()
