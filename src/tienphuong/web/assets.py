"""Which installed third-party files the post serves to browsers: these and no others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

INSTALLED = settings.REPOSITORY / "node_modules"
SERVED = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/echarts.js": "echarts/dist/echarts.esm.min.js",
}
ICONS = INSTALLED / "@tabler/icons/icons"
REMEDY = "npm ci --ignore-scripts"


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Static files whose names carry a hash of what is in them: browsers keep them for good, and a new version is a new name.

    Where nothing was collected (tests, a development server) names stay plain.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name with its hash; the plain name of a file that was not collected."""
        cleaned: str = self.clean_name(name)
        return self.hashed_files.get(self.hash_key(cleaned), cleaned)  # type: ignore[no-any-return]

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with its hash; the plain name of a file that is not there, which an example in a library's comment may name."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name


class InstalledFiles(BaseFinder):
    """Finds the files of SERVED where npm put them."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """An error for each file that set-up did not install."""
        return [Error(f"not installed: {source}", hint=REMEDY) for source in SERVED.values() if not (INSTALLED / source).is_file()]

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:
        """The file behind a static path, or nothing."""
        source = SERVED.get(Path(path).as_posix())
        found = [str(INSTALLED / source)] if source else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:
        """What collectstatic copies."""
        for path in SERVED:
            yield path, _Renamed(path)


class _Renamed(FileSystemStorage):
    """One installed file under the name it is served by."""

    def __init__(self, path: str) -> None:
        super().__init__(location=INSTALLED)
        self.source = SERVED[path]
        self.prefix = ""

    def path(self, name: str) -> str:
        return str(INSTALLED / self.source)
