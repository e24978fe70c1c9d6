"""Posts of a test's own, used by their commands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[3]
SETTINGS = "tienphuong.config.settings"


class Post:
    """A folder of a post and its database: PostgreSQL where an address is given, else SQLite in the folder."""

    def __init__(self, var: Path, url: str) -> None:
        self.var = var
        self.environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TIENPHUONG_KEY")}
        self.environment |= {"TIENPHUONG_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": SETTINGS}
        self.environment |= {"DATABASE_URL": url} if url else {}

    def __call__(self, *words: str, module: str = "tienphuong.cli", code: int = 0) -> str:
        """What a command prints; it must end with this exit code."""
        return self._run("-m", module, *words, code=code)

    def python(self, source: str) -> str:
        """What a few lines of Python print inside the post."""
        return self._run("-c", f"import django\ndjango.setup()\n{source}", code=0)

    def migrate(self) -> None:
        """Make the database's tables, or bring them up to date."""
        self("migrate", "-v0", module="django")

    def _run(self, *words: str, code: int) -> str:
        done = subprocess.run([sys.executable, *words], env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@contextmanager
def own_database(name: str, unblocked) -> Iterator[str]:
    """The address of a new database beside the tests' one; empty where a post keeps its database in its folder."""
    from django.db import connection

    with unblocked.unblock():
        if connection.vendor != "postgresql":
            yield ""
            return
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
