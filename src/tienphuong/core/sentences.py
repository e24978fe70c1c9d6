"""Sentences with values in them, made where no reader's language is known: kept in Vietnamese, found again in English."""


def sentence(template: str, /, **values: object) -> str:
    """The Vietnamese sentence of a template with its values put in.

    What is stored is this text, as the officer of the day read it. The template is the key of the English catalogue: pages find it
    again by the words around the values (web/phrasebook.py), so a value may itself be a sentence or an official word.
    """
    return template.format(**values)
