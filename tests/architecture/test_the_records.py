"""Tables point down and lend nothing back; nobody listens in secret; the migrations tell the whole shape."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from tests.architecture.house import code, complain, floor_of, parsed

OURS = [config for config in apps.get_app_configs() if config.name.startswith("tienphuong.")]
LINKS = [
    (f"{model._meta.label}.{link.name}", model, link)
    for config in OURS
    for model in config.get_models()
    for link in model._meta.get_fields(include_parents=False)
    if isinstance(link, models.ForeignKey | models.ManyToManyField)
]


def _package(model: type[models.Model]) -> str | None:
    """The package of the application that holds a model; None for Django's own."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "tienphuong" else None


def test_there_are_links_to_look_at():
    assert len(LINKS) > 20


def _points_down(model: type[models.Model], link: models.ForeignKey) -> bool:
    own, other = _package(model), _package(link.related_model)
    return other is None or own == other or floor_of(other) < floor_of(own)


def test_a_table_points_only_to_its_own_package_or_a_lower_floor():
    complain([f"{name} -> {link.related_model.__module__}" for name, model, link in LINKS if not _points_down(model, link)])


def test_a_link_lends_no_reverse_accessor():
    # with one, the lower package would learn of the higher
    complain([name for name, _, link in LINKS if link.remote_field.related_name != "+"])


def _imported(path) -> set[str]:
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_file_connects_or_receives_a_signal():
    signals = {"django.db.models.signals", "django.core.signals", "django.dispatch", "django.contrib.auth.signals"}
    assert {str(path): found for path in code("src") if (found := _imported(path) & signals)} == {}


DOORS = {"web", "api", "cli", "jobs"}
# Turning a moment into Vietnamese wall time asks nobody what time it is. `machine_now` may time long work; it dates no fact.
SETTING = {"set_scenario", "clear_scenario"}
ASKING = {"now", "scenario", "advance"} | SETTING
TIMING = {"intake", "forecast"}
# The one act that moves the clock for a person is permitted and audited like every act, so it is a procedure. It sets; it asks nothing.
SETS = Path("src/tienphuong/procedures/set_clock.py")


def _asks_the_clock(path: Path) -> bool:
    asking = (ASKING if path.parts[2] in TIMING else ASKING | {"machine_now"}) - (SETTING if path == SETS else set())
    asked = {f"tienphuong.core.clock.{name}" for name in asking} | {"django.utils.timezone.now"}
    called = {f"clock.{name}" for name in asking} | {"timezone.now", "datetime.now", "date.today", "time.time"}
    return bool(_imported(path) & asked) or any(ast.unparse(n) in called for n in ast.walk(parsed(path)) if isinstance(n, ast.Attribute))


def test_only_doors_ask_what_time_it_is():
    inside = [path for path in code("src") if path.parts[1] == "tienphuong" and path.parts[2] not in DOORS and path.name != "clock.py"]
    complain(path for path in inside if _asks_the_clock(path))


@pytest.mark.django_db
def test_the_migrations_tell_the_whole_shape():
    labels = [config.label for config in OURS]
    try:
        call_command("makemigrations", *labels, check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("the models differ from the migrations: run makemigrations")
