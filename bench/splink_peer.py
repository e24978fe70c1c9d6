"""Splink set up for Vietnamese lists as its guides advise: several blocking rules, graded comparisons, term frequencies, EM training."""

from __future__ import annotations

import logging

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import __version__ as version
from splink import comparison_level_library as cll
from splink import comparison_library as cl

__all__ = ["link", "settings", "version"]

Pair = tuple[int, int]


def _name() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("toned"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("name", 0.96),
            cll.JaroWinklerLevel("name", 0.9),
            cll.ExactMatchLevel("given"),
            cll.ElseLevel(),
        ],
    )


def _birth() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("birth_year"),
            cll.ExactMatchLevel("birth_date"),
            cll.CustomLevel("birth_date_l = birth_swapped_r", "day and month exchanged"),
            cll.CustomLevel("damerau_levenshtein(birth_date_l, birth_date_r) <= 1", "one slip in the date"),
            cll.CustomLevel(
                "birth_year_l = birth_year_r AND (birth_date_l IS NULL OR birth_date_r IS NULL)", "year, where a day is not known"
            ),
            cll.ExactMatchLevel("birth_year"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) = 1", "a year off"),
            cll.ElseLevel(),
        ],
    )


def _home() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            cll.NullLevel("commune"),
            cll.And(cll.ExactMatchLevel("hamlet"), cll.ExactMatchLevel("commune")),
            cll.ExactMatchLevel("commune"),
            cll.ElseLevel(),
        ],
    )


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            _name(),
            _birth(),
            _home(),
            cl.ExactMatch("sex"),
            cl.DamerauLevenshteinAtThresholds("paper", [1]),
            cl.DamerauLevenshteinAtThresholds("phone", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("paper"),
            block_on("phone"),
            block_on("name", "birth_year"),
            block_on("name", "commune"),
            block_on("birth_date", "commune"),
            block_on("birth_date", "given"),
            block_on("given", "birth_year", "commune"),
        ],
        retain_matching_columns=False,
        max_iterations=30,
    )


def link(table: pa.Table, *, taught: bool = False) -> dict[Pair, float]:
    """Every pair Splink scores, with its match weight in bits. `taught`: its weights are learnt from the truth instead of by EM."""
    database = DuckDBAPI()
    linker = Linker(database.register(table), settings(), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("paper"), block_on("name", "birth_date"), block_on("name", "phone")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    if taught:
        training.estimate_m_from_label_column("who")
    for rule in () if taught else (block_on("name", "birth_year"), block_on("phone"), block_on("birth_date", "commune"), block_on("paper")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_weight=-10).as_pyarrow_table()
    columns = (predicted.column(name).to_pylist() for name in ("id_l", "id_r", "match_weight"))
    return {(min(left, right), max(left, right)): weight for left, right, weight in zip(*columns, strict=True)}
