"""Every module of the tests in a process of its own: what passes only after another module ran is found here.

Run by `make alone` (an hour on one core), or with the modules to try. It prints each module that fails and ends with the number of them.
"""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
COLLECTED_NOTHING = 5  # every test of the module was left out, for want of a browser or a database


def fails(module: Path) -> bool:
    """Whether the module fails when nothing ran before it; what pytest says is printed then."""
    run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(module)], capture_output=True, text=True)
    failed = run.returncode not in (0, COLLECTED_NOTHING)
    if failed:
        print(f"{module.relative_to(TESTS)}\n{run.stdout[-3000:]}", flush=True)
    return failed


def main(named: list[str]) -> int:
    modules = [Path(name).resolve() for name in named] or sorted(TESTS.rglob("test_*.py"))
    failed = [module for module in modules if fails(module)]
    print(f"{len(modules)} modules, {len(failed)} fail alone")
    return min(len(failed), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
