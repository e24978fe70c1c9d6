"""Whether this program may work with a database: one that a later version has changed is left alone."""

from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tienphuong.core.plain import WrongVersion


def refuse_newer() -> None:
    """Raises WrongVersion where the database has had changes that this program does not know."""
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if app in _own() and name not in _own()[app]:
            raise WrongVersion(f"{app} {name}")


def _own() -> dict[str, set[str]]:
    """The changes this program knows, by app."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("tienphuong.")]
    return {config.label: {path.stem for path in Path(config.path, "migrations").glob("[0-9]*.py")} for config in ours}
