"""Spec tables: each row is facts, the pack and day they are judged under, the answer and the document that says so."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tienphuong.core.policy.reading import read_table

S = TypeVar("S")


def rows(name: str) -> list[Any]:
    """The rows of one table as pytest parameters, named by their sentence."""
    table = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["case"]) for row in table["rows"]]


def facts(shape: type[S], row: dict[str, Any]) -> S:
    """The facts of a row as the value a rule takes; a misspelt fact is an error."""
    return read_table(shape, row.get("facts", {}), where=row["case"], documents={})
