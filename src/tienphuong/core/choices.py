"""A closed list of official words: the stored value, the Vietnamese word shown, the English word shown."""

from enum import StrEnum
from typing import Self


class LabelledChoice(StrEnum):
    """One official word; subclasses write members as `value, Vietnamese, English`."""

    label: str
    label_en: str

    def __new__(cls, value: str, label: str = "", label_en: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        word.label_en = label_en
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The words as pairs for a form or a model: stored value, Vietnamese word."""
        return [(str(word), word.label) for word in cls]
