"""The English of a sentence that was made, and perhaps stored, in Vietnamese with its values already in it.

Records keep the words the officer of the day read. A page finds the template again by the words around the values: the catalogue
holds the template as a key, what stands in its gaps are the values, and a value that is itself a sentence or an official word is
translated in its turn. What stands between “ ” is somebody's own writing and stays as it is.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import read_mo
from django.utils.translation import get_language

from tienphuong.web import spoken, translations

_GAP = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_QUOTED = re.compile(r"“\{(\w+)(?::[^}]*)?\}”")
_JOINTS = ((re.compile(r"; "), "; "), (re.compile(r"(?<=\.) "), " "))


class Phrase(NamedTuple):
    """A template as it is looked for, its English, and the gaps that hold somebody's own writing."""

    pattern: re.Pattern[str]
    english: str
    quoted: frozenset[str]


class Phrasebook:
    """Sentences and official words by their Vietnamese; what it does not know it gives back unchanged."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._words = {vietnamese: english for vietnamese, english in entries.items() if not _GAP.search(vietnamese)}
        templates = sorted((key for key in entries if _GAP.search(key)), key=lambda key: -len(_GAP.sub("", key)))
        self._phrases = [_phrase(template, entries[template]) for template in templates]
        self.english = lru_cache(maxsize=8192)(self._english)

    def _english(self, text: str) -> str:
        return self._found(text) or self._joined(text) or text

    def _found(self, text: str) -> str:
        """The English of one sentence, with or without its full stop; empty if it is none of ours."""
        if known := self._words.get(text) or self._filled(text):
            return known
        bare = text.removesuffix(".")
        return f"{known}." if bare != text and (known := self._words.get(bare) or self._filled(bare)) else ""

    def _filled(self, text: str) -> str:
        for phrase in self._phrases:
            if match := phrase.pattern.fullmatch(text):
                values = {name: value if name in phrase.quoted else self._value(value) for name, value in match.groupdict().items()}
                return phrase.english.format(**values)
        return ""

    def _value(self, text: str) -> str:
        """A value: a sentence, a word, a list of words with commas, or something of its own."""
        known = self._english(text)
        parts = text.split(", ")
        return ", ".join(self._words[part] for part in parts) if known == text and all(part in self._words for part in parts) else known

    def _joined(self, text: str) -> str:
        """Several sentences in a row, each by itself; empty if none of them is ours."""
        for joint, mark in _JOINTS:
            parts = joint.split(text)
            found = [self._found(part) for part in parts]
            if len(parts) > 1 and any(found):
                return mark.join(known or self._english(part) for known, part in zip(found, parts, strict=True))
        return ""


def _phrase(template: str, english: str) -> Phrase:
    # a value ends before "; ", which joins sentences; else "Same {paper}" would swallow the reasons behind it
    pieces = [f"(?P<{piece}>(?:(?!; ).)+?)" if index % 2 else re.escape(piece) for index, piece in enumerate(_GAP.split(template))]
    return Phrase(re.compile("".join(pieces), re.DOTALL), english, frozenset(_QUOTED.findall(template)))


def translated(text: object) -> str:
    """A sentence made or stored in Vietnamese, in the reader's language."""
    return phrasebook().english(str(text)) if get_language() == "en" else str(text)


@cache
def phrasebook() -> Phrasebook:
    """The book of this installation: the compiled catalogue, and the official words that carry their own English.

    Without a catalogue a sentence stays in Vietnamese, as gettext leaves it: a page in two languages is better than none.
    """
    words = {word.label: english for _place, word in spoken.official_words() if (english := getattr(word, "label_en", ""))}
    return Phrasebook(words | _catalogue(translations.CATALOGUE.with_suffix(".mo")))


def _catalogue(compiled: Path) -> dict[str, str]:
    if not compiled.is_file():
        return {}
    with compiled.open("rb") as file:
        entries = list(read_mo(file))
    return {entry.id: entry.string for entry in entries if entry.id and isinstance(entry.id, str) and isinstance(entry.string, str)}
