"""The second plain peer: the column matchers of `valentine` against a table that has every target of ours once, filled with our people.

Coma (its schema and instance matchers together) is the strongest of the package that needs no training. It gets the English and Vietnamese name of every
field as a heading and a hundred made-up values of it; a match below the threshold is no match. Two thresholds are
shown: one at which it finds much, one at which it is seldom wrong; at 0.7 it finds nothing.
"""

from __future__ import annotations

from importlib.metadata import version as version_of
from random import Random

import pandas as pd
from bench.reading.making import Column, List, cell_of
from bench.reading.people import person
from bench.reading.synonyms import HEADINGS
from valentine import valentine_match
from valentine.algorithms import Coma
from valentine.algorithms.coma.similarity import tfidf

__all__ = ["matched", "version"]
LIKES = (0.3, 0.5)
# Its list of English stop words is fetched from elsewhere at the first use; the benchmark runs without a network, with the words that matter.
_STOPS = "a an and are as at be by for from in is it no not of on or the to was were with"
tfidf._english_stopwords = lambda: frozenset(_STOPS.split())
version = version_of("valentine")
SHOWN = 100


def matched(made: List) -> dict[float, list[str]]:
    """The column's fields at each threshold; empty where the matcher finds none."""
    names = [f"{column.header or 'column'} #{number}" for number, column in enumerate(made.columns)]
    ours = pd.DataFrame([[cell.text for cell in row] for row in made.rows[:SHOWN]], columns=names)
    pairs = valentine_match([ours, _known()], Coma(use_instances=True))
    best: dict[str, tuple[float, str]] = {}
    for pair, score in pairs.items():
        best[pair.source_column] = max(best.get(pair.source_column, (0.0, "")), (score, pair.target_column))
    found = [best.get(name, (0.0, "")) for name in names]
    return {like: [target if score >= like else "" for score, target in found] for like in LIKES}


def _known() -> pd.DataFrame:
    dice = Random("the fields of the product")
    people = [person(number, dice) for number in range(SHOWN)]
    return pd.DataFrame({target: [cell_of(Column(target, target), one, dice).text for one in people] for target in HEADINGS})
