"""Closing identities: sums that must hold in every report. A broken one is named with its two sides; it is never mended silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SumCheck:
    """`whole` is the sum of `parts`."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """An identity that does not hold, with the figures of both sides."""

    identity: SumCheck
    whole: int
    parts: tuple[int, ...]

    @property
    def difference(self) -> int:
        """By how much the parts fall short of the whole."""
        return self.whole - sum(self.parts)

    def __str__(self) -> str:
        return f"{' + '.join(map(str, self.parts))} = {sum(self.parts)} ≠ {self.whole}"


IDENTITIES: tuple[SumCheck, ...] = (
    SumCheck("cases_total", ("cases_recovered", "cases_in_treatment", "deaths", "cases_transferred")),
    SumCheck("cases_new", ("cases_new_community", "cases_new_quarantine", "cases_new_cordon", "cases_new_setting_unknown")),
    *(SumCheck(f"{who}_total", (f"{who}_watched", f"{who}_completed")) for who in ("f1", "f2", "returnees", "arrivals")),
    SumCheck("samples_total", ("samples_negative", "samples_positive", "samples_inconclusive", "samples_pending")),
    SumCheck("stays_total", ("stays_current", "stays_awaited", "stays_completed", "stays_transferred", "stays_left")),
)


def broken(figures: Mapping[str, int], identities: Sequence[SumCheck] = IDENTITIES) -> list[FailedCheck]:
    """The identities that do not hold among the figures given; one whose whole or all of whose parts are missing says nothing."""
    found = []
    for identity in identities:
        parts = tuple(figures.get(part, 0) for part in identity.parts)
        is_given = identity.whole in figures and any(part in figures for part in identity.parts)
        if is_given and figures[identity.whole] != sum(parts):
            found.append(FailedCheck(identity, figures[identity.whole], parts))
    return found
