"""The page of the security standard says what is so: every test and page it names exists, and it counts itself rightly."""

import re

from tests.architecture.house import ROOT, complain, parsed

PAGE = ROOT / "docs/reference/asvs.md"
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([^)]+)\)")


def _rows():
    return ROW.findall(PAGE.read_text("utf-8"))


def _is_there(file: str, name: str) -> bool:
    path = (ROOT / file).relative_to(ROOT)
    return (ROOT / path).is_file() and (not name or any(getattr(node, "name", "") == name for node in parsed(path).body))


def test_every_requirement_has_one_row_and_its_evidence():
    rows = _rows()
    numbers = [number for number, *_ in rows]
    assert len(numbers) == len(set(numbers)) > 150
    complain(
        number for number, _, _, evidence in rows if not (TEST.search(evidence) or LINK.search(evidence) or evidence.startswith("open"))
    )


def test_every_test_it_names_exists():
    complain(f"{n}: {test}" for n, _, _, evidence in _rows() for test in TEST.findall(evidence) if not _is_there(*test))


def test_every_page_it_names_exists():
    links = [(n, link) for n, _, _, evidence in _rows() for link in LINK.findall(evidence)]
    complain(f"{n}: {link}" for n, link in links if not (PAGE.parent / link).is_file())


def test_it_counts_itself_rightly():
    rows = _rows()
    held = sum(1 for *_, evidence in rows if TEST.search(evidence))
    open_ = sum(1 for *_, evidence in rows if evidence.startswith("open"))
    told = f"Requirements: {len(rows)}. Held by tests: {held}. Said by pages: {len(rows) - held - open_}. Open: {open_}."
    assert told in PAGE.read_text("utf-8"), told
