"""Our own layouts, filled with rows of known truth and read as the import reads them: nothing is taken wrongly without a question."""

import pytest
from bench.reading.judging import Judged, judged
from bench.reading.making import made_up
from bench.reading.own import own_layouts

# A reduced corpus: enough rows that every column meets its blanks, its dirt and its phrases.
ROWS = 60
MOST_ASKED_COLUMNS, MOST_ASKED_CELLS = 0.08, 0.02


@pytest.fixture(scope="module")
def lists() -> list[Judged]:
    return [judged(made_up(layout, rows=ROWS)) for layout in own_layouts()]


def test_nothing_is_taken_wrongly_without_a_question(lists: list[Judged]) -> None:
    faults = [f"{one.name}: {fault}" for one in lists for fault in one.faults]
    assert not faults, "\n".join(faults)
    assert not [one.name for one in lists if one.columns["wrong"]]


def test_few_columns_and_cells_are_asked(lists: list[Judged]) -> None:
    columns = sum((one.columns for one in lists), start=lists[0].columns.__class__())
    cells = sum((one.cells for one in lists), start=lists[0].cells.__class__())
    assert columns["asked"] <= MOST_ASKED_COLUMNS * columns.total()
    assert cells["asked"] <= MOST_ASKED_CELLS * cells.total()


def test_there_are_enough_layouts_and_the_kind_of_none_is_mistaken(lists: list[Judged]) -> None:
    assert len(lists) >= 20
    assert not [one.name for one in lists if one.kind_verdict == "wrong"]


def test_the_truth_comes_from_the_generator_and_is_the_same_every_time() -> None:
    (layout,) = own_layouts(["commune_f1"])
    first, again = made_up(layout, rows=20), made_up(layout, rows=20)
    assert first.rows == again.rows
