"""Every sentence a page may show, with the place it is made in: of templates, of code, and the labels of official words."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
TEMPLATES = REPOSITORY / "templates"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "sentence"}
VIETNAMESE = re.compile(r"[à-ỹÀ-ỸđĐăĂơƠưƯ]")
# Vietnamese that no page shows in English: what is read and compared, what is printed on paper, what only programs and terminals see.
NOT_SHOWN = (
    "api/",
    "cli/",
    "config/",
    "core/identity_cipher.py",
    "core/backups.py",
    "core/keys.py",
    "core/policy/",
    "core/sealed_stream.py",
    "core/secrets.py",
    "core/set_by_hand.py",
    "core/text/",
    "intake/errors.py",
    "intake/facts/notes.py",
    "intake/mapping/extract.py",
    "intake/mapping/row_roles.py",
    "intake/mapping/profile.py",
    "intake/mapping/synonyms.py",
    "intake/reading/book.py",
    "intake/reading/sniff.py",
    "lists/words/",
    "procedures/appoint_officer.py",
    "procedures/issue_token.py",
    "registry/areas/countries.py",
    "registry/areas/geometry.py",
    "registry/areas/rules.py",
    "registry/matching/names.py",
    "registry/rules/",
    "reports/catalogue.py",
    "reports/composing/",
    "reports/papers/",
    "reports/quality.py",
    "web/devices.py",
    "web/formats.py",
    "web/spoken.py",
)

# What is read, in files that also speak.
READ = {
    "đ",
    "mất",
    "Thị trấn ",
    "Xã ",
    "Phường ",
    "mã ca",
    "f'{age.text} tháng'",
    "f'{age.text} ngày'",
    "f'{leaf} lần {round_no.group(1)}'",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Every (place, sentence)."""
    yield from in_templates()
    yield from in_calls()
    yield from in_literals()
    yield from in_words()


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


def in_calls() -> Iterator[tuple[str, str]]:
    """What the package hands to gettext, or to `sentence` with values to be put in."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                yield from ((path.relative_to(REPOSITORY).as_posix(), text) for text in constants if isinstance(text, str))


def in_literals() -> Iterator[tuple[str, str]]:
    """Every other Vietnamese text of the code that speaks to pages; one with values in it (an f-string) can have no English."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if path.name != "terms.py" and "migrations/" not in place and not place.startswith(NOT_SHOWN):
            tree = ast.parse(path.read_text("utf-8"))
            yield from ((path.relative_to(REPOSITORY).as_posix(), text) for text in _literals(tree) if text not in READ)


def in_words() -> Iterator[tuple[str, str]]:
    """What official words say that carry no English of their own: labels, and a flag's explanation and remedy."""
    for place, word in official_words():
        if not getattr(word, "label_en", ""):
            yield from ((place, text) for name in ("label", "explanation", "remedy") if (text := getattr(word, name, "")))


def official_words() -> Iterator[tuple[str, Enum]]:
    """Every word of every closed list, with the file that lists it."""
    for path in sorted(PACKAGE.rglob("terms.py")):
        module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__ == module.__name__:
                yield from ((path.relative_to(REPOSITORY).as_posix(), word) for word in thing)


def _literals(tree: ast.AST) -> Iterator[str]:
    """The texts below a node, without docstrings, patterns that read, and what a call of CALLS already tells."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CALLS or name == "compile":
                continue
            case ast.JoinedStr() if VIETNAMESE.search(text := ast.unparse(node)):
                yield text
            case ast.Constant(value=str(text)) if VIETNAMESE.search(text):
                yield text
            case _:
                yield from _literals(node)


def _block_sentences(node: object) -> Iterator[str]:
    """The one or two sentences of a block, as gettext will be asked for them."""
    from django.utils.translation import trim_whitespace

    for tokens in (node.singular, node.plural):
        if tokens:
            sentence, _names = node.render_token_list(tokens)
            yield trim_whitespace(sentence) if node.trimmed else sentence
