"""Numbers that may be of identity papers, in texts that are kept open."""

import re
from typing import Any, Final

# Not inside the words and marks that machines write: hashes, ids, paths of areas stand alone in their own columns.
_NUMBER: Final = re.compile(r"(?<![\w-])\d(?:[ .]?\d){8,11}(?![\w-])")
_KEPT: Final = 3


def masked(value: Any) -> Any:
    """A text, or whatever holds texts, with all but the last three figures of each number of nine to twelve figures left out."""
    if isinstance(value, str):
        return _NUMBER.sub(lambda match: "•••" + match.group()[-_KEPT:], value)
    if isinstance(value, dict):
        return {key: masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one) for one in value]
    return value
