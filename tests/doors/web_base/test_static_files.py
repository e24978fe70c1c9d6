"""Static files: collected once, under names that say what is in them, so that browsers keep them until they change."""

import re
from pathlib import Path

import pytest

from tienphuong.cli.serve import _collect_static
from tienphuong.web.assets import HashedFiles

HASHED = re.compile(r"\.[0-9a-f]{12}\.(js|css)$")


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    _collect_static()
    return HashedFiles(location=tmp_path, base_url="/static/")


def test_a_page_names_each_file_with_its_hash(collected):
    for name in ("js/post.js", "css/post.css", "vendor/echarts.js"):
        assert HASHED.search(collected.url(name)), name


def test_scripts_import_one_another_by_hashed_names_alone(collected):
    scripts = [path for path in Path(collected.location, "js").glob("*.js") if HASHED.search(path.name)]
    imports = {
        (path, name) for path in scripts for name in re.findall(r"""(?:from\s*|import\s*\(?\s*)["'](\.[^"']+)""", path.read_text("utf-8"))
    }
    assert len(imports) > 20
    assert [(path.name, name) for path, name in imports if not HASHED.search(name) or not (path.parent / name).is_file()] == []


def test_a_second_start_collects_nothing_and_a_change_is_collected(collected, settings):
    manifest = Path(collected.location, "staticfiles.json")
    before = manifest.stat().st_mtime_ns
    _collect_static()
    assert manifest.stat().st_mtime_ns == before
    Path(collected.location, ".sources").write_text("css/post.css 1 1", "utf-8")
    _collect_static()
    assert manifest.stat().st_mtime_ns > before


def test_where_nothing_was_collected_names_stay_plain(tmp_path):
    assert HashedFiles(location=tmp_path, base_url="/static/").url("js/post.js") == "/static/js/post.js"
