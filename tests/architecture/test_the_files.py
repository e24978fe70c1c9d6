"""Small files, short functions, and nothing in git that belongs to a machine, a registry or somebody else."""

import ast
import json
import re
from pathlib import Path

import pytest
from tests.architecture.house import ROOT, code, committed, complain, functions, parsed, public_functions, read

LONGEST_FILE, LONGEST_FUNCTION = 400, 45
# A file that may be longer stands here with its reason. None does.
MAY_BE_LONGER: dict[str, str] = {}

WRITTEN = [path for path in committed() if path.suffix in {".py", ".js", ".css", ".html", ".typ", ".sh"} and "migrations" not in path.parts]


def test_a_file_is_short_enough_to_be_read():
    lines = {str(path): read(path).count("\n") for path in WRITTEN}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE and path not in MAY_BE_LONGER} == {}, "split by noun"


def test_no_file_is_excused_that_is_short_or_gone():
    complain([path for path in MAY_BE_LONGER if path not in map(str, WRITTEN) or read(Path(path)).count("\n") <= LONGEST_FILE])


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: numbered steps told in words are welcome."""
    told = function.body[0] if ast.get_docstring(function) is not None else None
    return function.end_lineno - function.lineno + 1 - (told.end_lineno - told.lineno + 1 if told else 0)


def test_a_function_fits_on_a_screen():
    every = ((path, function) for path in code("src", "tests", "bench") for function in functions(path))
    complain([f"{path}:{f.lineno} {f.name}: {_length(f)} lines" for path, f in every if _length(f) > LONGEST_FUNCTION])


DECIDING = [path for path in code("src") if {path.stem, path.parent.name} & {"rules", "services", "queries", "procedures"}]


def test_rules_acts_and_queries_say_first_what_they_answer():
    silent = [str(path) for path in DECIDING if path.stem != "__init__" and not ast.get_docstring(parsed(path))]
    silent += [f"{path}:{f.lineno} {f.name}" for path in DECIDING for f in public_functions(path) if not ast.get_docstring(f)]
    complain(silent)


# Written in parts, so that this file does not find itself.
_FOLDERS = "|".join(("work", "tmp", "root", "opt", "home/[a-z]", "Users/[A-Za-z]", "mnt", "srv"))
MACHINE_PATH = re.compile(rf"(?<![\w./%>-])/(?:{_FOLDERS})(?:/|(?=[\"'\s]))")
_HOSTS = (
    r"registry\.np" + "mjs",
    r"registry\.yarn" + "pkg",
    r"pypi\." + "org",
    r"python" + r"hosted\.org",
    r"jsde" + "livr",
    r"unp" + "kg",
    r"cdn" + "js",
)
REGISTRY_HOST = re.compile("|".join(_HOSTS), re.IGNORECASE)


def _texts() -> list[Path]:
    found = []
    for path in committed():
        try:
            read(path)
        except UnicodeDecodeError:
            continue
        found.append(path)
    return found


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY_HOST], ids=["paths of a machine", "hosts of registries"])
def test_no_committed_file_names(pattern):
    places = [
        f"{path}:{number} {line.strip()[:100]}"
        for path in _texts()
        for number, line in enumerate(read(path).splitlines(), 1)
        if pattern.search(line)
    ]
    complain(places)


def test_the_lock_of_the_screens_parts_names_versions_and_hashes_but_no_address():
    packages = json.loads(read(Path("package-lock.json")))["packages"]
    complain([name for name, package in packages.items() if "resolved" in package])
    complain([name for name, package in packages.items() if name and "integrity" not in package])


def test_the_screens_parts_are_pinned():
    wanted = json.loads(read(Path("package.json")))["dependencies"]
    assert {name: version for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_requirement_is_pinned_and_hashed(path):
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").replace("\\\n", ""))
    entries = [entry for entry in entries if not entry.lstrip().startswith("#") and entry.strip()]
    assert len(entries) > 10
    complain([entry[:60] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry])


SCRIPTS = [path for path in committed() if path.suffix in {".js", ".mjs", ".css"}]


def _is_somebody_elses(path: Path) -> bool:
    """Minified, mapped to a source elsewhere, or under a licence banner: such a file is installed, not committed."""
    text = read(path)
    minified = ".min." in path.name or max(map(len, text.splitlines()), default=0) > 500
    return minified or "sourceMappingURL" in text or re.search(r"@license|/\*!", text) is not None


def test_no_script_or_style_is_somebody_elses():
    complain([str(path) for path in SCRIPTS if _is_somebody_elses(path)])


def test_nothing_installed_or_produced_is_committed():
    produced = {"node_modules", "var", ".venv", "staticfiles", "__pycache__", ".tools", "dist"}
    complain([str(path) for path in committed() if produced & set(path.parts)])


def test_the_changelog_has_a_place_for_what_comes():
    assert re.search(r"^## \[Unreleased\]$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_decision_records_are_numbered_without_a_gap():
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    parts = ("## Options", "## Decision", "## Consequences")
    complain([f"{record.name}: {part}" for record in records for part in parts if part not in record.read_text(encoding="utf-8")])


def test_every_link_between_the_pages_leads_somewhere():
    pages = [path for path in committed() if path.suffix == ".md"]
    broken = [
        f"{page}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", read(page))
        if not (ROOT / page.parent / target).exists()
    ]
    complain(broken)
