"""The real files: SORMAS imports and the outbreak data, with the counts their sources give."""

from collections import Counter
from pathlib import Path

import pytest
from tests.rules.intake.sheets import SHARED

from tienphuong.core.text.terms import DateOrder
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.survey import SheetPlan, date_orders, records, survey
from tienphuong.intake.mapping.terms import Basis, SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not beside the repository")


def read(path: Path) -> tuple[SheetPlan, list[RawRecord], dict[F, DateOrder | None]]:
    """Plan, records and date orders of a one-sheet file."""
    book = read_book(path, path.name)
    plan = survey(book)[0]
    return plan, list(records(book, plan)), {target: proposal.order for target, proposal in date_orders(book, plan).items()}


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("sormas_import_test_success.csv", SheetKind.SORMAS_CASE, 5),
        ("sormas_import_test_errors.csv", SheetKind.SORMAS_CASE, 5),
        ("sormas_import_test_line_listing.csv", SheetKind.SORMAS_LINE_LISTING, 5),
        ("sormas_case_contact_import_test_success.csv", SheetKind.SORMAS_CASE_CONTACT, 5),
        ("ImportContactPrio.csv", SheetKind.SORMAS_CONTACT, 1),
    ],
)
def test_every_sormas_file_is_known_by_its_property_names(name: str, kind: SheetKind, count: int) -> None:
    plan, found, _ = read(SHARED / "sormas" / name)
    assert (plan.kind, len(found)) == (kind, count)
    assert all(guess.basis is Basis.SCHEMA for guess in plan.mapping.columns if guess.target)


def test_the_sormas_case_file_gives_its_people() -> None:
    plan, found, orders = read(SHARED / "sormas" / "sormas_import_test_success.csv")
    assert plan.header_rows == (1, 2)
    assert [record.row for record in found] == [3, 4, 5, 6, 7]
    assert found[3].text(F.REPORTED_ON) == "11-23-2018"
    assert found[0].text(F.FULL_NAME) == "Import Test One"
    assert orders[F.REPORTED_ON] is DateOrder.MDY
    assert plan.month_first_by_habit


def test_the_sormas_error_file_writes_its_days_first() -> None:
    _, found, orders = read(SHARED / "sormas" / "sormas_import_test_errors.csv")
    assert orders[F.REPORTED_ON] is DateOrder.DMY
    assert [record.text(F.DISEASE) for record in found] == ["EVD", "", "EVD", "EVD", "EVD"]
    assert found[2].text(F.SEX) == "ERROR"


def test_the_sormas_contact_template_explains_itself_in_comment_rows() -> None:
    plan, found, _ = read(SHARED / "sormas" / "ImportContactPrio.csv")
    assert [(row, fate.value) for row, fate, _ in plan.ignored if row > 2] == [(3, "comment"), (4, "comment")]
    assert found[0].text(F.BIRTH) == "20/11/1996"


def test_the_mers_line_list_has_162_cases() -> None:
    plan, found, _ = read(SHARED / "outbreaks" / "mers_korea_2015__linelist.csv")
    assert (plan.kind, len(found)) == (SheetKind.LINE_LIST, 162)
    assert len({record.text(F.CASE_NO) for record in found}) == 162
    expected = {F.CASE_NO, F.AGE, F.SEX, F.EXPOSURE_PLACE, F.TREATMENT_PLACE, F.ONSET_ON, F.REPORTED_ON, F.EXPOSURE_FROM, F.EXPOSURE_TO,
                F.DETECTED_ON, F.OUTCOME, F.DIED_ON}  # fmt: skip
    assert plan.mapping.targets == expected
    assert found[0].text(F.DIED_ON) == ""
    assert found[0].cells[F.DIED_ON].original == "NA"


def test_the_mers_links_have_98_pairs_and_three_beyond_the_first_infector() -> None:
    plan, found, _ = read(SHARED / "outbreaks" / "mers_korea_2015__contacts.csv")
    assert (plan.kind, len(found)) == (SheetKind.CONTACT_PAIRS, 98)
    infectors = Counter(record.text(F.LINKED_CASE) for record in found)
    assert infectors.most_common(3) == [("SK_14", 38), ("SK_1", 26), ("SK_16", 21)]
    infectees = Counter(record.text(F.CASE_NO) for record in found)
    assert len(infectees) == 95


def test_measles_and_varicella_are_line_lists_too() -> None:
    plan, found, _ = read(SHARED / "outbreaks" / "measles_hagelloch_1861.csv")
    assert (plan.kind, len(found)) == (SheetKind.LINE_LIST, 188)
    assert Counter(record.text(F.LINKED_CASE) for record in found)["45"] == 30
    plan, found, _ = read(SHARED / "outbreaks" / "varicella_sim_berlin.csv")
    assert (plan.kind, len(found)) == (SheetKind.LINE_LIST, 500)
    assert found[0].text(F.FULL_NAME) == "Saleema al-Ismael"
