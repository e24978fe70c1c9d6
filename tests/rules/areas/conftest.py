"""The shipped tree without a database: the same lines, numbered as a post numbers them."""

from collections import Counter
from datetime import date

import pytest

from tienphuong.registry.areas.index import AreaIndex, SuccessionRow
from tienphuong.registry.areas.reference import area_lines, succession_lines
from tienphuong.registry.areas.rules import keys_of
from tienphuong.registry.areas.snapshot import AreaRow


class Tree:
    """The shipped areas and successions, for reading as of any day."""

    def __init__(self) -> None:
        self.ids: dict[tuple[str, str], int] = {}
        self.rows: list[AreaRow] = []
        children: Counter[str] = Counter()
        for number, line in enumerate(area_lines(), start=1):
            above = self.row(*line.parent).path if line.parent else ""
            children[above] += 1
            self.ids[line.key] = number
            self.rows.append(_row(number, line.values, f"{above}{children[above]:04d}"))
        self.links = [SuccessionRow(self.ids[line.old], self.ids[line.new], line.share) for line in succession_lines()]

    def row(self, system: str, code: str) -> AreaRow:
        return self.rows[self.ids[system, code] - 1]

    def on(self, day: date, *, extra: tuple[AreaRow, ...] = ()) -> AreaIndex:
        return AreaIndex([*self.rows, *extra], links=self.links, on=day)

    def place(self, area_id: int | None) -> str:
        """`gso-2019:00682`, the way a test names an area."""
        return next((f"{system}:{code}" for (system, code), number in self.ids.items() if number == area_id), "")


def _row(number: int, values: dict, path: str) -> AreaRow:
    return AreaRow(
        id=number,
        keys=keys_of(values["search_key"]),
        path=path,
        **{name: values[name] for name in ("code", "kind", "level", "name", "valid_from", "valid_to")},
    )


@pytest.fixture(scope="session")
def tree() -> Tree:
    return Tree()
