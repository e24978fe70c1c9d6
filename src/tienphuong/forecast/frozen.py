"""A comparison as bytes, and back: every array as it is, in one archive of NumPy; what is no array as JSON beside them."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tienphuong.core.choices import LabelledChoice
from tienphuong.forecast.entries import CommuneEntry, StudyEntry
from tienphuong.forecast.outcomes import Beginning, Comparison, Fit, Overrun
from tienphuong.forecast.terms import Need, Series

Arrays = Mapping[str, NDArray[Any]]

#: The mappings of a comparison, and whose words their keys are.
MAPPINGS: Final[Mapping[str, type[LabelledChoice]]] = {
    "daily": Series,
    "totals": Series,
    "differences": Series,
    "communes": Series,
    "needs": Need,
    "used": Need,
}
OVERRUN: Final = ("probability", "first_day", "peak")
FIT: Final = ("observed", "fitted", "factor")
PLAIN: Final = "plain"


def dump(found: Comparison) -> bytes:
    """The figures of a comparison. The study and its people are not in it: they are kept as they went in."""
    written = io.BytesIO()
    plain = np.frombuffer(json.dumps(_plain(found)).encode(), dtype=np.uint8)
    np.savez_compressed(written, **{PLAIN: plain}, **dict(_arrays(found)))
    return written.getvalue()


def load(data: bytes, *, study: StudyEntry, communes_of: Sequence[CommuneEntry]) -> Comparison:
    """The comparison that `dump` wrote, with the study and the people it was made of."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    plain = json.loads(arrays.pop(PLAIN).tobytes())
    return Comparison(
        study=study,
        communes_of=tuple(communes_of),
        replicates=plain["replicates"],
        seed=plain["seed"],
        levels=tuple(plain["levels"]),
        dates=tuple(study.day0 + timedelta(days=each) for each in range(study.days)),
        **{name: _mapping(arrays, name, words) for name, words in MAPPINGS.items()},
        overruns=tuple(
            Overrun(capacity, *(arrays[f"overruns/{row}/{part}"] for part in OVERRUN)) for row, capacity in enumerate(study.capacities)
        ),
        beginning=Beginning(**plain["beginning"]) if plain["beginning"] else None,
        fit=_fit(arrays, plain["fit"]),
        usual=plain.get("usual", {}),
    )


def _plain(found: Comparison) -> dict[str, Any]:
    fit = found.fit
    return {
        "replicates": found.replicates,
        "seed": found.seed,
        "levels": list(found.levels),
        "beginning": asdict(found.beginning) if found.beginning else None,
        "usual": found.usual,
        "fit": {"dates": [day.isoformat() for day in fit.dates], "effective": fit.effective, "runs": fit.runs} if fit else None,
    }


def _arrays(found: Comparison) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in MAPPINGS:
        yield from ((f"{name}/{word}", levels) for word, levels in getattr(found, name).items())
    for row, over in enumerate(found.overruns):
        yield from ((f"overruns/{row}/{part}", getattr(over, part)) for part in OVERRUN)
    if found.fit:
        yield from ((f"fit/{part}", getattr(found.fit, part)) for part in FIT)


def _mapping(arrays: Arrays, name: str, words: type[LabelledChoice]) -> dict[Any, NDArray[Any]]:
    return {word: arrays[f"{name}/{word}"] for word in words if f"{name}/{word}" in arrays}


def _fit(arrays: Arrays, plain: Mapping[str, Any] | None) -> Fit | None:
    if plain is None:
        return None
    parts = {part: arrays[f"fit/{part}"] for part in FIT}
    return Fit(dates=tuple(map(date.fromisoformat, plain["dates"])), effective=plain["effective"], runs=plain["runs"], **parts)
