"""The same text from the same sender, the n-th time in a file: how a row that came before is known again, named or not."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import TargetField

# Numbering shifts when a row is put in above, and says nothing of a person.
_LEFT_OUT = frozenset({TargetField.ROW_NO})


class Digests:
    """Digests of one file's rows in order."""

    def __init__(self, sender: str, disease: str) -> None:
        self.start = hashlib.blake2b(f"{sender}\x1f{disease}".encode(), digest_size=15)
        self.seen: Counter[bytes] = Counter()

    def of(self, kind: str, record: RawRecord, part: int) -> str:
        """The digest of one row."""
        state = self.start.copy()
        state.update(f"\x1f{kind}\x1f{part if record.people > 1 else 0}\x1f{record.section}".encode())
        state.update("\x1f".join(_words(record.cells, record.notes)).encode())
        text = state.digest()
        self.seen[text] += 1
        if self.seen[text] > 1:
            state.update(str(self.seen[text]).encode())
        return state.hexdigest()[:24]


def _words(cells: Mapping[TargetField, CellText], notes: Iterable[CellText]) -> list[str]:
    words = [f"{target}={cell.original}" for target, cell in cells.items() if target not in _LEFT_OUT]
    return sorted(words) + [f"{note.label}={note.original}" for note in notes]
