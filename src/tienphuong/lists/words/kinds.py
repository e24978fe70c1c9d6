"""The readers of cells by the kind of fact they read."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.missing import is_missing
from tienphuong.lists.words.ages import read_age
from tienphuong.lists.words.course import follow_up, outcome, stay, stay_form, stay_state
from tienphuong.lists.words.dates import read_datetime
from tienphuong.lists.words.laboratory import classification, result
from tienphuong.lists.words.links import read_link
from tienphuong.lists.words.people import boolean, contact_kind, degree, sex, symptoms
from tienphuong.lists.words.reading import NONE, CellContext, Reading
from tienphuong.lists.words.surroundings import found, method, setting, source

Reader = Callable[..., Reading]
KINDS: Final[Mapping[str, Reader]] = {
    "result": result,
    "classification": classification,
    "outcome": outcome,
    "follow_up": follow_up,
    "symptoms": symptoms,
    "boolean": boolean,
    "sex": sex,
    "degree": degree,
    "contact_kind": contact_kind,
    "setting": setting,
    "source": source,
    "method": method,
    "found": found,
    "stay": stay,
    "form": stay_form,
    "state": stay_state,
    "link": read_link,
    "age": read_age,
    "datetime": read_datetime,
}

# "None" answers a question of symptoms or of quarantine; where a word of a kind is told, it is what a program writes for nothing.
_NONE_IS_NOTHING: Final = frozenset({"result", "classification", "outcome", "sex", "degree", "method"})


@lru_cache(maxsize=65536)
def read_words(kind: str, text: str, *, context: CellContext) -> Reading:
    """Read one cell as a fact of one kind; an empty cell says nothing."""
    cleaned = clean(text)
    nothing = not cleaned or is_missing(cleaned) or (cleaned.lower() == "none" and kind in _NONE_IS_NOTHING)
    return Reading(NONE) if nothing else KINDS[kind](text, context=context)
