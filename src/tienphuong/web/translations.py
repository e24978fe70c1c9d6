"""The English of every Vietnamese sentence: compile the catalogue at set-up, and say which sentences lack one.

python -m tienphuong.web.translations compile    locale/en/LC_MESSAGES/django.po -> django.mo
python -m tienphuong.web.translations missing    sentences of pages and terms that the .po does not translate (exit 1 if any)
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
CATALOGUE = REPOSITORY / "locale/en/LC_MESSAGES/django.po"
TEMPLATES = REPOSITORY / "templates"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def compile_catalogue() -> Path:
    """Write the .mo beside the .po and say where."""
    target = CATALOGUE.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, _catalogue())
    return target


def missing() -> list[tuple[str, str]]:
    """Every (place, sentence) that a reader of English would see in Vietnamese."""
    known = {key for message in _catalogue() if message.id and all(_strings(message.string)) for key in _strings(message.id)}
    return [(place, sentence) for place, sentence in (*in_templates(), *in_python(), *in_terms()) if sentence not in known]


def unused() -> list[str]:
    """Sentences that are translated but appear nowhere any more."""
    used = {sentence for _place, sentence in (*in_templates(), *in_python(), *in_terms())}
    return [key for message in _catalogue() if message.id for key in _strings(message.id) if key not in used]


def in_templates(root: Path = TEMPLATES) -> Iterator[tuple[str, str]]:
    """The sentences of {% translate %}, {% blocktranslate %} and _("...") in every template."""
    from django.template import Engine
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    engine = Engine.get_default()
    for path in sorted(root.rglob("*.html")):
        place, source = path.relative_to(root.parent).as_posix(), path.read_text("utf-8")
        nodes = engine.from_string(source).nodelist
        yield from ((place, str(node.filter_expression.var.literal)) for node in nodes.get_nodes_by_type(TranslateNode))
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            yield from ((place, sentence) for sentence in _block_sentences(node))
        yield from ((place, match[2]) for match in re.finditer(r"""\b_\((["'])(.+?)\1\)""", source))


def in_python() -> Iterator[tuple[str, str]]:
    """The sentences of gettext calls in the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                yield from ((path.relative_to(REPOSITORY).as_posix(), text) for text in constants if isinstance(text, str))


def in_terms() -> Iterator[tuple[str, str]]:
    """The labels of official words that carry no English of their own."""
    from enum import Enum

    for path in sorted(PACKAGE.rglob("terms.py")):
        module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
        lists = [
            thing
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__ == module.__name__
        ]
        for word in (word for words in lists for word in words):
            if getattr(word, "label", "") and not getattr(word, "label_en", ""):
                yield path.relative_to(REPOSITORY).as_posix(), word.label


def _block_sentences(node: object) -> Iterator[str]:
    """The one or two sentences of a block, as gettext will be asked for them."""
    from django.utils.translation import trim_whitespace

    for tokens in (node.singular, node.plural):
        if tokens:
            sentence, _names = node.render_token_list(tokens)
            yield trim_whitespace(sentence) if node.trimmed else sentence


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
