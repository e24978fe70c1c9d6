"""How the runs of a study begin: with infected people drawn at random, or with this morning's line list and what it cannot show yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from epiengine.errors import EngineError
from epiengine.estimate import fit_delay
from epiengine.simulate import Delay, Disease, Start, SyntheticPopulation
from epiengine.simulate.start import UNKNOWN, LineList, from_line_list
from tienphuong.core.sentences import sentence
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, StartEntry
from tienphuong.forecast.outcomes import Beginning
from tienphuong.forecast.studies import StudyError

INFECTED_WITHIN = 10
# fewer dated pairs than this say little of a delay; then it is assumed
FEW_PAIRS = 30
ASSUMED_DELAY = Delay.gamma(3.0, 2.0, source="assumed")
FARTHEST_BACK = -90


@dataclass(frozen=True)
class Infected:
    """A start with so many people infected in the last days: told commune by commune, the others anywhere, some of them immune."""

    told: StartEntry
    codes: tuple[str, ...]

    def __call__(self, town: SyntheticPopulation, seed: int) -> Start:
        drawn = np.random.default_rng([seed, 1])
        chosen = self._people(town, drawn)
        others = np.setdiff1d(np.arange(town.people), chosen)
        immune = drawn.choice(others, round(self.told.immune_share * others.size), replace=False)
        return Start(
            infected=chosen.astype(np.int32),
            infected_on=-drawn.integers(0, INFECTED_WITHIN, chosen.size).astype(np.int32),
            immune=np.sort(immune).astype(np.int32),
        )

    def __post_init__(self) -> None:
        for code in self.told.communes:
            if code not in self.codes:
                raise StudyError(
                    sentence("không có xã “{name}” trong dân cư của nghiên cứu", name=code),
                    where="[start], communes",
                    remedy=sentence("Các mã xã: {codes}.", codes=", ".join(self.codes)),
                )
        if sum(self.told.communes.values()) > self.told.infected:
            raise StudyError(
                "số người nhiễm theo xã nhiều hơn tổng số", where="[start], infected", remedy="Tăng infected hoặc giảm số ở các xã."
            )

    def _people(self, town: SyntheticPopulation, drawn: np.random.Generator) -> np.ndarray[Any, np.dtype[np.int64]]:
        left = self.told.infected - sum(self.told.communes.values())
        chosen: np.ndarray[Any, np.dtype[np.int64]] = np.empty(0, dtype=np.int64)
        for code, count in self.told.communes.items():
            first, last = town.commune_start[self.codes.index(code)], town.commune_start[self.codes.index(code) + 1]
            chosen = np.concatenate([chosen, drawn.choice(np.arange(first, last), count, replace=False)])
        anybody = np.setdiff1d(np.arange(town.people), chosen)
        return np.concatenate([chosen, drawn.choice(anybody, left, replace=False)])


@dataclass(frozen=True)
class FromRecords:
    """A start from the post's own records; every replicate draws anew who carries an infection that nobody has seen yet."""

    told: LineList
    disease: Disease
    to_detection: Delay

    def __call__(self, town: SyntheticPopulation, seed: int) -> Start:
        return from_line_list(self.told, town, self.disease, to_detection=self.to_detection, seed=seed)


def from_records(
    known: LineListEntry, *, communes_of: Sequence[CommuneEntry], day0: date, disease: Disease, contacts: bool = True
) -> tuple[FromRecords, Beginning]:
    """The start that the records make, and what was taken from them; `contacts` says whether those in quarantine are of that morning too."""
    quarantined = known.contacts if contacts else ()
    at = {commune.code: row for row, commune in enumerate(communes_of)}
    if strangers := {one.commune for one in (*known.cases, *quarantined)} - set(at):
        raise StudyError(
            sentence("hồ sơ có ca hoặc F1 ở xã {codes}, dân cư của nghiên cứu không có các xã đó", codes=", ".join(sorted(strangers))),
            where="[start], kind",
            remedy="Thêm các xã đó vào dân cư (--population), hoặc thu hẹp địa bàn (--area).",
        )
    cases = [case for case in known.cases if FARTHEST_BACK <= (case.detected_on - day0).days < 0]
    if not cases:
        raise StudyError(
            "hồ sơ không có ca xác định nào trong 90 ngày trước ngày bắt đầu",
            where="[start], kind",
            remedy='Sửa day0, hoặc dùng kind = "infected" với số người nhiễm giả định.',
        )
    told = LineList(
        detected=_days([case.detected_on for case in cases], day0),
        commune=np.array([at[case.commune] for case in cases], dtype=np.int32),
        onset=_days([case.onset_on for case in cases], day0),
        isolated_until=np.maximum(_days([case.isolated_until for case in cases], day0), 0),
        contact_until=_days([contact.until for contact in quarantined], day0),
        contact_commune=np.array([at[contact.commune] for contact in quarantined], dtype=np.int32),
        contact_in_centre=np.array([contact.in_centre for contact in quarantined], dtype=np.bool_),
    )
    delay, pairs = _delay_of(told)
    return FromRecords(told, disease, delay), Beginning(len(cases), len(quarantined), delay.mean, pairs)


def _delay_of(told: LineList) -> tuple[Delay, int]:
    """From first symptoms to the positive result, and to how many cases it was fitted: doubly censored, truncated at day 0."""
    onset, detected = np.asarray(told.onset), np.asarray(told.detected)
    dated = (onset != UNKNOWN) & (onset <= detected)
    if int(dated.sum()) < FEW_PAIRS:
        return ASSUMED_DELAY, 0
    first, second = onset[dated].astype(np.float64), detected[dated].astype(np.float64)
    try:
        fitted = fit_delay((first, first + 1), (second, second + 1), observed_until=0.0)
    except EngineError:
        return ASSUMED_DELAY, 0  # delays that are all alike have no law
    return Delay.gamma(fitted.mean.value, fitted.sd.value), int(dated.sum())


def _days(dates: Sequence[date | None], day0: date) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.array([UNKNOWN if day is None else (day - day0).days for day in dates], dtype=np.int32)
