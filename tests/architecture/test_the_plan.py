"""The tree, the contract and the page are the same list, and the contract holds."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.house import ROOT, SOURCE, complain, floors, packages

PAGE = ROOT / "docs" / "explanation" / "architecture.md"


def _page_floors() -> list[set[str]]:
    """The packages in the first column of the page's table of floors, row by row."""
    section = PAGE.read_text(encoding="utf-8").split("\n## The floors\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?: · )?)+) \|", section, flags=re.MULTILINE)
    return [set(re.findall(r"`(\w+)`", row)) for row in rows]


def _roots() -> set[str]:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    return set(contract["importlinter"]["root_packages"].split())


def test_every_package_of_the_tree_has_its_floor_in_the_contract_and_no_floor_is_empty():
    assert packages() == set().union(*floors())


def test_the_page_draws_the_floors_of_the_contract_in_their_order():
    assert _page_floors() == [set(floor) for floor in floors()]


def test_every_package_beside_the_application_is_a_root_of_the_contract_and_told_of_on_the_page():
    beside = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert beside == _roots()
    page = PAGE.read_text(encoding="utf-8")
    complain([name for name in sorted(beside) if f"src/{name}/" not in page])


def test_no_contract_lists_an_exception():
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    excused = {name: section["ignore_imports"] for name, section in contract.items() if section.get("ignore_imports")}
    assert excused == {}


def test_nobody_imports_upwards_or_sideways():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :]
