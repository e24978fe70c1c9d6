"""The English of every Vietnamese sentence: compile the catalogue at set-up, and say which sentences lack one.

python -m tienphuong.web.translations compile    locale/en/LC_MESSAGES/django.po -> django.mo
python -m tienphuong.web.translations missing    sentences a page may show that the .po does not translate (exit 1 if any)
"""

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tienphuong.web.spoken import REPOSITORY, sentences

CATALOGUE = REPOSITORY / "locale/en/LC_MESSAGES/django.po"


def compile_catalogue() -> Path:
    """Write the .mo beside the .po and say where. It appears whole: a page or a second set-up never reads half of one."""
    target = CATALOGUE.with_suffix(".mo")
    with NamedTemporaryFile(dir=target.parent, suffix=".new", delete=False) as file:
        write_mo(file, _catalogue())
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)
    return target


def missing() -> list[tuple[str, str]]:
    """Every (place, sentence) that a reader of English would see in Vietnamese."""
    known = {key for message in _catalogue() if message.id and all(_strings(message.string)) for key in _strings(message.id)}
    return [(place, sentence) for place, sentence in sentences() if sentence not in known]


def unused() -> list[str]:
    """Sentences that are translated but appear nowhere any more."""
    used = {sentence for _place, sentence in sentences()}
    return [key for message in _catalogue() if message.id for key in _strings(message.id) if key not in used]


def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def main(word: str) -> int:
    """Do what the command line asks; the exit status."""
    if word == "compile":
        sys.stdout.write(f"{compile_catalogue().relative_to(REPOSITORY)}\n")
        return 0
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    django.setup()
    lacking = missing()
    for place, sentence in lacking:
        sys.stdout.write(f"{place}: {sentence}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "compile"))
