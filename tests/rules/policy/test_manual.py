"""The manual of the rules is printed, never written by hand."""

from pathlib import Path

from tienphuong.core.policy import all_packs
from tienphuong.core.policy.manual import manual

ROOT = Path(__file__).parents[3]


def test_the_page_in_the_docs_is_what_the_packs_and_tables_print() -> None:
    page = (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8")
    assert page == manual(all_packs(), spec=ROOT / "tests/spec"), (
        "print it again: python -m tienphuong.core.policy.manual tests/spec > docs/reference/rules.md"
    )


def test_every_quarantine_row_prints_its_days_and_its_document() -> None:
    page = manual(all_packs())
    assert "| F1 (người tiếp xúc gần), người nhập cảnh | cách ly tập trung | 21 |" in page
    assert "600/CĐ-BCĐ" in page
